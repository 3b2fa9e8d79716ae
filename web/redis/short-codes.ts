/** Short codes in the key-value store, by their hash: whoever reads the store cannot use them without trying all. */
import { hash } from 'node:crypto';

import { z } from 'zod';

import type { KeyValue } from '../../runtime/key-value.ts';
import {
  CODE_SECONDS,
  type CodeMeaning,
  MOST_TRIES,
  newCode,
  readCode,
  type ShortCodes,
} from '../domain/short-code.ts';

const meaning: z.ZodType<CodeMeaning> = z.union([
  z.object({ kind: z.literal('holder'), staffId: z.string() }),
  z.object({ kind: z.literal('request'), link: z.string() }),
]);

const placeOf = (code: string): string => `code:${hash('sha256', code, 'base64url')}`;

/** Creates the codes. */
export const keyValueCodes = (
  keyValue: Pick<KeyValue, 'add' | 'get' | 'increment'>,
): ShortCodes => ({
  make: async (stands) => {
    for (;;) {
      const code = newCode();
      // Never somebody else's.
      if (await keyValue.add(placeOf(code), JSON.stringify(stands), CODE_SECONDS)) return code;
    }
  },
  find: async (typed, by) => {
    const code = readCode(typed);
    if (code === undefined) return undefined;
    if ((await keyValue.increment(`tries:${by}`, CODE_SECONDS)) > MOST_TRIES) return undefined;
    const found = await keyValue.get(placeOf(code));
    return found === undefined ? undefined : meaning.parse(JSON.parse(found));
  },
});
