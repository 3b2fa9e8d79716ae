/** Writes invented people, from a demonstration to a nation: the same for the same seed, one organisation after another. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ORGANISATION_LIST } from '../../subgraphs/esr/files/feed-layout.ts';
import { BASE_DAY, compact } from './days.ts';
import { csv, DEMO_FEEDS, feedRows, feedTrailer } from './feeds.ts';
import { go2FileName, go2Rows } from './go2.ts';
import { goldenPeople, SIGN_INS } from './golden-people.ts';
import { BASE_ENTRIES, ldifEntry } from './ldif.ts';
import { createLineFile, type LineFile, type LineFormat } from './line-file.ts';
import { mailboxes, orphans, ownersOf } from './mailboxes.ts';
import type { DemoAccount, DemoPerson } from './model.ts';
import { type DemoOrganisation, nation, sixTrusts } from './organisations.ts';
import { randomFrom } from './random.ts';
import { type Employed, planStaff } from './staff-plan.ts';

export { DEMO_PASSWORD } from './ldif.ts';

/** What was written, and where. */
export interface DemoSummary {
  readonly folder: string;
  readonly staff: number;
  readonly accounts: number;
  readonly organisationsFile: string;
  /** GO2 files first, then each kind of feed: the order in which they are imported. */
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
  /** Where they have the role, when not where they work. */
  readonly roleAt?: string;
  readonly given: string;
  readonly family: string;
  readonly mail: string;
  /** The account in the directory. */
  readonly uid: string;
  readonly odsCode: string;
  readonly employments: readonly { readonly odsCode: string; readonly employeeNumber: string }[];
  readonly registrations: readonly { readonly body: string; readonly number: string }[];
}

/** More people than this are too many for six trusts. */
const SIX_TRUSTS_HOLD = 20_000;

/**
 * Writes all files.
 *
 * @param options.staff how many people; the golden people are always among them
 * @param options.seed the same seed, number and organisations give the same bytes
 * @param options.organisations six trusts, or the 257 organisations of a nation; without it the number of people decides
 * @param options.onProgress is told of each organisation that is done
 */
export async function generateDemo({
  folder,
  staff,
  seed,
  organisations: size = staff > SIX_TRUSTS_HOLD ? 'nation' : 'six',
  onProgress,
}: {
  readonly folder: string;
  readonly staff: number;
  readonly seed: number | string;
  readonly organisations?: 'six' | 'nation';
  readonly onProgress?: (done: { readonly organisations: number; readonly of: number }) => void;
}): Promise<DemoSummary> {
  await mkdir(folder, { recursive: true });
  const inFolder = (name: string): string => join(folder, name);
  const organisations = size === 'six' ? sixTrusts() : nation();
  const golden = goldenPeople();
  const randomFor = randomFrom(seed);
  const plan = planStaff(staff, { organisations, golden, randomFor });

  const organisationsFile = inFolder('organisations.csv');
  await writeLines(organisationsFile, [
    csv(ORGANISATION_LIST),
    ...organisations.all.map(({ odsCode, name, type, status, vpd }) =>
      csv([odsCode, name, type, status, vpd]),
    ),
  ]);
  const rolesFile = inFolder('roles.csv');
  await writeLines(rolesFile, roleLines(golden));
  const peopleFile = inFolder('people.json');
  await writeFile(peopleFile, `${JSON.stringify(storyPeople(golden), null, 2)}\n`);

  const directoryFile = inFolder('directory.ldif');
  const directory = await createLineFile(directoryFile);
  const truthFile = inFolder('truth.csv');
  const truth = await createLineFile(truthFile);
  for (const line of BASE_ENTRIES) directory.add(line);
  truth.add(csv(TRUTH));
  let accounts = 0;
  let nobodies = 0;
  const addAccount = (account: DemoAccount, beside?: Beside): void => {
    accounts += 1;
    for (const line of ldifEntry(account, String(seed), beside)) directory.add(line);
  };
  let left = 0;
  const addOrphans = async (organisation: DemoOrganisation, staffHere: number): Promise<void> => {
    const random = randomFor('orphans', left);
    for (const account of orphans(organisation, staffHere, random, left)) {
      left += 1;
      addAccount(account);
      await directory.room();
    }
  };

  const written: { go2: string; feeds: readonly (string | undefined)[] }[] = [];
  for (const [place, organisation] of organisations.open.entries()) {
    const files = await createRecordFiles(folder, organisation);
    let staffHere = 0;
    const owners: string[] = [];
    for (const employed of plan.employedAt(place)) {
      await files.add(employed);
      if (!employed.home) continue;
      staffHere += 1;
      for (const account of employed.person.accounts) {
        addAccount(account, { holder: employed.person });
        if (owners.length < OWNERS) owners.push(account.uid);
      }
      for (const line of truthLines(employed.person)) truth.add(line);
      await directory.room();
      await truth.room();
    }
    const random = randomFor('mailboxes', place);
    for (const account of mailboxes(organisation, staffHere, random, nobodies)) {
      nobodies += 1;
      addAccount(account, { owners: ownersOf(account, owners, random) });
      await directory.room();
    }
    await addOrphans(organisation, staffHere);
    written.push(await files.close());
    onProgress?.({ organisations: place + 1, of: organisations.open.length });
  }
  for (const organisation of organisations.all) {
    if (organisation.status === 'CLOSED') await addOrphans(organisation, 0);
  }
  await directory.close();
  await truth.close();

  return {
    folder,
    staff: plan.people,
    accounts,
    organisationsFile,
    recordFiles: [
      ...written.map(({ go2 }) => go2),
      ...DEMO_FEEDS.flatMap((_, feed) => written.flatMap(({ feeds }) => feeds[feed] ?? [])),
    ],
    directoryFile,
    rolesFile,
    truthFile,
    peopleFile,
  };
}

type Beside = Parameters<typeof ldifEntry>[2];

/** Among so many people of an organisation its shared mailboxes find their owners. */
const OWNERS = 500;

const FORMATS: Readonly<Record<DemoOrganisation['writing'], LineFormat>> = {
  UTF8: { encoding: 'utf8', lineEnd: '\n' },
  UTF8_CRLF: { encoding: 'utf8', lineEnd: '\r\n' },
  LATIN1_CRLF: { encoding: 'latin1', lineEnd: '\r\n' },
};

/** The extract of an organisation and its feeds, written side by side. A feed in which nobody is has no file. */
async function createRecordFiles(folder: string, organisation: DemoOrganisation) {
  const rows = go2Rows(organisation);
  const go2 = join(folder, go2FileName(organisation.vpd));
  const extract = await createLineFile(go2, FORMATS[organisation.writing]);
  for (const line of rows.first()) extract.add(line);
  const feeds: { path?: string; file?: LineFile; rows: number }[] = DEMO_FEEDS.map(() => ({
    rows: 0,
  }));
  return {
    async add(employed: Employed): Promise<void> {
      for (const line of rows.of(employed)) extract.add(line);
      await extract.room();
      for (const [place, feed] of DEMO_FEEDS.entries()) {
        const state = feeds[place];
        const lines = feedRows(feed, employed);
        if (state === undefined || lines.length === 0) continue;
        if (state.file === undefined) {
          state.path = join(folder, `${feed.name}_${organisation.vpd}_${compact(BASE_DAY)}.csv`);
          state.file = await createLineFile(state.path);
          state.file.add(csv(feed.header));
          state.rows = 1;
        }
        for (const line of lines) state.file.add(line);
        state.rows += lines.length;
        await state.file.room();
      }
    },
    async close() {
      extract.add(rows.last());
      await extract.close();
      for (const state of feeds) {
        state.file?.add(feedTrailer(state.rows));
        await state.file?.close();
      }
      return { go2, feeds: feeds.map(({ path }) => path) };
    },
  };
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

const TRUTH = ['person', 'story', 'odsCode', 'employeeNumber', 'uid', 'mail', 'synthetic'];

/** Who is who: one row for each employment and account of a person, empty where there is no account. */
function* truthLines({ key, story, employments, accounts }: DemoPerson): Generator<string> {
  for (const { odsCode, employeeNumber } of employments) {
    const held = accounts.length === 0 ? [{ uid: '', mail: '' }] : accounts;
    for (const { uid, mail } of held) {
      yield csv([key, story, odsCode, employeeNumber, uid, mail, 'true']);
    }
  }
}

function storyPeople(people: readonly DemoPerson[]): DemoStoryPerson[] {
  return people.map(({ key, story, given, family, employments, accounts, registrations }) => {
    const signIn = SIGN_INS.get(key);
    const odsCode = employments[0]?.odsCode ?? '';
    return {
      story,
      role: signIn?.role ?? null,
      ...(signIn === undefined || signIn.odsCode === odsCode ? {} : { roleAt: signIn.odsCode }),
      given,
      family,
      mail: accounts[0]?.mail ?? '',
      uid: accounts[0]?.uid ?? '',
      odsCode,
      employments: employments.map(({ odsCode, employeeNumber }) => ({ odsCode, employeeNumber })),
      registrations: registrations.map(({ body, number }) => ({ body, number })),
    };
  });
}

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const file = await createLineFile(path);
  for (const line of lines) file.add(line);
  await file.close();
}
