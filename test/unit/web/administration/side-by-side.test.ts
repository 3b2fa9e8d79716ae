import { describe, expect, it } from '@jest/globals';

import {
  type DirectorySide,
  type RecordSide,
  sideBySide,
} from '../../../../web/domain/administration/side-by-side.ts';
import { barChart } from '../../../../web/domain/administration/bar-chart.ts';
import {
  type PolicyContent,
  policyLines,
} from '../../../../web/domain/administration/policy-lines.ts';
import { codeWords } from '../../../../web/words/codes.ts';

const record: RecordSide = {
  name: { given: 'Amina', family: 'Khan' },
  previousFamilyNames: ['Javed'],
  workEmail: null,
  smartcardUuid: null,
  assignments: [
    { positionTitle: 'Nurse', employer: { odsCode: 'RZ1', name: 'Ashbourne' } },
    { positionTitle: 'Nurse', employer: { odsCode: 'RZ2', name: null } },
  ],
  employments: null,
  registrations: [{ body: 'NMC', number: '15Z0002E' }],
};
const directory: DirectorySide = {
  mail: 'amina@nhs.example',
  givenName: 'Amina',
  familyName: null,
  jobTitle: '',
  organisation: null,
};

describe('a person and a mailbox side by side', () => {
  it('has what either side has, and what was compared', () => {
    const rows = sideBySide(record, directory, [
      { field: 'familyName', outcome: 'different', directoryValue: 'Khan-Javed' },
      { field: 'lateAddition', outcome: 'nearly so', directoryValue: null },
    ]);
    expect(rows).toEqual(
      [
        ['familyName', 'Khan, formerly Javed', 'Khan-Javed', 'different'],
        ['givenName', 'Amina', 'Amina', undefined],
        ['workEmail', undefined, 'amina@nhs.example', undefined],
        ['organisation', 'Ashbourne (RZ1), RZ2', undefined, undefined],
        ['jobRole', 'Nurse', undefined, undefined],
        ['registration', 'NMC 15Z0002E', undefined, undefined],
        ['lateAddition', undefined, undefined, 'nearly so'],
      ].map(([field, held, found, outcome]) => ({
        field,
        record: held,
        directory: found,
        outcome,
      })),
    );
  });

  it('does without a side that is gone', () => {
    expect(sideBySide(undefined, undefined, [])).toHaveLength(6);
  });
});

describe('a bar chart', () => {
  it('never draws past its edge, nor what is a part of nothing', () => {
    const values = [
      { name: 'half', value: 5, of: 10 },
      { name: 'more', value: 11, of: 10 },
      { name: 'none', value: 0, of: 0 },
    ];
    expect(barChart(values).bars.map(({ length }) => length)).toEqual([300, 600, 0]);
    expect(barChart([]).height).toBeGreaterThan(0);
  });
});

describe('two versions of a policy', () => {
  const content: PolicyContent = {
    notApplicable: ['IDENTITY', 'WORK_HEALTH'],
    requiredTypes: [],
    status: { onlineMaxAgeSeconds: 300, offlineMaxAgeSeconds: 86_400 },
    identity: { minimumConfidence: 'MEDIUM' },
    registration: { readRecord: true, readWithinHours: 48, hcpcReadWithinHours: 192 },
    history: { months: 36, gapDays: 31 },
    criminalRecord: { level: 'ENHANCED', workforce: null, years: 3, portableInTraining: true },
    workHealth: { exposureProneProcedures: false },
    training: [],
  };
  const changedIn = (before: PolicyContent | undefined, after: PolicyContent) =>
    policyLines(before, after)
      .filter(({ isChanged }) => isChanged)
      .map(({ field }) => field);

  it('differ in what they say, and not in its order', () => {
    expect(changedIn(content, { ...content, notApplicable: ['WORK_HEALTH', 'IDENTITY'] })).toEqual(
      [],
    );
    expect(
      changedIn(content, { ...content, history: { months: 24, gapDays: 31 }, notApplicable: [] }),
    ).toEqual(['months', 'notApplicable']);
    expect(changedIn(undefined, content)).toEqual([]);
  });
});

describe('codes', () => {
  it('that are new are spelled out', () => {
    expect(codeWords('MatchingQueue', 'SOMETHING_NEW')).toBe('Something new');
    expect(codeWords('StatusReason', 'LOST_PHONE')).toBe('Their device was lost or stolen');
  });
});
