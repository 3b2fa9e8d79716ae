/** PostgreSQL through kysely: the real server, or PGlite in a worker thread with the same SQL. */
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';

import { withPatience } from './config.ts';
import { copiedText, copyOnClient } from './copy-rows.ts';
import { embeddedDialect, type EmbeddedEngine } from './embedded-database.ts';
import { queryOf } from './kept-plans.ts';
import { withinRequest } from './statement-deadline.ts';
import { withinStatement } from './tracing/statement-span.ts';

/** An open database. */
export interface Database {
  /** A query builder for the tables of one schema. */
  readonly schema: <Tables>(name: string) => Kysely<Tables>;
  /** How many transactions it can have open at once. */
  readonly connections: number;
  /** Rejects when the database does not answer. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How long it may take to cancel a statement, in milliseconds. */
const CANCEL_MS = 1_000;

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
  const connections = options.connections ?? 10;
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: withPatience(3_000),
    idleTimeoutMillis: 30_000,
    statement_timeout: withPatience(options.statementTimeoutMs ?? 10_000),
    idle_in_transaction_session_timeout: withPatience(15_000),
    types,
  });
  // An idle connection that dies is replaced on next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would one that dies in a transaction, between two statements. The next statement fails, and tells.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  // Apart from the pool, which may have no connection left just then. Opened when it is first needed.
  const cancelling = new pg.Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: withPatience(CANCEL_MS),
    query_timeout: withPatience(CANCEL_MS),
    idleTimeoutMillis: 10_000,
  });
  cancelling.on('error', () => undefined);
  const cancel = async (client: pg.PoolClient): Promise<void> => {
    const { processID } = client as unknown as { readonly processID: number };
    await cancelling.query('select pg_cancel_backend($1)', [processID]).catch(() => undefined);
  };
  const dialect = new PostgresDialect({ pool: cancellingPool(pool, cancelling, cancel) });
  return database(new Kysely<unknown>({ dialect }), connections, async () => {
    await pool.query('select 1');
  });
}

/**
 * The pool as kysely sees it: a COPY of {@link copyRows} goes to the server as a stream, and a statement that nobody waits
 * for any more is cancelled.
 */
function cancellingPool(
  pool: pg.Pool,
  cancelling: pg.Pool,
  cancel: (client: pg.PoolClient) => Promise<void>,
): PostgresPool {
  const seen = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    connect: async () => {
      const client = await pool.connect();
      const before = seen.get(client);
      if (before !== undefined) return before;
      const query = async (statement: unknown, parameters: readonly unknown[] = []) => {
        if (typeof statement !== 'string') throw new TypeError('cursors are not used');
        const text = copiedText(parameters);
        if (text === undefined) {
          return withinStatement(statement, () =>
            withinRequest(
              statement,
              () => client.query(queryOf(statement, parameters)),
              () => cancel(client),
            ),
          );
        }
        await copyOnClient(client, statement, text);
        return { command: 'COPY', rowCount: 0, rows: [] };
      };
      const copying = {
        query: query as unknown as PostgresPoolClient['query'],
        release: () => {
          client.release();
        },
      };
      seen.set(client, copying);
      return copying;
    },
    end: async () => {
      await Promise.all([pool.end(), cancelling.end()]);
    },
  };
}

/** Uses an embedded engine that several parts may share. Closing the database leaves the engine running. */
export function openEmbedded(engine: EmbeddedEngine): Database {
  const root = new Kysely<unknown>({ dialect: embeddedDialect(engine) });
  return database(root, 1, async () => {
    await engine.query('select 1', []);
  });
}

function database(
  root: Kysely<unknown>,
  connections: number,
  check: () => Promise<void>,
): Database {
  return {
    connections,
    schema: <Tables>(name: string) => root.withSchema(name) as unknown as Kysely<Tables>,
    check,
    close: () => root.destroy(),
  };
}
