/**
 * Policies of a trust that another can copy. Signed with the key that signs the register of issuers, so whoever trusts the
 * anchor knows that nobody has changed them on the way.
 *
 * Source: no published standard; it is built of RFC 7515 (JWS), RFC 7519 (JWT) and RFC 5280 (X.509).
 */
import { z } from 'zod';

import {
  certifiedHeader,
  parseCompactJws,
  signEncoded,
  verifyEs256,
} from '../../../standards/compact-jws.ts';
import { numericDate } from '../../../standards/numeric-date.ts';
import { StandardError } from '../../../standards/standard-error.ts';
import { verifyCertificateChain } from '../../../standards/x509/verify-certificate-chain.ts';
import type { Addresses } from './addresses.ts';
import { odsCode } from './identifiers.ts';
import type { Clock } from './ports/clock.ts';
import { EVERYBODY } from './ports/issuing-stops.ts';
import type { IssuerKeys } from './ports/keys.ts';
import { type CheckPolicy, policyContent } from './policy.ts';
import { staffGroup } from './staff-groups.ts';

/** The `typ` of a blueprint. */
export const BLUEPRINT_TYPE = 'check-policy-blueprint+jwt';
/** How long one can be copied, in seconds: a year. */
const LIFETIME_SECONDS = 365 * 86_400;
/** How far two clocks may differ, in seconds. */
const CLOCK_SKEW_SECONDS = 60;
/** Longest blueprint read, in characters. */
const MAX_LENGTH = 256 * 1024;
/** Most policies in one: one for each staff group, and one for everybody. */
export const MOST_POLICIES = staffGroup.options.length + 1;

const blueprintClaims = z.strictObject({
  /** The address of the register of issuers, whose key signs it. */
  iss: z.string().max(2_048),
  /** The trust whose policies they are. */
  sub: odsCode,
  iat: numericDate.int(),
  exp: numericDate.int(),
  policies: z
    .array(
      z.strictObject({
        staff_group: staffGroup.optional(),
        version: z.int().min(0),
        content: policyContent,
      }),
    )
    .min(1)
    .max(MOST_POLICIES)
    .refine((policies) => new Set(policies.map((one) => one.staff_group)).size === policies.length),
});

/** Why a blueprint was refused. */
export type BlueprintFault =
  | 'blueprint_malformed'
  | 'blueprint_type_wrong'
  /** Its certificate does not lead to an anchor, or is not the register's. */
  | 'blueprint_not_under_anchor'
  | 'blueprint_signature_invalid'
  | 'blueprint_not_yet_valid'
  | 'blueprint_expired';

/** What came of reading a blueprint. */
export type BlueprintReading =
  | {
      readonly kind: 'blueprint';
      /** The trust whose policies they are. */
      readonly odsCode: string;
      readonly policies: readonly Pick<CheckPolicy, 'staffGroup' | 'version' | 'content'>[];
    }
  | { readonly kind: 'refused'; readonly fault: BlueprintFault };

/** Reads a blueprint. It answers for every input. */
export type BlueprintReader = (jwt: string) => Promise<BlueprintReading>;

/** What blueprints need. */
export interface BlueprintParts {
  readonly keys: Pick<IssuerKeys, 'anchors' | 'signer'>;
  readonly addresses: Pick<Addresses, 'issuerRegistry'>;
  readonly now: Clock;
}

/** Writes blueprints and reads them. */
export interface Blueprints {
  /** Signs policies of one trust, at most one for each staff group. A compact JWS. */
  readonly sign: (odsCode: string, policies: readonly CheckPolicy[]) => Promise<string>;
  readonly read: BlueprintReader;
}

/** Creates what writes and reads blueprints. */
export const policyBlueprints = (parts: BlueprintParts): Blueprints => ({
  sign: (trust, policies) => signBlueprint(trust, policies, parts),
  read: (jwt) => readBlueprint(jwt, parts),
});

async function signBlueprint(
  trust: string,
  policies: readonly CheckPolicy[],
  { keys, addresses, now }: BlueprintParts,
): Promise<string> {
  const signer = await keys.signer(EVERYBODY, 'registry');
  const signedAt = Math.floor(now().getTime() / 1000);
  const claims: z.infer<typeof blueprintClaims> = {
    iss: addresses.issuerRegistry,
    sub: trust,
    iat: signedAt,
    exp: signedAt + LIFETIME_SECONDS,
    policies: policies.map(({ staffGroup: group, version, content }) => ({
      ...(group === undefined ? {} : { staff_group: group }),
      version,
      content,
    })),
  };
  return signEncoded(certifiedHeader(BLUEPRINT_TYPE, signer), JSON.stringify(claims), signer);
}

async function readBlueprint(
  jwt: string,
  { keys, addresses, now }: BlueprintParts,
): Promise<BlueprintReading> {
  const jws = parse(jwt);
  if (jws === undefined) return refused('blueprint_malformed');
  const { header, payload, signingInput, signature } = jws;
  if (header['typ'] !== BLUEPRINT_TYPE) return refused('blueprint_type_wrong');
  if (header['alg'] !== 'ES256') return refused('blueprint_malformed');
  const chain = verifyCertificateChain(header['x5c'], {
    anchors: await keys.anchors(),
    now: now(),
  });
  if (chain.kind !== 'trusted') return refused('blueprint_not_under_anchor');
  const { publicKey, uris } = chain.leaf;
  // The same anchor certifies issuers: only the register's own certificate counts here.
  if (uris.length !== 1 || uris[0] !== addresses.issuerRegistry) {
    return refused('blueprint_not_under_anchor');
  }
  if (!verifyEs256(signingInput, signature, publicKey)) {
    return refused('blueprint_signature_invalid');
  }
  const claims = blueprintClaims.safeParse(payload);
  if (!claims.success || claims.data.iss !== addresses.issuerRegistry) {
    return refused('blueprint_malformed');
  }
  const { sub, iat, exp, policies } = claims.data;
  const seconds = now().getTime() / 1000;
  if (iat > seconds + CLOCK_SKEW_SECONDS) return refused('blueprint_not_yet_valid');
  if (exp <= seconds - CLOCK_SKEW_SECONDS) return refused('blueprint_expired');
  return {
    kind: 'blueprint',
    odsCode: sub,
    policies: policies.map(({ staff_group: group, version, content }) => ({
      ...(group === undefined ? {} : { staffGroup: group }),
      version,
      content,
    })),
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

const refused = (fault: BlueprintFault): BlueprintReading => ({ kind: 'refused', fault });
