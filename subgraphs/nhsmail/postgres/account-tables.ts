/** Columns of the tables that hold the copy of the directory. */
import type { Generated, GeneratedAlways } from 'kysely';

/** Columns by table. */
export interface AccountTables {
  account: {
    id: string;
    source: string;
    source_key: string | null;
    entry: unknown;
    addresses: string[];
    kind: GeneratedAlways<string>;
    status: GeneratedAlways<string>;
    ods_code: GeneratedAlways<string | null>;
    employee_number: GeneratedAlways<string | null>;
    sort_name: GeneratedAlways<string>;
    read_at: Date;
    changed_at: Date;
    change: number;
    gone_at: Date | null;
  };
  directory_sync: {
    source: string;
    cookie: string | null;
    modified_through: Date | null;
    modified_known_since: Date | null;
    modified_read_from: Date | null;
    as_of: Date | null;
    whole_at: Date | null;
    whole_tried_at: Date | null;
    held_by: string | null;
    held_until: Date | null;
  };
  directory_read: {
    id: string;
    source: string;
    kind: 'WHOLE' | 'CHANGES';
    state: 'RUNNING' | 'DONE' | 'HELD' | 'FAILED';
    started_at: Date;
    finished_at: Date | null;
    position: Date | null;
    entries: Generated<number>;
    changed: Generated<number>;
    refused: Generated<number>;
    missing: Generated<number>;
    gone: Generated<number>;
    reason: string | null;
    approved_by: string | null;
  };
  account_seen: { read_id: string; account_id: string };
}
