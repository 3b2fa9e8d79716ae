/**
 * What a type inherits from the types that it extends.
 *
 * Source: draft-ietf-oauth-sd-jwt-vc, section 5 (extending type metadata, extending claim metadata, circular
 * dependencies) and section 6 (`extends#integrity`).
 */
import { StandardError } from '../standard-error.ts';
import { matchesIntegrity } from './integrity.ts';
import { type ClaimMetadata, readTypeMetadata, type TypeMetadata } from './type-metadata.ts';

/** Most types in one chain. */
const MAX_CHAIN = 8;

/**
 * Reads a type's metadata with everything that it inherits.
 *
 * @param integrity the credential's `vct#integrity`, when it has one
 * @param read reads the document behind a `vct`, byte for byte; `undefined` when there is none
 * @throws {StandardError} `type_metadata_malformed`, also for a document of another type; `type_metadata_missing`;
 * `type_metadata_integrity_wrong`; `type_metadata_circular`, also for a chain that is too long;
 * `type_metadata_extension_invalid`
 */
export async function resolveTypeMetadata(
  vct: string,
  integrity: string | undefined,
  read: (vct: string) => Promise<Uint8Array | undefined>,
): Promise<TypeMetadata> {
  const chain: TypeMetadata[] = [];
  const seen = new Set<string>();
  let next: { readonly vct: string; readonly integrity: string | undefined } | undefined = {
    vct,
    integrity,
  };
  while (next !== undefined) {
    if (seen.has(next.vct) || seen.size === MAX_CHAIN) {
      throw new StandardError(
        'type_metadata_circular',
        'a type extends itself, or too many others',
      );
    }
    seen.add(next.vct);
    const document = await read(next.vct);
    if (document === undefined) {
      throw new StandardError('type_metadata_missing', 'a type has no metadata');
    }
    if (next.integrity !== undefined && !matchesIntegrity(next.integrity, document)) {
      throw new StandardError('type_metadata_integrity_wrong', 'a document is not the one pinned');
    }
    const type: TypeMetadata = readTypeMetadata(document);
    if (type.vct !== next.vct) {
      throw new StandardError('type_metadata_malformed', 'a document describes another type');
    }
    chain.push(type);
    next =
      type.extends === undefined
        ? undefined
        : { vct: type.extends, integrity: type['extends#integrity'] };
  }
  return chain.reduceRight((base, type) => extendTypeMetadata(base, type));
}

/**
 * Adds a type to the one that it extends: its own words count, and it may narrow the base's rules but not loosen them.
 *
 * @throws {StandardError} `type_metadata_extension_invalid` when it changes `sd` from `always` or `never`, or makes a
 * mandatory claim optional
 */
export function extendTypeMetadata(base: TypeMetadata, type: TypeMetadata): TypeMetadata {
  const claims = new Map((base.claims ?? []).map((claim) => [JSON.stringify(claim.path), claim]));
  for (const claim of type.claims ?? []) {
    const key = JSON.stringify(claim.path);
    claims.set(key, narrowed(claims.get(key), claim));
  }
  return { ...type, ...(claims.size === 0 ? {} : { claims: [...claims.values()] }) };
}

function narrowed(base: ClaimMetadata | undefined, claim: ClaimMetadata): ClaimMetadata {
  const fixed = base?.sd === 'always' || base?.sd === 'never';
  const loosened =
    (fixed && claim.sd !== base.sd) || (base?.mandatory === true && claim.mandatory !== true);
  if (loosened) {
    throw new StandardError(
      'type_metadata_extension_invalid',
      'a type may not loosen what the extended type says about a claim',
    );
  }
  return claim;
}
