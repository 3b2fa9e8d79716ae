/** The authorization server under load: tokens for HR systems, credentials for wallets, people who sign in. */
import { performance } from 'node:perf_hooks';

import { signerOf, type PrivateJwk } from '../../runtime/jwk-settings.ts';
import { serverProgram } from '../../test/servers/programs.ts';
import { DURABLE, startPostgres } from '../../test/servers/postgres.ts';
import { startChild } from '../child.ts';
import { median } from '../percentile.ts';
import { credentialRequests } from './credential-requests.ts';
import { connections } from './post.ts';
import { signIns } from './sign-ins.ts';
import { tokenRequests } from './token-requests.ts';

/** What the server says when it is ready. */
export interface Ready {
  readonly issuer: string;
  readonly hrKey: PrivateJwk;
  readonly passportKey: PrivateJwk;
}

/** Requests before counting, and while it counts. */
const TOKENS = { warmUp: 1_500, measured: 6_000 };
const CREDENTIALS = { warmUp: 200, measured: 1_000 };
/** Sign-ins before counting, and while it counts: one at a time. */
const SIGN_INS = { warmUp: 10, measured: 60 };
/** Clients at a time. */
const CONNECTIONS = 16;

/** Starts the server and measures each. */
export async function measureServer(say: (line: string) => void) {
  const postgres =
    serverProgram('postgres') === undefined ? undefined : await startPostgres(DURABLE);
  say(`The database is ${postgres === undefined ? 'the embedded one' : 'PostgreSQL'}`);
  const child = await startChild<Ready>(new URL('identity-process.ts', import.meta.url), {
    database: postgres?.url,
  });
  const { post, close } = connections(child.ready.issuer, CONNECTIONS);
  /** Runs jobs on all connections and answers what each took: seconds, and the server's processor time. */
  const measure = async (jobs: readonly (() => Promise<void>)[]) => {
    const waiting = [...jobs];
    const before = await child.cpuMs();
    const started = performance.now();
    const work = async (): Promise<void> => {
      for (let job = waiting.pop(); job !== undefined; job = waiting.pop()) await job();
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
    return {
      perSecond: Math.round((jobs.length / (performance.now() - started)) * 1_000),
      cpuMs: round(((await child.cpuMs()) - before) / jobs.length),
    };
  };
  try {
    const { issuer, hrKey, passportKey } = child.ready;
    say('Tokens for HR systems');
    const tokens = tokenRequests({ issuer, post, signer: signerOf(hrKey) });
    await measure(await tokens(TOKENS.warmUp));
    const token = await measure(await tokens(TOKENS.measured));
    say('Credentials for wallets');
    const credentials = await credentialRequests({ issuer, post, signer: signerOf(passportKey) });
    await measure(credentials(CREDENTIALS.warmUp));
    const credential = await measure(credentials(CREDENTIALS.measured));
    say('People who sign in');
    const signIn = await signIns(issuer, post);
    const taken: number[] = [];
    for (let done = 0; done < SIGN_INS.warmUp + SIGN_INS.measured; done += 1) {
      const started = performance.now();
      await signIn();
      if (done >= SIGN_INS.warmUp) taken.push(performance.now() - started);
    }
    return {
      client_credentials_per_s: token.perSecond,
      token_cpu_ms: token.cpuMs,
      credential_endpoint_per_s: credential.perSecond,
      credential_cpu_ms: credential.cpuMs,
      sign_in_to_token_p50_ms: round(median(taken)),
    };
  } finally {
    await close();
    await child.stop();
    await postgres?.stop();
  }
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;
