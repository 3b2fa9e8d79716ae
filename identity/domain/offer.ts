/**
 * Offers of credentials: the code that a wallet redeems, and the transaction code that its holder types.
 *
 * Source: OpenID4VCI 1.0, sections 4.1.1, 4.1.3 and 13.6.
 */
import { z } from 'zod';

import { PRE_AUTHORIZED_CODE_GRANT } from '../../standards/openid4vci/credential-offer.ts';
import { type DeriveKey, mac } from './derive.ts';
import type { KeptModel, OfferStore, StoredOffer } from './ports.ts';

/** Longest life of an offer that is collected on the spot, in seconds: ten minutes. Its codes end with it. */
const MAX_OFFER_SECONDS = 600;
/** Longest life of an offer that waits, for its person or for the record, in seconds: 14 days. */
const MAX_DEFERRED_SECONDS = 14 * 24 * 3600;
/** How long after its offer a wallet may ask for the credentials again, in seconds: 90 days. */
export const RENEWING_SECONDS = 90 * 24 * 3600;

/** What the passport process sends. */
export const offerRequest = z.strictObject({
  offerId: z.string().regex(/^[A-Za-z0-9._~-]{8,128}$/),
  staffId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  configurationIds: z
    .array(z.string().min(1).max(64))
    .min(1)
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, 'each once'),
  issuerOds: z.string().regex(/^[A-Z0-9]{3,10}$/),
  expiresAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  deferred: z.boolean().default(false),
});

/** A checked request for an offer. */
export type OfferRequest = z.output<typeof offerRequest>;

/** The codes of an offer. Worked out anew each time, so that a repeated call has the same answer. */
export interface OfferCodes {
  /** 256 bits, base64url. */
  readonly preAuthorizedCode: string;
  /** 6 digits. */
  readonly transactionCode: string;
  /** Ties an authorization request to the offer; 256 bits, base64url. It is no secret, and opens nothing by itself. */
  readonly issuerState: string;
}

/** What came of a request for an offer. */
export type OfferOutcome =
  | { readonly kind: 'offered'; readonly offer: StoredOffer; readonly codes: OfferCodes }
  | { readonly kind: 'unknown-configuration' }
  | { readonly kind: 'expired' }
  /** The offer id belongs to an offer with other contents. */
  | { readonly kind: 'conflict' };

/** What making an offer needs. */
export interface OfferParts {
  readonly issuer: string;
  readonly configurationIds: readonly string[];
  readonly offers: OfferStore;
  readonly deriveKey: DeriveKey;
  readonly now: () => Date;
}

/** Makes an offer. The same id and contents give the same offer and codes. */
export async function createOffer(request: OfferRequest, parts: OfferParts): Promise<OfferOutcome> {
  const { offerId, staffId, configurationIds, issuerOds } = request;
  const { deriveKey, now } = parts;
  if (!configurationIds.every((id) => parts.configurationIds.includes(id))) {
    return { kind: 'unknown-configuration' };
  }
  const life = request.deferred ? MAX_DEFERRED_SECONDS : MAX_OFFER_SECONDS;
  const latest = now().getTime() + life * 1000;
  const expiresAt = new Date(Math.min(request.expiresAt.getTime(), latest));
  if (expiresAt.getTime() <= now().getTime()) return { kind: 'expired' };
  const codes = offerCodes(offerId, deriveKey);
  const wanted: StoredOffer = {
    offerId,
    staffId,
    configurationIds,
    issuerOds,
    deferred: request.deferred,
    expiresAt,
    reference: mac(deriveKey('offer-reference'), offerId).toString('base64url').slice(0, 27),
    grantId: offerGrantId(offerId, deriveKey),
  };
  const offer = await parts.offers.add(wanted, modelsOf(wanted, codes, parts));
  const same =
    offer.staffId === staffId &&
    offer.issuerOds === issuerOds &&
    offer.configurationIds.join(' ') === configurationIds.join(' ');
  return same ? { kind: 'offered', offer, codes } : { kind: 'conflict' };
}

/** The codes of an offer. */
export function offerCodes(offerId: string, deriveKey: DeriveKey): OfferCodes {
  const digits = mac(deriveKey('offer-transaction-code'), offerId).readUIntBE(0, 6) % 1_000_000;
  return {
    preAuthorizedCode: mac(deriveKey('offer-code'), offerId).toString('base64url'),
    transactionCode: String(digits).padStart(6, '0'),
    issuerState: mac(deriveKey('offer-issuer-state'), offerId).toString('base64url'),
  };
}

/** The grant behind an offer. */
export const offerGrantId = (offerId: string, deriveKey: DeriveKey): string =>
  mac(deriveKey('offer-grant'), offerId).toString('base64url');

/** The offer as a wallet reads it (section 4.1.1). */
export const offerDocument = (offer: StoredOffer, codes: OfferCodes, issuer: string) => ({
  credential_issuer: issuer,
  credential_configuration_ids: offer.configurationIds,
  grants: {
    authorization_code: { issuer_state: codes.issuerState },
    [PRE_AUTHORIZED_CODE_GRANT]: {
      'pre-authorized_code': codes.preAuthorizedCode,
      tx_code: {
        input_mode: 'numeric' as const,
        length: 6,
        description: 'The 6-digit code that your HR department gave you',
      },
    },
  },
});

/** The code and the grant behind it, in the form in which the authorization server keeps them. */
function modelsOf(
  offer: StoredOffer,
  { preAuthorizedCode }: OfferCodes,
  { issuer, now }: OfferParts,
): readonly KeptModel[] {
  const iat = Math.floor(now().getTime() / 1000);
  const exp = Math.floor(offer.expiresAt.getTime() / 1000);
  const { grantId, staffId, expiresAt } = offer;
  const scope = offer.configurationIds.join(' ');
  // No client yet: the first wallet that comes with the right transaction code becomes it.
  const common = { iat, exp, accountId: staffId };
  return [
    {
      model: 'PreAuthorizedCode',
      id: preAuthorizedCode,
      grantId,
      expiresAt,
      payload: {
        ...common,
        kind: 'PreAuthorizedCode',
        grantId,
        resource: issuer,
        scope,
      },
    },
    {
      model: 'Grant',
      id: grantId,
      expiresAt: new Date(expiresAt.getTime() + RENEWING_SECONDS * 1000),
      payload: {
        ...common,
        exp: exp + RENEWING_SECONDS,
        kind: 'Grant',
        resources: { [issuer]: scope },
      },
    },
  ];
}
