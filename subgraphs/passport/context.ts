/** What a resolver has at hand. */
import type { Caller } from '../../runtime/caller-statement.ts';
import type { TakeFromBudget } from '../../runtime/request-budget.ts';
import type { Addresses } from './domain/addresses.ts';
import type { CredentialRecord } from './domain/credential.ts';
import type { DeliveryParts } from './domain/deliver-signals.ts';
import type { DueOfferParts } from './domain/due-offers.ts';
import type { FollowingParts } from './domain/follow-staff-events.ts';
import type { SignalStore } from './domain/signal.ts';
import type { ReceiverParts } from './domain/signal-receivers.ts';
import type { AdministrationParts } from './domain/administration.ts';
import type { IssuingParts } from './domain/issue-credential.ts';
import type { IssuerRegistryPublisher } from './domain/issuer-registry-publisher.ts';
import type { OfferingParts } from './domain/offer-credentials.ts';
import type { AccessLog, AccessLogRow } from './domain/ports/access-log.ts';
import type { Accreditations } from './domain/ports/accreditations.ts';
import type { AuditTrail } from './domain/ports/audit-trail.ts';
import type { Clock } from './domain/ports/clock.ts';
import type { CheckDecisions } from './domain/ports/check-decisions.ts';
import type { CheckPolicies } from './domain/ports/check-policies.ts';
import type { CredentialStore } from './domain/ports/credentials.ts';
import type { PassportStops } from './domain/ports/passport-stops.ts';
import type { IssuingStops } from './domain/ports/issuing-stops.ts';
import type { IssuerKeys, KeyMaker } from './domain/ports/keys.ts';
import type { Placements } from './domain/ports/placements.ts';
import type { Disclosures } from './domain/ports/disclosures.ts';
import type { HolderSharing } from './domain/ports/holder-sharing.ts';
import type { PresentationStore, WantedPresentations } from './domain/ports/presentations.ts';
import type { Page } from './domain/page.ts';
import type { StoredPresentation } from './domain/presentation-request.ts';
import type { RegisteredOrganisation } from './domain/registry.ts';
import type { Registry } from './domain/ports/registry.ts';
import type { Repeats } from './domain/ports/repeats.ts';
import type { StatusListStore } from './domain/ports/status-lists.ts';
import type { Teams } from './domain/ports/teams.ts';
import type { SharingAgreements } from './domain/ports/sharing-agreements.ts';
import type { PresentedEvidence } from './domain/ports/presented-evidence.ts';
import type { PastStatusLists } from './domain/past-status-list.ts';
import type { Blueprints } from './domain/policy-blueprint.ts';
import type { StatusListPublisher } from './domain/status-list-publisher.ts';
import type {
  DisclosedClaims,
  PresentedCredential,
  StoredCheck,
  StoredResult,
} from './domain/verification-result.ts';
import type { VerificationBundlePublisher } from './domain/verification-bundle-publisher.ts';
import type { VerifyingParts } from './domain/verify-answer.ts';

/** Everything the subgraph is made of. */
export interface PassportParts
  extends
    IssuingParts,
    OfferingParts,
    VerifyingParts,
    AdministrationParts,
    FollowingParts,
    ReceiverParts,
    DeliveryParts,
    DueOfferParts {
  readonly signals: SignalStore;
  readonly signalReceivers: ReceiverParts['signalReceivers'];
  readonly agreements: SharingAgreements;
  readonly registry: Registry;
  /** The organisation that keeps the register. */
  readonly registryKeeper: string;
  readonly repeats: Repeats;
  readonly statusLists: Pick<StatusListStore, 'findPublished' | 'summaries'>;
  readonly placements: Placements;
  readonly credentials: CredentialStore;
  readonly stops: PassportStops;
  readonly auditTrail: AuditTrail;
  /** Seals the audit trail. */
  readonly auditKey: Uint8Array;
  readonly issuingStops: IssuingStops;
  readonly issuerRegistry: IssuerRegistryPublisher;
  readonly verificationBundle: VerificationBundlePublisher;
  readonly accreditations: Accreditations;
  readonly presentations: PresentationStore;
  readonly sharing: HolderSharing;
  readonly presentedEvidence: PresentedEvidence;
  readonly checkDecisions: CheckDecisions;
  readonly checkPolicies: CheckPolicies;
  readonly blueprints: Blueprints;
  readonly accessLog: AccessLog;
  readonly teams: Teams;
  readonly disclosures: Disclosures;
  readonly offers: OfferingParts['offers'];
  readonly keys: IssuerKeys & KeyMaker;
  readonly records: IssuingParts['records'];
  readonly sealer: IssuingParts['sealer'];
  readonly publisher: StatusListPublisher;
  readonly pastStatusLists: PastStatusLists;
  readonly addresses: Addresses;
  readonly now: Clock;
  /** A name for a person's passport that leads nowhere else. */
  readonly passportId: (staffId: string) => string;
}

/** A reading, with the way to whom to ask about it: of each organisation it is looked up once for a page. */
export interface AccessLogEntryParent extends AccessLogRow {
  readonly contactOf: (odsCode: string) => Promise<RegisteredOrganisation['contact']>;
}

/** What one request has. */
export interface PassportContext {
  readonly caller: Caller;
  /** Notes that a person's record goes out with this answer. */
  readonly disclose: (staffId: string) => void;
  readonly parts: PassportParts;
  /** How many more passports and lists of credentials may be read. */
  readonly takeReads: TakeFromBudget;
}

/** A person, by id alone: the rest of the person is in other subgraphs. */
export interface StaffMemberParent {
  readonly id: string;
}

/** A passport as one caller may see it. */
export interface PassportParent {
  readonly staffId: string;
  /** Only credentials of this organisation; all of them for the holder. */
  readonly issuedBy?: string;
  /** What is known already of how many credentials there are. */
  readonly standing?: { readonly active: number; readonly offered: number };
}

/** A presented credential, and how to come by what was disclosed of it. */
export interface PresentedCredentialParent extends PresentedCredential {
  readonly readClaims: () => Promise<DisclosedClaims | undefined>;
}

/** What came of a request, as the organisation that asked may see it. */
export interface VerificationResultParent extends Pick<StoredResult, 'outcome' | 'checkedAt'> {
  readonly holder: StaffMemberParent | null;
  readonly credentials: readonly PresentedCredentialParent[];
  readonly checks: readonly (Omit<StoredCheck, 'code'> & { readonly code: string | null })[];
  /** Called before anything is read that is about a person: takes a purpose, and notes who it is. */
  readonly readAbout: () => void;
}

/** Requests in a page, and of which they are. */
export interface PresentationPageParent extends Page<StoredPresentation> {
  readonly wanted: WantedPresentations;
}

/** A credential that the caller may see. */
export type CredentialParent = CredentialRecord;
