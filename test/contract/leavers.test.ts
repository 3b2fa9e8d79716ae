/** Who has left, who died in service, and who left and is still at work, on both kinds of database. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { codedValue, codeList } from '../../subgraphs/esr/domain/code-lists/coded-value.ts';
import { isDeathInService } from '../../subgraphs/esr/postgres/death-in-service.ts';
import { postgresStaffRecords } from '../../subgraphs/esr/postgres/staff-records.ts';
import { describeWithServers } from '../servers/available.ts';
import { assignmentLine, go2Text, personLine } from '../unit/subgraphs/esr/extract-files.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';
import { type ImportWorld, startImportWorld } from './import-world.ts';

describe('on the embedded engine', () => {
  leaving(embeddedDatabase);
});

describeWithServers('postgres')('on PostgreSQL', () => {
  leaving(serverDatabase);
});

const ENDED = '20261012';
const left = (leavingReason: string) => ({
  terminationDate: ENDED,
  systemPersonType: 'EX_EMP',
  leavingReason,
});

function leaving(open: () => Promise<Opened>): void {
  let world: ImportWorld;
  let sequences: Map<string, number>;
  beforeAll(async () => {
    world = await startImportWorld(open);
  });
  afterAll(() => world.stop());
  beforeEach(async () => {
    sequences = new Map();
    await world.clear();
  });

  /** Imports the changes of a trust. */
  const changes = async (vpd: string, ...rows: string[]): Promise<void> => {
    const sequence = (sequences.get(vpd) ?? 0) + 1;
    sequences.set(vpd, sequence);
    const outcome = await world.send(go2Text(rows, { vpd, sequence, kind: 'GOC' }));
    expect(outcome).toMatchObject({ kind: 'imported', rejected: [] });
  };
  /** The ends of employments that were told, as they stand now. */
  const told = async () => {
    const { events } = await postgresStaffRecords(world.db).findEvents({
      types: ['STAFF_LEFT'],
      after: 0,
      limit: 100,
    });
    return events.map(({ odsCode, worksAt, deceased }) => ({ odsCode, worksAt, deceased }));
  };
  const findings = async (odsCode?: string) => {
    const { leavers, count } = await world.esr.findLeavers({
      ...(odsCode === undefined ? {} : { odsCode }),
      days: 90,
      limit: 10,
    });
    expect(leavers).toHaveLength(count);
    return leavers.map((one) => `${one.odsCode} ${one.finding} ${one.worksAt.join(' ')}`);
  };
  const ended = (date = ENDED) => assignmentLine({ endDate: date });

  it('tells that somebody died, and lists nobody who is at work nowhere', async () => {
    await changes('901', personLine(), assignmentLine());
    await changes('901', personLine(left('Death in Service')), ended());
    expect(await told()).toEqual([{ odsCode: 'RZ1', worksAt: [], deceased: true }]);
    expect(await findings()).toEqual([]);
  });

  it('takes no other reason for death', async () => {
    await changes('901', personLine(), assignmentLine());
    await changes('901', personLine(left('Retirement - Age')), ended());
    expect(await told()).toEqual([{ odsCode: 'RZ1', worksAt: [], deceased: false }]);
  });

  it('tells again when the reason is keyed after the leaving, once', async () => {
    await changes('901', personLine(), assignmentLine());
    await changes('901', personLine(left('')), ended());
    expect(await told()).toEqual([{ odsCode: 'RZ1', worksAt: [], deceased: false }]);
    await changes('901', personLine(left('DEATH IN SERVICE')));
    await changes('901', personLine({ ...left('Death in Service'), title: 'Mrs.' }));
    const now = { odsCode: 'RZ1', worksAt: [], deceased: true };
    expect(await told()).toEqual([now, now]);
  });

  it('is no leaving while a bank post is open, and says so', async () => {
    const bank = assignmentLine({
      esrAssignmentId: '6000002',
      assignmentNumber: '90000001-2',
      position: '3559596|Bank Nurse Band 5|N7B|Bank',
    });
    await changes('901', personLine(), assignmentLine(), bank);
    await changes('901', personLine(left('Retirement - Age')), ended());
    expect(await told()).toEqual([]);
    expect(await findings('RZ1')).toEqual(['RZ1 POST_STILL_OPEN RZ1']);
    await changes(
      '901',
      assignmentLine({
        esrAssignmentId: '6000002',
        assignmentNumber: '90000001-2',
        endDate: '20261101',
      }),
    );
    expect(await told()).toHaveLength(1);
    expect(await findings()).toEqual([]);
  });

  it('believes no death of somebody whom another trust employs, until that trust says so too', async () => {
    await changes('901', personLine(), assignmentLine());
    await changes('902', personLine(), assignmentLine());
    await changes('901', personLine(left('Death in Service')), ended());
    expect(await told()).toEqual([{ odsCode: 'RZ1', worksAt: ['RZ2'], deceased: false }]);
    expect(await findings()).toEqual(['RZ1 DECEASED_AND_EMPLOYED RZ2']);
    expect(await findings('RZ2')).toEqual([]);
    await changes(
      '902',
      personLine({ ...left(''), terminationDate: '20261101' }),
      ended('20261101'),
    );
    expect(await told()).toEqual([
      { odsCode: 'RZ1', worksAt: [], deceased: true },
      { odsCode: 'RZ2', worksAt: [], deceased: true },
    ]);
  });

  it('has somebody back at work when a file of changes holds no more than a post of theirs', async () => {
    const other = personLine({
      esrPersonId: '5000009',
      employeeNumber: '90000009',
      niNumber: '',
      nhsEmployeeId: '',
      family: 'Okoro',
    });
    await changes('901', personLine(), assignmentLine(), other);
    sequences.set('901', 2);
    await world.send(go2Text([other], { sequence: 2 }), { absenceBrake: 1 });
    expect(await told()).toMatchObject([{ odsCode: 'RZ1', worksAt: [] }]);
    await changes('901', assignmentLine());
    expect(await told()).toMatchObject([{ odsCode: 'RZ1', worksAt: ['RZ1'] }]);
  });

  it('believes no death of somebody who was hired afterwards', async () => {
    await changes('901', personLine(), assignmentLine());
    await changes('901', personLine(left('Death in Service')), ended());
    const hired = { hireDate: '20261020', effectiveFrom: '20261020' };
    await changes('902', personLine(hired), assignmentLine({ startDate: '20261020' }));
    await changes(
      '902',
      personLine({ ...hired, terminationDate: '20261101', systemPersonType: 'EX_EMP' }),
      ended('20261101'),
    );
    expect((await told()).map(({ deceased }) => deceased)).toEqual([false, false]);
  });

  it('lists who left for another trust, without a name', async () => {
    await changes('901', personLine(), assignmentLine());
    await changes('902', personLine(), assignmentLine());
    await changes('901', personLine(left('Voluntary Resignation - Promotion')), ended());
    const { leavers } = await world.esr.findLeavers({ days: 90, limit: 10 });
    expect(leavers).toEqual([
      {
        staffId: expect.stringMatching(/^stf_/),
        odsCode: 'RZ1',
        employeeNumber: '90000001',
        endedOn: '2026-10-12',
        leavingReason: 'Voluntary Resignation - Promotion',
        finding: 'WORKS_ELSEWHERE',
        worksAt: ['RZ2'],
      },
    ]);
    expect(await world.esr.findLeavers({ days: 10, limit: 10 })).toEqual({ count: 0, leavers: [] });
  });

  it('knows death by the words and the code of the code list, and nothing else by them', async () => {
    const reasons = codeList('LEAVING_REASON').flatMap(({ code, display }) => [
      code ?? '',
      display,
    ]);
    const asked = [...reasons, 'death  in service', 'Death In Service.', ''];
    const { rows } = await sql<{ reason: string; died: boolean }>`
      select r.reason, ${isDeathInService('r.reason')} as died
      from jsonb_array_elements_text(${JSON.stringify(asked)}::jsonb) r (reason)`.execute(world.db);
    expect(rows).toEqual(
      asked.map((reason) => ({
        reason,
        died: codedValue('LEAVING_REASON', reason)?.code === '01',
      })),
    );
  });
}
