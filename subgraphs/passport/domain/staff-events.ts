/** What happens to people in the records, and where what follows from it is kept. */
import type { AuditActor } from './audit.ts';
import type { CredentialRecord, CredentialType, StatusReason, StoredState } from './credential.ts';
import type { Attestation } from './attestation.ts';

/** A registration as it stands. */
export interface StandingRegistration {
  readonly body: string;
  readonly number: string;
  /** A `RegistrationStatus` of the graph, or something that we do not know yet. */
  readonly status: string;
  /** When the register was last read; RFC 3339. */
  readonly lastCheckedAt: string | undefined;
}

/** A placement as the training record has it now. Dates are `YYYY-MM-DD`. */
export interface StandingPlacement {
  readonly reference: string;
  readonly leadOdsCode: string;
  readonly hostOdsCode: string;
  readonly nationalPostNumber: string;
  readonly specialty: string;
  readonly grade: string;
  readonly site: string;
  readonly startDate: string;
  /** Missing while the training record has not said it: there is no credential about it yet. */
  readonly endDate: string | undefined;
  readonly withdrawn: boolean;
}

/** What can happen. */
export type StaffEventType = 'STAFF_LEFT' | 'REGISTRATION_CHANGED' | 'PLACEMENT_CHANGED';

/** Something that happened to a person, with how things stand now. */
export interface StaffEvent {
  readonly type: StaffEventType;
  readonly staffId: string;
  /** The organisation of the employment, or whose file said it. */
  readonly odsCode: string;
  /** When the records learnt of it. */
  readonly at: Date;
  /** Organisations at which the person works now. */
  readonly worksAt: readonly string[];
  /** The records say that the person died, and nobody employs the person. */
  readonly deceased: boolean;
  readonly registrations: readonly StandingRegistration[];
  readonly placements: readonly StandingPlacement[];
}

/** Some events. */
export interface StaffEventPage {
  readonly events: readonly StaffEvent[];
  /** Where to go on. */
  readonly position: string;
  /** Whether there may be more. */
  readonly more: boolean;
}

/** Events in the order in which they became known. */
export interface StaffFeed {
  /**
   * Those after a position; from the beginning without one.
   *
   * @throws {Error} with code `unavailable` when the records do not answer
   */
  read(after: string | undefined): Promise<StaffEventPage>;
}

/** A credential that events may be about. */
export interface FollowedCredential extends Pick<
  CredentialRecord,
  'id' | 'staffId' | 'odsCode' | 'type' | 'state' | 'version'
> {
  /** What it is about in its source; missing for one from before sources were followed. */
  readonly sourceHash?: string;
  readonly claimsHash: string;
  /** It is suspended, and an event did that: not a person. */
  readonly suspendedByEvent: boolean;
  /** It was about a placement that said something else later, and an event revoked it for that: not a person. */
  readonly revokedByEvent: boolean;
}

/** A change of a credential's status that an event causes. */
export interface CausedChange {
  readonly credentialId: string;
  /** As it was when this was decided. */
  readonly version: number;
  readonly to: Extract<StoredState, 'ACTIVE' | 'SUSPENDED' | 'REVOKED'>;
  readonly reason: StatusReason;
}

/** What one trust or several are told. */
export interface CausedSignal {
  /** Who is told. */
  readonly odsCodes: readonly string[];
  /** Hashed: which registration, placement or employment. */
  readonly about: string;
  /** What is said of it. The same is never said twice in a row. */
  readonly said: string;
  /** Only news to somebody who was told something else before. */
  readonly onlyAfterAnother: boolean;
  readonly registration?: Pick<StandingRegistration, 'body' | 'status' | 'lastCheckedAt'>;
  readonly credential?: {
    readonly type: CredentialType;
    readonly state: CausedChange['to'];
  };
}

/** An offer that an event makes due. */
export interface CausedOffer {
  /** In whose name. */
  readonly odsCode: string;
  readonly type: CredentialType;
  readonly attestation?: Attestation;
}

/** What the sources say now about something that credentials are about. */
export interface FollowedSource {
  readonly sourceHash: string;
  /** Whether there may be a credential about it at all. */
  readonly stands: boolean;
  /** Of the claims as they are now, where that matters. */
  readonly claimsHash?: string;
}

/** Everything that follows from one event. */
export interface Reaction {
  readonly changes: readonly CausedChange[];
  readonly signals: readonly CausedSignal[];
  readonly offers: readonly CausedOffer[];
  /** Offers that wait for the person end, and those that are due are not made. */
  readonly takesOffersBack?: boolean;
}

/** What decides. */
export interface ReactionRules {
  readonly sourcesOf: (event: StaffEvent) => readonly FollowedSource[];
  /**
   * @param held the person's credentials that count or are being issued, and those of placements that events have revoked;
   *   of the dead, credentials of every kind
   * @param changed hashes of sources that say something else than when they were last heard
   */
  readonly react: (
    event: StaffEvent,
    held: readonly FollowedCredential[],
    changed: ReadonlySet<string>,
  ) => Reaction;
  /** Seals what is stated for an offer that is due. */
  readonly seal: (attestation: Attestation, dueOfferId: string) => string;
}

/** A page of a feed that is to take effect. */
export interface PageToApply {
  /** From where it was read. */
  readonly after: string | undefined;
  readonly page: StaffEventPage;
  /** The hold that this page releases: only its organisation's events count, and no brake. */
  readonly releasing?: string;
  readonly by: AuditActor;
  readonly now: Date;
}

/** What became of a page. */
export type AppliedPage =
  /** Somebody else has followed the feed from there. */
  | { readonly kind: 'moved' }
  | {
      readonly kind: 'applied';
      /** Status lists that changed. */
      readonly listIds: readonly string[];
      readonly signals: number;
      /** People whose credentials wait for two approvals. */
      readonly held: number;
    };

/** Too much at once: what an organisation's files said waits. */
export interface StaffEventHold {
  readonly id: string;
  readonly odsCode: string;
  readonly heldAt: Date;
  /** People held. */
  readonly people: number;
  readonly approvedAt?: Date;
  readonly releasedAt?: Date;
}

/** What became of an approval. */
export type HoldApproval = StaffEventHold | 'not-found' | 'same-person';

/** Where following is kept. Each function is one transaction or one statement. */
export interface StaffEventStore {
  /** How far the feed has been followed. */
  position(): Promise<string | undefined>;
  /** Lets a page take effect and moves the position, together and once, whoever else follows. */
  apply(page: PageToApply, rules: ReactionRules): Promise<AppliedPage>;
  /** Holds that two people have released and that are not worked off yet, with where to go on. */
  findReleased(): Promise<
    readonly { readonly id: string; readonly position: string | undefined }[]
  >;
  /** An organisation's holds that wait, and those of the last day. */
  listHolds(odsCode: string, since: Date): Promise<readonly StaffEventHold[]>;
  /** Approves a hold, or, as the second person, releases it. */
  approveHold(
    hold: { readonly id: string; readonly odsCode: string },
    by: AuditActor,
    now: Date,
  ): Promise<HoldApproval>;
}
