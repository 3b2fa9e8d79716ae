/** Doing something once under a client's key. */
import { type Refusal, refused } from '../domain/user-error.ts';
import { claimKey, type IdempotencyClaim, keepAnswer } from './idempotency.ts';
import type { PassportDatabase } from './tables.ts';

/**
 * Does something once under a key, in one transaction. A refusal undoes it, key included.
 *
 * @param repeat reads, for a repeated call, what `keep` made of the first outcome
 */
export async function once<Outcome extends object | string>(
  db: PassportDatabase,
  claim: IdempotencyClaim,
  act: (within: PassportDatabase) => Promise<Outcome | Refusal>,
  {
    keep,
    repeat,
  }: {
    readonly keep: (outcome: Outcome) => unknown;
    readonly repeat: (kept: unknown, within: PassportDatabase) => Promise<Outcome | Refusal>;
  },
): Promise<Outcome | Refusal> {
  try {
    return await db.transaction().execute(async (within) => {
      const claimed = await claimKey(within, claim);
      if (claimed.kind === 'reused') return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
      // What was refused before keys went with it stands there without an answer, and may be asked again.
      if (claimed.kind === 'repeat' && claimed.answer !== null) {
        return repeat(claimed.answer, within);
      }
      const outcome = await act(within);
      if (isRefusal(outcome)) throw new Undone(outcome);
      await keepAnswer(within, claim, keep(outcome));
      return outcome;
    });
  } catch (error) {
    if (error instanceof Undone) return error.refusal;
    throw error;
  }
}

const isRefusal = (outcome: object | string): outcome is Refusal =>
  typeof outcome === 'object' && 'kind' in outcome;

/** Rolls back, key included. */
class Undone extends Error {
  override readonly name = 'Undone';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super('refused');
    this.refusal = refusal;
  }
}
