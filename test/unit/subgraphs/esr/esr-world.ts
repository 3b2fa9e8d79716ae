/** A staff records subgraph with two trusts and a handful of people, asked the way the gateway asks it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import type { EsrRuntime, FileOutcome } from '../../../../subgraphs/esr/compose.ts';
import { startEsrServer } from './esr-server.ts';
import {
  assignmentLine,
  go2Text,
  ORGANISATIONS_TEXT,
  personLine,
  phoneLine,
  registrationsText,
  trainingText,
} from './extract-files.ts';

/** Starts the subgraph and imports the people. */
export async function startEsrWorld(wrap?: NonNullable<EsrRuntime['wrap']>) {
  const { esr, ...server } = await startEsrServer(wrap);
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-esr-'));
  const file = async (text: string): Promise<string> => {
    const path = join(folder, 'extract');
    await writeFile(path, text);
    return path;
  };
  const importText = async (text: string, maxRejectedShare?: number): Promise<FileOutcome> => {
    const [outcome] = await esr.importFiles(
      [await file(text)],
      undefined,
      maxRejectedShare === undefined ? {} : { maxRejectedShare },
    );
    if (outcome === undefined) throw new Error('no outcome');
    return outcome;
  };
  await esr.importOrganisations(await file(ORGANISATIONS_TEXT));
  for (const text of PEOPLE) {
    const outcome = await importText(text);
    if (outcome.kind !== 'imported' || outcome.rejected.length > 0) {
      throw new Error(JSON.stringify(outcome));
    }
  }
  return {
    ...server,
    importText,
    staffId: (odsCode: string, employeeNumber: string) =>
      staffIdOf(server.engine, odsCode, employeeNumber),
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function staffIdOf(
  engine: EmbeddedEngine,
  odsCode: string,
  employeeNumber: string,
): Promise<string> {
  const { rows } = await engine.query(
    'select staff_id from esr.employment where ods_code = $1 and employee_number = $2',
    [odsCode, employeeNumber],
  );
  return (rows[0] as { staff_id: string }).staff_id;
}

/** Ruth is at RZ1; Tom at RZ2; Siobhan at both, under two surnames; Dennis has left RZ1; Uma begins at RZ1 next month. */
const PEOPLE = [
  go2Text([
    personLine(),
    assignmentLine(),
    personLine({
      esrPersonId: '5000003',
      employeeNumber: '90000003',
      family: 'Gallagher',
      given: 'Siobhan',
      niNumber: 'QQ000003A',
      nhsEmployeeId: '70000003',
      workEmail: 'siobhan@nhsmail.example',
    }),
    assignmentLine({
      esrPersonId: '5000003',
      esrAssignmentId: '6000003',
      assignmentNumber: '90000003',
    }),
    personLine({
      esrPersonId: '5000004',
      employeeNumber: '90000004',
      family: 'Blenkinsop',
      niNumber: 'QQ000004A',
      nhsEmployeeId: '70000004',
      terminationDate: '20260930',
      systemPersonType: 'EX_EMP',
      workEmail: '',
    }),
    phoneLine({ esrPersonId: '5000003', number: '020 7946 0003' }),
    phoneLine({
      esrId: '7000002',
      esrPersonId: '5000003',
      number: '020 7946 0009',
      effectiveTo: '20251231',
    }),
    phoneLine({ esrId: '7000003', esrPersonId: '5000004', number: '020 7946 0004' }),
    assignmentLine({
      esrPersonId: '5000004',
      esrAssignmentId: '6000004',
      assignmentNumber: '90000004',
      effectiveTo: '20260930',
      endDate: '20260930',
    }),
    personLine({
      esrPersonId: '5000005',
      employeeNumber: '90000005',
      family: 'Nair',
      niNumber: 'QQ000005A',
      nhsEmployeeId: '70000005',
      effectiveFrom: '20261214',
      hireDate: '20261214',
      workEmail: '',
    }),
  ]),
  go2Text(
    [
      personLine({
        esrPersonId: '5000002',
        employeeNumber: '90000002',
        family: 'Webb',
        given: 'Tom',
        niNumber: 'QQ000002A',
        nhsEmployeeId: '70000002',
        workEmail: 'tom@nhsmail.example',
      }),
      assignmentLine({
        esrPersonId: '5000002',
        esrAssignmentId: '6000002',
        assignmentNumber: '90000002',
      }),
      personLine({
        esrPersonId: '5000001',
        employeeNumber: '90000001',
        family: 'Gallagher-Webb',
        given: 'Siobhan',
        niNumber: 'QQ000003A',
        nhsEmployeeId: '70000003',
        previousFamily: 'Gallagher',
        hireDate: '20240108',
        workEmail: 'siobhan.rz2@nhsmail.example',
      }),
      assignmentLine({
        esrAssignmentId: '6000009',
        position: '3000009|Bank Nurse Band 5|N7B|Bank',
      }),
      phoneLine({ esrPersonId: '5000001', number: '0141 496 0001' }),
    ],
    { vpd: '902' },
  ),
  registrationsText([
    'RZ1,90000003,NMC,14Z0003E,REGISTERED,Nurse - Adult,2014-03-03,2027-03-31,2026-11-01T02:00:00Z',
  ]),
  registrationsText([
    'RZ2,90000002,NMC,15Z0002E,REGISTERED,Nurse - Adult,2015-03-03,2027-03-31,2026-11-01T02:00:00Z',
  ]),
  trainingText([
    'RZ1,90000003,NHS|CSTF|Fire Safety - 2 Years|,2024-05-01,',
    'RZ1,90000003,NHS|CSTF|Fire Safety - 2 Years|,2026-05-01,',
  ]),
  trainingText(['RZ2,90000001,902|LOCAL|Trust Induction|,2024-01-08,']),
];
