#!/usr/bin/env node
// Starts the command line on Node 24, whichever Node runs this file: the project brings its own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
const node =
  Number(process.versions.node.split('.')[0]) >= 24 || !existsSync(own) ? process.execPath : own;
const main = fileURLToPath(new URL('main.ts', import.meta.url));
const { status } = spawnSync(
  node,
  // An import makes much that is soon forgotten. Room for what is new would grow to a hundred megabytes, and win nothing.
  [
    '--max-semi-space-size=8',
    '--disable-warning=ExperimentalWarning',
    main,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
