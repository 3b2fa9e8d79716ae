import { matchEverything } from './match-everything.ts';
import type { MatchCounts } from './match-run.ts';
import { countOutcome, readStanding, type RunParts, sourcesOf } from './run-matching.ts';

/** What a version of the rules would do. */
export interface Simulation extends MatchCounts {
  readonly ruleSet: number;
  readonly people: number;
  readonly accounts: number;
  readonly linksBefore: number;
  readonly organisations: Readonly<Record<string, MatchCounts>>;
}

/**
 * Compares everything by a version of the rules and counts what would be linked, lost and left to people at every
 * organisation. Writes nothing: a model that the version does not have yet is made for this and forgotten.
 *
 * @returns `undefined` when there is no such version
 */
export async function simulateMatching(
  version: number,
  parts: Pick<RunParts, 'ruleSets' | 'people' | 'accounts' | 'links'>,
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
