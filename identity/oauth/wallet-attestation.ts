/**
 * What a wallet's maker says about one installation of it, for the authorization server to believe or not.
 *
 * Source: draft-ietf-oauth-attestation-based-client-auth, sections 5 to 7; HAIP 1.0, section 4.4 (`x5c`); OpenID4VCI 1.0,
 * appendix E.
 */
import { type Configuration, errors } from 'oidc-provider';

import type { DeriveKey } from '../domain/derive.ts';
import { splitCompactJws } from '../../standards/compact-jws.ts';
import { verifyCertificateChain } from '../../standards/x509/verify-certificate-chain.ts';

/** What believing is made from. */
export interface WalletAttestationOptions {
  /** Certificates of those who vouch for wallets; base64 DER. Nobody is believed when there are none. */
  readonly attesters: readonly string[];
  readonly deriveKey: DeriveKey;
  readonly now: () => Date;
}

/** Longest attestation read, in characters. */
const MAX_LENGTH = 32_768;

/**
 * The library's feature. An attestation that comes is checked, whether or not it was asked for: a wallet whose maker
 * vouches for it falsely is not treated as one for which nobody does.
 */
export function walletAttestation({
  attesters,
  deriveKey,
  now,
}: WalletAttestationOptions): NonNullable<Configuration['features']>['attestClientAuth'] {
  if (attesters.length === 0) return { enabled: false };
  return {
    enabled: true,
    ack: 'draft-12',
    additionalSecuritySignal: 'optional',
    challengeSecret: deriveKey('attestation-challenge'),
    // An async function: the library wants a promise, and what is thrown refuses the client.
    getAttestationSignaturePublicKey: async (ctx) => {
      // The library reads spellings that are not canonical, and JSON with repeated names.
      const attestation = ctx.get('oauth-client-attestation');
      const { header } = splitCompactJws(attestation, MAX_LENGTH);
      const verdict = verifyCertificateChain(header['x5c'], { anchors: attesters, now: now() });
      if (verdict.kind === 'refused') throw new Error(verdict.fault);
      await Promise.resolve();
      return verdict.leaf.publicKey;
    },
    assertAttestationJwtAndPop: async (ctx, _attestation, _pop, client) => {
      await Promise.resolve();
      // Not there at all when a DPoP proof is to stand for both: see metadata.ts.
      if (isStrictJws(ctx.get('oauth-client-attestation-pop'))) return;
      const why = 'the proof of the attestation is not a compact JWS in its one canonical form';
      throw client.clientAuthMethod === 'none'
        ? new errors.InvalidClientAttestation(why)
        : new errors.InvalidClientAuth(why);
    },
  };
}

function isStrictJws(jws: string): boolean {
  try {
    splitCompactJws(jws, MAX_LENGTH);
    return true;
  } catch {
    return false;
  }
}
