import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type Database, openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import { splitCompactJws } from '../../../../standards/compact-jws.ts';
import { endPlacements } from '../../../../subgraphs/passport/domain/end-placements.ts';
import type { CredentialStore } from '../../../../subgraphs/passport/domain/ports/credentials.ts';
import { endOfUkDay, ukDay } from '../../../../subgraphs/passport/domain/uk-day.ts';
import { startTestEngine } from '../../../servers/embedded.ts';
import { agree, decideAgreement } from './agreements.ts';
import { attested } from './attested-claims.ts';
import {
  type Bench,
  callers,
  issueTo,
  newKey,
  newSettings,
  newWallet,
  nurse,
  operations,
  startPassport,
} from './passport-bench.ts';

const people = new Map(['stf_amara', 'stf_bola', 'stf_cora'].map((id) => [id, nurse(id)]));
let engine: EmbeddedEngine;
let database: Database;
let bench: Bench;
const ports: { credentials?: CredentialStore; ending?: Parameters<typeof endPlacements>[0] } = {};
let time = Date.parse('2026-06-01T10:00:00Z');
const now = () => new Date(time);
/** Runs between signing and recording the signature. */
let whileSigning: (() => Promise<unknown>) | undefined;

beforeAll(async () => {
  engine = await startTestEngine();
  database = openEmbedded(engine);
  const made: Record<string, unknown> = {};
  bench = await startPassport({
    database,
    settings: newSettings(),
    people,
    now,
    runtime: {
      wrap: (name, port) => {
        made[name] = port;
        if (name !== 'credentials') return port;
        const store = port as unknown as CredentialStore;
        const complete: CredentialStore['complete'] = async (...args) => {
          await whileSigning?.();
          return store.complete(...args);
        };
        return { ...port, complete };
      },
    },
  });
  ports.credentials = made['credentials'] as CredentialStore;
  ports.ending = {
    credentials: ports.credentials,
    placements: made['placements'] as never,
    publisher: { publish: () => Promise.resolve() },
    now,
  };
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
});
beforeEach(() => {
  time = Date.parse('2026-06-01T10:00:00Z');
  whileSigning = undefined;
});

const provenance = {
  assuranceOutcome: 'Onboarding complete',
  verifier: 'Origin',
  verificationMethod: 'Document Verification',
  lastRefresh: '2026-03-20T09:00:00Z',
};
let references = 0;
/** Terms under a reference that nobody has used. */
const newTerms = () => ({
  reference: `MOU/2026/${String((references += 1))}`,
  startsOn: '2026-04-01',
  endsOn: '2026-08-31',
});
const placed = ({ reference, startsOn, endsOn }: ReturnType<typeof newTerms>, change = {}) => ({
  type: 'TEMPORARY_PLACEMENT',
  provenance,
  claims: {
    ...attested.TEMPORARY_PLACEMENT,
    start_date: '2026-06-02',
    end_date: '2026-06-30',
    agreement_reference: reference,
    agreement_starts_on: startsOn,
    agreement_ends_on: endsOn,
    ...change,
  },
});
const offer = async (attestation: object, odsCode = 'RZ1', staffId = 'stf_amara') => {
  const { data } = await bench.ask(callers.hr(odsCode), operations.offer, {
    input: {
      idempotencyKey: newKey(),
      staffId,
      types: ['TEMPORARY_PLACEMENT'],
      attestations: [attestation],
    },
  });
  if (data == null) throw new Error('no answer');
  return data.credentialOffer;
};
const issue = async (offerId: string | undefined, idempotencyKey = newKey()) => {
  const { data } = await bench.ask(callers.identity(), operations.issue, {
    input: {
      idempotencyKey,
      offerId,
      type: 'TEMPORARY_PLACEMENT',
      holderKeys: [newWallet().jwk],
    },
  });
  if (data == null) throw new Error('no answer');
  return data.credentialIssue;
};
const stateOf = async (id: string) => (await ports.credentials?.find(id))?.state;
const endings = async (after?: string) => {
  const { data } = await bench.ask(
    callers.identity(),
    `query ($after: String) { placementEvents(type: PLACEMENT_ENDED, after: $after) {
      events { type staffId odsCode at placedThere } position } }`,
    { after },
  );
  return (data as unknown as { placementEvents: { events: readonly object[]; position: string } })
    .placementEvents;
};
const endDue = async () => (ports.ending ? endPlacements(ports.ending) : 0);

describe('an agreement on sharing staff', () => {
  it('takes both organisations', async () => {
    const terms = newTerms();
    const proposed = await decideAgreement(bench, 'propose', 'RZ1', { ...terms, odsCode: 'RZ2' });
    expect(proposed).toEqual({
      agreement: {
        id: expect.stringMatching(/^agr_/),
        ...terms,
        proposedBy: { odsCode: 'RZ1' },
        proposedTo: { odsCode: 'RZ2' },
        state: 'PROPOSED',
        endedBy: null,
      },
      errors: [],
    });
    const agreementId = proposed.agreement?.id;
    const notFound = {
      agreement: null,
      errors: [{ code: 'NOT_FOUND', path: ['input', 'agreementId'], rule: null }],
    };
    for (const odsCode of ['RZ1', 'RZ3']) {
      expect(await decideAgreement(bench, 'accept', odsCode, { agreementId })).toEqual(notFound);
    }
    expect(await decideAgreement(bench, 'end', 'RZ3', { agreementId })).toEqual(notFound);
    const idempotencyKey = newKey();
    const accept = () => decideAgreement(bench, 'accept', 'RZ2', { agreementId, idempotencyKey });
    const accepted = await accept();
    expect(accepted.agreement?.state).toBe('IN_FORCE');
    expect(await accept()).toEqual(accepted);
    expect(await decideAgreement(bench, 'accept', 'RZ2', { agreementId })).toEqual(notFound);
    const ended = await decideAgreement(bench, 'end', 'RZ1', { agreementId });
    expect(ended.agreement).toMatchObject({ state: 'ENDED', endedBy: { odsCode: 'RZ1' } });
  });

  it.each([
    ['with oneself', { odsCode: 'RZ1' }, ['odsCode'], 'own_organisation'],
    ['with no organisation', { odsCode: 'rz2' }, ['odsCode'], null],
    ['without a reference', { reference: '' }, ['reference'], null],
    ['on no day', { startsOn: '2026-02-30' }, ['startsOn'], null],
    ['that ends before it starts', { startsOn: '2026-09-01' }, ['endsOn'], 'before_the_start'],
    ['that is over', { endsOn: '2026-05-31' }, ['endsOn'], 'in_the_past'],
    ['of more than five years', { endsOn: '2031-04-02' }, ['endsOn'], 'too_long'],
  ])('is not proposed %s', async (_how, change, path, rule) => {
    const input = { ...newTerms(), odsCode: 'RZ2', ...change };
    expect(await decideAgreement(bench, 'propose', 'RZ1', input)).toEqual({
      agreement: null,
      errors: [{ code: 'INVALID_VALUE', path: ['input', ...path], rule }],
    });
  });

  it('has a reference of its own, whoever proposes', async () => {
    const terms = newTerms();
    const agreementId = await agree(bench, terms);
    const again = () => decideAgreement(bench, 'propose', 'RZ2', { ...terms, odsCode: 'RZ1' });
    expect((await again()).errors).toEqual([
      { code: 'INVALID_VALUE', path: ['input', 'reference'], rule: 'in_use' },
    ]);
    await decideAgreement(bench, 'end', 'RZ2', { agreementId });
    expect((await again()).agreement?.state).toBe('PROPOSED');
  });

  it('is shown to the two, and managed by administrators alone', async () => {
    const terms = newTerms();
    await agree(bench, { ...terms, between: ['RZ4', 'RZ5'] });
    const list = async (odsCode: string) => {
      const { data } = await bench.ask(
        callers.hr(odsCode),
        '{ sharingAgreements(first: 5) { edges { node { reference state } } pageInfo { hasNextPage } } }',
      );
      return (data as unknown as { sharingAgreements: { edges: readonly object[] } })
        .sharingAgreements.edges;
    };
    const node = { reference: terms.reference, state: 'IN_FORCE' };
    expect([await list('RZ4'), await list('RZ5'), await list('RZ6')]).toEqual([
      [{ node }],
      [{ node }],
      [],
    ]);
    for (const caller of [callers.hr('RZ4'), callers.identity(), callers.staff('stf_amara')]) {
      const { errors } = await bench.ask(
        caller,
        'mutation ($input: AgreementDecisionInput!) { agreementEnd(input: $input) { errors { code } } }',
        { input: { idempotencyKey: newKey(), agreementId: 'agr_x' } },
      );
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });
});

describe('a licence to attend', () => {
  const refusedAt = (claim: string, rule: string) => ({
    offer: null,
    errors: [
      {
        code: 'NO_AGREEMENT',
        path: ['input', 'attestations', '0', 'claims', claim],
        rule,
      },
    ],
  });

  it('is not offered before both have agreed, nor after one of them has ended it', async () => {
    const terms = newTerms();
    const none = refusedAt('agreement_reference', 'not_in_force');
    expect(await offer(placed(terms))).toEqual(none);
    const { agreement } = await decideAgreement(bench, 'propose', 'RZ2', {
      ...terms,
      odsCode: 'RZ1',
    });
    expect(await offer(placed(terms))).toEqual(none);
    await decideAgreement(bench, 'accept', 'RZ1', { agreementId: agreement?.id });
    expect((await offer(placed(terms))).errors).toEqual([]);
    await decideAgreement(bench, 'end', 'RZ2', { agreementId: agreement?.id });
    expect(await offer(placed(terms))).toEqual(none);
  });

  it('says what the agreement says, of the two organisations that made it, while it is in force', async () => {
    const terms = newTerms();
    await agree(bench, terms);
    const said = (change: object) => offer(placed(terms, change));
    const none = refusedAt('agreement_reference', 'not_in_force');
    expect(await said({ agreement_starts_on: '2026-03-31' })).toEqual(
      refusedAt('agreement_starts_on', 'not_as_agreed'),
    );
    expect(await said({ agreement_ends_on: '2026-09-01' })).toEqual(
      refusedAt('agreement_ends_on', 'not_as_agreed'),
    );
    expect(await said({ host_ods_code: 'RZ3' })).toEqual(none);
    expect(await said({ agreement_reference: 'MOU/0' })).toEqual(none);
    time = Date.parse('2026-03-31T22:59:59Z');
    expect(await said({})).toEqual(none);
    // Midnight in London, in summer time.
    time = Date.parse('2026-03-31T23:00:00Z');
    expect((await said({})).errors).toEqual([]);
  });

  it('is not signed when the agreement ended after the offer', async () => {
    const terms = newTerms();
    const agreementId = await agree(bench, terms);
    const { offer: made } = await offer(placed(terms));
    await decideAgreement(bench, 'end', 'RZ2', { agreementId });
    expect(await issue(made?.id)).toEqual({
      issued: [],
      errors: [{ code: 'NO_AGREEMENT', path: ['input', 'type'], rule: null }],
    });
  });

  it('is given up when the agreement ends while it is being signed', async () => {
    const terms = newTerms();
    const agreementId = await agree(bench, terms);
    const { offer: made } = await offer(placed(terms));
    whileSigning = () => decideAgreement(bench, 'end', 'RZ1', { agreementId });
    const key = newKey();
    const { issued, errors } = await issue(made?.id, key);
    expect([issued, errors[0]?.code]).toEqual([[], 'NO_AGREEMENT']);
    expect(await ports.credentials?.findBatch(key)).toEqual([]);
    expect(await endDue()).toBe(1);
  });
});

describe('a placement', () => {
  it('is over after 23:59:59 in London on its last day, at the host alone', async () => {
    const terms = newTerms();
    await agree(bench, terms);
    const { position } = await endings();
    const { sdJwt } = await issueTo(bench, {
      staffId: 'stf_amara',
      odsCode: 'RZ1',
      type: 'TEMPORARY_PLACEMENT',
      attestations: [placed(terms)],
    });
    const end = Date.parse('2026-06-30T22:59:59Z');
    expect(splitCompactJws(sdJwt.split('~')[0] ?? '').payload['exp']).toBe(end / 1000);
    time = end;
    expect([await endDue(), await endings(position)]).toEqual([0, { events: [], position }]);
    time = end + 1_000;
    expect(await endDue()).toBe(1);
    const page = await endings(position);
    expect(page.events).toEqual([
      {
        type: 'PLACEMENT_ENDED',
        staffId: 'stf_amara',
        odsCode: 'RZ2',
        at: '2026-06-30T23:00:00.000Z',
        placedThere: false,
      },
    ]);
    expect([await endDue(), await endings(page.position)]).toEqual([
      0,
      { events: [], position: page.position },
    ]);
  });

  it('is over with its agreement, which takes its credential along, and not while another goes on', async () => {
    const terms = newTerms();
    const other = newTerms();
    const agreementId = await agree(bench, terms);
    await agree(bench, other);
    const place = (attestation: object) =>
      issueTo(bench, {
        staffId: 'stf_bola',
        odsCode: 'RZ1',
        type: 'TEMPORARY_PLACEMENT',
        attestations: [attestation],
      });
    const first = await place(placed(terms));
    const second = await place(placed(other));
    const { position } = await endings();
    await decideAgreement(bench, 'end', 'RZ2', { agreementId });
    expect(await endDue()).toBe(1);
    expect([await stateOf(first.credential.id), await stateOf(second.credential.id)]).toEqual([
      'REVOKED',
      'ACTIVE',
    ]);
    expect((await endings(position)).events).toEqual([
      expect.objectContaining({ staffId: 'stf_bola', odsCode: 'RZ2', placedThere: true }),
    ]);
  });

  it('without licence is over when its credential is revoked, and not while it is paused', async () => {
    const { position } = await endings();
    const { credential } = await issueTo(bench, {
      staffId: 'stf_cora',
      odsCode: 'RZ1',
      type: 'TEMPORARY_PLACEMENT',
      attestations: [
        placed(newTerms(), {
          licence_to_attend: false,
          agreement_reference: undefined,
          agreement_starts_on: undefined,
          agreement_ends_on: undefined,
        }),
      ],
    });
    const change = (operation: string, reason: string) =>
      bench.ask(callers.administrator('RZ1'), operation, {
        input: { idempotencyKey: newKey(), credentialId: credential.id, reason },
      });
    await change(operations.suspend, 'SUSPECT_NO_LONGER_VALID');
    expect(await endDue()).toBe(0);
    await change(operations.revoke, 'NO_LONGER_VALID');
    expect(await endDue()).toBe(1);
    expect((await endings(position)).events).toEqual([
      expect.objectContaining({ staffId: 'stf_cora', odsCode: 'RZ2', placedThere: false }),
    ]);
  });

  it('is told of to our own service alone', async () => {
    for (const caller of [callers.hr('RZ1'), callers.administrator('RZ2')]) {
      const { errors } = await bench.ask(
        caller,
        '{ placementEvents(type: PLACEMENT_ENDED) { position } }',
      );
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });
});

it.each([
  ['2026-01-15', '2026-01-15T23:59:59.000Z'],
  ['2026-06-30', '2026-06-30T22:59:59.000Z'],
  // The days on which the clocks change.
  ['2026-03-28', '2026-03-28T23:59:59.000Z'],
  ['2026-03-29', '2026-03-29T22:59:59.000Z'],
  ['2026-10-24', '2026-10-24T22:59:59.000Z'],
  ['2026-10-25', '2026-10-25T23:59:59.000Z'],
])('the day %s ends in London at %s', (day, end) => {
  expect(endOfUkDay(day).toISOString()).toBe(end);
  expect(ukDay(endOfUkDay(day))).toBe(day);
  expect(ukDay(new Date(Date.parse(end) + 1_000))).not.toBe(day);
});
