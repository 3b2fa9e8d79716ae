/** The worker thread that runs PGlite. Statements come in as messages and are run one after another. */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';

import { PGlite, types } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

interface Call {
  readonly id: number;
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly blob?: string;
}

if (parentPort === null) throw new Error('runs in a worker thread only');
const port = parentPort;
const { folder, image } = workerData as { readonly folder?: string; readonly image?: string };

const db = await PGlite.create({
  extensions: { pg_trgm },
  ...(folder === undefined ? {} : { dataDir: folder }),
  ...(image === undefined ? {} : await small(image)),
  parsers: { [types.INT8]: Number, [types.DATE]: (text: string) => text },
});

let tail: Promise<void> = Promise.resolve();
port.on('message', (message: Call | 'close') => {
  tail = tail.then(() => (message === 'close' ? close() : run(message)));
});
port.postMessage('ready');

/** A small database: its memory is in proportion, and the image is handed over as it is. A blob is copied in slices. */
async function small(file: string) {
  const { buffer } = new Uint8Array(await readFile(file));
  return {
    loadDataDir: Object.assign(new Blob([]), { arrayBuffer: () => Promise.resolve(buffer) }),
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
  };
}

async function run({ id, sql, parameters, blob }: Call): Promise<void> {
  try {
    // Without parameters a text may hold several statements, as migrations do.
    const result =
      parameters.length === 0
        ? (await db.exec(sql, blob === undefined ? {} : { blob: new Blob([blob]) })).at(-1)
        : await db.query(sql, parameters as unknown[]);
    port.postMessage({
      id,
      result: { rows: result?.rows ?? [], affectedRows: result?.affectedRows ?? 0 },
    });
  } catch (error) {
    const { message, code, constraint } = error as Error & { code?: string; constraint?: string };
    port.postMessage({ id, error: { message, code, constraint } });
  }
}

async function close(): Promise<void> {
  await db.close();
  process.exit(0);
}
