import type { LinkEvidence, ProposedLink } from './links.ts';

/** Records whose decisions were taken again. A whole run takes every decision again. */
export type Covered =
  | { readonly kind: 'everything' }
  | {
      readonly kind: 'records';
      readonly staffIds: ReadonlySet<string>;
      readonly accountIds: ReadonlySet<string>;
    };

/** A person and an account. */
export interface MatchedPair {
  readonly staffId: string;
  readonly accountId: string;
}

/** One pair that a person may choose. */
export interface CaseCandidate extends MatchedPair {
  /** Posterior log odds to the base of 2. */
  readonly bits: number;
  readonly evidence: readonly LinkEvidence[];
}

/** Something that a person has to decide. There is one at most of a queue about a record. */
export interface ProposedCase {
  readonly queue: string;
  /** The person it is about; a case is about a person or about an account. */
  readonly staffId?: string;
  readonly accountId?: string;
  /** The organisation whose people decide. */
  readonly odsCode: string | undefined;
  readonly candidates: readonly CaseCandidate[];
  /** Why matching does not decide, as a stable code. */
  readonly because: string;
}

/**
 * What matching says now of the records it covers. It is the whole of it: a case of one of the covered records that is
 * not among `cases` no longer holds. A link that is not among `links` stands, unless it is among `withdrawn`.
 */
export interface MatchOutcome {
  readonly covered: Covered;
  /** Pairs that are linked, whether they are already or not. */
  readonly links: readonly ProposedLink[];
  readonly cases: readonly ProposedCase[];
  /**
   * Links by score alone that matching would no longer make. They give no access, so they end by themselves; all others
   * stand until a person decides.
   */
  readonly withdrawn: readonly MatchedPair[];
}
