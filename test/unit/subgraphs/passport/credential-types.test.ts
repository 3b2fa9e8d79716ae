import { readFile } from 'node:fs/promises';

import { describe, expect, it } from '@jest/globals';

import { claimsOf } from '../../../../subgraphs/passport/domain/build-credential.ts';
import type { CredentialType } from '../../../../subgraphs/passport/domain/credential.ts';
import { CREDENTIAL_TYPES } from '../../../../subgraphs/passport/domain/credential-types/catalogue.ts';
import {
  type Employment,
  employerRecord,
  type Registration,
  type VerifiedRecord,
} from '../../../../subgraphs/passport/domain/verified-record.ts';
import {
  credentialTypeCatalogue,
  typeMetadata,
} from '../../../../subgraphs/passport/routes/credential-types.ts';

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
const claims = (type: CredentialType, changes: Partial<VerifiedRecord> = {}, odsCode = 'RZ1') => {
  const own = employerRecord({ ...record, ...changes }, odsCode, now);
  return own && claimsOf(type, own);
};

describe('the catalogue of credential types', () => {
  it('says the same as the file that wallets are told from', async () => {
    const file = credentialTypeCatalogue.parse(
      JSON.parse(
        await readFile(
          new URL('../../../../schema/credential-types.json', import.meta.url),
          'utf8',
        ),
      ),
    );
    const inCode = Object.values(CREDENTIAL_TYPES).map(({ id, type, open, selective }) => ({
      id,
      type,
      open: [...open],
      selective: [...selective],
    }));
    const inFile = Object.entries(file).map(([id, { type, claims: list }]) => ({
      id,
      type,
      open: list.filter(({ disclosure }) => disclosure === 'always').map(({ name }) => name),
      selective: list
        .filter(({ disclosure }) => disclosure === 'selective')
        .map(({ name }) => name),
    }));
    expect(inCode).toEqual(inFile);
  });

  it('describes hidden claims as always selectively disclosable (SD-JWT VC, section 5.6)', () => {
    expect(
      typeMetadata('https://p.example/credential-types/x', {
        type: 'X',
        name: 'X',
        description: 'Of X',
        claims: [
          { name: 'open', label: 'Open', disclosure: 'always' },
          { name: 'hidden', label: 'Hidden', disclosure: 'selective' },
        ],
      }),
    ).toMatchObject({
      vct: 'https://p.example/credential-types/x',
      claims: [
        { path: ['open'], sd: 'never' },
        { path: ['hidden'], sd: 'always' },
      ],
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
      competences: [{ framework: 'CSTF', subject: 'Fire Safety at RZ1', awarded_on: '2026-02-01' }],
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
