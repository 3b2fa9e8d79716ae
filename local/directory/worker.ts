/** The worker thread that runs the embedded directory. Its death is harmless: it is started again. */
import { readFileSync, statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

import { indexEntries } from './entries.ts';
import { parseLdif } from './ldif.ts';
import { withOperational } from './operational-attributes.ts';
import { serveDirectory } from './server.ts';
import type { EmbeddedDirectoryOptions } from './start.ts';

if (parentPort === null) throw new Error('runs in a worker thread only');
const { ldifFile, port, ...account } = workerData as EmbeddedDirectoryOptions & {
  readonly port: number;
};

const writtenAt = statSync(ldifFile).mtime;
const stored = parseLdif(readFileSync(ldifFile, 'utf8')).map((entry) =>
  withOperational(entry, writtenAt),
);
parentPort.postMessage(
  await serveDirectory({
    entries: indexEntries(stored),
    suffix: stored[0]?.dn ?? '',
    port,
    ...account,
  }),
);
