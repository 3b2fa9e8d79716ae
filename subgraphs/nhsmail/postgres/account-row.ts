/** A row of the table of accounts, read. */
import { z } from 'zod';

import type { StoredAccount } from '../domain/account-store.ts';
import type { DirectoryEntry } from '../domain/directory-entry.ts';

const source = z.custom<StoredAccount['source']>(
  (value) => typeof value === 'string' && /^(?:ldap|scim:[A-Z0-9]{3,8})$/.test(value),
);

const text = z.string().exactOptional();
const moment = z.coerce.date().exactOptional();

const entry = z.object({
  mail: z.string(),
  aliases: z.array(z.string()),
  kind: z.enum(['USER', 'SHARED', 'APPLICATION', 'CONTACT']),
  status: z.enum(['PENDING', 'ACTIVE', 'LEAVER', 'INACTIVE', 'DISABLED', 'DELETED']),
  title: text,
  displayName: text,
  givenName: text,
  middleNames: text,
  familyName: text,
  jobTitle: text,
  jobRole: text,
  jobRoleCode: text,
  phone: text,
  odsCode: text,
  employeeNumber: text,
  smartcardId: text,
  registrations: z.array(z.object({ body: z.string(), number: z.string() })),
  connectorManaged: z.boolean(),
  owners: z.array(z.string()),
  createdAt: moment,
  leaverMarkedAt: moment,
  deleteDueAt: moment,
  lastActiveAt: moment,
  modifiedAt: moment,
});

const row = z
  .object({
    id: z.string(),
    source,
    entry,
    read_at: z.coerce.date(),
    as_of: z.coerce.date().nullable(),
    changed_at: z.coerce.date(),
    gone_at: z.coerce.date().nullable(),
  })
  .transform(({ id, source, entry, read_at, as_of, changed_at, gone_at }): StoredAccount => ({
    id,
    ...entry,
    source,
    // A complete round says of everything it did not change that it is still so.
    readAt: gone_at === null && as_of !== null && as_of > read_at ? as_of : read_at,
    changedAt: changed_at,
    ...(gone_at === null ? {} : { goneAt: gone_at }),
  }));

/** The account of a row. */
export const accountOf = (found: unknown): StoredAccount => row.parse(found);

/** What a row keeps of an account, as JSON. */
export function entryJson({ readAt: _, ...kept }: DirectoryEntry): string {
  // PostgreSQL keeps no zero characters.
  return JSON.stringify(kept, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '') : value,
  );
}
