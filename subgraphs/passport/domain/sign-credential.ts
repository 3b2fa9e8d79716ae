/**
 * The second half of issuing: what was recorded is checked, signed and recorded again. It can be repeated any number of
 * times and always ends with the same credential.
 */
import {
  certifiedHeader,
  signEncoded,
  splitCompactJws,
  verifyEs256,
} from '../../../standards/compact-jws.ts';
import { encodeBase64url } from '../../../standards/base64url.ts';
import { SD_JWT_VC_TYPE } from '../../../standards/sd-jwt-vc/issue-sd-jwt-vc.ts';
import type { Addresses } from './addresses.ts';
import { CredentialLintError, lintCredential } from './lint-credential.ts';
import type { Clock } from './ports/clock.ts';
import type { CredentialStore, IssuedContent } from './ports/credentials.ts';
import type { IssuerKeys, Sealer } from './ports/keys.ts';
import { z } from 'zod';

/** What signing needs. */
export interface SigningParts {
  readonly credentials: Pick<CredentialStore, 'complete' | 'fail'>;
  readonly keys: Pick<IssuerKeys, 'signer' | 'find'>;
  readonly sealer: Sealer;
  readonly addresses: Addresses;
  readonly now: Clock;
}

const disclosureList = z.array(z.string());

/** Opens a credential's disclosures; `undefined` once they are forgotten. */
export function openDisclosures(
  { credential, sealedDisclosures }: IssuedContent,
  sealer: Sealer,
): readonly string[] | undefined {
  if (sealedDisclosures === undefined) return undefined;
  return disclosureList.parse(JSON.parse(sealer.open(sealedDisclosures, credential.id)));
}

/** Seals a credential's disclosures. */
export const sealDisclosures = (
  credentialId: string,
  disclosures: readonly string[],
  sealer: Sealer,
): string => sealer.seal(JSON.stringify(disclosures), credentialId);

/**
 * Signs what was recorded.
 *
 * @returns the credential as it is stored afterwards
 * @throws {CredentialLintError} when it must not be signed; it is then given up
 */
export async function signCredential(
  content: IssuedContent,
  parts: SigningParts,
): Promise<IssuedContent> {
  const { credential, payload } = content;
  const { addresses, credentials, keys, now, sealer } = parts;
  try {
    const disclosures = openDisclosures(content, sealer);
    if (disclosures === undefined) throw new CredentialLintError('disclosures_forgotten');
    await lintCredential({ payload, disclosures }, credential, { addresses, now: now() });
  } catch (error) {
    if (error instanceof CredentialLintError) await credentials.fail(credential.id, now());
    throw error;
  }
  const signer = await keys.signer(credential.odsCode, 'credential');
  const jwt = await signEncoded(certifiedHeader(SD_JWT_VC_TYPE, signer), payload, signer);
  const key = await keys.find(credential.odsCode, 'credential', signer.kid);
  const { signingInput, signature } = splitCompactJws(jwt);
  const sameBytes = signingInput.endsWith(`.${encodeBase64url(payload)}`);
  if (key === undefined || !sameBytes || !verifyEs256(signingInput, signature, key)) {
    await credentials.fail(credential.id, now());
    throw new CredentialLintError('signed_bytes_differ');
  }
  return credentials.complete(credential.id, jwt, now());
}
