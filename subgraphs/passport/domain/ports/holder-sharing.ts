/** Where it is kept what holders were asked for and shared, and what they asked in turn. */
import type { Actor } from '../actor.ts';
import type {
  DeletionRow,
  KeptReason,
  ReportReason,
  SharedRow,
  StoredDeletion,
  StoredReport,
} from '../holder-sharing.ts';
import type { Refusal } from '../user-error.ts';
import type { PageRequest } from './credentials.ts';

/** Something that a holder does about one request. */
export interface HolderAct {
  readonly presentationId: string;
  /** The holder, who acts for themselves. */
  readonly by: Omit<Actor, 'odsCode'>;
  readonly idempotency: { readonly key: string; readonly requestHash: string };
  readonly now: Date;
}

/** How an organisation answers a holder who asked to have something deleted. */
export interface DeletionReply {
  readonly presentationId: string;
  /** Why it is kept; missing when it is deleted. */
  readonly keptBecause?: KeptReason;
  readonly by: Actor;
  readonly idempotency: { readonly key: string; readonly requestHash: string };
  readonly now: Date;
}

/** What one round of erasing did. */
export interface Erased {
  /** Presentations of which nothing is left but what came of them. */
  readonly presentations: number;
}

/** Keeps it. Each function is one transaction or one statement. */
export interface HolderSharing {
  /** Requests made of a person or answered by them, newest first; one more than asked for when there are more. */
  list(staffId: string, page: PageRequest): Promise<readonly SharedRow[]>;
  /** One of them. */
  find(staffId: string, presentationId: string): Promise<SharedRow | undefined>;
  /** Refuses a request that was made of this person and is open. */
  refuse(act: HolderAct): Promise<'refused' | Refusal>;
  /**
   * Notes that this person agrees to answer a request that is open, asked by that organisation, and meant for them or for
   * nobody in particular.
   *
   * @returns until when it can be answered
   */
  consent(
    act: HolderAct & { readonly odsCode: string; readonly types: readonly string[] },
  ): Promise<Date | Refusal>;
  /** Asks for deletion of what this person shared. What was asked before is answered as it stands. */
  askDeletion(act: HolderAct & { readonly answerBy: Date }): Promise<StoredDeletion | Refusal>;
  /** Answers for the organisation, once. Deleting is part of it. */
  answerDeletion(reply: DeletionReply): Promise<StoredDeletion | Refusal>;
  /** Requests for deletion to an organisation in one state, oldest first; one more than asked for when there are more. */
  listDeletions(
    odsCode: string,
    state: StoredDeletion['state'],
    page: PageRequest,
  ): Promise<readonly DeletionRow[]>;
  /** Reports whoever made a request of this person. What was reported before is answered as it stands. */
  report(act: HolderAct & { readonly reason: ReportReason }): Promise<StoredReport | Refusal>;
  /** Reports since a moment, by organisation, most first. For those who run the passport. */
  countReports(since: Date): Promise<readonly ReportCount[]>;
  /**
   * Erases what is due: what its purpose allows no longer, and answers that their verifier never came for. Several
   * processes may do so at the same time.
   *
   * @param limit most presentations in one call
   */
  eraseDue(now: Date, limit: number): Promise<Erased>;
}

/** How often an organisation was reported, for one reason. */
export interface ReportCount {
  readonly odsCode: string;
  readonly reason: ReportReason;
  readonly reports: number;
  readonly people: number;
  readonly lastAt: Date;
}
