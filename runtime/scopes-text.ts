/** Scopes as one text (RFC 6749, section 3.3), in order: a token brings the same set with each request. */

const texts = new WeakMap<ReadonlySet<string>, string>();

/** Two sets with the same text hold the same scopes. The set must not change any more. */
export function scopesText(scopes: ReadonlySet<string>): string {
  let text = texts.get(scopes);
  if (text === undefined) texts.set(scopes, (text = [...scopes].sort().join(' ')));
  return text;
}
