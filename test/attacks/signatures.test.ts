/** Forged algorithms and signatures, at every door that takes a token (RFC 8725, sections 2.1 and 3.1). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startClientAssertionDoor } from './client-assertion-door.ts';
import { type Door, doors, signFor } from './doors.ts';
import { FORGERIES, twinSignature } from './forged-signatures.ts';

// A process is started first, which takes its time on a busy machine.
function expectForgeriesRefused(name: string, open: () => Door): void {
  describe(`a ${name}`, () => {
    it('opens its door', async () => {
      expect(await open().refusal(await signFor(open()))).toBeUndefined();
    });

    it.each(FORGERIES)('is refused with %s', async (_forgery, fault, forge) => {
      const door = open();
      expect(await door.refusal(await forge(door))).toBe(door.reasons[fault]);
    });

    it('holds under the other signature of the same key, as RFC 7518 has it', async () => {
      const door = open();
      expect(await door.refusal(twinSignature(await signFor(door)))).toBeUndefined();
    });
  });
}

for (const door of doors) expectForgeriesRefused(door.name, () => door);

describe('at the token endpoint', () => {
  let started: Awaited<ReturnType<typeof startClientAssertionDoor>>;
  beforeAll(async () => {
    started = await startClientAssertionDoor();
  });
  afterAll(() => started.stop());
  expectForgeriesRefused('client assertion', () => started.door);
});
