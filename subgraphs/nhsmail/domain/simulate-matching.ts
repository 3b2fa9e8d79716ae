import type { AccountStore } from './account-store.ts';
import type { LinkLedger } from './link-ledger.ts';
import { matchEverything } from './match-everything.ts';
import type { MatchCounts } from './match-run.ts';
import type { PeopleStore } from './people-store.ts';
import type { RuleSetStore } from './rule-set-store.ts';
import { countOutcome, readStanding, sourcesOf } from './run-matching.ts';

/** What a version of the rules would do. */
export interface Simulation extends MatchCounts {
  readonly ruleSet: number;
  readonly people: number;
  readonly accounts: number;
  readonly linksBefore: number;
  readonly organisations: Readonly<Record<string, MatchCounts>>;
}

/** What a simulation reads. */
export interface SimulationParts {
  readonly ruleSets: Pick<RuleSetStore, 'findRules' | 'findModel'>;
  readonly people: Pick<PeopleStore, 'readPages' | 'findByIds' | 'readClosed'>;
  readonly accounts: Pick<AccountStore, 'readAll' | 'findByIds'>;
  readonly links: Pick<LinkLedger, 'readStanding'>;
}

/**
 * Compares everything by a version of the rules and counts what would be linked, lost and left to people at every
 * organisation. Writes nothing: a model that the version does not have yet is made for this and forgotten.
 *
 * @returns `undefined` when there is no such version
 */
export async function simulateMatching(
  version: number,
  parts: SimulationParts,
): Promise<Simulation | undefined> {
  const ruleSet = await parts.ruleSets.findRules(version);
  if (ruleSet === undefined) return undefined;
  const known = await parts.ruleSets.findModel(version);
  const { standing, links } = await readStanding(parts);
  const { decision, people, accounts } = await matchEverything({
    ruleSet,
    sources: sourcesOf(parts),
    closed: await parts.people.readClosed(),
    standing,
    ...(known === undefined ? {} : { chooseModel: () => known.model }),
  });
  return {
    ruleSet: version,
    people,
    accounts,
    linksBefore: links,
    ...countOutcome(decision, standing),
  };
}
