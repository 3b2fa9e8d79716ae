/**
 * Checking that the certificates which came with a signature lead to an anchor that is trusted.
 *
 * Source: RFC 5280 (X.509), section 6.1; RFC 7515 (JWS), section 4.1.6 (`x5c`); HAIP 1.0, section 6.1 (the anchor is
 * left out, the leaf is not self-signed).
 */
import type { KeyObject } from 'node:crypto';

import { isCertificateChain } from '../sd-jwt-vc/leaf-certificate.ts';
import { StandardError } from '../standard-error.ts';
import { type Certificate, readCertificate } from './certificate.ts';

/** What counts. */
export interface ChainRules {
  /** Certificates that are trusted; base64 DER. */
  readonly anchors: readonly string[];
  /** The moment of the check. */
  readonly now: Date;
}

/** Why a chain is not trusted. */
export type ChainFault =
  /** Not one to eight certificates in canonical base64, or one of them cannot be read. */
  | 'chain_malformed'
  /** An anchor is in the chain, where HAIP 1.0 leaves it out: whoever sends one has not understood what it is. */
  | 'anchor_in_chain'
  | 'leaf_self_signed'
  /** The leaf's key may sign certificates, so it is no leaf. */
  | 'leaf_is_authority'
  /** The leaf's key is not P-256, which ES256 needs. */
  | 'leaf_key_unsuitable'
  | 'not_yet_valid'
  | 'expired'
  /** A critical extension that is not understood (section 4.2). */
  | 'critical_extension_unknown'
  /** An algorithm that is not ECDSA with SHA-2. */
  | 'algorithm_unsupported'
  /** A certificate in the middle whose key may not sign certificates. */
  | 'issuer_not_authority'
  | 'key_usage_forbids'
  | 'path_too_long'
  /** One certificate does not name the next as its issuer. */
  | 'names_do_not_chain'
  | 'signature_invalid'
  /** The last certificate names no trusted anchor as its issuer. */
  | 'anchor_unknown';

/** A leaf that leads to an anchor. */
export interface TrustedLeaf {
  /** Its key; P-256. */
  readonly publicKey: KeyObject;
  /** The URIs in its subject alternative name. */
  readonly uris: readonly string[];
  /** Purposes of the key, as object identifiers; any when missing. */
  readonly purposes?: readonly string[];
}

/** What came of a check. */
export type ChainVerdict =
  | {
      /** Every rule holds. */
      readonly kind: 'trusted';
      /** What the chain proves. */
      readonly leaf: TrustedLeaf;
    }
  | {
      /** A rule does not hold. */
      readonly kind: 'refused';
      /** Which one. */
      readonly fault: ChainFault;
    };

/** ecdsa-with-SHA256, -SHA384 and -SHA512 (RFC 5758, section 3.2). */
const ALGORITHMS = new Set(['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.3', '1.2.840.10045.4.3.4']);

/**
 * Checks a chain: the leaf first, each certificate issued by the next, the last by an anchor. It answers for every
 * input and never throws.
 *
 * @param x5c base64 DER
 */
export function verifyCertificateChain(x5c: unknown, rules: ChainRules): ChainVerdict {
  if (!isCertificateChain(x5c)) return refused('chain_malformed');
  if (x5c.some((one) => rules.anchors.includes(one))) return refused('anchor_in_chain');
  let chain: readonly Certificate[];
  let anchors: readonly Certificate[];
  try {
    chain = x5c.map(decode);
    anchors = rules.anchors.map(decode);
  } catch (error) {
    if (error instanceof StandardError) return refused('chain_malformed');
    throw error;
  }
  const [leaf] = chain;
  const last = chain.at(-1);
  if (leaf === undefined || last === undefined) return refused('chain_malformed');
  const fault = leafFault(leaf) ?? chain.map((each) => ownFault(each, rules.now)).find(Boolean);
  if (fault !== undefined) return refused(fault);
  for (const [index, issuer] of chain.slice(1).entries()) {
    const subject = chain[index];
    const link = subject && linkFault(subject, issuer, index);
    if (link !== undefined) return refused(link);
  }
  const faults = anchors
    .filter(({ subject }) => subject.equals(last.issuer))
    .map((anchor) => ownFault(anchor, rules.now) ?? linkFault(last, anchor, chain.length - 1));
  if (faults.length > 0 && faults.includes(undefined)) {
    const { publicKey, uris, purposes } = leaf;
    return {
      kind: 'trusted',
      leaf: { publicKey, uris, ...(purposes === undefined ? {} : { purposes }) },
    };
  }
  return refused(faults[0] ?? 'anchor_unknown');
}

const decode = (one: string): Certificate => readCertificate(Buffer.from(one, 'base64'));

function leafFault(leaf: Certificate): ChainFault | undefined {
  if (leaf.subject.equals(leaf.issuer)) return 'leaf_self_signed';
  if (leaf.ca) return 'leaf_is_authority';
  if (leaf.keyUsage?.digitalSignature === false) return 'key_usage_forbids';
  const { asymmetricKeyType, asymmetricKeyDetails } = leaf.publicKey;
  const isP256 = asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1';
  return isP256 ? undefined : 'leaf_key_unsuitable';
}

function ownFault(certificate: Certificate, now: Date): ChainFault | undefined {
  if (certificate.notBefore > now) return 'not_yet_valid';
  if (certificate.notAfter < now) return 'expired';
  if (certificate.unknownCritical) return 'critical_extension_unknown';
  return ALGORITHMS.has(certificate.signatureAlgorithm) ? undefined : 'algorithm_unsupported';
}

/**
 * Checks one link.
 *
 * @param below how many authorities lie between `issuer` and the leaf
 */
function linkFault(
  subject: Certificate,
  issuer: Certificate,
  below: number,
): ChainFault | undefined {
  if (!subject.issuer.equals(issuer.subject)) return 'names_do_not_chain';
  if (!issuer.ca) return 'issuer_not_authority';
  if (issuer.keyUsage?.keyCertSign === false) return 'key_usage_forbids';
  if (issuer.pathLength !== undefined && below > issuer.pathLength) return 'path_too_long';
  return signedBy(subject, issuer) ? undefined : 'signature_invalid';
}

function signedBy(subject: Certificate, issuer: Certificate): boolean {
  try {
    return subject.x509.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

const refused = (fault: ChainFault): ChainVerdict => ({ kind: 'refused', fault });
