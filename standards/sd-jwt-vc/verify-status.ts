/**
 * Asking the status list about a credential that is otherwise in order.
 *
 * Source: draft-ietf-oauth-status-list, sections 6.2, 7.1 and 8.3.
 */
import { STATUS } from '../status-list/status-list.ts';
import { isJsonObject, type JsonObject } from '../strict-json.ts';
import { CheckFailed, type ChecksNamed } from './checks.ts';
import {
  type PresentationRules,
  type ReadStatus,
  type StatusAnswer,
  type StatusReference,
} from './presentation-rules.ts';

/** The checks about a credential's status. */
export type StatusCheck =
  | 'status_form'
  | 'status_readable'
  | 'status_in_range'
  | 'status_known'
  | 'not_revoked'
  | 'not_suspended';

/**
 * Makes the checks from `status_form` to `not_suspended`. A credential without `status` has none to
 * read.
 *
 * @param noteStatus told what was read, whatever it says
 * @throws {CheckFailed} at the first that fails
 */
export async function verifyStatus(
  { status }: JsonObject,
  rules: Pick<PresentationRules, 'readStatus'>,
  { check }: ChecksNamed<StatusCheck>,
  noteStatus: (read: ReadStatus) => void,
): Promise<void> {
  const reference = referenceOf(status);
  check('status_form', typeof reference === 'string' ? reference : undefined);
  if (reference === undefined || typeof reference === 'string') return;
  const answer = await ask(reference, rules);
  const unread = answer.kind === 'cannot-check' && answer.reason !== 'index_out_of_range';
  check('status_readable', unread ? `status_${answer.reason}` : undefined);
  check(
    'status_in_range',
    answer.kind === 'cannot-check' ? 'status_index_out_of_range' : undefined,
  );
  if (answer.kind === 'cannot-check') throw new CheckFailed('status_index_out_of_range');
  const { status: value, asOf } = answer;
  noteStatus({ ...reference, asOf });
  const known = value === STATUS.valid || value === STATUS.invalid || value === STATUS.suspended;
  check('status_known', known ? undefined : 'status_value_unknown');
  check('not_revoked', value === STATUS.invalid ? 'status_revoked' : undefined);
  check('not_suspended', value === STATUS.suspended ? 'status_suspended' : undefined);
}

/** Where the status is; `undefined` when the credential has none; a reason code when it is malformed. */
function referenceOf(status: unknown): StatusReference | string | undefined {
  if (status === undefined) return undefined;
  if (!isJsonObject(status)) return 'status_malformed';
  const { status_list: list } = status;
  if (list === undefined) return 'status_mechanism_unsupported';
  if (!isJsonObject(list)) return 'status_malformed';
  const { idx, uri } = list;
  if (typeof idx !== 'number' || !Number.isSafeInteger(idx) || idx < 0) return 'status_malformed';
  if (typeof uri !== 'string' || uri.length > 2048 || !/^https?:\/\//.test(uri)) {
    return 'status_malformed';
  }
  return URL.canParse(uri) ? { uri, index: idx } : 'status_malformed';
}

type Answer = StatusAnswer | { readonly kind: 'cannot-check'; readonly reason: 'not_read' };

async function ask(
  reference: StatusReference,
  rules: Pick<PresentationRules, 'readStatus'>,
): Promise<Answer> {
  if (rules.readStatus === undefined) return { kind: 'cannot-check', reason: 'not_read' };
  try {
    return await rules.readStatus(reference);
  } catch {
    return { kind: 'cannot-check', reason: 'unreachable' };
  }
}
