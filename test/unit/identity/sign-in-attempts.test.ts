import { describe, expect, it } from '@jest/globals';

import { signIn } from '../../../identity/domain/sign-in.ts';
import { attemptCounter } from '../../../identity/redis/attempt-counter.ts';
import { memoryKeyValue } from '../../../runtime/memory-key-value.ts';

const now = () => new Date('2026-11-22T12:03:00Z');

describe('guesses of a password', () => {
  it('are counted for the account, not for each of its addresses', async () => {
    const account = {
      dn: 'uid=a1000001',
      mail: 'a@nhs.example',
      displayName: 'A',
      employeeType: 'USER:ACTIVE',
    };
    let checked = 0;
    const guess = (mail: string, n: number) =>
      signIn(
        { mail, password: 'guess', address: `192.0.2.${String(n)}`, browser: () => undefined },
        {
          directory: {
            findByMail: () => Promise.resolve(account),
            verifyPassword: () => {
              checked += 1;
              return Promise.resolve(false);
            },
          },
          records: { findStaffId: () => Promise.resolve(undefined) },
          accounts: { put: () => Promise.reject(new Error('nobody signs in')) } as never,
          counter,
          attemptsKey: Buffer.alloc(32, 7),
          now,
        },
      );
    const counter = attemptCounter(memoryKeyValue(now), memoryKeyValue(now));
    for (let n = 0; n < 40; n += 1) await guess(`alias${String(n % 4)}@nhs.example`, n);
    expect(checked).toBe(20);
    expect((await guess('A@nhs.example', 99)).kind).toBe('too-many');
  });
});
