/** A trust whose own directory pushes its accounts (RFC 7644): registered by an operator, with a key and a scope of its own. */
import type { LocalSystem } from '../../local/start.ts';
import { newPrivateJwk } from '../../local/secrets.ts';
import { publicHalf } from '../../runtime/jwk-settings.ts';
import { ask, machineToken } from './clients.ts';
import { staffNursesOf } from './staff-of-trust.ts';
import { until } from './scenario.ts';
import type { Stage } from './story.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Pushes an account, changes it and deletes it; and one of a nurse whom the directory does not know. */
export async function pushAccounts(stage: Stage, system: Pick<LocalSystem, 'operations'>) {
  const { issuer, graph, trustA } = stage;
  const resource = new URL('/scim/v2', issuer).href;
  const key = newPrivateJwk('directory-rz1');
  const client = {
    clientId: 'directory-rz1',
    name: 'Directory of RZ1',
    odsCode: trustA.odsCode,
    jwks: { keys: [publicHalf(key)] },
    scopes: ['directory:write'],
  };
  await system.operations.run('addClient', client, () => undefined);
  const asked = { issuer, resource, scope: 'directory:write' };
  const token = await machineToken({ clientId: client.clientId, key }, asked);
  const call = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${resource}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const found = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    return { status: answer.status, body: found };
  };

  const user = {
    schemas: [CORE],
    userName: 'ward.clerk@rz1-trust.nhs.example',
    name: { givenName: 'Ward', familyName: 'Clerk' },
  };
  const made = await call('POST', '/Users', user);
  const again = await call('POST', '/Users', user);
  const filter = encodeURIComponent('userName eq "ward.clerk@rz1-trust.nhs.example"');
  const found = await call('GET', `/Users?filter=${filter}`);
  const path = `/Users/${String(made.body['id'])}`;
  const Operations = [{ op: 'Replace', path: 'active', value: 'False' }];
  const disabled = await call('PATCH', path, { schemas: [PATCH], Operations });
  const deleted = await call('DELETE', path);
  const hrSystem = await machineToken(trustA.hrSystem, {
    issuer,
    resource: graph,
    scope: 'hr:read',
  });
  const nurses = () => staffNursesOf(stage, hrSystem, trustA.odsCode);
  const unknown = await until(
    async () => (await nurses()).find(({ identityLinks }) => identityLinks.length === 0),
    (nurse) => nurse !== undefined,
  );
  const hers = await call('POST', '/Users', {
    schemas: [CORE, ENTERPRISE],
    userName: 'ward.nurse@rz1-trust.nhs.example',
    name: { givenName: unknown?.name.given, familyName: unknown?.name.family },
    [ENTERPRISE]: { employeeNumber: unknown?.employments[0]?.employeeNumber },
  });
  await system.operations.run('matchDirectory', {}, () => undefined);
  const matched = await until(
    async () => (await nurses()).find(({ id }) => id === unknown?.id)?.identityLinks ?? [],
    (links) => links.length > 0,
  );
  const atTheGraph = await ask(graph, { token, query: '{ __typename }' });
  const staffAccount = made.body['urn:ietf:params:scim:schemas:extension:lanyard:2.0:User'] as {
    readonly odsCode: string;
  };
  return {
    made: [made.status, staffAccount.odsCode],
    again: [again.status, again.body['scimType']],
    found: found.body['totalResults'],
    disabled: [disabled.status, disabled.body['active']],
    deleted: deleted.status,
    pushed: hers.status,
    matched,
    atTheGraph: atTheGraph.status,
    withTheHrSystem: await machineToken(trustA.hrSystem, asked).then(
      () => 'a token',
      (error: unknown) => (error instanceof Error ? error.message : 'refused'),
    ),
  };
}
