import { planLinks } from './links.ts';
import { matchCertain, type MatchedAccount } from './match-certain.ts';
import type { LinkStore, StaffDirectory, StaffRecords } from './ports.ts';
import type { StaffPerson } from './staff.ts';

/** What matching rests on. */
export interface MatchingParts {
  readonly directory: Pick<StaffDirectory, 'readAll'>;
  readonly records: StaffRecords;
  readonly links: Pick<LinkStore, 'readCurrent' | 'write'>;
  readonly now: () => Date;
}

/** What one round of matching came to. */
export interface MatchSummary {
  /** Accounts read. */
  readonly accounts: number;
  /** People read. */
  readonly people: number;
  /** New links. */
  readonly linked: number;
  /** New cases for a person to decide. */
  readonly review: number;
  /** Proposals that say what is known already. */
  readonly unchanged: number;
}

/**
 * Compares the whole directory with the staff records of the organisations that it names, and writes what is new.
 * Running it again changes nothing. Nothing is written when either source stops answering half way.
 */
export async function matchDirectory(parts: MatchingParts): Promise<MatchSummary> {
  const accounts: MatchedAccount[] = [];
  for await (const entry of parts.directory.readAll()) {
    const { id, mail, aliases, kind, familyName, odsCode, employeeNumber } = entry;
    accounts.push({
      id,
      mail,
      aliases,
      kind,
      ...(familyName === undefined ? {} : { familyName }),
      ...(odsCode === undefined ? {} : { odsCode }),
      ...(employeeNumber === undefined ? {} : { employeeNumber }),
    });
  }
  const people = new Map<string, StaffPerson>();
  const closed = new Set<string>();
  for (const odsCode of new Set(accounts.map((account) => account.odsCode))) {
    if (odsCode === undefined) continue;
    const staff = await parts.records.readStaffOf(odsCode);
    if (staff.status === 'CLOSED') closed.add(odsCode);
    for (const person of staff.people) people.set(person.id, person);
  }
  const proposals = matchCertain({ accounts, people: [...people.values()], closed });
  const changes = planLinks(proposals, await parts.links.readCurrent());
  await parts.links.write(changes, parts.now());
  const linked = changes.added.filter(({ state }) => state === 'LINKED').length;
  return {
    accounts: accounts.length,
    people: people.size,
    linked,
    review: changes.added.length - linked,
    unchanged: changes.unchanged,
  };
}
