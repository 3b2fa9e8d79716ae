/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Operation } from '../domain/operation.ts';
/** Why a reading stands out. The administrators of the reader's organisation see it, too. More may be added: keep a default. */
export type AccessLogFlag =
  /** The reader works in the same position, or in the same department at the same place */
  | 'CLOSE_COLLEAGUE'
  /** Somebody read their own record by way of their work */
  | 'OWN_RECORD';

/** Where an account stands. More may be added: keep a default. */
export type AccountStatus =
  | 'ACTIVE'
  /** Can still be restored */
  | 'DELETED'
  | 'DISABLED'
  /** Not used for long */
  | 'INACTIVE'
  /** Marked as a leaver's: another organisation can take it on */
  | 'LEAVER'
  /** Not taken into use yet */
  | 'PENDING';

/** Which agreement. */
export type AgreementDecisionInput = {
  readonly agreementId: string;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
};

/** What is proposed, to whom. */
export type AgreementProposeInput = {
  /** Last day, `YYYY-MM-DD`; within five years of the first */
  readonly endsOn: string;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  /** ODS code of the other organisation */
  readonly odsCode: string;
  /** What both organisations call it; no other agreement of the two that stands has it */
  readonly reference: string;
  /** First day, `YYYY-MM-DD` */
  readonly startsOn: string;
};

/** Which events: those that fit everything that is given. */
export type AuditEventFilter = {
  /** Any of these, e.g. `credential.status-changed`; 50 at most */
  readonly actions?: ReadonlyArray<string> | null | undefined;
  /** A person's id, a client's, or `operator` */
  readonly actor?: string | null | undefined;
  readonly from?: string | null | undefined;
  /** The id of what it was done to */
  readonly subject?: string | null | undefined;
  /** Up to and without this moment */
  readonly until?: string | null | undefined;
};

/** The outcome of one check. */
export type CheckOutcome =
  | 'FAILED'
  | 'NOT_REACHED'
  | 'PASSED';

/** Which draft to put in force. */
export type CheckPolicyActivateInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  readonly policyId: string;
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
  readonly idempotencyKey: string;
  /** The staff group that it is for; everybody without a policy of their own unless given */
  readonly staffGroup?: StaffGroup | null | undefined;
};

/** What to copy. */
export type CheckPolicyImportInput = {
  /** A blueprint's `jwt` */
  readonly blueprint: string;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
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

/** A kind of credential to ask for. */
export type CredentialAskedInput = {
  /** Names of the claims to be disclosed; none means only what every credential of the type shows */
  readonly claims?: ReadonlyArray<string>;
  /** Whether the answer is not enough without it */
  readonly required?: boolean;
  readonly type: CredentialType;
};

/** What the offering organisation states for one kind of credential. */
export type CredentialAttestationInput = {
  /** The claims by name, as the kind's type metadata lists them. Missing for kinds that are taken from the record. */
  readonly claims?: unknown;
  /** How the claims were assured */
  readonly provenance?: CredentialProvenanceInput | null | undefined;
  readonly type: CredentialType;
};

/** Which credentials to offer to whom. */
export type CredentialOfferInput = {
  /** One for each kind that no source system holds, and none for the others */
  readonly attestations?: ReadonlyArray<CredentialAttestationInput> | null | undefined;
  /** The offer waits 14 days for its person or for the record; otherwise it is collected within 10 minutes */
  readonly deferred?: boolean;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  /** The member of staff */
  readonly staffId: string;
  /** At least one kind, each once */
  readonly types: ReadonlyArray<CredentialType>;
};

/** Where an offer stands. More may be added: keep a default. */
export type CredentialOfferState =
  | 'COLLECTED'
  /** Nobody can collect it any more; make another one */
  | 'DEAD'
  | 'EXPIRED'
  | 'OFFERED';

/**
 * How claims were assured, in the words of the NHS Digital Staff Passport. Each kind of credential demands some of these;
 * what is left out gets the kind's usual value.
 */
export type CredentialProvenanceInput = {
  readonly assuranceOutcome?: string | null | undefined;
  readonly assurancePolicy?: string | null | undefined;
  readonly lastRefresh?: string | null | undefined;
  readonly origin?: string | null | undefined;
  readonly pedigree?: string | null | undefined;
  readonly provider?: string | null | undefined;
  readonly verificationMethod?: string | null | undefined;
  readonly verifier?: string | null | undefined;
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
  readonly credentialId: string;
  /** Refuse when the credential has changed since this version was read */
  readonly expectedVersion?: number | null | undefined;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  readonly reason: StatusReason;
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
export type CriminalRecordCheckPolicyInput = {
  readonly level: DbsLevel;
  readonly portableInTraining: boolean;
  readonly workforce?: DbsWorkforce | null | undefined;
  /** 1 to 3 */
  readonly years: number;
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

/** What to delete. */
export type DeletionRequestInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  readonly presentationId: string;
};

/** Where a request for deletion stands. More may be added: keep a default. */
export type DeletionState =
  /** It was erased, because of this request or before it was answered */
  | 'DELETED'
  | 'KEPT'
  | 'WAITING';

/** What somebody has to look at. More may be added: keep a default. */
export type DirectoryFindingKind =
  /** A person's account in use that has been linked to nobody for long */
  | 'ACCOUNT_WITHOUT_PERSON'
  /** The account belongs to an organisation that is closed */
  | 'CLOSED_ORGANISATION'
  /** The account is marked as a leaver's, and the organisation at which the person works now has not accepted it */
  | 'JOINER_NOT_ACCEPTED'
  /** The employment ended at the account's organisation, and the account is active there */
  | 'LEAVER_STILL_ACTIVE'
  /** The account is marked as a leaver's, and the person works at its organisation */
  | 'LEAVER_STILL_EMPLOYED'
  /** Somebody who left is an owner of a shared mailbox or application account */
  | 'OWNER_LEFT'
  /** Somebody has worked here for long, and no account is linked to them */
  | 'PERSON_WITHOUT_ACCOUNT'
  /** A shared or application account is linked to a person */
  | 'SHARED_ACCOUNT_LINKED'
  /** A shared mailbox has fewer than two owners, or an application account none */
  | 'TOO_FEW_OWNERS';

/** What a part of the score is about. More may be added: keep a default. */
export type DirectoryReadinessPartName =
  /** Accounts that belong to somebody */
  | 'ACCOUNTS'
  /** Cases that do not wait */
  | 'CASES'
  /** Leavers whose accounts are no longer active */
  | 'LEAVERS'
  /** People who have an account */
  | 'PEOPLE';

/** An employee number at one organisation. */
export type EmployeeBy = {
  /** 8 digits */
  readonly employeeNumber: string;
  /** ODS code of the employing organisation */
  readonly odsCode: string;
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

/** Which check of whom to go on without, and why. */
export type EmploymentCheckBypassInput = {
  readonly check: EmploymentCheck;
  /** The last day on which it counts */
  readonly endsOn?: string | null | undefined;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  /** No details of health, conduct or offences. 500 characters. */
  readonly reason: string;
  /** Somebody who presented something to the organisation */
  readonly staffId: string;
};

/** Kinds of decisions. More may be added: keep a default. */
export type EmploymentCheckDecisionKind =
  | 'BYPASSED'
  | 'CHECKED'
  | 'ORIGINALS_SEEN';

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
  readonly endsOn?: string | null | undefined;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  /** What came of the check that was made there: PASS or FAIL. Without it, the original documents were seen in person. */
  readonly outcome?: EmploymentCheckOutcome | null | undefined;
  /** Somebody who presented something to the organisation */
  readonly staffId: string;
  /** To what standard it was checked, or which documents were seen. No details of health, conduct or offences. 500 characters. */
  readonly standard: string;
};

/** Which decision to take back. */
export type EmploymentCheckWithdrawInput = {
  readonly decisionId: string;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
};

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

/** How far back employment has to be shown. */
export type HistoryCheckPolicyInput = {
  /** 0 to 366 */
  readonly gapDays: number;
  /** 0 to 120 */
  readonly months: number;
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
export type IdentityCheckPolicyInput = {
  readonly minimumConfidence: IdentityConfidence;
};

/** Levels of confidence of Good Practice Guide 45. More may be added: keep a default. */
export type IdentityConfidence =
  | 'HIGH'
  | 'LOW'
  | 'MEDIUM'
  | 'VERY_HIGH';

/** Who keeps a private key. More may be added: keep a default. */
export type IssuerKeyKeeper =
  /** The database, encrypted */
  | 'DATABASE'
  /** A PKCS #11 token */
  | 'HARDWARE_MODULE';

/** What to rotate. */
export type IssuerKeyRotateInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
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
  readonly idempotencyKey: string;
  /** How many credentials depend on it, as the caller has read it. Refused with `more_depend_on_it` when there are more. */
  readonly inForce: number;
  readonly keyId: string;
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

/** How far a link can be relied on. More may be added: keep a default. */
export type LinkAssurance =
  /** By a key that the directory and the staff record both hold */
  | 'CERTAIN'
  /** Somebody decided */
  | 'CONFIRMED'
  /** By likeness alone: gives neither sign-in nor passport */
  | 'LIKELY';

/** What people do about cases. More may be added: keep a default. */
export type MatchingCaseAction =
  | 'APPROVE'
  | 'ASSIGN'
  | 'DECIDE'
  | 'HAND_OVER'
  | 'OPEN'
  | 'REFUSE'
  | 'UNDO';

/** What a second person says. */
export type MatchingCaseApproveInput = {
  /** Whether the decision is right. It goes no further when it is not. */
  readonly approve: boolean;
  readonly caseId: string;
  /** The version that was read */
  readonly expectedVersion: number;
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: string;
  /** Why, in up to 200 characters; without details of the person */
  readonly reason: string;
};

/** What a person decided on a case. */
export type MatchingCaseDecideInput = {
  readonly caseId: string;
  /** SAME_PERSON, DIFFERENT_PEOPLE or NOT_SURE */
  readonly decision: MatchingDecision;
  /** The version that was read */
  readonly expectedVersion: number;
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: string;
  /**
   * Which candidates it is about, 20 at most. SAME_PERSON is about one, which may be left out when there is no other. For
   * DIFFERENT_PEOPLE all that are not linked, when left out; a pair that is linked has to be named.
   */
  readonly pairs?: ReadonlyArray<MatchingPairInput> | null | undefined;
  /** Why, in up to 200 characters; without details of the person */
  readonly reason: string;
  /** For NOT_SURE: an organisation of one of the accounts or people; the managers of the same one when left out */
  readonly toOdsCode?: string | null | undefined;
};

/** Stable codes, never renamed. More may be added: keep a default. */
export type MatchingCaseErrorCode =
  /** What it is about has changed since */
  | 'CHANGED_SINCE'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'INVALID_VALUE'
  | 'NOT_FOUND'
  /** It is for another organisation to decide */
  | 'OTHER_ORGANISATION'
  /** Nobody decides about their own record */
  | 'OWN_RECORD'
  /** Somebody did something about it since it was read */
  | 'RESOURCE_VERSION_MISMATCH'
  /** Whoever decided does not approve it */
  | 'SECOND_PERSON_REQUIRED'
  /** Not in the state in which the case is */
  | 'STATE_CHANGE_NOT_ALLOWED'
  /** A decision can be taken back for 30 days */
  | 'TOO_LATE';

/** Where a case stands. More may be added: keep a default. */
export type MatchingCaseState =
  /** Somebody works on it */
  | 'ASSIGNED'
  /** Decided by one person; somebody with a passport in force gains or loses access by it */
  | 'AWAITING_SECOND_PERSON'
  /** Given to the managers, or to another organisation */
  | 'HANDED_OVER'
  | 'OPEN'
  | 'RESOLVED'
  /** What opened it no longer holds */
  | 'WITHDRAWN';

/** What is taken back. */
export type MatchingCaseUndoInput = {
  readonly caseId: string;
  /** The version that was read */
  readonly expectedVersion: number;
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: string;
  /** Why, in up to 200 characters; without details of the person */
  readonly reason: string;
};

/** What a person decides. */
export type MatchingDecision =
  | 'DIFFERENT_PEOPLE'
  /** Gives the case to the managers, or to another organisation */
  | 'NOT_SURE'
  | 'SAME_PERSON'
  /** The decision before is taken back */
  | 'UNDO';

/** A person and an account of a case. */
export type MatchingPairInput = {
  readonly accountId: string;
  readonly staffId: string;
};

/** Work queues, named as in ESR practice. More may be added: keep a default. */
export type MatchingQueue =
  /** The account is of an organisation that closed */
  | 'CLOSED_ORGANISATION'
  /** Different UUID found */
  | 'DIFFERENT_UUID'
  /** Duplicate NI Numbers */
  | 'DUPLICATE_NI'
  /** Left, and the account is still in use */
  | 'LEAVER_STILL_ACTIVE'
  /** Somebody confirms a link by likeness alone */
  | 'LIKELY_LINK'
  /** Somebody said that a link is wrong */
  | 'LINK_DISPUTED'
  /** The name changed on one side */
  | 'NAME_CHANGE'
  /** Name Matched/NI not */
  | 'NAME_MATCH_NI_DIFFERS'
  /** NI Matched/Name not */
  | 'NI_MATCH_NAME_DIFFERS'
  /** An account without a person */
  | 'ORPHAN_ACCOUNT'
  /** A shared mailbox that looks like a person's */
  | 'SHARED_MAILBOX_AS_PERSON'
  /** One person, two employers, one mailbox */
  | 'TWO_EMPLOYERS'
  /** Unable to Match */
  | 'UNABLE_TO_MATCH'
  /** UUID already in use */
  | 'UUID_IN_USE';

/** How likely it is that two records belong together. More may be added: keep a default. */
export type MatchingScore =
  /** A thousand to one or more */
  | 'LIKELY'
  /** Nothing was scored */
  | 'NOT_SCORED'
  /** Even, or more likely than not */
  | 'POSSIBLE'
  /** Less likely than not */
  | 'UNLIKELY';

/** Which way. */
export type OrderDirection =
  | 'ASC'
  | 'DESC';

/** Whose place was taken. */
export type PassportEarlierEndInput = {
  /** Makes a repeated call safe: what was stopped is not stopped again */
  readonly idempotencyKey: string;
  /** Offers from which newer credentials were collected; 20 at most */
  readonly offerIds: ReadonlyArray<string>;
};

/** Whose passport to pause, and why. */
export type PassportPauseInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  readonly reason: StatusReason;
  readonly staffId: string;
};

/** A wish for offers of what the caller holds. */
export type PassportReofferInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
};

/** Where a passport stands. More may be added: keep a default. */
export type PassportStatus =
  | 'ACTIVE'
  | 'EMPTY'
  | 'OFFERED';

/** Which stop. */
export type PassportStopDecisionInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  readonly stopId: string;
};

/** What to stop, and why. */
export type PassportStopRequestInput = {
  /** One credential; everything that the organisation issued to the person without it */
  readonly credentialId?: string | null | undefined;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  /** For the record, 300 characters at most. No health or disciplinary details, and no NHS or National Insurance number. */
  readonly note?: string | null | undefined;
  /** Why. An urgent stop is for a lost device, for misconduct or a register: LOST_PHONE, NO_LONGER_VALID or REGISTRATION_SUSPENDED. */
  readonly reason: StatusReason;
  readonly staffId: string;
  /** Stops at once, to be reviewed by somebody else afterwards */
  readonly urgent?: boolean;
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
  readonly idempotencyKey: string;
  readonly outcome: PassportStopReview;
  readonly stopId: string;
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

/** Which request. */
export type PresentationCloseInput = {
  /** False takes it back */
  readonly done?: boolean;
  /** Makes a repeated call safe */
  readonly idempotencyKey: string;
  readonly presentationId: string;
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
  readonly reference: string;
  /** The day on which the person begins */
  readonly startsOn?: string | null | undefined;
};

/** Whom to ask for what. */
export type PresentationListRequestInput = {
  /** How long each can be answered, in minutes: 10 to 20,160, which is 14 days */
  readonly answerWithinMinutes?: number;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  /** 1 to 500 */
  readonly lines: ReadonlyArray<PresentationLineInput>;
  readonly template: PresentationTemplate;
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

/** Which request to refuse. */
export type PresentationRefuseInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  readonly presentationId: string;
};

/** What to ask a holder for: exactly one of `template`, `credentials` and `dcql`. */
export type PresentationRequestInput = {
  /** How long it can be answered, in minutes: 10 to 20,160, which is 14 days. Long for a link that is sent. */
  readonly answerWithinMinutes?: number;
  /** How wallets recognise the verifier */
  readonly clientIdPrefix?: ClientIdPrefix;
  /** The kinds of credentials, each once */
  readonly credentials?: ReadonlyArray<CredentialAskedInput> | null | undefined;
  /** A query of one's own (OpenID4VP 1.0 section 6) for credentials in `dc+sd-jwt` of the published types */
  readonly dcql?: unknown;
  /** Whether wallets encrypt the answer, to a key that is made for this request */
  readonly encrypted?: boolean;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  /** Origins of the pages that may ask through the Digital Credentials API, e.g. `https://hr.example`; 10 at most */
  readonly origins?: ReadonlyArray<string>;
  /** What the organisation knows the request by, such as the number of a vacancy: 1 to 60 characters. Nothing about the person. */
  readonly reference?: string | null | undefined;
  /**
   * The holder opens `link` in a browser, and the wallet leads back to that browser before the answer counts: nobody can
   * pass another person's answer off as their own (OpenID4VP 1.0 section 14.3). When false, wallets read `walletUri`, which
   * is for a holder who stands at the desk.
   */
  readonly sameDevice?: boolean;
  /** The person it is meant for. Somebody else's answer is then not valid. */
  readonly staffId?: string | null | undefined;
  /** The day on which the person begins */
  readonly startsOn?: string | null | undefined;
  /** A question that is asked often */
  readonly template?: PresentationTemplate | null | undefined;
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

/** A team, not a person. */
export type RegisteredContactInput = {
  /** An address that several people read */
  readonly mail: string;
  /** Digits and spaces, with + in front or without */
  readonly phone?: string | null | undefined;
  /** 1 to 100 characters */
  readonly team: string;
};

/** Professional regulators. More may be added: keep a default. */
export type RegistrationBody =
  | 'GDC'
  | 'GMC'
  | 'GPHC'
  | 'HCPC'
  | 'NMC'
  | 'SWE';

/** A professional registration by regulator and number. */
export type RegistrationBy = {
  /** The regulator */
  readonly body: RegistrationBody;
  /** The number as the regulator writes it: an NMC PIN, a GMC reference number */
  readonly number: string;
};

/** How the professional register is read. */
export type RegistrationCheckPolicyInput = {
  /** 1 to 744 */
  readonly hcpcReadWithinHours: number;
  readonly readRecord: boolean;
  /** 1 to 744 */
  readonly readWithinHours: number;
};

/** Which change. */
export type RegistryChangeDecisionInput = {
  readonly changeId: string;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
};

/** What to change. */
export type RegistryChangeProposeInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  /** 1 to 300 characters */
  readonly reason: string;
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

/** What is to be registered about an organisation. */
export type RegistryWantedInput = {
  readonly contact?: RegisteredContactInput | null | undefined;
  /** Last day of what it may not issue yet; without an end when left out */
  readonly issuesUntil?: string | null | undefined;
  readonly mayCheck: boolean;
  /** Everything that it is to be able to issue */
  readonly mayIssue: ReadonlyArray<CredentialType>;
  readonly odsCode: string;
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

/** What to report. */
export type RequesterReportInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  readonly presentationId: string;
  readonly reason: ReportReason;
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

/** What the caller agrees to share, and with whom. */
export type SharingConsentInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  readonly presentationId: string;
  /** ODS code of the organisation that asks, as the caller was told */
  readonly requester: string;
  /** Kinds of credential that are shared, 1 to 20 */
  readonly types: ReadonlyArray<CredentialType>;
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

/** A change that receivers are told of. */
export type SignalReachOf = {
  readonly credentialId?: string | null | undefined;
  readonly stopId?: string | null | undefined;
};

/** Which receiver to end. */
export type SignalReceiverEndInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  readonly receiverId: string;
};

/** Where to push signals. */
export type SignalReceiverRegisterInput = {
  /** What its tokens are to carry as `aud` */
  readonly audience: string;
  /** What it is to be told; everything when left out */
  readonly causes?: ReadonlyArray<SignalCause> | null | undefined;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  /** An https address */
  readonly url: string;
};

/** What to push again. */
export type SignalReceiverReplayInput = {
  /** Everything after this signal; everything there is when it is left out */
  readonly afterSignal?: string | null | undefined;
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  readonly receiverId: string;
};

/** Which receiver gets another secret. */
export type SignalReceiverSecretChangeInput = {
  /** Makes a repeated call safe: the same key and input give the same receiver for 24 hours, and its secret only once */
  readonly idempotencyKey: string;
  readonly receiverId: string;
};

/** Which receiver to test. */
export type SignalReceiverTestInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  readonly receiverId: string;
};

/** How to find one person: exactly one of the fields. */
export type StaffBy = {
  /** Employee number at one organisation. Employee numbers are per employer and do not move with the person. */
  readonly employee?: EmployeeBy | null | undefined;
  /** The person's id in this graph */
  readonly id?: string | null | undefined;
  /** A professional registration */
  readonly registration?: RegistrationBy | null | undefined;
};

/** What is right. */
export type StaffEventHoldApproveInput = {
  readonly holdId: string;
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

/** Whose leaving to confirm. */
export type StaffImportConfirmAbsencesInput = {
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: string;
  readonly importId: string;
  /** How many waited when they were looked at (`absencesWaiting`) */
  readonly people: number;
};

/** Stable codes, never renamed. More may be added: keep a default. */
export type StaffImportErrorCode =
  /** Not so many wait as were seen. Look again. */
  | 'ABSENCES_CHANGED'
  /** It is finished: there is nothing to go on with */
  | 'ALREADY_FINISHED'
  /** The file is not where it was */
  | 'FILE_NOT_FOUND'
  /** The file was refused again, before an import of it began */
  | 'FILE_REFUSED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'INVALID_VALUE'
  | 'NOT_FOUND';

/** Kinds of file. More may be added: keep a default. */
export type StaffImportKind =
  /** A GO2 extract of ESR */
  | 'GO2'
  | 'PLACEMENTS'
  | 'PLACEMENT_NOTIFICATIONS'
  | 'QUALIFICATIONS'
  | 'REGISTRATIONS'
  | 'TRAINING'
  | 'TRAINING_POSTS';

/** How far an import is. More may be added: keep a default. */
export type StaffImportState =
  /** The same file had been imported before */
  | 'ALREADY_IMPORTED'
  /** It is in the records */
  | 'APPLIED'
  /** The file is being read, or its reading was cut off. Nothing has been changed. */
  | 'READING'
  /** It was refused whole. Nothing was changed. */
  | 'REFUSED'
  /** It was read whole. Nothing has been changed. */
  | 'STAGED';

/** Which import. */
export type StaffImportTakeAgainInput = {
  /** Makes a repeated call safe: a file is taken again once under one key */
  readonly idempotencyKey: string;
  readonly importId: string;
};

/** How old the status of a credential may be, in seconds. */
export type StatusAgePolicyInput = {
  /** 60 to 604,800 */
  readonly offlineMaxAgeSeconds: number;
  /** 60 to 86,400 */
  readonly onlineMaxAgeSeconds: number;
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

/** One kind of training to ask for. */
export type TrainingPolicyInput = {
  /** 1 to 9 */
  readonly level?: number | null | undefined;
  /** 1 to 120 */
  readonly renewalMonths: number;
  readonly subject: CstfSubject;
};

/** The verdict. More may be added: keep a default, and treat it as not valid. */
export type VerificationOutcome =
  | 'CANNOT_CHECK'
  | 'EXPIRED'
  | 'INVALID'
  | 'REVOKED'
  | 'SUSPENDED'
  | 'VALID';

/** What the work asks of a person's health. */
export type WorkHealthCheckPolicyInput = {
  readonly exposureProneProcedures: boolean;
};

export type AdministrationAuditEventsQueryVariables = Exact<{
  where?: AuditEventFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type AdministrationAuditEventsQuery = { readonly auditEvents: { readonly edges: ReadonlyArray<{ readonly node: { readonly at: string, readonly actor: string, readonly action: string, readonly subject: string, readonly requestId: string | null, readonly person: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null, readonly auditChain: { readonly unbroken: boolean, readonly at: string | null, readonly events: number } | null };

export type AdministrationHealthQueryVariables = Exact<{
  odsCode: string;
}>;


export type AdministrationHealthQuery = { readonly issuerHealth: { readonly statusLists: ReadonlyArray<{ readonly id: string, readonly version: number, readonly signedAt: string, readonly expiresAt: string, readonly heldBack: boolean }>, readonly backlogs: ReadonlyArray<{ readonly receiverId: string, readonly url: string, readonly failures: number, readonly parkedAt: string | null, readonly waiting: number, readonly oldestAt: string | null }> } | null, readonly staffImports: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly fileName: string, readonly kind: StaffImportKind, readonly full: boolean, readonly fileDay: string, readonly state: StaffImportState, readonly startedAt: string, readonly updatedAt: string, readonly finishedAt: string | null, readonly rowsRead: number | null, readonly rowsFailed: number } }> } | null, readonly organisation: { readonly directoryReport: { readonly asOf: string | null } | null } | null };

export type ImportInListFragment = { readonly id: string, readonly fileName: string, readonly kind: StaffImportKind, readonly full: boolean, readonly fileDay: string, readonly state: StaffImportState, readonly startedAt: string, readonly updatedAt: string, readonly finishedAt: string | null, readonly rowsRead: number | null, readonly rowsFailed: number };

export type AdministrationImportsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AdministrationImportsQuery = { readonly staffImports: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly fileName: string, readonly kind: StaffImportKind, readonly full: boolean, readonly fileDay: string, readonly state: StaffImportState, readonly startedAt: string, readonly updatedAt: string, readonly finishedAt: string | null, readonly rowsRead: number | null, readonly rowsFailed: number } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type AdministrationImportQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type AdministrationImportQuery = { readonly staffImport: { readonly sequence: number | null, readonly added: number, readonly changed: number, readonly unchanged: number, readonly ended: number, readonly absent: number, readonly absencesWaiting: number, readonly canTakeAgain: boolean, readonly id: string, readonly fileName: string, readonly kind: StaffImportKind, readonly full: boolean, readonly fileDay: string, readonly state: StaffImportState, readonly startedAt: string, readonly updatedAt: string, readonly finishedAt: string | null, readonly rowsRead: number | null, readonly rowsFailed: number, readonly refusal: { readonly line: number, readonly field: string, readonly code: string, readonly rule: string } | null, readonly failedRows: { readonly edges: ReadonlyArray<{ readonly node: { readonly line: number, readonly field: string, readonly code: string, readonly rule: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type ConfirmAbsencesMutationVariables = Exact<{
  input: StaffImportConfirmAbsencesInput;
}>;


export type ConfirmAbsencesMutation = { readonly staffImportConfirmAbsences: { readonly ended: number | null, readonly errors: ReadonlyArray<{ readonly code: StaffImportErrorCode }> } };

export type TakeImportAgainMutationVariables = Exact<{
  input: StaffImportTakeAgainInput;
}>;


export type TakeImportAgainMutation = { readonly staffImportTakeAgain: { readonly staffImport: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: StaffImportErrorCode, readonly path: ReadonlyArray<string>, readonly fault: { readonly line: number, readonly field: string, readonly code: string } | null }> } };

export type AdministrationKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type AdministrationKeysQuery = { readonly issuerKeys: ReadonlyArray<{ readonly id: string, readonly use: IssuerKeyUse, readonly state: IssuerKeyState, readonly keeper: IssuerKeyKeeper, readonly madeAt: string, readonly signsFrom: string, readonly certificateEndsAt: string, readonly endsAt: string | null, readonly turnedOffAt: string | null, readonly signed: number, readonly inForce: number }> };

export type RotateKeyMutationVariables = Exact<{
  input: IssuerKeyRotateInput;
}>;


export type RotateKeyMutation = { readonly issuerKeyRotate: { readonly key: { readonly id: string, readonly signsFrom: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string> }> } };

export type TurnOffKeyMutationVariables = Exact<{
  input: IssuerKeyTurnOffInput;
}>;


export type TurnOffKeyMutation = { readonly issuerKeyTurnOff: { readonly key: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string>, readonly rule: string | null }> } };

export type RegisteredInWordsFragment = { readonly mayCheck: boolean, readonly certificateEndsAt: string | null, readonly changedAt: string | null, readonly organisation: { readonly odsCode: string, readonly name: string | null }, readonly mayIssue: ReadonlyArray<{ readonly type: CredentialType, readonly from: string, readonly until: string | null }>, readonly contact: { readonly team: string, readonly mail: string, readonly phone: string | null } | null };

export type AdministrationRegistryQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AdministrationRegistryQuery = { readonly registeredOrganisations: { readonly edges: ReadonlyArray<{ readonly node: { readonly mayCheck: boolean, readonly certificateEndsAt: string | null, readonly changedAt: string | null, readonly organisation: { readonly odsCode: string, readonly name: string | null }, readonly mayIssue: ReadonlyArray<{ readonly type: CredentialType, readonly from: string, readonly until: string | null }>, readonly contact: { readonly team: string, readonly mail: string, readonly phone: string | null } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AdministrationRegistryEntryQueryVariables = Exact<{
  odsCode: string;
}>;


export type AdministrationRegistryEntryQuery = { readonly registeredOrganisation: { readonly mayCheck: boolean, readonly certificateEndsAt: string | null, readonly changedAt: string | null, readonly organisation: { readonly odsCode: string, readonly name: string | null }, readonly mayIssue: ReadonlyArray<{ readonly type: CredentialType, readonly from: string, readonly until: string | null }>, readonly contact: { readonly team: string, readonly mail: string, readonly phone: string | null } | null } | null };

export type RegistryLineInWordsFragment = { readonly what: RegistryChangeSubject, readonly credentialType: CredentialType | null, readonly before: string | null, readonly after: string | null };

export type RegistryEffectInWordsFragment = { readonly credentialsInForce: number, readonly offersOpen: number, readonly requestsOpen: number };

export type AdministrationRegistryDryRunQueryVariables = Exact<{
  wanted: RegistryWantedInput;
}>;


export type AdministrationRegistryDryRunQuery = { readonly registryDryRun: { readonly needsKeeper: boolean, readonly lines: ReadonlyArray<{ readonly what: RegistryChangeSubject, readonly credentialType: CredentialType | null, readonly before: string | null, readonly after: string | null }>, readonly effect: { readonly credentialsInForce: number, readonly offersOpen: number, readonly requestsOpen: number } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string>, readonly rule: string | null }> } };

export type RegistryChangeInListFragment = { readonly id: string, readonly state: RegistryChangeState, readonly reason: string, readonly proposedAt: string, readonly isMine: boolean, readonly mayApprove: boolean, readonly needsKeeper: boolean, readonly organisation: { readonly odsCode: string, readonly name: string | null } };

export type AdministrationRegistryChangesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AdministrationRegistryChangesQuery = { readonly registryChanges: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly state: RegistryChangeState, readonly reason: string, readonly proposedAt: string, readonly isMine: boolean, readonly mayApprove: boolean, readonly needsKeeper: boolean, readonly organisation: { readonly odsCode: string, readonly name: string | null } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AdministrationRegistryChangeQueryVariables = Exact<{
  id: string;
}>;


export type AdministrationRegistryChangeQuery = { readonly registryChange: { readonly issuesUntil: string | null, readonly decidedAt: string | null, readonly id: string, readonly state: RegistryChangeState, readonly reason: string, readonly proposedAt: string, readonly isMine: boolean, readonly mayApprove: boolean, readonly needsKeeper: boolean, readonly proposedFor: { readonly odsCode: string, readonly name: string | null }, readonly decidedFor: { readonly odsCode: string, readonly name: string | null } | null, readonly lines: ReadonlyArray<{ readonly what: RegistryChangeSubject, readonly credentialType: CredentialType | null, readonly before: string | null, readonly after: string | null }>, readonly effect: { readonly credentialsInForce: number, readonly offersOpen: number, readonly requestsOpen: number } | null, readonly organisation: { readonly odsCode: string, readonly name: string | null } } | null };

export type ProposeRegistryChangeMutationVariables = Exact<{
  input: RegistryChangeProposeInput;
}>;


export type ProposeRegistryChangeMutation = { readonly registryChangePropose: { readonly change: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string>, readonly rule: string | null }> } };

export type ApproveRegistryChangeMutationVariables = Exact<{
  input: RegistryChangeDecisionInput;
}>;


export type ApproveRegistryChangeMutation = { readonly registryChangeApprove: { readonly change: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string>, readonly rule: string | null }> } };

export type TurnDownRegistryChangeMutationVariables = Exact<{
  input: RegistryChangeDecisionInput;
}>;


export type TurnDownRegistryChangeMutation = { readonly registryChangeTurnDown: { readonly change: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string>, readonly rule: string | null }> } };

export type CaseInListFragment = { readonly id: string, readonly queue: MatchingQueue, readonly state: MatchingCaseState, readonly because: string, readonly openedAt: string, readonly ageDays: number, readonly overdue: boolean, readonly version: number, readonly decision: { readonly decision: MatchingDecision, readonly reason: string, readonly at: string, readonly by: { readonly id: string } } | null };

export type AdministrationMatchesQueryVariables = Exact<{
  odsCode: string;
  queue?: MatchingQueue | null | undefined;
  overdue?: boolean;
  origin?: string | null | undefined;
  score?: MatchingScore | null | undefined;
  after?: string | null | undefined;
}>;


export type AdministrationMatchesQuery = { readonly matchingQueues: ReadonlyArray<{ readonly queue: MatchingQueue, readonly open: number, readonly overdue: number, readonly awaitingSecondPerson: number, readonly oldestOpenedAt: string }>, readonly matchingOrigins: ReadonlyArray<{ readonly open: number, readonly organisation: { readonly odsCode: string, readonly name: string | null } }>, readonly matchingCases: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly queue: MatchingQueue, readonly state: MatchingCaseState, readonly because: string, readonly openedAt: string, readonly ageDays: number, readonly overdue: boolean, readonly version: number, readonly decision: { readonly decision: MatchingDecision, readonly reason: string, readonly at: string, readonly by: { readonly id: string } } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ComparedPersonFragment = { readonly previousFamilyNames: ReadonlyArray<string> | null, readonly workEmail: string | null, readonly smartcardUuid: string | null, readonly id: string, readonly assignments: ReadonlyArray<{ readonly primary: boolean, readonly positionTitle: string | null, readonly employer: { readonly odsCode: string, readonly name: string | null } }> | null, readonly employments: ReadonlyArray<{ readonly employeeNumber: string, readonly hireDate: string | null }> | null, readonly registrations: ReadonlyArray<{ readonly body: RegistrationBody, readonly number: string }> | null, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null };

export type ComparedAccountFragment = { readonly id: string, readonly mail: string, readonly displayName: string | null, readonly givenName: string | null, readonly familyName: string | null, readonly jobTitle: string | null, readonly status: AccountStatus, readonly organisation: { readonly odsCode: string, readonly name: string | null } | null };

export type AdministrationMatchQueryVariables = Exact<{
  id: string;
}>;


export type AdministrationMatchQuery = { readonly matchingCase: { readonly closedAt: string | null, readonly id: string, readonly queue: MatchingQueue, readonly state: MatchingCaseState, readonly because: string, readonly openedAt: string, readonly ageDays: number, readonly overdue: boolean, readonly version: number, readonly staffMember: { readonly previousFamilyNames: ReadonlyArray<string> | null, readonly workEmail: string | null, readonly smartcardUuid: string | null, readonly id: string, readonly assignments: ReadonlyArray<{ readonly primary: boolean, readonly positionTitle: string | null, readonly employer: { readonly odsCode: string, readonly name: string | null } }> | null, readonly employments: ReadonlyArray<{ readonly employeeNumber: string, readonly hireDate: string | null }> | null, readonly registrations: ReadonlyArray<{ readonly body: RegistrationBody, readonly number: string }> | null, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null } | null, readonly account: { readonly id: string, readonly mail: string, readonly displayName: string | null, readonly givenName: string | null, readonly familyName: string | null, readonly jobTitle: string | null, readonly status: AccountStatus, readonly organisation: { readonly odsCode: string, readonly name: string | null } | null } | null, readonly candidates: ReadonlyArray<{ readonly accountId: string, readonly bits: number | null, readonly linked: LinkAssurance | null, readonly staffMember: { readonly previousFamilyNames: ReadonlyArray<string> | null, readonly workEmail: string | null, readonly smartcardUuid: string | null, readonly id: string, readonly assignments: ReadonlyArray<{ readonly primary: boolean, readonly positionTitle: string | null, readonly employer: { readonly odsCode: string, readonly name: string | null } }> | null, readonly employments: ReadonlyArray<{ readonly employeeNumber: string, readonly hireDate: string | null }> | null, readonly registrations: ReadonlyArray<{ readonly body: RegistrationBody, readonly number: string }> | null, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null }, readonly account: { readonly id: string, readonly mail: string, readonly displayName: string | null, readonly givenName: string | null, readonly familyName: string | null, readonly jobTitle: string | null, readonly status: AccountStatus, readonly organisation: { readonly odsCode: string, readonly name: string | null } | null } | null, readonly evidence: ReadonlyArray<{ readonly field: string, readonly outcome: string, readonly bits: number | null, readonly directoryValue: string | null }> }>, readonly history: ReadonlyArray<{ readonly at: string, readonly action: MatchingCaseAction, readonly state: MatchingCaseState, readonly reason: string | null, readonly by: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null } }>, readonly decision: { readonly decision: MatchingDecision, readonly reason: string, readonly at: string, readonly by: { readonly id: string } } | null } | null };

export type DecideMatchMutationVariables = Exact<{
  input: MatchingCaseDecideInput;
}>;


export type DecideMatchMutation = { readonly matchingCaseDecide: { readonly matchingCase: { readonly id: string, readonly state: MatchingCaseState } | null, readonly errors: ReadonlyArray<{ readonly code: MatchingCaseErrorCode }> } };

export type ApproveMatchMutationVariables = Exact<{
  input: MatchingCaseApproveInput;
}>;


export type ApproveMatchMutation = { readonly matchingCaseApprove: { readonly matchingCase: { readonly id: string, readonly state: MatchingCaseState } | null, readonly errors: ReadonlyArray<{ readonly code: MatchingCaseErrorCode }> } };

export type UndoMatchMutationVariables = Exact<{
  input: MatchingCaseUndoInput;
}>;


export type UndoMatchMutation = { readonly matchingCaseUndo: { readonly matchingCase: { readonly id: string, readonly state: MatchingCaseState } | null, readonly errors: ReadonlyArray<{ readonly code: MatchingCaseErrorCode }> } };

export type AgreementInListFragment = { readonly id: string, readonly reference: string, readonly startsOn: string, readonly endsOn: string, readonly state: SharingAgreementState, readonly proposedAt: string, readonly acceptedAt: string | null, readonly endedAt: string | null, readonly proposedBy: { readonly odsCode: string, readonly name: string | null }, readonly proposedTo: { readonly odsCode: string, readonly name: string | null } };

export type AdministrationAgreementsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AdministrationAgreementsQuery = { readonly sharingAgreements: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly reference: string, readonly startsOn: string, readonly endsOn: string, readonly state: SharingAgreementState, readonly proposedAt: string, readonly acceptedAt: string | null, readonly endedAt: string | null, readonly proposedBy: { readonly odsCode: string, readonly name: string | null }, readonly proposedTo: { readonly odsCode: string, readonly name: string | null } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ProposeAgreementMutationVariables = Exact<{
  input: AgreementProposeInput;
}>;


export type ProposeAgreementMutation = { readonly agreementPropose: { readonly agreement: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string> }> } };

export type AcceptAgreementMutationVariables = Exact<{
  input: AgreementDecisionInput;
}>;


export type AcceptAgreementMutation = { readonly agreementAccept: { readonly agreement: { readonly id: string, readonly state: SharingAgreementState } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type EndAgreementMutationVariables = Exact<{
  input: AgreementDecisionInput;
}>;


export type EndAgreementMutation = { readonly agreementEnd: { readonly agreement: { readonly id: string, readonly state: SharingAgreementState } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type AdministrationReceiversQueryVariables = Exact<{ [key: string]: never; }>;


export type AdministrationReceiversQuery = { readonly signalReceivers: ReadonlyArray<{ readonly id: string, readonly url: string, readonly audience: string, readonly registeredAt: string, readonly endedAt: string | null, readonly failures: number, readonly failingSince: string | null, readonly lastFailure: string | null, readonly parkedAt: string | null, readonly causes: ReadonlyArray<SignalCause> | null, readonly secretSince: string | null, readonly previousSecretUntil: string | null, readonly attempts: ReadonlyArray<{ readonly signalId: string, readonly isTest: boolean, readonly at: string, readonly milliseconds: number | null, readonly outcome: string | null }> }> };

export type RegisterReceiverMutationVariables = Exact<{
  input: SignalReceiverRegisterInput;
}>;


export type RegisterReceiverMutation = { readonly signalReceiverRegister: { readonly secret: string | null, readonly receiver: { readonly id: string, readonly url: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string> }> } };

export type ChangeReceiverSecretMutationVariables = Exact<{
  input: SignalReceiverSecretChangeInput;
}>;


export type ChangeReceiverSecretMutation = { readonly signalReceiverSecretChange: { readonly secret: string | null, readonly receiver: { readonly id: string, readonly url: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type TestReceiverMutationVariables = Exact<{
  input: SignalReceiverTestInput;
}>;


export type TestReceiverMutation = { readonly signalReceiverTest: { readonly receiver: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type EndReceiverMutationVariables = Exact<{
  input: SignalReceiverEndInput;
}>;


export type EndReceiverMutation = { readonly signalReceiverEnd: { readonly receiver: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type ReplayReceiverMutationVariables = Exact<{
  input: SignalReceiverReplayInput;
}>;


export type ReplayReceiverMutation = { readonly signalReceiverReplay: { readonly receiver: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type PolicyInForceFragment = { readonly id: string, readonly staffGroup: StaffGroup | null, readonly version: number, readonly state: CheckPolicyState, readonly createdAt: string | null, readonly inForceFrom: string | null, readonly replacedAt: string | null, readonly copiedFrom: { readonly odsCode: string, readonly name: string | null } | null, readonly content: { readonly notApplicable: ReadonlyArray<EmploymentCheck>, readonly requiredTypes: ReadonlyArray<CredentialType>, readonly status: { readonly onlineMaxAgeSeconds: number, readonly offlineMaxAgeSeconds: number }, readonly identity: { readonly minimumConfidence: IdentityConfidence }, readonly registration: { readonly readRecord: boolean, readonly readWithinHours: number, readonly hcpcReadWithinHours: number }, readonly history: { readonly months: number, readonly gapDays: number }, readonly criminalRecord: { readonly level: DbsLevel, readonly workforce: DbsWorkforce | null, readonly years: number, readonly portableInTraining: boolean }, readonly workHealth: { readonly exposureProneProcedures: boolean }, readonly training: ReadonlyArray<{ readonly subject: CstfSubject, readonly level: number | null, readonly renewalMonths: number }> } };

export type AdministrationPoliciesQueryVariables = Exact<{
  usual: string;
  after?: string | null | undefined;
}>;


export type AdministrationPoliciesQuery = { readonly checkPolicy: { readonly id: string, readonly staffGroup: StaffGroup | null, readonly version: number, readonly state: CheckPolicyState, readonly createdAt: string | null, readonly inForceFrom: string | null, readonly replacedAt: string | null, readonly copiedFrom: { readonly odsCode: string, readonly name: string | null } | null, readonly content: { readonly notApplicable: ReadonlyArray<EmploymentCheck>, readonly requiredTypes: ReadonlyArray<CredentialType>, readonly status: { readonly onlineMaxAgeSeconds: number, readonly offlineMaxAgeSeconds: number }, readonly identity: { readonly minimumConfidence: IdentityConfidence }, readonly registration: { readonly readRecord: boolean, readonly readWithinHours: number, readonly hcpcReadWithinHours: number }, readonly history: { readonly months: number, readonly gapDays: number }, readonly criminalRecord: { readonly level: DbsLevel, readonly workforce: DbsWorkforce | null, readonly years: number, readonly portableInTraining: boolean }, readonly workHealth: { readonly exposureProneProcedures: boolean }, readonly training: ReadonlyArray<{ readonly subject: CstfSubject, readonly level: number | null, readonly renewalMonths: number }> } } | null, readonly checkPolicies: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly staffGroup: StaffGroup | null, readonly version: number, readonly state: CheckPolicyState, readonly createdAt: string | null, readonly inForceFrom: string | null, readonly replacedAt: string | null, readonly copiedFrom: { readonly odsCode: string, readonly name: string | null } | null, readonly content: { readonly notApplicable: ReadonlyArray<EmploymentCheck>, readonly requiredTypes: ReadonlyArray<CredentialType>, readonly status: { readonly onlineMaxAgeSeconds: number, readonly offlineMaxAgeSeconds: number }, readonly identity: { readonly minimumConfidence: IdentityConfidence }, readonly registration: { readonly readRecord: boolean, readonly readWithinHours: number, readonly hcpcReadWithinHours: number }, readonly history: { readonly months: number, readonly gapDays: number }, readonly criminalRecord: { readonly level: DbsLevel, readonly workforce: DbsWorkforce | null, readonly years: number, readonly portableInTraining: boolean }, readonly workHealth: { readonly exposureProneProcedures: boolean }, readonly training: ReadonlyArray<{ readonly subject: CstfSubject, readonly level: number | null, readonly renewalMonths: number }> } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type AdministrationPolicyDryRunQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type AdministrationPolicyDryRunQuery = { readonly checkPolicyDryRun: { readonly looked: number, readonly edges: ReadonlyArray<{ readonly node: { readonly missing: ReadonlyArray<CredentialType>, readonly person: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null }, readonly checks: ReadonlyArray<{ readonly check: EmploymentCheck, readonly from: EmploymentCheckOutcome, readonly to: EmploymentCheckOutcome }>, readonly training: ReadonlyArray<{ readonly subject: CstfSubject }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type AdministrationPolicyBlueprintQueryVariables = Exact<{ [key: string]: never; }>;


export type AdministrationPolicyBlueprintQuery = { readonly checkPolicyBlueprint: { readonly jwt: string } | null };

export type DraftPolicyMutationVariables = Exact<{
  input: CheckPolicyDraftInput;
}>;


export type DraftPolicyMutation = { readonly checkPolicyDraft: { readonly policy: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string> }> } };

export type ActivatePolicyMutationVariables = Exact<{
  input: CheckPolicyActivateInput;
}>;


export type ActivatePolicyMutation = { readonly checkPolicyActivate: { readonly policy: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type ImportPoliciesMutationVariables = Exact<{
  input: CheckPolicyImportInput;
}>;


export type ImportPoliciesMutation = { readonly checkPolicyImport: { readonly policies: ReadonlyArray<{ readonly id: string }>, readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type AdministrationAuditQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AdministrationAuditQuery = { readonly flaggedAccess: { readonly edges: ReadonlyArray<{ readonly node: { readonly staff: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null }, readonly reader: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null }, readonly entry: { readonly at: string, readonly actorName: string, readonly purpose: string, readonly fields: ReadonlyArray<string>, readonly requestId: string, readonly flags: ReadonlyArray<AccessLogFlag> | null } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type AdministrationApprovalsQueryVariables = Exact<{
  odsCode: string;
}>;


export type AdministrationApprovalsQuery = { readonly waiting: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly state: PassportStopState, readonly urgent: boolean, readonly requestedAt: string, readonly reviewDueAt: string | null, readonly reviewedAt: string | null, readonly staff: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null }, readonly credential: { readonly type: CredentialType } | null, readonly requestedBy: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null } } }> } | null, readonly toReview: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly state: PassportStopState, readonly urgent: boolean, readonly requestedAt: string, readonly reviewDueAt: string | null, readonly reviewedAt: string | null, readonly staff: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null }, readonly credential: { readonly type: CredentialType } | null, readonly requestedBy: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null } } }> } | null, readonly matchingCases: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly queue: MatchingQueue, readonly state: MatchingCaseState, readonly because: string, readonly openedAt: string, readonly ageDays: number, readonly overdue: boolean, readonly version: number, readonly decision: { readonly decision: MatchingDecision, readonly reason: string, readonly at: string, readonly by: { readonly id: string } } | null } }> }, readonly staffEventHolds: ReadonlyArray<{ readonly id: string, readonly people: number, readonly heldAt: string, readonly approvedAt: string | null, readonly releasedAt: string | null }>, readonly registryChanges: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly state: RegistryChangeState, readonly reason: string, readonly proposedAt: string, readonly isMine: boolean, readonly mayApprove: boolean, readonly needsKeeper: boolean, readonly organisation: { readonly odsCode: string, readonly name: string | null } } }> }, readonly sharingAgreements: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly reference: string, readonly startsOn: string, readonly endsOn: string, readonly state: SharingAgreementState, readonly proposedAt: string, readonly acceptedAt: string | null, readonly endedAt: string | null, readonly proposedBy: { readonly odsCode: string, readonly name: string | null }, readonly proposedTo: { readonly odsCode: string, readonly name: string | null } } }> } };

export type ApproveHoldMutationVariables = Exact<{
  input: StaffEventHoldApproveInput;
}>;


export type ApproveHoldMutation = { readonly staffEventHoldApprove: { readonly hold: { readonly id: string, readonly releasedAt: string | null } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type AdministrationReadinessQueryVariables = Exact<{
  odsCode: string;
}>;


export type AdministrationReadinessQuery = { readonly organisation: { readonly odsCode: string, readonly name: string | null, readonly directoryReport: { readonly asOf: string | null, readonly leaversOverdue: number, readonly people: number, readonly peopleLinked: number, readonly accounts: number, readonly accountsLinked: number, readonly casesOpen: number, readonly casesOverdue: number, readonly readiness: { readonly score: number, readonly parts: ReadonlyArray<{ readonly name: DirectoryReadinessPartName, readonly points: number, readonly of: number }> } | null, readonly counts: ReadonlyArray<{ readonly kind: DirectoryFindingKind, readonly count: number, readonly oldest: string }> } | null } | null };

export type PersonInWordsFragment = { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null };

export type StoppableCredentialFragment = { readonly id: string, readonly type: CredentialType, readonly state: CredentialState, readonly reason: StatusReason | null, readonly issuedAt: string | null, readonly expiresAt: string | null, readonly lastStatusChangeAt: string | null, readonly statusListUri: string, readonly statusIndex: number, readonly version: number, readonly holderEvent: HolderEvent | null, readonly holderEventAt: string | null, readonly issuer: { readonly odsCode: string, readonly name: string | null }, readonly statusHistory: ReadonlyArray<{ readonly state: CredentialState, readonly reason: StatusReason | null, readonly at: string, readonly organisation: { readonly odsCode: string, readonly name: string | null } }> };

export type AdministrationSearchQueryVariables = Exact<{
  text: string;
  after?: string | null | undefined;
}>;


export type AdministrationSearchQuery = { readonly staffSearch: { readonly found: number, readonly truncated: boolean, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly assignments: ReadonlyArray<{ readonly primary: boolean, readonly positionTitle: string | null }> | null, readonly registrations: ReadonlyArray<{ readonly body: RegistrationBody, readonly number: string }> | null, readonly employments: ReadonlyArray<{ readonly employeeNumber: string }> | null, readonly mailboxes: ReadonlyArray<{ readonly mail: string }> | null, readonly passport: { readonly status: PassportStatus } | null, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AdministrationCredentialHolderQueryVariables = Exact<{
  id: string;
}>;


export type AdministrationCredentialHolderQuery = { readonly credential: { readonly id: string, readonly staff: { readonly id: string } } | null };

export type AdministrationWaitingStopsQueryVariables = Exact<{ [key: string]: never; }>;


export type AdministrationWaitingStopsQuery = { readonly passportStops: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly staff: { readonly id: string } } }> } | null };

export type AdministrationPassportQueryVariables = Exact<{
  id: string;
}>;


export type AdministrationPassportQuery = { readonly staff: { readonly id: string, readonly assignments: ReadonlyArray<{ readonly primary: boolean, readonly positionTitle: string | null, readonly employer: { readonly odsCode: string, readonly name: string | null } }> | null, readonly mailboxes: ReadonlyArray<{ readonly mail: string }> | null, readonly passport: { readonly status: PassportStatus, readonly credentials: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly type: CredentialType, readonly state: CredentialState, readonly reason: StatusReason | null, readonly issuedAt: string | null, readonly expiresAt: string | null, readonly lastStatusChangeAt: string | null, readonly statusListUri: string, readonly statusIndex: number, readonly version: number, readonly holderEvent: HolderEvent | null, readonly holderEventAt: string | null, readonly issuer: { readonly odsCode: string, readonly name: string | null }, readonly statusHistory: ReadonlyArray<{ readonly state: CredentialState, readonly reason: StatusReason | null, readonly at: string, readonly organisation: { readonly odsCode: string, readonly name: string | null } }> } }> }, readonly offers: ReadonlyArray<{ readonly id: string, readonly types: ReadonlyArray<CredentialType>, readonly state: CredentialOfferState, readonly expiresAt: string, readonly issuer: { readonly odsCode: string, readonly name: string | null } }> } | null, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null } | null };

export type AdministrationCredentialFollowedSubscriptionVariables = Exact<{
  id: string;
}>;


export type AdministrationCredentialFollowedSubscription = { readonly credentialStatusChanged: { readonly id: string, readonly state: CredentialState, readonly lastStatusChangeAt: string | null, readonly statusListUri: string, readonly statusIndex: number } | null };

export type PauseCredentialMutationVariables = Exact<{
  input: CredentialStatusInput;
}>;


export type PauseCredentialMutation = { readonly credentialSuspend: { readonly credential: { readonly id: string, readonly state: CredentialState } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string }> } };

export type ReinstateCredentialMutationVariables = Exact<{
  input: CredentialStatusInput;
}>;


export type ReinstateCredentialMutation = { readonly credentialReinstate: { readonly credential: { readonly id: string, readonly state: CredentialState } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly message: string }> } };

export type StopInListFragment = { readonly id: string, readonly state: PassportStopState, readonly urgent: boolean, readonly requestedAt: string, readonly reviewDueAt: string | null, readonly reviewedAt: string | null, readonly staff: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null }, readonly credential: { readonly type: CredentialType } | null, readonly requestedBy: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null } };

export type StoppedCredentialFragment = { readonly id: string, readonly type: CredentialType, readonly state: CredentialState, readonly lastStatusChangeAt: string | null, readonly statusListUri: string, readonly statusIndex: number };

export type AdministrationStopQueryVariables = Exact<{
  id: string;
}>;


export type AdministrationStopQuery = { readonly passportStop: { readonly reason: StatusReason, readonly note: string | null, readonly expiresAt: string, readonly decidedAt: string | null, readonly stopped: number | null, readonly review: PassportStopReview | null, readonly id: string, readonly state: PassportStopState, readonly urgent: boolean, readonly requestedAt: string, readonly reviewDueAt: string | null, readonly reviewedAt: string | null, readonly decidedBy: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null } | null, readonly reviewedBy: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null } | null, readonly credentials: ReadonlyArray<{ readonly id: string, readonly type: CredentialType, readonly state: CredentialState, readonly lastStatusChangeAt: string | null, readonly statusListUri: string, readonly statusIndex: number }>, readonly staff: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null }, readonly credential: { readonly type: CredentialType } | null, readonly requestedBy: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null } } | null };

export type AdministrationStopFollowedSubscriptionVariables = Exact<{
  id: string;
}>;


export type AdministrationStopFollowedSubscription = { readonly passportStopUpdated: { readonly id: string, readonly state: PassportStopState, readonly urgent: boolean, readonly decidedAt: string | null, readonly credential: { readonly id: string } | null, readonly credentials: ReadonlyArray<{ readonly id: string, readonly type: CredentialType, readonly state: CredentialState, readonly lastStatusChangeAt: string | null, readonly statusListUri: string, readonly statusIndex: number }> } | null };

export type AdministrationReachQueryVariables = Exact<{
  of: SignalReachOf;
}>;


export type AdministrationReachQuery = { readonly signalReach: { readonly receivers: number, readonly reached: number, readonly failing: number, readonly notReached: ReadonlyArray<{ readonly url: string, readonly failures: number, readonly isParked: boolean }> } | null };

export type AdministrationStopsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AdministrationStopsQuery = { readonly passportStops: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly state: PassportStopState, readonly urgent: boolean, readonly requestedAt: string, readonly reviewDueAt: string | null, readonly reviewedAt: string | null, readonly staff: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null }, readonly credential: { readonly type: CredentialType } | null, readonly requestedBy: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type AdministrationStopOutlookQueryVariables = Exact<{
  staffId: string;
  credentialId?: string | null | undefined;
}>;


export type AdministrationStopOutlookQuery = { readonly passportStopOutlook: { readonly credentials: number, readonly shownTo: number, readonly days: number, readonly keptBy: number, readonly openRequests: number, readonly placedAt: number } | null };

export type PausePassportMutationVariables = Exact<{
  input: PassportPauseInput;
}>;


export type PausePassportMutation = { readonly passportPause: { readonly paused: number | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type AskForStopMutationVariables = Exact<{
  input: PassportStopRequestInput;
}>;


export type AskForStopMutation = { readonly passportStopRequest: { readonly stop: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly rule: string | null }> } };

export type ApproveStopMutationVariables = Exact<{
  input: PassportStopDecisionInput;
}>;


export type ApproveStopMutation = { readonly passportStopApprove: { readonly stop: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly rule: string | null }> } };

export type RefuseStopMutationVariables = Exact<{
  input: PassportStopDecisionInput;
}>;


export type RefuseStopMutation = { readonly passportStopRefuse: { readonly stop: { readonly id: string, readonly state: PassportStopState } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly rule: string | null }> } };

export type ReviewStopMutationVariables = Exact<{
  input: PassportStopReviewInput;
}>;


export type ReviewStopMutation = { readonly passportStopReview: { readonly stop: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly rule: string | null }> } };

export type HrAskMutationVariables = Exact<{
  input: PresentationRequestInput;
}>;


export type HrAskMutation = { readonly presentationRequest: { readonly request: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string> }> } };

export type HrChecksQueryVariables = Exact<{
  presentationId: string;
}>;


export type HrChecksQuery = { readonly employmentChecks: { readonly staffGroup: StaffGroup | null, readonly checkedAt: string, readonly complete: boolean, readonly missing: ReadonlyArray<CredentialType>, readonly holder: { readonly id: string } | null, readonly policy: { readonly version: number }, readonly checks: ReadonlyArray<{ readonly check: EmploymentCheck, readonly outcome: EmploymentCheckOutcome, readonly reasons: ReadonlyArray<EmploymentCheckReason>, readonly endsOn: string | null, readonly settled: boolean, readonly assurance: { readonly name: string | null, readonly standard: string, readonly outcome: string | null, readonly method: string | null, readonly at: string | null, readonly organisation: { readonly odsCode: string, readonly name: string | null } | null } | null, readonly evidence: ReadonlyArray<{ readonly presentationId: string, readonly type: CredentialType, readonly outcome: VerificationOutcome, readonly issuedAt: string | null, readonly expiresAt: string | null, readonly issuer: { readonly odsCode: string, readonly name: string | null } | null }>, readonly register: { readonly body: string, readonly number: string, readonly status: string, readonly expiresOn: string | null, readonly readAt: string | null } | null, readonly checkedLocally: { readonly id: string, readonly kind: EmploymentCheckDecisionKind, readonly outcome: EmploymentCheckOutcome | null, readonly reason: string, readonly endsOn: string | null, readonly decidedBy: string, readonly decidedAt: string } | null, readonly originalsSeen: { readonly id: string, readonly kind: EmploymentCheckDecisionKind, readonly outcome: EmploymentCheckOutcome | null, readonly reason: string, readonly endsOn: string | null, readonly decidedBy: string, readonly decidedAt: string } | null, readonly bypass: { readonly id: string, readonly kind: EmploymentCheckDecisionKind, readonly outcome: EmploymentCheckOutcome | null, readonly reason: string, readonly endsOn: string | null, readonly decidedBy: string, readonly decidedAt: string } | null }>, readonly training: ReadonlyArray<{ readonly subject: CstfSubject, readonly outcome: EmploymentCheckOutcome, readonly endsOn: string | null }> } | null };

export type HrCheckFragment = { readonly check: EmploymentCheck, readonly outcome: EmploymentCheckOutcome, readonly reasons: ReadonlyArray<EmploymentCheckReason>, readonly endsOn: string | null, readonly settled: boolean, readonly assurance: { readonly name: string | null, readonly standard: string, readonly outcome: string | null, readonly method: string | null, readonly at: string | null, readonly organisation: { readonly odsCode: string, readonly name: string | null } | null } | null, readonly evidence: ReadonlyArray<{ readonly presentationId: string, readonly type: CredentialType, readonly outcome: VerificationOutcome, readonly issuedAt: string | null, readonly expiresAt: string | null, readonly issuer: { readonly odsCode: string, readonly name: string | null } | null }>, readonly register: { readonly body: string, readonly number: string, readonly status: string, readonly expiresOn: string | null, readonly readAt: string | null } | null, readonly checkedLocally: { readonly id: string, readonly kind: EmploymentCheckDecisionKind, readonly outcome: EmploymentCheckOutcome | null, readonly reason: string, readonly endsOn: string | null, readonly decidedBy: string, readonly decidedAt: string } | null, readonly originalsSeen: { readonly id: string, readonly kind: EmploymentCheckDecisionKind, readonly outcome: EmploymentCheckOutcome | null, readonly reason: string, readonly endsOn: string | null, readonly decidedBy: string, readonly decidedAt: string } | null, readonly bypass: { readonly id: string, readonly kind: EmploymentCheckDecisionKind, readonly outcome: EmploymentCheckOutcome | null, readonly reason: string, readonly endsOn: string | null, readonly decidedBy: string, readonly decidedAt: string } | null };

export type HrDecisionFragment = { readonly id: string, readonly kind: EmploymentCheckDecisionKind, readonly outcome: EmploymentCheckOutcome | null, readonly reason: string, readonly endsOn: string | null, readonly decidedBy: string, readonly decidedAt: string };

export type HrCheckRecordMutationVariables = Exact<{
  input: EmploymentCheckRecordInput;
}>;


export type HrCheckRecordMutation = { readonly employmentCheckRecord: { readonly decision: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string> }> } };

export type HrCheckBypassMutationVariables = Exact<{
  input: EmploymentCheckBypassInput;
}>;


export type HrCheckBypassMutation = { readonly employmentCheckBypass: { readonly decision: { readonly id: string } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string> }> } };

export type HrCheckWithdrawMutationVariables = Exact<{
  input: EmploymentCheckWithdrawInput;
}>;


export type HrCheckWithdrawMutation = { readonly employmentCheckWithdraw: { readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string> }> } };

export type HrRequestQueryVariables = Exact<{
  id: string;
}>;


export type HrRequestQuery = { readonly presentation: { readonly id: string, readonly state: PresentationState, readonly template: PresentationTemplate | null, readonly reference: string | null, readonly startsOn: string | null, readonly purpose: string, readonly link: string, readonly createdAt: string, readonly expiresAt: string, readonly answeredAt: string | null, readonly closedAt: string | null, readonly listId: string | null, readonly result: { readonly outcome: VerificationOutcome, readonly checkedAt: string, readonly holder: { readonly id: string } | null, readonly credentials: ReadonlyArray<{ readonly queryId: string, readonly outcome: VerificationOutcome, readonly type: CredentialType | null, readonly statusAsOf: string | null, readonly disclosed: ReadonlyArray<string>, readonly claims: unknown, readonly issuer: { readonly odsCode: string, readonly name: string | null } | null, readonly checks: ReadonlyArray<{ readonly name: string, readonly outcome: CheckOutcome, readonly code: string | null }> }>, readonly checks: ReadonlyArray<{ readonly name: string, readonly outcome: CheckOutcome, readonly code: string | null }> } | null } | null };

export type HrRequestStateQueryVariables = Exact<{
  id: string;
}>;


export type HrRequestStateQuery = { readonly presentation: { readonly state: PresentationState } | null };

export type HrRequestsQueryVariables = Exact<{
  group: PresentationGroup;
  listId?: string | null | undefined;
  reference?: string | null | undefined;
  orderBy?: PresentationOrder | null | undefined;
  after?: string | null | undefined;
}>;


export type HrRequestsQuery = { readonly presentationRequests: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly state: PresentationState, readonly template: PresentationTemplate | null, readonly reference: string | null, readonly startsOn: string | null, readonly createdAt: string, readonly result: { readonly outcome: VerificationOutcome } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }, readonly toDo: { readonly totalCount: number }, readonly open: { readonly totalCount: number }, readonly done: { readonly totalCount: number }, readonly answered: { readonly totalCount: number } };

export type HrListsQueryVariables = Exact<{ [key: string]: never; }>;


export type HrListsQuery = { readonly presentationLists: ReadonlyArray<{ readonly id: string, readonly createdAt: string, readonly requests: number }> };

export type HrListLinesQueryVariables = Exact<{
  listId: string;
  after?: string | null | undefined;
}>;


export type HrListLinesQuery = { readonly presentationRequests: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly state: PresentationState, readonly reference: string | null, readonly startsOn: string | null, readonly link: string, readonly expiresAt: string, readonly closedAt: string | null, readonly result: { readonly outcome: VerificationOutcome } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type HrAskListMutationVariables = Exact<{
  input: PresentationListRequestInput;
}>;


export type HrAskListMutation = { readonly presentationListRequest: { readonly listId: string | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string> }> } };

export type HrCloseMutationVariables = Exact<{
  input: PresentationCloseInput;
}>;


export type HrCloseMutation = { readonly presentationClose: { readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type HrStaffSearchQueryVariables = Exact<{
  text: string;
  odsCode?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type HrStaffSearchQuery = { readonly staffSearch: { readonly found: number, readonly truncated: boolean, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null, readonly assignments: ReadonlyArray<{ readonly jobRole: string | null }> | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type HrStaffQueryVariables = Exact<{
  id: string;
}>;


export type HrStaffQuery = { readonly staff: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null, readonly passport: { readonly id: string, readonly status: PassportStatus, readonly credentials: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly type: CredentialType, readonly state: CredentialState, readonly issuedAt: string | null, readonly expiresAt: string | null } }> }, readonly offers: ReadonlyArray<{ readonly id: string, readonly state: CredentialOfferState, readonly types: ReadonlyArray<CredentialType>, readonly createdAt: string, readonly expiresAt: string }> } | null } | null };

export type HrRecordQueryVariables = Exact<{
  by: StaffBy;
}>;


export type HrRecordQuery = { readonly staff: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null, readonly registrations: ReadonlyArray<{ readonly number: string }> | null, readonly assignments: ReadonlyArray<{ readonly positionTitle: string | null, readonly jobRole: string | null, readonly staffGroup: string | null }> | null } | null };

export type HrOfferMutationVariables = Exact<{
  input: CredentialOfferInput;
}>;


export type HrOfferMutation = { readonly credentialOffer: { readonly offer: { readonly id: string, readonly uri: string | null, readonly transactionCode: string | null, readonly expiresAt: string, readonly deferred: boolean } | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode, readonly path: ReadonlyArray<string> }> } };

export type OrganisationNameQueryVariables = Exact<{
  odsCode: string;
}>;


export type OrganisationNameQuery = { readonly organisation: { readonly odsCode: string, readonly name: string | null } | null };

export type OrganisationInWordsFragment = { readonly odsCode: string, readonly name: string | null };

export type OwnCredentialFragment = { readonly id: string, readonly type: CredentialType, readonly state: CredentialState, readonly reason: StatusReason | null, readonly issuedAt: string | null, readonly expiresAt: string | null, readonly lastStatusChangeAt: string | null, readonly issuer: { readonly odsCode: string, readonly name: string | null } };

export type OwnOfferFragment = { readonly id: string, readonly types: ReadonlyArray<CredentialType>, readonly state: CredentialOfferState, readonly expiresAt: string, readonly issuer: { readonly odsCode: string, readonly name: string | null } };

export type StaffPassportQueryVariables = Exact<{ [key: string]: never; }>;


export type StaffPassportQuery = { readonly me: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null, readonly assignments: ReadonlyArray<{ readonly primary: boolean, readonly positionTitle: string | null, readonly employer: { readonly odsCode: string, readonly name: string | null } }> | null, readonly registrations: ReadonlyArray<{ readonly body: RegistrationBody, readonly number: string }> | null, readonly passport: { readonly id: string, readonly credentials: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly type: CredentialType, readonly state: CredentialState, readonly reason: StatusReason | null, readonly issuedAt: string | null, readonly expiresAt: string | null, readonly lastStatusChangeAt: string | null, readonly issuer: { readonly odsCode: string, readonly name: string | null } } }> }, readonly offers: ReadonlyArray<{ readonly id: string, readonly types: ReadonlyArray<CredentialType>, readonly state: CredentialOfferState, readonly expiresAt: string, readonly issuer: { readonly odsCode: string, readonly name: string | null } }> } | null, readonly sharing: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly state: SharingState, readonly purpose: string, readonly expiresAt: string, readonly requester: { readonly odsCode: string, readonly name: string | null } } }> } | null } | null };

export type StaffOffersQueryVariables = Exact<{ [key: string]: never; }>;


export type StaffOffersQuery = { readonly me: { readonly id: string, readonly passport: { readonly id: string, readonly offers: ReadonlyArray<{ readonly id: string, readonly types: ReadonlyArray<CredentialType>, readonly state: CredentialOfferState, readonly expiresAt: string, readonly issuer: { readonly odsCode: string, readonly name: string | null } }> } | null } | null };

export type StaffAccessLogQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type StaffAccessLogQuery = { readonly me: { readonly id: string, readonly accessLog: { readonly edges: ReadonlyArray<{ readonly node: { readonly at: string, readonly actorName: string, readonly purpose: string, readonly fields: ReadonlyArray<string>, readonly flags: ReadonlyArray<AccessLogFlag> | null, readonly actorOrganisation: { readonly odsCode: string, readonly name: string | null } | null, readonly actorContact: { readonly team: string, readonly mail: string, readonly phone: string | null } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type ReofferPassportMutationVariables = Exact<{
  input: PassportReofferInput;
}>;


export type ReofferPassportMutation = { readonly passportReoffer: { readonly offers: ReadonlyArray<{ readonly id: string, readonly types: ReadonlyArray<CredentialType>, readonly uri: string | null, readonly transactionCode: string | null, readonly expiresAt: string, readonly issuer: { readonly odsCode: string, readonly name: string | null } }>, readonly notOffered: ReadonlyArray<{ readonly type: CredentialType, readonly issuer: { readonly odsCode: string, readonly name: string | null } }>, readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type EndEarlierPassportMutationVariables = Exact<{
  input: PassportEarlierEndInput;
}>;


export type EndEarlierPassportMutation = { readonly passportEarlierEnd: { readonly ended: number, readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type SharedFragment = { readonly id: string, readonly requestedBy: string, readonly purpose: string, readonly state: SharingState, readonly requestedAt: string, readonly expiresAt: string, readonly answeredAt: string | null, readonly keptUntil: string | null, readonly requester: { readonly odsCode: string, readonly name: string | null }, readonly shared: ReadonlyArray<{ readonly type: CredentialType | null, readonly claims: ReadonlyArray<string>, readonly issuer: { readonly odsCode: string, readonly name: string | null } | null }>, readonly deletion: { readonly state: DeletionState, readonly askedAt: string, readonly answerBy: string, readonly answeredAt: string | null, readonly reason: KeptReason | null } | null, readonly report: { readonly reason: ReportReason, readonly at: string } | null };

export type StaffSharingQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type StaffSharingQuery = { readonly me: { readonly id: string, readonly sharing: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly requestedBy: string, readonly purpose: string, readonly state: SharingState, readonly requestedAt: string, readonly expiresAt: string, readonly answeredAt: string | null, readonly keptUntil: string | null, readonly requester: { readonly odsCode: string, readonly name: string | null }, readonly shared: ReadonlyArray<{ readonly type: CredentialType | null, readonly claims: ReadonlyArray<string>, readonly issuer: { readonly odsCode: string, readonly name: string | null } | null }>, readonly deletion: { readonly state: DeletionState, readonly askedAt: string, readonly answerBy: string, readonly answeredAt: string | null, readonly reason: KeptReason | null } | null, readonly report: { readonly reason: ReportReason, readonly at: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

export type NameOfOrganisationQueryVariables = Exact<{
  odsCode: string;
}>;


export type NameOfOrganisationQuery = { readonly organisation: { readonly odsCode: string, readonly name: string | null } | null };

export type ConsentToShareMutationVariables = Exact<{
  input: SharingConsentInput;
}>;


export type ConsentToShareMutation = { readonly sharingConsent: { readonly expiresAt: string | null, readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type RefuseToShareMutationVariables = Exact<{
  input: PresentationRefuseInput;
}>;


export type RefuseToShareMutation = { readonly presentationRefuse: { readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type AskForDeletionMutationVariables = Exact<{
  input: DeletionRequestInput;
}>;


export type AskForDeletionMutation = { readonly deletionRequest: { readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export type ReportRequesterMutationVariables = Exact<{
  input: RequesterReportInput;
}>;


export type ReportRequesterMutation = { readonly requesterReport: { readonly errors: ReadonlyArray<{ readonly code: ErrorCode }> } };

export const acceptAgreement: Operation<AcceptAgreementMutation, AcceptAgreementMutationVariables> = { name: "AcceptAgreement", kind: 'mutation', documentId: 'sha256:f86f9d0188d6501ce979da19bda30a2eed7c47fb76d358cc5d53e7ee8a53b62f', text: "mutation AcceptAgreement($input: AgreementDecisionInput!) {\n  agreementAccept(input: $input) {\n    agreement {\n      id\n      state\n    }\n    errors {\n      code\n    }\n  }\n}\n" };
export const activatePolicy: Operation<ActivatePolicyMutation, ActivatePolicyMutationVariables> = { name: "ActivatePolicy", kind: 'mutation', documentId: 'sha256:144d17cfeed16a4c5bfc1a026faf7305066ae7bb59fa263c02f52ec5d5152a72', text: "mutation ActivatePolicy($input: CheckPolicyActivateInput!) {\n  checkPolicyActivate(input: $input) {\n    policy {\n      id\n    }\n    errors {\n      code\n    }\n  }\n}\n" };
export const administrationAgreements: Operation<AdministrationAgreementsQuery, AdministrationAgreementsQueryVariables> = { name: "AdministrationAgreements", kind: 'query', documentId: 'sha256:7d679a4276d0c2c240671a5d1013892162077788af04e4f3d3fa66cc50405548', text: "query AdministrationAgreements($after: String) {\n  sharingAgreements(first: 20, after: $after) {\n    edges {\n      node {\n        ...AgreementInList\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nfragment AgreementInList on SharingAgreement {\n  id\n  reference\n  startsOn\n  endsOn\n  state\n  proposedAt\n  acceptedAt\n  endedAt\n  proposedBy {\n    ...OrganisationInWords\n  }\n  proposedTo {\n    ...OrganisationInWords\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n" };
export const administrationApprovals: Operation<AdministrationApprovalsQuery, AdministrationApprovalsQueryVariables> = { name: "AdministrationApprovals", kind: 'query', documentId: 'sha256:ee0e53a38187befa5914210a4d967ecb32a46a5f498a030630bbf638b3dd96f0', text: "query AdministrationApprovals($odsCode: ID!) {\n  waiting: passportStops(group: WAITING, first: 50) {\n    edges {\n      node {\n        ...StopInList\n      }\n    }\n  }\n  toReview: passportStops(group: TO_REVIEW, first: 50) {\n    edges {\n      node {\n        ...StopInList\n      }\n    }\n  }\n  matchingCases(odsCode: $odsCode, state: AWAITING_SECOND_PERSON, first: 50) {\n    edges {\n      node {\n        ...CaseInList\n      }\n    }\n  }\n  staffEventHolds {\n    id\n    people\n    heldAt\n    approvedAt\n    releasedAt\n  }\n  registryChanges(state: WAITING, first: 50) {\n    edges {\n      node {\n        ...RegistryChangeInList\n      }\n    }\n  }\n  sharingAgreements(first: 100) {\n    edges {\n      node {\n        ...AgreementInList\n      }\n    }\n  }\n}\n\nfragment AgreementInList on SharingAgreement {\n  id\n  reference\n  startsOn\n  endsOn\n  state\n  proposedAt\n  acceptedAt\n  endedAt\n  proposedBy {\n    ...OrganisationInWords\n  }\n  proposedTo {\n    ...OrganisationInWords\n  }\n}\n\nfragment CaseInList on MatchingCase {\n  id\n  queue\n  state\n  because\n  openedAt\n  ageDays\n  overdue\n  version\n  decision {\n    decision\n    reason\n    at\n    by {\n      id\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment PersonInWords on StaffMember {\n  id\n  name {\n    title\n    given\n    family\n  }\n}\n\nfragment RegistryChangeInList on RegistryChange {\n  id\n  organisation {\n    ...OrganisationInWords\n  }\n  state\n  reason\n  proposedAt\n  isMine\n  mayApprove\n  needsKeeper\n}\n\nfragment StopInList on PassportStop {\n  id\n  state\n  urgent\n  requestedAt\n  reviewDueAt\n  reviewedAt\n  staff {\n    ...PersonInWords\n  }\n  credential {\n    type\n  }\n  requestedBy {\n    ...PersonInWords\n  }\n}\n" };
export const administrationAudit: Operation<AdministrationAuditQuery, AdministrationAuditQueryVariables> = { name: "AdministrationAudit", kind: 'query', documentId: 'sha256:e31324456398ef69ce240347be2a4ca1131e6c3be5604b7d2b4de6b486511c7f', text: "query AdministrationAudit($after: String) {\n  flaggedAccess(first: 20, after: $after) {\n    edges {\n      node {\n        staff {\n          ...PersonInWords\n        }\n        reader {\n          ...PersonInWords\n        }\n        entry {\n          at\n          actorName\n          purpose\n          fields\n          requestId\n          flags\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nfragment PersonInWords on StaffMember {\n  id\n  name {\n    title\n    given\n    family\n  }\n}\n" };
export const administrationAuditEvents: Operation<AdministrationAuditEventsQuery, AdministrationAuditEventsQueryVariables> = { name: "AdministrationAuditEvents", kind: 'query', documentId: 'sha256:f35e1efa5c3b6b91bc020537d069cbc13275d333cdbae66fbcb288cc2cf00c8e', text: "query AdministrationAuditEvents($where: AuditEventFilter, $first: Int!, $after: String) {\n  auditEvents(where: $where, first: $first, after: $after) {\n    edges {\n      node {\n        at\n        actor\n        person {\n          ...PersonInWords\n        }\n        action\n        subject\n        requestId\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n  auditChain {\n    unbroken\n    at\n    events\n  }\n}\n\nfragment PersonInWords on StaffMember {\n  id\n  name {\n    title\n    given\n    family\n  }\n}\n" };
export const administrationCredentialFollowed: Operation<AdministrationCredentialFollowedSubscription, AdministrationCredentialFollowedSubscriptionVariables> = { name: "AdministrationCredentialFollowed", kind: 'subscription', documentId: 'sha256:1811fadfba0a99683ad96bd74bf34b9b78137273801acd1c2f581bfc32912824', text: "subscription AdministrationCredentialFollowed($id: ID!) {\n  credentialStatusChanged(id: $id) {\n    id\n    state\n    lastStatusChangeAt\n    statusListUri\n    statusIndex\n  }\n}\n" };
export const administrationCredentialHolder: Operation<AdministrationCredentialHolderQuery, AdministrationCredentialHolderQueryVariables> = { name: "AdministrationCredentialHolder", kind: 'query', documentId: 'sha256:b5a49157956edb3f3c88b7447e22eb0b16b1058e90b33f6d1999fcebd985e46c', text: "query AdministrationCredentialHolder($id: ID!) {\n  credential(id: $id) {\n    id\n    staff {\n      id\n    }\n  }\n}\n" };
export const administrationHealth: Operation<AdministrationHealthQuery, AdministrationHealthQueryVariables> = { name: "AdministrationHealth", kind: 'query', documentId: 'sha256:0884dbe35f6d559eb321734246534f03e53f4229fb9e7bf4b5d0498ae528728a', text: "query AdministrationHealth($odsCode: ID!) {\n  issuerHealth {\n    statusLists {\n      id\n      version\n      signedAt\n      expiresAt\n      heldBack\n    }\n    backlogs {\n      receiverId\n      url\n      failures\n      parkedAt\n      waiting\n      oldestAt\n    }\n  }\n  staffImports(first: 1) {\n    edges {\n      node {\n        ...ImportInList\n      }\n    }\n  }\n  organisation(odsCode: $odsCode) {\n    directoryReport {\n      asOf\n    }\n  }\n}\n\nfragment ImportInList on StaffImport {\n  id\n  fileName\n  kind\n  full\n  fileDay\n  state\n  startedAt\n  updatedAt\n  finishedAt\n  rowsRead\n  rowsFailed\n}\n" };
export const administrationImport: Operation<AdministrationImportQuery, AdministrationImportQueryVariables> = { name: "AdministrationImport", kind: 'query', documentId: 'sha256:9e80da4b45255075f7528bc38c82f02d885e5eb726c773eb2d58bf2cb9bb91aa', text: "query AdministrationImport($id: ID!, $first: Int!, $after: String) {\n  staffImport(id: $id) {\n    ...ImportInList\n    sequence\n    added\n    changed\n    unchanged\n    ended\n    absent\n    absencesWaiting\n    canTakeAgain\n    refusal {\n      line\n      field\n      code\n      rule\n    }\n    failedRows(first: $first, after: $after) {\n      edges {\n        node {\n          line\n          field\n          code\n          rule\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\n\nfragment ImportInList on StaffImport {\n  id\n  fileName\n  kind\n  full\n  fileDay\n  state\n  startedAt\n  updatedAt\n  finishedAt\n  rowsRead\n  rowsFailed\n}\n" };
export const administrationImports: Operation<AdministrationImportsQuery, AdministrationImportsQueryVariables> = { name: "AdministrationImports", kind: 'query', documentId: 'sha256:9578e09826844326ff2179bcdeadabac3c9dd3bd4eff75c03f5afd9677c36dba', text: "query AdministrationImports($after: String) {\n  staffImports(first: 20, after: $after) {\n    edges {\n      node {\n        ...ImportInList\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nfragment ImportInList on StaffImport {\n  id\n  fileName\n  kind\n  full\n  fileDay\n  state\n  startedAt\n  updatedAt\n  finishedAt\n  rowsRead\n  rowsFailed\n}\n" };
export const administrationKeys: Operation<AdministrationKeysQuery, AdministrationKeysQueryVariables> = { name: "AdministrationKeys", kind: 'query', documentId: 'sha256:d91c19017988f571f13a06ecc0a60cdcd19b0479da751a6ad6d8ca1fc9c201a7', text: "query AdministrationKeys {\n  issuerKeys {\n    id\n    use\n    state\n    keeper\n    madeAt\n    signsFrom\n    certificateEndsAt\n    endsAt\n    turnedOffAt\n    signed\n    inForce\n  }\n}\n" };
export const administrationMatch: Operation<AdministrationMatchQuery, AdministrationMatchQueryVariables> = { name: "AdministrationMatch", kind: 'query', documentId: 'sha256:56aecd480701d1d505d91a387c36f9a57a45951782a232d3c5757b2827dcf3b9', text: "query AdministrationMatch($id: ID!) {\n  matchingCase(id: $id) {\n    ...CaseInList\n    closedAt\n    staffMember {\n      ...ComparedPerson\n    }\n    account {\n      ...ComparedAccount\n    }\n    candidates {\n      accountId\n      bits\n      linked\n      staffMember {\n        ...ComparedPerson\n      }\n      account {\n        ...ComparedAccount\n      }\n      evidence {\n        field\n        outcome\n        bits\n        directoryValue\n      }\n    }\n    history {\n      at\n      action\n      state\n      reason\n      by {\n        ...PersonInWords\n      }\n    }\n  }\n}\n\nfragment CaseInList on MatchingCase {\n  id\n  queue\n  state\n  because\n  openedAt\n  ageDays\n  overdue\n  version\n  decision {\n    decision\n    reason\n    at\n    by {\n      id\n    }\n  }\n}\n\nfragment ComparedAccount on DirectoryAccount {\n  id\n  mail\n  displayName\n  givenName\n  familyName\n  jobTitle\n  status\n  organisation {\n    ...OrganisationInWords\n  }\n}\n\nfragment ComparedPerson on StaffMember {\n  ...PersonInWords\n  previousFamilyNames\n  workEmail\n  smartcardUuid\n  assignments {\n    primary\n    positionTitle\n    employer {\n      ...OrganisationInWords\n    }\n  }\n  employments {\n    employeeNumber\n    hireDate\n  }\n  registrations {\n    body\n    number\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment PersonInWords on StaffMember {\n  id\n  name {\n    title\n    given\n    family\n  }\n}\n" };
export const administrationMatches: Operation<AdministrationMatchesQuery, AdministrationMatchesQueryVariables> = { name: "AdministrationMatches", kind: 'query', documentId: 'sha256:ad9811e04a3506eaca57677eb94486d58ff8edf3326da7dc98bda0aec1e23491', text: "query AdministrationMatches($odsCode: ID!, $queue: MatchingQueue, $overdue: Boolean! = false, $origin: ID, $score: MatchingScore, $after: String) {\n  matchingQueues(odsCode: $odsCode) {\n    queue\n    open\n    overdue\n    awaitingSecondPerson\n    oldestOpenedAt\n  }\n  matchingOrigins(odsCode: $odsCode) {\n    organisation {\n      ...OrganisationInWords\n    }\n    open\n  }\n  matchingCases(\n    odsCode: $odsCode\n    queue: $queue\n    overdue: $overdue\n    origin: $origin\n    score: $score\n    first: 20\n    after: $after\n  ) {\n    edges {\n      node {\n        ...CaseInList\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nfragment CaseInList on MatchingCase {\n  id\n  queue\n  state\n  because\n  openedAt\n  ageDays\n  overdue\n  version\n  decision {\n    decision\n    reason\n    at\n    by {\n      id\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n" };
export const administrationPassport: Operation<AdministrationPassportQuery, AdministrationPassportQueryVariables> = { name: "AdministrationPassport", kind: 'query', documentId: 'sha256:203e1f4b13f0e96fad0dce23f08642f599cba2c5e2d5864047f13261366492b7', text: "query AdministrationPassport($id: ID!) {\n  staff(by: {id: $id}) {\n    ...PersonInWords\n    assignments {\n      primary\n      positionTitle\n      employer {\n        ...OrganisationInWords\n      }\n    }\n    mailboxes {\n      mail\n    }\n    passport {\n      status\n      credentials(first: 100) {\n        edges {\n          node {\n            ...StoppableCredential\n          }\n        }\n      }\n      offers {\n        ...OwnOffer\n      }\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment OwnOffer on CredentialOffer {\n  id\n  types\n  state\n  expiresAt\n  issuer {\n    ...OrganisationInWords\n  }\n}\n\nfragment PersonInWords on StaffMember {\n  id\n  name {\n    title\n    given\n    family\n  }\n}\n\nfragment StoppableCredential on Credential {\n  id\n  type\n  state\n  reason\n  issuedAt\n  expiresAt\n  lastStatusChangeAt\n  statusListUri\n  statusIndex\n  version\n  issuer {\n    ...OrganisationInWords\n  }\n  statusHistory {\n    state\n    reason\n    at\n    organisation {\n      odsCode\n      name\n    }\n  }\n  holderEvent\n  holderEventAt\n}\n" };
export const administrationPolicies: Operation<AdministrationPoliciesQuery, AdministrationPoliciesQueryVariables> = { name: "AdministrationPolicies", kind: 'query', documentId: 'sha256:ca39b1123d0bdce55397a85efe8b1da9b4b28f8a6797bba186cd428e9a5f7ab0', text: "query AdministrationPolicies($usual: ID!, $after: String) {\n  checkPolicy(id: $usual) {\n    ...PolicyInForce\n  }\n  checkPolicies(first: 50, after: $after) {\n    edges {\n      node {\n        ...PolicyInForce\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment PolicyInForce on CheckPolicy {\n  id\n  staffGroup\n  version\n  state\n  createdAt\n  inForceFrom\n  replacedAt\n  copiedFrom {\n    ...OrganisationInWords\n  }\n  content {\n    notApplicable\n    requiredTypes\n    status {\n      onlineMaxAgeSeconds\n      offlineMaxAgeSeconds\n    }\n    identity {\n      minimumConfidence\n    }\n    registration {\n      readRecord\n      readWithinHours\n      hcpcReadWithinHours\n    }\n    history {\n      months\n      gapDays\n    }\n    criminalRecord {\n      level\n      workforce\n      years\n      portableInTraining\n    }\n    workHealth {\n      exposureProneProcedures\n    }\n    training {\n      subject\n      level\n      renewalMonths\n    }\n  }\n}\n" };
export const administrationPolicyBlueprint: Operation<AdministrationPolicyBlueprintQuery, AdministrationPolicyBlueprintQueryVariables> = { name: "AdministrationPolicyBlueprint", kind: 'query', documentId: 'sha256:45e5516482fa9120c74a26a099b0de1b8e85ba1f47f5beb1eebbe4bd69640506', text: "query AdministrationPolicyBlueprint {\n  checkPolicyBlueprint {\n    jwt\n  }\n}\n" };
export const administrationPolicyDryRun: Operation<AdministrationPolicyDryRunQuery, AdministrationPolicyDryRunQueryVariables> = { name: "AdministrationPolicyDryRun", kind: 'query', documentId: 'sha256:aa2208e7d27a2fe3d7fae9b9eefefcc0e1067d53781a73ac89b5129b13695242', text: "query AdministrationPolicyDryRun($id: ID!, $after: String) {\n  checkPolicyDryRun(id: $id, first: 20, after: $after) {\n    looked\n    edges {\n      node {\n        person {\n          ...PersonInWords\n        }\n        checks {\n          check\n          from\n          to\n        }\n        training {\n          subject\n        }\n        missing\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nfragment PersonInWords on StaffMember {\n  id\n  name {\n    title\n    given\n    family\n  }\n}\n" };
export const administrationReach: Operation<AdministrationReachQuery, AdministrationReachQueryVariables> = { name: "AdministrationReach", kind: 'query', documentId: 'sha256:f461f87a58665bcefe5b2cf0a28dc57c2924f22c0afcfc1495e1038c0182668c', text: "query AdministrationReach($of: SignalReachOf!) {\n  signalReach(of: $of) {\n    receivers\n    reached\n    failing\n    notReached {\n      url\n      failures\n      isParked\n    }\n  }\n}\n" };
export const administrationReadiness: Operation<AdministrationReadinessQuery, AdministrationReadinessQueryVariables> = { name: "AdministrationReadiness", kind: 'query', documentId: 'sha256:41fc25825f80dfc5f294901076b14c43bfe58f10c62e4061fb7861ef190ef224', text: "query AdministrationReadiness($odsCode: ID!) {\n  organisation(odsCode: $odsCode) {\n    ...OrganisationInWords\n    directoryReport {\n      asOf\n      readiness {\n        score\n        parts {\n          name\n          points\n          of\n        }\n      }\n      leaversOverdue\n      people\n      peopleLinked\n      accounts\n      accountsLinked\n      casesOpen\n      casesOverdue\n      counts {\n        kind\n        count\n        oldest\n      }\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n" };
export const administrationReceivers: Operation<AdministrationReceiversQuery, AdministrationReceiversQueryVariables> = { name: "AdministrationReceivers", kind: 'query', documentId: 'sha256:e456cffa34274521a4c9b9d8684d7063fab2b5632ce327234510bdb7c70cd12c', text: "query AdministrationReceivers {\n  signalReceivers {\n    id\n    url\n    audience\n    registeredAt\n    endedAt\n    failures\n    failingSince\n    lastFailure\n    parkedAt\n    causes\n    secretSince\n    previousSecretUntil\n    attempts {\n      signalId\n      isTest\n      at\n      milliseconds\n      outcome\n    }\n  }\n}\n" };
export const administrationRegistry: Operation<AdministrationRegistryQuery, AdministrationRegistryQueryVariables> = { name: "AdministrationRegistry", kind: 'query', documentId: 'sha256:4268fd5ca5a646e8435a664eccd4c91438be12f468d3b20660e6a674f910d299', text: "query AdministrationRegistry($after: String) {\n  registeredOrganisations(first: 20, after: $after) {\n    edges {\n      node {\n        ...RegisteredInWords\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment RegisteredInWords on RegisteredOrganisation {\n  organisation {\n    ...OrganisationInWords\n  }\n  mayIssue {\n    type\n    from\n    until\n  }\n  mayCheck\n  contact {\n    team\n    mail\n    phone\n  }\n  certificateEndsAt\n  changedAt\n}\n" };
export const administrationRegistryChange: Operation<AdministrationRegistryChangeQuery, AdministrationRegistryChangeQueryVariables> = { name: "AdministrationRegistryChange", kind: 'query', documentId: 'sha256:57c7da1f56628e6374f878a13d1d6ba46c329f46bbf49598085b668d2495ab53', text: "query AdministrationRegistryChange($id: ID!) {\n  registryChange(id: $id) {\n    ...RegistryChangeInList\n    issuesUntil\n    proposedFor {\n      ...OrganisationInWords\n    }\n    decidedAt\n    decidedFor {\n      ...OrganisationInWords\n    }\n    lines {\n      ...RegistryLineInWords\n    }\n    effect {\n      ...RegistryEffectInWords\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment RegistryChangeInList on RegistryChange {\n  id\n  organisation {\n    ...OrganisationInWords\n  }\n  state\n  reason\n  proposedAt\n  isMine\n  mayApprove\n  needsKeeper\n}\n\nfragment RegistryEffectInWords on RegistryChangeEffect {\n  credentialsInForce\n  offersOpen\n  requestsOpen\n}\n\nfragment RegistryLineInWords on RegistryChangeLine {\n  what\n  credentialType\n  before\n  after\n}\n" };
export const administrationRegistryChanges: Operation<AdministrationRegistryChangesQuery, AdministrationRegistryChangesQueryVariables> = { name: "AdministrationRegistryChanges", kind: 'query', documentId: 'sha256:c597c587ccb98252a5d3b01ac0f1e08c09ad6dc62f40568e7080e1705685c119', text: "query AdministrationRegistryChanges($after: String) {\n  registryChanges(first: 20, after: $after) {\n    edges {\n      node {\n        ...RegistryChangeInList\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment RegistryChangeInList on RegistryChange {\n  id\n  organisation {\n    ...OrganisationInWords\n  }\n  state\n  reason\n  proposedAt\n  isMine\n  mayApprove\n  needsKeeper\n}\n" };
export const administrationRegistryDryRun: Operation<AdministrationRegistryDryRunQuery, AdministrationRegistryDryRunQueryVariables> = { name: "AdministrationRegistryDryRun", kind: 'query', documentId: 'sha256:5c06073469f95119fc256a4c8dbae6be6c4ae015506f0f6934575d975c1476ad', text: "query AdministrationRegistryDryRun($wanted: RegistryWantedInput!) {\n  registryDryRun(wanted: $wanted) {\n    lines {\n      ...RegistryLineInWords\n    }\n    effect {\n      ...RegistryEffectInWords\n    }\n    needsKeeper\n    errors {\n      code\n      path\n      rule\n    }\n  }\n}\n\nfragment RegistryEffectInWords on RegistryChangeEffect {\n  credentialsInForce\n  offersOpen\n  requestsOpen\n}\n\nfragment RegistryLineInWords on RegistryChangeLine {\n  what\n  credentialType\n  before\n  after\n}\n" };
export const administrationRegistryEntry: Operation<AdministrationRegistryEntryQuery, AdministrationRegistryEntryQueryVariables> = { name: "AdministrationRegistryEntry", kind: 'query', documentId: 'sha256:0239ee0cad63e425e12cb00f165d4fd82981ad3a97a9b7d2e8370187eaca225e', text: "query AdministrationRegistryEntry($odsCode: ID!) {\n  registeredOrganisation(odsCode: $odsCode) {\n    ...RegisteredInWords\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment RegisteredInWords on RegisteredOrganisation {\n  organisation {\n    ...OrganisationInWords\n  }\n  mayIssue {\n    type\n    from\n    until\n  }\n  mayCheck\n  contact {\n    team\n    mail\n    phone\n  }\n  certificateEndsAt\n  changedAt\n}\n" };
export const administrationSearch: Operation<AdministrationSearchQuery, AdministrationSearchQueryVariables> = { name: "AdministrationSearch", kind: 'query', documentId: 'sha256:86fba9eed69629ee6af75105b73368333a30aae1cd8904f57a6d4a6156f338c3', text: "query AdministrationSearch($text: String!, $after: String) {\n  staffSearch(text: $text, first: 20, after: $after) {\n    edges {\n      node {\n        ...PersonInWords\n        assignments {\n          primary\n          positionTitle\n        }\n        registrations {\n          body\n          number\n        }\n        employments {\n          employeeNumber\n        }\n        mailboxes {\n          mail\n        }\n        passport {\n          status\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    found\n    truncated\n  }\n}\n\nfragment PersonInWords on StaffMember {\n  id\n  name {\n    title\n    given\n    family\n  }\n}\n" };
export const administrationStop: Operation<AdministrationStopQuery, AdministrationStopQueryVariables> = { name: "AdministrationStop", kind: 'query', documentId: 'sha256:8d2ae5ba0bd59dea6f59406dfce09bee6dfb60b8bd9b706b1673bce12f93114a', text: "query AdministrationStop($id: ID!) {\n  passportStop(id: $id) {\n    ...StopInList\n    reason\n    note\n    expiresAt\n    decidedAt\n    stopped\n    review\n    decidedBy {\n      ...PersonInWords\n    }\n    reviewedBy {\n      ...PersonInWords\n    }\n    credentials {\n      ...StoppedCredential\n    }\n  }\n}\n\nfragment PersonInWords on StaffMember {\n  id\n  name {\n    title\n    given\n    family\n  }\n}\n\nfragment StopInList on PassportStop {\n  id\n  state\n  urgent\n  requestedAt\n  reviewDueAt\n  reviewedAt\n  staff {\n    ...PersonInWords\n  }\n  credential {\n    type\n  }\n  requestedBy {\n    ...PersonInWords\n  }\n}\n\nfragment StoppedCredential on Credential {\n  id\n  type\n  state\n  lastStatusChangeAt\n  statusListUri\n  statusIndex\n}\n" };
export const administrationStopFollowed: Operation<AdministrationStopFollowedSubscription, AdministrationStopFollowedSubscriptionVariables> = { name: "AdministrationStopFollowed", kind: 'subscription', documentId: 'sha256:0acc60728b47ea8935626705bd90fdc98b02573172c31a257df9aba8e5e3b4bd', text: "subscription AdministrationStopFollowed($id: ID!) {\n  passportStopUpdated(id: $id) {\n    id\n    state\n    urgent\n    decidedAt\n    credential {\n      id\n    }\n    credentials {\n      ...StoppedCredential\n    }\n  }\n}\n\nfragment StoppedCredential on Credential {\n  id\n  type\n  state\n  lastStatusChangeAt\n  statusListUri\n  statusIndex\n}\n" };
export const administrationStopOutlook: Operation<AdministrationStopOutlookQuery, AdministrationStopOutlookQueryVariables> = { name: "AdministrationStopOutlook", kind: 'query', documentId: 'sha256:ced4964ebcf34fa7fd7f5da1c85894b4a796261de6f63b11b6027c75239dc7fd', text: "query AdministrationStopOutlook($staffId: ID!, $credentialId: ID) {\n  passportStopOutlook(staffId: $staffId, credentialId: $credentialId) {\n    credentials\n    shownTo\n    days\n    keptBy\n    openRequests\n    placedAt\n  }\n}\n" };
export const administrationStops: Operation<AdministrationStopsQuery, AdministrationStopsQueryVariables> = { name: "AdministrationStops", kind: 'query', documentId: 'sha256:7775ee1aa4a5509e88bd4b964a58cedc3cf44c6d8bcbfe7f9f8936505afe0a0d', text: "query AdministrationStops($after: String) {\n  passportStops(group: SETTLED, first: 20, after: $after) {\n    edges {\n      node {\n        ...StopInList\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nfragment PersonInWords on StaffMember {\n  id\n  name {\n    title\n    given\n    family\n  }\n}\n\nfragment StopInList on PassportStop {\n  id\n  state\n  urgent\n  requestedAt\n  reviewDueAt\n  reviewedAt\n  staff {\n    ...PersonInWords\n  }\n  credential {\n    type\n  }\n  requestedBy {\n    ...PersonInWords\n  }\n}\n" };
export const administrationWaitingStops: Operation<AdministrationWaitingStopsQuery, AdministrationWaitingStopsQueryVariables> = { name: "AdministrationWaitingStops", kind: 'query', documentId: 'sha256:22ea2b4f96186be343ce998dd11e53d8248750c87980b50a7a6395cd50741c20', text: "query AdministrationWaitingStops {\n  passportStops(group: WAITING, first: 100) {\n    edges {\n      node {\n        id\n        staff {\n          id\n        }\n      }\n    }\n  }\n}\n" };
export const approveHold: Operation<ApproveHoldMutation, ApproveHoldMutationVariables> = { name: "ApproveHold", kind: 'mutation', documentId: 'sha256:f3a77292d04b3043fc13ff324d6a26d2d839f174913be755c45317920efe852e', text: "mutation ApproveHold($input: StaffEventHoldApproveInput!) {\n  staffEventHoldApprove(input: $input) {\n    hold {\n      id\n      releasedAt\n    }\n    errors {\n      code\n    }\n  }\n}\n" };
export const approveMatch: Operation<ApproveMatchMutation, ApproveMatchMutationVariables> = { name: "ApproveMatch", kind: 'mutation', documentId: 'sha256:0d99d198487a08b9f4acf1f06d317bc2c34e7478eaba649b0ebdd805026887f9', text: "mutation ApproveMatch($input: MatchingCaseApproveInput!) {\n  matchingCaseApprove(input: $input) {\n    matchingCase {\n      id\n      state\n    }\n    errors {\n      code\n    }\n  }\n}\n" };
export const approveRegistryChange: Operation<ApproveRegistryChangeMutation, ApproveRegistryChangeMutationVariables> = { name: "ApproveRegistryChange", kind: 'mutation', documentId: 'sha256:47ecb98a79456c53d1bd21b953bf1bb4b5e7fc46634e69a7bbe67a7cb10e0bc6', text: "mutation ApproveRegistryChange($input: RegistryChangeDecisionInput!) {\n  registryChangeApprove(input: $input) {\n    change {\n      id\n    }\n    errors {\n      code\n      path\n      rule\n    }\n  }\n}\n" };
export const approveStop: Operation<ApproveStopMutation, ApproveStopMutationVariables> = { name: "ApproveStop", kind: 'mutation', documentId: 'sha256:d70176b861d15f297551a3cb87f8d178d1f3910e121fd44513d05b072b8392a1', text: "mutation ApproveStop($input: PassportStopDecisionInput!) {\n  passportStopApprove(input: $input) {\n    stop {\n      id\n    }\n    errors {\n      code\n      rule\n    }\n  }\n}\n" };
export const askForDeletion: Operation<AskForDeletionMutation, AskForDeletionMutationVariables> = { name: "AskForDeletion", kind: 'mutation', documentId: 'sha256:5bccd4a1d521eb34d09233ddab6da7d9383b03d458a42057eb1f1d0744b867f5', text: "mutation AskForDeletion($input: DeletionRequestInput!) {\n  deletionRequest(input: $input) {\n    errors {\n      code\n    }\n  }\n}\n" };
export const askForStop: Operation<AskForStopMutation, AskForStopMutationVariables> = { name: "AskForStop", kind: 'mutation', documentId: 'sha256:f15b4ed4242d6a90aa468de4bd1be3b88d94772ee4f80f5811964da3485d57bb', text: "mutation AskForStop($input: PassportStopRequestInput!) {\n  passportStopRequest(input: $input) {\n    stop {\n      id\n    }\n    errors {\n      code\n      rule\n    }\n  }\n}\n" };
export const changeReceiverSecret: Operation<ChangeReceiverSecretMutation, ChangeReceiverSecretMutationVariables> = { name: "ChangeReceiverSecret", kind: 'mutation', documentId: 'sha256:7f28715aedae1cad13a0aa8b46c590d41a7a73b7fefaa03c1380b0389e8da4e1', text: "mutation ChangeReceiverSecret($input: SignalReceiverSecretChangeInput!) {\n  signalReceiverSecretChange(input: $input) {\n    secret\n    receiver {\n      id\n      url\n    }\n    errors {\n      code\n    }\n  }\n}\n" };
export const confirmAbsences: Operation<ConfirmAbsencesMutation, ConfirmAbsencesMutationVariables> = { name: "ConfirmAbsences", kind: 'mutation', documentId: 'sha256:54ed6328dd858949bb9c0b4f39435781b4842ef84058c9519a3c94a59ea6c704', text: "mutation ConfirmAbsences($input: StaffImportConfirmAbsencesInput!) {\n  staffImportConfirmAbsences(input: $input) {\n    ended\n    errors {\n      code\n    }\n  }\n}\n" };
export const consentToShare: Operation<ConsentToShareMutation, ConsentToShareMutationVariables> = { name: "ConsentToShare", kind: 'mutation', documentId: 'sha256:42b8d287d16fe6bcd96a24f3c7e1644611b7ec9e5a4b0c14407f93fc0e9563cf', text: "mutation ConsentToShare($input: SharingConsentInput!) {\n  sharingConsent(input: $input) {\n    expiresAt\n    errors {\n      code\n    }\n  }\n}\n" };
export const decideMatch: Operation<DecideMatchMutation, DecideMatchMutationVariables> = { name: "DecideMatch", kind: 'mutation', documentId: 'sha256:77df9d01ed78000fde4da55847f24ad1fbd8abca45fba63fe69b66d83a09a469', text: "mutation DecideMatch($input: MatchingCaseDecideInput!) {\n  matchingCaseDecide(input: $input) {\n    matchingCase {\n      id\n      state\n    }\n    errors {\n      code\n    }\n  }\n}\n" };
export const draftPolicy: Operation<DraftPolicyMutation, DraftPolicyMutationVariables> = { name: "DraftPolicy", kind: 'mutation', documentId: 'sha256:e61f761708bff0bed987850d98e3019c5fbc1d6093110f70736d13a286fb9b19', text: "mutation DraftPolicy($input: CheckPolicyDraftInput!) {\n  checkPolicyDraft(input: $input) {\n    policy {\n      id\n    }\n    errors {\n      code\n      path\n    }\n  }\n}\n" };
export const endAgreement: Operation<EndAgreementMutation, EndAgreementMutationVariables> = { name: "EndAgreement", kind: 'mutation', documentId: 'sha256:1ebfafed60e6673d407cbd24fc49508ec48bea4958c3ea07bae4974938d595a3', text: "mutation EndAgreement($input: AgreementDecisionInput!) {\n  agreementEnd(input: $input) {\n    agreement {\n      id\n      state\n    }\n    errors {\n      code\n    }\n  }\n}\n" };
export const endEarlierPassport: Operation<EndEarlierPassportMutation, EndEarlierPassportMutationVariables> = { name: "EndEarlierPassport", kind: 'mutation', documentId: 'sha256:333eaf7689224cc0ab1a2b85fac43ebe974a77fa2e59bc2d94c342007e3484af', text: "mutation EndEarlierPassport($input: PassportEarlierEndInput!) {\n  passportEarlierEnd(input: $input) {\n    ended\n    errors {\n      code\n    }\n  }\n}\n" };
export const endReceiver: Operation<EndReceiverMutation, EndReceiverMutationVariables> = { name: "EndReceiver", kind: 'mutation', documentId: 'sha256:18611bce9f7b95d2145699409dd90387ba247d79347436ac335f64a090adfd42', text: "mutation EndReceiver($input: SignalReceiverEndInput!) {\n  signalReceiverEnd(input: $input) {\n    receiver {\n      id\n    }\n    errors {\n      code\n    }\n  }\n}\n" };
export const hrAsk: Operation<HrAskMutation, HrAskMutationVariables> = { name: "HrAsk", kind: 'mutation', documentId: 'sha256:6016332abb4f78a28f0d672dd907cc10d7aaa35e58ca1b1f37b8b8604cec9964', text: "mutation HrAsk($input: PresentationRequestInput!) {\n  presentationRequest(input: $input) {\n    request {\n      id\n    }\n    errors {\n      code\n      path\n    }\n  }\n}\n" };
export const hrAskList: Operation<HrAskListMutation, HrAskListMutationVariables> = { name: "HrAskList", kind: 'mutation', documentId: 'sha256:4b2853b41c45419e8f339e596a051ff2c49086668f3d8e8e045cc19e2db4a5fa', text: "mutation HrAskList($input: PresentationListRequestInput!) {\n  presentationListRequest(input: $input) {\n    listId\n    errors {\n      code\n      path\n    }\n  }\n}\n" };
export const hrCheckBypass: Operation<HrCheckBypassMutation, HrCheckBypassMutationVariables> = { name: "HrCheckBypass", kind: 'mutation', documentId: 'sha256:a0766e768b46c14d80939120a6d9766ba16b2accb63ead7755c99d25ce416fad', text: "mutation HrCheckBypass($input: EmploymentCheckBypassInput!) {\n  employmentCheckBypass(input: $input) {\n    decision {\n      id\n    }\n    errors {\n      code\n      path\n    }\n  }\n}\n" };
export const hrCheckRecord: Operation<HrCheckRecordMutation, HrCheckRecordMutationVariables> = { name: "HrCheckRecord", kind: 'mutation', documentId: 'sha256:5091ac96411e514571cc326fa6494754586f6c06eb52a682e1b1d022f027b474', text: "mutation HrCheckRecord($input: EmploymentCheckRecordInput!) {\n  employmentCheckRecord(input: $input) {\n    decision {\n      id\n    }\n    errors {\n      code\n      path\n    }\n  }\n}\n" };
export const hrCheckWithdraw: Operation<HrCheckWithdrawMutation, HrCheckWithdrawMutationVariables> = { name: "HrCheckWithdraw", kind: 'mutation', documentId: 'sha256:5d75e080da243968e5255bf6309c37c83453c13a57300286f65b04232fac63ba', text: "mutation HrCheckWithdraw($input: EmploymentCheckWithdrawInput!) {\n  employmentCheckWithdraw(input: $input) {\n    errors {\n      code\n      path\n    }\n  }\n}\n" };
export const hrChecks: Operation<HrChecksQuery, HrChecksQueryVariables> = { name: "HrChecks", kind: 'query', documentId: 'sha256:acabe644464275559268774398990b9af5beddb896d5dfd084f4bc58058b45fb', text: "query HrChecks($presentationId: ID!) {\n  employmentChecks(by: {presentationId: $presentationId}) {\n    holder {\n      id\n    }\n    policy {\n      version\n    }\n    staffGroup\n    checkedAt\n    complete\n    missing\n    checks {\n      ...HrCheck\n    }\n    training {\n      subject\n      outcome\n      endsOn\n    }\n  }\n}\n\nfragment HrCheck on EmploymentCheckResult {\n  check\n  outcome\n  reasons\n  endsOn\n  settled\n  assurance {\n    name\n    standard\n    outcome\n    method\n    at\n    organisation {\n      odsCode\n      name\n    }\n  }\n  evidence {\n    presentationId\n    type\n    outcome\n    issuedAt\n    expiresAt\n    issuer {\n      odsCode\n      name\n    }\n  }\n  register {\n    body\n    number\n    status\n    expiresOn\n    readAt\n  }\n  checkedLocally {\n    ...HrDecision\n  }\n  originalsSeen {\n    ...HrDecision\n  }\n  bypass {\n    ...HrDecision\n  }\n}\n\nfragment HrDecision on EmploymentCheckDecision {\n  id\n  kind\n  outcome\n  reason\n  endsOn\n  decidedBy\n  decidedAt\n}\n" };
export const hrClose: Operation<HrCloseMutation, HrCloseMutationVariables> = { name: "HrClose", kind: 'mutation', documentId: 'sha256:af9a2338bc64be459f2c1a1e9ff884276f41606fe28e46b44d9ccde60e5e931a', text: "mutation HrClose($input: PresentationCloseInput!) {\n  presentationClose(input: $input) {\n    errors {\n      code\n    }\n  }\n}\n" };
export const hrListLines: Operation<HrListLinesQuery, HrListLinesQueryVariables> = { name: "HrListLines", kind: 'query', documentId: 'sha256:5f725cd5f96978bb32a482ee31eb306f81d7e526a1ac296fa7874324958016f6', text: "query HrListLines($listId: ID!, $after: String) {\n  presentationRequests(\n    group: ALL\n    listId: $listId\n    orderBy: {field: ASKED_AT, direction: ASC}\n    first: 100\n    after: $after\n  ) {\n    edges {\n      node {\n        id\n        state\n        reference\n        startsOn\n        link\n        expiresAt\n        closedAt\n        result {\n          outcome\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n" };
export const hrLists: Operation<HrListsQuery, HrListsQueryVariables> = { name: "HrLists", kind: 'query', documentId: 'sha256:b13553e2bdaf5b6730b37a02897105f5c568b2721a929d0d116914c87a3a800c', text: "query HrLists {\n  presentationLists {\n    id\n    createdAt\n    requests\n  }\n}\n" };
export const hrOffer: Operation<HrOfferMutation, HrOfferMutationVariables> = { name: "HrOffer", kind: 'mutation', documentId: 'sha256:bba30176d9568ec045791bb2f50e0a6de0918ffcf349229e8ccfca7b84fc16af', text: "mutation HrOffer($input: CredentialOfferInput!) {\n  credentialOffer(input: $input) {\n    offer {\n      id\n      uri\n      transactionCode\n      expiresAt\n      deferred\n    }\n    errors {\n      code\n      path\n    }\n  }\n}\n" };
export const hrRecord: Operation<HrRecordQuery, HrRecordQueryVariables> = { name: "HrRecord", kind: 'query', documentId: 'sha256:3e86b7022b3a7803ec8c6df6d7b4d3312bc03060a6d2002bd3271df85c64138c', text: "query HrRecord($by: StaffBy!) {\n  staff(by: $by) {\n    id\n    name {\n      title\n      given\n      family\n    }\n    registrations {\n      number\n    }\n    assignments {\n      positionTitle\n      jobRole\n      staffGroup\n    }\n  }\n}\n" };
export const hrRequest: Operation<HrRequestQuery, HrRequestQueryVariables> = { name: "HrRequest", kind: 'query', documentId: 'sha256:d40659c76b3c78c2c6b37150f7b721f64ae41798b640be4fe21959f77ee77207', text: "query HrRequest($id: ID!) {\n  presentation(id: $id) {\n    id\n    state\n    template\n    reference\n    startsOn\n    purpose\n    link\n    createdAt\n    expiresAt\n    answeredAt\n    closedAt\n    listId\n    result {\n      outcome\n      checkedAt\n      holder {\n        id\n      }\n      credentials {\n        queryId\n        outcome\n        type\n        issuer {\n          odsCode\n          name\n        }\n        statusAsOf\n        disclosed\n        claims\n        checks {\n          name\n          outcome\n          code\n        }\n      }\n      checks {\n        name\n        outcome\n        code\n      }\n    }\n  }\n}\n" };
export const hrRequestState: Operation<HrRequestStateQuery, HrRequestStateQueryVariables> = { name: "HrRequestState", kind: 'query', documentId: 'sha256:47f7707eccac298ec756ba67027527713d96697c53958c3707d81fadb928af72', text: "query HrRequestState($id: ID!) {\n  presentation(id: $id) {\n    state\n  }\n}\n" };
export const hrRequests: Operation<HrRequestsQuery, HrRequestsQueryVariables> = { name: "HrRequests", kind: 'query', documentId: 'sha256:c06290d731704369e16baff7efa8f7b43319a26ddbccbea559b4330ef1b61b63', text: "query HrRequests($group: PresentationGroup!, $listId: ID, $reference: String, $orderBy: PresentationOrder, $after: String) {\n  presentationRequests(\n    group: $group\n    listId: $listId\n    reference: $reference\n    orderBy: $orderBy\n    first: 20\n    after: $after\n  ) {\n    edges {\n      node {\n        id\n        state\n        template\n        reference\n        startsOn\n        createdAt\n        result {\n          outcome\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n  toDo: presentationRequests(\n    group: TO_DO\n    listId: $listId\n    reference: $reference\n    first: 1\n  ) {\n    totalCount\n  }\n  open: presentationRequests(\n    group: OPEN\n    listId: $listId\n    reference: $reference\n    first: 1\n  ) {\n    totalCount\n  }\n  done: presentationRequests(\n    group: DONE\n    listId: $listId\n    reference: $reference\n    first: 1\n  ) {\n    totalCount\n  }\n  answered: presentationRequests(\n    group: ANSWERED\n    listId: $listId\n    reference: $reference\n    first: 1\n  ) {\n    totalCount\n  }\n}\n" };
export const hrStaff: Operation<HrStaffQuery, HrStaffQueryVariables> = { name: "HrStaff", kind: 'query', documentId: 'sha256:5d66e761618e2f6d90d9d58ebf0f8021bfd89179f2b5dd5e884f4c31fbb29f1f', text: "query HrStaff($id: ID!) {\n  staff(by: {id: $id}) {\n    id\n    name {\n      title\n      given\n      family\n    }\n    passport {\n      id\n      status\n      credentials(first: 50) {\n        edges {\n          node {\n            id\n            type\n            state\n            issuedAt\n            expiresAt\n          }\n        }\n      }\n      offers {\n        id\n        state\n        types\n        createdAt\n        expiresAt\n      }\n    }\n  }\n}\n" };
export const hrStaffSearch: Operation<HrStaffSearchQuery, HrStaffSearchQueryVariables> = { name: "HrStaffSearch", kind: 'query', documentId: 'sha256:360d03d42f8c091f42acb0e6d9f71722c5218a1bf8ee8189db4fba28c84bbb59', text: "query HrStaffSearch($text: String!, $odsCode: ID, $after: String) {\n  staffSearch(text: $text, odsCode: $odsCode, first: 20, after: $after) {\n    edges {\n      node {\n        id\n        name {\n          title\n          given\n          family\n        }\n        assignments {\n          jobRole\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    found\n    truncated\n  }\n}\n" };
export const importPolicies: Operation<ImportPoliciesMutation, ImportPoliciesMutationVariables> = { name: "ImportPolicies", kind: 'mutation', documentId: 'sha256:43ac9549649f9faa06a9e6719c08c74371f8f78e1f4a978c3c9159f7450bd815', text: "mutation ImportPolicies($input: CheckPolicyImportInput!) {\n  checkPolicyImport(input: $input) {\n    policies {\n      id\n    }\n    errors {\n      code\n    }\n  }\n}\n" };
export const nameOfOrganisation: Operation<NameOfOrganisationQuery, NameOfOrganisationQueryVariables> = { name: "NameOfOrganisation", kind: 'query', documentId: 'sha256:870162fa5aa587410562ffe741301e5eb1c0c29c354a558cd68f949800b92b5e', text: "query NameOfOrganisation($odsCode: ID!) {\n  organisation(odsCode: $odsCode) {\n    ...OrganisationInWords\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n" };
export const organisationName: Operation<OrganisationNameQuery, OrganisationNameQueryVariables> = { name: "OrganisationName", kind: 'query', documentId: 'sha256:d723c8bf27528adde22a4f751c4812e0b563a62bab925fbb09372c44b2e696b3', text: "query OrganisationName($odsCode: ID!) {\n  organisation(odsCode: $odsCode) {\n    odsCode\n    name\n  }\n}\n" };
export const pauseCredential: Operation<PauseCredentialMutation, PauseCredentialMutationVariables> = { name: "PauseCredential", kind: 'mutation', documentId: 'sha256:d2f142543570c45c82fb0e7ffffd7c171e239123257f20f4fc3b63723d0045ee', text: "mutation PauseCredential($input: CredentialStatusInput!) {\n  credentialSuspend(input: $input) {\n    credential {\n      id\n      state\n    }\n    errors {\n      code\n      message\n    }\n  }\n}\n" };
export const pausePassport: Operation<PausePassportMutation, PausePassportMutationVariables> = { name: "PausePassport", kind: 'mutation', documentId: 'sha256:ba589e109fae9d7503281e8a955c075d073fb9cd83815db696dd19c9a332198f', text: "mutation PausePassport($input: PassportPauseInput!) {\n  passportPause(input: $input) {\n    paused\n    errors {\n      code\n    }\n  }\n}\n" };
export const proposeAgreement: Operation<ProposeAgreementMutation, ProposeAgreementMutationVariables> = { name: "ProposeAgreement", kind: 'mutation', documentId: 'sha256:68c67fd2e9257dbfdd6f0a5eed3d91696b18e45146152ddcc1fb4f3497747aae', text: "mutation ProposeAgreement($input: AgreementProposeInput!) {\n  agreementPropose(input: $input) {\n    agreement {\n      id\n    }\n    errors {\n      code\n      path\n    }\n  }\n}\n" };
export const proposeRegistryChange: Operation<ProposeRegistryChangeMutation, ProposeRegistryChangeMutationVariables> = { name: "ProposeRegistryChange", kind: 'mutation', documentId: 'sha256:2158c43c8c078e321a209b1616c9d3c99731f0c937481571578b232ad6af52b4', text: "mutation ProposeRegistryChange($input: RegistryChangeProposeInput!) {\n  registryChangePropose(input: $input) {\n    change {\n      id\n    }\n    errors {\n      code\n      path\n      rule\n    }\n  }\n}\n" };
export const refuseStop: Operation<RefuseStopMutation, RefuseStopMutationVariables> = { name: "RefuseStop", kind: 'mutation', documentId: 'sha256:19a5bacac0802dedcc11da5aa05d1feb4bf5e8d13c13252cc684b9fed32c6b13', text: "mutation RefuseStop($input: PassportStopDecisionInput!) {\n  passportStopRefuse(input: $input) {\n    stop {\n      id\n      state\n    }\n    errors {\n      code\n      rule\n    }\n  }\n}\n" };
export const refuseToShare: Operation<RefuseToShareMutation, RefuseToShareMutationVariables> = { name: "RefuseToShare", kind: 'mutation', documentId: 'sha256:7b7210c10d690f9c98670ea67b68946d491e71dde19d7628964415b3d57dd851', text: "mutation RefuseToShare($input: PresentationRefuseInput!) {\n  presentationRefuse(input: $input) {\n    errors {\n      code\n    }\n  }\n}\n" };
export const registerReceiver: Operation<RegisterReceiverMutation, RegisterReceiverMutationVariables> = { name: "RegisterReceiver", kind: 'mutation', documentId: 'sha256:57ebe0c5c7692819cee86a1a4d09668c4640c18d6e72e9972abfcd6c903c02a1', text: "mutation RegisterReceiver($input: SignalReceiverRegisterInput!) {\n  signalReceiverRegister(input: $input) {\n    secret\n    receiver {\n      id\n      url\n    }\n    errors {\n      code\n      path\n    }\n  }\n}\n" };
export const reinstateCredential: Operation<ReinstateCredentialMutation, ReinstateCredentialMutationVariables> = { name: "ReinstateCredential", kind: 'mutation', documentId: 'sha256:b03d7602c8cd7fd4095f7e66b1e8e3704043c73ea15272a9c69b9e7600d94246', text: "mutation ReinstateCredential($input: CredentialStatusInput!) {\n  credentialReinstate(input: $input) {\n    credential {\n      id\n      state\n    }\n    errors {\n      code\n      message\n    }\n  }\n}\n" };
export const reofferPassport: Operation<ReofferPassportMutation, ReofferPassportMutationVariables> = { name: "ReofferPassport", kind: 'mutation', documentId: 'sha256:b3e3911f093b72cfa9316d14680bf4055133650c9d853614338c4c3171f193cc', text: "mutation ReofferPassport($input: PassportReofferInput!) {\n  passportReoffer(input: $input) {\n    offers {\n      id\n      types\n      uri\n      transactionCode\n      expiresAt\n      issuer {\n        ...OrganisationInWords\n      }\n    }\n    notOffered {\n      type\n      issuer {\n        ...OrganisationInWords\n      }\n    }\n    errors {\n      code\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n" };
export const replayReceiver: Operation<ReplayReceiverMutation, ReplayReceiverMutationVariables> = { name: "ReplayReceiver", kind: 'mutation', documentId: 'sha256:bbe3ac6a477833588e7d3cd5cf254215705c4837f3a1c44bca136e67d869bddd', text: "mutation ReplayReceiver($input: SignalReceiverReplayInput!) {\n  signalReceiverReplay(input: $input) {\n    receiver {\n      id\n    }\n    errors {\n      code\n    }\n  }\n}\n" };
export const reportRequester: Operation<ReportRequesterMutation, ReportRequesterMutationVariables> = { name: "ReportRequester", kind: 'mutation', documentId: 'sha256:0e72bb59ddfc85765dc5824ed2c08d97fbf1356b857ca191a0c5564bc1a4aaca', text: "mutation ReportRequester($input: RequesterReportInput!) {\n  requesterReport(input: $input) {\n    errors {\n      code\n    }\n  }\n}\n" };
export const reviewStop: Operation<ReviewStopMutation, ReviewStopMutationVariables> = { name: "ReviewStop", kind: 'mutation', documentId: 'sha256:33d7261dedcc164815628028170a34c4f7115df7e4a73af1554f4d678047b664', text: "mutation ReviewStop($input: PassportStopReviewInput!) {\n  passportStopReview(input: $input) {\n    stop {\n      id\n    }\n    errors {\n      code\n      rule\n    }\n  }\n}\n" };
export const rotateKey: Operation<RotateKeyMutation, RotateKeyMutationVariables> = { name: "RotateKey", kind: 'mutation', documentId: 'sha256:a50b30ef2537adcfd4252f2104ff02af0818ff72702c20aa6de37494d1bd9b28', text: "mutation RotateKey($input: IssuerKeyRotateInput!) {\n  issuerKeyRotate(input: $input) {\n    key {\n      id\n      signsFrom\n    }\n    errors {\n      code\n      path\n    }\n  }\n}\n" };
export const staffAccessLog: Operation<StaffAccessLogQuery, StaffAccessLogQueryVariables> = { name: "StaffAccessLog", kind: 'query', documentId: 'sha256:9d53ff655740cd1aaa8f5803dc42df13734e9dc1f1dd6f04981cd61a0d1964c6', text: "query StaffAccessLog($after: String) {\n  me {\n    id\n    accessLog(first: 20, after: $after) {\n      edges {\n        node {\n          at\n          actorName\n          purpose\n          fields\n          flags\n          actorOrganisation {\n            ...OrganisationInWords\n          }\n          actorContact {\n            team\n            mail\n            phone\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n" };
export const staffOffers: Operation<StaffOffersQuery, StaffOffersQueryVariables> = { name: "StaffOffers", kind: 'query', documentId: 'sha256:7595f35e985810817dbedc49228b47b1c5ee4e38c603db8a8d679ac688991eed', text: "query StaffOffers {\n  me {\n    id\n    passport {\n      id\n      offers {\n        ...OwnOffer\n      }\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment OwnOffer on CredentialOffer {\n  id\n  types\n  state\n  expiresAt\n  issuer {\n    ...OrganisationInWords\n  }\n}\n" };
export const staffPassport: Operation<StaffPassportQuery, StaffPassportQueryVariables> = { name: "StaffPassport", kind: 'query', documentId: 'sha256:95acbae4f1a307f8bbcb3e6981c29a292cd17fa2b4d4728c8c9ca10a80a2c080', text: "query StaffPassport {\n  me {\n    id\n    name {\n      title\n      given\n      family\n    }\n    assignments {\n      primary\n      positionTitle\n      employer {\n        ...OrganisationInWords\n      }\n    }\n    registrations {\n      body\n      number\n    }\n    passport {\n      id\n      credentials(first: 100) {\n        edges {\n          node {\n            ...OwnCredential\n          }\n        }\n      }\n      offers {\n        ...OwnOffer\n      }\n    }\n    sharing(first: 10) {\n      edges {\n        node {\n          id\n          state\n          purpose\n          expiresAt\n          requester {\n            ...OrganisationInWords\n          }\n        }\n      }\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment OwnCredential on Credential {\n  id\n  type\n  state\n  reason\n  issuedAt\n  expiresAt\n  lastStatusChangeAt\n  issuer {\n    ...OrganisationInWords\n  }\n}\n\nfragment OwnOffer on CredentialOffer {\n  id\n  types\n  state\n  expiresAt\n  issuer {\n    ...OrganisationInWords\n  }\n}\n" };
export const staffSharing: Operation<StaffSharingQuery, StaffSharingQueryVariables> = { name: "StaffSharing", kind: 'query', documentId: 'sha256:d7ecbc88650c048a09f1f8d21933ae407f7d180ff999a1040243832bea77c869', text: "query StaffSharing($after: String) {\n  me {\n    id\n    sharing(first: 20, after: $after) {\n      edges {\n        node {\n          ...Shared\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment Shared on SharedPresentation {\n  id\n  requestedBy\n  purpose\n  state\n  requestedAt\n  expiresAt\n  answeredAt\n  keptUntil\n  requester {\n    ...OrganisationInWords\n  }\n  shared {\n    type\n    claims\n    issuer {\n      ...OrganisationInWords\n    }\n  }\n  deletion {\n    state\n    askedAt\n    answerBy\n    answeredAt\n    reason\n  }\n  report {\n    reason\n    at\n  }\n}\n" };
export const takeImportAgain: Operation<TakeImportAgainMutation, TakeImportAgainMutationVariables> = { name: "TakeImportAgain", kind: 'mutation', documentId: 'sha256:81d6341893b721fa47d462308183cae2f32636a265995ffda1f8c474196a7e10', text: "mutation TakeImportAgain($input: StaffImportTakeAgainInput!) {\n  staffImportTakeAgain(input: $input) {\n    staffImport {\n      id\n    }\n    errors {\n      code\n      path\n      fault {\n        line\n        field\n        code\n      }\n    }\n  }\n}\n" };
export const testReceiver: Operation<TestReceiverMutation, TestReceiverMutationVariables> = { name: "TestReceiver", kind: 'mutation', documentId: 'sha256:7e6aae5f6cff31fdcef3f2cfd45145e185e0f796bf330d22f9f14d68dcdd0e4d', text: "mutation TestReceiver($input: SignalReceiverTestInput!) {\n  signalReceiverTest(input: $input) {\n    receiver {\n      id\n    }\n    errors {\n      code\n    }\n  }\n}\n" };
export const turnDownRegistryChange: Operation<TurnDownRegistryChangeMutation, TurnDownRegistryChangeMutationVariables> = { name: "TurnDownRegistryChange", kind: 'mutation', documentId: 'sha256:fe6ae6412e5ebc32b648ece74c5cb9f7042e5327ddc19dc5f8f47de16dd8a642', text: "mutation TurnDownRegistryChange($input: RegistryChangeDecisionInput!) {\n  registryChangeTurnDown(input: $input) {\n    change {\n      id\n    }\n    errors {\n      code\n      path\n      rule\n    }\n  }\n}\n" };
export const turnOffKey: Operation<TurnOffKeyMutation, TurnOffKeyMutationVariables> = { name: "TurnOffKey", kind: 'mutation', documentId: 'sha256:43c43281355fb5c15fc50219d0431f686167f8349be65b804aac4c795639999c', text: "mutation TurnOffKey($input: IssuerKeyTurnOffInput!) {\n  issuerKeyTurnOff(input: $input) {\n    key {\n      id\n    }\n    errors {\n      code\n      path\n      rule\n    }\n  }\n}\n" };
export const undoMatch: Operation<UndoMatchMutation, UndoMatchMutationVariables> = { name: "UndoMatch", kind: 'mutation', documentId: 'sha256:beb4217385acd48ca6c02cc1463e5f5d7bfd8b798b7e0422bcea0a462ccc4e66', text: "mutation UndoMatch($input: MatchingCaseUndoInput!) {\n  matchingCaseUndo(input: $input) {\n    matchingCase {\n      id\n      state\n    }\n    errors {\n      code\n    }\n  }\n}\n" };