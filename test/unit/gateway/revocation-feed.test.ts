import { afterEach, expect, it, jest } from '@jest/globals';

import { followRevocations, type Revocations } from '../../../gateway/identity/revocations.ts';
import { createLog } from '../../../runtime/log.ts';
import type { AccessTokenClaims } from '../../../standards/access-token.ts';

const log = createLog({ name: 'test', level: 'silent' });
const token: AccessTokenClaims = {
  subject: 'hr-rz1',
  clientId: 'hr-rz1',
  kind: 'machine',
  scopes: new Set(),
  tokenId: 'token-1',
  issuedAt: new Date(1_000_000),
  expiresAt: new Date(1_300_000),
};
let revocations: Revocations | undefined;
afterEach(() => {
  revocations?.stop();
  jest.useRealTimers();
});

it('says nothing of a token before identity has been heard', () => {
  revocations = followRevocations(() => Promise.reject(new Error('away')), log);
  expect(revocations.check(token)).toBe('unknown');
});

it('relies on what it heard for a minute, and no longer', async () => {
  jest.useFakeTimers();
  let away = false;
  revocations = followRevocations(
    () =>
      away ? Promise.reject(new Error('away')) : Promise.resolve('{"version":"v","entries":[]}'),
    log,
  );
  await jest.advanceTimersByTimeAsync(3_000);
  away = true;
  await jest.advanceTimersByTimeAsync(57_000);
  expect(revocations.check(token)).toBe('in-force');
  await jest.advanceTimersByTimeAsync(4_000);
  expect(revocations.check(token)).toBe('unknown');
  await expect(revocations.ready()).rejects.toThrow('away');
  away = false;
  await jest.advanceTimersByTimeAsync(1_500);
  expect(revocations.check(token)).toBe('in-force');
});
