/** Routes that only the gateway asks: what they do is given up when the gateway waits no more. */
import type { KeyObject } from 'node:crypto';

import { expect, it } from '@jest/globals';
import { type FastifyPluginAsync } from 'fastify';

import { internalRoutes } from '../../../identity/routes/internal.ts';
import { type Caller, GATEWAY, signCallerStatement } from '../../../runtime/caller-statement.ts';
import { changeFeedRoutes } from '../../../runtime/change-feed.ts';
import { createHttpServer } from '../../../runtime/http-server.ts';
import { keysById, publicHalf, signerOf } from '../../../runtime/jwk-settings.ts';
import { createLog } from '../../../runtime/log.ts';
import { requestSignal, RequestOver } from '../../../runtime/request-deadline.ts';
import { exportRoutes } from '../../../subgraphs/esr/routes/exports.ts';
import { scimRoutes } from '../../../subgraphs/nhsmail/scim/routes.ts';
import type { ScimUserStore } from '../../../subgraphs/nhsmail/scim/user-store.ts';
import { accessLogRoutes } from '../../../subgraphs/passport/routes/access-log.ts';
import { callerKey } from '../gateway/test-graph.ts';

const now = () => new Date();
const callerKeys: ReadonlyMap<string, KeyObject> = keysById({ keys: [publicHalf(callerKey.jwk)] });

/** Why the work ended. */
let because: unknown;
/** Work that ends with its request. */
const hang = (): Promise<never> =>
  new Promise((_resolve, reject) => {
    const signal = requestSignal();
    if (signal === undefined) {
      reject(new Error('the work of no request'));
      return;
    }
    signal.addEventListener('abort', () => {
      because = signal.reason;
      reject(signal.reason as Error);
    });
  });

const entry = {
  reader: { subject: 'stf_1', name: 'N', purpose: 'AUDIT', requestId: 'request-0001' },
  people: ['stf_01JZZZZZZZZZZZZZZZZZZZZZZZ'],
  fields: ['name'],
};
const internal = internalRoutes({
  models: { add: hang },
  revocations: { list: hang },
  documents: { rules: hang, findText: hang },
  callerKeys,
  now,
});

it.each<[string, string, FastifyPluginAsync, object]>([
  [
    'esr',
    '/exports',
    exportRoutes({ exports: { find: hang, findPart: hang, readPart: hang }, callerKeys, now }),
    {
      exportId: 'exp_1',
      name: 'part-0001.ndjson.gz',
      expires: 1,
      signature: 's',
      from: 0,
      length: 0,
    },
  ],
  [
    'nhsmail',
    '/scim',
    scimRoutes({ users: { list: hang } as unknown as ScimUserStore, domains: {}, callerKeys, now }),
    { method: 'GET', path: '/Users', query: {}, body: '', base: 'https://graph.example/scim/v2' },
  ],
  [
    'passport',
    '/access-log',
    accessLogRoutes({ accessLog: { write: hang }, callerKeys, now }),
    { entries: [entry] },
  ],
  [
    'passport',
    '/changes',
    changeFeedRoutes({
      audience: 'passport',
      store: { lastChange: hang, changesAfter: hang },
      callerKeys,
      now,
    }),
    { missing: [] },
  ],
  ['identity', '/internal/proofs', internal, { proof: 'A'.repeat(43) }],
  ['identity', '/internal/revocations', internal, {}],
  ['identity', '/internal/documents', internal, { clientId: 'c', sha256: '0'.repeat(64) }],
])('%s gives up what it does for %s', async (audience, url, routes, question) => {
  because = undefined;
  const app = await createHttpServer({
    name: audience,
    log: createLog({ name: 'test', level: 'silent' }),
    checks: {},
    draining: () => false,
    routes: [routes],
  });
  const caller: Caller = {
    kind: 'machine',
    subject: GATEWAY,
    clientId: GATEWAY,
    name: GATEWAY,
    scopes: new Set(['directory:write']),
    odsCode: 'RZ1',
    requestId: 'request-0001',
  };
  const body = JSON.stringify(question);
  const statement = await signCallerStatement(
    caller,
    { audience, body, now: now() },
    signerOf(callerKey.jwk),
  );
  const answer = await app.inject({
    method: 'POST',
    url,
    payload: body,
    headers: {
      'content-type': 'application/json',
      'lanyard-caller': statement,
      'lanyard-deadline': '20',
    },
  });
  expect([answer.statusCode, because]).toEqual([503, expect.any(RequestOver)]);
  await app.close();
});
