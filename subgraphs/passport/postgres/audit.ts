/** The audit trail in PostgreSQL. The table takes new rows only: a trigger refuses every other change. */
import { sql } from 'kysely';

import type { AuditEntry } from '../domain/audit.ts';
import type { PassportDatabase } from './tables.ts';

/** Writes entries, in one statement. Call it in the transaction that does what they say. */
export async function writeAudit(
  db: PassportDatabase,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ at, by, action, subject, odsCode, details }) => ({
    at,
    actor: by.subject,
    action,
    subject,
    ods_code: odsCode ?? null,
    request_id: by.requestId ?? null,
    details: details ?? {},
  }));
  await sql`
    insert into passport.audit_event (at, actor, action, subject, ods_code, request_id, details)
    select at, actor, action, subject, ods_code, request_id, details
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as entry (
      at timestamptz, actor text, action text, subject text, ods_code text, request_id text,
      details jsonb)`.execute(db);
}
