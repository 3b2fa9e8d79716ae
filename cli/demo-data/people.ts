/** The rest of the workforce: drawn from the seed, with the faults that real records have. */
import { BASE_DAY, dayAt } from './days.ts';
import type { DemoAccount, DemoAssignment, DemoEmployment, DemoPerson } from './model.ts';
import { FAMILIES, KNOWN_AS, MEN, WOMEN } from './names.ts';
import { OPEN_TRUSTS } from './organisations.ts';
import type { Random } from './random.ts';
import { nhsEmployeeId, niNumber, phone, registrationNumber, smartcardUuid } from './reserved.ts';
import { type DemoJob, JOBS } from './staff-groups.ts';
import { CORE_SKILLS, localCourse } from './training.ts';

/** Numbers already given out at each trust: employee numbers are per employer and repeat between them. */
export interface Counters {
  readonly next: (odsCode: string) => number;
}

/** Counts from 1 at each trust. */
export function countersPerTrust(): Counters {
  const counts = new Map<string, number>();
  return {
    next: (odsCode) => {
      const count = (counts.get(odsCode) ?? 0) + 1;
      counts.set(odsCode, count);
      return count;
    },
  };
}

/** Draws one person. `ordinal` is 1 for the first. */
export function drawPerson(
  ordinal: number,
  random: Random,
  {
    counters,
    mailFor,
  }: {
    readonly counters: Counters;
    readonly mailFor: (given: string, family: string) => string;
  },
): DemoPerson {
  const id = 1_000 + ordinal;
  const sex = random.chance(0.76) ? 'F' : 'M';
  const given = random.pick(sex === 'F' ? WOMEN : MEN);
  const family = drawFamily(random);
  const age = 18 + Math.floor(((random.next() + random.next()) / 2) * 48);
  const birthDate = dayAt(-Math.floor(age * 365.25) - random.between(0, 364));
  const job = random.weighted(JOBS);
  const trust = random.weighted(OPEN_TRUSTS.map((one) => [one.share, one] as const));
  const renamed = sex === 'F' && random.chance(0.012);
  const maiden = renamed ? random.pick(FAMILIES) : '';
  const knownAs = random.chance(0.05) ? (KNOWN_AS[given] ?? '') : '';
  const hire = dayAt(-random.between(20, Math.max(40, (age - 18) * 300)));
  const year = Number(hire.slice(0, 4)) - 1;
  const leaves = random.chance(0.04);
  const account = drawAccount(id, random, {
    given: knownAs === '' ? given : knownAs,
    family: renamed ? maiden : misspelt(family, random),
    job,
    odsCode: random.chance(0.015) ? random.pick(OPEN_TRUSTS).odsCode : trust.odsCode,
    left: leaves,
    mailFor,
  });
  const first = drawEmployment(random, {
    trust,
    job,
    hire,
    termination: leaves ? dayAt(-random.between(1, 90)) : null,
    mail: account?.mail ?? '',
    renamed: renamed ? { from: maiden, on: dayAt(-random.between(5, 120)) } : undefined,
    number: counters.next(trust.odsCode),
  });
  const employments = [first];
  if (random.chance(0.025)) {
    const second = random.pick(OPEN_TRUSTS.filter((one) => one !== trust));
    employments.push(
      drawEmployment(random, {
        trust: second,
        job,
        hire: dayAt(-random.between(20, 900)),
        termination: null,
        mail: account?.mail ?? '',
        renamed: undefined,
        number: counters.next(second.odsCode),
      }),
    );
  }
  return {
    key: `p${String(ordinal)}`,
    story: '',
    sex,
    title:
      job.group === 'Medical and Dental' ? 'Dr' : sex === 'F' ? random.pick(['Ms', 'Mrs']) : 'Mr',
    given,
    middle: random.chance(0.4) ? random.pick(sex === 'F' ? WOMEN : MEN) : '',
    family,
    maiden,
    preferred: knownAs,
    birthDate,
    niNumber: niNumber(id),
    nhsEmployeeId: nhsEmployeeId(id),
    smartcardUuid: random.chance(0.7) ? smartcardUuid(id) : '',
    registrations:
      job.body !== undefined && random.chance(job.registered)
        ? [
            {
              body: job.body,
              number: registrationNumber(job, id, year),
              status: random.weighted([
                [97.8, 'REGISTERED'],
                [1.5, 'LAPSED'],
                [0.5, 'CONDITIONS'],
                [0.2, 'SUSPENDED'],
              ] as const),
              type: job.kind ?? '',
              firstRegistered: `${String(year)}-09-01`,
              expiresOn: dayAt(random.between(30, 700)),
            },
          ]
        : [],
    employments,
    accounts: account === undefined ? [] : [account],
  };
}

/** Frequent names come first in the list: the square root favours them. */
function drawFamily(random: Random): string {
  const draw = (): string => {
    const name = FAMILIES[Math.floor(random.next() ** 1.6 * FAMILIES.length)];
    return name ?? random.pick(FAMILIES);
  };
  const name = draw();
  return random.chance(0.025) ? `${name}-${draw()}` : name;
}

/** One in a hundred directory names has two letters the wrong way round. */
function misspelt(name: string, random: Random): string {
  if (name.length < 4 || !random.chance(0.01)) return name;
  const at = random.between(1, name.length - 3);
  return `${name.slice(0, at)}${name.charAt(at + 1)}${name.charAt(at)}${name.slice(at + 2)}`;
}

function drawAccount(
  id: number,
  random: Random,
  about: {
    readonly given: string;
    readonly family: string;
    readonly job: DemoJob;
    readonly odsCode: string;
    readonly left: boolean;
    readonly mailFor: (given: string, family: string) => string;
  },
): (Omit<DemoAccount, 'employeeNumber'> & { employeeNumber: null }) | undefined {
  if (random.chance(0.04)) return undefined;
  const mail = about.mailFor(about.given, about.family);
  return {
    uid: `a1${String(id).padStart(6, '0')}`,
    kind: 'USER',
    state: about.left && !random.chance(0.1) ? 'LEAVER' : 'ACTIVE',
    given: about.given,
    family: about.family,
    title: random.chance(0.7) ? about.job.title : null,
    odsCode: about.odsCode,
    mail,
    aliases: random.chance(0.05) ? [mail.replace('@nhsmail.', '@post.')] : [],
    phone: random.chance(0.5) ? phone(random) : null,
    employeeNumber: null,
  };
}

function drawEmployment(
  random: Random,
  about: {
    readonly trust: { readonly odsCode: string; readonly vpd: string };
    readonly job: DemoJob;
    readonly hire: string;
    readonly termination: string | null;
    readonly mail: string;
    readonly renamed: DemoEmployment['renamed'] | undefined;
    readonly number: number;
  },
): DemoEmployment {
  const personId = String(5_100_000 + about.number);
  const employeeNumber = String(90_100_000 + about.number);
  const { hire, termination, job } = about;
  const ended = termination !== null && termination > hire;
  const main: DemoAssignment = {
    assignmentId: `6${personId.slice(1)}0`,
    number: employeeNumber,
    job,
    primary: true,
    fte: random.chance(0.6) ? '1' : random.pick(['0.4', '0.53', '0.6', '0.8', '0.93']),
    start: hire,
    end: ended ? termination : null,
    ...(random.chance(0.15) && hire < dayAt(-400)
      ? { before: [{ from: hire, job: { ...job, title: `${job.title} (Entry)` } }] }
      : {}),
  };
  const bank = !ended && random.chance(0.055);
  return {
    odsCode: about.trust.odsCode,
    personId,
    employeeNumber,
    hire,
    termination: ended ? termination : null,
    leavingReason: ended
      ? random.pick([
          'Voluntary Resignation - Relocation',
          'Retirement Age',
          'End of Fixed Term Contract',
        ])
      : null,
    userType: random.weighted([
      [91, 'Employee'],
      [6, 'Bank'],
      [3, 'Honorary'],
    ] as const),
    workEmail: random.chance(0.94) ? about.mail : '',
    ...(about.renamed === undefined || about.renamed.on <= hire ? {} : { renamed: about.renamed }),
    openEnd: random.pick(['', '1900-01-01', '31 Dec 4712'] as const),
    assignments: bank
      ? [
          main,
          {
            assignmentId: `6${personId.slice(1)}1`,
            number: `${employeeNumber}-2`,
            job: { ...job, title: `Bank ${job.title}` },
            primary: false,
            fte: '0',
            start: hire,
            end: null,
          },
        ]
      : [main],
    training: [
      ...CORE_SKILLS.slice(0, job.registered > 0 ? CORE_SKILLS.length : 8)
        .filter(() => random.chance(0.9))
        .map((name) => [name, dayAt(-random.between(1, 1_100))] as const),
      ...(random.chance(0.3) ? [[localCourse(about.trust.vpd), hire] as const] : []),
    ].filter(([, day]) => day <= BASE_DAY),
  };
}
