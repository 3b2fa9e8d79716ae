import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type Database, openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import { splitCompactJws } from '../../../../standards/compact-jws.ts';
import { presentSdJwt } from '../../../../standards/sd-jwt/present-sd-jwt.ts';
import { createKeyBoundPresentation } from '../../../../standards/sd-jwt-vc/key-binding.ts';
import { reconcileIssuing } from '../../../../subgraphs/passport/domain/reconcile-issuing.ts';
import { postgresCredentials } from '../../../../subgraphs/passport/postgres/credentials.ts';
import type { PassportTables } from '../../../../subgraphs/passport/postgres/tables.ts';
import { agree } from './agreements.ts';
import { attested, type AttestedType } from './attested-claims.ts';
import {
  type Bench,
  callers,
  type GraphRecord,
  issueTo,
  newKey,
  newSettings,
  newWallet,
  nurse,
  ofOneCredential,
  operations,
  startPassport,
} from './passport-bench.ts';
import { startTestEngine } from '../../../servers/embedded.ts';

const people = new Map<string, GraphRecord | undefined>([
  ['stf_amara', nurse('stf_amara')],
  [
    'stf_trained',
    {
      ...nurse('stf_trained'),
      competences: ['Fire Safety', 'Safeguarding Adults', 'Moving and Handling'].map((subject) => ({
        framework: 'CSTF',
        subject,
        level: null,
        awardedBy: { odsCode: 'RZ1' },
        awardedOn: '2026-02-01',
        expiresOn: null,
      })),
    },
  ],
]);
let engine: EmbeddedEngine;
let database: Database;
let bench: Bench;
let time = Date.parse('2026-11-25T10:00:00Z');
const now = () => new Date(time);

beforeAll(async () => {
  engine = await startTestEngine();
  database = openEmbedded(engine);
  bench = await startPassport({ database, settings: newSettings(), people, now });
  const { agreement_reference, agreement_starts_on, agreement_ends_on } =
    attested.TEMPORARY_PLACEMENT;
  await agree(bench, {
    reference: agreement_reference,
    startsOn: agreement_starts_on,
    endsOn: agreement_ends_on,
  });
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
});

const provenance = {
  assuranceOutcome: 'Onboarding complete',
  verifier: 'Origin',
  verificationMethod: 'Document Verification',
  lastRefresh: '2026-11-20T09:00:00Z',
};
const attestation = (type: AttestedType, claims: object = attested[type]) => ({
  type,
  claims,
  provenance,
});
const offer = async (input: object, odsCode = 'RZ1') => {
  const { data } = await bench.ask(callers.hr(odsCode), operations.offer, {
    input: { idempotencyKey: newKey(), staffId: 'stf_amara', ...input },
  });
  if (data == null) throw new Error('no answer');
  return data.credentialOffer;
};
/** What rests in the table about an offer. */
const stored = async (id: string) =>
  database
    .schema<PassportTables>('passport')
    .selectFrom('offer')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

const ISSUERS: Readonly<Record<string, string>> = {
  TRAINING_PLACEMENT: 'X26',
  TRAINING_PROGRAMME: 'X26',
};

describe('an attested credential', () => {
  it.each(Object.keys(attested) as AttestedType[])(
    '%s reaches the wallet as HR stated it, and holds at another trust',
    async (type) => {
      const { sdJwt, wallet } = await issueTo(bench, {
        staffId: 'stf_amara',
        odsCode: ISSUERS[type] ?? 'RZ1',
        type,
        attestations: [attestation(type)],
      });
      const claims = Object.keys(attested[type]);
      const asked = await bench.ask(callers.hr('RZ2'), operations.request, {
        input: { idempotencyKey: newKey(), credentials: [{ type, claims }] },
      });
      if (asked.data == null) throw new Error('no request');
      const { request } = asked.data.presentationRequest;
      const presentation = await wallet.present(sdJwt, request, now());
      const checked = await bench.ask(callers.hr('RZ2'), operations.verify, {
        input: { requestId: request.id, presentation },
      });
      const result = ofOneCredential(checked.data?.presentationVerify.result);
      expect(result.checks.filter(({ outcome }) => outcome !== 'PASSED')).toEqual([]);
      expect(result).toMatchObject({
        outcome: 'VALID',
        claims: {
          ...attested[type],
          nhs: {
            provenance: {
              assurance_outcome: 'Onboarding complete',
              verification_method: 'Document Verification',
              last_refresh: '2026-11-20T09:00:00.000Z',
            },
          },
        },
      });
    },
  );

  it('is offered beside those of the record, and the same offer is given for the same key', async () => {
    const input = {
      idempotencyKey: newKey(),
      types: ['IDENTITY', 'VACCINATION'],
      attestations: [attestation('VACCINATION')],
    };
    const first = await offer(input);
    expect(first.errors).toEqual([]);
    expect(await offer(input)).toEqual(first);
    const other = { ...attested.VACCINATION, dose_number: 3 };
    const reused = await offer({ ...input, attestations: [attestation('VACCINATION', other)] });
    expect(reused.errors).toEqual([
      { code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'], rule: null },
    ]);
  });

  it('is refused by place and rule, and the value is not repeated', async () => {
    const claims = { ...attested.DBS_OUTCOME, certificate_number: '9990000018' };
    const answer = await offer({
      types: ['DBS_OUTCOME'],
      attestations: [attestation('DBS_OUTCOME', claims)],
    });
    expect(answer).toEqual({
      offer: null,
      errors: [
        {
          code: 'INVALID_VALUE',
          path: ['input', 'attestations', '0', 'claims', 'certificate_number'],
          rule: 'malformed',
        },
      ],
    });
  });

  it.each([
    ['nothing is stated', { types: ['VACCINATION'] }, ['types', '0'], 'attestation_required'],
    [
      'the record is stated',
      {
        types: ['EMPLOYMENT_ASSIGNMENT'],
        attestations: [{ type: 'EMPLOYMENT_ASSIGNMENT', claims: {} }],
      },
      ['attestations', '0', 'type'],
      'taken_from_record',
    ],
    [
      'it is not said how it was assured',
      {
        types: ['VACCINATION'],
        attestations: [{ ...attestation('VACCINATION'), provenance: null }],
      },
      ['attestations', '0', 'provenance', 'assuranceOutcome'],
      'required',
    ],
  ])('is refused when %s', async (_when, input, path, rule) => {
    expect((await offer(input)).errors).toEqual([
      { code: 'INVALID_VALUE', path: ['input', ...path], rule },
    ]);
  });

  it('of NHS England is not a trust’s to offer', async () => {
    const { errors } = await offer({
      types: ['TRAINING_PLACEMENT'],
      attestations: [attestation('TRAINING_PLACEMENT')],
    });
    expect(errors).toEqual([{ code: 'NOT_ACCREDITED', path: ['input', 'types'], rule: null }]);
  });

  it('ends with the last second of its last day', async () => {
    const { sdJwt } = await issueTo(bench, {
      staffId: 'stf_amara',
      odsCode: 'RZ1',
      type: 'TEMPORARY_PLACEMENT',
      attestations: [attestation('TEMPORARY_PLACEMENT')],
    });
    const { payload } = splitCompactJws(sdJwt.split('~')[0] ?? '');
    expect(payload['exp']).toBe(Date.parse('2027-02-28T23:59:59Z') / 1000);
  });

  it('rests sealed, and is forgotten once nobody can collect it', async () => {
    const { offer: made } = await offer({
      types: ['OCCUPATIONAL_HEALTH'],
      attestations: [attestation('OCCUPATIONAL_HEALTH')],
    });
    const id = made?.id ?? '';
    const row = await stored(id);
    expect(row.sealed_attestations).not.toBeNull();
    expect(JSON.stringify(row)).not.toMatch(/FIT|Ashbourne|extension/);
    const credentials = postgresCredentials(database.schema<PassportTables>('passport'));
    // Nothing is left half done here, so the other parts are not touched.
    const reconcile = () => reconcileIssuing({ credentials, now } as never);
    time += 14 * 60_000;
    await reconcile();
    expect((await stored(id)).sealed_attestations).not.toBeNull();
    time += 2 * 60_000;
    await reconcile();
    expect(await stored(id)).toMatchObject({
      sealed_attestations: null,
      sealed_answer: expect.any(String),
    });
    time -= 16 * 60_000;
  });

  it('opens for its own offer alone', async () => {
    const types = ['VACCINATION'];
    const [one, other] = await Promise.all(
      [1, 2].map((dose_number) =>
        offer({
          types,
          attestations: [attestation('VACCINATION', { ...attested.VACCINATION, dose_number })],
        }),
      ),
    );
    const { sealed_attestations } = await stored(other?.offer?.id ?? '');
    await database
      .schema<PassportTables>('passport')
      .updateTable('offer')
      .set({ sealed_attestations })
      .where('id', '=', one?.offer?.id ?? '')
      .execute();
    const answer = await bench.ask(callers.identity(), operations.issue, {
      input: {
        idempotencyKey: newKey(),
        offerId: one?.offer?.id,
        type: 'VACCINATION',
        holderKeys: [newWallet().jwk],
      },
    });
    expect(answer.data?.credentialIssue ?? null).toBeNull();
  });
});

describe('training', () => {
  async function held() {
    const issued = await issueTo(bench, {
      staffId: 'stf_trained',
      odsCode: 'RZ1',
      type: 'CORE_SKILLS_TRAINING',
    });
    const asked = await bench.ask(callers.hr('RZ2'), operations.request, {
      input: {
        idempotencyKey: newKey(),
        credentials: [{ type: 'CORE_SKILLS_TRAINING', claims: ['competences'] }],
      },
    });
    if (asked.data == null) throw new Error('no request');
    return { ...issued, request: asked.data.presentationRequest.request };
  }
  const check = async (
    { sdJwt, wallet, request }: Awaited<ReturnType<typeof held>>,
    courses: readonly number[],
  ) => {
    const presentation = presentSdJwt(
      sdJwt,
      ([name, index]) =>
        name === 'competences' && (index === undefined || courses.includes(Number(index))),
    );
    const { nonce, audience } = request;
    const bound = await createKeyBoundPresentation(
      { presentation, nonce, audience, now: now() },
      wallet.signer,
    );
    const { data } = await bench.ask(callers.hr('RZ2'), operations.verify, {
      input: { requestId: request.id, presentation: bound },
    });
    return ofOneCredential(data?.presentationVerify.result);
  };

  it('is shown course by course', async () => {
    const credential = await held();
    const result = await check(credential, [1]);
    expect(result.outcome).toBe('VALID');
    expect(result.claims).toMatchObject({
      competences: [{ subject: 'Safeguarding Adults', cstf_subject: 'SAFEGUARDING_ADULTS' }],
    });
    expect(JSON.stringify(result.claims)).not.toMatch(/Fire|Moving/);
    const log = await bench.ask(callers.staff('stf_trained'), operations.accessLog, {
      id: 'stf_trained',
    });
    expect(log.data?._entities[0].accessLog?.edges[0]?.node).toMatchObject({
      fields: ['competences'],
    });
  });

  it('is not shown by a list without a course', async () => {
    const result = await check(await held(), []);
    expect(result.outcome).toBe('INVALID');
    expect(result.checks.find(({ outcome }) => outcome === 'FAILED')?.code).toBe(
      'claims_not_disclosed',
    );
  });

  it('names no course in what is signed', async () => {
    const { sdJwt } = await held();
    const [jwt = '', ...disclosures] = sdJwt.split('~');
    expect(splitCompactJws(jwt).payload).not.toHaveProperty('competences');
    expect(disclosures.filter(Boolean)).toHaveLength(4);
  });
});
