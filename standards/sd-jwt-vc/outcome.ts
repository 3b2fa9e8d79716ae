/** What a failed check means for a credential as a whole. */
import { type PresentationOutcome } from './presentation-rules.ts';

const outcomes: ReadonlyMap<string, PresentationOutcome> = new Map([
  ['expired', 'expired'],
  ['status_revoked', 'revoked'],
  ['status_suspended', 'suspended'],
  ['issuer_key_unavailable', 'cannot-check'],
  ['type_metadata_unavailable', 'cannot-check'],
  ['status_mechanism_unsupported', 'cannot-check'],
  ['status_not_read', 'cannot-check'],
  ['status_unreachable', 'cannot-check'],
  ['status_stale', 'cannot-check'],
  ['status_rolled_back', 'cannot-check'],
  ['status_invalid', 'cannot-check'],
]);

/**
 * Says what a reason code means; every code that has no meaning of its own means `invalid`.
 *
 * @param code the reason code of the check that failed
 */
export const outcomeOf = (code: string): PresentationOutcome => outcomes.get(code) ?? 'invalid';
