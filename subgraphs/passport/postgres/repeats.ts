/** Idempotency keys by themselves, in PostgreSQL. */
import { z } from 'zod';

import type { Repeats } from '../domain/ports/repeats.ts';
import { claimKey, keepAnswer } from './idempotency.ts';
import type { PassportDatabase } from './tables.ts';

const kept = z.object({ id: z.string() });

/** Keeps them in PostgreSQL. */
export const postgresRepeats = (db: PassportDatabase): Repeats => ({
  async claim(claim) {
    const claimed = await claimKey(db, claim);
    return claimed.kind === 'repeat'
      ? { kind: 'repeat', answer: kept.safeParse(claimed.answer).data?.id }
      : claimed;
  },
  answer: (claim, id) => keepAnswer(db, claim, { id }),
});
