import { createPrivateKey, randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';

import { TRANSACTION_ACR, transactionHash, transactionOf } from '../../../standards/transaction.ts';
import { grantRole, type Identity, newKey, startIdentity } from './harness.ts';

let identity: Identity;
beforeAll(async () => {
  identity = await startIdentity();
  for (const [name, odsCode] of [
    ['ada', 'RZ1'],
    ['eve', 'RZ2'],
  ] as const) {
    const staffId = `stf_${name}`;
    identity.world.people.set(`${name}@nhs.example`, {
      employeeType: 'USER:ACTIVE',
      name,
      staffId,
    });
    await grantRole(identity, { mail: `${name}@nhs.example`, role: 'ADMINISTRATOR', odsCode });
    // A role given before its owner has signed in belongs to the address: this is what signing in does.
    await identity.database
      .schema<{ role_grant: { staff_id: string; mail: string } }>('identity')
      .updateTable('role_grant')
      .set({ staff_id: staffId })
      .where('mail', '=', `${name}@nhs.example`)
      .execute();
  }
});
afterAll(() => identity.stop());

async function call(name: 'ada' | 'eve', path: string, body?: object, claims: object = {}) {
  const seconds = Math.floor(Date.now() / 1000);
  const token = await new SignJWT({
    iss: identity.issuer,
    aud: `${identity.issuer}/administration`,
    sub: `stf_${name}`,
    client_id: 'lanyard-explorer',
    jti: randomUUID(),
    iat: seconds,
    exp: seconds + 60,
    ods: name === 'ada' ? 'RZ1' : 'RZ2',
    scope: 'client:manage',
    ...(body === undefined || path !== '' ? {} : approvalOf(body)),
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: identity.keys.signing.public.kid })
    .sign(createPrivateKey({ key: identity.keys.signing.private, format: 'jwk' }));
  const response = await fetch(`${identity.issuer}/administration/clients${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
/** What the token of somebody who has just approved the registration says. */
const approvalOf = (body: object) => ({
  acr: TRANSACTION_ACR,
  amr: ['pop', 'user', 'mfa'],
  auth_time: Math.floor(Date.now() / 1000),
  txn: transactionHash(transactionOf('POST /administration/clients', { params: {}, input: body })),
});
const key = newKey('k1').public;
const client = (clientId: string) => ({ clientId, name: 'Our HR', jwks: { keys: [key] } });

describe('an administrator', () => {
  it('registers an HR system of their organisation, reads its log, and stops it', async () => {
    const made = await call('ada', '', { ...client('our-hr'), purposes: ['ROTATION'] });
    const shown = {
      ...client('our-hr'),
      odsCode: 'RZ1',
      algorithm: 'ES256',
      scopes: ['hr:read', 'passport:read', 'passport:offer', 'passport:verify'],
      purposes: ['ROTATION'],
      dpopBound: false,
      tokensPerMinute: null,
      status: 'ACTIVE',
      createdAt: expect.any(String),
      createdBy: 'stf_ada',
      stoppedAt: null,
      stoppedBy: null,
    };
    expect(made).toEqual({ status: 201, body: shown });
    expect(await call('ada', '/our-hr')).toEqual({ status: 200, body: shown });
    expect(await call('ada', '/our-hr/log')).toEqual({ status: 200, body: { entries: [] } });
    const { status, body } = await call('ada', '/our-hr/stop', {});
    expect([status, body['status'], body['stoppedBy']]).toEqual([200, 'STOPPED', 'stf_ada']);
    expect((await call('ada', '/our-hr/stop', {})).status).toBe(404);
  });

  it('knows nothing of another organisation’s', async () => {
    await call('ada', '', client('hr-of-rz1'));
    for (const path of ['/hr-of-rz1', '/hr-of-rz1/log', '/hr-nobody', '/hr-nobody/log']) {
      expect((await call('eve', path)).status).toBe(404);
    }
    expect((await call('eve', '/hr-of-rz1/stop', {})).status).toBe(404);
    expect((await call('eve', '', client('hr-of-rz1'))).body['fields']).toEqual(['clientId']);
    const { body } = await call('eve', '');
    expect(body).toEqual({ clients: [] });
  });

  it.each<[string, object, string]>([
    ['a private key', { jwks: { keys: [newKey('k1').private] } }, 'jwks.keys.0.d'],
    ['another organisation', { odsCode: 'RZ2' }, 'odsCode'],
    ['a quota', { tokensPerMinute: 9 }, 'tokensPerMinute'],
    ['a scope of administrators', { scopes: ['passport:revoke'] }, 'scopes.0'],
  ])('is told which field is wrong: %s', async (_what, change, field) => {
    const { status, body } = await call('ada', '', { ...client('hr-wrong'), ...change });
    expect([status, body['code'], body['fields']]).toEqual([400, 'input_invalid', [field]]);
  });

  it('lets nothing in without having approved exactly that with a passkey', async () => {
    for (const claims of [{ txn: undefined }, approvalOf(client('hr-other'))]) {
      const { status, body } = await call('ada', '', client('hr-unapproved'), claims);
      expect([status, body['code']]).toEqual([401, 'insufficient_user_authentication']);
    }
    expect((await call('ada', '/hr-unapproved')).status).toBe(404);
  });

  it('needs the scope', async () => {
    expect((await call('ada', '', undefined, { scope: 'role:grant' })).status).toBe(403);
  });

  it('is not let in by a token that was taken back, or that is bound to a key', async () => {
    await identity.database
      .schema<{
        revocation: { kind: string; value: string; not_before: Date; expires_at: Date };
      }>('identity')
      .insertInto('revocation')
      .values(
        [
          ...(['token', 'session'] as const).map((kind) => ({ kind, value: `${kind}-1`, at: 0 })),
          { kind: 'client', value: 'an-app', at: Date.now() },
          { kind: 'subject', value: 'stf_eve', at: Date.now() - 60_000 },
        ].map(({ kind, value, at }) => ({
          kind,
          value,
          not_before: new Date(at),
          expires_at: new Date(Date.now() + 60_000),
        })),
      )
      .execute();
    const refused = [
      { jti: 'token-1' },
      { sid: 'session-1' },
      { client_id: 'an-app' },
      { cnf: { jkt: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' } },
    ];
    for (const claims of refused) {
      expect((await call('ada', '', undefined, claims)).status).toBe(401);
    }
    // Eve's token is younger than what was taken back.
    expect((await call('eve', '')).status).toBe(200);
    expect((await call('ada', '')).status).toBe(200);
  });
});
