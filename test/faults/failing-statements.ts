/** A trigger on every table that lets one chosen statement fail: the k-th INSERT or UPDATE of a table, as it is made or as it is committed. */
import pg from 'pg';

/** When the statement fails. */
export type Moment = 'at once' | 'at commit';

/** Makes statements fail in one database. */
export interface FailingStatements {
  /** The tables that have the trigger. */
  readonly tables: readonly string[];
  /** Lets the k-th statement on a table fail from now on, counted from 1; `undefined` lets none fail. */
  readonly plan: (
    fault: { readonly table: string; readonly k: number; readonly moment: Moment } | undefined,
  ) => Promise<void>;
  /** Whether the statement that was planned has been reached. */
  readonly fired: () => Promise<boolean>;
  readonly query: (text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;
  readonly stop: () => Promise<void>;
}

/** Puts the triggers on every table of the passport subgraph. */
export async function startFailingStatements(url: string): Promise<FailingStatements> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const query = async (text: string, values: readonly unknown[] = []) =>
    (await client.query<Record<string, unknown>>(text, [...values])).rows;
  // A sequence counts on through a rollback, so the statement that failed is not counted again.
  await client.query(`
    create schema fault;
    create table fault.plan (table_name text not null, k bigint not null, moment text not null);
    create sequence fault.reached;
    create function fault.count() returns trigger language plpgsql as $$
    declare planned record;
    begin
      select * into planned from fault.plan;
      if planned.table_name = tg_table_name and planned.moment = tg_argv[0]
        and nextval('fault.reached') = planned.k then
        raise exception 'the statement that was to fail' using errcode = '53100';
      end if;
      return null;
    end
    $$;`);
  const tables = (
    await query("select tablename from pg_tables where schemaname = 'passport' order by tablename")
  ).map(({ tablename }) => String(tablename));
  for (const table of tables) {
    await client.query(`
      create trigger fault_at_once before insert or update on passport.${table}
        for each statement execute function fault.count('at once');
      create constraint trigger fault_at_commit after insert or update on passport.${table}
        deferrable initially deferred for each row execute function fault.count('at commit');`);
  }
  return {
    tables,
    async plan(fault) {
      await client.query('delete from fault.plan');
      await client.query('alter sequence fault.reached restart');
      if (fault === undefined) return;
      await client.query('insert into fault.plan values ($1, $2, $3)', [
        fault.table,
        fault.k,
        fault.moment,
      ]);
    },
    async fired() {
      const [row] = await query(
        'select coalesce((select k from fault.plan), 0) <= last_value and is_called as fired from fault.reached',
      );
      return row?.['fired'] === true;
    },
    query,
    stop: () => client.end(),
  };
}
