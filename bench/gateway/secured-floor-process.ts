/**
 * What security costs at the least: the requests written by hand, under the product's own token check, signed statements and
 * access log, with the headers of its answers. No rules, limits, sharing, deadlines, breakers, traces, or GraphQL.
 */
import { randomUUID } from 'node:crypto';

import { fastify } from 'fastify';

import { accessLog } from '../../gateway/access-log.ts';
import { startDeadline } from '../../gateway/deadline.ts';
import { remoteKeys } from '../../gateway/remote-keys.ts';
import { httpSubgraph } from '../../gateway/subgraphs/http-transport.ts';
import { tokenVerifier } from '../../gateway/token-verifier.ts';
import { type Caller, signCallerStatement } from '../../runtime/caller-statement.ts';
import { systemClock } from '../../runtime/clock.ts';
import { signerOf } from '../../runtime/jwk-settings.ts';
import { createLog } from '../../runtime/log.ts';
import { SECURITY_HEADERS } from '../../runtime/security-headers.ts';
import { serveParent } from '../child.ts';
import { answererByHand } from './by-hand.ts';
import type { ContenderSettings } from './contenders.ts';

const { gateway, subgraphs } = JSON.parse(process.argv[2] ?? '{}') as ContenderSettings;
const signer = signerOf(gateway.GATEWAY_CALLER_KEY);
const verify = tokenVerifier({
  issuer: gateway.GATEWAY_ISSUER,
  audience: `${gateway.GATEWAY_PUBLIC_URL}/graphql`,
  keys: remoteKeys(gateway.GATEWAY_JWKS_URL).keys,
  now: systemClock,
});
const reached = {
  esr: httpSubgraph(subgraphs.esr),
  nhsmail: httpSubgraph(subgraphs.nhsmail),
  passport: httpSubgraph(subgraphs.passport),
};
const recordAccess = accessLog({
  name: 'passport',
  transport: reached.passport.send,
  signer,
  now: systemClock,
  log: createLog({ name: 'floor', level: 'error' }),
});

interface Request {
  readonly caller: Caller;
  readonly deadline: ReturnType<typeof startDeadline>;
}
const answer = answererByHand<Request>(async (subgraph, body, { caller, deadline }) => {
  const now = systemClock();
  const statement = await signCallerStatement(caller, { audience: subgraph, body, now }, signer);
  const { requestId } = caller;
  const message = { body, statement, requestId, repeatable: true, deadline };
  return (await reached[subgraph].send({ ...message, path: '/graphql' })).body;
});

const app = fastify();
app.post('/graphql', async (request, reply) => {
  const { authorization = '' } = request.headers;
  const { kind, subject, clientId, scopes, odsCode, name } = await verify(
    authorization.slice('Bearer '.length),
  );
  const caller: Caller = {
    kind,
    subject,
    clientId,
    name: name ?? clientId,
    scopes,
    requestId: randomUUID(),
    purpose: 'HR_ADMINISTRATION',
    ...(odsCode === undefined ? {} : { odsCode }),
  };
  const deadline = startDeadline(reply.raw);
  const { variables } = request.body as { readonly variables: Parameters<typeof answer>[0] };
  const { data, people } = await answer(variables, { caller, deadline });
  const ids = new Set(people.map(({ id }) => id));
  await recordAccess({ requestId: caller.requestId, caller, people: ids, deadline }, [
    'name.given',
    'name.family',
    'registrations',
    'mailboxes.mail',
    'passport.status',
  ]);
  reply.headers({
    ...SECURITY_HEADERS,
    'x-request-id': caller.requestId,
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
  });
  return JSON.stringify({ data });
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
serveParent({ url: `${url}/graphql` }, async () => {
  await app.close();
  await Promise.all(Object.values(reached).map(({ close }) => close()));
});
