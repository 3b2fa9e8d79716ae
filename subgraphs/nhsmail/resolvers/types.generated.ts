import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { StaffMemberParent, IdentityLinkParent, MatchingCaseParent, EvidenceParent, NhsmailContext } from '../context.ts';
import type { DirectoryEntry } from '../domain/directory-entry.ts';
import type { DirectoryReportParent, DirectoryFindingParent } from '../resolvers/directory-report.ts';
import type { CaseCandidate, MadeDecision } from '../domain/cases.ts';
import type { RecordedCaseAct, QueueCount } from '../domain/case-ports.ts';
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
  /** A moment in time with its offset (RFC 3339). */
  DateTime: { input: string; output: string | Date; }
  _FieldSet: { input: string; output: string; }
};

/** Kinds of account. Only a USER belongs to one person. More may be added: keep a default. */
export type AccountKind =
  | 'APPLICATION'
  | 'CONTACT'
  | 'SHARED'
  | 'USER';

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

/** An account in the NHSmail directory. */
export type DirectoryAccount = {
  readonly __typename?: 'DirectoryAccount';
  readonly aliases: ReadonlyArray<Scalars['String']['output']>;
  /** When the directory was read */
  readonly asOf: Scalars['DateTime']['output'];
  readonly displayName: Maybe<Scalars['String']['output']>;
  readonly familyName: Maybe<Scalars['String']['output']>;
  readonly givenName: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly jobTitle: Maybe<Scalars['String']['output']>;
  readonly kind: AccountKind;
  /** Primary address */
  readonly mail: Scalars['String']['output'];
  readonly organisation: Maybe<Organisation>;
  readonly phone: Maybe<Scalars['String']['output']>;
  /** The person this mailbox is linked to. Null when there is no certain or confirmed link. */
  readonly staffMember: Maybe<StaffMember>;
  readonly status: AccountStatus;
};

/** How to find one account: exactly one of the fields. */
export type DirectoryAccountBy =
  /** The account's id */
  { readonly id: Scalars['ID']['input']; readonly mail?: never; }
  |  /** Primary address or alias, in any case */
  { readonly id?: never; readonly mail: Scalars['String']['input']; };

/** A page of accounts. */
export type DirectoryAccountConnection = {
  readonly __typename?: 'DirectoryAccountConnection';
  readonly edges: ReadonlyArray<DirectoryAccountEdge>;
  readonly pageInfo: PageInfo;
};

/** One account in a page. */
export type DirectoryAccountEdge = {
  readonly __typename?: 'DirectoryAccountEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: DirectoryAccount;
};

/** One thing that an organisation is told. It holds no name. */
export type DirectoryEvent = {
  readonly __typename?: 'DirectoryEvent';
  readonly accountId: Maybe<Scalars['ID']['output']>;
  readonly at: Scalars['DateTime']['output'];
  /** Of a deletion that is near: the day since the mark, 7, 21 or 28 */
  readonly day: Maybe<Scalars['Int']['output']>;
  /** Whether the person died in service: nobody writes to the mailbox */
  readonly deceased: Scalars['Boolean']['output'];
  readonly deleteDueAt: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  /** Of a finding */
  readonly kind: Maybe<DirectoryFindingKind>;
  /** Who is told */
  readonly odsCode: Scalars['ID']['output'];
  readonly staffId: Maybe<Scalars['ID']['output']>;
  readonly type: DirectoryEventType;
};

/** Some of the events. There may be more when it holds as many as were asked for. */
export type DirectoryEventPage = {
  readonly __typename?: 'DirectoryEventPage';
  readonly events: ReadonlyArray<DirectoryEvent>;
  /** Give it as `after` to go on from here */
  readonly position: Scalars['String']['output'];
};

/** What is told. More may be added: keep a default. */
export type DirectoryEventType =
  /** A leaver's account is deleted soon, unless an organisation accepts it */
  | 'DELETION_NEAR'
  /** It is not so any more */
  | 'FINDING_ENDED'
  /** Somebody has to look at it */
  | 'FINDING_OPENED';

/** One thing that somebody has to look at. */
export type DirectoryFinding = {
  readonly __typename?: 'DirectoryFinding';
  /** Null when there is none, or when it belongs to another organisation */
  readonly account: Maybe<DirectoryAccount>;
  /** Whether the person died in service: nobody writes to the mailbox */
  readonly deceased: Scalars['Boolean']['output'];
  /** When the account is deleted unless an organisation accepts it */
  readonly deleteDueAt: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly kind: DirectoryFindingKind;
  /** Owners who left, of this organisation's accounts */
  readonly ownersLeft: Maybe<ReadonlyArray<DirectoryAccount>>;
  /** Owners who can take the access of those who left, of this organisation's accounts */
  readonly ownersLeftOver: Maybe<ReadonlyArray<DirectoryAccount>>;
  /** Since when it is so; when it was first seen, where neither the records nor the directory say */
  readonly since: Scalars['DateTime']['output'];
  readonly staffMember: Maybe<StaffMember>;
  /** Codes of the organisations at which the person works */
  readonly worksAt: ReadonlyArray<Scalars['ID']['output']>;
};

/** A page of findings. */
export type DirectoryFindingConnection = {
  readonly __typename?: 'DirectoryFindingConnection';
  readonly edges: ReadonlyArray<DirectoryFindingEdge>;
  readonly pageInfo: PageInfo;
};

/** How many findings of one kind are open. */
export type DirectoryFindingCount = {
  readonly __typename?: 'DirectoryFindingCount';
  readonly count: Scalars['Int']['output'];
  readonly kind: DirectoryFindingKind;
  /** Since when the oldest is so */
  readonly oldest: Scalars['DateTime']['output'];
};

/** One finding in a page. */
export type DirectoryFindingEdge = {
  readonly __typename?: 'DirectoryFindingEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: DirectoryFinding;
};

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

/** How far accounts and staff records agree. */
export type DirectoryReadiness = {
  readonly __typename?: 'DirectoryReadiness';
  readonly parts: ReadonlyArray<DirectoryReadinessPart>;
  /** 0 to 100; 100 only when all is done */
  readonly score: Scalars['Int']['output'];
};

/** One part of the score. */
export type DirectoryReadinessPart = {
  readonly __typename?: 'DirectoryReadinessPart';
  readonly name: DirectoryReadinessPartName;
  readonly of: Scalars['Int']['output'];
  /** 0 to `of` */
  readonly points: Scalars['Float']['output'];
};

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

/** Where an organisation's accounts and staff records stand. */
export type DirectoryReport = {
  readonly __typename?: 'DirectoryReport';
  /** Persons' accounts in use here */
  readonly accounts: Scalars['Int']['output'];
  /** Of those, which belong to somebody by a certain or confirmed link */
  readonly accountsLinked: Scalars['Int']['output'];
  /** When everything was last looked at. Null before the first time; what changed since is looked at within seconds. */
  readonly asOf: Maybe<Scalars['DateTime']['output']>;
  /** Cases that nobody has decided */
  readonly casesOpen: Scalars['Int']['output'];
  /** Of those, past their due date */
  readonly casesOverdue: Scalars['Int']['output'];
  /** Open findings by kind */
  readonly counts: ReadonlyArray<DirectoryFindingCount>;
  /** Open findings, in the order in which they were found */
  readonly findings: DirectoryFindingConnection;
  /** Leavers whose accounts have been active for more than a day: should be none */
  readonly leaversOverdue: Scalars['Int']['output'];
  /** People who work here */
  readonly people: Scalars['Int']['output'];
  /** Of those, who have an account by a certain or confirmed link */
  readonly peopleLinked: Scalars['Int']['output'];
  /** Null while nobody works here and there are no accounts */
  readonly readiness: Maybe<DirectoryReadiness>;
};


/** Where an organisation's accounts and staff records stand. */
export type DirectoryReportFindingsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  kind: InputMaybe<DirectoryFindingKind>;
};

/** Why a person and a mailbox are taken to belong together, or to be different people's. */
export type IdentityLink = {
  readonly __typename?: 'IdentityLink';
  /** Null for the person themselves until it is certain or confirmed: it may be another's */
  readonly account: Maybe<DirectoryAccount>;
  /** How far it can be relied on. Null while it waits for somebody to decide. */
  readonly assurance: Maybe<LinkAssurance>;
  readonly author: LinkAuthor;
  /** How likely it is, as log odds to the base of 2: 10 is about a thousand to one. Null where nothing was scored. */
  readonly bits: Maybe<Scalars['Float']['output']>;
  /** Who decided. Null for matching, and for the person that it is about. */
  readonly decidedBy: Maybe<StaffMember>;
  /** Until when it held. Null while it does. */
  readonly endedAt: Maybe<Scalars['DateTime']['output']>;
  /** What was compared and what came of it, in words without personal data */
  readonly evidence: ReadonlyArray<LinkEvidence>;
  readonly id: Scalars['ID']['output'];
  /** Since when this holds */
  readonly linkedAt: Scalars['DateTime']['output'];
  /** Null while it waits for somebody to decide */
  readonly method: Maybe<LinkMethod>;
  /** Why, in the words of whoever decided. Null for the person that it is about. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** The version of the rules that found it */
  readonly ruleSet: Maybe<Scalars['Int']['output']>;
  /** The person. What the caller may see of them is for the staff record to say. */
  readonly staffMember: StaffMember;
  readonly state: LinkState;
};

/** A likely link that is right. */
export type IdentityLinkConfirmInput = {
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly linkId: Scalars['ID']['input'];
  /** Why, in up to 200 characters; without details of the person */
  readonly reason: Scalars['String']['input'];
};

/** Part of a list of links. */
export type IdentityLinkConnection = {
  readonly __typename?: 'IdentityLinkConnection';
  readonly edges: ReadonlyArray<IdentityLinkEdge>;
  readonly pageInfo: PageInfo;
};

/** One link in a page. */
export type IdentityLinkEdge = {
  readonly __typename?: 'IdentityLinkEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: IdentityLink;
};

/** A link that does not hold. */
export type IdentityLinkEndInput = {
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly linkId: Scalars['ID']['input'];
  /** Why, in up to 200 characters; without details of the person */
  readonly reason: Scalars['String']['input'];
};

/** A link that is another person's. */
export type IdentityLinkMoveInput = {
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly linkId: Scalars['ID']['input'];
  /** Why, in up to 200 characters; without details of the person */
  readonly reason: Scalars['String']['input'];
  /** Whose mailbox it is */
  readonly toStaffId: Scalars['ID']['input'];
};

/** How far a link can be relied on. More may be added: keep a default. */
export type LinkAssurance =
  /** By a key that the directory and the staff record both hold */
  | 'CERTAIN'
  /** Somebody decided */
  | 'CONFIRMED'
  /** By likeness alone: gives neither sign-in nor passport */
  | 'LIKELY';

/** Who stands behind a link. More may be added: keep a default. */
export type LinkAuthor =
  | 'MATCHING'
  | 'PERSON';

/** One compared field. */
export type LinkEvidence = {
  readonly __typename?: 'LinkEvidence';
  /** Weight for it, or against it when negative, as a logarithm to the base of 2 */
  readonly bits: Maybe<Scalars['Float']['output']>;
  readonly field: Scalars['String']['output'];
  readonly outcome: Scalars['String']['output'];
};

/** How a link was found. More may be added: keep a default. */
export type LinkMethod =
  /** The employee number, at the same organisation */
  | 'EMPLOYEE_NUMBER'
  /** The address in the staff record */
  | 'ESR_EMAIL'
  /** A person */
  | 'MANUAL'
  /** A registration with a professional regulator */
  | 'REGISTRATION'
  /** Likeness alone */
  | 'SCORE'
  /** The smartcard's number */
  | 'SMARTCARD';

/** Where a link stands. More may be added: keep a default. */
export type LinkState =
  /** It does not hold any more */
  | 'ENDED'
  | 'LINKED'
  /** Somebody decided that they are different people */
  | 'REJECTED'
  /** It waits for somebody to decide */
  | 'REVIEW';

/** A person and an account that may belong together. */
export type MatchingCandidate = {
  readonly __typename?: 'MatchingCandidate';
  /** Null where the account is not of the caller's organisation, or is gone */
  readonly account: Maybe<DirectoryAccount>;
  readonly accountId: Scalars['ID']['output'];
  /** How likely it is, as log odds to the base of 2: 10 is about a thousand to one. Null where nothing was scored. */
  readonly bits: Maybe<Scalars['Float']['output']>;
  /** What was compared */
  readonly evidence: ReadonlyArray<MatchingEvidence>;
  /** How far the two are linked now. Null when they are not. */
  readonly linked: Maybe<LinkAssurance>;
  /** The person. What the caller may see of them is for the staff record to say. */
  readonly staffMember: StaffMember;
};

/** What only a person can decide. */
export type MatchingCase = {
  readonly __typename?: 'MatchingCase';
  /** The account that it is about, as far as the caller may see it */
  readonly account: Maybe<DirectoryAccount>;
  /** Since when, in whole days */
  readonly ageDays: Scalars['Int']['output'];
  /** Who works on it */
  readonly assignedTo: Maybe<StaffMember>;
  /** Why a person has to decide, as a stable code, e.g. `LINKED_TO_ANOTHER_PERSON` */
  readonly because: Scalars['String']['output'];
  /** What could be linked, most likely first, 20 at most */
  readonly candidates: ReadonlyArray<MatchingCandidate>;
  readonly closedAt: Maybe<Scalars['DateTime']['output']>;
  /** What was decided, or waits for a second person */
  readonly decision: Maybe<MatchingDecisionMade>;
  readonly dueAt: Scalars['DateTime']['output'];
  /** What people did about it, in order, 100 at most */
  readonly history: ReadonlyArray<MatchingCaseAct>;
  readonly id: Scalars['ID']['output'];
  readonly openedAt: Scalars['DateTime']['output'];
  /** Whose people decide */
  readonly organisation: Organisation;
  readonly overdue: Scalars['Boolean']['output'];
  readonly queue: MatchingQueue;
  /** The person that it is about, where it is about one */
  readonly staffMember: Maybe<StaffMember>;
  readonly state: MatchingCaseState;
  /** Raised by every change. Send it with an act: an act on something older is refused. */
  readonly version: Scalars['Int']['output'];
};

/** Something that a person did about a case. */
export type MatchingCaseAct = {
  readonly __typename?: 'MatchingCaseAct';
  readonly action: MatchingCaseAction;
  readonly at: Scalars['DateTime']['output'];
  readonly by: StaffMember;
  readonly organisation: Organisation;
  readonly reason: Maybe<Scalars['String']['output']>;
  /** What the case was after it */
  readonly state: MatchingCaseState;
};

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
  readonly approve: Scalars['Boolean']['input'];
  readonly caseId: Scalars['ID']['input'];
  /** The version that was read */
  readonly expectedVersion: Scalars['Int']['input'];
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Why, in up to 200 characters; without details of the person */
  readonly reason: Scalars['String']['input'];
};

/** Whom a case is given to. */
export type MatchingCaseAssignInput = {
  /** Id of the person; null gives the case back */
  readonly assignTo?: InputMaybe<Scalars['ID']['input']>;
  readonly caseId: Scalars['ID']['input'];
  /** The version that was read */
  readonly expectedVersion: Scalars['Int']['input'];
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
};

/** A page of cases. */
export type MatchingCaseConnection = {
  readonly __typename?: 'MatchingCaseConnection';
  readonly edges: ReadonlyArray<MatchingCaseEdge>;
  readonly pageInfo: PageInfo;
};

/** What a person decided on a case. */
export type MatchingCaseDecideInput = {
  readonly caseId: Scalars['ID']['input'];
  /** SAME_PERSON, DIFFERENT_PEOPLE or NOT_SURE */
  readonly decision: MatchingDecision;
  /** The version that was read */
  readonly expectedVersion: Scalars['Int']['input'];
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
  /**
   * Which candidates it is about, 20 at most. SAME_PERSON is about one, which may be left out when there is no other. For
   * DIFFERENT_PEOPLE all that are not linked, when left out; a pair that is linked has to be named.
   */
  readonly pairs?: InputMaybe<ReadonlyArray<MatchingPairInput>>;
  /** Why, in up to 200 characters; without details of the person */
  readonly reason: Scalars['String']['input'];
  /** For NOT_SURE: an organisation of one of the accounts or people; the managers of the same one when left out */
  readonly toOdsCode?: InputMaybe<Scalars['ID']['input']>;
};

/** One case in a page. */
export type MatchingCaseEdge = {
  readonly __typename?: 'MatchingCaseEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: MatchingCase;
};

/** A rule that the input broke. Switch on `code`; `message` is for people. */
export type MatchingCaseError = {
  readonly __typename?: 'MatchingCaseError';
  readonly code: MatchingCaseErrorCode;
  readonly message: Scalars['String']['output'];
  /** Where in the input, e.g. `["input", "caseId"]` */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
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

/** Where a case goes. */
export type MatchingCaseHandOverInput = {
  readonly caseId: Scalars['ID']['input'];
  /** The version that was read */
  readonly expectedVersion: Scalars['Int']['input'];
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Why, in up to 200 characters; without details of the person */
  readonly reason: Scalars['String']['input'];
  /** An organisation of one of the accounts or people; the managers of the same one when left out */
  readonly toOdsCode?: InputMaybe<Scalars['ID']['input']>;
};

/** The outcome of an act on a case. */
export type MatchingCasePayload = {
  readonly __typename?: 'MatchingCasePayload';
  readonly errors: ReadonlyArray<MatchingCaseError>;
  readonly matchingCase: Maybe<MatchingCase>;
};

/** What became of one of several cases. */
export type MatchingCaseResult = {
  readonly __typename?: 'MatchingCaseResult';
  readonly caseId: Scalars['ID']['output'];
  readonly errors: ReadonlyArray<MatchingCaseError>;
  readonly matchingCase: Maybe<MatchingCase>;
};

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
  readonly caseId: Scalars['ID']['input'];
  /** The version that was read */
  readonly expectedVersion: Scalars['Int']['input'];
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Why, in up to 200 characters; without details of the person */
  readonly reason: Scalars['String']['input'];
};

/** A case as it was read. */
export type MatchingCaseVersionInput = {
  readonly caseId: Scalars['ID']['input'];
  readonly expectedVersion: Scalars['Int']['input'];
};

/** What a person decided on several cases. */
export type MatchingCasesDecideInput = {
  /** 1 to 40 cases, each with one candidate when they are of the same person */
  readonly cases: ReadonlyArray<MatchingCaseVersionInput>;
  /** SAME_PERSON, DIFFERENT_PEOPLE or NOT_SURE */
  readonly decision: MatchingDecision;
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Why, in up to 200 characters; without details of the people */
  readonly reason: Scalars['String']['input'];
};

/** The outcome of deciding several cases: one result for each, in the order of the input. */
export type MatchingCasesPayload = {
  readonly __typename?: 'MatchingCasesPayload';
  readonly errors: ReadonlyArray<MatchingCaseError>;
  readonly results: ReadonlyArray<MatchingCaseResult>;
};

/** What a person decides. */
export type MatchingDecision =
  | 'DIFFERENT_PEOPLE'
  /** Gives the case to the managers, or to another organisation */
  | 'NOT_SURE'
  | 'SAME_PERSON'
  /** The decision before is taken back */
  | 'UNDO';

/** A decision on a case. */
export type MatchingDecisionMade = {
  readonly __typename?: 'MatchingDecisionMade';
  readonly at: Scalars['DateTime']['output'];
  readonly by: StaffMember;
  readonly decision: MatchingDecision;
  readonly organisation: Organisation;
  readonly reason: Scalars['String']['output'];
};

/** One compared field, side by side: the other side's value is in the staff record. */
export type MatchingEvidence = {
  readonly __typename?: 'MatchingEvidence';
  /** Weight for it, or against it when negative, as a logarithm to the base of 2 */
  readonly bits: Maybe<Scalars['Float']['output']>;
  /** What the directory has, for a few fields, as far as the caller may see the account */
  readonly directoryValue: Maybe<Scalars['String']['output']>;
  readonly field: Scalars['String']['output'];
  /** What came of it, in words without personal data */
  readonly outcome: Scalars['String']['output'];
};

/** How many cases that are not closed arose at an organisation. */
export type MatchingOriginCount = {
  readonly __typename?: 'MatchingOriginCount';
  readonly open: Scalars['Int']['output'];
  readonly organisation: Organisation;
};

/** A person and an account of a case. */
export type MatchingPairInput = {
  readonly accountId: Scalars['ID']['input'];
  readonly staffId: Scalars['ID']['input'];
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

/** How many cases of one queue are not closed. */
export type MatchingQueueCount = {
  readonly __typename?: 'MatchingQueueCount';
  /** Those that wait for a second person */
  readonly awaitingSecondPerson: Scalars['Int']['output'];
  readonly oldestOpenedAt: Scalars['DateTime']['output'];
  readonly open: Scalars['Int']['output'];
  readonly overdue: Scalars['Int']['output'];
  readonly queue: MatchingQueue;
};

/** A version of the rules of matching. It never changes. */
export type MatchingRuleSet = {
  readonly __typename?: 'MatchingRuleSet';
  readonly addedAt: Scalars['DateTime']['output'];
  readonly name: Scalars['String']['output'];
  readonly state: MatchingRuleSetState;
  readonly version: Scalars['Int']['output'];
};

/** Where a version of the rules stands. More may be added: keep a default. */
export type MatchingRuleSetState =
  /** What is matched by now */
  | 'ACTIVE'
  /** Nobody has proposed it */
  | 'ADDED'
  /** It waits for a second person */
  | 'PROPOSED'
  /** Somebody rejected it */
  | 'REJECTED'
  /** It was matched by before */
  | 'REPLACED';

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

/** What a version of the rules would do at one organisation. */
export type MatchingSimulation = {
  readonly __typename?: 'MatchingSimulation';
  /** Null until it is done */
  readonly counts: Maybe<MatchingSimulationCounts>;
  readonly organisation: Organisation;
  /** People and accounts read so far, of all organisations */
  readonly recordsRead: Scalars['Int']['output'];
  readonly ruleSet: Scalars['Int']['output'];
  /** Null while another version is simulated */
  readonly startedAt: Maybe<Scalars['DateTime']['output']>;
  readonly state: MatchingSimulationState;
};

/** What matching would come to at one organisation. */
export type MatchingSimulationCounts = {
  readonly __typename?: 'MatchingSimulationCounts';
  /** Pairs that would be linked and are not */
  readonly linked: Scalars['Int']['output'];
  /** Links that it would not make: those by likeness alone would end, all others would wait for a person */
  readonly lost: Scalars['Int']['output'];
  /** Cases that people would have to decide */
  readonly queued: Scalars['Int']['output'];
};

/** Where a simulation stands. More may be added: keep a default. */
export type MatchingSimulationState =
  | 'DONE'
  /** It came to nothing; asked again after a minute, it begins anew */
  | 'FAILED'
  /** Ask again */
  | 'RUNNING'
  /** Another version is simulated: ask again */
  | 'WAITING';

export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Says that a likely link is right: it gives access from then on. When that touches somebody with a passport in force, it
   * waits for a second person. Confirmed with a passkey.
   */
  readonly identityLinkConfirm: MatchingCasePayload;
  /** Says that a mailbox is not this person's. Matching will not link them again. Confirmed with a passkey. */
  readonly identityLinkEnd: MatchingCasePayload;
  /**
   * Splits what was taken for one person: a mailbox is another person's, who works at the caller's organisation. Confirmed
   * with a passkey.
   */
  readonly identityLinkMove: MatchingCasePayload;
  /** Says, as the second person, whether a decision is right. Confirmed with a passkey. */
  readonly matchingCaseApprove: MatchingCasePayload;
  /** Takes a case, or gives it back. Managers give cases to colleagues, too. */
  readonly matchingCaseAssign: MatchingCasePayload;
  /**
   * Decides a case. When somebody with a passport in force would gain or lose access by it, it waits for a second person. It
   * can be taken back for 30 days.
   */
  readonly matchingCaseDecide: MatchingCasePayload;
  /** Gives a case to the managers, or to another organisation that it concerns. */
  readonly matchingCaseHandOver: MatchingCasePayload;
  /** Takes a decision back: everything is again what it was before. Confirmed with a passkey. */
  readonly matchingCaseUndo: MatchingCasePayload;
  /** Decides several cases in the same way, each on its own. Confirmed with a passkey. */
  readonly matchingCasesDecide: MatchingCasesPayload;
};


export type MutationIdentityLinkConfirmArgs = {
  input: IdentityLinkConfirmInput;
};


export type MutationIdentityLinkEndArgs = {
  input: IdentityLinkEndInput;
};


export type MutationIdentityLinkMoveArgs = {
  input: IdentityLinkMoveInput;
};


export type MutationMatchingCaseApproveArgs = {
  input: MatchingCaseApproveInput;
};


export type MutationMatchingCaseAssignArgs = {
  input: MatchingCaseAssignInput;
};


export type MutationMatchingCaseDecideArgs = {
  input: MatchingCaseDecideInput;
};


export type MutationMatchingCaseHandOverArgs = {
  input: MatchingCaseHandOverInput;
};


export type MutationMatchingCaseUndoArgs = {
  input: MatchingCaseUndoInput;
};


export type MutationMatchingCasesDecideArgs = {
  input: MatchingCasesDecideInput;
};

/** An NHS organisation. */
export type Organisation = {
  readonly __typename?: 'Organisation';
  /**
   * Where this organisation's accounts and staff records do not agree, and how ready it is. For its own HR and
   * administrators; null for everybody else.
   */
  readonly directoryReport: Maybe<DirectoryReport>;
  readonly odsCode: Scalars['ID']['output'];
};

/** Where a page ends. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  /** The directory account with this address. Null when there is none. For the sign-in service. */
  readonly directoryAccount: Maybe<DirectoryAccount>;
  /** Accounts of the caller's organisation by name, from our copy of the directory. Empty for any other organisation. */
  readonly directoryAccounts: DirectoryAccountConnection;
  /**
   * What organisations are told of accounts, oldest first: for our own services, and for an organisation's own systems what
   * that organisation is told. The directory is only read here: a connector that follows this acts in the directory. Reading
   * changes nothing: whoever reads keeps the position. Nobody writes to the mailbox of somebody who is `deceased`.
   */
  readonly directoryEvents: DirectoryEventPage;
  /** A case that the people of the caller's organisation decide. Null otherwise. */
  readonly matchingCase: Maybe<MatchingCase>;
  /** Cases that the people of the caller's organisation decide, oldest first. Empty for any other organisation. */
  readonly matchingCases: MatchingCaseConnection;
  /**
   * Links by likeness alone to accounts of the caller's organisation, oldest first: they give no access until somebody
   * confirms them. Empty for any other organisation.
   */
  readonly matchingLikelyLinks: IdentityLinkConnection;
  /**
   * Where the cases of the caller's organisation that are not closed arose: there, or at one that gave them to it. The fifty with
   * the most. Empty for any other organisation.
   */
  readonly matchingOrigins: ReadonlyArray<MatchingOriginCount>;
  /** How many cases of the caller's organisation are not closed, by queue. Empty for any other organisation. */
  readonly matchingQueues: ReadonlyArray<MatchingQueueCount>;
  /** Versions of the rules of matching, newest first, 50 at most */
  readonly matchingRuleSets: ReadonlyArray<MatchingRuleSet>;
  /**
   * What a version of the rules would link, lose and leave to people at the caller's organisation. Changes nothing. Everything
   * is compared for it, which takes minutes for a nation: the first question begins it, and the answer says where it stands.
   * One version is simulated at a time; what came of it is kept for a quarter of an hour. Null for any other organisation, and
   * when there is no such version.
   */
  readonly matchingSimulate: Maybe<MatchingSimulation>;
};


export type QueryDirectoryAccountArgs = {
  by: DirectoryAccountBy;
};


export type QueryDirectoryAccountsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  kind: InputMaybe<AccountKind>;
  odsCode: Scalars['ID']['input'];
  status: InputMaybe<AccountStatus>;
};


export type QueryDirectoryEventsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


export type QueryMatchingCaseArgs = {
  id: Scalars['ID']['input'];
};


export type QueryMatchingCasesArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  assignedTo: InputMaybe<Scalars['ID']['input']>;
  first?: Scalars['Int']['input'];
  odsCode: Scalars['ID']['input'];
  origin: InputMaybe<Scalars['ID']['input']>;
  overdue?: Scalars['Boolean']['input'];
  queue: InputMaybe<MatchingQueue>;
  score: InputMaybe<MatchingScore>;
  state: InputMaybe<MatchingCaseState>;
};


export type QueryMatchingLikelyLinksArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  odsCode: Scalars['ID']['input'];
};


export type QueryMatchingOriginsArgs = {
  odsCode: Scalars['ID']['input'];
};


export type QueryMatchingQueuesArgs = {
  odsCode: Scalars['ID']['input'];
};


export type QueryMatchingSimulateArgs = {
  odsCode: Scalars['ID']['input'];
  ruleSet: Scalars['Int']['input'];
};

/** One human being known to the graph. */
export type StaffMember = {
  readonly __typename?: 'StaffMember';
  readonly id: Scalars['ID']['output'];
  /** How each mailbox came to be linked, and what waits for somebody to decide */
  readonly identityLinks: Maybe<ReadonlyArray<IdentityLink>>;
  /** Mailboxes that are certain or confirmed to be this person's, at the organisations the caller may see */
  readonly mailboxes: Maybe<ReadonlyArray<DirectoryAccount>>;
};


/** One human being known to the graph. */
export type StaffMemberIdentityLinksArgs = {
  history?: Scalars['Boolean']['input'];
};

/** Streams of changes, at /graphql/stream: each field answers what the query of the same arguments answers, now and after every change. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** A case that the people of the caller's organisation decide, now and whenever somebody has done something about it, or matching has changed it */
  readonly caseUpdated: Maybe<MatchingCase>;
};


/** Streams of changes, at /graphql/stream: each field answers what the query of the same arguments answers, now and after every change. */
export type SubscriptionCaseUpdatedArgs = {
  id: Scalars['ID']['input'];
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
  DirectoryAccount: DirectoryAccount;
  Organisation: Organisation;
  StaffMember: StaffMember;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  DirectoryAccount:
    ( { __typename: 'DirectoryAccount' }
    & GraphQLRecursivePick<FederationTypes['DirectoryAccount'], {"id":true}> );
  Organisation:
    ( { __typename: 'Organisation' }
    & GraphQLRecursivePick<FederationTypes['Organisation'], {"odsCode":true}> );
  StaffMember:
    ( { __typename: 'StaffMember' }
    & GraphQLRecursivePick<FederationTypes['StaffMember'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccountKind: AccountKind;
  AccountStatus: AccountStatus;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DirectoryAccount: ResolverTypeWrapper<DirectoryEntry>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  DirectoryAccountBy: DirectoryAccountBy;
  DirectoryAccountConnection: ResolverTypeWrapper<Omit<DirectoryAccountConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['DirectoryAccountEdge']> }>;
  DirectoryAccountEdge: ResolverTypeWrapper<Omit<DirectoryAccountEdge, 'node'> & { node: ResolversTypes['DirectoryAccount'] }>;
  DirectoryEvent: ResolverTypeWrapper<DirectoryEvent>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  DirectoryEventPage: ResolverTypeWrapper<DirectoryEventPage>;
  DirectoryEventType: DirectoryEventType;
  DirectoryFinding: ResolverTypeWrapper<DirectoryFindingParent>;
  DirectoryFindingConnection: ResolverTypeWrapper<Omit<DirectoryFindingConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['DirectoryFindingEdge']> }>;
  DirectoryFindingCount: ResolverTypeWrapper<DirectoryFindingCount>;
  DirectoryFindingEdge: ResolverTypeWrapper<Omit<DirectoryFindingEdge, 'node'> & { node: ResolversTypes['DirectoryFinding'] }>;
  DirectoryFindingKind: DirectoryFindingKind;
  DirectoryReadiness: ResolverTypeWrapper<DirectoryReadiness>;
  DirectoryReadinessPart: ResolverTypeWrapper<DirectoryReadinessPart>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  DirectoryReadinessPartName: DirectoryReadinessPartName;
  DirectoryReport: ResolverTypeWrapper<DirectoryReportParent>;
  IdentityLink: ResolverTypeWrapper<IdentityLinkParent>;
  IdentityLinkConfirmInput: IdentityLinkConfirmInput;
  IdentityLinkConnection: ResolverTypeWrapper<Omit<IdentityLinkConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['IdentityLinkEdge']> }>;
  IdentityLinkEdge: ResolverTypeWrapper<Omit<IdentityLinkEdge, 'node'> & { node: ResolversTypes['IdentityLink'] }>;
  IdentityLinkEndInput: IdentityLinkEndInput;
  IdentityLinkMoveInput: IdentityLinkMoveInput;
  LinkAssurance: LinkAssurance;
  LinkAuthor: LinkAuthor;
  LinkEvidence: ResolverTypeWrapper<LinkEvidence>;
  LinkMethod: LinkMethod;
  LinkState: LinkState;
  MatchingCandidate: ResolverTypeWrapper<CaseCandidate>;
  MatchingCase: ResolverTypeWrapper<MatchingCaseParent>;
  MatchingCaseAct: ResolverTypeWrapper<RecordedCaseAct>;
  MatchingCaseAction: MatchingCaseAction;
  MatchingCaseApproveInput: MatchingCaseApproveInput;
  MatchingCaseAssignInput: MatchingCaseAssignInput;
  MatchingCaseConnection: ResolverTypeWrapper<Omit<MatchingCaseConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['MatchingCaseEdge']> }>;
  MatchingCaseDecideInput: MatchingCaseDecideInput;
  MatchingCaseEdge: ResolverTypeWrapper<Omit<MatchingCaseEdge, 'node'> & { node: ResolversTypes['MatchingCase'] }>;
  MatchingCaseError: ResolverTypeWrapper<MatchingCaseError>;
  MatchingCaseErrorCode: MatchingCaseErrorCode;
  MatchingCaseHandOverInput: MatchingCaseHandOverInput;
  MatchingCasePayload: ResolverTypeWrapper<Omit<MatchingCasePayload, 'matchingCase'> & { matchingCase?: Maybe<ResolversTypes['MatchingCase']> }>;
  MatchingCaseResult: ResolverTypeWrapper<Omit<MatchingCaseResult, 'matchingCase'> & { matchingCase?: Maybe<ResolversTypes['MatchingCase']> }>;
  MatchingCaseState: MatchingCaseState;
  MatchingCaseUndoInput: MatchingCaseUndoInput;
  MatchingCaseVersionInput: MatchingCaseVersionInput;
  MatchingCasesDecideInput: MatchingCasesDecideInput;
  MatchingCasesPayload: ResolverTypeWrapper<Omit<MatchingCasesPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['MatchingCaseResult']> }>;
  MatchingDecision: MatchingDecision;
  MatchingDecisionMade: ResolverTypeWrapper<MadeDecision>;
  MatchingEvidence: ResolverTypeWrapper<EvidenceParent>;
  MatchingOriginCount: ResolverTypeWrapper<Omit<MatchingOriginCount, 'organisation'> & { organisation: ResolversTypes['Organisation'] }>;
  MatchingPairInput: MatchingPairInput;
  MatchingQueue: MatchingQueue;
  MatchingQueueCount: ResolverTypeWrapper<QueueCount>;
  MatchingRuleSet: ResolverTypeWrapper<MatchingRuleSet>;
  MatchingRuleSetState: MatchingRuleSetState;
  MatchingScore: MatchingScore;
  MatchingSimulation: ResolverTypeWrapper<Omit<MatchingSimulation, 'organisation'> & { organisation: ResolversTypes['Organisation'] }>;
  MatchingSimulationCounts: ResolverTypeWrapper<MatchingSimulationCounts>;
  MatchingSimulationState: MatchingSimulationState;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Organisation: ResolverTypeWrapper<Omit<Organisation, 'directoryReport'> & { directoryReport?: Maybe<ResolversTypes['DirectoryReport']> }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  StaffMember: ResolverTypeWrapper<StaffMemberParent>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  DirectoryAccount: DirectoryEntry;
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  DirectoryAccountBy: DirectoryAccountBy;
  DirectoryAccountConnection: Omit<DirectoryAccountConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['DirectoryAccountEdge']> };
  DirectoryAccountEdge: Omit<DirectoryAccountEdge, 'node'> & { node: ResolversParentTypes['DirectoryAccount'] };
  DirectoryEvent: DirectoryEvent;
  Int: Scalars['Int']['output'];
  Boolean: Scalars['Boolean']['output'];
  DirectoryEventPage: DirectoryEventPage;
  DirectoryFinding: DirectoryFindingParent;
  DirectoryFindingConnection: Omit<DirectoryFindingConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['DirectoryFindingEdge']> };
  DirectoryFindingCount: DirectoryFindingCount;
  DirectoryFindingEdge: Omit<DirectoryFindingEdge, 'node'> & { node: ResolversParentTypes['DirectoryFinding'] };
  DirectoryReadiness: DirectoryReadiness;
  DirectoryReadinessPart: DirectoryReadinessPart;
  Float: Scalars['Float']['output'];
  DirectoryReport: DirectoryReportParent;
  IdentityLink: IdentityLinkParent;
  IdentityLinkConfirmInput: IdentityLinkConfirmInput;
  IdentityLinkConnection: Omit<IdentityLinkConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['IdentityLinkEdge']> };
  IdentityLinkEdge: Omit<IdentityLinkEdge, 'node'> & { node: ResolversParentTypes['IdentityLink'] };
  IdentityLinkEndInput: IdentityLinkEndInput;
  IdentityLinkMoveInput: IdentityLinkMoveInput;
  LinkEvidence: LinkEvidence;
  MatchingCandidate: CaseCandidate;
  MatchingCase: MatchingCaseParent;
  MatchingCaseAct: RecordedCaseAct;
  MatchingCaseApproveInput: MatchingCaseApproveInput;
  MatchingCaseAssignInput: MatchingCaseAssignInput;
  MatchingCaseConnection: Omit<MatchingCaseConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['MatchingCaseEdge']> };
  MatchingCaseDecideInput: MatchingCaseDecideInput;
  MatchingCaseEdge: Omit<MatchingCaseEdge, 'node'> & { node: ResolversParentTypes['MatchingCase'] };
  MatchingCaseError: MatchingCaseError;
  MatchingCaseHandOverInput: MatchingCaseHandOverInput;
  MatchingCasePayload: Omit<MatchingCasePayload, 'matchingCase'> & { matchingCase?: Maybe<ResolversParentTypes['MatchingCase']> };
  MatchingCaseResult: Omit<MatchingCaseResult, 'matchingCase'> & { matchingCase?: Maybe<ResolversParentTypes['MatchingCase']> };
  MatchingCaseUndoInput: MatchingCaseUndoInput;
  MatchingCaseVersionInput: MatchingCaseVersionInput;
  MatchingCasesDecideInput: MatchingCasesDecideInput;
  MatchingCasesPayload: Omit<MatchingCasesPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['MatchingCaseResult']> };
  MatchingDecisionMade: MadeDecision;
  MatchingEvidence: EvidenceParent;
  MatchingOriginCount: Omit<MatchingOriginCount, 'organisation'> & { organisation: ResolversParentTypes['Organisation'] };
  MatchingPairInput: MatchingPairInput;
  MatchingQueueCount: QueueCount;
  MatchingRuleSet: MatchingRuleSet;
  MatchingSimulation: Omit<MatchingSimulation, 'organisation'> & { organisation: ResolversParentTypes['Organisation'] };
  MatchingSimulationCounts: MatchingSimulationCounts;
  Mutation: Record<PropertyKey, never>;
  Organisation: Omit<Organisation, 'directoryReport'> & { directoryReport?: Maybe<ResolversParentTypes['DirectoryReport']> } | FederationReferenceTypes['Organisation'];
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  StaffMember: StaffMemberParent;
  Subscription: Record<PropertyKey, never>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DirectoryAccountResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['DirectoryAccount'] = ResolversParentTypes['DirectoryAccount'], FederationReferenceType extends FederationReferenceTypes['DirectoryAccount'] = FederationReferenceTypes['DirectoryAccount']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['DirectoryAccount']> | FederationReferenceType, FederationReferenceType, ContextType>;
  aliases?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  familyName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  givenName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  jobTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AccountKind'], ParentType, ContextType>;
  mail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  organisation?: Resolver<Maybe<ResolversTypes['Organisation']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  staffMember?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AccountStatus'], ParentType, ContextType>;
};

export type DirectoryAccountConnectionResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['DirectoryAccountConnection'] = ResolversParentTypes['DirectoryAccountConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DirectoryAccountEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DirectoryAccountEdgeResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['DirectoryAccountEdge'] = ResolversParentTypes['DirectoryAccountEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DirectoryAccount'], ParentType, ContextType>;
};

export type DirectoryEventResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['DirectoryEvent'] = ResolversParentTypes['DirectoryEvent']> = {
  accountId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  day?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  deceased?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  deleteDueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['DirectoryFindingKind']>, ParentType, ContextType>;
  odsCode?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  staffId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['DirectoryEventType'], ParentType, ContextType>;
};

export type DirectoryEventPageResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['DirectoryEventPage'] = ResolversParentTypes['DirectoryEventPage']> = {
  events?: Resolver<ReadonlyArray<ResolversTypes['DirectoryEvent']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DirectoryFindingResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['DirectoryFinding'] = ResolversParentTypes['DirectoryFinding']> = {
  account?: Resolver<Maybe<ResolversTypes['DirectoryAccount']>, ParentType, ContextType>;
  deceased?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  deleteDueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DirectoryFindingKind'], ParentType, ContextType>;
  ownersLeft?: Resolver<Maybe<ReadonlyArray<ResolversTypes['DirectoryAccount']>>, ParentType, ContextType>;
  ownersLeftOver?: Resolver<Maybe<ReadonlyArray<ResolversTypes['DirectoryAccount']>>, ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  staffMember?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  worksAt?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type DirectoryFindingConnectionResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['DirectoryFindingConnection'] = ResolversParentTypes['DirectoryFindingConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DirectoryFindingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DirectoryFindingCountResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['DirectoryFindingCount'] = ResolversParentTypes['DirectoryFindingCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DirectoryFindingKind'], ParentType, ContextType>;
  oldest?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type DirectoryFindingEdgeResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['DirectoryFindingEdge'] = ResolversParentTypes['DirectoryFindingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DirectoryFinding'], ParentType, ContextType>;
};

export type DirectoryReadinessResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['DirectoryReadiness'] = ResolversParentTypes['DirectoryReadiness']> = {
  parts?: Resolver<ReadonlyArray<ResolversTypes['DirectoryReadinessPart']>, ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DirectoryReadinessPartResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['DirectoryReadinessPart'] = ResolversParentTypes['DirectoryReadinessPart']> = {
  name?: Resolver<ResolversTypes['DirectoryReadinessPartName'], ParentType, ContextType>;
  of?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type DirectoryReportResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['DirectoryReport'] = ResolversParentTypes['DirectoryReport']> = {
  accounts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  accountsLinked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  casesOpen?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  casesOverdue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  counts?: Resolver<ReadonlyArray<ResolversTypes['DirectoryFindingCount']>, ParentType, ContextType>;
  findings?: Resolver<ResolversTypes['DirectoryFindingConnection'], ParentType, ContextType, RequireFields<DirectoryReportFindingsArgs, 'first'>>;
  leaversOverdue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  people?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  peopleLinked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  readiness?: Resolver<Maybe<ResolversTypes['DirectoryReadiness']>, ParentType, ContextType>;
};

export type IdentityLinkResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['IdentityLink'] = ResolversParentTypes['IdentityLink']> = {
  account?: Resolver<Maybe<ResolversTypes['DirectoryAccount']>, ParentType, ContextType>;
  assurance?: Resolver<Maybe<ResolversTypes['LinkAssurance']>, ParentType, ContextType>;
  author?: Resolver<ResolversTypes['LinkAuthor'], ParentType, ContextType>;
  bits?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  decidedBy?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['LinkEvidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  linkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  method?: Resolver<Maybe<ResolversTypes['LinkMethod']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ruleSet?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  staffMember?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['LinkState'], ParentType, ContextType>;
};

export type IdentityLinkConnectionResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['IdentityLinkConnection'] = ResolversParentTypes['IdentityLinkConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['IdentityLinkEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type IdentityLinkEdgeResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['IdentityLinkEdge'] = ResolversParentTypes['IdentityLinkEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['IdentityLink'], ParentType, ContextType>;
};

export type LinkEvidenceResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['LinkEvidence'] = ResolversParentTypes['LinkEvidence']> = {
  bits?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MatchingCandidateResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingCandidate'] = ResolversParentTypes['MatchingCandidate']> = {
  account?: Resolver<Maybe<ResolversTypes['DirectoryAccount']>, ParentType, ContextType>;
  accountId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  bits?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['MatchingEvidence']>, ParentType, ContextType>;
  linked?: Resolver<Maybe<ResolversTypes['LinkAssurance']>, ParentType, ContextType>;
  staffMember?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
};

export type MatchingCaseResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingCase'] = ResolversParentTypes['MatchingCase']> = {
  account?: Resolver<Maybe<ResolversTypes['DirectoryAccount']>, ParentType, ContextType>;
  ageDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  assignedTo?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  candidates?: Resolver<ReadonlyArray<ResolversTypes['MatchingCandidate']>, ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  decision?: Resolver<Maybe<ResolversTypes['MatchingDecisionMade']>, ParentType, ContextType>;
  dueAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  history?: Resolver<ReadonlyArray<ResolversTypes['MatchingCaseAct']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  organisation?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  queue?: Resolver<ResolversTypes['MatchingQueue'], ParentType, ContextType>;
  staffMember?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['MatchingCaseState'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MatchingCaseActResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingCaseAct'] = ResolversParentTypes['MatchingCaseAct']> = {
  action?: Resolver<ResolversTypes['MatchingCaseAction'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
  organisation?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['MatchingCaseState'], ParentType, ContextType>;
};

export type MatchingCaseConnectionResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingCaseConnection'] = ResolversParentTypes['MatchingCaseConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MatchingCaseEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MatchingCaseEdgeResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingCaseEdge'] = ResolversParentTypes['MatchingCaseEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MatchingCase'], ParentType, ContextType>;
};

export type MatchingCaseErrorResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingCaseError'] = ResolversParentTypes['MatchingCaseError']> = {
  code?: Resolver<ResolversTypes['MatchingCaseErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MatchingCasePayloadResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingCasePayload'] = ResolversParentTypes['MatchingCasePayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['MatchingCaseError']>, ParentType, ContextType>;
  matchingCase?: Resolver<Maybe<ResolversTypes['MatchingCase']>, ParentType, ContextType>;
};

export type MatchingCaseResultResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingCaseResult'] = ResolversParentTypes['MatchingCaseResult']> = {
  caseId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['MatchingCaseError']>, ParentType, ContextType>;
  matchingCase?: Resolver<Maybe<ResolversTypes['MatchingCase']>, ParentType, ContextType>;
};

export type MatchingCasesPayloadResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingCasesPayload'] = ResolversParentTypes['MatchingCasesPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['MatchingCaseError']>, ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['MatchingCaseResult']>, ParentType, ContextType>;
};

export type MatchingDecisionMadeResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingDecisionMade'] = ResolversParentTypes['MatchingDecisionMade']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['MatchingDecision'], ParentType, ContextType>;
  organisation?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MatchingEvidenceResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingEvidence'] = ResolversParentTypes['MatchingEvidence']> = {
  bits?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  directoryValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MatchingOriginCountResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingOriginCount'] = ResolversParentTypes['MatchingOriginCount']> = {
  open?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  organisation?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
};

export type MatchingQueueCountResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingQueueCount'] = ResolversParentTypes['MatchingQueueCount']> = {
  awaitingSecondPerson?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  oldestOpenedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queue?: Resolver<ResolversTypes['MatchingQueue'], ParentType, ContextType>;
};

export type MatchingRuleSetResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingRuleSet'] = ResolversParentTypes['MatchingRuleSet']> = {
  addedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['MatchingRuleSetState'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MatchingSimulationResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingSimulation'] = ResolversParentTypes['MatchingSimulation']> = {
  counts?: Resolver<Maybe<ResolversTypes['MatchingSimulationCounts']>, ParentType, ContextType>;
  organisation?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  recordsRead?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ruleSet?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['MatchingSimulationState'], ParentType, ContextType>;
};

export type MatchingSimulationCountsResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['MatchingSimulationCounts'] = ResolversParentTypes['MatchingSimulationCounts']> = {
  linked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lost?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  queued?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  identityLinkConfirm?: Resolver<ResolversTypes['MatchingCasePayload'], ParentType, ContextType, RequireFields<MutationIdentityLinkConfirmArgs, 'input'>>;
  identityLinkEnd?: Resolver<ResolversTypes['MatchingCasePayload'], ParentType, ContextType, RequireFields<MutationIdentityLinkEndArgs, 'input'>>;
  identityLinkMove?: Resolver<ResolversTypes['MatchingCasePayload'], ParentType, ContextType, RequireFields<MutationIdentityLinkMoveArgs, 'input'>>;
  matchingCaseApprove?: Resolver<ResolversTypes['MatchingCasePayload'], ParentType, ContextType, RequireFields<MutationMatchingCaseApproveArgs, 'input'>>;
  matchingCaseAssign?: Resolver<ResolversTypes['MatchingCasePayload'], ParentType, ContextType, RequireFields<MutationMatchingCaseAssignArgs, 'input'>>;
  matchingCaseDecide?: Resolver<ResolversTypes['MatchingCasePayload'], ParentType, ContextType, RequireFields<MutationMatchingCaseDecideArgs, 'input'>>;
  matchingCaseHandOver?: Resolver<ResolversTypes['MatchingCasePayload'], ParentType, ContextType, RequireFields<MutationMatchingCaseHandOverArgs, 'input'>>;
  matchingCaseUndo?: Resolver<ResolversTypes['MatchingCasePayload'], ParentType, ContextType, RequireFields<MutationMatchingCaseUndoArgs, 'input'>>;
  matchingCasesDecide?: Resolver<ResolversTypes['MatchingCasesPayload'], ParentType, ContextType, RequireFields<MutationMatchingCasesDecideArgs, 'input'>>;
};

export type OrganisationResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['Organisation'] = ResolversParentTypes['Organisation'], FederationReferenceType extends FederationReferenceTypes['Organisation'] = FederationReferenceTypes['Organisation']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Organisation']> | FederationReferenceType, FederationReferenceType, ContextType>;
  directoryReport?: Resolver<Maybe<ResolversTypes['DirectoryReport']>, ParentType, ContextType>;
  odsCode?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  directoryAccount?: Resolver<Maybe<ResolversTypes['DirectoryAccount']>, ParentType, ContextType, RequireFields<QueryDirectoryAccountArgs, 'by'>>;
  directoryAccounts?: Resolver<ResolversTypes['DirectoryAccountConnection'], ParentType, ContextType, RequireFields<QueryDirectoryAccountsArgs, 'first' | 'odsCode'>>;
  directoryEvents?: Resolver<ResolversTypes['DirectoryEventPage'], ParentType, ContextType, RequireFields<QueryDirectoryEventsArgs, 'first'>>;
  matchingCase?: Resolver<Maybe<ResolversTypes['MatchingCase']>, ParentType, ContextType, RequireFields<QueryMatchingCaseArgs, 'id'>>;
  matchingCases?: Resolver<ResolversTypes['MatchingCaseConnection'], ParentType, ContextType, RequireFields<QueryMatchingCasesArgs, 'first' | 'odsCode' | 'overdue'>>;
  matchingLikelyLinks?: Resolver<ResolversTypes['IdentityLinkConnection'], ParentType, ContextType, RequireFields<QueryMatchingLikelyLinksArgs, 'first' | 'odsCode'>>;
  matchingOrigins?: Resolver<ReadonlyArray<ResolversTypes['MatchingOriginCount']>, ParentType, ContextType, RequireFields<QueryMatchingOriginsArgs, 'odsCode'>>;
  matchingQueues?: Resolver<ReadonlyArray<ResolversTypes['MatchingQueueCount']>, ParentType, ContextType, RequireFields<QueryMatchingQueuesArgs, 'odsCode'>>;
  matchingRuleSets?: Resolver<ReadonlyArray<ResolversTypes['MatchingRuleSet']>, ParentType, ContextType>;
  matchingSimulate?: Resolver<Maybe<ResolversTypes['MatchingSimulation']>, ParentType, ContextType, RequireFields<QueryMatchingSimulateArgs, 'odsCode' | 'ruleSet'>>;
};

export type StaffMemberResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['StaffMember'] = ResolversParentTypes['StaffMember'], FederationReferenceType extends FederationReferenceTypes['StaffMember'] = FederationReferenceTypes['StaffMember']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['StaffMember']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identityLinks?: Resolver<Maybe<ReadonlyArray<ResolversTypes['IdentityLink']>>, ParentType, ContextType, RequireFields<StaffMemberIdentityLinksArgs, 'history'>>;
  mailboxes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['DirectoryAccount']>>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = NhsmailContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  caseUpdated?: SubscriptionResolver<Maybe<ResolversTypes['MatchingCase']>, "caseUpdated", ParentType, ContextType, RequireFields<SubscriptionCaseUpdatedArgs, 'id'>>;
};

export type Resolvers<ContextType = NhsmailContext> = {
  DateTime?: GraphQLScalarType;
  DirectoryAccount?: DirectoryAccountResolvers<ContextType>;
  DirectoryAccountConnection?: DirectoryAccountConnectionResolvers<ContextType>;
  DirectoryAccountEdge?: DirectoryAccountEdgeResolvers<ContextType>;
  DirectoryEvent?: DirectoryEventResolvers<ContextType>;
  DirectoryEventPage?: DirectoryEventPageResolvers<ContextType>;
  DirectoryFinding?: DirectoryFindingResolvers<ContextType>;
  DirectoryFindingConnection?: DirectoryFindingConnectionResolvers<ContextType>;
  DirectoryFindingCount?: DirectoryFindingCountResolvers<ContextType>;
  DirectoryFindingEdge?: DirectoryFindingEdgeResolvers<ContextType>;
  DirectoryReadiness?: DirectoryReadinessResolvers<ContextType>;
  DirectoryReadinessPart?: DirectoryReadinessPartResolvers<ContextType>;
  DirectoryReport?: DirectoryReportResolvers<ContextType>;
  IdentityLink?: IdentityLinkResolvers<ContextType>;
  IdentityLinkConnection?: IdentityLinkConnectionResolvers<ContextType>;
  IdentityLinkEdge?: IdentityLinkEdgeResolvers<ContextType>;
  LinkEvidence?: LinkEvidenceResolvers<ContextType>;
  MatchingCandidate?: MatchingCandidateResolvers<ContextType>;
  MatchingCase?: MatchingCaseResolvers<ContextType>;
  MatchingCaseAct?: MatchingCaseActResolvers<ContextType>;
  MatchingCaseConnection?: MatchingCaseConnectionResolvers<ContextType>;
  MatchingCaseEdge?: MatchingCaseEdgeResolvers<ContextType>;
  MatchingCaseError?: MatchingCaseErrorResolvers<ContextType>;
  MatchingCasePayload?: MatchingCasePayloadResolvers<ContextType>;
  MatchingCaseResult?: MatchingCaseResultResolvers<ContextType>;
  MatchingCasesPayload?: MatchingCasesPayloadResolvers<ContextType>;
  MatchingDecisionMade?: MatchingDecisionMadeResolvers<ContextType>;
  MatchingEvidence?: MatchingEvidenceResolvers<ContextType>;
  MatchingOriginCount?: MatchingOriginCountResolvers<ContextType>;
  MatchingQueueCount?: MatchingQueueCountResolvers<ContextType>;
  MatchingRuleSet?: MatchingRuleSetResolvers<ContextType>;
  MatchingSimulation?: MatchingSimulationResolvers<ContextType>;
  MatchingSimulationCounts?: MatchingSimulationCountsResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Organisation?: OrganisationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  StaffMember?: StaffMemberResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
};

