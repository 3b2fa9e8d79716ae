/** What a holder sees of what they were asked for and shared, what they may do about it, and the receipt that stays. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';

import type { Caller } from '../../../../runtime/caller-statement.ts';
import { openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import { verifyCertificateChain } from '../../../../standards/x509/verify-certificate-chain.ts';
import { eraseClaims } from '../../../../subgraphs/passport/domain/erase-claims.ts';
import { postgresHolderSharing } from '../../../../subgraphs/passport/postgres/holder-sharing.ts';
import type { PassportTables } from '../../../../subgraphs/passport/postgres/tables.ts';
import { startTestEngine } from '../../../servers/embedded.ts';
import {
  type Bench,
  callers,
  issueTo,
  newKey,
  newSettings,
  newWallet,
  nurse,
  operations,
  PUBLIC_URL,
  startPassport,
} from './passport-bench.ts';

const AMARA = 'stf_amara';
const BEN = 'stf_ben';
const CLEO = 'stf_cleo';
const START = new Date('2026-11-22T12:00:00Z');
const DAY_MS = 86_400_000;

const SHARED = `id requester { odsCode } requestedBy purpose state requestedAt answeredAt keptUntil
  shared { type issuer { odsCode } claims } deletion { state reason } report { reason }`;
const queries = {
  sharing: `query ($id: ID!, $first: Int! = 20, $after: String) {
    _entities(representations: [{ __typename: "StaffMember", id: $id }]) { ... on StaffMember {
      sharing(first: $first, after: $after) {
        edges { cursor node { ${SHARED} } } pageInfo { hasNextPage endCursor } } } } }`,
  refuse: `mutation ($input: PresentationRefuseInput!) { presentationRefuse(input: $input) {
    presentation { ${SHARED} } errors { code path } } }`,
  ask: `mutation ($input: DeletionRequestInput!) { deletionRequest(input: $input) {
    deletion { presentationId state askedAt answerBy answeredAt reason } errors { code path } } }`,
  answer: `mutation ($input: DeletionAnswerInput!) { deletionAnswer(input: $input) {
    deletion { presentationId state answeredAt reason } errors { code path } } }`,
  report: `mutation ($input: RequesterReportInput!) { requesterReport(input: $input) {
    report { reason at } errors { code path } } }`,
  consent: `mutation ($input: SharingConsentInput!) { sharingConsent(input: $input) {
    expiresAt errors { code path } } }`,
  reoffer: `mutation ($input: PassportReofferInput!) { passportReoffer(input: $input) {
    offers { id types uri transactionCode } notOffered { type issuer { odsCode } } errors { code } } }`,
  end: `mutation ($input: PassportEarlierEndInput!) { passportEarlierEnd(input: $input) {
    ended errors { code } } }`,
  deletions: `query ($state: DeletionState! = WAITING) { deletionRequests(state: $state) {
    edges { node { presentationId state } } } }`,
  receipt: `query ($id: ID!) { presentationReceipt(presentationId: $id) { compact keysUri signedAt } }`,
};

let engine: EmbeddedEngine;
let bench: Bench;
let clock = START;

beforeAll(async () => {
  engine = await startTestEngine();
  bench = await startPassport({
    database: openEmbedded(engine),
    settings: newSettings(),
    people: new Map([AMARA, BEN, CLEO].map((id) => [id, nurse(id)])),
    now: () => clock,
    changes: { PASSPORT_RETENTION_DAYS: { TEMPORARY_MOVEMENT: 14 } },
  });
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
});

/** The answer's one field, or the code of its error. */
async function ask(caller: Caller, query: string, variables: object): Promise<unknown> {
  const { data, errors } = await bench.ask(caller, query, variables);
  const [field] = Object.values(data ?? {}) as unknown[];
  return field ?? errors?.[0]?.extensions.code ?? null;
}
const act = (caller: Caller, query: string, input: object) =>
  ask(caller, query, { input: { idempotencyKey: newKey(), ...input } });

async function sharingOf(id: string, caller = callers.staff(id)) {
  const [person] = (await ask(caller, queries.sharing, { id })) as [
    { readonly sharing: { readonly edges: readonly { readonly node: object }[] } | null },
  ];
  return person.sharing?.edges.map(({ node }) => node);
}

/** RZ2 asks somebody. */
async function asked(staffId?: string) {
  const { data } = await bench.ask(callers.hr('RZ2'), operations.request, {
    input: {
      idempotencyKey: newKey(),
      credentials: [{ type: 'IDENTITY', claims: ['given_name', 'birthdate'] }],
      ...(staffId === undefined ? {} : { staffId }),
    },
  });
  if (data == null) throw new Error('nothing was asked');
  return data.presentationRequest.request;
}

/** A person shares their given name and birth date with RZ2. */
async function shared(
  staffId: string,
): Promise<{ readonly id: string; readonly presentation: string }> {
  const { wallet, sdJwt } = await issueTo(bench, { staffId, odsCode: 'RZ1', type: 'IDENTITY' });
  const request = await asked();
  const presentation = await wallet.present(sdJwt, request, clock);
  const { data } = await bench.ask(callers.hr('RZ2'), operations.verify, {
    input: { requestId: request.id, presentation },
  });
  expect(data?.presentationVerify.result?.outcome).toBe('VALID');
  return { id: request.id, presentation };
}

const ID = { id: expect.stringMatching(/^prq_/) };

describe('what a holder sees', () => {
  it('is every request made of them and what they shared: names, never values', async () => {
    const { id } = await shared(AMARA);
    const waiting = await asked(AMARA);
    const seen = await sharingOf(AMARA);
    expect(seen).toEqual([
      {
        id: waiting.id,
        requester: { odsCode: 'RZ2' },
        requestedBy: 'HR of RZ2',
        purpose: 'TEMPORARY_MOVEMENT',
        state: 'ASKED',
        requestedAt: START.toISOString(),
        answeredAt: null,
        keptUntil: null,
        shared: [],
        deletion: null,
        report: null,
      },
      {
        ...ID,
        requester: { odsCode: 'RZ2' },
        requestedBy: 'HR of RZ2',
        purpose: 'TEMPORARY_MOVEMENT',
        state: 'SHARED',
        requestedAt: START.toISOString(),
        answeredAt: START.toISOString(),
        keptUntil: new Date(START.getTime() + 14 * DAY_MS).toISOString(),
        shared: [
          {
            type: 'IDENTITY',
            issuer: { odsCode: 'RZ1' },
            claims: expect.arrayContaining(['given_name', 'birthdate']),
          },
        ],
        deletion: null,
        report: null,
      },
    ]);
    expect(JSON.stringify(seen)).not.toMatch(/Amara|1991/);
    expect(id).toBe((seen?.[1] as { id: string }).id);
    expect(await sharingOf(BEN)).toEqual([]);
  });

  it.each([
    ['another person', callers.staff(BEN)],
    ['the organisation that asked', callers.hr('RZ2')],
    ['the issuer’s administrator', callers.administrator('RZ1')],
  ])('is nothing to %s', async (_who, caller) => {
    expect(await sharingOf(AMARA, caller)).toBeUndefined();
  });
});

describe('what a holder may do', () => {
  it('is refuse a request, and the wallet that comes later is too late', async () => {
    const { wallet, sdJwt } = await issueTo(bench, {
      staffId: BEN,
      odsCode: 'RZ1',
      type: 'IDENTITY',
    });
    const request = await asked(BEN);
    const input = { idempotencyKey: newKey(), presentationId: request.id };
    expect(await act(callers.staff(AMARA), queries.refuse, input)).toMatchObject({
      errors: [{ code: 'NOT_FOUND' }],
    });
    const refusals = await Promise.all(
      Array.from({ length: 3 }, () => act(callers.staff(BEN), queries.refuse, input)),
    );
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({
        presentation: { id: request.id, state: 'REFUSED', shared: [] },
        errors: [],
      });
    }
    const { data } = await bench.ask(callers.hr('RZ2'), operations.verify, {
      input: { requestId: request.id, presentation: await wallet.present(sdJwt, request, clock) },
    });
    expect(data?.presentationVerify).toMatchObject({
      result: null,
      errors: [{ code: 'ALREADY_ANSWERED' }],
    });
    const seen = await bench.ask(callers.hr('RZ2'), operations.presentation, { id: request.id });
    expect(seen.data?.presentation).toMatchObject({ state: 'REFUSED', result: null });
  });

  it('is ask for deletion, which the organisation answers by erasing, and the receipt stays', async () => {
    const { id } = await shared(AMARA);
    const input = { presentationId: id };
    expect(await act(callers.staff(BEN), queries.ask, input)).toMatchObject({
      errors: [{ code: 'NOT_FOUND' }],
    });
    expect(await act(callers.staff(AMARA), queries.ask, input)).toEqual({
      deletion: {
        presentationId: id,
        state: 'WAITING',
        askedAt: clock.toISOString(),
        answerBy: new Date(clock.getTime() + 28 * DAY_MS).toISOString(),
        answeredAt: null,
        reason: null,
      },
      errors: [],
    });
    const waiting = { edges: [{ node: { presentationId: id, state: 'WAITING' } }] };
    expect(await ask(callers.hr('RZ2'), queries.deletions, {})).toEqual(waiting);
    expect(await ask(callers.hr('RZ1'), queries.deletions, {})).toEqual({ edges: [] });
    for (const wrong of [{ answer: 'KEPT' }, { answer: 'DELETED', reason: 'LEGAL_CLAIM' }]) {
      expect(await act(callers.hr('RZ2'), queries.answer, { ...input, ...wrong })).toMatchObject({
        errors: [{ code: 'INVALID_VALUE', path: ['input', 'reason'] }],
      });
    }
    const answer = { ...input, answer: 'DELETED' };
    expect(await act(callers.hr('RZ1'), queries.answer, answer)).toMatchObject({
      errors: [{ code: 'NOT_FOUND' }],
    });
    expect(await act(callers.hr('RZ2'), queries.answer, answer)).toMatchObject({
      deletion: { state: 'DELETED' },
      errors: [],
    });
    const left = await bench.ask(callers.hr('RZ2'), operations.presentation, { id });
    expect(left.data?.presentation?.result).toMatchObject({
      outcome: 'VALID',
      credentials: [{ claims: null, disclosed: expect.arrayContaining(['given_name']) }],
    });
    expect((await sharingOf(AMARA))?.[0]).toMatchObject({
      id,
      state: 'DELETED',
      keptUntil: null,
      deletion: { state: 'DELETED' },
    });
    expect(await ask(callers.hr('RZ2'), queries.receipt, { id })).toMatchObject({
      keysUri: `${PUBLIC_URL}/verifiers/RZ2/receipt-keys`,
    });
  });

  it('is agree to share, with whom and what they were told', async () => {
    const request = await asked();
    const input = { presentationId: request.id, requester: 'RZ2', types: ['IDENTITY'] };
    const expiresAt = new Date(clock.getTime() + 600_000).toISOString();
    expect(await act(callers.staff(BEN), queries.consent, input)).toEqual({
      expiresAt,
      errors: [],
    });
    const another = await asked(AMARA);
    for (const [change, code] of [
      [{ requester: 'RZ1' }, 'NOT_FOUND'],
      [{ presentationId: another.id }, 'NOT_FOUND'],
      [{ types: [] }, 'INVALID_VALUE'],
    ] as const) {
      const given = { ...input, ...change };
      expect(await act(callers.staff(BEN), queries.consent, given)).toMatchObject({
        expiresAt: null,
        errors: [{ code }],
      });
    }
    expect(await act(callers.hr('RZ1'), queries.consent, input)).toBe('FORBIDDEN');
  });

  it('is move to a new device: what stands is offered once more, and the old is stopped afterwards', async () => {
    const mover = callers.staff(CLEO);
    expect(await act(mover, queries.reoffer, {})).toMatchObject({
      errors: [{ code: 'NOT_ELIGIBLE' }],
    });
    const old = await issueTo(bench, { staffId: CLEO, odsCode: 'RZ1', type: 'IDENTITY' });
    await issueTo(bench, { staffId: CLEO, odsCode: 'RZ1', type: 'PROFESSIONAL_REGISTRATION' });
    const input = { idempotencyKey: newKey() };
    const offered = (await act(mover, queries.reoffer, input)) as {
      readonly offers: readonly [{ readonly id: string }];
    };
    expect(offered).toMatchObject({
      offers: [
        {
          types: ['IDENTITY', 'PROFESSIONAL_REGISTRATION'],
          uri: expect.stringMatching(/^openid-credential-offer:/),
          transactionCode: expect.stringMatching(/^\d{6}$/),
        },
      ],
      notOffered: [],
      errors: [],
    });
    expect(await act(mover, queries.reoffer, input)).toEqual(offered);
    const [{ id }] = offered.offers;
    // Nothing has been collected, so nothing is stopped; and nobody stops another person's.
    expect(await act(mover, queries.end, { offerIds: [id] })).toEqual({ ended: 0, errors: [] });
    const wallet = newWallet();
    await bench.ask(callers.identity(), operations.issue, {
      input: { idempotencyKey: newKey(), offerId: id, type: 'IDENTITY', holderKeys: [wallet.jwk] },
    });
    expect(await act(callers.staff(BEN), queries.end, { offerIds: [id] })).toMatchObject({
      ended: 0,
    });
    expect(await act(mover, queries.end, { offerIds: [id] })).toEqual({ ended: 1, errors: [] });
    expect(await act(mover, queries.end, { offerIds: [id] })).toEqual({ ended: 0, errors: [] });
    const { data } = await bench.ask(mover, operations.credential, { id: old.credential.id });
    expect(data?.credential).toMatchObject({ state: 'REVOKED', reason: 'SUPERSEDED' });
  });

  it('is report whoever asked, to those who run the passport', async () => {
    const request = await asked(BEN);
    const input = { presentationId: request.id, reason: 'NOT_WHO_THEY_SAY' };
    expect(await act(callers.staff(AMARA), queries.report, input)).toMatchObject({
      errors: [{ code: 'NOT_FOUND' }],
    });
    expect(await act(callers.staff(BEN), queries.report, input)).toEqual({
      report: { reason: 'NOT_WHO_THEY_SAY', at: clock.toISOString() },
      errors: [],
    });
    expect((await sharingOf(BEN))?.[0]).toMatchObject({ report: { reason: 'NOT_WHO_THEY_SAY' } });
    expect(await bench.composed.administration.requesterReports({})).toEqual([
      { odsCode: 'RZ2', reason: 'NOT_WHO_THEY_SAY', reports: 1, people: 1, lastAt: clock },
    ]);
  });

  const input = { presentationId: 'prq_1' };
  const onlyReading = { ...callers.staff(AMARA), scopes: new Set(['self:read']) };
  it.each([
    ['refuse', queries.refuse, input],
    ['ask for deletion', queries.ask, input],
    ['report', queries.report, { ...input, reason: 'PRESSED' }],
  ])(
    'is not %s with a token that only reads, nor for an organisation',
    async (_what, query, what) => {
      expect(await act(onlyReading, query, what)).toBe('FORBIDDEN');
      expect(await act(callers.hr('RZ2'), query, what)).toBe('FORBIDDEN');
      expect(await act(callers.staff(AMARA), query, { ...what, idempotencyKey: '' })).toMatchObject(
        {
          errors: [{ code: 'INVALID_VALUE', path: ['input', 'idempotencyKey'] }],
        },
      );
    },
  );

  it.each([
    ['deletions', queries.deletions, {}],
    ['receipts', queries.receipt, { id: 'prq_1' }],
  ])('is not read %s', async (_what, query, variables) => {
    const { data, errors, extensions } = await bench.ask(callers.staff(AMARA), query, variables);
    expect([Object.values(data ?? {}), errors, extensions?.people ?? []]).toEqual([
      [null],
      undefined,
      [],
    ]);
  });
});

describe('the receipt', () => {
  const receiptOf = async (id: string) =>
    (await ask(callers.hr('RZ2'), queries.receipt, { id })) as {
      readonly compact: string;
      readonly keysUri: string;
    } | null;
  /** As anybody has them, with nothing but the address. */
  const publishedKeys = async (keysUri: string): Promise<JSONWebKeySet> =>
    (await bench.app.inject({ url: keysUri.slice(PUBLIC_URL.length) })).json();

  it('is verified with the published keys by a library that knows nothing of this project', async () => {
    const { id } = await shared(AMARA);
    const receipt = await receiptOf(id);
    if (receipt === null) throw new Error('there is no receipt');
    const keys = createLocalJWKSet(await publishedKeys(receipt.keysUri));
    const { payload, protectedHeader } = await jwtVerify(receipt.compact, keys, {
      issuer: `${PUBLIC_URL}/verifiers/RZ2`,
      typ: 'presentation-receipt+jwt',
      algorithms: ['ES256'],
      currentDate: clock,
    });
    const seconds = Math.floor(clock.getTime() / 1000);
    expect(payload).toEqual({
      iss: `${PUBLIC_URL}/verifiers/RZ2`,
      iat: seconds,
      jti: expect.stringMatching(/^rcp_/),
      request: id,
      requested_at: seconds,
      checked_at: seconds,
      checked_by: 'HR of RZ2',
      purpose: 'TEMPORARY_MOVEMENT',
      outcome: 'VALID',
      credentials: [
        {
          query: expect.any(String),
          outcome: 'VALID',
          vct: expect.stringContaining(`${PUBLIC_URL}/credential-types/`),
          issuer: `${PUBLIC_URL}/trusts/RZ1`,
          credential: expect.stringMatching(/^crd_/),
          status_at: expect.any(Number),
          presentation_sha256: expect.stringMatching(/^[\w-]{43}$/),
          disclosed: expect.arrayContaining(['given_name', 'birthdate']),
        },
      ],
    });
    expect(JSON.stringify(payload)).not.toMatch(/Amara|Okafor|1991|stf_/);
    // Without the network too, for as long as the certificate is good.
    const { x5c } = protectedHeader;
    const [anchor = ''] = await anchors();
    expect(verifyCertificateChain(x5c, { anchors: [anchor], now: clock })).toMatchObject({
      kind: 'trusted',
      leaf: { uris: [`${PUBLIC_URL}/verifiers/RZ2`] },
    });
  });

  it('is of whom it says, and no other key of the organisation signs one', async () => {
    const { id } = await shared(AMARA);
    const receipt = await receiptOf(id);
    const { kid } = decodeProtectedHeader(receipt?.compact ?? '');
    const { keys } = await publishedKeys(`${PUBLIC_URL}/verifiers/RZ2/receipt-keys`);
    expect(keys.map((key) => key.kid)).toEqual([kid]);
    expect((await bench.app.inject({ url: '/verifiers/RZ1/receipt-keys' })).statusCode).toBe(404);
    expect((await bench.app.inject({ url: '/verifiers/..%2f/receipt-keys' })).statusCode).toBe(404);
  });

  it('is a reading of whose credential it was, for a purpose', async () => {
    const { id } = await shared(AMARA);
    const { extensions } = await bench.ask(callers.hr('RZ2'), queries.receipt, { id });
    expect(extensions?.people).toEqual([AMARA]);
    const purposeless: Caller = { ...callers.hr('RZ2') };
    Reflect.deleteProperty(purposeless, 'purpose');
    const { errors } = await bench.ask(purposeless, queries.receipt, { id });
    expect(errors?.map((error) => error.extensions.code)).toEqual(['PURPOSE_REQUIRED']);
  });

  it('is for nobody else, and of nothing that was not checked', async () => {
    const { id } = await shared(AMARA);
    const open = await asked();
    const ofOthers = await bench.ask(callers.hr('RZ1'), queries.receipt, { id });
    expect(ofOthers).toMatchObject({ data: { presentationReceipt: null } });
    for (const none of [open.id, randomUUID()]) {
      const { data } = await bench.ask(callers.hr('RZ2'), queries.receipt, { id: none });
      expect(data).toEqual({ presentationReceipt: null });
    }
  });

  it('stays, word for word, when the time of the claims is over, and its key is still published', async () => {
    const { id } = await shared(AMARA);
    const before = await receiptOf(id);
    const earlier = clock;
    clock = new Date(START.getTime() + 14 * DAY_MS);
    const sharing = postgresHolderSharing(openEmbedded(engine).schema<PassportTables>('passport'));
    expect(await eraseClaims({ sharing, now: () => clock })).toBeGreaterThan(0);
    const rows = await engine.query('select presentation_id from passport.presentation_claims', []);
    expect(rows.rows).toEqual([]);
    const left = await bench.ask(callers.hr('RZ2'), operations.presentation, { id });
    expect(left.data?.presentation?.result?.credentials[0]?.claims).toBeNull();
    expect((await sharingOf(AMARA))?.[0]).toMatchObject({ state: 'DELETED' });

    await bench.composed.administration.rotateKeys({ odsCode: 'RZ2' });
    clock = new Date(START.getTime() + 3 * 365 * DAY_MS);
    const after = await receiptOf(id);
    const kids = [before, after].map((one) => decodeProtectedHeader(one?.compact ?? '').kid);
    expect(new Set(kids).size).toBe(2);
    const keys = createLocalJWKSet(await publishedKeys(after?.keysUri ?? ''));
    const read = async (compact = '') => {
      const { payload } = await jwtVerify(compact, keys, { typ: 'presentation-receipt+jwt' });
      return { ...payload, iat: undefined, jti: undefined };
    };
    expect(await read(after?.compact)).toEqual(await read(before?.compact));
    clock = earlier;
  });

  const anchors = async (): Promise<readonly string[]> => {
    const { rows } = await engine.query(
      `select certificate from passport.issuer_key where use = 'anchor'`,
      [],
    );
    return (rows as readonly { readonly certificate: string }[]).map(
      ({ certificate }) => certificate,
    );
  };
});
