/**
 * Putting the disclosed claims in place and checking what may stand where.
 *
 * Source: RFC 9901 (SD-JWT), section 7.1, steps 3 to 5; draft-ietf-oauth-sd-jwt-vc, sections
 * 2.2.2.2, 2.2.2.3 and 6.
 */
import { examineSdJwtPayload } from '../sd-jwt/process-sd-jwt.ts';
import { isJsonObject, type JsonObject } from '../strict-json.ts';
import { type Checklist, DISCLOSURE_CHECKS } from './checks.ts';
import { isIntegrity, matchesIntegrity } from './integrity.ts';
import { PROTECTED_CLAIMS } from './issue-sd-jwt-vc.ts';
import { type PresentationRules } from './presentation-rules.ts';

/** What is to be put together. */
export interface CredentialParts {
  /** The issuer's payload with its digests; its signature has been checked. */
  readonly payload: JsonObject;
  /** The disclosures, each one base64url. */
  readonly disclosures: readonly string[];
  /** The credential's type. */
  readonly vct: string;
}

/** The claims a presentation makes. */
export interface PresentedClaims {
  /** All claims that can be read, whether disclosed or always open. */
  readonly claims: JsonObject;
  /** The disclosed ones: paths with dots between their steps. */
  readonly disclosedNames: readonly string[];
}

/**
 * Makes the checks from `sd_alg` to `aka_vcts`.
 *
 * @throws {CheckFailed} at the first that fails
 */
export function verifyClaims(
  { payload, disclosures, vct }: CredentialParts,
  { check }: Checklist,
): PresentedClaims {
  const { payload: claims, disclosed, faults } = examineSdJwtPayload(payload, disclosures);
  for (const [name, fault] of DISCLOSURE_CHECKS) check(name, faults.has(fault) ? fault : undefined);
  const open =
    !disclosed.some(({ path }) => PROTECTED_CLAIMS.has(String(path[0]))) &&
    !protectedNames.some((name) => holdsDigests(payload[name]));
  check('protected_claims', open ? undefined : 'protected_claim_disclosed');
  check('aka_vcts', akaFault(claims['aka_vcts'], vct));
  return { claims, disclosedNames: disclosed.map(({ path }) => path.join('.')) };
}

const protectedNames = [...PROTECTED_CLAIMS];

/** Tells whether anything inside a value could be kept back. */
function holdsDigests(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsDigests);
  if (!isJsonObject(value)) return false;
  if (Object.hasOwn(value, '_sd') || Object.hasOwn(value, '...')) return true;
  return Object.values(value).some(holdsDigests);
}

function akaFault(types: unknown, vct: string): string | undefined {
  if (types === undefined) return undefined;
  const wellFormed =
    Array.isArray(types) &&
    types.length > 0 &&
    types.every((type) => typeof type === 'string' && type !== '' && type !== vct);
  return wellFormed ? undefined : 'aka_vcts_malformed';
}

/**
 * Makes the check `vct_integrity`.
 *
 * @throws {CheckFailed} when it fails
 */
export async function verifyIntegrity(
  claims: JsonObject,
  vct: string,
  rules: PresentationRules,
  { check }: Checklist,
): Promise<void> {
  const integrity = claims['vct#integrity'];
  if (integrity === undefined) {
    check('vct_integrity', undefined);
  } else if (!isIntegrity(integrity)) {
    check('vct_integrity', 'vct_integrity_malformed');
  } else if (rules.readTypeMetadata === undefined) {
    check('vct_integrity', undefined);
  } else {
    const document = await rules.readTypeMetadata(vct).catch(() => undefined);
    if (document === undefined) check('vct_integrity', 'type_metadata_unavailable');
    else
      check(
        'vct_integrity',
        matchesIntegrity(integrity, document) ? undefined : 'vct_integrity_wrong',
      );
  }
}
