/**
 * The passport subgraph in a process of its own, with its public and its private routes. The database is embedded, in
 * memory, in a thread of its own; the graph and the offer desk answer at once.
 */
import { randomBytes } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { systemClock } from '../../runtime/clock.ts';
import { openEmbedded } from '../../runtime/database.ts';
import { startEmbeddedEngine } from '../../runtime/embedded-database.ts';
import type { AskGraph } from '../../runtime/graph-client.ts';
import { type PrivateJwk, publicHalf } from '../../runtime/jwk-settings.ts';
import { createLog } from '../../runtime/log.ts';
import { memoryKeyValue } from '../../runtime/memory-key-value.ts';
import { listen } from '../../runtime/process.ts';
import { composePassport } from '../../subgraphs/passport/compose.ts';
import { serveParent } from '../child.ts';
import { fillList } from './fill-list.ts';

/** What the parent says. */
interface Settings {
  /** The key under which callers are stated. */
  readonly callerKey: PrivateJwk;
  /** A key of the process itself. */
  readonly clientKey: PrivateJwk;
}

const NOBODY = 'http://127.0.0.1:1';
const { callerKey, clientKey } = JSON.parse(process.argv[2] ?? '{}') as Settings;

/** Everybody is the same nurse, employed by every trust that asks. */
const askGraph: AskGraph = ({ variables, shape }) => {
  const employers = ['RZ1', 'RZ2'].map((odsCode) => ({ odsCode, name: `Trust ${odsCode}` }));
  const staff = {
    id: String(variables['id']),
    name: { given: 'Amara', family: 'Okafor-Lindqvist' },
    birthDate: '1991-04-17',
    employments: employers.map((employer) => ({
      employer,
      personType: 'EMPLOYEE',
      hireDate: '2018-09-03',
      terminationDate: null,
    })),
    assignments: [],
    registrations: [],
    competences: [],
    mailboxes: employers.map(({ odsCode }) => ({
      mail: 'amara.okafor-lindqvist@nhs.example',
      organisation: { odsCode },
    })),
  };
  return Promise.resolve(shape.parse({ staff }));
};

const log = createLog({ name: 'passport', level: 'error' });
const engine = await startEmbeddedEngine();
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
    database: openEmbedded(engine),
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
  odsCode: 'RZ1',
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

// One look a millisecond: what is measured is how late it comes, and the millisecond itself.
const delay = monitorEventLoopDelay({ resolution: 1 });
serveParent(
  { url: `http://127.0.0.1:${String(listening.port)}` },
  async () => {
    await listening.stop();
    await engine.close();
  },
  {
    'watch loop': () => {
      delay.reset();
      delay.enable();
    },
    'loop delay': () => {
      delay.disable();
      return { p99Ms: delay.percentile(99) / 1e6, maxMs: delay.max / 1e6 };
    },
    'fill list': () => fillList(engine),
  },
);
