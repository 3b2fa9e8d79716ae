/** Checking an answer that was taken, and keeping what came of it. */
import type { AccessLogRecord } from './ports/access-log.ts';
import type { PresentationStore } from './ports/presentations.ts';
import { type CheckedAnswer, checkAnswer, type PresentedAnswer } from './check-answer.ts';
import type { CheckingParts } from './check-credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import { secretHash } from './identifiers.ts';
import type { StoredPresentation } from './presentation-request.ts';
import { eraseAfter, type Retention } from './retention.ts';
import type { StoredResult } from './verification-result.ts';

/** What it needs. */
export interface ConcludingParts extends CheckingParts {
  readonly presentations: PresentationStore;
  readonly retention: Retention;
}

/**
 * Checks an answer and keeps the result. The claims rest sealed. An answer that is invalid shows nothing of anybody: its
 * wallet is told that it was not taken.
 *
 * @param heldBy the response code that a browser has to bring back before the verifier sees the result; an answer that is
 * invalid waits for no one
 */
export async function concludeAnswer(
  request: StoredPresentation,
  answer: PresentedAnswer,
  parts: ConcludingParts,
  heldBy?: string,
): Promise<CheckedAnswer> {
  const checked = await checkAnswer(request, answer, parts);
  const { result } = checked;
  const at = parts.now();
  const taken = result.outcome !== 'INVALID';
  const claims = taken ? checked.claims : new Map<string, never>();
  await parts.presentations.conclude(request.id, {
    result,
    claims,
    eraseAfter: eraseAfter(request.purpose, at, parts.retention),
    release:
      taken && heldBy !== undefined
        ? { responseCodeHash: secretHash(heldBy) }
        : { at, log: claims.size === 0 ? [] : disclosures({ ...request, result }, at) },
  });
  return { result, claims };
}

/** What the persons concerned will find in the access log. */
export function disclosures(
  request: StoredPresentation & { readonly result?: StoredResult },
  at: Date,
): readonly AccessLogRecord[] {
  const { by, odsCode, purpose, result } = request;
  return (result?.credentials ?? []).flatMap(({ staffId, type, disclosed }) => {
    if (staffId === undefined || type === undefined) return [];
    const { open, selective } = CREDENTIAL_TYPES[type];
    return [
      {
        staffId,
        at,
        actor: by.subject,
        actorName: by.name,
        actorOdsCode: odsCode,
        purpose,
        // In the type's order: that of the disclosures is random.
        fields: [...open, ...selective.filter((name) => disclosed.includes(name))],
        requestId: by.requestId,
      },
    ];
  });
}
