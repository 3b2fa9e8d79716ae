/** Refusals as the graph shows them. */
import type { Refusal, UserErrorCode } from '../domain/user-error.ts';

const MESSAGES: Readonly<Record<UserErrorCode, string>> = {
  INVALID_VALUE: 'This value is not allowed.',
  NOT_FOUND: 'There is no such thing, or you may not see it.',
  NOT_ELIGIBLE: 'The record does not support this credential.',
  ALREADY_ANSWERED: 'This request has been answered. Start a new one.',
  EXPIRED: 'This has expired. Start again.',
  IDEMPOTENCY_KEY_REUSED: 'This key was used for something else. Use a new one.',
  RESOURCE_VERSION_MISMATCH: 'It has changed since you read it. Read it again.',
  STATUS_CHANGE_NOT_ALLOWED: 'A credential in this state cannot be changed in this way.',
  ISSUING_STOPPED: 'Issuing has been stopped for now. Try again later.',
  NOT_READY: 'The record does not support this credential yet. Try again later.',
  UNCHANGED: 'The record says the same as before.',
  NOT_ACCREDITED: 'The register does not let the organisation do this.',
  NO_AGREEMENT: 'The two organisations have no agreement in force for this placement.',
};

/** One refusal as a list of user errors. */
export const userErrors = ({ code, field, path, rule }: Refusal) => [
  {
    code,
    message: MESSAGES[code],
    path: ['input', ...(path ?? (field === undefined ? [] : [field]))],
    rule: rule ?? null,
  },
];
