/** Private keys inside a PKCS #11 token. The handle is the key's id in the token. */
import { createHash, createPublicKey, type KeyObject, randomBytes, verify } from 'node:crypto';

import {
  KeeperUnavailable,
  type KeyKeeper,
  type KeyOwner,
  KeyUnusable,
} from '../../domain/ports/key-keeper.ts';
import type { TokenClient } from './token-client.ts';
import { keyId, type TokenAnswer } from './token-messages.ts';

/** A keeper whose keys are made in a token and never leave it. */
export function pkcs11Keys(token: Pick<TokenClient, 'ask' | 'close'>): KeyKeeper {
  return {
    name: 'pkcs11',
    async create(owner) {
      const handle = randomBytes(16).toString('hex');
      const point = bytesOf(
        await token.ask({ kind: 'create', keyId: handle, label: labelOf(owner) }),
      );
      return { handle, publicKey: publicKeyOf(point) };
    },
    async open(handle, _owner, publicKey) {
      if (!keyId.safeParse(handle).success) throw new KeyUnusable('not the id of a key');
      accepted(await token.ask({ kind: 'find', keyId: handle }));
      const signBytes = async (data: Uint8Array): Promise<Buffer> => {
        const digest = createHash('sha256').update(data).digest('base64');
        return bytesOf(await token.ask({ kind: 'sign', keyId: handle, digest }));
      };
      const trial = randomBytes(32);
      const checked = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
      if (!verify('sha256', trial, checked, await signBytes(trial))) {
        throw new KeyUnusable('the key in the PKCS #11 token is another one');
      }
      return signBytes;
    },
    async discard(handle) {
      accepted(await token.ask({ kind: 'destroy', keyId: handle }));
    },
    close: () => token.close(),
  };
}

/** For whoever looks into the token. */
const labelOf = ({ odsCode, use }: KeyOwner): string => `lanyard ${odsCode} ${use}`;

function accepted(answer: TokenAnswer): Extract<TokenAnswer, { ok: true }> {
  if (answer.ok) return answer;
  switch (answer.fault) {
    case 'key_unknown':
      throw new KeyUnusable('the PKCS #11 token has no such key');
    case 'key_not_protected':
      throw new KeyUnusable('the PKCS #11 token would give the key out');
    default:
      throw new KeeperUnavailable('the PKCS #11 token failed');
  }
}

function bytesOf(answer: TokenAnswer): Buffer {
  const { bytes } = accepted(answer);
  if (bytes === undefined) throw new KeeperUnavailable('the PKCS #11 token answered nothing');
  return Buffer.from(bytes, 'base64');
}

/** An uncompressed point (SEC 1, section 2.3.3): 4, x, y. */
function publicKeyOf(point: Buffer): KeyObject {
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) =>
    part.toString('base64url'),
  );
  if (point.length !== 65 || point[0] !== 4 || x === undefined || y === undefined) {
    throw new KeyUnusable('the PKCS #11 token did not make a P-256 key');
  }
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
}
