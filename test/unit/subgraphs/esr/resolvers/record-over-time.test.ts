/** Records as they were on a day, what changed since a moment, and how little it takes to read many of them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Caller } from '../../../../../runtime/caller-statement.ts';
import { type Answer, startEsrServer } from '../esr-server.ts';

const MANY = 500;
const id = (number: number): string => `stf_${String(number).padStart(22, '0')}`;
const [RUTH, TWIN_ID, LEAVER, GONE] = [id(1), id(2), id(3), id(4)];

/**
 * Ruth, of RZ1 since 2020 and of RZ2 since 2024, has two ids. A leaver of RZ1, and one whose employment was taken out.
 * Everything happened on 1 November 2026 unless it says otherwise. Then as many people as a page holds, with everything.
 */
const FILL = `
insert into esr.organisation (ods_code, name, type, status, successor_ods_code, closed_on) values
  ('RZ1', 'One', 'NHS_TRUST', 'OPEN', null, null), ('RZ2', 'Two', 'NHS_TRUST', 'CLOSED', 'RZ1', '2026-04-01');
insert into esr.staff (id, birth_date) values
  ('${RUTH}', '1985-03-14'), ('${TWIN_ID}', '1985-03-14'), ('${LEAVER}', '1980-01-01'), ('${GONE}', '1981-01-01');
insert into esr.employment (ods_code, esr_person_id, staff_id, employee_number, person_type, birth_date, hire_date,
    termination_date, leaving_reason, ends_on, announced, changed_at) values
  ('RZ1', '1', '${RUTH}', '90000001', 'EMPLOYEE', '1985-03-14', '2020-01-06', null, null, null, true, '2026-11-01'),
  ('RZ2', '2', '${TWIN_ID}', '90000002', 'EMPLOYEE', '1985-03-14', '2024-01-08', null, null, null, true, '2026-11-10'),
  ('RZ1', '3', '${LEAVER}', '90000003', 'EX_EMPLOYEE', '1980-01-01', '2015-01-01', '2026-10-31',
    'Retirement Age', '2026-10-31', false, '2026-11-10');
insert into esr.employment_name (ods_code, esr_person_id, effective_from, effective_to, family, given) values
  ('RZ1', '1', '2020-01-06', '2022-06-30', 'Hawthorne', 'Ruth'),
  ('RZ1', '1', '2022-07-01', null, 'Webb', 'Ruth'), ('RZ2', '2', '2024-01-08', null, 'Hawthorne-Webb', 'Ruth');
insert into esr.assignment (ods_code, esr_assignment_id, id, esr_person_id, changed_at) values
  ('RZ1', '11', 'asg_1', '1', '2026-11-01'), ('RZ2', '12', 'asg_2', '2', '2026-11-10');
insert into esr.work_structure (ods_code, kind, esr_id, name, details, digest)
  values ('RZ1', 'LOCATION', '70', 'Ward 7', '{}', ''), ('RZ1', 'ORGANISATION', '80', 'Surgery', '{}', '');
insert into esr.assignment_version (ods_code, esr_assignment_id, effective_from, effective_to, assignment_number,
    is_primary, status, position_id, position_title, job_role, staff_group, user_status, employee_category,
    contract_type, occupation_code, hours, esr_location_id, esr_department_id) values
  ('RZ1', '11', '2020-01-06', '2023-12-31', '90000001', true, 'ACTIVE_APL', '5', 'Staff Nurse Band 5', 'Staff Nurse',
    'Nursing and Midwifery Registered', null, 'Full Time', 'Permanent', 'N6A', 37.5, '70', '80'),
  ('RZ1', '11', '2024-01-01', null, '90000001', true, 'ACTIVE_APL', '6', 'Sister Band 6', 'Sister/Charge Nurse',
    'Nursing and Midwifery Registered', 'Maternity & Adoption', 'Part Time', 'Permanent', 'N6A', 20, null, null),
  ('RZ2', '12', '2024-01-08', null, '90000002', true, 'ACTIVE_APL', '7', 'Bank Nurse', 'Ward wizard', null, null, null,
    'Bank', null, null, null, null);
insert into esr.registration (body, number, staff_id, status, last_checked_at, changed_at) values
  ('NMC', '14Z0003E', '${TWIN_ID}', 'SUSPENDED', '2026-11-10', '2026-11-10');
insert into esr.registration_version (body, number, read_from, status) values
  ('NMC', '14Z0003E', '2026-03-01T00:30:00Z', 'REGISTERED'), ('NMC', '14Z0003E', '2026-11-10', 'SUSPENDED');
insert into esr.competence (ods_code, staff_id, name, awarded_on, framework, subject, changed_at) values
  ('RZ1', '${RUTH}', 'Fire', '2024-05-01', 'CSTF', 'Fire', '2026-11-01'),
  ('RZ1', '${RUTH}', 'Fire', '2026-05-01', 'CSTF', 'Fire', '2026-11-10');
insert into esr.qualification (ods_code, staff_id, title, awarded_on, institution, withdrawn, changed_at) values
  ('RZ1', '${RUTH}', 'BSc Nursing', '2014-07-01', 'Somewhere', false, '2026-11-01');
insert into esr.training_placement (reference, staff_id, lead_ods_code, host_ods_code, national_post_number, specialty,
    grade, site, start_date, end_date, withdrawn, updated_at, changed_at) values
  ('P1', '${RUTH}', 'RZ1', 'RZ2', 'A/B/C/D/1', 'Surgery', 'STR', 'RZ201', '2026-08-05', '2027-08-03', false, '2026-11-01',
    '2026-11-01');
insert into esr.record_deletion (kind, ods_code, staff_id, employee_number, deleted_at) values
  ('EMPLOYMENT', 'RZ1', '${GONE}', '90000004', '2026-11-10'), ('EMPLOYMENT', 'RZ2', '${RUTH}', '90000009', '2026-11-01');
insert into esr.transfer (id, staff_id, to_ods, to_esr_person_id, from_ods, state, requested_at, requested_by, consent,
    consent_at, consent_recorded_by) values
  ('trf_0000000000000000000001', '${TWIN_ID}', 'RZ2', '2', 'RZ1', 'WITHDRAWN', '2026-11-01T10:00:00Z', 'hr', 'WITHDRAWN',
    '2026-11-03T10:00:00Z', 'PERSON');
insert into esr.transfer_act (transfer_id, at, actor, action, state, idempotency_key, request_hash) values
  ('trf_0000000000000000000001', '2026-11-01T10:00:00Z', 'hr', 'request', 'AWAITING_CONSENT', 'k1', ''),
  ('trf_0000000000000000000001', '2026-11-02T10:00:00Z', '${RUTH}', 'consent-give', 'CASE_OPEN', 'k2', ''),
  ('trf_0000000000000000000001', '2026-11-03T10:00:00Z', '${RUTH}', 'consent-withdraw', 'WITHDRAWN', 'k3', '');
insert into esr.staff (id, birth_date) select 'stf_' || lpad(n::text, 22, '0'), '1990-01-01'
  from generate_series(1000, ${String(999 + MANY)}) n;
insert into esr.organisation (ods_code, name, type, status) values ('RZ3', 'Three', 'NHS_TRUST', 'OPEN');
insert into esr.employment (ods_code, esr_person_id, staff_id, employee_number, person_type, birth_date, announced)
  select 'RZ3', n::text, 'stf_' || lpad(n::text, 22, '0'), '9' || lpad(n::text, 7, '0'), 'EMPLOYEE', '1990-01-01', true
  from generate_series(1000, ${String(999 + MANY)}) n;
insert into esr.employment_name (ods_code, esr_person_id, effective_from, family)
  select 'RZ3', n::text, '2020-01-01', 'Somebody' from generate_series(1000, ${String(999 + MANY)}) n;
insert into esr.assignment (ods_code, esr_assignment_id, id, esr_person_id)
  select 'RZ3', n::text, 'asg_' || n, n::text from generate_series(1000, ${String(999 + MANY)}) n;
insert into esr.assignment_version (ods_code, esr_assignment_id, effective_from, assignment_number, is_primary)
  select 'RZ3', n::text, '2020-01-01', '9' || lpad(n::text, 7, '0'), true
  from generate_series(1000, ${String(999 + MANY)}) n;
insert into esr.registration (body, number, staff_id, status, last_checked_at)
  select 'GDC', n::text, 'stf_' || lpad(n::text, 22, '0'), 'REGISTERED', '2026-11-01'
  from generate_series(1000, ${String(999 + MANY)}) n;
insert into esr.competence (ods_code, staff_id, name, awarded_on, framework, subject)
  select 'RZ3', 'stf_' || lpad(n::text, 22, '0'), 'Fire', '2026-05-01', 'CSTF', 'Fire'
  from generate_series(1000, ${String(999 + MANY)}) n;
insert into esr.qualification (ods_code, staff_id, title, awarded_on, withdrawn)
  select 'RZ3', 'stf_' || lpad(n::text, 22, '0'), 'BSc', '2014-07-01', false
  from generate_series(1000, ${String(999 + MANY)}) n;
select esr.join_staff('${TWIN_ID}', '${RUTH}', 'officer', 'two files');
update esr.staff set regrouped_at = '2026-11-05' where regrouped_at is not null;
`;

const OVER_TIME = `fragment OverTime on StaffMember {
  name(asOf: $asOf) { family } previousFamilyNames(asOf: $asOf)
  names(asOf: $asOf, changedSince: $since) { name { family } from until employer { odsCode } }
  employments(activeOnly: false, asOf: $asOf, changedSince: $since) { employeeNumber }
  assignments(asOf: $asOf, changedSince: $since) { assignmentNumber positionTitle }
  registrations(asOf: $asOf, changedSince: $since) { status }
  competences(asOf: $asOf, changedSince: $since) { awardedOn }
  qualifications(asOf: $asOf, changedSince: $since) { title statedBy { odsCode } }
  trainingPlacements(asOf: $asOf, changedSince: $since) { reference }
  transfers(asOf: $asOf, changedSince: $since) { state consent { state recordedBy } }
}`;
const ME = `query ($asOf: Date, $since: DateTime) { me { ...OverTime } } ${OVER_TIME}`;
const EVERYTHING = `query ($ids: [ID!]!) { staffMembers(ids: $ids) {
  id nhsEmployeeId name { given family } previousFamilyNames birthDate names { name { family } employer { name } }
  employments(activeOnly: false) { employeeNumber employer { name } leavingReasonCode { code } }
  assignments { assignmentNumber employer { name } position { title } location jobRoleCode { code display } }
  registrations { body number status } competences { subject awardedBy { name } }
  qualifications { title statedBy { name } } trainingPlacements { reference }
} }`;
const LIST = `query ($ods: ID!, $first: Int!, $after: String, $asOf: Date, $since: DateTime) {
  organisation(odsCode: $ods) { staff(first: $first, after: $after, asOf: $asOf, changedSince: $since) {
    edges { node { id } } removedIds pageInfo { hasNextPage endCursor } } } }`;

const self: Partial<Caller> = { subject: RUTH, scopes: new Set(['self:read']) };
const hr = (odsCode: string): Partial<Caller> => ({
  odsCode,
  scopes: new Set(['hr:read']),
  purpose: 'HR_ADMINISTRATION',
});
const service: Partial<Caller> = {
  kind: 'machine',
  subject: 'service',
  scopes: new Set(['record:read']),
};

let world: Awaited<ReturnType<typeof startEsrServer>>;
beforeAll(async () => {
  world = await startEsrServer();
  await world.engine.query(FILL, []);
});
afterAll(() => world.stop());

const codes = (answer: Answer) => answer.errors?.map((error) => error.extensions.code);
const me = async (variables: object) => {
  const answer = await world.ask(self, ME, { ...variables });
  expect(answer.errors).toBeUndefined();
  return answer.data?.['me'];
};
const list = async (caller: Partial<Caller>, ods: string, variables: object = {}) => {
  const answer = await world.ask(caller, LIST, { ods, first: 100, ...variables });
  expect(answer.errors).toBeUndefined();
  const { staff } = answer.data?.['organisation'] as {
    staff: { edges: { node: { id: string } }[]; removedIds: string[] };
  };
  return { ids: staff.edges.map((edge) => edge.node.id), removedIds: staff.removedIds };
};

describe('a record as it was', () => {
  it.each([
    [
      '2021-06-01',
      {
        name: { family: 'Hawthorne' },
        previousFamilyNames: [],
        names: [{ name: { family: 'Hawthorne' }, until: '2022-06-30' }],
        employments: [{ employeeNumber: '90000001' }],
        assignments: [{ positionTitle: 'Staff Nurse Band 5' }],
        registrations: [],
        competences: [],
        qualifications: [{ title: 'BSc Nursing', statedBy: { odsCode: 'RZ1' } }],
        trainingPlacements: [],
        transfers: [],
      },
    ],
    [
      '2026-11-02',
      {
        name: { family: 'Hawthorne-Webb' },
        previousFamilyNames: ['Webb', 'Hawthorne'],
        names: [
          { name: { family: 'Hawthorne-Webb' }, employer: { odsCode: 'RZ2' } },
          { name: { family: 'Webb' }, from: '2022-07-01', until: null },
        ],
        employments: [{ employeeNumber: '90000001' }, { employeeNumber: '90000002' }],
        assignments: [{ positionTitle: 'Sister Band 6' }, { positionTitle: 'Bank Nurse' }],
        registrations: [{ status: 'REGISTERED' }],
        competences: [{ awardedOn: '2026-05-01' }],
        trainingPlacements: [{ reference: 'P1' }],
        transfers: [{ state: 'CASE_OPEN', consent: { state: 'GIVEN', recordedBy: 'PERSON' } }],
      },
    ],
  ])('on %s', async (asOf, expected) => {
    expect(await me({ asOf })).toMatchObject(expected);
  });

  it('is in summer time when the day ends in summer time', async () => {
    const transfers = async (asOf: string) => (await me({ asOf })) as { transfers: object[] };
    expect((await transfers('2026-11-01')).transfers).toMatchObject([
      { state: 'AWAITING_CONSENT', consent: { state: 'WAITING', recordedBy: null } },
    ]);
    // Read half an hour after the end of the last day of February.
    expect(await me({ asOf: '2026-02-28' })).toMatchObject({ registrations: [] });
    expect(await me({ asOf: '2026-03-01' })).toMatchObject({
      registrations: [{ status: 'REGISTERED' }],
      competences: [{ awardedOn: '2024-05-01' }],
    });
  });
});

describe('what changed', () => {
  it('since a moment, in every list', async () => {
    expect(await me({ since: '2026-11-05T00:00:00Z' })).toEqual({
      name: { family: 'Hawthorne-Webb' },
      previousFamilyNames: ['Webb', 'Hawthorne'],
      names: [
        {
          name: { family: 'Hawthorne-Webb' },
          from: '2024-01-08',
          until: null,
          employer: { odsCode: 'RZ2' },
        },
      ],
      employments: [{ employeeNumber: '90000002' }],
      assignments: [{ assignmentNumber: '90000002', positionTitle: 'Bank Nurse' }],
      registrations: [{ status: 'SUSPENDED' }],
      competences: [{ awardedOn: '2026-05-01' }],
      qualifications: [],
      trainingPlacements: [],
      transfers: [],
    });
  });

  it('includes what was taken out', async () => {
    const query = `query ($since: DateTime!) { me { removals(changedSince: $since) {
      kind employer { odsCode } employeeNumber assignmentId removedAt } } }`;
    const answer = await world.ask(self, query, { since: '2026-11-01T00:00:00Z' });
    expect(answer.data?.['me']).toEqual({
      removals: [
        {
          kind: 'EMPLOYMENT',
          employer: { odsCode: 'RZ2' },
          employeeNumber: '90000009',
          assignmentId: null,
          removedAt: '2026-11-01T00:00:00.000Z',
        },
      ],
    });
  });

  it.each([
    ['asOf', { asOf: '2026-02-30' }],
    ['asOf', { asOf: '01/02/2026' }],
    ['since', { since: 'yesterday' }],
    ['since', { since: '2026-11-05' }],
  ])('is refused for a wrong %s', async (_which, variables) => {
    expect(new Set(codes(await world.ask(self, ME, variables)))).toEqual(
      new Set(['INVALID_VALUE']),
    );
  });
});

describe('an organisation’s list', () => {
  it('has each person once, under the id that is shown', async () => {
    expect(await list(hr('RZ1'), 'RZ1')).toEqual({ ids: [RUTH], removedIds: [] });
    expect(await list(hr('RZ2'), 'RZ2')).toEqual({ ids: [RUTH], removedIds: [] });
  });

  it('is of those who worked there on a day, and of them HR sees who still does', async () => {
    expect(await list(service, 'RZ1', { asOf: '2018-01-01' })).toMatchObject({ ids: [LEAVER] });
    expect(await list(service, 'RZ1', { asOf: '2026-10-31' })).toMatchObject({
      ids: [RUTH, LEAVER],
    });
    expect(await list(hr('RZ1'), 'RZ1', { asOf: '2026-10-31' })).toMatchObject({ ids: [RUTH] });
    expect(await list(hr('RZ2'), 'RZ2', { asOf: '2023-01-01' })).toMatchObject({ ids: [] });
  });

  it.each([
    ['RZ1', '2026-11-01T00:00:00Z', { ids: [RUTH], removedIds: [LEAVER, GONE] }],
    ['RZ1', '2026-11-09T00:00:00Z', { ids: [RUTH], removedIds: [LEAVER, GONE] }],
    ['RZ2', '2026-11-09T00:00:00Z', { ids: [RUTH], removedIds: [] }],
    ['RZ2', '2026-11-04T00:00:00Z', { ids: [RUTH], removedIds: [TWIN_ID] }],
    ['RZ1', '2026-11-11T00:00:00Z', { ids: [], removedIds: [] }],
  ])('of %s tells what changed since %s, and who is gone', async (ods, since, expected) => {
    expect(await list(hr(ods), ods, { since })).toEqual(expected);
  });

  it('tells it page by page', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const variables = { ods: 'RZ1', first: 1, after, since: '2026-11-01T00:00:00Z' };
      const answer = await world.ask(hr('RZ1'), LIST, variables);
      const { staff } = answer.data?.['organisation'] as {
        staff: {
          edges: { node: { id: string } }[];
          removedIds: string[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      };
      seen.push(...staff.edges.map((edge) => edge.node.id), ...staff.removedIds);
      after = staff.pageInfo.endCursor;
      more = staff.pageInfo.hasNextPage;
    }
    expect(seen).toEqual([RUTH, LEAVER, GONE]);
  });
});

describe('an organisation', () => {
  it('is open until it closes, and names its successor', async () => {
    const answer = await world.ask(
      self,
      `{ organisation(odsCode: "RZ2") { status before: status(asOf: "2026-03-31") after: status(asOf: "2026-04-01")
        closedOn successor { odsCode successor { odsCode } } } }`,
    );
    expect(answer.data?.['organisation']).toEqual({
      status: 'CLOSED',
      before: 'OPEN',
      after: 'CLOSED',
      closedOn: '2026-04-01',
      successor: { odsCode: 'RZ1', successor: null },
    });
  });
});

describe('a post', () => {
  it('has its position, place and codes', async () => {
    const now = await world.ask(
      self,
      `{ me { assignments { position { id title occupationCode } hours location department
        contractTypeCode { code } jobRoleCode { code display } statusCode { code } categoryCode { code } } } }`,
    );
    expect((now.data?.['me'] as { assignments: object[] }).assignments).toEqual([
      {
        position: { id: '6', title: 'Sister Band 6', occupationCode: 'N6A' },
        hours: 20,
        location: null,
        department: null,
        contractTypeCode: { code: '05' },
        jobRoleCode: { code: '03006', display: 'Sister/Charge Nurse' },
        statusCode: { code: '06' },
        categoryCode: { code: '02' },
      },
      {
        position: { id: '7', title: 'Bank Nurse', occupationCode: null },
        hours: null,
        location: null,
        department: null,
        contractTypeCode: { code: '01' },
        jobRoleCode: { code: null, display: 'Ward wizard' },
        statusCode: { code: '02' },
        categoryCode: null,
      },
    ]);
    const then = await world.ask(
      self,
      '{ me { assignments(asOf: "2021-01-01") { location department categoryCode { code } } } }',
    );
    expect((then.data?.['me'] as { assignments: object[] }).assignments).toEqual([
      { location: 'Ward 7', department: 'Surgery', categoryCode: { code: '01' } },
    ]);
  });
});

describe('many people', () => {
  const ids = Array.from({ length: MANY }, (_, at) => id(1000 + at));
  const ask = async (asked: readonly string[]) => {
    const before = world.statements();
    const answer = await world.ask(service, EVERYTHING, { ids: asked });
    expect(answer.errors).toBeUndefined();
    const people = answer.data?.['staffMembers'] as ({ id: string } | null)[];
    return { people, statements: world.statements() - before };
  };

  it('cost as many statements as one person does', async () => {
    const one = await ask(ids.slice(0, 1));
    const many = await ask(ids);
    expect(many.people.map((person) => person?.id)).toEqual(ids);
    expect(many.people.at(-1)).toMatchObject({
      employments: [{ employer: { name: 'Three' } }],
      assignments: [{ employer: { name: 'Three' } }],
      registrations: [{ body: 'GDC' }],
      competences: [{ subject: 'Fire' }],
      qualifications: [{ title: 'BSc' }],
    });
    expect(many.statements).toBe(one.statements);
    // Seven readings: each takes its role and view, reads with one statement, and ends.
    expect(many.statements).toBe(7 * 3);
  });

  it('are asked for by id in the order given, none for nobody, and by our own services alone', async () => {
    const { people } = await ask([TWIN_ID, id(9), RUTH]);
    expect(people.map((person) => person?.id)).toEqual([TWIN_ID, undefined, RUTH]);
    expect(codes(await world.ask(hr('RZ1'), EVERYTHING, { ids: [RUTH] }))).toEqual(['FORBIDDEN']);
    expect(codes(await world.ask(service, EVERYTHING, { ids: [...ids, RUTH] }))).toEqual([
      'INVALID_VALUE',
    ]);
  });
});
