/**
 * The kinds of credential that a wallet can collect.
 *
 * Source: OpenID4VCI 1.0, section 12.2.4, appendices A.3 (IETF SD-JWT VC), B.2 (claims description) and C (claims path).
 */
import { z } from 'zod';

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

/** Kinds of credential by configuration id. */
export type CredentialTypes = z.infer<typeof credentialTypes>;

/**
 * The issuer metadata's `credential_configurations_supported`.
 *
 * @param typesUrl public address under which each type's metadata is published, without a slash at the end
 */
export const credentialConfigurations = (types: CredentialTypes, typesUrl: string) =>
  Object.fromEntries(
    Object.entries(types).map(([id, { name, description, path, claims }]) => [
      id,
      {
        format: 'dc+sd-jwt',
        vct: `${typesUrl}${path}`,
        scope: id,
        cryptographic_binding_methods_supported: ['jwk'],
        credential_signing_alg_values_supported: ['ES256'],
        proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
        credential_metadata: {
          display: [{ name, description, locale: 'en-GB' }],
          claims: claims.map((claim) => ({
            path: claim.path,
            mandatory: claim.mandatory,
            display: [{ name: claim.label, locale: 'en-GB' }],
          })),
        },
      },
    ]),
  );
