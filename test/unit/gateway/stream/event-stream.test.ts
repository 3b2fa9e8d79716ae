import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';

import { describe, expect, it } from '@jest/globals';

import { startEventStream, type StreamAnswer } from '../../../../gateway/stream/event-stream.ts';

const start = (answers: readonly (StreamAnswer | Error)[], fault: () => string | undefined) => {
  const response = new PassThrough({ highWaterMark: 200 });
  const left = [...answers];
  let ended = 0;
  const stream = startEventStream(
    response as unknown as ServerResponse,
    { body: 'first', isLast: false },
    {
      answer: () => {
        const next = left.shift();
        return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
      },
      fault,
      ended: () => {
        ended += 1;
      },
      failed: () => 'failed',
    },
  );
  const read = (): string => String(response.read() ?? '');
  return { response, stream, read, left, endings: () => ended };
};
const goOn = () => new Promise((resolve) => void setImmediate(resolve));
const answer = (body: string) => ({ body, isLast: false });

describe('a stream of events', () => {
  it('answers changes together that come while the client does not read', async () => {
    const { stream, read, left } = start(
      [answer('x'.repeat(300)), answer('latest'), answer('too many')],
      () => undefined,
    );
    stream.told();
    await goOn();
    for (let change = 0; change < 50; change += 1) stream.told();
    await goOn();
    expect(left).toHaveLength(2);
    expect(read()).toMatch(/^retry: \d+\n\nevent: next\ndata: first\n\nevent: next\ndata: x+\n\n$/);
    await goOn();
    await goOn();
    expect(read()).toBe('event: next\ndata: latest\n\n');
    expect(left).toHaveLength(1);
    stream.end();
  });

  it('ends with a reason once the caller may see no more, before anything is asked', async () => {
    const standing: { fault?: string } = {};
    const { stream, read, left, endings, response } = start(
      [answer('secret')],
      () => standing.fault,
    );
    read();
    standing.fault = 'over';
    stream.told();
    await goOn();
    expect(read()).toBe('event: next\ndata: over\n\nevent: complete\ndata: \n\n');
    expect(left).toHaveLength(1);
    expect(endings()).toBe(1);
    expect(response.writableEnded).toBe(true);
    stream.told();
    await goOn();
    expect(read()).toBe('');
  });

  it('ends when an answer fails, or nothing can follow', async () => {
    const failing = start([new Error('no')], () => undefined);
    failing.read();
    failing.stream.told();
    await goOn();
    expect(failing.read()).toBe('event: next\ndata: failed\n\nevent: complete\ndata: \n\n');
    const ending = start([{ body: 'gone', isLast: true }], () => undefined);
    ending.read();
    ending.stream.told();
    await goOn();
    expect(ending.read()).toBe('event: next\ndata: gone\n\nevent: complete\ndata: \n\n');
  });

  it('leaves nothing behind when the client goes', async () => {
    const { stream, response, endings } = start([answer('late')], () => undefined);
    response.destroy();
    await goOn();
    stream.told();
    await goOn();
    expect(endings()).toBe(1);
  });
});
