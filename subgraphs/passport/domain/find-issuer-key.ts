/**
 * Finding the key of a credential's issuer, in the two ways that are permitted: by the exact name of a key that the
 * issuer publishes, or by a certificate for the issuer's URL under an anchor that is trusted. Our own issuers publish
 * every key that counts, so the certificate stands in for the name and for nothing else.
 *
 * Source: draft-ietf-oauth-sd-jwt-vc, section 2.5.
 */
import { splitCompactJws } from '../../../standards/compact-jws.ts';
import { jwkThumbprint, publicJwkOf } from '../../../standards/jwk-thumbprint.ts';
import { parseSdJwt } from '../../../standards/sd-jwt/serialisation.ts';
import type { IssuerKey, IssuerKeyHint } from '../../../standards/sd-jwt-vc/verify-presentation.ts';
import { verifyCertificateChain } from '../../../standards/x509/verify-certificate-chain.ts';
import type { Addresses } from './addresses.ts';
import { signedHash } from './identifiers.ts';
import { OAUTH_STATUS_SIGNING } from '../../../standards/status-list/key-purpose.ts';
import type { Clock } from './ports/clock.ts';
import type { CredentialStore } from './ports/credentials.ts';
import type { IssuerKeys } from './ports/keys.ts';

/** What finding a key needs. */
export interface KeyFindingParts {
  readonly credentials: Pick<CredentialStore, 'find'>;
  readonly keys: Pick<IssuerKeys, 'find' | 'findCompromised' | 'anchors'>;
  readonly addresses: Pick<Addresses, 'odsCodeOfIssuer'>;
  readonly now: Clock;
}

/** Finds the key; `undefined` when neither way leads to one. */
export async function findIssuerKey(
  hint: IssuerKeyHint,
  presentation: string,
  parts: KeyFindingParts,
): Promise<IssuerKey | undefined> {
  const trust = parts.addresses.odsCodeOfIssuer(hint.issuer);
  if (trust === undefined) return undefined;
  if (hint.kid !== undefined) {
    const key = await parts.keys.find(trust, 'credential', hint.kid);
    if (key !== undefined) return { key, trusted: true };
  }
  return (
    (await findByCertificate(hint, trust, parts)) ??
    (await findCompromised(hint, trust, presentation, parts))
  );
}

async function findByCertificate(
  { x5c, issuer }: IssuerKeyHint,
  trust: string,
  { keys, now }: KeyFindingParts,
): Promise<IssuerKey | undefined> {
  if (x5c === undefined) return undefined;
  const verdict = verifyCertificateChain(x5c, { anchors: await keys.anchors(), now: now() });
  if (verdict.kind !== 'trusted') return undefined;
  const { publicKey, uris, purposes } = verdict.leaf;
  // Exactly this issuer's certificate, and not that of a key for status lists.
  if (uris.length !== 1 || uris[0] !== issuer) return undefined;
  if (purposes?.includes(OAUTH_STATUS_SIGNING) === true) return undefined;
  // The certificate stays valid of a key that has ended or is compromised, and of one that the record never had.
  const key = await keys.find(trust, 'credential', jwkThumbprint(publicJwkOf(publicKey)));
  return key && { key, trusted: true };
}

/**
 * A compromised key proves nothing any more. What it signed before that time still counts here, and only here, because
 * the issuer's own record holds exactly these bytes.
 */
async function findCompromised(
  { kid }: IssuerKeyHint,
  trust: string,
  presentation: string,
  { credentials, keys }: KeyFindingParts,
): Promise<IssuerKey | undefined> {
  if (kid === undefined) return undefined;
  const compromised = await keys.findCompromised(trust, 'credential', kid);
  if (compromised === undefined) return undefined;
  const { jwt } = parseSdJwt(presentation);
  const { jti } = splitCompactJws(jwt).payload;
  const recorded = typeof jti === 'string' ? await credentials.find(jti) : undefined;
  const same =
    recorded?.kid === kid &&
    recorded.odsCode === trust &&
    recorded.signedHash === signedHash(jwt) &&
    recorded.issuedAt !== undefined &&
    recorded.issuedAt < compromised.since;
  return same ? { key: compromised.key, trusted: true } : undefined;
}
