import { expect, it } from '@jest/globals';

import { signClientAssertion } from '../../../standards/client-assertion.ts';
import { parseCompactJws, verifyEs256 } from '../../../standards/compact-jws.ts';
import { testKey } from './keys.ts';

const key = testKey();
const now = new Date('2026-11-22T12:00:00.900Z');
const request = { clientId: 'hr', audience: 'https://as.example', signer: key.signer, now };

it('signs who the client is, for one minute and one server', async () => {
  const jws = parseCompactJws(await signClientAssertion(request));
  const iat = Math.floor(now.getTime() / 1000);
  expect(jws.header).toEqual({ typ: 'JWT', kid: 'key-1', alg: 'ES256' });
  expect(jws.payload).toEqual({
    iss: 'hr',
    sub: 'hr',
    aud: 'https://as.example',
    jti: expect.stringMatching(/^[\w-]{22}$/),
    iat,
    exp: iat + 60,
  });
  expect(verifyEs256(jws.signingInput, jws.signature, key.publicKey)).toBe(true);
});

it('never signs the same jti twice', async () => {
  const tokens = await Promise.all(Array.from({ length: 50 }, () => signClientAssertion(request)));
  expect(new Set(tokens.map((token) => parseCompactJws(token).payload['jti'])).size).toBe(50);
});
