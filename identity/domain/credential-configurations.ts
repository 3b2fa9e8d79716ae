/**
 * The kinds of credential that a wallet can collect, each in every form.
 *
 * Source: OpenID4VCI 1.0, section 12.2.4, appendices A.1.1 (VC signed as a JWT), A.3 (IETF SD-JWT VC), B.2 (claims
 * description) and C (claims path).
 */
import { z } from 'zod';

import type { KeyAttestationsRequired } from '../../standards/openid4vci/key-attestation.ts';

/** The shape of `schema/credential-types.json`. */
export const credentialTypes = z.record(
  z.string().regex(/^[a-z][a-z-]*$/),
  z.object({
    type: z.string(),
    name: z.string(),
    description: z.string(),
    /** Path of the type's metadata document. */
    path: z.string().startsWith('/'),
    claims: z.array(
      z.object({
        /** Member names; `null` stands for every element of an array. */
        path: z.array(z.string().nullable()).min(1),
        label: z.string(),
        mandatory: z.boolean(),
      }),
    ),
  }),
);

/** Kinds of credential by their id, which is also the scope that stands for the kind. */
export type CredentialTypes = z.infer<typeof credentialTypes>;

/** Forms as the graph names them. */
export type CredentialFormat = 'DC_SD_JWT' | 'VC_JWT';

/** What a configuration id stands for. */
export interface CredentialConfiguration {
  /** Type as the graph names it, e.g. `IDENTITY`. */
  readonly type: string;
  readonly format: CredentialFormat;
  /** The scope that a token needs, and what an offer names. */
  readonly scope: string;
  /** What a wallet has to prove about where its keys are; nothing when missing. */
  readonly keyAttestations?: KeyAttestationsRequired;
}

/** Configurations by id. */
export type CredentialConfigurations = ReadonlyMap<string, CredentialConfiguration>;

/** Which scopes ask for key attestations, and at which level. */
export type KeyAttestationPolicy = Readonly<Record<string, KeyAttestationsRequired>>;

const VC_JWT_SUFFIX = '-vc-jwt';

/**
 * Every kind in both forms: `identity` is the SD-JWT VC, `identity-vc-jwt` the W3C credential.
 *
 * @throws {Error} when the policy names a kind that there is not: a slip there would demand nothing
 */
export function collectable(
  types: CredentialTypes,
  attestations: KeyAttestationPolicy = {},
): CredentialConfigurations {
  const unknown = Object.keys(attestations).find((scope) => !Object.hasOwn(types, scope));
  if (unknown !== undefined) throw new Error(`no kind of credential is called ${unknown}`);
  return new Map(
    Object.entries(types).flatMap(([scope, { type }]): [string, CredentialConfiguration][] => {
      const required = attestations[scope];
      const common = {
        type,
        scope,
        ...(required === undefined ? {} : { keyAttestations: required }),
      };
      return [
        [scope, { ...common, format: 'DC_SD_JWT' }],
        [`${scope}${VC_JWT_SUFFIX}`, { ...common, format: 'VC_JWT' }],
      ];
    }),
  );
}

/** What describing the configurations needs. */
export interface DescribeConfigurations {
  readonly types: CredentialTypes;
  /** Public address under which each type's metadata is published, without a slash at the end. */
  readonly typesUrl: string;
  /** Whether `attestation` proofs and key attestations are understood: when somebody is trusted to make them. */
  readonly attestationsAccepted: boolean;
}

/** The issuer metadata's `credential_configurations_supported`. */
export const describeConfigurations = (
  configurations: CredentialConfigurations,
  { types, typesUrl, attestationsAccepted }: DescribeConfigurations,
): Readonly<Record<string, { readonly format: string }>> =>
  Object.fromEntries(
    [...configurations].flatMap(([id, { scope, format, keyAttestations }]) => {
      const kind = types[scope];
      if (kind === undefined) return [];
      const { name, description, path, claims } = kind;
      const inside = format === 'VC_JWT' ? ['credentialSubject'] : [];
      const proof = {
        proof_signing_alg_values_supported: ['ES256'],
        ...(keyAttestations === undefined ? {} : { key_attestations_required: keyAttestations }),
      };
      return [
        [
          id,
          {
            ...(format === 'VC_JWT'
              ? {
                  format: 'jwt_vc_json',
                  credential_definition: { type: ['VerifiableCredential', vcTypeOf(scope)] },
                }
              : { format: 'dc+sd-jwt', vct: `${typesUrl}${path}` }),
            scope,
            cryptographic_binding_methods_supported: ['jwk'],
            credential_signing_alg_values_supported: ['ES256'],
            proof_types_supported: {
              jwt: proof,
              ...(attestationsAccepted ? { attestation: proof } : {}),
            },
            credential_metadata: {
              display: [{ name, description, locale: 'en-GB' }],
              claims: claims.map((claim) => ({
                path: [...inside, ...claim.path],
                mandatory: claim.mandatory,
                display: [{ name: claim.label, locale: 'en-GB' }],
              })),
            },
          },
        ],
      ];
    }),
  );

/** The name of a kind of credential in a W3C credential's `type`: `core-skills-training` is `CoreSkillsTrainingCredential`. */
export const vcTypeOf = (scope: string): string =>
  `${scope.replace(/(?:^|-)(.)/g, (_all, letter: string) => letter.toUpperCase())}Credential`;
