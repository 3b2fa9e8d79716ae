/** Who is measured, each in a process of its own. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type { GatewaySettings } from '../../gateway/composition/parts.ts';
import { type Child, startChild } from '../child.ts';
import type { SubgraphUrls } from './stand-ins.ts';

/** What each contender is told. */
export interface ContenderSettings {
  readonly subgraphs: SubgraphUrls;
  /** Path of the real supergraph with those addresses, without the security specifications. */
  readonly supergraphPath: string;
  /** For the whole product. */
  readonly gateway: GatewaySettings;
  /** Whether the whole product lets requests go when it has too much to do: not where speed is measured. */
  readonly sheds?: boolean;
}

const MODULES = {
  bare: 'bare-process.ts',
  secured: 'secured-process.ts',
  floor: 'floor-process.ts',
  secured_floor: 'secured-floor-process.ts',
  stock: '../peers/stock-process.mjs',
  stock_pooled: '../peers/stock-pooled-process.mjs',
  hive: '../peers/hive-process.mjs',
  hive_pooled: '../peers/hive-pooled-process.mjs',
  mercurius: '../peers/mercurius-process.mjs',
} as const;

/** A contender's name, as in the figures. */
export type ContenderName = keyof typeof MODULES;

/** Every contender. */
export const CONTENDERS = Object.keys(MODULES) as readonly ContenderName[];

/** A contender that runs. */
export interface Contender {
  readonly name: ContenderName;
  readonly url: string;
  readonly child: Child<{ readonly url: string }>;
}

/** Starts one. */
export async function startContender(
  name: ContenderName,
  settings: ContenderSettings,
): Promise<Contender> {
  const child = await startChild<{ readonly url: string }>(
    new URL(MODULES[name], import.meta.url),
    settings,
    // Deadlines are not what is measured: a busy machine must not reach them.
    { environment: { NODE_ENV: 'production', LANYARD_PATIENCE: '20' } },
  );
  return { name, url: child.ready.url, child };
}

const PEERS = new URL('../peers/', import.meta.url);
const run = promisify(execFile);

/** Installs the other gateways as their lock file has them, unless they are there. */
export async function installPeers(say: (line: string) => void): Promise<void> {
  const lock = await readFile(new URL('package-lock.json', PEERS), 'utf8');
  const mark = new URL('node_modules/.installed-lock.json', PEERS);
  if ((await readFile(mark, 'utf8').catch(() => '')) === lock) return;
  say('Installing the other gateways (npm ci in bench/peers): once, some 700 MB');
  await run('npm', ['ci', '--ignore-scripts'], { cwd: fileURLToPath(PEERS) });
  await writeFile(mark, lock);
}
