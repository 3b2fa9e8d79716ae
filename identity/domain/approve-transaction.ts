/**
 * Approving one transaction with a passkey. The challenge that the device signs is the SHA-256 of the transaction's hash and
 * a nonce, so the signature is over this transaction; it is answered once.
 */
import { createHash, randomBytes } from 'node:crypto';

import { type Transaction, transactionHash } from '../../standards/transaction.ts';
import { assertionOptions, type PasskeyParts, verifyAssertion } from './passkeys.ts';

/** Who approves what, in which request. */
export interface ApprovalQuestion {
  /** The authorization request that waits. */
  readonly uid: string;
  readonly staffId: string;
  readonly transaction: Transaction;
}

/** What the browser is given to ask the device; `undefined` when the person has no passkey. */
export async function approvalOptions(
  question: ApprovalQuestion,
  parts: PasskeyParts,
): Promise<object | undefined> {
  const { staffId, transaction } = question;
  if ((await parts.passkeys.list(staffId)).length === 0) return undefined;
  const challenge = createHash('sha256')
    .update(Buffer.from(transactionHash(transaction), 'base64url'))
    .update(randomBytes(32))
    .digest('base64url');
  return assertionOptions({ purpose: purposeOf(question), staffId, challenge }, parts);
}

/** Whether the person's device has signed this question. The question is used up whatever comes of it. */
export async function isApproved(
  answer: unknown,
  question: ApprovalQuestion,
  parts: PasskeyParts,
): Promise<boolean> {
  const { staffId } = question;
  const outcome = await verifyAssertion(answer, { purpose: purposeOf(question), staffId }, parts);
  return outcome.kind === 'verified';
}

const purposeOf = ({ uid, transaction }: ApprovalQuestion) =>
  ({ kind: 'transaction', binding: `${uid} ${transactionHash(transaction)}` }) as const;
