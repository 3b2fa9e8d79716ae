/**
 * Reading a signed register of issuers: nothing in it counts before its signature leads to an anchor that the reader
 * trusted beforehand.
 */
import { parseCompactJws, verifyEs256 } from '../compact-jws.ts';
import { StandardError } from '../standard-error.ts';
import { verifyCertificateChain } from '../x509/verify-certificate-chain.ts';
import {
  ISSUER_REGISTRY_TYPE,
  type IssuerRegistryClaims,
  issuerRegistryClaims,
} from './issuer-registry.ts';

/** What a register must satisfy. */
export interface IssuerRegistryRules {
  /** Where it is published: its `iss`, and the address in its signer's certificate. */
  readonly address: string;
  /** The anchor that the reader trusts, from elsewhere than the register; base64 DER. */
  readonly anchor: string;
  /** The moment of the check. */
  readonly now: Date;
  /** The version of the edition that the reader holds already; an older one is refused. */
  readonly heldVersion?: number;
  /** How far the two clocks may differ, in seconds; 60 unless told. */
  readonly clockSkewSeconds?: number;
}

/** A register that can be relied on until it expires. */
export interface IssuerRegistry {
  /** To be held: an older edition is refused from then on. */
  readonly version: number;
  /** When it was signed. */
  readonly issuedAt: Date;
  /** When it stops counting. */
  readonly expiresAt: Date;
  /** The certificates under which the issuers' certificates are. */
  readonly anchors: IssuerRegistryClaims['anchors'];
  /** Every issuer that is or was accredited. */
  readonly issuers: IssuerRegistryClaims['issuers'];
}

/** Why a register was refused. */
export type IssuerRegistryFault =
  /** Not a JWS with ES256 and a register in it. */
  | 'registry_malformed'
  /** A token of another kind. */
  | 'registry_type_wrong'
  /** Its certificate does not lead to the anchor. */
  | 'registry_anchor_wrong'
  /** Its certificate is not for this address, or it names another one. */
  | 'registry_address_wrong'
  | 'registry_signature_invalid'
  | 'registry_not_yet_valid'
  | 'registry_expired'
  /** Older than the edition that is held. */
  | 'registry_older';

/** What came of reading. */
export type IssuerRegistryReading =
  | {
      /** It holds. */
      readonly kind: 'registry';
      /** What it says. */
      readonly registry: IssuerRegistry;
    }
  | {
      /** It does not hold. */
      readonly kind: 'refused';
      /** Why. */
      readonly fault: IssuerRegistryFault;
    };

/** Longest register read, in characters: a thousand issuers with two keys each. */
const MAX_LENGTH = 16 * 2 ** 20;

/** Reads a register. It answers for every input and never throws. */
export function readIssuerRegistry(jwt: string, rules: IssuerRegistryRules): IssuerRegistryReading {
  const { address, anchor, now, heldVersion = 0, clockSkewSeconds = 60 } = rules;
  const jws = parse(jwt);
  if (jws === undefined) return refused('registry_malformed');
  const { header, payload, signingInput, signature } = jws;
  if (header['typ'] !== ISSUER_REGISTRY_TYPE) return refused('registry_type_wrong');
  if (header['alg'] !== 'ES256') return refused('registry_malformed');
  const chain = verifyCertificateChain(header['x5c'], { anchors: [anchor], now });
  if (chain.kind !== 'trusted') return refused('registry_anchor_wrong');
  const { publicKey, uris } = chain.leaf;
  // The same anchor certifies issuers: only the register's own certificate counts here.
  if (uris.length !== 1 || uris[0] !== address) return refused('registry_address_wrong');
  if (!verifyEs256(signingInput, signature, publicKey)) {
    return refused('registry_signature_invalid');
  }
  const claims = issuerRegistryClaims.safeParse(payload);
  if (!claims.success) return refused('registry_malformed');
  const { iss, iat, exp, version, anchors, issuers } = claims.data;
  const seconds = now.getTime() / 1000;
  if (iss !== address) return refused('registry_address_wrong');
  if (iat > seconds + clockSkewSeconds) return refused('registry_not_yet_valid');
  if (exp <= seconds - clockSkewSeconds) return refused('registry_expired');
  if (version < heldVersion) return refused('registry_older');
  return {
    kind: 'registry',
    registry: {
      version,
      issuedAt: new Date(iat * 1000),
      expiresAt: new Date(exp * 1000),
      anchors,
      issuers,
    },
  };
}

function parse(jwt: string) {
  try {
    return parseCompactJws(jwt, { maxLength: MAX_LENGTH });
  } catch (error) {
    if (error instanceof StandardError) return undefined;
    throw error;
  }
}

const refused = (fault: IssuerRegistryFault): IssuerRegistryReading => ({ kind: 'refused', fault });
