/** Importing files in processes of their own. */
import { startChild } from '../child.ts';

/** What an import took. */
export interface Imported {
  readonly rows: number;
  readonly seconds: number;
  /** The most memory that the process had. */
  readonly rssMb: number;
}

/** A twentieth of a nation, on a busy machine. */
const PATIENCE_MS = 3_600_000;

/** Imports the files one after the other. */
export async function importAll(url: string, files: readonly string[]): Promise<Imported> {
  const child = await startChild<Imported>(
    new URL('import-process.ts', import.meta.url),
    { url, files },
    // As `cli/lanyard.mjs` starts an import.
    { patienceMs: PATIENCE_MS, nodeOptions: ['--max-semi-space-size=8'] },
  );
  await child.stop();
  return child.ready;
}
