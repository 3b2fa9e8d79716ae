/** A rule that a caller's input broke: an answer, not an exception. */

/** Stable codes, as in the schema. */
export type UserErrorCode =
  | 'INVALID_VALUE'
  | 'NOT_FOUND'
  | 'NOT_ELIGIBLE'
  | 'ALREADY_ANSWERED'
  | 'EXPIRED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'RESOURCE_VERSION_MISMATCH'
  | 'STATUS_CHANGE_NOT_ALLOWED'
  | 'ISSUING_STOPPED'
  | 'NOT_ACCREDITED'
  | 'NO_AGREEMENT'
  | 'UNCHANGED'
  | 'NOT_READY';

/** What was refused, and which part of the input is to blame. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: UserErrorCode;
  /** Name of the input field; none when it is the input as a whole. */
  readonly field?: string;
  /** The place inside that field, beginning with its name, when the field has parts. */
  readonly path?: readonly string[];
  /** Stable name of the rule that broke, where a place has several. */
  readonly rule?: string;
}

/** Makes a refusal. */
export const refused = (code: UserErrorCode, field?: string): Refusal => ({
  kind: 'refused',
  code,
  ...(field === undefined ? {} : { field }),
});

/** Refuses a value deep in the input. Neither place nor rule repeats the value. */
export const refusedAt = (path: readonly string[], rule: string): Refusal => ({
  ...refused('INVALID_VALUE', path[0]),
  path,
  rule,
});
