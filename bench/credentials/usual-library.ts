/** The same two jobs done by the library that most issuers and verifiers use, with `node:crypto` underneath. */
import { hash, randomBytes, sign, verify } from 'node:crypto';

import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';

import type { newClaims, Party } from './credentials-at-hand.ts';
import type { Job } from './rates.ts';

type Content = ReturnType<typeof newClaims>;

/** Issues with ten disclosures. */
export function usualIssue(issuer: Party, { claims, disclose }: Content): Job {
  const library = instance(issuer);
  const { kid, x5c } = issuer.signer;
  return () => library.issue(claims, disclose, { header: { kid, x5c } });
}

/** Verifies a credential with all its disclosures. */
export function usualVerify(issuer: Party, credential: string): Job {
  const library = instance(issuer);
  return () => library.verify(credential);
}

function instance({ privateKey, publicKey }: Party): SDJwtVcInstance {
  const dsaEncoding = 'ieee-p1363';
  return new SDJwtVcInstance({
    signAlg: 'ES256',
    hashAlg: 'sha-256',
    hasher: (data) =>
      hash('sha256', typeof data === 'string' ? data : new Uint8Array(data), 'buffer'),
    saltGenerator: () => randomBytes(16).toString('base64url'),
    signer: (data) =>
      sign('sha256', Buffer.from(data), { key: privateKey, dsaEncoding }).toString('base64url'),
    verifier: (data, signature) =>
      verify(
        'sha256',
        Buffer.from(data),
        { key: publicKey, dsaEncoding },
        Buffer.from(signature, 'base64url'),
      ),
  });
}
