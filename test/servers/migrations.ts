/** Every schema of the project, brought up to date: what a test starts from that is not about that. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

import { type Database, openPostgres } from '../../runtime/database.ts';
import { migrate } from '../../runtime/migrate.ts';

const SCHEMAS = {
  esr: 'subgraphs/esr',
  identity: 'identity',
  nhsmail: 'subgraphs/nhsmail',
  passport: 'subgraphs/passport',
} as const;

const folderOf = (part: string): URL =>
  new URL(`../../${part}/postgres/migrations/`, import.meta.url);

/** Runs the migrations of every process. */
export async function migrateAll(database: Database): Promise<void> {
  for (const [schema, part] of Object.entries(SCHEMAS)) {
    await migrate(database, schema, folderOf(part));
  }
}

/** Runs the migrations of every process on the PostgreSQL database at an address. */
export async function migrateAt(address: string): Promise<void> {
  const database = openPostgres(address);
  try {
    await migrateAll(database);
  } finally {
    await database.close();
  }
}

/** The same as long as all migrations are, base64url. */
export async function migrationsHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const part of Object.values(SCHEMAS)) {
    for (const name of (await readdir(folderOf(part))).sort()) {
      hash.update(`${part}/${name}\n`).update(await readFile(new URL(name, folderOf(part))));
    }
  }
  return hash.digest('base64url').slice(0, 16);
}
