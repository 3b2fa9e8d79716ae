import { describe, expect, it } from '@jest/globals';

import { type Deadline, questionDeadline } from '../../../../gateway/deadline.ts';
import { guardTransport } from '../../../../gateway/subgraphs/guard-transport.ts';
import {
  NotConnected,
  type SubgraphMessage,
  type SubgraphTransport,
} from '../../../../gateway/subgraphs/transport.ts';
import { createLog } from '../../../../runtime/log.ts';

const log = createLog({ name: 'test', level: 'silent' });
const good = { status: 200, body: '{}' };
const message = (
  repeatable = true,
  deadline: Pick<Deadline, 'signal' | 'remaining'> = questionDeadline(),
): SubgraphMessage => ({
  path: '/graphql',
  body: '{}',
  statement: 's',
  requestId: 'request-0001',
  repeatable,
  deadline,
});

/** A guarded subgraph that does what a test says, with a clock that a test moves. */
function guarded(answer: SubgraphTransport) {
  const subgraph = { answer, asked: 0, now: 0 };
  const send = guardTransport(
    (sent) => {
      subgraph.asked += 1;
      return subgraph.answer(sent);
    },
    { name: 'esr', log, clock: () => subgraph.now },
  );
  const ask = (sent = message()): Promise<unknown> =>
    send(sent).then(
      ({ status }) => status,
      (error: unknown) => (error as Error).name,
    );
  return { subgraph, ask };
}

const disconnected = () => Promise.reject(new NotConnected('gone'));

describe('a connection that failed', () => {
  it('is tried once more for a read', async () => {
    const { subgraph, ask } = guarded(disconnected);
    expect(await ask()).toBe('NotConnected');
    expect(subgraph.asked).toBe(2);
  });

  it('gives the second answer', async () => {
    const { subgraph, ask } = guarded(() =>
      subgraph.asked === 1 ? disconnected() : Promise.resolve(good),
    );
    expect(await ask()).toBe(200);
  });

  it('is not tried again for a change', async () => {
    const { subgraph, ask } = guarded(disconnected);
    expect(await ask(message(false))).toBe('NotConnected');
    expect(subgraph.asked).toBe(1);
  });

  it('is not tried again past the deadline', async () => {
    const { subgraph, ask } = guarded(() => {
      leaving.abort(new Error('over'));
      return disconnected();
    });
    const leaving = new AbortController();
    await ask(message(true, { signal: leaving.signal, remaining: () => 0 }));
    expect(subgraph.asked).toBe(1);
  });

  it('is tried again for one request in ten at most', async () => {
    const { subgraph, ask } = guarded(() =>
      subgraph.asked % 2 === 1 ? disconnected() : Promise.resolve(good),
    );
    for (let request = 0; request < 30; request += 1) await ask();
    // Ten saved up, and one for each ten requests.
    expect(subgraph.asked - 30).toBeLessThanOrEqual(13);
  });
});

describe('an answer that is not good', () => {
  it.each<[string, SubgraphTransport]>([
    ['an error', () => Promise.reject(new Error('UND_ERR_RES_EXCEEDED_MAX_SIZE'))],
    ['status 503', () => Promise.resolve({ status: 503, body: '' })],
  ])('is not asked for again: %s', async (_what, answer) => {
    const { subgraph, ask } = guarded(answer);
    await ask();
    expect(subgraph.asked).toBe(1);
  });
});

describe('a subgraph that goes on failing', () => {
  const failing = () => Promise.resolve({ status: 500, body: '' });
  const fail = async (ask: () => Promise<unknown>): Promise<void> => {
    for (let request = 0; request < 10; request += 1) await ask();
  };

  it('is left alone, then asked by one request at a time, then by all again', async () => {
    const { subgraph, ask } = guarded(failing);
    await fail(ask);
    expect(await ask()).toBe('NotAsked');
    expect(subgraph.asked).toBe(10);

    subgraph.now += 1_000;
    expect(await Promise.all([ask(), ask()])).toEqual([500, 'NotAsked']);
    expect(await ask()).toBe('NotAsked');

    subgraph.now += 1_000;
    subgraph.answer = () => Promise.resolve(good);
    expect(await ask()).toBe(200);
    expect(await Promise.all([ask(), ask()])).toEqual([200, 200]);
  });

  it('is left alone when it does not answer in time', async () => {
    const { subgraph, ask } = guarded(({ deadline: { signal } }) => {
      subgraph.now += 60_000;
      return Promise.reject(signal.reason as Error);
    });
    const late = () => {
      const time = new AbortController();
      subgraph.answer = () => {
        subgraph.now += 60_000;
        time.abort(new Error('late'));
        return Promise.reject(new Error('late'));
      };
      return ask(message(true, { signal: time.signal, remaining: () => 0 }));
    };
    await fail(late);
    expect(await ask()).toBe('NotAsked');
  });

  it('is asked on when others had left it no time', async () => {
    const { subgraph, ask } = guarded(failing);
    const hurried = () => {
      const time = new AbortController();
      subgraph.answer = () => {
        time.abort(new Error('late'));
        return Promise.reject(new Error('late'));
      };
      return ask(message(true, { signal: time.signal, remaining: () => 0 }));
    };
    await fail(hurried);
    subgraph.answer = () => Promise.resolve(good);
    expect(await ask()).toBe(200);
  });
});

describe('places at a subgraph', () => {
  it('are limited, and so are those who wait for one', async () => {
    const under: (() => void)[] = [];
    const { subgraph, ask } = guarded(
      () =>
        new Promise((resolve) => {
          under.push(() => {
            resolve(good);
          });
        }),
    );
    const outcomes: unknown[] = [];
    const asked = Array.from({ length: 251 }, async () => outcomes.push(await ask()));
    await new Promise((resolve) => setImmediate(resolve));
    expect([subgraph.asked, outcomes]).toEqual([50, ['NotAsked']]);
    while (outcomes.length < 251) {
      for (const end of under.splice(0)) end();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(asked);
    expect([subgraph.asked, outcomes.filter((outcome) => outcome === 200)]).toHaveLength(2);
    expect(subgraph.asked).toBe(250);
  });

  it('are not waited for past the deadline', async () => {
    const { subgraph, ask } = guarded(() => new Promise(() => undefined));
    for (let request = 0; request < 50; request += 1) void ask();
    const time = new AbortController();
    const waiting = ask(message(true, { signal: time.signal, remaining: () => 0 }));
    time.abort(new Error('over'));
    expect(await waiting).toBe('Error');
    expect(subgraph.asked).toBe(50);
  });
});
