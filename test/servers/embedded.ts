/** Embedded databases for tests. They start from a dump, in half of the time that making an empty database takes. */
import { execFile } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { type EmbeddedEngine, startEmbeddedEngine } from '../../runtime/embedded-database.ts';

const run = promisify(execFile);
const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const { version } = createRequire(import.meta.url)(
  '../../node_modules/@electric-sql/pglite/package.json',
) as { readonly version: string };
const IMAGE = path(`../../node_modules/.cache/lanyard/pglite-${version}-small.tar`);

/** A new embedded engine in memory with an empty database. */
export async function startTestEngine(): Promise<EmbeddedEngine> {
  if (
    !(await access(IMAGE).then(
      () => true,
      () => false,
    ))
  ) {
    await mkdir(dirname(IMAGE), { recursive: true });
    await run(process.execPath, [...process.execArgv, path('make-database-image.ts'), IMAGE]);
  }
  return startEmbeddedEngine({ image: IMAGE });
}
