/** The mail domains that organisations may push accounts of. An address is a key to a person's record, also at other organisations. */
import { z } from 'zod';

import { jsonSetting } from '../../../runtime/config.ts';
import { ScimError } from '../../../standards/scim/scim-error.ts';
import type { DirectoryEntry } from '../domain/directory-entry.ts';

/** Domains in lower case, by ODS code. */
export type MailDomains = Readonly<Record<string, readonly string[]>>;

const domains = z.record(
  z.string().regex(/^[A-Z0-9]{3,8}$/, 'is not an ODS code'),
  z
    .array(
      z
        .string()
        .toLowerCase()
        .regex(/^(?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}\p{N}]{2,63}$/u, 'is not a mail domain'),
    )
    .max(50),
);

/** `{"RZ1":["rz1-trust.nhs.uk"]}`, in JSON. Nobody pushes anything when it is left out, or empty. */
export const mailDomainsSetting = z.union([
  z.literal('').transform(() => ({})),
  jsonSetting(domains),
]);

/**
 * Checks that every address is in a domain of the organisation.
 *
 * @throws {ScimError} `invalidValue`
 */
export function checkDomains(
  { mail, aliases }: Pick<DirectoryEntry, 'mail' | 'aliases'>,
  allowed: readonly string[],
): void {
  const isAllowed = (address: string): boolean =>
    allowed.includes(address.slice(address.lastIndexOf('@') + 1));
  if (![mail, ...aliases].every(isAllowed)) {
    throw new ScimError(
      'invalidValue',
      'an address is outside the mail domains of the organisation',
    );
  }
}
