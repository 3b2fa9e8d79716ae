/** The verifier under load: as fast as it goes, steadily at half of that, and a whole rotation day at once. */
import { performance } from 'node:perf_hooks';

import { type PrivateJwk, signerOf } from '../../runtime/jwk-settings.ts';
import { DURABLE, startPostgres } from '../../test/servers/postgres.ts';
import { serverProgram } from '../../test/servers/programs.ts';
import { type Child, startChild } from '../child.ts';
import { newKey } from '../new-key.ts';
import { percentile } from '../percentile.ts';
import { connectPassport, type PassportClient } from './passport-client.ts';
import {
  askFor,
  fetchRequest,
  type OpenRequest,
  prepareAnswer,
  presentOnce,
  readResult,
  type RequestObject,
} from './presentation.ts';
import { fillWallets, type HeldCredentials } from './wallets.ts';

/** Holders who present in the burst; everybody else who is measured is one of them. */
const BURST = 2_000;
/** Presentations before counting, and while it counts. */
const STEADY = { warmUp: 300, measured: 1_200 };
/** Presentations under way at a time. */
const AT_A_TIME = 8;
/** How long half of the load is kept up, in seconds. */
const HALF_LOAD_SECONDS = 20;
/** Connections kept open, and in the burst. */
const CONNECTIONS = { steady: 32, burst: BURST };

/** Starts the passport and measures each. */
export async function measureVerifier(say: (line: string) => void) {
  const postgres =
    serverProgram('postgres') === undefined ? undefined : await startPostgres(DURABLE);
  say(`The database is ${postgres === undefined ? 'the embedded one' : 'PostgreSQL'}`);
  const callerKey: PrivateJwk = newKey('gateway-1').jwk;
  const child = await startChild<{ readonly url: string }>(
    new URL('passport-process.ts', import.meta.url),
    { callerKey, clientKey: newKey('passport-1').jwk, database: postgres?.url },
  );
  const connect = (connections: number): PassportClient =>
    connectPassport(child.ready.url, signerOf(callerKey), connections);
  const passport = connect(CONNECTIONS.steady);
  try {
    say('Filling wallets');
    const wallets = await fillWallets(passport, BURST);
    say('As fast as it goes');
    await presentAll(passport, wallets.slice(0, STEADY.warmUp));
    const fast = await measureFast(child, passport, wallets.slice(0, STEADY.measured));
    say('At half of that');
    const half = await measureHalf(passport, wallets, fast.verify_per_core_s / 2);
    say(`${String(BURST)} at once`);
    const crowd = connect(CONNECTIONS.burst);
    try {
      const burst = await measureBurst(passport, crowd, wallets);
      return { ...fast, ...half, ...burst };
    } finally {
      await crowd.close();
    }
  } finally {
    await passport.close();
    await child.stop();
    await postgres?.stop();
  }
}

/** Does something for every wallet, some at a time. */
async function eachInTurn(
  wallets: readonly HeldCredentials[],
  act: (wallet: HeldCredentials) => Promise<void>,
): Promise<void> {
  const waiting = [...wallets];
  const work = async (): Promise<void> => {
    for (let wallet = waiting.pop(); wallet !== undefined; wallet = waiting.pop())
      await act(wallet);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
}

const presentAll = (passport: PassportClient, wallets: readonly HeldCredentials[]): Promise<void> =>
  eachInTurn(wallets, (wallet) => presentOnce(passport, wallet));

async function measureFast(
  child: Child<unknown>,
  passport: PassportClient,
  wallets: readonly HeldCredentials[],
) {
  const before = await child.cpuMs();
  const started = performance.now();
  await presentAll(passport, wallets);
  const elapsed = performance.now() - started;
  const cpuMs = ((await child.cpuMs()) - before) / wallets.length;
  return {
    verify_per_core_s: round(1_000 / cpuMs),
    verify_cpu_ms: round(cpuMs),
    verify_per_s: round((wallets.length / elapsed) * 1_000),
  };
}

/** Begins presentations at even intervals, whether or not the ones before have ended. */
async function measureHalf(
  passport: PassportClient,
  wallets: readonly HeldCredentials[],
  perSecond: number,
) {
  const taken: number[] = [];
  const started = performance.now();
  const present = async (due: number, wallet: HeldCredentials): Promise<void> => {
    const wait = started + due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    await presentOnce(passport, wallet);
    // From when it was due: a late beginning is the server's time too.
    taken.push(performance.now() - started - due);
  };
  const count = Math.min(Math.round(perSecond * HALF_LOAD_SECONDS), wallets.length);
  await Promise.all(
    wallets.slice(0, count).map((wallet, nth) => present((nth / perSecond) * 1_000, wallet)),
  );
  return {
    half_load_per_s: round(perSecond),
    p50_ms: round(percentile(taken, 0.5)),
    p99_ms: round(percentile(taken, 0.99)),
  };
}

/** Everybody was asked before and has the request; all answers come at once, and every result is read. */
async function measureBurst(
  passport: PassportClient,
  crowd: PassportClient,
  wallets: readonly HeldCredentials[],
) {
  const asked: Asked[] = [];
  await eachInTurn(wallets, async (wallet) => {
    const request = await askFor(passport);
    asked.push({ request, wallet, object: await fetchRequest(passport, request) });
  });
  const ready = await Promise.all(
    asked.map(async (one) => ({ ...one, answer: await prepareAnswer(one.object, one.wallet) })),
  );
  const faults = new Map<string, number>();
  const started = performance.now();
  let received = 0;
  await Promise.all(
    ready.map(async ({ request, wallet, answer }) => {
      try {
        await crowd.post(answer.path, answer.form);
        received = performance.now() - started;
        // HR systems keep a few connections, and do not all come at once.
        await readResult(passport, request, wallet);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        faults.set(why, (faults.get(why) ?? 0) + 1);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  for (const [why, count] of faults) process.stderr.write(`${String(count)} x ${why}\n`);
  return {
    burst_presentations: ready.length,
    burst_errors: [...faults.values()].reduce((sum, count) => sum + count, 0),
    burst_received_s: round(received / 1_000),
    burst_s: round(seconds),
  };
}

interface Asked {
  readonly request: OpenRequest;
  readonly wallet: HeldCredentials;
  readonly object: RequestObject;
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;
