/** Six checks under a policy: what each piece of evidence makes of each check. */
import { describe, expect, it } from '@jest/globals';

import type { CredentialType } from '../../../../../subgraphs/passport/domain/credential.ts';
import { presentedStaffGroup } from '../../../../../subgraphs/passport/domain/employment-checks/check-person.ts';
import { employmentChecks } from '../../../../../subgraphs/passport/domain/employment-checks/employment-checks.ts';
import type {
  CheckedPerson,
  CheckRules,
  Evidence,
  LocalDecision,
} from '../../../../../subgraphs/passport/domain/employment-checks/evidence.ts';
import type { EmploymentCheck } from '../../../../../subgraphs/passport/domain/employment-checks/outcome.ts';
import { DEFAULT_POLICY } from '../../../../../subgraphs/passport/domain/policy.ts';
import {
  CLAIMS,
  decision,
  evidence,
  minutesAgo,
  nursePresented,
  PROVENANCE,
  READING,
  rules,
} from './example.ts';

const resultOf = (person: CheckedPerson, check: EmploymentCheck, under: CheckRules = rules()) => {
  const found = employmentChecks(person, under).checks.find((one) => one.check === check);
  if (found === undefined) throw new Error('six checks are always answered');
  return found;
};
/** The outcome, then the reasons, then the end. */
const line = ({
  outcome,
  reasons,
  endsOn,
}: {
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly endsOn?: string;
}): string => [outcome, ...reasons, ...(endsOn === undefined ? [] : [endsOn])].join(' ');

/** A person who presented one credential, and about whom nobody has decided anything. */
const only = (type: CredentialType, change: Partial<Evidence> = {}): CheckedPerson => ({
  evidence: [evidence(type, change)],
  readings: [READING],
  decisions: [],
});
const saying = (type: CredentialType, change: Record<string, unknown>): CheckedPerson =>
  only(type, { claims: { ...CLAIMS[type], ...change } });

describe('all six', () => {
  it('pass, with evidence, once the trust has done what only it can do', () => {
    const { checks, complete, missing } = employmentChecks(nursePresented(), rules());
    expect(checks.map((one) => [one.check, line(one), one.settled])).toEqual([
      ['IDENTITY', 'PASS', true],
      ['RIGHT_TO_WORK', 'PASS', true],
      ['PROFESSIONAL_REGISTRATION', 'PASS 2030-09-30', true],
      ['EMPLOYMENT_HISTORY', 'PASS', true],
      ['WORK_HEALTH', 'PASS', true],
      ['CRIMINAL_RECORD', 'PASS CHECKED_LOCALLY 2028-05-31', true],
    ]);
    expect({ complete, missing }).toEqual({ complete: true, missing: [] });
    expect(checks.every(({ evidence: shown }) => shown.length === 1)).toBe(true);
    expect(checks[2]?.register).toEqual(READING);
  });

  it('are not presented when nothing was', () => {
    const { checks, complete } = employmentChecks(
      { evidence: [], readings: [READING], decisions: [] },
      rules(),
    );
    expect(checks.map(line)).toEqual(Array(6).fill('NOT_PRESENTED NOTHING_PRESENTED'));
    expect(complete).toBe(false);
  });

  it('leave out what the policy does not ask for, and name the kinds that it misses', () => {
    const under = rules({
      notApplicable: ['PROFESSIONAL_REGISTRATION', 'CRIMINAL_RECORD'],
      requiredTypes: ['IDENTITY', 'VACCINATION', 'OCCUPATIONAL_HEALTH'],
    });
    const person = {
      ...nursePresented(),
      evidence: [
        evidence('IDENTITY'),
        evidence('OCCUPATIONAL_HEALTH', { outcome: 'SUSPENDED' as const }),
      ],
    };
    expect(line(resultOf(person, 'PROFESSIONAL_REGISTRATION', under))).toBe(
      'NOT_APPLICABLE NOT_ASKED_FOR',
    );
    const answer = employmentChecks(person, under);
    expect(answer.missing).toEqual(['VACCINATION', 'OCCUPATIONAL_HEALTH']);
    expect(answer.complete).toBe(false);
  });
});

const STANDING: readonly [string, Partial<Evidence>, string][] = [
  ['is invalid', { outcome: 'INVALID' }, 'FAIL CREDENTIAL_INVALID'],
  ['was revoked', { outcome: 'REVOKED' }, 'FAIL CREDENTIAL_REVOKED'],
  [
    'was revoked for a reason that is nobody’s business',
    { outcome: 'REVOKED', statusReason: 'LOST_PHONE' },
    'FAIL CREDENTIAL_REVOKED',
  ],
  [
    'was replaced',
    { outcome: 'REVOKED', statusReason: 'SUPERSEDED' },
    'EXPIRED CREDENTIAL_REPLACED',
  ],
  [
    'ended with the employment',
    { outcome: 'REVOKED', statusReason: 'LEAVING_ORGANISATION' },
    'EXPIRED EMPLOYMENT_ENDED',
  ],
  ['is suspended', { outcome: 'SUSPENDED' }, 'FAIL CREDENTIAL_SUSPENDED'],
  ['had run out when it was checked', { outcome: 'EXPIRED' }, 'EXPIRED CREDENTIAL_EXPIRED'],
  ['has run out since', { expiresAt: minutesAgo(0) }, 'EXPIRED CREDENTIAL_EXPIRED'],
  ['could not be checked', { outcome: 'CANNOT_CHECK' }, 'NEEDS_LOCAL_CHECK STATUS_UNKNOWN'],
  ['has no status', { statusAsOf: undefined }, 'NEEDS_LOCAL_CHECK STATUS_TOO_OLD'],
  [
    'has a status of 16 minutes',
    { statusAsOf: minutesAgo(16) },
    'NEEDS_LOCAL_CHECK STATUS_TOO_OLD',
  ],
  ['was erased', { claims: undefined }, 'NEEDS_LOCAL_CHECK CLAIMS_ERASED'],
  ['has no provenance', { provenance: undefined }, 'NEEDS_LOCAL_CHECK NOT_VERIFIED_BY_ISSUER'],
  [
    'was verified by nobody',
    { provenance: { ...PROVENANCE, verification_method: 'Not verified' } },
    'NEEDS_LOCAL_CHECK NOT_VERIFIED_BY_ISSUER',
  ],
];

describe.each([
  ['IDENTITY', 'IDENTITY'],
  ['RIGHT_TO_WORK', 'RIGHT_TO_WORK'],
  ['PROFESSIONAL_REGISTRATION', 'PROFESSIONAL_REGISTRATION'],
  ['EMPLOYMENT_HISTORY', 'EMPLOYMENT_ASSIGNMENT'],
  ['WORK_HEALTH', 'OCCUPATIONAL_HEALTH'],
  ['CRIMINAL_RECORD', 'DBS_OUTCOME'],
] as const)('%s', (check, type) => {
  it.each(STANDING)('does not pass when the credential %s', (_why, change, expected) => {
    const person = { ...only(type, change), decisions: [decision(check, 'ORIGINALS_SEEN')] };
    expect(line(resultOf(person, check))).toBe(expected);
    expect(resultOf(person, check).settled).toBe(false);
  });

  it('says so when nothing of what it needs was disclosed', () => {
    const person = { ...only(type, { claims: {} }), decisions: [] };
    expect(line(resultOf(person, check))).toBe('NOT_PRESENTED CLAIM_NOT_DISCLOSED');
  });

  it('fails when one of two that were shown together is suspended', () => {
    const person = {
      ...only(type),
      evidence: [evidence(type, { outcome: 'SUSPENDED' }), evidence(type)],
    };
    expect(line(resultOf(person, check))).toBe('FAIL CREDENTIAL_SUSPENDED');
  });

  it('goes by what was presented last', () => {
    const earlier = evidence(type, {
      presentationId: 'prq_0',
      outcome: 'REVOKED',
      checkedAt: minutesAgo(60),
    });
    const person = { ...only(type), evidence: [evidence(type), earlier] };
    expect(resultOf(person, check).outcome).not.toBe('FAIL');
    expect(resultOf(person, check).evidence).toHaveLength(1);
  });
});

describe('identity', () => {
  const profile = (assurance_outcome: string) => ({
    provenance: { ...PROVENANCE, assurance_policy: 'GPG 45', assurance_outcome },
  });
  it.each([
    ['no originals seen', only('IDENTITY'), 'PASS ORIGINALS_NOT_SEEN'],
    ['a profile of medium confidence', only('IDENTITY', profile('M1A')), 'PASS ORIGINALS_NOT_SEEN'],
    [
      'a profile of low confidence',
      only('IDENTITY', profile('L1A')),
      'NEEDS_LOCAL_CHECK ASSURANCE_TOO_LOW ORIGINALS_NOT_SEEN',
    ],
    [
      'a profile nobody knows',
      only('IDENTITY', profile('?')),
      'NEEDS_LOCAL_CHECK ASSURANCE_TOO_LOW ORIGINALS_NOT_SEEN',
    ],
    [
      'no date of birth',
      saying('IDENTITY', { birthdate: undefined }),
      'NOT_PRESENTED CLAIM_NOT_DISCLOSED',
    ],
  ])('with %s', (_what, person, expected) => {
    expect(line(resultOf(person, 'IDENTITY'))).toBe(expected);
  });

  it('is settled once somebody has seen the originals', () => {
    const seen = decision('IDENTITY', 'ORIGINALS_SEEN');
    const before = resultOf(only('IDENTITY'), 'IDENTITY');
    const after = resultOf({ ...only('IDENTITY'), decisions: [seen] }, 'IDENTITY');
    expect([before.settled, after.settled, after.originalsSeen]).toEqual([false, true, seen]);
  });
});

describe('right to work', () => {
  const limited = { permission: 'TIME_LIMITED', check_route: 'ONLINE_SERVICE' };
  it.each([
    ['documents that nobody here has seen', {}, 'PASS ORIGINALS_NOT_SEEN'],
    ['an online check', { check_route: 'ONLINE_SERVICE' }, 'PASS'],
    [
      'an end next year',
      { ...limited, permission_ends_on: '2027-03-31' },
      'PASS TIME_LIMITED 2027-03-31',
    ],
    [
      'an end today',
      { ...limited, permission_ends_on: '2026-11-26' },
      'PASS TIME_LIMITED 2026-11-26',
    ],
    [
      'an end yesterday',
      { ...limited, permission_ends_on: '2026-11-25' },
      'EXPIRED PERMISSION_ENDED 2026-11-25',
    ],
    ['an end that is kept back', limited, 'NOT_PRESENTED CLAIM_NOT_DISCLOSED'],
    [
      'a limit of hours',
      { ...limited, permission_ends_on: '2027-03-31', weekly_hours_limit: 20 },
      'PASS TIME_LIMITED HOURS_LIMITED 2027-03-31',
    ],
    ['a word nobody knows', { permission: 'OF_COURSE' }, 'NOT_PRESENTED CLAIM_NOT_DISCLOSED'],
  ])('with %s', (_what, claims, expected) => {
    expect(line(resultOf(saying('RIGHT_TO_WORK', claims), 'RIGHT_TO_WORK'))).toBe(expected);
  });
});

describe('professional registration', () => {
  const carried = 'PROFESSIONAL_REGISTRATION';
  const reading = (change: Partial<typeof READING> | undefined): CheckedPerson => ({
    ...only(carried),
    readings: change === undefined ? undefined : [{ ...READING, ...change }],
  });
  it.each<[string, CheckedPerson, string]>([
    [
      'no reading of the register',
      { ...only(carried), readings: [] },
      'NEEDS_LOCAL_CHECK REGISTER_NOT_READ',
    ],
    ['a record that does not answer', reading(undefined), 'NEEDS_LOCAL_CHECK REGISTER_UNAVAILABLE'],
    [
      'another number on the register',
      reading({ number: '18Z0042F' }),
      'NEEDS_LOCAL_CHECK REGISTER_NOT_READ',
    ],
    [
      'the number of another regulator',
      reading({ body: 'HCPC' }),
      'NEEDS_LOCAL_CHECK REGISTER_NOT_READ',
    ],
    ['the number written otherwise', reading({ number: '18z 0042e' }), 'PASS 2030-09-30'],
    [
      'a register read yesterday',
      reading({ readAt: minutesAgo(25 * 60) }),
      'NEEDS_LOCAL_CHECK REGISTER_READ_TOO_LONG_AGO',
    ],
    [
      'conditions',
      reading({ status: 'CONDITIONS' }),
      'NEEDS_LOCAL_CHECK REGISTRATION_HAS_CONDITIONS',
    ],
    ['a suspension', reading({ status: 'SUSPENDED' }), 'FAIL REGISTRATION_SUSPENDED'],
    [
      'an old suspension',
      reading({ status: 'SUSPENDED', readAt: minutesAgo(90 * 24 * 60) }),
      'FAIL REGISTRATION_SUSPENDED',
    ],
    ['a removal', reading({ status: 'REMOVED' }), 'FAIL REGISTRATION_REMOVED'],
    ['a lapse', reading({ status: 'LAPSED' }), 'EXPIRED REGISTRATION_LAPSED'],
    [
      'an end that has passed',
      reading({ expiresOn: '2026-11-25' }),
      'EXPIRED REGISTRATION_LAPSED 2026-11-25',
    ],
    [
      'a status nobody knows',
      reading({ status: 'UNKNOWN' }),
      'NEEDS_LOCAL_CHECK REGISTER_NOT_READ',
    ],
    [
      'conditions on the credential alone',
      saying(carried, { registration_status: 'CONDITIONS' }),
      'NEEDS_LOCAL_CHECK REGISTRATION_HAS_CONDITIONS',
    ],
  ])('with %s', (_what, person, expected) => {
    expect(line(resultOf(person, carried))).toBe(expected);
  });

  it('never passes on the credential alone, whatever the policy', () => {
    for (const readRecord of [true, false]) {
      for (const readings of [undefined, []]) {
        const registration = { ...DEFAULT_POLICY.registration, readRecord, readWithinHours: 744 };
        const found = resultOf({ ...only(carried), readings }, carried, rules({ registration }));
        expect(found.outcome).toBe('NEEDS_LOCAL_CHECK');
      }
    }
  });

  it('reads HCPC, which is read weekly, with more patience', () => {
    const old = { body: 'HCPC', number: 'PH900001', readAt: minutesAgo(6 * 24 * 60) };
    const person = {
      ...saying(carried, { registration_body: 'HCPC', registration_number: 'PH900001' }),
      readings: [{ ...READING, ...old }],
    };
    expect(line(resultOf(person, carried))).toBe('PASS 2030-09-30');
  });

  it('passes when somebody of the trust looked, until the register says otherwise later', () => {
    const looked = [decision(carried, 'CHECKED', { at: minutesAgo(60) })];
    const then = { ...only(carried), readings: [], decisions: looked };
    expect(line(resultOf(then, carried))).toBe('PASS CHECKED_LOCALLY');
    const suspended = {
      ...reading({ status: 'SUSPENDED', readAt: minutesAgo(2) }),
      decisions: looked,
    };
    expect(line(resultOf(suspended, carried))).toBe(
      'FAIL REGISTRATION_SUSPENDED LOCAL_CHECK_OVERTAKEN',
    );
    const credential = only(carried, { outcome: 'SUSPENDED', statusChangedAt: minutesAgo(2) });
    expect(line(resultOf({ ...credential, decisions: looked }, carried))).toBe(
      'FAIL CREDENTIAL_SUSPENDED LOCAL_CHECK_OVERTAKEN',
    );
  });

  const looked = [decision(carried, 'CHECKED', { at: minutesAgo(3 * 24 * 60) })];
  const replaced = { outcome: 'REVOKED', statusReason: 'SUPERSEDED' } as const;
  it.each<[string, CheckedPerson, string]>([
    ['a lapse', reading({ status: 'LAPSED' }), 'EXPIRED REGISTRATION_LAPSED LOCAL_CHECK_OVERTAKEN'],
    [
      'an end on the register that has passed',
      reading({ expiresOn: '2026-11-24' }),
      'EXPIRED REGISTRATION_LAPSED LOCAL_CHECK_OVERTAKEN 2026-11-24',
    ],
    [
      'an end on the credential that has passed',
      saying(carried, { registration_expires_on: '2026-11-24' }),
      'EXPIRED REGISTRATION_LAPSED LOCAL_CHECK_OVERTAKEN 2026-11-24',
    ],
    [
      'a suspension, though the credential was replaced',
      { ...only(carried, replaced), readings: [{ ...READING, status: 'SUSPENDED' }] },
      'FAIL REGISTRATION_SUSPENDED LOCAL_CHECK_OVERTAKEN',
    ],
    [
      'a removal, though nobody can read the credential’s status',
      {
        ...only(carried, { outcome: 'CANNOT_CHECK' }),
        readings: [{ ...READING, status: 'REMOVED' }],
      },
      'FAIL REGISTRATION_REMOVED LOCAL_CHECK_OVERTAKEN',
    ],
    [
      'an end that had passed when they looked',
      reading({ expiresOn: '2026-11-22' }),
      'PASS CHECKED_LOCALLY',
    ],
  ])('does not pass by what somebody saw before %s', (_what, person, expected) => {
    expect(line(resultOf({ ...person, decisions: looked }, carried))).toBe(expected);
  });
});

describe('employment history', () => {
  const jobs = (...periods: readonly [string, string | undefined][]): CheckedPerson => ({
    ...only('EMPLOYMENT_ASSIGNMENT'),
    evidence: periods.map(([start_date, end_date]) =>
      evidence('EMPLOYMENT_ASSIGNMENT', { claims: { start_date, end_date } }),
    ),
  });
  it.each([
    ['one post for three years', jobs(['2023-11-26', undefined]), 'PASS'],
    ['one that began four weeks late', jobs(['2023-12-24', undefined]), 'PASS'],
    [
      'one that began later',
      jobs(['2023-12-25', undefined]),
      'NEEDS_LOCAL_CHECK HISTORY_NOT_COVERED',
    ],
    ['one after the other', jobs(['2025-01-20', undefined], ['2020-01-01', '2024-12-31']), 'PASS'],
    [
      'a gap of two months',
      jobs(['2025-03-01', undefined], ['2020-01-01', '2024-12-31']),
      'NEEDS_LOCAL_CHECK HISTORY_NOT_COVERED',
    ],
    ['none now', jobs(['2020-01-01', '2026-10-01']), 'NEEDS_LOCAL_CHECK HISTORY_NOT_COVERED'],
    [
      'a short post inside a long one',
      jobs(['2020-01-01', undefined], ['2021-01-01', '2021-02-01']),
      'PASS',
    ],
    [
      'a post without a start',
      jobs(['2020-01-01', undefined], [undefined as unknown as string, undefined]),
      'PASS',
    ],
    [
      'what an employer says of a post that ended',
      only('EMPLOYMENT_HISTORY', {
        claims: { start_date: '2020-01-01', end_date: '2026-11-20' },
      }),
      'PASS',
    ],
    [
      'one that ended, without its end',
      only('EMPLOYMENT_HISTORY', { claims: { start_date: '2020-01-01' } }),
      'NOT_PRESENTED CLAIM_NOT_DISCLOSED',
    ],
    [
      'one that ended and does not stand',
      only('EMPLOYMENT_HISTORY', {
        claims: { start_date: '2020-01-01', end_date: '2026-11-20' },
        outcome: 'REVOKED',
      }),
      'FAIL CREDENTIAL_REVOKED',
    ],
  ])('with %s', (_what, person, expected) => {
    expect(line(resultOf(person, 'EMPLOYMENT_HISTORY'))).toBe(expected);
  });

  it('does not say under which policy somebody is checked', () => {
    const clerical = { staff_group: 'Administrative and Clerical' };
    const past = evidence('EMPLOYMENT_HISTORY', { claims: clerical });
    expect(presentedStaffGroup([past, evidence('EMPLOYMENT_ASSIGNMENT')])).toBe(
      'NURSING_AND_MIDWIFERY_REGISTERED',
    );
    expect(presentedStaffGroup([past])).toBeUndefined();
  });
});

describe('criminal record', () => {
  const dbs = 'DBS_OUTCOME';
  const own = (change: Record<string, unknown> = {}): CheckedPerson =>
    only(dbs, { issuerOds: 'RZ2', claims: { ...CLAIMS[dbs], ...change } });
  const inTraining = (change: Partial<Evidence> = {}): CheckedPerson => ({
    ...only(dbs),
    evidence: [evidence(dbs), evidence('TRAINING_PLACEMENT', { issuerOds: 'X26', ...change })],
  });
  it.each<[string, CheckedPerson, string]>([
    ['a certificate of this employer', own(), 'PASS 2028-05-31'],
    ['one carried from another employer', only(dbs), 'NEEDS_LOCAL_CHECK DBS_PORTED 2028-05-31'],
    ['one carried by a doctor in training', inTraining(), 'PASS 2028-05-31'],
    [
      'a training placement that is suspended',
      inTraining({ outcome: 'SUSPENDED' }),
      'NEEDS_LOCAL_CHECK DBS_PORTED 2028-05-31',
    ],
    [
      'the Update Service as source',
      own({ certificate_source: 'UPDATE_SERVICE' }),
      'NEEDS_LOCAL_CHECK DBS_NOT_FROM_FRESH_CERTIFICATE 2028-05-31',
    ],
    [
      'a look at a record',
      only(dbs, {
        issuerOds: 'RZ2',
        provenance: { ...PROVENANCE, verification_method: 'Record Verification' },
      }),
      'NEEDS_LOCAL_CHECK DBS_NOT_FROM_FRESH_CERTIFICATE 2028-05-31',
    ],
    ['three years less a day', own({ certificate_issued_on: '2023-11-27' }), 'PASS 2026-11-26'],
    [
      'three years',
      own({ certificate_issued_on: '2023-11-26' }),
      'EXPIRED DBS_CERTIFICATE_TOO_OLD 2026-11-25',
    ],
    [
      'too low a level',
      own({ level: 'STANDARD' }),
      'NEEDS_LOCAL_CHECK DBS_LEVEL_TOO_LOW 2028-05-31',
    ],
    [
      'something on it',
      own({ information_disclosed: true }),
      'NEEDS_LOCAL_CHECK DBS_DISCLOSES_INFORMATION 2028-05-31',
    ],
    [
      'its source kept back',
      own({ certificate_source: undefined }),
      'NOT_PRESENTED CLAIM_NOT_DISCLOSED',
    ],
    [
      'supporting information alone',
      only('DBS_SUPPORTING_INFORMATION'),
      'NEEDS_LOCAL_CHECK ONLY_SUPPORTING_INFORMATION',
    ],
  ])('with %s', (_what, person, expected) => {
    expect(line(resultOf(person, 'CRIMINAL_RECORD'))).toBe(expected);
  });

  it('asks for the workforce of the post', () => {
    const criminalRecord = { ...DEFAULT_POLICY.criminalRecord, workforce: 'CHILD' as const };
    const found = resultOf(
      own({ workforce: 'ADULT' }),
      'CRIMINAL_RECORD',
      rules({ criminalRecord }),
    );
    expect(line(found)).toBe('NEEDS_LOCAL_CHECK DBS_OTHER_WORKFORCE 2028-05-31');
    expect(resultOf(own(), 'CRIMINAL_RECORD', rules({ criminalRecord })).outcome).toBe('PASS');
  });

  it('lets a policy take nobody’s word, not even for a doctor in training', () => {
    const criminalRecord = { ...DEFAULT_POLICY.criminalRecord, portableInTraining: false };
    expect(resultOf(inTraining(), 'CRIMINAL_RECORD', rules({ criminalRecord })).outcome).toBe(
      'NEEDS_LOCAL_CHECK',
    );
  });
});

describe('work health', () => {
  const health = 'OCCUPATIONAL_HEALTH';
  it.each([
    ['adjustments', { outcome: 'FIT_WITH_ADJUSTMENTS' }, 'NEEDS_LOCAL_CHECK ADJUSTMENTS_NEEDED'],
    ['a review next year', { review_on: '2027-03-02' }, 'PASS 2027-03-02'],
    ['a review that is due', { review_on: '2026-11-25' }, 'EXPIRED REVIEW_DUE 2026-11-25'],
    [
      'no clearance for procedures',
      { exposure_prone_procedures: false },
      'NEEDS_LOCAL_CHECK EXPOSURE_PRONE_PROCEDURES_NOT_CLEARED',
    ],
    [
      'that kept back',
      { exposure_prone_procedures: undefined },
      'NOT_PRESENTED CLAIM_NOT_DISCLOSED',
    ],
  ])('with %s', (_what, claims, expected) => {
    const under = rules({ workHealth: { exposureProneProcedures: true } });
    expect(line(resultOf(saying(health, claims), 'WORK_HEALTH', under))).toBe(expected);
  });
});

describe('decisions of the trust', () => {
  const nothing = { evidence: [], readings: [], decisions: [] };
  const deciding = (...decisions: readonly LocalDecision[]): CheckedPerson => ({
    ...nothing,
    decisions,
  });
  const check = 'WORK_HEALTH';
  it.each<[string, CheckedPerson, string, boolean]>([
    ['a check of its own', deciding(decision(check, 'CHECKED')), 'PASS CHECKED_LOCALLY', true],
    [
      'one that ends',
      deciding(decision(check, 'CHECKED', { endsOn: '2026-11-26' })),
      'PASS CHECKED_LOCALLY 2026-11-26',
      true,
    ],
    [
      'one that has ended',
      deciding(decision(check, 'CHECKED', { endsOn: '2026-11-25' })),
      'EXPIRED LOCAL_CHECK_ENDED 2026-11-25',
      false,
    ],
    [
      'one that failed',
      deciding(decision(check, 'CHECKED', { outcome: 'FAIL' })),
      'FAIL LOCAL_CHECK_FAILED',
      false,
    ],
    [
      'one that failed, though the credential is good',
      {
        ...only('OCCUPATIONAL_HEALTH'),
        decisions: [decision(check, 'CHECKED', { outcome: 'FAIL' })],
      },
      'FAIL LOCAL_CHECK_FAILED',
      false,
    ],
    [
      'the later of two',
      deciding(decision(check, 'CHECKED', { outcome: 'FAIL' }), decision(check, 'CHECKED')),
      'PASS CHECKED_LOCALLY',
      true,
    ],
    [
      'a decision about another check',
      deciding(decision('IDENTITY', 'CHECKED')),
      'NOT_PRESENTED NOTHING_PRESENTED',
      false,
    ],
    [
      'a bypass',
      deciding(decision(check, 'BYPASSED')),
      'NOT_PRESENTED NOTHING_PRESENTED BYPASSED',
      true,
    ],
    [
      'a bypass that has ended',
      deciding(decision(check, 'BYPASSED', { endsOn: '2026-11-25' })),
      'NOT_PRESENTED NOTHING_PRESENTED',
      false,
    ],
    [
      'a bypass of what has failed',
      {
        ...only('OCCUPATIONAL_HEALTH', { outcome: 'REVOKED' }),
        decisions: [decision(check, 'BYPASSED')],
      },
      'FAIL CREDENTIAL_REVOKED BYPASSED',
      false,
    ],
  ])('%s', (_what, person, expected, settled) => {
    const found = resultOf(person, check);
    expect([line(found), found.settled]).toEqual([expected, settled]);
  });

  it('show the end of a permission that was read before they were made', () => {
    const limited = {
      ...CLAIMS.RIGHT_TO_WORK,
      permission: 'TIME_LIMITED',
      permission_ends_on: '2027-03-31',
    };
    const person = {
      ...only('RIGHT_TO_WORK', { claims: limited }),
      decisions: [
        decision('RIGHT_TO_WORK', 'CHECKED'),
        decision('RIGHT_TO_WORK', 'ORIGINALS_SEEN'),
      ],
    };
    expect(line(resultOf(person, 'RIGHT_TO_WORK'))).toBe(
      'PASS CHECKED_LOCALLY TIME_LIMITED 2027-03-31',
    );
    const later = { ...rules(), today: '2027-04-01' };
    expect(line(resultOf(person, 'RIGHT_TO_WORK', later))).toBe(
      'EXPIRED PERMISSION_ENDED LOCAL_CHECK_OVERTAKEN 2027-03-31',
    );
  });
});

describe('training', () => {
  const awards = (...competences: readonly object[]): CheckedPerson => ({
    ...only('CORE_SKILLS_TRAINING', { claims: { competences } }),
  });
  const fire = (awarded_on: string, more: object = {}) => ({
    framework: 'CSTF',
    subject: 'Fire Safety',
    cstf_subject: 'FIRE_SAFETY',
    awarded_on,
    ...more,
  });
  const demanding = (demand: object = {}): CheckRules =>
    rules({ training: [{ subject: 'FIRE_SAFETY', renewalMonths: 12, ...demand }] });
  it.each<[string, CheckedPerson, CheckRules, string]>([
    ['a year less a day ago', awards(fire('2025-11-27')), demanding(), 'PASS 2026-11-27'],
    ['a year ago today', awards(fire('2025-11-26')), demanding(), 'PASS 2026-11-26'],
    [
      'more than a year ago',
      awards(fire('2025-11-25')),
      demanding(),
      'EXPIRED RENEWAL_DUE 2026-11-25',
    ],
    [
      'past the sender’s end, within ours',
      awards(fire('2025-11-27', { expires_on: '2026-01-01' })),
      demanding(),
      'PASS 2026-11-27',
    ],
    [
      'within the sender’s end, past ours',
      awards(fire('2024-11-25', { expires_on: '2030-01-01' })),
      demanding(),
      'EXPIRED RENEWAL_DUE 2025-11-25',
    ],
    [
      'the later of two',
      awards(fire('2020-01-01'), fire('2026-01-01')),
      demanding(),
      'PASS 2027-01-01',
    ],
    ['in the future', awards(fire('2027-01-01')), demanding(), 'NOT_PRESENTED NOTHING_PRESENTED'],
    [
      'another subject',
      awards(fire('2026-01-01', { cstf_subject: 'RESUSCITATION' })),
      demanding(),
      'NOT_PRESENTED NOTHING_PRESENTED',
    ],
    [
      'too low a level',
      awards(fire('2026-01-01', { level: '1' })),
      demanding({ level: 2 }),
      'NOT_PRESENTED LEVEL_TOO_LOW',
    ],
    [
      'no level where one is asked for',
      awards(fire('2026-01-01')),
      demanding({ level: 2 }),
      'NOT_PRESENTED LEVEL_TOO_LOW',
    ],
    [
      'a level above',
      awards(fire('2026-01-01', { level: '3a' })),
      demanding({ level: 2 }),
      'PASS 2027-01-01',
    ],
    [
      'a credential that was revoked',
      only('CORE_SKILLS_TRAINING', {
        outcome: 'REVOKED',
        claims: { competences: [fire('2026-01-01')] },
      }),
      demanding(),
      'FAIL CREDENTIAL_REVOKED',
    ],
    ['nothing', awards(), demanding(), 'NOT_PRESENTED NOTHING_PRESENTED'],
    [
      'the list kept back',
      only('CORE_SKILLS_TRAINING', { claims: {} }),
      demanding(),
      'NOT_PRESENTED CLAIM_NOT_DISCLOSED',
    ],
  ])('awarded: %s', (_what, person, under, expected) => {
    const { training } = employmentChecks(person, under);
    expect(training.map(line)).toEqual([expected]);
  });
});
