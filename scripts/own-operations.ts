/**
 * Collects the operations that this project itself asks of the graph into `schema/operations/`: those of its processes, of
 * the demonstration, of the README and of the pages.
 *
 * `node scripts/own-operations.ts` writes them; with `--check` it fails when the files are not current, or when the
 * composed graph no longer answers one of them.
 */
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import { getOperationAST, parse } from 'graphql';
import ts from 'typescript';

import { USUAL_COSTS } from '../gateway/cost/cost-limits.ts';
import { operationChecker } from '../gateway/operation-faults.ts';
import { readWebDocuments } from './web-documents.ts';

const ROOT = new URL('../', import.meta.url);
const OPERATIONS = new URL('schema/operations/', ROOT);

/** Where operations are written down, by who asks them. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  identity: ['identity/graph/*.ts'],
  esr: ['subgraphs/esr/graph/*.ts'],
  nhsmail: ['subgraphs/nhsmail/graph/*.ts'],
  passport: ['subgraphs/passport/graph/*.ts'],
  demo: ['test/journeys/*.ts'],
  readme: ['README.md', 'docs/*.md'],
};
/** Those who ask as a person or an organisation's system. The others are our own services. */
const OF_CLIENTS = new Set(['demo', 'readme', 'web']);

const IN_JSON = /"query" ?: ?"(?<text>(?:[^"\\]|\\.)*)"/g;

/** The operations in one file. Literals that are put together from elsewhere are left out. */
function operationsIn(path: string, source: string): readonly string[] {
  if (path.endsWith('.md')) {
    return [...source.matchAll(IN_JSON)].map(
      ({ groups }) => JSON.parse(`"${groups?.['text'] ?? ''}"`) as string,
    );
  }
  return templates(path, source).filter((text) => /^\s*(?:query|mutation|\{ )/.test(text));
}

/** Texts of template literals, with the constants of the file in place. Those with anything else in them are left out. */
function templates(path: string, source: string): readonly string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.ESNext, true);
  const constants = new Map<string, string>();
  const found: string[] = [];
  const textOf = (node: ts.Node): string | undefined => {
    if (ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
    if (!ts.isTemplateExpression(node)) return undefined;
    const parts = node.templateSpans.map(({ expression, literal }) => {
      const value = ts.isIdentifier(expression) ? constants.get(expression.text) : undefined;
      return value === undefined ? undefined : value + literal.text;
    });
    return parts.includes(undefined) ? undefined : node.head.text + parts.join('');
  };
  const walk = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined) {
      found.push(text);
      if (ts.isVariableDeclaration(node.parent) && ts.isIdentifier(node.parent.name)) {
        constants.set(node.parent.name.text, text);
      }
    }
    ts.forEachChild(node, walk);
  };
  walk(file);
  return found;
}

/** The operations by file name below `schema/operations/`. */
async function collect(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const [asker, patterns] of Object.entries(SOURCES)) {
    for await (const path of glob([...patterns], { cwd: ROOT.pathname })) {
      if (path.endsWith('.test.ts')) continue;
      const source = await readFile(new URL(path, ROOT), 'utf8');
      operationsIn(path, source).forEach((text, index) => {
        const name = getOperationAST(parse(text))?.name?.value;
        const place = `${basename(path).replace(/\.\w+$/, '')}-${String(index + 1)}`;
        const taken = name !== undefined && found.has(`${asker}/${name}.graphql`);
        const file = taken ? `${name}-${place}` : (name ?? place);
        found.set(`${asker}/${file}.graphql`, text);
      });
    }
  }
  for (const { name, text } of await readWebDocuments(ROOT)) found.set(`web/${name}.graphql`, text);
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What is on disk. */
async function written(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for await (const path of glob('**/*.graphql', { cwd: OPERATIONS.pathname })) {
    files.set(path, await readFile(new URL(path, OPERATIONS), 'utf8'));
  }
  return files;
}

const operations = await collect();
const onDisk = await written();
if (process.argv.includes('--check')) {
  const supergraphSdl = await readFile(new URL('schema/supergraph.graphql', ROOT), 'utf8');
  const check = {
    client: operationChecker(supergraphSdl, USUAL_COSTS.person),
    service: operationChecker(supergraphSdl, USUAL_COSTS.machine),
  };
  const isCurrent =
    onDisk.size === operations.size &&
    [...operations].every(([file, text]) => onDisk.get(file) === text);
  const faults = [...operations].flatMap(([file, text]) =>
    check[OF_CLIENTS.has(dirname(file)) ? 'client' : 'service'](text).map(
      (fault) => `schema/operations/${file}: ${fault}`,
    ),
  );
  if (!isCurrent) faults.push('schema/operations/ is stale: run npm run generate');
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} else {
  for (const file of onDisk.keys()) {
    if (!operations.has(file)) await rm(new URL(file, OPERATIONS));
  }
  for (const [file, text] of operations) {
    const url = new URL(file, OPERATIONS);
    await mkdir(new URL('.', url), { recursive: true });
    await writeFile(url, text);
  }
}
