import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';

import { transactionHash, transactionOf } from '../../../standards/transaction.ts';
import type { Page } from './browser.ts';
import { grantRole, GRAPH, type Identity, startIdentity } from './harness.ts';
import { Application, CALLBACK } from './person-token.ts';
import { deviceOf } from './second-factor.ts';

const HELEN = 'helen@nhs.example';
const OSCAR = 'oscar@nhs.example';

let identity: Identity;

beforeAll(async () => {
  identity = await startIdentity();
  for (const [mail, name, staffId] of [
    [HELEN, 'Helen Hart', 'stf_helen'],
    [OSCAR, 'Oscar Other', 'stf_oscar'],
  ] as const) {
    identity.world.people.set(mail, { employeeType: 'USER:ACTIVE', name, staffId });
    await grantRole(identity, { mail, role: 'ADMINISTRATOR', odsCode: 'RZ1' });
  }
});
afterAll(() => identity.stop());

const revoke = transactionOf('Mutation.credentialRevoke', {
  credentialRevoke: {
    input: { credentialId: 'crd_1', reason: 'LOST_PHONE', idempotencyKey: '<b>key</b>' },
  },
});
const plain = { scope: 'openid passport:read passport:revoke', resource: GRAPH };
const asked = { ...plain, transaction: revoke };

/** Somebody who has signed in and is now asked to approve. */
async function atTheQuestion(
  mail = HELEN,
): Promise<{ readonly application: Application; readonly page: Page }> {
  const application = new Application(identity);
  const page = await application.signIn(await application.open(asked), mail, 'ADMINISTRATOR:RZ1');
  return { application, page };
}

describe('approving a transaction', () => {
  it('shows all of it, and gives a token that says so, for that one code', async () => {
    const { application, page } = await atTheQuestion();
    expect(new URL(page.url).pathname).toMatch(/^\/approve\//);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(page.html).toContain('Stop a credential for good');
    expect(page.html).toContain('GraphQL explorer');
    for (const text of ['crd_1', 'Lost phone', '&lt;b&gt;key&lt;/b&gt;']) {
      expect(page.html).toContain(text);
    }
    const before = Math.floor(Date.now() / 1000);
    const last = await application.approve(page, HELEN);
    const { body } = await application.redeem(last, GRAPH);
    const claims = decodeJwt(String(body['access_token']));
    expect(claims).toMatchObject({
      sub: 'stf_helen',
      ods: 'RZ1',
      acr: 'urn:lanyard:acr:transaction',
      txn: transactionHash(revoke),
      scope: 'passport:read passport:revoke',
    });
    expect(claims['auth_time']).toBeGreaterThanOrEqual(before);
    expect(body['authorization_details']).toEqual([
      { type: 'lanyard_transaction', hash: transactionHash(revoke) },
    ]);

    const again = await application.redeem(await application.open(plain), GRAPH);
    const ordinary = decodeJwt(String(again.body['access_token']));
    expect(ordinary['txn']).toBeUndefined();
    expect(ordinary['acr']).not.toBe('urn:lanyard:acr:transaction');
  });

  it('asks each time, in the same session without a sign-in, and renews the cookie', async () => {
    const { application, page } = await atTheQuestion();
    const before = application.browser.cookie('lanyard_session');
    await application.approve(page, HELEN);
    expect(application.browser.cookie('lanyard_session')).not.toBe(before);
    const second = await application.open({
      ...asked,
      change: { acr_values: 'urn:lanyard:acr:transaction' },
    });
    expect(second.html).toContain('Stop a credential for good');
  });

  it('can be pushed first (PAR)', async () => {
    const { application } = await atTheQuestion();
    const response = await fetch(`${identity.issuer}/oauth/par`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ client_id: 'lanyard-explorer', response_type: 'code', redirect_uri: CALLBACK },
        ...plain,
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
        authorization_details: JSON.stringify([
          { type: 'lanyard_transaction', transaction: revoke },
        ]),
      }),
    });
    const { request_uri: uri } = (await response.json()) as { request_uri: string };
    const query = new URLSearchParams({ client_id: 'lanyard-explorer', request_uri: uri });
    const page = await application.browser.open(
      `${identity.issuer}/oauth/authorize?${query.toString()}`,
    );
    expect(page.html).toContain('Stop a credential for good');
  });

  it('can be turned down', async () => {
    const { application, page } = await atTheQuestion();
    const last = await application.browser.submit(page, { step: 'cancel' });
    expect(new URL(last.url).searchParams.get('error')).toBe('access_denied');
  });

  it('is not offered without a passkey: a code from an app is not enough', async () => {
    const { application, page } = await atTheQuestion();
    await identity.database
      .schema<{ passkey: { staff_id: string } }>('identity')
      .deleteFrom('passkey')
      .where('staff_id', '=', 'stf_helen')
      .execute();
    const reloaded = await application.browser.open(page.url);
    expect(reloaded.html).toContain('You have no passkey yet');
    expect(reloaded.html).not.toContain('data-passkey');
  });
});

describe('an approval that is refused', () => {
  it.each<[string, (page: Page) => unknown]>([
    ['another person', (page) => deviceOf(identity, HELEN).assert(optionsOf(page))],
    [
      'another site',
      (page) =>
        deviceOf(identity, OSCAR).assert(optionsOf(page), { origin: 'https://elsewhere.example' }),
    ],
    [
      'a device that did not check who it is',
      (page) => deviceOf(identity, OSCAR).assert(optionsOf(page), { flags: 0x01 }),
    ],
    [
      'a challenge that nobody gave out',
      (page) => deviceOf(identity, OSCAR).assert({ ...optionsOf(page), challenge: 'A'.repeat(43) }),
    ],
    ['nothing', () => ({})],
  ])('is that of %s', async (_what, answer) => {
    const { application, page } = await atTheQuestion(OSCAR);
    const refused = await application.browser.submit(page, {
      step: 'approve',
      passkey: JSON.stringify(answer(page)),
    });
    expect(refused.status).toBe(401);
    expect(refused.html).toContain('This passkey could not be used');
  });

  it('is one given for another transaction, for another request, or given twice', async () => {
    const first = await atTheQuestion(OSCAR);
    const answer = JSON.stringify(deviceOf(identity, OSCAR).assert(optionsOf(first.page)));
    const other = await first.application.open({
      ...plain,
      transaction: transactionOf('Mutation.credentialRevoke', {
        credentialRevoke: { input: { credentialId: 'crd_2', reason: 'LOST_PHONE' } },
      }),
    });
    const crossed = await first.application.browser.submit(other, {
      step: 'approve',
      passkey: answer,
    });
    expect(crossed.status).toBe(401);
    const same = await first.application.open(asked);
    const moved = await first.application.browser.submit(same, {
      step: 'approve',
      passkey: answer,
    });
    expect(moved.status).toBe(401);
    const fresh = JSON.stringify(deviceOf(identity, OSCAR).assert(optionsOf(same)));
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () =>
        first.application.browser.submit(same, { step: 'approve', passkey: fresh }),
      ),
    );
    expect(outcomes.filter(({ url }) => url.startsWith(CALLBACK)).length).toBeLessThanOrEqual(1);
  });

  it('is one from a form on another site, or in another browser', async () => {
    const { application, page } = await atTheQuestion(OSCAR);
    const passkey = JSON.stringify(deviceOf(identity, OSCAR).assert(optionsOf(page)));
    const elsewhere = await application.browser.submit(
      page,
      { step: 'approve', passkey },
      { origin: 'https://elsewhere.example' },
    );
    expect(elsewhere.status).toBe(400);
    const { browser } = new Application(identity);
    expect((await browser.open(page.url)).status).toBe(400);
  });
});

describe('a request for an approval', () => {
  const request = async (details: unknown): Promise<string | null> => {
    const application = new Application(identity);
    const page = await application.open({
      ...plain,
      change: {
        authorization_details: typeof details === 'string' ? details : JSON.stringify(details),
      },
    });
    return new URL(page.url).searchParams.get('error');
  };
  const detail = (transaction: object) => ({ type: 'lanyard_transaction', transaction });

  it.each<[string, unknown]>([
    ['an operation without words', [detail({ ...revoke, operation: 'Mutation.other' })]],
    ['a prototype for an operation', [detail({ ...revoke, operation: 'constructor' })]],
    ['a subject that is not in the arguments', [detail({ ...revoke, subject: 'crd_2' })]],
    ['a reason that is not in the arguments', [detail({ ...revoke, type: 'RECORD_RESTORED' })]],
    ['a hash that is another', [detail({ ...revoke, hash: 'A'.repeat(43) })]],
    ['a member that is not known', [detail({ ...revoke, note: 'x' })]],
    ['two transactions', [detail(revoke), detail(revoke)]],
    ['another type', [{ type: 'openid_credential', credential_configuration_id: 'identity' }]],
    [
      'JSON that is read in two ways',
      JSON.stringify([detail(revoke)]).replace('"crd_1"', '"crd_1","credentialId":"crd_2"'),
    ],
    [
      'more than can be read',
      [
        detail(
          transactionOf('Mutation.credentialRevoke', {
            credentialRevoke: {
              input: Array.from({ length: 200 }, (_each, index) => ({ a: index })),
            },
          }),
        ),
      ],
    ],
  ])('is refused with %s', async (_what, details) => {
    expect(await request(details)).toBe('invalid_authorization_details');
  });

  it('is not for machines', async () => {
    const page = await new Application(identity).open({
      ...asked,
      change: { client_id: 'hr-rz1' },
    });
    expect(page.status).toBe(400);
  });
});

/** The question in a page. */
function optionsOf(page: Page): { challenge: string; rpId: string } {
  const [, text = '{}'] = /data-options="([^"]*)"/.exec(page.html) ?? [];
  return JSON.parse(text.replaceAll('&quot;', '"')) as { challenge: string; rpId: string };
}
