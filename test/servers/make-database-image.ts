/**
 * Writes the dump of an embedded database to the file named on the command line: of an empty one, or of the one in another
 * such file, with every schema brought up to date.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';

import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

import { openEmbedded } from '../../runtime/database.ts';
import { migrateAll } from './migrations.ts';

const [, , file, before] = process.argv;
if (file === undefined) throw new Error('which file?');
// Every test file unpacks it: one short segment of the log, and none of the databases that new ones are copied from.
const db = await PGlite.create(
  before === undefined
    ? { initDbStartParams: ['--wal-segsize=1'] }
    : { extensions: { pg_trgm }, loadDataDir: new Blob([await readFile(before)]) },
);
if (before !== undefined) {
  const database = openEmbedded({
    async query(text, parameters) {
      // Several statements in one text have an answer each.
      const answer =
        parameters.length > 0
          ? await db.query(text, [...parameters])
          : (await db.exec(text)).at(-1);
      return { rows: answer?.rows ?? [], affectedRows: answer?.affectedRows ?? 0 };
    },
    reserve: () => Promise.resolve(() => undefined),
    close: () => db.close(),
  });
  await migrateAll(database);
}
const templates = await db.query<{ oid: number }>(
  'select oid::int from pg_database where datname <> current_database()',
);
await db.exec('checkpoint');
const dump = Buffer.from(await (await db.dumpDataDir('none')).arrayBuffer());
await db.close();
const kept = withoutFolders(
  dump,
  templates.rows.map(({ oid }) => `/base/${String(oid)}/`),
);
// Another test process may be reading it: it is there whole or not at all.
const partial = `${file}.${String(process.pid)}`;
await writeFile(partial, kept);
await rename(partial, file);

/** A tar archive without what is below these folders. A header takes 512 bytes, and contents whole blocks of as many. */
function withoutFolders(archive: Buffer, folders: readonly string[]): Buffer {
  const blocks: Buffer[] = [];
  for (let at = 0; at < archive.length;) {
    const text = (from: number, length: number): string =>
      archive.toString('latin1', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12) || '0', 8);
    const end = at + 512 + Math.ceil(size / 512) * 512;
    const name = text(345, 155) + text(0, 100);
    if (!folders.some((folder) => name.startsWith(folder))) blocks.push(archive.subarray(at, end));
    at = end;
  }
  return Buffer.concat(blocks);
}
