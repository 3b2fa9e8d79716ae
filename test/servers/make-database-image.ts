/** Writes the dump of an empty embedded database to the file named on the command line. */
import { rename, writeFile } from 'node:fs/promises';

import { PGlite } from '@electric-sql/pglite';

const file = process.argv[2];
if (file === undefined) throw new Error('which file?');
// Every test file unpacks it: one short segment of the log, and none of the databases that new ones are copied from.
const db = await PGlite.create({ initDbStartParams: ['--wal-segsize=1'] });
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
