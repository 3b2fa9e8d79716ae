/** The passport under load: issuing, and serving a large status list to whoever asks. */
import { decodeStatusList, STATUS } from '../../standards/status-list/status-list.ts';
import { splitCompactJws } from '../../standards/compact-jws.ts';
import { signerOf } from '../../runtime/jwk-settings.ts';
import { startChild } from '../child.ts';
import { newKey } from '../new-key.ts';
import { askAgain } from './ask-again.ts';
import { newParty } from './credentials-at-hand.ts';
import { LIST_ID, LIST_SIZE, REVOKED } from './fill-list.ts';
import { issueOne, type PassportAddress } from './passport-client.ts';

/** Seconds of issuing before and while the event loop is watched. */
const ISSUING_SECONDS = { warmUp: 3, measured: 10 };
/** Members of staff who collect a credential at a time. */
const COLLECTING = 4;
/** Seconds of asking for the list before and while it counts. */
const ASKING_SECONDS = { warmUp: 3, measured: 8 };
const CONNECTIONS = 20;
/** Longest wait for the large list to be published, in milliseconds. */
const PATIENCE_MS = 60_000;

/** Starts the passport in a process of its own and measures both. */
export async function measurePassport(say: (line: string) => void) {
  const callerKey = newKey('gateway-1').jwk;
  const child = await startChild<{ readonly url: string }>(
    new URL('passport-process.ts', import.meta.url),
    { callerKey, clientKey: newKey('passport-1').jwk },
  );
  try {
    const { url } = child.ready;
    const passport = { url, signer: signerOf(callerKey) };
    say('Issuing');
    await issueForSeconds(passport, ISSUING_SECONDS.warmUp);
    await child.ask('watch loop');
    const issued = await issueForSeconds(passport, ISSUING_SECONDS.measured);
    const { p99Ms, maxMs } = await child.ask<LoopDelay>('loop delay');

    say('Publishing a large list');
    await child.ask('fill list');
    const listUrl = `${url}/status-lists/${LIST_ID}`;
    const token = await waitForList(listUrl);
    say('Asking for it');
    // base64url text, compressed, keeps at least its three quarters.
    const asking = { url: listUrl, connections: CONNECTIONS, shortest: token.length * 0.7 };
    await askAgain({ ...asking, seconds: ASKING_SECONDS.warmUp });
    const before = await child.cpuMs();
    const answers = await askAgain({ ...asking, seconds: ASKING_SECONDS.measured });
    const used = (await child.cpuMs()) - before;
    return {
      status_get_per_s: Math.round(answers / ASKING_SECONDS.measured),
      status_get_cpu_us: Math.round((used / answers) * 1000),
      event_loop_p99_ms: round(p99Ms),
      event_loop_max_ms: round(maxMs),
      issued_per_s: Math.round(issued / ISSUING_SECONDS.measured),
    };
  } finally {
    await child.stop();
  }
}

interface LoopDelay {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Answers how many were issued. */
async function issueForSeconds(passport: PassportAddress, seconds: number): Promise<number> {
  const holderKey = newParty('holder').jwk;
  const end = Date.now() + seconds * 1000;
  let issued = 0;
  const collect = async (): Promise<void> => {
    while (Date.now() < end) {
      await issueOne(passport, 'RZ1', holderKey);
      issued += 1;
    }
  };
  await Promise.all(Array.from({ length: COLLECTING }, collect));
  return issued;
}

/** Waits until the passport serves the list with everything that was revoked in it. */
async function waitForList(url: string): Promise<string> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const answer = await fetch(url);
    const token = await answer.text();
    if (answer.ok && revokedIn(token) > REVOKED / 2) return token;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('the list was not published');
}

/** How many places are revoked in a list of the right size. */
function revokedIn(token: string): number {
  const { payload } = splitCompactJws(token, 2 ** 20);
  const { bits, bytes } = decodeStatusList(
    payload['status_list'] as Parameters<typeof decodeStatusList>[0],
  );
  if (bytes.length * (8 / bits) < LIST_SIZE) return 0;
  let revoked = 0;
  for (const byte of bytes) {
    for (let rest = byte; rest > 0; rest >>= bits) {
      if (rest % 2 ** bits === STATUS.invalid) revoked += 1;
    }
  }
  return revoked;
}

const round = (value: number): number => Math.round(value * 100) / 100;
