/** Brings a schema up to date: plain SQL files, in order, each once, under an advisory lock. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

import { sql } from 'kysely';

import type { Database } from './database.ts';

interface MigrationTables {
  migration: { name: string; sha256: string };
}

/** A database that was built from other migration files. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code = 'migration_changed';
}

/**
 * Runs the files of `folder` that the schema has not had yet, in one transaction.
 *
 * @param schema the PostgreSQL schema; created when it is not there
 * @param folder holds `0001-name.sql`, `0002-name.sql`, ...
 * @throws {MigrationError} when a file that has been run was changed since
 */
export async function migrate(database: Database, schema: string, folder: URL): Promise<void> {
  const names = (await readdir(folder))
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort();
  const files = await Promise.all(
    names.map(async (name) => ({
      name,
      text: await readFile(new URL(`${folder.href.replace(/\/?$/, '/')}${name}`), 'utf8'),
    })),
  );
  const db = database.schema<MigrationTables>(schema);
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`lanyard:${schema}`}, 0))`.execute(
      transaction,
    );
    await sql`create schema if not exists ${sql.id(schema)}`.execute(transaction);
    await sql`create table if not exists ${sql.table(`${schema}.migration`)} (
      name text primary key, sha256 text not null, run_at timestamptz not null default now())`.execute(
      transaction,
    );
    const done = new Map(
      (await transaction.selectFrom('migration').select(['name', 'sha256']).execute()).map(
        (row) => [row.name, row.sha256],
      ),
    );
    for (const { name, text } of files) {
      const sha256 = createHash('sha256').update(text).digest('hex');
      const before = done.get(name);
      if (before === sha256) continue;
      if (before !== undefined)
        throw new MigrationError(`${schema}/${name} was changed after it ran`);
      await sql.raw(`set local search_path to "${schema}"; ${text}`).execute(transaction);
      await sql`set local search_path to default`.execute(transaction);
      await transaction.insertInto('migration').values({ name, sha256 }).execute();
    }
  });
}
