/** The people that the demonstration and the tests count on, with fixed ids: one row each. */
import { mailOf } from './mail.ts';
import type {
  DemoAccount,
  DemoAssignment,
  DemoEmployment,
  DemoPerson,
  DemoRegistration,
} from './model.ts';
import { nhsEmployeeId, niNumber, registrationNumber, smartcardUuid } from './reserved.ts';
import { type DemoJob, jobOf } from './staff-groups.ts';
import { CORE_SKILLS } from './training.ts';

/** NHS England, which keeps the register of organisations. */
const REGISTER_KEEPER = 'X26';

/** Who signs in, and as what. */
export type DemoRole = 'STAFF' | 'HR_OFFICER' | 'ADMINISTRATOR';

interface Golden {
  /** Last digits of the employee number (900000nn) and of the account (a10000nn). */
  readonly n: number;
  readonly story: string;
  readonly role?: DemoRole;
  /** Where they have the role, when not where they work. */
  readonly roleAt?: string;
  readonly sex: 'F' | 'M';
  readonly given: string;
  readonly family: string;
  readonly maiden?: string;
  readonly preferred?: string;
  readonly born: string;
  readonly at: string;
  readonly job: DemoJob;
  readonly hired: string;
  /** A second employer, with the last digits of the employee number there. */
  readonly also?: {
    readonly at: string;
    readonly n: number;
    readonly hired?: string;
    readonly employment?: Partial<DemoEmployment>;
  };
  readonly employment?: Partial<DemoEmployment>;
  /** Dated rows of the post, where there are several. */
  readonly rows?: DemoAssignment['rows'];
  /** In place of one of their own. */
  readonly niNumber?: string;
  readonly account?: Partial<DemoAccount>;
  /** In place of the one that the job asks for. */
  readonly registrations?: readonly DemoRegistration[];
  readonly registration?: Partial<DemoRegistration>;
  /** Without EMPLOYEE NHS IDENTIFIER: only the National Insurance rule can join the two records. */
  readonly withoutNhsId?: true;
}

const nurse = jobOf('Staff Nurse');
const sister = jobOf('Sister/Charge Nurse');
const clerk = jobOf('Clerical Worker');
const manager = jobOf('Manager');
const registrar = jobOf('Specialty Registrar');

const registered = (
  body: DemoRegistration['body'],
  number: string,
  type: string,
  firstRegistered: string,
): DemoRegistration => ({
  body,
  number,
  status: 'REGISTERED',
  type,
  firstRegistered,
  expiresOn: '2027-07-31',
});

const TABLE: readonly Golden[] = [
  {
    n: 1,
    story: 'hr-officer-rz1',
    role: 'HR_OFFICER',
    sex: 'F',
    given: 'Harriet',
    family: 'Sowerby',
    born: '1979-03-14',
    at: 'RZ1',
    job: manager,
    hired: '2011-05-09',
  },
  {
    n: 2,
    story: 'hr-officer-rz2',
    role: 'HR_OFFICER',
    sex: 'M',
    given: 'Kwame',
    family: 'Boateng',
    born: '1984-08-02',
    at: 'RZ2',
    job: manager,
    hired: '2015-01-19',
  },
  {
    n: 3,
    story: 'administrator-rz1',
    role: 'ADMINISTRATOR',
    sex: 'M',
    given: 'Gareth',
    family: 'Penhaligon',
    born: '1975-11-27',
    at: 'RZ1',
    job: manager,
    hired: '2008-09-01',
  },
  {
    n: 4,
    story: 'administrator-rz2',
    role: 'ADMINISTRATOR',
    sex: 'F',
    given: 'Meera',
    family: 'Nair',
    born: '1988-06-20',
    at: 'RZ2',
    job: manager,
    hired: '2019-02-11',
  },
  {
    n: 17,
    story: 'story-nurse',
    role: 'STAFF',
    sex: 'F',
    given: 'Amara',
    family: 'Okafor-Lindqvist',
    maiden: 'Okafor',
    born: '1992-04-23',
    at: 'RZ1',
    job: { ...sister, role: 'Staff Nurse', title: 'Staff Nurse Band 6' },
    hired: '2018-09-10',
    rows: [
      { from: '2018-09-10', job: nurse, fte: '1' },
      {
        from: '2019-09-01',
        job: { ...sister, role: 'Staff Nurse', title: 'Staff Nurse Band 6' },
        fte: '1',
      },
    ],
    registration: { number: '18Z0042E', firstRegistered: '2018-09-03', expiresOn: '2027-09-30' },
  },
  {
    n: 21,
    story: 'both-trusts-nurse',
    sex: 'F',
    given: 'Siobhan',
    family: 'Gallagher',
    born: '1986-12-05',
    at: 'RZ1',
    also: { at: 'RZ2', n: 22 },
    job: nurse,
    hired: '2014-03-03',
  },
  {
    n: 23,
    story: 'married-name',
    sex: 'F',
    given: 'Bethan',
    family: 'Pryce-Haddad',
    maiden: 'Pryce',
    born: '1990-07-17',
    at: 'RZ2',
    job: nurse,
    hired: '2016-10-03',
    employment: {
      renamed: { from: 'Pryce', on: '2026-08-22' },
      workEmail: 'bethan.pryce@nhsmail.example',
    },
    account: { family: 'Pryce', mail: 'bethan.pryce@nhsmail.example' },
  },
  {
    n: 24,
    story: 'twin-one',
    sex: 'F',
    given: 'Chidinma',
    family: 'Eze',
    born: '1997-02-11',
    at: 'RZ1',
    job: nurse,
    hired: '2020-09-14',
  },
  {
    n: 25,
    story: 'twin-two',
    sex: 'F',
    given: 'Chiamaka',
    family: 'Eze',
    born: '1997-02-11',
    at: 'RZ1',
    job: nurse,
    hired: '2020-09-14',
  },
  {
    n: 26,
    story: 'father',
    sex: 'M',
    given: 'Robert',
    family: 'Gwynne',
    born: '1966-05-30',
    at: 'RZ2',
    job: jobOf('Support Worker'),
    hired: '1999-04-12',
  },
  {
    n: 27,
    story: 'son',
    sex: 'M',
    given: 'Robert',
    family: 'Gwynne',
    born: '1993-10-08',
    at: 'RZ2',
    job: jobOf('Support Worker'),
    hired: '2017-06-26',
  },
  {
    n: 28,
    story: 'closed-organisation',
    sex: 'F',
    given: 'Dawn',
    family: 'Fothergill',
    born: '1971-01-09',
    at: 'RZ3',
    job: clerk,
    hired: '1998-08-03',
    account: { odsCode: 'RZ9' },
  },
  {
    n: 29,
    story: 'leap-day',
    // Seconded to who keeps the register of organisations.
    role: 'ADMINISTRATOR',
    roleAt: REGISTER_KEEPER,
    sex: 'M',
    given: 'Tomasz',
    family: 'Nowak',
    born: '1996-02-29',
    at: 'RZ4',
    job: jobOf('Radiographer - Diagnostic'),
    hired: '2021-11-15',
  },
  {
    n: 30,
    story: 'end-of-time',
    sex: 'F',
    given: 'Ingrid',
    family: 'Björk',
    born: '1983-09-19',
    at: 'RZ5',
    job: jobOf('Social Worker'),
    hired: '2012-12-03',
    employment: { openEnd: '31 Dec 4712' },
  },
  {
    n: 31,
    story: 'death-in-service',
    sex: 'M',
    given: 'Colin',
    family: 'Entwistle',
    born: '1969-03-02',
    at: 'RZ1',
    job: jobOf('Assistant'),
    hired: '2003-07-07',
    employment: { termination: '2026-10-12', leavingReason: 'Death in Service' },
    account: { state: 'LEAVER' },
  },
  {
    n: 32,
    story: 'two-hcpc-registers',
    sex: 'F',
    given: 'Rosalind',
    family: 'Thorne',
    born: '1981-06-13',
    at: 'RZ4',
    job: jobOf('Physiotherapist'),
    hired: '2009-01-05',
    registrations: [
      registered('HCPC', 'PH900032', 'Physiotherapist', '2004-07-01'),
      registered('HCPC', 'PYL900032', 'Practitioner psychologist', '2012-02-01'),
    ],
  },
  {
    n: 33,
    story: 'doctor-gdc-only',
    sex: 'M',
    given: 'Arjun',
    family: 'Menon',
    born: '1994-01-25',
    at: 'RZ2',
    job: { ...registrar, title: 'Specialty Registrar in Oral Surgery' },
    hired: '2023-08-02',
    registrations: [registered('GDC', '900033', 'Dentist', '2018-07-12')],
  },
  {
    n: 34,
    story: 'joined-by-ni-number',
    sex: 'M',
    given: 'Owen',
    family: 'Cadwallader',
    born: '1977-04-04',
    at: 'RZ3',
    also: { at: 'RZ4', n: 35 },
    job: jobOf('Healthcare Assistant'),
    hired: '2010-02-15',
    withoutNhsId: true,
  },
  {
    n: 36,
    story: 'known-as',
    sex: 'F',
    given: 'Katarzyna',
    family: 'Kowalski',
    preferred: 'Kasia',
    born: '1989-05-05',
    at: 'RZ5',
    job: jobOf('Occupational Therapist'),
    hired: '2016-05-16',
    account: { given: 'Kasia' },
  },
  {
    n: 37,
    story: 'leaver-still-active',
    sex: 'M',
    given: 'Dennis',
    family: 'Blenkinsop',
    born: '1962-12-18',
    at: 'RZ6',
    job: jobOf('Paramedic'),
    hired: '1994-10-24',
    employment: { termination: '2026-09-30', leavingReason: 'Retirement Age' },
  },
  {
    n: 38,
    story: 'bank-post-after-leaving',
    sex: 'F',
    given: 'Patience',
    family: 'Osei',
    born: '1968-08-08',
    at: 'RZ1',
    job: nurse,
    hired: '2001-01-08',
    employment: { termination: '2026-08-31', leavingReason: 'Retirement Age', userType: 'Bank' },
  },
  {
    n: 39,
    story: 'suspended-nurse',
    sex: 'M',
    given: 'Callum',
    family: 'Sutherland',
    born: '1987-07-07',
    at: 'RZ2',
    job: nurse,
    hired: '2013-09-23',
    registration: { status: 'SUSPENDED' },
  },
  {
    n: 40,
    story: 'resident-doctor',
    sex: 'F',
    given: 'Zainab',
    family: 'Rahman',
    born: '1996-11-11',
    at: 'RZ2',
    job: registrar,
    hired: '2024-08-07',
  },
  {
    n: 41,
    story: 'ni-number-mistyped',
    sex: 'M',
    given: 'Leighton',
    family: 'Ashdown',
    born: '1980-10-10',
    at: 'RZ3',
    also: { at: 'RZ4', n: 42, employment: { heldNiNumber: 'QQ324689B' } },
    job: jobOf('Healthcare Assistant'),
    hired: '2012-06-04',
    withoutNhsId: true,
  },
  {
    n: 43,
    story: 'one-name-only',
    sex: 'F',
    given: '',
    family: 'Lakshmipriya',
    born: '1991-03-30',
    at: 'RZ5',
    job: jobOf('Specialty Doctor'),
    hired: '2022-01-10',
  },
  {
    n: 44,
    story: 'same-name-one',
    sex: 'F',
    given: 'Sarah',
    family: 'Jones',
    born: '1978-02-02',
    at: 'RZ2',
    job: clerk,
    hired: '2007-03-05',
  },
  {
    n: 45,
    story: 'same-name-two',
    sex: 'F',
    given: 'Sarah',
    family: 'Jones',
    born: '1985-09-21',
    at: 'RZ2',
    job: clerk,
    hired: '2013-11-18',
  },
  {
    n: 46,
    story: 'ni-number-twice-one',
    sex: 'M',
    given: 'Wilfred',
    family: 'Tregear',
    born: '1972-07-19',
    at: 'RZ4',
    job: jobOf('Porter'),
    hired: '2005-05-16',
    niNumber: 'QQ900046C',
  },
  {
    n: 47,
    story: 'ni-number-twice-two',
    sex: 'F',
    given: 'Joan',
    family: 'Ramsbottom',
    born: '1965-04-06',
    at: 'RZ4',
    job: jobOf('Cook'),
    hired: '1996-09-02',
    niNumber: 'QQ900046C',
  },
  {
    n: 48,
    story: 'history-of-six-rows',
    // What takes two administrators has the second one here.
    role: 'ADMINISTRATOR',
    sex: 'M',
    given: 'Desmond',
    family: 'Hawthorne',
    born: '1974-12-24',
    at: 'RZ1',
    job: { ...sister, role: 'Modern Matron', title: 'Modern Matron Band 8a' },
    hired: '1998-09-14',
    rows: [
      { from: '1998-09-14', job: nurse, fte: '1' },
      { from: '2001-04-01', job: nurse, fte: '0.8' },
      { from: '2004-04-01', job: sister, fte: '0.8' },
      { from: '2009-10-05', job: sister, fte: '1' },
      { from: '2015-02-02', job: jobOf('Specialist Nurse Practitioner'), fte: '1' },
      { from: '2021-06-07', job: jobOf('Modern Matron'), fte: '1' },
    ],
  },
  {
    n: 49,
    story: 'moved-with-a-new-name',
    sex: 'F',
    given: 'Yetunde',
    family: 'Balogun-Frost',
    maiden: 'Balogun',
    born: '1993-08-15',
    at: 'RZ1',
    also: { at: 'RZ2', n: 50, hired: '2026-10-05' },
    job: nurse,
    hired: '2017-09-04',
    employment: {
      heldFamily: 'Balogun',
      termination: '2026-09-30',
      leavingReason: 'Employee Transfer',
    },
    account: { family: 'Balogun' },
    withoutNhsId: true,
  },
  {
    n: 51,
    story: 'account-at-old-organisation',
    sex: 'M',
    given: 'Hector',
    family: 'Sutherland',
    born: '1982-05-28',
    at: 'RZ5',
    job: jobOf('Pharmacist'),
    hired: '2025-04-07',
    account: { odsCode: 'RZ6', employeeNumber: null },
  },
  {
    n: 52,
    story: 'lead-and-host',
    sex: 'M',
    given: 'Idris',
    family: 'Llewellyn',
    born: '1997-06-16',
    at: 'RZ1',
    job: registrar,
    hired: '2025-08-06',
    employment: {
      placement: {
        reference: 'PL52',
        nationalPostNumber: 'LYD/RZ101/300/STR/052',
        specialty: 'General medicine',
        hostOdsCode: 'RZ2',
        startDate: '2026-08-05',
        endDate: '2027-02-02',
      },
    },
  },
];

/** One who signs in, for the story. */
export interface DemoSignIn {
  readonly story: string;
  readonly role: DemoRole;
  readonly odsCode: string;
}

/** Who signs in, by the key of the person. */
export const SIGN_INS: ReadonlyMap<string, DemoSignIn> = new Map(
  TABLE.flatMap(({ n, story, role, roleAt, at }) =>
    role === undefined ? [] : [[`g${String(n)}`, { story, role, odsCode: roleAt ?? at }] as const],
  ),
);

/** The people of the table. */
export function goldenPeople(): DemoPerson[] {
  const namesakes = new Map<string, number>();
  return TABLE.map((row) => {
    const name = `${row.given} ${row.family}`;
    const ordinal = (namesakes.get(name) ?? 0) + 1;
    namesakes.set(name, ordinal);
    return goldenPerson(row, mailOf(row.given, row.family, ordinal));
  });
}

function goldenPerson(row: Golden, mail: string): DemoPerson {
  const { n, given, family, sex } = row;
  const account: DemoAccount = {
    uid: `a10000${String(n).padStart(2, '0')}`,
    kind: 'USER',
    state: 'ACTIVE',
    given: given === '' ? null : given,
    family,
    title: row.job.title,
    odsCode: row.at,
    mail,
    aliases: [],
    phone: null,
    employeeNumber: employeeNumber(n),
    ...row.account,
  };
  return {
    key: `g${String(n)}`,
    story: row.story,
    sex,
    title: sex === 'F' ? 'Ms' : 'Mr',
    given,
    middle: '',
    family,
    maiden: row.maiden ?? '',
    preferred: row.preferred ?? '',
    birthDate: row.born,
    niNumber: n === 17 ? 'QQ123456A' : (row.niNumber ?? niNumber(n)),
    nhsEmployeeId: row.withoutNhsId === true ? '' : nhsEmployeeId(n),
    smartcardUuid: smartcardUuid(n),
    registrations: row.registrations ?? jobRegistration(row),
    employments: [
      goldenEmployment(row, mail),
      ...(row.also === undefined
        ? []
        : [goldenEmployment({ ...row, employment: {}, ...row.also }, mail)]),
    ],
    accounts: [account],
  };
}

const employeeNumber = (n: number): string => `900000${String(n).padStart(2, '0')}`;

function jobRegistration(row: Golden): DemoRegistration[] {
  const { body, kind } = row.job;
  if (body === undefined) return [];
  const year = Number(row.hired.slice(0, 4));
  return [
    {
      ...registered(body, registrationNumber(row.job, row.n, year), kind ?? '', row.hired),
      ...row.registration,
    },
  ];
}

function goldenEmployment(row: Golden, mail: string): DemoEmployment {
  const { at, n } = row;
  const personId = String(5_000_000 + n);
  const over = row.employment?.termination ?? null;
  const bank = row.employment?.userType === 'Bank';
  const number = employeeNumber(n);
  return {
    odsCode: at,
    personId,
    employeeNumber: number,
    hire: row.hired,
    termination: null,
    leavingReason: null,
    userType: 'Employee',
    workEmail: mail,
    openEnd: '',
    ...row.employment,
    assignments: [
      {
        assignmentId: `6${personId.slice(1)}0`,
        number,
        primary: true,
        contract: 'Permanent',
        userStatus: 'Active Assignment',
        end: over,
        rows: row.rows ?? [{ from: row.hired, job: row.job, fte: '1' }],
      },
      ...(bank
        ? [
            {
              assignmentId: `6${personId.slice(1)}1`,
              number: `${number}-2`,
              primary: false,
              contract: 'Bank' as const,
              userStatus: 'Active Assignment',
              end: null,
              rows: [
                {
                  from: over ?? row.hired,
                  job: { ...row.job, title: `Bank ${row.job.title}` },
                  fte: '0',
                },
              ] as const,
            },
          ]
        : []),
    ],
    qualifications: [],
    training: CORE_SKILLS.slice(0, row.job.registered ? CORE_SKILLS.length : 8).map(
      (name, index) => [name, `2026-0${String((index % 8) + 1)}-12`] as const,
    ),
  };
}
