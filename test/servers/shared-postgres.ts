/**
 * One PostgreSQL server for a whole run of the tests, where it is installed. Most suites need a database and nothing of
 * their own server: a copy of a migrated database of this one costs a twentieth of starting an engine, and no migration.
 */
import { randomUUID } from 'node:crypto';

import pg from 'pg';

import { eventually, freePort } from './child.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import { serverProgram } from './programs.ts';

const ADDRESS = 'LANYARD_TEST_POSTGRES';
/** Nothing here outlives the run, and nobody looks after tables that live for seconds. */
const SETTINGS = [
  'synchronous_commit=off',
  'autovacuum=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_connections=200',
];

let starting: Promise<PostgresServer> | undefined;

/** Starts it, before the first test; those who need it wait until it answers. */
export async function startSharedPostgres(): Promise<void> {
  if (serverProgram('postgres') === undefined) return;
  const port = await freePort();
  process.env[ADDRESS] = `postgres://lanyard@127.0.0.1:${String(port)}/postgres`;
  starting = startPostgres(SETTINGS, port);
  let pid: number | undefined;
  starting.then(
    (server) => (pid = server.pid),
    () => undefined,
  );
  // A run that is ended early takes it along.
  process.once('SIGTERM', () => process.exit(143));
  process.once('exit', () => {
    if (pid !== undefined && starting !== undefined) process.kill(pid, 'SIGINT');
  });
}

/** Stops it, after the last test. */
export async function stopSharedPostgres(): Promise<void> {
  await (await starting?.catch(() => undefined))?.stop();
  starting = undefined;
}

/** The database that others are copies of. The first that is asked for makes it. */
const TEMPLATE = 'migrated';
/** Held by whoever makes it. */
const TEMPLATE_LOCK = 4_012;
/** PostgreSQL's code for a database that is not there. */
const NO_SUCH_DATABASE = '3D000';

/**
 * A new database of the shared server, with every schema up to date and nothing in it. It goes with the server.
 *
 * @returns its address; `undefined` where PostgreSQL is not installed
 */
export async function sharedDatabase(): Promise<string | undefined> {
  const address = process.env[ADDRESS];
  if (address === undefined) return undefined;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await eventually(async () => {
    const client = new pg.Client({ connectionString: address });
    // Copying files costs a quarter of writing them through the log.
    const copy = () =>
      client.query(`create database ${name} template ${TEMPLATE} strategy file_copy`);
    try {
      await client.connect();
      await copy().catch(async (error: unknown) => {
        if ((error as pg.DatabaseError).code !== NO_SUCH_DATABASE) throw error;
        await makeTemplate(client, address);
        await copy();
      });
    } finally {
      await client.end().catch(() => undefined);
    }
  });
  return databaseAt(address, name);
}

const databaseAt = (address: string, name: string): string => address.replace(/postgres$/, name);

async function makeTemplate(client: pg.Client, address: string): Promise<void> {
  // Most runs of a few files need none of this.
  const { migrateAt } = await import('./migrations.ts');
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  const made = await client.query('select from pg_database where datname = $1', [TEMPLATE]);
  if (made.rowCount === 1) return;
  const partial = `${TEMPLATE}_partial`;
  await client.query(`drop database if exists ${partial} with (force)`);
  await client.query(`create database ${partial}`);
  await migrateAt(databaseAt(address, partial));
  await client.query(`alter database ${partial} rename to ${TEMPLATE}`);
}
