/** Employment checks as a trust asks for them: what was presented, what changes, what people decide, under which policy. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import type { Caller } from '../../../../../runtime/caller-statement.ts';
import { type Database, openEmbedded } from '../../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../../runtime/embedded-database.ts';
import { DEFAULT_POLICY } from '../../../../../subgraphs/passport/domain/policy.ts';
import { startTestEngine } from '../../../../servers/embedded.ts';
import { attested } from '../attested-claims.ts';
import {
  type Bench,
  callers,
  type GraphRecord,
  issueTo,
  newKey,
  newSettings,
  nurse,
  operations,
  startPassport,
} from '../passport-bench.ts';

interface Decision {
  readonly id: string;
  readonly reason: string;
  readonly decidedBy: string;
}
interface Check {
  readonly check: string;
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly endsOn: string | null;
  readonly settled: boolean;
  readonly assurance: {
    readonly organisation: { readonly odsCode: string } | null;
    readonly name: string | null;
    readonly standard: string;
    readonly outcome: string | null;
  } | null;
  readonly evidence: readonly {
    readonly outcome: string;
    readonly statusAsOf: string | null;
    readonly claims: Readonly<Record<string, unknown>> | null;
  }[];
  readonly bypass: Decision | null;
  readonly originalsSeen: Decision | null;
}
interface Checks {
  readonly holder: { readonly id: string } | null;
  readonly staffGroup: string | null;
  readonly policy: { readonly version: number };
  readonly checks: readonly Check[];
  readonly training: readonly { readonly subject: string; readonly outcome: string }[];
  readonly missing: readonly string[];
  readonly complete: boolean;
}
interface Policy {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly staffGroup: string | null;
  readonly copiedFrom: { readonly odsCode: string } | null;
  readonly content: object;
}
interface UserErrors {
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
}
interface Data {
  readonly employmentChecks: Checks | null;
  readonly decided: UserErrors & { readonly decision: Decision | null };
  readonly withdrawn: UserErrors;
  readonly changed: UserErrors & { readonly policy: Policy | null };
  readonly imported: UserErrors & { readonly policies: readonly Policy[] };
  readonly checkPolicy: Policy | null;
  readonly checkPolicies: { readonly edges: readonly { readonly node: Policy }[] };
  readonly checkPolicyBlueprint: { readonly jwt: string } | null;
  readonly checkPolicyDryRun: {
    readonly looked: number;
    readonly edges: readonly {
      readonly node: {
        readonly person: { readonly id: string };
        readonly checks: readonly {
          readonly check: string;
          readonly from: string;
          readonly to: string;
        }[];
        readonly training: readonly { readonly subject: string; readonly outcome: string }[];
        readonly missing: readonly string[];
      };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  } | null;
}
interface Answer {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  readonly extensions?: { readonly people?: readonly string[] };
}

const DECISION = 'id reason decidedBy';
const POLICY = `id version state staffGroup copiedFrom { odsCode } content {
  notApplicable requiredTypes status { onlineMaxAgeSeconds offlineMaxAgeSeconds } identity { minimumConfidence }
  registration { readRecord readWithinHours hcpcReadWithinHours } history { months gapDays }
  criminalRecord { level workforce years portableInTraining } workHealth { exposureProneProcedures }
  training { subject level renewalMonths } }`;
const CHECKS = `query ($by: EmploymentChecksBy!, $staffGroup: StaffGroup, $policyId: ID) {
  employmentChecks(by: $by, staffGroup: $staffGroup, policyId: $policyId) {
    holder { id } staffGroup policy { version } missing complete
    training { subject outcome }
    checks { check outcome reasons endsOn settled
      assurance { organisation { odsCode } name standard outcome }
      evidence { outcome statusAsOf claims }
      bypass { ${DECISION} } originalsSeen { ${DECISION} } } } }`;
const RECORD = `mutation ($input: EmploymentCheckRecordInput!) {
  decided: employmentCheckRecord(input: $input) { decision { ${DECISION} } errors { code path } } }`;
const BYPASS = `mutation ($input: EmploymentCheckBypassInput!) {
  decided: employmentCheckBypass(input: $input) { decision { ${DECISION} } errors { code path } } }`;
const WITHDRAW = `mutation ($input: EmploymentCheckWithdrawInput!) {
  withdrawn: employmentCheckWithdraw(input: $input) { errors { code path } } }`;
const DRAFT = `mutation ($input: CheckPolicyDraftInput!) {
  changed: checkPolicyDraft(input: $input) { policy { ${POLICY} } errors { code path } } }`;
const ACTIVATE = `mutation ($input: CheckPolicyActivateInput!) {
  changed: checkPolicyActivate(input: $input) { policy { ${POLICY} } errors { code path } } }`;
const IMPORT = `mutation ($input: CheckPolicyImportInput!) {
  imported: checkPolicyImport(input: $input) { policies { ${POLICY} } errors { code path } } }`;
const DRY_RUN = `query ($id: ID!, $first: Int! = 20, $after: String) {
  checkPolicyDryRun(id: $id, first: $first, after: $after) { looked
    edges { node { person { id } checks { check from to } training { subject outcome } missing } }
    pageInfo { hasNextPage endCursor } } }`;
const BLUEPRINT = 'query ($ids: [ID!]) { checkPolicyBlueprint(ids: $ids) { jwt } }';

const AMARA = 'stf_amara';
const BEN = 'stf_ben';
const TYPES = [
  'IDENTITY',
  'RIGHT_TO_WORK',
  'PROFESSIONAL_REGISTRATION',
  'EMPLOYMENT_ASSIGNMENT',
  'OCCUPATIONAL_HEALTH',
  'DBS_OUTCOME',
  'CORE_SKILLS_TRAINING',
] as const;
const ASSURED = {
  assuranceOutcome: 'Onboarding complete',
  verifier: 'Origin',
  verificationMethod: 'Document Verification',
  lastRefresh: '2026-11-20T09:00:00Z',
};

const people = new Map<string, GraphRecord | undefined>();
let engine: EmbeddedEngine;
let database: Database;
let bench: Bench;
let held: ReadonlyMap<string, string>;
let presentationId: string;

const ask = async (caller: Caller, query: string, variables: object = {}): Promise<Answer> =>
  (await bench.send(caller, '/graphql', { query, variables })).json();
const hr = callers.hr('RZ2');
const administrator = callers.administrator('RZ2');

/** Issues credentials of these kinds at RZ1 and presents them to RZ2 in one answer. */
async function present(staffId: string, types: readonly string[]) {
  const wallets = new Map<string, Awaited<ReturnType<typeof issueTo>>>();
  for (const type of types) {
    const claims = (attested as Readonly<Record<string, object>>)[type];
    const attestations = claims === undefined ? [] : [{ type, claims, provenance: ASSURED }];
    wallets.set(type, await issueTo(bench, { staffId, odsCode: 'RZ1', type, attestations }));
  }
  const asked = await bench.ask(hr, operations.request, {
    input: { idempotencyKey: newKey(), template: 'PERMANENT_MOVE' },
  });
  const request = asked.data?.presentationRequest.request;
  if (request === undefined) throw new Error('no request');
  const vpToken: Record<string, string[]> = {};
  for (const [type, { wallet, sdJwt }] of wallets) {
    const id = type.toLowerCase().replaceAll('_', '-');
    vpToken[id] = [await wallet.present(sdJwt, request, new Date())];
  }
  const verified = await bench.ask(hr, operations.verify, {
    input: { requestId: request.id, vpToken },
  });
  expect(verified.data?.presentationVerify.result?.outcome).toBe('VALID');
  return {
    presentationId: request.id,
    held: new Map([...wallets].map(([type, { credential }]) => [type, credential.id])),
  };
}

const checksOf = async (variables: object, caller: Caller = hr): Promise<Checks | null> => {
  const { data, errors } = await ask(caller, CHECKS, variables);
  expect(errors).toBeUndefined();
  return data?.employmentChecks ?? null;
};
const about = async (check: string, variables: object = { by: { staffId: AMARA } }) => {
  const found = (await checksOf(variables))?.checks.find((one) => one.check === check);
  if (found === undefined) throw new Error('six checks are always answered');
  return found;
};
const line = ({ outcome, reasons, endsOn }: Check): string =>
  [outcome, ...reasons, ...(endsOn === null ? [] : [endsOn])].join(' ');

const bypassOf = (input: object, caller: Caller = hr) =>
  ask(caller, BYPASS, {
    input: {
      idempotencyKey: newKey(),
      staffId: AMARA,
      check: 'CRIMINAL_RECORD',
      reason: 'Starts in a supervised role; certificate expected on Friday',
      ...input,
    },
  });

const draft = async (caller: Caller, content: object, more: object = {}): Promise<Policy> => {
  const { data } = await ask(caller, DRAFT, {
    input: { idempotencyKey: newKey(), content: { ...DEFAULT_POLICY, ...content }, ...more },
  });
  const policy = data?.changed.policy;
  if (policy == null) throw new Error(`no draft: ${JSON.stringify(data?.changed.errors)}`);
  return policy;
};
const activate = (caller: Caller, policyId: string) =>
  ask(caller, ACTIVATE, { input: { idempotencyKey: newKey(), policyId } });

beforeAll(async () => {
  engine = await startTestEngine();
  database = openEmbedded(engine);
  const justRead = { lastCheckedAt: new Date(Date.now() - 3_600_000).toISOString() };
  for (const id of [AMARA, BEN]) {
    const record = nurse(id);
    const [registration] = record.registrations;
    people.set(id, { ...record, registrations: [{ ...registration, ...justRead }] });
  }
  bench = await startPassport({ database, settings: newSettings(), people });
  ({ held, presentationId } = await present(AMARA, TYPES));
  await present(BEN, ['IDENTITY', 'EMPLOYMENT_ASSIGNMENT', 'OCCUPATIONAL_HEALTH']);
});
beforeEach(async () => {
  // Every test begins with what was presented alone.
  await sql`delete from passport.check_decision`.execute(database.schema('passport'));
  await sql`delete from passport.check_policy`.execute(database.schema('passport'));
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
});

describe('one query', () => {
  it.each([
    ['by the person', () => ({ by: { staffId: AMARA } })],
    ['by the presentation', () => ({ by: { presentationId } })],
  ])(
    'answers all six %s, with evidence, who assured it and to what standard',
    async (_by, asked) => {
      const answer = await checksOf(asked());
      expect(answer?.checks.map((one) => [one.check, line(one)])).toEqual([
        ['IDENTITY', 'PASS ORIGINALS_NOT_SEEN'],
        ['RIGHT_TO_WORK', 'PASS TIME_LIMITED 2028-03-31'],
        ['PROFESSIONAL_REGISTRATION', 'PASS 2030-09-30'],
        ['EMPLOYMENT_HISTORY', 'PASS'],
        ['WORK_HEALTH', 'PASS 2028-11-03'],
        ['CRIMINAL_RECORD', 'NEEDS_LOCAL_CHECK DBS_PORTED 2029-10-29'],
      ]);
      expect(answer).toMatchObject({
        holder: { id: AMARA },
        staffGroup: 'NURSING_AND_MIDWIFERY_REGISTERED',
        policy: { version: 0 },
        missing: [],
        complete: false,
      });
      expect(answer?.checks.map(({ assurance }) => assurance?.standard)).toEqual([
        'NHS Employment Check Standards: identity',
        'NHS Employment Check Standards: right to work',
        'NHS Employment Check Standards: professional registration',
        'Local contractual arrangement',
        'NHS Employment Check Standards: work health assessment',
        'NHS Employment Check Standards: criminal record',
      ]);
      const [identity, , registration] = answer?.checks ?? [];
      expect(identity?.assurance?.organisation).toEqual({ odsCode: 'RZ1' });
      expect(identity?.evidence[0]?.claims).toMatchObject({ family_name: 'Okafor-Lindqvist' });
      expect(registration?.assurance).toEqual({
        organisation: null,
        name: 'NMC',
        standard: 'NHS Employment Check Standards: professional registration',
        outcome: 'REGISTERED',
      });
      expect(answer?.checks.every(({ evidence }) => evidence[0]?.statusAsOf !== null)).toBe(true);
      expect(answer?.training.find(({ subject }) => subject === 'FIRE_SAFETY')?.outcome).toBe(
        'PASS',
      );
    },
  );

  it('is written to the person’s access log', async () => {
    const { extensions } = await ask(hr, CHECKS, { by: { staffId: AMARA } });
    expect(extensions?.people).toEqual([AMARA]);
  });

  it.each([
    ['another trust', () => callers.hr('RZ3'), () => ({ by: { staffId: AMARA } })],
    [
      'another trust, by the presentation',
      () => callers.hr('RZ3'),
      () => ({ by: { presentationId } }),
    ],
    ['the person', () => callers.staff(AMARA), () => ({ by: { staffId: AMARA } })],
    ['nobody known', () => hr, () => ({ by: { staffId: 'stf_nobody' } })],
    ['a policy of nobody’s', () => hr, () => ({ by: { staffId: AMARA }, policyId: 'pol_none' })],
  ])('says the same of %s as of somebody who is not there', async (_who, caller, asked) => {
    const { data, errors, extensions } = await ask(caller(), CHECKS, asked());
    expect([data?.employmentChecks, errors, extensions?.people ?? []]).toEqual([
      null,
      undefined,
      [],
    ]);
  });

  it.each<[string, Caller, string]>([
    ['an administrator', administrator, 'FORBIDDEN'],
    [
      'HR without a purpose',
      { ...hr, purpose: undefined } as unknown as Caller,
      'PURPOSE_REQUIRED',
    ],
  ])('is not for %s', async (_who, caller, code) => {
    const { errors } = await ask(caller, CHECKS, { by: { staffId: AMARA } });
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it('wants one of the two', async () => {
    const { errors } = await ask(hr, CHECKS, { by: { staffId: AMARA, presentationId } });
    expect(errors).toHaveLength(1);
  });

  it('says what holds now, not what held when it was presented', async () => {
    const change = (operation: string, reason: string) =>
      bench.ask(callers.administrator('RZ1'), operation, {
        input: {
          idempotencyKey: newKey(),
          credentialId: held.get('PROFESSIONAL_REGISTRATION'),
          reason,
        },
      });
    await change(operations.suspend, 'REGISTRATION_SUSPENDED');
    expect(line(await about('PROFESSIONAL_REGISTRATION'))).toBe('FAIL CREDENTIAL_SUSPENDED');
    await change(operations.reinstate, 'REINSTATED');
    expect(line(await about('PROFESSIONAL_REGISTRATION'))).toBe('PASS 2030-09-30');
  });

  it('has the register, not the credential, answer for a registration', async () => {
    const record = people.get(AMARA);
    people.set(AMARA, undefined);
    expect(line(await about('PROFESSIONAL_REGISTRATION'))).toContain('REGISTER_UNAVAILABLE');
    people.set(AMARA, { ...nurse(AMARA), registrations: [] });
    expect(line(await about('PROFESSIONAL_REGISTRATION'))).toContain('REGISTER_NOT_READ');
    people.set(AMARA, record);
  });
});

describe('what people of the trust do', () => {
  it('settles a check: originals seen, a check of their own, each under a name', async () => {
    const record = (input: object) =>
      ask(hr, RECORD, { input: { idempotencyKey: newKey(), staffId: AMARA, ...input } });
    const seen = await record({ check: 'IDENTITY', standard: 'Passport seen on the first day' });
    expect(seen.data?.decided).toEqual({
      decision: {
        id: expect.stringMatching(/^dec_/),
        reason: 'Passport seen on the first day',
        decidedBy: 'HR of RZ2',
      },
      errors: [],
    });
    const checked = await record({
      check: 'CRIMINAL_RECORD',
      outcome: 'PASS',
      standard: 'Fresh enhanced certificate seen',
      endsOn: '2029-11-01',
    });
    expect(checked.extensions?.people).toEqual([AMARA]);
    expect(await about('IDENTITY')).toMatchObject({
      outcome: 'PASS',
      reasons: [],
      settled: true,
      originalsSeen: { decidedBy: 'HR of RZ2' },
    });
    expect(await about('CRIMINAL_RECORD')).toMatchObject({
      outcome: 'PASS',
      endsOn: '2029-11-01',
      assurance: { name: 'HR of RZ2', standard: 'Fresh enhanced certificate seen' },
    });
    // What a presentation of the same person says is the same.
    expect((await about('CRIMINAL_RECORD', { by: { presentationId } })).outcome).toBe('PASS');
  });

  it('goes on without a check, which changes no outcome, and is in the log', async () => {
    const { data } = await bypassOf({});
    const found = await about('CRIMINAL_RECORD');
    expect(line(found)).toBe('NEEDS_LOCAL_CHECK DBS_PORTED BYPASSED 2029-10-29');
    expect([found.settled, found.bypass]).toEqual([true, data?.decided.decision]);
    const { rows } = await sql<{ actor: string; action: string; details: object }>`
      select actor, action, details from passport.audit_event where subject = ${found.bypass?.id}`.execute(
      database.schema('passport'),
    );
    expect(rows).toEqual([
      {
        actor: hr.subject,
        action: 'employment-check.decided',
        details: {
          staffId: AMARA,
          check: 'CRIMINAL_RECORD',
          kind: 'BYPASSED',
          outcome: null,
          endsOn: null,
        },
      },
    ]);
    const stored = await sql<{ sealed_reason: string }>`
      select sealed_reason from passport.check_decision`.execute(database.schema('passport'));
    expect(stored.rows[0]?.sealed_reason).not.toContain('supervised');
  });

  it.each<[string, object, string[]]>([
    ['no reason', { reason: ' ' }, ['input', 'reason']],
    ['a reason too long', { reason: 'x'.repeat(501) }, ['input', 'reason']],
    ['a National Insurance number', { reason: 'See QQ 12 34 56 C' }, ['input', 'reason']],
    ['an end that has passed', { endsOn: '2020-01-01' }, ['input', 'endsOn']],
    ['an end that is no day', { endsOn: 'Friday' }, ['input', 'endsOn']],
    ['somebody whom it has never seen', { staffId: 'stf_nobody' }, ['input', 'staffId']],
    ['no key', { idempotencyKey: '' }, ['input', 'idempotencyKey']],
  ])('is refused with %s', async (_what, input, path) => {
    const { data } = await bypassOf(input);
    expect([data?.decided.decision, data?.decided.errors[0]?.path]).toEqual([null, path]);
  });

  it('is for people of a trust that has seen the person', async () => {
    const elsewhere = await bypassOf({}, callers.hr('RZ3'));
    expect(elsewhere.data?.decided.errors[0]?.code).toBe('NOT_FOUND');
    const system: Caller = { ...hr, kind: 'machine' };
    expect((await bypassOf({}, system)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const { errors } = await bypassOf({}, callers.staff(AMARA));
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('is for nobody about themselves', async () => {
    const herself = { ...hr, subject: AMARA };
    const own = await bypassOf({}, herself);
    expect(own.data?.decided.errors[0]?.path).toEqual(['input', 'staffId']);
    const failed = await ask(hr, RECORD, {
      input: {
        idempotencyKey: newKey(),
        staffId: AMARA,
        check: 'CRIMINAL_RECORD',
        outcome: 'FAIL',
        standard: 'Certificate of another person',
      },
    });
    const decisionId = failed.data?.decided.decision?.id;
    const { data } = await ask(herself, WITHDRAW, {
      input: { idempotencyKey: newKey(), decisionId },
    });
    expect(data?.withdrawn.errors[0]?.code).toBe('NOT_FOUND');
    expect((await about('CRIMINAL_RECORD')).outcome).toBe('FAIL');
  });

  it('has no originals to see of a criminal record', async () => {
    const { data } = await ask(hr, RECORD, {
      input: {
        idempotencyKey: newKey(),
        staffId: AMARA,
        check: 'CRIMINAL_RECORD',
        standard: 'Seen',
      },
    });
    expect(data?.decided.errors[0]?.path).toEqual(['input', 'check']);
  });

  it('is noted once for one key, and taken back once', async () => {
    const key = newKey();
    const [first, again] = [
      await bypassOf({ idempotencyKey: key }),
      await bypassOf({ idempotencyKey: key }),
    ];
    expect(again.data?.decided).toEqual(first.data?.decided);
    const other = await bypassOf({ idempotencyKey: key, reason: 'Something else' });
    expect(other.data?.decided.errors[0]?.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const decisionId = first.data?.decided.decision?.id;
    const withdraw = (caller: Caller) =>
      ask(caller, WITHDRAW, { input: { idempotencyKey: newKey(), decisionId } });
    const elsewhere = await withdraw(callers.hr('RZ3'));
    expect(elsewhere.data?.withdrawn.errors[0]?.code).toBe('NOT_FOUND');
    expect((await withdraw(hr)).data?.withdrawn.errors).toEqual([]);
    expect((await withdraw(hr)).data?.withdrawn.errors[0]?.code).toBe('NOT_FOUND');
    expect((await about('CRIMINAL_RECORD')).bypass).toBeNull();
  });
});

describe('policies', () => {
  it('are drafts first, count their versions, and one is in force', async () => {
    const first = await draft(administrator, { training: [] });
    expect(first).toMatchObject({ version: 1, state: 'DRAFT', staffGroup: null });
    expect((await checksOf({ by: { staffId: AMARA } }))?.policy.version).toBe(0);
    expect((await activate(administrator, first.id)).data?.changed.policy?.state).toBe('IN_FORCE');
    const second = await draft(administrator, { training: [], requiredTypes: ['VACCINATION'] });
    await activate(administrator, second.id);
    const answer = await checksOf({ by: { staffId: AMARA } });
    expect([answer?.policy.version, answer?.missing]).toEqual([2, ['VACCINATION']]);
    const { data } = await ask(
      hr,
      `{ checkPolicies { edges { node { ${POLICY} } } } checkPolicy(id: "${first.id}") { ${POLICY} } }`,
    );
    expect(data?.checkPolicies.edges.map(({ node }) => [node.version, node.state])).toEqual([
      [2, 'IN_FORCE'],
      [1, 'REPLACED'],
    ]);
    expect(data?.checkPolicy?.content).toMatchObject({ training: [], requiredTypes: [] });
    // A version that was replaced stays so, and can still be asked about.
    expect((await activate(administrator, first.id)).data?.changed.errors[0]?.code).toBe(
      'NOT_FOUND',
    );
    const old = await checksOf({ by: { staffId: AMARA }, policyId: first.id });
    expect([old?.policy.version, old?.missing]).toEqual([1, []]);
  });

  it('of a staff group are for its people alone', async () => {
    const clerical = 'ADMINISTRATIVE_AND_CLERICAL';
    const without = { notApplicable: ['PROFESSIONAL_REGISTRATION', 'CRIMINAL_RECORD'] };
    const { id } = await draft(administrator, without, { staffGroup: clerical });
    await activate(administrator, id);
    const as = (staffGroup?: string) =>
      about('CRIMINAL_RECORD', { by: { staffId: AMARA }, staffGroup });
    expect((await as()).outcome).toBe('NEEDS_LOCAL_CHECK');
    expect((await as(clerical)).outcome).toBe('NOT_APPLICABLE');
  });

  it.each<[string, object, string[]]>([
    ['waives who somebody is', { notApplicable: ['IDENTITY'] }, ['notApplicable', '0']],
    [
      'lets a certificate count for ever',
      { criminalRecord: { ...DEFAULT_POLICY.criminalRecord, years: 4 } },
      ['criminalRecord', 'years'],
    ],
    ['asks for the same twice', { requiredTypes: ['IDENTITY', 'IDENTITY'] }, ['requiredTypes']],
    [
      'lets a status be a week old online',
      { status: { onlineMaxAgeSeconds: 604_800, offlineMaxAgeSeconds: 86_400 } },
      ['status', 'onlineMaxAgeSeconds'],
    ],
  ])('are refused when one %s', async (_what, content, path) => {
    const input = { idempotencyKey: newKey(), content: { ...DEFAULT_POLICY, ...content } };
    const { data } = await ask(administrator, DRAFT, { input });
    expect(data?.changed.errors).toEqual([
      { code: 'INVALID_VALUE', path: ['input', 'content', ...path] },
    ]);
  });

  it('are changed by administrators, each of their own trust', async () => {
    const { id } = await draft(administrator, {});
    const others = callers.administrator('RZ3');
    expect((await activate(others, id)).data?.changed.errors[0]?.code).toBe('NOT_FOUND');
    expect((await activate(hr, id)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const seen = await ask(others, `{ checkPolicy(id: "${id}") { ${POLICY} } }`);
    expect(seen.data?.checkPolicy).toBeNull();
    expect((await ask(others, DRY_RUN, { id })).data?.checkPolicyDryRun).toBeNull();
    const blueprint = await ask(others, BLUEPRINT, { ids: [id] });
    expect(blueprint.data?.checkPolicyBlueprint).toBeNull();
    const first = await ask(hr, DRY_RUN, { id });
    expect(first.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('tell in a dry run who would newly fail, and at what', async () => {
    const stricter = await draft(administrator, {
      workHealth: { exposureProneProcedures: true },
      history: { months: 120, gapDays: 0 },
      requiredTypes: ['CORE_SKILLS_TRAINING'],
      registration: { ...DEFAULT_POLICY.registration, readRecord: false },
      training: [{ subject: 'FIRE_SAFETY', renewalMonths: 6 }],
    });
    const { data, extensions } = await ask(administrator, DRY_RUN, { id: stricter.id });
    const history = { check: 'EMPLOYMENT_HISTORY', from: 'PASS', to: 'NEEDS_LOCAL_CHECK' };
    expect(data?.checkPolicyDryRun).toEqual({
      looked: 2,
      edges: [
        {
          node: {
            person: { id: AMARA },
            checks: [
              {
                check: 'PROFESSIONAL_REGISTRATION',
                from: 'PASS',
                to: 'NEEDS_LOCAL_CHECK',
              },
              history,
            ],
            training: [{ subject: 'FIRE_SAFETY', outcome: 'EXPIRED' }],
            missing: [],
          },
        },
        {
          node: {
            person: { id: BEN },
            checks: [history],
            training: [],
            missing: ['CORE_SKILLS_TRAINING'],
          },
        },
      ],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
    expect(extensions?.people).toEqual([AMARA, BEN]);
    // It has changed nothing.
    expect((await about('EMPLOYMENT_HISTORY')).outcome).toBe('PASS');
    const page = async (after?: string | null) =>
      (await ask(administrator, DRY_RUN, { id: stricter.id, first: 1, after })).data
        ?.checkPolicyDryRun;
    const first = await page();
    const second = await page(first?.pageInfo.endCursor);
    expect([first, second].map((one) => one?.edges.map(({ node }) => node.person.id))).toEqual([
      [AMARA],
      [BEN],
    ]);
    const clerical = await draft(
      administrator,
      { requiredTypes: ['VACCINATION'] },
      { staffGroup: 'ADMINISTRATIVE_AND_CLERICAL' },
    );
    const nobody = (await ask(administrator, DRY_RUN, { id: clerical.id })).data?.checkPolicyDryRun;
    expect([nobody?.looked, nobody?.edges]).toEqual([2, []]);
  });

  it('go to another trust as a signed blueprint, and become its drafts', async () => {
    const group = 'MEDICAL_AND_DENTAL';
    const everybody = await draft(administrator, { requiredTypes: ['IDENTITY'] });
    const medical = await draft(
      administrator,
      { history: { months: 60, gapDays: 14 } },
      { staffGroup: group },
    );
    for (const { id } of [everybody, medical]) await activate(administrator, id);
    const jwt = (await ask(hr, BLUEPRINT)).data?.checkPolicyBlueprint?.jwt ?? '';
    const receiver = callers.administrator('RZ3');
    const importing = (blueprint: string, idempotencyKey = newKey()) =>
      ask(receiver, IMPORT, { input: { idempotencyKey, blueprint } });
    const key = newKey();
    const { data } = await importing(jwt, key);
    expect(data?.imported.policies).toMatchObject([
      {
        version: 1,
        state: 'DRAFT',
        staffGroup: null,
        copiedFrom: { odsCode: 'RZ2' },
        content: everybody.content,
      },
      {
        version: 1,
        state: 'DRAFT',
        staffGroup: group,
        copiedFrom: { odsCode: 'RZ2' },
        content: medical.content,
      },
    ]);
    expect((await importing(jwt, key)).data?.imported).toEqual(data?.imported);

    const [header = '', payload = '', signature = ''] = jwt.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const kept = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
    const { body: registry } = await bench.app.inject({ url: '/issuer-registry' });
    for (const [fault, forged] of [
      ['what it says', [header, encode({ ...claims, sub: 'RZ9' }), signature].join('.')],
      ['no signature', [header, payload, ''].join('.')],
      ['no algorithm', [encode({ ...kept, alg: 'none' }), payload, ''].join('.')],
      ['no certificate', [encode({ ...kept, x5c: [] }), payload, signature].join('.')],
      ['the register of issuers', registry],
      ['nothing', ''],
    ] as const) {
      const refused = await importing(forged);
      expect([
        fault,
        refused.data?.imported.errors[0]?.path,
        refused.data?.imported.policies,
      ]).toEqual([fault, ['input', 'blueprint'], []]);
    }
  });
});

describe('what was disclosed', () => {
  it('is no evidence any more once it has been erased', async () => {
    await sql`delete from passport.presentation_claims where presentation_id = ${presentationId}`.execute(
      database.schema('passport'),
    );
    const answer = await checksOf({ by: { staffId: AMARA }, staffGroup: 'STUDENTS' });
    expect(new Set(answer?.checks.map(({ outcome }) => outcome))).toEqual(
      new Set(['NEEDS_LOCAL_CHECK']),
    );
    expect(answer?.checks[0]?.evidence[0]?.claims).toBeNull();
  });
});
