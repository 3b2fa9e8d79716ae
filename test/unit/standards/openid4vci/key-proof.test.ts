import { expect, it } from '@jest/globals';

import { parseCompactJws, verifyEs256 } from '../../../../standards/compact-jws.ts';
import { createKeyProof } from '../../../../standards/openid4vci/key-proof.ts';
import { testKey } from '../keys.ts';

const key = testKey();
const now = new Date('2026-11-22T12:00:00Z');

it('proves a key as OpenID4VCI 1.0, appendix F.1 asks', async () => {
  const request = { audience: 'https://i.example', nonce: 'n', now };
  const proof = await createKeyProof(request, { signer: key.signer, publicJwk: key.jwk });
  const jws = parseCompactJws(proof, { allowJwk: true });
  expect(jws.header).toEqual({ typ: 'openid4vci-proof+jwt', alg: 'ES256', jwk: key.jwk });
  expect(jws.payload).toEqual({ aud: 'https://i.example', iat: now.getTime() / 1000, nonce: 'n' });
  expect(verifyEs256(jws.signingInput, jws.signature, key.publicKey)).toBe(true);
});

it('never lets a private key travel in the header', async () => {
  const publicJwk = key.privateKey.export({ format: 'jwk' }) as unknown as typeof key.jwk;
  await expect(
    createKeyProof({ audience: 'https://i.example', now }, { signer: key.signer, publicJwk }),
  ).rejects.toThrow(expect.objectContaining({ code: 'jwk_unsuitable' }));
});
