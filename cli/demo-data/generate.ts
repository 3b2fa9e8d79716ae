/** Writes the demonstration data: invented people, the same for the same seed. */
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { ORGANISATION_LIST } from '../../subgraphs/esr/files/feed-layout.ts';
import { BASE_DAY, compact } from './days.ts';
import { csv, registrationRows, trainingRows } from './feeds.ts';
import { type Employed, go2FileName, go2Rows } from './go2.ts';
import { goldenPeople, SIGN_INS } from './golden-people.ts';
import { BASE_ENTRIES, ldifEntry } from './ldif.ts';
import { mailRegister } from './mail.ts';
import type { DemoAccount, DemoPerson } from './model.ts';
import { OPEN_TRUSTS, ORGANISATIONS } from './organisations.ts';
import { countersPerTrust, drawPerson } from './people.ts';
import { type Random, seededRandom } from './random.ts';
import { phone } from './reserved.ts';

export { DEMO_PASSWORD } from './ldif.ts';

/** What was written, and where. */
export interface DemoSummary {
  readonly folder: string;
  readonly staff: number;
  readonly accounts: number;
  readonly organisationsFile: string;
  /** GO2 files first, then registrations, then training: the order in which they are imported. */
  readonly recordFiles: readonly string[];
  readonly directoryFile: string;
  readonly rolesFile: string;
  readonly truthFile: string;
  readonly peopleFile: string;
}

/** One entry of `people.json`: somebody the story or a test counts on. */
export interface DemoStoryPerson {
  readonly story: string;
  /** What they sign in as; null for people who are only looked at. */
  readonly role: 'STAFF' | 'HR_OFFICER' | 'ADMINISTRATOR' | null;
  readonly given: string;
  readonly family: string;
  readonly mail: string;
  /** The account in the directory. */
  readonly uid: string;
  readonly odsCode: string;
  readonly employments: readonly { readonly odsCode: string; readonly employeeNumber: string }[];
  readonly registrations: readonly { readonly body: string; readonly number: string }[];
}

/**
 * Writes all files of the demonstration.
 *
 * @param options.staff how many people; the golden people are always among them
 * @param options.seed the same seed and number give the same bytes
 */
export async function generateDemo({
  folder,
  staff,
  seed,
}: {
  readonly folder: string;
  readonly staff: number;
  readonly seed: number | string;
}): Promise<DemoSummary> {
  await mkdir(folder, { recursive: true });
  const random = seededRandom(seed);
  const people = makePeople(staff, random);
  const accounts = [
    ...people.flatMap((person) => person.accounts),
    ...otherAccounts(people.length, random),
  ];
  const files: { readonly name: string; readonly lines: Iterable<string> }[] = [];
  const add = (name: string, lines: Iterable<string>): string => {
    files.push({ name, lines });
    return join(folder, name);
  };

  const organisationsFile = add('organisations.csv', [
    csv(ORGANISATION_LIST),
    ...ORGANISATIONS.map(({ odsCode, name, type, status, vpd }) =>
      csv([odsCode, name, type, status, vpd]),
    ),
  ]);
  const trusts = OPEN_TRUSTS.map((trust) => ({
    trust,
    employed: employedAt(trust.odsCode, people),
  }));
  const recordFiles = [
    ...trusts.map(({ trust, employed }) => add(go2FileName(trust.vpd), go2Rows(trust, employed))),
    ...trusts.map(({ trust, employed }) =>
      add(feedName('registrations', trust.vpd), registrationRows(trust.odsCode, employed)),
    ),
    ...trusts.map(({ trust, employed }) =>
      add(feedName('training', trust.vpd), trainingRows(trust.odsCode, employed)),
    ),
  ];
  const directoryFile = add('directory.ldif', directoryLines(accounts, String(seed)));
  const rolesFile = add('roles.csv', roleLines(people));
  const truthFile = add('truth.csv', truthLines(people));
  for (const { name, lines } of files) await writeLines(join(folder, name), lines);
  const peopleFile = join(folder, 'people.json');
  await writeFile(peopleFile, `${JSON.stringify(storyPeople(people), null, 2)}\n`);

  return {
    folder,
    staff: people.length,
    accounts: accounts.length,
    organisationsFile,
    recordFiles,
    directoryFile,
    rolesFile,
    truthFile,
    peopleFile,
  };
}

const feedName = (kind: string, vpd: string): string => `${kind}_${vpd}_${compact(BASE_DAY)}.csv`;

function makePeople(staff: number, random: Random): DemoPerson[] {
  const golden = goldenPeople();
  const mailFor = mailRegister();
  for (const { given, family, accounts } of golden) {
    mailFor(given, family);
    for (const account of accounts) {
      if (account.given !== given || account.family !== family) {
        mailFor(account.given ?? '', account.family);
      }
    }
  }
  const counters = countersPerTrust();
  const drawn = Array.from({ length: Math.max(0, staff - golden.length) }, (_, index) =>
    withConnector(drawPerson(index + 1, random, { counters, mailFor }), random),
  );
  return [...golden, ...drawn];
}

/** Seven in ten accounts carry the employee number, where the trust runs the connector. */
function withConnector(person: DemoPerson, random: Random): DemoPerson {
  const connected = random.chance(0.7);
  const [employment] = person.employments;
  if (!connected || employment === undefined) return person;
  return {
    ...person,
    accounts: person.accounts.map((account) => ({
      ...account,
      employeeNumber: account.odsCode === employment.odsCode ? employment.employeeNumber : null,
    })),
  };
}

/** Accounts that are nobody: shared mailboxes, applications, contacts. */
function otherAccounts(people: number, random: Random): DemoAccount[] {
  const departments = ['Ward', 'Clinic', 'Rota', 'Referrals', 'Payroll', 'Estates', 'Recruitment'];
  const make = (kind: DemoAccount['kind'], prefix: string, count: number): DemoAccount[] =>
    Array.from({ length: count }, (_, index) => {
      const trust = random.pick(OPEN_TRUSTS);
      const name = `${random.pick(departments)} ${kind === 'APPLICATION' ? 'Service' : 'Team'} ${String(index + 1)}`;
      return {
        uid: `${prefix}${String(1_000_000 + index)}`,
        kind,
        state: 'ACTIVE',
        given: kind === 'CONTACT' ? random.pick(['Alex', 'Sam', 'Jo']) : null,
        family: kind === 'CONTACT' ? `Supplier ${String(index + 1)}` : name,
        title: null,
        odsCode: trust.odsCode,
        mail: `${trust.odsCode.toLowerCase()}.${kind.toLowerCase()}${String(index + 1)}@nhsmail.example`,
        aliases: [],
        phone: random.chance(0.3) ? phone(random) : null,
        employeeNumber: null,
      };
    });
  return [
    ...make('SHARED', 's', Math.ceil(people / 12)),
    ...make('APPLICATION', 'x', Math.ceil(people / 150)),
    ...make('CONTACT', 'c', Math.ceil(people * 0.03)),
  ];
}

const employedAt = (odsCode: string, people: readonly DemoPerson[]): Employed[] =>
  people.flatMap((person) =>
    person.employments
      .filter((employment) => employment.odsCode === odsCode)
      .map((employment) => ({ person, employment })),
  );

function* directoryLines(accounts: readonly DemoAccount[], seed: string): Generator<string> {
  yield* BASE_ENTRIES;
  for (const account of accounts) yield* ldifEntry(account, seed);
}

function* roleLines(people: readonly DemoPerson[]): Generator<string> {
  yield csv(['mail', 'role', 'odsCode']);
  for (const person of people) {
    const signIn = SIGN_INS.get(person.key);
    const mail = person.accounts[0]?.mail;
    // Everybody with an account is staff; only the further roles are given out.
    if (signIn === undefined || signIn.role === 'STAFF' || mail === undefined) continue;
    yield csv([mail, signIn.role, signIn.odsCode]);
  }
}

/** Who is who: one row for each employment and account of a person, empty where there is no account. */
function* truthLines(people: readonly DemoPerson[]): Generator<string> {
  yield csv(['person', 'story', 'odsCode', 'employeeNumber', 'uid']);
  for (const { key, story, employments, accounts } of people) {
    for (const { odsCode, employeeNumber } of employments) {
      const uids = accounts.length === 0 ? [''] : accounts.map(({ uid }) => uid);
      for (const uid of uids) yield csv([key, story, odsCode, employeeNumber, uid]);
    }
  }
}

function storyPeople(people: readonly DemoPerson[]): DemoStoryPerson[] {
  return people
    .filter(({ story }) => story !== '')
    .map(({ key, story, given, family, employments, accounts, registrations }) => ({
      story,
      role: SIGN_INS.get(key)?.role ?? null,
      given,
      family,
      mail: accounts[0]?.mail ?? '',
      uid: accounts[0]?.uid ?? '',
      odsCode: employments[0]?.odsCode ?? '',
      employments: employments.map(({ odsCode, employeeNumber }) => ({ odsCode, employeeNumber })),
      registrations: registrations.map(({ body, number }) => ({ body, number })),
    }));
}

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(portions(lines)), createWriteStream(path));
}

/** Lines joined into portions of some 64 KB: one write each. */
function* portions(lines: Iterable<string>): Generator<string> {
  let portion = '';
  for (const line of lines) {
    portion += `${line}\n`;
    if (portion.length > 65_536) {
      yield portion;
      portion = '';
    }
  }
  if (portion !== '') yield portion;
}
