/**
 * Tells a developer what is wrong with a client assertion, by the rules that the authorization server goes by. Nothing is kept
 * of it.
 *
 * Source: RFC 7523, section 3; RFC 7515, section 5.2; RFC 7518, sections 3.3, 3.4 and 3.5.
 */
import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';

import {
  assertionFaults,
  isStrictJws,
  MAX_ASSERTION_LENGTH,
} from '../../../standards/client-assertion-rules.ts';
import { splitCompactJws } from '../../../standards/compact-jws.ts';
import type { NamedKey } from './public-keys.ts';

/** What is looked at, in this order. */
export const CHECKS = [
  'form',
  'typ',
  'algorithm',
  'kid',
  'signature',
  'issuer',
  'audience',
  'issued',
  'expiry',
  'id',
] as const;

/** One of them. */
export type Check = (typeof CHECKS)[number];

/** What came of one check: right, wrong (and how), or not known since something before it is wrong. */
export interface CheckResult {
  readonly check: Check;
  readonly outcome: 'right' | 'wrong' | 'unknown';
  /** How it is wrong; a code. */
  readonly fault?: string;
  /** What the assertion says there. */
  readonly found?: string;
}

/** What an assertion is held against. */
export interface AssertionExpectation {
  readonly keys: readonly NamedKey[];
  /** The algorithm that the client is registered with; any that goes with the key when left out. */
  readonly algorithm?: string | undefined;
  /** The client; whichever it names when left out. */
  readonly clientId?: string | undefined;
  readonly issuer: string;
  readonly now: Date;
}

const ALGORITHMS: Readonly<
  Record<string, { readonly kty: NamedKey['kty']; readonly holds: Verify }>
> = {
  ES256: {
    kty: 'EC',
    holds: (data, key, signature) =>
      verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature),
  },
  PS256: {
    kty: 'RSA',
    holds: (data, key, signature) =>
      verify(
        'sha256',
        data,
        { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
        signature,
      ),
  },
  RS512: { kty: 'RSA', holds: (data, key, signature) => verify('sha512', data, key, signature) },
};
type Verify = (data: Buffer, key: KeyObject, signature: Buffer) => boolean;

/** Longest value shown, in characters. */
const SHOWN = 200;
const shown = (value: unknown): { readonly found?: string } =>
  value === undefined ? {} : { found: JSON.stringify(value).slice(0, SHOWN) };

/** Looks at it. Never throws, whatever it is given. */
export function testAssertion(
  text: string,
  { keys, algorithm, clientId, issuer, now }: AssertionExpectation,
): readonly CheckResult[] {
  const assertion = text.trim();
  if (!isStrictJws(assertion, MAX_ASSERTION_LENGTH)) {
    return CHECKS.map((check) =>
      check === 'form'
        ? { check, outcome: 'wrong', fault: 'malformed' }
        : { check, outcome: 'unknown' },
    );
  }
  const { header, payload, signingInput, signature } = splitCompactJws(assertion);
  const { alg, kid, typ } = header;
  const { iss, sub, aud, exp, iat, jti } = payload;
  const faults = new Set<string>(assertionFaults(payload, header, issuer, now));
  const judged = (check: Check, value: unknown, ...codes: readonly string[]): CheckResult => {
    const fault = codes.find((code) => faults.has(code));
    return fault === undefined
      ? { check, outcome: 'right', ...shown(value) }
      : { check, outcome: 'wrong', fault, ...shown(value) };
  };

  const known = Object.hasOwn(ALGORITHMS, String(alg)) ? ALGORITHMS[String(alg)] : undefined;
  if (known === undefined || (algorithm !== undefined && alg !== algorithm))
    faults.add('algorithm');
  // Without a name in the header, a client's only key of the kind is meant.
  const fitting = keys.filter((key) => kid === undefined || key.kid === kid);
  if (fitting.length === 0) faults.add('key_unknown');
  const ofKind = fitting.filter(({ kty }) => kty === known?.kty);
  if (fitting.length > 0 && ofKind.length === 0) faults.add('algorithm');
  const canVerify = !faults.has('algorithm') && ofKind.length > 0 && known !== undefined;
  if (canVerify && !ofKind.some((key) => holds(known.holds, signingInput, key, signature))) {
    faults.add('signature');
  }
  if (clientId !== undefined && iss === sub && iss !== clientId) faults.add('other_client');

  return [
    { check: 'form', outcome: 'right' },
    judged('typ', typ, 'typ'),
    judged('algorithm', alg, 'algorithm'),
    judged('kid', kid, 'key_unknown'),
    canVerify
      ? judged('signature', undefined, 'signature')
      : { check: 'signature', outcome: 'unknown' },
    judged('issuer', iss === sub ? iss : { iss, sub }, 'issuer_subject', 'other_client'),
    judged('audience', aud, 'audience'),
    judged('issued', iat, 'issued_at'),
    judged('expiry', exp, 'expiry_missing', 'expired', 'lives_too_long'),
    judged('id', jti, 'token_id'),
  ];
}

function holds(check: Verify, signingInput: string, jwk: NamedKey, signature: Buffer): boolean {
  try {
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    return check(Buffer.from(signingInput, 'latin1'), key, signature);
  } catch {
    return false;
  }
}
