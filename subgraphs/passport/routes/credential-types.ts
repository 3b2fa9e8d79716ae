/** Type metadata of each kind of credential (draft-ietf-oauth-sd-jwt-vc, section 5). */
import { z } from 'zod';

/** The kinds of credential, as `schema/credential-types.json` describes them to wallets. */
export const credentialTypeCatalogue = z.record(
  z.string(),
  z.object({
    type: z.string(),
    name: z.string(),
    description: z.string(),
    claims: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        disclosure: z.enum(['always', 'selective']),
      }),
    ),
  }),
);

/** The kinds of credential by id. */
export type CredentialTypeCatalogue = z.infer<typeof credentialTypeCatalogue>;

/** One type's metadata document, as an object. */
export function typeMetadata(vct: string, type: CredentialTypeCatalogue[string]): object {
  return {
    vct,
    name: type.name,
    description: type.description,
    display: [{ locale: 'en-GB', name: type.name, description: type.description }],
    claims: type.claims.map(({ name, label, disclosure }) => ({
      path: [name],
      display: [{ locale: 'en-GB', label }],
      // "always" means always behind a digest; what every presentation shows never is.
      sd: disclosure === 'selective' ? 'always' : 'never',
    })),
  };
}
