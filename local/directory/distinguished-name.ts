/** Distinguished names (RFC 4514) in one spelling, for comparing. */

/**
 * The parts of a name from the entry up to the root, each in lower case, without escapes or outer spaces.
 * An empty name has no parts.
 */
export function nameParts(dn: string): readonly string[] {
  const parts: string[] = [];
  let bytes: number[] = [];
  // How much of the part must stay when trailing spaces go: an escaped space is a real one.
  let kept = 0;
  const take = (): void => {
    while (bytes.length > kept && bytes.at(-1) === 0x20) bytes.pop();
    parts.push(Buffer.from(bytes).toString('utf8').toLowerCase());
    bytes = [];
    kept = 0;
  };
  if (dn.trim() === '') return [];
  for (let at = 0; at < dn.length; at += 1) {
    const character = dn.charAt(at);
    if (character === ',') take();
    else if (character === '\\') {
      const hex = /^[0-9a-fA-F]{2}/.exec(dn.slice(at + 1, at + 3))?.[0];
      const escaped = hex === undefined ? codePointAt(dn, at + 1) : undefined;
      bytes.push(...(hex === undefined ? Buffer.from(escaped ?? '') : [Number.parseInt(hex, 16)]));
      kept = bytes.length;
      at += hex?.length ?? escaped?.length ?? 0;
    } else if (character === ' ' && (bytes.length === 0 || bytes.at(-1) === 0x3d) && kept === 0) {
      continue;
    } else {
      const whole = codePointAt(dn, at);
      bytes.push(...Buffer.from(whole));
      at += whole.length - 1;
    }
  }
  take();
  return parts;
}

const codePointAt = (text: string, at: number): string => {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
};

/** A name in the one spelling that is used as a key. */
export const nameKey = (dn: string): string => nameParts(dn).join('\n');
