/** Statements that a connection to PostgreSQL plans once and keeps. */

/**
 * Begins a statement whose plan is kept, for those that are asked often and take longer to plan than to run. Its text has
 * to be one of a few: nothing that varies from call to call may be written into it. The embedded engine plans it each time.
 */
export const KEPT_PLAN = '/* kept plan */';

/** Names by text. */
const names = new Map<string, string>();

/** A statement with its values, by name when its plan is kept. */
export function queryOf(
  text: string,
  values: readonly unknown[],
): { readonly name?: string; readonly text: string; readonly values: unknown[] } {
  const query = { text, values: [...values] };
  if (!text.startsWith(KEPT_PLAN)) return query;
  const name = names.get(text) ?? `kept_${String(names.size + 1)}`;
  names.set(text, name);
  return { name, ...query };
}
