/** What came of an act on a case, as the graph shows it. */
import { z } from 'zod';

import type { NhsmailContext } from '../context.ts';
import type { CaseOutcome, CaseParts, CaseRefusal } from '../domain/act-on-case.ts';
import { shownCase } from './matching-case.ts';

const MESSAGES: Readonly<Record<CaseRefusal['code'], string>> = {
  INVALID_VALUE: 'This value is not allowed.',
  NOT_FOUND: 'There is no such thing, or you may not see it.',
  IDEMPOTENCY_KEY_REUSED: 'This key was used for something else. Use a new one.',
  RESOURCE_VERSION_MISMATCH: 'The case has changed since you read it. Read it again.',
  STATE_CHANGE_NOT_ALLOWED: 'A case in this state cannot be changed in this way.',
  SECOND_PERSON_REQUIRED: 'Somebody else has to approve this.',
  OWN_RECORD: 'Somebody else has to decide this: it is about you.',
  OTHER_ORGANISATION: 'This is for another organisation to decide. Hand the case over.',
  CHANGED_SINCE: 'The links have changed since. Decide anew.',
  TOO_LATE: 'A decision can be taken back for 30 days.',
};

/** A refusal as a list of user errors. */
export const caseErrors = ({ code, field }: CaseRefusal) => [
  { code, message: MESSAGES[code], path: ['input', field] },
];

/** The payload of one act. */
export const casePayload = (outcome: CaseOutcome, context: NhsmailContext) =>
  'kind' in outcome
    ? { matchingCase: null, errors: caseErrors(outcome) }
    : { matchingCase: shownCase(outcome, context), errors: [] };

/** What acting needs, of this request. */
export const casePartsOf = ({
  cases,
  passports,
  now,
  passportsUnknown,
}: NhsmailContext): CaseParts => ({ desk: cases, passports, now, passportsUnknown });

/** One line, without control characters. */
const reasonShape = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u);
const keyShape = z.string().min(1).max(200);

const invalid = (field: string): CaseRefusal => ({ kind: 'refused', code: 'INVALID_VALUE', field });

/** The first thing in an input that is not allowed. */
export function inputFault(input: {
  readonly idempotencyKey: string;
  readonly reason?: string;
}): CaseRefusal | undefined {
  if (!keyShape.safeParse(input.idempotencyKey).success) return invalid('idempotencyKey');
  return input.reason === undefined || reasonShape.safeParse(input.reason).success
    ? undefined
    : invalid('reason');
}
