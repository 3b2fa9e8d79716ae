/**
 * The type metadata documents at their addresses: every version that was ever published, since credentials that carry
 * its digest may still be live.
 *
 * Source: draft-ietf-oauth-sd-jwt-vc, sections 5 and 6.
 */
import { integrityOf } from '../../../standards/sd-jwt-vc/integrity.ts';
import { readTypeMetadata, type TypeMetadata } from '../../../standards/sd-jwt-vc/type-metadata.ts';
import type { Addresses } from './addresses.ts';
import type { CredentialType } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { PUBLISHED_DOCUMENTS } from './credential-types/published.generated.ts';
import { typeDocumentAt } from './type-document.ts';

/** One document. */
export interface PublishedDocument {
  /** JSON text, exactly as it is served. */
  readonly body: string;
  /** The same in UTF-8. */
  readonly bytes: Uint8Array;
  /** `vct#integrity` of the credentials that name it. */
  readonly integrity: string;
  readonly metadata: TypeMetadata;
}

const made = new WeakMap<Addresses, ReadonlyMap<string, PublishedDocument>>();

/** Every document by its address (`vct`). Worked out once for each set of addresses. */
export function publishedDocuments(addresses: Addresses): ReadonlyMap<string, PublishedDocument> {
  const known = made.get(addresses);
  if (known !== undefined) return known;
  const documents = new Map(
    Object.values(CREDENTIAL_TYPES).flatMap(({ id, type }) =>
      addresses
        .vcts(type as CredentialType)
        .map((vct, index) => [vct, documentAt(PUBLISHED_DOCUMENTS[id]?.[index], vct)] as const),
    ),
  );
  made.set(addresses, documents);
  return documents;
}

function documentAt(template: string | undefined, vct: string): PublishedDocument {
  if (template === undefined) throw new Error('a kind of credential has no published document');
  const body = typeDocumentAt(template, vct);
  const bytes = Buffer.from(body);
  return { body, bytes, integrity: integrityOf(bytes), metadata: readTypeMetadata(bytes) };
}

/** Reads a document as a verifier does, byte for byte. */
export const readPublishedDocument =
  (addresses: Addresses) =>
  (vct: string): Promise<Uint8Array | undefined> =>
    Promise.resolve(publishedDocuments(addresses).get(vct)?.bytes);
