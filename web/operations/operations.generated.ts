/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Operation } from '../domain/operation.ts';
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

/** Where a passport stands. More may be added: keep a default. */
export type PassportStatus =
  | 'ACTIVE'
  | 'EMPTY'
  | 'OFFERED';

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

export type StaffPassportQueryVariables = Exact<{ [key: string]: never; }>;


export type StaffPassportQuery = { readonly me: { readonly id: string, readonly name: { readonly title: string | null, readonly given: string | null, readonly family: string } | null, readonly passport: { readonly id: string, readonly status: PassportStatus, readonly credentials: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly type: CredentialType, readonly state: CredentialState, readonly reason: StatusReason | null, readonly expiresAt: string | null } }> }, readonly offers: ReadonlyArray<{ readonly id: string, readonly state: CredentialOfferState }> } | null } | null };

export const organisationName: Operation<OrganisationNameQuery, OrganisationNameQueryVariables> = { name: "OrganisationName", kind: 'query', documentId: 'sha256:d723c8bf27528adde22a4f751c4812e0b563a62bab925fbb09372c44b2e696b3', text: "query OrganisationName($odsCode: ID!) {\n  organisation(odsCode: $odsCode) {\n    odsCode\n    name\n  }\n}\n" };
export const staffPassport: Operation<StaffPassportQuery, StaffPassportQueryVariables> = { name: "StaffPassport", kind: 'query', documentId: 'sha256:4897b6d110b9f21ae81e49b9e8365899910742d54c0abc01b4d20c0d499778af', text: "query StaffPassport {\n  me {\n    id\n    name {\n      title\n      given\n      family\n    }\n    passport {\n      id\n      status\n      credentials(first: 50) {\n        edges {\n          node {\n            id\n            type\n            state\n            reason\n            expiresAt\n          }\n        }\n      }\n      offers {\n        id\n        state\n      }\n    }\n  }\n}\n" };