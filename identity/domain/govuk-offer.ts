/**
 * Offers to the GOV.UK Wallet: by value, with a pre-authorized code that is a JWT of ours and that GOV.UK One Login redeems.
 *
 * Source: GOV.UK Wallet technical documentation, "Generate a credential offer".
 */
import { z } from 'zod';

import { signCompactJws, type Signer } from '../../standards/compact-jws.ts';
import { PRE_AUTHORIZED_CODE_GRANT } from '../../standards/openid4vci/credential-offer.ts';
import type { CredentialConfigurations } from './credential-configurations.ts';
import { type DeriveKey, mac } from './derive.ts';
import type { GovukProfile } from './govuk-profile.ts';
import { offerGrantId } from './offer.ts';
import type { OfferStore } from './ports.ts';

/** An offer of one kind of credential, to one wallet. */
export interface GovukOffer {
  readonly offerId: string;
  readonly configurationId: string;
  /** Whose wallet it is for, as GOV.UK One Login names it. */
  readonly walletSubject: string;
  readonly expiresAt: Date;
}

/** Offers to the GOV.UK Wallet that have been made. */
export interface GovukOfferStore {
  /** Keeps an offer. One that is known already changes nothing; false when it is for another wallet. */
  add(identifier: string, offer: GovukOffer): Promise<boolean>;
  /** The offer, while it may be collected. */
  find(identifier: string): Promise<GovukOffer | undefined>;
  /** Binds the offer to one key. True for that key alone, however often it asks, and whatever the number that try at once. */
  bind(identifier: string, holderThumbprint: string): Promise<boolean>;
  removeExpired(): Promise<void>;
}

/** What the passport process sends: an offer that was made, and whose wallet it is for. */
export const govukOfferRequest = z.strictObject({
  offerId: z.string().regex(/^[A-Za-z0-9._~-]{8,128}$/),
  walletSubject: z.string().regex(/^urn:fdc:wallet\.account\.gov\.uk:[\x21-\x7E]{1,200}$/),
});

/** What making the offers needs. */
export interface GovukOfferParts {
  readonly profile: GovukProfile;
  /** By the names that the wallet knows. */
  readonly configurations: CredentialConfigurations;
  readonly offers: Pick<OfferStore, 'findByGrant'>;
  readonly govukOffers: Pick<GovukOfferStore, 'add'>;
  /** Signs the codes. */
  readonly signer: Signer;
  readonly deriveKey: DeriveKey;
  readonly now: () => Date;
}

/** What came of it. */
export type GovukOfferOutcome =
  | {
      readonly kind: 'offered';
      /** One for each kind of credential that this wallet can have. */
      readonly links: readonly { readonly configurationId: string; readonly uri: string }[];
    }
  | { readonly kind: 'unknown-offer' }
  /** The offer was made to another wallet before. */
  | { readonly kind: 'conflict' };

/** Longest life of a code, in seconds: GOV.UK Wallet allows an hour. */
const MAX_CODE_SECONDS = 3600;

/** Makes offers to the GOV.UK Wallet of an offer that was made to a person. */
export async function offerToGovuk(
  { offerId, walletSubject }: z.output<typeof govukOfferRequest>,
  parts: GovukOfferParts,
): Promise<GovukOfferOutcome> {
  const { configurations, deriveKey, now, profile } = parts;
  const offer = await parts.offers.findByGrant(offerGrantId(offerId, deriveKey));
  const moment = now().getTime();
  if (offer === undefined || offer.deadAt !== undefined || offer.expiresAt.getTime() <= moment) {
    return { kind: 'unknown-offer' };
  }
  const expiresAt = new Date(Math.min(offer.expiresAt.getTime(), moment + MAX_CODE_SECONDS * 1000));
  const links: { configurationId: string; uri: string }[] = [];
  for (const [configurationId, { scope }] of configurations) {
    if (!offer.configurationIds.includes(scope)) continue;
    const identifier = uuidOf(mac(deriveKey('govuk-offer'), offerId, scope));
    const kept = await parts.govukOffers.add(identifier, {
      offerId,
      configurationId,
      walletSubject,
      expiresAt,
    });
    if (!kept) return { kind: 'conflict' };
    const code = await codeOf(identifier, { ...parts, expiresAt });
    const document = {
      credential_issuer: profile.issuer,
      credential_configuration_ids: [configurationId],
      grants: { [PRE_AUTHORIZED_CODE_GRANT]: { 'pre-authorized_code': code } },
    };
    const query = encodeURIComponent(JSON.stringify(document));
    links.push({ configurationId, uri: `${profile.walletUrl}?credential_offer=${query}` });
  }
  return { kind: 'offered', links };
}

/** The code: what GOV.UK One Login checks with the keys of the profile. */
const codeOf = (
  identifier: string,
  { profile, signer, now, expiresAt }: GovukOfferParts & { readonly expiresAt: Date },
): Promise<string> =>
  signCompactJws(
    {
      header: { typ: 'JWT' },
      payload: {
        iss: profile.issuer,
        aud: profile.authorizationServer,
        clientId: profile.clientId,
        credential_identifiers: [identifier],
        iat: Math.floor(now().getTime() / 1000),
        exp: Math.floor(expiresAt.getTime() / 1000),
      },
    },
    signer,
  );

/** A UUID of version 8 (RFC 9562, section 5.8), made of 122 bits of these. */
function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  const variant = '89ab'[bytes.readUInt8(8) & 3] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
