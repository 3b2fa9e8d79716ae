import { X509Certificate } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Caller } from '../../../../runtime/caller-statement.ts';
import { openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import { parseCompactJws, verifyEs256 } from '../../../../standards/compact-jws.ts';
import { findAssertionKey } from '../../../../standards/did-web.ts';
import { publicKeyFromJwk } from '../../../../standards/jwk-thumbprint.ts';
import { startTestEngine } from '../../../servers/embedded.ts';
import { attested } from './attested-claims.ts';
import {
  type Bench,
  callers,
  issueTo,
  newKey,
  newSettings,
  nurse,
  operations,
  type PresentationAnswer,
  startPassport,
} from './passport-bench.ts';
import {
  answerForm,
  encrypted,
  fetchRequest,
  form,
  type HeldCredential,
  post,
  readLink,
  vpTokenFor,
} from './software-wallet.ts';

/** How far the clock of the subgraph is ahead, in milliseconds. */
let ahead = 0;
const now = () => new Date(Date.now() + ahead);
let engine: EmbeddedEngine;
let bench: Bench;
let amara: readonly HeldCredential[];
let bola: readonly HeldCredential[];
let credentialIds: ReadonlyMap<string, string>;

const NHS_ENGLAND = 'X26';
const KINDS = [
  ['identity', 'IDENTITY', 'RZ1'],
  ['employment-assignment', 'EMPLOYMENT_ASSIGNMENT', 'RZ1'],
  ['professional-registration', 'PROFESSIONAL_REGISTRATION', 'RZ1'],
  ['core-skills-training', 'CORE_SKILLS_TRAINING', 'RZ1'],
  ['occupational-health', 'OCCUPATIONAL_HEALTH', 'RZ1'],
] as const;

const HEALTH = {
  type: 'OCCUPATIONAL_HEALTH',
  claims: attested.OCCUPATIONAL_HEALTH,
  provenance: {
    assuranceOutcome: 'Onboarding complete',
    verifier: 'Origin',
    verificationMethod: 'Document Verification',
    lastRefresh: '2026-11-20T09:00:00Z',
  },
};

async function credentialsOf(staffId: string): Promise<readonly HeldCredential[]> {
  const held: HeldCredential[] = [];
  const ids = new Map<string, string>();
  for (const [queryId, type, odsCode] of KINDS) {
    const attestations = type === 'OCCUPATIONAL_HEALTH' ? [HEALTH] : [];
    const issued = await issueTo(bench, { staffId, odsCode, type, attestations });
    held.push({ queryId, sdJwt: issued.sdJwt, wallet: issued.wallet });
    ids.set(queryId, issued.credential.id);
  }
  credentialIds = ids;
  return held;
}

beforeAll(async () => {
  engine = await startTestEngine();
  bench = await startPassport({
    database: openEmbedded(engine),
    settings: newSettings(),
    people: new Map(['stf_amara', 'stf_bola'].map((id) => [id, nurse(id)])),
    accredited: ['RZ1', NHS_ENGLAND],
    now,
  });
  bola = await credentialsOf('stf_bola');
  amara = await credentialsOf('stf_amara');
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
});

const IDENTITY = { credentials: [{ type: 'IDENTITY', claims: ['given_name'] }] };
/** For a wallet alone, without a browser. */
const AT_DESK = { ...IDENTITY, sameDevice: false };

async function askRaw(input: object, odsCode = 'RZ2') {
  const { data } = await bench.ask(callers.hr(odsCode), operations.request, {
    input: { idempotencyKey: newKey(), ...input },
  });
  if (data == null) throw new Error('nothing was asked');
  return data.presentationRequest;
}
async function ask(input: object = AT_DESK, odsCode = 'RZ2') {
  const { request, errors } = await askRaw(input, odsCode);
  if (errors.length > 0) throw new Error(`refused: ${errors[0]?.code ?? ''}`);
  return request;
}
async function look(id: string, odsCode = 'RZ2'): Promise<PresentationAnswer | null> {
  const { data } = await bench.ask(callers.hr(odsCode), operations.presentation, { id });
  if (data == null) throw new Error('no answer');
  return data.presentation;
}
const linkOf = ({ walletUri }: { readonly walletUri: string | null }): string => {
  if (walletUri === null) throw new Error('there is no link');
  return walletUri;
};

/** Fetches and answers as a good wallet does. */
async function answer(link: string, held = amara, walletNonce?: string) {
  const { request } = await fetchRequest(bench, link, walletNonce);
  const vp_token = await vpTokenFor(request, request.client_id, held, now());
  return { request, said: await post(bench, request, await answerForm(request, { vp_token })) };
}

describe('a wallet that answers', () => {
  it('has given what is read for a purpose, and written down, apart from what came of it', async () => {
    const asked = await ask();
    await answer(linkOf(asked));
    const officer = callers.hr('RZ2');
    const purposeless: Caller = { ...officer };
    Reflect.deleteProperty(purposeless, 'purpose');
    const read = async (caller: Caller, result: string) => {
      const query = `query ($id: ID!) { presentation(id: $id) { result { ${result} } } }`;
      const { errors = [], extensions } = await bench.ask(caller, query, { id: asked.id });
      return [extensions?.people ?? [], errors.map((error) => error.extensions.code)];
    };
    expect(await read(purposeless, 'outcome checks { name }')).toEqual([[], []]);
    for (const about of ['holder { id }', 'credentials { credentialId }']) {
      expect(await read(officer, about)).toEqual([['stf_amara'], []]);
      expect(await read(purposeless, about)).toEqual([[], ['PURPOSE_REQUIRED']]);
    }
  });

  it.each([
    ['X509_HASH', true],
    ['X509_HASH', false],
    ['X509_SAN_DNS', true],
    ['DECENTRALIZED_IDENTIFIER', true],
  ])('knows the verifier by %s, and is heard (encrypted: %s)', async (clientIdPrefix, encrypt) => {
    const asked = await ask({ ...AT_DESK, clientIdPrefix, encrypted: encrypt });
    const { clientId } = readLink(linkOf(asked));
    const { header, request } = await fetchRequest(bench, linkOf(asked), 'nonce-of-the-wallet');
    expect(request).toMatchObject({
      client_id: clientId,
      response_mode: encrypt ? 'direct_post.jwt' : 'direct_post',
      wallet_nonce: 'nonce-of-the-wallet',
      nonce: asked.nonce,
      dcql_query: asked.dcql,
    });
    expect(header['typ']).toBe('oauth-authz-req+jwt');
    expect(await look(asked.id)).toMatchObject({ state: 'FETCHED', result: null });
    const vp_token = await vpTokenFor(request, clientId, amara);
    const said = await post(bench, request, await answerForm(request, { vp_token }, 'A128GCM'));
    expect(said).toEqual({ status: 200 });
    expect(await look(asked.id)).toMatchObject({
      state: 'ANSWERED',
      result: {
        outcome: 'VALID',
        holder: { id: 'stf_amara' },
        credentials: [{ queryId: 'identity', claims: { given_name: 'Amara' } }],
      },
    });
  });

  it('can check who signed: a leaf for the host, or a key of the identifier', async () => {
    const byHost = await ask({ ...AT_DESK, clientIdPrefix: 'X509_SAN_DNS' });
    const one = await bench.app.inject(readLink(linkOf(byHost)).requestUri.pathname);
    const jws = parseCompactJws(one.body);
    const [leaf, ...more] = jws.header['x5c'] as string[];
    const certificate = new X509Certificate(Buffer.from(leaf ?? '', 'base64'));
    expect(more).toEqual([]);
    expect(certificate.subjectAltName).toBe(
      'URI:https://passport.example/verifiers/RZ2, DNS:passport.example',
    );
    expect(verifyEs256(jws.signingInput, jws.signature, certificate.publicKey)).toBe(true);

    const byDid = await ask({ ...AT_DESK, clientIdPrefix: 'DECENTRALIZED_IDENTIFIER' });
    const other = await bench.app.inject(readLink(linkOf(byDid)).requestUri.pathname);
    const { header, signingInput, signature } = parseCompactJws(other.body);
    const document: unknown = (await bench.app.inject('/verifiers/RZ2/did.json')).json();
    const key = findAssertionKey(document, String(header['kid']));
    if (key === undefined) throw new Error('the key is not published');
    expect(verifyEs256(signingInput, signature, publicKeyFromJwk(key))).toBe(true);
  });

  it.each([
    ['BANK_SHIFT', KINDS.map(([queryId]) => queryId)],
    ['PERMANENT_MOVE', ['identity', 'employment-assignment', 'professional-registration']],
  ])('shows several credentials of one person for %s', async (template, queryIds) => {
    const asked = await ask({ template, sameDevice: false, staffId: 'stf_amara' });
    const held = amara.filter(({ queryId }) => queryIds.includes(queryId as never));
    const { said } = await answer(linkOf(asked), held);
    expect(said).toEqual({ status: 200 });
    const found = await look(asked.id);
    expect(found?.result?.checks.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['query_answered', 'PASSED'],
      ['one_holder', 'PASSED'],
      ['holder_asked', 'PASSED'],
    ]);
    expect(found?.result?.credentials.map((one) => [one.queryId, one.outcome])).toEqual(
      expect.arrayContaining(queryIds.map((queryId) => [queryId, 'VALID'])),
    );
  });

  it('may say no, once', async () => {
    const asked = await ask();
    const { request } = await fetchRequest(bench, linkOf(asked));
    const no = await answerForm(request, { error: 'access_denied' });
    expect(await post(bench, request, no)).toEqual({ status: 200 });
    expect(await look(asked.id)).toMatchObject({
      state: 'REFUSED',
      refusedBecause: 'access_denied',
      result: null,
    });
    const vp_token = await vpTokenFor(request, request.client_id, amara);
    const late = await post(bench, request, await answerForm(request, { vp_token }));
    expect(late.status).toBe(400);
  });
});

describe('an answer that does not hold', () => {
  const codesOf = (found: PresentationAnswer | null) =>
    [found?.result?.credentials ?? [], found?.result ?? []]
      .flat()
      .flatMap(({ checks }) => checks.flatMap(({ code }) => code ?? []));

  it.each<[string, object, () => readonly HeldCredential[], string]>([
    [
      'credentials of two people',
      {
        credentials: [{ type: 'IDENTITY' }, { type: 'EMPLOYMENT_ASSIGNMENT' }],
        sameDevice: false,
      },
      () => [
        ...amara.filter(({ queryId }) => queryId === 'identity'),
        ...bola.filter(({ queryId }) => queryId === 'employment-assignment'),
      ],
      'holders_differ',
    ],
    [
      'somebody else than was asked',
      { ...AT_DESK, staffId: 'stf_bola' },
      () => amara,
      'holder_not_asked',
    ],
    [
      'less than is needed',
      { template: 'BANK_SHIFT', sameDevice: false },
      () => amara.filter(({ queryId }) => queryId === 'identity'),
      'credential_set_not_satisfied',
    ],
  ])('is refused: %s', async (_what, input, held, code) => {
    const asked = await ask(input);
    expect((await answer(linkOf(asked), held())).said.status).toBe(400);
    const found = await look(asked.id);
    expect(found?.result?.outcome).toBe('INVALID');
    expect(codesOf(found)).toEqual([code]);
    // The wallet was told no: nothing of anybody is shown.
    const shown = found?.result?.credentials.flatMap(({ claims }) => claims ?? []);
    expect(shown).toEqual([]);
  });

  it('is refused with another value than was asked for', async () => {
    const { dcql } = await ask();
    const [credential] = dcql.credentials;
    const asked = await ask({
      dcql: {
        credentials: [{ ...credential, claims: [{ path: ['given_name'], values: ['Chidi'] }] }],
      },
      sameDevice: false,
    });
    await answer(linkOf(asked));
    const found = await look(asked.id);
    expect(codesOf(found)).toEqual(['claims_not_disclosed']);
    // Before the holder's proof and the status, in the order of section 8.6.
    expect(found?.result?.credentials[0]?.claims).toBeNull();
  });

  it('is refused when it proves something to another verifier, or answers another request', async () => {
    const [one, other] = [await ask(), await ask()];
    const mine = (await fetchRequest(bench, linkOf(one))).request;
    const theirs = (await fetchRequest(bench, linkOf(other))).request;
    const replayed = await vpTokenFor(theirs, theirs.client_id, amara);
    const said = await post(bench, mine, await answerForm(mine, { vp_token: replayed }));
    expect(said.status).toBe(400);
    expect(codesOf(await look(one.id))).toEqual(['kb_nonce_wrong']);
    const elsewhere = await vpTokenFor(theirs, 'x509_hash:another', amara);
    await post(bench, theirs, await answerForm(theirs, { vp_token: elsewhere }));
    expect(codesOf(await look(other.id))).toEqual(['kb_audience_wrong']);
  });
});

describe('a request', () => {
  it('is fetched once, and answered once however often at the same time', async () => {
    const asked = await ask();
    const url = readLink(linkOf(asked)).requestUri.pathname;
    const fetched = await Promise.all(Array.from({ length: 20 }, () => bench.app.inject(url)));
    expect(fetched.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);

    const again = await ask();
    const { request } = await fetchRequest(bench, linkOf(again));
    const vp_token = await vpTokenFor(request, request.client_id, amara);
    const body = await answerForm(request, { vp_token });
    const said = await Promise.all(Array.from({ length: 30 }, () => post(bench, request, body)));
    expect(said.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await look(again.id))?.result?.outcome).toBe('VALID');
  });

  it('stays open when something else than an answer to it arrives', async () => {
    const [asked, other] = [await ask(), await ask()];
    const { request } = await fetchRequest(bench, linkOf(asked));
    const theirs = (await fetchRequest(bench, linkOf(other))).request;
    const vp_token = await vpTokenFor(request, request.client_id, amara);
    const state = request.state ?? '';
    for (const body of [
      form({}),
      form({ response: 'rubbish' }),
      form({ state, vp_token: JSON.stringify(vp_token) }),
      form({ response: await encrypted(request, { vp_token, state: 'guessed' }) }),
      form({ response: await encrypted(request, { vp_token, state: theirs.state }) }),
      form({ response: await encrypted(theirs, { vp_token, state }) }),
      form({ response: await encrypted(request, { vp_token: { other: ['x'] }, state }) }),
      form({ error: 'access_denied', state: 'guessed' }),
    ]) {
      expect(await post(bench, request, body)).toEqual({ status: 400, error: 'invalid_request' });
    }
    expect(await look(asked.id)).toMatchObject({ state: 'FETCHED' });
    const good = await post(bench, request, await answerForm(request, { vp_token }));
    expect(good).toEqual({ status: 200 });
  });

  it('has nothing to answer before it was fetched, and nothing after ten minutes', async () => {
    const asked = await ask();
    const guess = { response_uri: `https://x/openid4vp/responses/${asked.id}` };
    const early = await post(bench, guess as never, form({ error: 'access_denied' }));
    expect(early.status).toBe(400);
    ahead = 11 * 60_000;
    const late = await bench.app.inject(readLink(linkOf(asked)).requestUri.pathname);
    const state = (await look(asked.id))?.state;
    ahead = 0;
    expect([late.statusCode, state]).toEqual([404, 'EXPIRED']);
  });

  it('is seen by the organisation that made it alone', async () => {
    const asked = await ask();
    await answer(linkOf(asked));
    expect(await look(asked.id, 'RZ3')).toBeNull();
  });

  it.each([
    ['nothing', 'input exactly_one_question', {}],
    ['two ways at once', 'input exactly_one_question', { ...IDENTITY, template: 'BANK_SHIFT' }],
    [
      'a kind twice',
      'input.credentials.1.type asked_for_twice',
      { credentials: [{ type: 'IDENTITY' }, { type: 'IDENTITY' }] },
    ],
    [
      'a claim that its kind has not',
      'input.credentials.0.claims.1 not_of_this_type',
      { credentials: [{ type: 'IDENTITY', claims: ['given_name', 'registration_number'] }] },
    ],
    [
      'a query for other formats',
      'input.dcql dcql_query_invalid',
      { dcql: { credentials: [{ id: 'a', format: 'mso_mdoc' }] } },
    ],
    [
      'a query for unknown types',
      'input.dcql.credentials.0.meta.vct_values unknown_type',
      {
        dcql: {
          credentials: [{ id: 'a', format: 'dc+sd-jwt', meta: { vct_values: ['urn:x'] } }],
        },
      },
    ],
    ['no person', 'input.staffId', { ...IDENTITY, staffId: 'x' }],
    ['no origin', 'input.origins', { ...IDENTITY, origins: ['https://hr.example/path'] }],
    [
      'an origin without encryption',
      'input.origins',
      { ...IDENTITY, origins: ['http://hr.example'] },
    ],
  ])('is not made of %s: %s', async (_what, why, input) => {
    const { request, errors } = await askRaw(input);
    expect(request).toBeNull();
    expect(errors.map(({ code }) => code)).toEqual(['INVALID_VALUE']);
    const told = errors.map(({ path, rule }) =>
      [path.join('.'), ...(rule ? [rule] : [])].join(' '),
    );
    expect(told).toEqual([why]);
  });
});

describe('a browser that takes a request up', () => {
  /** A browser: it keeps its cookie. */
  function browser() {
    let cookie: string | undefined;
    const send = async (method: 'GET' | 'POST', address: string, headers: object = {}) => {
      const { pathname, search } = new URL(address);
      const response = await bench.app.inject({
        method,
        url: pathname + search,
        headers: { ...headers, ...(cookie === undefined ? {} : { cookie }) },
      });
      const given = response.headers['set-cookie'];
      if (typeof given === 'string') cookie = given.split(';')[0];
      return response;
    };
    const walletLink = (html: string) =>
      /href="(openid4vp:[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
    return {
      open: (address: string) => send('GET', address),
      start: async (link: string, origin = 'https://passport.example') => {
        await send('POST', `${link}/start`, { origin });
        return walletLink((await send('GET', link)).body);
      },
    };
  }
  const title = (html: string) => /<h1[^>]*>(.*)<\/h1>/.exec(html)?.[1];

  it('sees who asks and for what, and the answer counts when it is back', async () => {
    const asked = await ask(IDENTITY);
    expect(asked.walletUri).toBeNull();
    const mine = browser();
    const page = await mine.open(asked.link);
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'/);
    expect(page.body).not.toMatch(/<script/);
    expect(page.body).toMatch(/RZ2.*working there for a time/s);
    expect(page.body).toMatch(/Identity.*Given name/s);
    const link = await mine.start(asked.link);
    const { said } = await answer(link ?? '');
    expect(await look(asked.id)).toMatchObject({ state: 'RETURNING', result: null });
    const back = await mine.open(said.redirect_uri ?? '');
    expect([back.statusCode, back.headers.location]).toEqual([303, asked.link]);
    expect(title((await mine.open(asked.link)).body)).toBe('Shared');
    expect(await look(asked.id)).toMatchObject({ state: 'ANSWERED', result: { outcome: 'VALID' } });
    // The code has been used.
    expect((await mine.open(said.redirect_uri ?? '')).statusCode).toBe(400);
  });

  it('does not lend its request to somebody else’s answer (section 14.3)', async () => {
    const asked = await ask(IDENTITY);
    const [attacker, victim] = [browser(), browser()];
    const link = await attacker.start(asked.link);
    // This browser has taken up another request.
    await victim.start((await ask(IDENTITY)).link);
    // The victim's wallet answers the attacker's link, and leads the victim's browser back.
    const { said } = await answer(link ?? '', bola);
    expect((await victim.open(said.redirect_uri ?? '')).statusCode).toBe(400);
    expect(title((await victim.open(asked.link)).body)).toBe(
      'This link is open in another browser',
    );
    // The attacker does not have the code.
    expect((await attacker.open(`${asked.link}/return?response_code=guess`)).statusCode).toBe(400);
    expect(await look(asked.id)).toMatchObject({ state: 'RETURNING', result: null });
    ahead = 11 * 60_000;
    const late = await attacker.open(said.redirect_uri ?? '');
    const found = await look(asked.id);
    ahead = 0;
    expect([late.statusCode, found?.state, found?.result]).toEqual([400, 'EXPIRED', null]);
  });

  it('is told when the answer was not good, which waits for nobody', async () => {
    const asked = await ask(IDENTITY);
    const mine = browser();
    const { request } = await fetchRequest(bench, (await mine.start(asked.link)) ?? '');
    const vp_token = await vpTokenFor(request, 'x509_hash:another', amara);
    const said = await post(bench, request, await answerForm(request, { vp_token }));
    expect(said).toEqual({ status: 400, error: 'invalid_request' });
    expect(title((await mine.open(asked.link)).body)).toBe('What you shared could not be checked');
    expect(await look(asked.id)).toMatchObject({
      state: 'ANSWERED',
      result: { outcome: 'INVALID', credentials: [{ claims: null }] },
    });
  });

  it('is the first, and not another site’s doing', async () => {
    const asked = await ask(IDENTITY);
    expect(await browser().start(asked.link, 'https://evil.example')).toBeUndefined();
    const first = browser();
    expect(await first.start(asked.link)).toBeDefined();
    expect(await browser().start(asked.link)).toBeUndefined();
    expect(await first.start(asked.link)).toBeDefined();
  });

  it('gives no wallet anything before that', async () => {
    const asked = await ask(IDENTITY);
    const early = await bench.app.inject(`/openid4vp/requests/${asked.id}`);
    expect(early.statusCode).toBe(404);
  });

  it('is told that nothing was shared when the holder says no', async () => {
    const asked = await ask(IDENTITY);
    const mine = browser();
    const { request } = await fetchRequest(bench, (await mine.start(asked.link)) ?? '');
    const no = await answerForm(request, { error: 'access_denied' });
    const said = await post(bench, request, no);
    expect(title((await mine.open(said.redirect_uri ?? '')).body)).toBe('Nothing was shared');
  });

  it('shows a code to scan for a request that no browser takes up', async () => {
    const asked = await ask();
    const page = await browser().open(asked.link);
    expect(page.body).toMatch(/<svg/);
    expect((await browser().open(`${asked.link}x`)).statusCode).toBe(404);
  });
});

describe('a page that asks through the Digital Credentials API', () => {
  const ORIGIN = 'https://hr.example';
  const handIn = async (requestId: string, origin: string, credential: object) => {
    const { data } = await bench.ask(callers.hr('RZ2'), operations.verify, {
      input: { requestId, digitalCredential: { origin, credential } },
    });
    return data?.presentationVerify;
  };

  it.each([
    [true, 'dc_api.jwt'],
    [false, 'dc_api'],
  ])('hands in what the browser gave it (encrypted: %s)', async (encrypt, mode) => {
    const asked = await ask({ ...IDENTITY, origins: [ORIGIN], encrypted: encrypt });
    const offered = asked.digitalCredentialRequest;
    const { payload } = parseCompactJws(offered?.data.request ?? '');
    expect(offered?.protocol).toBe('openid4vp-v1-signed');
    expect(payload).toMatchObject({ response_mode: mode, expected_origins: [ORIGIN] });
    const request = payload as never as Parameters<typeof encrypted>[0] &
      Parameters<typeof vpTokenFor>[0];
    const present = async (audience: string) => {
      const vp_token = await vpTokenFor(request, audience, amara);
      const data = encrypt ? { response: await encrypted(request, { vp_token }) } : { vp_token };
      return { protocol: 'openid4vp-v1-signed', data };
    };
    const good = await present(`origin:${ORIGIN}`);
    const elsewhere = await handIn(asked.id, 'https://evil.example', good);
    expect(elsewhere?.errors.map(({ code }) => code)).toEqual(['INVALID_VALUE']);
    const done = await handIn(asked.id, ORIGIN, good);
    expect(done?.result).toMatchObject({ outcome: 'VALID', holder: { id: 'stf_amara' } });
    const again = await handIn(asked.id, ORIGIN, good);
    expect(again?.errors.map(({ code }) => code)).toEqual(['ALREADY_ANSWERED']);
  });
});

describe('what was handed over by other means', () => {
  it('is checked credential by credential', async () => {
    const asked = await ask({
      credentials: [{ type: 'IDENTITY' }, { type: 'EMPLOYMENT_ASSIGNMENT', required: false }],
    });
    const vpToken = await vpTokenFor(
      { nonce: asked.nonce, dcql_query: asked.dcql },
      asked.audience,
      amara,
    );
    await bench.ask(callers.administrator('RZ1'), operations.suspend, {
      input: {
        idempotencyKey: newKey(),
        credentialId: credentialIds.get('employment-assignment'),
        reason: 'SUSPECT_NO_LONGER_VALID',
      },
    });
    const { data } = await bench.ask(callers.hr('RZ2'), operations.verify, {
      input: { requestId: asked.id, vpToken },
    });
    const result = data?.presentationVerify.result;
    expect(result?.outcome).toBe('SUSPENDED');
    expect(result?.credentials.map(({ queryId, outcome }) => [queryId, outcome])).toEqual([
      ['identity', 'VALID'],
      ['employment-assignment', 'SUSPENDED'],
    ]);
  });
});

describe('what an organisation asked for', () => {
  const ASKED = `totalCount edges { cursor node { id reference startsOn closedAt listId expiresAt } }
    pageInfo { hasNextPage endCursor }`;
  const queries = {
    list: `query ($group: PresentationGroup!, $listId: ID, $reference: String, $orderBy: PresentationOrder, $after: String) {
      presentationRequests(group: $group, listId: $listId, reference: $reference, orderBy: $orderBy, first: 2, after: $after) { ${ASKED} } }`,
    lists: `{ presentationLists { id requests } }`,
    ask: `mutation ($input: PresentationListRequestInput!) { presentationListRequest(input: $input) {
      listId errors { code path } } }`,
    close: `mutation ($input: PresentationCloseInput!) { presentationClose(input: $input) {
      request { id closedAt } errors { code } } }`,
  };
  interface Asked {
    readonly totalCount: number;
    readonly edges: readonly {
      readonly node: {
        readonly id: string;
        readonly reference: string | null;
        readonly startsOn: string | null;
        readonly expiresAt: string;
      };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  }
  /** A trust that has asked for nothing else. */
  const TRUST = 'RZ4';
  const send = async <Data>(query: string, variables: object = {}, odsCode = TRUST) =>
    (await bench.ask(callers.hr(odsCode), query, variables)).data as Data;
  const listed = async (variables: object, odsCode = TRUST): Promise<Asked> =>
    (await send<{ presentationRequests: Asked }>(queries.list, variables, odsCode))
      .presentationRequests;
  const references = ({ edges }: Asked) => edges.map(({ node }) => node.reference);
  const askList = async (input: object) =>
    (
      await send<{
        presentationListRequest: {
          listId: string | null;
          errors: readonly { code: string; path: readonly string[] }[];
        };
      }>(queries.ask, {
        input: { idempotencyKey: newKey(), template: 'ROTATING_DOCTOR', ...input },
      })
    ).presentationListRequest;
  const LINES = [
    { reference: 'ROT-b', startsOn: '2027-02-03' },
    { reference: 'rot-A', startsOn: '2027-02-01' },
    { reference: 'Other' },
  ];

  it('is made as one list, once, and found in any order, page by page', async () => {
    const input = { idempotencyKey: newKey(), lines: LINES };
    const [one, two] = [await askList(input), await askList(input)];
    expect([one.errors, two]).toEqual([[], one]);
    const { listId } = one;
    expect(await send(queries.lists)).toEqual({ presentationLists: [{ id: listId, requests: 3 }] });
    const table = async (orderBy: object | undefined) => {
      const first = await listed({ group: 'OPEN', listId, orderBy });
      const second = await listed({
        group: 'OPEN',
        listId,
        orderBy,
        after: first.pageInfo.endCursor,
      });
      expect([first.totalCount, first.pageInfo.hasNextPage]).toEqual([3, true]);
      expect(second.pageInfo.hasNextPage).toBe(false);
      return [...references(first), ...references(second)];
    };
    expect(await table(undefined)).toEqual(['Other', 'rot-A', 'ROT-b']);
    expect(await table({ field: 'ASKED_AT', direction: 'ASC' })).toEqual([
      'ROT-b',
      'rot-A',
      'Other',
    ]);
    expect(await table({ field: 'REFERENCE', direction: 'ASC' })).toEqual([
      'Other',
      'rot-A',
      'ROT-b',
    ]);
    expect(await table({ field: 'STARTS_ON', direction: 'DESC' })).toEqual([
      'ROT-b',
      'rot-A',
      'Other',
    ]);
    expect((await listed({ group: 'ALL', reference: 'ROT' })).totalCount).toBe(2);
    // Nothing of it is anybody else's.
    expect(await listed({ group: 'ALL', listId }, 'RZ2')).toMatchObject({
      totalCount: 0,
      edges: [],
    });
  });

  it('is refused as a whole when a line is wrong', async () => {
    const before = (await listed({ group: 'ALL' })).totalCount;
    for (const [lines, path] of [
      [[], 'lines'],
      [[...LINES, { reference: '' }], 'lines'],
      [Array.from({ length: 501 }, () => ({ reference: 'many' })), 'lines'],
    ] as const) {
      expect(await askList({ lines })).toEqual({
        listId: null,
        errors: [{ code: 'INVALID_VALUE', path: ['input', path] }],
      });
    }
    expect((await listed({ group: 'ALL' })).totalCount).toBe(before);
  });

  it.each([9, 20_161])('cannot be answered for %p minutes', async (answerWithinMinutes) => {
    expect((await askRaw({ ...IDENTITY, answerWithinMinutes })).errors).toMatchObject([
      { code: 'INVALID_VALUE', path: ['input', 'answerWithinMinutes'] },
    ]);
  });

  it('can be answered for as long as was said, by a request that is signed for minutes', async () => {
    const asked = await ask({ ...AT_DESK, answerWithinMinutes: 20_160 });
    ahead = 13 * 86_400_000;
    try {
      const { request, said } = await answer(linkOf(asked));
      const { exp, iat } = request as never as { exp: number; iat: number };
      expect([said.status, exp - iat]).toEqual([200, 600]);
    } finally {
      ahead = 0;
    }
  });

  it('needs its organisation until that has done with it, and again when it has not', async () => {
    const close = async (presentationId: string, done?: boolean, odsCode = TRUST) =>
      send<{ presentationClose: { errors: readonly { code: string }[] } }>(
        queries.close,
        {
          input: {
            idempotencyKey: newKey(),
            presentationId,
            ...(done === undefined ? {} : { done }),
          },
        },
        odsCode,
      );
    const { edges } = await listed({ group: 'OPEN' });
    const id = edges[0]?.node.id ?? '';
    const NOT_FOUND = { presentationClose: { errors: [{ code: 'NOT_FOUND' }] } };
    // It can still be answered.
    expect(await close(id)).toMatchObject(NOT_FOUND);
    ahead = 15 * 86_400_000;
    try {
      expect((await listed({ group: 'TO_DO' })).totalCount).toBe(3);
      expect(await close(id, true, 'RZ2')).toMatchObject(NOT_FOUND);
      expect(await close(id)).toMatchObject({ presentationClose: { errors: [] } });
      expect((await listed({ group: 'TO_DO' })).totalCount).toBe(2);
      expect((await listed({ group: 'DONE' })).edges.map(({ node }) => node.id)).toEqual([id]);
      await close(id, false);
      expect((await listed({ group: 'TO_DO' })).totalCount).toBe(3);
    } finally {
      ahead = 0;
    }
  });
});
