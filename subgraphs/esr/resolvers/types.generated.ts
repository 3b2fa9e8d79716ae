import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { StaffRecord, HeldEmployment, AssignmentOnDay, HeldRegistration, HeldCompetence, HeldName, HeldQualification, HeldRemoval } from '../domain/staff-record.ts';
import type { OrganisationRow } from '../domain/records.ts';
import type { StoredTransfer } from '../domain/transfer.ts';
import type { StoredExport } from '../domain/export-ports.ts';
import type { ImportRun } from '../domain/import-run.ts';
import type { EsrContext } from '../context.ts';
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
  _FieldSet: { input: string; output: string; }
};

/** One post held by a person. */
export type Assignment = {
  readonly __typename?: 'Assignment';
  /** 8 digits, or 8 digits and `-n` for second and later posts */
  readonly assignmentNumber: Scalars['String']['output'];
  /** Hours, e.g. full-time or part-time, as ESR words it */
  readonly category: Maybe<Scalars['String']['output']>;
  /** Full-time or part-time, as a value of ASSIGNMENT_TYPE */
  readonly categoryCode: Maybe<CodedValue>;
  readonly changedAt: Scalars['DateTime']['output'];
  readonly contractType: Maybe<Scalars['String']['output']>;
  /** `contractType` as a value of CONTRACT_TYPE */
  readonly contractTypeCode: Maybe<CodedValue>;
  /** Department, as the employer names it */
  readonly department: Maybe<Scalars['String']['output']>;
  readonly employer: Organisation;
  readonly endDate: Maybe<Scalars['Date']['output']>;
  /** Full-time equivalent, 0 to 1 */
  readonly fte: Maybe<Scalars['Float']['output']>;
  /** Pay grade, e.g. `NHS|XR06|Review Body Band 6` */
  readonly grade: Maybe<Scalars['String']['output']>;
  /** Of the contract, by week */
  readonly hours: Maybe<Scalars['Float']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly jobRole: Maybe<Scalars['String']['output']>;
  /** `jobRole` as a value of JOB_ROLE */
  readonly jobRoleCode: Maybe<CodedValue>;
  /** Place of work, as the employer names it */
  readonly location: Maybe<Scalars['String']['output']>;
  readonly position: Maybe<Position>;
  readonly positionTitle: Maybe<Scalars['String']['output']>;
  readonly primary: Scalars['Boolean']['output'];
  readonly staffGroup: Maybe<Scalars['String']['output']>;
  /** `staffGroup` as a value of STAFF_GROUP */
  readonly staffGroupCode: Maybe<CodedValue>;
  readonly startDate: Maybe<Scalars['Date']['output']>;
  /** ESR's own word, e.g. `ACTIVE_APL` */
  readonly status: Maybe<Scalars['String']['output']>;
  /** `status` as a value of ASSIGNMENT_STATUS */
  readonly statusCode: Maybe<CodedValue>;
};

/** Code lists of the National Workforce Data Set. More may be added: keep a default. */
export type CodeSystem =
  | 'ASSIGNMENT_STATUS'
  | 'ASSIGNMENT_TYPE'
  /** EMPLOYMENT CONTRACT TYPE */
  | 'CONTRACT_TYPE'
  /** JOB ROLE CODE; the first two digits are the staff group */
  | 'JOB_ROLE'
  /** EMPLOYMENT HISTORY LEAVING DESTINATION */
  | 'LEAVING_DESTINATION'
  /** EMPLOYMENT HISTORY LEAVING REASON */
  | 'LEAVING_REASON'
  /** PROFESSIONAL REGISTRATION BODY CODE */
  | 'REGISTRATION_BODY'
  | 'STAFF_GROUP';

/** A value of a code list. */
export type CodedValue = {
  readonly __typename?: 'CodedValue';
  /** Null when what the source says is no value of the list */
  readonly code: Maybe<Scalars['String']['output']>;
  /** The list's own text, else what the source says */
  readonly display: Scalars['String']['output'];
  readonly system: CodeSystem;
};

/** One field of two records. */
export type ComparedField = {
  readonly __typename?: 'ComparedField';
  readonly field: ComparedFieldName;
  readonly outcome: ComparedOutcome;
};

/** Fields that a transfer compares. */
export type ComparedFieldName =
  | 'BIRTH_DATE'
  | 'LAST_NAME'
  | 'NI_NUMBER';

/** What came of comparing. More may be added: keep a default. */
export type ComparedOutcome =
  | 'DIFFERENT'
  | 'NOT_HELD'
  | 'SAME';

/** Training that a person has been awarded. */
export type Competence = {
  readonly __typename?: 'Competence';
  readonly awardedBy: Organisation;
  readonly awardedOn: Scalars['Date']['output'];
  /** When something new was last learnt about it */
  readonly changedAt: Scalars['DateTime']['output'];
  /** By the awarding organisation's renewal period. A receiving organisation applies its own. */
  readonly expiresOn: Maybe<Scalars['Date']['output']>;
  readonly framework: CompetenceFramework;
  readonly level: Maybe<Scalars['String']['output']>;
  /** ESR's full name, e.g. `NHS|CSTF|Fire Safety - 2 Years|` */
  readonly name: Scalars['String']['output'];
  /** E.g. `Fire Safety` */
  readonly subject: Scalars['String']['output'];
};

/** Where a competence is defined. More may be added: keep a default. */
export type CompetenceFramework =
  | 'CSTF'
  | 'LOCAL';

/** A name that a person has or had at an employer. */
export type DatedName = {
  readonly __typename?: 'DatedName';
  readonly employer: Organisation;
  readonly from: Scalars['Date']['output'];
  readonly name: PersonName;
  /** Null while no end is known */
  readonly until: Maybe<Scalars['Date']['output']>;
};

/** An employee number at one organisation. */
export type EmployeeBy = {
  /** 8 digits */
  readonly employeeNumber: Scalars['String']['input'];
  /** ODS code of the employing organisation */
  readonly odsCode: Scalars['ID']['input'];
};

/** One person in one employing organisation. */
export type Employment = {
  readonly __typename?: 'Employment';
  /** When anything of it last changed, names and posts included */
  readonly changedAt: Scalars['DateTime']['output'];
  /** 8 digits, of this employer */
  readonly employeeNumber: Scalars['String']['output'];
  readonly employer: Organisation;
  readonly hireDate: Maybe<Scalars['Date']['output']>;
  /** The last day with a live post or before termination; null while none is known */
  readonly lastDay: Maybe<Scalars['Date']['output']>;
  readonly leavingReason: Maybe<Scalars['String']['output']>;
  /** `leavingReason` as a value of LEAVING_REASON */
  readonly leavingReasonCode: Maybe<CodedValue>;
  /** Start of continuous NHS service */
  readonly nhsStartDate: Maybe<Scalars['Date']['output']>;
  readonly personType: Maybe<PersonType>;
  readonly terminationDate: Maybe<Scalars['Date']['output']>;
};

/** A record with all but a little of it hidden. */
export type MaskedRecord = {
  readonly __typename?: 'MaskedRecord';
  /** The year, e.g. `1985-**-**` */
  readonly birthDate: Scalars['String']['output'];
  /** Whether each field is the same as the subject's; empty for the subject */
  readonly compared: ReadonlyArray<ComparedField>;
  /** The last two of eight digits, e.g. `******23` */
  readonly employeeNumber: Scalars['String']['output'];
  /** The first letter, e.g. `G…` */
  readonly familyName: Scalars['String']['output'];
  readonly givenName: Maybe<Scalars['String']['output']>;
  /** E.g. `QQ****56A` */
  readonly niNumber: Maybe<Scalars['String']['output']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Says that the people whom a full file did not have have left: their employments end. People confirm it with their passkey. */
  readonly staffImportConfirmAbsences: StaffImportAbsencesPayload;
  /**
   * Goes on with an import that was cut off, or takes the file of a refused one again. The file has to be where it was. The
   * answer comes once that has begun; the import itself goes on after it.
   */
  readonly staffImportTakeAgain: StaffImportPayload;
  /** The new employer has accepted the person's mailbox as a joiner's: there is no reason to alert any more */
  readonly transferComplete: TransferPayload;
  /** The person agrees to a transfer of their record */
  readonly transferConsentGive: TransferPayload;
  /**
   * The person agrees no longer, or has told the new employer so: from now on nothing of the record is shown to the new
   * employer. Only the person can agree again.
   */
  readonly transferConsentWithdraw: TransferPayload;
  /** The previous employer's HR says whose record it is. For a person, who confirms it with their passkey. */
  readonly transferDecide: TransferPayload;
  /**
   * Asks the previous employer for the record of somebody who comes to the caller's organisation. A second request for the
   * same move gives the same transfer, and looks again when nobody has decided on it.
   */
  readonly transferRequest: TransferPayload;
  /**
   * Starts an export of the records of everybody with a live or future employment at the caller's organisation, with how
   * their credentials of that organisation stand. Everybody in it finds the caller in their access log. People confirm it
   * with their passkey.
   */
  readonly verifiedRecordExportStart: VerifiedRecordExportPayload;
};


export type MutationStaffImportConfirmAbsencesArgs = {
  input: StaffImportConfirmAbsencesInput;
};


export type MutationStaffImportTakeAgainArgs = {
  input: StaffImportTakeAgainInput;
};


export type MutationTransferCompleteArgs = {
  input: TransferInput;
};


export type MutationTransferConsentGiveArgs = {
  input: TransferInput;
};


export type MutationTransferConsentWithdrawArgs = {
  input: TransferInput;
};


export type MutationTransferDecideArgs = {
  input: TransferDecideInput;
};


export type MutationTransferRequestArgs = {
  input: TransferRequestInput;
};


export type MutationVerifiedRecordExportStartArgs = {
  input: VerifiedRecordExportStartInput;
};

/** An NHS organisation. */
export type Organisation = {
  readonly __typename?: 'Organisation';
  /** The first day on which it is no more */
  readonly closedOn: Maybe<Scalars['Date']['output']>;
  readonly name: Maybe<Scalars['String']['output']>;
  /** Organisation Data Service code, e.g. `RA1` */
  readonly odsCode: Scalars['ID']['output'];
  readonly openedOn: Maybe<Scalars['Date']['output']>;
  /** People with a live employment here, each once. Only for this organisation's own HR, and for our own services. */
  readonly staff: Maybe<StaffConnection>;
  /** Whether it still exists, or existed on a day */
  readonly status: Maybe<OrganisationStatus>;
  /** The organisation that took its place; null for one that is not held */
  readonly successor: Maybe<Organisation>;
  readonly type: Maybe<OrganisationType>;
  /** ESR virtual private database number, 3 digits */
  readonly vpd: Maybe<Scalars['String']['output']>;
};


/** An NHS organisation. */
export type OrganisationStaffArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  asOf: InputMaybe<Scalars['Date']['input']>;
  changedSince: InputMaybe<Scalars['DateTime']['input']>;
  first?: Scalars['Int']['input'];
};


/** An NHS organisation. */
export type OrganisationStatusArgs = {
  asOf: InputMaybe<Scalars['Date']['input']>;
};

/** Whether an organisation still exists. More may be added: keep a default. */
export type OrganisationStatus =
  | 'CLOSED'
  | 'OPEN';

/** Kinds of organisation. More may be added: keep a default. */
export type OrganisationType =
  | 'CARE_TRUST'
  | 'ICB'
  | 'NHS_TRUST'
  | 'OTHER';

/** Where a page ends. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
};

/** A person's name, in the parts that ESR keeps. */
export type PersonName = {
  readonly __typename?: 'PersonName';
  readonly family: Scalars['String']['output'];
  readonly given: Maybe<Scalars['String']['output']>;
  readonly middle: Maybe<Scalars['String']['output']>;
  /** Known as */
  readonly preferred: Maybe<Scalars['String']['output']>;
  readonly title: Maybe<Scalars['String']['output']>;
};

/** What somebody is to the employer. More may be added: keep a default. */
export type PersonType =
  | 'APPLICANT'
  | 'BANK'
  | 'EMPLOYEE'
  | 'EX_EMPLOYEE'
  | 'HONORARY'
  | 'OTHER';

/** A position of an employer, as it stands in the assignment of a person. */
export type Position = {
  readonly __typename?: 'Position';
  readonly areaOfWork: Maybe<Scalars['String']['output']>;
  /** The employer's own number */
  readonly id: Scalars['ID']['output'];
  /** Three characters, e.g. `N6A` */
  readonly occupationCode: Maybe<Scalars['String']['output']>;
  readonly title: Maybe<Scalars['String']['output']>;
};

/** A registration with a professional regulator. */
export type ProfessionalRegistration = {
  readonly __typename?: 'ProfessionalRegistration';
  readonly body: RegistrationBody;
  /** `body` as a value of REGISTRATION_BODY */
  readonly bodyCode: Maybe<CodedValue>;
  /** When something new was last learnt about it */
  readonly changedAt: Scalars['DateTime']['output'];
  readonly expiresOn: Maybe<Scalars['Date']['output']>;
  readonly firstRegistered: Maybe<Scalars['Date']['output']>;
  /** When the regulator's register was last read. Changes upstream can take 24 hours, HCPC's 7 days. */
  readonly lastCheckedAt: Maybe<Scalars['DateTime']['output']>;
  readonly number: Scalars['String']['output'];
  readonly status: RegistrationStatus;
  /** Kind of registration, e.g. `Nurse - Adult` */
  readonly type: Maybe<Scalars['String']['output']>;
};

/** A qualification, as an organisation says. */
export type Qualification = {
  readonly __typename?: 'Qualification';
  readonly awardedOn: Scalars['Date']['output'];
  /** When that organisation saw the proof of it */
  readonly checkedOn: Maybe<Scalars['Date']['output']>;
  /** ISO 3166-1, two letters */
  readonly country: Maybe<Scalars['String']['output']>;
  /** Who awarded it */
  readonly institution: Maybe<Scalars['String']['output']>;
  readonly level: Maybe<Scalars['String']['output']>;
  /** The organisation that says so */
  readonly statedBy: Organisation;
  readonly subject: Maybe<Scalars['String']['output']>;
  readonly title: Scalars['String']['output'];
  /** Taken back, or entered by mistake */
  readonly withdrawn: Scalars['Boolean']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  /** The current values of a code list, in order of code */
  readonly codeList: ReadonlyArray<CodedValue>;
  /** The signed-in member of staff. Null when their record cannot be found. */
  readonly me: Maybe<StaffMember>;
  /** Transfers of the caller's own record, newest first, 100 at most */
  readonly myTransfers: ReadonlyArray<Transfer>;
  /** An NHS organisation by its ODS code. */
  readonly organisation: Maybe<Organisation>;
  /**
   * The organisations that hold a record of a person, and nothing of its content. For the person, and for HR that may see
   * the person. Null when there is no such person, or none the caller may see.
   */
  readonly recordLocations: Maybe<ReadonlyArray<Organisation>>;
  /** Finds one person that the caller may see. Null when there is none, or none the caller may see: the two look alike. */
  readonly staff: Maybe<StaffMember>;
  /**
   * What happened to people, oldest first, for our own services. Reading changes nothing: whoever reads
   * keeps the position.
   */
  readonly staffEvents: StaffEventPage;
  /** One of them. Null when there is none, or it is another organisation's. */
  readonly staffImport: Maybe<StaffImport>;
  /** Files that were imported for the caller's organisation, or are being imported, newest first. Nothing in it is about a person. */
  readonly staffImports: Maybe<StaffImportConnection>;
  /** People by id, in the order asked for, for our own services. Null for an id that is nobody's. 500 at most. */
  readonly staffMembers: ReadonlyArray<Maybe<StaffMember>>;
  /**
   * People who work at the caller's organisation, or for services that read all records anywhere, by what is known of them.
   * Administrators find whose passport they pause or stop.
   * Those whose words are exactly the ones asked for come first, then those with words that begin so; when there are neither,
   * those whose names are nearly so. Nobody is found at an organisation that the caller may not search, as if nobody worked there.
   * What an import changed is found some seconds later.
   */
  readonly staffSearch: StaffSearchConnection;
  /** A transfer that the caller or the caller's organisation is part of. Null otherwise. */
  readonly transfer: Maybe<Transfer>;
  /** Transfers to and from the caller's organisation, newest first */
  readonly transfers: TransferConnection;
  /** An export that the caller started. Null otherwise. */
  readonly verifiedRecordExport: Maybe<VerifiedRecordExport>;
};


export type QueryCodeListArgs = {
  system: CodeSystem;
};


export type QueryMyTransfersArgs = {
  asOf: InputMaybe<Scalars['Date']['input']>;
  changedSince: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryOrganisationArgs = {
  odsCode: Scalars['ID']['input'];
};


export type QueryRecordLocationsArgs = {
  staffId: Scalars['ID']['input'];
};


export type QueryStaffArgs = {
  by: StaffBy;
};


export type QueryStaffEventsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  types: ReadonlyArray<StaffEventType>;
};


export type QueryStaffImportArgs = {
  id: Scalars['ID']['input'];
};


export type QueryStaffImportsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


export type QueryStaffMembersArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


export type QueryStaffSearchArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  jobRole: InputMaybe<Scalars['String']['input']>;
  odsCode: InputMaybe<Scalars['ID']['input']>;
  text: InputMaybe<Scalars['String']['input']>;
};


export type QueryTransferArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTransfersArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  asOf: InputMaybe<Scalars['Date']['input']>;
  changedSince: InputMaybe<Scalars['DateTime']['input']>;
  first?: Scalars['Int']['input'];
  state: InputMaybe<TransferState>;
};


export type QueryVerifiedRecordExportArgs = {
  id: Scalars['ID']['input'];
};

/** An employment or assignment that was taken out of the records. */
export type RecordRemoval = {
  readonly __typename?: 'RecordRemoval';
  /** Of an assignment */
  readonly assignmentId: Maybe<Scalars['ID']['output']>;
  /** Of an employment */
  readonly employeeNumber: Maybe<Scalars['String']['output']>;
  readonly employer: Organisation;
  readonly kind: RemovedRecord;
  readonly removedAt: Scalars['DateTime']['output'];
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
  readonly number: Scalars['String']['input'];
};

/** Standing on a register. More may be added: keep a default. */
export type RegistrationStatus =
  /** May practise under conditions, until they are lifted */
  | 'CONDITIONS'
  /** Conditions while the regulator looks into something: nothing is decided yet */
  | 'INTERIM_CONDITIONS'
  /** Suspended while the regulator looks into something: nothing is decided yet */
  | 'INTERIM_SUSPENSION'
  | 'LAPSED'
  /** The register was read and has no such entry: the number may be wrong */
  | 'NOT_FOUND'
  /** On the register without a licence to practise */
  | 'NO_LICENCE'
  | 'REGISTERED'
  | 'REMOVED'
  | 'SUSPENDED'
  /** May practise as agreed with the regulator */
  | 'UNDERTAKINGS'
  | 'UNKNOWN';

/** What can be taken out. More may be added: keep a default. */
export type RemovedRecord =
  | 'ASSIGNMENT'
  | 'EMPLOYMENT';

/** How to find one person: exactly one of the fields. */
export type StaffBy =
  /** Employee number at one organisation. Employee numbers are per employer and do not move with the person. */
  { readonly employee: EmployeeBy; readonly id?: never; readonly registration?: never; }
  |  /** The person's id in this graph */
  { readonly employee?: never; readonly id: Scalars['ID']['input']; readonly registration?: never; }
  |  /** A professional registration */
  { readonly employee?: never; readonly id?: never; readonly registration: RegistrationBy; };

/** A page of people. */
export type StaffConnection = {
  readonly __typename?: 'StaffConnection';
  readonly edges: ReadonlyArray<StaffEdge>;
  readonly pageInfo: PageInfo;
  /** With `changedSince`: ids of this page under which nobody is shown here any more */
  readonly removedIds: ReadonlyArray<Scalars['ID']['output']>;
};

/** One person in a page. */
export type StaffEdge = {
  readonly __typename?: 'StaffEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: StaffMember;
};

/** One event, with how things stand at the time of reading. */
export type StaffEvent = {
  readonly __typename?: 'StaffEvent';
  readonly at: Scalars['DateTime']['output'];
  /**
   * Whether the records say that the person died in service: that is why an employment ended, and nobody has employed the
   * person since. While one organisation says so and another still employs the person, a human being has to find out.
   */
  readonly deceased: Scalars['Boolean']['output'];
  /** The organisation of the employment, or the one whose file said it */
  readonly odsCode: Scalars['ID']['output'];
  /** All of the person's registrations, as they stand now */
  readonly registrations: ReadonlyArray<ProfessionalRegistration>;
  readonly staffId: Scalars['ID']['output'];
  /** All of the person's placements in training, as they stand now */
  readonly trainingPlacements: ReadonlyArray<TrainingPlacement>;
  readonly type: StaffEventType;
  /** Whether the person works at any organisation now */
  readonly works: Scalars['Boolean']['output'];
  /** Codes of the organisations at which the person works now */
  readonly worksAt: ReadonlyArray<Scalars['ID']['output']>;
  /** Whether the person works at that organisation now */
  readonly worksThere: Scalars['Boolean']['output'];
};

/** Some of the events. There may be more when it holds as many as were asked for. */
export type StaffEventPage = {
  readonly __typename?: 'StaffEventPage';
  readonly events: ReadonlyArray<StaffEvent>;
  /** Give it as `after` to go on from here */
  readonly position: Scalars['String']['output'];
};

/** What happened to a person. More may be added: keep a default. */
export type StaffEventType =
  /** The training record says something else about a placement, or was read for the first time */
  | 'PLACEMENT_CHANGED'
  /** A register says something else about the standing of a registration, or was read for the first time */
  | 'REGISTRATION_CHANGED'
  /** The person works at the organisation: for the first time, or again */
  | 'STAFF_JOINED'
  /** The employment ended */
  | 'STAFF_LEFT';

/** The import of one file, and how far it is. */
export type StaffImport = {
  readonly __typename?: 'StaffImport';
  /** Of those, the ones who wait now: not those who were confirmed, nor those about whom a later file spoke */
  readonly absencesWaiting: Scalars['Int']['output'];
  /** People whom a full file did not have. They stay until somebody confirms that they left. */
  readonly absent: Scalars['Int']['output'];
  /** Records that are new */
  readonly added: Scalars['Int']['output'];
  /** Whether it can be gone on with, or its file taken again */
  readonly canTakeAgain: Scalars['Boolean']['output'];
  /** Records that say something else than before */
  readonly changed: Scalars['Int']['output'];
  /** Records that ended */
  readonly ended: Scalars['Int']['output'];
  /** Rows that were left out, in order of line: the first 10,000 are kept, without what they say */
  readonly failedRows: StaffImportFaultConnection;
  /** The day the file was made; for kinds that do not say, the day of the import */
  readonly fileDay: Scalars['Date']['output'];
  /** Name of the file, without where it is */
  readonly fileName: Scalars['String']['output'];
  readonly finishedAt: Maybe<Scalars['DateTime']['output']>;
  /** Whether the file holds everybody, or only what changed */
  readonly full: Scalars['Boolean']['output'];
  readonly id: Scalars['ID']['output'];
  readonly kind: StaffImportKind;
  /** Why the file was refused whole; null unless it was */
  readonly refusal: Maybe<StaffImportFault>;
  /** Rows that were left out. The rest went in. */
  readonly rowsFailed: Scalars['Int']['output'];
  /** Rows of the file, header and trailer not counted. Null until it was read to its end, where the trailer's own count agreed. */
  readonly rowsRead: Maybe<Scalars['Int']['output']>;
  /** Number of the file among those of its kind; null for kinds that have none */
  readonly sequence: Maybe<Scalars['Int']['output']>;
  readonly startedAt: Scalars['DateTime']['output'];
  readonly state: StaffImportState;
  /** Records that say the same as before */
  readonly unchanged: Scalars['Int']['output'];
  /** When it last came further */
  readonly updatedAt: Scalars['DateTime']['output'];
};


/** The import of one file, and how far it is. */
export type StaffImportFailedRowsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};

/** The outcome of confirming it. */
export type StaffImportAbsencesPayload = {
  readonly __typename?: 'StaffImportAbsencesPayload';
  /** Employments that ended */
  readonly ended: Maybe<Scalars['Int']['output']>;
  readonly errors: ReadonlyArray<StaffImportError>;
  readonly staffImport: Maybe<StaffImport>;
};

/** Whose leaving to confirm. */
export type StaffImportConfirmAbsencesInput = {
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly importId: Scalars['ID']['input'];
  /** How many waited when they were looked at (`absencesWaiting`) */
  readonly people: Scalars['Int']['input'];
};

/** A page of imports. */
export type StaffImportConnection = {
  readonly __typename?: 'StaffImportConnection';
  readonly edges: ReadonlyArray<StaffImportEdge>;
  readonly pageInfo: PageInfo;
};

/** One import in a page. */
export type StaffImportEdge = {
  readonly __typename?: 'StaffImportEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: StaffImport;
};

/** Why nothing goes on. */
export type StaffImportError = {
  readonly __typename?: 'StaffImportError';
  readonly code: StaffImportErrorCode;
  /** The rule that the file broke before an import of it began; null for other errors */
  readonly fault: Maybe<StaffImportFault>;
  readonly message: Scalars['String']['output'];
  /** Where in the input, e.g. `["input", "importId"]` */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
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

/** What is wrong, where, and by which rule. Never what was there. */
export type StaffImportFault = {
  readonly __typename?: 'StaffImportFault';
  /** Stable name of the rule, e.g. `date_invalid` */
  readonly code: Scalars['String']['output'];
  readonly field: Scalars['String']['output'];
  /** Counted from 1; 0 for the file as a whole */
  readonly line: Scalars['Int']['output'];
  /** The rule in words */
  readonly rule: Scalars['String']['output'];
};

/** A page of rows that were left out. */
export type StaffImportFaultConnection = {
  readonly __typename?: 'StaffImportFaultConnection';
  readonly edges: ReadonlyArray<StaffImportFaultEdge>;
  readonly pageInfo: PageInfo;
};

/** One row in a page. */
export type StaffImportFaultEdge = {
  readonly __typename?: 'StaffImportFaultEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: StaffImportFault;
};

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

/** The outcome. */
export type StaffImportPayload = {
  readonly __typename?: 'StaffImportPayload';
  readonly errors: ReadonlyArray<StaffImportError>;
  /** The import that goes on; for a refused one, the new import of its file */
  readonly staffImport: Maybe<StaffImport>;
};

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
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly importId: Scalars['ID']['input'];
};

/**
 * One human being known to the graph. `id` is minted here: never an NHS number, never a National Insurance number.
 * An organisation sees the part of the record that it holds itself; the person sees all of it.
 */
export type StaffMember = {
  readonly __typename?: 'StaffMember';
  /** Assignments (posts) with the organisations the caller may see */
  readonly assignments: Maybe<ReadonlyArray<Assignment>>;
  /** People who read another's confirm it with their passkey */
  readonly birthDate: Maybe<Scalars['Date']['output']>;
  /** Training, newest award of each subject and level */
  readonly competences: Maybe<ReadonlyArray<Competence>>;
  /** The id under which lists show the person: another than `id` where ids were joined. For our own services. */
  readonly currentId: Maybe<Scalars['ID']['output']>;
  /** Employments with the organisations the caller may see */
  readonly employments: Maybe<ReadonlyArray<Employment>>;
  readonly id: Scalars['ID']['output'];
  /** Current name, or the one in force on a day */
  readonly name: Maybe<PersonName>;
  /** Names at the employers the caller may see, newest first */
  readonly names: Maybe<ReadonlyArray<DatedName>>;
  /** EMPLOYEE NHS IDENTIFIER of the National Workforce Data Set, shared by all employers on ESR */
  readonly nhsEmployeeId: Maybe<Scalars['String']['output']>;
  /** National Insurance number with all but its last three characters hidden, e.g. `QQ****56A`. People who read another's confirm it with their passkey. */
  readonly niNumberMasked: Maybe<Scalars['String']['output']>;
  /** Former surnames, newest first */
  readonly previousFamilyNames: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Qualifications, newest first */
  readonly qualifications: Maybe<ReadonlyArray<Qualification>>;
  readonly registrations: Maybe<ReadonlyArray<ProfessionalRegistration>>;
  /** What the employers whose records the caller may see have taken out at or after a moment, newest first */
  readonly removals: Maybe<ReadonlyArray<RecordRemoval>>;
  /** 12 digits */
  readonly smartcardUuid: Maybe<Scalars['String']['output']>;
  /** Placements in postgraduate training, newest first */
  readonly trainingPlacements: Maybe<ReadonlyArray<TrainingPlacement>>;
  /** Transfers of the record that the person, or the caller's organisation, is part of, newest first */
  readonly transfers: Maybe<ReadonlyArray<Transfer>>;
  /** Office e-mail address as ESR holds it */
  readonly workEmail: Maybe<Scalars['String']['output']>;
  /** Telephone numbers at work in force today, as ESR holds them. For the person, and for the services that match directory accounts; null for anybody else. */
  readonly workPhones: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};


/**
 * One human being known to the graph. `id` is minted here: never an NHS number, never a National Insurance number.
 * An organisation sees the part of the record that it holds itself; the person sees all of it.
 */
export type StaffMemberAssignmentsArgs = {
  activeOn: InputMaybe<Scalars['Date']['input']>;
  asOf: InputMaybe<Scalars['Date']['input']>;
  changedSince: InputMaybe<Scalars['DateTime']['input']>;
};


/**
 * One human being known to the graph. `id` is minted here: never an NHS number, never a National Insurance number.
 * An organisation sees the part of the record that it holds itself; the person sees all of it.
 */
export type StaffMemberCompetencesArgs = {
  asOf: InputMaybe<Scalars['Date']['input']>;
  changedSince: InputMaybe<Scalars['DateTime']['input']>;
};


/**
 * One human being known to the graph. `id` is minted here: never an NHS number, never a National Insurance number.
 * An organisation sees the part of the record that it holds itself; the person sees all of it.
 */
export type StaffMemberEmploymentsArgs = {
  activeOnly?: Scalars['Boolean']['input'];
  asOf: InputMaybe<Scalars['Date']['input']>;
  changedSince: InputMaybe<Scalars['DateTime']['input']>;
};


/**
 * One human being known to the graph. `id` is minted here: never an NHS number, never a National Insurance number.
 * An organisation sees the part of the record that it holds itself; the person sees all of it.
 */
export type StaffMemberNameArgs = {
  asOf: InputMaybe<Scalars['Date']['input']>;
};


/**
 * One human being known to the graph. `id` is minted here: never an NHS number, never a National Insurance number.
 * An organisation sees the part of the record that it holds itself; the person sees all of it.
 */
export type StaffMemberNamesArgs = {
  asOf: InputMaybe<Scalars['Date']['input']>;
  changedSince: InputMaybe<Scalars['DateTime']['input']>;
};


/**
 * One human being known to the graph. `id` is minted here: never an NHS number, never a National Insurance number.
 * An organisation sees the part of the record that it holds itself; the person sees all of it.
 */
export type StaffMemberPreviousFamilyNamesArgs = {
  asOf: InputMaybe<Scalars['Date']['input']>;
};


/**
 * One human being known to the graph. `id` is minted here: never an NHS number, never a National Insurance number.
 * An organisation sees the part of the record that it holds itself; the person sees all of it.
 */
export type StaffMemberQualificationsArgs = {
  asOf: InputMaybe<Scalars['Date']['input']>;
  changedSince: InputMaybe<Scalars['DateTime']['input']>;
};


/**
 * One human being known to the graph. `id` is minted here: never an NHS number, never a National Insurance number.
 * An organisation sees the part of the record that it holds itself; the person sees all of it.
 */
export type StaffMemberRegistrationsArgs = {
  asOf: InputMaybe<Scalars['Date']['input']>;
  changedSince: InputMaybe<Scalars['DateTime']['input']>;
};


/**
 * One human being known to the graph. `id` is minted here: never an NHS number, never a National Insurance number.
 * An organisation sees the part of the record that it holds itself; the person sees all of it.
 */
export type StaffMemberRemovalsArgs = {
  changedSince: Scalars['DateTime']['input'];
};


/**
 * One human being known to the graph. `id` is minted here: never an NHS number, never a National Insurance number.
 * An organisation sees the part of the record that it holds itself; the person sees all of it.
 */
export type StaffMemberTrainingPlacementsArgs = {
  asOf: InputMaybe<Scalars['Date']['input']>;
  changedSince: InputMaybe<Scalars['DateTime']['input']>;
};


/**
 * One human being known to the graph. `id` is minted here: never an NHS number, never a National Insurance number.
 * An organisation sees the part of the record that it holds itself; the person sees all of it.
 */
export type StaffMemberTransfersArgs = {
  asOf: InputMaybe<Scalars['Date']['input']>;
  changedSince: InputMaybe<Scalars['DateTime']['input']>;
};

/** People who were found, in a page. */
export type StaffSearchConnection = {
  readonly __typename?: 'StaffSearchConnection';
  readonly edges: ReadonlyArray<StaffEdge>;
  /** How many were found, at most 200 */
  readonly found: Scalars['Int']['output'];
  readonly pageInfo: PageInfo;
  /** More than 200 fit, and these are some of them: ask with more words */
  readonly truncated: Scalars['Boolean']['output'];
};

/** A placement in a postgraduate training programme, as the training record gave it to the lead employer. */
export type TrainingPlacement = {
  readonly __typename?: 'TrainingPlacement';
  /** Null while the training record has not said it */
  readonly endDate: Maybe<Scalars['Date']['output']>;
  readonly grade: Scalars['String']['output'];
  readonly hostOdsCode: Scalars['ID']['output'];
  /** The lead employer: its record is the one that counts */
  readonly leadOdsCode: Scalars['ID']['output'];
  readonly nationalPostNumber: Scalars['String']['output'];
  /** The training record's own */
  readonly reference: Scalars['ID']['output'];
  readonly site: Scalars['String']['output'];
  readonly specialty: Scalars['String']['output'];
  readonly startDate: Scalars['Date']['output'];
  /** The training record has taken it back */
  readonly withdrawn: Scalars['Boolean']['output'];
};

/** The record of one person on its way from one employer to the next (Inter Authority Transfer). */
export type Transfer = {
  readonly __typename?: 'Transfer';
  /** Days on which nobody had accepted the person as a joiner, counted from the last day at the previous employer */
  readonly alerts: ReadonlyArray<TransferAlert>;
  /** For HR of the previous employer, while a person has to decide; null for everybody else */
  readonly case: Maybe<TransferCase>;
  /** When the new employer accepted the person as a joiner */
  readonly completedAt: Maybe<Scalars['DateTime']['output']>;
  readonly consent: TransferConsent;
  readonly from: Organisation;
  readonly id: Scalars['ID']['output'];
  /** What the previous employer holds; null unless the transfer is released, and for anybody but the new employer's HR and the person */
  readonly record: Maybe<TransferredRecord>;
  readonly requestedAt: Scalars['DateTime']['output'];
  readonly staffId: Scalars['ID']['output'];
  readonly state: TransferState;
  readonly to: Organisation;
};

/** Nobody has accepted the person as a joiner, and the mailbox is deleted after 30 days. */
export type TransferAlert = {
  readonly __typename?: 'TransferAlert';
  /** 7, 21 or 28 */
  readonly day: Scalars['Int']['output'];
  readonly raisedAt: Scalars['DateTime']['output'];
};

/** Why a transfer takes a person, with the records as far as they are needed to decide. */
export type TransferCase = {
  readonly __typename?: 'TransferCase';
  /** Records at the previous employer that may be of the same person, masked, 20 at most */
  readonly candidates: ReadonlyArray<MaskedRecord>;
  readonly queue: TransferQueue;
  /** The record at the new employer, masked */
  readonly subject: MaskedRecord;
};

/** A page of transfers. */
export type TransferConnection = {
  readonly __typename?: 'TransferConnection';
  readonly edges: ReadonlyArray<TransferEdge>;
  readonly pageInfo: PageInfo;
};

/** Whether the person agrees to a transfer. */
export type TransferConsent = {
  readonly __typename?: 'TransferConsent';
  /** When the person gave it, or took it back */
  readonly at: Maybe<Scalars['DateTime']['output']>;
  readonly recordedBy: Maybe<TransferConsentRecorder>;
  readonly state: TransferConsentState;
};

/** Who recorded a consent. */
export type TransferConsentRecorder =
  /** HR of the new employer, whom the person told */
  | 'NEW_EMPLOYER'
  /** The person themselves */
  | 'PERSON';

/** Whether there is consent. More may be added: keep a default, and treat it as none. */
export type TransferConsentState =
  | 'GIVEN'
  | 'WAITING'
  | 'WITHDRAWN';

/** What a person decided on a case. */
export type TransferDecideInput = {
  readonly decision: TransferDecision;
  /** For SAME_PERSON: the 8 digits that the record has here, looked up in ESR */
  readonly employeeNumber?: InputMaybe<Scalars['String']['input']>;
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Why, in up to 200 characters; without details of the person */
  readonly reason: Scalars['String']['input'];
  readonly transferId: Scalars['ID']['input'];
};

/** Whether a record is of the person who moves. */
export type TransferDecision =
  | 'DIFFERENT_PEOPLE'
  | 'SAME_PERSON';

/** One transfer in a page. */
export type TransferEdge = {
  readonly __typename?: 'TransferEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Transfer;
};

/** A rule that the input broke. Switch on `code`; `message` is for people. */
export type TransferError = {
  readonly __typename?: 'TransferError';
  readonly code: TransferErrorCode;
  readonly message: Scalars['String']['output'];
  /** Where in the input, e.g. `["input", "from"]` */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

/** Stable codes, never renamed. More may be added: keep a default. */
export type TransferErrorCode =
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'INVALID_VALUE'
  | 'NOT_FOUND'
  /** Whoever asked for a transfer, and the person it is about, do not decide on it */
  | 'SECOND_PERSON_REQUIRED'
  /** Too many moves of this person have been asked for */
  | 'TOO_MANY';

/** Which transfer. */
export type TransferInput = {
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
  readonly transferId: Scalars['ID']['input'];
};

/** The outcome of an act on a transfer. */
export type TransferPayload = {
  readonly __typename?: 'TransferPayload';
  readonly errors: ReadonlyArray<TransferError>;
  readonly transfer: Maybe<Transfer>;
};

/** Work queues, named as in ESR practice. More may be added: keep a default. */
export type TransferQueue =
  | 'DUPLICATE_NI_NUMBERS'
  | 'NAME_MATCH_NI_DIFFERS'
  | 'NI_MATCH_BIRTH_DATE_DIFFERS'
  | 'NI_MATCH_NAME_DIFFERS'
  | 'UNABLE_TO_MATCH';

/** Whose record is asked of whom. */
export type TransferRequestInput = {
  /** The day on which the person agreed, when they did so at the offer of the post; without it the person is asked */
  readonly consentGivenOn?: InputMaybe<Scalars['Date']['input']>;
  /** ODS code of the previous employer */
  readonly from: Scalars['ID']['input'];
  /** Makes a repeated call safe: the same key with another input is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** Somebody with a live or future employment at the caller's organisation */
  readonly staffId: Scalars['ID']['input'];
};

/** Where a transfer stands. More may be added: keep a default. */
export type TransferState =
  /** The person has not agreed yet, and nothing has been looked up */
  | 'AWAITING_CONSENT'
  /** A person at the previous employer has to say whose record it is */
  | 'CASE_OPEN'
  /** The previous employer has no record of this person */
  | 'REFUSED'
  /** The new employer sees the record */
  | 'RELEASED'
  /** The person agrees no longer */
  | 'WITHDRAWN';

/** What moves between employers: service and training. */
export type TransferredRecord = {
  readonly __typename?: 'TransferredRecord';
  readonly competences: ReadonlyArray<Competence>;
  readonly employment: Employment;
};

/** An export and how far it is. */
export type VerifiedRecordExport = {
  readonly __typename?: 'VerifiedRecordExport';
  /** What the next export takes as `since`, once this one is ready */
  readonly cursor: Maybe<Scalars['DateTime']['output']>;
  /** People gone through */
  readonly done: Scalars['Int']['output'];
  /** When the parts are erased */
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** Records that could not be read: lines with an id and a code */
  readonly failed: Scalars['Int']['output'];
  readonly finishedAt: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  /** People who have left: lines with an id alone */
  readonly left: Scalars['Int']['output'];
  /**
   * What the export consists of, signed: counts, cursor, and name, bytes and SHA-256 of each part. A compact JWS (ES256,
   * `verified-record-export+jwt`); null until the export is ready.
   */
  readonly manifest: Maybe<Scalars['String']['output']>;
  /** The JWK Set, in JSON, with the key that signed the manifest */
  readonly manifestKeys: Scalars['String']['output'];
  readonly organisation: Organisation;
  /** The parts, once the export is ready */
  readonly parts: VerifiedRecordExportPartConnection;
  /** People to go through; null until they have been counted */
  readonly people: Maybe<Scalars['Int']['output']>;
  /** Records written */
  readonly records: Scalars['Int']['output'];
  readonly requestedAt: Scalars['DateTime']['output'];
  /** Only what changed since then; everything when null */
  readonly since: Maybe<Scalars['DateTime']['output']>;
  readonly state: VerifiedRecordExportState;
  /** Whether it waits for a source that does not answer */
  readonly waiting: Scalars['Boolean']['output'];
};


/** An export and how far it is. */
export type VerifiedRecordExportPartsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};

/** Why no export was started. */
export type VerifiedRecordExportError = {
  readonly __typename?: 'VerifiedRecordExportError';
  readonly code: VerifiedRecordExportErrorCode;
  readonly message: Scalars['String']['output'];
  /** Where in the input, e.g. `["input", "since"]` */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

/** Stable codes, never renamed. More may be added: keep a default. */
export type VerifiedRecordExportErrorCode =
  /** An export for this organisation is not finished yet */
  | 'ALREADY_RUNNING'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'INVALID_VALUE'
  /** Exports are not set up here */
  | 'NOT_AVAILABLE'
  /** Too many exports of this organisation are kept; they are erased a day after they were ready */
  | 'TOO_MANY';

/** A file of records: one line of JSON each, UTF-8, as gzip. */
export type VerifiedRecordExportPart = {
  readonly __typename?: 'VerifiedRecordExportPart';
  /** Of the file as it is downloaded */
  readonly bytes: Scalars['Int']['output'];
  /** Lines in it */
  readonly lines: Scalars['Int']['output'];
  /** E.g. `part-0001.ndjson.gz` */
  readonly name: Scalars['String']['output'];
  /** Of the file as it is downloaded, base64url */
  readonly sha256: Scalars['String']['output'];
  /**
   * Where it is, for an hour. With an access token of whoever started the export; a `Range` header goes on with a download
   * that was cut off.
   */
  readonly url: Scalars['String']['output'];
  readonly urlExpiresAt: Scalars['DateTime']['output'];
};

/** A page of parts. */
export type VerifiedRecordExportPartConnection = {
  readonly __typename?: 'VerifiedRecordExportPartConnection';
  readonly edges: ReadonlyArray<VerifiedRecordExportPartEdge>;
  readonly pageInfo: PageInfo;
};

/** One part in a page. */
export type VerifiedRecordExportPartEdge = {
  readonly __typename?: 'VerifiedRecordExportPartEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: VerifiedRecordExportPart;
};

/** The outcome of starting an export. */
export type VerifiedRecordExportPayload = {
  readonly __typename?: 'VerifiedRecordExportPayload';
  readonly errors: ReadonlyArray<VerifiedRecordExportError>;
  readonly export: Maybe<VerifiedRecordExport>;
};

/** What to export. */
export type VerifiedRecordExportStartInput = {
  /** Makes a repeated call safe: the same key gives the same export, with another input it is refused */
  readonly idempotencyKey: Scalars['ID']['input'];
  /** The `cursor` of an earlier export: only what changed since. Everything when left out. */
  readonly since?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Where an export stands. More may be added: keep a default. */
export type VerifiedRecordExportState =
  /** Its parts have been erased */
  | 'EXPIRED'
  /** It could not be done within a day */
  | 'FAILED'
  /** It has been noted */
  | 'QUEUED'
  /** It can be downloaded */
  | 'READY'
  /** People have been counted, and are being read */
  | 'RUNNING';



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
  Assignment: Assignment;
  Organisation: Organisation;
  StaffMember: StaffMember;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Assignment:
    ( { __typename: 'Assignment' }
    & GraphQLRecursivePick<FederationTypes['Assignment'], {"id":true}> );
  Organisation:
    ( { __typename: 'Organisation' }
    & GraphQLRecursivePick<FederationTypes['Organisation'], {"odsCode":true}> );
  StaffMember:
    ( { __typename: 'StaffMember' }
    & GraphQLRecursivePick<FederationTypes['StaffMember'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Assignment: ResolverTypeWrapper<AssignmentOnDay>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CodeSystem: CodeSystem;
  CodedValue: ResolverTypeWrapper<CodedValue>;
  ComparedField: ResolverTypeWrapper<ComparedField>;
  ComparedFieldName: ComparedFieldName;
  ComparedOutcome: ComparedOutcome;
  Competence: ResolverTypeWrapper<HeldCompetence>;
  CompetenceFramework: CompetenceFramework;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DatedName: ResolverTypeWrapper<HeldName>;
  EmployeeBy: EmployeeBy;
  Employment: ResolverTypeWrapper<HeldEmployment>;
  MaskedRecord: ResolverTypeWrapper<MaskedRecord>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Organisation: ResolverTypeWrapper<OrganisationRow>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  OrganisationStatus: OrganisationStatus;
  OrganisationType: OrganisationType;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PersonName: ResolverTypeWrapper<PersonName>;
  PersonType: PersonType;
  Position: ResolverTypeWrapper<Position>;
  ProfessionalRegistration: ResolverTypeWrapper<HeldRegistration>;
  Qualification: ResolverTypeWrapper<HeldQualification>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecordRemoval: ResolverTypeWrapper<HeldRemoval>;
  RegistrationBody: RegistrationBody;
  RegistrationBy: RegistrationBy;
  RegistrationStatus: RegistrationStatus;
  RemovedRecord: RemovedRecord;
  StaffBy: StaffBy;
  StaffConnection: ResolverTypeWrapper<Omit<StaffConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['StaffEdge']> }>;
  StaffEdge: ResolverTypeWrapper<Omit<StaffEdge, 'node'> & { node: ResolversTypes['StaffMember'] }>;
  StaffEvent: ResolverTypeWrapper<Omit<StaffEvent, 'registrations'> & { registrations: ReadonlyArray<ResolversTypes['ProfessionalRegistration']> }>;
  StaffEventPage: ResolverTypeWrapper<Omit<StaffEventPage, 'events'> & { events: ReadonlyArray<ResolversTypes['StaffEvent']> }>;
  StaffEventType: StaffEventType;
  StaffImport: ResolverTypeWrapper<ImportRun>;
  StaffImportAbsencesPayload: ResolverTypeWrapper<Omit<StaffImportAbsencesPayload, 'staffImport'> & { staffImport?: Maybe<ResolversTypes['StaffImport']> }>;
  StaffImportConfirmAbsencesInput: StaffImportConfirmAbsencesInput;
  StaffImportConnection: ResolverTypeWrapper<Omit<StaffImportConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['StaffImportEdge']> }>;
  StaffImportEdge: ResolverTypeWrapper<Omit<StaffImportEdge, 'node'> & { node: ResolversTypes['StaffImport'] }>;
  StaffImportError: ResolverTypeWrapper<StaffImportError>;
  StaffImportErrorCode: StaffImportErrorCode;
  StaffImportFault: ResolverTypeWrapper<StaffImportFault>;
  StaffImportFaultConnection: ResolverTypeWrapper<StaffImportFaultConnection>;
  StaffImportFaultEdge: ResolverTypeWrapper<StaffImportFaultEdge>;
  StaffImportKind: StaffImportKind;
  StaffImportPayload: ResolverTypeWrapper<Omit<StaffImportPayload, 'staffImport'> & { staffImport?: Maybe<ResolversTypes['StaffImport']> }>;
  StaffImportState: StaffImportState;
  StaffImportTakeAgainInput: StaffImportTakeAgainInput;
  StaffMember: ResolverTypeWrapper<StaffRecord>;
  StaffSearchConnection: ResolverTypeWrapper<Omit<StaffSearchConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['StaffEdge']> }>;
  TrainingPlacement: ResolverTypeWrapper<TrainingPlacement>;
  Transfer: ResolverTypeWrapper<StoredTransfer>;
  TransferAlert: ResolverTypeWrapper<TransferAlert>;
  TransferCase: ResolverTypeWrapper<TransferCase>;
  TransferConnection: ResolverTypeWrapper<Omit<TransferConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['TransferEdge']> }>;
  TransferConsent: ResolverTypeWrapper<TransferConsent>;
  TransferConsentRecorder: TransferConsentRecorder;
  TransferConsentState: TransferConsentState;
  TransferDecideInput: TransferDecideInput;
  TransferDecision: TransferDecision;
  TransferEdge: ResolverTypeWrapper<Omit<TransferEdge, 'node'> & { node: ResolversTypes['Transfer'] }>;
  TransferError: ResolverTypeWrapper<TransferError>;
  TransferErrorCode: TransferErrorCode;
  TransferInput: TransferInput;
  TransferPayload: ResolverTypeWrapper<Omit<TransferPayload, 'transfer'> & { transfer?: Maybe<ResolversTypes['Transfer']> }>;
  TransferQueue: TransferQueue;
  TransferRequestInput: TransferRequestInput;
  TransferState: TransferState;
  TransferredRecord: ResolverTypeWrapper<Omit<TransferredRecord, 'competences' | 'employment'> & { competences: ReadonlyArray<ResolversTypes['Competence']>, employment: ResolversTypes['Employment'] }>;
  VerifiedRecordExport: ResolverTypeWrapper<StoredExport>;
  VerifiedRecordExportError: ResolverTypeWrapper<VerifiedRecordExportError>;
  VerifiedRecordExportErrorCode: VerifiedRecordExportErrorCode;
  VerifiedRecordExportPart: ResolverTypeWrapper<VerifiedRecordExportPart>;
  VerifiedRecordExportPartConnection: ResolverTypeWrapper<VerifiedRecordExportPartConnection>;
  VerifiedRecordExportPartEdge: ResolverTypeWrapper<VerifiedRecordExportPartEdge>;
  VerifiedRecordExportPayload: ResolverTypeWrapper<Omit<VerifiedRecordExportPayload, 'export'> & { export?: Maybe<ResolversTypes['VerifiedRecordExport']> }>;
  VerifiedRecordExportStartInput: VerifiedRecordExportStartInput;
  VerifiedRecordExportState: VerifiedRecordExportState;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Assignment: AssignmentOnDay;
  String: Scalars['String']['output'];
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  Boolean: Scalars['Boolean']['output'];
  CodedValue: CodedValue;
  ComparedField: ComparedField;
  Competence: HeldCompetence;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  DatedName: HeldName;
  EmployeeBy: EmployeeBy;
  Employment: HeldEmployment;
  MaskedRecord: MaskedRecord;
  Mutation: Record<PropertyKey, never>;
  Organisation: OrganisationRow;
  Int: Scalars['Int']['output'];
  PageInfo: PageInfo;
  PersonName: PersonName;
  Position: Position;
  ProfessionalRegistration: HeldRegistration;
  Qualification: HeldQualification;
  Query: Record<PropertyKey, never>;
  RecordRemoval: HeldRemoval;
  RegistrationBy: RegistrationBy;
  StaffBy: StaffBy;
  StaffConnection: Omit<StaffConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['StaffEdge']> };
  StaffEdge: Omit<StaffEdge, 'node'> & { node: ResolversParentTypes['StaffMember'] };
  StaffEvent: Omit<StaffEvent, 'registrations'> & { registrations: ReadonlyArray<ResolversParentTypes['ProfessionalRegistration']> };
  StaffEventPage: Omit<StaffEventPage, 'events'> & { events: ReadonlyArray<ResolversParentTypes['StaffEvent']> };
  StaffImport: ImportRun;
  StaffImportAbsencesPayload: Omit<StaffImportAbsencesPayload, 'staffImport'> & { staffImport?: Maybe<ResolversParentTypes['StaffImport']> };
  StaffImportConfirmAbsencesInput: StaffImportConfirmAbsencesInput;
  StaffImportConnection: Omit<StaffImportConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['StaffImportEdge']> };
  StaffImportEdge: Omit<StaffImportEdge, 'node'> & { node: ResolversParentTypes['StaffImport'] };
  StaffImportError: StaffImportError;
  StaffImportFault: StaffImportFault;
  StaffImportFaultConnection: StaffImportFaultConnection;
  StaffImportFaultEdge: StaffImportFaultEdge;
  StaffImportPayload: Omit<StaffImportPayload, 'staffImport'> & { staffImport?: Maybe<ResolversParentTypes['StaffImport']> };
  StaffImportTakeAgainInput: StaffImportTakeAgainInput;
  StaffMember: StaffRecord;
  StaffSearchConnection: Omit<StaffSearchConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['StaffEdge']> };
  TrainingPlacement: TrainingPlacement;
  Transfer: StoredTransfer;
  TransferAlert: TransferAlert;
  TransferCase: TransferCase;
  TransferConnection: Omit<TransferConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['TransferEdge']> };
  TransferConsent: TransferConsent;
  TransferDecideInput: TransferDecideInput;
  TransferEdge: Omit<TransferEdge, 'node'> & { node: ResolversParentTypes['Transfer'] };
  TransferError: TransferError;
  TransferInput: TransferInput;
  TransferPayload: Omit<TransferPayload, 'transfer'> & { transfer?: Maybe<ResolversParentTypes['Transfer']> };
  TransferRequestInput: TransferRequestInput;
  TransferredRecord: Omit<TransferredRecord, 'competences' | 'employment'> & { competences: ReadonlyArray<ResolversParentTypes['Competence']>, employment: ResolversParentTypes['Employment'] };
  VerifiedRecordExport: StoredExport;
  VerifiedRecordExportError: VerifiedRecordExportError;
  VerifiedRecordExportPart: VerifiedRecordExportPart;
  VerifiedRecordExportPartConnection: VerifiedRecordExportPartConnection;
  VerifiedRecordExportPartEdge: VerifiedRecordExportPartEdge;
  VerifiedRecordExportPayload: Omit<VerifiedRecordExportPayload, 'export'> & { export?: Maybe<ResolversParentTypes['VerifiedRecordExport']> };
  VerifiedRecordExportStartInput: VerifiedRecordExportStartInput;
};

export type AssignmentResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['Assignment'] = ResolversParentTypes['Assignment'], FederationReferenceType extends FederationReferenceTypes['Assignment'] = FederationReferenceTypes['Assignment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Assignment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  assignmentNumber?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  categoryCode?: Resolver<Maybe<ResolversTypes['CodedValue']>, ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  contractType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contractTypeCode?: Resolver<Maybe<ResolversTypes['CodedValue']>, ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  employer?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  endDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  fte?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  grade?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hours?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  jobRole?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  jobRoleCode?: Resolver<Maybe<ResolversTypes['CodedValue']>, ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['Position']>, ParentType, ContextType>;
  positionTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  primary?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  staffGroup?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  staffGroupCode?: Resolver<Maybe<ResolversTypes['CodedValue']>, ParentType, ContextType>;
  startDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statusCode?: Resolver<Maybe<ResolversTypes['CodedValue']>, ParentType, ContextType>;
};

export type CodedValueResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['CodedValue'] = ResolversParentTypes['CodedValue']> = {
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  display?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['CodeSystem'], ParentType, ContextType>;
};

export type ComparedFieldResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['ComparedField'] = ResolversParentTypes['ComparedField']> = {
  field?: Resolver<ResolversTypes['ComparedFieldName'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['ComparedOutcome'], ParentType, ContextType>;
};

export type CompetenceResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['Competence'] = ResolversParentTypes['Competence']> = {
  awardedBy?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  awardedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  framework?: Resolver<ResolversTypes['CompetenceFramework'], ParentType, ContextType>;
  level?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DatedNameResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['DatedName'] = ResolversParentTypes['DatedName']> = {
  employer?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['PersonName'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type EmploymentResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['Employment'] = ResolversParentTypes['Employment']> = {
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  employeeNumber?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  employer?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  hireDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  lastDay?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  leavingReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  leavingReasonCode?: Resolver<Maybe<ResolversTypes['CodedValue']>, ParentType, ContextType>;
  nhsStartDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  personType?: Resolver<Maybe<ResolversTypes['PersonType']>, ParentType, ContextType>;
  terminationDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type MaskedRecordResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['MaskedRecord'] = ResolversParentTypes['MaskedRecord']> = {
  birthDate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  compared?: Resolver<ReadonlyArray<ResolversTypes['ComparedField']>, ParentType, ContextType>;
  employeeNumber?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  familyName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  givenName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  niNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  staffImportConfirmAbsences?: Resolver<ResolversTypes['StaffImportAbsencesPayload'], ParentType, ContextType, RequireFields<MutationStaffImportConfirmAbsencesArgs, 'input'>>;
  staffImportTakeAgain?: Resolver<ResolversTypes['StaffImportPayload'], ParentType, ContextType, RequireFields<MutationStaffImportTakeAgainArgs, 'input'>>;
  transferComplete?: Resolver<ResolversTypes['TransferPayload'], ParentType, ContextType, RequireFields<MutationTransferCompleteArgs, 'input'>>;
  transferConsentGive?: Resolver<ResolversTypes['TransferPayload'], ParentType, ContextType, RequireFields<MutationTransferConsentGiveArgs, 'input'>>;
  transferConsentWithdraw?: Resolver<ResolversTypes['TransferPayload'], ParentType, ContextType, RequireFields<MutationTransferConsentWithdrawArgs, 'input'>>;
  transferDecide?: Resolver<ResolversTypes['TransferPayload'], ParentType, ContextType, RequireFields<MutationTransferDecideArgs, 'input'>>;
  transferRequest?: Resolver<ResolversTypes['TransferPayload'], ParentType, ContextType, RequireFields<MutationTransferRequestArgs, 'input'>>;
  verifiedRecordExportStart?: Resolver<ResolversTypes['VerifiedRecordExportPayload'], ParentType, ContextType, RequireFields<MutationVerifiedRecordExportStartArgs, 'input'>>;
};

export type OrganisationResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['Organisation'] = ResolversParentTypes['Organisation'], FederationReferenceType extends FederationReferenceTypes['Organisation'] = FederationReferenceTypes['Organisation']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Organisation']> | FederationReferenceType, FederationReferenceType, ContextType>;
  closedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  odsCode?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  openedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  staff?: Resolver<Maybe<ResolversTypes['StaffConnection']>, ParentType, ContextType, RequireFields<OrganisationStaffArgs, 'first'>>;
  status?: Resolver<Maybe<ResolversTypes['OrganisationStatus']>, ParentType, ContextType, Partial<OrganisationStatusArgs>>;
  successor?: Resolver<Maybe<ResolversTypes['Organisation']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['OrganisationType']>, ParentType, ContextType>;
  vpd?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PersonNameResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['PersonName'] = ResolversParentTypes['PersonName']> = {
  family?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  given?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  middle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  preferred?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PositionResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['Position'] = ResolversParentTypes['Position']> = {
  areaOfWork?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occupationCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProfessionalRegistrationResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['ProfessionalRegistration'] = ResolversParentTypes['ProfessionalRegistration']> = {
  body?: Resolver<ResolversTypes['RegistrationBody'], ParentType, ContextType>;
  bodyCode?: Resolver<Maybe<ResolversTypes['CodedValue']>, ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  firstRegistered?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  lastCheckedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RegistrationStatus'], ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QualificationResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['Qualification'] = ResolversParentTypes['Qualification']> = {
  awardedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  checkedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  institution?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  level?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statedBy?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  withdrawn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  codeList?: Resolver<ReadonlyArray<ResolversTypes['CodedValue']>, ParentType, ContextType, RequireFields<QueryCodeListArgs, 'system'>>;
  me?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType>;
  myTransfers?: Resolver<ReadonlyArray<ResolversTypes['Transfer']>, ParentType, ContextType, Partial<QueryMyTransfersArgs>>;
  organisation?: Resolver<Maybe<ResolversTypes['Organisation']>, ParentType, ContextType, RequireFields<QueryOrganisationArgs, 'odsCode'>>;
  recordLocations?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Organisation']>>, ParentType, ContextType, RequireFields<QueryRecordLocationsArgs, 'staffId'>>;
  staff?: Resolver<Maybe<ResolversTypes['StaffMember']>, ParentType, ContextType, RequireFields<QueryStaffArgs, 'by'>>;
  staffEvents?: Resolver<ResolversTypes['StaffEventPage'], ParentType, ContextType, RequireFields<QueryStaffEventsArgs, 'first' | 'types'>>;
  staffImport?: Resolver<Maybe<ResolversTypes['StaffImport']>, ParentType, ContextType, RequireFields<QueryStaffImportArgs, 'id'>>;
  staffImports?: Resolver<Maybe<ResolversTypes['StaffImportConnection']>, ParentType, ContextType, RequireFields<QueryStaffImportsArgs, 'first'>>;
  staffMembers?: Resolver<ReadonlyArray<Maybe<ResolversTypes['StaffMember']>>, ParentType, ContextType, RequireFields<QueryStaffMembersArgs, 'ids'>>;
  staffSearch?: Resolver<ResolversTypes['StaffSearchConnection'], ParentType, ContextType, RequireFields<QueryStaffSearchArgs, 'first'>>;
  transfer?: Resolver<Maybe<ResolversTypes['Transfer']>, ParentType, ContextType, RequireFields<QueryTransferArgs, 'id'>>;
  transfers?: Resolver<ResolversTypes['TransferConnection'], ParentType, ContextType, RequireFields<QueryTransfersArgs, 'first'>>;
  verifiedRecordExport?: Resolver<Maybe<ResolversTypes['VerifiedRecordExport']>, ParentType, ContextType, RequireFields<QueryVerifiedRecordExportArgs, 'id'>>;
};

export type RecordRemovalResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['RecordRemoval'] = ResolversParentTypes['RecordRemoval']> = {
  assignmentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  employeeNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  employer?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['RemovedRecord'], ParentType, ContextType>;
  removedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type StaffConnectionResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffConnection'] = ResolversParentTypes['StaffConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StaffEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  removedIds?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type StaffEdgeResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffEdge'] = ResolversParentTypes['StaffEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StaffMember'], ParentType, ContextType>;
};

export type StaffEventResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffEvent'] = ResolversParentTypes['StaffEvent']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deceased?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  odsCode?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  registrations?: Resolver<ReadonlyArray<ResolversTypes['ProfessionalRegistration']>, ParentType, ContextType>;
  staffId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  trainingPlacements?: Resolver<ReadonlyArray<ResolversTypes['TrainingPlacement']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['StaffEventType'], ParentType, ContextType>;
  works?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  worksAt?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  worksThere?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type StaffEventPageResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffEventPage'] = ResolversParentTypes['StaffEventPage']> = {
  events?: Resolver<ReadonlyArray<ResolversTypes['StaffEvent']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StaffImportResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffImport'] = ResolversParentTypes['StaffImport']> = {
  absencesWaiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  absent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  added?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  canTakeAgain?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ended?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failedRows?: Resolver<ResolversTypes['StaffImportFaultConnection'], ParentType, ContextType, RequireFields<StaffImportFailedRowsArgs, 'first'>>;
  fileDay?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  fileName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  full?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StaffImportKind'], ParentType, ContextType>;
  refusal?: Resolver<Maybe<ResolversTypes['StaffImportFault']>, ParentType, ContextType>;
  rowsFailed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rowsRead?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  sequence?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['StaffImportState'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type StaffImportAbsencesPayloadResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffImportAbsencesPayload'] = ResolversParentTypes['StaffImportAbsencesPayload']> = {
  ended?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['StaffImportError']>, ParentType, ContextType>;
  staffImport?: Resolver<Maybe<ResolversTypes['StaffImport']>, ParentType, ContextType>;
};

export type StaffImportConnectionResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffImportConnection'] = ResolversParentTypes['StaffImportConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StaffImportEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type StaffImportEdgeResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffImportEdge'] = ResolversParentTypes['StaffImportEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StaffImport'], ParentType, ContextType>;
};

export type StaffImportErrorResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffImportError'] = ResolversParentTypes['StaffImportError']> = {
  code?: Resolver<ResolversTypes['StaffImportErrorCode'], ParentType, ContextType>;
  fault?: Resolver<Maybe<ResolversTypes['StaffImportFault']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type StaffImportFaultResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffImportFault'] = ResolversParentTypes['StaffImportFault']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StaffImportFaultConnectionResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffImportFaultConnection'] = ResolversParentTypes['StaffImportFaultConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StaffImportFaultEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type StaffImportFaultEdgeResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffImportFaultEdge'] = ResolversParentTypes['StaffImportFaultEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StaffImportFault'], ParentType, ContextType>;
};

export type StaffImportPayloadResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffImportPayload'] = ResolversParentTypes['StaffImportPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['StaffImportError']>, ParentType, ContextType>;
  staffImport?: Resolver<Maybe<ResolversTypes['StaffImport']>, ParentType, ContextType>;
};

export type StaffMemberResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffMember'] = ResolversParentTypes['StaffMember'], FederationReferenceType extends FederationReferenceTypes['StaffMember'] = FederationReferenceTypes['StaffMember']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['StaffMember']> | FederationReferenceType, FederationReferenceType, ContextType>;
  assignments?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Assignment']>>, ParentType, ContextType, Partial<StaffMemberAssignmentsArgs>>;
  birthDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  competences?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Competence']>>, ParentType, ContextType, Partial<StaffMemberCompetencesArgs>>;
  currentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  employments?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Employment']>>, ParentType, ContextType, RequireFields<StaffMemberEmploymentsArgs, 'activeOnly'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['PersonName']>, ParentType, ContextType, Partial<StaffMemberNameArgs>>;
  names?: Resolver<Maybe<ReadonlyArray<ResolversTypes['DatedName']>>, ParentType, ContextType, Partial<StaffMemberNamesArgs>>;
  nhsEmployeeId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  niNumberMasked?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  previousFamilyNames?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType, Partial<StaffMemberPreviousFamilyNamesArgs>>;
  qualifications?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Qualification']>>, ParentType, ContextType, Partial<StaffMemberQualificationsArgs>>;
  registrations?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ProfessionalRegistration']>>, ParentType, ContextType, Partial<StaffMemberRegistrationsArgs>>;
  removals?: Resolver<Maybe<ReadonlyArray<ResolversTypes['RecordRemoval']>>, ParentType, ContextType, RequireFields<StaffMemberRemovalsArgs, 'changedSince'>>;
  smartcardUuid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  trainingPlacements?: Resolver<Maybe<ReadonlyArray<ResolversTypes['TrainingPlacement']>>, ParentType, ContextType, Partial<StaffMemberTrainingPlacementsArgs>>;
  transfers?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Transfer']>>, ParentType, ContextType, Partial<StaffMemberTransfersArgs>>;
  workEmail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  workPhones?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type StaffSearchConnectionResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['StaffSearchConnection'] = ResolversParentTypes['StaffSearchConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StaffEdge']>, ParentType, ContextType>;
  found?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TrainingPlacementResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['TrainingPlacement'] = ResolversParentTypes['TrainingPlacement']> = {
  endDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  grade?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hostOdsCode?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  leadOdsCode?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nationalPostNumber?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  site?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  specialty?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  withdrawn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TransferResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['Transfer'] = ResolversParentTypes['Transfer']> = {
  alerts?: Resolver<ReadonlyArray<ResolversTypes['TransferAlert']>, ParentType, ContextType>;
  case?: Resolver<Maybe<ResolversTypes['TransferCase']>, ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  consent?: Resolver<ResolversTypes['TransferConsent'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  record?: Resolver<Maybe<ResolversTypes['TransferredRecord']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  staffId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['TransferState'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
};

export type TransferAlertResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['TransferAlert'] = ResolversParentTypes['TransferAlert']> = {
  day?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  raisedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type TransferCaseResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['TransferCase'] = ResolversParentTypes['TransferCase']> = {
  candidates?: Resolver<ReadonlyArray<ResolversTypes['MaskedRecord']>, ParentType, ContextType>;
  queue?: Resolver<ResolversTypes['TransferQueue'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['MaskedRecord'], ParentType, ContextType>;
};

export type TransferConnectionResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['TransferConnection'] = ResolversParentTypes['TransferConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TransferEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TransferConsentResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['TransferConsent'] = ResolversParentTypes['TransferConsent']> = {
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  recordedBy?: Resolver<Maybe<ResolversTypes['TransferConsentRecorder']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['TransferConsentState'], ParentType, ContextType>;
};

export type TransferEdgeResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['TransferEdge'] = ResolversParentTypes['TransferEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Transfer'], ParentType, ContextType>;
};

export type TransferErrorResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['TransferError'] = ResolversParentTypes['TransferError']> = {
  code?: Resolver<ResolversTypes['TransferErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TransferPayloadResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['TransferPayload'] = ResolversParentTypes['TransferPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['TransferError']>, ParentType, ContextType>;
  transfer?: Resolver<Maybe<ResolversTypes['Transfer']>, ParentType, ContextType>;
};

export type TransferredRecordResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['TransferredRecord'] = ResolversParentTypes['TransferredRecord']> = {
  competences?: Resolver<ReadonlyArray<ResolversTypes['Competence']>, ParentType, ContextType>;
  employment?: Resolver<ResolversTypes['Employment'], ParentType, ContextType>;
};

export type VerifiedRecordExportResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['VerifiedRecordExport'] = ResolversParentTypes['VerifiedRecordExport']> = {
  cursor?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  left?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  manifest?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  manifestKeys?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  organisation?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  parts?: Resolver<ResolversTypes['VerifiedRecordExportPartConnection'], ParentType, ContextType, RequireFields<VerifiedRecordExportPartsArgs, 'first'>>;
  people?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  records?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['VerifiedRecordExportState'], ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type VerifiedRecordExportErrorResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['VerifiedRecordExportError'] = ResolversParentTypes['VerifiedRecordExportError']> = {
  code?: Resolver<ResolversTypes['VerifiedRecordExportErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type VerifiedRecordExportPartResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['VerifiedRecordExportPart'] = ResolversParentTypes['VerifiedRecordExportPart']> = {
  bytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lines?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  urlExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type VerifiedRecordExportPartConnectionResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['VerifiedRecordExportPartConnection'] = ResolversParentTypes['VerifiedRecordExportPartConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['VerifiedRecordExportPartEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type VerifiedRecordExportPartEdgeResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['VerifiedRecordExportPartEdge'] = ResolversParentTypes['VerifiedRecordExportPartEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['VerifiedRecordExportPart'], ParentType, ContextType>;
};

export type VerifiedRecordExportPayloadResolvers<ContextType = EsrContext, ParentType extends ResolversParentTypes['VerifiedRecordExportPayload'] = ResolversParentTypes['VerifiedRecordExportPayload']> = {
  errors?: Resolver<ReadonlyArray<ResolversTypes['VerifiedRecordExportError']>, ParentType, ContextType>;
  export?: Resolver<Maybe<ResolversTypes['VerifiedRecordExport']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = EsrContext> = {
  Assignment?: AssignmentResolvers<ContextType>;
  CodedValue?: CodedValueResolvers<ContextType>;
  ComparedField?: ComparedFieldResolvers<ContextType>;
  Competence?: CompetenceResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DatedName?: DatedNameResolvers<ContextType>;
  Employment?: EmploymentResolvers<ContextType>;
  MaskedRecord?: MaskedRecordResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Organisation?: OrganisationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PersonName?: PersonNameResolvers<ContextType>;
  Position?: PositionResolvers<ContextType>;
  ProfessionalRegistration?: ProfessionalRegistrationResolvers<ContextType>;
  Qualification?: QualificationResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RecordRemoval?: RecordRemovalResolvers<ContextType>;
  StaffConnection?: StaffConnectionResolvers<ContextType>;
  StaffEdge?: StaffEdgeResolvers<ContextType>;
  StaffEvent?: StaffEventResolvers<ContextType>;
  StaffEventPage?: StaffEventPageResolvers<ContextType>;
  StaffImport?: StaffImportResolvers<ContextType>;
  StaffImportAbsencesPayload?: StaffImportAbsencesPayloadResolvers<ContextType>;
  StaffImportConnection?: StaffImportConnectionResolvers<ContextType>;
  StaffImportEdge?: StaffImportEdgeResolvers<ContextType>;
  StaffImportError?: StaffImportErrorResolvers<ContextType>;
  StaffImportFault?: StaffImportFaultResolvers<ContextType>;
  StaffImportFaultConnection?: StaffImportFaultConnectionResolvers<ContextType>;
  StaffImportFaultEdge?: StaffImportFaultEdgeResolvers<ContextType>;
  StaffImportPayload?: StaffImportPayloadResolvers<ContextType>;
  StaffMember?: StaffMemberResolvers<ContextType>;
  StaffSearchConnection?: StaffSearchConnectionResolvers<ContextType>;
  TrainingPlacement?: TrainingPlacementResolvers<ContextType>;
  Transfer?: TransferResolvers<ContextType>;
  TransferAlert?: TransferAlertResolvers<ContextType>;
  TransferCase?: TransferCaseResolvers<ContextType>;
  TransferConnection?: TransferConnectionResolvers<ContextType>;
  TransferConsent?: TransferConsentResolvers<ContextType>;
  TransferEdge?: TransferEdgeResolvers<ContextType>;
  TransferError?: TransferErrorResolvers<ContextType>;
  TransferPayload?: TransferPayloadResolvers<ContextType>;
  TransferredRecord?: TransferredRecordResolvers<ContextType>;
  VerifiedRecordExport?: VerifiedRecordExportResolvers<ContextType>;
  VerifiedRecordExportError?: VerifiedRecordExportErrorResolvers<ContextType>;
  VerifiedRecordExportPart?: VerifiedRecordExportPartResolvers<ContextType>;
  VerifiedRecordExportPartConnection?: VerifiedRecordExportPartConnectionResolvers<ContextType>;
  VerifiedRecordExportPartEdge?: VerifiedRecordExportPartEdgeResolvers<ContextType>;
  VerifiedRecordExportPayload?: VerifiedRecordExportPayloadResolvers<ContextType>;
};

