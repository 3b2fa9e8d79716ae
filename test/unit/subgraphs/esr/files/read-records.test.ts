import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { FileRefused } from '../../../../../subgraphs/esr/domain/import-outcome.ts';
import { readExtract } from '../../../../../subgraphs/esr/files/open-extract.ts';
import {
  assignmentLine,
  go2Text,
  personLine,
  registrationsText,
  trainingText,
} from '../extract-files.ts';
import { sourceOf } from './extract-source.ts';
import { readWhole } from './read-whole.ts';

const read = async (...parts: readonly (string | Uint8Array)[]) =>
  readWhole(await readExtract(sourceOf(...parts.map((part) => Buffer.from(part as string)))));
const good = go2Text([personLine(), assignmentLine()]);

describe('a file that is refused whole', () => {
  const header = good.split('\n')[0] ?? '';
  it.each<[string, string | Uint8Array, object]>([
    ['is empty', '', { line: 0, field: 'file', code: 'file_empty' }],
    ['is something else', 'name,date\n', { line: 1, field: 'file', code: 'file_kind_unknown' }],
    ['has a short header', `HDR~x\nTRL~2\n`, { line: 1, field: 'header', code: 'header_invalid' }],
    [
      'has a strange name',
      good.replace('_GOF_', '_XXX_'),
      { line: 1, field: 'fileName', code: 'header_invalid' },
    ],
    [
      'disagrees about its VPD',
      good.replace('~901~', '~902~'),
      { line: 1, field: 'vpd', code: 'header_invalid' },
    ],
    [
      'was made at no time',
      good.replace('~20261101 060000~901', '~today~901'),
      { line: 1, field: 'created', code: 'header_invalid' },
    ],
    [
      'was cut before its trailer',
      good.slice(0, good.indexOf('TRL')),
      { line: 3, field: 'trailer', code: 'trailer_missing' },
    ],
    [
      'was cut inside a row',
      good.slice(0, good.indexOf('ASA') + 40),
      { line: 3, field: 'assignment', code: 'column_count' },
    ],
    [
      'counts wrong',
      go2Text([personLine()], { count: 4 }),
      { line: 3, field: 'count', code: 'trailer_count' },
    ],
    [
      'has no count',
      good.replace(/TRL~\d+/, 'TRL~many'),
      { line: 4, field: 'trailer', code: 'column_count' },
    ],
    ['is two files joined', good + good, { line: 5, field: 'record', code: 'second_header' }],
    [
      'is two files joined without the first trailer',
      `${header}\n${good}`,
      { line: 2, field: 'record', code: 'second_header' },
    ],
    [
      'goes on after its trailer',
      `${good}${personLine()}\n`,
      { line: 5, field: 'record', code: 'data_after_trailer' },
    ],
    [
      'has an empty line',
      go2Text(['', personLine()]),
      { line: 2, field: 'record', code: 'blank_line' },
    ],
    [
      'has a record of an unknown kind',
      go2Text(['ZZA~1']),
      { line: 2, field: 'record', code: 'record_code_unknown' },
    ],
    [
      'has a record that neither adds nor deletes',
      go2Text(['PEX~1']),
      { line: 2, field: 'record', code: 'record_code_unknown' },
    ],
    [
      'has a column too many',
      go2Text([`${personLine()}~`]),
      { line: 2, field: 'person', code: 'column_count' },
    ],
    ['deletes without an id', go2Text(['ASD~']), { line: 2, field: 'id', code: 'esr_id_invalid' }],
    [
      'holds a control character',
      go2Text([personLine({ given: 'Ru\u001bth' })]),
      { line: 2, field: 'file', code: 'character_not_allowed' },
    ],
    [
      'holds a null byte',
      go2Text([personLine({ given: 'Ru\u0000th' })]),
      { line: 2, field: 'file', code: 'character_not_allowed' },
    ],
    [
      'has a line without end',
      `HDR~${'x'.repeat(10_000)}`,
      { line: 1, field: 'file', code: 'line_too_long' },
    ],
    [
      'is a feed that was cut',
      'odsCode,employeeNumber,competence,awardedOn,expiresOn\n',
      { line: 1, field: 'trailer', code: 'trailer_missing' },
    ],
    [
      'is a feed that counts wrong',
      trainingText(['RZ1,90000001,901|LOCAL|x|,2026-01-01,']).replace('TRL,3', 'TRL,4'),
      { line: 3, field: 'count', code: 'trailer_count' },
    ],
    [
      'is a feed of two organisations',
      trainingText([
        'RZ1,90000001,901|LOCAL|x|,2026-01-01,',
        'RZ2,90000001,901|LOCAL|x|,2026-01-01,',
      ]),
      { line: 3, field: 'odsCode', code: 'organisation_mixed' },
    ],
    [
      'is a feed with a broken quote',
      trainingText(['RZ1,"90000001,x,2026-01-01,']),
      { line: 2, field: 'record', code: 'quote_invalid' },
    ],
    [
      'is a feed with a column too few',
      trainingText(['RZ1,90000001,x']),
      { line: 2, field: 'record', code: 'column_count' },
    ],
    ['is a feed of nobody', trainingText([]), { line: 0, field: 'file', code: 'file_empty' }],
  ])('%s', async (_why, content, fault) => {
    const refusal = await read(content).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(FileRefused);
    expect((refusal as FileRefused).fault).toMatchObject(fault);
  });
});

describe('a row that is left out', () => {
  it.each<[string, Parameters<typeof personLine>[0], string, string]>([
    [
      'an NI number that was never issued',
      { niNumber: 'BG000001A' },
      'niNumber',
      'ni_number_invalid',
    ],
    [
      'an NHS number as NI number',
      { niNumber: '9990000018' },
      'niNumber',
      'nhs_number_not_allowed',
    ],
    [
      'an NHS number as NHS identifier',
      { nhsEmployeeId: '999 000 0018' },
      'nhsEmployeeId',
      'nhs_number_not_allowed',
    ],
    [
      'an NHS number as employee number',
      { employeeNumber: '9990000018' },
      'employeeNumber',
      'nhs_number_not_allowed',
    ],
    [
      'an NHS number as person id',
      { esrPersonId: '9990000018' },
      'esrPersonId',
      'nhs_number_not_allowed',
    ],
    ['an NHS number as date', { hireDate: '9990000018' }, 'hireDate', 'nhs_number_not_allowed'],
    [
      'a short employee number',
      { employeeNumber: '900001' },
      'employeeNumber',
      'employee_number_invalid',
    ],
    ['no surname', { family: ' ' }, 'family', 'value_missing'],
    ['no birth date', { birthDate: '' }, 'birthDate', 'value_missing'],
    ['29 February of a common year', { birthDate: '19970229' }, 'birthDate', 'date_invalid'],
    ['an end before its start', { effectiveTo: '20190101' }, 'effectiveTo', 'date_order'],
    ['termination before hire', { terminationDate: '20190101' }, 'terminationDate', 'date_order'],
    [
      'a smartcard of 11 digits',
      { smartcardUuid: '99900000001' },
      'smartcardUuid',
      'smartcard_uuid_invalid',
    ],
    ['an address that is none', { workEmail: 'ruth' }, 'workEmail', 'email_invalid'],
    ['a name of a thousand letters', { given: 'x'.repeat(1_000) }, 'given', 'value_too_long'],
  ])('has %s', async (_why, values, field, code) => {
    const other = personLine({ esrPersonId: '5000002', employeeNumber: '90000002' });
    const { content } = await read(go2Text([personLine(values), other]));
    expect(content).toMatchObject({ people: [{ esrPersonId: '5000002' }] });
    expect(content.rejected).toMatchObject([{ line: 2, field, code }]);
    expect(JSON.stringify(content.rejected)).not.toContain('9990000018');
  });

  it.each<[string, string, string]>([
    ['RZ1,90000001,XYZ,1,REGISTERED,,,,2026-11-01T02:00:00Z', 'body', 'body_unknown'],
    [
      'RZ1,90000001,NMC,18A,REGISTERED,,,,2026-11-01T02:00:00Z',
      'registrationNumber',
      'registration_number_invalid',
    ],
    [
      'RZ1,90000001,GMC,9990000018,REGISTERED,,,,2026-11-01T02:00:00Z',
      'registrationNumber',
      'nhs_number_not_allowed',
    ],
    ['RZ1,90000001,GMC,9000001,FINE,,,,2026-11-01T02:00:00Z', 'status', 'status_unknown'],
    ['RZ1,90000001,GMC,9000001,ACTIVE,,,,2026-11-01', 'lastCheckedAt', 'time_invalid'],
  ])('is the registration %s', async (row, field, code) => {
    const { content } = await read(registrationsText([row]));
    expect(content.rejected).toMatchObject([{ line: 2, field, code }]);
  });
});

describe('a file that is read', () => {
  it('gives its rows, with composite values taken apart', async () => {
    const { content, sha256 } = await read(good);
    expect(content).toMatchObject({
      kind: 'GO2',
      vpd: '901',
      sequence: 1,
      full: true,
      day: '2026-11-01',
      rowsRead: 2,
      people: [{ family: 'Hawthorne', birthDate: '1985-03-14', personType: 'EMPLOYEE' }],
      assignments: [
        {
          positionTitle: 'Staff Nurse Band 5',
          jobRole: 'Staff Nurse',
          staffGroup: 'Nursing and Midwifery Registered',
          fte: 1,
          primary: true,
        },
      ],
      rejected: [],
    });
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('may be in UTF-8 or Latin-1, with or without carriage returns and byte order mark', async () => {
    const text = go2Text([personLine({ family: 'Björk' })], { end: '\r\n' });
    for (const bytes of [
      Buffer.from(text, 'utf8'),
      Buffer.from(text, 'latin1'),
      Buffer.from(`\uFEFF${text}`, 'utf8'),
    ]) {
      const { content } = await read(bytes);
      expect(content).toMatchObject({ people: [{ family: 'Björk' }], rejected: [] });
    }
  });

  it('spells "no end" in three ways', async () => {
    for (const effectiveTo of ['', '1900-01-01', '31 Dec 4712']) {
      const { content } = await read(go2Text([personLine({ effectiveTo })]));
      expect(content).toMatchObject({ people: [{ effectiveTo: null }] });
    }
  });

  it('comes out the same however it is cut into chunks', async () => {
    const bytes = Buffer.from(
      go2Text([personLine({ family: 'Müller' }), assignmentLine()]),
      'utf8',
    );
    const whole = await read(bytes);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: bytes.length - 1 }), async (cut) => {
        const parts = [bytes.subarray(0, cut), bytes.subarray(cut)];
        expect(await read(...parts)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it('is never half understood: any bytes are refused by a rule or give rows', async () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.array(fc.string({ maxLength: 60 }), { maxLength: 4 }).map((rows) => go2Text(rows)),
      fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })).map(([at, byte]) => {
        const bytes = Buffer.from(good);
        bytes[at] = byte;
        return bytes;
      }),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (content) => {
        const result = await read(content).then(
          ({ content: { rowsRead } }) => rowsRead >= 0,
          (error: unknown) => error instanceof FileRefused,
        );
        expect(result).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
