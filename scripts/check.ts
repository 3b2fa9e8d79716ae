/** `npm run check`: every check that needs no running system. Two at a time; all of them, even when one fails. */
import { spawn } from 'node:child_process';

const CHECKS: readonly (readonly [name: string, program: string, ...args: string[]])[] = [
  // TypeScript's own checks too: both walk the same program.
  ['types and lint', 'oxlint'],
  ['schemas', 'eslint', '--max-warnings', '0', 'schema'],
  ['format', 'oxfmt', '--check'],
  [
    'imports',
    'depcruise',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err',
    'gateway',
    'identity',
    'web',
    'subgraphs',
    'standards',
    'runtime',
    'local',
    'cli',
    'test',
    'bench',
  ],
  ['unused', 'knip'],
  ['docstrings', 'typedoc', '--options', 'typedoc.json'],
  ['credential types are current', 'node', 'scripts/generate-credential-types.ts', '--check'],
  ['supergraph is current', 'node', 'schema/compose.ts', '--check'],
  ['the graph answers our operations', 'node', 'scripts/own-operations.ts', '--check'],
  ['macros of the views', 'node', 'scripts/check-macros.ts'],
  ['resolver types are current', 'graphql-codegen', '--config', 'codegen.ts', '--check'],
];

interface Outcome {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly output: string;
}

function run([name, program, ...args]: (typeof CHECKS)[number]): Promise<Outcome> {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const end = (ok: boolean): void => {
      resolve({ name, ok, seconds: (Date.now() - started) / 1000, output });
    };
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => {
      end(code === 0);
    });
  });
}

const waiting = [...CHECKS];
let failed = 0;
async function worker(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { name, ok, seconds, output } = await run(next);
    process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)\n`);
    if (!ok) {
      failed += 1;
      process.stdout.write(`${output.trimEnd()}\n`);
    }
  }
}
await Promise.all([worker(), worker()]);
process.exitCode = failed === 0 ? 0 : 1;
