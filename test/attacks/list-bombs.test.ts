/** Status lists that are too large, broken, or not what they say (Token Status List, sections 4.1 and 8.3). */
import { constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { encodeBase64url } from '../../standards/base64url.ts';
import { signCompactJws } from '../../standards/compact-jws.ts';
import { verifyPresentation } from '../../standards/sd-jwt-vc/verify-presentation.ts';
import {
  type BitsPerStatus,
  createStatusList,
  decodeStatusList,
  encodeStatusList,
  MAX_STATUS_LIST_BYTES,
  readStatus,
  withStatus,
} from '../../standards/status-list/status-list.ts';
import { verifyStatusListToken } from '../../standards/status-list/status-list-token.ts';
import { testKey } from '../unit/standards/keys.ts';
import { forge, now, rules, seconds } from '../unit/standards/sd-jwt-vc/forge.ts';

const key = testKey('status-1');
const uri = 'https://status.example/1';
const MEBIBYTE = 2 ** 20;

const codeOf = async (tried: () => unknown): Promise<string | undefined> => {
  try {
    await tried();
    return undefined;
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
};

/** A token as any status issuer could sign it. */
const token = (list: unknown): Promise<string> =>
  signCompactJws(
    {
      header: { typ: 'statuslist+jwt' },
      payload: { sub: uri, iat: seconds, exp: seconds + 900, status_list: list },
    },
    key.signer,
  );
const read = async (list: unknown) =>
  verifyStatusListToken(await token(list), { uri, key: key.publicKey, now });

/** Zeros, compressed as well as they can be: about a thousand to one. Each block is deflated once and repeated. */
function bomb(mebibytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(MEBIBYTE), {
    level: 9,
    finishFlush: constants.Z_FULL_FLUSH,
  });
  const blocks = Array.from({ length: mebibytes }, () => block);
  return Buffer.concat([Buffer.from([0x78, 0xda]), ...blocks, Buffer.from([3, 0, 0, 0, 0, 1])]);
}

describe('a bomb', () => {
  let gibibyte: Buffer;
  beforeAll(() => {
    gibibyte = bomb(1024);
  });

  it('of 1 GiB in 1 MiB is put down before it takes memory', async () => {
    expect(gibibyte.length).toBeLessThan(1.2 * MEBIBYTE);
    const signed = await token({ bits: 2, lst: encodeBase64url(gibibyte) });
    const memory = process.memoryUsage();
    const rules = { uri, key: key.publicKey, now };
    for (let time = 0; time < 5; time += 1) {
      expect(await codeOf(() => verifyStatusListToken(signed, rules))).toBe(
        'status_list_malformed',
      );
    }
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    // Five refusals together. Inflating it once would take a gigabyte.
    expect(arrayBuffers - memory.arrayBuffers).toBeLessThan(200 * MEBIBYTE);
    expect(heapUsed - memory.heapUsed).toBeLessThan(200 * MEBIBYTE);
  });

  it.each([17, 32, 64])('of %p MiB is put down as well', async (mebibytes) => {
    const lst = encodeBase64url(bomb(mebibytes));
    expect(await codeOf(() => decodeStatusList({ bits: 2, lst }))).toBe('status_list_malformed');
  });

  it('inside a bomb is put down', () => {
    const lst = encodeBase64url(deflateSync(gibibyte, { level: 9 }));
    const inner = decodeStatusList({ bits: 8, lst });
    // The outer one is a list like any other; nothing inflates twice.
    expect(inner.bytes.length).toBe(gibibyte.length);
  });

  it('in a token longer than any list is not even inflated', async () => {
    const lst = 'A'.repeat(33 * MEBIBYTE);
    expect(await codeOf(() => read({ bits: 2, lst }))).toBe('status_list_token_invalid');
  });

  it('is none of the largest list that is allowed', () => {
    const lst = encodeBase64url(bomb(MAX_STATUS_LIST_BYTES / MEBIBYTE).subarray(0, -4));
    expect(() => decodeStatusList({ bits: 1, lst })).toThrow();
    const largest = deflateSync(Buffer.alloc(MAX_STATUS_LIST_BYTES), { level: 1 });
    const list = decodeStatusList({ bits: 1, lst: encodeBase64url(largest) });
    expect(list.bytes.length).toBe(MAX_STATUS_LIST_BYTES);
  });
});

const good = encodeStatusList(withStatus(createStatusList(2, 64), 9, 1));
const zlib = Buffer.from(good.lst, 'base64url');

describe('bits', () => {
  it.each([0, 3, 5, 6, 7, 9, 16, 32, -1, -2, 1.5, 2 ** 31, '2', '1', null, true, [2], {}])(
    'is refused as %j',
    async (bits) => {
      expect(await codeOf(() => read({ ...good, bits }))).toBe('status_list_token_invalid');
      expect(await codeOf(() => decodeStatusList({ ...good, bits: bits as 2 }))).toBe(
        'status_list_malformed',
      );
    },
  );

  it('is refused when it is missing', async () => {
    expect(await codeOf(() => read({ lst: good.lst }))).toBe('status_list_token_invalid');
  });
});

describe('lst', () => {
  it.each<[string, unknown]>([
    ['empty', ''],
    ['one byte', encodeBase64url(zlib.subarray(0, 1))],
    ['only a zlib header', encodeBase64url(zlib.subarray(0, 2))],
    ['without its checksum', encodeBase64url(zlib.subarray(0, -4))],
    ['without the end of its checksum', encodeBase64url(zlib.subarray(0, -1))],
    ['cut in the middle', encodeBase64url(zlib.subarray(0, zlib.length / 2))],
    [
      'with a wrong checksum',
      encodeBase64url(Buffer.concat([zlib.subarray(0, -1), Buffer.from([(zlib.at(-1) ?? 0) ^ 1])])),
    ],
    ['with a byte after it', encodeBase64url(Buffer.concat([zlib, Buffer.from([0])]))],
    ['twice', encodeBase64url(Buffer.concat([zlib, zlib]))],
    ['with another list after it', encodeBase64url(Buffer.concat([zlib, deflateSync('x')]))],
    ['of no statuses', encodeBase64url(deflateSync(Buffer.alloc(0)))],
    ['gzip', encodeBase64url(gzipSync(Buffer.alloc(16)))],
    ['raw deflate', encodeBase64url(deflateRawSync(Buffer.alloc(16)))],
    [
      'with a preset dictionary',
      encodeBase64url(deflateSync('abc', { dictionary: Buffer.from('abc') })),
    ],
    ['not compressed', encodeBase64url(Buffer.alloc(16))],
    ['with padding', `${good.lst}=`],
    ['with white space', `${good.lst}\n`],
    ['in base64', zlib.toString('base64')],
    ['in hexadecimal', zlib.toString('hex')],
  ])('is refused %s', async (_name, lst) => {
    expect(await codeOf(() => read({ bits: 2, lst }))).toBe('status_list_malformed');
  });

  it.each([null, 1, true, [good.lst], {}, undefined])('is refused as %j', async (lst) => {
    expect(await codeOf(() => read({ bits: 2, lst }))).toBe('status_list_token_invalid');
  });
});

describe('an index', () => {
  it.each<[BitsPerStatus, number]>([
    [1, 128],
    [2, 64],
    [4, 32],
    [8, 16],
  ])('of %p bits each goes up to the last of 16 bytes', (bits, count) => {
    const list = { bits, bytes: new Uint8Array(16) };
    expect(readStatus(list, count - 1)).toBe(0);
    for (const index of [
      count,
      count + 1,
      2 ** 31,
      2 ** 32,
      2 ** 53,
      -1,
      -0.5,
      0.5,
      NaN,
      Infinity,
    ]) {
      expect(() => readStatus(list, index)).toThrow(
        expect.objectContaining({ code: 'status_index_out_of_range' }),
      );
    }
  });

  it('outside the list makes the credential invalid, never valid', async () => {
    const list = createStatusList(2, 64);
    for (const [idx, outcome] of [
      [63, 'valid'],
      [64, 'invalid'],
      [2 ** 31, 'invalid'],
      [2 ** 53 - 1, 'invalid'],
    ] as const) {
      const text = await forge({ payload: { status: { status_list: { uri, idx } } } });
      const verdict = await verifyPresentation(text, {
        ...rules,
        readStatus: ({ index }) => {
          try {
            return Promise.resolve({ kind: 'status', status: readStatus(list, index), asOf: now });
          } catch {
            return Promise.resolve({ kind: 'cannot-check', reason: 'index_out_of_range' });
          }
        },
      });
      expect([idx, verdict.outcome]).toEqual([idx, outcome]);
    }
  });

  it.each([2 ** 53, 1e300, -1, 0.5, '7', null, [7], true])(
    'in a credential is refused as %j',
    async (idx) => {
      const text = await forge({ payload: { status: { status_list: { uri, idx } } } });
      const { outcome, checks } = await verifyPresentation(text, rules);
      const failed = checks.find((one) => one.outcome === 'failed');
      expect([outcome, failed?.name, failed?.code]).toEqual([
        'invalid',
        'status_form',
        'status_malformed',
      ]);
    },
  );
});
