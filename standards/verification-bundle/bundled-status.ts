/**
 * Reading a status from a bundle: the list as it was when the bundle was signed, and only while it is not too old.
 *
 * Source: draft-ietf-oauth-status-list, sections 8.3 and 10 (the purpose of the key).
 */
import type { KeyObject } from 'node:crypto';

import type { StatusAnswer, StatusReference } from '../sd-jwt-vc/presentation-rules.ts';
import { StandardError } from '../standard-error.ts';
import { OAUTH_STATUS_SIGNING } from '../status-list/key-purpose.ts';
import { verifyStatusListToken } from '../status-list/status-list-token.ts';
import { readStatus } from '../status-list/status-list.ts';
import { verifyCertificateChain } from '../x509/verify-certificate-chain.ts';
import type { VerificationBundle } from './read-verification-bundle.ts';

/** What counts. */
export interface BundledStatusRules {
  /** Who issued the credential: the list must be this issuer's. */
  readonly issuer: string;
  /** The moment of the check. */
  readonly now: Date;
  /** How old a status may be, in seconds, counted from when its list was signed. */
  readonly maxAgeSeconds: number;
}

/** Reads the status of one credential. */
export async function readBundledStatus(
  { uri, index }: StatusReference,
  bundle: Pick<VerificationBundle, 'findStatusList' | 'issuedAt' | 'registry'>,
  { issuer, now, maxAgeSeconds }: BundledStatusRules,
): Promise<StatusAnswer> {
  try {
    const token = bundle.findStatusList(uri);
    if (token === undefined) return { kind: 'cannot-check', reason: 'unreachable' };
    const { list, issuedAt } = await verifyStatusListToken(token, {
      uri,
      key: ({ x5c }) => Promise.resolve(listKey(x5c, issuer, bundle, now)),
      // A list counts for an hour on the network. What it said when the bundle was signed stays true of that moment, and
      // how long ago that may be is for the rules below.
      now: bundle.issuedAt,
    });
    const age = (now.getTime() - issuedAt.getTime()) / 1000;
    if (age > maxAgeSeconds) return { kind: 'cannot-check', reason: 'stale' };
    return { kind: 'status', status: readStatus(list, index), asOf: issuedAt };
  } catch (error) {
    if (!(error instanceof StandardError)) throw error;
    const outside = error.code === 'status_index_out_of_range';
    return { kind: 'cannot-check', reason: outside ? 'index_out_of_range' : 'invalid' };
  }
}

/**
 * The key of a list, by the certificate that came with it.
 *
 * @throws {StandardError} `key_unsuitable` unless it is this issuer's, for status lists, under an anchor of the register
 */
function listKey(
  x5c: unknown,
  issuer: string,
  { registry }: Pick<VerificationBundle, 'registry'>,
  now: Date,
): KeyObject {
  const anchors = registry.anchors.map(({ certificate }) => certificate);
  const chain = verifyCertificateChain(x5c, { anchors, now });
  if (chain.kind === 'trusted') {
    const { publicKey, uris, purposes = [] } = chain.leaf;
    const ofIssuer = uris.length === 1 && uris[0] === issuer;
    if (ofIssuer && purposes.includes(OAUTH_STATUS_SIGNING)) return publicKey;
  }
  throw new StandardError('key_unsuitable', 'not the issuer’s list key');
}
