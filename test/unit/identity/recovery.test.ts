import { createHash, randomBytes } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { Browser } from './browser.ts';
import { grantRole, type Identity, PASSWORD, startIdentity } from './harness.ts';
import { personToken } from './person-token.ts';
import { deviceOf, passSecondFactor } from './second-factor.ts';
import { softwarePasskey } from './software-passkey.ts';

const CALLBACK = 'http://127.0.0.1:4000/explorer/callback';
let identity: Identity;
const tokens: Record<string, string> = {};
let people = 0;
let mail = '';

const verifier = randomBytes(32).toString('base64url');
const authorizeUrl = (resource: string, scope: string): string =>
  `${identity.issuer}/oauth/authorize?${new URLSearchParams({
    client_id: 'lanyard-explorer',
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope,
    resource,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()}`;

const signIn = async (browser: Browser, who: string) =>
  passSecondFactor(
    identity,
    browser,
    await browser.submit(
      await browser.open(authorizeUrl('http://127.0.0.1:4000/graphql', 'self:read')),
      { mail: who, password: PASSWORD },
    ),
    who,
  );

/** A token for the administration API; with a transaction, one that says the person approved it. */
const tokenOf = (name: string, transaction?: object): Promise<string> =>
  personToken(
    identity,
    { mail: `${name}@nhs.example`, acting: `HR_OFFICER:${name === 'cal' ? 'RZ2' : 'RZ1'}` },
    {
      scope: 'recovery:manage',
      resource: `${identity.issuer}/administration`,
      ...(transaction === undefined ? {} : { transaction }),
    },
  );

async function call(token: string | undefined, path: string, body?: unknown) {
  const response = await fetch(`${identity.issuer}/administration/recoveries${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${token ?? ''}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, ...answer } as Record<string, unknown> & { status: number };
}

/** A token with which the person has approved this very call. */
async function confirmedToken(who: string, path: string, body: object): Promise<string> {
  const refused = await call(tokens[who], path, body);
  expect(refused).toMatchObject({ status: 401, code: 'insufficient_user_authentication' });
  const transaction = { ...(refused['transaction'] as Record<string, unknown>) };
  delete transaction['hash'];
  return tokenOf(who, transaction);
}
const ask = async (who = 'asha') => call(await confirmedToken(who, '', { mail }), '', { mail });
const approve = async (id: unknown, who = 'ben') => {
  const path = `/${String(id)}/approve`;
  return call(await confirmedToken(who, path, {}), path, {});
};

beforeAll(async () => {
  identity = await startIdentity();
  for (const [name, odsCode] of [
    ['asha', 'RZ1'],
    ['ben', 'RZ1'],
    ['cal', 'RZ2'],
  ] as const) {
    const who = `${name}@nhs.example`;
    identity.world.people.set(who, {
      employeeType: 'USER:ACTIVE',
      name,
      staffId: `stf_${name}`,
      odsCodes: [odsCode],
    });
    await grantRole(identity, { mail: who, role: 'HR_OFFICER', odsCode });
    tokens[name] = await tokenOf(name);
  }
});
afterAll(() => identity.stop());
/** A nurse who has set up a passkey. */
beforeEach(async () => {
  mail = `nurse${String((people += 1))}@nhs.example`;
  identity.world.people.set(mail, {
    employeeType: 'USER:ACTIVE',
    name: 'A Nurse',
    staffId: `stf_nurse${String(people)}`,
  });
  await signIn(new Browser(), mail);
});

describe('somebody who has lost their phone', () => {
  it('gets a setup code through two people; with it the old passkey and all sessions are gone', async () => {
    const elsewhere = new Browser();
    await signIn(elsewhere, mail);
    const asked = await ask();
    expect(asked).toMatchObject({ status: 201, requestedBy: 'stf_asha', approvedBy: null });
    expect(asked).not.toHaveProperty('setupCode');
    const approved = await approve(asked['id']);
    expect(approved).toMatchObject({
      status: 200,
      approvedBy: 'stf_ben',
      setupCode: expect.stringMatching(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/),
      setupCodeSeconds: 86_400,
    });
    expect(JSON.stringify(await call(tokens['asha'], ''))).not.toContain(
      String(approved['setupCode']),
    );

    const browser = new Browser();
    const first = await browser.open(authorizeUrl('http://127.0.0.1:4000/graphql', 'self:read'));
    const second = await browser.submit(first, { mail, password: PASSWORD });
    const lost = await browser.open(`${second.url}/setup-code`);
    expect(lost.html).toContain('Two people there have to agree');
    const setUp = await browser.submit(lost, {
      step: 'setup-code',
      code: String(approved['setupCode']),
    });
    expect(setUp.html).toContain('Set up how you sign in');
    const device = softwarePasskey(identity.issuer);
    const done = await browser.submitPasskey(setUp, (_kind, options) => device.register(options));
    expect(done.url).toContain('?code=');

    const old = new Browser();
    const page = await old.open(authorizeUrl('http://127.0.0.1:4000/graphql', 'self:read'));
    const refused = await old.submitPasskey(page, (_kind, options) =>
      deviceOf(identity, mail).assert(options),
    );
    expect(refused.status).toBe(401);
    const ended = await elsewhere.open(authorizeUrl('http://127.0.0.1:4000/graphql', 'self:read'));
    expect(ended.html).toContain('NHSmail address');
  });

  it('cannot use a code that is for a first passkey', async () => {
    const { code } = await identity.composed.issueSetupCode({ mail, by: 'test' });
    const browser = new Browser();
    const first = await browser.open(authorizeUrl('http://127.0.0.1:4000/graphql', 'self:read'));
    const second = await browser.submit(first, { mail, password: PASSWORD });
    const lost = await browser.open(`${second.url}/setup-code`);
    expect((await browser.submit(lost, { step: 'setup-code', code })).status).toBe(401);
  });
});

describe('a recovery is refused', () => {
  it('when the same person approves', async () => {
    const { id } = await ask();
    expect(await approve(id, 'asha')).toMatchObject({
      status: 403,
      code: 'second_person_required',
    });
  });

  it('for oneself, asked or approved', async () => {
    mail = 'asha@nhs.example';
    expect(await ask('asha')).toMatchObject({ status: 403, code: 'recovery_for_oneself' });
    const { id } = await ask('ben');
    expect(await approve(id, 'asha')).toMatchObject({ status: 403, code: 'recovery_for_oneself' });
  });

  it('at another organisation', async () => {
    expect(await ask('cal')).toMatchObject({ status: 400, code: 'person_not_found' });
    const { id } = await ask();
    expect(await approve(id, 'cal')).toMatchObject({ status: 404, code: 'recovery_not_found' });
    expect(await call(tokens['cal'], '')).toMatchObject({ recoveries: [] });
  });

  it('a second time', async () => {
    const { id } = await ask();
    const path = `/${String(id)}/approve`;
    const token = await confirmedToken('ben', path, {});
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(token, path, {})));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await approve(id)).toMatchObject({ status: 409, code: 'recovery_not_waiting' });
  });

  it.each([
    ['no address', {}],
    ['an unknown member', { mail: 'x@nhs.example', odsCode: 'RZ2' }],
  ])('for %s', async (_what, body) => {
    expect(await call(tokens['asha'], '', body)).toMatchObject({ status: 400 });
  });

  it('for nobody we know', async () => {
    mail = 'nobody@nhs.example';
    expect(await ask()).toMatchObject({ status: 400, code: 'person_not_found', fields: ['mail'] });
  });

  it('without a token', async () => {
    expect(await call(undefined, '')).toMatchObject({ status: 401 });
  });

  it('by the database, whatever the program does', async () => {
    const { id } = await ask();
    const db = identity.database.schema<{
      recovery: { recovery_id: string; approved_by: string; approved_at: Date };
    }>('identity');
    for (const by of ['stf_asha', `stf_nurse${String(people)}`]) {
      await expect(
        db
          .updateTable('recovery')
          .set({ approved_by: by, approved_at: new Date() })
          .where('recovery_id', '=', String(id))
          .execute(),
      ).rejects.toThrow(/check/);
    }
  });
});
