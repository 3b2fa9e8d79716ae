import { describe, expect, it } from '@jest/globals';

import { assignmentLine, go2Text, personLine } from '../extract-files.ts';
import { extractOf } from './extract-source.ts';
import { readWhole } from './read-whole.ts';

const batchOf = async (row: string) => {
  const { batches } = await extractOf(go2Text([row]));
  for await (const batch of batches) return batch;
  throw new Error('there is a batch for a row');
};

const DIGEST = /^[A-Za-z0-9_-]{22}$/;

describe('the records of a GO2 file', () => {
  it.each<[string, string, object]>([
    [
      'a place of work',
      'LOA~200001~RZ101~Main Site~~1 High Street~~~Ashbourne~~AB1 2CD~GB~~~~01~~~~~~20260101 120000',
      {
        record: 'LOCATION',
        esrId: '200001',
        code: 'RZ101',
        name: 'Main Site',
        town: 'Ashbourne',
        postcode: 'AB1 2CD',
        closedOn: null,
      },
    ],
    [
      'a department',
      'ORA~100002~Renal Nursing~NHS_DE~19510101~31 Dec 4712~51662~19510101~~4311~100001~RZ1~200001~20260101 120000~Nursing',
      {
        record: 'ORGANISATION',
        esrId: '100002',
        name: 'Renal Nursing',
        type: 'NHS_DE',
        effectiveFrom: '1951-01-01',
        effectiveTo: null,
        parentEsrId: '100001',
        odsCode: 'RZ1',
        esrLocationId: '200001',
      },
    ],
    [
      'a position of a doctor in training, with columns that nobody knows yet',
      'POA~3000001~20200401~~3000001~3000001|Specialty Registrar|021|General Surgery|~1~4311100~Medical and Dental~Specialty Registrar~021~MN37~MN37|1~N~100002~Active~NONE~Yes~No~NTH/RTD01/080/STR/005~NTH~RZ101~20260101 120000~Doctors~new',
      {
        record: 'POSITION',
        esrId: '3000001',
        effectiveFrom: '2020-04-01',
        effectiveTo: null,
        number: '3000001',
        title: 'Specialty Registrar',
        areaOfWork: 'General Surgery',
        staffGroup: 'Medical and Dental',
        jobRole: 'Specialty Registrar',
        occupationCode: '021',
        payscale: 'MN37',
        esrDepartmentId: '100002',
        hiringStatus: 'Active',
        type: 'NONE',
        nationalPostNumber: 'NTH/RTD01/080/STR/005',
        workplaceOdsCode: 'RZ101',
      },
    ],
    [
      'a telephone at work',
      'PHA~5000001~7000001~W1~01632 960001~20200101~~20260101 120000',
      {
        record: 'PHONE',
        esrId: '7000001',
        esrPersonId: '5000001',
        type: 'W1',
        number: '01632 960001',
        effectiveFrom: '2020-01-01',
        effectiveTo: null,
      },
    ],
  ])('%s', async (_what, row, content) => {
    expect(await batchOf(row)).toMatchObject({
      faults: [],
      line: 2,
      rows: [{ ...content, action: 'A', line: 2, digest: expect.stringMatching(DIGEST) }],
    });
  });

  it.each<[string, string]>([
    ['a telephone at home', 'PHA~5000001~7000001~H1~01632 960001~20200101~~'],
    ['where somebody lives', 'ADA~5000001~7100001~H~GB~Yes~1 Low Road~~~Ashbourne~~~GB~20200101~~'],
    ['what somebody drives', 'VHA~5000001~6000001~7200001~20200101~~AB12CDE~~~~~~~~'],
    ['what the pay is booked to', 'COA~5000001~6000001~7300001~20200101~~~~~~~~~~~'],
    ['that an address is deleted', 'ADD~7100001'],
    ['that a vehicle is deleted', 'VHD~7200001'],
    ['that a costing is deleted', 'COD~7300001'],
  ])('%s is read and not kept', async (_what, row) => {
    expect(await batchOf(row)).toMatchObject({ rows: [], faults: [], line: 2 });
  });

  it.each<[string, string]>([
    ['PERSON', 'PED'],
    ['ASSIGNMENT', 'ASD'],
    ['LOCATION', 'LOD'],
    ['ORGANISATION', 'ORD'],
    ['POSITION', 'POD'],
    ['PHONE', 'PHD'],
  ])('the deletion of a %s', async (record, code) => {
    const { rows } = await batchOf(`${code}~123`);
    expect(rows).toEqual([{ record, action: 'D', line: 2, esrId: '123' }]);
  });

  it.each<[string, string, string, string, string]>([
    ['a department without a name', 'ORA~100002~ ~~~~~~~~~~~~', 'name', 'value_missing', ''],
    ['a place without a number', 'LOA~main~x', 'esrId', 'esr_id_invalid', 'm***'],
    ['an address of nobody', 'ADA~~7100001~H', 'esrPersonId', 'value_missing', ''],
    ['a costing without a number', 'COA~5000001~6000001', 'esrId', 'value_missing', ''],
    [
      'a position that ends before it begins',
      'POA~3000001~20200401~20200331~3000001~Nurse',
      'effectiveTo',
      'date_order',
      '########',
    ],
    [
      'an NHS number as telephone',
      'PHA~5000001~7000001~W1~9990000018~~~',
      'number',
      'nhs_number_not_allowed',
      '##########',
    ],
    ['a person of no surname', personLine({ family: ' ' }), 'family', 'value_missing', ''],
    [
      'a person with a mistyped date of birth',
      personLine({ birthDate: '31 Feb 1985' }),
      'birthDate',
      'date_invalid',
      '## *** ####',
    ],
    [
      'an assignment for more than all of the time',
      assignmentLine({ fte: '1.5' }),
      'fte',
      'fte_invalid',
      '#.#',
    ],
  ])('%s is left out, its value masked', async (_what, row, field, code, value) => {
    expect(await batchOf(row)).toMatchObject({
      rows: [],
      faults: [{ line: 2, field, code, value, rule: expect.any(String) }],
    });
  });
});

describe('an assignment', () => {
  const read = async (values: Parameters<typeof assignmentLine>[0]) =>
    (await batchOf(assignmentLine(values))).rows[0];

  it('says what the post is, and what the contract is', async () => {
    const values = {
      position: '3559596|Bank Nurse Band 5|N7B|Bank',
      category: '',
      hours: '37.50',
      userStatus: 'Maternity',
      location: '200001',
      organisation: '100002',
    };
    expect(await read(values)).toMatchObject({
      positionTitle: 'Bank Nurse Band 5',
      occupationCode: 'N7B',
      areaOfWork: 'Bank',
      contractType: 'Bank',
      hours: 37.5,
      userStatus: 'Maternity',
      esrLocationId: '200001',
      esrDepartmentId: '100002',
    });
  });

  it('loses a detail that is no occupation code or no number, and not the row', async () => {
    expect(await read({ position: '1|Nurse|nurse|', hours: 'full' })).toMatchObject({
      positionTitle: 'Nurse',
      occupationCode: null,
      areaOfWork: null,
      hours: null,
    });
  });
});

describe('the digest of a row', () => {
  const digest = async (row: string) =>
    (await batchOf(row)).rows.map((one) => 'digest' in one && one.digest);

  it('is that of what is kept: not of how a date is spelled, nor of a column that is not', async () => {
    const one = await digest(personLine({ effectiveTo: '31 Dec 4712', gender: 'Female' }));
    const other = await digest(personLine({ effectiveTo: '', effectiveFrom: '06 Jan 2020' }));
    expect(one).toEqual(other);
    expect(await digest(personLine({ family: 'Hawthorn' }))).not.toEqual(one);
  });

  it('tells a value in one column from the same value in the next', async () => {
    const given = await digest(personLine({ given: 'Ann', middle: '' }));
    expect(await digest(personLine({ given: '', middle: 'Ann' }))).not.toEqual(given);
  });
});

it('a whole file gives its people and posts', async () => {
  const { content } = await readWhole(
    await extractOf(go2Text([personLine(), assignmentLine(), 'PED~5000002', 'ASD~6000002'])),
  );
  expect(content).toMatchObject({
    people: [{ esrPersonId: '5000001' }],
    assignments: [{ esrAssignmentId: '6000001' }],
    deletedPeople: ['5000002'],
    deletedAssignments: ['6000002'],
    rowsRead: 4,
  });
});
