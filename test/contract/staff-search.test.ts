/** Who is found by which words, and how search keeps up with the records: on PGlite and on a real server. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';

import { migrate } from '../../runtime/migrate.ts';
import { reading } from '../../subgraphs/esr/postgres/reading.ts';
import { postgresStaffSearch } from '../../subgraphs/esr/postgres/search.ts';
import type { EsrTables } from '../../subgraphs/esr/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

const DAY = '2026-11-22';

/** Letter, organisation, employee number, family, given, preferred, previous family, the last day. */
const PEOPLE = [
  ['a', 'RZ1', '90000001', 'Gallagher-Webb', 'Siobhán', null, 'Hawthorne', null],
  ['b', 'RZ1', '90000002', "O'Brien", 'Margaret', 'Peggy', null, null],
  ['c', 'RZ1', '90000003', 'Smith', 'Jon', null, null, null],
  ['d', 'RZ1', '90000004', 'Smithson', 'Jo', null, null, null],
  ['e', 'RZ1', '90000005', 'Wójcik', 'Øyvind', null, null, null],
  ['f', 'RZ1', '90000006', 'Smith', 'Gone', null, null, '2026-01-31'],
  ['g', 'RZ2', '90000003', 'Smith', 'Zoe', null, null, null],
  ['h', 'RZ2', '90000008', 'Müller', 'Anna', null, null, null],
] as const;

const id = (letter: string): string => `stf_${letter.repeat(22)}`;

function contract(open: () => Promise<Opened>): void {
  let opened: Opened;
  let db: Kysely<EsrTables>;
  const run = (text: string) => sql.raw(text).execute(db);
  const text = (value: string | null): string =>
    value === null ? 'null' : `'${value.replaceAll("'", "''")}'`;
  const refresh = async (): Promise<void> => {
    while (await postgresStaffSearch(db).refresh());
  };
  const search = async (
    words: string,
    { view = 'everything', ...more }: Partial<Parameters<typeof find>[0]> = {},
  ): Promise<string> => (await find({ words, view, ...more })).letters;
  const find = async (asked: {
    readonly words: string;
    readonly view?: 'everything' | { readonly odsCode: string };
    readonly odsCode?: string;
    readonly jobRole?: string;
    readonly skip?: number;
    readonly limit?: number;
  }) => {
    const { words, view = 'everything', odsCode, jobRole, skip = 0, limit = 100 } = asked;
    const query = { text: words, odsCode, jobRole };
    const { staffIds, ...rest } = await postgresStaffSearch(db).search(
      query,
      { day: DAY, skip, limit },
      view,
    );
    return { letters: staffIds.map((staffId) => staffId.at(-1)).join(''), ...rest };
  };

  beforeAll(async () => {
    opened = await open();
    const folder = new URL('../../subgraphs/esr/postgres/migrations', import.meta.url);
    await migrate(opened.database, 'esr', folder);
    db = opened.database.schema<EsrTables>('esr');
    await run(`do $$ begin
        alter table esr.registration alter column content set default '';
        alter table esr.training_placement alter column content set default '';
      exception when undefined_column then null; end $$;
      insert into esr.organisation (ods_code, name, type, status)
      values ('RZ1', 'One', 'NHS_TRUST', 'OPEN'), ('RZ2', 'Two', 'NHS_TRUST', 'OPEN')`);
    for (const [letter, ods, number, family, given, preferred, previous, endsOn] of PEOPLE) {
      await run(`insert into esr.staff (id, birth_date) values ('${id(letter)}', '1980-01-01');
        insert into esr.employment (ods_code, esr_person_id, staff_id, employee_number, person_type, birth_date, ends_on)
          values ('${ods}', '${letter}', '${id(letter)}', '${number}', 'EMPLOYEE', '1980-01-01', ${text(endsOn)});
        insert into esr.employment_name (ods_code, esr_person_id, effective_from, family, given, preferred, previous_family)
          values ('${ods}', '${letter}', '2020-01-01', ${text(family)}, ${text(given)}, ${text(preferred)},
            ${text(previous)});
        insert into esr.assignment (ods_code, esr_assignment_id, id, esr_person_id)
          values ('${ods}', '${letter}', 'asg_${letter}', '${letter}');
        insert into esr.assignment_version (ods_code, esr_assignment_id, effective_from, assignment_number, is_primary,
          job_role) values ('${ods}', '${letter}', '2020-01-01', '${number}', true,
            '${letter < 'd' ? 'Staff Nurse' : 'Porter'}')`);
    }
    await run(`insert into esr.registration (body, number, staff_id, status, last_checked_at)
      values ('NMC', '14Z0003E', '${id('c')}', 'REGISTERED', now())`);
    await refresh();
  });
  afterAll(() => opened.close());

  it.each([
    ['a family name', 'gallagher-webb', 'a'],
    ['one half of it', 'Webb', 'a'],
    ['the other half, begun', 'galla', 'a'],
    ['both, without the hyphen', 'gallagher webb', 'a'],
    ['an accent left out', 'siobhan', 'a'],
    ['a former name', 'hawthorne', 'a'],
    ['a preferred name and the family name', 'peggy obrien', 'b'],
    ['an apostrophe of another kind', 'O’Brien', 'b'],
    ['the parts of a name with an apostrophe', 'o brien', 'b'],
    ['a stroke through a letter', 'oyvind wojcik', 'e'],
    ['an umlaut', 'Müller', 'h'],
    ['the exact name before the one that begins so, and nobody who has left', 'smith', 'cgd'],
    ['two words that both have to fit', 'smith jon', 'c'],
    ['a letter beside a name', 'z smith', 'g'],
    ['a letter that nobody of that name begins with', 'smith x', ''],
    ['two letters the other way round', 'smtih jon', 'c'],
    ['a letter too many', 'gallaghher', 'a'],
    ['a letter too few', 'hawthrne', 'a'],
    ['an employee number, which is not one person’s across employers', '90000003', 'cg'],
    ['an assignment number', '90000002-2', 'b'],
    ['a number that only begins so', '9000000', ''],
    ['a registration', '14z0003e', 'c'],
    ['a name that nobody has', 'featherstonehaugh', ''],
    ['signs that mean something to a query', `!smith:* & ' | \\ ) <->`, 'cgd'],
  ])('finds by %s', async (_name, words, expected) => {
    expect(await search(words)).toBe(expected);
  });

  it('stays at one organisation, whatever another one is asked for', async () => {
    const view = { odsCode: 'RZ1' };
    expect(await search('smith', { view })).toBe('cd');
    expect(await search('90000003', { view })).toBe('c');
    expect(await search('smith', { view, odsCode: 'RZ2' })).toBe('');
    expect(await search('smith', { view: { odsCode: 'RZ9' } })).toBe('');
    expect(await search('smith', { odsCode: 'RZ2' })).toBe('g');
  });

  it('narrows by job role, with words or without', async () => {
    expect(await search('smith', { jobRole: 'staff nurse' })).toBe('c');
    expect(await search('', { jobRole: 'Porter', odsCode: 'RZ1' })).toBe('de');
    // It ended, and the word of it is still there.
    await run(
      `update esr.assignment_version set effective_to = '2026-11-21' where esr_assignment_id = 'd'`,
    );
    expect(await search('', { jobRole: 'Porter', odsCode: 'RZ1' })).toBe('e');
  });

  it('pages, and says how many there are', async () => {
    expect(await find({ words: 'smith', limit: 2 })).toEqual({
      letters: 'cg',
      found: 3,
      truncated: false,
    });
    expect((await find({ words: 'smith', skip: 2, limit: 2 })).letters).toBe('d');
  });

  it('lists a person once, under the id of joined ids, and finds them by the words of either', async () => {
    await run(`update esr.staff set person_id = '${id('c')}' where id = '${id('g')}'`);
    await refresh();
    expect(await search('smith')).toBe('cd');
    expect(await search('zoe')).toBe('c');
    expect(await search('zoe', { view: { odsCode: 'RZ1' } })).toBe('');
    await run(`update esr.staff set person_id = id where id = '${id('g')}'`);
    await refresh();
  });

  it.each([
    [
      'a change of name',
      `update esr.employment_name set family = 'Quigley', previous_family = 'Smith' where esr_person_id = 'g'`,
      { quigley: 'g', 'zoe smith': 'g' },
    ],
    [
      'another employee number',
      `update esr.employment set employee_number = '90000099' where esr_person_id = 'g'`,
      { 90000099: 'g', 90000003: 'c' },
    ],
    [
      'a last day',
      `update esr.employment set ends_on = '2026-11-21' where esr_person_id = 'e'`,
      { wojcik: '' },
    ],
    ['a registration that is taken back', 'delete from esr.registration', { '14Z0003E': '' }],
    [
      'a record that is taken out',
      `delete from esr.assignment_version where esr_assignment_id = 'h';
        delete from esr.assignment where esr_assignment_id = 'h';
        delete from esr.employment_name where esr_person_id = 'h'; delete from esr.employment where esr_person_id = 'h'`,
      { muller: '' },
    ],
  ])('learns of %s, once it was refreshed', async (_name, change, expected) => {
    await run(change);
    await refresh();
    for (const [words, letters] of Object.entries(expected)) {
      expect([words, await search(words)]).toEqual([words, letters]);
    }
    const { rows } = await sql<{ left: number }>`select
      (select count(*) from esr.search_pending)::int + (select count(*) from esr.search_entry e where not exists (
        select from esr.employment m where (m.ods_code, m.esr_person_id) = (e.ods_code, e.esr_person_id)))::int as left`.execute(
      db,
    );
    expect(rows).toEqual([{ left: 0 }]);
  });

  it('shows a reader nothing of what is searched but by asking', async () => {
    for (const table of ['search_entry', 'search_word', 'search_pending']) {
      await expect(
        reading(db, 'everything', (reader) =>
          sql`select * from ${sql.table(`esr.${table}`)}`.execute(reader),
        ),
      ).rejects.toMatchObject({ code: '42501' });
    }
    const asked = reading(db, { staffId: id('c') }, (reader) =>
      sql<{
        ids: string[] | null;
      }>`select ids from esr.search_staff('smith', null, null, ${DAY}, 0, 10)`.execute(reader),
    );
    expect((await asked).rows).toEqual([]);
  });
}

describe('on PGlite', () => {
  contract(embeddedDatabase);
});

describeWithServers('postgres')('on PostgreSQL', () => {
  contract(serverDatabase);
});
