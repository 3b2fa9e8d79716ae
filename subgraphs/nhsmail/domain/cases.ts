/** Cases: what only a person can decide, in named queues. */
import type { LinkEvidence, Pair } from './links.ts';

/** Queues, named as in ESR practice. */
export const CASE_QUEUES = [
  'DUPLICATE_NI',
  'NI_MATCH_NAME_DIFFERS',
  'NAME_MATCH_NI_DIFFERS',
  'UNABLE_TO_MATCH',
  'DIFFERENT_UUID',
  'UUID_IN_USE',
  'NAME_CHANGE',
  'TWO_EMPLOYERS',
  'ORPHAN_ACCOUNT',
  'SHARED_MAILBOX_AS_PERSON',
  'LEAVER_STILL_ACTIVE',
  'CLOSED_ORGANISATION',
  'LINK_DISPUTED',
  'LIKELY_LINK',
] as const;

/** A queue. */
export type CaseQueue = (typeof CASE_QUEUES)[number];

/** Who opens cases, and closes those of its own that no longer hold. `PERSON`: somebody disputes or confirms a link. */
export type CaseSource = 'MATCHING' | 'LIFECYCLE' | 'PERSON';

/** A pair that may belong together, with what speaks for it and against it. */
export interface CaseCandidate extends Pair {
  /** The account's organisation. */
  readonly odsCode?: string;
  /** Posterior log odds to the base of 2, where the pair was scored. */
  readonly bits?: number;
  readonly evidence: readonly LinkEvidence[];
}

/**
 * A case to be opened. Queue, person and account are its natural key: proposed again, the case that is open stands.
 */
export interface ProposedCase {
  readonly queue: CaseQueue;
  readonly staffId?: string;
  readonly accountId?: string;
  /** The organisation whose people decide. Left out where none is known: nobody sees it in the graph. */
  readonly odsCode?: string | undefined;
  /** Most likely first, 20 at most are kept. May be empty: an account without a person has none. */
  readonly candidates: readonly CaseCandidate[];
  /** Why a person has to decide, as a stable code, e.g. `NAME_DIFFERS`. */
  readonly because: string;
}

/**
 * Where a case stands. `AWAITING_SECOND_PERSON`: decided by one, and a live passport is behind it. `HANDED_OVER`: it was
 * given to another organisation, or to the managers of this one. `WITHDRAWN`: what opened it no longer holds.
 */
export type CaseState =
  | 'OPEN'
  | 'ASSIGNED'
  | 'HANDED_OVER'
  | 'AWAITING_SECOND_PERSON'
  | 'RESOLVED'
  | 'WITHDRAWN';

/** What a person says about a case. */
export type CaseDecision = 'SAME_PERSON' | 'DIFFERENT_PEOPLE' | 'NOT_SURE';

/** A case as it is kept. */
export interface MatchingCase {
  readonly id: string;
  /** Its place among all cases, ascending with the time of opening. */
  readonly position: number;
  readonly queue: CaseQueue;
  readonly source: CaseSource;
  readonly staffId?: string;
  readonly accountId?: string;
  /** The organisation whose people decide. */
  readonly odsCode?: string;
  /** Organisations that had it before and gave it away. */
  readonly handedFrom: readonly string[];
  readonly because: string;
  readonly state: CaseState;
  readonly candidates: readonly CaseCandidate[];
  readonly openedAt: Date;
  readonly dueAt: Date;
  /** Id of the person who works on it. */
  readonly assignedTo?: string;
  /** Raised by every act: an act on what is not current any more is refused. */
  readonly version: number;
  readonly closedAt?: Date;
  /** What was decided, or waits for a second person. */
  readonly decision?: MadeDecision;
}

/** A decision as it was made. */
export interface MadeDecision {
  /** `UNDO` takes back the decision before. */
  readonly decision: Exclude<CaseDecision, 'NOT_SURE'> | 'UNDO';
  /** The pairs that it is about. */
  readonly pairs: readonly Pair[];
  /** Id of the person who made it. */
  readonly by: string;
  /** The organisation that they acted for. */
  readonly odsCode: string;
  readonly at: Date;
  readonly reason: string;
  /** What an UNDO that waits for a second person would take back. */
  readonly undoes?: { readonly decision: MadeDecision; readonly closedAt: Date };
}

/** Days to decide, by queue. Where somebody may go on having access that they should not have, one. */
const DAYS: Readonly<Partial<Record<CaseQueue, number>>> = {
  LEAVER_STILL_ACTIVE: 1,
  DIFFERENT_UUID: 2,
  UUID_IN_USE: 2,
  LINK_DISPUTED: 2,
  DUPLICATE_NI: 5,
};
const USUAL_DAYS = 10;
const DAY_MS = 86_400_000;

/** When a case has to be decided. */
export const dueAt = (queue: CaseQueue, openedAt: Date): Date =>
  new Date(openedAt.getTime() + (DAYS[queue] ?? USUAL_DAYS) * DAY_MS);
