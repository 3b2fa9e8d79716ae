/** Pausing or stopping what an organisation issued to a person, one credential or all, inside a statement. */
import { type RawBuilder, sql } from 'kysely';

import type { Actor } from '../domain/actor.ts';

/**
 * Parts of a statement that begins with `with wanted as (…)`, whose one row or none has `staff_id`, `ods_code`,
 * `credential_id` (null for all) and `reason`: the credentials change with history, audit and events, and `changed` has the
 * `id`, `type` and `list_id` of each.
 */
export function haltCredentials(
  to: 'SUSPENDED' | 'REVOKED',
  by: Actor,
  at: Date,
): RawBuilder<unknown> {
  // Whatever is being issued is stopped too, and is not there to be paused.
  const from = to === 'REVOKED' ? ['ISSUING', 'ACTIVE', 'SUSPENDED'] : ['ACTIVE'];
  return sql`taken as (
      select credential.id, wanted.reason
      from wanted join passport.credential on credential.staff_id = wanted.staff_id
        and credential.ods_code = wanted.ods_code
        and (wanted.credential_id is null or credential.id = wanted.credential_id)
      where credential.state in (${sql.join(from)}) and credential.expires_at > ${at}
      order by credential.position
      for update of credential
    ), changed as (
      update passport.credential set state = ${to}, reason = taken.reason,
        version = credential.version + 1, status_changed_at = ${at}
      from taken where credential.id = taken.id
      returning credential.id, credential.type, credential.version, credential.ods_code,
        credential.list_id, credential.state, credential.reason
    ), history as (
      insert into passport.status_history
        (credential_id, version, state, reason, actor, ods_code, at)
      select id, version, state, reason, ${by.subject}, ods_code, ${at} from changed
    ), credential_audit as (
      insert into passport.audit_event (at, actor, action, subject, ods_code, request_id, details)
      select ${at}, ${by.subject}, 'credential.status-changed', id, ods_code, ${by.requestId},
        jsonb_build_object('state', state, 'reason', reason, 'version', version)
      from changed
    ), credential_events as (
      insert into passport.outbox (type, subject, data, created_at)
      select 'credential.status-changed', id,
        jsonb_build_object('odsCode', ods_code, 'state', state, 'reason', reason,
          'version', version), ${at}
      from changed
    )`;
}
