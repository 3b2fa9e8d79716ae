/**
 * Whether a credential keeps to what its type's metadata says about its claims.
 *
 * Source: draft-ietf-oauth-sd-jwt-vc, section 5 (claim path, mandatory and selective disclosure metadata).
 */
import { type ClaimPath } from '../sd-jwt/process-sd-jwt.ts';
import { isJsonObject, type JsonObject } from '../strict-json.ts';
import { type ClaimMetadata, type ClaimMetadataPath, type TypeMetadata } from './type-metadata.ts';

/** A processed credential. */
export interface ProcessedCredential {
  /** The claims, without `_sd`, `...` and `_sd_alg`. */
  readonly claims: JsonObject;
  /** Where each disclosure put its value. */
  readonly disclosed: readonly ClaimPath[];
  /**
   * Whether all disclosures are there, as with the holder. In a presentation a mandatory claim may be missing, unless it
   * can never be kept back.
   */
  readonly complete: boolean;
}

/** One way in which a credential fails its type. */
export type TypeMetadataFault =
  /** The metadata describes another type. */
  | 'vct_mismatch'
  /** A path leads through something that is not an object or not an array, as the path says. */
  | 'claim_path_mismatch'
  /** A claim with `sd: always` stands in the open. */
  | 'claim_not_selectively_disclosable'
  /** A claim with `sd: never` came out of a disclosure. */
  | 'claim_selectively_disclosable'
  /** A mandatory claim is not there. */
  | 'mandatory_claim_missing';

/** Lists every way in which a credential fails its type; empty when it keeps to it. */
export function typeMetadataFaults(
  metadata: TypeMetadata,
  credential: ProcessedCredential,
): ReadonlySet<TypeMetadataFault> {
  const faults = new Set<TypeMetadataFault>();
  if (credential.claims['vct'] !== metadata.vct) faults.add('vct_mismatch');
  const disclosed = new Set(credential.disclosed.map((path) => JSON.stringify(path)));
  for (const claim of metadata.claims ?? []) {
    for (const fault of claimFaults(claim, credential, disclosed)) faults.add(fault);
  }
  return faults;
}

function* claimFaults(
  claim: ClaimMetadata,
  { claims, complete }: ProcessedCredential,
  disclosed: ReadonlySet<string>,
): Generator<TypeMetadataFault> {
  const { present, absent, mismatch } = select(claims, claim.path);
  if (mismatch) yield 'claim_path_mismatch';
  const { sd = 'allowed', mandatory = false } = claim;
  for (const path of present) {
    const hidden = disclosed.has(JSON.stringify(path));
    if (sd === 'always' && !hidden) yield 'claim_not_selectively_disclosable';
    if (sd === 'never' && hidden) yield 'claim_selectively_disclosable';
  }
  if (mandatory && absent && (complete || sd === 'never')) yield 'mandatory_claim_missing';
}

interface Selection {
  /** Where the selected values stand. */
  readonly present: readonly ClaimPath[];
  /** Whether the last step found nothing somewhere, in a part that is there. */
  readonly absent: boolean;
  readonly mismatch: boolean;
}

/** Follows a path from the top (section 5, claim path). */
function select(claims: JsonObject, path: ClaimMetadataPath): Selection {
  let current: { readonly at: ClaimPath; readonly value: unknown }[] = [{ at: [], value: claims }];
  let absent = false;
  let mismatch = false;
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    const next: typeof current = [];
    for (const { at, value } of current) {
      if (typeof step === 'string' ? !isJsonObject(value) : !Array.isArray(value)) {
        mismatch = true;
      } else if (step === null) {
        const elements = value as readonly unknown[];
        if (last && elements.length === 0) absent = true;
        elements.forEach((element, place) => next.push({ at: [...at, place], value: element }));
      } else if (Object.hasOwn(value as object, step)) {
        next.push({ at: [...at, step], value: (value as Record<string | number, unknown>)[step] });
      } else if (last) {
        absent = true;
      }
    }
    current = next;
  }
  return { present: current.map(({ at }) => at), absent, mismatch };
}
