import { expect, it } from '@jest/globals';

import { memoryKeyValue } from '../../../../runtime/memory-key-value.ts';
import { CODE_SECONDS, codeInParts, MOST_TRIES } from '../../../../web/domain/short-code.ts';
import { keyValueCodes } from '../../../../web/redis/short-codes.ts';

let clock = new Date('2026-11-26T12:00:00Z');
const codes = keyValueCodes(memoryKeyValue(() => clock));
const meaning = { kind: 'holder', staffId: 'stf_1' } as const;

it('is understood however it is written, until it ends', async () => {
  const code = await codes.make(meaning);
  expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{6}$/);
  for (const typed of [code, codeInParts(code), ` ${code.toLowerCase()} `]) {
    expect(await codes.find(typed, 'somebody')).toEqual(meaning);
  }
  clock = new Date(clock.getTime() + (CODE_SECONDS + 1) * 1_000);
  expect(await codes.find(code, 'somebody')).toBeUndefined();
});

it.each(['', 'ABC', '1O0IL8', 'ABCDEFG', '<b>ABC'])('is not %p', async (typed) => {
  expect(await codes.find(typed, 'another')).toBeUndefined();
});

it('cannot be found by trying', async () => {
  const code = await codes.make(meaning);
  for (let tried = 0; tried < MOST_TRIES; tried += 1) await codes.find('222222', 'guesser');
  expect(await codes.find(code, 'guesser')).toBeUndefined();
  expect(await codes.find(code, 'its person')).toEqual(meaning);
});
