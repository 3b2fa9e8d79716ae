/**
 * Form bodies in which each name comes once.
 *
 * Source: RFC 6749, section 3.1 (parameters must not be included more than once).
 */

/**
 * Reads a form body (`application/x-www-form-urlencoded`).
 *
 * @returns `undefined` when a name comes twice
 */
export function readForm(body: string): ReadonlyMap<string, string> | undefined {
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if (form.has(name)) return undefined;
    form.set(name, value);
  }
  return form;
}
