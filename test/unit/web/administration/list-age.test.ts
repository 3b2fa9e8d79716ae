import { expect, it } from '@jest/globals';

import { listAge } from '../../../../web/domain/administration/list-age.ts';

const signedAt = '2026-11-22T10:00:00Z';

it.each([
  ['signed now', '2026-11-22T11:00:00Z', '2026-11-22T10:00:00Z', [0, 0, false]],
  ['half way', '2026-11-22T11:00:00Z', '2026-11-22T10:30:00Z', [1_800, 50, false]],
  ['at its end', '2026-11-22T11:00:00Z', '2026-11-22T11:00:00Z', [3_600, 100, true]],
  ['long past', '2026-11-22T11:00:00Z', '2026-11-23T10:00:00Z', [86_400, 100, true]],
  ['signed by a clock ahead', '2026-11-22T11:00:00Z', '2026-11-22T09:59:00Z', [0, 0, false]],
  ['that never counted', '2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z', [0, 100, true]],
])('tells how old a list is: %s', (_what, expiresAt, now, [seconds, percent, isOld]) => {
  expect(listAge({ signedAt, expiresAt }, new Date(now))).toEqual({ seconds, percent, isOld });
});
