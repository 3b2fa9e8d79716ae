/**
 * Certain matching: which account is whose, by keys that belong to one person. First by employee number at the same
 * organisation, then by the address that ESR has. A key that is held twice, or that goes with another surname, is for
 * a person to decide.
 */
import type { DirectoryEntry } from './directory-entry.ts';
import type { LinkEvidence, ProposedLink } from './links.ts';
import { compareSurnames } from './name-similarity.ts';
import type { StaffPerson } from './staff.ts';

/** An account, as far as matching needs it. */
export type MatchedAccount = Pick<
  DirectoryEntry,
  'id' | 'mail' | 'aliases' | 'kind' | 'familyName' | 'odsCode' | 'employeeNumber'
>;

/** Everything there is to compare. It has to be complete: uniqueness cannot be told from a part. */
export interface MatchInput {
  readonly accounts: readonly MatchedAccount[];
  readonly people: readonly StaffPerson[];
  /** ODS codes of organisations that are closed. Their accounts have to move before they are linked. */
  readonly closed: ReadonlySet<string>;
}

/** Person types whose accounts are linked. */
const PERSON_TYPES: ReadonlySet<string | undefined> = new Set(['EMPLOYEE', 'HONORARY', 'BANK']);

interface Candidate {
  readonly person: StaffPerson;
  readonly account: MatchedAccount;
  /** Whether the key leads from this person to this account alone, and back. */
  readonly unique: boolean;
}

/** What a certain key says about a pair: that they belong together, or that a person has to decide. */
export interface CertainMatch extends ProposedLink {
  readonly state: 'LINKED' | 'REVIEW';
}

/** What matching says about every account that has a key in common with somebody. */
export function matchCertain({ accounts, people, closed }: MatchInput): readonly CertainMatch[] {
  const users = accounts.filter(({ kind }) => kind === 'USER');
  const employed = people
    .map((person) => ({
      ...person,
      employments: person.employments.filter(({ personType }) => PERSON_TYPES.has(personType)),
    }))
    .filter(({ employments }) => employments.length > 0);

  const byNumber = pairs({
    accounts: users,
    people: employed,
    accountKeys: ({ odsCode, employeeNumber }) =>
      odsCode === undefined || employeeNumber === undefined ? [] : [`${odsCode} ${employeeNumber}`],
    personKeys: ({ employments }) =>
      employments.map(({ odsCode, employeeNumber }) => `${odsCode} ${employeeNumber}`),
  });
  const decided = new Set(byNumber.map(({ account }) => account.id));
  // An address counts for all accounts: one that is also a shared mailbox's is nobody's.
  const byAddress = pairs({
    accounts,
    people: employed,
    accountKeys: ({ mail, aliases }) => [mail, ...aliases].map(address),
    personKeys: ({ workEmail }) => (workEmail === undefined ? [] : [address(workEmail)]),
  }).filter(({ account }) => account.kind === 'USER' && !decided.has(account.id));

  return [
    ...byNumber.map((candidate) => propose(candidate, 'EMPLOYEE_NUMBER', closed)),
    ...byAddress.map((candidate) => propose(candidate, 'ESR_EMAIL', closed)),
  ];
}

const address = (mail: string): string => mail.trim().toLowerCase();

function pairs(options: {
  readonly accounts: readonly MatchedAccount[];
  readonly people: readonly StaffPerson[];
  readonly accountKeys: (account: MatchedAccount) => readonly string[];
  readonly personKeys: (person: StaffPerson) => readonly string[];
}): readonly Candidate[] {
  const accountsOf = gather(options.accounts, options.accountKeys);
  const peopleOf = gather(options.people, options.personKeys);
  const found = new Map<string, Candidate>();
  for (const [key, people] of peopleOf) {
    const accounts = accountsOf.get(key) ?? new Set();
    const unique = people.size === 1 && accounts.size === 1;
    for (const person of people) {
      for (const account of accounts) {
        const pair = `${person.id} ${account.id}`;
        if (unique || !found.has(pair)) found.set(pair, { person, account, unique });
      }
    }
  }
  // Two keys may each be unique and still lead from one account to two people.
  const peopleByAccount = Map.groupBy(found.values(), ({ account }) => account.id);
  return [...found.values()].map((candidate) => ({
    ...candidate,
    unique: candidate.unique && peopleByAccount.get(candidate.account.id)?.length === 1,
  }));
}

function gather<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly string[],
): ReadonlyMap<string, ReadonlySet<Item>> {
  const gathered = new Map<string, Set<Item>>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const known = gathered.get(key);
      if (known === undefined) gathered.set(key, new Set([item]));
      else known.add(item);
    }
  }
  return gathered;
}

function propose(
  { person, account, unique }: Candidate,
  method: 'EMPLOYEE_NUMBER' | 'ESR_EMAIL',
  closed: ReadonlySet<string>,
): CertainMatch {
  const name = nameOutcome(person, account);
  const number = method === 'EMPLOYEE_NUMBER' ? 'equal' : numberOutcome(person, account);
  const isClosed = account.odsCode !== undefined && closed.has(account.odsCode);
  const certain = unique && name !== 'different' && number !== 'different' && !isClosed;
  const evidence: LinkEvidence[] = [
    { field: 'employeeNumber', outcome: number },
    ...(method === 'ESR_EMAIL' ? [{ field: 'workEmail', outcome: 'equal' }] : []),
    { field: 'familyName', outcome: name },
    ...(unique ? [] : [{ field: 'key', outcome: 'held more than once' }]),
    ...(isClosed ? [{ field: 'organisation', outcome: 'closed' }] : []),
  ];
  return {
    staffId: person.id,
    accountId: account.id,
    odsCode: account.odsCode,
    method,
    state: certain ? 'LINKED' : 'REVIEW',
    evidence,
  };
}

function nameOutcome(person: StaffPerson, { familyName }: MatchedAccount): string {
  if (familyName === undefined) return 'different';
  const now = compareSurnames(person.familyName, familyName);
  if (now === 'equal') return now;
  const before = person.previousFamilyNames.some(
    (name) => compareSurnames(name, familyName) === 'equal',
  );
  return before ? 'equal to a former name' : now;
}

/** Another number at the same organisation is another person's: a father's mailbox in his son's record. */
function numberOutcome(person: StaffPerson, { odsCode, employeeNumber }: MatchedAccount): string {
  const here = person.employments.filter((employment) => employment.odsCode === odsCode);
  if (employeeNumber === undefined || here.length === 0) return 'not compared';
  return here.some((employment) => employment.employeeNumber === employeeNumber)
    ? 'equal'
    : 'different';
}
