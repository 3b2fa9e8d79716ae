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

/** What the holder types when redeeming a pre-authorized code (section 4.1.1). */
export interface TxCode {
  /** Which keys to show; `numeric` unless told. */
  readonly input_mode?: 'numeric' | 'text' | undefined;
  /** How many characters to expect. */
  readonly length?: number | undefined;
  /** How the holder gets the code, in words; at most 300 characters. */
  readonly description?: string | undefined;
}

/** The grant of a code that was approved before the wallet came (section 4.1.1). */
export interface PreAuthorizedCodeGrant {
  /** The code; short-lived and good once. */
  readonly 'pre-authorized_code': string;
  /** Present, even if empty, when a transaction code is needed too. */
  readonly tx_code?: TxCode | undefined;
  /** Which of the issuer's authorization servers to use. */
  readonly authorization_server?: string | undefined;
}

/** The grant of an ordinary sign-in (section 4.1.1). */
export interface AuthorizationCodeGrant {
  /** Ties the authorization request to this offer. */
  readonly issuer_state?: string | undefined;
  /** Which of the issuer's authorization servers to use. */
  readonly authorization_server?: string | undefined;
}

/** The grants of an offer by the names they have on the wire. */
export interface OfferGrants {
  /** An ordinary sign-in. */
  readonly authorization_code?: AuthorizationCodeGrant | undefined;
  /** A code that was approved before the wallet came. */
  readonly 'urn:ietf:params:oauth:grant-type:pre-authorized_code'?:
    | PreAuthorizedCodeGrant
    | undefined;
}

/** A credential offer with the names it has on the wire (section 4.1.1). */
export interface CredentialOffer {
  /** The Credential Issuer Identifier. */
  readonly credential_issuer: string;
  /** What is offered: names from the issuer's metadata, each one once. */
  readonly credential_configuration_ids: readonly string[];
  /** How to get a token for it; the wallet decides when absent. */
  readonly grants?: OfferGrants | undefined;
}

/** Checks a credential offer (section 4.1.1). Members this version does not know are kept. */
export const credentialOffer: z.ZodType<CredentialOffer> = z.looseObject({
  credential_issuer: z.url().max(2048),
  credential_configuration_ids: z
    .array(z.string().min(1).max(256))
    .min(1)
    .max(100)
    .refine((ids) => new Set(ids).size === ids.length, 'identifiers are unique'),
  grants: grants.optional(),
});

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

/**
 * The link that hands a whole offer to a wallet (section 4.1.2). It is long: as a QR code it does not scan well.
 */
export function offerLinkByValue(offer: CredentialOffer): string {
  return `openid-credential-offer://?${new URLSearchParams({ credential_offer: JSON.stringify(offer) }).toString()}`;
}
