/** Where stops that take two people are kept. */
import type { Actor } from '../actor.ts';
import type { CredentialRecord, StatusReason } from '../credential.ts';
import type { PassportStop, StopReview, StopTarget } from '../passport-stop.ts';
import type { Refusal } from '../user-error.ts';
import type { PageRequest } from './credentials.ts';
import type { RepeatKey } from './sharing-agreements.ts';

/** A stop that is asked for. */
export interface RequestedStop extends StopTarget {
  readonly id: string;
  readonly reason: StatusReason;
  readonly note?: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  /** It is urgent: it takes effect at once, and is to be reviewed by then. */
  readonly reviewDueAt?: Date;
}

/** What is done with a stop. */
export interface StopDecision {
  readonly stopId: string;
  readonly by: Actor;
  readonly now: Date;
}

/** What came of it. */
export interface StopOutcome {
  readonly stop: PassportStop;
  /** Credentials that it changed. */
  readonly credentialIds: readonly string[];
  /** Lists that are due. */
  readonly listIds: readonly string[];
}

/** What a stop would come to. */
export interface StopOutlook {
  /** Valid or paused. */
  readonly credentials: number;
  /** Organisations that were shown one of them since a moment. */
  readonly shownTo: number;
  /** Organisations that keep what they were shown. */
  readonly keptBy: number;
  readonly openRequests: number;
  /** Organisations where a placement goes on. */
  readonly placedAt: number;
}

/** Stops by what is to be done about them. */
export type StopGroup = 'WAITING' | 'TO_REVIEW' | 'SETTLED';

/** Keeps stops. Each function is one transaction or one statement. Another organisation's stop reads the same as none. */
export interface PassportStops {
  /** Keeps a request; an urgent one stops at once, in the same statement, and those concerned are told. */
  request(wanted: RequestedStop, by: Actor, repeat: RepeatKey): Promise<StopOutcome | Refusal>;
  /** Stops what somebody else asked for, in one statement, and has it told. */
  approve(decision: StopDecision, repeat: RepeatKey): Promise<StopOutcome | Refusal>;
  /** Turns a request down, or takes one's own back. */
  refuse(decision: StopDecision, repeat: RepeatKey): Promise<PassportStop | Refusal>;
  /** Keeps what came of looking at an urgent stop. */
  review(
    decision: StopDecision & { readonly outcome: StopReview },
    repeat: RepeatKey,
  ): Promise<PassportStop | Refusal>;
  /** Pauses everything that the organisation issued to a person, in one statement, and has it told. */
  pause(
    wanted: {
      readonly staffId: string;
      readonly reason: StatusReason;
      readonly by: Actor;
      readonly now: Date;
    },
    repeat: RepeatKey,
  ): Promise<
    | {
        readonly paused: number;
        readonly credentialIds: readonly string[];
        readonly listIds: readonly string[];
      }
    | Refusal
  >;
  find(id: string, odsCode: string): Promise<PassportStop | undefined>;
  /**
   * An organisation's stops in one group: oldest first while something is to be done about them, newest first when they are
   * settled; one more than asked for when there are more.
   */
  list(
    odsCode: string,
    group: StopGroup,
    page: PageRequest,
    now: Date,
  ): Promise<readonly PassportStop[]>;
  /** What a stop has stopped or, while it waits, would stop. */
  credentialsOf(stop: PassportStop, limit: number, now: Date): Promise<readonly CredentialRecord[]>;
  /** What stopping would come to. */
  outlook(
    target: StopTarget & { readonly odsCode: string },
    since: Date,
    now: Date,
  ): Promise<StopOutlook>;
}
