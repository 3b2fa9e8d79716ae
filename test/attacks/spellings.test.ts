/** One token, one spelling: of 64 ways to write down the same bytes a door takes one (RFC 7515, section 2; RFC 4648, section 3.5). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startClientAssertionDoor } from './client-assertion-door.ts';
import { type Door, doors, signFor } from './doors.ts';

// A process is started first, which takes its time on a busy machine.
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The same bytes with the last character's spare bits set. */
function withSpareBits(part: string, bits: number): string {
  const last = ALPHABET.indexOf(part.at(-1) ?? '');
  return part.slice(0, -1) + (ALPHABET[last ^ bits] ?? '');
}

type Respell = (header: string, payload: string, signature: string) => string;

const join = (...parts: readonly string[]): string => parts.join('.');
const everywhere = (insert: string): readonly Respell[] => [
  (h, p, s) => join(insert + h, p, s),
  (h, p, s) => join(h + insert, p, s),
  (h, p, s) => join(h, insert + p, s),
  (h, p, s) => join(h, p + insert, s),
  (h, p, s) => join(h, p, insert + s),
  (h, p, s) => join(h, p, s + insert),
  (h, p, s) => join(h, p, s.slice(0, 40) + insert + s.slice(40)),
];

/** All ways to write it; the first is the right one. */
const RESPELLINGS: readonly Respell[] = [
  join,
  ...everywhere(' '),
  ...everywhere('\n'),
  ...everywhere('='),
  ...everywhere('\u0000'),
  ...everywhere('\uFEFF'),
  (h, p, s) => `${join(h, p, s)}\r\n`,
  (h, p, s) => `${join(h, p, s)}\t`,
  (h, p, s) => `${join(h, p, s)}\u00A0`,
  (h, p, s) => `${join(h, p, s)}\u200B`,
  (h, p, s) => `${join(h, p, s)}==`,
  (h, p, s) => `${join(h, p, s)}===`,
  (h, p, s) => join(h, p, `${s}==`.replaceAll('-', '+').replaceAll('_', '/')),
  (h, p, s) => join(h, p, s.replace(/[A-Za-z0-9]/, '-+')),
  (h, p, s) => join(h, p, s.replace(/^(.{10})/, '$1+/')),
  (h, p, s) => join(h, p, withSpareBits(s, 1)),
  (h, p, s) => join(h, p, withSpareBits(s, 2)),
  (h, p, s) => join(h, p, withSpareBits(s, 4)),
  (h, p, s) => join(h, p, withSpareBits(s, 8)),
  (h, p, s) => join(h, p, withSpareBits(s, 15)),
  (h, p, s) => join(h, p, `${s}A`),
  (h, p, s) => join(h, p, `${s}AA`),
  (h, p, s) => join(h, p, `${s}AAAA`),
  (h, p, s) => join(h, p, s, ''),
  (h, p, s) => join(h, p, s, 'e30'),
  (h, p, s) => join('', h, p, s),
  (h, p, s) => join(h, p, '', s),
  (h, p, s) => `${join(h, p, s)},${join(h, p, s)}`,
  (h, p, s) => `"${join(h, p, s)}"`,
  (h, p, s) => `Bearer ${join(h, p, s)}`,
  (h, p, s) => `${h}%2E${p}%2E${s}`,
  (h, p, s) => join(h, p, `%${s.charCodeAt(0).toString(16)}${s.slice(1)}`),
  (h, p, s) => JSON.stringify({ protected: h, payload: p, signature: s }),
  (h, p, s) => join(h, p, s).replaceAll('.', '\uFF0E'),
];

function expectOneSpelling(name: string, open: () => Door): void {
  it(`a ${name} is taken in one of ${String(RESPELLINGS.length)} spellings`, async () => {
    const door = open();
    const accepted: number[] = [];
    for (const [at, respell] of RESPELLINGS.entries()) {
      const [header = '', payload = '', signature = ''] = (await signFor(door)).split('.');
      const token = respell(header, payload, signature);
      // A spelling that changes nothing would prove nothing.
      expect(token === join(header, payload, signature)).toBe(at === 0);
      if ((await door.refusal(token)) === undefined) accepted.push(at);
    }
    expect(accepted).toEqual([0]);
  });
}

it('there are at least 64 spellings', () => {
  expect(RESPELLINGS.length).toBeGreaterThanOrEqual(64);
});

describe('every door', () => {
  // A credential and its key binding travel with a tilde after or before them.
  for (const door of doors) expectOneSpelling(door.name, () => door);
});

describe('at the token endpoint', () => {
  let started: Awaited<ReturnType<typeof startClientAssertionDoor>>;
  beforeAll(async () => {
    started = await startClientAssertionDoor();
  });
  afterAll(() => started.stop());
  expectOneSpelling('client assertion', () => started.door);
});
