import { readFileSync } from 'node:fs';
import { deflateSync, inflateSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
  type BitsPerStatus,
  createStatusList,
  decodeStatusList,
  encodeStatusList,
  readStatus,
  STATUS,
  withStatus,
} from '../../../../standards/status-list/status-list.ts';
import { createStatusListCompressor } from '../../../../standards/status-list/status-list-compressor.ts';

interface Vector {
  readonly name: string;
  readonly bits: BitsPerStatus;
  readonly size: number;
  readonly statuses: Record<string, number>;
  readonly json: { readonly bits: BitsPerStatus; readonly lst: string };
}
const { vectors } = JSON.parse(
  readFileSync(new URL('../../../vectors/token-status-list-vectors.json', import.meta.url), 'utf8'),
) as { vectors: readonly Vector[] };

const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('status list', () => {
  it.each(vectors)('reads the example $name', ({ statuses, json, size }) => {
    const list = decodeStatusList(json);
    expect((list.bytes.length * 8) / list.bits).toBe(size);
    for (const [index, status] of Object.entries(statuses)) {
      expect(readStatus(list, Number(index))).toBe(status);
    }
  });

  it.each(vectors)(
    'writes the example $name, whole or in blocks',
    ({ statuses, json, bits, size }) => {
      const compressor = createStatusListCompressor({ bits, size });
      for (const [index, status] of Object.entries(statuses)) compressor.set(Number(index), status);
      const expected = decodeStatusList(json).bytes;
      const inBlocks = decodeStatusList({ bits, lst: compressor.lst() });
      expect(Buffer.compare(inBlocks.bytes, expected)).toBe(0);
      expect(decodeStatusList(encodeStatusList(inBlocks))).toEqual({ bits, bytes: expected });
    },
  );

  it('leaves the other credentials alone when one is suspended', () => {
    const before = createStatusList(2, 8);
    const after = withStatus(before, 5, STATUS.suspended);
    expect([4, 5, 6].map((index) => readStatus(after, index))).toEqual([0, STATUS.suspended, 0]);
    expect(before.bytes).toEqual(new Uint8Array(2));
  });

  it.each([-1, 0.5, 8, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    'has no place %p in a list of 8',
    (index) => {
      expect(() => readStatus(createStatusList(1, 8), index)).toThrow(
        code('status_index_out_of_range'),
      );
    },
  );

  it.each([-1, 4, 0.5, Number.NaN])('does not hold the value %p in 2 bits', (status) => {
    expect(() => withStatus(createStatusList(2, 8), 0, status)).toThrow(
      code('status_value_out_of_range'),
    );
  });

  it.each([
    ['a bomb', deflateSync(new Uint8Array(2 ** 24 + 1)).toString('base64url'), 1],
    [
      'data after the stream',
      Buffer.concat([deflateSync(new Uint8Array(9)), Buffer.from('x')]).toString('base64url'),
      1,
    ],
    ['half a stream', deflateSync(new Uint8Array(9)).subarray(0, 8).toString('base64url'), 1],
    ['nothing at all', deflateSync(new Uint8Array(0)).toString('base64url'), 1],
    ['no zlib data', 'AAAA', 1],
    ['padding', 'eNrbuRgAAhcBXQ==', 1],
    ['3 bits', 'eNrbuRgAAhcBXQ', 3],
    ['0 bits', 'eNrbuRgAAhcBXQ', 0],
  ])('refuses %s', (_name, lst, bits) => {
    expect(() => decodeStatusList({ bits: bits as BitsPerStatus, lst })).toThrow(
      code('status_list_malformed'),
    );
  });
});

describe('status list compressor', () => {
  it('always gives what the statuses say, through any changes', () => {
    const bits = fc.constantFrom<BitsPerStatus>(1, 2, 4, 8);
    const changes = fc.array(fc.tuple(fc.nat(199_999), fc.nat(255)), { maxLength: 40 });
    fc.assert(
      fc.property(bits, fc.integer({ min: 1, max: 200_000 }), changes, (width, size, list) => {
        const compressor = createStatusListCompressor({ bits: width, size });
        const model = createStatusList(width, size);
        let expected = model;
        for (const [place, value] of list) {
          const index = place % size;
          const status = value % 2 ** width;
          compressor.set(index, status);
          expected = withStatus(expected, index, status);
          expect(compressor.get(index)).toBe(status);
          if (value % 5 === 0) compressor.lst();
        }
        const bytes = inflateSync(Buffer.from(compressor.lst(), 'base64url'));
        expect(Buffer.compare(bytes, expected.bytes)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('compresses elsewhere while changes go on, and loses none of them', async () => {
    const size = 300_000;
    const compressor = createStatusListCompressor({ bits: 2, size });
    const model = new Map<number, number>();
    const change = (index: number, status: number): void => {
      compressor.set(index, status);
      model.set(index, status);
    };
    const wrong = (): unknown[] => {
      const list = decodeStatusList({ bits: 2, lst: compressor.lst() });
      return [...model].filter(([index, status]) => readStatus(list, index) !== status);
    };
    for (let index = 0; index < size; index += 997) change(index, 1);
    for (let round = 0; round < 5; round += 1) {
      const preparing = compressor.prepare();
      // The first block is on its way already, the others are not.
      for (let index = round; index < size; index += 9_973) change(index, (index + round) % 3);
      expect(round % 2 === 0 ? wrong() : []).toEqual([]);
      change(round, 2);
      await preparing;
      expect(wrong()).toEqual([]);
    }
    await compressor.prepare();
    const { bytes } = decodeStatusList({ bits: 2, lst: compressor.lst() });
    expect(compressor.lst()).toBe(createStatusListCompressor({ bits: 2, size, bytes }).lst());
  });

  it('starts from a list that was stored', () => {
    const stored = withStatus(createStatusList(2, 70_000), 69_999, 2);
    const compressor = createStatusListCompressor({ bits: 2, size: 70_000, bytes: stored.bytes });
    expect(compressor.get(69_999)).toBe(2);
    expect(decodeStatusList({ bits: 2, lst: compressor.lst() }).bytes).toEqual(
      Buffer.from(stored.bytes),
    );
  });

  it('gives the same text until something changes', () => {
    const compressor = createStatusListCompressor({ bits: 1, size: 100 });
    const first = compressor.lst();
    expect(compressor.lst()).toBe(first);
    compressor.set(1, 1);
    expect(compressor.lst()).not.toBe(first);
  });

  it('has a size', () => {
    for (const size of [0, -1, 0.5, 2 ** 30]) {
      expect(() => createStatusListCompressor({ bits: 2, size })).toThrow(
        code('status_list_malformed'),
      );
    }
  });
});
