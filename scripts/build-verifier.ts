/**
 * `npm run build:verifier [FOLDER]`: what of `standards/` checks credentials, as a package of its own with one dependency.
 *
 * Types are taken out and nothing else is changed, so a line in it is the line in the source. For browsers, files of
 * `standards/browser/` stand in for what only Node has.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = join(ROOT, 'standards');
const ENTRY = 'verifier.ts';
/** What stands in for what, in the build for browsers. */
const IN_BROWSERS: Readonly<Record<string, string>> = {
  'node:crypto': 'browser/crypto.ts',
  'node:zlib': 'browser/zlib.ts',
  'settled.ts': 'browser/questions.ts',
};
const BUFFER = 'browser/buffer.ts';
const IMPORT = /(?<before>\b(?:from|import)\s*\(?\s*)'(?<name>[^']+)'/g;

/**
 * Writes the package.
 *
 * @param folder is emptied first
 * @param types whether declarations are written too, which takes a few seconds
 */
export async function buildVerifier(folder: string, types: boolean): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await Promise.all([build(join(folder, 'node'), {}), build(join(folder, 'browser'), IN_BROWSERS)]);
  const { version, license, dependencies } = JSON.parse(
    await readFile(join(ROOT, 'package.json'), 'utf8'),
  ) as { version: string; license: string; dependencies: Record<string, string> };
  const manifest = {
    name: 'lanyard-verifier',
    version,
    description: 'Checks staff passport credentials, also away from the network',
    license,
    type: 'module',
    exports: {
      '.': {
        types: './types/verifier.d.ts',
        browser: './browser/verifier.js',
        default: './node/verifier.js',
      },
    },
    sideEffects: false,
    engines: { node: '>=22' },
    dependencies: { zod: dependencies['zod'] },
  };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await cp(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  if (types) await declare(join(folder, 'types'));
}

/** Builds the entry and everything that it leads to. */
async function build(folder: string, instead: Readonly<Record<string, string>>): Promise<void> {
  const waiting = [ENTRY];
  const seen = new Set(waiting);
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const from = file;
    let code = stripTypeScriptTypes(await readFile(join(SOURCE, from), 'utf8'));
    if (Object.keys(instead).length > 0 && from !== BUFFER && /\bBuffer\b/.test(code)) {
      code = `import { Buffer } from '${relative(from, BUFFER)}'; ${code}`;
    }
    code = code.replace(IMPORT, (whole: string, before: string, name: string) => {
      const file = name.startsWith('.') ? posix.join(posix.dirname(from), name) : name;
      const target = instead[file] ?? file;
      if (!target.endsWith('.ts')) return whole;
      if (!seen.has(target)) {
        seen.add(target);
        waiting.push(target);
      }
      return `${before}'${relative(from, target).replace(/\.ts$/, '.js')}'`;
    });
    const out = join(folder, from.replace(/\.ts$/, '.js'));
    await mkdir(dirname(out), { recursive: true });
    await writeFile(out, code);
  }
}

/** The specifier of one file in another. */
function relative(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

/** Writes declarations. */
async function declare(folder: string): Promise<void> {
  const { status, stdout } = spawnSync(
    join(ROOT, 'node_modules/.bin/tsc'),
    [
      ...['--declaration', '--emitDeclarationOnly', '--noEmit', 'false', '--outDir', folder],
      ...['--target', 'es2024', '--module', 'nodenext', '--strict', '--skipLibCheck'],
      ...['--exactOptionalPropertyTypes', '--allowImportingTsExtensions', '--types', 'node'],
      ...['--rootDir', SOURCE, '--ignoreConfig', join(SOURCE, ENTRY)],
    ],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`no declarations were written\n${stdout}`);
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const file = join(folder, name);
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replace(IMPORT, (whole) => whole.replace(/\.ts'$/, ".js'")),
    );
  }
}

if (import.meta.main) {
  const folder = process.argv[2] ?? join(ROOT, 'dist/verifier');
  await buildVerifier(folder, true);
  process.stdout.write(`Built in ${folder}\n`);
}
