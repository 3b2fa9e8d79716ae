/** What is told of many people at once, in PostgreSQL: one statement for each question, however many people. */
import { sql } from 'kysely';
import { z } from 'zod';

import { credentialType, statusReason } from '../domain/credential.ts';
import type { CredentialStanding, Disclosures } from '../domain/ports/disclosures.ts';
import { writeAccessLog } from './access-log.ts';
import { claimKey } from './idempotency.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const standingRow = z
  .object({
    staff_id: z.string(),
    type: credentialType,
    state: z.enum(['ACTIVE', 'SUSPENDED', 'REVOKED', 'EXPIRED']),
    credentials: z.number(),
    reason: statusReason.nullable(),
    issued_at: timestamp.nullable(),
    expires_at: timestamp,
    status_changed_at: timestamp.nullable(),
  })
  .transform((row): CredentialStanding => ({
    staffId: row.staff_id,
    type: row.type,
    state: row.state,
    credentials: row.credentials,
    reason: row.reason,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    statusChangedAt: row.status_changed_at,
  }));

/** What is disclosed, in PostgreSQL. */
export function postgresDisclosures(db: PassportDatabase): Disclosures {
  return {
    disclose: (entry, staffIds, request) =>
      db.transaction().execute(async (transaction) => {
        const claimed = await claimKey(transaction, { ...request, now: entry.at });
        if (claimed.kind === 'reused') return undefined;
        if (claimed.kind === 'first') {
          await writeAccessLog(
            transaction,
            staffIds.map((staffId) => ({ ...entry, staffId })),
          );
        }
        return readStandings(transaction, staffIds, entry.actorOdsCode, entry.at);
      }),

    async findChangedHolders({ odsCode, since, after, limit }, now) {
      const { rows } = await sql<{ staff_id: string }>`
        select distinct staff_id from passport.credential
        where ods_code = ${odsCode} and state not in ('ISSUING', 'FAILED') and staff_id > ${after ?? ''}
          and (greatest(created_at, issued_at, status_changed_at) >= ${since}
            or expires_at between ${since} and ${now})
        order by staff_id limit ${limit}`.execute(db);
      return rows.map((row) => row.staff_id);
    },
  };
}

async function readStandings(
  db: PassportDatabase,
  staffIds: readonly string[],
  odsCode: string,
  now: Date,
): Promise<readonly CredentialStanding[]> {
  const { rows } = await sql`
    select staff_id, type, seen as state, count(distinct claims_hash)::int as credentials,
      (array_agg(reason order by status_changed_at desc nulls last, position desc))[1] as reason,
      max(issued_at) as issued_at, min(expires_at) as expires_at,
      max(status_changed_at) as status_changed_at
    from (
      select *, case when state = 'REVOKED' or expires_at > ${now} then state else 'EXPIRED' end as seen
      from passport.credential
      where staff_id in (select jsonb_array_elements_text(${JSON.stringify(staffIds)}::jsonb))
        and ods_code = ${odsCode} and state not in ('ISSUING', 'FAILED')
    ) credential
    group by staff_id, type, seen
    order by staff_id, type, seen`.execute(db);
  return rows.map((row) => standingRow.parse(row));
}
