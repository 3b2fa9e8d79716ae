/**
 * What is published about a kind of credential. Once published, a document never changes: credentials carry a digest of
 * its bytes, and the next version has an address of its own (decision 11).
 *
 * Source: draft-ietf-oauth-sd-jwt-vc, sections 5 and 6.
 */
import {
  type ClaimMetadata,
  type ClaimMetadataPath,
  writeTypeMetadata,
} from '../../../standards/sd-jwt-vc/type-metadata.ts';
import { describedClaims } from './claim-paths.ts';
import type { CredentialTypeDefinition } from './credential-type.ts';
import { PROVENANCE_LABELS } from './provenance.ts';

/** Stands for the type's address, which differs from one installation to the next. */
const ADDRESS = '{vct}';
const LOCALE = 'en-GB';

/** Writes the document of a kind of credential, with a placeholder for its address. */
export function typeDocumentTemplate(type: CredentialTypeDefinition): string {
  const { name, description } = type;
  return writeTypeMetadata({
    vct: ADDRESS,
    name,
    description,
    display: [{ locale: LOCALE, name, description }],
    claims: [
      ...describedClaims(type).map(({ path, label, disclosure, mandatory }) => ({
        path,
        display: [{ locale: LOCALE, label }],
        mandatory,
        // "always" means always behind a digest; what every presentation shows never is.
        sd: disclosure === 'selective' ? ('always' as const) : ('never' as const),
      })),
      ...PROVENANCE,
    ],
  });
}

const always = (path: ClaimMetadataPath, label: string): ClaimMetadata => ({
  path,
  display: [{ locale: LOCALE, label }],
  mandatory: true,
  sd: 'never',
});

/** What every kind of credential says about where its claims come from. */
const PROVENANCE: readonly ClaimMetadata[] = [
  always(['nhs', 'ods'], 'Issuing organisation (ODS code)'),
  ...Object.entries(PROVENANCE_LABELS).map(([name, label]) =>
    always(['nhs', 'provenance', name], label),
  ),
];

/** Puts an address in its place. */
export const typeDocumentAt = (template: string, vct: string): string =>
  template.replace(JSON.stringify(ADDRESS), () => JSON.stringify(vct));

/** The path of one version's document under the public address. The first version has the plain one. */
export const typeDocumentPath = (id: string, version: number): string =>
  `/credential-types/${id}${version === 1 ? '' : `/${String(version)}`}`;
