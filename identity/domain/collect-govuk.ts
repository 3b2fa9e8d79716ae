/**
 * The GOV.UK Wallet collects a credential: one, bound to the key in its proof.
 *
 * Source: GOV.UK Wallet technical documentation, "Issue a credential".
 */
import { z } from 'zod';

import { parseCompactJws, verifyEs256 } from '../../standards/compact-jws.ts';
import { publicJwkOfDidKey } from '../../standards/did-key.ts';
import {
  jwkThumbprint,
  type PublicEcJwk,
  publicKeyFromJwk,
} from '../../standards/jwk-thumbprint.ts';
import { StandardError } from '../../standards/standard-error.ts';
import { type CollectOutcome, type CollectParts, issueWanted } from './collect-credential.ts';
import type { CredentialConfigurations } from './credential-configurations.ts';
import { refused } from './credential-fault.ts';
import { mac } from './derive.ts';
import type { GovukOfferStore } from './govuk-offer.ts';
import type { GovukProfile } from './govuk-profile.ts';
import type { GovukToken } from './govuk-token.ts';

/** What collecting needs. */
export interface CollectGovukParts extends Pick<
  CollectParts,
  'models' | 'issuer' | 'notifications' | 'deriveKey' | 'now'
> {
  readonly profile: GovukProfile;
  /** By the names that the wallet knows. */
  readonly configurations: CredentialConfigurations;
  readonly govukOffers: Pick<GovukOfferStore, 'find' | 'bind'>;
}

/** The wallet's name in its proofs. */
const WALLET = 'urn:fdc:gov:uk:wallet';
const MAX_PROOF_LENGTH = 8_192;
/** How far a proof's `iat` may be from now, in seconds, either way. */
const IAT_WINDOW_SECONDS = 300;

const credentialRequest = z.looseObject({
  proof: z.looseObject({ proof_type: z.literal('jwt'), jwt: z.string() }).optional(),
  proofs: z.looseObject({ jwt: z.tuple([z.string()]) }).optional(),
});

/** What notifications of a wallet are kept under. */
export const govukGrantOf = ({ credentialIdentifier }: GovukToken): string =>
  `govuk:${credentialIdentifier}`;

/**
 * Checks the request and has the credential issued.
 *
 * @throws {Error} with code `unavailable` when a source does not answer
 */
export async function collectForGovuk(
  token: GovukToken,
  body: unknown,
  parts: CollectGovukParts,
  requestId?: string,
): Promise<CollectOutcome> {
  const { credentialIdentifier } = token;
  const notYours = refused('invalid_token', 'the token is not from an offer to this wallet');
  const offer = await parts.govukOffers.find(credentialIdentifier);
  if (offer?.walletSubject !== token.walletSubject) return notYours;
  const request = credentialRequest.safeParse(body);
  if (!request.success) return refused('invalid_credential_request', 'malformed request');
  const proof = request.data.proofs?.jwt[0] ?? request.data.proof?.jwt;
  const proved = proof === undefined ? undefined : verifyGovukProof(proof, parts);
  if (proved === undefined) return refused('invalid_proof', 'the proof does not hold');
  if (proved.nonce !== token.cNonce) return refused('invalid_nonce', 'not that of the token');
  const fresh = await parts.models.add({
    model: 'GovukToken',
    id: token.tokenId,
    payload: {},
    expiresAt: token.expiresAt,
  });
  const thumbprint = jwkThumbprint(proved.jwk);
  if (!fresh || !(await parts.govukOffers.bind(credentialIdentifier, thumbprint))) return notYours;
  const wanted = {
    grantId: govukGrantOf(token),
    offerId: offer.offerId,
    configurationId: offer.configurationId,
    idempotencyKey: mac(
      parts.deriveKey('issue-idempotency'),
      offer.offerId,
      `govuk:${offer.configurationId}`,
      thumbprint,
    ).toString('base64url'),
    holderKeys: [proved.jwk],
    expiresAt: offer.expiresAt,
  };
  // The wallet has no other token to come again with, so nothing issued is nothing used.
  const giveBack = () => parts.models.remove('GovukToken', token.tokenId);
  let outcome: CollectOutcome;
  try {
    outcome = await issueWanted(wanted, parts, requestId);
  } catch (error) {
    await giveBack();
    throw error;
  }
  if (outcome.kind === 'stopped') await giveBack();
  return outcome;
}

/** Checks a proof. Its nonce is still to be compared. */
function verifyGovukProof(
  proof: string,
  { profile, now }: Pick<CollectGovukParts, 'profile' | 'now'>,
): { readonly jwk: PublicEcJwk; readonly nonce: string } | undefined {
  try {
    const { header, payload, signingInput, signature } = parseCompactJws(proof, {
      maxLength: MAX_PROOF_LENGTH,
    });
    const { typ, alg, kid } = header;
    const jwk = typeof kid === 'string' ? publicJwkOfDidKey(kid) : undefined;
    // Its documentation has the type in small letters, its example wallet none at all.
    const typed = typ === undefined || (typeof typ === 'string' && typ.toLowerCase() === 'jwt');
    if (!typed || alg !== 'ES256' || jwk === undefined) return undefined;
    if (!verifyEs256(signingInput, signature, publicKeyFromJwk(jwk))) return undefined;
    const { iss, aud, iat, nonce } = payload;
    if (iss !== WALLET || aud !== profile.issuer || typeof nonce !== 'string') return undefined;
    return isNow(iat, now()) ? { jwk, nonce } : undefined;
  } catch (error) {
    if (error instanceof StandardError) return undefined;
    throw error;
  }
}

/** The documentation's own example has milliseconds where JWT has seconds. */
function isNow(iat: unknown, now: Date): boolean {
  if (typeof iat !== 'number') return false;
  const seconds = iat > 100_000_000_000 ? iat / 1000 : iat;
  return Math.abs(now.getTime() / 1000 - seconds) <= IAT_WINDOW_SECONDS;
}
