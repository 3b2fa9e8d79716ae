/** Every way to come by a signature without the key, or by one of another kind (RFC 8725, section 2). */
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

import { encodeBase64url } from '../../standards/base64url.ts';
import { type TestKey, testKey } from '../unit/standards/keys.ts';
import { type Door, type Fault, key, type Members, signFor } from './doors.ts';

/** The order of the curve P-256 (SEC 2, section 2.4.2). */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

/** A forger's recipe: makes a token for a door and says what is wrong with it. */
export type Forgery = readonly [name: string, fault: Fault, forge: (door: Door) => Promise<string>];

const stranger = testKey('key-1');
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey;
const k256 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

const encode = (value: unknown): string => encodeBase64url(JSON.stringify(value));
const ieee = (hash: string | null, privateKey: KeyObject) => (data: Buffer) =>
  sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });

/** A token with a header of the forger's choice, signed in the forger's way. */
const written =
  (header: (good: Members) => unknown, signer: (data: Buffer) => Uint8Array) =>
  (door: Door): Promise<string> => {
    const head = header({ ...door.header, alg: 'ES256' });
    const input = `${typeof head === 'string' ? encodeBase64url(head) : encode(head)}.${encode(door.claims())}`;
    return Promise.resolve(`${input}.${encodeBase64url(signer(Buffer.from(input)))}`);
  };
const withAlg = (
  alg: unknown,
  signer: (data: Buffer) => Uint8Array = ieee('sha256', key.privateKey),
) => written((good) => ({ ...good, alg }), signer);
const nothing = (): Uint8Array => new Uint8Array(0);
const hmac = (hash: string, secret: string | Buffer) => (data: Buffer) =>
  createHmac(hash, secret).update(data).digest();

/** A good token whose signature is changed afterwards. */
const resigned = (change: (good: Buffer) => Uint8Array) => async (door: Door) => {
  const [header = '', payload = '', signature = ''] = (await signFor(door)).split('.');
  return `${header}.${payload}.${encodeBase64url(change(Buffer.from(signature, 'base64url')))}`;
};
const number = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const pair = (r: bigint, s: bigint) => resigned(() => Buffer.concat([number(r), number(s)]));
const half = (which: 'r' | 's', value: bigint) =>
  resigned((good) =>
    which === 'r'
      ? Buffer.concat([number(value), good.subarray(32)])
      : Buffer.concat([good.subarray(0, 32), number(value)]),
  );

const { publicKey } = key;
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const der = publicKey.export({ type: 'spki', format: 'der' });
const point = Buffer.concat([
  Buffer.from([4]),
  Buffer.from(key.jwk.x, 'base64url'),
  Buffer.from(key.jwk.y, 'base64url'),
]);

/** All recipes. */
export const FORGERIES: readonly Forgery[] = [
  ['alg none without a signature', 'alg none', withAlg('none', nothing)],
  ['alg none beside a good signature', 'alg none', withAlg('none')],
  ['alg None', 'alg', withAlg('None', nothing)],
  ['alg NONE', 'alg', withAlg('NONE', nothing)],
  ['alg nOnE', 'alg', withAlg('nOnE', nothing)],
  ['alg none with a space', 'alg', withAlg('none ', nothing)],
  ['alg null in text', 'alg', withAlg('null', nothing)],
  ['alg es256', 'alg', withAlg('es256')],
  ['alg ES256 with a space', 'alg', withAlg('ES256 ')],
  ['alg ES256 with a zero', 'alg', withAlg('ES256\u0000')],
  ['alg in look-alike letters', 'alg', withAlg('\u0415S256')],
  ['HS256 with the public key in PEM', 'alg', withAlg('HS256', hmac('sha256', pem))],
  ['HS256 with that PEM and no line end', 'alg', withAlg('HS256', hmac('sha256', pem.trim()))],
  ['HS256 with the public key in DER', 'alg', withAlg('HS256', hmac('sha256', der))],
  ['HS256 with the public point', 'alg', withAlg('HS256', hmac('sha256', point))],
  ['HS256 with the public JWK', 'alg', withAlg('HS256', hmac('sha256', JSON.stringify(key.jwk)))],
  ['HS256 with the kid', 'alg', withAlg('HS256', hmac('sha256', key.signer.kid))],
  ['HS256 with an empty secret', 'alg', withAlg('HS256', hmac('sha256', ''))],
  ['HS384 with the public key', 'alg', withAlg('HS384', hmac('sha384', pem))],
  ['HS512 with the public key', 'alg', withAlg('HS512', hmac('sha512', pem))],
  ['ES384 by a key of that kind', 'alg', withAlg('ES384', ieee('sha384', p384))],
  ['ES384 by our own key', 'alg', withAlg('ES384', ieee('sha384', key.privateKey))],
  ['ES512 by a key of that kind', 'alg', withAlg('ES512', ieee('sha512', p521))],
  ['ES256K by a key of that kind', 'alg', withAlg('ES256K', ieee('sha256', k256))],
  ['EdDSA', 'alg', withAlg('EdDSA', (data) => sign(null, data, ed25519))],
  ['Ed25519', 'alg', withAlg('Ed25519', (data) => sign(null, data, ed25519))],
  ['RS256', 'alg', withAlg('RS256', (data) => sign('sha256', data, rsa))],
  ['PS256', 'alg', withAlg('PS256', (data) => sign('sha256', data, { key: rsa, padding: 6 }))],
  ['dir, as if it were encrypted', 'alg', withAlg('dir')],
  [
    'no alg',
    'alg missing',
    written(({ alg: _alg, ...rest }) => rest, ieee('sha256', key.privateKey)),
  ],
  ['alg as a list', 'alg not text', withAlg(['ES256'])],
  ['alg as an object', 'alg not text', withAlg({ toString: 'ES256' })],
  ['alg null', 'alg not text', withAlg(null)],
  ['alg 256', 'alg not text', withAlg(256)],
  ['alg true', 'alg not text', withAlg(true)],
  [
    'alg twice, the good one last',
    'repeated member',
    written(
      (good) => JSON.stringify(good).replace('{', '{"alg":"none",'),
      ieee('sha256', key.privateKey),
    ),
  ],
  [
    'alg twice, one of them escaped',
    'repeated member',
    written(
      (good) => JSON.stringify(good).replace('{', '{"\\u0061lg":"none",'),
      ieee('sha256', key.privateKey),
    ),
  ],
  ['r and s zero', 'signature', pair(0n, 0n)],
  ['r zero', 'signature', half('r', 0n)],
  ['s zero', 'signature', half('s', 0n)],
  ['r and s one', 'signature', pair(1n, 1n)],
  ['r and s the order', 'signature', pair(ORDER, ORDER)],
  ['r the order', 'signature', half('r', ORDER)],
  ['s the order', 'signature', half('s', ORDER)],
  ['r past the order', 'signature', half('r', ORDER + 1n)],
  ['s past the order', 'signature', half('s', ORDER + 1n)],
  ['r as large as can be', 'signature', half('r', 2n ** 256n - 1n)],
  ['s as large as can be', 'signature', half('s', 2n ** 256n - 1n)],
  [
    'r and s exchanged',
    'signature',
    resigned((b) => Buffer.concat([b.subarray(32), b.subarray(0, 32)])),
  ],
  ['every byte in reverse', 'signature', resigned((good) => good.toReversed())],
  [
    'one bit turned',
    'signature',
    resigned((b) => Buffer.concat([b.subarray(0, 63), Buffer.from([(b.at(-1) ?? 0) ^ 1])])),
  ],
  ['no signature', 'signature', resigned(nothing)],
  ['63 bytes', 'signature', resigned((good) => good.subarray(0, 63))],
  ['the last 63 bytes', 'signature', resigned((good) => good.subarray(1))],
  ['r alone', 'signature', resigned((good) => good.subarray(0, 32))],
  ['a zero after it', 'signature', resigned((good) => Buffer.concat([good, Buffer.alloc(1)]))],
  ['a zero before it', 'signature', resigned((good) => Buffer.concat([Buffer.alloc(1), good]))],
  [
    'a zero before r and before s',
    'signature',
    resigned((b) =>
      Buffer.concat([Buffer.alloc(1), b.subarray(0, 32), Buffer.alloc(1), b.subarray(32)]),
    ),
  ],
  ['itself twice', 'signature', resigned((good) => Buffer.concat([good, good]))],
  ['its text as bytes', 'signature', resigned((b) => Buffer.from(b.toString('base64url')))],
  [
    'the same key’s signature in DER',
    'signature',
    withAlg('ES256', (data) => sign('sha256', data, key.privateKey)),
  ],
  ['SHA-384 by the same key', 'signature', withAlg('ES256', ieee('sha384', key.privateKey))],
  ['SHA-1 by the same key', 'signature', withAlg('ES256', ieee('sha1', key.privateKey))],
  [
    'a signature of the header alone',
    'signature',
    withAlg('ES256', (data) => ieee('sha256', key.privateKey)(data.subarray(0, data.indexOf(46)))),
  ],
  [
    'a signature of the claims alone',
    'signature',
    withAlg('ES256', (data) => ieee('sha256', key.privateKey)(data.subarray(data.indexOf(46) + 1))),
  ],
  [
    'a signature of both without the dot',
    'signature',
    withAlg('ES256', (data) =>
      ieee('sha256', key.privateKey)(Buffer.from(data.toString().replace('.', ''))),
    ),
  ],
  ['another key of the same name', 'signature', withAlg('ES256', signedBy(stranger))],
  [
    'ES256 in name, Ed25519 in fact',
    'signature',
    withAlg('ES256', (data) => sign(null, data, ed25519)),
  ],
  ['ES256 in name, secp256k1 in fact', 'signature', withAlg('ES256', ieee('sha256', k256))],
  ['ES256 in name, HMAC in fact', 'signature', withAlg('ES256', hmac('sha512', pem))],
  [
    'a good signature of other claims',
    'signature',
    async (door) => {
      const [header = '', , signature = ''] = (await signFor(door, { claims: { more: 1 } })).split(
        '.',
      );
      const [, payload = ''] = (await signFor(door)).split('.');
      return `${header}.${payload}.${signature}`;
    },
  ],
  [
    'a good signature under another header',
    'signature',
    async (door) => {
      const [, payload = '', signature = ''] = (await signFor(door)).split('.');
      return `${encode({ ...door.header, alg: 'ES256', cty: 'x' })}.${payload}.${signature}`;
    },
  ],
];

function signedBy({ privateKey }: TestKey): (data: Buffer) => Uint8Array {
  return ieee('sha256', privateKey);
}

/**
 * The other signature that the same key would have made: (r, n - s) verifies wherever (r, s) does, and needs no key to
 * compute. RFC 7518 allows both, so nothing may depend on a token having one signature.
 */
export function twinSignature(token: string): string {
  const end = token.lastIndexOf('.') + 1;
  const good = Buffer.from(token.slice(end), 'base64url');
  const s = BigInt(`0x${good.subarray(32).toString('hex')}`);
  return (
    token.slice(0, end) + encodeBase64url(Buffer.concat([good.subarray(0, 32), number(ORDER - s)]))
  );
}
