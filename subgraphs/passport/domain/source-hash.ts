/** What credentials are about in their sources, hashed: news of it finds them, and it cannot be read from the store. */
import type { CredentialType } from './credential.ts';
import type { Claims } from './credential-type.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { statementHash } from './identifiers.ts';

/** The hash of one thing that credentials of a kind are about. */
export const hashSource = (type: CredentialType, source: string, key: Uint8Array): string =>
  statementHash(['source', type, source], key);

/** The hash for a credential's claims; `undefined` for kinds that no event is about. */
export function sourceHashOf(
  type: CredentialType,
  claims: Claims,
  key: Uint8Array,
): string | undefined {
  const source = CREDENTIAL_TYPES[type].source(claims);
  return source === undefined ? undefined : hashSource(type, source, key);
}
