import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';

import { grantRole, type Identity, startIdentity } from './harness.ts';
import { personToken } from './person-token.ts';

const DAY_MS = 86_400_000;

let identity: Identity;

beforeAll(async () => {
  identity = await startIdentity();
  for (const name of ['ada', 'ben', 'cat', 'dan', 'eve', 'fay', 'gus']) {
    identity.world.people.set(`${name}@nhs.example`, {
      employeeType: 'USER:ACTIVE',
      name,
      staffId: `stf_${name}`,
    });
  }
  for (const [name, odsCode] of [
    ['ada', 'RZ1'],
    ['ben', 'RZ1'],
    ['eve', 'RZ2'],
  ] as const) {
    await grantRole(identity, { mail: `${name}@nhs.example`, role: 'ADMINISTRATOR', odsCode });
  }
});
afterAll(() => identity.stop());

/** Signs a person in and gives their token for the administration API. */
const tokenOf = (
  name: string,
  acting: string | undefined,
  scope = 'role:grant',
  resource = `${identity.issuer}/administration`,
): Promise<string> =>
  personToken(identity, { mail: `${name}@nhs.example`, acting }, { scope, resource });

/** A token with which the person has approved one call, as the refusal of that call names it. */
const approvedToken = async (name: string, refused: Record<string, unknown>): Promise<string> => {
  const transaction = refused['transaction'] as object;
  const { acting } = await administrator(name);
  return personToken(
    identity,
    { mail: `${name}@nhs.example`, acting },
    { scope: 'role:grant', resource: `${identity.issuer}/administration`, transaction },
  );
};
const confirmedToken = async (name: string, path: string, body: unknown): Promise<string> => {
  const { token } = await administrator(name);
  return approvedToken(name, (await call(token, path, body)).body);
};

/** Does something, and confirms it where that is asked for. */
async function confirmed(name: string, path: string, body: unknown): ReturnType<typeof call> {
  const { token } = await administrator(name);
  const answer = await call(token, path, body);
  return answer.body['code'] === 'insufficient_user_authentication'
    ? call(await approvedToken(name, answer.body), path, body)
    : answer;
}

const administrators = new Map<string, string>();
async function administrator(name: string) {
  const acting = name === 'eve' ? 'ADMINISTRATOR:RZ2' : 'ADMINISTRATOR:RZ1';
  const token = administrators.get(name) ?? (await tokenOf(name, acting));
  administrators.set(name, token);
  return { token, acting };
}

async function call(
  token: string | undefined,
  path: string,
  body?: unknown,
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const response = await fetch(`${identity.issuer}/administration${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

describe('a role', () => {
  it('is asked for by one administrator, approved by another, and holds until it is ended', async () => {
    const { token } = await administrator('ada');
    expect(decodeJwt(token)).toMatchObject({ ods: 'RZ1', scope: 'role:grant' });
    const asked = await confirmed('ada', '/role-grants', {
      mail: 'Cat@NHS.example',
      role: 'HR_OFFICER',
    });
    expect(asked.status).toBe(201);
    expect(asked.body).toEqual({
      id: expect.stringMatching(/^rgr_/),
      staffId: 'stf_cat',
      mail: 'cat@nhs.example',
      role: 'HR_OFFICER',
      odsCode: 'RZ1',
      state: 'REQUESTED',
      from: expect.any(String),
      until: expect.any(String),
      requestedAt: expect.any(String),
      requestedBy: 'stf_ada',
      decidedAt: null,
      decidedBy: null,
      endedAt: null,
      endedBy: null,
    });
    const path = `/role-grants/${String(asked.body['id'])}`;
    // Whoever approves sees what they approve, not its id alone.
    const second = await administrator('ben');
    const asks = await call(second.token, `${path}/approve`, {});
    expect(asks.body['transaction']).toMatchObject({
      arguments: {
        about: {
          mail: 'cat@nhs.example',
          role: 'HR_OFFICER',
          odsCode: 'RZ1',
          requestedBy: 'stf_ada',
        },
      },
    });
    const own = await confirmed('ada', `${path}/approve`, {});
    expect([own.status, own.body]).toEqual([
      403,
      {
        type: 'urn:lanyard:problem:second_person_required',
        title: 'You are not allowed to do this.',
        status: 403,
        code: 'second_person_required',
      },
    ]);
    expect(own.headers.get('content-type')).toContain('application/problem+json');
    const ben = await confirmedToken('ben', `${path}/approve`, {});
    const approvals = await Promise.all(
      Array.from({ length: 20 }, () => call(ben, `${path}/approve`, {})),
    );
    expect(approvals.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(approvals.filter(({ body }) => body['code'] === 'grant_not_waiting')).toHaveLength(19);

    const hr = await tokenOf('cat', 'HR_OFFICER:RZ1', 'hr:read', 'http://127.0.0.1:4000/graphql');
    expect(decodeJwt(hr)).toMatchObject({ ods: 'RZ1', scope: 'hr:read' });
    const listed = await confirmed('ben', '/role-grants?state=APPROVED', undefined);
    expect(
      (listed.body['roleGrants'] as { mail: string; decidedBy: string }[]).find(
        ({ mail }) => mail === 'cat@nhs.example',
      )?.decidedBy,
    ).toBe('stf_ben');
    expect((await confirmed('ben', `${path}/end`, {})).body['state']).toBe('ENDED');
    expect((await confirmed('ben', `${path}/end`, {})).body['code']).toBe('grant_not_waiting');
    const revoked = await identity.database
      .schema<{ revocation: { kind: string; value: string } }>('identity')
      .selectFrom('revocation')
      .select(['kind', 'value'])
      .execute();
    expect(revoked).toContainEqual({ kind: 'membership', value: 'stf_cat RZ1' });
  });

  it('is refused by a second person, and is then not approved', async () => {
    const asked = await confirmed('ada', '/role-grants', {
      mail: 'dan@nhs.example',
      role: 'HR_OFFICER',
    });
    const path = `/role-grants/${String(asked.body['id'])}`;
    expect((await confirmed('ben', `${path}/refuse`, {})).body['state']).toBe('REFUSED');
    expect((await confirmed('ben', `${path}/approve`, {})).status).toBe(409);
  });

  it('is not given to oneself, nor approved by the person it is for', async () => {
    const own = await confirmed('ada', '/role-grants', {
      mail: 'ada@nhs.example',
      role: 'HR_OFFICER',
    });
    expect([own.status, own.body['code']]).toEqual([403, 'role_for_oneself']);
    const forBen = await confirmed('ada', '/role-grants', {
      mail: 'ben@nhs.example',
      role: 'HR_OFFICER',
    });
    const approved = await confirmed(
      'ben',
      `/role-grants/${String(forBen.body['id'])}/approve`,
      {},
    );
    expect([approved.status, approved.body['code']]).toEqual([403, 'role_for_oneself']);
  });

  it('of another organisation is neither seen nor decided', async () => {
    const asked = await confirmed('ada', '/role-grants', {
      mail: 'fay@nhs.example',
      role: 'HR_OFFICER',
    });
    for (const act of ['approve', 'refuse', 'end']) {
      const answer = await confirmed('eve', `/role-grants/${String(asked.body['id'])}/${act}`, {});
      expect([answer.status, answer.body['code']]).toEqual([404, 'grant_not_found']);
    }
    expect(JSON.stringify((await confirmed('eve', '/role-grants', undefined)).body)).not.toContain(
      'fay@nhs.example',
    );
  });

  it.each([
    ['an address of nobody', { mail: 'nobody@nhs.example' }, 'person_not_found', ['mail']],
    ['an end before the beginning', { until: '2020-01-01' }, 'period_invalid', ['from', 'until']],
    ['more than a year', { until: '2099-01-01' }, 'period_invalid', ['from', 'until']],
    ['the role of staff', { role: 'STAFF' }, 'input_invalid', ['role']],
    ['an organisation', { odsCode: 'RZ2' }, 'input_invalid', ['odsCode']],
    ['no address', { mail: undefined }, 'input_invalid', ['mail']],
  ])('is not asked for with %s', async (_what, change, code, fields) => {
    const { status, body } = await confirmed('ada', '/role-grants', {
      mail: 'gus@nhs.example',
      role: 'HR_OFFICER',
      ...change,
    });
    expect([status, body['code'], body['fields']]).toEqual([400, code, fields]);
  });

  it('belongs to whoever had the address first, not to who gets it later', async () => {
    identity.world.people.set('desk@nhs.example', {
      employeeType: 'USER:ACTIVE',
      name: 'First',
      staffId: 'stf_first',
    });
    await grantRole(identity, { mail: 'desk@nhs.example', role: 'HR_OFFICER', odsCode: 'RZ1' });
    await tokenOf('desk', 'HR_OFFICER:RZ1');
    identity.world.people.set('desk@nhs.example', {
      employeeType: 'USER:ACTIVE',
      name: 'Second',
      staffId: 'stf_second',
    });
    const graph = 'http://127.0.0.1:4000/graphql';
    const token = await tokenOf('desk', undefined, 'self:read hr:read', graph);
    expect(decodeJwt(token)).toMatchObject({ sub: 'stf_second', scope: 'self:read' });
  });

  it('counts from its beginning to its end', async () => {
    const soon = new Date(Date.now() + DAY_MS).toISOString();
    await grantRole(identity, {
      mail: 'gus@nhs.example',
      role: 'ADMINISTRATOR',
      odsCode: 'RZ1',
      from: soon,
    });
    const token = await tokenOf('gus', undefined, 'self:read', 'http://127.0.0.1:4000/graphql');
    expect(decodeJwt(token)['ods']).toBeUndefined();
  });
});

describe('the administration API', () => {
  it('has the person confirm this very call', async () => {
    const { token } = await administrator('ada');
    const body = { mail: 'gus@nhs.example', role: 'HR_OFFICER' };
    const refused = await call(token, '/role-grants', body);
    expect([refused.status, refused.body]).toEqual([
      401,
      {
        type: 'urn:lanyard:problem:insufficient_user_authentication',
        title: 'Confirm this with your passkey.',
        status: 401,
        code: 'insufficient_user_authentication',
        acrValues: ['urn:lanyard:acr:transaction'],
        maxAge: 300,
        transaction: {
          operation: 'POST /administration/role-grants',
          subject: 'gus@nhs.example',
          type: 'HR_OFFICER',
          arguments: { params: {}, input: body },
          hash: expect.any(String),
        },
      },
    ]);
    expect(refused.headers.get('www-authenticate')).toContain('insufficient_user_authentication');
    const approved = await confirmedToken('ada', '/role-grants', body);
    const other = await call(approved, '/role-grants', { ...body, role: 'ADMINISTRATOR' });
    expect([other.status, other.body['code']]).toEqual([401, 'insufficient_user_authentication']);
    expect((await call(approved, '/role-grants', body)).status).toBe(201);
  });

  it('takes no token but its own', async () => {
    const graph = await tokenOf(
      'ada',
      'ADMINISTRATOR:RZ1',
      'passport:read',
      'http://127.0.0.1:4000/graphql',
    );
    for (const token of [undefined, 'x', graph]) {
      const { status, headers, body } = await call(token, '/role-grants');
      expect([status, body['code']]).toEqual([401, 'access_token_invalid']);
      expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    }
  });

  it('refuses a role without the scope, and a role that has ended since', async () => {
    const grantId = await grantRole(identity, {
      mail: 'dan@nhs.example',
      role: 'ADMINISTRATOR',
      odsCode: 'RZ1',
    });
    const dan = await tokenOf('dan', 'ADMINISTRATOR:RZ1');
    expect((await call(dan, '/role-grants')).status).toBe(200);
    await identity.composed.endRole({ grantId, by: 'first' });
    // What the role gave is taken back with it.
    const ended = await call(dan, '/role-grants');
    expect([ended.status, ended.body['code']]).toEqual([401, 'access_token_invalid']);
    await grantRole(identity, { mail: 'fay@nhs.example', role: 'HR_OFFICER', odsCode: 'RZ1' });
    const fay = await tokenOf('fay', 'HR_OFFICER:RZ1', 'recovery:manage role:grant');
    expect(decodeJwt(fay)['scope']).toBe('recovery:manage');
    const { status, headers, body } = await call(fay, '/role-grants');
    expect([status, body['code']]).toEqual([403, 'scope_insufficient']);
    expect(headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_scope", scope="role:grant"',
    );
  });

  it.each([
    ['JSON that is none', '{', 400, 'input_invalid'],
    [
      'a member that is not known',
      '{"mail":"gus@nhs.example","role":"HR_OFFICER","x":1}',
      400,
      'input_invalid',
    ],
    ['the name of a prototype', '{"__proto__":{},"mail":"gus@nhs.example"}', 400, 'input_invalid'],
    ['too much', JSON.stringify({ mail: 'x'.repeat(70_000) }), 413, 'too_large'],
  ])('refuses %s', async (_what, text, status, code) => {
    const answer = await call((await administrator('ada')).token, '/role-grants', text);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  it('says so when the records do not answer', async () => {
    const body = { mail: 'gus@nhs.example', role: 'HR_OFFICER' };
    const ada = await confirmedToken('ada', '/role-grants', body);
    identity.world.graphDown = true;
    const answer = await call(ada, '/role-grants', body);
    identity.world.graphDown = false;
    expect([answer.status, answer.body['code']]).toEqual([503, 'unavailable']);
  });
});

describe('the database', () => {
  const columns = {
    mail: 'x@nhs.example',
    role: 'HR_OFFICER',
    ods_code: 'RZ1',
    state: 'APPROVED',
    valid_from: new Date(),
    valid_until: new Date(Date.now() + DAY_MS),
    requested_at: new Date(),
    decided_at: new Date(),
  };
  const insert = (id: string, people: Record<string, string | null>) =>
    identity.database
      .schema<{ role_grant: Record<string, unknown> }>('identity')
      .insertInto('role_grant')
      .values({ grant_id: id, ...columns, ...people })
      .execute();

  const actors = ['stf_a', 'stf_b', 'stf_c'] as const;
  it.each(
    actors.flatMap((requested_by) =>
      [...actors, null].flatMap((decided_by) =>
        actors.map((staff_id) => ({ requested_by, decided_by, staff_id })),
      ),
    ),
  )('keeps an approved role only of three people: %p', async (people) => {
    const outcome = await insert(`rgr_${Object.values(people).join('-')}`, people).then(
      () => 'kept',
      (error: unknown) => (String(error).includes('role_grant') ? 'refused' : String(error)),
    );
    const three = new Set(Object.values(people)).size === 3 && people.decided_by !== null;
    expect(outcome).toBe(three ? 'kept' : 'refused');
  });
});
