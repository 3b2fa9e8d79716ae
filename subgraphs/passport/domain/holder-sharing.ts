/** What a holder was asked for and shared, and what they asked in turn. Names of claims, never values. */
import { z } from 'zod';

import type { CredentialType } from './credential.ts';
import type { StoredResult } from './verification-result.ts';

/** Why an organisation keeps what it was asked to delete (UK GDPR, article 17(3)). */
export const keptReason = z.enum(['LEGAL_OBLIGATION', 'LEGAL_CLAIM', 'PUBLIC_HEALTH']);
/** Why an organisation keeps what it was asked to delete. */
export type KeptReason = z.infer<typeof keptReason>;

/** Why somebody reports a request. */
export const reportReason = z.enum(['NOT_EXPECTED', 'TOO_MUCH', 'NOT_WHO_THEY_SAY', 'PRESSED']);
/** Why somebody reports a request. */
export type ReportReason = z.infer<typeof reportReason>;

/** What a holder asked to have deleted. */
export interface StoredDeletion {
  readonly presentationId: string;
  readonly state: 'WAITING' | 'DELETED' | 'KEPT';
  readonly askedAt: Date;
  /** By when the organisation has to answer. */
  readonly answerBy: Date;
  readonly answeredAt?: Date;
  readonly reason?: KeptReason;
}

/** A deletion with its place in the list. */
export interface DeletionRow extends StoredDeletion {
  readonly position: number;
}

/** A report of whoever made a request. */
export interface StoredReport {
  readonly reason: ReportReason;
  readonly at: Date;
}

/** A request as one person may see it. */
export interface SharedRow {
  readonly position: number;
  readonly id: string;
  /** The organisation that asked. */
  readonly odsCode: string;
  /** The name of the person or system that asked. */
  readonly askedBy: string;
  readonly purpose: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly answeredAt?: Date;
  /** Somebody said no. */
  readonly refused: boolean;
  /** What came of it, once the organisation may see it. */
  readonly result?: StoredResult;
  /** From when on what was shared is erased; missing when nothing is kept. */
  readonly eraseAfter?: Date;
  readonly erasedAt?: Date;
  readonly deletion?: StoredDeletion;
  readonly report?: StoredReport;
}

/** Where a request to a person stands. */
export type SharingState = 'ASKED' | 'SHARED' | 'REFUSED' | 'EXPIRED' | 'FAILED' | 'DELETED';

/** Where a request to a person stands now. */
export function sharingState(request: SharedRow, now: Date): SharingState {
  const { refused, result, eraseAfter, erasedAt, expiresAt } = request;
  if (refused) return 'REFUSED';
  if (result !== undefined) {
    if (erasedAt !== undefined) return 'DELETED';
    return eraseAfter === undefined ? 'FAILED' : 'SHARED';
  }
  return expiresAt > now ? 'ASKED' : 'EXPIRED';
}

/** One credential that a person shared. */
export interface SharedCredential {
  readonly type?: CredentialType;
  readonly issuerOds?: string;
  readonly claims: readonly string[];
}

/** What of an answer was this person's. An answer can hold credentials of somebody else, which are none of theirs. */
export const sharedBy = (staffId: string, result: StoredResult | undefined): SharedCredential[] =>
  (result?.credentials ?? [])
    .filter((credential) => credential.staffId === staffId)
    .map(({ type, issuerOds, disclosed }) => ({
      ...(type === undefined ? {} : { type }),
      ...(issuerOds === undefined ? {} : { issuerOds }),
      claims: disclosed,
    }));

/** How long an organisation has to answer: a month (UK GDPR, article 12(3)), counted as 28 days. */
const ANSWER_WITHIN_DAYS = 28;

/** By when a request for deletion has to be answered. */
export const answerBy = (askedAt: Date): Date =>
  new Date(askedAt.getTime() + ANSWER_WITHIN_DAYS * 24 * 3_600_000);
