/** Reading qualifications, posts and notifications of placements. */
import { describe, expect, it } from '@jest/globals';

import { readExtract } from '../../../../../subgraphs/esr/files/open-extract.ts';
import { notificationLine, positionLine, qualificationsText, tisText } from '../feed-files.ts';

async function* once(bytes: Uint8Array) {
  await Promise.resolve();
  yield bytes;
}

async function read(text: string) {
  const bytes = Buffer.from(text);
  const extract = await readExtract({
    size: bytes.length,
    head: (length) => Promise.resolve(bytes.subarray(0, length)),
    chunks: () => once(bytes),
    close: () => Promise.resolve(),
  });
  const rows = [];
  const faults = [];
  for await (const batch of extract.batches) {
    rows.push(...batch.rows);
    faults.push(...batch.faults.map(({ line, field, code }) => `${String(line)} ${field} ${code}`));
  }
  return { kind: extract.kind, header: extract.header, rows, faults };
}

const QUALIFICATION =
  'RZ1,90000001,BSc Nursing,Degree,Adult nursing,Ashbourne University,gb,2008-07-01,2020-01-06,held';

describe('qualifications', () => {
  it('are read', async () => {
    expect(
      await read(qualificationsText([QUALIFICATION, 'RZ1,90000001,PhD,,,,,2015-07-01,,WITHDRAWN'])),
    ).toEqual({
      kind: 'QUALIFICATIONS',
      header: { odsCode: 'RZ1' },
      rows: [
        {
          line: 2,
          employeeNumber: '90000001',
          title: 'BSc Nursing',
          level: 'Degree',
          subject: 'Adult nursing',
          institution: 'Ashbourne University',
          country: 'GB',
          awardedOn: '2008-07-01',
          checkedOn: '2020-01-06',
          withdrawn: false,
        },
        {
          line: 3,
          employeeNumber: '90000001',
          title: 'PhD',
          level: null,
          subject: null,
          institution: null,
          country: null,
          awardedOn: '2015-07-01',
          checkedOn: null,
          withdrawn: true,
        },
      ],
      faults: [],
    });
  });

  it.each([
    ['2 country country_invalid', QUALIFICATION.replace(',gb,', ',Wales,')],
    ['2 qualification value_missing', QUALIFICATION.replace('BSc Nursing', '')],
    ['2 awardedOn value_missing', QUALIFICATION.replace('2008-07-01', '')],
    ['2 checkedOn date_order', QUALIFICATION.replace('2020-01-06', '2007-01-06')],
    ['2 status value_unknown', QUALIFICATION.replace('held', 'lost')],
    ['2 employeeNumber nhs_number_not_allowed', QUALIFICATION.replace('90000001', '9990000018')],
  ])('are left out: %s', async (fault, row) => {
    expect(await read(qualificationsText([row]))).toMatchObject({ rows: [], faults: [fault] });
  });
});

describe('posts', () => {
  it('are of the lead employer, of a host, or taken back', async () => {
    const lead = positionLine({ record: 'POS' });
    const host = positionLine({
      positionId: '3900002',
      hostLeadIndicator: 'H',
      employingVpd: '902',
    });
    const gone = positionLine({ change: 'D', deaneryNumber: '' });
    const { kind, header, rows, faults } = await read(tisText('RMF', [lead, host, gone]));
    expect({ kind, header, faults }).toEqual({
      kind: 'TRAINING_POSTS',
      header: { vpd: '901', sequence: 1, full: true, day: '2026-08-01' },
      faults: [],
    });
    expect(rows).toEqual([
      expect.objectContaining({
        role: 'LEAD',
        withdrawn: false,
        location: null,
        employingVpd: null,
      }),
      expect.objectContaining({ role: 'HOST', withdrawn: false, employingVpd: '902' }),
      expect.objectContaining({ withdrawn: true, nationalPostNumber: null }),
    ]);
  });

  it.each([
    ['2 employingVpd lead_employer_differs', { employingVpd: '902' }],
    ['2 employingVpd vpd_invalid', { employingVpd: '9020' }],
    ['2 hostLeadIndicator value_unknown', { hostLeadIndicator: 'X' }],
    ['2 change value_unknown', { change: 'X' }],
    ['2 deaneryNumber post_number_invalid', { deaneryNumber: 'NTH/RZ201' }],
    ['2 positionId value_missing', { positionId: '' }],
  ])('are left out: %s', async (fault, values) => {
    expect(await read(tisText('RMC', [positionLine(values)]))).toMatchObject({
      rows: [],
      faults: [fault],
    });
  });
});

describe('notifications', () => {
  it('say who comes, and leave out what a host has', async () => {
    const { kind, rows, faults } = await read(
      tisText('DNC', [notificationLine(), notificationLine({ hostLeadEmployerStatus: 'Host' })]),
    );
    expect({ kind, faults }).toEqual({ kind: 'PLACEMENT_NOTIFICATIONS', faults: [] });
    expect(rows).toEqual([
      {
        line: 2,
        type: 'PLACEMENT',
        nationalPostNumber: 'NTH/RZ201/080/STR/005',
        occupationCode: null,
        location: null,
        specialty: null,
        grade: 'Specialty Registrar',
        current: null,
        currentEnd: null,
        next: { gmcNumber: '9000001', family: 'Hawthorne' },
        nextStart: '2026-08-05',
        withdrawn: null,
        replacement: null,
        replacementStart: null,
        changedStart: null,
        changedEnd: null,
        postDeleted: false,
        updatedAt: '2026-08-01T14:45:00Z',
      },
    ]);
  });

  const none = { nextAppointmentTraineeGmcNumber: '' };
  it.each([
    ['2 notificationTitleCode notification_type_unknown', { notificationTitleCode: '3' }],
    ['2 notificationTitleCode value_missing', { notificationTitleCode: '' }],
    ['2 nextAppointmentTraineeGmcNumber value_missing', none],
    [
      '2 nextAppointmentTraineeGmcNumber registration_number_invalid',
      { nextAppointmentTraineeGmcNumber: '12' },
    ],
    [
      '2 nextAppointmentProjectedStartDate value_missing',
      { nextAppointmentProjectedStartDate: '' },
    ],
    ['2 withdrawnTraineeGmcNumber value_missing', { notificationTitleCode: '2', ...none }],
    ['2 changeOfProjectedHireDate value_missing', { notificationTitleCode: '4' }],
    [
      '2 changeOfProjectedEndDate date_order',
      {
        notificationTitleCode: '4',
        changeOfProjectedHireDate: '20260901',
        changeOfProjectedEndDate: '20260831',
      },
    ],
    ['2 postVacantAtNextRotation value_unknown', { ...none, postVacantAtNextRotation: 'perhaps' }],
    ['2 hostLeadEmployerStatus value_unknown', { hostLeadEmployerStatus: 'X' }],
  ])('are left out: %s', async (fault, values) => {
    expect(await read(tisText('DNF', [notificationLine(values)]))).toMatchObject({
      rows: [],
      faults: [fault],
    });
  });

  it('may be of a vacant post, or of one that was created', async () => {
    const vacant = notificationLine({ ...none, postVacantAtNextRotation: 'true' });
    const created = notificationLine({ ...none, notificationTitleCode: '05' });
    expect(await read(tisText('DNF', [vacant, created]))).toMatchObject({
      rows: [{ type: 'PLACEMENT' }, { type: 'POST_CREATED' }],
      faults: [],
    });
  });
});

describe('a file of the training record that is refused whole', () => {
  it.each<[string, string, object]>([
    ['is of a kind that others read', tisText('APP', []), { line: 1, code: 'tis_file_not_read' }],
    [
      'has a strange name',
      tisText('DNC', [], { name: 'DE_TIS_DNC.DAT' }),
      { code: 'tis_header_invalid' },
    ],
    [
      'was made at no time',
      tisText('DNC', [], { created: '20260231 99' }),
      { code: 'tis_header_invalid' },
    ],
    [
      'is of no employer',
      tisText('DNC', [], { vpd: '9' }),
      { field: 'vpd', code: 'tis_header_invalid' },
    ],
    [
      'has rows of another kind',
      tisText('DNC', [positionLine()]),
      { line: 2, code: 'record_code_unknown' },
    ],
    ['has a short row', tisText('DNC', ['NTF~1']), { line: 2, code: 'column_count' }],
    [
      'was cut short',
      tisText('DNC', [notificationLine()]).replace(/TRL.*\n/, ''),
      { code: 'trailer_missing' },
    ],
    [
      'counts wrong',
      tisText('DNC', [notificationLine()]).replace('TRL~3', 'TRL~4'),
      { code: 'trailer_count' },
    ],
    [
      'was joined with another',
      tisText('DNC', [notificationLine()]) + tisText('DNC', [notificationLine()]),
      { code: 'second_header' },
    ],
  ])('%s', async (_how, text, fault) => {
    await expect(read(text)).rejects.toMatchObject({ fault });
  });
});
