/** The whole product with more to do than it can: what it still answers, how soon it refuses the rest, and its memory. */
import { setTimeout } from 'node:timers/promises';

import { startChild } from './child.ts';
import { CORES, keepToCore } from './gateway/cores.ts';
import {
  type Client,
  isRight,
  load,
  openClient,
  type Received,
  wrongAnswer,
} from './gateway/load.ts';
import { type Asking, askings } from './gateway/questions.ts';
import { startStandIns } from './gateway/stand-ins.ts';
import { percentile } from './percentile.ts';

/** How much more than its peak the gateway is asked for. */
const FACTORS = [2, 5] as const;
/** How long it warms up, its peak is measured, and it has too much to do: milliseconds. */
const WARM_UP_MS = 10_000;
const WARM_UP_PER_SECOND = 300;
const PEAK_MS = 10_000;
const OVERLOAD_MS = 60_000;
/** How long it has to come to rest in between: milliseconds. */
const REST_MS = 3_000;
/** Most connections. Who comes when all of them wait for an answer waits for one. */
const MOST_CONNECTIONS = 800;
/** How often requests that are due are sent, in milliseconds. */
const TICK_MS = 5;

/** Loads it with a few connections for its peak, then open loop: requests come whether or not others were answered. */
export async function benchOverload(
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> {
  await keepToCore(process.pid, CORES.others);
  const standIns = await startStandIns();
  const child = await startChild<{ readonly url: string }>(
    new URL('gateway/secured-process.ts', import.meta.url),
    { gateway: standIns.gateway, sheds: true },
    { environment: { NODE_ENV: 'production' } },
  );
  try {
    await keepToCore(child.pid, CORES.measured);
    const { url } = child.ready;
    const tokens = await Promise.all(
      Array.from({ length: 20 }, (_, index) => standIns.accessToken(index)),
    );
    const all = askings('one');
    const closedLoop = async (milliseconds: number): Promise<number> => {
      const end = performance.now() + milliseconds;
      const loaded = await load({
        url,
        askings: all,
        tokens,
        isOver: () => performance.now() > end,
      });
      return (loaded.answered / loaded.milliseconds) * 1000;
    };
    say('Warming up');
    // Cold, it lets some go: what it has yet to plan first of all.
    await openLoop({
      url,
      askings: all,
      tokens,
      perSecond: WARM_UP_PER_SECOND,
      milliseconds: WARM_UP_MS,
    });
    const peak = await closedLoop(PEAK_MS);
    const figures: Record<string, number> = { peak_per_s: Math.round(peak) };
    for (const factor of FACTORS) {
      await setTimeout(REST_MS);
      say(`Asking ${String(factor)} times as much as it can`);
      const before = await child.ask<number>('rss');
      const { served, refused, unfinished, milliseconds } = await openLoop({
        url,
        askings: all,
        tokens,
        perSecond: peak * factor,
        milliseconds: OVERLOAD_MS,
      });
      const name = `${String(factor)}x`;
      Object.assign(figures, {
        [`goodput_${name}`]: round(((served.length / milliseconds) * 1000) / peak, 2),
        [`served_p50_ms_${name}`]: round(percentile(served, 0.5), 1),
        [`served_p99_ms_${name}`]: round(percentile(served, 0.99), 1),
        [`refused_share_${name}`]: round(refused.length / (served.length + refused.length), 2),
        [`unfinished_share_${name}`]: round(unfinished / (served.length + unfinished), 4),
        [`refused_p50_ms_${name}`]: round(percentile(refused, 0.5), 1),
        [`refused_p99_ms_${name}`]: round(percentile(refused, 0.99), 1),
        [`rss_before_mb_${name}`]: Math.round(before / 2 ** 20),
        [`rss_after_mb_${name}`]: Math.round((await child.ask<number>('rss')) / 2 ** 20),
      });
    }
    for (const [name, value] of Object.entries(figures))
      say(`  ${name.padEnd(30)} ${String(value)}`);
    return figures;
  } finally {
    await child.stop();
    await standIns.stop();
  }
}

interface OpenLoop {
  readonly url: string;
  readonly askings: readonly Asking[];
  readonly tokens: readonly string[];
  readonly perSecond: number;
  readonly milliseconds: number;
}

/**
 * Sends requests when they are due.
 *
 * @returns how long answers and refusals took from when the request was due, in milliseconds, and how many were not finished
 * @throws for any other answer
 */
async function openLoop({ url, askings: all, tokens, perSecond, milliseconds }: OpenLoop) {
  const served: number[] = [];
  const refused: number[] = [];
  const free: Client[] = [];
  const opened: Client[] = [];
  /** When requests were due that wait for a connection. */
  const due: number[] = [];
  let opening = 0;
  let underWay = 0;
  let next = 0;
  let unfinished = 0;
  const fault: { error?: Error } = {};

  /** Uses a connection for as long as somebody waits for one. */
  const send = async (client: Client, first: number): Promise<void> => {
    for (let dueAt: number | undefined = first; dueAt !== undefined; dueAt = due.shift()) {
      const asking = all[next++ % all.length];
      if (asking === undefined) throw new Error('there is nothing to ask');
      underWay += 1;
      const received = await client.ask(asking);
      underWay -= 1;
      const took = performance.now() - dueAt;
      if (isRight(received, asking)) served.push(took);
      else if (isLetGo(received)) refused.push(took);
      else if (isUnfinished(received)) unfinished += 1;
      else throw wrongAnswer(url, received, asking);
    }
    free.push(client);
  };
  const begin = (client: Client, dueAt: number): void => {
    send(client, dueAt).catch((error: unknown) => {
      fault.error ??= error as Error;
    });
  };
  const open = async (): Promise<void> => {
    opening += 1;
    const client = await openClient(url, tokens[opening % tokens.length]);
    opened.push(client);
    const waiting = due.shift();
    if (waiting === undefined) free.push(client);
    else begin(client, waiting);
  };

  const start = performance.now();
  let sent = 0;
  while (performance.now() - start < milliseconds && fault.error === undefined) {
    const wanted = Math.floor(((performance.now() - start) / 1000) * perSecond);
    for (; sent < wanted; sent += 1) {
      const client = free.pop();
      if (client !== undefined) begin(client, performance.now());
      else {
        due.push(performance.now());
        if (opening < MOST_CONNECTIONS)
          open().catch((error: unknown) => {
            fault.error ??= error as Error;
          });
      }
    }
    await setTimeout(TICK_MS);
  }
  const took = performance.now() - start;
  // Who still waits is let go: the time is up.
  due.length = 0;
  const last = performance.now() + REST_MS;
  while (underWay > 0 && performance.now() < last && fault.error === undefined)
    await setTimeout(TICK_MS);
  for (const client of opened) client.close();
  if (fault.error !== undefined) throw fault.error;
  return { served, refused, unfinished, milliseconds: took };
}

/** Whether a request was let go before anything was done for it, and may come back in a second. */
const isLetGo = ({ status, head }: Received): boolean =>
  status === 503 && /\r\nretry-after: *1\r\n/i.test(head);

/** Whether a request was begun, and a source did not answer in time. */
const isUnfinished = ({ status, body }: Received): boolean =>
  (status === 503 || status === 200) && body.includes('"code":"SERVICE_UNAVAILABLE","source":');

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
