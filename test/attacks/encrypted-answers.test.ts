/**
 * Answers that only the request's own key opens, in the one way that was asked for (OpenID4VP 1.0, section 8.3; RFC 7516;
 * RFC 7518, section 4.6). The messages are made by hand, since libraries refuse to make most of them.
 */
import {
  createCipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { deflateRawSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';

import { decryptionKeyOf } from '../../standards/openid4vci/encrypted-message.ts';
import { readAuthorizationResponse } from '../../standards/openid4vp/read-response.ts';

const decryptionKey = decryptionKeyOf(Buffer.alloc(32, 7));
const { kid, x, y } = decryptionKey.publicJwk;
const answer = Buffer.from(JSON.stringify({ vp_token: { a: ['b'] }, state: 's' }));
const base64url = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

interface Forgery {
  /** Members of the protected header; `undefined` leaves one out. */
  readonly header?: object;
  readonly plaintext?: Buffer;
  /** The sender's key. */
  readonly sender?: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
}

/** ECDH-ES with the Concat KDF, then AES-GCM. */
function encrypt({ header = {}, plaintext = answer, sender = newPair() }: Forgery = {}): string {
  const all = {
    alg: 'ECDH-ES',
    enc: 'A128GCM',
    kid,
    epk: sender.publicKey.export({ format: 'jwk' }),
    ...header,
  };
  const enc = all.enc === 'A256GCM' ? 'A256GCM' : 'A128GCM';
  const bits = enc === 'A256GCM' ? 256 : 128;
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const sized = (bytes: Buffer): Buffer => Buffer.concat([number(bytes.length), bytes]);
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const shared = diffieHellman({ privateKey: sender.privateKey, publicKey });
  const other = [
    sized(Buffer.from(enc)),
    sized(Buffer.alloc(0)),
    sized(Buffer.alloc(0)),
    number(bits),
  ];
  const derived = createHash('sha256')
    .update(Buffer.concat([number(1), shared, ...other]))
    .digest();
  const iv = Buffer.alloc(12, 1);
  const cipher = createCipheriv(
    `aes-${String(bits) as '128' | '256'}-gcm`,
    derived.subarray(0, bits / 8),
    iv,
  );
  const encoded = base64url(all);
  cipher.setAAD(Buffer.from(encoded));
  const text = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const parts = [
    encoded,
    '',
    ...[iv, text, cipher.getAuthTag()].map((one) => one.toString('base64url')),
  ];
  return parts.join('.');
}

const headerOf = (part: string): object =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as object;

const newPair = (namedCurve = 'P-256') => generateKeyPairSync('ec', { namedCurve });

const read = (response: string) =>
  readAuthorizationResponse(new URLSearchParams({ response }).toString(), {
    mode: 'direct_post.jwt',
    decryptionKey,
    state: 's',
    queryIds: new Set(['a']),
  });

it.each(['A128GCM', 'A256GCM'])('in order, it is read: %s', async (enc) => {
  expect(await read(encrypt({ header: { enc } }))).toEqual({
    kind: 'presentations',
    vpToken: new Map([['a', ['b']]]),
  });
});

describe('an answer is refused', () => {
  const good = encrypt();
  const [header = '', , iv = '', text = '', tag = ''] = good.split('.');
  const flipped = (part: string): string =>
    Buffer.from(part, 'base64url')
      .map((byte, at) => (at === 3 ? byte ^ 1 : byte))
      .toString();
  const point = newPair().publicKey.export({ format: 'jwk' });
  const sender = newPair();
  const own = { epk: decryptionKey.key.export({ format: 'jwk' }) };

  it.each<[string, string]>([
    ['of another key by name', encrypt({ header: { kid: 'other' } })],
    ['without the name of its key', encrypt({ header: { kid: undefined } })],
    ['with the name in a list', encrypt({ header: { kid: [kid] } })],
    ['that is compressed', encrypt({ header: { zip: 'DEF' }, plaintext: deflateRawSync(answer) })],
    [
      'that is a bomb',
      encrypt({ header: { zip: 'DEF' }, plaintext: deflateRawSync(Buffer.alloc(2 ** 25)) }),
    ],
    ['with an extension', encrypt({ header: { crit: ['exp'], exp: 1 } })],
    ['with an empty list of extensions', encrypt({ header: { crit: [] } })],
    ['with a direct key', encrypt({ header: { alg: 'dir' } })],
    ['with a wrapped key', encrypt({ header: { alg: 'ECDH-ES+A128KW' } })],
    [
      'with a password',
      encrypt({ header: { alg: 'PBES2-HS256+A128KW', p2s: 'AAAA', p2c: 2 ** 31 - 1 } }),
    ],
    ['with RSA 1.5', encrypt({ header: { alg: 'RSA1_5' } })],
    ['with no algorithm', encrypt({ header: { alg: undefined } })],
    ['with "none"', encrypt({ header: { alg: 'none' } })],
    ['with another encryption', encrypt({ header: { enc: 'A192GCM' } })],
    ['with an encryption in CBC', encrypt({ header: { enc: 'A128CBC-HS256' } })],
    [
      'with the other encryption than it says',
      good.replace(header, base64url({ ...headerOf(header), enc: 'A256GCM' })),
    ],
    ['without the sender’s key', encrypt({ header: { epk: undefined } })],
    ['with a point off the curve', encrypt({ header: { epk: { ...point, y: point.x } } })],
    [
      'with the point at zero',
      encrypt({
        header: { epk: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } },
      }),
    ],
    [
      'with a point of another curve',
      encrypt({ header: { epk: newPair('P-384').publicKey.export({ format: 'jwk' }) } }),
    ],
    ['with a symmetric key', encrypt({ header: { epk: { kty: 'oct', k: 'AAAA' } } })],
    [
      'with an address of a key',
      encrypt({ header: { epk: undefined, jku: 'https://keys.example/' } }),
    ],
    ['with another sender’s key', encrypt({ sender, header: { epk: point } })],
    ['with our own key as the sender’s', encrypt({ sender, header: own })],
    ['with a changed text', [header, '', iv, flipped(text), tag].join('.')],
    ['with a changed tag', [header, '', iv, text, flipped(tag)].join('.')],
    ['with a tag cut short', [header, '', iv, text, tag.slice(0, 8)].join('.')],
    ['with an empty tag', [header, '', iv, text, ''].join('.')],
    ['with an empty nonce', [header, '', '', text, tag].join('.')],
    ['with an encrypted key', [header, 'AAAA', iv, text, tag].join('.')],
    ['with four parts', [header, iv, text, tag].join('.')],
    ['with six parts', `${good}.`],
    ['with a line at its end', `${good}\n`],
    ['as a signed token', [header, text, tag].join('.')],
    ['as JSON', JSON.stringify({ protected: header, iv, ciphertext: text, tag })],
    ['as nothing', ''],
    ['as dots', '....'],
  ])('%s', async (_name, response) => {
    await expect(read(response)).rejects.toMatchObject({ code: 'encrypted_message_invalid' });
  });

  it.each<[string, string, string]>([
    ['that is not JSON', 'vp_token', 'json_malformed'],
    [
      'that says the state twice',
      '{"state":"s","state":"s","vp_token":{"a":["b"]}}',
      'json_duplicate_member',
    ],
    [
      'with a prototype',
      '{"__proto__":{},"state":"s","vp_token":{"a":["b"]}}',
      'json_forbidden_name',
    ],
    ['that is signed inside', 'e30.e30.AA', 'json_malformed'],
    ['that is nested too deep', `${'['.repeat(40)}${']'.repeat(40)}`, 'json_depth_exceeded'],
  ])('%s', async (_name, plaintext, code) => {
    await expect(read(encrypt({ plaintext: Buffer.from(plaintext) }))).rejects.toMatchObject({
      code,
    });
  });
});

it('says nothing of why an answer could not be opened', async () => {
  const messages = await Promise.all(
    [
      encrypt({
        sender: newPair(),
        header: { epk: newPair().publicKey.export({ format: 'jwk' }) },
      }),
      encrypt({ header: { enc: 'A192GCM' } }),
    ].map((one) => read(one).catch((error: unknown) => String(error))),
  );
  expect(new Set(messages).size).toBe(1);
});
