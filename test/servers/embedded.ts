/**
 * Databases of the kind that the embedded engine is: one connection, statements one after another. The engine itself starts
 * from a dump, in half of the time that making an empty database takes.
 */
import { execFile } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import pg from 'pg';

import { copyOnClient } from '../../runtime/copy-rows.ts';
import {
  EmbeddedDatabaseError,
  type EmbeddedEngine,
  startEmbeddedEngine,
} from '../../runtime/embedded-database.ts';
import { migrationsHash } from './migrations.ts';
import { sharedDatabase } from './shared-postgres.ts';

const run = promisify(execFile);
const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const { version } = createRequire(import.meta.url)(
  '../../node_modules/@electric-sql/pglite/package.json',
) as { readonly version: string };
const imageOf = (contents: string): string =>
  path(`../../node_modules/.cache/lanyard/pglite-${version}-${contents}.tar`);

/**
 * A database for a suite that is not about databases, with every schema up to date and nothing in it: on the shared server, or
 * the embedded engine where PostgreSQL is not installed. It has one connection on both.
 */
export async function startTestEngine(): Promise<EmbeddedEngine> {
  const address = await sharedDatabase();
  return address === undefined ? startMigratedPglite() : engineOn(address);
}

/** A new embedded engine in memory with an empty database. */
export async function startPglite(): Promise<EmbeddedEngine> {
  return startEmbeddedEngine({ image: await keptImage(imageOf('small')) });
}

/** A new embedded engine in memory whose database has every schema up to date and nothing in it. */
export async function startMigratedPglite(): Promise<EmbeddedEngine> {
  const image = imageOf(`migrated-${await migrationsHash()}`);
  return startEmbeddedEngine({ image: await keptImage(image, imageOf('small')) });
}

/** Makes the image unless it is there: of an empty database, or of another image's with every schema up to date. */
async function keptImage(image: string, from?: string): Promise<string> {
  const isThere = await access(image).then(
    () => true,
    () => false,
  );
  if (isThere) return image;
  await mkdir(dirname(image), { recursive: true });
  const before = from === undefined ? [] : [await keptImage(from)];
  await run(process.execPath, [
    ...process.execArgv,
    path('make-database-image.ts'),
    image,
    ...before,
  ]);
  return image;
}

const INT8 = 20;
const DATE = 1082;

async function engineOn(address: string): Promise<EmbeddedEngine> {
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, Number);
  types.setTypeParser(DATE, (text) => text);
  const client = new pg.Client({ connectionString: address, types });
  client.on('error', () => undefined);
  await client.connect();
  let tail: Promise<void> = Promise.resolve();
  return {
    async query(sql, parameters, blob) {
      try {
        if (blob !== undefined) {
          await copyOnClient(client, sql.replace(" from '/dev/blob'", ' from stdin'), blob);
          return { rows: [], affectedRows: 0 };
        }
        const answer = await (parameters.length === 0
          ? client.query(sql)
          : client.query(sql, [...parameters]));
        // Several statements in one text have an answer each.
        const last = ([answer].flat() as (pg.QueryResult | undefined)[]).at(-1);
        return { rows: last?.rows ?? [], affectedRows: last?.rowCount ?? 0 };
      } catch (error) {
        const { message, code = 'unavailable', constraint } = error as pg.DatabaseError;
        throw new EmbeddedDatabaseError(message, code, constraint);
      }
    },
    async reserve() {
      const { promise: held, resolve: release } = Promise.withResolvers<undefined>();
      const before = tail;
      tail = before.then(() => held);
      await before;
      return () => {
        release(undefined);
      };
    },
    close: () => client.end(),
  };
}
