/**
 * What a credential holds of a person, and how it rests. Of an SD-JWT that is its disclosures. A `vc+jwt` has all of it in
 * its payload: so the payload is sealed, and of the signed token only header and signature are stored (RFC 7515, appendix
 * F), until whatever is sealed is forgotten.
 */
import { z } from 'zod';

import { encodeBase64url } from '../../../standards/base64url.ts';
import { serialiseSdJwt } from '../../../standards/sd-jwt/serialisation.ts';
import type { CredentialFormat } from './credential.ts';
import type { IssuedContent, PreparedCredential } from './ports/credentials.ts';
import type { Sealer } from './ports/keys.ts';

/** Everything that a compact credential is made of, beside header and signature. */
export interface CredentialContents {
  /** JSON text: exactly the bytes to be signed. */
  readonly payload: string;
  readonly disclosures: readonly string[];
}

const texts = z.array(z.string());

/** Seals a credential's contents. */
export function sealContents(
  credentialId: string,
  format: CredentialFormat,
  { payload, disclosures }: CredentialContents,
  sealer: Sealer,
): Pick<PreparedCredential, 'payload' | 'sealedDisclosures'> {
  const seal = (list: readonly string[]): string => sealer.seal(JSON.stringify(list), credentialId);
  return format === 'VC_JWT'
    ? { payload: '', sealedDisclosures: seal([payload]) }
    : { payload, sealedDisclosures: seal(disclosures) };
}

/** Opens a credential's contents; `undefined` once they are forgotten. */
export function openContents(
  { credential, payload, sealedDisclosures }: IssuedContent,
  sealer: Sealer,
): CredentialContents | undefined {
  if (sealedDisclosures === undefined) return undefined;
  const opened = texts.parse(JSON.parse(sealer.open(sealedDisclosures, credential.id)));
  if (credential.format !== 'VC_JWT') return { payload, disclosures: opened };
  const [only] = opened;
  return only === undefined ? undefined : { payload: only, disclosures: [] };
}

/** A signed token as it is stored. */
export const storedToken = (format: CredentialFormat, jwt: string): string =>
  format === 'VC_JWT' ? jwt.replace(/\.[^.]*\./, '..') : jwt;

/** The credential as the holder gets it. */
export function compactCredential(
  format: CredentialFormat,
  stored: string,
  { payload, disclosures }: CredentialContents,
): string {
  if (format !== 'VC_JWT') return serialiseSdJwt(stored, disclosures);
  return stored.replace('..', `.${encodeBase64url(payload)}.`);
}
