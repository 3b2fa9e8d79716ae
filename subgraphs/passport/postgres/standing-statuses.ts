import type { PlacedStatus } from '../domain/ports/status-lists.ts';
import type { PassportDatabase } from './tables.ts';

/** Every place of a list that was ever changed, as it stood when the list held a change. */
export function standingIn(
  db: PassportDatabase,
  listId: string,
  change: number,
): Promise<readonly PlacedStatus[]> {
  return db
    .selectFrom('status_change')
    .distinctOn('status_index')
    .select(['status_index as index', 'status'])
    .where('list_id', '=', listId)
    .where('change', '<=', change)
    .orderBy('status_index')
    .orderBy('change', 'desc')
    .execute();
}
