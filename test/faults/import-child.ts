/** Imports a file, or goes on with what was cut off, and ends itself at a chosen step. */
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';

import { openPostgres } from '../../runtime/database.ts';
import { openEsrImport } from '../../subgraphs/esr/compose.ts';
import { createEnding } from './ending-itself.ts';

/** What the child is to do. */
export interface ImportTask {
  readonly url: string;
  /** The file; left out, the child goes on with whatever was cut off. */
  readonly path?: string;
  /** Counted from the first statement of the import; 0 is never. */
  readonly killAt: number;
  /** The moment of the import, RFC 3339. */
  readonly now: string;
}

const task = JSON.parse(process.env['ISSUING_TASK'] ?? '') as ImportTask;
const ending = createEnding();
const database = ending.counted(openPostgres(task.url, { connections: 3 }));
const esr = await openEsrImport(database, () => new Date(task.now));
// A process that is killed would not leave it behind.
flushCompileCache();
ending.endAt(task.killAt);
const outcomes =
  task.path === undefined ? await esr.resumeImports(undefined) : await esr.importFiles([task.path]);
ending.endAt(0);
for (const { kind } of outcomes) writeSync(1, `${JSON.stringify({ run: 'import', did: kind })}\n`);
await database.close();
