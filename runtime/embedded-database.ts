/**
 * PGlite (PostgreSQL in WebAssembly) in a worker thread, so that a heavy query does not stall the event loop.
 * For trying out and for tests: it does not survive power loss, and production settings refuse it.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';

import { withPatience } from './config.ts';
import { copiedText } from './copy-rows.ts';
import { withinRequest } from './statement-deadline.ts';
import { withinStatement } from './tracing/statement-span.ts';

/** One answer of the engine. */
export interface EngineResult {
  readonly rows: unknown[];
  readonly affectedRows: number;
}

/** A running engine. It has one connection: statements run one after another. */
export interface EmbeddedEngine {
  /**
   * Runs one statement, or several when there are no parameters.
   *
   * @param blob what `/dev/blob` holds for a COPY
   */
  readonly query: (
    sql: string,
    parameters: readonly unknown[],
    blob?: string,
  ) => Promise<EngineResult>;
  /** Waits until no transaction is open, then keeps others out until `release` is called. */
  readonly reserve: () => Promise<() => void>;
  /** Writes everything out and ends the worker. */
  readonly close: () => Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly result?: EngineResult;
  readonly error?: {
    readonly message: string;
    readonly code?: string;
    readonly constraint?: string;
  };
}

/** How long a part waits for the connection before it gives up, in milliseconds. */
const RESERVE_DEADLINE_MS = 20_000;

/** A failed statement, with PostgreSQL's own error code as `code`. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError';
  readonly code: string;
  readonly constraint: string | undefined;
  constructor(message: string, code: string, constraint?: string) {
    super(message);
    this.code = code;
    this.constraint = constraint;
  }
}

/** What an engine starts from. */
export interface EngineStart {
  /** Where the data is kept; in memory when left out. */
  readonly folder?: string;
  /** A file with PGlite's dump of another engine (`dumpDataDir`), instead of an empty database made anew. */
  readonly image?: string;
}

/** Starts an engine. */
export async function startEmbeddedEngine(start: EngineStart = {}): Promise<EmbeddedEngine> {
  const worker = new Worker(new URL('embedded-database-worker.ts', import.meta.url), {
    workerData: start,
    execArgv: [],
  });
  const waiting = new Map<
    number,
    { readonly resolve: (result: EngineResult) => void; readonly reject: (error: Error) => void }
  >();
  let next = 0;
  let ended: Error | undefined;
  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  const [ready] = (await Promise.race([
    once(worker, 'message'),
    once(worker, 'error').then(([error]) => {
      throw error as Error;
    }),
  ])) as [unknown];
  if (ready !== 'ready') throw new EmbeddedDatabaseError('the engine did not start', 'unavailable');
  worker.on('error', end);
  worker.on('exit', () => {
    end(new EmbeddedDatabaseError('the engine has stopped', 'unavailable'));
  });
  worker.on('message', ({ id, result, error }: Answer) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (result !== undefined) call?.resolve(result);
    else {
      const { message = 'failed', code = 'unknown', constraint } = error ?? {};
      call?.reject(new EmbeddedDatabaseError(message, code, constraint));
    }
  });

  let tail: Promise<void> = Promise.resolve();
  return {
    query: (sql, parameters, blob) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended);
          return;
        }
        next += 1;
        waiting.set(next, { resolve, reject });
        worker.postMessage({ id: next, sql, parameters, blob });
      }),
    reserve: async () => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const before = tail;
      tail = before.then(() => held);
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          release();
          reject(new EmbeddedDatabaseError('the connection is busy', 'unavailable'));
        }, withPatience(RESERVE_DEADLINE_MS));
      });
      await Promise.race([before, deadline]).finally(() => {
        clearTimeout(timer);
      });
      return release;
    },
    close: async () => {
      if (ended !== undefined) return;
      const exited = once(worker, 'exit');
      worker.postMessage('close');
      await exited;
    },
  };
}

/** The kysely dialect for an engine. */
export function embeddedDialect(engine: EmbeddedEngine): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => embeddedDriver(engine),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function embeddedDriver(engine: EmbeddedEngine): Driver {
  const releases = new WeakMap<DatabaseConnection, () => void>();
  const run = (connection: DatabaseConnection, sql: string) =>
    connection.executeQuery(CompiledQuery.raw(sql));
  return {
    init: () => Promise.resolve(),
    async acquireConnection() {
      const release = await engine.reserve();
      const connection: DatabaseConnection = {
        async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
          const text = copiedText(query.parameters);
          const { rows, affectedRows } = await withinStatement(query.sql, () =>
            withinRequest(query.sql, () =>
              text === undefined
                ? engine.query(query.sql, query.parameters)
                : engine.query(query.sql.replace(/ from stdin$/, " from '/dev/blob'"), [], text),
            ),
          );
          return { rows: rows as Row[], numAffectedRows: BigInt(affectedRows) };
        },
        async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
          yield await connection.executeQuery<Row>(query);
        },
      };
      releases.set(connection, release);
      return connection;
    },
    async beginTransaction(connection) {
      await run(connection, 'begin');
    },
    async commitTransaction(connection) {
      await run(connection, 'commit');
    },
    async rollbackTransaction(connection) {
      await run(connection, 'rollback');
    },
    releaseConnection(connection) {
      releases.get(connection)?.();
      return Promise.resolve();
    },
    destroy: () => Promise.resolve(),
  };
}
