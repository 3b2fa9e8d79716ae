/** Our gateway beside others and beside hand-written requests, over the same subgraphs, in one run. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { readRequirements } from '../gateway/authorization/requirements.ts';
import {
  type Contender,
  type ContenderName,
  CONTENDERS,
  installPeers,
  startContender,
} from './gateway/contenders.ts';
import { CORES, keepToCore } from './gateway/cores.ts';
import { gatewayFigures, type Measurement } from './gateway/figures.ts';
import { CONNECTIONS, load } from './gateway/load.ts';
import { askings, type QuestionName } from './gateway/questions.ts';
import { benchHostile } from './gateway/hostile.ts';
import { startStandIns, type SubgraphUrls } from './gateway/stand-ins.ts';

/** Rounds; in each, everybody is measured with every question, one after another. */
const ROUNDS = 5;
/**
 * How much processor time whoever is measured may use in one measurement, and while warming up for it, and how long
 * that may take at most on a machine that does other things: milliseconds. Until then, much is still being compiled.
 */
const WARM_UP = { cpuMs: 12_000, atMostMs: 30_000 };
const MEASURED = { cpuMs: 800, atMostMs: 4_000 };
/** The same for what comes before each measurement: whoever waited for its turn answers slower at first, the more code it has. */
const SETTLING = { cpuMs: 2_000, atMostMs: 6_000 };
/** How often to look, in milliseconds. */
const LOOK_EVERY_MS = 50;

const QUESTIONS = { one: askings('one'), list: askings('list') } as const;

/** Measures everybody and what hostile requests cost, or only the contenders that are named. */
export async function benchGateway(
  say: (line: string) => void,
  { only }: { readonly only?: readonly string[] } = {},
): Promise<Readonly<Record<string, number>>> {
  await installPeers(say);
  // The load runs in this process; the subgraphs inherit its core.
  const pinned = await keepToCore(process.pid, CORES.others);
  say(
    pinned
      ? 'Everybody has a core to itself'
      : 'Processes share the cores: figures by processor time hold',
  );
  const standIns = await startStandIns();
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-bench-'));
  const contenders: Contender[] = [];
  let figures: Readonly<Record<string, number>>;
  try {
    const settings = {
      subgraphs: standIns.subgraphs,
      gateway: standIns.gateway,
      supergraphPath: await writeSupergraph(standIns.subgraphs, folder),
    };
    for (const name of CONTENDERS.filter((one) => only?.includes(one) ?? true)) {
      say(`Starting ${name}`);
      const contender = await startContender(name, settings);
      contenders.push(contender);
      await keepToCore(contender.child.pid, CORES.measured);
    }
    const tokens = await Promise.all(
      Array.from({ length: CONNECTIONS }, (_, index) => standIns.accessToken(index)),
    );
    const measure = measurer(tokens);
    for (const contender of contenders) {
      say(`Warming up ${contender.name}`);
      await measure(contender, 'one', WARM_UP);
      await measure(contender, 'list', WARM_UP);
    }
    const measurements: Measurement[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      say(`Round ${String(round + 1)} of ${String(ROUNDS)}`);
      for (const question of ['one', 'list'] as const) {
        for (const contender of contenders) {
          await measure(contender, question, SETTLING);
          const measured = await measure(contender, question, MEASURED);
          measurements.push({ round, contender: contender.name, question, ...measured });
        }
      }
    }
    const memory = new Map<ContenderName, number>();
    for (const { name, child } of contenders) memory.set(name, await child.ask<number>('rss'));
    figures = gatewayFigures(measurements, memory);
  } finally {
    await Promise.all(contenders.map(({ child }) => child.stop()));
    await standIns.stop();
    await rm(folder, { recursive: true });
  }
  const result = { ...figures, ...(only === undefined ? await benchHostile(say) : {}) };
  for (const [name, value] of Object.entries(result)) say(`  ${name.padEnd(30)} ${String(value)}`);
  return result;
}

/** Loads one contender for a while. Only our whole product, and its floor, are given tokens. */
function measurer(tokens: readonly string[]) {
  return async (
    { name, url, child }: Contender,
    question: QuestionName,
    { cpuMs, atMostMs }: typeof MEASURED,
  ) => {
    const before = await child.cpuMs();
    const start = performance.now();
    const run = { isOver: false };
    const loading = load({
      url,
      askings: QUESTIONS[question],
      tokens: name === 'secured' || name === 'secured_floor' ? tokens : [],
      isOver: () => run.isOver,
    });
    const watching = (async () => {
      try {
        while (!run.isOver) {
          await setTimeout(LOOK_EVERY_MS);
          if ((await child.cpuMs()) - before >= cpuMs || performance.now() - start >= atMostMs)
            break;
        }
      } finally {
        run.isOver = true;
      }
    })();
    // What went wrong with an answer is said first: whoever looks on fails because of it, if at all.
    const [loaded, watched] = await Promise.allSettled([
      loading.finally(() => {
        run.isOver = true;
      }),
      watching,
    ]);
    if (loaded.status === 'rejected') throw loaded.reason;
    if (watched.status === 'rejected') throw watched.reason;
    return { ...loaded.value, cpuMs: (await child.cpuMs()) - before };
  };
}

/** Writes the real supergraph as every contender can load it, and returns the path. */
async function writeSupergraph(subgraphs: SubgraphUrls, folder: string): Promise<string> {
  const committed = await readFile(
    new URL('../schema/supergraph.graphql', import.meta.url),
    'utf8',
  );
  // The stock gateway does not start with the security specifications; nobody else needs them here.
  const supergraphSdl = readRequirements(committed).sdl.replaceAll(
    /http:\/\/(?<name>esr|nhsmail|passport)\.invalid/g,
    (_whole, name: keyof typeof subgraphs) => subgraphs[name],
  );
  const path = join(folder, 'supergraph.graphql');
  await writeFile(path, supergraphSdl);
  return path;
}
