/**
 * The passport subgraph in a process of its own, with its public and its private routes, on PostgreSQL when the parent has
 * one and on the embedded database otherwise. The graph and the offer desk answer at once.
 */
import { randomBytes } from 'node:crypto';

import { systemClock } from '../../runtime/clock.ts';
import { openEmbedded, openPostgres } from '../../runtime/database.ts';
import { startEmbeddedEngine } from '../../runtime/embedded-database.ts';
import type { AskGraph } from '../../runtime/graph-client.ts';
import { type PrivateJwk, publicHalf } from '../../runtime/jwk-settings.ts';
import { createLog } from '../../runtime/log.ts';
import { memoryKeyValue } from '../../runtime/memory-key-value.ts';
import { listen } from '../../runtime/process.ts';
import { composePassport } from '../../subgraphs/passport/compose.ts';
import { nurse } from '../../test/unit/subgraphs/passport/passport-bench.ts';
import { serveParent } from '../child.ts';
import { ISSUER } from './wallets.ts';

/** What the parent says. */
interface Settings {
  /** The key under which callers are stated. */
  readonly callerKey: PrivateJwk;
  /** A key of the process itself. */
  readonly clientKey: PrivateJwk;
  /** Address of an empty PostgreSQL database; the embedded one when left out. */
  readonly database?: string;
}

const NOBODY = 'http://127.0.0.1:1';
const { callerKey, clientKey, database } = JSON.parse(process.argv[2] ?? '{}') as Settings;

/** Everybody is the same nurse. */
const askGraph: AskGraph = ({ variables, shape }) =>
  Promise.resolve(shape.parse({ staff: nurse(String(variables['id']), ISSUER) }));

const log = createLog({ name: 'passport', level: 'error' });
const engine = database === undefined ? await startEmbeddedEngine() : undefined;
const composed = await composePassport(
  {
    PASSPORT_PUBLIC_URL: 'https://passport.example',
    PASSPORT_CALLER_KEYS: { keys: [publicHalf(callerKey)] },
    PASSPORT_KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64url'),
    PASSPORT_GRAPH_URL: NOBODY,
    PASSPORT_GRAPH_RESOURCE: NOBODY,
    PASSPORT_ISSUER: NOBODY,
    PASSPORT_TOKEN_URL: NOBODY,
    PASSPORT_OFFERS_URL: NOBODY,
    PASSPORT_CLIENT_KEY: clientKey,
  },
  {
    log,
    now: systemClock,
    database: engine === undefined ? openPostgres(database ?? '') : openEmbedded(engine),
    keyValue: memoryKeyValue(systemClock),
    askGraph,
    offerDesk: {
      open: ({ expiresAt }) =>
        Promise.resolve({
          uri: 'openid-credential-offer://',
          uriByValue: 'openid-credential-offer://?credential_offer=%7B%7D',
          transactionCode: '000000',
          expiresAt,
        }),
    },
  },
);
await composed.administration.accreditIssuer({
  odsCode: ISSUER,
  from: '2020-01-01',
  by: 'the measurement',
});
const listening = await listen({
  name: 'passport',
  log,
  host: '127.0.0.1',
  port: 0,
  parts: [composed],
  withPrivateRoutes: true,
});
serveParent({ url: `http://127.0.0.1:${String(listening.port)}` }, async () => {
  await listening.stop();
  await engine?.close();
});
