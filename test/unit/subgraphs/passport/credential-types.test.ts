import { describe, expect, it } from '@jest/globals';

import {
  readAttestations,
  type StatedAttestation,
} from '../../../../subgraphs/passport/domain/attestation.ts';
import { contentOf } from '../../../../subgraphs/passport/domain/credential-content.ts';
import {
  credentialType,
  type CredentialType,
} from '../../../../subgraphs/passport/domain/credential.ts';
import { CREDENTIAL_TYPES } from '../../../../subgraphs/passport/domain/credential-types/catalogue.generated.ts';
import { findCstfSubject } from '../../../../subgraphs/passport/domain/cstf-subjects.ts';
import {
  type Competence,
  type Employment,
  employerRecord,
  formerEmployerRecord,
  type Registration,
  type VerifiedRecord,
} from '../../../../subgraphs/passport/domain/verified-record.ts';
import { assured, attested, type AttestedType } from './attested-claims.ts';

const now = new Date('2026-11-22T10:00:00Z');
const record: VerifiedRecord = {
  staffId: 'stf_amara',
  name: { given: 'Amara', family: 'Okafor-Lindqvist' },
  birthDate: '1991-04-17',
  employments: [
    {
      odsCode: 'RZ1',
      employerName: 'Ashbourne Valley NHS Trust',
      personType: 'EMPLOYEE',
      hireDate: '2018-09-03',
      terminationDate: undefined,
    },
  ],
  assignments: ['RZ2', 'RZ1'].map((odsCode) => ({
    odsCode,
    assignmentNumber: odsCode === 'RZ1' ? '90000017' : '80000001',
    primary: true,
    positionTitle: 'Staff Nurse',
    jobRole: undefined,
    staffGroup: undefined,
    grade: undefined,
    startDate: undefined,
    endDate: undefined,
  })),
  registrations: [
    {
      body: 'NMC',
      number: '18Z0042E',
      status: 'REGISTERED',
      type: undefined,
      expiresOn: '2027-01-31',
      lastCheckedAt: undefined,
    },
  ],
  competences: ['RZ1', 'RZ2'].map((awardedBy) => ({
    framework: 'CSTF',
    subject: `Fire Safety at ${awardedBy}`,
    level: undefined,
    awardedBy,
    awardedOn: '2026-02-01',
    expiresOn: undefined,
  })),
  mailboxes: [{ mail: 'amara@nhs.example', odsCode: 'RZ1' }],
};
const content = (
  type: CredentialType,
  changes: Partial<VerifiedRecord> = {},
  { odsCode = 'RZ1', stated }: { readonly odsCode?: string; readonly stated?: object } = {},
) => {
  const own = employerRecord({ ...record, ...changes }, odsCode, now);
  return (
    own && contentOf(type, own, stated && { type, provenance: assured, claims: { ...stated } })
  );
};
const claims = (type: CredentialType, changes: Partial<VerifiedRecord> = {}) =>
  content(type, changes)?.claims;
const ATTESTED = Object.keys(attested) as AttestedType[];
const issuerOf = (type: CredentialType): string =>
  CREDENTIAL_TYPES[type].issuedBy === 'NHS_ENGLAND' ? 'X26' : 'RZ1';
/** What came of stating claims of one kind: nothing, or the place and the rule. */
const fault = (type: AttestedType, change: object, provenance: object = assured) => {
  const one = { type, claims: { ...attested[type], ...change }, provenance } as StatedAttestation;
  const read = readAttestations([type], [one], now);
  return 'kind' in read ? [read.path?.slice(3).join('.'), read.rule] : undefined;
};

describe('every kind of credential', () => {
  it.each(credentialType.options)('%s is described for people and bounded', (type) => {
    const {
      name,
      description,
      lifetimeDays,
      open,
      selective,
      claims: defined,
      matter,
    } = CREDENTIAL_TYPES[type];
    expect(name.length).toBeGreaterThan(3);
    expect(description.length).toBeGreaterThan(20);
    expect(lifetimeDays).toBeGreaterThanOrEqual(90);
    expect(lifetimeDays).toBeLessThanOrEqual(2 * 365);
    expect([...open, ...selective].sort()).toEqual(Object.keys(defined).sort());
    expect(matter.from === 'attested').toBe(ATTESTED.some((one) => one === type));
  });

  it('says only what it must about everybody who shows one', () => {
    const open = Object.values(CREDENTIAL_TYPES).flatMap(({ id, open: names }) =>
      names.map((name) => `${id} ${name}`),
    );
    expect(open).toEqual([
      'employment-assignment employer_ods_code',
      'employment-history employer_ods_code',
      'professional-registration registration_body',
      'temporary-placement permanent_employer_ods_code',
      'temporary-placement host_ods_code',
    ]);
  });

  it.each(ATTESTED)('%s takes what HR states', (type) => {
    expect(fault(type, {})).toBeUndefined();
    const said = content(type, {}, { odsCode: issuerOf(type), stated: attested[type] });
    expect(said?.claims).toEqual(attested[type]);
    expect(Object.keys(said?.provenance ?? {})).toHaveLength(8);
  });

  it.each(ATTESTED)('%s takes nothing that it does not define', (type) => {
    expect(fault(type, { more: 1 })).toEqual(['', 'unknown_member']);
  });

  it.each(
    ATTESTED.flatMap((type) => {
      const texts = Object.entries(attested[type]).filter(([, value]) => typeof value === 'string');
      return texts.map(([name]): [AttestedType, string] => [type, name]);
    }),
  )('%s takes neither an NHS number nor an NI number as %s', (type, name) => {
    for (const number of ['999 000 0018', 'QQ123456C']) {
      expect(fault(type, { [name]: number })?.[0]).toBe(name);
    }
  });

  it.each(ATTESTED)('%s has to say how it was assured', (type) => {
    for (const name of ['assurance_outcome', 'verifier', 'verification_method', 'last_refresh']) {
      const rest = Object.fromEntries(Object.entries(assured).filter(([other]) => other !== name));
      const camel = name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
      expect(fault(type, {}, rest)).toEqual([camel, 'required']);
    }
  });

  it.each<[string, AttestedType, object, [string, string]]>([
    [
      'a time limit without its end',
      'RIGHT_TO_WORK',
      { permission_ends_on: undefined },
      ['permission_ends_on', 'required_when_time_limited'],
    ],
    [
      'an end without a time limit',
      'RIGHT_TO_WORK',
      { permission: 'UNLIMITED' },
      ['permission_ends_on', 'only_when_time_limited'],
    ],
    [
      'a permission that ended before the check',
      'RIGHT_TO_WORK',
      { permission_ends_on: '2026-11-01' },
      ['permission_ends_on', 'before_the_check'],
    ],
    [
      'a boolean written as text',
      'RIGHT_TO_WORK',
      { originals_seen_in_person: 'true' },
      ['originals_seen_in_person', 'wrong_type'],
    ],
    [
      'another workforce',
      'DBS_SUPPORTING_INFORMATION',
      { workforce: 'OTHER' },
      ['workforce', 'not_allowed'],
    ],
    [
      'a registered body of ten digits',
      'DBS_SUPPORTING_INFORMATION',
      { registered_body_number: '2000000000' },
      ['registered_body_number', 'malformed'],
    ],
    [
      'a certificate of eleven digits',
      'DBS_OUTCOME',
      { certificate_number: '00123456789' },
      ['certificate_number', 'malformed'],
    ],
    [
      'a certificate number that is a number',
      'DBS_OUTCOME',
      { certificate_number: 123456789012 },
      ['certificate_number', 'wrong_type'],
    ],
    [
      'the Update Service',
      'DBS_OUTCOME',
      { certificate_source: 'UPDATE_SERVICE' },
      ['certificate_source', 'not_allowed'],
    ],
    [
      'a ported result',
      'DBS_OUTCOME',
      { certificate_source: 'PORTED' },
      ['certificate_source', 'not_allowed'],
    ],
    [
      'no certificate number',
      'DBS_OUTCOME',
      { certificate_number: undefined },
      ['certificate_number', 'required'],
    ],
    [
      'a day that does not exist',
      'DBS_OUTCOME',
      { certificate_issued_on: '2026-02-30' },
      ['certificate_issued_on', 'malformed'],
    ],
    [
      'a review before the assessment',
      'OCCUPATIONAL_HEALTH',
      { review_on: '2026-11-02' },
      ['review_on', 'before_the_assessment'],
    ],
    [
      'a placement at home',
      'TEMPORARY_PLACEMENT',
      { host_ods_code: 'RZ1' },
      ['host_ods_code', 'same_as_permanent_employer'],
    ],
    [
      'a placement that ends before it starts',
      'TEMPORARY_PLACEMENT',
      { end_date: '2026-11-30' },
      ['end_date', 'before_the_start'],
    ],
    [
      'a licence without an agreement',
      'TEMPORARY_PLACEMENT',
      { agreement_reference: undefined },
      ['agreement_reference', 'required_with_licence_to_attend'],
    ],
    [
      'an agreement without a licence',
      'TEMPORARY_PLACEMENT',
      { licence_to_attend: false },
      ['agreement_reference', 'only_with_licence_to_attend'],
    ],
    [
      'an agreement that starts too late',
      'TEMPORARY_PLACEMENT',
      { agreement_starts_on: '2026-12-02' },
      ['agreement_starts_on', 'placement_not_covered'],
    ],
    [
      'an agreement that ends too early',
      'TEMPORARY_PLACEMENT',
      { agreement_ends_on: '2027-02-27' },
      ['agreement_ends_on', 'placement_not_covered'],
    ],
    [
      'an emergency contact without a number',
      'NEW_STARTER_INFORMATION',
      { emergency_contact_number: undefined },
      ['emergency_contact_number', 'required_with_emergency_contact'],
    ],
    [
      'two lines in one',
      'NEW_STARTER_INFORMATION',
      { home_address: 'a\nb' },
      ['home_address', 'malformed'],
    ],
    [
      'a post number of another form',
      'TRAINING_PLACEMENT',
      { national_post_number: '080/STR/005' },
      ['national_post_number', 'malformed'],
    ],
    [
      'a second spelling of a result',
      'CLINICAL_TEST',
      { result: 'Not detected' },
      ['result', 'not_allowed'],
    ],
    ['half a dose', 'VACCINATION', { dose_number: 1.5 }, ['dose_number', 'wrong_type']],
    [
      'a text that is too long',
      'OBSERVATION',
      { observation: 'x'.repeat(201) },
      ['observation', 'too_large'],
    ],
  ])('takes no %s', (_what, type, change, expected) => {
    const written = Object.fromEntries(
      Object.entries({ ...attested[type], ...change }).filter(([, value]) => value !== undefined),
    );
    const one = { type, claims: written, provenance: assured } as StatedAttestation;
    const read = readAttestations([type], [one], now);
    expect('kind' in read ? [read.path?.slice(3).join('.'), read.rule] : read).toEqual(expected);
  });

  it.each<[string, AttestedType, object]>([
    ['a permission that ran out', 'RIGHT_TO_WORK', { permission_ends_on: '2026-11-21' }],
    ['a check that is still to come', 'RIGHT_TO_WORK', { checked_on: '2026-11-23' }],
    ['a certificate of three years ago', 'DBS_OUTCOME', { certificate_issued_on: '2023-11-22' }],
    ['a certificate of tomorrow', 'DBS_OUTCOME', { certificate_issued_on: '2026-11-23' }],
    [
      'a placement that is over',
      'TEMPORARY_PLACEMENT',
      { start_date: '2026-10-01', end_date: '2026-11-21' },
    ],
    [
      'a placement between two other trusts',
      'TEMPORARY_PLACEMENT',
      { permanent_employer_ods_code: 'RZ3' },
    ],
    ['a vaccination of tomorrow', 'VACCINATION', { given_on: '2026-11-23' }],
  ])('is not issued for %s', (_what, type, change) => {
    expect(content(type, {}, { stated: { ...attested[type], ...change } })).toBeUndefined();
  });

  it('lets NHS England alone speak of training, of people whom others employ', () => {
    for (const type of ['TRAINING_PLACEMENT', 'TRAINING_PROGRAMME'] as const) {
      expect(content(type, {}, { stated: attested[type] })).toBeUndefined();
      const said = content(type, {}, { odsCode: 'X26', stated: attested[type] });
      expect(said?.provenance).toMatchObject({ origin: 'NHS England', provider: 'NHS England' });
    }
    expect(content('IDENTITY', {}, { odsCode: 'X26' })).toBeUndefined();
    expect(
      content(
        'TRAINING_PLACEMENT',
        { employments: [] },
        { odsCode: 'X26', stated: attested.TRAINING_PLACEMENT },
      ),
    ).toBeUndefined();
  });
});

describe('what HR states', () => {
  const one: StatedAttestation = {
    type: 'VACCINATION',
    claims: attested.VACCINATION,
    provenance: assured,
  };
  const refusal = (types: readonly CredentialType[], stated: readonly StatedAttestation[]) => {
    const read = readAttestations(types, stated, now);
    return 'kind' in read ? [read.code, read.path?.join('.'), read.rule] : read;
  };

  it.each<[string, readonly CredentialType[], readonly StatedAttestation[], readonly string[]]>([
    ['is missing', ['IDENTITY', 'VACCINATION'], [], ['types.1', 'attestation_required']],
    ['is not offered', ['CLINICAL_TEST'], [one], ['attestations.0.type', 'not_offered']],
    ['comes twice', ['VACCINATION', 'IDENTITY'], [one, one], ['attestations.1.type', 'repeated']],
    ['is too much', ['VACCINATION'], [one, one], ['attestations', 'too_many']],
    [
      'has no claims',
      ['VACCINATION'],
      [{ type: 'VACCINATION', provenance: assured }],
      ['attestations.0.claims', 'required'],
    ],
    [
      'is not an object',
      ['VACCINATION'],
      [{ ...one, claims: 'x' }],
      ['attestations.0.claims', 'wrong_type'],
    ],
    [
      'is huge',
      ['VACCINATION'],
      [{ ...one, claims: { x: 'y'.repeat(8_192) } }],
      ['attestations.0.claims', 'too_large'],
    ],
    [
      'is about the record',
      ['EMPLOYMENT_ASSIGNMENT'],
      [{ ...one, type: 'EMPLOYMENT_ASSIGNMENT' }],
      ['attestations.0.type', 'taken_from_record'],
    ],
    [
      'puts claims on the record',
      ['IDENTITY'],
      [{ ...one, type: 'IDENTITY' }],
      ['attestations.0.claims', 'taken_from_record'],
    ],
    [
      'was checked tomorrow',
      ['VACCINATION'],
      [{ ...one, provenance: { ...assured, last_refresh: '2026-11-23T00:00:00Z' } }],
      ['attestations.0.provenance.lastRefresh', 'in_the_future'],
    ],
    [
      'was verified by nobody known',
      ['VACCINATION'],
      [{ ...one, provenance: { ...assured, verifier: 'Me' } }],
      ['attestations.0.provenance.verifier', 'not_allowed'],
    ],
    [
      'has another policy',
      ['VACCINATION'],
      [{ ...one, provenance: { ...assured, assurance_policy: 'Mine' } }],
      ['attestations.0.provenance.assurancePolicy', 'not_allowed'],
    ],
    [
      'has a GPG 45 outcome that is none',
      ['RIGHT_TO_WORK'],
      [
        {
          type: 'RIGHT_TO_WORK',
          claims: attested.RIGHT_TO_WORK,
          provenance: { ...assured, assurance_policy: 'GPG 45' },
        },
      ],
      ['attestations.0.provenance.assuranceOutcome', 'not_a_gpg45_outcome'],
    ],
  ])('is refused when it %s', (_when, types, stated, [path, rule]) => {
    expect(refusal(types, stated)).toEqual(['INVALID_VALUE', path, rule]);
  });

  it.each([
    ['in its last minute', '2026-06-30T22:59:00Z', true],
    ['an hour before midnight in Greenwich', '2026-06-30T23:01:00Z', false],
  ])('counts days of employment as they are in London: %s', (_when, moment, works) => {
    const [employment] = record.employments as [Employment];
    const at = new Date(moment);
    const left = {
      ...record,
      employments: [{ ...employment, terminationDate: '2026-06-30' }],
    };
    expect(employerRecord(left, 'RZ1', at) !== undefined).toBe(works);
    expect(formerEmployerRecord(left, 'RZ1', at) !== undefined).toBe(!works);
  });

  it.each([
    ['somebody who has left', { personType: 'EX_EMPLOYEE' }, true],
    ['somebody of the bank', { personType: 'BANK' }, true],
    ['an applicant who was turned down', { personType: 'APPLICANT' }, false],
    ['a former applicant', { personType: 'EX_EMPLOYEE', hireDate: undefined }, false],
    ['somebody who was never employed', { personType: 'OTHER' }, false],
  ])('is no history of an employment that never was: %s', (_who, changes, worked) => {
    const [employment] = record.employments as [Employment];
    const ended = {
      ...record,
      employments: [{ ...employment, ...changes, terminationDate: '2026-11-20' }],
    };
    expect(formerEmployerRecord(ended, 'RZ1', now) !== undefined).toBe(worked);
  });

  it('may be a GPG 45 profile of an identity that is taken from the record', () => {
    const own = employerRecord(record, 'RZ1', now);
    const gpg45 = { ...assured, assurance_policy: 'GPG 45', assurance_outcome: 'H1A' };
    const stated: StatedAttestation = { type: 'IDENTITY', provenance: gpg45 };
    const read = readAttestations(['IDENTITY'], [stated], now);
    expect(read).toEqual([stated]);
    expect(own && contentOf('IDENTITY', own, stated as never)).toMatchObject({
      claims: { given_name: 'Amara' },
      provenance: gpg45,
    });
  });
});

describe('training', () => {
  const [fire] = record.competences as [Competence];

  it.each([
    ['Equality, Diversity and Human Rights', 'EQUALITY_DIVERSITY_AND_HUMAN_RIGHTS'],
    ['Fire Safety', 'FIRE_SAFETY'],
    ['Health, Safety and Welfare', 'HEALTH_SAFETY_AND_WELFARE'],
    ['Information Governance and Data Security', 'INFORMATION_GOVERNANCE_AND_DATA_SECURITY'],
    ['Moving and Handling', 'MOVING_AND_HANDLING'],
    ['NHS Conflict Resolution (England)', 'CONFLICT_RESOLUTION'],
    ['Preventing Radicalisation - Basic Prevent Awareness', 'PREVENTING_RADICALISATION'],
    ['Infection Prevention and Control', 'INFECTION_PREVENTION_AND_CONTROL'],
    ['Resuscitation - Adult Basic Life Support', 'RESUSCITATION'],
    ['Safeguarding Adults', 'SAFEGUARDING_ADULTS'],
    ['Safeguarding Children', 'SAFEGUARDING_CHILDREN'],
    ['Oliver McGowan Mandatory Training', 'OLIVER_MCGOWAN'],
    ['Trust Induction', undefined],
  ])('reads %j as the subject %s', (name, subject) => {
    expect(findCstfSubject(name)).toBe(subject);
  });

  it('lists one award of a course on a day, the newest first, and no more than fit', () => {
    const awards = [fire, fire, { ...fire, awardedOn: '2026-03-01' }];
    const listed = claims('CORE_SKILLS_TRAINING', { competences: awards })?.['competences'];
    expect(listed).toEqual([
      expect.objectContaining({ awarded_on: '2026-03-01' }),
      expect.objectContaining({ awarded_on: '2026-02-01' }),
    ]);
    const many = Array.from({ length: 200 }, (_none, at) => ({
      ...fire,
      subject: `Course ${String(at)}`,
    }));
    expect(claims('CORE_SKILLS_TRAINING', { competences: many })?.['competences']).toHaveLength(80);
  });

  it('does not name a subject of the framework for a course of the trust’s own', () => {
    const own = { ...fire, framework: 'LOCAL' };
    expect(claims('CORE_SKILLS_TRAINING', { competences: [own] })).toEqual({
      competences: [expect.not.objectContaining({ cstf_subject: expect.anything() })],
    });
  });
});

describe('claims', () => {
  it('come from the record', () => {
    expect(claims('IDENTITY')).toEqual({
      given_name: 'Amara',
      family_name: 'Okafor-Lindqvist',
      birthdate: '1991-04-17',
      email: 'amara@nhs.example',
    });
    expect(claims('PROFESSIONAL_REGISTRATION')).toEqual({
      registration_body: 'NMC',
      registration_number: '18Z0042E',
      registration_status: 'REGISTERED',
      registration_expires_on: '2027-01-31',
    });
  });

  it('hold only what the employer holds itself', () => {
    expect(claims('EMPLOYMENT_ASSIGNMENT')).toMatchObject({ assignment_number: '90000017' });
    expect(claims('CORE_SKILLS_TRAINING')).toEqual({
      competences: [
        {
          framework: 'CSTF',
          subject: 'Fire Safety at RZ1',
          cstf_subject: 'FIRE_SAFETY',
          awarded_on: '2026-02-01',
        },
      ],
    });
  });

  it('leave out a mailbox of another organisation', () => {
    const mailboxes = [{ mail: 'amara@nhs.example', odsCode: 'RZ2' }];
    expect(claims('IDENTITY', { mailboxes })).not.toHaveProperty('email');
  });

  const [employment] = record.employments as [Employment];
  const [registration] = record.registrations as [Registration];
  it.each<[string, CredentialType, Partial<VerifiedRecord>]>([
    ['no mailbox is linked', 'IDENTITY', { mailboxes: [] }],
    ['there is no birth date', 'IDENTITY', { birthDate: undefined }],
    ['there is no name', 'IDENTITY', { name: undefined }],
    ['there is no post', 'EMPLOYMENT_ASSIGNMENT', { assignments: [] }],
    ['there is no registration', 'PROFESSIONAL_REGISTRATION', { registrations: [] }],
    ['there is no training', 'CORE_SKILLS_TRAINING', { competences: [] }],
    [
      'the registration number is an NHS number',
      'PROFESSIONAL_REGISTRATION',
      { registrations: [{ ...registration, number: '9990000018' }] },
    ],
    ...['SUSPENDED', 'LAPSED', 'REMOVED', 'UNKNOWN'].map(
      (status): [string, CredentialType, Partial<VerifiedRecord>] => [
        `the registration is ${status}`,
        'PROFESSIONAL_REGISTRATION',
        { registrations: [{ ...registration, status }] },
      ],
    ),
    [
      'the registration ran out yesterday',
      'PROFESSIONAL_REGISTRATION',
      { registrations: [{ ...registration, expiresOn: '2026-11-21' }] },
    ],
    [
      'the employment ended yesterday',
      'IDENTITY',
      { employments: [{ ...employment, terminationDate: '2026-11-21' }] },
    ],
    [
      'the employment begins tomorrow',
      'IDENTITY',
      { employments: [{ ...employment, hireDate: '2026-11-23' }] },
    ],
    [
      'the person has left',
      'IDENTITY',
      { employments: [{ ...employment, personType: 'EX_EMPLOYEE' }] },
    ],
    [
      'the person only applied',
      'IDENTITY',
      { employments: [{ ...employment, personType: 'APPLICANT' }] },
    ],
    [
      'the employment is elsewhere',
      'IDENTITY',
      { employments: [{ ...employment, odsCode: 'RZ2' }] },
    ],
  ])('are refused when %s', (_when, type, changes) => {
    expect(claims(type, changes)).toBeUndefined();
  });
});
