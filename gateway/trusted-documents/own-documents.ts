/** The operations of this project's own processes, as released with the graph. */
import { hash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const OPERATIONS = new URL('../../schema/operations/', import.meta.url);

/** Reads them, by the SHA-256 of their text in hex. */
export async function readOwnDocuments(): Promise<ReadonlyMap<string, string>> {
  const documents = new Map<string, string>();
  for await (const path of glob('*/*.graphql', { cwd: fileURLToPath(OPERATIONS) })) {
    const text = await readFile(new URL(path, OPERATIONS), 'utf8');
    documents.set(hash('sha256', text), text);
  }
  return documents;
}
