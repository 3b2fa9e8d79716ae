/** Simulations of versions of the rules: one at a time, and each kept for a while for whoever asks. */
import type { RuleSetVersion } from './rule-set-store.ts';
import type { Simulation } from './simulate-matching.ts';

/** Where the simulation of a version stands. */
export type SimulationStanding =
  /** Another version is being simulated. */
  | { readonly state: 'WAITING'; readonly ruleSet: number }
  | {
      readonly state: 'RUNNING';
      readonly ruleSet: number;
      readonly startedAt: Date;
      /** People and accounts read so far. */
      readonly recordsRead: number;
    }
  | {
      readonly state: 'DONE';
      readonly ruleSet: number;
      readonly startedAt: Date;
      readonly recordsRead: number;
      readonly result: Simulation;
    }
  | {
      readonly state: 'FAILED';
      readonly ruleSet: number;
      readonly startedAt: Date;
      readonly recordsRead: number;
    };

/** Simulations of one process. */
export interface Simulations {
  /** Where the simulation of a version that exists stands; begins it when none is kept and nothing else is simulated. */
  readonly ask: (ruleSet: number) => SimulationStanding;
  /** Simulates now, after what is being simulated. `undefined` when there is no such version. */
  readonly run: (ruleSet: number) => Promise<Simulation | undefined>;
  /** Breaks off what is being simulated, and begins no more. */
  readonly stop: () => Promise<void>;
}

/** The rules, for those who have a say in them before they are switched on. */
export interface MatchingRules {
  /** Every version, the oldest first. */
  readonly list: () => Promise<readonly RuleSetVersion[]>;
  /** Where the simulation of a version stands, which is begun by asking. `undefined` when there is no such version. */
  readonly simulate: (version: number) => Promise<SimulationStanding | undefined>;
}

/** Work that is under way elsewhere. */
export interface SimulationWork {
  readonly result: Promise<Simulation | undefined>;
  /** Breaks it off: the result rejects. */
  readonly stop: () => Promise<void>;
}

/** How long a result is kept, in milliseconds. */
const DONE_MS = 15 * 60_000;
/** How long after a failure the next try is made, in milliseconds. */
const FAILED_MS = 60_000;
/** Results kept, of the newest versions asked for. */
const KEPT = 20;

/**
 * One simulation at a time, whoever asks: it takes the memory and the thread of a whole run. Its result is about every
 * organisation, so that the next organisation that asks about the version does not start another.
 *
 * @param options `begin` tells of records as they are read
 */
export function simulations(options: {
  readonly begin: (ruleSet: number, read: (records: number) => void) => SimulationWork;
  readonly now: () => Date;
  readonly failed: (error: unknown) => void;
}): Simulations {
  const { begin, now, failed } = options;
  const kept = new Map<number, { readonly standing: SimulationStanding; readonly until: number }>();
  let going:
    | {
        readonly ruleSet: number;
        readonly startedAt: Date;
        readonly recordsRead: () => number;
        readonly work: SimulationWork;
        readonly ended: Promise<void>;
      }
    | undefined;
  let stopped = false;

  const keep = (standing: SimulationStanding, forMs: number): void => {
    kept.delete(standing.ruleSet);
    kept.set(standing.ruleSet, { standing, until: now().getTime() + forMs });
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  };

  const start = (ruleSet: number): Promise<Simulation | undefined> => {
    const startedAt = now();
    let recordsRead = 0;
    const work = begin(ruleSet, (records) => {
      recordsRead += records;
    });
    const ended = work.result.then(
      (result) => {
        going = undefined;
        if (result !== undefined) {
          keep({ state: 'DONE', ruleSet, startedAt, recordsRead, result }, DONE_MS);
        }
      },
      (error: unknown) => {
        going = undefined;
        if (stopped) return;
        keep({ state: 'FAILED', ruleSet, startedAt, recordsRead }, FAILED_MS);
        failed(error);
      },
    );
    going = { ruleSet, startedAt, recordsRead: () => recordsRead, work, ended };
    return work.result;
  };

  return {
    ask: (ruleSet) => {
      const known = kept.get(ruleSet);
      if (known !== undefined && now().getTime() < known.until) return known.standing;
      if (stopped || (going !== undefined && going.ruleSet !== ruleSet)) {
        return { state: 'WAITING', ruleSet };
      }
      // Its failure is kept, and told once.
      if (going === undefined) start(ruleSet).catch(() => undefined);
      const { startedAt = now(), recordsRead = () => 0 } = going ?? {};
      return { state: 'RUNNING', ruleSet, startedAt, recordsRead: recordsRead() };
    },
    run: async (ruleSet) => {
      while (going !== undefined) await going.ended;
      return start(ruleSet);
    },
    stop: async () => {
      stopped = true;
      await going?.work.stop();
      await going?.ended;
    },
  };
}
