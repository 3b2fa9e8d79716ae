/** Opening status lists before they are needed, and closing those that are nearly full. */
import { sql } from 'kysely';

import { newStatusListId, randomIndex } from '../domain/identifiers.ts';
import { lockInOrder } from './lock-in-order.ts';
import type { PassportDatabase } from './tables.ts';

/** Lists with room that a trust always has: the members of a batch are spread over them. */
const WITH_ROOM = 2;
/** A list with fewer than this share of its places taken has room. */
const ROOMY = 0.5;
/** A list with this share of its places taken gives out no more: a free place would take long to find. */
const FULL = 0.9;
/** Places looked at in a list. The share of those taken is right within 0.05, 999 times in 1,000. */
const SAMPLE = 1_024;

/** What a new list is like. */
export interface NewList {
  /** How many places it has. */
  readonly size: number;
  readonly now: Date;
}

/** Sees to it that a trust has two open lists that are less than half full, and closes those that are nearly full. */
export function tendLists(db: PassportDatabase, odsCode: string, { size, now }: NewList) {
  return db.transaction().execute(async (transaction) => {
    // Replicas that find the same need take turns.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`lanyard:status-lists:${odsCode}`}, 0))`.execute(
      transaction,
    );
    const open = await transaction
      .selectFrom('status_list')
      .select(['id', 'size'])
      .where('ods_code', '=', odsCode)
      .where('open', '=', true)
      .execute();
    let roomy = 0;
    const full: string[] = [];
    for (const list of open) {
      const share = await takenShare(transaction, list);
      if (share < ROOMY) roomy += 1;
      if (share >= FULL) full.push(list.id);
    }
    if (full.length > 0) {
      await lockInOrder(transaction, (list) => list('id', 'in', full));
      await transaction
        .updateTable('status_list')
        .set({ open: false })
        .where('id', 'in', full)
        .execute();
    }
    const missing = Array.from({ length: Math.max(WITH_ROOM - roomy, 0) }, () => ({
      id: newStatusListId(),
      ods_code: odsCode,
      size,
      token: null,
      signed_at: null,
      expires_at: null,
      created_at: now,
    }));
    if (missing.length > 0) await transaction.insertInto('status_list').values(missing).execute();
  });
}

/** The share of a list's places that are taken, from a sample: places are taken at random, so any sample is fair. */
async function takenShare(
  db: PassportDatabase,
  { id, size }: { readonly id: string; readonly size: number },
): Promise<number> {
  const taken = db
    .selectFrom('status_slot')
    .select(({ fn }) => fn.countAll<number>().as('taken'))
    .where('list_id', '=', id);
  if (size <= 4 * SAMPLE) return (await taken.executeTakeFirstOrThrow()).taken / size;
  const sample = [...new Set(Array.from({ length: SAMPLE }, () => randomIndex(size)))];
  const found = await taken.where('status_index', 'in', sample).executeTakeFirstOrThrow();
  return found.taken / sample.length;
}
