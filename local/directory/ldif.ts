/** Reads entries from LDIF (RFC 2849): content records only, no changes and no URLs. */

/** One entry as it is in the file. */
export interface StoredEntry {
  readonly dn: string;
  /** In the file's order and spelling. */
  readonly attributes: readonly { readonly type: string; readonly values: readonly string[] }[];
}

/** A file that is not LDIF. */
export class LdifError extends Error {
  override readonly name = 'LdifError';
  readonly code = 'ldif_invalid';
}

/**
 * Reads all entries.
 *
 * @throws {LdifError} naming the line, never its content
 */
export function parseLdif(text: string): readonly StoredEntry[] {
  const entries: StoredEntry[] = [];
  let dn: string | undefined;
  let attributes = new Map<string, { type: string; values: string[] }>();
  const finish = (): void => {
    if (dn !== undefined) entries.push({ dn, attributes: [...attributes.values()] });
    dn = undefined;
    attributes = new Map();
  };
  for (const { line, number } of logicalLines(text)) {
    if (line === '') {
      finish();
      continue;
    }
    const { type, value } = parseLine(line, number);
    const name = type.toLowerCase();
    if (dn === undefined) {
      if (name === 'version') continue;
      if (name !== 'dn') throw new LdifError(`line ${String(number)}: an entry begins with its dn`);
      dn = value;
    } else if (name === 'dn' || name === 'changetype') {
      throw new LdifError(`line ${String(number)}: ${name} inside an entry`);
    } else {
      const known = attributes.get(name);
      if (known === undefined) attributes.set(name, { type, values: [value] });
      else known.values.push(value);
    }
  }
  finish();
  return entries;
}

/** Lines with their continuations joined and comments left out. */
function* logicalLines(
  text: string,
): Generator<{ readonly line: string; readonly number: number }> {
  let current: { line: string; number: number } | undefined;
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.startsWith(' ') && current !== undefined) {
      current.line += line.slice(1);
      continue;
    }
    if (current !== undefined && !current.line.startsWith('#')) yield current;
    current = { line, number: index + 1 };
  }
  if (current !== undefined && !current.line.startsWith('#')) yield current;
}

function parseLine(
  line: string,
  number: number,
): { readonly type: string; readonly value: string } {
  const match = /^([A-Za-z][A-Za-z0-9.;-]*):(:?) *(.*)$/s.exec(line);
  const [, type, encoded, value] = match ?? [];
  if (type === undefined || value === undefined || (encoded === '' && value.startsWith('<'))) {
    throw new LdifError(`line ${String(number)}: not an attribute and its value`);
  }
  if (encoded === '') return { type, value };
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value)) {
    throw new LdifError(`line ${String(number)}: not base64`);
  }
  return { type, value: Buffer.from(value, 'base64').toString('utf8') };
}
