/** Where messages begin and end in what a server sends (RFC 4511, section 5.1). */

const SEQUENCE = 0x30;
/** Bytes of the longest header that is understood: a tag and a length of four bytes. */
const HEADER_LIMIT = 6;

/**
 * Cuts a stream into whole messages.
 *
 * @param limit longest message that is kept, in bytes
 * @returns takes the next bytes and gives the messages that are whole now; throws on what is no message of LDAP
 */
export function ldapFraming(limit: number): (data: Buffer) => readonly Buffer[] {
  let parts: Buffer[] = [];
  let kept = 0;
  let wanted: number | undefined;
  return (data) => {
    const messages: Buffer[] = [];
    parts.push(data);
    kept += data.length;
    for (;;) {
      if (wanted === undefined && parts.length > 1) parts = [Buffer.concat(parts)];
      wanted ??= sizeOf(parts[0] ?? Buffer.alloc(0));
      if (wanted !== undefined && wanted > limit) throw new Error('message too long');
      if (wanted === undefined || kept < wanted) return messages;
      const all = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
      messages.push(all.subarray(0, wanted));
      parts = all.length === wanted ? [] : [all.subarray(wanted)];
      kept -= wanted;
      wanted = undefined;
    }
  };
}

/** Bytes of the message that begins here. `undefined` when its header is not there yet. */
function sizeOf(bytes: Buffer): number | undefined {
  const [tag, first] = bytes;
  if (tag === undefined) return undefined;
  if (tag !== SEQUENCE) throw new Error('not a message of LDAP');
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count < 1 || 2 + count > HEADER_LIMIT) throw new Error('not a length of LDAP');
  return bytes.length < 2 + count ? undefined : 2 + count + bytes.readUIntBE(2, count);
}
