/** Locking several status lists, for transactions that change more than one. */
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';

import type { PassportDatabase, PassportTables } from './tables.ts';

type Lists = ExpressionBuilder<PassportTables, 'status_list'>;

/**
 * Locks the rows of some lists in the order of their ids, as the trigger that notes changes of status does: transactions
 * that lock in one order wait for each other, and never in a circle.
 */
export async function lockInOrder(
  transaction: PassportDatabase,
  which: (list: Lists) => ExpressionWrapper<PassportTables, 'status_list', SqlBool>,
): Promise<void> {
  await transaction
    .selectFrom('status_list')
    .select('id')
    .where(which)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}
