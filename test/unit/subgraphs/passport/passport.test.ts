import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { sql } from 'kysely';

import { type Database, openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import type { Caller } from '../../../../runtime/caller-statement.ts';
import { splitCompactJws } from '../../../../standards/compact-jws.ts';
import { createKeyBoundPresentation } from '../../../../standards/sd-jwt-vc/key-binding.ts';
import {
  decodeStatusList,
  type EncodedStatusList,
  readStatus,
} from '../../../../standards/status-list/status-list.ts';
import { PASSPORT_ITSELF } from '../../../../subgraphs/passport/domain/audit.ts';
import { supersede } from '../../../../subgraphs/passport/domain/renew-credential.ts';
import { postgresCredentials } from '../../../../subgraphs/passport/postgres/credentials.ts';
import {
  accessEntry,
  type Answer,
  type AnswerData,
  type Bench,
  callers,
  gatewayItself,
  type GraphRecord,
  issueTo,
  memoryDesk,
  newKey,
  newSettings,
  newWallet,
  nurse,
  ofOneCredential,
  operations,
  startPassport,
} from './passport-bench.ts';
import type { TeamPost, Teams } from '../../../../subgraphs/passport/domain/ports/teams.ts';
import { startTestEngine } from '../../../servers/embedded.ts';

const people = new Map<string, GraphRecord | undefined>();
const desk = memoryDesk();
let engine: EmbeddedEngine;
let database: Database;
let bench: Bench;
/** The one post of people. */
const teams = new Map<string, TeamPost>();
const findTeams: Teams['find'] = (ids) =>
  Promise.resolve(
    new Map(
      ids.flatMap((personId) => {
        const post = teams.get(personId);
        return post === undefined ? [] : [[personId, { personId, posts: [post] }] as const];
      }),
    ),
  );
/** How far the clock of the subgraph is ahead, in milliseconds. */
let ahead = 0;
const now = () => new Date(Date.now() + ahead);

let minted = 0;
function person(odsCode = 'RZ1', changes: Partial<GraphRecord> = {}): string {
  const id = `stf_person-${String((minted += 1))}`;
  people.set(id, { ...nurse(id, odsCode), ...changes });
  return id;
}

beforeAll(async () => {
  engine = await startTestEngine();
  database = openEmbedded(engine);
  const runtime = {
    wrap: <Port extends object>(name: string, port: Port): Port =>
      name === 'teams' ? { ...port, find: findTeams } : port,
  };
  bench = await startPassport({ database, settings: newSettings(), people, desk, now, runtime });
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
});

const codes = (payload: {
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
}) => payload.errors.map(({ code, path }) => `${code} ${path.at(-1) ?? ''}`);

function withoutPurpose(caller: Caller): Caller {
  const { purpose, ...rest } = caller;
  expect(purpose).toBeDefined();
  return rest;
}

function dataOf({ data, errors }: Answer): AnswerData {
  if (data == null) throw new Error(`no data: ${errors?.[0]?.extensions.code ?? 'unknown'}`);
  return data;
}
const askOffer = (odsCode: string, staffId: string, types: readonly string[], key = newKey()) =>
  bench.ask(callers.hr(odsCode), operations.offer, {
    input: { idempotencyKey: key, staffId, types },
  });
const offer = async (...args: Parameters<typeof askOffer>) =>
  dataOf(await askOffer(...args)).credentialOffer;
async function offerId(staffId: string, types = ['IDENTITY']): Promise<string> {
  const { offer: opened } = await offer('RZ1', staffId, types);
  if (opened === null) throw new Error('nothing was offered');
  return opened.id;
}
const issue = async (input: object) =>
  dataOf(await bench.ask(callers.identity(), operations.issue, { input })).credentialIssue;
async function issueOne(input: object) {
  const { issued, errors } = await issue(input);
  const [only] = issued;
  if (only === undefined) throw new Error(`nothing was issued: ${errors[0]?.code ?? 'why?'}`);
  return only;
}
const newKeys = (count: number) => Array.from({ length: count }, () => newWallet().jwk);
const lent = newWallet().jwk;
const change = async (
  action: 'suspend' | 'reinstate' | 'revoke',
  odsCode: string,
  input: { readonly credentialId: string; readonly [name: string]: unknown },
) =>
  dataOf(
    await bench.ask(callers.administrator(odsCode), operations[action], {
      input: {
        idempotencyKey: newKey(),
        reason: action === 'reinstate' ? 'REINSTATED' : 'LOST_PHONE',
        ...input,
      },
    }),
  ).result;
const request = async (odsCode: string, type: string, claims: readonly string[]) =>
  dataOf(
    await bench.ask(callers.hr(odsCode), operations.request, {
      input: { idempotencyKey: newKey(), credentials: [{ type, claims }] },
    }),
  ).presentationRequest.request;
const answer = async (odsCode: string, requestId: string, presentation: string) =>
  dataOf(
    await bench.ask(callers.hr(odsCode), operations.verify, { input: { requestId, presentation } }),
  ).presentationVerify;
async function verify(odsCode: string, requestId: string, presentation: string) {
  const { result } = await answer(odsCode, requestId, presentation);
  return ofOneCredential(result);
}
const failedCheck = (result: Awaited<ReturnType<typeof verify>>) =>
  result.checks.find(({ outcome }) => outcome === 'FAILED')?.code;
/** The integrity value of a document, worked out from the bytes that anybody gets. */
const integrityServed = async (path: string): Promise<string> =>
  `sha256-${createHash('sha256')
    .update((await bench.app.inject(path)).rawPayload)
    .digest('base64')}`;
async function statusIn(uri: string, index: number): Promise<number> {
  const response = await bench.app.inject(new URL(uri).pathname);
  const { payload } = splitCompactJws(response.body, 2 ** 25);
  return readStatus(decodeStatusList(payload['status_list'] as EncodedStatusList), index);
}

describe('offering', () => {
  it('gives the holder a link and a code, and the same again for the same key', async () => {
    const staffId = person();
    const key = newKey();
    const first = await offer('RZ1', staffId, ['IDENTITY'], key);
    expect(first).toEqual({
      offer: {
        id: expect.stringMatching(/^ofr_/),
        uri: expect.stringMatching(/^openid-credential-offer:/),
        transactionCode: expect.stringMatching(/^\d{6}$/),
        expiresAt: expect.any(String),
      },
      errors: [],
    });
    expect(await offer('RZ1', staffId, ['IDENTITY'], key)).toEqual(first);
    expect(codes(await offer('RZ1', staffId, ['CORE_SKILLS_TRAINING'], key))).toEqual([
      'IDEMPOTENCY_KEY_REUSED idempotencyKey',
    ]);
  });

  it('treats another trust’s staff and nobody alike', async () => {
    const theirs = await offer('RZ2', person('RZ1'), ['IDENTITY']);
    expect(theirs).toEqual(await offer('RZ2', 'stf_nobody', ['IDENTITY']));
    expect(codes(theirs)).toEqual(['NOT_FOUND staffId']);
    expect(codes(await offer('RZ2', "x' or 1=1", ['IDENTITY']))).toEqual(['NOT_FOUND staffId']);
  });

  it.each([
    ['none', []],
    ['one twice', ['IDENTITY', 'IDENTITY']],
  ])('refuses %s of the types', async (_which, types) => {
    expect(codes(await offer('RZ1', person(), types))).toEqual(['INVALID_VALUE types']);
  });

  it('refuses a person without a linked mailbox', async () => {
    expect(codes(await offer('RZ1', person('RZ1', { mailboxes: [] }), ['IDENTITY']))).toEqual([
      'NOT_ELIGIBLE types',
    ]);
  });

  it.each([
    ['a source of the record', undefined],
    ['the mailboxes', { ...nurse('stf_down'), mailboxes: null }],
    ['the employments', { ...nurse('stf_down'), employments: null }],
  ])('stops when %s did not answer', async (_which, record) => {
    people.set('stf_down', record);
    const down = await askOffer('RZ1', 'stf_down', ['IDENTITY']);
    expect(down.errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
  });

  it('waits 14 days for a record that is not ready yet, when HR says so', async () => {
    const staffId = person('RZ1', { mailboxes: [] });
    const { data } = await bench.ask(callers.hr('RZ1'), operations.offer, {
      input: { idempotencyKey: newKey(), staffId, types: ['IDENTITY'], deferred: true },
    });
    const made = data?.credentialOffer.offer;
    const offerId = made?.id ?? 'none';
    const collect = async () =>
      (
        await bench.ask(callers.identity(), operations.issue, {
          input: { idempotencyKey: newKey(), offerId, type: 'IDENTITY', holderKeys: newKeys(1) },
        })
      ).data?.credentialIssue ?? { errors: [] };
    expect(codes(await collect())).toEqual(['NOT_READY type']);
    people.set(staffId, nurse(staffId));
    expect(codes(await collect())).toEqual([]);
    const days = (Date.parse(made?.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(14, 1);
  });

  it('shows HR what came of each offer, and not what opens it', async () => {
    const staffId = person();
    const ids = { waiting: '', dead: '', collected: '' };
    for (const name of ['waiting', 'dead', 'collected'] as const) {
      ids[name] = (await offer('RZ1', staffId, ['IDENTITY'])).offer?.id ?? 'none';
    }
    const end = (caller: Caller, offerId = ids.dead) =>
      bench.ask(caller, operations.endOffer, {
        input: { offerId, endedAt: '2026-11-25T10:00:00.000Z' },
      });
    for (let times = 0; times < 2; times += 1) {
      expect((await end(callers.identity())).data?.credentialOfferEnd.errors).toEqual([]);
    }
    expect((await end(callers.identity(), 'ofr_none')).data?.credentialOfferEnd).toMatchObject({
      errors: [{ code: 'NOT_FOUND' }],
    });
    expect((await end(callers.hr('RZ1'))).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const collect = (offerId: string) =>
      issue({ idempotencyKey: newKey(), offerId, type: 'IDENTITY', holderKeys: newKeys(1) });
    expect(codes(await collect(ids.collected))).toEqual([]);
    expect(codes(await collect(ids.dead))).toEqual(['EXPIRED offerId']);

    const read = async (caller: Caller) =>
      (await bench.ask(caller, operations.offers, { id: staffId })).data?._entities[0].passport;
    const nothingOpens = { uri: null, uriByValue: null, transactionCode: null };
    const standing = { types: ['IDENTITY'], deferred: false, endedAt: null, endedBecause: null };
    expect((await read(callers.hr('RZ1')))?.offers).toEqual([
      { id: ids.collected, state: 'COLLECTED', ...standing, ...nothingOpens },
      {
        id: ids.dead,
        state: 'DEAD',
        ...standing,
        ...nothingOpens,
        endedAt: '2026-11-25T10:00:00.000Z',
        endedBecause: 'WRONG_TRANSACTION_CODES',
      },
      { id: ids.waiting, state: 'OFFERED', ...standing, ...nothingOpens },
    ]);
    expect((await read(callers.hr('RZ2')))?.offers).toEqual([]);
    expect((await read(callers.staff(staffId)))?.offers).toHaveLength(3);
    const { rows } = await sql<{ type: string }>`
      select type from passport.outbox where subject = ${ids.dead}
      union all select action from passport.audit_event where subject = ${ids.dead}`.execute(
      database.schema('passport'),
    );
    expect(rows.map(({ type }) => type).sort()).toEqual(['offer.dead', 'offer.dead', 'offer.made']);
  });

  it('is for HR alone', async () => {
    const answer = await bench.ask(callers.administrator('RZ1'), operations.offer, {
      input: { idempotencyKey: newKey(), staffId: person(), types: ['IDENTITY'] },
    });
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('issuing', () => {
  it('gives the same credential for the same key, and one for each holder key', async () => {
    const { input, sdJwt, credential } = await issueTo(bench, {
      staffId: person(),
      odsCode: 'RZ1',
      type: 'IDENTITY',
    });
    const same = { issued: [{ compact: sdJwt, credential }], errors: [] };
    expect(await issue(input)).toEqual(same);
    expect(await issue({ ...input, idempotencyKey: newKey() })).toEqual(same);
    const other = await issueOne({
      ...input,
      idempotencyKey: newKey(),
      holderKeys: [newWallet().jwk],
    });
    expect(other.credential.id).not.toBe(credential.id);
    expect(other.credential.statusIndex).not.toBe(credential.statusIndex);
    expect(codes(await issue({ ...input, holderKeys: [newWallet().jwk] }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED idempotencyKey',
    ]);
  });

  it('gives one credential to twenty calls at once', async () => {
    const staffId = person();
    const offered = await offerId(staffId);
    const input = {
      idempotencyKey: newKey(),
      offerId: offered,
      type: 'IDENTITY',
      holderKeys: [newWallet().jwk],
    };
    const answers = await Promise.all(Array.from({ length: 20 }, () => issue(input)));
    expect(new Set(answers.map(({ issued }) => issued[0]?.compact)).size).toBe(1);
    const passport = await bench.ask(callers.staff(staffId), operations.passport, { id: staffId });
    expect(passport.data?._entities[0].passport?.credentials.edges).toHaveLength(1);
  });

  it('gives a batch in the order of its keys, each with an id, salts and a place of its own', async () => {
    const staffId = person();
    const input = {
      idempotencyKey: newKey(),
      offerId: await offerId(staffId),
      type: 'IDENTITY',
      holderKeys: newKeys(20),
    };
    const { issued, errors } = await issue(input);
    expect(errors).toEqual([]);
    const tokens = issued.map(({ compact }) => {
      const [jwt = '', ...disclosures] = compact.split('~');
      return { disclosures, payload: splitCompactJws(jwt).payload };
    });
    expect(tokens.map(({ payload }) => payload['cnf'])).toEqual(
      input.holderKeys.map((jwk) => ({ jwk })),
    );
    const distinct = (values: readonly unknown[]) =>
      new Set(values.map((v) => JSON.stringify(v))).size;
    expect(distinct(tokens.map(({ payload }) => payload['jti']))).toBe(20);
    expect(distinct(tokens.map(({ payload }) => payload['status']))).toBe(20);
    // Four disclosures each, and nothing that two of them share.
    expect(distinct(tokens.flatMap(({ disclosures }) => disclosures.slice(0, 4)))).toBe(80);
    expect(distinct(tokens.flatMap(({ payload }) => payload['_sd'] as unknown[]))).toBe(80);
    expect(distinct(tokens.map(({ payload }) => payload['iat']))).toBe(1);
    const turned = await issue({ ...input, holderKeys: input.holderKeys.toReversed() });
    expect(turned.issued).toEqual(issued.toReversed());
    const passport = await bench.ask(callers.staff(staffId), operations.passport, { id: staffId });
    expect(passport.data?._entities[0].passport?.credentials.edges).toHaveLength(20);
  });

  it('does not mix a key that has its credential into another batch', async () => {
    const input = { offerId: await offerId(person()), type: 'IDENTITY' };
    const keys = newKeys(2);
    await issueOne({ ...input, idempotencyKey: newKey(), holderKeys: [keys[0]] });
    const mixed = await issue({ ...input, idempotencyKey: newKey(), holderKeys: keys });
    expect(codes(mixed)).toEqual(['INVALID_VALUE holderKeys']);
  });

  it('hides every claim that may be kept back, and shows where the rest comes from', async () => {
    const { sdJwt, credential, wallet } = await issueTo(bench, {
      staffId: person(),
      odsCode: 'RZ1',
      type: 'EMPLOYMENT_ASSIGNMENT',
    });
    const { header, payload } = splitCompactJws(sdJwt.split('~')[0] ?? '');
    expect(header).toEqual({
      alg: 'ES256',
      typ: 'dc+sd-jwt',
      kid: expect.any(String),
      x5c: [expect.any(String)],
    });
    expect(payload).toEqual({
      iss: 'https://passport.example/trusts/RZ1',
      vct: 'https://passport.example/credential-types/employment-assignment',
      'vct#integrity': await integrityServed('/credential-types/employment-assignment'),
      jti: credential.id,
      sub: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      iat: expect.any(Number),
      exp: expect.any(Number),
      cnf: { jwk: wallet.jwk },
      status: {
        status_list: { idx: credential.statusIndex, uri: credential.statusListUri },
      },
      nhs: {
        ods: 'RZ1',
        provenance: {
          origin: expect.any(String),
          assurance_policy: expect.any(String),
          assurance_outcome: expect.any(String),
          provider: 'Trust RZ1',
          verifier: 'Origin',
          verification_method: 'Record Verification',
          pedigree: 'Authoritative',
          last_refresh: expect.any(String),
        },
      },
      employer_ods_code: 'RZ1',
      _sd: expect.any(Array),
      _sd_alg: 'sha-256',
    });
    expect(payload['_sd']).toHaveLength(7);
  });

  it('names the same person differently at two trusts', async () => {
    const staffId = person();
    const both = ['RZ1', 'RZ2'].map((odsCode) => nurse(staffId, odsCode));
    people.set(staffId, { ...nurse(staffId), employments: both.flatMap((one) => one.employments) });
    const subjects = await Promise.all(
      ['RZ1', 'RZ2'].map(async (odsCode) => {
        const { sdJwt } = await issueTo(bench, { staffId, odsCode, type: 'IDENTITY' });
        return splitCompactJws(sdJwt.split('~')[0] ?? '').payload['sub'];
      }),
    );
    expect(subjects[0]).not.toBe(subjects[1]);
  });

  it.each([
    ['no such offer', 'NOT_FOUND offerId', { offerId: 'ofr_none' }],
    ['a type that was not offered', 'INVALID_VALUE type', { type: 'CORE_SKILLS_TRAINING' }],
    ['a private key', 'INVALID_VALUE holderKeys', { holderKeys: [{ ...newWallet().jwk, d: 'x' }] }],
    ['a key of another kind', 'INVALID_VALUE holderKeys', { holderKeys: [{ kty: 'RSA' }] }],
    ['no key', 'INVALID_VALUE holderKeys', { holderKeys: [] }],
    ['a key twice', 'INVALID_VALUE holderKeys', { holderKeys: [lent, lent] }],
    ['twenty-one keys', 'INVALID_VALUE holderKeys', { holderKeys: newKeys(21) }],
    ['no idempotency key', 'INVALID_VALUE idempotencyKey', { idempotencyKey: '' }],
  ])('refuses %s', async (_what, code, changes) => {
    const offered = await offerId(person());
    const answer = await issue({
      idempotencyKey: newKey(),
      offerId: offered,
      type: 'IDENTITY',
      holderKeys: [newWallet().jwk],
      ...changes,
    });
    expect(codes(answer)).toEqual([code]);
  });

  it('refuses when the person has left since the offer', async () => {
    const staffId = person();
    const offered = await offerId(staffId);
    people.set(staffId, { ...nurse(staffId), employments: [] });
    const answer = await issue({
      idempotencyKey: newKey(),
      offerId: offered,
      type: 'IDENTITY',
      holderKeys: [newWallet().jwk],
    });
    expect(codes(answer)).toEqual(['NOT_ELIGIBLE type']);
  });

  it('refuses an offer that has run out', async () => {
    const offered = await offerId(person());
    ahead += 16 * 60_000;
    const answer = await issue({
      idempotencyKey: newKey(),
      offerId: offered,
      type: 'IDENTITY',
      holderKeys: [newWallet().jwk],
    });
    ahead = 0;
    expect(codes(answer)).toEqual(['EXPIRED offerId']);
  });

  it('ends one offer after forty keys', async () => {
    const input = { offerId: await offerId(person()), type: 'IDENTITY' };
    const batch = (keys: number) =>
      issue({ ...input, idempotencyKey: newKey(), holderKeys: newKeys(keys) });
    expect((await batch(20)).errors).toEqual([]);
    expect((await batch(19)).errors).toEqual([]);
    expect(codes(await batch(2))).toEqual(['NOT_ELIGIBLE offerId']);
    expect((await batch(1)).errors).toEqual([]);
    expect(codes(await batch(1))).toEqual(['NOT_ELIGIBLE offerId']);
  });

  it('renews a credential when the record has changed, and the old ones count no more', async () => {
    const staffId = person();
    const offered = await offerId(staffId);
    const ask = (renewal: boolean, keys = 1) =>
      issue({
        idempotencyKey: newKey(),
        offerId: offered,
        type: 'IDENTITY',
        renewal,
        holderKeys: newKeys(keys),
      });
    const first = await ask(false, 2);
    expect(codes(await ask(true))).toEqual(['UNCHANGED renewal']);
    people.set(staffId, { ...nurse(staffId), name: { given: 'Amara', family: 'Okafor' } });
    const second = await ask(true, 2);
    expect(codes(second)).toEqual([]);
    const stateOf = async (id = '') =>
      (await bench.ask(callers.hr('RZ1'), operations.credential, { id })).data?.credential;
    for (const { credential } of first.issued) {
      expect(await stateOf(credential.id)).toMatchObject({
        state: 'REVOKED',
        reason: 'SUPERSEDED',
      });
    }
    for (const { credential } of second.issued) {
      expect(await stateOf(credential.id)).toMatchObject({ state: 'ACTIVE' });
    }
    // What HR has stopped does not come back this way.
    await change('suspend', 'RZ1', {
      credentialId: second.issued[1]?.credential.id ?? 'none',
    });
    people.set(staffId, nurse(staffId));
    expect(codes(await ask(true))).toEqual(['NOT_ELIGIBLE offerId']);
  });

  it('lets a wallet that comes back collect what it has not collected before, while the offer lives', async () => {
    const offered = await offerId(person());
    const ask = (renewal: boolean) =>
      issue({
        idempotencyKey: newKey(),
        offerId: offered,
        type: 'IDENTITY',
        renewal,
        holderKeys: newKeys(1),
      });
    ahead = 16 * 60_000;
    const late = await ask(true);
    ahead = 0;
    expect(codes(late)).toEqual(['EXPIRED offerId']);
    const first = await ask(true);
    expect(codes(first)).toEqual([]);
    expect(codes(await ask(true))).toEqual(['UNCHANGED renewal']);
    // It took nobody's place: one collected beside it stays.
    expect(codes(await ask(false))).toEqual([]);
    const { data } = await bench.ask(callers.hr('RZ1'), operations.credential, {
      id: first.issued[0]?.credential.id ?? 'none',
    });
    expect(data?.credential).toMatchObject({ state: 'ACTIVE' });
  });

  it('finishes what a crash left of a renewal', async () => {
    const staffId = person();
    const offered = await offerId(staffId);
    const input = { offerId: offered, type: 'IDENTITY' };
    const old = await issue({ ...input, idempotencyKey: newKey(), holderKeys: newKeys(1) });
    const renewed = await issue({ ...input, idempotencyKey: newKey(), holderKeys: newKeys(1) });
    await sql`update passport.credential set renewal = true
      where id = ${renewed.issued[0]?.credential.id}`.execute(database.schema('passport'));
    await supersede(PASSPORT_ITSELF, {
      credentials: postgresCredentials(database.schema('passport')),
      publisher: { publish: () => Promise.resolve() },
      now,
    });
    const { data } = await bench.ask(callers.hr('RZ1'), operations.credential, {
      id: old.issued[0]?.credential.id ?? 'none',
    });
    expect(data?.credential).toMatchObject({ state: 'REVOKED', reason: 'SUPERSEDED' });
  });

  it('is for the authorization server alone', async () => {
    const answer = await bench.ask(callers.hr('RZ1'), operations.issue, {
      input: { idempotencyKey: newKey(), offerId: 'x', type: 'IDENTITY', holderKeys: [] },
    });
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('stopping a credential', () => {
  it('suspends, reinstates and revokes, and the list shows each at once', async () => {
    const { credential } = await issueTo(bench, {
      staffId: person(),
      odsCode: 'RZ1',
      type: 'IDENTITY',
    });
    const { id: credentialId, statusListUri, statusIndex } = credential;
    const seen = [await statusIn(statusListUri, statusIndex)];
    for (const action of ['suspend', 'reinstate', 'revoke'] as const) {
      const { errors } = await change(action, 'RZ1', { credentialId });
      expect(errors).toEqual([]);
      seen.push(await statusIn(statusListUri, statusIndex));
    }
    expect(seen).toEqual([0, 2, 0, 1]);
    for (const action of ['suspend', 'reinstate', 'revoke'] as const) {
      expect(codes(await change(action, 'RZ1', { credentialId }))).toEqual([
        'STATUS_CHANGE_NOT_ALLOWED credentialId',
      ]);
    }
  });

  it('is disclosed to the holder: the answer shows their credential', async () => {
    const staffId = person();
    const { credential } = await issueTo(bench, { staffId, odsCode: 'RZ1', type: 'IDENTITY' });
    const suspend = (credentialId: string) =>
      bench.ask(callers.administrator('RZ1'), operations.suspend, {
        input: { idempotencyKey: newKey(), reason: 'LOST_PHONE', credentialId },
      });
    expect((await suspend(credential.id)).extensions?.people).toEqual([staffId]);
    expect((await suspend('crd_none')).extensions?.people).toBeUndefined();
  });

  it('answers another trust as if there were no such credential', async () => {
    const { credential } = await issueTo(bench, {
      staffId: person(),
      odsCode: 'RZ1',
      type: 'IDENTITY',
    });
    const theirs = await change('revoke', 'RZ2', { credentialId: credential.id });
    expect(theirs).toEqual(await change('revoke', 'RZ2', { credentialId: 'crd_none' }));
    expect(codes(theirs)).toEqual(['NOT_FOUND credentialId']);
    expect(await statusIn(credential.statusListUri, credential.statusIndex)).toBe(0);
  });

  it('repeats its answer, refuses a used key and a version that has passed', async () => {
    const { credential } = await issueTo(bench, {
      staffId: person(),
      odsCode: 'RZ1',
      type: 'IDENTITY',
    });
    const input = { credentialId: credential.id, idempotencyKey: newKey(), expectedVersion: 1 };
    const first = await change('suspend', 'RZ1', input);
    expect(first.credential).toMatchObject({ state: 'SUSPENDED', version: 2 });
    expect(await change('suspend', 'RZ1', input)).toEqual(first);
    expect(codes(await change('revoke', 'RZ1', input))).toEqual([
      'IDEMPOTENCY_KEY_REUSED idempotencyKey',
    ]);
    expect(codes(await change('revoke', 'RZ1', { ...input, idempotencyKey: newKey() }))).toEqual([
      'RESOURCE_VERSION_MISMATCH expectedVersion',
    ]);
  });

  it('counts one of twenty parallel revocations', async () => {
    const { credential } = await issueTo(bench, {
      staffId: person(),
      odsCode: 'RZ1',
      type: 'IDENTITY',
    });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => change('revoke', 'RZ1', { credentialId: credential.id })),
    );
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
  });

  it.each([
    ['suspend', 'REINSTATED'],
    ['revoke', 'REINSTATED'],
    ['reinstate', 'LOST_PHONE'],
  ] as const)('does not %s because of %s', async (action, reason) => {
    expect(codes(await change(action, 'RZ1', { credentialId: 'crd_none', reason }))).toEqual([
      'INVALID_VALUE reason',
    ]);
  });
});

describe('checking a presentation', () => {
  async function held(claims = ['given_name', 'family_name']) {
    const staffId = person();
    const issued = await issueTo(bench, { staffId, odsCode: 'RZ1', type: 'IDENTITY' });
    const asked = await request('RZ2', 'IDENTITY', claims);
    return { staffId, ...issued, asked };
  }

  it('finds a credential valid, shows what was disclosed, and tells the holder', async () => {
    const { staffId, sdJwt, wallet, asked } = await held();
    const { result, errors } = await answer(
      'RZ2',
      asked.id,
      await wallet.present(sdJwt, asked, now()),
    );
    expect(errors).toEqual([]);
    const shown = ofOneCredential(result);
    expect(result?.holder).toEqual({ id: staffId });
    expect(shown).toMatchObject({
      outcome: 'VALID',
      issuer: { odsCode: 'RZ1' },
      type: 'IDENTITY',
      claims: { given_name: 'Amara', family_name: 'Okafor-Lindqvist' },
    });
    expect(Object.keys(shown.claims ?? {}).sort()).toEqual(['family_name', 'given_name', 'nhs']);
    const log = await bench.ask(callers.staff(staffId), operations.accessLog, { id: staffId });
    expect(log.data?._entities[0].accessLog?.edges[0]?.node).toEqual({
      at: expect.any(String),
      actorName: 'HR of RZ2',
      actorOrganisation: { odsCode: 'RZ2' },
      purpose: 'TEMPORARY_MOVEMENT',
      fields: ['given_name', 'family_name'],
      requestId: 'request-of-hr',
      flags: null,
    });
    const later = await bench.ask(callers.hr('RZ2'), operations.presentation, { id: asked.id });
    expect(later.data?.presentation).toMatchObject({
      state: 'ANSWERED',
      result: { outcome: 'VALID', credentials: [{ claims: { given_name: 'Amara' } }] },
    });
    expect(later.extensions?.people).toEqual([staffId]);
  });

  it('lets one of twenty parallel answers through', async () => {
    const { sdJwt, wallet, asked } = await held();
    const presentation = await wallet.present(sdJwt, asked, now());
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => answer('RZ2', asked.id, presentation)),
    );
    expect(answers.filter(({ result }) => result?.outcome === 'VALID')).toHaveLength(1);
    expect(answers.flatMap(codes)).toEqual(
      Array.from({ length: 19 }, () => 'ALREADY_ANSWERED requestId'),
    );
  });

  it('spends the request on a wrong answer too', async () => {
    const { sdJwt, wallet, asked } = await held();
    expect((await verify('RZ2', asked.id, 'rubbish')).outcome).toBe('INVALID');
    const right = await wallet.present(sdJwt, asked, now());
    expect(codes(await answer('RZ2', asked.id, right))).toEqual(['ALREADY_ANSWERED requestId']);
  });

  it('does not take another verifier’s request, or one that has run out', async () => {
    const { sdJwt, wallet, asked } = await held();
    const presentation = await wallet.present(sdJwt, asked, now());
    expect(codes(await answer('RZ3', asked.id, presentation))).toEqual(['NOT_FOUND requestId']);
    ahead += 11 * 60_000;
    const late = await answer('RZ2', asked.id, presentation);
    ahead = 0;
    expect(codes(late)).toEqual(['EXPIRED requestId']);
  });

  it('needs a purpose', async () => {
    const caller = withoutPurpose(callers.hr('RZ2'));
    const answer = await bench.ask(caller, operations.verify, {
      input: { requestId: 'x', presentation: 'x' },
    });
    expect(answer.errors?.[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
  });

  it.each<[string, string, (held_: Awaited<ReturnType<typeof held>>) => string | Promise<string>]>([
    [
      'an answer to an earlier request',
      'kb_nonce_wrong',
      async ({ sdJwt, wallet, asked }) => {
        const earlier = await request('RZ2', 'IDENTITY', []);
        return wallet.present(sdJwt, { ...asked, nonce: earlier.nonce }, now());
      },
    ],
    [
      'an answer to another verifier',
      'kb_audience_wrong',
      ({ sdJwt, wallet, asked }) =>
        wallet.present(
          sdJwt,
          { ...asked, audience: 'https://passport.example/verifiers/RZ3' },
          now(),
        ),
    ],
    [
      'a thief’s key',
      'kb_signature_invalid',
      ({ sdJwt, asked }) => newWallet().present(sdJwt, asked, now()),
    ],
    ['no key binding', 'key_binding_missing', ({ sdJwt }) => sdJwt],
    [
      'an old key binding',
      'kb_iat_too_old',
      ({ sdJwt, wallet, asked }) =>
        wallet.present(sdJwt, asked, new Date(now().getTime() - 3_600_000)),
    ],
    [
      'another type',
      'vct_not_accepted',
      async ({ wallet, asked }) => {
        const other = await issueTo(bench, {
          staffId: person(),
          odsCode: 'RZ1',
          type: 'CORE_SKILLS_TRAINING',
        });
        return wallet.present(other.sdJwt, { ...asked, claims: [] }, now());
      },
    ],
    [
      'less than was asked for',
      'claims_not_disclosed',
      ({ sdJwt, wallet, asked }) =>
        wallet.present(sdJwt, { ...asked, claims: ['given_name'] }, now()),
    ],
    [
      'a changed payload',
      'signature_invalid',
      ({ sdJwt, wallet, asked }) => {
        const [jwt = '', ...rest] = sdJwt.split('~');
        const [header = '', payload = '', signature = ''] = jwt.split('.');
        const text = Buffer.from(payload, 'base64url')
          .toString()
          .replace('"ods":"RZ1"', '"ods":"RZ9"');
        const changed = `${header}.${Buffer.from(text).toString('base64url')}.${signature}`;
        return createKeyBoundPresentation(
          {
            presentation: [changed, ...rest].join('~'),
            nonce: asked.nonce,
            audience: asked.audience,
            now: now(),
          },
          wallet.signer,
        );
      },
    ],
  ])('refuses %s', async (_what, code, present) => {
    const everything = await held();
    const result = await verify('RZ2', everything.asked.id, await present(everything));
    expect(result.outcome).toBe('INVALID');
    expect(failedCheck(result)).toBe(code);
  });

  it.each([
    ['suspend', 'SUSPENDED', 'status_suspended'],
    ['revoke', 'REVOKED', 'status_revoked'],
  ] as const)('sees a %s', async (action, outcome, code) => {
    const { sdJwt, wallet, asked, credential } = await held();
    await change(action, 'RZ1', { credentialId: credential.id });
    const result = await verify('RZ2', asked.id, await wallet.present(sdJwt, asked, now()));
    expect(result.outcome).toBe(outcome);
    expect(failedCheck(result)).toBe(code);
  });

  it('sees that a credential has run out', async () => {
    const { sdJwt, wallet } = await held();
    ahead = 366 * 86_400_000;
    const asked = await request('RZ2', 'IDENTITY', ['given_name']);
    const result = await verify('RZ2', asked.id, await wallet.present(sdJwt, asked, now()));
    ahead = 0;
    expect(result.outcome).toBe('EXPIRED');
  });

  it('cannot check against a list that nobody has signed for longer than policy', async () => {
    const { sdJwt, wallet, asked } = await held();
    ahead = 10 * 60_000 - 5_000;
    const result = await verify('RZ2', asked.id, await wallet.present(sdJwt, asked, now()));
    ahead = 0;
    expect(result.outcome).toBe('CANNOT_CHECK');
    expect(failedCheck(result)).toBe('status_stale');
  });

  it.each([
    [['no_such_claim'], 'not_of_this_type', '0'],
    [['given_name', 'given_name'], 'asked_for_twice', '1'],
    [['registration_number'], 'not_of_this_type', '0'],
  ])('is not started for the claims %j', async (claims, rule, at) => {
    const answer = await bench.ask(callers.hr('RZ2'), operations.request, {
      input: { idempotencyKey: newKey(), credentials: [{ type: 'IDENTITY', claims }] },
    });
    expect(dataOf(answer).presentationRequest.errors).toEqual([
      expect.objectContaining({
        code: 'INVALID_VALUE',
        path: ['input', 'credentials', '0', 'claims', at],
        rule,
      }),
    ]);
  });
});

describe('what a wallet says became of a credential', () => {
  const note = async (input: object) =>
    dataOf(await bench.ask(callers.identity(), operations.note, { input })).credentialNote;
  const holderEventOf = async (staffId: string, id: string) =>
    (await bench.ask(callers.staff(staffId), operations.credential, { id })).data?.credential;

  it('shows at the credential: the latest news, once', async () => {
    const staffId = person();
    const { credential } = await issueTo(bench, { staffId, odsCode: 'RZ1', type: 'IDENTITY' });
    const { id } = credential;
    expect(await holderEventOf(staffId, id)).toMatchObject({
      holderEvent: null,
      holderEventAt: null,
    });
    const first = { credentialIds: [id], event: 'ACCEPTED', at: '2026-01-02T10:00:00.000Z' };
    expect(await note(first)).toEqual({ noted: 1, errors: [] });
    expect(await note(first)).toEqual({ noted: 0, errors: [] });
    const later = { ...first, event: 'DELETED', at: '2026-01-02T11:00:00.000Z' };
    expect(await note(later)).toEqual({ noted: 1, errors: [] });
    expect(await note({ ...first, event: 'FAILED' })).toEqual({ noted: 0, errors: [] });
    expect(await holderEventOf(staffId, id)).toMatchObject({
      holderEvent: 'DELETED',
      holderEventAt: later.at,
      state: 'ACTIVE',
      version: credential.version,
    });
  });

  it.each([
    ['no credential', { credentialIds: [] }, 'INVALID_VALUE credentialIds'],
    [
      'too many credentials',
      { credentialIds: Array.from({ length: 21 }, (_, at) => String(at)) },
      'INVALID_VALUE credentialIds',
    ],
  ])('is refused with %s', async (_what, change, refusal) => {
    const input = { credentialIds: ['x'], event: 'ACCEPTED', at: '2026-01-02T10:00:00Z' };
    expect(codes(await note({ ...input, ...change }))).toEqual([refusal]);
  });

  it('is said by the authorization server alone', async () => {
    const input = { credentialIds: ['x'], event: 'DELETED', at: '2026-01-02T10:00:00Z' };
    const answer = await bench.ask(callers.administrator('RZ1'), operations.note, { input });
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('who may see a passport', () => {
  it('is the holder in full, an issuer its own part, and nobody else', async () => {
    const staffId = person();
    const { credential } = await issueTo(bench, { staffId, odsCode: 'RZ1', type: 'IDENTITY' });
    const see = async (caller: ReturnType<typeof callers.staff>) => {
      const answer = await bench.ask(caller, operations.passport, { id: staffId });
      const one = await bench.ask(caller, operations.credential, { id: credential.id });
      return {
        credentials: answer.data?._entities[0].passport?.credentials.edges.length ?? null,
        credential: one.data?.credential?.id ?? null,
        disclosed: answer.extensions?.people ?? [],
      };
    };
    expect(await see(callers.staff(staffId))).toEqual({
      credentials: 1,
      credential: credential.id,
      disclosed: [],
    });
    expect(await see(callers.hr('RZ1'))).toEqual({
      credentials: 1,
      credential: credential.id,
      disclosed: [staffId],
    });
    expect(await see(callers.hr('RZ2'))).toEqual({
      credentials: 0,
      credential: null,
      disclosed: [],
    });
    expect(await see(callers.staff('stf_colleague'))).toEqual({
      credentials: null,
      credential: null,
      disclosed: [],
    });
    expect(await see({ ...callers.staff(staffId), kind: 'machine' })).toEqual({
      credentials: null,
      credential: null,
      disclosed: [],
    });
  });

  it('is read two thousand times in one request at most', async () => {
    const many = await bench.ask(
      callers.hr('RZ1'),
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on StaffMember {
        ${Array.from({ length: 21 }, (_, at) => `p${String(at)}: passport { id }`).join(' ')} } } }`,
      { refs: Array.from({ length: 100 }, () => ({ __typename: 'StaffMember', id: person() })) },
    );
    expect(many.errors?.map(({ extensions }) => extensions.code)).toEqual(
      Array.from({ length: 100 }, () => 'INVALID_VALUE'),
    );
  });

  it('asks HR for a purpose, whether or not there is anything', async () => {
    const caller = withoutPurpose(callers.hr('RZ1'));
    for (const id of [person(), 'stf_nobody']) {
      const answer = await bench.ask(caller, operations.passport, { id });
      expect(answer.errors?.[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
    }
  });

  it('turns pages, newest first', async () => {
    const staffId = person();
    const issued = [];
    for (const type of ['IDENTITY', 'CORE_SKILLS_TRAINING', 'EMPLOYMENT_ASSIGNMENT']) {
      issued.unshift((await issueTo(bench, { staffId, odsCode: 'RZ1', type })).credential.id);
    }
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const turned: Answer = await bench.ask(callers.staff(staffId), operations.passport, {
        id: staffId,
        first: 2,
        after,
      });
      const page = dataOf(turned)._entities[0].passport?.credentials;
      if (page === undefined) throw new Error('there is no page');
      const { edges, pageInfo } = page;
      seen.push(...edges.map(({ node }) => node.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(issued);
  });

  it('refuses pages outside 1 to 100 and cursors it never gave', async () => {
    const id = person();
    for (const page of [{ first: 0 }, { first: 101 }, { after: 'x' }]) {
      const answer = await bench.ask(callers.staff(id), operations.passport, { id, ...page });
      expect(answer.errors?.[0]?.extensions.code).toBe('INVALID_VALUE');
    }
  });

  it('keeps the access log to the person it is about', async () => {
    const id = person();
    for (const caller of [
      callers.hr('RZ1'),
      callers.administrator('RZ1'),
      callers.staff('stf_x'),
    ]) {
      const answer = await bench.ask(caller, operations.accessLog, { id });
      expect(answer.data?._entities[0].accessLog).toBeNull();
    }
  });
});

describe('POST /access-log', () => {
  it('writes one entry for each person', async () => {
    const ids = [person(), person()];
    const response = await bench.record(callers.hr('RZ1'), {
      people: ids,
      fields: ['name.family', 'registrations.number'],
    });
    expect(response.json()).toEqual({ written: [true] });
    for (const id of ids) {
      const log = await bench.ask(callers.staff(id), operations.accessLog, { id });
      expect(log.data?._entities[0].accessLog?.edges).toEqual([
        {
          cursor: expect.any(String),
          node: {
            at: expect.any(String),
            actorName: 'HR of RZ1',
            actorOrganisation: { odsCode: 'RZ1' },
            purpose: 'TEMPORARY_MOVEMENT',
            fields: ['name.family', 'registrations.number'],
            requestId: 'request-of-hr',
            flags: null,
          },
        },
      ]);
    }
  });

  describe('what stands out in it', () => {
    const fields = ['birthDate'];
    const flagged = async (caller: Caller) => {
      const { data, errors, extensions } = await bench.ask(caller, operations.flaggedAccess);
      return {
        nodes: data?.flaggedAccess?.edges.map(({ node }) => node),
        codes: errors?.map((error) => error.extensions.code),
        people: extensions?.people,
      };
    };
    const hr = { ...callers.hr('RZ5'), subject: person() };
    const colleague = person();
    const stranger = person();

    beforeAll(async () => {
      teams.set(hr.subject, { odsCode: 'RZ5', department: 'HR' });
      teams.set(colleague, { odsCode: 'RZ5', department: 'HR' });
      teams.set(stranger, { odsCode: 'RZ5', department: 'Ward 5' });
      const staffIds = [hr.subject, colleague, stranger];
      await bench.record(hr, { people: staffIds, fields });
      const system = { ...hr, kind: 'machine' as const, subject: 'hr-rz5', clientId: 'hr-rz5' };
      await bench.record(system, { people: staffIds, fields });
      while ((await bench.composed.reviewAccess()) > 0);
    });

    it('is that somebody read their own record, or a close colleague’s', async () => {
      const { nodes, people: disclosed } = await flagged(callers.administrator('RZ5'));
      const entry = { actorName: 'HR of RZ5', purpose: 'TEMPORARY_MOVEMENT', fields };
      const reader = { id: hr.subject };
      expect(nodes).toEqual([
        { staff: { id: colleague }, reader, entry: { ...entry, flags: ['CLOSE_COLLEAGUE'] } },
        { staff: reader, reader, entry: { ...entry, flags: ['OWN_RECORD'] } },
      ]);
      // Whoever is in the list finds the administrator in their own.
      expect(disclosed?.toSorted()).toEqual([hr.subject, colleague].toSorted());
    });

    it('is told to the person', async () => {
      for (const [id, flags] of [
        [hr.subject, ['OWN_RECORD']],
        [colleague, ['CLOSE_COLLEAGUE']],
        [stranger, []],
      ] as const) {
        const log = await bench.ask(callers.staff(id), operations.accessLog, { id });
        const edges = log.data?._entities[0].accessLog?.edges ?? [];
        expect(edges.map(({ node }) => (node as { flags: unknown }).flags)).toEqual([[], flags]);
      }
    });

    it('is for administrators of the reader’s organisation, who say why they look', async () => {
      expect((await flagged(callers.administrator('RZ6'))).nodes).toEqual([]);
      expect((await flagged(hr)).codes).toEqual(['FORBIDDEN']);
      expect((await flagged(withoutPurpose(callers.administrator('RZ5')))).codes).toEqual([
        'PURPOSE_REQUIRED',
      ]);
    });
  });

  it.each([
    ['nobody', { people: [], fields: ['name'] }],
    ['no fields', { people: ['stf_a'], fields: [] }],
    ['too many people', { people: Array.from({ length: 1_001 }, () => 'stf_a'), fields: ['name'] }],
    ['too many fields', { people: ['stf_a'], fields: Array.from({ length: 201 }, () => 'name') }],
    ['something else', { people: ['stf_a'], fields: ['name'], more: 1 }],
    ['no ids', { people: ['a'], fields: ['name'] }],
  ])('does not write an entry of %s, and those beside it', async (_what, wrong) => {
    const id = person();
    const good = { people: [id], fields: ['name'] };
    const hr = callers.hr('RZ1');
    const entries = [good, wrong, good].map((read) => accessEntry(hr, read));
    const response = await bench.send(gatewayItself, '/access-log', { entries });
    expect(response.json()).toEqual({ written: [true, false, true] });
    const log = await bench.ask(callers.staff(id), operations.accessLog, { id });
    expect(log.data?._entities[0].accessLog?.edges).toHaveLength(2);
  });

  it.each([
    ['no entries', { entries: [] }],
    ['too many', { entries: Array.from({ length: 101 }, () => ({})) }],
    ['something else', { people: ['stf_a'], fields: ['name'] }],
  ])('refuses %s', async (_what, body) => {
    expect((await bench.send(gatewayItself, '/access-log', body)).statusCode).toBe(400);
  });

  it('takes entries of the gateway alone, whoever they are about', async () => {
    const hr = callers.hr('RZ1');
    const entries = [accessEntry(hr, { people: [person()], fields: ['name'] })];
    expect((await bench.send(hr, '/access-log', { entries })).statusCode).toBe(401);
  });

  it.each(['/access-log', '/graphql'])('does not answer on %s without a statement', async (url) => {
    const response = await bench.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json' },
      payload: '{"people":["stf_a"],"fields":["name"]}',
    });
    expect(response.statusCode).toBe(401);
  });
});

describe('the public routes', () => {
  let uri: string;
  beforeAll(async () => {
    const { credential } = await issueTo(bench, {
      staffId: person(),
      odsCode: 'RZ1',
      type: 'IDENTITY',
    });
    uri = new URL(credential.statusListUri).pathname;
  });

  it('serve issuer metadata, keys, types and lists to anybody, with a validator', async () => {
    const paths = [
      '/.well-known/jwt-vc-issuer/trusts/RZ1',
      '/trusts/RZ1/jwks',
      '/credential-types/identity',
      uri,
    ];
    for (const path of paths) {
      const first = await bench.app.inject(path);
      expect(first.statusCode).toBe(200);
      expect(first.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'cache-control': expect.stringMatching(/^public, max-age=\d+$/),
      });
      const again = await bench.app.inject({
        url: path,
        headers: { 'if-none-match': String(first.headers.etag) },
      });
      expect([again.statusCode, again.body]).toEqual([304, '']);
    }
  });

  it('name the issuer exactly as credentials do (SD-JWT VC, section 4)', async () => {
    const metadata = await bench.app.inject('/.well-known/jwt-vc-issuer/trusts/RZ1');
    expect(metadata.json()).toEqual({
      issuer: 'https://passport.example/trusts/RZ1',
      jwks_uri: 'https://passport.example/trusts/RZ1/jwks',
      status_list_aggregation_endpoint: 'https://passport.example/trusts/RZ1/status-lists',
    });
  });

  it('serve the list as a signed token (Token Status List, sections 5.1 and 8.2)', async () => {
    const response = await bench.app.inject(uri);
    expect(response.headers['content-type']).toBe('application/statuslist+jwt');
    const { header, payload } = splitCompactJws(response.body, 2 ** 25);
    expect(header).toMatchObject({ typ: 'statuslist+jwt', x5c: [expect.any(String)] });
    expect(payload).toMatchObject({ sub: `https://passport.example${uri}`, ttl: 15 });
  });

  it.each([
    '/.well-known/jwt-vc-issuer/trusts/RZ9',
    '/trusts/RZ9/jwks',
    '/trusts/rz1/jwks',
    '/credential-types/none',
    '/credential-types/__proto__',
    '/status-lists/AAAAAAAAAAAAAAAAAAAAAA',
    '/status-lists/x',
  ])('know nothing at %s', async (path) => {
    expect((await bench.app.inject(path)).statusCode).toBe(404);
  });
});

describe('without a database', () => {
  it('still serves the last signed list, and says that the rest is unavailable', async () => {
    const own = await startTestEngine();
    const other = await startPassport({
      database: openEmbedded(own),
      settings: newSettings(),
      people,
      now,
    });
    const staffId = person();
    const { credential } = await issueTo(other, { staffId, odsCode: 'RZ1', type: 'IDENTITY' });
    await own.close();
    await delay(10);
    const list = await other.app.inject(new URL(credential.statusListUri).pathname);
    const answer = await other.ask(callers.administrator('RZ1'), operations.revoke, {
      input: { idempotencyKey: newKey(), credentialId: credential.id, reason: 'LOST_PHONE' },
    });
    await other.app.close();
    expect(list.statusCode).toBe(200);
    expect(answer.errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
  });
});
