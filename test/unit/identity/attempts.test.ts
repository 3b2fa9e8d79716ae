import { describe, expect, it } from '@jest/globals';

import { countAttempt } from '../../../identity/domain/attempts.ts';
import { attemptCounter } from '../../../identity/redis/attempt-counter.ts';
import type { KeyValue } from '../../../runtime/key-value.ts';
import { KeyValueUnavailable } from '../../../runtime/key-value.ts';
import { memoryKeyValue } from '../../../runtime/memory-key-value.ts';

const now = new Date('2026-11-22T12:03:00Z');
const clock = () => now;
const key = Buffer.alloc(32, 7);
const away = (): KeyValue => {
  const fail = () => Promise.reject(new KeyValueUnavailable('away'));
  return { ...memoryKeyValue(clock), increment: fail, delete: fail };
};

describe.each([
  ['with the shared store', () => memoryKeyValue(clock)],
  ['while the shared store is away', away],
])('attempts %s', (_what, shared) => {
  const attempts = () => {
    const counter = attemptCounter(shared(), memoryKeyValue(clock));
    return (mail: string, address: string) =>
      countAttempt({ mail, address }, { counter, key, now });
  };

  it('are limited to 5 for one account from one address', async () => {
    const attempt = attempts();
    for (let n = 0; n < 5; n += 1) {
      expect((await attempt('a@nhs.example', '192.0.2.1')).kind).toBe('go-on');
    }
    expect(await attempt(' A@NHS.example ', '192.0.2.1')).toEqual({
      kind: 'too-many',
      minutes: 12,
    });
    expect((await attempt('a@nhs.example', '192.0.2.2')).kind).toBe('go-on');
    expect((await attempt('b@nhs.example', '192.0.2.1')).kind).toBe('go-on');
  });

  it('are limited to 20 for one account from any address', async () => {
    const attempt = attempts();
    for (let n = 0; n < 20; n += 1) await attempt('a@nhs.example', `192.0.2.${String(n)}`);
    expect((await attempt('a@nhs.example', '192.0.2.99')).kind).toBe('too-many');
  });

  it('are limited to 300 from one address', async () => {
    const attempt = attempts();
    for (let n = 0; n < 300; n += 1) await attempt(`${String(n)}@nhs.example`, '192.0.2.1');
    expect((await attempt('a@nhs.example', '192.0.2.1')).kind).toBe('too-many');
  });

  it('are limited to 10 in a browser that the person has used before, whatever happens elsewhere', async () => {
    const counter = attemptCounter(shared(), memoryKeyValue(clock));
    const attempt = (browser: string | undefined, address: string) =>
      countAttempt({ mail: 'a@nhs.example', address, browser }, { counter, key, now });
    for (let n = 0; n < 30; n += 1) await attempt(undefined, `192.0.2.${String(n)}`);
    expect((await attempt(undefined, '198.51.100.1')).kind).toBe('too-many');
    for (let n = 0; n < 10; n += 1) {
      expect((await attempt('ward-3', '198.51.100.1')).kind).toBe('go-on');
    }
    expect((await attempt('ward-3', '198.51.100.1')).kind).toBe('too-many');
    expect((await attempt('home', '198.51.100.1')).kind).toBe('go-on');
  });

  it('start again once the password was right', async () => {
    const attempt = attempts();
    for (let n = 0; n < 12; n += 1) {
      const verdict = await attempt('a@nhs.example', '192.0.2.1');
      expect(verdict.kind).toBe('go-on');
      if (verdict.kind === 'go-on' && n % 4 === 3) await verdict.succeeded();
    }
  });
});

describe('two replicas', () => {
  it('count together', async () => {
    const shared = memoryKeyValue(clock);
    const replicas = [1, 2].map(() => attemptCounter(shared, memoryKeyValue(clock)));
    const verdicts: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const counter = replicas[n % 2];
      if (counter === undefined) throw new Error('no replica');
      const attempt = { mail: 'a@nhs.example', address: '192.0.2.1' };
      verdicts.push((await countAttempt(attempt, { counter, key, now })).kind);
    }
    expect(verdicts).toEqual(['go-on', 'go-on', 'go-on', 'go-on', 'go-on', 'too-many']);
  });
});
