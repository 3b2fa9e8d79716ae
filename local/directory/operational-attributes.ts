/** What a directory knows of its entries by itself (RFC 4512, section 3.4; RFC 4530). Given only when asked for. */
import { createHash } from 'node:crypto';

import { formatGeneralizedTime } from '../../runtime/generalized-time.ts';
import { nameKey } from './distinguished-name.ts';
import type { StoredEntry } from './ldif.ts';

const NAMES: ReadonlySet<string> = new Set(['createtimestamp', 'modifytimestamp', 'entryuuid']);

/** Whether an attribute is one of them. */
export const isOperational = (type: string): boolean => NAMES.has(type.toLowerCase());

/**
 * The entry with those that the file does not give.
 *
 * @param writtenAt when the file was written: the same as long as it is the same file
 */
export function withOperational(entry: StoredEntry, writtenAt: Date): StoredEntry {
  const given = new Set(entry.attributes.map(({ type }) => type.toLowerCase()));
  const time = formatGeneralizedTime(writtenAt);
  const all = { createTimestamp: time, modifyTimestamp: time, entryUUID: uuidOf(entry.dn) };
  const missing = Object.entries(all).filter(([type]) => !given.has(type.toLowerCase()));
  return {
    dn: entry.dn,
    attributes: [
      ...entry.attributes,
      ...missing.map(([type, value]) => ({ type, values: [value] })),
    ],
  };
}

/** A number that is the same for the same name (RFC 9562, section 5.8). */
function uuidOf(dn: string): string {
  const bytes = createHash('sha256').update(nameKey(dn)).digest().subarray(0, 16);
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x80, 6);
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
