/** Revoking what a compromised key signed, piece by piece. */
import { sql } from 'kysely';
import { z } from 'zod';

import { OPERATOR } from '../domain/audit.ts';
import type { RevocationCursor, RevokedPiece } from '../domain/ports/keys.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

/** Most credentials in one transaction. */
const PIECE = 5_000;

const outcome = z.object({
  revoked: z.number(),
  list_ids: z.array(z.string()).nullable(),
  expires_at: timestamp.nullable(),
  position: z.number().nullable(),
});

/**
 * Revokes up to five thousand credentials that a key signed since it is compromised, with history, audit and events,
 * in one statement. The key's row is locked already.
 */
export async function revokePiece(
  db: PassportDatabase,
  piece: { readonly kid: string; readonly from: RevocationCursor; readonly at: Date },
): Promise<RevokedPiece> {
  const { kid, from, at } = piece;
  const { rows } = await sql`
    with taken as (
      select credential.id, credential.expires_at, credential.position
      from passport.credential join passport.issuer_key on issuer_key.kid = credential.kid
      where credential.kid = ${kid}
        and (credential.expires_at, credential.position)
          > (${from.expiresAt}::timestamptz, ${from.position}::bigint)
        and credential.issued_at >= issuer_key.compromised_since
        and credential.state in ('ACTIVE', 'SUSPENDED')
      order by credential.expires_at, credential.position
      limit ${PIECE}
      for update of credential
    ), revoked as (
      update passport.credential set state = 'REVOKED', reason = 'KEY_COMPROMISED',
        version = version + 1, status_changed_at = ${at}
      from taken where credential.id = taken.id
      returning credential.id, credential.version, credential.ods_code, credential.list_id
    ), history as (
      insert into passport.status_history
        (credential_id, version, state, reason, actor, ods_code, at)
      select id, version, 'REVOKED', 'KEY_COMPROMISED', ${OPERATOR.subject}, ods_code, ${at}
      from revoked
    ), audited as (
      insert into passport.audit_event (at, actor, action, subject, ods_code, details)
      select ${at}, ${OPERATOR.subject}, 'credential.status-changed', id, ods_code,
        jsonb_build_object('state', 'REVOKED', 'reason', 'KEY_COMPROMISED', 'version', version)
      from revoked
    ), events as (
      insert into passport.outbox (type, subject, data, created_at)
      select 'credential.status-changed', id,
        jsonb_build_object('odsCode', ods_code, 'state', 'REVOKED',
          'reason', 'KEY_COMPROMISED', 'version', version), ${at}
      from revoked
    ), lists as (
      select distinct list_id as id from revoked
    ), last as (select expires_at, position from taken order by expires_at desc, position desc limit 1)
    select (select count(*)::int from revoked) as revoked,
      (select json_agg(id) from lists) as list_ids,
      (select expires_at from last) as expires_at,
      (select position from last) as position`.execute(db);
  const one = outcome.parse(rows[0]);
  const next =
    one.revoked === PIECE && one.expires_at !== null && one.position !== null
      ? { next: { expiresAt: one.expires_at, position: one.position } }
      : {};
  return { revoked: one.revoked, listIds: one.list_ids ?? [], ...next };
}
