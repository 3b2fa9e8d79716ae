/**
 * The staff records and the passport in a process of their own, on PostgreSQL. What the records ask of the graph goes to the
 * passport straight: one question for 500 people, so the gateway's share is small.
 */
import { randomBytes } from 'node:crypto';

import { openPostgres } from '../../runtime/database.ts';
import type { AskGraph } from '../../runtime/graph-client.ts';
import { type PrivateJwk, publicHalf, signerOf } from '../../runtime/jwk-settings.ts';
import { createLog } from '../../runtime/log.ts';
import { memoryKeyValue } from '../../runtime/memory-key-value.ts';
import { listen } from '../../runtime/process.ts';
import { composeEsr } from '../../subgraphs/esr/compose.ts';
import { composePassport } from '../../subgraphs/passport/compose.ts';
import { serveParent } from '../child.ts';
import { subgraphClient } from './ask.ts';
import { MORNING } from './records.ts';

/** What the parent says. */
interface Settings {
  /** The key under which callers are stated. */
  readonly callerKey: PrivateJwk;
  /** A key of the process itself. */
  readonly ownKey: PrivateJwk;
  /** Database of the records, and an empty one for the passport. */
  readonly url: string;
  readonly passportUrl: string;
}

const NOBODY = 'http://127.0.0.1:1';
const { callerKey, ownKey, url, passportUrl } = JSON.parse(process.argv[2] ?? '{}') as Settings;
const log = createLog({ name: 'esr', level: 'error' });
const callerKeys = { keys: [publicHalf(callerKey)] };

const passport = await composePassport(
  {
    PASSPORT_PUBLIC_URL: 'https://passport.example',
    PASSPORT_CALLER_KEYS: callerKeys,
    PASSPORT_KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64url'),
    PASSPORT_GRAPH_URL: NOBODY,
    PASSPORT_GRAPH_RESOURCE: NOBODY,
    PASSPORT_ISSUER: NOBODY,
    PASSPORT_TOKEN_URL: NOBODY,
    PASSPORT_OFFERS_URL: NOBODY,
    PASSPORT_CLIENT_KEY: ownKey,
  },
  {
    log,
    now: MORNING,
    database: openPostgres(passportUrl),
    keyValue: memoryKeyValue(MORNING),
    askGraph: () => Promise.reject(new Error('the passport asks nothing here')),
    offerDesk: { open: () => Promise.reject(new Error('nothing is offered here')) },
  },
);
const passportListening = await listen({
  name: 'passport',
  log,
  host: '127.0.0.1',
  port: 0,
  parts: [passport],
  withPrivateRoutes: true,
});
const askPassport = subgraphClient({
  url: `http://127.0.0.1:${String(passportListening.port)}`,
  audience: 'passport',
  signer: signerOf(callerKey),
});
const askGraph: AskGraph = async ({ document, variables, purpose, shape }) => {
  const caller = { subject: 'lanyard-esr', scopes: ['record:export'], purpose };
  return shape.parse(await askPassport(caller, document, variables));
};

const esr = await composeEsr(
  {
    ESR_CALLER_KEYS: callerKeys,
    ESR_EXPORT_KEY: ownKey,
    ESR_GRAPH_URL: NOBODY,
    ESR_GRAPH_RESOURCE: 'https://graph.example/graphql',
    ESR_ISSUER: NOBODY,
    ESR_TOKEN_URL: NOBODY,
    ESR_CLIENT_KEY: ownKey,
  },
  { log, now: MORNING, database: openPostgres(url), askGraph, background: false },
);
const listening = await listen({
  name: 'esr',
  log,
  host: '127.0.0.1',
  port: 0,
  parts: [esr],
  withPrivateRoutes: true,
});

serveParent(
  { url: `http://127.0.0.1:${String(listening.port)}` },
  async () => {
    await listening.stop();
    await passportListening.stop();
  },
  {
    'run exports': async () => {
      await esr.exportWork?.run();
      return 'done';
    },
  },
);
