/** Names for passports. */
import { createHmac } from 'node:crypto';

/** A name for a person's passport that says nothing about the person, and is always the same. */
export const passportIds =
  (key: Uint8Array) =>
  (staffId: string): string =>
    `psp_${createHmac('sha256', key).update(staffId).digest('base64url').slice(0, 22)}`;
