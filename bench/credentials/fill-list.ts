/** A large status list in the passport's own tables, so that the passport itself publishes it. */
import type { EmbeddedEngine } from '../../runtime/embedded-database.ts';

/** How many places the list has. */
export const LIST_SIZE = 1_500_000;
/** How many of them are revoked: one in a hundred. */
export const REVOKED = LIST_SIZE / 100;

/** Enlarges the list of the credential that was issued last, and revokes places in it. */
export async function fillList(engine: EmbeddedEngine): Promise<void> {
  await engine.query(
    `
    create temporary table model as select * from passport.credential order by position desc limit 1;
    update passport.status_list set size = ${String(LIST_SIZE)} where id = (select list_id from model);
    insert into passport.status_slot (list_id, status_index)
      select model.list_id, place from model, (
        select distinct floor(random() * ${String(LIST_SIZE)})::int as place
        from generate_series(1, ${String(REVOKED)})
      ) places
      on conflict do nothing;
    insert into passport.credential (id, offer_id, staff_id, ods_code, type, state, holder_thumbprint,
        idempotency_key, request_hash, claims_hash, list_id, status_index, payload, created_at, expires_at)
      select slot.status_index::text, offer_id, staff_id, ods_code, type, 'ACTIVE', slot.status_index::text,
        slot.status_index::text, request_hash, claims_hash, slot.list_id, slot.status_index, '{}', created_at, expires_at
      from model join passport.status_slot slot
        on slot.list_id = model.list_id and slot.status_index <> model.status_index;
    update passport.credential set state = 'REVOKED', status_changed_at = now()
      where list_id = (select list_id from model) and payload = '{}';
    update passport.status_list set changes = changes + 1 where id = (select list_id from model);
    drop table model;
    `,
    [],
  );
}
