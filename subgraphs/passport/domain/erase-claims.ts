/** Erasing what holders disclosed, once its time is over. The check and its receipt stay. */
import type { Clock } from './ports/clock.ts';
import type { HolderSharing } from './ports/holder-sharing.ts';

/** Presentations erased in one statement. */
const AT_ONCE = 500;
/** Statements in one round: a rotation day of thousands goes by in a few rounds, and none holds up the others. */
const BATCHES = 20;

/**
 * Erases what is due, oldest first, a bounded number of it. Each batch is a statement of its own, so whatever ends the
 * process in between, the next round goes on from there.
 *
 * @returns how many presentations were erased
 */
export async function eraseClaims(parts: {
  readonly sharing: Pick<HolderSharing, 'eraseDue'>;
  readonly now: Clock;
}): Promise<number> {
  const { sharing, now } = parts;
  let erased = 0;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const { presentations } = await sharing.eraseDue(now(), AT_ONCE);
    erased += presentations;
    if (presentations < AT_ONCE) break;
  }
  return erased;
}
