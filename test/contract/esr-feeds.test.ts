/** Feeds into PostgreSQL and into the embedded engine: what each brings, in whatever order, once and again. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';

import { type EsrImport, type ImportOptions, openEsrImport } from '../../subgraphs/esr/compose.ts';
import { openExtract } from '../../subgraphs/esr/files/open-extract.ts';
import { postgresStaffImports } from '../../subgraphs/esr/postgres/staff-imports.ts';
import { postgresStaffRecords } from '../../subgraphs/esr/postgres/staff-records.ts';
import { referenceEdition } from '../../subgraphs/esr/postgres/reference-edition.ts';
import type { EsrTables } from '../../subgraphs/esr/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import {
  go2Text,
  ORGANISATIONS_TEXT,
  personLine,
  placementsText,
  registrationsText,
  trainingText,
} from '../unit/subgraphs/esr/extract-files.ts';
import {
  notificationLine,
  positionLine,
  qualificationsText,
  tisText,
} from '../unit/subgraphs/esr/feed-files.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

describe('on the embedded engine', () => {
  feeds(embeddedDatabase);
});
describeWithServers('postgres')('on PostgreSQL', () => {
  feeds(serverDatabase);
});

const TWIN = { employeeNumber: '90000002', esrPersonId: '5000002', nhsEmployeeId: '70000002' };
const NUMBER = 'NTH/RZ201/080/STR/005';

function feeds(open: () => Promise<Opened>): void {
  let opened: Opened;
  let esr: EsrImport;
  let db: Kysely<EsrTables>;
  let folder = '';
  let files = 0;

  beforeAll(async () => {
    opened = await open();
    folder = await mkdtemp(join(tmpdir(), 'lanyard-feeds-'));
    esr = await openEsrImport(opened.database, () => new Date('2026-11-22T12:00:00Z'));
    db = opened.database.schema<EsrTables>('esr');
    await writeFile(join(folder, 'organisations.csv'), ORGANISATIONS_TEXT);
    await esr.importOrganisations(join(folder, 'organisations.csv'));
    await send(
      go2Text([personLine(), personLine({ ...TWIN, given: 'Rose', niNumber: 'QQ000002A' })]),
    );
    await send(go2Text([personLine({ esrPersonId: '5000777' })], { vpd: '902' }));
  });
  afterAll(async () => {
    await opened.close();
    await rm(folder, { recursive: true });
  });
  it('have another edition of organisations when one has changed, and not before', async () => {
    const rename = (name: string): Promise<unknown> =>
      db.updateTable('organisation').set({ name }).where('ods_code', '=', 'RZ2').execute();
    const { name } = await db
      .selectFrom('organisation')
      .select('name')
      .where('ods_code', '=', 'RZ2')
      .executeTakeFirstOrThrow();
    const before = await referenceEdition(db, 'lists');
    expect(await referenceEdition(db, 'lists')).toBe(before);
    expect(await referenceEdition(db, 'other lists')).not.toBe(before);
    await rename('Another name');
    expect(await referenceEdition(db, 'lists')).not.toBe(before);
    await rename(name);
    expect(await referenceEdition(db, 'lists')).not.toBe(before);
  });

  beforeEach(async () => {
    await sql`truncate esr.registration, esr.competence, esr.qualification, esr.training_placement, esr.training_post,
      esr.outbox cascade`.execute(db);
    await sql`delete from esr.import where kind <> 'GO2'`.execute(db);
  });

  async function send(text: string, options?: ImportOptions) {
    files += 1;
    const path = join(folder, `feed-${String(files)}`);
    await writeFile(path, text);
    const [outcome] = await esr.importFiles([path], undefined, options);
    if (outcome === undefined) throw new Error('no outcome');
    return outcome;
  }
  /** Added, changed, unchanged, and what was left out. */
  const sent = async (text: string) => {
    const outcome = await send(text, { maxRejectedShare: 1 });
    if (outcome.kind === 'refused') return outcome.code;
    const { added, changed, unchanged, rejected } = outcome;
    return [
      added,
      changed,
      unchanged,
      ...rejected.map(({ line, code }) => `${String(line)} ${code}`),
    ];
  };
  const events = async () => {
    const rows = await db
      .deleteFrom('outbox')
      .returning(['id', 'type', 'ods_code', 'staff_id'])
      .execute();
    return rows.toSorted((a, b) => a.id - b.id).map(({ type, ods_code }) => `${type} ${ods_code}`);
  };

  describe('registrations', () => {
    const row = (
      status: string,
      day: string,
      { number = '18Z0042E', employee = '90000001', ods = 'RZ1', expires = '2027-09-30' } = {},
    ) =>
      `${ods},${employee},NMC,${number},${status},Nurse - Adult,2018-09-03,${expires},${day}T02:00:00Z`;
    const feed = (...rows: readonly string[]) => sent(registrationsText(rows));
    const held = () =>
      db.selectFrom('registration').select(['number', 'status']).orderBy('number').execute();
    const versions = async () => {
      const rows = await db
        .selectFrom('registration_version')
        .selectAll()
        .orderBy('read_from')
        .execute();
      return rows.map((one) => `${one.read_from.toISOString().slice(0, 10)} ${one.status}`);
    };

    it('are taken in order of when they were checked, and what was is kept', async () => {
      expect(await feed(row('ACTIVE', '2026-11-02'))).toEqual([1, 0, 0]);
      expect(await feed(row('REGISTERED', '2026-11-03'))).toEqual([0, 0, 1]);
      expect(await feed(row('INTERIM_SUSPENSION', '2026-11-04'))).toEqual([0, 1, 0]);
      expect(await feed(row('REGISTERED', '2026-11-01'))).toEqual([0, 0, 1]);
      expect(await held()).toEqual([{ number: '18Z0042E', status: 'INTERIM_SUSPENSION' }]);
      expect(await versions()).toEqual(['2026-11-02 REGISTERED', '2026-11-04 INTERIM_SUSPENSION']);
      expect(await events()).toEqual([
        'registration-status-changed-1 RZ1',
        'registration-status-changed-1 RZ1',
      ]);
    });

    it('may say the same registration more than once: the one checked last counts', async () => {
      expect(
        await feed(
          row('SUSPENDED', '2026-11-03'),
          row('REGISTERED', '2026-11-02'),
          row('REGISTERED', '2026-11-02', { number: '18Z0043E' }),
          row('LAPSED', '2026-11-02', { number: '18Z0043E' }),
        ),
      ).toEqual([2, 0, 2]);
      expect(await held()).toEqual([
        { number: '18Z0042E', status: 'SUSPENDED' },
        { number: '18Z0043E', status: 'LAPSED' },
      ]);
    });

    it('tell of a change of standing, and not of another date', async () => {
      await feed(row('REGISTERED', '2026-11-02'));
      await events();
      expect(await feed(row('REGISTERED', '2026-11-03', { expires: '2028-09-30' }))).toEqual([
        0, 1, 0,
      ]);
      expect(await events()).toEqual([]);
      expect(await versions()).toHaveLength(2);
    });

    it('belong to one person, of an employee number that is known', async () => {
      expect(
        await feed(
          row('REGISTERED', '2026-11-02', { employee: '90000002' }),
          row('REGISTERED', '2026-11-03'),
          row('REGISTERED', '2026-11-03', { employee: '90000099', number: '18Z0050E' }),
        ),
      ).toEqual([1, 0, 0, '3 registration_in_use', '4 employee_unknown']);
      expect(await feed(row('REMOVED', '2026-11-09'))).toEqual([0, 0, 0, '2 registration_in_use']);
      expect(await held()).toEqual([{ number: '18Z0042E', status: 'REGISTERED' }]);
    });

    it('are told once by two employers of one person that import at the same time', async () => {
      const both = (status: string, day: string) =>
        Promise.all(
          ['RZ1', 'RZ2'].map((ods) =>
            feed(
              row(status, day, { ods }),
              row(status, day, { ods, number: '18Z0043E' }),
              row(status, day, { ods, number: ods === 'RZ1' ? '18Z0001E' : '18Z0099E' }),
            ),
          ),
        );
      const sum = (counts: Awaited<ReturnType<typeof both>>) =>
        [0, 1, 2].map((place) => counts.reduce((total, one) => total + Number(one[place]), 0));
      expect(sum(await both('REGISTERED', '2026-11-02'))).toEqual([4, 0, 2]);
      expect(await events()).toHaveLength(4);
      expect(sum(await both('SUSPENDED', '2026-11-03'))).toEqual([0, 4, 2]);
      expect(await events()).toHaveLength(4);
    });
  });

  it('keeps awards and corrects their expiry', async () => {
    const row = (expires: string, day = '2026-05-01') =>
      `RZ1,90000001,NHS|CSTF|Fire Safety - 2 Years|,${day},${expires}`;
    const feed = (...rows: readonly string[]) => sent(trainingText(rows));
    expect(await feed(row(''), row('', '2026-05-02'))).toEqual([2, 0, 0]);
    expect(await feed(row('2028-05-01'))).toEqual([0, 0, 1]);
    await events();
    expect(await feed(row('2028-01-01'), row('2027-05-01'))).toEqual([0, 1, 1]);
    expect(
      await db.selectFrom('competence').select('expires_on').orderBy('awarded_on').execute(),
    ).toEqual([{ expires_on: '2027-05-01' }, { expires_on: '2028-05-02' }]);
    expect(await events()).toEqual(['training-awarded-1 RZ1']);
  });

  it('keeps qualifications, and those that were taken back as taken back', async () => {
    const row = (status: string, title = 'BSc Nursing', checked = '2020-01-06') =>
      `RZ1,90000001,${title},Degree,Adult nursing,Ashbourne University,GB,2008-07-01,${checked},${status}`;
    const feed = (...rows: readonly string[]) => sent(qualificationsText(rows));
    expect(await feed(row('HELD'), row('WITHDRAWN', 'MSc'))).toEqual([1, 0, 1]);
    expect(await feed(row('HELD', 'BSc Nursing'), row('HELD', 'PhD'))).toEqual([1, 0, 1]);
    expect(await feed(row('HELD', 'BSc Nursing', '2021-01-06'))).toEqual([0, 1, 0]);
    expect(await feed(row('WITHDRAWN', 'BSc Nursing', '2021-01-06'))).toEqual([0, 1, 0]);
    expect(
      await db
        .selectFrom('qualification')
        .select(['title', 'checked_on', 'withdrawn'])
        .orderBy('title')
        .execute(),
    ).toEqual([
      { title: 'BSc Nursing', checked_on: '2021-01-06', withdrawn: true },
      { title: 'PhD', checked_on: '2020-01-06', withdrawn: false },
    ]);
  });

  describe('placements', () => {
    const row = ({
      ods = 'RZ1',
      employee = '90000001',
      reference = 'placement-1',
      end = '2027-02-02',
      status = 'CURRENT',
      day = '01',
    } = {}) =>
      `${ods},${employee},${reference},${NUMBER},Cardiology,STR,RZ2,Ashbourne,2026-08-05,${end},${status},2026-08-${day}T00:00:00Z`;
    const feed = (...rows: readonly string[]) => sent(placementsText(rows));

    it('are taken in order of when they were updated', async () => {
      expect(await feed(row())).toEqual([1, 0, 0]);
      expect(await feed(row({ day: '02' }))).toEqual([0, 0, 1]);
      expect(await feed(row({ day: '04', end: '2027-03-02' }))).toEqual([0, 1, 0]);
      expect(await feed(row({ day: '03', status: 'WITHDRAWN' }))).toEqual([0, 0, 1]);
      expect(await events()).toEqual(['placement-changed-1 RZ1', 'placement-changed-1 RZ1']);
    });

    it('belong to one person and one lead employer', async () => {
      await feed(row());
      expect(await feed(row({ employee: '90000002', day: '02' }))).toEqual([
        0,
        0,
        0,
        '2 placement_in_use',
      ]);
      expect(await feed(row({ ods: 'RZ2', day: '03' }))).toEqual([0, 0, 0, '2 placement_in_use']);
    });
  });

  describe('files of the training record', () => {
    const registered = () =>
      sent(
        registrationsText([
          'RZ1,90000001,GMC,9000001,REGISTERED,Full,,,2026-07-01T02:00:00Z',
          'RZ1,90000002,GMC,9000002,REGISTERED,Full,,,2026-07-01T02:00:00Z',
        ]),
      );
    const placements = async () => {
      const rows = await db
        .selectFrom('training_placement')
        .selectAll()
        .orderBy('start_date')
        .execute();
      return rows.map((one) =>
        [
          one.lead_ods_code,
          one.host_ods_code,
          one.specialty,
          one.site,
          `${one.start_date}/${one.end_date ?? ''}`,
          one.withdrawn ? 'withdrawn' : 'current',
        ].join(' '),
      );
    };
    let hour = 0;
    const notify = (...values: readonly Parameters<typeof notificationLine>[0][]) => {
      hour += 1;
      const created = `20260801 ${String(hour).padStart(6, '0')}`;
      return sent(tisText('DNC', values.map(notificationLine), { created }));
    };
    const host = positionLine({
      positionId: '3900002',
      hostLeadIndicator: 'H',
      employingVpd: '902',
      location: 'Brackenford Heart Centre',
    });
    beforeEach(registered);

    it('bring posts of the lead employer and of hosts, and take them back', async () => {
      expect(await sent(tisText('RMF', [positionLine(), host]))).toEqual([2, 0, 0]);
      expect(
        await sent(
          tisText(
            'RMC',
            [
              positionLine({ areaOfWork: 'Renal' }),
              positionLine({ positionId: '3900002', change: 'D' }),
            ],
            {
              created: '20260802 144500',
            },
          ),
        ),
      ).toEqual([0, 2, 0]);
      // Made before those, and late.
      expect(await sent(tisText('RMC', [positionLine({ areaOfWork: 'Other' })]))).toEqual([
        0, 0, 1,
      ]);
      const posts = await sql`select position_id, role, area_of_work, employing_vpd, withdrawn
        from esr.training_post order by position_id`.execute(db);
      expect(posts.rows).toEqual([
        {
          position_id: '3900001',
          role: 'LEAD',
          area_of_work: 'Renal',
          employing_vpd: '901',
          withdrawn: false,
        },
        {
          position_id: '3900002',
          role: 'HOST',
          area_of_work: 'Cardiology',
          employing_vpd: '902',
          withdrawn: true,
        },
      ]);
    });

    it('announce a placement, change its dates, and take it back: the lead employer’s, at a host', async () => {
      await sent(tisText('RMF', [positionLine(), host]));
      await events();
      const cardiology = 'RZ1 RZ2 Cardiology Brackenford Heart Centre';
      expect(await notify({})).toEqual([1, 0, 0]);
      expect(await placements()).toEqual([`${cardiology} 2026-08-05/ current`]);
      expect(
        await notify({
          notificationTitleCode: '4',
          changeOfProjectedHireDate: '20260812',
          changeOfProjectedEndDate: '20270202',
        }),
      ).toEqual([0, 1, 0]);
      expect(await placements()).toEqual([`${cardiology} 2026-08-12/2027-02-02 current`]);
      // The next doctor comes: the end of this one is said beside, and comes to nothing else.
      expect(
        await notify({
          currentTraineeGmcNumber: '9000001',
          currentTraineeProjectedEndDate: '20270131',
          nextAppointmentTraineeGmcNumber: '9000002',
          nextAppointmentProjectedStartDate: '20270203',
        }),
      ).toEqual([1, 1, 0]);
      expect(
        await notify({
          notificationTitleCode: '2',
          nextAppointmentTraineeGmcNumber: '',
          withdrawnTraineeGmcNumber: '9000002',
          withdrawnTraineeLastName: 'HAWTHORNE',
        }),
      ).toEqual([0, 1, 0]);
      expect(await placements()).toEqual([
        `${cardiology} 2026-08-12/2027-01-31 current`,
        `${cardiology} 2027-02-03/ withdrawn`,
      ]);
      // Nothing new in it.
      expect(
        await notify({ notificationTitleCode: '4', changeOfProjectedEndDate: '20270131' }),
      ).toEqual([0, 0, 1]);
      expect(await events()).toHaveLength(5);
    });

    it('come to what was said last, and begin another placement after the first has ended', async () => {
      expect(
        await notify(
          {},
          { notificationTitleCode: '4', changeOfProjectedEndDate: '20261201' },
          { notificationTitleCode: '2' },
          {},
        ),
      ).toEqual([1, 0, 3]);
      expect(await notify({ nextAppointmentProjectedStartDate: '20270804' })).toEqual([1, 0, 0]);
      expect(await placements()).toEqual([
        'RZ1 RZ1 080 RZ201 2026-08-05/2026-12-01 current',
        'RZ1 RZ1 080 RZ201 2027-08-04/ current',
      ]);
      const read = await postgresStaffRecords(db).findEvents({
        types: ['PLACEMENT_CHANGED'],
        after: 0,
        limit: 10,
      });
      expect(read.events[0]?.trainingPlacements.map(({ endDate }) => endDate).toSorted()).toEqual([
        '2026-12-01',
        null,
      ]);
    });

    it('let a post be created before it has a position, and take it back', async () => {
      expect(
        await notify({
          notificationTitleCode: '5',
          nextAppointmentTraineeGmcNumber: '',
          postSpeciality: 'Renal',
        }),
      ).toEqual([1, 0, 0]);
      expect(await notify({})).toEqual([1, 0, 0]);
      expect(await placements()).toEqual(['RZ1 RZ1 Renal RZ201 2026-08-05/ current']);
      expect(await sent(tisText('RMF', [positionLine()]))).toEqual([1, 0, 0]);
      expect(
        await notify({ notificationTitleCode: '5', medicalRotationPostDeleteIndicator: 'Y' }),
      ).toEqual([0, 0, 1]);
      const posts = await sql`select position_id from esr.training_post`.execute(db);
      expect(posts.rows).toEqual([{ position_id: '3900001' }]);
    });

    it('are left out for somebody who is not known, or has another name', async () => {
      const replaced = {
        replacementTraineeGmcNumber: '9000002',
        replacementTraineeProjectedHireDate: '20260805',
      };
      expect(
        await notify(
          { nextAppointmentTraineeGmcNumber: '9000009' },
          { nextAppointmentTraineeLastName: 'Other' },
          { notificationTitleCode: '2', nextAppointmentTraineeLastName: '', ...replaced },
          { notificationTitleCode: '4', changeOfProjectedEndDate: '20260701' },
        ),
      ).toEqual([1, 0, 1, '2 trainee_unknown', '3 trainee_name_differs']);
    });
  });

  it('takes what two employers say of a person whose ids were joined as of one person', async () => {
    await send(
      go2Text(
        [
          personLine({
            nhsEmployeeId: '70000009',
            niNumber: 'QQ000009A',
            esrPersonId: '5000009',
            employeeNumber: '90000009',
          }),
        ],
        { vpd: '902', sequence: 2 },
      ),
    );
    const ids = await db
      .selectFrom('employment')
      .select(['staff_id', 'ods_code'])
      .where('employee_number', 'in', ['90000001', '90000009'])
      .orderBy('employee_number')
      .execute();
    const [one, other] = [ids[0]?.staff_id ?? '', ids.at(-1)?.staff_id ?? ''];
    const row = (ods: string, employee: string, day: string) =>
      registrationsText([
        `${ods},${employee},NMC,18Z0042E,ACTIVE,,,2030-01-01,2026-11-${day}T02:00:00Z`,
      ]);
    await sent(row('RZ1', '90000001', '02'));
    expect(await sent(row('RZ2', '90000009', '03'))).toEqual([0, 0, 0, '2 registration_in_use']);
    await sql`select esr.join_staff(${other}, ${one}, 'tester', 'the same passport', true)`.execute(
      db,
    );
    expect(await sent(row('RZ2', '90000009', '04'))).toEqual([0, 0, 1]);
    const held = await db
      .selectFrom('registration')
      .select(['staff_id', 'last_checked_at'])
      .execute();
    expect(held).toEqual([{ staff_id: one, last_checked_at: new Date('2026-11-04T02:00:00Z') }]);
  });

  it('gives the employee numbers of those who have not left, some at a time', async () => {
    const imports = postgresStaffImports(db);
    const page = { odsCode: 'RZ1', day: '2026-11-22', limit: 1 };
    expect(await imports.findEmployeeNumbers({ ...page, after: undefined })).toEqual(['90000001']);
    expect(await imports.findEmployeeNumbers({ ...page, after: '90000001' })).toEqual(['90000002']);
    expect(await imports.findEmployeeNumbers({ ...page, after: '90000002' })).toEqual([]);
  });

  it.each<[string, string]>([
    [
      'organisation_unknown',
      registrationsText(['RZ8,90000001,GMC,9000001,ACTIVE,,,,2026-11-01T02:00:00Z']),
    ],
    ['vpd_unknown', tisText('DNC', [notificationLine()], { vpd: '999' })],
    [
      'too_many_rejected',
      trainingText(['x', 'y', 'z'].map((name) => `RZ1,90000001,${name},2026-01-01,`)),
    ],
  ])('refuses a feed whole: %s', async (code, text) => {
    expect(await send(text)).toMatchObject({ kind: 'refused', code });
  });

  it('goes on with a feed that was cut off where it was', async () => {
    const imports = postgresStaffImports(db);
    const rows = Array.from(
      { length: 2_100 },
      (_, index) => `RZ1,90000001,901|LOCAL|Course ${String(index)}|,2026-05-01,`,
    );
    const path = join(folder, 'cut.csv');
    await writeFile(path, trainingText(rows));
    const start = { path, kind: 'TRAINING', odsCode: 'RZ1', sequence: null, full: false } as const;
    const run = await imports.startRun({
      id: 'imp_cut0000000000000000000',
      fileDay: '2026-11-22',
      ...start,
    });
    const extract = await openExtract(path);
    for await (const batch of extract.batches) {
      await imports.stage(run, batch);
      break;
    }
    await extract.close();
    const cut = await imports.findRun(run.id);
    expect(cut).toMatchObject({ state: 'READING', line: 2_000, staged: 1_999 });
    const [outcome] = await esr.resumeImports(cut);
    expect(outcome).toMatchObject({ kind: 'imported', rowsRead: 2_100, added: 2_100 });
  });

  it('reads a service for everybody who has not left, into feeds that it imports', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const number = /employees\/(\d+)\/records$/.exec(request.url ?? '')?.[1];
      if (number !== undefined) asked.push(number);
      const registration = { type: 'professionalRegistration', body: 'NMC', number: '18Z0042E' };
      const records = [
        { ...registration, status: 'active', lastCheckedAt: '2026-11-01T02:00:00Z' },
      ];
      const answer =
        number === undefined
          ? { access_token: 't', expires_in: 60 }
          : number === '90000001'
            ? records
            : [];
      response.end(JSON.stringify(answer));
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    try {
      const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const key = { ...privateKey.export({ format: 'jwk' }), kid: 'k1' };
      await writeFile(join(folder, 'key.json'), JSON.stringify(key));
      const source = join(folder, 'source.json');
      const described = { url, tokenUrl: `${url}/token`, clientId: 'rz1', keyFile: 'key.json' };
      await writeFile(source, JSON.stringify(described));
      const { files: written } = await esr.readRest({ source, odsCode: 'RZ1', folder });
      expect(asked).toEqual(['90000001', '90000002']);
      expect(await esr.importFiles(written)).toMatchObject([{ kind: 'imported', added: 1 }]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('changes nothing by the same file again, nor by a dry run', async () => {
    const text = trainingText(['RZ1,90000001,NHS|CSTF|Fire Safety - 2 Years|,2026-05-01,']);
    expect(await send(text, { dryRun: true })).toMatchObject({
      kind: 'imported',
      added: 1,
      dryRun: true,
    });
    expect(await events()).toEqual([]);
    expect(await send(text)).toMatchObject({ kind: 'imported', added: 1 });
    expect(await send(text)).toMatchObject({ kind: 'already-imported', added: 0 });
    const count = await sql`select count(*)::integer as count from esr.competence`.execute(db);
    expect(count.rows).toEqual([{ count: 1 }]);
  });
}
