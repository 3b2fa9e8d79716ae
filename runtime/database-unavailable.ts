/** Tells a database that is down from a statement that is wrong. */

/** The database did not answer. Retrying later may work. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly code = 'unavailable';
}

/**
 * Connection errors of Node; PostgreSQL's classes 08 (connection), 53 (resources), 57P (shutting down), and 25P03 and
 * 57014 (a transaction or statement ended for taking too long).
 */
const DOWN =
  /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH|unavailable|08\w{3}|53\w{3}|57P\w{2}|25P03|57014)$/;

/**
 * Runs a query.
 *
 * @throws {DatabaseUnavailable} when the database does not answer
 */
export async function orUnavailable<Result>(query: () => Promise<Result>): Promise<Result> {
  try {
    return await query();
  } catch (cause) {
    if (isDown(cause)) throw new DatabaseUnavailable('the database did not answer', { cause });
    throw cause;
  }
}

function isDown(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && typeof error.code === 'string' && DOWN.test(error.code)) return true;
  // pg gives these no code.
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return /timeout exceeded when trying to connect|connection terminated/i.test(message);
}
