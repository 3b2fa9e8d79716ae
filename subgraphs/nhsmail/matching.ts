/** Matching, put together: rounds of it, its runs, and the rules it goes by. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Clock } from '../../runtime/clock.ts';
import type { Database } from '../../runtime/database.ts';
import type { Logger } from '../../runtime/log.ts';
import { workFor } from '../../runtime/request-deadline.ts';
import type { NhsmailSettings } from './config.ts';
import type { DirectoryCopy } from './directory-copy.ts';
import type { LinkLedger } from './domain/link-ledger.ts';
import type { RuleSet } from './domain/linkage/rule-set.ts';
import { MatchingRefused } from './domain/matching-refused.ts';
import { directoryMatching, type MatchSummary } from './domain/match-directory.ts';
import type { MatchRun } from './domain/match-run.ts';
import type { StaffRecords } from './domain/ports.ts';
import type { RuleSetAct, RuleSetVersion } from './domain/rule-set-store.ts';
import type { Simulation } from './domain/simulate-matching.ts';
import { type MatchingRules, simulations } from './domain/simulations.ts';
import { matchingStores } from './postgres/matching-stores.ts';
import { simulateInThread } from './simulate-in-thread.ts';

/** What operators do with matching. */
export interface MatchingOperations {
  /** A round now. `whole` compares everything, though it is not due. */
  readonly match: (options?: { readonly whole?: boolean }) => Promise<MatchSummary>;
  /** The newest runs over everything, and those that were stopped. */
  readonly matchRuns: () => Promise<readonly MatchRun[]>;
  /** Lets a stopped run go on, under somebody's name. */
  readonly confirmMatchRun: (run: string, by: string) => Promise<void>;
  readonly ruleSets: () => Promise<readonly RuleSetVersion[]>;
  /** Adds a version; returns its number. It is not used before it is proposed and approved. */
  readonly addRuleSet: (rules: RuleSet, by: string) => Promise<number>;
  readonly actOnRuleSet: (
    version: number,
    act: RuleSetAct,
    by: { readonly name: string; readonly reason?: string },
  ) => Promise<void>;
  /** What a version would link, lose and leave to people. Writes nothing. */
  readonly simulateRuleSet: (version: number) => Promise<Simulation>;
}

const RUN_REFUSALS = {
  not_found: 'there is no such run',
  not_stopped: 'the run does not wait for anybody',
} as const;
const RULE_REFUSALS = {
  not_found: 'there is no such version',
  not_proposed: 'nobody has proposed this version',
  already_proposed: 'the version is proposed already',
  same_person: 'somebody else than who proposed it has to approve',
} as const;
const HOUR_MS = 3_600_000;
const RUNS_SHOWN = 20;
/** How often, and how many times, it is looked whether the copy of the directory is no longer being read. */
const WAIT_MS = 100;
const WAITS = 600;

/** Matching over this database. */
export function matchingOf(
  settings: NhsmailSettings,
  parts: {
    readonly database: Database;
    readonly copy: DirectoryCopy;
    readonly links: LinkLedger;
    readonly records: StaffRecords;
    readonly now: Clock;
    readonly log: Logger;
  },
): MatchingOperations & {
  readonly rules: MatchingRules;
  readonly stopSimulating: () => Promise<void>;
} {
  const { database, copy, links, records, now, log } = parts;
  const kept = { ...matchingStores(database), accounts: copy.accounts, links, now };
  const matching = directoryMatching({
    ...kept,
    records,
    followDirectory: () => followed(copy),
    wholeEveryMs: (settings.NHSMAIL_MATCH_WHOLE_HOURS ?? 24) * HOUR_MS,
  });
  const simulating = simulations({
    // Whoever asks does not wait for it.
    begin: (version, read) => workFor(undefined, () => simulateInThread(version, kept, read)),
    now,
    failed: (error) => {
      log.warn({ err: error }, 'a simulation of matching failed');
    },
  });
  return {
    rules: {
      list: () => kept.ruleSets.list(),
      simulate: async (version) =>
        (await kept.ruleSets.findRules(version)) === undefined
          ? undefined
          : simulating.ask(version),
    },
    stopSimulating: () => simulating.stop(),
    match: (options) => matching.round(options),
    matchRuns: () => kept.runs.list(RUNS_SHOWN),
    confirmMatchRun: async (run, by) => {
      const refusal = await kept.runs.confirm(run, by, now());
      if (refusal !== undefined) throw new MatchingRefused(`run_${refusal}`, RUN_REFUSALS[refusal]);
    },
    ruleSets: () => kept.ruleSets.list(),
    addRuleSet: (rules, by) => kept.ruleSets.add(rules, by, now()),
    actOnRuleSet: async (version, act, by) => {
      const refusal = await kept.ruleSets.act(version, act, { ...by, at: now() });
      if (refusal !== undefined)
        throw new MatchingRefused(`rule_set_${refusal}`, RULE_REFUSALS[refusal]);
    },
    simulateRuleSet: async (version) => {
      const simulation = await simulating.run(version);
      if (simulation === undefined)
        throw new MatchingRefused('rule_set_not_found', RULE_REFUSALS.not_found);
      return simulation;
    },
  };
}

/**
 * The copy as the directory is now, also when another process is reading it. Of half a copy, what several accounts hold
 * looks like one's own: there is nothing to match before it is whole.
 *
 * @throws {DirectoryBeingRead} when the other process goes on for longer
 */
export async function followed(
  copy: Pick<DirectoryCopy, 'sync'>,
  wait: { readonly ms: number; readonly times: number } = { ms: WAIT_MS, times: WAITS },
): Promise<void> {
  for (let waits = 0; waits < wait.times; waits += 1) {
    const outcome = await copy.sync({});
    if (outcome.kind !== 'busy') return;
    await sleep(wait.ms);
  }
  throw new DirectoryBeingRead('another process is reading the directory');
}

/** Another process reads the directory, and has not come to the end. */
class DirectoryBeingRead extends Error {
  override readonly name = 'DirectoryBeingRead';
  readonly code = 'directory_being_read';
}
