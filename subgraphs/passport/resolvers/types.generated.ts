import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { StaffMemberParent, PassportParent, CredentialParent, PresentationPageParent, PresentedCredentialParent, VerificationResultParent, AccessLogEntryParent, PassportContext } from '../context.ts';
import type { StoredPresentation } from '../domain/presentation-request.ts';
import type { PassportStop as PassportStopParent } from '../domain/passport-stop.ts';
import type { RegisteredOrganisation as RegisteredOrganisationParent, RegistryChange as RegistryChangeParent } from '../domain/registry.ts';
import type { Signal as SignalParent } from '../domain/signal.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A calendar date, `YYYY-MM-DD` (ISO 8601). */
  Date: { input: string; output: string; }
  /** A moment in time with its offset (RFC 3339). */
  DateTime: { input: string; output: string | Date; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
  _FieldSet: { input: string; output: string; }
};

/** A page of the access log. */
export type AccessLogConnection = {
  readonly __typename?: 'AccessLogConnection';
  readonly edges: ReadonlyArray<AccessLogEdge>;
  readonly pageInfo: PageInfo;
};

/** One entry in a page. */
export type AccessLogEdge = {
  readonly __typename?: 'AccessLogEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: AccessLogEntry;
};

/** One reading of a person's record. */
export type AccessLogEntry = {
  readonly __typename?: 'AccessLogEntry';
  /** Whom to ask there, as the register has it; null when it names nobody */
  readonly actorContact: Maybe<RegisteredContact>;
  /** The person, or the system, that looked */
  readonly actorName: Scalars['String']['output'];
  readonly actorOrganisation: Maybe<Organisation>;
  readonly at: Scalars['DateTime']['output'];
  /** What was read, e.g. `registrations.number` */
  readonly fields: ReadonlyArray<Scalars['String']['output']>;
  /** Why it stands out; empty when it does not. Null until that has been looked at, some seconds later. */
  readonly flags: Maybe<ReadonlyArray<AccessLogFlag>>;
  readonly purpose: Scalars['String']['output'];
  readonly requestId: Scalars['String']['output'];
};

/** Why a reading stands out. The administrators of the reader's organisation see it, too. More may be added: keep a default. */
export type AccessLogFlag =
  /** The reader works in the same position, or in the same department at the same place */
  | 'CLOSE_COLLEAGUE'
  /** Somebody read their own record by way of their work */
  | 'OWN_RECORD';

/** Which agreement. */
export type AgreementDecisionInput = {
  readonly agreementId: Scalars['ID']['input'];
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of proposing, accepting or ending. */
export type AgreementPayload = {
  readonly __typename?: 'AgreementPayload';
  readonly agreement: Maybe<SharingAgreement>;
  readonly errors: ReadonlyArray<UserError>;
};

/** What is proposed, to whom. */
export type AgreementProposeInput = {
  /** Last day, `YYYY-MM-DD`; within five years of the first */
  readonly endsOn: Scalars['String']['input'];
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** ODS code of the other organisation */
  readonly odsCode: Scalars['ID']['input'];
  /** What both organisations call it; no other agreement of the two that stands has it */
  readonly reference: Scalars['String']['input'];
  /** First day, `YYYY-MM-DD` */
  readonly startsOn: Scalars['String']['input'];
};

/** How the chain of seals over the audit trail stands. Its latest 10,000 events are looked at. */
export type AuditChain = {
  readonly __typename?: 'AuditChain';
  /** When the latest seal was made or, when it is broken, the first that does not fit; null when nothing is sealed yet */
  readonly at: Maybe<Scalars['DateTime']['output']>;
  /** How many events were looked at */
  readonly events: Scalars['Int']['output'];
  /** Everything looked at is as it was sealed */
  readonly unbroken: Scalars['Boolean']['output'];
};

/** Something that was done. */
export type AuditEvent = {
  readonly __typename?: 'AuditEvent';
  /** Stable name, e.g. `stop.approved`. More may be added. */
  readonly action: Scalars['String']['output'];
  /** A person's id, a client's, or `operator` */
  readonly actor: Scalars['ID']['output'];
  readonly at: Scalars['DateTime']['output'];
  /** Who did it, when it was a person */
  readonly person: Maybe<StaffMember>;
  readonly requestId: Maybe<Scalars['ID']['output']>;
  /** The id of what it was done to */
  readonly subject: Scalars['ID']['output'];
};

/** A page of events. */
export type AuditEventConnection = {
  readonly __typename?: 'AuditEventConnection';
  readonly edges: ReadonlyArray<AuditEventEdge>;
  readonly pageInfo: PageInfo;
};

/** One event in a page. */
export type AuditEventEdge = {
  readonly __typename?: 'AuditEventEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: AuditEvent;
};

/** Which events: those that fit everything that is given. */
export type AuditEventFilter = {
  /** Any of these, e.g. `credential.status-changed`; 50 at most */
  readonly actions?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** A person's id, a client's, or `operator` */
  readonly actor?: InputMaybe<Scalars['ID']['input']>;
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** The id of what it was done to */
  readonly subject?: InputMaybe<Scalars['ID']['input']>;
  /** Up to and without this moment */
  readonly until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The outcome of one check. */
export type CheckOutcome =
  | 'FAILED'
  | 'NOT_REACHED'
  | 'PASSED';

/** One version of what an organisation demands of those who start there. What it says never changes. */
export type CheckPolicy = {
  readonly __typename?: 'CheckPolicy';
  readonly content: CheckPolicyContent;
  /** The organisation whose blueprint it was copied from */
  readonly copiedFrom: Maybe<Organisation>;
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly inForceFrom: Maybe<Scalars['DateTime']['output']>;
  readonly organisation: Organisation;
  readonly replacedAt: Maybe<Scalars['DateTime']['output']>;
  /** The staff group that it is for; null for everybody without a policy of their own */
  readonly staffGroup: Maybe<StaffGroup>;
  readonly state: CheckPolicyState;
  /** Rises by one with every version for the group. 0 is what holds where an organisation has written none. */
  readonly version: Scalars['Int']['output'];
};

/** Which draft to put in force. */
export type CheckPolicyActivateInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly policyId: Scalars['ID']['input'];
};

/** Policies for others to copy. */
export type CheckPolicyBlueprint = {
  readonly __typename?: 'CheckPolicyBlueprint';
  /** Compact JWS, signed with the key of the register of issuers under the anchor; it can be copied for a year */
  readonly jwt: Scalars['String']['output'];
  readonly policies: ReadonlyArray<CheckPolicy>;
};

/** A page of policies. */
export type CheckPolicyConnection = {
  readonly __typename?: 'CheckPolicyConnection';
  readonly edges: ReadonlyArray<CheckPolicyEdge>;
  readonly pageInfo: PageInfo;
};

/** What a policy says. */
export type CheckPolicyContent = {
  readonly __typename?: 'CheckPolicyContent';
  readonly criminalRecord: CriminalRecordCheckPolicy;
  readonly history: HistoryCheckPolicy;
  readonly identity: IdentityCheckPolicy;
  /** Checks that are not asked for */
  readonly notApplicable: ReadonlyArray<EmploymentCheck>;
  readonly registration: RegistrationCheckPolicy;
  /** Kinds of credential that have to be presented */
  readonly requiredTypes: ReadonlyArray<CredentialType>;
  readonly status: StatusAgePolicy;
  readonly training: ReadonlyArray<TrainingPolicy>;
  readonly workHealth: WorkHealthCheckPolicy;
};

/** What a policy says: all of it. `content` of an earlier version is where to begin. */
export type CheckPolicyContentInput = {
  readonly criminalRecord: CriminalRecordCheckPolicyInput;
  readonly history: HistoryCheckPolicyInput;
  readonly identity: IdentityCheckPolicyInput;
  readonly notApplicable: ReadonlyArray<EmploymentCheck>;
  readonly registration: RegistrationCheckPolicyInput;
  readonly requiredTypes: ReadonlyArray<CredentialType>;
  readonly status: StatusAgePolicyInput;
  /** 25 at most */
  readonly training: ReadonlyArray<TrainingPolicyInput>;
  readonly workHealth: WorkHealthCheckPolicyInput;
};

/** A policy's next version. */
export type CheckPolicyDraftInput = {
  readonly content: CheckPolicyContentInput;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** The staff group that it is for; everybody without a policy of their own unless given */
  readonly staffGroup?: InputMaybe<StaffGroup>;
};

/** What would come of a policy. */
export type CheckPolicyDryRun = {
  readonly __typename?: 'CheckPolicyDryRun';
  readonly edges: ReadonlyArray<CheckPolicyDryRunEdge>;
  /** How many people were looked at for this page, 500 at most */
  readonly looked: Scalars['Int']['output'];
  /** `endCursor` is the last person looked at: a page without edges may have a next one */
  readonly pageInfo: PageInfo;
  readonly policy: CheckPolicy;
};

/** One person in a page. */
export type CheckPolicyDryRunEdge = {
  readonly __typename?: 'CheckPolicyDryRunEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: NewlyFailing;
};

/** One policy in a page. */
export type CheckPolicyEdge = {
  readonly __typename?: 'CheckPolicyEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: CheckPolicy;
};

/** What to copy. */
export type CheckPolicyImportInput = {
  /** A blueprint's `jwt` */
  readonly blueprint: Scalars['String']['input'];
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of copying. */
export type CheckPolicyImportPayload = {
  readonly __typename?: 'CheckPolicyImportPayload';
  readonly errors: ReadonlyArray<UserError>;
  /** The drafts, one for each policy; none when there are errors */
  readonly policies: ReadonlyArray<CheckPolicy>;
};

/** The outcome of writing a policy, or of putting one in force. */
export type CheckPolicyPayload = {
  readonly __typename?: 'CheckPolicyPayload';
  readonly errors: ReadonlyArray<UserError>;
  readonly policy: Maybe<CheckPolicy>;
};

/** Where a version stands. More may be added: keep a default. */
export type CheckPolicyState =
  | 'DRAFT'
  | 'IN_FORCE'
  | 'REPLACED';

/** How wallets recognise a verifier (OpenID4VP 1.0 section 5.9.3). More may be added: keep a default. */
export type ClientIdPrefix =
  /** By a decentralised identifier (did:web) */
  | 'DECENTRALIZED_IDENTIFIER'
  /** By the certificate that signs the request, as HAIP demands */
  | 'X509_HASH'
  /** By the host in that certificate */
  | 'X509_SAN_DNS';

/** One credential, as the issuer recorded it. The signed credential itself is with the holder. */
export type Credential = {
  readonly __typename?: 'Credential';
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
  readonly format: CredentialFormat;
  /** What the holder's wallet last said became of it; null while it has said nothing */
  readonly holderEvent: Maybe<HolderEvent>;
  readonly holderEventAt: Maybe<Scalars['DateTime']['output']>;
  /** The credential's `jti` */
  readonly id: Scalars['ID']['output'];
  readonly issuedAt: Maybe<Scalars['DateTime']['output']>;
  readonly issuer: Organisation;
  readonly lastStatusChangeAt: Maybe<Scalars['DateTime']['output']>;
  readonly reason: Maybe<StatusReason>;
  /** Whose it is */
  readonly staff: StaffMember;
  readonly state: CredentialState;
  /** The latest changes of its status, newest first, 100 at most */
  readonly statusHistory: ReadonlyArray<StatusChange>;
  readonly statusIndex: Scalars['Int']['output'];
  /** Token Status List that carries its status */
  readonly statusListUri: Scalars['String']['output'];
  readonly type: CredentialType;
  /** Rises by one with every change. Send it back as `expectedVersion`. */
  readonly version: Scalars['Int']['output'];
};

/** A kind of credential to ask for. */
export type CredentialAskedInput = {
  /** Names of the claims to be disclosed; none means only what every credential of the type shows */
  readonly claims?: ReadonlyArray<Scalars['String']['input']>;
  /** Whether the answer is not enough without it */
  readonly required?: Scalars['Boolean']['input'];
  readonly type: CredentialType;
};

/** What the offering organisation states for one kind of credential. */
export type CredentialAttestationInput = {
  /** The claims by name, as the kind's type metadata lists them. Missing for kinds that are taken from the record. */
  readonly claims?: InputMaybe<Scalars['JSON']['input']>;
  /** How the claims were assured */
  readonly provenance?: InputMaybe<CredentialProvenanceInput>;
  readonly type: CredentialType;
};

/** A page of credentials. */
export type CredentialConnection = {
  readonly __typename?: 'CredentialConnection';
  readonly edges: ReadonlyArray<CredentialEdge>;
  readonly pageInfo: PageInfo;
};

/** One credential in a page. */
export type CredentialEdge = {
  readonly __typename?: 'CredentialEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Credential;
};

/** Forms in which a credential is signed. More may be added: keep a default. */
export type CredentialFormat =
  /** SD-JWT VC (`dc+sd-jwt`): the holder chooses what to disclose */
  | 'DC_SD_JWT'
  /** W3C credential as JWT (`vc+jwt`): whoever sees it sees all of it */
  | 'VC_JWT';

/** What the authorization server has proved about a wallet's request. */
export type CredentialIssueInput = {
  readonly format?: CredentialFormat;
  /** 1 to 20 public keys of the holder, P-256 JWKs, all different, each proved to be in the wallet's possession */
  readonly holderKeys: ReadonlyArray<Scalars['JSON']['input']>;
  /** The same key and input give the same credentials for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly offerId: Scalars['ID']['input'];
  /**
   * The wallet has collected this before, and comes back: it gets new credentials when the record has changed or the old
   * ones end within 14 days, and the old ones are revoked. The keys must be new.
   */
  readonly renewal?: Scalars['Boolean']['input'];
  readonly type: CredentialType;
};

/** The outcome of issuing. */
export type CredentialIssuePayload = {
  readonly __typename?: 'CredentialIssuePayload';
  readonly errors: ReadonlyArray<UserError>;
  /** One credential for each holder key, in the order of the keys; none when there are errors */
  readonly issued: ReadonlyArray<IssuedCredential>;
};

/** News of credentials that were issued together. */
export type CredentialNoteInput = {
  /** When the wallet said so. Older news than what is known changes nothing. */
  readonly at: Scalars['DateTime']['input'];
  /** 1 to 20 */
  readonly credentialIds: ReadonlyArray<Scalars['ID']['input']>;
  readonly event: HolderEvent;
};

/** The outcome of noting. */
export type CredentialNotePayload = {
  readonly __typename?: 'CredentialNotePayload';
  readonly errors: ReadonlyArray<UserError>;
  /** How many of the credentials were changed by it */
  readonly noted: Scalars['Int']['output'];
};

/** An offer for the holder's wallet. The transaction code goes to the holder by another way than the link. */
export type CredentialOffer = {
  readonly __typename?: 'CredentialOffer';
  readonly createdAt: Scalars['DateTime']['output'];
  /** It waits for its person or for the record */
  readonly deferred: Scalars['Boolean']['output'];
  /** When it ended before its time */
  readonly endedAt: Maybe<Scalars['DateTime']['output']>;
  /** Why it ended before its time */
  readonly endedBecause: Maybe<OfferEndReason>;
  readonly expiresAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** The organisation that offers */
  readonly issuer: Organisation;
  readonly state: CredentialOfferState;
  /** 6 digits. Null in a list. */
  readonly transactionCode: Maybe<Scalars['String']['output']>;
  readonly types: ReadonlyArray<CredentialType>;
  /** By reference, `openid-credential-offer://?credential_offer_uri=...` (OpenID4VCI 1.0 section 4.1.3). Null in a list. */
  readonly uri: Maybe<Scalars['String']['output']>;
  /** The same offer by value, `openid-credential-offer://?credential_offer=...` (section 4.1.2). Null in a list. */
  readonly uriByValue: Maybe<Scalars['String']['output']>;
};

/** Which offer ended. */
export type CredentialOfferEndInput = {
  readonly endedAt: Scalars['DateTime']['input'];
  readonly offerId: Scalars['ID']['input'];
};

/** The outcome of ending an offer. */
export type CredentialOfferEndPayload = {
  readonly __typename?: 'CredentialOfferEndPayload';
  readonly errors: ReadonlyArray<UserError>;
};

/** Which credentials to offer to whom. */
export type CredentialOfferInput = {
  /** One for each kind that no source system holds, and none for the others */
  readonly attestations?: InputMaybe<ReadonlyArray<CredentialAttestationInput>>;
  /** The offer waits 14 days for its person or for the record; otherwise it is collected within 10 minutes */
  readonly deferred?: Scalars['Boolean']['input'];
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** The member of staff */
  readonly staffId: Scalars['ID']['input'];
  /** At least one kind, each once */
  readonly types: ReadonlyArray<CredentialType>;
};

/** The outcome of an offer. */
export type CredentialOfferPayload = {
  readonly __typename?: 'CredentialOfferPayload';
  readonly errors: ReadonlyArray<UserError>;
  readonly offer: Maybe<CredentialOffer>;
};

/** Where an offer stands. More may be added: keep a default. */
export type CredentialOfferState =
  | 'COLLECTED'
  /** Nobody can collect it any more; make another one */
  | 'DEAD'
  | 'EXPIRED'
  | 'OFFERED';

/** How claims were assured, in the words of the NHS Digital Staff Passport. */
export type CredentialProvenance = {
  readonly __typename?: 'CredentialProvenance';
  readonly assuranceOutcome: Maybe<Scalars['String']['output']>;
  readonly assurancePolicy: Maybe<Scalars['String']['output']>;
  readonly lastRefresh: Maybe<Scalars['DateTime']['output']>;
  readonly origin: Maybe<Scalars['String']['output']>;
  readonly pedigree: Maybe<Scalars['String']['output']>;
  readonly provider: Maybe<Scalars['String']['output']>;
  readonly verificationMethod: Maybe<Scalars['String']['output']>;
  readonly verifier: Maybe<Scalars['String']['output']>;
};

/**
 * How claims were assured, in the words of the NHS Digital Staff Passport. Each kind of credential demands some of these;
 * what is left out gets the kind's usual value.
 */
export type CredentialProvenanceInput = {
  readonly assuranceOutcome?: InputMaybe<Scalars['String']['input']>;
  readonly assurancePolicy?: InputMaybe<Scalars['String']['input']>;
  readonly lastRefresh?: InputMaybe<Scalars['DateTime']['input']>;
  readonly origin?: InputMaybe<Scalars['String']['input']>;
  readonly pedigree?: InputMaybe<Scalars['String']['input']>;
  readonly provider?: InputMaybe<Scalars['String']['input']>;
  readonly verificationMethod?: InputMaybe<Scalars['String']['input']>;
  readonly verifier?: InputMaybe<Scalars['String']['input']>;
};

/** How one kind of credential stands for one person, by state. */
export type CredentialStanding = {
  readonly __typename?: 'CredentialStanding';
  /** Credentials of this kind in this state that say different things. Copies, one for each key of a wallet, count as one. */
  readonly credentials: Scalars['Int']['output'];
  /** When the first of them runs out */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** When the latest of them was signed */
  readonly issuedAt: Maybe<Scalars['DateTime']['output']>;
  readonly lastStatusChangeAt: Maybe<Scalars['DateTime']['output']>;
  /** Why, of the one that changed last */
  readonly reason: Maybe<StatusReason>;
  readonly staffId: Scalars['ID']['output'];
  readonly state: CredentialState;
  readonly type: CredentialType;
};

/** Where a credential stands. More may be added: keep a default. */
export type CredentialState =
  | 'ACTIVE'
  | 'EXPIRED'
  | 'ISSUING'
  | 'REVOKED'
  | 'SUSPENDED';

/** Which credential to change, and why. */
export type CredentialStatusInput = {
  readonly credentialId: Scalars['ID']['input'];
  /** Refuse when the credential has changed since this version was read */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly reason: StatusReason;
};

/** The outcome of a status change. */
export type CredentialStatusPayload = {
  readonly __typename?: 'CredentialStatusPayload';
  readonly credential: Maybe<Credential>;
  readonly errors: ReadonlyArray<UserError>;
};

/** Kinds of credential. More may be added: keep a default. */
export type CredentialType =
  /** Clinical test */
  | 'CLINICAL_TEST'
  /** Core skills training */
  | 'CORE_SKILLS_TRAINING'
  /** DBS check outcome */
  | 'DBS_OUTCOME'
  /** DBS supporting information */
  | 'DBS_SUPPORTING_INFORMATION'
  /** Employment */
  | 'EMPLOYMENT_ASSIGNMENT'
  /** Employment history */
  | 'EMPLOYMENT_HISTORY'
  /** Identity */
  | 'IDENTITY'
  /** New starter information */
  | 'NEW_STARTER_INFORMATION'
  /** Observation */
  | 'OBSERVATION'
  /** Occupational health clearance */
  | 'OCCUPATIONAL_HEALTH'
  /** Professional registration */
  | 'PROFESSIONAL_REGISTRATION'
  /** Right to work */
  | 'RIGHT_TO_WORK'
  /** Temporary placement */
  | 'TEMPORARY_PLACEMENT'
  /** Training placement */
  | 'TRAINING_PLACEMENT'
  /** Training programme */
  | 'TRAINING_PROGRAMME'
  /** Vaccination */
  | 'VACCINATION';

/** Which criminal record checks will do. */
export type CriminalRecordCheckPolicy = {
  readonly __typename?: 'CriminalRecordCheckPolicy';
  readonly level: DbsLevel;
  /** Whether another employer's fresh certificate counts for a doctor in training */
  readonly portableInTraining: Scalars['Boolean']['output'];
  /** The workforce that the certificate must name; any when null */
  readonly workforce: Maybe<DbsWorkforce>;
  /** How many years a certificate counts, 1 to 3 */
  readonly years: Scalars['Int']['output'];
};

/** Which criminal record checks will do. */
export type CriminalRecordCheckPolicyInput = {
  readonly level: DbsLevel;
  readonly portableInTraining: Scalars['Boolean']['input'];
  readonly workforce?: InputMaybe<DbsWorkforce>;
  /** 1 to 3 */
  readonly years: Scalars['Int']['input'];
};

/** Subjects of the Core Skills Training Framework, and the training beside them. More may be added: keep a default. */
export type CstfSubject =
  | 'CONFLICT_RESOLUTION'
  | 'EQUALITY_DIVERSITY_AND_HUMAN_RIGHTS'
  | 'FIRE_SAFETY'
  | 'HEALTH_SAFETY_AND_WELFARE'
  | 'INFECTION_PREVENTION_AND_CONTROL'
  | 'INFORMATION_GOVERNANCE_AND_DATA_SECURITY'
  | 'MOVING_AND_HANDLING'
  | 'OLIVER_MCGOWAN'
  | 'PREVENTING_RADICALISATION'
  | 'RESUSCITATION'
  | 'SAFEGUARDING_ADULTS'
  | 'SAFEGUARDING_CHILDREN';

/** Levels of a DBS check. More may be added: keep a default. */
export type DbsLevel =
  | 'BASIC'
  | 'ENHANCED'
  | 'ENHANCED_WITH_BARRED_LISTS'
  | 'STANDARD';

/** Workforces of a DBS check. More may be added: keep a default. */
export type DbsWorkforce =
  | 'ADULT'
  | 'ADULT_AND_CHILD'
  | 'CHILD';

/** How an organisation answers. */
export type DeletionAnswer =
  | 'DELETED'
  | 'KEPT';

/** The organisation's answer. */
export type DeletionAnswerInput = {
  readonly answer: DeletionAnswer;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly presentationId: Scalars['ID']['input'];
  /** Given with `KEPT`, and only then */
  readonly reason?: InputMaybe<KeptReason>;
};

/** The outcome of answering. */
export type DeletionAnswerPayload = {
  readonly __typename?: 'DeletionAnswerPayload';
  readonly deletion: Maybe<DeletionRequest>;
  readonly errors: ReadonlyArray<UserError>;
};

/** What a holder asked to have deleted. */
export type DeletionRequest = {
  readonly __typename?: 'DeletionRequest';
  /** By when the organisation has to answer (UK GDPR, article 12(3): one month) */
  readonly answerBy: Scalars['DateTime']['output'];
  readonly answeredAt: Maybe<Scalars['DateTime']['output']>;
  readonly askedAt: Scalars['DateTime']['output'];
  readonly presentationId: Scalars['ID']['output'];
  /** Why it was kept */
  readonly reason: Maybe<KeptReason>;
  readonly state: DeletionState;
};

/** A page of what holders asked to have deleted. */
export type DeletionRequestConnection = {
  readonly __typename?: 'DeletionRequestConnection';
  readonly edges: ReadonlyArray<DeletionRequestEdge>;
  readonly pageInfo: PageInfo;
};

/** One of them. */
export type DeletionRequestEdge = {
  readonly __typename?: 'DeletionRequestEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: DeletionRequest;
};

/** What to delete. */
export type DeletionRequestInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly presentationId: Scalars['ID']['input'];
};

/** The outcome of asking. */
export type DeletionRequestPayload = {
  readonly __typename?: 'DeletionRequestPayload';
  readonly deletion: Maybe<DeletionRequest>;
  readonly errors: ReadonlyArray<UserError>;
};

/** Where a request for deletion stands. More may be added: keep a default. */
export type DeletionState =
  /** It was erased, because of this request or before it was answered */
  | 'DELETED'
  | 'KEPT'
  | 'WAITING';

/** What a browser gave to a page (OpenID4VP 1.0 appendix A). */
export type DigitalCredentialInput = {
  /** `protocol` and `data` of the `DigitalCredential` */
  readonly credential: Scalars['JSON']['input'];
  /** The page's origin, as the page's own server knows it */
  readonly origin: Scalars['String']['input'];
};

/** The checks of the NHS Employment Check Standards. More may be added: keep a default. */
export type EmploymentCheck =
  | 'CRIMINAL_RECORD'
  /** Employment history and references */
  | 'EMPLOYMENT_HISTORY'
  | 'IDENTITY'
  /** Professional registration and qualifications */
  | 'PROFESSIONAL_REGISTRATION'
  | 'RIGHT_TO_WORK'
  /** Work health assessment */
  | 'WORK_HEALTH';

/** Who answers for the outcome of a check. */
export type EmploymentCheckAssurance = {
  readonly __typename?: 'EmploymentCheckAssurance';
  readonly at: Maybe<Scalars['DateTime']['output']>;
  /** E.g. `Document Verification` */
  readonly method: Maybe<Scalars['String']['output']>;
  /** The person of the caller's organisation, or what the credential names as provider */
  readonly name: Maybe<Scalars['String']['output']>;
  readonly organisation: Maybe<Organisation>;
  /** What came of it by that standard, e.g. `H1A` */
  readonly outcome: Maybe<Scalars['String']['output']>;
  /** E.g. `NHS Employment Check Standards: right to work` */
  readonly standard: Scalars['String']['output'];
};

/** Which check of whom to go on without, and why. */
export type EmploymentCheckBypassInput = {
  readonly check: EmploymentCheck;
  /** The last day on which it counts */
  readonly endsOn?: InputMaybe<Scalars['Date']['input']>;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** No details of health, conduct or offences. 500 characters. */
  readonly reason: Scalars['String']['input'];
  /** Somebody who presented something to the organisation */
  readonly staffId: Scalars['ID']['input'];
};

/** One check that would change. */
export type EmploymentCheckChange = {
  readonly __typename?: 'EmploymentCheckChange';
  readonly check: EmploymentCheck;
  readonly from: EmploymentCheckOutcome;
  readonly reasons: ReadonlyArray<EmploymentCheckReason>;
  readonly to: EmploymentCheckOutcome;
};

/** What somebody of the organisation did or decided about a check. */
export type EmploymentCheckDecision = {
  readonly __typename?: 'EmploymentCheckDecision';
  readonly check: EmploymentCheck;
  readonly decidedAt: Scalars['DateTime']['output'];
  readonly decidedBy: Scalars['String']['output'];
  /** The last day on which it counts */
  readonly endsOn: Maybe<Scalars['Date']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly kind: EmploymentCheckDecisionKind;
  /** Of a check that was made: PASS or FAIL */
  readonly outcome: Maybe<EmploymentCheckOutcome>;
  /** To what standard, or why */
  readonly reason: Scalars['String']['output'];
};

/** Kinds of decisions. More may be added: keep a default. */
export type EmploymentCheckDecisionKind =
  | 'BYPASSED'
  | 'CHECKED'
  | 'ORIGINALS_SEEN';

/** The outcome of noting something about a check. */
export type EmploymentCheckDecisionPayload = {
  readonly __typename?: 'EmploymentCheckDecisionPayload';
  readonly decision: Maybe<EmploymentCheckDecision>;
  readonly errors: ReadonlyArray<UserError>;
};

/** One credential that was presented. */
export type EmploymentCheckEvidence = {
  readonly __typename?: 'EmploymentCheckEvidence';
  /** When it was presented and checked */
  readonly checkedAt: Scalars['DateTime']['output'];
  /** What the holder disclosed. Null once it is erased. */
  readonly claims: Maybe<Scalars['JSON']['output']>;
  readonly credentialId: Maybe<Scalars['ID']['output']>;
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
  readonly issuedAt: Maybe<Scalars['DateTime']['output']>;
  readonly issuer: Maybe<Organisation>;
  /** As it stands now */
  readonly outcome: VerificationOutcome;
  readonly presentationId: Scalars['ID']['output'];
  readonly provenance: Maybe<CredentialProvenance>;
  /** When the status that was read was signed */
  readonly statusAsOf: Maybe<Scalars['DateTime']['output']>;
  readonly type: CredentialType;
};

/** How a check ends. More may be added: keep a default, and treat it as not passed. */
export type EmploymentCheckOutcome =
  | 'EXPIRED'
  | 'FAIL'
  /** A person of the organisation has to look */
  | 'NEEDS_LOCAL_CHECK'
  /** The policy does not ask for it */
  | 'NOT_APPLICABLE'
  | 'NOT_PRESENTED'
  | 'PASS';

/** Why an outcome is what it is. More may be added: keep a default. */
export type EmploymentCheckReason =
  /** The person is fit for the work with adjustments, which the new employer makes */
  | 'ADJUSTMENTS_NEEDED'
  /** It was checked with less confidence than the policy demands */
  | 'ASSURANCE_TOO_LOW'
  | 'BYPASSED'
  | 'CHECKED_LOCALLY'
  /** What was disclosed has been erased: ask again */
  | 'CLAIMS_ERASED'
  /** What the check needs was kept back */
  | 'CLAIM_NOT_DISCLOSED'
  | 'CREDENTIAL_EXPIRED'
  | 'CREDENTIAL_INVALID'
  /** There is a newer one: ask for it */
  | 'CREDENTIAL_REPLACED'
  | 'CREDENTIAL_REVOKED'
  | 'CREDENTIAL_SUSPENDED'
  | 'DBS_CERTIFICATE_TOO_OLD'
  | 'DBS_DISCLOSES_INFORMATION'
  | 'DBS_LEVEL_TOO_LOW'
  /** It comes from the Update Service, or from a look at a record */
  | 'DBS_NOT_FROM_FRESH_CERTIFICATE'
  | 'DBS_OTHER_WORKFORCE'
  /** Another employer received the certificate */
  | 'DBS_PORTED'
  /** It ended with the employment */
  | 'EMPLOYMENT_ENDED'
  | 'EXPOSURE_PRONE_PROCEDURES_NOT_CLEARED'
  /** The employments that were shown leave gaps */
  | 'HISTORY_NOT_COVERED'
  /** The permission limits the hours of work */
  | 'HOURS_LIMITED'
  | 'LEVEL_TOO_LOW'
  | 'LOCAL_CHECK_ENDED'
  | 'LOCAL_CHECK_FAILED'
  /** Something has failed or ended after the organisation checked */
  | 'LOCAL_CHECK_OVERTAKEN'
  | 'NOTHING_PRESENTED'
  | 'NOT_ASKED_FOR'
  /** The issuer itself did not verify it */
  | 'NOT_VERIFIED_BY_ISSUER'
  /** What is behind a check was shown, and no check */
  | 'ONLY_SUPPORTING_INFORMATION'
  /** Somebody has yet to see the original documents in person */
  | 'ORIGINALS_NOT_SEEN'
  | 'PERMISSION_ENDED'
  /** A credential alone never answers this check: the register has to be read */
  | 'REGISTER_NOT_READ'
  | 'REGISTER_READ_TOO_LONG_AGO'
  /** The staff record, which reads the register, does not answer */
  | 'REGISTER_UNAVAILABLE'
  /** With conditions, interim or not, or undertakings */
  | 'REGISTRATION_HAS_CONDITIONS'
  | 'REGISTRATION_LAPSED'
  /** The register has no such entry: the number may be wrong */
  | 'REGISTRATION_NOT_FOUND'
  | 'REGISTRATION_REMOVED'
  | 'REGISTRATION_SUSPENDED'
  /** On the register without a licence to practise */
  | 'REGISTRATION_WITHOUT_LICENCE'
  | 'RENEWAL_DUE'
  | 'REVIEW_DUE'
  /** Its status is older than the policy allows */
  | 'STATUS_TOO_OLD'
  /** Its status could not be read */
  | 'STATUS_UNKNOWN'
  /** The permission to work ends: see `endsOn` */
  | 'TIME_LIMITED';

/** Which check of whom, and what was done about it. */
export type EmploymentCheckRecordInput = {
  readonly check: EmploymentCheck;
  /** The last day on which it counts */
  readonly endsOn?: InputMaybe<Scalars['Date']['input']>;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** What came of the check that was made there: PASS or FAIL. Without it, the original documents were seen in person. */
  readonly outcome?: InputMaybe<EmploymentCheckOutcome>;
  /** Somebody who presented something to the organisation */
  readonly staffId: Scalars['ID']['input'];
  /** To what standard it was checked, or which documents were seen. No details of health, conduct or offences. 500 characters. */
  readonly standard: Scalars['String']['input'];
};

/** One of the six checks with what its outcome rests on. */
export type EmploymentCheckResult = {
  readonly __typename?: 'EmploymentCheckResult';
  /** Who assured it, and to what standard. Null while nobody has. */
  readonly assurance: Maybe<EmploymentCheckAssurance>;
  /** Who decided to go on without it, and why */
  readonly bypass: Maybe<EmploymentCheckDecision>;
  readonly check: EmploymentCheck;
  /** The check that the organisation made itself */
  readonly checkedLocally: Maybe<EmploymentCheckDecision>;
  /** The last day on which it holds */
  readonly endsOn: Maybe<Scalars['Date']['output']>;
  readonly evidence: ReadonlyArray<EmploymentCheckEvidence>;
  /** Who saw the original documents in person */
  readonly originalsSeen: Maybe<EmploymentCheckDecision>;
  readonly outcome: EmploymentCheckOutcome;
  readonly reasons: ReadonlyArray<EmploymentCheckReason>;
  /** The entry of the professional register that was read beside the credential */
  readonly register: Maybe<RegisterReading>;
  /** Whether the organisation need do nothing more about it: passed, not asked for, or bypassed */
  readonly settled: Scalars['Boolean']['output'];
};

/** Which decision to take back. */
export type EmploymentCheckWithdrawInput = {
  readonly decisionId: Scalars['ID']['input'];
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of taking a decision back. */
export type EmploymentCheckWithdrawPayload = {
  readonly __typename?: 'EmploymentCheckWithdrawPayload';
  readonly errors: ReadonlyArray<UserError>;
};

/** The six checks of one person, and what else the policy asks for. */
export type EmploymentChecks = {
  readonly __typename?: 'EmploymentChecks';
  readonly checkedAt: Scalars['DateTime']['output'];
  /** Always six, in the same order */
  readonly checks: ReadonlyArray<EmploymentCheckResult>;
  /** Whether nothing is left to be done */
  readonly complete: Scalars['Boolean']['output'];
  /** Null when what was presented is not one person's */
  readonly holder: Maybe<StaffMember>;
  /** Kinds of credential that the policy asks for, and that were not presented or do not stand */
  readonly missing: ReadonlyArray<CredentialType>;
  /** What the checks were made under */
  readonly policy: CheckPolicy;
  readonly staffGroup: Maybe<StaffGroup>;
  /** The training that the policy asks for */
  readonly training: ReadonlyArray<TrainingCheckResult>;
};

/** Whose employment checks: exactly one of these. */
export type EmploymentChecksBy =
  /** By one presentation alone */
  { readonly presentationId: Scalars['ID']['input']; readonly staffId?: never; }
  |  /** By all that the person presented to the organisation, the newest of each kind */
  { readonly presentationId?: never; readonly staffId: Scalars['ID']['input']; };

/** Stable codes, never renamed. More may be added: keep a default. */
export type ErrorCode =
  | 'ALREADY_ANSWERED'
  | 'EXPIRED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'INVALID_VALUE'
  /** Issuing is stopped for now: nobody gets a credential, whoever asks */
  | 'ISSUING_STOPPED'
  /** The organisation is not accredited for this type of credential, or may not check passports */
  | 'NOT_ACCREDITED'
  | 'NOT_ELIGIBLE'
  | 'NOT_FOUND'
  /** The record does not support this credential yet, and the offer waits for it */
  | 'NOT_READY'
  /** The two organisations have no agreement in force that says what the placement says */
  | 'NO_AGREEMENT'
  | 'RESOURCE_VERSION_MISMATCH'
  | 'STATUS_CHANGE_NOT_ALLOWED'
  /** The record says what the credential says, so there is no other one */
  | 'UNCHANGED';

/** A reading that stands out. */
export type FlaggedAccess = {
  readonly __typename?: 'FlaggedAccess';
  readonly entry: AccessLogEntry;
  /** Who read it */
  readonly reader: StaffMember;
  /** Whose record was read. What the caller may see of them is for the staff record to say. */
  readonly staff: StaffMember;
};

/** A page of readings that stand out. */
export type FlaggedAccessConnection = {
  readonly __typename?: 'FlaggedAccessConnection';
  readonly edges: ReadonlyArray<FlaggedAccessEdge>;
  readonly pageInfo: PageInfo;
};

/** One reading in a page. */
export type FlaggedAccessEdge = {
  readonly __typename?: 'FlaggedAccessEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: FlaggedAccess;
};

/** How far back employment has to be shown. */
export type HistoryCheckPolicy = {
  readonly __typename?: 'HistoryCheckPolicy';
  /** The longest time in between that needs no explanation, in days */
  readonly gapDays: Scalars['Int']['output'];
  readonly months: Scalars['Int']['output'];
};

/** How far back employment has to be shown. */
export type HistoryCheckPolicyInput = {
  /** 0 to 366 */
  readonly gapDays: Scalars['Int']['input'];
  /** 0 to 120 */
  readonly months: Scalars['Int']['input'];
};

/** What a wallet says became of a credential (OpenID4VCI 1.0 section 11). More may be added: keep a default. */
export type HolderEvent =
  /** It is in the wallet */
  | 'ACCEPTED'
  /** The holder did not want it */
  | 'DELETED'
  /** The wallet could not keep it */
  | 'FAILED';

/** How sure of a person's identity one has to be. */
export type IdentityCheckPolicy = {
  readonly __typename?: 'IdentityCheckPolicy';
  /** The least confidence of a check under Good Practice Guide 45 */
  readonly minimumConfidence: IdentityConfidence;
};

/** How sure of a person's identity one has to be. */
export type IdentityCheckPolicyInput = {
  readonly minimumConfidence: IdentityConfidence;
};

/** Levels of confidence of Good Practice Guide 45. More may be added: keep a default. */
export type IdentityConfidence =
  | 'HIGH'
  | 'LOW'
  | 'MEDIUM'
  | 'VERY_HIGH';

/** A credential that was signed for one holder key. */
export type IssuedCredential = {
  readonly __typename?: 'IssuedCredential';
  /** The signed credential in compact form */
  readonly compact: Scalars['String']['output'];
  readonly credential: Credential;
};

/** How publishing and pushing do. */
export type IssuerHealth = {
  readonly __typename?: 'IssuerHealth';
  /** What waits to be pushed, by receiver */
  readonly backlogs: ReadonlyArray<SignalBacklog>;
  /** Status lists that are published, at most 50 */
  readonly statusLists: ReadonlyArray<PublishedStatusList>;
};

/** A key with which an organisation signs. */
export type IssuerKey = {
  readonly __typename?: 'IssuerKey';
  /** When its certificate runs out */
  readonly certificateEndsAt: Scalars['DateTime']['output'];
  /** When nothing that it signed counts any more; null as long as it signs or waits */
  readonly endsAt: Maybe<Scalars['DateTime']['output']>;
  /** The `kid`: RFC 7638 thumbprint of the public key */
  readonly id: Scalars['ID']['output'];
  /** Credentials that it signed and that are neither out of date nor stopped. They would not be believed without it. */
  readonly inForce: Scalars['Int']['output'];
  readonly keeper: IssuerKeyKeeper;
  readonly madeAt: Scalars['DateTime']['output'];
  /** Credentials that it signed */
  readonly signed: Scalars['Int']['output'];
  /** From when it signs */
  readonly signsFrom: Scalars['DateTime']['output'];
  readonly state: IssuerKeyState;
  /** When it was taken out of everything that is published; null unless it was */
  readonly turnedOffAt: Maybe<Scalars['DateTime']['output']>;
  readonly use: IssuerKeyUse;
};

/** Who keeps a private key. More may be added: keep a default. */
export type IssuerKeyKeeper =
  /** The database, encrypted */
  | 'DATABASE'
  /** A PKCS #11 token */
  | 'HARDWARE_MODULE';

/** The outcome for a key. */
export type IssuerKeyPayload = {
  readonly __typename?: 'IssuerKeyPayload';
  readonly errors: ReadonlyArray<UserError>;
  readonly key: Maybe<IssuerKey>;
};

/** What to rotate. */
export type IssuerKeyRotateInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly use: IssuerKeyUse;
};

/** Where a key stands. More may be added: keep a default. */
export type IssuerKeyState =
  /** It signs */
  | 'ACTIVE'
  /** It signs no more, and what it signed counts */
  | 'CHECKING_ONLY'
  /** Nothing that it signed counts, or it was taken out of use */
  | 'OFF'
  /** Published, and does not sign yet */
  | 'WAITING';

/** Which key to turn off. */
export type IssuerKeyTurnOffInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** How many credentials depend on it, as the caller has read it. Refused with `more_depend_on_it` when there are more. */
  readonly inForce: Scalars['Int']['input'];
  readonly keyId: Scalars['ID']['input'];
};

/** What a key signs. More may be added: keep a default. */
export type IssuerKeyUse =
  | 'CREDENTIAL'
  /** Receipts of checks */
  | 'RECEIPT'
  /** Requests to holders */
  | 'REQUEST'
  | 'STATUS_LIST';

/** Why an organisation keeps what it was asked to delete (UK GDPR, article 17(3)). More may be added: keep a default. */
export type KeptReason =
  /** It is needed for a legal claim */
  | 'LEGAL_CLAIM'
  /** A law obliges it to */
  | 'LEGAL_OBLIGATION'
  /** It is needed for public health */
  | 'PUBLIC_HEALTH';

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Accepts what another organisation proposed. People confirm it with their passkey. */
  readonly agreementAccept: AgreementPayload;
  /**
   * Turns a proposal down, takes it back, or ends an agreement for good. Placements with licence to attend that stand on it
   * end with it. People confirm it with their passkey.
   */
  readonly agreementEnd: AgreementPayload;
  /** Proposes an agreement on sharing staff to another organisation. People confirm it with their passkey. */
  readonly agreementPropose: AgreementPayload;
  /** Puts a draft in force, in the place of the version that is */
  readonly checkPolicyActivate: CheckPolicyPayload;
  /** Writes the next version of a policy, as a draft */
  readonly checkPolicyDraft: CheckPolicyPayload;
  /** Copies a blueprint: makes a draft of each policy in it, which changes nothing until it is put in force */
  readonly checkPolicyImport: CheckPolicyImportPayload;
  /** Signs credentials from an offer that a wallet has redeemed. For the authorization server. */
  readonly credentialIssue: CredentialIssuePayload;
  /** Notes what wallets said became of credentials that they were given. For the authorization server. */
  readonly credentialNote: CredentialNotePayload;
  /** Offers credentials to a member of staff, to be collected by their wallet (OpenID4VCI 1.0). People confirm it with their passkey. */
  readonly credentialOffer: CredentialOfferPayload;
  /** Records that an offer ended before its time, because of too many wrong codes. For the authorization server. */
  readonly credentialOfferEnd: CredentialOfferEndPayload;
  /** Ends a pause. People confirm it with their passkey. */
  readonly credentialReinstate: CredentialStatusPayload;
  /**
   * Stops a credential for good, at once. People confirm it with their passkey, and somebody else of the organisation reviews it
   * afterwards (`passportStopReview`). Where there is time, `passportStopRequest` has it approved first.
   */
  readonly credentialRevoke: CredentialStatusPayload;
  /** Pauses a credential. It can be reinstated, so it takes one person and no passkey: the way out in an emergency. */
  readonly credentialSuspend: CredentialStatusPayload;
  /** Answers a holder who asked to have something deleted. `DELETED` erases it at once; the receipt stays. */
  readonly deletionAnswer: DeletionAnswerPayload;
  /** Asks the organisation to delete what the caller shared with it */
  readonly deletionRequest: DeletionRequestPayload;
  /** Goes on without a check. A person decides it, says why, and confirms it with their passkey. It changes no outcome. */
  readonly employmentCheckBypass: EmploymentCheckDecisionPayload;
  /** Notes what a person of the organisation did about a check: saw the originals, or made the check there */
  readonly employmentCheckRecord: EmploymentCheckDecisionPayload;
  /** Takes a note or a bypass back */
  readonly employmentCheckWithdraw: EmploymentCheckWithdrawPayload;
  /**
   * Publishes a new key, which signs once no cached document is without it: after about ten minutes. When one waits already,
   * that one is the answer. People confirm it with their passkey.
   */
  readonly issuerKeyRotate: IssuerKeyPayload;
  /**
   * Takes a key out of everything that is published, for good. What it signed is believed by nobody else from then on; our
   * own record goes on knowing it. When it signs, another takes over at once. People confirm it with their passkey.
   */
  readonly issuerKeyTurnOff: IssuerKeyPayload;
  /** Stops those of the caller's credentials in whose place newer ones were collected: the old device is of no use then */
  readonly passportEarlierEnd: PassportEarlierEndPayload;
  /** Pauses everything that the caller's organisation issued to a person, at once. Like a pause of one credential, it takes one person and no passkey. */
  readonly passportPause: PassportPausePayload;
  /**
   * Offers the caller's own credentials once more, to another wallet or a new device: those that stand and are taken from the
   * record. People confirm it with their passkey.
   */
  readonly passportReoffer: PassportReofferPayload;
  /** Approves a stop that somebody else asked for: it takes effect. People confirm it with their passkey. */
  readonly passportStopApprove: PassportStopPayload;
  /** Turns a stop down that somebody else asked for, or takes one's own back. Nothing is stopped, so it takes no passkey. */
  readonly passportStopRefuse: PassportStopPayload;
  /**
   * Asks for one credential, or everything that the caller's organisation issued to a person, to be stopped for good. Somebody else
   * of the organisation approves it within three days; an urgent one stops at once, and somebody else reviews it by the
   * next working day. People confirm it with their passkey.
   */
  readonly passportStopRequest: PassportStopPayload;
  /** Says whether it was right that somebody else stopped something alone. What is stopped stays stopped. People confirm it with their passkey. */
  readonly passportStopReview: PassportStopPayload;
  /** Notes that the organisation has done with a request that can be answered no more, or has not after all */
  readonly presentationClose: PresentationClosePayload;
  /** Asks many holders, each through a browser that takes the request up: all of them or, with an error, none */
  readonly presentationListRequest: PresentationListRequestPayload;
  /** Refuses a request that was made of the caller. Whoever asked learns that, and no reason. */
  readonly presentationRefuse: PresentationRefusePayload;
  /** Asks a holder for credentials (OpenID4VP 1.0). The purpose of use is what the holder is told. */
  readonly presentationRequest: PresentationRequestPayload;
  /** Checks an answer that reached the verifier by other means than the wallet's own post. Each request is answered once. */
  readonly presentationVerify: PresentationVerifyPayload;
  /**
   * Puts a change that somebody else asked for into the register, all of it in one. What gives an organisation more is approved
   * by the register's keeper; the rest by its own people, too. People confirm it with their passkey.
   */
  readonly registryChangeApprove: RegistryChangePayload;
  /**
   * Asks for a change of the register: of the caller's own organisation, or for the register's keeper of any. It counts once
   * somebody else has approved it. One change of an organisation waits at a time. People confirm it with their passkey.
   */
  readonly registryChangePropose: RegistryChangePayload;
  /** Turns a change down, or takes it back. Nothing of the register is altered. */
  readonly registryChangeTurnDown: RegistryChangePayload;
  /** Reports whoever made a request of the caller to those who run the passport */
  readonly requesterReport: RequesterReportPayload;
  /** Notes that the caller agrees to share, before their wallet answers. People confirm it with their passkey. */
  readonly sharingConsent: SharingConsentPayload;
  /** Ends a receiver: nothing more is pushed to it. People confirm it with their passkey. */
  readonly signalReceiverEnd: SignalReceiverPayload;
  /** Has signals pushed to an address, from now on (RFC 8935). People confirm it with their passkey. */
  readonly signalReceiverRegister: SignalReceiverPayload;
  /** Pushes signals to a receiver again, and goes on with one that is parked. People confirm it with their passkey. */
  readonly signalReceiverReplay: SignalReceiverPayload;
  /** Gives a receiver another secret. The one before signs too for 24 hours. People confirm it with their passkey. */
  readonly signalReceiverSecretChange: SignalReceiverPayload;
  /**
   * Has a test event pushed to a receiver within seconds, beside its signals: the verification event of the Shared Signals
   * Framework. How it went is among the receiver's attempts. Ten a minute.
   */
  readonly signalReceiverTest: SignalReceiverPayload;
  /**
   * Says that what waits is right. It takes effect when a second person has said so too. People confirm it with their
   * passkey.
   */
  readonly staffEventHoldApprove: StaffEventHoldPayload;
  /**
   * Writes into people's access logs that their records are read for somebody, and answers how the credentials stand that
   * the reader's organisation issued to them. For the service that exports records.
   */
  readonly verifiedRecordsDisclose: VerifiedRecordsDisclosePayload;
};


export type MutationAgreementAcceptArgs = {
  input: AgreementDecisionInput;
};


export type MutationAgreementEndArgs = {
  input: AgreementDecisionInput;
};


export type MutationAgreementProposeArgs = {
  input: AgreementProposeInput;
};


export type MutationCheckPolicyActivateArgs = {
  input: CheckPolicyActivateInput;
};


export type MutationCheckPolicyDraftArgs = {
  input: CheckPolicyDraftInput;
};


export type MutationCheckPolicyImportArgs = {
  input: CheckPolicyImportInput;
};


export type MutationCredentialIssueArgs = {
  input: CredentialIssueInput;
};


export type MutationCredentialNoteArgs = {
  input: CredentialNoteInput;
};


export type MutationCredentialOfferArgs = {
  input: CredentialOfferInput;
};


export type MutationCredentialOfferEndArgs = {
  input: CredentialOfferEndInput;
};


export type MutationCredentialReinstateArgs = {
  input: CredentialStatusInput;
};


export type MutationCredentialRevokeArgs = {
  input: CredentialStatusInput;
};


export type MutationCredentialSuspendArgs = {
  input: CredentialStatusInput;
};


export type MutationDeletionAnswerArgs = {
  input: DeletionAnswerInput;
};


export type MutationDeletionRequestArgs = {
  input: DeletionRequestInput;
};


export type MutationEmploymentCheckBypassArgs = {
  input: EmploymentCheckBypassInput;
};


export type MutationEmploymentCheckRecordArgs = {
  input: EmploymentCheckRecordInput;
};


export type MutationEmploymentCheckWithdrawArgs = {
  input: EmploymentCheckWithdrawInput;
};


export type MutationIssuerKeyRotateArgs = {
  input: IssuerKeyRotateInput;
};


export type MutationIssuerKeyTurnOffArgs = {
  input: IssuerKeyTurnOffInput;
};


export type MutationPassportEarlierEndArgs = {
  input: PassportEarlierEndInput;
};


export type MutationPassportPauseArgs = {
  input: PassportPauseInput;
};


export type MutationPassportReofferArgs = {
  input: PassportReofferInput;
};


export type MutationPassportStopApproveArgs = {
  input: PassportStopDecisionInput;
};


export type MutationPassportStopRefuseArgs = {
  input: PassportStopDecisionInput;
};


export type MutationPassportStopRequestArgs = {
  input: PassportStopRequestInput;
};


export type MutationPassportStopReviewArgs = {
  input: PassportStopReviewInput;
};


export type MutationPresentationCloseArgs = {
  input: PresentationCloseInput;
};


export type MutationPresentationListRequestArgs = {
  input: PresentationListRequestInput;
};


export type MutationPresentationRefuseArgs = {
  input: PresentationRefuseInput;
};


export type MutationPresentationRequestArgs = {
  input: PresentationRequestInput;
};


export type MutationPresentationVerifyArgs = {
  input: PresentationVerifyInput;
};


export type MutationRegistryChangeApproveArgs = {
  input: RegistryChangeDecisionInput;
};


export type MutationRegistryChangeProposeArgs = {
  input: RegistryChangeProposeInput;
};


export type MutationRegistryChangeTurnDownArgs = {
  input: RegistryChangeDecisionInput;
};


export type MutationRequesterReportArgs = {
  input: RequesterReportInput;
};


export type MutationSharingConsentArgs = {
  input: SharingConsentInput;
};


export type MutationSignalReceiverEndArgs = {
  input: SignalReceiverEndInput;
};


export type MutationSignalReceiverRegisterArgs = {
  input: SignalReceiverRegisterInput;
};


export type MutationSignalReceiverReplayArgs = {
  input: SignalReceiverReplayInput;
};


export type MutationSignalReceiverSecretChangeArgs = {
  input: SignalReceiverSecretChangeInput;
};


export type MutationSignalReceiverTestArgs = {
  input: SignalReceiverTestInput;
};


export type MutationStaffEventHoldApproveArgs = {
  input: StaffEventHoldApproveInput;
};


export type MutationVerifiedRecordsDiscloseArgs = {
  input: VerifiedRecordsDiscloseInput;
};

/** A person who would newly fail. */
export type NewlyFailing = {
  readonly __typename?: 'NewlyFailing';
  /** Checks that pass now and would not */
  readonly checks: ReadonlyArray<EmploymentCheckChange>;
  /** Kinds of credential that would be asked for and are not there */
  readonly missing: ReadonlyArray<CredentialType>;
  readonly person: StaffMember;
  /** Training that would be asked for and is not there */
  readonly training: ReadonlyArray<TrainingCheckResult>;
};

/** A credential that its holder has to ask for. */
export type NotOffered = {
  readonly __typename?: 'NotOffered';
  /** Whom to ask */
  readonly issuer: Organisation;
  readonly type: CredentialType;
};

/** Why an offer ended before its time. More may be added: keep a default. */
export type OfferEndReason =
  /** The fifth wrong transaction code: perhaps somebody else has the link */
  | 'WRONG_TRANSACTION_CODES';

/** Which way. */
export type OrderDirection =
  | 'ASC'
  | 'DESC';

/** An NHS organisation. */
export type Organisation = {
  readonly __typename?: 'Organisation';
  readonly odsCode: Scalars['ID']['output'];
};

/** Where a page ends. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
};

/** The credentials of one person. */
export type Passport = {
  readonly __typename?: 'Passport';
  readonly credentials: CredentialConnection;
  readonly id: Scalars['ID']['output'];
  /** The latest offers, newest first, 20 at most */
  readonly offers: ReadonlyArray<CredentialOffer>;
  readonly status: PassportStatus;
};


/** The credentials of one person. */
export type PassportCredentialsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};

/** Whose place was taken. */
export type PassportEarlierEndInput = {
  /** Makes a repeated call safe: what was stopped is not stopped again */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Offers from which newer credentials were collected; 20 at most */
  readonly offerIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** What was stopped. */
export type PassportEarlierEndPayload = {
  readonly __typename?: 'PassportEarlierEndPayload';
  /** How many credentials */
  readonly ended: Scalars['Int']['output'];
  readonly errors: ReadonlyArray<UserError>;
};

/** Whose passport to pause, and why. */
export type PassportPauseInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly reason: StatusReason;
  readonly staffId: Scalars['ID']['input'];
};

/** The outcome of pausing. */
export type PassportPausePayload = {
  readonly __typename?: 'PassportPausePayload';
  readonly errors: ReadonlyArray<UserError>;
  /** How many credentials were paused; null when there are errors */
  readonly paused: Maybe<Scalars['Int']['output']>;
};

/** A wish for offers of what the caller holds. */
export type PassportReofferInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** Offers of what the caller holds. */
export type PassportReofferPayload = {
  readonly __typename?: 'PassportReofferPayload';
  readonly errors: ReadonlyArray<UserError>;
  /** What only the organisation that issued it can offer once more, because it is in no record */
  readonly notOffered: ReadonlyArray<NotOffered>;
  /** One for each organisation that issued something, with what opens it. They can be collected for ten minutes. */
  readonly offers: ReadonlyArray<CredentialOffer>;
};

/** Where a passport stands. More may be added: keep a default. */
export type PassportStatus =
  | 'ACTIVE'
  | 'EMPTY'
  | 'OFFERED';

/** A stop for good that takes two people: one asks and another approves, or one stops at once and another reviews it. */
export type PassportStop = {
  readonly __typename?: 'PassportStop';
  /** The one credential that it is about; null when it is about everything that the organisation issued to the person */
  readonly credential: Maybe<Credential>;
  /** What it stopped or, while it waits, what it would stop; 100 at most */
  readonly credentials: ReadonlyArray<Credential>;
  readonly decidedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who approved it, turned it down or took it back; whoever asked for it when it is urgent */
  readonly decidedBy: Maybe<StaffMember>;
  /** From when on it cannot be approved any more */
  readonly expiresAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** What was noted for the record */
  readonly note: Maybe<Scalars['String']['output']>;
  readonly reason: StatusReason;
  readonly requestedAt: Scalars['DateTime']['output'];
  readonly requestedBy: StaffMember;
  readonly review: Maybe<PassportStopReview>;
  /** By when it is to be reviewed: the next working day, bank holidays not counted with */
  readonly reviewDueAt: Maybe<Scalars['DateTime']['output']>;
  readonly reviewedAt: Maybe<Scalars['DateTime']['output']>;
  readonly reviewedBy: Maybe<StaffMember>;
  /** Whose passport it is */
  readonly staff: StaffMember;
  readonly state: PassportStopState;
  /** How many credentials it stopped */
  readonly stopped: Maybe<Scalars['Int']['output']>;
  /** It stopped at once, and is reviewed afterwards */
  readonly urgent: Scalars['Boolean']['output'];
};

/** A page of stops. */
export type PassportStopConnection = {
  readonly __typename?: 'PassportStopConnection';
  readonly edges: ReadonlyArray<PassportStopEdge>;
  readonly pageInfo: PageInfo;
};

/** Which stop. */
export type PassportStopDecisionInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly stopId: Scalars['ID']['input'];
};

/** One stop in a page. */
export type PassportStopEdge = {
  readonly __typename?: 'PassportStopEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: PassportStop;
};

/** Stops by what is to be done about them. More may be added: keep a default. */
export type PassportStopGroup =
  | 'SETTLED'
  | 'TO_REVIEW'
  | 'WAITING';

/** What a stop would come to. Counts alone: where a person has shown what is for them to see. */
export type PassportStopOutlook = {
  readonly __typename?: 'PassportStopOutlook';
  /** Credentials that would be stopped: valid or paused */
  readonly credentials: Scalars['Int']['output'];
  readonly days: Scalars['Int']['output'];
  /** Organisations that still keep what they were shown */
  readonly keptBy: Scalars['Int']['output'];
  /** Requests that wait for this person's answer */
  readonly openRequests: Scalars['Int']['output'];
  /** Organisations where a placement goes on */
  readonly placedAt: Scalars['Int']['output'];
  /** Organisations that were shown one of them within the last `days` days */
  readonly shownTo: Scalars['Int']['output'];
};

/** The outcome of asking for a stop, deciding about one or reviewing one. */
export type PassportStopPayload = {
  readonly __typename?: 'PassportStopPayload';
  readonly errors: ReadonlyArray<UserError>;
  readonly stop: Maybe<PassportStop>;
};

/** What to stop, and why. */
export type PassportStopRequestInput = {
  /** One credential; everything that the organisation issued to the person without it */
  readonly credentialId?: InputMaybe<Scalars['ID']['input']>;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** For the record, 300 characters at most. No health or disciplinary details, and no NHS or National Insurance number. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
  /** Why. An urgent stop is for a lost device, for misconduct or a register: LOST_PHONE, NO_LONGER_VALID or REGISTRATION_SUSPENDED. */
  readonly reason: StatusReason;
  readonly staffId: Scalars['ID']['input'];
  /** Stops at once, to be reviewed by somebody else afterwards */
  readonly urgent?: Scalars['Boolean']['input'];
};

/** What came of a review. More may be added: keep a default. */
export type PassportStopReview =
  /** It was right to stop it at once */
  | 'RIGHT'
  /** It should not have been stopped in that way */
  | 'WRONG';

/** What came of the review of a stop. */
export type PassportStopReviewInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly outcome: PassportStopReview;
  readonly stopId: Scalars['ID']['input'];
};

/** Where a stop stands. More may be added: keep a default. */
export type PassportStopState =
  /** Nobody approved it in time */
  | 'EXPIRED'
  /** Somebody else turned it down */
  | 'REFUSED'
  | 'STOPPED'
  /** It waits for somebody else */
  | 'WAITING'
  /** Whoever asked took it back */
  | 'WITHDRAWN';

/** One event. It is about the host alone: nothing has happened at the permanent employer. */
export type PlacementEvent = {
  readonly __typename?: 'PlacementEvent';
  readonly at: Scalars['DateTime']['output'];
  /** The host */
  readonly odsCode: Scalars['ID']['output'];
  /** Whether another placement of the person at that organisation goes on */
  readonly placedThere: Scalars['Boolean']['output'];
  /** The person; null when there is none any more */
  readonly staff: Maybe<StaffMember>;
  readonly staffId: Scalars['ID']['output'];
  readonly type: PlacementEventType;
};

/** Some of the events. There may be more when it holds as many as were asked for. */
export type PlacementEventPage = {
  readonly __typename?: 'PlacementEventPage';
  readonly events: ReadonlyArray<PlacementEvent>;
  /** Give it as `after` to go on from here */
  readonly position: Scalars['String']['output'];
};

/** What happened to a placement. More may be added: keep a default. */
export type PlacementEventType =
  /** The placement is over: its last day has passed, its credentials were revoked, or the agreement it stood on was ended */
  | 'PLACEMENT_ENDED';

/** Which request. */
export type PresentationCloseInput = {
  /** False takes it back */
  readonly done?: Scalars['Boolean']['input'];
  /** Makes a repeated call safe */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly presentationId: Scalars['ID']['input'];
};

/** The request, or why it stays as it is. */
export type PresentationClosePayload = {
  readonly __typename?: 'PresentationClosePayload';
  readonly errors: ReadonlyArray<UserError>;
  readonly request: Maybe<PresentationRequest>;
};

/** Requests by what is to be done about them. More may be added: keep a default. */
export type PresentationGroup =
  | 'ALL'
  /** The holder has answered */
  | 'ANSWERED'
  /** The organisation has done with it */
  | 'DONE'
  /** The holder said no, or did not answer in time */
  | 'ENDED'
  /** The holder has yet to answer */
  | 'OPEN'
  /** The holder has answered, said no, or did not answer in time, and the organisation has not done with it */
  | 'TO_DO';

/** One of many to ask. */
export type PresentationLineInput = {
  /** What the organisation knows the request by: 1 to 60 characters. Nothing about the person. */
  readonly reference: Scalars['String']['input'];
  /** The day on which the person begins */
  readonly startsOn?: InputMaybe<Scalars['Date']['input']>;
};

/** A list of requests that were made at once. */
export type PresentationList = {
  readonly __typename?: 'PresentationList';
  readonly createdAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** How many requests it has */
  readonly requests: Scalars['Int']['output'];
};

/** Whom to ask for what. */
export type PresentationListRequestInput = {
  /** How long each can be answered, in minutes: 10 to 20,160, which is 14 days */
  readonly answerWithinMinutes?: Scalars['Int']['input'];
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 */
  readonly lines: ReadonlyArray<PresentationLineInput>;
  readonly template: PresentationTemplate;
};

/** The list, or why nobody was asked. */
export type PresentationListRequestPayload = {
  readonly __typename?: 'PresentationListRequestPayload';
  readonly errors: ReadonlyArray<UserError>;
  readonly listId: Maybe<Scalars['ID']['output']>;
};

/** An order of requests. Those that are alike are in the order in which they were made. */
export type PresentationOrder = {
  readonly direction: OrderDirection;
  readonly field: PresentationOrderField;
};

/** By what requests are put in order. More may be added: keep a default. */
export type PresentationOrderField =
  | 'ASKED_AT'
  | 'REFERENCE'
  /** Those without a day count as the earliest */
  | 'STARTS_ON';

/**
 * What a check came to, signed by the organisation that made it. It has names of claims and never values, and holds for
 * as long as its key is published. Asking for it takes a purpose of use, and is a reading of the person.
 */
export type PresentationReceipt = {
  readonly __typename?: 'PresentationReceipt';
  /** Compact JWS, `typ` `presentation-receipt+jwt` */
  readonly compact: Scalars['String']['output'];
  /** Where the keys are published that verify it (RFC 7517) */
  readonly keysUri: Scalars['String']['output'];
  readonly signedAt: Scalars['DateTime']['output'];
};

/** Which request to refuse. */
export type PresentationRefuseInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly presentationId: Scalars['ID']['input'];
};

/** The outcome of refusing. */
export type PresentationRefusePayload = {
  readonly __typename?: 'PresentationRefusePayload';
  readonly errors: ReadonlyArray<UserError>;
  readonly presentation: Maybe<SharedPresentation>;
};

/** A check in progress, or done. */
export type PresentationRequest = {
  readonly __typename?: 'PresentationRequest';
  /** When it was answered or refused */
  readonly answeredAt: Maybe<Scalars['DateTime']['output']>;
  /** Goes into the key-binding JWT as `aud` of a presentation that is handed over by other means */
  readonly audience: Scalars['String']['output'];
  /** When the organisation had done with it */
  readonly closedAt: Maybe<Scalars['DateTime']['output']>;
  readonly createdAt: Scalars['DateTime']['output'];
  /** What is asked for (OpenID4VP 1.0 section 6) */
  readonly dcql: Scalars['JSON']['output'];
  /** For `navigator.credentials.get` on a page of one of the origins: one entry of `digital.requests`. Null without origins, and when it cannot be answered any more. */
  readonly digitalCredentialRequest: Maybe<Scalars['JSON']['output']>;
  readonly expiresAt: Scalars['DateTime']['output'];
  /** When a wallet fetched it */
  readonly fetchedAt: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  /** The page to send to the holder, or to show as a QR code. It works until `expiresAt`. */
  readonly link: Scalars['String']['output'];
  /** The list that it was made in */
  readonly listId: Maybe<Scalars['ID']['output']>;
  /** Goes into the key-binding JWT of a presentation that is handed over by other means */
  readonly nonce: Scalars['String']['output'];
  readonly purpose: Scalars['String']['output'];
  /** What the organisation knows the request by */
  readonly reference: Maybe<Scalars['String']['output']>;
  /** Why it was refused: the wallet's code, e.g. `access_denied` */
  readonly refusedBecause: Maybe<Scalars['String']['output']>;
  /** The outcome, once a wallet has answered */
  readonly result: Maybe<VerificationResult>;
  /** The day on which the person begins */
  readonly startsOn: Maybe<Scalars['Date']['output']>;
  readonly state: PresentationState;
  readonly template: Maybe<PresentationTemplate>;
  /** What a wallet reads itself, as a link or a QR code. Null for a request that a browser takes up. */
  readonly walletUri: Maybe<Scalars['String']['output']>;
};

/** Requests, in a page. */
export type PresentationRequestConnection = {
  readonly __typename?: 'PresentationRequestConnection';
  readonly edges: ReadonlyArray<PresentationRequestEdge>;
  readonly pageInfo: PageInfo;
  /** How many there are on all pages, counted to 1,000 at most */
  readonly totalCount: Scalars['Int']['output'];
};

/** One request in a page. */
export type PresentationRequestEdge = {
  readonly __typename?: 'PresentationRequestEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: PresentationRequest;
};

/** What to ask a holder for: exactly one of `template`, `credentials` and `dcql`. */
export type PresentationRequestInput = {
  /** How long it can be answered, in minutes: 10 to 20,160, which is 14 days. Long for a link that is sent. */
  readonly answerWithinMinutes?: Scalars['Int']['input'];
  /** How wallets recognise the verifier */
  readonly clientIdPrefix?: ClientIdPrefix;
  /** The kinds of credentials, each once */
  readonly credentials?: InputMaybe<ReadonlyArray<CredentialAskedInput>>;
  /** A query of one's own (OpenID4VP 1.0 section 6) for credentials in `dc+sd-jwt` of the published types */
  readonly dcql?: InputMaybe<Scalars['JSON']['input']>;
  /** Whether wallets encrypt the answer, to a key that is made for this request */
  readonly encrypted?: Scalars['Boolean']['input'];
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Origins of the pages that may ask through the Digital Credentials API, e.g. `https://hr.example`; 10 at most */
  readonly origins?: ReadonlyArray<Scalars['String']['input']>;
  /** What the organisation knows the request by, such as the number of a vacancy: 1 to 60 characters. Nothing about the person. */
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  /**
   * The holder opens `link` in a browser, and the wallet leads back to that browser before the answer counts: nobody can
   * pass another person's answer off as their own (OpenID4VP 1.0 section 14.3). When false, wallets read `walletUri`, which
   * is for a holder who stands at the desk.
   */
  readonly sameDevice?: Scalars['Boolean']['input'];
  /** The person it is meant for. Somebody else's answer is then not valid. */
  readonly staffId?: InputMaybe<Scalars['ID']['input']>;
  /** The day on which the person begins */
  readonly startsOn?: InputMaybe<Scalars['Date']['input']>;
  /** A question that is asked often */
  readonly template?: InputMaybe<PresentationTemplate>;
};

/** The outcome of asking. */
export type PresentationRequestPayload = {
  readonly __typename?: 'PresentationRequestPayload';
  readonly errors: ReadonlyArray<UserError>;
  readonly request: Maybe<PresentationRequest>;
};

/** Where a check stands. More may be added: keep a default. */
export type PresentationState =
  | 'ANSWERED'
  /** A wallet has answered, and the answer is being checked */
  | 'CHECKING'
  | 'EXPIRED'
  /** A wallet has it */
  | 'FETCHED'
  /** The holder said no, or the wallet cannot answer */
  | 'REFUSED'
  /** A wallet has answered, and the browser has to come back */
  | 'RETURNING'
  | 'WAITING';

/** Questions that are asked often. What not everybody has is optional in them. More may be added: keep a default. */
export type PresentationTemplate =
  /** A member of another trust's staff works a shift */
  | 'BANK_SHIFT'
  /** A member of another trust's staff comes for good */
  | 'PERMANENT_MOVE'
  /** A doctor in training begins at the next trust */
  | 'ROTATING_DOCTOR';

/** An answer: exactly one of `presentation`, `vpToken` and `digitalCredential`. */
export type PresentationVerifyInput = {
  readonly digitalCredential?: InputMaybe<DigitalCredentialInput>;
  /** SD-JWT with key binding, compact (RFC 9901 section 4), when one credential was asked for */
  readonly presentation?: InputMaybe<Scalars['String']['input']>;
  /** The request that this answers */
  readonly requestId: Scalars['ID']['input'];
  /** Lists of one presentation by the name of what was asked for (OpenID4VP 1.0 section 8.1) */
  readonly vpToken?: InputMaybe<Scalars['JSON']['input']>;
};

/** The outcome of a check. */
export type PresentationVerifyPayload = {
  readonly __typename?: 'PresentationVerifyPayload';
  readonly errors: ReadonlyArray<UserError>;
  readonly request: Maybe<PresentationRequest>;
  readonly result: Maybe<VerificationResult>;
};

/** Whether one presented credential holds. */
export type PresentedCredential = {
  readonly __typename?: 'PresentedCredential';
  /** Every check that is made, in order */
  readonly checks: ReadonlyArray<VerificationCheck>;
  /** What the holder disclosed. Null unless issuer's signature and holder's proof hold, and once it is erased. */
  readonly claims: Maybe<Scalars['JSON']['output']>;
  /** The credential's `jti` */
  readonly credentialId: Maybe<Scalars['ID']['output']>;
  /** Names of what the holder disclosed */
  readonly disclosed: ReadonlyArray<Scalars['String']['output']>;
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
  readonly issuedAt: Maybe<Scalars['DateTime']['output']>;
  readonly issuer: Maybe<Organisation>;
  readonly outcome: VerificationOutcome;
  /** Its name in the query */
  readonly queryId: Scalars['String']['output'];
  /** Age of the status used: when its list was signed */
  readonly statusAsOf: Maybe<Scalars['DateTime']['output']>;
  readonly type: Maybe<CredentialType>;
};

/** A status list as everybody reads it. */
export type PublishedStatusList = {
  readonly __typename?: 'PublishedStatusList';
  /** When it counts no more */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** Whether it is held back because a newer one is live than the record knows */
  readonly heldBack: Scalars['Boolean']['output'];
  readonly id: Scalars['ID']['output'];
  readonly signedAt: Scalars['DateTime']['output'];
  /** Rises with every publication */
  readonly version: Scalars['Int']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  /** Whether the latest part of the audit trail is as it was sealed, looked at now */
  readonly auditChain: Maybe<AuditChain>;
  /** What was done for the caller's organisation, or to what is its own, newest first: who, what and when. Values are not told. */
  readonly auditEvents: Maybe<AuditEventConnection>;
  /** Every version of the policies of the caller's organisation, newest first */
  readonly checkPolicies: Maybe<CheckPolicyConnection>;
  /** A version of a policy of the caller's organisation. Null otherwise. */
  readonly checkPolicy: Maybe<CheckPolicy>;
  /** Policies of the caller's organisation, signed, for another to copy: a JWT. Null when one of them is not its own. */
  readonly checkPolicyBlueprint: Maybe<CheckPolicyBlueprint>;
  /** Who of the people that presented something to the caller's organisation would newly fail, were this policy in force */
  readonly checkPolicyDryRun: Maybe<CheckPolicyDryRun>;
  /** A credential that the caller holds, or that the caller's organisation issued. Null otherwise. */
  readonly credential: Maybe<Credential>;
  /**
   * People whose credentials of one organisation changed since a moment, in the order of their ids, for the service that
   * exports records. Ids alone: nothing is disclosed.
   */
  readonly credentialHoldersChanged: ReadonlyArray<Scalars['ID']['output']>;
  /** What holders asked the caller's organisation to delete, oldest first */
  readonly deletionRequests: Maybe<DeletionRequestConnection>;
  /**
   * The six NHS Employment Checks of a person who presented something to the caller's organisation, as they stand now under
   * its policy. Null when it has seen nothing of the person.
   */
  readonly employmentChecks: Maybe<EmploymentChecks>;
  /**
   * Readings that stand out, by people who acted for the caller's organisation, newest first: of their own record, or of a close
   * colleague's.
   */
  readonly flaggedAccess: Maybe<FlaggedAccessConnection>;
  /** How publishing and pushing do for the caller's organisation */
  readonly issuerHealth: Maybe<IssuerHealth>;
  /** Keys of the caller's organisation, newest first, at most 200 */
  readonly issuerKeys: ReadonlyArray<IssuerKey>;
  /**
   * Those among these people who hold a credential that has not run out, be it paused, or whom one is offered. For the
   * service that keeps the links between people and mailboxes: what it changes about them takes two people.
   */
  readonly passportHolders: ReadonlyArray<Scalars['ID']['output']>;
  /** A stop that somebody of the caller's organisation asked for. Null otherwise. */
  readonly passportStop: Maybe<PassportStop>;
  /** What a stop would come to, in numbers; of one credential, or of everything that the caller's organisation issued to the person. Null when there is nothing to stop. */
  readonly passportStopOutlook: Maybe<PassportStopOutlook>;
  /** Stops of the caller's organisation: what waits and what is to be reviewed oldest first, what is settled newest first */
  readonly passportStops: Maybe<PassportStopConnection>;
  /**
   * Placements at other organisations that have ended, oldest first, for our own services. Reading changes nothing: whoever
   * reads keeps the position.
   */
  readonly placementEvents: PlacementEventPage;
  /** A presentation that the caller's organisation asked for. Null otherwise. */
  readonly presentation: Maybe<PresentationRequest>;
  /** Lists that the caller's organisation asked many holders with, the 20 newest */
  readonly presentationLists: ReadonlyArray<PresentationList>;
  /** The signed receipt of a check that the caller's organisation made. Null otherwise, and while nothing has been checked. */
  readonly presentationReceipt: Maybe<PresentationReceipt>;
  /** What the caller's organisation asked holders for, newest first unless asked otherwise */
  readonly presentationRequests: PresentationRequestConnection;
  /** What is registered about an organisation. One about which nothing is may not issue, and may check. */
  readonly registeredOrganisation: Maybe<RegisteredOrganisation>;
  /** The register: every organisation that may issue, or about which something is registered, in order of code */
  readonly registeredOrganisations: RegisteredOrganisationConnection;
  /** One of them. Null when there is none, or it does not concern the caller's organisation. */
  readonly registryChange: Maybe<RegistryChange>;
  /** Changes of the register that concern the caller's organisation, newest first; for the register's keeper all of them */
  readonly registryChanges: RegistryChangeConnection;
  /** What a change would alter, and whom it would touch. Nothing is changed. */
  readonly registryDryRun: RegistryDryRun;
  /** Agreements of the caller's organisation with others on sharing staff, newest first */
  readonly sharingAgreements: SharingAgreementConnection;
  /**
   * How far the last change of a credential that the caller's organisation issued, or a stop that it made, has got with the
   * receivers that are told. Null for anything else.
   */
  readonly signalReach: Maybe<SignalReach>;
  /** Where the caller's organisation has its signals pushed, newest first. */
  readonly signalReceivers: ReadonlyArray<SignalReceiver>;
  /** What the caller's organisation was told about people who work there, newest first. */
  readonly signals: SignalConnection;
  /** What it was told after one of them, oldest first: for a system that asks again and again. */
  readonly signalsAfter: Maybe<SignalConnection>;
  /**
   * What the caller's organisation reported that concerns too many people at once, and that waits for two approvals; with
   * what was released within the last day.
   */
  readonly staffEventHolds: ReadonlyArray<StaffEventHold>;
};


export type QueryAuditEventsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  where: InputMaybe<AuditEventFilter>;
};


export type QueryCheckPoliciesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


export type QueryCheckPolicyArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCheckPolicyBlueprintArgs = {
  ids: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};


export type QueryCheckPolicyDryRunArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  id: Scalars['ID']['input'];
};


export type QueryCredentialArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCredentialHoldersChangedArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: Scalars['Int']['input'];
  odsCode: Scalars['ID']['input'];
  since: Scalars['DateTime']['input'];
};


export type QueryDeletionRequestsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  state?: DeletionState;
};


export type QueryEmploymentChecksArgs = {
  by: EmploymentChecksBy;
  policyId: InputMaybe<Scalars['ID']['input']>;
  staffGroup: InputMaybe<StaffGroup>;
};


export type QueryFlaggedAccessArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


export type QueryPassportHoldersArgs = {
  staffIds: ReadonlyArray<Scalars['ID']['input']>;
};


export type QueryPassportStopArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPassportStopOutlookArgs = {
  credentialId: InputMaybe<Scalars['ID']['input']>;
  staffId: Scalars['ID']['input'];
};


export type QueryPassportStopsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  group: PassportStopGroup;
};


export type QueryPlacementEventsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  type: PlacementEventType;
};


export type QueryPresentationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPresentationReceiptArgs = {
  presentationId: Scalars['ID']['input'];
};


export type QueryPresentationRequestsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  group: PresentationGroup;
  listId: InputMaybe<Scalars['ID']['input']>;
  orderBy: InputMaybe<PresentationOrder>;
  reference: InputMaybe<Scalars['String']['input']>;
};


export type QueryRegisteredOrganisationArgs = {
  odsCode: Scalars['ID']['input'];
};


export type QueryRegisteredOrganisationsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


export type QueryRegistryChangeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRegistryChangesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  state: InputMaybe<RegistryChangeState>;
};


export type QueryRegistryDryRunArgs = {
  wanted: RegistryWantedInput;
};


export type QuerySharingAgreementsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


export type QuerySignalReachArgs = {
  of: SignalReachOf;
};


export type QuerySignalsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


export type QuerySignalsAfterArgs = {
  first?: Scalars['Int']['input'];
  signal: InputMaybe<Scalars['ID']['input']>;
};

/** For whom records are read, as the access log keeps it. */
export type RecordReaderInput = {
  readonly name: Scalars['String']['input'];
  readonly odsCode: Scalars['ID']['input'];
  /** Purpose of use */
  readonly purpose: Scalars['String']['input'];
  /** What ties the entries together: the export's id */
  readonly requestId: Scalars['ID']['input'];
  /** The person's id, or the system's client id */
  readonly subject: Scalars['ID']['input'];
};

/** An entry of a professional register as the staff record last read it. */
export type RegisterReading = {
  readonly __typename?: 'RegisterReading';
  readonly body: Scalars['String']['output'];
  readonly expiresOn: Maybe<Scalars['Date']['output']>;
  readonly number: Scalars['String']['output'];
  /** The register itself may be ahead by 24 hours, HCPC's by seven days */
  readonly readAt: Maybe<Scalars['DateTime']['output']>;
  readonly status: Scalars['String']['output'];
};

/** A team, not a person. */
export type RegisteredContact = {
  readonly __typename?: 'RegisteredContact';
  readonly mail: Scalars['String']['output'];
  readonly phone: Maybe<Scalars['String']['output']>;
  readonly team: Scalars['String']['output'];
};

/** A team, not a person. */
export type RegisteredContactInput = {
  /** An address that several people read */
  readonly mail: Scalars['String']['input'];
  /** Digits and spaces, with + in front or without */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 100 characters */
  readonly team: Scalars['String']['input'];
};

/** A kind of credential that an organisation may issue. */
export type RegisteredIssuing = {
  readonly __typename?: 'RegisteredIssuing';
  readonly from: Scalars['DateTime']['output'];
  readonly type: CredentialType;
  /** When it ends; null without an end */
  readonly until: Maybe<Scalars['DateTime']['output']>;
};

/** What is registered about an organisation. */
export type RegisteredOrganisation = {
  readonly __typename?: 'RegisteredOrganisation';
  /** When the certificate of the key that signs its credentials runs out; null when there is none yet */
  readonly certificateEndsAt: Maybe<Scalars['DateTime']['output']>;
  /** When it was last changed by an approved change; null when it never was */
  readonly changedAt: Maybe<Scalars['DateTime']['output']>;
  /** Whom to ask about it; null when nobody has said */
  readonly contact: Maybe<RegisteredContact>;
  /** Whether it may ask holders for credentials */
  readonly mayCheck: Scalars['Boolean']['output'];
  /** What it may issue now */
  readonly mayIssue: ReadonlyArray<RegisteredIssuing>;
  readonly organisation: Organisation;
};

/** A page of the register. */
export type RegisteredOrganisationConnection = {
  readonly __typename?: 'RegisteredOrganisationConnection';
  readonly edges: ReadonlyArray<RegisteredOrganisationEdge>;
  readonly pageInfo: PageInfo;
};

/** One organisation in a page. */
export type RegisteredOrganisationEdge = {
  readonly __typename?: 'RegisteredOrganisationEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: RegisteredOrganisation;
};

/** How the professional register is read. */
export type RegistrationCheckPolicy = {
  readonly __typename?: 'RegistrationCheckPolicy';
  /** The same for HCPC, which is read less often */
  readonly hcpcReadWithinHours: Scalars['Int']['output'];
  /** Whether the register, as the staff record last read it, counts beside the credential */
  readonly readRecord: Scalars['Boolean']['output'];
  /** How long ago it may have been read, in hours */
  readonly readWithinHours: Scalars['Int']['output'];
};

/** How the professional register is read. */
export type RegistrationCheckPolicyInput = {
  /** 1 to 744 */
  readonly hcpcReadWithinHours: Scalars['Int']['input'];
  readonly readRecord: Scalars['Boolean']['input'];
  /** 1 to 744 */
  readonly readWithinHours: Scalars['Int']['input'];
};

/** A change of the register, asked for by one person and approved by another. */
export type RegistryChange = {
  readonly __typename?: 'RegistryChange';
  readonly decidedAt: Maybe<Scalars['DateTime']['output']>;
  readonly decidedFor: Maybe<Organisation>;
  /** Whom it touches, while it waits */
  readonly effect: Maybe<RegistryChangeEffect>;
  readonly id: Scalars['ID']['output'];
  /** Whether the caller asked for it */
  readonly isMine: Scalars['Boolean']['output'];
  /** Last day of what is new in it; null without an end */
  readonly issuesUntil: Maybe<Scalars['Date']['output']>;
  readonly lines: ReadonlyArray<RegistryChangeLine>;
  /** Whether the caller may approve it */
  readonly mayApprove: Scalars['Boolean']['output'];
  readonly needsKeeper: Scalars['Boolean']['output'];
  readonly organisation: Organisation;
  readonly proposedAt: Scalars['DateTime']['output'];
  readonly proposedFor: Organisation;
  /** Why it was asked for */
  readonly reason: Scalars['String']['output'];
  readonly state: RegistryChangeState;
};

/** A page of changes. */
export type RegistryChangeConnection = {
  readonly __typename?: 'RegistryChangeConnection';
  readonly edges: ReadonlyArray<RegistryChangeEdge>;
  readonly pageInfo: PageInfo;
};

/** Which change. */
export type RegistryChangeDecisionInput = {
  readonly changeId: Scalars['ID']['input'];
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** One change in a page. */
export type RegistryChangeEdge = {
  readonly __typename?: 'RegistryChangeEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: RegistryChange;
};

/** Whom a change touches that takes something away. What was issued stays what it is. */
export type RegistryChangeEffect = {
  readonly __typename?: 'RegistryChangeEffect';
  /** Credentials in force of the kinds that it could not issue any more. They cannot be renewed there. */
  readonly credentialsInForce: Scalars['Int']['output'];
  /** Offers of those kinds that could not be collected any more */
  readonly offersOpen: Scalars['Int']['output'];
  /** Requests to holders that are open, when it could not check any more */
  readonly requestsOpen: Scalars['Int']['output'];
};

/** One thing that a change alters. */
export type RegistryChangeLine = {
  readonly __typename?: 'RegistryChangeLine';
  readonly after: Maybe<Scalars['String']['output']>;
  /** `YES`, `NO`, or a text; null for nothing */
  readonly before: Maybe<Scalars['String']['output']>;
  /** The kind of credential, for MAY_ISSUE */
  readonly credentialType: Maybe<CredentialType>;
  readonly what: RegistryChangeSubject;
};

/** The outcome for a change. */
export type RegistryChangePayload = {
  readonly __typename?: 'RegistryChangePayload';
  readonly change: Maybe<RegistryChange>;
  readonly errors: ReadonlyArray<UserError>;
};

/** What to change. */
export type RegistryChangeProposeInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** 1 to 300 characters */
  readonly reason: Scalars['String']['input'];
  readonly wanted: RegistryWantedInput;
};

/** Where a change stands. More may be added: keep a default. */
export type RegistryChangeState =
  | 'APPLIED'
  | 'TURNED_DOWN'
  | 'WAITING';

/** What a change alters. More may be added: keep a default. */
export type RegistryChangeSubject =
  | 'CONTACT_MAIL'
  | 'CONTACT_PHONE'
  | 'CONTACT_TEAM'
  | 'MAY_CHECK'
  | 'MAY_ISSUE';

/** What a change alters, and whom it touches. */
export type RegistryDryRun = {
  readonly __typename?: 'RegistryDryRun';
  /** Null when it could not be asked for */
  readonly effect: Maybe<RegistryChangeEffect>;
  /** Why it could not be asked for */
  readonly errors: ReadonlyArray<UserError>;
  /** Nothing when it would alter nothing */
  readonly lines: ReadonlyArray<RegistryChangeLine>;
  /** Whether the register's keeper has to approve it */
  readonly needsKeeper: Scalars['Boolean']['output'];
};

/** What is to be registered about an organisation. */
export type RegistryWantedInput = {
  readonly contact?: InputMaybe<RegisteredContactInput>;
  /** Last day of what it may not issue yet; without an end when left out */
  readonly issuesUntil?: InputMaybe<Scalars['Date']['input']>;
  readonly mayCheck: Scalars['Boolean']['input'];
  /** Everything that it is to be able to issue */
  readonly mayIssue: ReadonlyArray<CredentialType>;
  readonly odsCode: Scalars['ID']['input'];
};

/** Why somebody reports a request. More may be added: keep a default. */
export type ReportReason =
  /** They do not know why they are asked */
  | 'NOT_EXPECTED'
  /** Whoever asked is not who they say they are */
  | 'NOT_WHO_THEY_SAY'
  /** They were pressed to share */
  | 'PRESSED'
  /** It asks for more than the purpose needs */
  | 'TOO_MUCH';

/** What was reported, and when. */
export type RequesterReport = {
  readonly __typename?: 'RequesterReport';
  readonly at: Scalars['DateTime']['output'];
  readonly reason: ReportReason;
};

/** What to report. */
export type RequesterReportInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly presentationId: Scalars['ID']['input'];
  readonly reason: ReportReason;
};

/** The outcome of reporting. */
export type RequesterReportPayload = {
  readonly __typename?: 'RequesterReportPayload';
  readonly errors: ReadonlyArray<UserError>;
  readonly report: Maybe<RequesterReport>;
};

/** One credential that was shared. */
export type SharedCredential = {
  readonly __typename?: 'SharedCredential';
  /** Names of the claims, never their values */
  readonly claims: ReadonlyArray<Scalars['String']['output']>;
  /** Null when it could not be told */
  readonly issuer: Maybe<Organisation>;
  /** Null when it could not be told */
  readonly type: Maybe<CredentialType>;
};

/** A request to a member of staff, and what they shared: names, never values. */
export type SharedPresentation = {
  readonly __typename?: 'SharedPresentation';
  readonly answeredAt: Maybe<Scalars['DateTime']['output']>;
  /** What the person asked to have deleted, and the answer */
  readonly deletion: Maybe<DeletionRequest>;
  /** Until when it can be answered */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** The presentation's id */
  readonly id: Scalars['ID']['output'];
  /** When the organisation erases what was shared, if nobody asks for that before. Null when it keeps nothing. */
  readonly keptUntil: Maybe<Scalars['DateTime']['output']>;
  /** The purpose of use */
  readonly purpose: Scalars['String']['output'];
  /** Whether and when the person reported it */
  readonly report: Maybe<RequesterReport>;
  readonly requestedAt: Scalars['DateTime']['output'];
  /** The person, or the system, that asked */
  readonly requestedBy: Scalars['String']['output'];
  /** The organisation that asked */
  readonly requester: Organisation;
  /** What was shared, by credential. Empty unless it was. */
  readonly shared: ReadonlyArray<SharedCredential>;
  readonly state: SharingState;
};

/** What two organisations agreed on sharing staff. A licence to attend stands on one that is in force. */
export type SharingAgreement = {
  readonly __typename?: 'SharingAgreement';
  readonly acceptedAt: Maybe<Scalars['DateTime']['output']>;
  readonly endedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who turned it down, took it back or ended it */
  readonly endedBy: Maybe<Organisation>;
  /** Last day, `YYYY-MM-DD` */
  readonly endsOn: Scalars['String']['output'];
  readonly id: Scalars['ID']['output'];
  readonly proposedAt: Scalars['DateTime']['output'];
  readonly proposedBy: Organisation;
  readonly proposedTo: Organisation;
  /** What both organisations call it; goes into the credential */
  readonly reference: Scalars['String']['output'];
  /** First day, `YYYY-MM-DD` */
  readonly startsOn: Scalars['String']['output'];
  readonly state: SharingAgreementState;
};

/** A page of agreements. */
export type SharingAgreementConnection = {
  readonly __typename?: 'SharingAgreementConnection';
  readonly edges: ReadonlyArray<SharingAgreementEdge>;
  readonly pageInfo: PageInfo;
};

/** One agreement in a page. */
export type SharingAgreementEdge = {
  readonly __typename?: 'SharingAgreementEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: SharingAgreement;
};

/** Where an agreement stands. More may be added: keep a default, and treat it as not in force. */
export type SharingAgreementState =
  /** Both have agreed; it begins later */
  | 'ACCEPTED'
  /** It was turned down, taken back or ended */
  | 'ENDED'
  /** Its last day is over */
  | 'EXPIRED'
  /** Both have agreed, and today is one of its days */
  | 'IN_FORCE'
  /** It waits for the other organisation */
  | 'PROPOSED';

/** A page of what a person was asked for and shared. */
export type SharingConnection = {
  readonly __typename?: 'SharingConnection';
  readonly edges: ReadonlyArray<SharingEdge>;
  readonly pageInfo: PageInfo;
};

/** What the caller agrees to share, and with whom. */
export type SharingConsentInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly presentationId: Scalars['ID']['input'];
  /** ODS code of the organisation that asks, as the caller was told */
  readonly requester: Scalars['ID']['input'];
  /** Kinds of credential that are shared, 1 to 20 */
  readonly types: ReadonlyArray<CredentialType>;
};

/** Whether it was noted. */
export type SharingConsentPayload = {
  readonly __typename?: 'SharingConsentPayload';
  readonly errors: ReadonlyArray<UserError>;
  /** Until when the request can be answered */
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
};

/** One request in a page. */
export type SharingEdge = {
  readonly __typename?: 'SharingEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: SharedPresentation;
};

/** Where a request to a member of staff stands. More may be added: keep a default. */
export type SharingState =
  /** It waits for the person */
  | 'ASKED'
  /** What was shared has been erased */
  | 'DELETED'
  /** It was not answered in time */
  | 'EXPIRED'
  /** What was presented did not hold */
  | 'FAILED'
  | 'REFUSED'
  | 'SHARED';

/** Something that a trust is told about somebody who works there. */
export type Signal = {
  readonly __typename?: 'Signal';
  readonly cause: SignalCause;
  readonly createdAt: Scalars['DateTime']['output'];
  /** What became of them */
  readonly credentialState: Maybe<CredentialState>;
  /** Kind of the credentials whose status it changed; null when the person has none */
  readonly credentialType: Maybe<CredentialType>;
  /** When the records learnt of it */
  readonly happenedAt: Scalars['DateTime']['output'];
  /** The `jti` of its security event token */
  readonly id: Scalars['ID']['output'];
  /** When the register was last read. Changes upstream can take 24 hours, HCPC's 7 days. */
  readonly registerReadAt: Maybe<Scalars['DateTime']['output']>;
  /** The regulator whose register changed */
  readonly registrationBody: Maybe<Scalars['String']['output']>;
  /** The standing on that register */
  readonly registrationStatus: Maybe<Scalars['String']['output']>;
  /** Its security event token, for the system that asks: `aud` is `clients/` and its client id, under `iss`. People have none. */
  readonly securityEventToken: Maybe<Scalars['String']['output']>;
  readonly staff: StaffMember;
};

/** One attempt to push to a receiver. */
export type SignalAttempt = {
  readonly __typename?: 'SignalAttempt';
  readonly at: Scalars['DateTime']['output'];
  /** Somebody asked for a test */
  readonly isTest: Scalars['Boolean']['output'];
  /** How long the receiver took; null while a test waits */
  readonly milliseconds: Maybe<Scalars['Int']['output']>;
  /** `taken`, or the stable code of the failure as `SignalReceiver.lastFailure` has it; null while a test waits */
  readonly outcome: Maybe<Scalars['String']['output']>;
  /** The `jti` of what was pushed; of a signal, its id */
  readonly signalId: Scalars['ID']['output'];
};

/** What waits to be pushed to a receiver. */
export type SignalBacklog = {
  readonly __typename?: 'SignalBacklog';
  /** Attempts that failed since the last that did not */
  readonly failures: Scalars['Int']['output'];
  /** When the first of them was noted */
  readonly oldestAt: Maybe<Scalars['DateTime']['output']>;
  /** Since when it is not tried any more; null while it is */
  readonly parkedAt: Maybe<Scalars['DateTime']['output']>;
  readonly receiverId: Scalars['ID']['output'];
  readonly url: Scalars['String']['output'];
  /** At most 10,000 are counted */
  readonly waiting: Scalars['Int']['output'];
};

/** Why a trust is told something. More may be added: keep a default. */
export type SignalCause =
  /** Somebody at the organisation that issued it paused, stopped or turned on a credential */
  | 'CREDENTIAL_CHANGED'
  /** The training record says something else about a placement */
  | 'PLACEMENT_CHANGED'
  /** A register says something else */
  | 'REGISTRATION_CHANGED'
  /** An employment ended */
  | 'STAFF_LEFT';

/** A page of signals. */
export type SignalConnection = {
  readonly __typename?: 'SignalConnection';
  readonly edges: ReadonlyArray<SignalEdge>;
  readonly pageInfo: PageInfo;
};

/** One signal in a page. */
export type SignalEdge = {
  readonly __typename?: 'SignalEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Signal;
};

/** How far a change has got with the receivers that are told of it, of every organisation where the person works. */
export type SignalReach = {
  readonly __typename?: 'SignalReach';
  /** Those that have not, and to which sending has failed since they last took anything */
  readonly failing: Scalars['Int']['output'];
  /** The caller's organisation's own that have not taken it, newest first */
  readonly notReached: ReadonlyArray<UnreachedReceiver>;
  /** Those that have taken it */
  readonly reached: Scalars['Int']['output'];
  /** All that are told */
  readonly receivers: Scalars['Int']['output'];
};

/** A change that receivers are told of. */
export type SignalReachOf =
  { readonly credentialId: Scalars['ID']['input']; readonly stopId?: never; }
  |  { readonly credentialId?: never; readonly stopId: Scalars['ID']['input']; };

/** Where a trust has its signals pushed: in order, each until it is taken. */
export type SignalReceiver = {
  readonly __typename?: 'SignalReceiver';
  /** The last attempts to push to it, newest first: twenty at most */
  readonly attempts: ReadonlyArray<SignalAttempt>;
  /** The `aud` of its security event tokens */
  readonly audience: Scalars['String']['output'];
  /** What it is told; everything when null */
  readonly causes: Maybe<ReadonlyArray<SignalCause>>;
  readonly endedAt: Maybe<Scalars['DateTime']['output']>;
  readonly failingSince: Maybe<Scalars['DateTime']['output']>;
  /** Attempts that failed since the last that did not */
  readonly failures: Scalars['Int']['output'];
  readonly id: Scalars['ID']['output'];
  /** Stable code of the last failure: one of RFC 8935, `http_` and a status, `unreachable` or `fetch_refused` */
  readonly lastFailure: Maybe<Scalars['String']['output']>;
  /** Since when it is not tried any more: it had failed for a day. Nothing is lost; a replay goes on. */
  readonly parkedAt: Maybe<Scalars['DateTime']['output']>;
  /** Until when the secret before signs too */
  readonly previousSecretUntil: Maybe<Scalars['DateTime']['output']>;
  readonly registeredAt: Scalars['DateTime']['output'];
  /** Since when its secret signs what is pushed; null for one that has none */
  readonly secretSince: Maybe<Scalars['DateTime']['output']>;
  readonly url: Scalars['String']['output'];
};

/** Which receiver to end. */
export type SignalReceiverEndInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly receiverId: Scalars['ID']['input'];
};

/** The outcome of a change of a receiver. */
export type SignalReceiverPayload = {
  readonly __typename?: 'SignalReceiverPayload';
  readonly errors: ReadonlyArray<UserError>;
  readonly receiver: Maybe<SignalReceiver>;
  /** The new secret (Standard Webhooks 1.0.0), told this once; null when nothing made one, and for a repeated call */
  readonly secret: Maybe<Scalars['String']['output']>;
};

/** Where to push signals. */
export type SignalReceiverRegisterInput = {
  /** What its tokens are to carry as `aud` */
  readonly audience: Scalars['String']['input'];
  /** What it is to be told; everything when left out */
  readonly causes?: InputMaybe<ReadonlyArray<SignalCause>>;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** An https address */
  readonly url: Scalars['String']['input'];
};

/** What to push again. */
export type SignalReceiverReplayInput = {
  /** Everything after this signal; everything there is when it is left out */
  readonly afterSignal?: InputMaybe<Scalars['ID']['input']>;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly receiverId: Scalars['ID']['input'];
};

/** Which receiver gets another secret. */
export type SignalReceiverSecretChangeInput = {
  /** Makes a repeated call safe: the same key and input give the same receiver for 24 hours, and its secret only once */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly receiverId: Scalars['ID']['input'];
};

/** Which receiver to test. */
export type SignalReceiverTestInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly receiverId: Scalars['ID']['input'];
};

/** What waits because it concerns too many people at once. Credentials stay as they are until it is released. */
export type StaffEventHold = {
  readonly __typename?: 'StaffEventHold';
  /** When the first person said that it is right */
  readonly approvedAt: Maybe<Scalars['DateTime']['output']>;
  readonly heldAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  /** People whose credentials would be stopped */
  readonly people: Scalars['Int']['output'];
  /** When the second one did */
  readonly releasedAt: Maybe<Scalars['DateTime']['output']>;
};

/** What is right. */
export type StaffEventHoldApproveInput = {
  readonly holdId: Scalars['ID']['input'];
};

/** The outcome of an approval. */
export type StaffEventHoldPayload = {
  readonly __typename?: 'StaffEventHoldPayload';
  readonly errors: ReadonlyArray<UserError>;
  readonly hold: Maybe<StaffEventHold>;
};

/** Staff groups of the National Workforce Data Set. More may be added: keep a default. */
export type StaffGroup =
  | 'ADDITIONAL_CLINICAL_SERVICES'
  | 'ADDITIONAL_PROFESSIONAL_SCIENTIFIC_AND_TECHNICAL'
  | 'ADMINISTRATIVE_AND_CLERICAL'
  | 'ALLIED_HEALTH_PROFESSIONALS'
  | 'ESTATES_AND_ANCILLARY'
  | 'HEALTHCARE_SCIENTISTS'
  | 'MEDICAL_AND_DENTAL'
  | 'NURSING_AND_MIDWIFERY_REGISTERED'
  | 'STUDENTS'
  | 'SUPPLEMENTARY_ROLES';

/** One human being known to the graph. */
export type StaffMember = {
  readonly __typename?: 'StaffMember';
  /** Who has looked at this person's record, newest first */
  readonly accessLog: Maybe<AccessLogConnection>;
  readonly id: Scalars['ID']['output'];
  /** The person's staff passport: what the caller may see of it */
  readonly passport: Maybe<Passport>;
  /** What this person was asked to share and did share, newest first. For that person alone. */
  readonly sharing: Maybe<SharingConnection>;
};


/** One human being known to the graph. */
export type StaffMemberAccessLogArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


/** One human being known to the graph. */
export type StaffMemberSharingArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};

/** How old the status of a credential may be, in seconds. */
export type StatusAgePolicy = {
  readonly __typename?: 'StatusAgePolicy';
  readonly offlineMaxAgeSeconds: Scalars['Int']['output'];
  readonly onlineMaxAgeSeconds: Scalars['Int']['output'];
};

/** How old the status of a credential may be, in seconds. */
export type StatusAgePolicyInput = {
  /** 60 to 604,800 */
  readonly offlineMaxAgeSeconds: Scalars['Int']['input'];
  /** 60 to 86,400 */
  readonly onlineMaxAgeSeconds: Scalars['Int']['input'];
};

/** One change of a credential's status. */
export type StatusChange = {
  readonly __typename?: 'StatusChange';
  readonly at: Scalars['DateTime']['output'];
  /** The organisation that changed it: the issuer */
  readonly organisation: Organisation;
  readonly reason: Maybe<StatusReason>;
  /** What it became: ACTIVE, SUSPENDED or REVOKED */
  readonly state: CredentialState;
};

/** Why a status was changed. More may be added: keep a default. */
export type StatusReason =
  | 'CREDENTIAL_PROVIDED_IN_ERROR'
  /** Somebody else may have had the key that signed it */
  | 'KEY_COMPROMISED'
  | 'LEAVING_ORGANISATION'
  | 'LOST_PHONE'
  | 'NO_LONGER_VALID'
  /** An old copy of the record was restored, and the status came back from the published list. Never given as input. */
  | 'RECORD_RESTORED'
  | 'REGISTRATION_SUSPENDED'
  | 'REINSTATED'
  | 'STAFF_MEMBER_DECEASED'
  /** A newer credential took its place. Never given as input. */
  | 'SUPERSEDED'
  | 'SUSPECT_NO_LONGER_VALID'
  | 'TRAINING_EXPIRY';

/** Streams of changes, at /graphql/stream: each field answers what the query of the same arguments answers, now and after every change. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** A credential that the caller holds, or that the caller's organisation issued, now and whenever its status changes */
  readonly credentialStatusChanged: Maybe<Credential>;
  /** A stop that somebody of the caller's organisation asked for, now and after each step of it */
  readonly passportStopUpdated: Maybe<PassportStop>;
  /** A presentation that the caller's organisation asked for, now and after each step of it */
  readonly presentationUpdated: Maybe<PresentationRequest>;
};


/** Streams of changes, at /graphql/stream: each field answers what the query of the same arguments answers, now and after every change. */
export type SubscriptionCredentialStatusChangedArgs = {
  id: Scalars['ID']['input'];
};


/** Streams of changes, at /graphql/stream: each field answers what the query of the same arguments answers, now and after every change. */
export type SubscriptionPassportStopUpdatedArgs = {
  id: Scalars['ID']['input'];
};


/** Streams of changes, at /graphql/stream: each field answers what the query of the same arguments answers, now and after every change. */
export type SubscriptionPresentationUpdatedArgs = {
  id: Scalars['ID']['input'];
};

/** How one kind of training stands by the receiver's own renewal period. */
export type TrainingCheckResult = {
  readonly __typename?: 'TrainingCheckResult';
  readonly awardedOn: Maybe<Scalars['Date']['output']>;
  /** The last day on which the award counts here */
  readonly endsOn: Maybe<Scalars['Date']['output']>;
  /** The lowest level that will do; any when null */
  readonly level: Maybe<Scalars['Int']['output']>;
  readonly outcome: EmploymentCheckOutcome;
  readonly reasons: ReadonlyArray<EmploymentCheckReason>;
  readonly renewalMonths: Scalars['Int']['output'];
  readonly subject: CstfSubject;
};

/** One kind of training that is asked for. */
export type TrainingPolicy = {
  readonly __typename?: 'TrainingPolicy';
  /** The lowest level that will do; any when null */
  readonly level: Maybe<Scalars['Int']['output']>;
  /** How long an award counts, in months, whatever the awarder says */
  readonly renewalMonths: Scalars['Int']['output'];
  readonly subject: CstfSubject;
};

/** One kind of training to ask for. */
export type TrainingPolicyInput = {
  /** 1 to 9 */
  readonly level?: InputMaybe<Scalars['Int']['input']>;
  /** 1 to 120 */
  readonly renewalMonths: Scalars['Int']['input'];
  readonly subject: CstfSubject;
};

/** A receiver that has not taken a signal yet. */
export type UnreachedReceiver = {
  readonly __typename?: 'UnreachedReceiver';
  /** Attempts that failed since the last that did not */
  readonly failures: Scalars['Int']['output'];
  /** Whether it is not tried any more: it had failed for a day */
  readonly isParked: Scalars['Boolean']['output'];
  readonly receiverId: Scalars['ID']['output'];
  readonly url: Scalars['String']['output'];
};

/** A rule that the input broke. Switch on `code`; `message` is for people. */
export type UserError = {
  readonly __typename?: 'UserError';
  readonly code: ErrorCode;
  readonly message: Scalars['String']['output'];
  /** Where in the input, e.g. `["input", "types"]` */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** Stable name of the rule that the value at `path` broke, e.g. `required`, where there is more than one */
  readonly rule: Maybe<Scalars['String']['output']>;
};

/** One check. */
export type VerificationCheck = {
  readonly __typename?: 'VerificationCheck';
  /** Stable reason code when it failed */
  readonly code: Maybe<Scalars['String']['output']>;
  readonly name: Scalars['String']['output'];
  readonly outcome: CheckOutcome;
  /** Where the rule is written */
  readonly section: Scalars['String']['output'];
};

/** The verdict. More may be added: keep a default, and treat it as not valid. */
export type VerificationOutcome =
  | 'CANNOT_CHECK'
  | 'EXPIRED'
  | 'INVALID'
  | 'REVOKED'
  | 'SUSPENDED'
  | 'VALID';

/** Whether what was presented holds, and how that was found out. */
export type VerificationResult = {
  readonly __typename?: 'VerificationResult';
  readonly checkedAt: Scalars['DateTime']['output'];
  /** Every check of the answer as a whole, in order, after those of its credentials */
  readonly checks: ReadonlyArray<VerificationCheck>;
  readonly credentials: ReadonlyArray<PresentedCredential>;
  /** The person whose credentials all of them are. Null when they are not one person's, or that is not proved. */
  readonly holder: Maybe<StaffMember>;
  /** The worst outcome of its credentials; INVALID when they do not go together */
  readonly outcome: VerificationOutcome;
};

/** Whose records are read for whom. */
export type VerifiedRecordsDiscloseInput = {
  /** What is read, e.g. `registrations.number`; 200 at most */
  readonly fields: ReadonlyArray<Scalars['String']['input']>;
  /** Makes a repeated call safe: the same key and input write one entry for each person */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly reader: RecordReaderInput;
  /** 1 to 1,000 */
  readonly staffIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** The outcome of disclosing. */
export type VerifiedRecordsDisclosePayload = {
  readonly __typename?: 'VerifiedRecordsDisclosePayload';
  readonly errors: ReadonlyArray<UserError>;
  /** Of those who have credentials of the organisation; null when there are errors */
  readonly standings: Maybe<ReadonlyArray<CredentialStanding>>;
};

/** What the work asks of a person's health. */
export type WorkHealthCheckPolicy = {
  readonly __typename?: 'WorkHealthCheckPolicy';
  readonly exposureProneProcedures: Scalars['Boolean']['output'];
};

/** What the work asks of a person's health. */
export type WorkHealthCheckPolicyInput = {
  readonly exposureProneProcedures: Scalars['Boolean']['input'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Credential: Credential;
  StaffMember: StaffMember;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Credential:
    ( { __typename: 'Credential' }
    & GraphQLRecursivePick<FederationTypes['Credential'], {"id":true}> );
  StaffMember:
    ( { __typename: 'StaffMember' }
    & GraphQLRecursivePick<FederationTypes['StaffMember'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccessLogConnection: ResolverTypeWrapper<Omit<AccessLogConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['AccessLogEdge']> }>;
  AccessLogEdge: ResolverTypeWrapper<Omit<AccessLogEdge, 'node'> & { node: ResolversTypes['AccessLogEntry'] }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AccessLogEntry: ResolverTypeWrapper<AccessLogEntryParent>;
  AccessLogFlag: AccessLogFlag;
  AgreementDecisionInput: AgreementDecisionInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AgreementPayload: ResolverTypeWrapper<AgreementPayload>;
  AgreementProposeInput: AgreementProposeInput;
  AuditChain: ResolverTypeWrapper<AuditChain>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AuditEvent: ResolverTypeWrapper<Omit<AuditEvent, 'person'> & { person?: Maybe<ResolversTypes['StaffMember']> }>;
  AuditEventConnection: ResolverTypeWrapper<Omit<AuditEventConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['AuditEventEdge']> }>;
  AuditEventEdge: ResolverTypeWrapper<Omit<AuditEventEdge, 'node'> & { node: ResolversTypes['AuditEvent'] }>;
  AuditEventFilter: AuditEventFilter;
  CheckOutcome: CheckOutcome;
  CheckPolicy: ResolverTypeWrapper<CheckPolicy>;
  CheckPolicyActivateInput: CheckPolicyActivateInput;
  CheckPolicyBlueprint: ResolverTypeWrapper<CheckPolicyBlueprint>;
  CheckPolicyConnection: ResolverTypeWrapper<CheckPolicyConnection>;
  CheckPolicyContent: ResolverTypeWrapper<CheckPolicyContent>;
  CheckPolicyContentInput: CheckPolicyContentInput;
  CheckPolicyDraftInput: CheckPolicyDraftInput;
  CheckPolicyDryRun: ResolverTypeWrapper<Omit<CheckPolicyDryRun, 'edges'> & { edges: ReadonlyArray<ResolversTypes['CheckPolicyDryRunEdge']> }>;
  CheckPolicyDryRunEdge: ResolverTypeWrapper<Omit<CheckPolicyDryRunEdge, 'node'> & { node: ResolversTypes['NewlyFailing'] }>;
  CheckPolicyEdge: ResolverTypeWrapper<CheckPolicyEdge>;
  CheckPolicyImportInput: CheckPolicyImportInput;
  CheckPolicyImportPayload: ResolverTypeWrapper<CheckPolicyImportPayload>;
  CheckPolicyPayload: ResolverTypeWrapper<CheckPolicyPayload>;
  CheckPolicyState: CheckPolicyState;
  ClientIdPrefix: ClientIdPrefix;
  Credential: ResolverTypeWrapper<CredentialParent>;
  CredentialAskedInput: CredentialAskedInput;
  CredentialAttestationInput: CredentialAttestationInput;
  CredentialConnection: ResolverTypeWrapper<Omit<CredentialConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['CredentialEdge']> }>;
  CredentialEdge: ResolverTypeWrapper<Omit<CredentialEdge, 'node'> & { node: ResolversTypes['Credential'] }>;
  CredentialFormat: CredentialFormat;
  CredentialIssueInput: CredentialIssueInput;
  CredentialIssuePayload: ResolverTypeWrapper<Omit<CredentialIssuePayload, 'issued'> & { issued: ReadonlyArray<ResolversTypes['IssuedCredential']> }>;
  CredentialNoteInput: CredentialNoteInput;
  CredentialNotePayload: ResolverTypeWrapper<CredentialNotePayload>;
  CredentialOffer: ResolverTypeWrapper<CredentialOffer>;
  CredentialOfferEndInput: CredentialOfferEndInput;
  CredentialOfferEndPayload: ResolverTypeWrapper<CredentialOfferEndPayload>;
  CredentialOfferInput: CredentialOfferInput;
  CredentialOfferPayload: ResolverTypeWrapper<CredentialOfferPayload>;
  CredentialOfferState: CredentialOfferState;
  CredentialProvenance: ResolverTypeWrapper<CredentialProvenance>;
  CredentialProvenanceInput: CredentialProvenanceInput;
  CredentialStanding: ResolverTypeWrapper<CredentialStanding>;
  CredentialState: CredentialState;
  CredentialStatusInput: CredentialStatusInput;
  CredentialStatusPayload: ResolverTypeWrapper<Omit<CredentialStatusPayload, 'credential'> & { credential?: Maybe<ResolversTypes['Credential']> }>;
  CredentialType: CredentialType;
  CriminalRecordCheckPolicy: ResolverTypeWrapper<CriminalRecordCheckPolicy>;
  CriminalRecordCheckPolicyInput: CriminalRecordCheckPolicyInput;
  CstfSubject: CstfSubject;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DbsLevel: DbsLevel;
  DbsWorkforce: DbsWorkforce;
  DeletionAnswer: DeletionAnswer;
  DeletionAnswerInput: DeletionAnswerInput;
  DeletionAnswerPayload: ResolverTypeWrapper<DeletionAnswerPayload>;
  DeletionRequest: ResolverTypeWrapper<DeletionRequest>;
  DeletionRequestConnection: ResolverTypeWrapper<DeletionRequestConnection>;
  DeletionRequestEdge: ResolverTypeWrapper<DeletionRequestEdge>;
  DeletionRequestInput: DeletionRequestInput;
  DeletionRequestPayload: ResolverTypeWrapper<DeletionRequestPayload>;
  DeletionState: DeletionState;
  DigitalCredentialInput: DigitalCredentialInput;
  EmploymentCheck: EmploymentCheck;
  EmploymentCheckAssurance: ResolverTypeWrapper<EmploymentCheckAssurance>;
  EmploymentCheckBypassInput: EmploymentCheckBypassInput;
  EmploymentCheckChange: ResolverTypeWrapper<EmploymentCheckChange>;
  EmploymentCheckDecision: ResolverTypeWrapper<EmploymentCheckDecision>;
  EmploymentCheckDecisionKind: EmploymentCheckDecisionKind;
  EmploymentCheckDecisionPayload: ResolverTypeWrapper<EmploymentCheckDecisionPayload>;
  EmploymentCheckEvidence: ResolverTypeWrapper<EmploymentCheckEvidence>;
  EmploymentCheckOutcome: EmploymentCheckOutcome;
  EmploymentCheckReason: EmploymentCheckReason;
  EmploymentCheckRecordInput: EmploymentCheckRecordInput;
  EmploymentCheckResult: ResolverTypeWrapper<EmploymentCheckResult>;
  EmploymentCheckWithdrawInput: EmploymentCheckWithdrawInput;
  EmploymentCheckWithdrawPayload: ResolverTypeWrapper<EmploymentCheckWithdrawPayload>;
  EmploymentChecks: ResolverTypeWrapper<Omit<EmploymentChecks, 'holder'> & { holder?: Maybe<ResolversTypes['StaffMember']> }>;
  EmploymentChecksBy: EmploymentChecksBy;
  ErrorCode: ErrorCode;
  FlaggedAccess: ResolverTypeWrapper<Omit<FlaggedAccess, 'entry' | 'reader' | 'staff'> & { entry: ResolversTypes['AccessLogEntry'], reader: ResolversTypes['StaffMember'], staff: ResolversTypes['StaffMember'] }>;
  FlaggedAccessConnection: ResolverTypeWrapper<Omit<FlaggedAccessConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['FlaggedAccessEdge']> }>;
  FlaggedAccessEdge: ResolverTypeWrapper<Omit<FlaggedAccessEdge, 'node'> & { node: ResolversTypes['FlaggedAccess'] }>;
  HistoryCheckPolicy: ResolverTypeWrapper<HistoryCheckPolicy>;
  HistoryCheckPolicyInput: HistoryCheckPolicyInput;
  HolderEvent: HolderEvent;
  IdentityCheckPolicy: ResolverTypeWrapper<IdentityCheckPolicy>;
  IdentityCheckPolicyInput: IdentityCheckPolicyInput;
  IdentityConfidence: IdentityConfidence;
  IssuedCredential: ResolverTypeWrapper<Omit<IssuedCredential, 'credential'> & { credential: ResolversTypes['Credential'] }>;
  IssuerHealth: ResolverTypeWrapper<IssuerHealth>;
  IssuerKey: ResolverTypeWrapper<IssuerKey>;
  IssuerKeyKeeper: IssuerKeyKeeper;
  IssuerKeyPayload: ResolverTypeWrapper<IssuerKeyPayload>;
  IssuerKeyRotateInput: IssuerKeyRotateInput;
  IssuerKeyState: IssuerKeyState;
  IssuerKeyTurnOffInput: IssuerKeyTurnOffInput;
  IssuerKeyUse: IssuerKeyUse;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  KeptReason: KeptReason;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NewlyFailing: ResolverTypeWrapper<Omit<NewlyFailing, 'person'> & { person: ResolversTypes['StaffMember'] }>;
  NotOffered: ResolverTypeWrapper<NotOffered>;
  OfferEndReason: OfferEndReason;
  OrderDirection: OrderDirection;
  Organisation: ResolverTypeWrapper<Organisation>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Passport: ResolverTypeWrapper<PassportParent>;
  PassportEarlierEndInput: PassportEarlierEndInput;
  PassportEarlierEndPayload: ResolverTypeWrapper<PassportEarlierEndPayload>;
  PassportPauseInput: PassportPauseInput;
  PassportPausePayload: ResolverTypeWrapper<PassportPausePayload>;
  PassportReofferInput: PassportReofferInput;
  PassportReofferPayload: ResolverTypeWrapper<PassportReofferPayload>;
  PassportStatus: PassportStatus;
  PassportStop: ResolverTypeWrapper<PassportStopParent>;
  PassportStopConnection: ResolverTypeWrapper<Omit<PassportStopConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['PassportStopEdge']> }>;
  PassportStopDecisionInput: PassportStopDecisionInput;
  PassportStopEdge: ResolverTypeWrapper<Omit<PassportStopEdge, 'node'> & { node: ResolversTypes['PassportStop'] }>;
  PassportStopGroup: PassportStopGroup;
  PassportStopOutlook: ResolverTypeWrapper<PassportStopOutlook>;
  PassportStopPayload: ResolverTypeWrapper<Omit<PassportStopPayload, 'stop'> & { stop?: Maybe<ResolversTypes['PassportStop']> }>;
  PassportStopRequestInput: PassportStopRequestInput;
  PassportStopReview: PassportStopReview;
  PassportStopReviewInput: PassportStopReviewInput;
  PassportStopState: PassportStopState;
  PlacementEvent: ResolverTypeWrapper<Omit<PlacementEvent, 'staff'> & { staff?: Maybe<ResolversTypes['StaffMember']> }>;
  PlacementEventPage: ResolverTypeWrapper<Omit<PlacementEventPage, 'events'> & { events: ReadonlyArray<ResolversTypes['PlacementEvent']> }>;
  PlacementEventType: PlacementEventType;
  PresentationCloseInput: PresentationCloseInput;
  PresentationClosePayload: ResolverTypeWrapper<Omit<PresentationClosePayload, 'request'> & { request?: Maybe<ResolversTypes['PresentationRequest']> }>;
  PresentationGroup: PresentationGroup;
  PresentationLineInput: PresentationLineInput;
  PresentationList: ResolverTypeWrapper<PresentationList>;
  PresentationListRequestInput: PresentationListRequestInput;
  PresentationListRequestPayload: ResolverTypeWrapper<PresentationListRequestPayload>;
  PresentationOrder: PresentationOrder;
  PresentationOrderField: PresentationOrderField;
  PresentationReceipt: ResolverTypeWrapper<PresentationReceipt>;
  PresentationRefuseInput: PresentationRefuseInput;
  PresentationRefusePayload: ResolverTypeWrapper<PresentationRefusePayload>;
  PresentationRequest: ResolverTypeWrapper<StoredPresentation>;
  PresentationRequestConnection: ResolverTypeWrapper<PresentationPageParent>;
  PresentationRequestEdge: ResolverTypeWrapper<Omit<PresentationRequestEdge, 'node'> & { node: ResolversTypes['PresentationRequest'] }>;
  PresentationRequestInput: PresentationRequestInput;
  PresentationRequestPayload: ResolverTypeWrapper<Omit<PresentationRequestPayload, 'request'> & { request?: Maybe<ResolversTypes['PresentationRequest']> }>;
  PresentationState: PresentationState;
  PresentationTemplate: PresentationTemplate;
  PresentationVerifyInput: PresentationVerifyInput;
  PresentationVerifyPayload: ResolverTypeWrapper<Omit<PresentationVerifyPayload, 'request' | 'result'> & { request?: Maybe<ResolversTypes['PresentationRequest']>, result?: Maybe<ResolversTypes['VerificationResult']> }>;
  PresentedCredential: ResolverTypeWrapper<PresentedCredentialParent>;
  PublishedStatusList: ResolverTypeWrapper<PublishedStatusList>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecordReaderInput: RecordReaderInput;
  RegisterReading: ResolverTypeWrapper<RegisterReading>;
  RegisteredContact: ResolverTypeWrapper<RegisteredContact>;
  RegisteredContactInput: RegisteredContactInput;
  RegisteredIssuing: ResolverTypeWrapper<RegisteredIssuing>;
  RegisteredOrganisation: ResolverTypeWrapper<RegisteredOrganisationParent>;
  RegisteredOrganisationConnection: ResolverTypeWrapper<Omit<RegisteredOrganisationConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['RegisteredOrganisationEdge']> }>;
  RegisteredOrganisationEdge: ResolverTypeWrapper<Omit<RegisteredOrganisationEdge, 'node'> & { node: ResolversTypes['RegisteredOrganisation'] }>;
  RegistrationCheckPolicy: ResolverTypeWrapper<RegistrationCheckPolicy>;
  RegistrationCheckPolicyInput: RegistrationCheckPolicyInput;
  RegistryChange: ResolverTypeWrapper<RegistryChangeParent>;
  RegistryChangeConnection: ResolverTypeWrapper<Omit<RegistryChangeConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['RegistryChangeEdge']> }>;
  RegistryChangeDecisionInput: RegistryChangeDecisionInput;
  RegistryChangeEdge: ResolverTypeWrapper<Omit<RegistryChangeEdge, 'node'> & { node: ResolversTypes['RegistryChange'] }>;
  RegistryChangeEffect: ResolverTypeWrapper<RegistryChangeEffect>;
  RegistryChangeLine: ResolverTypeWrapper<RegistryChangeLine>;
  RegistryChangePayload: ResolverTypeWrapper<Omit<RegistryChangePayload, 'change'> & { change?: Maybe<ResolversTypes['RegistryChange']> }>;
  RegistryChangeProposeInput: RegistryChangeProposeInput;
  RegistryChangeState: RegistryChangeState;
  RegistryChangeSubject: RegistryChangeSubject;
  RegistryDryRun: ResolverTypeWrapper<RegistryDryRun>;
  RegistryWantedInput: RegistryWantedInput;
  ReportReason: ReportReason;
  RequesterReport: ResolverTypeWrapper<RequesterReport>;
  RequesterReportInput: RequesterReportInput;
  RequesterReportPayload: ResolverTypeWrapper<RequesterReportPayload>;
  SharedCredential: ResolverTypeWrapper<SharedCredential>;
  SharedPresentation: ResolverTypeWrapper<SharedPresentation>;
  SharingAgreement: ResolverTypeWrapper<SharingAgreement>;
  SharingAgreementConnection: ResolverTypeWrapper<SharingAgreementConnection>;
  SharingAgreementEdge: ResolverTypeWrapper<SharingAgreementEdge>;
  SharingAgreementState: SharingAgreementState;
  SharingConnection: ResolverTypeWrapper<SharingConnection>;
  SharingConsentInput: SharingConsentInput;
  SharingConsentPayload: ResolverTypeWrapper<SharingConsentPayload>;
  SharingEdge: ResolverTypeWrapper<SharingEdge>;
  SharingState: SharingState;
  Signal: ResolverTypeWrapper<SignalParent>;
  SignalAttempt: ResolverTypeWrapper<SignalAttempt>;
  SignalBacklog: ResolverTypeWrapper<SignalBacklog>;
  SignalCause: SignalCause;
  SignalConnection: ResolverTypeWrapper<Omit<SignalConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['SignalEdge']> }>;
  SignalEdge: ResolverTypeWrapper<Omit<SignalEdge, 'node'> & { node: ResolversTypes['Signal'] }>;
  SignalReach: ResolverTypeWrapper<SignalReach>;
  SignalReachOf: SignalReachOf;
  SignalReceiver: ResolverTypeWrapper<SignalReceiver>;
  SignalReceiverEndInput: SignalReceiverEndInput;
  SignalReceiverPayload: ResolverTypeWrapper<SignalReceiverPayload>;
  SignalReceiverRegisterInput: SignalReceiverRegisterInput;
  SignalReceiverReplayInput: SignalReceiverReplayInput;
  SignalReceiverSecretChangeInput: SignalReceiverSecretChangeInput;
  SignalReceiverTestInput: SignalReceiverTestInput;
  StaffEventHold: ResolverTypeWrapper<StaffEventHold>;
  StaffEventHoldApproveInput: StaffEventHoldApproveInput;
  StaffEventHoldPayload: ResolverTypeWrapper<StaffEventHoldPayload>;
  StaffGroup: StaffGroup;
  StaffMember: ResolverTypeWrapper<StaffMemberParent>;
  StatusAgePolicy: ResolverTypeWrapper<StatusAgePolicy>;
  StatusAgePolicyInput: StatusAgePolicyInput;
  StatusChange: ResolverTypeWrapper<StatusChange>;
  StatusReason: StatusReason;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TrainingCheckResult: ResolverTypeWrapper<TrainingCheckResult>;
  TrainingPolicy: ResolverTypeWrapper<TrainingPolicy>;
  TrainingPolicyInput: TrainingPolicyInput;
  UnreachedReceiver: ResolverTypeWrapper<UnreachedReceiver>;
  UserError: ResolverTypeWrapper<UserError>;
  VerificationCheck: ResolverTypeWrapper<VerificationCheck>;
  VerificationOutcome: VerificationOutcome;
  VerificationResult: ResolverTypeWrapper<VerificationResultParent>;
  VerifiedRecordsDiscloseInput: VerifiedRecordsDiscloseInput;
  VerifiedRecordsDisclosePayload: ResolverTypeWrapper<VerifiedRecordsDisclosePayload>;
  WorkHealthCheckPolicy: ResolverTypeWrapper<WorkHealthCheckPolicy>;
  WorkHealthCheckPolicyInput: WorkHealthCheckPolicyInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccessLogConnection: Omit<AccessLogConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['AccessLogEdge']> };
  AccessLogEdge: Omit<AccessLogEdge, 'node'> & { node: ResolversParentTypes['AccessLogEntry'] };
  String: Scalars['String']['output'];
  AccessLogEntry: AccessLogEntryParent;
  AgreementDecisionInput: AgreementDecisionInput;
  ID: Scalars['ID']['output'];
  AgreementPayload: AgreementPayload;
  AgreementProposeInput: AgreementProposeInput;
  AuditChain: AuditChain;
  Int: Scalars['Int']['output'];
  Boolean: Scalars['Boolean']['output'];
  AuditEvent: Omit<AuditEvent, 'person'> & { person?: Maybe<ResolversParentTypes['StaffMember']> };
  AuditEventConnection: Omit<AuditEventConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['AuditEventEdge']> };
  AuditEventEdge: Omit<AuditEventEdge, 'node'> & { node: ResolversParentTypes['AuditEvent'] };
  AuditEventFilter: AuditEventFilter;
  CheckPolicy: CheckPolicy;
  CheckPolicyActivateInput: CheckPolicyActivateInput;
  CheckPolicyBlueprint: CheckPolicyBlueprint;
  CheckPolicyConnection: CheckPolicyConnection;
  CheckPolicyContent: CheckPolicyContent;
  CheckPolicyContentInput: CheckPolicyContentInput;
  CheckPolicyDraftInput: CheckPolicyDraftInput;
  CheckPolicyDryRun: Omit<CheckPolicyDryRun, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['CheckPolicyDryRunEdge']> };
  CheckPolicyDryRunEdge: Omit<CheckPolicyDryRunEdge, 'node'> & { node: ResolversParentTypes['NewlyFailing'] };
  CheckPolicyEdge: CheckPolicyEdge;
  CheckPolicyImportInput: CheckPolicyImportInput;
  CheckPolicyImportPayload: CheckPolicyImportPayload;
  CheckPolicyPayload: CheckPolicyPayload;
  Credential: CredentialParent;
  CredentialAskedInput: CredentialAskedInput;
  CredentialAttestationInput: CredentialAttestationInput;
  CredentialConnection: Omit<CredentialConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['CredentialEdge']> };
  CredentialEdge: Omit<CredentialEdge, 'node'> & { node: ResolversParentTypes['Credential'] };
  CredentialIssueInput: CredentialIssueInput;
  CredentialIssuePayload: Omit<CredentialIssuePayload, 'issued'> & { issued: ReadonlyArray<ResolversParentTypes['IssuedCredential']> };
  CredentialNoteInput: CredentialNoteInput;
  CredentialNotePayload: CredentialNotePayload;
  CredentialOffer: CredentialOffer;
  CredentialOfferEndInput: CredentialOfferEndInput;
  CredentialOfferEndPayload: CredentialOfferEndPayload;
  CredentialOfferInput: CredentialOfferInput;
  CredentialOfferPayload: CredentialOfferPayload;
  CredentialProvenance: CredentialProvenance;
  CredentialProvenanceInput: CredentialProvenanceInput;
  CredentialStanding: CredentialStanding;
  CredentialStatusInput: CredentialStatusInput;
  CredentialStatusPayload: Omit<CredentialStatusPayload, 'credential'> & { credential?: Maybe<ResolversParentTypes['Credential']> };
  CriminalRecordCheckPolicy: CriminalRecordCheckPolicy;
  CriminalRecordCheckPolicyInput: CriminalRecordCheckPolicyInput;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  DeletionAnswerInput: DeletionAnswerInput;
  DeletionAnswerPayload: DeletionAnswerPayload;
  DeletionRequest: DeletionRequest;
  DeletionRequestConnection: DeletionRequestConnection;
  DeletionRequestEdge: DeletionRequestEdge;
  DeletionRequestInput: DeletionRequestInput;
  DeletionRequestPayload: DeletionRequestPayload;
  DigitalCredentialInput: DigitalCredentialInput;
  EmploymentCheckAssurance: EmploymentCheckAssurance;
  EmploymentCheckBypassInput: EmploymentCheckBypassInput;
  EmploymentCheckChange: EmploymentCheckChange;
  EmploymentCheckDecision: EmploymentCheckDecision;
  EmploymentCheckDecisionPayload: EmploymentCheckDecisionPayload;
  EmploymentCheckEvidence: EmploymentCheckEvidence;
  EmploymentCheckRecordInput: EmploymentCheckRecordInput;
  EmploymentCheckResult: EmploymentCheckResult;
  EmploymentCheckWithdrawInput: EmploymentCheckWithdrawInput;
  EmploymentCheckWithdrawPayload: EmploymentCheckWithdrawPayload;
  EmploymentChecks: Omit<EmploymentChecks, 'holder'> & { holder?: Maybe<ResolversParentTypes['StaffMember']> };
  EmploymentChecksBy: EmploymentChecksBy;
  FlaggedAccess: Omit<FlaggedAccess, 'entry' | 'reader' | 'staff'> & { entry: ResolversParentTypes['AccessLogEntry'], reader: ResolversParentTypes['StaffMember'], staff: ResolversParentTypes['StaffMember'] };
  FlaggedAccessConnection: Omit<FlaggedAccessConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['FlaggedAccessEdge']> };
  FlaggedAccessEdge: Omit<FlaggedAccessEdge, 'node'> & { node: ResolversParentTypes['FlaggedAccess'] };
  HistoryCheckPolicy: HistoryCheckPolicy;
  HistoryCheckPolicyInput: HistoryCheckPolicyInput;
  IdentityCheckPolicy: IdentityCheckPolicy;
  IdentityCheckPolicyInput: IdentityCheckPolicyInput;
  IssuedCredential: Omit<IssuedCredential, 'credential'> & { credential: ResolversParentTypes['Credential'] };
  IssuerHealth: IssuerHealth;
  IssuerKey: IssuerKey;
  IssuerKeyPayload: IssuerKeyPayload;
  IssuerKeyRotateInput: IssuerKeyRotateInput;
  IssuerKeyTurnOffInput: IssuerKeyTurnOffInput;
  JSON: Scalars['JSON']['output'];
  Mutation: Record<PropertyKey, never>;
  NewlyFailing: Omit<NewlyFailing, 'person'> & { person: ResolversParentTypes['StaffMember'] };
  NotOffered: NotOffered;
  Organisation: Organisation;
  PageInfo: PageInfo;
  Passport: PassportParent;
  PassportEarlierEndInput: PassportEarlierEndInput;
  PassportEarlierEndPayload: PassportEarlierEndPayload;
  PassportPauseInput: PassportPauseInput;
  PassportPausePayload: PassportPausePayload;
  PassportReofferInput: PassportReofferInput;
  PassportReofferPayload: PassportReofferPayload;
  PassportStop: PassportStopParent;
  PassportStopConnection: Omit<PassportStopConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['PassportStopEdge']> };
  PassportStopDecisionInput: PassportStopDecisionInput;
  PassportStopEdge: Omit<PassportStopEdge, 'node'> & { node: ResolversParentTypes['PassportStop'] };
  PassportStopOutlook: PassportStopOutlook;
  PassportStopPayload: Omit<PassportStopPayload, 'stop'> & { stop?: Maybe<ResolversParentTypes['PassportStop']> };
  PassportStopRequestInput: PassportStopRequestInput;
  PassportStopReviewInput: PassportStopReviewInput;
  PlacementEvent: Omit<PlacementEvent, 'staff'> & { staff?: Maybe<ResolversParentTypes['StaffMember']> };
  PlacementEventPage: Omit<PlacementEventPage, 'events'> & { events: ReadonlyArray<ResolversParentTypes['PlacementEvent']> };
  PresentationCloseInput: PresentationCloseInput;
  PresentationClosePayload: Omit<PresentationClosePayload, 'request'> & { request?: Maybe<ResolversParentTypes['PresentationRequest']> };
  PresentationLineInput: PresentationLineInput;
  PresentationList: PresentationList;
  PresentationListRequestInput: PresentationListRequestInput;
  PresentationListRequestPayload: PresentationListRequestPayload;
  PresentationOrder: PresentationOrder;
  PresentationReceipt: PresentationReceipt;
  PresentationRefuseInput: PresentationRefuseInput;
  PresentationRefusePayload: PresentationRefusePayload;
  PresentationRequest: StoredPresentation;
  PresentationRequestConnection: PresentationPageParent;
  PresentationRequestEdge: Omit<PresentationRequestEdge, 'node'> & { node: ResolversParentTypes['PresentationRequest'] };
  PresentationRequestInput: PresentationRequestInput;
  PresentationRequestPayload: Omit<PresentationRequestPayload, 'request'> & { request?: Maybe<ResolversParentTypes['PresentationRequest']> };
  PresentationVerifyInput: PresentationVerifyInput;
  PresentationVerifyPayload: Omit<PresentationVerifyPayload, 'request' | 'result'> & { request?: Maybe<ResolversParentTypes['PresentationRequest']>, result?: Maybe<ResolversParentTypes['VerificationResult']> };
  PresentedCredential: PresentedCredentialParent;
  PublishedStatusList: PublishedStatusList;
  Query: Record<PropertyKey, never>;
  RecordReaderInput: RecordReaderInput;
  RegisterReading: RegisterReading;
  RegisteredContact: RegisteredContact;
  RegisteredContactInput: RegisteredContactInput;
  RegisteredIssuing: RegisteredIssuing;
  RegisteredOrganisation: RegisteredOrganisationParent;
  RegisteredOrganisationConnection: Omit<RegisteredOrganisationConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['RegisteredOrganisationEdge']> };
  RegisteredOrganisationEdge: Omit<RegisteredOrganisationEdge, 'node'> & { node: ResolversParentTypes['RegisteredOrganisation'] };
  RegistrationCheckPolicy: RegistrationCheckPolicy;
  RegistrationCheckPolicyInput: RegistrationCheckPolicyInput;
  RegistryChange: RegistryChangeParent;
  RegistryChangeConnection: Omit<RegistryChangeConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['RegistryChangeEdge']> };
  RegistryChangeDecisionInput: RegistryChangeDecisionInput;
  RegistryChangeEdge: Omit<RegistryChangeEdge, 'node'> & { node: ResolversParentTypes['RegistryChange'] };
  RegistryChangeEffect: RegistryChangeEffect;
  RegistryChangeLine: RegistryChangeLine;
  RegistryChangePayload: Omit<RegistryChangePayload, 'change'> & { change?: Maybe<ResolversParentTypes['RegistryChange']> };
  RegistryChangeProposeInput: RegistryChangeProposeInput;
  RegistryDryRun: RegistryDryRun;
  RegistryWantedInput: RegistryWantedInput;
  RequesterReport: RequesterReport;
  RequesterReportInput: RequesterReportInput;
  RequesterReportPayload: RequesterReportPayload;
  SharedCredential: SharedCredential;
  SharedPresentation: SharedPresentation;
  SharingAgreement: SharingAgreement;
  SharingAgreementConnection: SharingAgreementConnection;
  SharingAgreementEdge: SharingAgreementEdge;
  SharingConnection: SharingConnection;
  SharingConsentInput: SharingConsentInput;
  SharingConsentPayload: SharingConsentPayload;
  SharingEdge: SharingEdge;
  Signal: SignalParent;
  SignalAttempt: SignalAttempt;
  SignalBacklog: SignalBacklog;
  SignalConnection: Omit<SignalConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['SignalEdge']> };
  SignalEdge: Omit<SignalEdge, 'node'> & { node: ResolversParentTypes['Signal'] };
  SignalReach: SignalReach;
  SignalReachOf: SignalReachOf;
  SignalReceiver: SignalReceiver;
  SignalReceiverEndInput: SignalReceiverEndInput;
  SignalReceiverPayload: SignalReceiverPayload;
  SignalReceiverRegisterInput: SignalReceiverRegisterInput;
  SignalReceiverReplayInput: SignalReceiverReplayInput;
  SignalReceiverSecretChangeInput: SignalReceiverSecretChangeInput;
  SignalReceiverTestInput: SignalReceiverTestInput;
  StaffEventHold: StaffEventHold;
  StaffEventHoldApproveInput: StaffEventHoldApproveInput;
  StaffEventHoldPayload: StaffEventHoldPayload;
  StaffMember: StaffMemberParent;
  StatusAgePolicy: StatusAgePolicy;
  StatusAgePolicyInput: StatusAgePolicyInput;
  StatusChange: StatusChange;
  Subscription: Record<PropertyKey, never>;
  TrainingCheckResult: TrainingCheckResult;
  TrainingPolicy: TrainingPolicy;
  TrainingPolicyInput: TrainingPolicyInput;
  UnreachedReceiver: UnreachedReceiver;
  UserError: UserError;
  VerificationCheck: VerificationCheck;
  VerificationResult: VerificationResultParent;
  VerifiedRecordsDiscloseInput: VerifiedRecordsDiscloseInput;
  VerifiedRecordsDisclosePayload: VerifiedRecordsDisclosePayload;
  WorkHealthCheckPolicy: WorkHealthCheckPolicy;
  WorkHealthCheckPolicyInput: WorkHealthCheckPolicyInput;
};

export type AccessLogConnectionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['AccessLogConnection'] = ResolversParentTypes['AccessLogConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessLogEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AccessLogEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['AccessLogEdge'] = ResolversParentTypes['AccessLogEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AccessLogEntry'], ParentType, ContextType>;
};

export type AccessLogEntryResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['AccessLogEntry'] = ResolversParentTypes['AccessLogEntry']> = {
  actorContact?: Resolver<Maybe<ResolversTypes['RegisteredContact']>, ParentType, ContextType>;
  actorName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorOrganisation?: Resolver<Maybe<ResolversTypes['Organisation']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  fields?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  flags?: Resolver<Maybe<ReadonlyArray<ResolversTypes['AccessLogFlag']>>, ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AgreementPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['AgreementPayload'] = ResolversParentTypes['AgreementPayload']> = {
  agreement?: Resolver<Maybe<ResolversTypes['SharingAgreement']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AuditChainResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['AuditChain'] = ResolversParentTypes['AuditChain']> = {
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  events?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unbroken?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AuditEventResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['AuditEvent'] = ResolversParentTypes['AuditEvent']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  person?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type AuditEventConnectionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['AuditEventConnection'] = ResolversParentTypes['AuditEventConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditEventEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEventEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['AuditEventEdge'] = ResolversParentTypes['AuditEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEvent'], ParentType, ContextType>;
};

export type CheckPolicyResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CheckPolicy'] = ResolversParentTypes['CheckPolicy']> = {
  content?: Resolver<ResolversTypes['CheckPolicyContent'], ParentType, ContextType>;
  copiedFrom?: Resolver<Maybe<ResolversTypes['Organisation']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inForceFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  organisation?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  replacedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  staffGroup?: Resolver<Maybe<ResolversTypes['StaffGroup']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CheckPolicyState'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CheckPolicyBlueprintResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CheckPolicyBlueprint'] = ResolversParentTypes['CheckPolicyBlueprint']> = {
  jwt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  policies?: Resolver<ReadonlyArray<ResolversTypes['CheckPolicy']>, ParentType, ContextType>;
};

export type CheckPolicyConnectionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CheckPolicyConnection'] = ResolversParentTypes['CheckPolicyConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CheckPolicyEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CheckPolicyContentResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CheckPolicyContent'] = ResolversParentTypes['CheckPolicyContent']> = {
  criminalRecord?: Resolver<ResolversTypes['CriminalRecordCheckPolicy'], ParentType, ContextType>;
  history?: Resolver<ResolversTypes['HistoryCheckPolicy'], ParentType, ContextType>;
  identity?: Resolver<ResolversTypes['IdentityCheckPolicy'], ParentType, ContextType>;
  notApplicable?: Resolver<ReadonlyArray<ResolversTypes['EmploymentCheck']>, ParentType, ContextType>;
  registration?: Resolver<ResolversTypes['RegistrationCheckPolicy'], ParentType, ContextType>;
  requiredTypes?: Resolver<ReadonlyArray<ResolversTypes['CredentialType']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['StatusAgePolicy'], ParentType, ContextType>;
  training?: Resolver<ReadonlyArray<ResolversTypes['TrainingPolicy']>, ParentType, ContextType>;
  workHealth?: Resolver<ResolversTypes['WorkHealthCheckPolicy'], ParentType, ContextType>;
};

export type CheckPolicyDryRunResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CheckPolicyDryRun'] = ResolversParentTypes['CheckPolicyDryRun']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CheckPolicyDryRunEdge']>, ParentType, ContextType>;
  looked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  policy?: Resolver<ResolversTypes['CheckPolicy'], ParentType, ContextType>;
};

export type CheckPolicyDryRunEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CheckPolicyDryRunEdge'] = ResolversParentTypes['CheckPolicyDryRunEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['NewlyFailing'], ParentType, ContextType>;
};

export type CheckPolicyEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CheckPolicyEdge'] = ResolversParentTypes['CheckPolicyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CheckPolicy'], ParentType, ContextType>;
};

export type CheckPolicyImportPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CheckPolicyImportPayload'] = ResolversParentTypes['CheckPolicyImportPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  policies?: Resolver<ReadonlyArray<ResolversTypes['CheckPolicy']>, ParentType, ContextType>;
};

export type CheckPolicyPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CheckPolicyPayload'] = ResolversParentTypes['CheckPolicyPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  policy?: Resolver<Maybe<ResolversTypes['CheckPolicy']>, ParentType, ContextType>;
};

export type CredentialResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['Credential'] = ResolversParentTypes['Credential'], FederationReferenceType extends FederationReferenceTypes['Credential'] = FederationReferenceTypes['Credential']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Credential']> | FederationReferenceType, FederationReferenceType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  format?: Resolver<ResolversTypes['CredentialFormat'], ParentType, ContextType>;
  holderEvent?: Resolver<Maybe<ResolversTypes['HolderEvent']>, ParentType, ContextType>;
  holderEventAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  issuedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  issuer?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  lastStatusChangeAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['StatusReason']>, ParentType, ContextType>;
  staff?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CredentialState'], ParentType, ContextType>;
  statusHistory?: Resolver<ReadonlyArray<ResolversTypes['StatusChange']>, ParentType, ContextType>;
  statusIndex?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  statusListUri?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['CredentialType'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CredentialConnectionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CredentialConnection'] = ResolversParentTypes['CredentialConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CredentialEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CredentialEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CredentialEdge'] = ResolversParentTypes['CredentialEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Credential'], ParentType, ContextType>;
};

export type CredentialIssuePayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CredentialIssuePayload'] = ResolversParentTypes['CredentialIssuePayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  issued?: Resolver<ReadonlyArray<ResolversTypes['IssuedCredential']>, ParentType, ContextType>;
};

export type CredentialNotePayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CredentialNotePayload'] = ResolversParentTypes['CredentialNotePayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  noted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CredentialOfferResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CredentialOffer'] = ResolversParentTypes['CredentialOffer']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deferred?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endedBecause?: Resolver<Maybe<ResolversTypes['OfferEndReason']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  issuer?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CredentialOfferState'], ParentType, ContextType>;
  transactionCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  types?: Resolver<ReadonlyArray<ResolversTypes['CredentialType']>, ParentType, ContextType>;
  uri?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  uriByValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CredentialOfferEndPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CredentialOfferEndPayload'] = ResolversParentTypes['CredentialOfferEndPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CredentialOfferPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CredentialOfferPayload'] = ResolversParentTypes['CredentialOfferPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  offer?: Resolver<Maybe<ResolversTypes['CredentialOffer']>, ParentType, ContextType>;
};

export type CredentialProvenanceResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CredentialProvenance'] = ResolversParentTypes['CredentialProvenance']> = {
  assuranceOutcome?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  assurancePolicy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastRefresh?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  origin?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  pedigree?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  provider?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  verificationMethod?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  verifier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CredentialStandingResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CredentialStanding'] = ResolversParentTypes['CredentialStanding']> = {
  credentials?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  issuedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastStatusChangeAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['StatusReason']>, ParentType, ContextType>;
  staffId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CredentialState'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['CredentialType'], ParentType, ContextType>;
};

export type CredentialStatusPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CredentialStatusPayload'] = ResolversParentTypes['CredentialStatusPayload']> = {
  credential?: Resolver<Maybe<ResolversTypes['Credential']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CriminalRecordCheckPolicyResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['CriminalRecordCheckPolicy'] = ResolversParentTypes['CriminalRecordCheckPolicy']> = {
  level?: Resolver<ResolversTypes['DbsLevel'], ParentType, ContextType>;
  portableInTraining?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  workforce?: Resolver<Maybe<ResolversTypes['DbsWorkforce']>, ParentType, ContextType>;
  years?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeletionAnswerPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['DeletionAnswerPayload'] = ResolversParentTypes['DeletionAnswerPayload']> = {
  deletion?: Resolver<Maybe<ResolversTypes['DeletionRequest']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeletionRequestResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['DeletionRequest'] = ResolversParentTypes['DeletionRequest']> = {
  answerBy?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  answeredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  askedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  presentationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['KeptReason']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['DeletionState'], ParentType, ContextType>;
};

export type DeletionRequestConnectionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['DeletionRequestConnection'] = ResolversParentTypes['DeletionRequestConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DeletionRequestEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DeletionRequestEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['DeletionRequestEdge'] = ResolversParentTypes['DeletionRequestEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DeletionRequest'], ParentType, ContextType>;
};

export type DeletionRequestPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['DeletionRequestPayload'] = ResolversParentTypes['DeletionRequestPayload']> = {
  deletion?: Resolver<Maybe<ResolversTypes['DeletionRequest']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EmploymentCheckAssuranceResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['EmploymentCheckAssurance'] = ResolversParentTypes['EmploymentCheckAssurance']> = {
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  method?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  organisation?: Resolver<Maybe<ResolversTypes['Organisation']>, ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  standard?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EmploymentCheckChangeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['EmploymentCheckChange'] = ResolversParentTypes['EmploymentCheckChange']> = {
  check?: Resolver<ResolversTypes['EmploymentCheck'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['EmploymentCheckOutcome'], ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['EmploymentCheckReason']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['EmploymentCheckOutcome'], ParentType, ContextType>;
};

export type EmploymentCheckDecisionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['EmploymentCheckDecision'] = ResolversParentTypes['EmploymentCheckDecision']> = {
  check?: Resolver<ResolversTypes['EmploymentCheck'], ParentType, ContextType>;
  decidedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decidedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  endsOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['EmploymentCheckDecisionKind'], ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['EmploymentCheckOutcome']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EmploymentCheckDecisionPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['EmploymentCheckDecisionPayload'] = ResolversParentTypes['EmploymentCheckDecisionPayload']> = {
  decision?: Resolver<Maybe<ResolversTypes['EmploymentCheckDecision']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EmploymentCheckEvidenceResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['EmploymentCheckEvidence'] = ResolversParentTypes['EmploymentCheckEvidence']> = {
  checkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  claims?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  credentialId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  issuedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  issuer?: Resolver<Maybe<ResolversTypes['Organisation']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['VerificationOutcome'], ParentType, ContextType>;
  presentationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  provenance?: Resolver<Maybe<ResolversTypes['CredentialProvenance']>, ParentType, ContextType>;
  statusAsOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['CredentialType'], ParentType, ContextType>;
};

export type EmploymentCheckResultResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['EmploymentCheckResult'] = ResolversParentTypes['EmploymentCheckResult']> = {
  assurance?: Resolver<Maybe<ResolversTypes['EmploymentCheckAssurance']>, ParentType, ContextType>;
  bypass?: Resolver<Maybe<ResolversTypes['EmploymentCheckDecision']>, ParentType, ContextType>;
  check?: Resolver<ResolversTypes['EmploymentCheck'], ParentType, ContextType>;
  checkedLocally?: Resolver<Maybe<ResolversTypes['EmploymentCheckDecision']>, ParentType, ContextType>;
  endsOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['EmploymentCheckEvidence']>, ParentType, ContextType>;
  originalsSeen?: Resolver<Maybe<ResolversTypes['EmploymentCheckDecision']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['EmploymentCheckOutcome'], ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['EmploymentCheckReason']>, ParentType, ContextType>;
  register?: Resolver<Maybe<ResolversTypes['RegisterReading']>, ParentType, ContextType>;
  settled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type EmploymentCheckWithdrawPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['EmploymentCheckWithdrawPayload'] = ResolversParentTypes['EmploymentCheckWithdrawPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EmploymentChecksResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['EmploymentChecks'] = ResolversParentTypes['EmploymentChecks']> = {
  checkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  checks?: Resolver<ReadonlyArray<ResolversTypes['EmploymentCheckResult']>, ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['CredentialType']>, ParentType, ContextType>;
  policy?: Resolver<ResolversTypes['CheckPolicy'], ParentType, ContextType>;
  staffGroup?: Resolver<Maybe<ResolversTypes['StaffGroup']>, ParentType, ContextType>;
  training?: Resolver<ReadonlyArray<ResolversTypes['TrainingCheckResult']>, ParentType, ContextType>;
};

export type FlaggedAccessResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['FlaggedAccess'] = ResolversParentTypes['FlaggedAccess']> = {
  entry?: Resolver<ResolversTypes['AccessLogEntry'], ParentType, ContextType>;
  reader?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
  staff?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
};

export type FlaggedAccessConnectionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['FlaggedAccessConnection'] = ResolversParentTypes['FlaggedAccessConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['FlaggedAccessEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type FlaggedAccessEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['FlaggedAccessEdge'] = ResolversParentTypes['FlaggedAccessEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['FlaggedAccess'], ParentType, ContextType>;
};

export type HistoryCheckPolicyResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['HistoryCheckPolicy'] = ResolversParentTypes['HistoryCheckPolicy']> = {
  gapDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  months?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type IdentityCheckPolicyResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['IdentityCheckPolicy'] = ResolversParentTypes['IdentityCheckPolicy']> = {
  minimumConfidence?: Resolver<ResolversTypes['IdentityConfidence'], ParentType, ContextType>;
};

export type IssuedCredentialResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['IssuedCredential'] = ResolversParentTypes['IssuedCredential']> = {
  compact?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  credential?: Resolver<ResolversTypes['Credential'], ParentType, ContextType>;
};

export type IssuerHealthResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['IssuerHealth'] = ResolversParentTypes['IssuerHealth']> = {
  backlogs?: Resolver<ReadonlyArray<ResolversTypes['SignalBacklog']>, ParentType, ContextType>;
  statusLists?: Resolver<ReadonlyArray<ResolversTypes['PublishedStatusList']>, ParentType, ContextType>;
};

export type IssuerKeyResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['IssuerKey'] = ResolversParentTypes['IssuerKey']> = {
  certificateEndsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inForce?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  keeper?: Resolver<ResolversTypes['IssuerKeyKeeper'], ParentType, ContextType>;
  madeAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  signed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  signsFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['IssuerKeyState'], ParentType, ContextType>;
  turnedOffAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  use?: Resolver<ResolversTypes['IssuerKeyUse'], ParentType, ContextType>;
};

export type IssuerKeyPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['IssuerKeyPayload'] = ResolversParentTypes['IssuerKeyPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['IssuerKey']>, ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MutationResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  agreementAccept?: Resolver<ResolversTypes['AgreementPayload'], ParentType, ContextType, RequireFields<MutationAgreementAcceptArgs, 'input'>>;
  agreementEnd?: Resolver<ResolversTypes['AgreementPayload'], ParentType, ContextType, RequireFields<MutationAgreementEndArgs, 'input'>>;
  agreementPropose?: Resolver<ResolversTypes['AgreementPayload'], ParentType, ContextType, RequireFields<MutationAgreementProposeArgs, 'input'>>;
  checkPolicyActivate?: Resolver<ResolversTypes['CheckPolicyPayload'], ParentType, ContextType, RequireFields<MutationCheckPolicyActivateArgs, 'input'>>;
  checkPolicyDraft?: Resolver<ResolversTypes['CheckPolicyPayload'], ParentType, ContextType, RequireFields<MutationCheckPolicyDraftArgs, 'input'>>;
  checkPolicyImport?: Resolver<ResolversTypes['CheckPolicyImportPayload'], ParentType, ContextType, RequireFields<MutationCheckPolicyImportArgs, 'input'>>;
  credentialIssue?: Resolver<ResolversTypes['CredentialIssuePayload'], ParentType, ContextType, RequireFields<MutationCredentialIssueArgs, 'input'>>;
  credentialNote?: Resolver<ResolversTypes['CredentialNotePayload'], ParentType, ContextType, RequireFields<MutationCredentialNoteArgs, 'input'>>;
  credentialOffer?: Resolver<ResolversTypes['CredentialOfferPayload'], ParentType, ContextType, RequireFields<MutationCredentialOfferArgs, 'input'>>;
  credentialOfferEnd?: Resolver<ResolversTypes['CredentialOfferEndPayload'], ParentType, ContextType, RequireFields<MutationCredentialOfferEndArgs, 'input'>>;
  credentialReinstate?: Resolver<ResolversTypes['CredentialStatusPayload'], ParentType, ContextType, RequireFields<MutationCredentialReinstateArgs, 'input'>>;
  credentialRevoke?: Resolver<ResolversTypes['CredentialStatusPayload'], ParentType, ContextType, RequireFields<MutationCredentialRevokeArgs, 'input'>>;
  credentialSuspend?: Resolver<ResolversTypes['CredentialStatusPayload'], ParentType, ContextType, RequireFields<MutationCredentialSuspendArgs, 'input'>>;
  deletionAnswer?: Resolver<ResolversTypes['DeletionAnswerPayload'], ParentType, ContextType, RequireFields<MutationDeletionAnswerArgs, 'input'>>;
  deletionRequest?: Resolver<ResolversTypes['DeletionRequestPayload'], ParentType, ContextType, RequireFields<MutationDeletionRequestArgs, 'input'>>;
  employmentCheckBypass?: Resolver<ResolversTypes['EmploymentCheckDecisionPayload'], ParentType, ContextType, RequireFields<MutationEmploymentCheckBypassArgs, 'input'>>;
  employmentCheckRecord?: Resolver<ResolversTypes['EmploymentCheckDecisionPayload'], ParentType, ContextType, RequireFields<MutationEmploymentCheckRecordArgs, 'input'>>;
  employmentCheckWithdraw?: Resolver<ResolversTypes['EmploymentCheckWithdrawPayload'], ParentType, ContextType, RequireFields<MutationEmploymentCheckWithdrawArgs, 'input'>>;
  issuerKeyRotate?: Resolver<ResolversTypes['IssuerKeyPayload'], ParentType, ContextType, RequireFields<MutationIssuerKeyRotateArgs, 'input'>>;
  issuerKeyTurnOff?: Resolver<ResolversTypes['IssuerKeyPayload'], ParentType, ContextType, RequireFields<MutationIssuerKeyTurnOffArgs, 'input'>>;
  passportEarlierEnd?: Resolver<ResolversTypes['PassportEarlierEndPayload'], ParentType, ContextType, RequireFields<MutationPassportEarlierEndArgs, 'input'>>;
  passportPause?: Resolver<ResolversTypes['PassportPausePayload'], ParentType, ContextType, RequireFields<MutationPassportPauseArgs, 'input'>>;
  passportReoffer?: Resolver<ResolversTypes['PassportReofferPayload'], ParentType, ContextType, RequireFields<MutationPassportReofferArgs, 'input'>>;
  passportStopApprove?: Resolver<ResolversTypes['PassportStopPayload'], ParentType, ContextType, RequireFields<MutationPassportStopApproveArgs, 'input'>>;
  passportStopRefuse?: Resolver<ResolversTypes['PassportStopPayload'], ParentType, ContextType, RequireFields<MutationPassportStopRefuseArgs, 'input'>>;
  passportStopRequest?: Resolver<ResolversTypes['PassportStopPayload'], ParentType, ContextType, RequireFields<MutationPassportStopRequestArgs, 'input'>>;
  passportStopReview?: Resolver<ResolversTypes['PassportStopPayload'], ParentType, ContextType, RequireFields<MutationPassportStopReviewArgs, 'input'>>;
  presentationClose?: Resolver<ResolversTypes['PresentationClosePayload'], ParentType, ContextType, RequireFields<MutationPresentationCloseArgs, 'input'>>;
  presentationListRequest?: Resolver<ResolversTypes['PresentationListRequestPayload'], ParentType, ContextType, RequireFields<MutationPresentationListRequestArgs, 'input'>>;
  presentationRefuse?: Resolver<ResolversTypes['PresentationRefusePayload'], ParentType, ContextType, RequireFields<MutationPresentationRefuseArgs, 'input'>>;
  presentationRequest?: Resolver<ResolversTypes['PresentationRequestPayload'], ParentType, ContextType, RequireFields<MutationPresentationRequestArgs, 'input'>>;
  presentationVerify?: Resolver<ResolversTypes['PresentationVerifyPayload'], ParentType, ContextType, RequireFields<MutationPresentationVerifyArgs, 'input'>>;
  registryChangeApprove?: Resolver<ResolversTypes['RegistryChangePayload'], ParentType, ContextType, RequireFields<MutationRegistryChangeApproveArgs, 'input'>>;
  registryChangePropose?: Resolver<ResolversTypes['RegistryChangePayload'], ParentType, ContextType, RequireFields<MutationRegistryChangeProposeArgs, 'input'>>;
  registryChangeTurnDown?: Resolver<ResolversTypes['RegistryChangePayload'], ParentType, ContextType, RequireFields<MutationRegistryChangeTurnDownArgs, 'input'>>;
  requesterReport?: Resolver<ResolversTypes['RequesterReportPayload'], ParentType, ContextType, RequireFields<MutationRequesterReportArgs, 'input'>>;
  sharingConsent?: Resolver<ResolversTypes['SharingConsentPayload'], ParentType, ContextType, RequireFields<MutationSharingConsentArgs, 'input'>>;
  signalReceiverEnd?: Resolver<ResolversTypes['SignalReceiverPayload'], ParentType, ContextType, RequireFields<MutationSignalReceiverEndArgs, 'input'>>;
  signalReceiverRegister?: Resolver<ResolversTypes['SignalReceiverPayload'], ParentType, ContextType, RequireFields<MutationSignalReceiverRegisterArgs, 'input'>>;
  signalReceiverReplay?: Resolver<ResolversTypes['SignalReceiverPayload'], ParentType, ContextType, RequireFields<MutationSignalReceiverReplayArgs, 'input'>>;
  signalReceiverSecretChange?: Resolver<ResolversTypes['SignalReceiverPayload'], ParentType, ContextType, RequireFields<MutationSignalReceiverSecretChangeArgs, 'input'>>;
  signalReceiverTest?: Resolver<ResolversTypes['SignalReceiverPayload'], ParentType, ContextType, RequireFields<MutationSignalReceiverTestArgs, 'input'>>;
  staffEventHoldApprove?: Resolver<ResolversTypes['StaffEventHoldPayload'], ParentType, ContextType, RequireFields<MutationStaffEventHoldApproveArgs, 'input'>>;
  verifiedRecordsDisclose?: Resolver<ResolversTypes['VerifiedRecordsDisclosePayload'], ParentType, ContextType, RequireFields<MutationVerifiedRecordsDiscloseArgs, 'input'>>;
};

export type NewlyFailingResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['NewlyFailing'] = ResolversParentTypes['NewlyFailing']> = {
  checks?: Resolver<ReadonlyArray<ResolversTypes['EmploymentCheckChange']>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['CredentialType']>, ParentType, ContextType>;
  person?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
  training?: Resolver<ReadonlyArray<ResolversTypes['TrainingCheckResult']>, ParentType, ContextType>;
};

export type NotOfferedResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['NotOffered'] = ResolversParentTypes['NotOffered']> = {
  issuer?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['CredentialType'], ParentType, ContextType>;
};

export type OrganisationResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['Organisation'] = ResolversParentTypes['Organisation']> = {
  odsCode?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PassportResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['Passport'] = ResolversParentTypes['Passport']> = {
  credentials?: Resolver<ResolversTypes['CredentialConnection'], ParentType, ContextType, RequireFields<PassportCredentialsArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  offers?: Resolver<ReadonlyArray<ResolversTypes['CredentialOffer']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PassportStatus'], ParentType, ContextType>;
};

export type PassportEarlierEndPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PassportEarlierEndPayload'] = ResolversParentTypes['PassportEarlierEndPayload']> = {
  ended?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PassportPausePayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PassportPausePayload'] = ResolversParentTypes['PassportPausePayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  paused?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PassportReofferPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PassportReofferPayload'] = ResolversParentTypes['PassportReofferPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  notOffered?: Resolver<ReadonlyArray<ResolversTypes['NotOffered']>, ParentType, ContextType>;
  offers?: Resolver<ReadonlyArray<ResolversTypes['CredentialOffer']>, ParentType, ContextType>;
};

export type PassportStopResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PassportStop'] = ResolversParentTypes['PassportStop']> = {
  credential?: Resolver<Maybe<ResolversTypes['Credential']>, ParentType, ContextType>;
  credentials?: Resolver<ReadonlyArray<ResolversTypes['Credential']>, ParentType, ContextType>;
  decidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  decidedBy?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['StatusReason'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  requestedBy?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
  review?: Resolver<Maybe<ResolversTypes['PassportStopReview']>, ParentType, ContextType>;
  reviewDueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reviewedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reviewedBy?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  staff?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PassportStopState'], ParentType, ContextType>;
  stopped?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  urgent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PassportStopConnectionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PassportStopConnection'] = ResolversParentTypes['PassportStopConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PassportStopEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PassportStopEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PassportStopEdge'] = ResolversParentTypes['PassportStopEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PassportStop'], ParentType, ContextType>;
};

export type PassportStopOutlookResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PassportStopOutlook'] = ResolversParentTypes['PassportStopOutlook']> = {
  credentials?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  days?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  keptBy?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  openRequests?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  shownTo?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PassportStopPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PassportStopPayload'] = ResolversParentTypes['PassportStopPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  stop?: Resolver<Maybe<ResolversTypes['PassportStop']>, ParentType, ContextType>;
};

export type PlacementEventResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PlacementEvent'] = ResolversParentTypes['PlacementEvent']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  odsCode?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  placedThere?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  staff?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  staffId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['PlacementEventType'], ParentType, ContextType>;
};

export type PlacementEventPageResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PlacementEventPage'] = ResolversParentTypes['PlacementEventPage']> = {
  events?: Resolver<ReadonlyArray<ResolversTypes['PlacementEvent']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PresentationClosePayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PresentationClosePayload'] = ResolversParentTypes['PresentationClosePayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  request?: Resolver<Maybe<ResolversTypes['PresentationRequest']>, ParentType, ContextType>;
};

export type PresentationListResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PresentationList'] = ResolversParentTypes['PresentationList']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  requests?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PresentationListRequestPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PresentationListRequestPayload'] = ResolversParentTypes['PresentationListRequestPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  listId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type PresentationReceiptResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PresentationReceipt'] = ResolversParentTypes['PresentationReceipt']> = {
  compact?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  keysUri?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  signedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type PresentationRefusePayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PresentationRefusePayload'] = ResolversParentTypes['PresentationRefusePayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  presentation?: Resolver<Maybe<ResolversTypes['SharedPresentation']>, ParentType, ContextType>;
};

export type PresentationRequestResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PresentationRequest'] = ResolversParentTypes['PresentationRequest']> = {
  answeredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  audience?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dcql?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  digitalCredentialRequest?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  fetchedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  link?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  listId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  nonce?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refusedBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  result?: Resolver<Maybe<ResolversTypes['VerificationResult']>, ParentType, ContextType>;
  startsOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PresentationState'], ParentType, ContextType>;
  template?: Resolver<Maybe<ResolversTypes['PresentationTemplate']>, ParentType, ContextType>;
  walletUri?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PresentationRequestConnectionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PresentationRequestConnection'] = ResolversParentTypes['PresentationRequestConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PresentationRequestEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PresentationRequestEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PresentationRequestEdge'] = ResolversParentTypes['PresentationRequestEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PresentationRequest'], ParentType, ContextType>;
};

export type PresentationRequestPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PresentationRequestPayload'] = ResolversParentTypes['PresentationRequestPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  request?: Resolver<Maybe<ResolversTypes['PresentationRequest']>, ParentType, ContextType>;
};

export type PresentationVerifyPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PresentationVerifyPayload'] = ResolversParentTypes['PresentationVerifyPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  request?: Resolver<Maybe<ResolversTypes['PresentationRequest']>, ParentType, ContextType>;
  result?: Resolver<Maybe<ResolversTypes['VerificationResult']>, ParentType, ContextType>;
};

export type PresentedCredentialResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PresentedCredential'] = ResolversParentTypes['PresentedCredential']> = {
  checks?: Resolver<ReadonlyArray<ResolversTypes['VerificationCheck']>, ParentType, ContextType>;
  claims?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  credentialId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  disclosed?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  issuedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  issuer?: Resolver<Maybe<ResolversTypes['Organisation']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['VerificationOutcome'], ParentType, ContextType>;
  queryId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  statusAsOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['CredentialType']>, ParentType, ContextType>;
};

export type PublishedStatusListResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['PublishedStatusList'] = ResolversParentTypes['PublishedStatusList']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  heldBack?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  signedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  auditChain?: Resolver<Maybe<ResolversTypes['AuditChain']>, ParentType, ContextType>;
  auditEvents?: Resolver<Maybe<ResolversTypes['AuditEventConnection']>, ParentType, ContextType, RequireFields<QueryAuditEventsArgs, 'first'>>;
  checkPolicies?: Resolver<Maybe<ResolversTypes['CheckPolicyConnection']>, ParentType, ContextType, RequireFields<QueryCheckPoliciesArgs, 'first'>>;
  checkPolicy?: Resolver<Maybe<ResolversTypes['CheckPolicy']>, ParentType, ContextType, RequireFields<QueryCheckPolicyArgs, 'id'>>;
  checkPolicyBlueprint?: Resolver<Maybe<ResolversTypes['CheckPolicyBlueprint']>, ParentType, ContextType, Partial<QueryCheckPolicyBlueprintArgs>>;
  checkPolicyDryRun?: Resolver<Maybe<ResolversTypes['CheckPolicyDryRun']>, ParentType, ContextType, RequireFields<QueryCheckPolicyDryRunArgs, 'first' | 'id'>>;
  credential?: Resolver<Maybe<ResolversTypes['Credential']>, ParentType, ContextType, RequireFields<QueryCredentialArgs, 'id'>>;
  credentialHoldersChanged?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType, RequireFields<QueryCredentialHoldersChangedArgs, 'first' | 'odsCode' | 'since'>>;
  deletionRequests?: Resolver<Maybe<ResolversTypes['DeletionRequestConnection']>, ParentType, ContextType, RequireFields<QueryDeletionRequestsArgs, 'first' | 'state'>>;
  employmentChecks?: Resolver<Maybe<ResolversTypes['EmploymentChecks']>, ParentType, ContextType, RequireFields<QueryEmploymentChecksArgs, 'by'>>;
  flaggedAccess?: Resolver<Maybe<ResolversTypes['FlaggedAccessConnection']>, ParentType, ContextType, RequireFields<QueryFlaggedAccessArgs, 'first'>>;
  issuerHealth?: Resolver<Maybe<ResolversTypes['IssuerHealth']>, ParentType, ContextType>;
  issuerKeys?: Resolver<ReadonlyArray<ResolversTypes['IssuerKey']>, ParentType, ContextType>;
  passportHolders?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType, RequireFields<QueryPassportHoldersArgs, 'staffIds'>>;
  passportStop?: Resolver<Maybe<ResolversTypes['PassportStop']>, ParentType, ContextType, RequireFields<QueryPassportStopArgs, 'id'>>;
  passportStopOutlook?: Resolver<Maybe<ResolversTypes['PassportStopOutlook']>, ParentType, ContextType, RequireFields<QueryPassportStopOutlookArgs, 'staffId'>>;
  passportStops?: Resolver<Maybe<ResolversTypes['PassportStopConnection']>, ParentType, ContextType, RequireFields<QueryPassportStopsArgs, 'first' | 'group'>>;
  placementEvents?: Resolver<ResolversTypes['PlacementEventPage'], ParentType, ContextType, RequireFields<QueryPlacementEventsArgs, 'first' | 'type'>>;
  presentation?: Resolver<Maybe<ResolversTypes['PresentationRequest']>, ParentType, ContextType, RequireFields<QueryPresentationArgs, 'id'>>;
  presentationLists?: Resolver<ReadonlyArray<ResolversTypes['PresentationList']>, ParentType, ContextType>;
  presentationReceipt?: Resolver<Maybe<ResolversTypes['PresentationReceipt']>, ParentType, ContextType, RequireFields<QueryPresentationReceiptArgs, 'presentationId'>>;
  presentationRequests?: Resolver<ResolversTypes['PresentationRequestConnection'], ParentType, ContextType, RequireFields<QueryPresentationRequestsArgs, 'first' | 'group'>>;
  registeredOrganisation?: Resolver<Maybe<ResolversTypes['RegisteredOrganisation']>, ParentType, ContextType, RequireFields<QueryRegisteredOrganisationArgs, 'odsCode'>>;
  registeredOrganisations?: Resolver<ResolversTypes['RegisteredOrganisationConnection'], ParentType, ContextType, RequireFields<QueryRegisteredOrganisationsArgs, 'first'>>;
  registryChange?: Resolver<Maybe<ResolversTypes['RegistryChange']>, ParentType, ContextType, RequireFields<QueryRegistryChangeArgs, 'id'>>;
  registryChanges?: Resolver<ResolversTypes['RegistryChangeConnection'], ParentType, ContextType, RequireFields<QueryRegistryChangesArgs, 'first'>>;
  registryDryRun?: Resolver<ResolversTypes['RegistryDryRun'], ParentType, ContextType, RequireFields<QueryRegistryDryRunArgs, 'wanted'>>;
  sharingAgreements?: Resolver<ResolversTypes['SharingAgreementConnection'], ParentType, ContextType, RequireFields<QuerySharingAgreementsArgs, 'first'>>;
  signalReach?: Resolver<Maybe<ResolversTypes['SignalReach']>, ParentType, ContextType, RequireFields<QuerySignalReachArgs, 'of'>>;
  signalReceivers?: Resolver<ReadonlyArray<ResolversTypes['SignalReceiver']>, ParentType, ContextType>;
  signals?: Resolver<ResolversTypes['SignalConnection'], ParentType, ContextType, RequireFields<QuerySignalsArgs, 'first'>>;
  signalsAfter?: Resolver<Maybe<ResolversTypes['SignalConnection']>, ParentType, ContextType, RequireFields<QuerySignalsAfterArgs, 'first'>>;
  staffEventHolds?: Resolver<ReadonlyArray<ResolversTypes['StaffEventHold']>, ParentType, ContextType>;
};

export type RegisterReadingResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegisterReading'] = ResolversParentTypes['RegisterReading']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  readAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RegisteredContactResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegisteredContact'] = ResolversParentTypes['RegisteredContact']> = {
  mail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  team?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RegisteredIssuingResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegisteredIssuing'] = ResolversParentTypes['RegisteredIssuing']> = {
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['CredentialType'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type RegisteredOrganisationResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegisteredOrganisation'] = ResolversParentTypes['RegisteredOrganisation']> = {
  certificateEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  changedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  contact?: Resolver<Maybe<ResolversTypes['RegisteredContact']>, ParentType, ContextType>;
  mayCheck?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mayIssue?: Resolver<ReadonlyArray<ResolversTypes['RegisteredIssuing']>, ParentType, ContextType>;
  organisation?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
};

export type RegisteredOrganisationConnectionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegisteredOrganisationConnection'] = ResolversParentTypes['RegisteredOrganisationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RegisteredOrganisationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RegisteredOrganisationEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegisteredOrganisationEdge'] = ResolversParentTypes['RegisteredOrganisationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RegisteredOrganisation'], ParentType, ContextType>;
};

export type RegistrationCheckPolicyResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegistrationCheckPolicy'] = ResolversParentTypes['RegistrationCheckPolicy']> = {
  hcpcReadWithinHours?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  readRecord?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  readWithinHours?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RegistryChangeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegistryChange'] = ResolversParentTypes['RegistryChange']> = {
  decidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  decidedFor?: Resolver<Maybe<ResolversTypes['Organisation']>, ParentType, ContextType>;
  effect?: Resolver<Maybe<ResolversTypes['RegistryChangeEffect']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isMine?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  issuesUntil?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['RegistryChangeLine']>, ParentType, ContextType>;
  mayApprove?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  needsKeeper?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  organisation?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  proposedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  proposedFor?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RegistryChangeState'], ParentType, ContextType>;
};

export type RegistryChangeConnectionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegistryChangeConnection'] = ResolversParentTypes['RegistryChangeConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RegistryChangeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RegistryChangeEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegistryChangeEdge'] = ResolversParentTypes['RegistryChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RegistryChange'], ParentType, ContextType>;
};

export type RegistryChangeEffectResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegistryChangeEffect'] = ResolversParentTypes['RegistryChangeEffect']> = {
  credentialsInForce?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  offersOpen?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  requestsOpen?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RegistryChangeLineResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegistryChangeLine'] = ResolversParentTypes['RegistryChangeLine']> = {
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  credentialType?: Resolver<Maybe<ResolversTypes['CredentialType']>, ParentType, ContextType>;
  what?: Resolver<ResolversTypes['RegistryChangeSubject'], ParentType, ContextType>;
};

export type RegistryChangePayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegistryChangePayload'] = ResolversParentTypes['RegistryChangePayload']> = {
  change?: Resolver<Maybe<ResolversTypes['RegistryChange']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RegistryDryRunResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RegistryDryRun'] = ResolversParentTypes['RegistryDryRun']> = {
  effect?: Resolver<Maybe<ResolversTypes['RegistryChangeEffect']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['RegistryChangeLine']>, ParentType, ContextType>;
  needsKeeper?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type RequesterReportResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RequesterReport'] = ResolversParentTypes['RequesterReport']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ReportReason'], ParentType, ContextType>;
};

export type RequesterReportPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['RequesterReportPayload'] = ResolversParentTypes['RequesterReportPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['RequesterReport']>, ParentType, ContextType>;
};

export type SharedCredentialResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SharedCredential'] = ResolversParentTypes['SharedCredential']> = {
  claims?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  issuer?: Resolver<Maybe<ResolversTypes['Organisation']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['CredentialType']>, ParentType, ContextType>;
};

export type SharedPresentationResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SharedPresentation'] = ResolversParentTypes['SharedPresentation']> = {
  answeredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deletion?: Resolver<Maybe<ResolversTypes['DeletionRequest']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  keptUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['RequesterReport']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  requestedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requester?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  shared?: Resolver<ReadonlyArray<ResolversTypes['SharedCredential']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SharingState'], ParentType, ContextType>;
};

export type SharingAgreementResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SharingAgreement'] = ResolversParentTypes['SharingAgreement']> = {
  acceptedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endedBy?: Resolver<Maybe<ResolversTypes['Organisation']>, ParentType, ContextType>;
  endsOn?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  proposedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  proposedBy?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  proposedTo?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startsOn?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SharingAgreementState'], ParentType, ContextType>;
};

export type SharingAgreementConnectionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SharingAgreementConnection'] = ResolversParentTypes['SharingAgreementConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SharingAgreementEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SharingAgreementEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SharingAgreementEdge'] = ResolversParentTypes['SharingAgreementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SharingAgreement'], ParentType, ContextType>;
};

export type SharingConnectionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SharingConnection'] = ResolversParentTypes['SharingConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SharingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SharingConsentPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SharingConsentPayload'] = ResolversParentTypes['SharingConsentPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type SharingEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SharingEdge'] = ResolversParentTypes['SharingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SharedPresentation'], ParentType, ContextType>;
};

export type SignalResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['Signal'] = ResolversParentTypes['Signal']> = {
  cause?: Resolver<ResolversTypes['SignalCause'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  credentialState?: Resolver<Maybe<ResolversTypes['CredentialState']>, ParentType, ContextType>;
  credentialType?: Resolver<Maybe<ResolversTypes['CredentialType']>, ParentType, ContextType>;
  happenedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  registerReadAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  registrationBody?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  registrationStatus?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  securityEventToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  staff?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
};

export type SignalAttemptResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SignalAttempt'] = ResolversParentTypes['SignalAttempt']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  isTest?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  milliseconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  signalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type SignalBacklogResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SignalBacklog'] = ResolversParentTypes['SignalBacklog']> = {
  failures?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  oldestAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  parkedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  receiverId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SignalConnectionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SignalConnection'] = ResolversParentTypes['SignalConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SignalEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SignalEdgeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SignalEdge'] = ResolversParentTypes['SignalEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Signal'], ParentType, ContextType>;
};

export type SignalReachResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SignalReach'] = ResolversParentTypes['SignalReach']> = {
  failing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  notReached?: Resolver<ReadonlyArray<ResolversTypes['UnreachedReceiver']>, ParentType, ContextType>;
  reached?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  receivers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SignalReceiverResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SignalReceiver'] = ResolversParentTypes['SignalReceiver']> = {
  attempts?: Resolver<ReadonlyArray<ResolversTypes['SignalAttempt']>, ParentType, ContextType>;
  audience?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['SignalCause']>>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failingSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failures?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastFailure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  parkedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  previousSecretUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  registeredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  secretSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SignalReceiverPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['SignalReceiverPayload'] = ResolversParentTypes['SignalReceiverPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  receiver?: Resolver<Maybe<ResolversTypes['SignalReceiver']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type StaffEventHoldResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['StaffEventHold'] = ResolversParentTypes['StaffEventHold']> = {
  approvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  heldAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  people?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  releasedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type StaffEventHoldPayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['StaffEventHoldPayload'] = ResolversParentTypes['StaffEventHoldPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  hold?: Resolver<Maybe<ResolversTypes['StaffEventHold']>, ParentType, ContextType>;
};

export type StaffMemberResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['StaffMember'] = ResolversParentTypes['StaffMember'], FederationReferenceType extends FederationReferenceTypes['StaffMember'] = FederationReferenceTypes['StaffMember']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['StaffMember']> | FederationReferenceType, FederationReferenceType, ContextType>;
  accessLog?: Resolver<Maybe<ResolversTypes['AccessLogConnection']>, ParentType, ContextType, RequireFields<StaffMemberAccessLogArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  passport?: Resolver<Maybe<ResolversTypes['Passport']>, ParentType, ContextType>;
  sharing?: Resolver<Maybe<ResolversTypes['SharingConnection']>, ParentType, ContextType, RequireFields<StaffMemberSharingArgs, 'first'>>;
};

export type StatusAgePolicyResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['StatusAgePolicy'] = ResolversParentTypes['StatusAgePolicy']> = {
  offlineMaxAgeSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  onlineMaxAgeSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StatusChangeResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['StatusChange'] = ResolversParentTypes['StatusChange']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  organisation?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['StatusReason']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CredentialState'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  credentialStatusChanged?: SubscriptionResolver<Maybe<ResolversTypes['Credential']>, "credentialStatusChanged", ParentType, ContextType, RequireFields<SubscriptionCredentialStatusChangedArgs, 'id'>>;
  passportStopUpdated?: SubscriptionResolver<Maybe<ResolversTypes['PassportStop']>, "passportStopUpdated", ParentType, ContextType, RequireFields<SubscriptionPassportStopUpdatedArgs, 'id'>>;
  presentationUpdated?: SubscriptionResolver<Maybe<ResolversTypes['PresentationRequest']>, "presentationUpdated", ParentType, ContextType, RequireFields<SubscriptionPresentationUpdatedArgs, 'id'>>;
};

export type TrainingCheckResultResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['TrainingCheckResult'] = ResolversParentTypes['TrainingCheckResult']> = {
  awardedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  endsOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  level?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['EmploymentCheckOutcome'], ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['EmploymentCheckReason']>, ParentType, ContextType>;
  renewalMonths?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['CstfSubject'], ParentType, ContextType>;
};

export type TrainingPolicyResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['TrainingPolicy'] = ResolversParentTypes['TrainingPolicy']> = {
  level?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  renewalMonths?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['CstfSubject'], ParentType, ContextType>;
};

export type UnreachedReceiverResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['UnreachedReceiver'] = ResolversParentTypes['UnreachedReceiver']> = {
  failures?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isParked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  receiverId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  rule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type VerificationCheckResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['VerificationCheck'] = ResolversParentTypes['VerificationCheck']> = {
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['CheckOutcome'], ParentType, ContextType>;
  section?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VerificationResultResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['VerificationResult'] = ResolversParentTypes['VerificationResult']> = {
  checkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  checks?: Resolver<ReadonlyArray<ResolversTypes['VerificationCheck']>, ParentType, ContextType>;
  credentials?: Resolver<ReadonlyArray<ResolversTypes['PresentedCredential']>, ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['VerificationOutcome'], ParentType, ContextType>;
};

export type VerifiedRecordsDisclosePayloadResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['VerifiedRecordsDisclosePayload'] = ResolversParentTypes['VerifiedRecordsDisclosePayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  standings?: Resolver<Maybe<ReadonlyArray<ResolversTypes['CredentialStanding']>>, ParentType, ContextType>;
};

export type WorkHealthCheckPolicyResolvers<ContextType = PassportContext, ParentType extends ResolversParentTypes['WorkHealthCheckPolicy'] = ResolversParentTypes['WorkHealthCheckPolicy']> = {
  exposureProneProcedures?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type Resolvers<ContextType = PassportContext> = {
  AccessLogConnection?: AccessLogConnectionResolvers<ContextType>;
  AccessLogEdge?: AccessLogEdgeResolvers<ContextType>;
  AccessLogEntry?: AccessLogEntryResolvers<ContextType>;
  AgreementPayload?: AgreementPayloadResolvers<ContextType>;
  AuditChain?: AuditChainResolvers<ContextType>;
  AuditEvent?: AuditEventResolvers<ContextType>;
  AuditEventConnection?: AuditEventConnectionResolvers<ContextType>;
  AuditEventEdge?: AuditEventEdgeResolvers<ContextType>;
  CheckPolicy?: CheckPolicyResolvers<ContextType>;
  CheckPolicyBlueprint?: CheckPolicyBlueprintResolvers<ContextType>;
  CheckPolicyConnection?: CheckPolicyConnectionResolvers<ContextType>;
  CheckPolicyContent?: CheckPolicyContentResolvers<ContextType>;
  CheckPolicyDryRun?: CheckPolicyDryRunResolvers<ContextType>;
  CheckPolicyDryRunEdge?: CheckPolicyDryRunEdgeResolvers<ContextType>;
  CheckPolicyEdge?: CheckPolicyEdgeResolvers<ContextType>;
  CheckPolicyImportPayload?: CheckPolicyImportPayloadResolvers<ContextType>;
  CheckPolicyPayload?: CheckPolicyPayloadResolvers<ContextType>;
  Credential?: CredentialResolvers<ContextType>;
  CredentialConnection?: CredentialConnectionResolvers<ContextType>;
  CredentialEdge?: CredentialEdgeResolvers<ContextType>;
  CredentialIssuePayload?: CredentialIssuePayloadResolvers<ContextType>;
  CredentialNotePayload?: CredentialNotePayloadResolvers<ContextType>;
  CredentialOffer?: CredentialOfferResolvers<ContextType>;
  CredentialOfferEndPayload?: CredentialOfferEndPayloadResolvers<ContextType>;
  CredentialOfferPayload?: CredentialOfferPayloadResolvers<ContextType>;
  CredentialProvenance?: CredentialProvenanceResolvers<ContextType>;
  CredentialStanding?: CredentialStandingResolvers<ContextType>;
  CredentialStatusPayload?: CredentialStatusPayloadResolvers<ContextType>;
  CriminalRecordCheckPolicy?: CriminalRecordCheckPolicyResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DeletionAnswerPayload?: DeletionAnswerPayloadResolvers<ContextType>;
  DeletionRequest?: DeletionRequestResolvers<ContextType>;
  DeletionRequestConnection?: DeletionRequestConnectionResolvers<ContextType>;
  DeletionRequestEdge?: DeletionRequestEdgeResolvers<ContextType>;
  DeletionRequestPayload?: DeletionRequestPayloadResolvers<ContextType>;
  EmploymentCheckAssurance?: EmploymentCheckAssuranceResolvers<ContextType>;
  EmploymentCheckChange?: EmploymentCheckChangeResolvers<ContextType>;
  EmploymentCheckDecision?: EmploymentCheckDecisionResolvers<ContextType>;
  EmploymentCheckDecisionPayload?: EmploymentCheckDecisionPayloadResolvers<ContextType>;
  EmploymentCheckEvidence?: EmploymentCheckEvidenceResolvers<ContextType>;
  EmploymentCheckResult?: EmploymentCheckResultResolvers<ContextType>;
  EmploymentCheckWithdrawPayload?: EmploymentCheckWithdrawPayloadResolvers<ContextType>;
  EmploymentChecks?: EmploymentChecksResolvers<ContextType>;
  FlaggedAccess?: FlaggedAccessResolvers<ContextType>;
  FlaggedAccessConnection?: FlaggedAccessConnectionResolvers<ContextType>;
  FlaggedAccessEdge?: FlaggedAccessEdgeResolvers<ContextType>;
  HistoryCheckPolicy?: HistoryCheckPolicyResolvers<ContextType>;
  IdentityCheckPolicy?: IdentityCheckPolicyResolvers<ContextType>;
  IssuedCredential?: IssuedCredentialResolvers<ContextType>;
  IssuerHealth?: IssuerHealthResolvers<ContextType>;
  IssuerKey?: IssuerKeyResolvers<ContextType>;
  IssuerKeyPayload?: IssuerKeyPayloadResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  NewlyFailing?: NewlyFailingResolvers<ContextType>;
  NotOffered?: NotOfferedResolvers<ContextType>;
  Organisation?: OrganisationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Passport?: PassportResolvers<ContextType>;
  PassportEarlierEndPayload?: PassportEarlierEndPayloadResolvers<ContextType>;
  PassportPausePayload?: PassportPausePayloadResolvers<ContextType>;
  PassportReofferPayload?: PassportReofferPayloadResolvers<ContextType>;
  PassportStop?: PassportStopResolvers<ContextType>;
  PassportStopConnection?: PassportStopConnectionResolvers<ContextType>;
  PassportStopEdge?: PassportStopEdgeResolvers<ContextType>;
  PassportStopOutlook?: PassportStopOutlookResolvers<ContextType>;
  PassportStopPayload?: PassportStopPayloadResolvers<ContextType>;
  PlacementEvent?: PlacementEventResolvers<ContextType>;
  PlacementEventPage?: PlacementEventPageResolvers<ContextType>;
  PresentationClosePayload?: PresentationClosePayloadResolvers<ContextType>;
  PresentationList?: PresentationListResolvers<ContextType>;
  PresentationListRequestPayload?: PresentationListRequestPayloadResolvers<ContextType>;
  PresentationReceipt?: PresentationReceiptResolvers<ContextType>;
  PresentationRefusePayload?: PresentationRefusePayloadResolvers<ContextType>;
  PresentationRequest?: PresentationRequestResolvers<ContextType>;
  PresentationRequestConnection?: PresentationRequestConnectionResolvers<ContextType>;
  PresentationRequestEdge?: PresentationRequestEdgeResolvers<ContextType>;
  PresentationRequestPayload?: PresentationRequestPayloadResolvers<ContextType>;
  PresentationVerifyPayload?: PresentationVerifyPayloadResolvers<ContextType>;
  PresentedCredential?: PresentedCredentialResolvers<ContextType>;
  PublishedStatusList?: PublishedStatusListResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RegisterReading?: RegisterReadingResolvers<ContextType>;
  RegisteredContact?: RegisteredContactResolvers<ContextType>;
  RegisteredIssuing?: RegisteredIssuingResolvers<ContextType>;
  RegisteredOrganisation?: RegisteredOrganisationResolvers<ContextType>;
  RegisteredOrganisationConnection?: RegisteredOrganisationConnectionResolvers<ContextType>;
  RegisteredOrganisationEdge?: RegisteredOrganisationEdgeResolvers<ContextType>;
  RegistrationCheckPolicy?: RegistrationCheckPolicyResolvers<ContextType>;
  RegistryChange?: RegistryChangeResolvers<ContextType>;
  RegistryChangeConnection?: RegistryChangeConnectionResolvers<ContextType>;
  RegistryChangeEdge?: RegistryChangeEdgeResolvers<ContextType>;
  RegistryChangeEffect?: RegistryChangeEffectResolvers<ContextType>;
  RegistryChangeLine?: RegistryChangeLineResolvers<ContextType>;
  RegistryChangePayload?: RegistryChangePayloadResolvers<ContextType>;
  RegistryDryRun?: RegistryDryRunResolvers<ContextType>;
  RequesterReport?: RequesterReportResolvers<ContextType>;
  RequesterReportPayload?: RequesterReportPayloadResolvers<ContextType>;
  SharedCredential?: SharedCredentialResolvers<ContextType>;
  SharedPresentation?: SharedPresentationResolvers<ContextType>;
  SharingAgreement?: SharingAgreementResolvers<ContextType>;
  SharingAgreementConnection?: SharingAgreementConnectionResolvers<ContextType>;
  SharingAgreementEdge?: SharingAgreementEdgeResolvers<ContextType>;
  SharingConnection?: SharingConnectionResolvers<ContextType>;
  SharingConsentPayload?: SharingConsentPayloadResolvers<ContextType>;
  SharingEdge?: SharingEdgeResolvers<ContextType>;
  Signal?: SignalResolvers<ContextType>;
  SignalAttempt?: SignalAttemptResolvers<ContextType>;
  SignalBacklog?: SignalBacklogResolvers<ContextType>;
  SignalConnection?: SignalConnectionResolvers<ContextType>;
  SignalEdge?: SignalEdgeResolvers<ContextType>;
  SignalReach?: SignalReachResolvers<ContextType>;
  SignalReceiver?: SignalReceiverResolvers<ContextType>;
  SignalReceiverPayload?: SignalReceiverPayloadResolvers<ContextType>;
  StaffEventHold?: StaffEventHoldResolvers<ContextType>;
  StaffEventHoldPayload?: StaffEventHoldPayloadResolvers<ContextType>;
  StaffMember?: StaffMemberResolvers<ContextType>;
  StatusAgePolicy?: StatusAgePolicyResolvers<ContextType>;
  StatusChange?: StatusChangeResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TrainingCheckResult?: TrainingCheckResultResolvers<ContextType>;
  TrainingPolicy?: TrainingPolicyResolvers<ContextType>;
  UnreachedReceiver?: UnreachedReceiverResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  VerificationCheck?: VerificationCheckResolvers<ContextType>;
  VerificationResult?: VerificationResultResolvers<ContextType>;
  VerifiedRecordsDisclosePayload?: VerifiedRecordsDisclosePayloadResolvers<ContextType>;
  WorkHealthCheckPolicy?: WorkHealthCheckPolicyResolvers<ContextType>;
};

