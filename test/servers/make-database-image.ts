/** Writes the dump of an empty embedded database to the file named on the command line. */
import { rename, writeFile } from 'node:fs/promises';

import { PGlite } from '@electric-sql/pglite';

const file = process.argv[2];
if (file === undefined) throw new Error('which file?');
const db = await PGlite.create();
const dump = await db.dumpDataDir('none');
await db.close();
// Another test process may be reading it: it is there whole or not at all.
const partial = `${file}.${String(process.pid)}`;
await writeFile(partial, Buffer.from(await dump.arrayBuffer()));
await rename(partial, file);
