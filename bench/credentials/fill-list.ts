/** A large status list in the passport's own tables, so that the passport itself publishes it. */
import type { EmbeddedEngine } from '../../runtime/embedded-database.ts';

/** How many places the list has. */
export const LIST_SIZE = 1_500_000;
/** About how many of them are revoked: one in a hundred. */
export const REVOKED = LIST_SIZE / 100;
/** The list's id. */
export const LIST_ID = 'bench-bench-bench-benc';

/** Adds the list, with credentials that are copies of one that was issued, and revokes them all. */
export async function fillList(engine: EmbeddedEngine): Promise<void> {
  await engine.query(
    `
    insert into passport.status_list
      select filled.* from passport.status_list pattern, jsonb_populate_record(pattern, '{
        "id": "${LIST_ID}", "size": ${String(LIST_SIZE)}, "open": false, "changes": 0, "version": 0,
        "published_changes": -1, "token": null, "signed_at": null, "expires_at": null
      }') filled limit 1;
    insert into passport.status_slot (list_id, status_index)
      select distinct '${LIST_ID}', floor(random() * ${String(LIST_SIZE)})::int
      from generate_series(1, ${String(REVOKED)});
    insert into passport.credential overriding system value
      select filled.* from passport.status_slot slot, (select min(id) as id from passport.credential) one
      join passport.credential pattern on pattern.id = one.id,
      jsonb_populate_record(pattern, jsonb_build_object(
        'position', 1000000 + slot.status_index, 'id', slot.status_index::text,
        'holder_thumbprint', slot.status_index::text, 'list_id', slot.list_id,
        'status_index', slot.status_index
      )) filled
      where slot.list_id = '${LIST_ID}';
    update passport.credential set state = 'REVOKED', status_changed_at = now()
      where list_id = '${LIST_ID}';
    update passport.status_list set changes = changes + 1 where id = '${LIST_ID}';
    `,
    [],
  );
}
