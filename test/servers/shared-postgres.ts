/**
 * One PostgreSQL server for a whole run of the tests, where it is installed. Most suites need a database and nothing of
 * their own server: an empty database of this one costs a twentieth of starting an engine.
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

/**
 * A new empty database of the shared server. It goes with the server.
 *
 * @returns its address; `undefined` where PostgreSQL is not installed
 */
export async function sharedDatabase(): Promise<string | undefined> {
  const address = process.env[ADDRESS];
  if (address === undefined) return undefined;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await eventually(async () => {
    const client = new pg.Client({ connectionString: address });
    try {
      await client.connect();
      await client.query(`create database ${name}`);
    } finally {
      await client.end().catch(() => undefined);
    }
  });
  return address.replace(/postgres$/, name);
}
