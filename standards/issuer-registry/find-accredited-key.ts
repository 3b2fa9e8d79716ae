/** What a verifier asks the register: may this issuer issue this type at this time, and with which key? */
import type { KeyObject } from 'node:crypto';

import { type PublicEcJwk, publicKeyFromJwk } from '../jwk-thumbprint.ts';
import { verifyCertificateChain } from '../x509/verify-certificate-chain.ts';
import type { RegisteredIssuer } from './issuer-registry.ts';
import type { IssuerRegistry } from './read-issuer-registry.ts';

/** What a credential says. None of it is believed before the answer. */
export interface AccreditationQuestion {
  /** Its `iss`. */
  readonly issuer: string;
  /** Its `vct`. */
  readonly vct: string;
  /** Its `iat`. */
  readonly issuedAt: Date;
  /** Its header's `kid`. */
  readonly kid: string;
  /** The moment of the check, for the issuer's certificate. */
  readonly now: Date;
}

/** The key that the signature must hold under, or why there is none. */
export type AccreditationAnswer =
  | {
      /** It may. */
      readonly kind: 'accredited';
      /** The key that the signature must hold under. */
      readonly key: KeyObject;
      /** The issuer's ODS code. */
      readonly ods: string;
    }
  | {
      /** It may not. */
      readonly kind: 'refused';
      /** Why. */
      readonly fault: AccreditationFault;
    };

/** Why the register does not speak for a credential. */
export type AccreditationFault =
  /** No issuer of exactly this name. */
  | 'issuer_unknown'
  /** The issuer was never accredited for this type. */
  | 'type_not_accredited'
  /** It was, but not at this time. */
  | 'outside_accreditation'
  /** The issuer has no key of exactly this name. */
  | 'key_unknown'
  /** The key's certificate does not lead to the anchor of the accreditation, or is for another issuer. */
  | 'key_not_under_anchor';

/** Asks the register. */
export function findAccreditedKey(
  registry: Pick<IssuerRegistry, 'anchors' | 'issuers'>,
  question: AccreditationQuestion,
): AccreditationAnswer {
  const { issuer, vct, issuedAt, kid, now } = question;
  const registered = registry.issuers.find((one) => one.issuer === issuer);
  if (registered === undefined) return { kind: 'refused', fault: 'issuer_unknown' };
  const ofType = registered.accreditations.filter((one) => one.vct === vct);
  if (ofType.length === 0) return { kind: 'refused', fault: 'type_not_accredited' };
  const seconds = issuedAt.getTime() / 1000;
  const inForce = ofType.filter(({ from, until = Infinity }) => from <= seconds && seconds < until);
  if (inForce.length === 0) return { kind: 'refused', fault: 'outside_accreditation' };
  const jwk = registered.jwks.keys.find((one) => one.kid === kid);
  if (jwk === undefined) return { kind: 'refused', fault: 'key_unknown' };
  const anchors = registry.anchors
    .filter(({ sha256 }) => inForce.some(({ anchor }) => anchor === sha256))
    .map(({ certificate }) => certificate);
  const key = certifiedKey(jwk, issuer, { anchors, now });
  if (key === undefined) return { kind: 'refused', fault: 'key_not_under_anchor' };
  return { kind: 'accredited', key, ods: registered.ods };
}

/** The key, when its certificate is for it and for exactly this issuer, under one of the anchors. */
function certifiedKey(
  jwk: RegisteredIssuer['jwks']['keys'][number],
  issuer: string,
  rules: Parameters<typeof verifyCertificateChain>[1],
): KeyObject | undefined {
  const chain = verifyCertificateChain(jwk.x5c, rules);
  if (chain.kind !== 'trusted') return undefined;
  const { publicKey, uris } = chain.leaf;
  if (uris.length !== 1 || uris[0] !== issuer) return undefined;
  const { kty, crv, x, y } = jwk;
  const named = publicKeyOf({ kty, crv, x, y });
  return named !== undefined && publicKey.equals(named) ? publicKey : undefined;
}

function publicKeyOf(jwk: PublicEcJwk): KeyObject | undefined {
  try {
    return publicKeyFromJwk(jwk);
  } catch {
    return undefined;
  }
}
