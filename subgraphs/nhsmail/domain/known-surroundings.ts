import type { Around, ChangeStore, Surroundings } from './change-store.ts';
import type { Candidate } from './compare-pair.ts';
import type { LinkStatement, Pair } from './links.ts';
import { pairKey } from './plan-links.ts';

/** Records that changed, as they are now: nothing of it has been written yet. */
export interface ChangedRecords {
  /** Whether each person and account that changed is matched, by id. */
  readonly people: ReadonlyMap<string, boolean>;
  readonly accounts: ReadonlyMap<string, boolean>;
  /** All candidates of them. */
  readonly candidates: readonly Candidate[];
}

/** What is known around records: what is kept, but for the changed ones, of which it is what will be kept. */
export interface KnownSurroundings {
  /** Reads what is not known yet around these. */
  readonly read: (around: Around) => Promise<void>;
  readonly candidates: () => readonly Candidate[];
  readonly statements: () => readonly LinkStatement[];
  /** Whether both sides of a pair of these statements are matched. */
  readonly arePresent: (pair: Pair) => boolean;
  readonly haveCases: () => boolean;
}

/** Begins with what has been read around some records, and reads more when asked to. */
export function knownSurroundings(
  changed: ChangedRecords,
  begun: { readonly around: Around; readonly surroundings: Surroundings },
  store: Pick<ChangeStore, 'readAround'>,
): KnownSurroundings {
  const candidates = new Map(changed.candidates.map((one) => [pairKey(one), one]));
  const statements = new Map<string, LinkStatement>();
  const people = new Map<string, boolean>();
  const accounts = new Map<string, boolean>();
  const asked = { staffIds: new Set<string>(), accountIds: new Set<string>() };
  let haveCases = false;
  const add = (around: Around, found: Surroundings): void => {
    for (const id of around.staffIds) asked.staffIds.add(id);
    for (const id of around.accountIds) asked.accountIds.add(id);
    for (const one of found.candidates) {
      if (changed.people.has(one.staffId) || changed.accounts.has(one.accountId)) continue;
      candidates.set(pairKey(one), one);
    }
    for (const { statement, staffId, isPersonThere, isAccountThere } of found.statements) {
      statements.set(statement.id, statement);
      people.set(staffId, changed.people.get(staffId) ?? isPersonThere);
      accounts.set(
        statement.accountId,
        changed.accounts.get(statement.accountId) ?? isAccountThere,
      );
    }
    haveCases ||= found.haveCases;
  };
  add(begun.around, begun.surroundings);
  return {
    read: async ({ staffIds, accountIds }) => {
      const around = {
        staffIds: staffIds.filter((id) => !asked.staffIds.has(id)),
        accountIds: accountIds.filter((id) => !asked.accountIds.has(id)),
      };
      if (around.staffIds.length + around.accountIds.length === 0) return;
      add(around, await store.readAround(around));
    },
    candidates: () => [...candidates.values()],
    statements: () => [...statements.values()],
    arePresent: ({ staffId, accountId }) =>
      people.get(staffId) === true && accounts.get(accountId) === true,
    haveCases: () => haveCases,
  };
}
