/** Asking a holder for a credential (OpenID4VP 1.0, section 5.2: a fresh nonce for each request). */
import type { Actor } from './actor.ts';
import type { CredentialType } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { newNonce, newPresentationId, requestHash } from './identifiers.ts';
import type { Clock } from './ports/clock.ts';
import type { PresentationStore, StoredPresentation } from './ports/presentations.ts';
import { type Refusal, refused } from './user-error.ts';

/** What a verifier asks for. */
export interface PresentationAsked {
  readonly idempotencyKey: string;
  readonly type: CredentialType;
  readonly claims: readonly string[];
  readonly by: Actor;
}

/** How long a request can be answered, in milliseconds. */
const REQUEST_MS = 10 * 60_000;

/** Starts a check. A repeated call gives the same request. */
export async function requestPresentation(
  { idempotencyKey, type, claims, by }: PresentationAsked,
  parts: { readonly presentations: PresentationStore; readonly now: Clock },
): Promise<StoredPresentation | Refusal> {
  const { open, selective } = CREDENTIAL_TYPES[type];
  const known = new Set([...open, ...selective]);
  if (new Set(claims).size !== claims.length || !claims.every((name) => known.has(name))) {
    return refused('INVALID_VALUE', 'claims');
  }
  const createdAt = parts.now();
  const stored = await parts.presentations.add(
    {
      id: newPresentationId(),
      odsCode: by.odsCode,
      type,
      claims,
      nonce: newNonce(),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + REQUEST_MS),
    },
    by,
    {
      key: idempotencyKey,
      requestHash: requestHash(['presentation', type, claims, by.odsCode]),
    },
  );
  return stored === 'reused' ? refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey') : stored;
}
