import { describe, expect, it } from '@jest/globals';

import { createCNonce, spendCNonce } from '../../../identity/domain/c-nonce.ts';
import type { ModelStore } from '../../../identity/domain/ports.ts';

const now = new Date('2026-11-22T12:00:00Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const key = Buffer.alloc(32, 1);

function spender(at = now, otherKey = key) {
  const used = new Set<string>();
  const models = {
    add: ({ id }: { id: string }) => {
      const fresh = !used.has(id);
      used.add(id);
      return Promise.resolve(fresh);
    },
  } as Pick<ModelStore, 'add'> as ModelStore;
  return (nonce: string) => spendCNonce(nonce, { key: otherKey, models, now: at });
}

describe('a c_nonce', () => {
  it('is another one each time', () => {
    const nonces = Array.from({ length: 1_000 }, () => createCNonce(key, now));
    expect(new Set(nonces).size).toBe(1_000);
  });

  it('is used once', async () => {
    const spend = spender();
    const nonce = createCNonce(key, now);
    expect([await spend(nonce), await spend(nonce)]).toEqual([true, false]);
  });

  it('ends after five minutes', async () => {
    const nonce = createCNonce(key, now);
    expect(await spender(later(299))(nonce)).toBe(true);
    expect(await spender(later(300))(nonce)).toBe(false);
  });

  it('of another server is refused', async () => {
    expect(await spender(now, Buffer.alloc(32, 2))(createCNonce(key, now))).toBe(false);
  });

  it.each([
    ['a longer life', (nonce: string) => nonce.replace(/\.\d+\./, '.9999999999.')],
    ['another start', (nonce: string) => `A${nonce}`],
    ['a tail', (nonce: string) => `${nonce}.x`],
    ['no seal', (nonce: string) => nonce.replace(/[^.]*$/, '')],
    ['nothing', () => ''],
  ])('with %s is refused', async (_what, change) => {
    expect(await spender()(change(createCNonce(key, now)))).toBe(false);
  });
});
