/** Changing many statuses at once, as events cause them: with history, audit and events, in one statement. */
import { sql } from 'kysely';
import { z } from 'zod';

import type { AuditActor } from '../domain/audit.ts';
import type { CausedChange, StaffEventType } from '../domain/staff-events.ts';
import type { PassportDatabase } from './tables.ts';

/** A change, with what caused it. */
export interface ChangeWithCause extends CausedChange {
  readonly because: StaffEventType;
}

const changed = z.array(z.object({ list_id: z.string() }));

/**
 * Makes the changes. The credentials' rows are locked already, and were looked at under that lock.
 *
 * @returns ids of the lists that changed
 */
export async function changeStatuses(
  db: PassportDatabase,
  changes: readonly ChangeWithCause[],
  by: AuditActor,
  at: Date,
): Promise<readonly string[]> {
  if (changes.length === 0) return [];
  const wanted = JSON.stringify(
    changes.map(({ credentialId, version, to, reason, because }) => ({
      id: credentialId,
      version,
      state: to,
      reason,
      because,
    })),
  );
  const { rows } = await sql`
    with wanted as (
      select * from jsonb_to_recordset(${wanted}::jsonb)
        as one (id text, version int, state text, reason text, because text)
    ), changed as (
      update passport.credential set state = wanted.state, reason = wanted.reason,
        version = credential.version + 1, status_changed_at = ${at}
      from wanted where credential.id = wanted.id and credential.version = wanted.version
      returning credential.id, credential.version, credential.ods_code, credential.list_id,
        credential.state, credential.reason, wanted.because
    ), history as (
      insert into passport.status_history
        (credential_id, version, state, reason, actor, ods_code, at)
      select id, version, state, reason, ${by.subject}, ods_code, ${at} from changed
    ), audited as (
      insert into passport.audit_event (at, actor, action, subject, ods_code, details)
      select ${at}, ${by.subject}, 'credential.status-changed', id, ods_code,
        jsonb_build_object('state', state, 'reason', reason, 'version', version, 'because', because)
      from changed
    ), events as (
      insert into passport.outbox (type, subject, data, created_at)
      select 'credential.status-changed', id,
        jsonb_build_object('odsCode', ods_code, 'state', state, 'reason', reason,
          'version', version), ${at}
      from changed
    )
    select distinct list_id from changed`.execute(db);
  return changed.parse(rows).map(({ list_id }) => list_id);
}
