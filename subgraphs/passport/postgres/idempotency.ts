/** Idempotency keys: taken in the transaction that does the work, so that key and work stand or fall together. */
import { sql } from 'kysely';
import type { PassportDatabase } from './tables.ts';
import { jsonb } from './json.ts';

/** How long a repeated call gets the same answer, in milliseconds. */
export const REPEATABLE_MS = 24 * 3_600_000;

/** A client's key and what was asked under it. */
export interface IdempotencyClaim {
  readonly actor: string;
  readonly key: string;
  readonly requestHash: string;
  readonly now: Date;
}

/** What stands under a key. */
export type Claimed =
  | { readonly kind: 'first' }
  | { readonly kind: 'repeat'; readonly answer: unknown }
  | { readonly kind: 'reused' };

/** Takes a key. A call at the same time waits here until the first has committed. */
export async function claimKey(db: PassportDatabase, claim: IdempotencyClaim): Promise<Claimed> {
  const { actor, key, requestHash, now } = claim;
  const taken = await db
    .insertInto('idempotency')
    .values({ actor, key, request_hash: requestHash, answer: null, created_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['actor', 'key'])
        .doUpdateSet({ request_hash: requestHash, answer: null, created_at: now })
        .where('idempotency.created_at', '<', new Date(now.getTime() - REPEATABLE_MS)),
    )
    .returning('key')
    .executeTakeFirst();
  return taken === undefined
    ? ((await findKey(db, claim)) ?? { kind: 'reused' })
    : { kind: 'first' };
}

/** Looks a key up without taking it. */
export async function findKey(
  db: PassportDatabase,
  { actor, key, requestHash, now }: IdempotencyClaim,
): Promise<Claimed | undefined> {
  const row = await db
    .selectFrom('idempotency')
    .select(['request_hash', 'answer'])
    .where('actor', '=', actor)
    .where('key', '=', key)
    .where('created_at', '>=', new Date(now.getTime() - REPEATABLE_MS))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.request_hash !== requestHash) return { kind: 'reused' };
  return { kind: 'repeat', answer: row.answer };
}

/** Keeps the answer for repeated calls. */
export async function keepAnswer(
  db: PassportDatabase,
  { actor, key }: Pick<IdempotencyClaim, 'actor' | 'key'>,
  answer: unknown,
): Promise<void> {
  await db
    .updateTable('idempotency')
    .set({ answer: jsonb(answer) })
    .where('actor', '=', actor)
    .where('key', '=', key)
    .execute();
}

/** Forgets keys that nobody may ask under again. */
export async function forgetKeys(db: PassportDatabase, before: Date): Promise<void> {
  await sql`delete from passport.idempotency where created_at < ${before}`.execute(db);
}
