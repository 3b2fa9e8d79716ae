/** Imports files in a process of its own, so that its memory is that of an import and of nothing else. */
import { performance } from 'node:perf_hooks';

import { openPostgres } from '../../runtime/database.ts';
import { openEsrImport } from '../../subgraphs/esr/compose.ts';
import { serveParent } from '../child.ts';
import type { Imported } from './import-files.ts';
import { MORNING } from './records.ts';

const { url, files } = JSON.parse(process.argv[2] ?? '{}') as {
  readonly url: string;
  readonly files: readonly string[];
};

const database = openPostgres(url);
const esr = await openEsrImport(database, MORNING);
const started = performance.now();
let rows = 0;
for (const outcome of await esr.importFiles(files)) {
  if (outcome.kind !== 'imported') {
    throw new Error(`${outcome.file} was not imported: ${JSON.stringify(outcome)}`);
  }
  rows += outcome.rowsRead;
}
const imported: Imported = {
  rows,
  seconds: (performance.now() - started) / 1_000,
  rssMb: process.resourceUsage().maxRSS / 1_024,
};
serveParent(imported, () => database.close());
