/** What hostile requests cost the product gateway, and what an innocent bystander notices of them. */
import { readFile } from 'node:fs/promises';

import { Supergraph } from '@apollo/federation-internals';
import { Pool } from 'undici';

import { readRequirements } from '../../gateway/authorization/requirements.ts';
import { HOSTILE_REQUESTS, type HostileRequest } from '../../test/attacks/hostile-requests.ts';
import { randomOperations } from '../../test/attacks/random-operations.ts';
import { startChild } from '../child.ts';
import { median, percentile } from '../percentile.ts';
import { startStandIns } from './stand-ins.ts';

/** How often each hostile request is sent, one at a time; the middle figure of its processor times counts. */
const TIMES = 3;
/** Random operations that are valid for the graph, one size after another. */
const RANDOM = { seed: 8, count: 300, sizes: [4, 6, 9].map((depth) => ({ depth, width: depth })) };
/** How long the bystander asks, in milliseconds; whether the flood is on; and how many senders it has. */
const FLOOD = { milliseconds: 5_000, senders: 4 };

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Starts the gateway in a process of its own, and measures. */
export async function benchHostile(
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> {
  const standIns = await startStandIns();
  const child = await startChild<{ readonly url: string }>(
    new URL('secured-process.ts', import.meta.url),
    { gateway: standIns.gateway },
  );
  const { origin } = new URL(child.ready.url);
  const pool = new Pool(origin, { connections: FLOOD.senders + 1 });
  const send = sender(pool, await standIns.accessToken(0));
  try {
    const random = await randomRequests();
    // The first requests of a process pay for what is compiled and connected then.
    for (const request of random.slice(0, 20)) await send(request);
    say(`Sending ${String(HOSTILE_REQUESTS.length)} hostile requests, one at a time`);
    const costs: { readonly name: string; readonly ms: number }[] = [];
    let answered = 0;
    for (const request of HOSTILE_REQUESTS) {
      const taken: number[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        const { ms, answer } = await costOf(child.cpuMs, () => send(request));
        taken.push(ms);
        if (!isRefusal(answer)) answered += 1;
      }
      costs.push({ name: request.name, ms: median(taken) });
    }
    say(`Sending ${String(random.length)} random operations, one at a time`);
    const drawn: number[] = [];
    for (const request of random) drawn.push((await costOf(child.cpuMs, () => send(request))).ms);
    const dearest = [...costs].sort((one, other) => other.ms - one.ms);
    for (const { name, ms } of dearest.slice(0, 5)) say(`  ${ms.toFixed(1)} ms for ${name}`);

    say('Asking a small question, alone and in the flood');
    const alone = await bystander(send, () => Promise.resolve());
    let next = 0;
    const flood = [...HOSTILE_REQUESTS, ...random];
    const flooded = await bystander(send, async (isOver) => {
      while (!isOver()) {
        const request = flood[next++ % flood.length];
        if (request !== undefined) await send(request);
      }
    });
    return {
      hostile_requests: HOSTILE_REQUESTS.length,
      hostile_answered: answered,
      hostile_max_cpu_ms: round(dearest[0]?.ms ?? 0),
      random_operations: random.length,
      random_max_cpu_ms: round(Math.max(...drawn)),
      random_p50_cpu_ms: round(median(drawn)),
      bystander_alone_p99_ms: round(percentile(alone, 0.99)),
      bystander_p99_ms: round(percentile(flooded, 0.99)),
    };
  } finally {
    await pool.close();
    await child.stop();
    await standIns.stop();
  }
}

const sender =
  (pool: Pool, token: string) =>
  async (request: HostileRequest): Promise<Answer> => {
    const { method = 'POST', search = '', contentType = 'application/json', body } = request;
    const answer = await pool.request({
      method,
      path: `/graphql${search}`,
      headers: {
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${token}`,
        'lanyard-purpose': 'HR_ADMINISTRATION',
        ...(contentType === '' ? {} : { 'content-type': contentType }),
      },
      ...(method === 'GET' ? {} : { body }),
    });
    return { status: answer.statusCode, body: await answer.body.text() };
  };

/** Refused as a whole: no data, and one error. The status of a hash that is not known is 200, as its clients expect. */
function isRefusal({ body }: Answer): boolean {
  const { data, errors } = JSON.parse(body) as { data?: unknown; errors?: readonly unknown[] };
  return data == null && errors?.length === 1;
}

async function costOf(cpuMs: () => Promise<number>, work: () => Promise<Answer>) {
  const before = await cpuMs();
  const answer = await work();
  return { answer, ms: (await cpuMs()) - before };
}

/** How long a small question takes, over and over, in milliseconds, while the others do their work. */
async function bystander(
  send: (request: HostileRequest) => Promise<Answer>,
  others: (isOver: () => boolean) => Promise<void>,
): Promise<readonly number[]> {
  const end = performance.now() + FLOOD.milliseconds;
  const isOver = (): boolean => performance.now() > end;
  const busy = Array.from({ length: FLOOD.senders }, () => others(isOver));
  const taken: number[] = [];
  while (!isOver()) {
    const began = performance.now();
    const { status } = await send({ name: 'bystander', body: '{"query":"{ __typename }"}' });
    if (status !== 200) throw new Error(`the bystander was answered ${String(status)}`);
    taken.push(performance.now() - began);
  }
  await Promise.all(busy);
  return taken;
}

/** Operations that are valid for the committed graph. */
async function randomRequests(): Promise<readonly HostileRequest[]> {
  const committed = await readFile(
    new URL('../../schema/supergraph.graphql', import.meta.url),
    'utf8',
  );
  const { sdl } = readRequirements(committed);
  const schema = Supergraph.build(sdl, { validateSupergraph: false })
    .apiSchema()
    .toGraphQLJSSchema();
  const drawers = RANDOM.sizes.map((size) => randomOperations(schema, RANDOM.seed, size));
  return Array.from({ length: RANDOM.count }, (_, index) => {
    const query = drawers[index % drawers.length]?.();
    return { name: `random ${String(index)}`, body: JSON.stringify({ query }) };
  });
}

const round = (value: number): number => Math.round(value * 10) / 10;
