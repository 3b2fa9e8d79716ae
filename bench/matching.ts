/** `npm run bench -- matching`: how fast, how lean and how right records are matched. */
import { startChild } from './child.ts';
import type { EngineFigures, MatchingTask } from './matching/matching-process.ts';

/** People unless `--staff N` says otherwise; the nation has 1.5 million. */
const STAFF = 100_000;
const NATION = 1_500_000;
/** A nation takes minutes to draw, and longer on a slow machine. */
const PATIENCE_MS = 3_600_000;
const HEAP = ['--max-old-space-size=4096'];

/** Measures the engine and the decisions of the NHS rule set against the truth of the synthetic nation. */
export async function benchMatching(
  say: (line: string) => void,
  { staff = STAFF }: { readonly staff?: number } = {},
): Promise<Readonly<Record<string, number>>> {
  const run = async <Figures>(task: MatchingTask): Promise<Figures> => {
    const child = await startChild<Figures>(
      new URL('matching/matching-process.ts', import.meta.url),
      task,
      { patienceMs: PATIENCE_MS, nodeOptions: HEAP },
    );
    await child.stop();
    return child.ready;
  };
  say(`Matching ${String(staff)} people by the NHS rule set, one thread`);
  const engine = await run<EngineFigures>({ what: 'engine', staff });
  // The same rate for all: candidates for each person grow with the nation, so only the whole nation is measured truly.
  const minutes = (seconds: number): number =>
    Math.round((seconds / 60) * (NATION / staff) * 100) / 100;
  const rights = await run<Record<string, number>>({
    what: 'decisions',
    staff: Math.min(staff, STAFF),
  });
  say('One changed record after another, against PostgreSQL');
  const increments = await run<Record<string, number>>({
    what: 'increments',
    staff: Math.min(staff, STAFF),
  });
  const result = {
    ...engine.figures,
    minutes_1500k: minutes(engine.seconds),
    cpu_minutes_1500k: minutes(engine.cpuSeconds),
    ...rights,
    ...increments,
  };
  for (const [name, value] of Object.entries(result)) say(`  ${name.padEnd(34)} ${String(value)}`);
  return result;
}
