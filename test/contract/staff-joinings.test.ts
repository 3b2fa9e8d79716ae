/** Ids of one person, joined and parted, on both kinds of database. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';

import { openEsrImport } from '../../subgraphs/esr/compose.ts';
import type { StaffRecords } from '../../subgraphs/esr/domain/ports.ts';
import type { StaffJoinings } from '../../subgraphs/esr/domain/staff-joinings.ts';
import { postgresStaffJoinings } from '../../subgraphs/esr/postgres/staff-joinings.ts';
import { postgresStaffRecords } from '../../subgraphs/esr/postgres/staff-records.ts';
import type { EsrTables } from '../../subgraphs/esr/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

describe('on the embedded engine', () => {
  joinings(embeddedDatabase);
});

describeWithServers('postgres')('on PostgreSQL', () => {
  joinings(serverDatabase);
});

const id = (letter: string): string => `stf_${letter.repeat(22)}`;
const [A, B, C, D] = [id('a'), id('b'), id('c'), id('d')];

/** A and B at RZ1, C at RZ2, D at RZ2 and born on another day. */
async function fill(db: Kysely<EsrTables>): Promise<void> {
  await sql`truncate esr.organisation, esr.staff, esr.employment, esr.registration,
    esr.competence, esr.outbox cascade`.execute(db);
  await sql`insert into esr.organisation (ods_code, name, type, status) values
    ('RZ1', 'One', 'NHS_TRUST', 'OPEN'), ('RZ2', 'Two', 'NHS_TRUST', 'OPEN')`.execute(db);
  await sql`insert into esr.staff (id, birth_date, created_at) values
    (${A}, '1985-03-14', '2026-01-01'), (${B}, '1985-03-14', '2026-01-02'),
    (${C}, '1985-03-14', '2026-01-03'), (${D}, '1990-01-01', '2026-01-04')`.execute(db);
  await sql`insert into esr.employment (ods_code, esr_person_id, staff_id, employee_number, person_type, birth_date,
      announced)
    values ('RZ1', '1', ${A}, '90000001', 'EMPLOYEE', '1985-03-14', true),
      ('RZ1', '2', ${B}, '90000002', 'EMPLOYEE', '1985-03-14', true),
      ('RZ2', '3', ${C}, '90000003', 'EMPLOYEE', '1985-03-14', true),
      ('RZ2', '4', ${D}, '90000004', 'EMPLOYEE', '1990-01-01', true)`.execute(db);
  await sql`insert into esr.registration (body, number, staff_id, status, last_checked_at)
    values ('NMC', '14Z0003E', ${B}, 'REGISTERED', '2026-11-01')`.execute(db);
  await sql`insert into esr.competence (ods_code, staff_id, name, awarded_on, framework, subject)
    values ('RZ1', ${A}, 'Fire', '2025-01-01', 'CSTF', 'Fire'),
      ('RZ2', ${C}, 'Fire', '2026-01-01', 'CSTF', 'Fire')`.execute(db);
}

function joinings(open: () => Promise<Opened>): void {
  let opened: Opened;
  let db: Kysely<EsrTables>;
  let records: StaffRecords;
  let staff: StaffJoinings;
  beforeAll(async () => {
    opened = await open();
    await openEsrImport(opened.database, () => new Date());
    db = opened.database.schema<EsrTables>('esr');
    records = postgresStaffRecords(db);
    staff = postgresStaffJoinings(db);
  });
  afterAll(() => opened.close());
  beforeEach(() => fill(db));

  const join = (staffId: string, into: string, whateverBirthDate = false) =>
    staff.join({ staffId, into, by: 'officer', reason: 'two files', whateverBirthDate });
  const part = (staffId: string, from: string) =>
    staff.part({ staffId, from, by: 'officer', reason: 'a mistake' });
  const automatically = async (one: string, into: string) => {
    const { rows } = await sql<{ outcome: string }>`
      select esr.join_staff(${one}, ${into}, null, 'NHS id') as outcome`.execute(db);
    return rows[0]?.outcome;
  };
  const listed = async (odsCode: string, limit = 10, after?: string) => {
    const page = { odsCode, day: '2026-11-22', after, limit };
    const people = await records.findStaffAt(page, 'everything');
    return people.map((one) => one.id);
  };
  const numbers = async (asked: string) => {
    const [person] = await records.findPeople([asked], 'everything');
    return [person?.id, person?.employments.map((one) => one.employeeNumber)];
  };

  it('shows the whole person under each of the ids, and lists them once', async () => {
    expect(await join(B, A)).toBe('joined');
    expect(await join(C, B)).toBe('joined');
    const all = ['90000001', '90000002', '90000003'];
    for (const asked of [A, B, C]) {
      expect(await numbers(asked)).toEqual([asked, all]);
      const [shown] = await records.findPeople([asked], 'everything');
      expect(shown?.currentId).toBe(A);
    }
    expect(await records.findPeople([A, C], { odsCode: 'RZ2' })).toMatchObject([
      { id: A, employments: [{ employeeNumber: '90000003' }] },
      { id: C, employments: [{ employeeNumber: '90000003' }] },
    ]);
    expect(await records.findRegistrations([A, D], 'everything')).toMatchObject([
      { staffId: A, number: '14Z0003E' },
    ]);
    expect(await records.findCompetences([B], 'everything')).toMatchObject([
      { staffId: B, awardedOn: '2026-01-01', odsCode: 'RZ2' },
    ]);
    expect(await records.findStaffId({ body: 'NMC', number: '14Z0003E' }, 'everything')).toBe(A);
    expect(
      await records.findStaffId({ odsCode: 'RZ2', employeeNumber: '90000003' }, 'everything'),
    ).toBe(A);
    expect(await listed('RZ1')).toEqual([A]);
    expect(await listed('RZ2')).toEqual([A, D]);
    expect(await listed('RZ2', 1)).toEqual([A]);
    expect(await listed('RZ2', 1, A)).toEqual([D]);
  });

  it('tells an event under each of the ids, with where the person works under any', async () => {
    await join(C, A);
    await sql`update esr.employment set announced = false where staff_id = ${A}`.execute(db);
    await sql`insert into esr.outbox (type, staff_id, ods_code)
      values ('staff-left-1', ${A}, 'RZ1'), ('staff-left-1', ${D}, 'RZ1')`.execute(db);
    const { events } = await records.findEvents({ types: ['STAFF_LEFT'], after: 0, limit: 10 });
    expect(events.map(({ staffId, worksAt }) => [staffId, worksAt])).toEqual([
      [A, ['RZ2']],
      [C, ['RZ2']],
      [D, ['RZ2']],
    ]);
    const first = await records.findEvents({ types: ['STAFF_LEFT'], after: 0, limit: 1 });
    const second = await records.findEvents({
      types: ['STAFF_LEFT'],
      after: first.position,
      limit: 1,
    });
    expect([first, second].map((page) => page.events.map(({ staffId }) => staffId))).toEqual([
      [A, C],
      [D],
    ]);
  });

  it('gives back what each one had when they are parted, whichever id is named', async () => {
    const before = await Promise.all([A, B, C].map(numbers));
    await join(B, A);
    await join(C, B);
    // B was joined with A, and C with B: C goes with B, and A keeps the id that was shown.
    expect(await part(A, B)).toBe('parted');
    expect(await numbers(A)).toEqual([A, ['90000001']]);
    expect(await numbers(C)).toEqual([C, ['90000002', '90000003']]);
    expect(await listed('RZ2')).toEqual([B, D]);
    expect(await part(A, B)).toBe('not-joined');
    expect(await part(B, C)).toBe('parted');
    expect(await Promise.all([A, B, C].map(numbers))).toEqual(before);
    expect(await listed('RZ2')).toEqual([C, D]);
  });

  it('says who did it, when and why', async () => {
    await join(B, A);
    await part(B, A);
    expect(await automatically(C, A)).toBe('joined');
    const at = expect.anything();
    const parted = { by: 'officer', at, reason: 'a mistake' };
    const second = {
      staffId: C,
      withStaffId: A,
      joinedBy: undefined,
      joinedAt: at,
      reason: 'NHS id',
    };
    expect(await staff.list({ staffId: undefined, limit: 10 })).toEqual([
      { ...second, parted: undefined },
      {
        staffId: B,
        withStaffId: A,
        joinedBy: 'officer',
        joinedAt: at,
        reason: 'two files',
        parted,
      },
    ]);
    expect(await staff.list({ staffId: C, limit: 1 })).toEqual([{ ...second, parted: undefined }]);
    expect(await staff.list({ staffId: D, limit: 10 })).toEqual([]);
  });

  it('refuses what cannot be one person', async () => {
    expect(await join(A, A)).toBe('same-id');
    expect(await join(A, id('x'))).toBe('not-found');
    expect(await join(D, A)).toBe('birth-date-differs');
    expect(await join(D, A, true)).toBe('joined');
    expect(await join(A, D)).toBe('already-joined');
  });

  it('lets no import join what somebody has parted', async () => {
    await join(B, A);
    await join(C, B);
    await part(B, A);
    expect(await automatically(C, A)).toBe('parted-before');
    expect(await join(C, A)).toBe('joined');
  });
}
