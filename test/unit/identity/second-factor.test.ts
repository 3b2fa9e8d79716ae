import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';

import { eventually } from '../../servers/child.ts';
import { Browser, type Page } from './browser.ts';
import { grantRole, GRAPH, type Identity, PASSWORD, startIdentity } from './harness.ts';
import { deviceOf, passSecondFactor } from './second-factor.ts';

let identity: Identity;
let people = 0;
let mail = '';
const CALLBACK = 'http://127.0.0.1:4000/explorer/callback';
const verifier = randomBytes(32).toString('base64url');
/** Logout tokens that the application was sent. */
const logouts: string[] = [];
const application = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on('end', () => {
    logouts.push(new URLSearchParams(body).get('logout_token') ?? '');
    response.end();
  });
});

beforeAll(async () => {
  application.listen(0, '127.0.0.1');
  await once(application, 'listening');
  const address = application.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const host = `127.0.0.1:${String(port)}`;
  identity = await startIdentity({ settings: { IDENTITY_PRIVATE_HOSTS: [host] } });
  await identity.composed.registerApp({
    clientId: 'desk',
    name: 'Desk',
    redirectUris: [CALLBACK],
    backchannelLogoutUri: `http://${host}/logout`,
  });
});
afterAll(async () => {
  await identity.stop();
  application.close();
});
/** A new person for every test. */
beforeEach(() => {
  identity.world.directoryDown = false;
  mail = `person${String((people += 1))}@nhs.example`;
  identity.world.people.set(mail, {
    employeeType: 'USER:ACTIVE',
    name: 'A Person',
    staffId: `stf_${String(people)}`,
  });
});

const authorizeUrl = (change: Record<string, string> = {}): string =>
  `${identity.issuer}/oauth/authorize?${new URLSearchParams({
    client_id: 'desk',
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid self:read',
    resource: GRAPH,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...change,
  }).toString()}`;

const afterPassword = async (browser: Browser, change: Record<string, string> = {}) =>
  browser.submit(await browser.open(authorizeUrl(change)), { mail, password: PASSWORD });

/** Claims of the tokens behind the address that the browser was sent back to. */
async function claimsAt(page: Page) {
  const response = await fetch(`${identity.issuer}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'desk',
      code: new URL(page.url).searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    }),
  });
  const tokens = (await response.json()) as { access_token?: string; id_token?: string };
  return {
    access: tokens.access_token === undefined ? undefined : decodeJwt(tokens.access_token),
    id: tokens.id_token === undefined ? undefined : decodeJwt(tokens.id_token),
  };
}

const signInWithPasskey = async (browser: Browser, change: Record<string, string> = {}) =>
  passSecondFactor(identity, browser, await afterPassword(browser, change), mail);

/** The app that reads the page's key. */
const appOf = (page: Page) => {
  const [, key = ''] = /<code class="app-key">([^<]*)<\/code>/.exec(page.html) ?? [];
  const secret = Secret.fromBase32(key.replaceAll(' ', ''));
  return (stepsAhead = 0) => TOTP.generate({ secret, timestamp: Date.now() + stepsAhead * 30_000 });
};

const passkeyAlone = (browser: Browser, page: Page) =>
  browser.submitPasskey(page, (_kind, options) => deviceOf(identity, mail).assert(options));

describe('a one-time code', () => {
  it('is the second factor of whoever sets up an app, each code once', async () => {
    const browser = new Browser();
    const setUp = await afterPassword(browser);
    expect(setUp.html).toContain('<svg');
    const app = appOf(setUp);
    const wrong = await browser.submit(setUp, { step: 'new-code', code: '000000' });
    expect(wrong.status).toBe(401);
    const code = app();
    const { access, id } = await claimsAt(
      await browser.submit(wrong, {
        step: 'new-code',
        code: `${code.slice(0, 3)} ${code.slice(3)}`,
      }),
    );
    const how = { acr: 'urn:lanyard:acr:two-factor', amr: ['pwd', 'otp', 'mfa'] };
    expect(access).toMatchObject(how);
    expect(id).toMatchObject({ ...how, auth_time: access?.['auth_time'], sid: access?.['sid'] });

    const another = new Browser();
    const asked = await afterPassword(another);
    expect(asked.html).toContain('Confirm that it is you');
    const again = await another.submit(asked, { step: 'code', code });
    expect([again.status, again.html]).toEqual([401, expect.stringContaining('was used before')]);
    const last = await another.submit(again, { step: 'code', code: app(1) });
    expect(last.url).toContain(`${CALLBACK}?code=`);
  });

  it('is not set up a second time by a sign-in that began before', async () => {
    const [browser, other] = [new Browser(), new Browser()];
    const [setUp, late] = [await afterPassword(browser), await afterPassword(other)];
    await browser.submit(setUp, { step: 'new-code', code: appOf(setUp)() });
    const refused = await other.submit(late, { step: 'new-code', code: appOf(late)() });
    expect(refused.html).toContain('Confirm that it is you');
    const passkey = await other.submitPasskey(late, (_kind, options) =>
      deviceOf(identity, mail).register(options),
    );
    expect(passkey.html).toContain('Confirm that it is you');
  });

  it('can be guessed five times', async () => {
    const browser = new Browser();
    const setUp = await afterPassword(browser);
    const app = appOf(setUp);
    await browser.submit(setUp, { step: 'new-code', code: app() });
    const guesser = new Browser();
    let page = await afterPassword(guesser);
    const statuses: number[] = [];
    for (let guess = 0; guess < 6; guess += 1) {
      page = await guesser.submit(page, { step: 'code', code: '000000' });
      statuses.push(page.status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await guesser.submit(page, { step: 'code', code: app(1) })).status).toBe(429);
  });
});

describe('a passkey alone', () => {
  it('signs in, also while the directory is away', async () => {
    await signInWithPasskey(new Browser());
    const browser = new Browser();
    const first = await browser.open(authorizeUrl());
    identity.world.directoryDown = true;
    const { access } = await claimsAt(await passkeyAlone(browser, first));
    expect(access).toMatchObject({
      acr: 'urn:lanyard:acr:passkey',
      amr: ['pop', 'user', 'mfa'],
    });
  });

  it.each([
    [
      'the directory says has left',
      () => {
        const person = identity.world.people.get(mail);
        if (person !== undefined) person.employeeType = 'USER:LEAVER';
        return Promise.resolve();
      },
    ],
    [
      'the records say works nowhere',
      () => {
        delete identity.world.people.get(mail)?.staffId;
        return Promise.resolve();
      },
    ],
    [
      'has left, while the directory is away',
      async () => {
        identity.world.directoryDown = true;
        await identity.database
          .schema<{ account: { mail: string; closed_at: Date } }>('identity')
          .updateTable('account')
          .set({ closed_at: new Date() })
          .where('mail', '=', mail)
          .execute();
      },
    ],
  ])('does not sign somebody in who %s', async (_who, leave) => {
    await signInWithPasskey(new Browser());
    const browser = new Browser();
    const first = await browser.open(authorizeUrl());
    await leave();
    expect((await passkeyAlone(browser, first)).status).toBe(401);
  });

  it('is of no use twice, or in another sign-in', async () => {
    await signInWithPasskey(new Browser());
    const device = deviceOf(identity, mail);
    const [one, other] = [new Browser(), new Browser()];
    const first = await one.open(authorizeUrl());
    let answer: unknown;
    await one.submitPasskey(first, (_kind, options) => (answer = device.assert(options)));
    const elsewhere = await other.submitPasskey(await other.open(authorizeUrl()), () => answer);
    expect(elsewhere.status).toBe(401);
  });
});

describe('somebody who acts for others', () => {
  it('sets up the first passkey with a setup code, which is theirs and good once', async () => {
    await grantRole(identity, { mail, role: 'HR_OFFICER', odsCode: 'RZ1' });
    const browser = new Browser();
    const asked = await afterPassword(browser);
    expect(asked.html).toContain('Enter your setup code');
    const skipped = await browser.submit(asked, { step: 'new-code', code: '123456' });
    expect(skipped.html).toContain('Enter your setup code');
    const others = await identity.composed.issueSetupCode({ mail: 'b@nhs.example', by: 'test' });
    const earlier = await identity.composed.issueSetupCode({ mail, by: 'test' });
    const { code } = await identity.composed.issueSetupCode({ mail, by: 'test' });
    let page = asked;
    for (const wrong of ['0000-0000-0000-0000', others.code, earlier.code, 'x']) {
      page = await browser.submit(page, { step: 'setup-code', code: wrong });
      expect(page.status).toBe(401);
    }
    const setUp = await browser.submit(page, {
      step: 'setup-code',
      code: ` ${code.toLowerCase().replaceAll('-', ' ')}`,
    });
    expect(setUp.html).toContain('Set up how you sign in');
    const again = new Browser();
    const refused = await again.submit(await afterPassword(again), { step: 'setup-code', code });
    expect(refused.status).toBe(401);
  });
});

describe('a browser that somebody has used before', () => {
  it('is not locked by guesses from elsewhere', async () => {
    const browser = new Browser();
    await signInWithPasskey(browser);
    const guesser = new Browser();
    let page = await guesser.open(authorizeUrl());
    for (let guess = 0; guess < 6; guess += 1) {
      page = await guesser.submit(page, { mail, password: 'guess' });
    }
    expect(page.status).toBe(429);
    const own = await browser.submit(await browser.open(authorizeUrl({ prompt: 'login' })), {
      mail,
      password: PASSWORD,
    });
    expect(own.html).toContain('Confirm that it is you');
    const stranger = new Browser();
    const fromOutside = await afterPassword(stranger);
    expect(fromOutside.status).toBe(429);
    const alone = await passkeyAlone(stranger, fromOutside);
    expect(alone.url).toContain(`${CALLBACK}?code=`);
  });

  it('has an allowance that ends too', async () => {
    const browser = new Browser();
    await signInWithPasskey(browser);
    let page = await browser.open(authorizeUrl({ prompt: 'login' }));
    for (let guess = 0; guess < 11; guess += 1) {
      page = await browser.submit(page, { mail, password: 'guess' });
    }
    expect(page.status).toBe(429);
  });
});

describe('an application that asks for a passkey', () => {
  const wanted = { acr_values: 'urn:lanyard:acr:passkey' };

  it('gets one from somebody who signed in with less, and nothing less', async () => {
    const browser = new Browser();
    const setUp = await afterPassword(browser);
    const app = appOf(setUp);
    const before = await browser.submit(setUp, { step: 'new-code', code: app() });
    expect((await claimsAt(before)).access?.['acr']).toBe('urn:lanyard:acr:two-factor');
    const silent = await browser.open(authorizeUrl({ ...wanted, prompt: 'none' }));
    expect(silent.url).toContain('error=login_required');
    const second = await afterPassword(browser, wanted);
    const refused = await browser.submit(second, { step: 'code', code: app(1) });
    expect([refused.status, refused.html]).toEqual([
      403,
      expect.stringContaining('You need a passkey for this'),
    ]);
  });

  it.each([
    ['acr_values', wanted],
    [
      'an essential claim',
      {
        claims: JSON.stringify({
          id_token: { acr: { essential: true, values: ['urn:lanyard:acr:passkey'] } },
        }),
      },
    ],
  ])('by %s', async (_how, change) => {
    await signInWithPasskey(new Browser());
    const browser = new Browser();
    const { id } = await claimsAt(await signInWithPasskey(browser, change));
    expect(id?.['acr']).toBe('urn:lanyard:acr:passkey');
    // A passkey is as good as two factors.
    const weaker = await browser.open(authorizeUrl({ acr_values: 'urn:lanyard:acr:two-factor' }));
    expect(weaker.url).toContain(`${CALLBACK}?code=`);
  });

  it('is told when it cannot be met', async () => {
    const claims = { id_token: { acr: { essential: true, value: 'urn:elsewhere:acr' } } };
    const page = await new Browser().open(authorizeUrl({ claims: JSON.stringify(claims) }));
    expect(page.url).toContain('error=unmet_authentication_requirements');
    const voluntary = await new Browser().open(authorizeUrl({ acr_values: 'urn:elsewhere:acr' }));
    expect(voluntary.html).toContain('NHSmail address');
  });
});

describe('a session', () => {
  const sessionCookie = (browser: Browser): string =>
    browser.cookies().find(({ name }) => name === 'lanyard_session')?.value ?? '';

  it('has a new name after each sign-in, and keeps its sid', async () => {
    const browser = new Browser();
    const first = await claimsAt(await signInWithPasskey(browser));
    const before = sessionCookie(browser);
    const asked = await browser.submit(await browser.open(authorizeUrl({ prompt: 'login' })), {
      mail,
      password: PASSWORD,
    });
    const second = await claimsAt(await passkeyAlone(browser, asked));
    expect(sessionCookie(browser)).not.toBe(before);
    expect(second.access?.['sid']).toBe(first.access?.['sid']);
    const old = new Browser();
    old.setCookie('lanyard_session', before);
    expect((await old.open(authorizeUrl())).html).toContain('NHSmail address');
  });

  it('is asked for again when the sign-in is older than the application takes', async () => {
    const browser = new Browser();
    await signInWithPasskey(browser);
    expect((await browser.open(authorizeUrl({ max_age: '600' }))).url).toContain('?code=');
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect((await browser.open(authorizeUrl({ max_age: '1' }))).html).toContain('NHSmail address');
  });

  it('is listed with the others, and can end them', async () => {
    const [here, elsewhere] = [new Browser(), new Browser()];
    await signInWithPasskey(here);
    const { access, id } = await claimsAt(await signInWithPasskey(elsewhere));
    const account = await here.open(`${identity.issuer}/account`);
    expect(account.html).toContain('Where you are signed in');
    expect(account.html.match(/Signed in \d+ \w+ \d{4}/g)).toHaveLength(2);
    logouts.length = 0;
    const kept = await identity.database
      .schema<{ oidc_model: { uid: string; model: string } }>('identity')
      .selectFrom('oidc_model')
      .selectAll()
      .where('model', '=', 'Session')
      .where('uid', '=', String(access?.['sid']))
      .executeTakeFirstOrThrow();
    const done = await here.submit(account, { step: 'end-others' });
    expect(done.html).toContain('The session has ended');
    expect((await elsewhere.open(authorizeUrl())).html).toContain('NHSmail address');
    expect((await here.open(authorizeUrl())).url).toContain('?code=');

    const revoked = await identity.database
      .schema<{ revocation: { kind: string; value: string } }>('identity')
      .selectFrom('revocation')
      .select('value')
      .where('kind', '=', 'session')
      .execute();
    expect(revoked.map(({ value }) => value)).toContain(access?.['sid']);
    await eventually(() => {
      if (logouts.length === 0) throw new Error('the application was not told');
      return Promise.resolve();
    });
    const { payload, protectedHeader } = await jwtVerify(
      logouts[0] ?? '',
      createLocalJWKSet({ keys: [identity.keys.signing.public] }),
      { issuer: identity.issuer, audience: 'desk' },
    );
    expect(protectedHeader.typ).toBe('logout+jwt');
    expect(payload).toMatchObject({
      sub: access?.sub,
      sid: id?.['sid'],
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });

    // A request that was under way may still write the session.
    await identity.database
      .schema<{ oidc_model: object }>('identity')
      .insertInto('oidc_model')
      .values({
        ...kept,
        payload: JSON.stringify((kept as { payload?: unknown }).payload),
      })
      .execute();
    expect((await elsewhere.open(authorizeUrl())).html).toContain('NHSmail address');
  });

  it('ends eight hours after the sign-in, however often it is used', async () => {
    const browser = new Browser();
    const { access } = await claimsAt(await signInWithPasskey(browser));
    const { numUpdatedRows } = await identity.database
      .schema<{ oidc_model: { uid: string; model: string; payload: unknown } }>('identity')
      .updateTable('oidc_model')
      .set({
        payload: sql`payload || jsonb_build_object('loginTs', (payload ->> 'loginTs')::int - 28801)`,
      })
      .where('model', '=', 'Session')
      .where('uid', '=', String(access?.['sid']))
      .executeTakeFirstOrThrow();
    expect(numUpdatedRows).toBe(1n);
    expect((await browser.open(`${identity.issuer}/account`)).html).toContain('NHSmail address');
    expect((await browser.open(authorizeUrl())).html).toContain('NHSmail address');
  });

  it('is of no use to somebody who left while they were signing in', async () => {
    const browser = new Browser();
    const setUp = await afterPassword(browser);
    const staffId = `stf_${String(people)}`;
    identity.world.leavers.push({ staffId, odsCode: 'RZ1', worksThere: false, works: false });
    await eventually(() =>
      identity.database
        .schema<{ account: { staff_id: string; closed_at: Date | null } }>('identity')
        .selectFrom('account')
        .select('staff_id')
        .where('staff_id', '=', staffId)
        .where('closed_at', 'is not', null)
        .executeTakeFirstOrThrow(),
    );
    const page = await browser.submit(setUp, { step: 'new-code', code: appOf(setUp)() });
    expect(page.html).toContain('NHSmail address');
    expect((await browser.open(`${identity.issuer}/account`)).html).toContain('NHSmail address');
    // They are back: the directory and the records vouch for them again.
    const back = new Browser();
    const asked = await afterPassword(back);
    const last = await back.submit(asked, { step: 'code', code: appOf(setUp)(1) });
    expect(last.url).toContain(`${CALLBACK}?code=`);
  });

  it('is not ended by a form on another site', async () => {
    const browser = new Browser();
    await signInWithPasskey(browser);
    const account = await browser.open(`${identity.issuer}/account`);
    const page = await browser.submit(
      account,
      { step: 'end-others' },
      { origin: 'https://elsewhere.example' },
    );
    expect(page.status).toBe(400);
  });

  it('of nobody leads from the account to the sign-in and back', async () => {
    const browser = new Browser();
    const first = await browser.open(`${identity.issuer}/account`);
    const second = await browser.submit(first, { mail, password: PASSWORD });
    const account = await passSecondFactor(identity, browser, second, mail);
    expect(account.html).toContain('Your account');
  });
});

describe('the account page', () => {
  it('adds and removes, and never removes the last', async () => {
    // The passkey is made while signing in with the password; only a sign-in that uses it may change anything.
    const earlier = new Browser();
    await signInWithPasskey(earlier);
    const weak = await earlier.open(`${identity.issuer}/account`);
    expect(weak.html).not.toContain('name="sealed"');
    const browser = new Browser();
    await signInWithPasskey(browser);
    const account = await browser.open(`${identity.issuer}/account`);
    expect(account.html).not.toContain('value="remove-passkey"');
    const app = appOf(account);
    const both = await browser.submit(account, {
      step: 'new-code',
      sealed: sealedOf(account),
      code: app(),
    });
    expect(both.html).toContain('The authenticator app has been added');
    const one = await browser.submit(both, { step: 'remove-code', id: '' });
    expect(one.html).toContain('It has been removed');
    const credentialId = await onlyPasskey();
    const refused = await browser.submit(one, { step: 'remove-passkey', id: credentialId });
    expect([refused.status, refused.html]).toEqual([
      400,
      expect.stringContaining('Add another way to sign in'),
    ]);
    expect(await onlyPasskey()).toBe(credentialId);
  });

  const sealedOf = (page: Page): string =>
    /name="sealed" value="([^"]*)"/.exec(page.html)?.[1] ?? '';
  const onlyPasskey = async (): Promise<string> => {
    const { credential_id: id } = await identity.database
      .schema<{ passkey: { credential_id: string; staff_id: string } }>('identity')
      .selectFrom('passkey')
      .select('credential_id')
      .where('staff_id', '=', `stf_${String(people)}`)
      .executeTakeFirstOrThrow();
    return id;
  };
});
