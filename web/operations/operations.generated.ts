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

/** Where an offer stands. More may be added: keep a default. */
export type CredentialOfferState =
  | 'COLLECTED'
  /** Nobody can collect it any more; make another one */
  | 'DEAD'
  | 'EXPIRED'
  | 'OFFERED';

/** Where a credential stands. More may be added: keep a default. */
export type CredentialState =
  | 'ACTIVE'
  | 'EXPIRED'
  | 'ISSUING'
  | 'REVOKED'
  | 'SUSPENDED';

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

/** Stable codes, never renamed. More may be added: keep a default. */
export type ErrorCode =
  | 'ALREADY_ANSWERED'
  | 'EXPIRED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'INVALID_VALUE'
  /** Issuing is stopped for now: nobody gets a credential, whoever asks */
  | 'ISSUING_STOPPED'
  /** The organisation is not accredited for this type of credential */
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

/** Why an organisation keeps what it was asked to delete (UK GDPR, article 17(3)). More may be added: keep a default. */
export type KeptReason =
  /** It is needed for a legal claim */
  | 'LEGAL_CLAIM'
  /** A law obliges it to */
  | 'LEGAL_OBLIGATION'
  /** It is needed for public health */
  | 'PUBLIC_HEALTH';

/** Whose place was taken. */
export type PassportEarlierEndInput = {
  /** Makes a repeated call safe: what was stopped is not stopped again */
  readonly idempotencyKey: string;
  /** Offers from which newer credentials were collected; 20 at most */
  readonly offerIds: ReadonlyArray<string>;
};

/** A wish for offers of what the caller holds. */
export type PassportReofferInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
};

/** Which request to refuse. */
export type PresentationRefuseInput = {
  /** Makes a repeated call safe: the same key and input give the same answer for 24 hours */
  readonly idempotencyKey: string;
  readonly presentationId: string;
};

/** Professional regulators. More may be added: keep a default. */
export type RegistrationBody =
  | 'GDC'
  | 'GMC'
  | 'GPHC'
  | 'HCPC'
  | 'NMC'
  | 'SWE';

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


export type StaffAccessLogQuery = { readonly me: { readonly id: string, readonly accessLog: { readonly edges: ReadonlyArray<{ readonly node: { readonly at: string, readonly actorName: string, readonly purpose: string, readonly fields: ReadonlyArray<string>, readonly flags: ReadonlyArray<AccessLogFlag> | null, readonly actorOrganisation: { readonly odsCode: string, readonly name: string | null } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } | null };

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

export const askForDeletion: Operation<AskForDeletionMutation, AskForDeletionMutationVariables> = { name: "AskForDeletion", kind: 'mutation', documentId: 'sha256:5bccd4a1d521eb34d09233ddab6da7d9383b03d458a42057eb1f1d0744b867f5', text: "mutation AskForDeletion($input: DeletionRequestInput!) {\n  deletionRequest(input: $input) {\n    errors {\n      code\n    }\n  }\n}\n" };
export const consentToShare: Operation<ConsentToShareMutation, ConsentToShareMutationVariables> = { name: "ConsentToShare", kind: 'mutation', documentId: 'sha256:42b8d287d16fe6bcd96a24f3c7e1644611b7ec9e5a4b0c14407f93fc0e9563cf', text: "mutation ConsentToShare($input: SharingConsentInput!) {\n  sharingConsent(input: $input) {\n    expiresAt\n    errors {\n      code\n    }\n  }\n}\n" };
export const endEarlierPassport: Operation<EndEarlierPassportMutation, EndEarlierPassportMutationVariables> = { name: "EndEarlierPassport", kind: 'mutation', documentId: 'sha256:333eaf7689224cc0ab1a2b85fac43ebe974a77fa2e59bc2d94c342007e3484af', text: "mutation EndEarlierPassport($input: PassportEarlierEndInput!) {\n  passportEarlierEnd(input: $input) {\n    ended\n    errors {\n      code\n    }\n  }\n}\n" };
export const nameOfOrganisation: Operation<NameOfOrganisationQuery, NameOfOrganisationQueryVariables> = { name: "NameOfOrganisation", kind: 'query', documentId: 'sha256:870162fa5aa587410562ffe741301e5eb1c0c29c354a558cd68f949800b92b5e', text: "query NameOfOrganisation($odsCode: ID!) {\n  organisation(odsCode: $odsCode) {\n    ...OrganisationInWords\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n" };
export const organisationName: Operation<OrganisationNameQuery, OrganisationNameQueryVariables> = { name: "OrganisationName", kind: 'query', documentId: 'sha256:d723c8bf27528adde22a4f751c4812e0b563a62bab925fbb09372c44b2e696b3', text: "query OrganisationName($odsCode: ID!) {\n  organisation(odsCode: $odsCode) {\n    odsCode\n    name\n  }\n}\n" };
export const refuseToShare: Operation<RefuseToShareMutation, RefuseToShareMutationVariables> = { name: "RefuseToShare", kind: 'mutation', documentId: 'sha256:7b7210c10d690f9c98670ea67b68946d491e71dde19d7628964415b3d57dd851', text: "mutation RefuseToShare($input: PresentationRefuseInput!) {\n  presentationRefuse(input: $input) {\n    errors {\n      code\n    }\n  }\n}\n" };
export const reofferPassport: Operation<ReofferPassportMutation, ReofferPassportMutationVariables> = { name: "ReofferPassport", kind: 'mutation', documentId: 'sha256:b3e3911f093b72cfa9316d14680bf4055133650c9d853614338c4c3171f193cc', text: "mutation ReofferPassport($input: PassportReofferInput!) {\n  passportReoffer(input: $input) {\n    offers {\n      id\n      types\n      uri\n      transactionCode\n      expiresAt\n      issuer {\n        ...OrganisationInWords\n      }\n    }\n    notOffered {\n      type\n      issuer {\n        ...OrganisationInWords\n      }\n    }\n    errors {\n      code\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n" };
export const reportRequester: Operation<ReportRequesterMutation, ReportRequesterMutationVariables> = { name: "ReportRequester", kind: 'mutation', documentId: 'sha256:0e72bb59ddfc85765dc5824ed2c08d97fbf1356b857ca191a0c5564bc1a4aaca', text: "mutation ReportRequester($input: RequesterReportInput!) {\n  requesterReport(input: $input) {\n    errors {\n      code\n    }\n  }\n}\n" };
export const staffAccessLog: Operation<StaffAccessLogQuery, StaffAccessLogQueryVariables> = { name: "StaffAccessLog", kind: 'query', documentId: 'sha256:4eb0bc6e1f985982d17e945125a818045b8671c53c0364928062618dca0cefd4', text: "query StaffAccessLog($after: String) {\n  me {\n    id\n    accessLog(first: 20, after: $after) {\n      edges {\n        node {\n          at\n          actorName\n          purpose\n          fields\n          flags\n          actorOrganisation {\n            ...OrganisationInWords\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n" };
export const staffOffers: Operation<StaffOffersQuery, StaffOffersQueryVariables> = { name: "StaffOffers", kind: 'query', documentId: 'sha256:7595f35e985810817dbedc49228b47b1c5ee4e38c603db8a8d679ac688991eed', text: "query StaffOffers {\n  me {\n    id\n    passport {\n      id\n      offers {\n        ...OwnOffer\n      }\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment OwnOffer on CredentialOffer {\n  id\n  types\n  state\n  expiresAt\n  issuer {\n    ...OrganisationInWords\n  }\n}\n" };
export const staffPassport: Operation<StaffPassportQuery, StaffPassportQueryVariables> = { name: "StaffPassport", kind: 'query', documentId: 'sha256:95acbae4f1a307f8bbcb3e6981c29a292cd17fa2b4d4728c8c9ca10a80a2c080', text: "query StaffPassport {\n  me {\n    id\n    name {\n      title\n      given\n      family\n    }\n    assignments {\n      primary\n      positionTitle\n      employer {\n        ...OrganisationInWords\n      }\n    }\n    registrations {\n      body\n      number\n    }\n    passport {\n      id\n      credentials(first: 100) {\n        edges {\n          node {\n            ...OwnCredential\n          }\n        }\n      }\n      offers {\n        ...OwnOffer\n      }\n    }\n    sharing(first: 10) {\n      edges {\n        node {\n          id\n          state\n          purpose\n          expiresAt\n          requester {\n            ...OrganisationInWords\n          }\n        }\n      }\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment OwnCredential on Credential {\n  id\n  type\n  state\n  reason\n  issuedAt\n  expiresAt\n  lastStatusChangeAt\n  issuer {\n    ...OrganisationInWords\n  }\n}\n\nfragment OwnOffer on CredentialOffer {\n  id\n  types\n  state\n  expiresAt\n  issuer {\n    ...OrganisationInWords\n  }\n}\n" };
export const staffSharing: Operation<StaffSharingQuery, StaffSharingQueryVariables> = { name: "StaffSharing", kind: 'query', documentId: 'sha256:d7ecbc88650c048a09f1f8d21933ae407f7d180ff999a1040243832bea77c869', text: "query StaffSharing($after: String) {\n  me {\n    id\n    sharing(first: 20, after: $after) {\n      edges {\n        node {\n          ...Shared\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\n\nfragment OrganisationInWords on Organisation {\n  odsCode\n  name\n}\n\nfragment Shared on SharedPresentation {\n  id\n  requestedBy\n  purpose\n  state\n  requestedAt\n  expiresAt\n  answeredAt\n  keptUntil\n  requester {\n    ...OrganisationInWords\n  }\n  shared {\n    type\n    claims\n    issuer {\n      ...OrganisationInWords\n    }\n  }\n  deletion {\n    state\n    askedAt\n    answerBy\n    answeredAt\n    reason\n  }\n  report {\n    reason\n    at\n  }\n}\n" };