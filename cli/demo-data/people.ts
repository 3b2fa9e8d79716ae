/** The record of one of the workforce: drawn from the seed, with the faults that real records have. */
import { BASE_DAY, dayAt } from './days.ts';
import type { DrawnEmployer, Identity, Workforce } from './identity.ts';
import { mailOf } from './mail.ts';
import type {
  DemoAccount,
  DemoAssignment,
  DemoAssignmentRow,
  DemoEmployment,
  DemoPerson,
  DemoPlacement,
  DemoRegistration,
} from './model.ts';
import type { DemoOrganisation } from './organisations.ts';
import { drawQualifications } from './qualifications.ts';
import { type Random, weights } from './random.ts';
import { nhsEmployeeId, niNumber, phone, registrationNumber, smartcardUuid } from './reserved.ts';
import type { DemoJob } from './staff-groups.ts';
import type { PersonNumbers } from './staff-plan.ts';
import { CORE_SKILLS, localCourse } from './training.ts';

const CONTRACTS = weights([
  [82, 'Permanent'],
  [9, 'Fixed Term Temp'],
  [6, 'Bank'],
  [2, 'Honorary'],
  [1, 'Locum'],
] as const);

const USER_STATUSES = weights([
  [955, 'Active Assignment'],
  [22, 'Maternity & Adoption'],
  [9, 'Acting Up'],
  [6, 'Career Break'],
  [4, 'Internal Secondment'],
  [3, 'Out on External Secondment - Paid'],
  [1, 'Suspend With Pay'],
] as const);

const LEAVING_REASONS = weights([
  [24, 'Voluntary Resignation - Relocation'],
  [20, 'Voluntary Resignation - Work Life Balance'],
  [14, 'Voluntary Resignation - Promotion'],
  [16, 'Retirement Age'],
  [12, 'End of Fixed Term Contract'],
  [8, 'Voluntary Resignation - Health'],
  [4, 'Dismissal - Capability'],
  [2, 'Death in Service'],
] as const);

const STANDINGS = weights([
  [9_830, 'REGISTERED'],
  [150, 'LAPSED'],
  [13, 'CONDITIONS'],
  [2, 'INTERIM_CONDITIONS'],
  [4, 'SUSPENDED'],
  [1, 'INTERIM_SUSPENSION'],
] as const);

const PART_TIME = ['0.4', '0.53', '0.6', '0.8', '0.93'] as const;
const OPEN_ENDS = ['', '1900-01-01', '31 Dec 4712'] as const;

/** Dated rows of a post. */
const ROW_COUNTS = weights([
  [45, 1],
  [25, 2],
  [14, 3],
  [9, 4],
  [5, 5],
  [2, 6],
]);

/** Changeover days of doctors in training: first Wednesdays. */
const ROTATIONS = weights([
  [60, ['2026-08-05', '2027-02-02']],
  [15, ['2026-12-02', '2027-06-01']],
  [15, ['2026-02-04', '2027-02-02']],
  [10, ['2026-04-01', '2027-04-06']],
] as const);

const SPECIALTIES = [
  ['General medicine', '300'],
  ['General surgery', '100'],
  ['Emergency medicine', '180'],
  ['Paediatrics', '420'],
  ['Anaesthetics', '190'],
  ['Psychiatry', '710'],
] as const;

/** Draws the record of person number `ordinal`, 1 for the first. */
export function drawPerson(
  ordinal: number,
  identity: Identity,
  { workforce, numbers }: { readonly workforce: Workforce; readonly numbers: PersonNumbers },
): DemoPerson {
  const random = workforce.randomFor('record', ordinal);
  const id = 1_000 + ordinal;
  const { sex, given, middle, family, maiden, preferred, birthDate, job, renamed } = identity;
  const account = drawAccount(id, random, { identity, numbers, open: workforce.open });
  // Two in a thousand carry the number of the person before them in the list.
  const ownNiNumber = niNumber(random.chance(0.002) ? id - 1 : id);
  const wrongNiNumber = random.chance(0.003) ? oneDigitOff(ownNiNumber, random) : undefined;
  const employments = identity.employers.map((employer, slot) => {
    const trust = workforce.open[employer.organisation];
    if (trust === undefined) throw new RangeError('no such organisation');
    const employment = drawEmployment(random, {
      id,
      trust,
      employer,
      identity,
      mail: account?.mail ?? '',
      home: slot === 0,
      place: numbers.places[slot] ?? 0,
      open: workforce.open,
    });
    return {
      ...employment,
      ...(slot === 0 && renamed !== undefined ? { renamed } : {}),
      ...(slot > 0 && renamed !== undefined ? { heldFamily: renamed.from } : {}),
      ...(slot === identity.employers.length - 1 && wrongNiNumber !== undefined
        ? { heldNiNumber: wrongNiNumber }
        : {}),
    };
  });
  return {
    key: `p${String(ordinal)}`,
    story: '',
    sex,
    title: titleOf(job, sex, random),
    given,
    middle,
    family,
    maiden,
    preferred,
    birthDate,
    niNumber: ownNiNumber,
    nhsEmployeeId: nhsEmployeeId(id),
    smartcardUuid: random.chance(0.7) ? smartcardUuid(id) : '',
    registrations: drawRegistrations(random, identity, numbers.registrationOrdinal),
    employments,
    accounts: account === undefined ? [] : [connected(account, employments, random)],
  };
}

function titleOf(job: DemoJob, sex: 'F' | 'M', random: Random): string {
  if (job.body === 'GMC') return 'Dr';
  return sex === 'F' ? random.pick(['Ms', 'Mrs', 'Miss']) : 'Mr';
}

/** Another digit in one place. */
function oneDigitOff(number: string, random: Random): string {
  const at = random.between(2, 7);
  return `${number.slice(0, at)}${String((Number(number.charAt(at)) + 1) % 10)}${number.slice(at + 1)}`;
}

function drawRegistrations(
  random: Random,
  { job, registrationYear }: Identity,
  ordinal: number,
): DemoRegistration[] {
  if (job.body === undefined) return [];
  return [
    {
      body: job.body,
      number: registrationNumber(job, ordinal, registrationYear),
      status: random.weighted(STANDINGS),
      type: job.kind ?? '',
      firstRegistered: `${String(registrationYear)}-09-01`,
      expiresOn: dayAt(random.between(30, 700)),
    },
  ];
}

function drawAccount(
  id: number,
  random: Random,
  {
    identity,
    numbers,
    open,
  }: {
    readonly identity: Identity;
    readonly numbers: PersonNumbers;
    readonly open: readonly DemoOrganisation[];
  },
): DemoAccount | undefined {
  const { account, employers, movement, job } = identity;
  if (account === undefined) return undefined;
  const mail = mailOf(account.given, account.family, numbers.mailOrdinal);
  // A third of those who moved, 1.5 % of all, still have their account where they were.
  const stayedBehind = movement === 'MOVED' && random.chance(0.33);
  const { organisation } = (stayedBehind ? employers[1] : undefined) ?? employers[0];
  // Of those who left in the last year more than a third, 2 % of all, are still active.
  const active = movement !== 'LEFT' || random.chance(0.36);
  return {
    uid: `a1${String(id).padStart(6, '0')}`,
    kind: 'USER',
    state: active ? 'ACTIVE' : 'LEAVER',
    given: account.given === '' ? null : account.given,
    family: account.family,
    title: random.chance(0.7) ? job.title : null,
    odsCode: open[organisation]?.odsCode ?? '',
    mail,
    aliases: random.chance(0.05) ? [mail.replace('@nhsmail.', '@post.')] : [],
    phone: random.chance(0.5) ? phone(random) : null,
    employeeNumber: null,
  };
}

/** Seven in ten accounts carry the employee number, where the trust of the account runs the connector. */
function connected(
  account: DemoAccount,
  employments: readonly DemoEmployment[],
  random: Random,
): DemoAccount {
  if (!random.chance(0.7)) return account;
  const here = employments.find(({ odsCode }) => odsCode === account.odsCode);
  return { ...account, employeeNumber: here?.employeeNumber ?? null };
}

function drawEmployment(
  random: Random,
  {
    id,
    trust,
    employer,
    identity,
    mail,
    home,
    place,
    open,
  }: {
    readonly id: number;
    readonly trust: DemoOrganisation;
    readonly employer: DrawnEmployer;
    readonly identity: Identity;
    readonly mail: string;
    readonly home: boolean;
    readonly place: number;
    readonly open: readonly DemoOrganisation[];
  },
): DemoEmployment {
  const { job, movement } = identity;
  const personId = String(5_100_000 + place);
  const employeeNumber = String(90_100_000 + place);
  const hire = dayAt(employer.hire);
  const termination = employer.termination === null ? null : dayAt(employer.termination);
  const contract = random.weighted(CONTRACTS);
  const main: DemoAssignment = {
    assignmentId: `6${personId.slice(1)}0`,
    number: employeeNumber,
    primary: true,
    contract,
    userStatus: random.weighted(USER_STATUSES),
    end: termination,
    rows: drawRows(random, job, employer),
  };
  const bank = termination === null && contract !== 'Bank' && random.chance(0.058);
  const placement =
    home && job.resident === true && termination === null && random.chance(0.35)
      ? drawPlacement(random, { id, trust, open })
      : undefined;
  return {
    odsCode: trust.odsCode,
    personId,
    employeeNumber,
    hire,
    termination,
    leavingReason:
      termination === null
        ? null
        : movement === 'MOVED'
          ? 'Employee Transfer'
          : random.weighted(LEAVING_REASONS),
    userType: contract === 'Bank' || contract === 'Honorary' ? contract : 'Employee',
    workEmail: workEmail(mail, random),
    openEnd: random.pick(OPEN_ENDS),
    ...(random.chance(0.1) && (employer.termination ?? 0) - employer.hire > 360
      ? { furtherRows: [dayAt(employer.hire + random.between(30, 350))] }
      : {}),
    assignments: bank
      ? [
          main,
          {
            assignmentId: `6${personId.slice(1)}1`,
            number: `${employeeNumber}-2`,
            primary: false,
            contract: 'Bank',
            userStatus: 'Active Assignment',
            end: null,
            rows: [{ from: hire, job: { ...job, title: `Bank ${job.title}` }, fte: '0' }],
          },
        ]
      : [main],
    training: drawTraining(random, job, trust, hire),
    qualifications: drawQualifications(random, job, identity.registrationYear, hire),
    ...(placement === undefined ? {} : { placement }),
  };
}

/** Three in a hundred have none, and three a wrong one. */
function workEmail(mail: string, random: Random): string {
  if (mail === '' || random.chance(0.03)) return '';
  return random.chance(0.03) ? mail.replace('.', random.pick(['', '_'])) : mail;
}

/** From one to six dated rows, evenly over the time in the post. */
function drawRows(random: Random, job: DemoJob, employer: DrawnEmployer): DemoAssignment['rows'] {
  const days = (employer.termination ?? 0) - employer.hire;
  // A contract of no hours is a bank post.
  const hours = (): string => (random.chance(0.6) ? '1' : random.pick(PART_TIME));
  const count = Math.min(random.weighted(ROW_COUNTS), 1 + Math.floor(days / 200));
  const earlier = Array.from({ length: count - 1 }, (_, index): DemoAssignmentRow => {
    const from = employer.hire + Math.floor((days * index) / count);
    const entry = index === 0 && random.chance(0.5);
    return {
      from: dayAt(index === 0 ? from : from + random.between(0, 60)),
      job: entry ? { ...job, title: `${job.title} (Entry)` } : job,
      fte: hours(),
    };
  });
  const last = employer.hire + Math.floor((days * (count - 1)) / count);
  return [...earlier, { from: dayAt(last + (count === 1 ? 0 : 60)), job, fte: hours() }];
}

function drawTraining(
  random: Random,
  job: DemoJob,
  trust: DemoOrganisation,
  hire: string,
): DemoEmployment['training'] {
  const subjects = CORE_SKILLS.slice(0, job.registered ? CORE_SKILLS.length : 8);
  return [
    ...subjects
      .filter(() => random.chance(0.9))
      .map((name) => [name, dayAt(-random.between(1, 1_100))] as const),
    ...(random.chance(0.3) && hire <= BASE_DAY ? [[localCourse(trust.vpd), hire] as const] : []),
  ];
}

function drawPlacement(
  random: Random,
  {
    id,
    trust,
    open,
  }: {
    readonly id: number;
    readonly trust: DemoOrganisation;
    readonly open: readonly DemoOrganisation[];
  },
): DemoPlacement {
  const host = random.pick(open);
  const [specialty, code] = random.pick(SPECIALTIES);
  const [startDate, endDate] = random.weighted(ROTATIONS);
  const post = String(random.between(1, 999)).padStart(3, '0');
  return {
    reference: `PL${String(id)}`,
    nationalPostNumber: `LYD/${trust.odsCode}01/${code}/STR/${post}`,
    specialty,
    hostOdsCode: host.odsCode,
    startDate,
    endDate,
  };
}
