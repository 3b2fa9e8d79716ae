/** How often jobs can be done in a second of one core's time, measured in turns so that noise falls on all alike. */
import { median } from '../percentile.ts';

/** One thing to do over and over. */
export type Job = () => unknown;

/** How many rounds, and how long one job runs in each, in milliseconds. */
export interface Rounds {
  readonly rounds: number;
  readonly sliceMs: number;
}

/** Operations per second of processor time: one figure for each round. */
export type Rates<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/** How many times a job runs between two looks at the clock. */
const BATCH = 20;

/** Runs every job in every round, one after another, after a round that does not count. */
export async function measureRates<Name extends string>(
  jobs: Readonly<Record<Name, Job>>,
  { rounds, sliceMs }: Rounds,
): Promise<Rates<Name>> {
  const names = Object.keys(jobs) as Name[];
  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >;
  for (const name of names) await measureSlice(jobs[name], sliceMs * WARM_UP);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) rates[name].push(await measureSlice(jobs[name], sliceMs));
  }
  return rates;
}

/** The first runs are those of the interpreter: this many slices go by before anything counts. */
const WARM_UP = 5;

/** Processor time, the collector's threads included, and not the clock on the wall: others may use the machine too. */
async function measureSlice(job: Job, sliceMs: number): Promise<number> {
  const before = process.cpuUsage();
  let done = 0;
  let used = 0;
  while (used < sliceMs) {
    for (let turn = 0; turn < BATCH; turn += 1) {
      const result = job();
      // Waiting for a value that is there already would cost the synchronous floor a turn of its own.
      if (result instanceof Promise) await result;
    }
    done += BATCH;
    const { user, system } = process.cpuUsage(before);
    used = (user + system) / 1000;
  }
  return (done / used) * 1000;
}

/** The median of how two jobs compare, round by round. */
export function medianRatio(rates: readonly number[], floor: readonly number[]): number {
  return median(rates.map((rate, round) => rate / (floor[round] ?? Number.NaN)));
}
