/** The operations that are released with the graph, in `schema/operations/`: a folder for each of our own processes and clients. */
import { hash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One of them. */
export interface ShippedOperation {
  /** The file's name without its ending: the operation's name, when it has one. */
  readonly name: string;
  readonly text: string;
  /** SHA-256 of the text, in hex. A request names the operation by `documentId`: `sha256:` and this. */
  readonly sha256: string;
}

const OPERATIONS = new URL('../schema/operations/', import.meta.url);

/** Reads those of one process or client (`web`); without it, all of them. */
export async function shippedOperations(
  asker = '*',
  from: URL = OPERATIONS,
): Promise<readonly ShippedOperation[]> {
  const operations: ShippedOperation[] = [];
  for await (const path of glob(`${asker}/*.graphql`, { cwd: fileURLToPath(from) })) {
    const text = await readFile(new URL(path, from), 'utf8');
    operations.push({ name: basename(path, '.graphql'), text, sha256: hash('sha256', text) });
  }
  return operations;
}
