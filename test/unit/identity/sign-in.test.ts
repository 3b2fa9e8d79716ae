import { createHash, randomBytes } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';

import { grantRole, GRAPH, type Identity, PASSWORD, startIdentity } from './harness.ts';
import { Browser, type Page } from './browser.ts';
import { passSecondFactor } from './second-factor.ts';

let identity: Identity;
const CALLBACK = 'http://127.0.0.1:4000/explorer/callback';
const AMARA = 'amara.okafor-lindqvist@nhs.example';
const HELEN = 'helen.hr@nhs.example';

beforeAll(async () => {
  identity = await startIdentity();
  const { people } = identity.world;
  const active = 'USER:ACTIVE';
  people.set(AMARA, { employeeType: active, name: 'Amara Okafor-Lindqvist', staffId: 'stf_amara' });
  people.set(HELEN, { employeeType: active, name: 'Helen Hart', staffId: 'stf_helen' });
  people.set('unlinked@nhs.example', { employeeType: active, name: 'Una Linked' });
  people.set('leaver@nhs.example', {
    employeeType: 'USER:LEAVER',
    name: 'Lea Ver',
    staffId: 'stf_leaver',
  });
  people.set('ward@nhs.example', {
    employeeType: 'SHARED:ACTIVE',
    name: 'Ward 7',
    staffId: 'stf_ward',
  });
  people.set('guessed@nhs.example', {
    employeeType: active,
    name: 'Gus Guessed',
    staffId: 'stf_guessed',
  });
  await grantRole(identity, {
    mail: 'Helen.HR@nhs.example',
    role: 'HR_OFFICER',
    odsCode: 'RZ1',
  });
});
afterAll(() => identity.stop());
beforeEach(() => {
  identity.world.directoryDown = false;
  identity.world.graphDown = false;
});

const verifier = randomBytes(32).toString('base64url');

const request = (change: Record<string, string | undefined> = {}): Record<string, string> => {
  const all: Record<string, string | undefined> = {
    client_id: 'lanyard-explorer',
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid self:read hr:read passport:read passport:revoke',
    resource: GRAPH,
    state: 'st-1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...change,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
};

const authorizeUrl = (change: Record<string, string | undefined> = {}): string =>
  `${identity.issuer}/oauth/authorize?${new URLSearchParams(request(change)).toString()}`;

/** Address, password and passkey. */
async function signIn(browser: Browser, page: Page, mail: string): Promise<Page> {
  return passSecondFactor(
    identity,
    browser,
    await browser.submit(page, { mail, password: PASSWORD }),
    mail,
  );
}

async function signInAs(
  mail: string,
  acting?: string,
  change: Record<string, string | undefined> = {},
): Promise<{ browser: Browser; callback: URL }> {
  const browser = new Browser();
  let page = await browser.open(authorizeUrl(change));
  page = await signIn(browser, page, mail);
  if (acting !== undefined) page = await browser.submit(page, { acting });
  return { browser, callback: new URL(page.url) };
}

async function redeem(
  code: string | null,
  change: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${identity.issuer}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'lanyard-explorer',
      code: code ?? '',
      redirect_uri: CALLBACK,
      code_verifier: verifier,
      ...change,
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('a member of staff', () => {
  it('signs in and gets a token for their own record only', async () => {
    const { callback } = await signInAs(AMARA);
    expect(callback.origin + callback.pathname).toBe(CALLBACK);
    expect(callback.searchParams.get('iss')).toBe(identity.issuer);
    expect(callback.searchParams.get('state')).toBe('st-1');
    const { status, body } = await redeem(callback.searchParams.get('code'));
    expect(status).toBe(200);
    expect(decodeJwt(String(body['access_token']))).toEqual({
      iss: identity.issuer,
      aud: GRAPH,
      sub: 'stf_amara',
      client_id: 'lanyard-explorer',
      scope: 'self:read',
      purposes: expect.arrayContaining(['HR_ADMINISTRATION', 'SELF_ACCESS']),
      name: 'Amara Okafor-Lindqvist',
      acr: 'urn:lanyard:acr:two-factor',
      amr: ['pwd', 'pop', 'user', 'mfa'],
      auth_time: expect.any(Number),
      sid: expect.any(String),
      jti: expect.any(String),
      iat: expect.any(Number),
      exp: expect.any(Number),
    });
    expect(decodeJwt(String(body['id_token'])).sub).toBe('stf_amara');
  });

  it('signs in once for several requests, until they sign out', async () => {
    const { browser } = await signInAs(AMARA);
    const again = await browser.open(authorizeUrl());
    expect(again.url.startsWith(CALLBACK)).toBe(true);
    const question = await browser.open(`${identity.issuer}/oauth/sign-out`);
    expect(question.html).toContain('Do you want to sign out?');
    const done = await browser.submit(question, { logout: 'yes' });
    expect(done.html).toContain('You have signed out');
    expect((await browser.open(authorizeUrl())).html).toContain('NHSmail address');
  });

  it('can take over from somebody else in the same browser', async () => {
    const { browser } = await signInAs(AMARA);
    const form = await browser.open(authorizeUrl({ prompt: 'login' }));
    const handOver = await signIn(browser, form, HELEN);
    expect(handOver.headers.get('content-security-policy')).toMatch(/script-src 'none' 'sha256-/);
    const choose = await browser.submit(handOver, {});
    const last = await browser.submit(choose, { acting: 'STAFF' });
    const { body } = await redeem(new URL(last.url).searchParams.get('code'));
    expect(decodeJwt(String(body['access_token'])).sub).toBe('stf_helen');
  });

  it('can push the request first (PAR)', async () => {
    const response = await fetch(`${identity.issuer}/oauth/par`, {
      method: 'POST',
      body: new URLSearchParams(request()),
    });
    const { request_uri: uri } = (await response.json()) as { request_uri: string };
    const browser = new Browser();
    const page = await browser.open(
      `${identity.issuer}/oauth/authorize?${new URLSearchParams({ client_id: 'lanyard-explorer', request_uri: uri }).toString()}`,
    );
    const last = await signIn(browser, page, AMARA);
    expect(new URL(last.url).searchParams.get('code')).not.toBeNull();
  });
});

describe('somebody with a role', () => {
  it('chooses it, and gets the scopes that the role has', async () => {
    const { callback } = await signInAs(HELEN, 'HR_OFFICER:RZ1');
    const { body } = await redeem(callback.searchParams.get('code'));
    expect(decodeJwt(String(body['access_token']))).toMatchObject({
      sub: 'stf_helen',
      ods: 'RZ1',
      scope: 'self:read hr:read passport:read',
    });
  });

  it('can act as themselves', async () => {
    const { callback } = await signInAs(HELEN, 'STAFF');
    const claims = decodeJwt(
      String((await redeem(callback.searchParams.get('code'))).body['access_token']),
    );
    expect([claims['scope'], claims['ods']]).toEqual(['self:read', undefined]);
  });

  it.each(['ADMINISTRATOR:RZ1', 'HR_OFFICER:RZ2', '', 'x'])(
    'cannot choose %p, which is not theirs',
    async (acting) => {
      const browser = new Browser();
      const form = await browser.open(authorizeUrl());
      const choose = await signIn(browser, form, HELEN);
      const page = await browser.submit(choose, { acting });
      expect(page.status).toBe(400);
      expect(page.html).toContain('Select who you are acting as');
    },
  );

  it('is asked again when the role has been taken away', async () => {
    const grantId = await grantRole(identity, {
      mail: AMARA,
      role: 'ADMINISTRATOR',
      odsCode: 'RZ1',
    });
    const { browser } = await signInAs(AMARA, 'ADMINISTRATOR:RZ1');
    await identity.composed.endRole({ grantId, by: 'first' });
    const page = await browser.open(authorizeUrl());
    const { body } = await redeem(new URL(page.url).searchParams.get('code'));
    expect(body['scope']).toBe('self:read');
  });
});

describe('a sign-in that is refused', () => {
  const WRONG = 'The NHSmail address or password is wrong';

  it.each([
    ['a wrong password', AMARA, 'wrong', 401, WRONG],
    ['an unknown address', 'nobody@nhs.example', PASSWORD, 401, WRONG],
    ['a leaver', 'leaver@nhs.example', PASSWORD, 401, WRONG],
    ['a shared mailbox', 'ward@nhs.example', PASSWORD, 401, WRONG],
    ['an empty password', AMARA, '', 400, 'Enter your password'],
    ['an empty address', '', PASSWORD, 400, 'Enter your NHSmail address'],
    ['no linked record', 'unlinked@nhs.example', PASSWORD, 403, 'We cannot find your staff record'],
  ])('%s', async (_what, mail, password, status, text) => {
    const browser = new Browser();
    const page = await browser.submit(await browser.open(authorizeUrl()), { mail, password });
    expect(page.status).toBe(status);
    expect(page.html).toContain(text);
    expect(page.html).not.toContain(PASSWORD);
  });

  it('counts attempts, and then refuses the right password too', async () => {
    const browser = new Browser();
    let page = await browser.open(authorizeUrl());
    const mail = 'guessed@nhs.example';
    for (let attempt = 0; attempt < 5; attempt += 1) {
      page = await browser.submit(page, { mail, password: `guess ${String(attempt)}` });
      expect(page.status).toBe(401);
    }
    page = await browser.submit(page, { mail, password: PASSWORD });
    expect(page.status).toBe(429);
    expect(page.html).toMatch(/Try again in \d+ minutes?/);
  });

  it.each(['directoryDown', 'graphDown'] as const)('says so when %s', async (part) => {
    const browser = new Browser();
    const form = await browser.open(authorizeUrl());
    identity.world[part] = true;
    const page = await browser.submit(form, { mail: AMARA, password: PASSWORD });
    expect(page.status).toBe(503);
    expect(page.html).toContain('You cannot sign in at the moment');
  });

  it('from a form on another site', async () => {
    const browser = new Browser();
    const form = await browser.open(authorizeUrl());
    const page = await browser.submit(
      form,
      { mail: AMARA, password: PASSWORD },
      { origin: 'https://elsewhere.example' },
    );
    expect(page.status).toBe(400);
  });

  it('from a browser that did not start it', async () => {
    const form = await new Browser().open(authorizeUrl());
    const page = await new Browser().submit(form, { mail: AMARA, password: PASSWORD });
    expect(page.status).toBe(400);
    expect(page.html).toContain('This sign-in has ended');
  });
});

describe('an authorization request', () => {
  it.each([
    ['no code challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['the plain method', { code_challenge_method: 'plain' }],
    ['no method', { code_challenge_method: undefined }],
    ['the implicit response type', { response_type: 'token' }],
  ])('is refused with %s', async (_what, change) => {
    const page = await new Browser().open(authorizeUrl(change));
    expect(page.url.startsWith(CALLBACK)).toBe(true);
    expect(page.url).toMatch(/error=(invalid_request|unsupported_response_type)/);
  });

  it.each([
    ['https://elsewhere.example/callback'],
    [`${CALLBACK}/`],
    [`${CALLBACK}?x=1`],
    [`${CALLBACK}#x`],
    [`${CALLBACK}/../callback`],
    [CALLBACK.replace('/explorer', '//explorer')],
    [CALLBACK.replace('/explorer', '/Explorer')],
    [CALLBACK.replace('callback', 'callback%2f')],
    [CALLBACK.replace('http:', 'https:')],
    [CALLBACK.replace('127.0.0.1', 'localhost')],
    [CALLBACK.replace(':4000', ':4001')],
    [CALLBACK.replace(':4000', '')],
    [CALLBACK.replace('127.0.0.1', '127.0.0.1.elsewhere.example')],
    [CALLBACK.replace('http://', 'http://elsewhere.example@')],
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    [''],
    [undefined],
  ])('never goes on to %s', async (uri) => {
    const page = await new Browser().open(authorizeUrl({ redirect_uri: uri }));
    expect(page.status).toBe(400);
    expect(new URL(page.url).origin).toBe(identity.issuer);
    expect(page.html).toContain('There is a problem with this sign-in link');
  });

  it.each([
    ['a client that does not exist', { client_id: 'nobody' }],
    ['a client of machines', { client_id: 'hr-rz1' }],
    ['the wallet', { client_id: 'lanyard-wallet' }],
  ])('is refused for %s', async (_what, change) => {
    const page = await new Browser().open(authorizeUrl(change));
    expect(page.status).toBe(400);
  });

  it.each([
    ['a scope of machines', { scope: 'record:read' }, 'invalid_scope'],
    ['a resource that is not ours', { resource: 'https://elsewhere.example/' }, 'invalid_target'],
  ])('is refused with %s', async (_what, change, error) => {
    const page = await new Browser().open(authorizeUrl(change));
    expect(new URL(page.url).searchParams.get('error')).toBe(error);
  });

  it('lets the form go on to the application alone', async () => {
    const page = await new Browser().open(authorizeUrl());
    expect(page.headers.get('content-security-policy')).toContain(
      "form-action 'self' http://127.0.0.1:4000;",
    );
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(page.html.match(/<script[^>]*>/g)).toEqual([
      expect.stringMatching(/^<script src="\/assets\/identity\/[0-9a-f]{16}\.js" defer>$/),
    ]);
  });
});

describe('an authorization code', () => {
  it('gives at most one token set to 20 requests at the same time', async () => {
    const { callback } = await signInAs(AMARA);
    const code = callback.searchParams.get('code');
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await redeem(code)).body['error']).toBe('invalid_grant');
  });

  it.each([
    ['another verifier', { code_verifier: randomBytes(32).toString('base64url') }],
    ['another redirect address', { redirect_uri: 'http://127.0.0.1:4000/other' }],
    ['another client', { client_id: 'lanyard-wallet' }],
    ['no verifier', { code_verifier: '' }],
  ])('is refused with %s', async (_what, change) => {
    const { callback } = await signInAs(AMARA);
    const { status } = await redeem(callback.searchParams.get('code'), change);
    expect(status).toBe(400);
  });
});
