/**
 * The offer that invites a wallet to collect a credential.
 *
 * Source: OpenID for Verifiable Credential Issuance 1.0, section 4.1.
 */
import { z } from 'zod';

import { StandardError } from '../standard-error.ts';
import { parseStrictJson } from '../strict-json.ts';

/** The grant type of a pre-authorized code (section 4.1.1). */
export const PRE_AUTHORIZED_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';

const txCode = z.looseObject({
  input_mode: z.enum(['numeric', 'text']).optional(),
  length: z.number().int().min(1).max(64).optional(),
  description: z.string().max(300).optional(),
});

const grants = z.looseObject({
  authorization_code: z
    .looseObject({
      issuer_state: z.string().min(1).max(4096).optional(),
      authorization_server: z.string().min(1).max(2048).optional(),
    })
    .optional(),
  [PRE_AUTHORIZED_CODE_GRANT]: z
    .looseObject({
      'pre-authorized_code': z.string().min(1).max(4096),
      tx_code: txCode.optional(),
      authorization_server: z.string().min(1).max(2048).optional(),
    })
    .optional(),
});

/**
 * A credential offer with the names it has on the wire (section 4.1.1). Members this version does
 * not know are kept.
 */
export const credentialOffer = z.looseObject({
  credential_issuer: z.url().max(2048),
  credential_configuration_ids: z
    .array(z.string().min(1).max(256))
    .min(1)
    .max(100)
    .refine((ids) => new Set(ids).size === ids.length, 'identifiers are unique'),
  grants: grants.optional(),
});

/** A credential offer that has been read (section 4.1.1). */
export type CredentialOffer = z.infer<typeof credentialOffer>;

/**
 * Reads a credential offer from JSON text: the `credential_offer` parameter or the answer from
 * `credential_offer_uri`.
 *
 * @throws {StandardError} `credential_offer_invalid`; the reason is in `cause`
 */
export function parseCredentialOffer(text: string): CredentialOffer {
  try {
    return credentialOffer.parse(parseStrictJson(text, { maxLength: 2 ** 16 }));
  } catch (cause) {
    throw new StandardError('credential_offer_invalid', 'not a credential offer', { cause });
  }
}

/** How an offer reaches a wallet: whole, or as an address to fetch it from (section 4.1). */
export type OfferLink =
  | {
      /** The offer itself was in the link. */
      readonly kind: 'by-value';
      /** The offer. */
      readonly offer: CredentialOffer;
    }
  | {
      /** The link says where the offer is (section 4.1.3). */
      readonly kind: 'by-reference';
      /** Where to fetch the offer: an https URL, or http on this machine itself. */
      readonly uri: string;
    };

/**
 * Reads a link such as `openid-credential-offer://?credential_offer_uri=...`, under any scheme.
 *
 * @throws {StandardError} `credential_offer_invalid` when the link has neither or both parameters
 */
export function parseOfferLink(link: string): OfferLink {
  if (link.length > 2 ** 16 || !URL.canParse(link)) {
    throw new StandardError('credential_offer_invalid', 'not a link');
  }
  const parameters = new URL(link).searchParams;
  const offers = parameters.getAll('credential_offer');
  const uris = parameters.getAll('credential_offer_uri');
  const [offer] = offers;
  const [uri] = uris;
  if (offers.length + uris.length === 1) {
    if (offer !== undefined) return { kind: 'by-value', offer: parseCredentialOffer(offer) };
    if (
      uri !== undefined &&
      /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/.test(uri)
    ) {
      return { kind: 'by-reference', uri };
    }
  }
  throw new StandardError('credential_offer_invalid', 'a link carries one offer or one address');
}

/**
 * The link that hands an offer to a wallet by reference (section 4.1.3).
 *
 * @param uri the https URL the wallet fetches the offer from
 */
export function offerLinkByReference(uri: string): string {
  return `openid-credential-offer://?${new URLSearchParams({ credential_offer_uri: uri }).toString()}`;
}
