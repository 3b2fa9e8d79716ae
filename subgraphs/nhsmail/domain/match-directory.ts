import type { ProposedCase } from './cases.ts';
import type { LinkLedger } from './link-ledger.ts';
import { type CertainMatch, matchCertain, type MatchedAccount } from './match-certain.ts';
import type { StaffDirectory, StaffRecords } from './ports.ts';
import type { StaffPerson } from './staff.ts';

/** What matching rests on. */
export interface MatchingParts {
  readonly directory: Pick<StaffDirectory, 'readAll'>;
  readonly records: StaffRecords;
  readonly links: Pick<LinkLedger, 'apply'>;
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
  const applied = await parts.links.apply(
    {
      covered: { kind: 'everything' },
      links: proposals.flatMap(({ state, ...link }) => (state === 'LINKED' ? [link] : [])),
      cases: proposals.flatMap((match) => (match.state === 'REVIEW' ? caseOf(match) : [])),
      withdrawn: [],
    },
    { at: parts.now() },
  );
  return {
    accounts: accounts.length,
    people: people.size,
    linked: applied.linked,
    review: applied.casesOpened,
    unchanged: applied.unchanged,
  };
}

function caseOf({ state: _, method: __, ...candidate }: CertainMatch): ProposedCase[] {
  const { staffId, accountId, odsCode, evidence } = candidate;
  const closed = evidence.some(
    ({ field, outcome }) => field === 'organisation' && outcome === 'closed',
  );
  return [
    {
      queue: closed ? 'CLOSED_ORGANISATION' : 'UNABLE_TO_MATCH',
      staffId,
      accountId,
      ...(odsCode === undefined ? {} : { odsCode }),
      candidates: [{ staffId, accountId, ...(odsCode === undefined ? {} : { odsCode }), evidence }],
      because: closed ? 'ORGANISATION_CLOSED' : 'CERTAIN_KEY_CONTRADICTED',
    },
  ];
}
