/** PostgreSQL through kysely: the real server, or PGlite in a worker thread with the same SQL. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

import { embeddedDialect, type EmbeddedEngine } from './embedded-database.ts';

/** An open database. */
export interface Database {
  /** A query builder for the tables of one schema. */
  readonly schema: <Tables>(name: string) => Kysely<Tables>;
  /** Rejects when the database does not answer. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const INT8 = 20;
const DATE = 1082;

/** Connects to a PostgreSQL server. Connections are opened on first use. */
export function openPostgres(
  url: string,
  options: { readonly connections?: number; readonly statementTimeoutMs?: number } = {},
): Database {
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, Number);
  types.setTypeParser(DATE, (text) => text);
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 10_000,
    idle_in_transaction_session_timeout: 15_000,
    types,
  });
  // An idle connection that dies is replaced on next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would one that dies in a transaction, between two statements. The next statement fails, and tells.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  const root = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return database(root, async () => {
    await pool.query('select 1');
  });
}

/** Uses an embedded engine that several parts may share. Closing the database leaves the engine running. */
export function openEmbedded(engine: EmbeddedEngine): Database {
  const root = new Kysely<unknown>({ dialect: embeddedDialect(engine) });
  return database(root, async () => {
    await engine.query('select 1', []);
  });
}

function database(root: Kysely<unknown>, check: () => Promise<void>): Database {
  return {
    schema: <Tables>(name: string) => root.withSchema(name) as unknown as Kysely<Tables>,
    check,
    close: () => root.destroy(),
  };
}
