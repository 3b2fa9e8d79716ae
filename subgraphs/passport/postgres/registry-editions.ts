/** Editions of the register of issuers in PostgreSQL. A version is given once; one that has expired is not kept. */
import { z } from 'zod';

import { PASSPORT_ITSELF } from '../domain/audit.ts';
import type { RegistryEdition, RegistryEditions } from '../domain/ports/issuer-registry.ts';
import { writeAudit } from './audit.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const row = z
  .object({
    version: z.number(),
    content_hash: z.string(),
    token: z.string(),
    signed_at: timestamp,
    expires_at: timestamp,
  })
  .transform((one): RegistryEdition => ({
    version: one.version,
    contentHash: one.content_hash,
    token: one.token,
    signedAt: one.signed_at,
    expiresAt: one.expires_at,
  }));

/** Editions in PostgreSQL. */
export function postgresRegistryEditions(db: PassportDatabase): RegistryEditions {
  return {
    async findNewest() {
      const found = await db
        .selectFrom('issuer_registry')
        .selectAll()
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst();
      return found && row.parse(found);
    },
    add: (edition) =>
      db.transaction().execute(async (transaction) => {
        const added = await transaction
          .insertInto('issuer_registry')
          .values({
            version: edition.version,
            content_hash: edition.contentHash,
            token: edition.token,
            signed_at: edition.signedAt,
            expires_at: edition.expiresAt,
          })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
          .executeTakeFirst();
        if (added === undefined) return false;
        // Nobody takes these any more. Their versions and hashes stay in the audit trail.
        await transaction
          .deleteFrom('issuer_registry')
          .where('version', '<', edition.version)
          .where('expires_at', '<', edition.signedAt)
          .execute();
        await writeAudit(transaction, [
          {
            at: edition.signedAt,
            by: PASSPORT_ITSELF,
            action: 'issuer-registry.published',
            subject: String(edition.version),
            details: { contentHash: edition.contentHash },
          },
        ]);
        return true;
      }),
  };
}
