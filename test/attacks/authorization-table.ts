/**
 * Who may see what, in words, and nothing about how it is enforced. The matrix takes it from here; a field of the graph that
 * is not here fails it.
 */

/** Roles of callers, with the relations in which their organisation (for staff: they themselves) can stand to a person. */
export const ROLES = {
  /** Has not signed in. */
  nobody: ['none'],
  /** Has signed in, for nothing. */
  'signed-in': ['none'],
  /** `own`: the person themselves; `other`: a colleague; `former`: one who has left; `none`: somebody whom the records do not know. */
  staff: ['own', 'former', 'other', 'none'],
  /** `own`: where the person works; `former`: whom the person has left; `other`: any other; `none`: acts for nobody. */
  hr: ['own', 'former', 'other', 'none'],
  administrator: ['own', 'former', 'other', 'none'],
  system: ['own', 'former', 'other', 'none'],
  'passport-service': ['none'],
  'nhsmail-service': ['none'],
  'esr-service': ['none'],
  'identity-service': ['none'],
} as const;

/** A role. */
export type Role = keyof typeof ROLES;

const OWN_PEOPLE = ['hr own', 'system own', 'administrator own'];
const OWN_HR = ['hr own', 'system own'];
const RECORD_SERVICES = ['passport-service', 'nhsmail-service'];
const EVENT_SERVICES = [...RECORD_SERVICES, 'identity-service'];
/** Whoever acts for an organisation sees that organisation's own. */
const ANY_ORGANISATION = ['hr', 'system', 'administrator'].flatMap((role) =>
  ['own', 'former', 'other'].map((relation) => `${role} ${relation}`),
);

/** Who may see fields of a kind. A service is named alone. */
export const MAY_SEE: Readonly<Record<string, readonly string[]>> = {
  /** Pages, edges and the like: what they hold is somewhere else in this table. */
  frame: ['everybody'],
  /** Of no person. */
  reference: ['everybody'],
  record: ['staff own', ...OWN_PEOPLE, ...RECORD_SERVICES, 'identity-service'],
  /** What HR people confirm with their passkey, so they do not see it here. */
  confirmed: ['staff own', 'system own', ...RECORD_SERVICES, 'identity-service'],
  phones: ['staff own', ...RECORD_SERVICES],
  lookUp: [...OWN_PEOPLE, ...RECORD_SERVICES],
  staffList: [...OWN_HR, ...RECORD_SERVICES],
  /** The organisations that hold a record, and the transfers of it. */
  moves: ['staff own', ...OWN_HR, 'hr former', 'system former'],
  moveCase: ['hr former', 'system former'],
  movedRecord: ['staff own', ...OWN_HR],
  locations: ['staff own', ...OWN_HR],
  ownAlone: ['staff own'],
  mailboxes: ['staff own', ...OWN_PEOPLE, ...RECORD_SERVICES, 'identity-service'],
  accountOwner: ['identity-service'],
  accounts: [...OWN_PEOPLE, ...RECORD_SERVICES],
  review: ['hr own', 'administrator own'],
  /** Of no organisation, and of no person. */
  matchingRules: ROLES.administrator.map((relation) => `administrator ${relation}`),
  simulation: ['administrator own'],
  passport: ['staff own', ...OWN_PEOPLE],
  presented: OWN_HR,
  checkPolicies: ANY_ORGANISATION,
  ownOrganisation: OWN_PEOPLE,
  directoryReport: OWN_PEOPLE,
  recordServices: RECORD_SERVICES,
  events: EVENT_SERVICES,
  directoryEvents: [...EVENT_SERVICES, ...ANY_ORGANISATION],
  exporting: ['system own'],
  exportService: ['esr-service'],
  imports: ['administrator own', 'administrator former'],
  /** Each their own organisation's; the register is for all of them. */
  issuing: ['own', 'former', 'other'].map((relation) => `administrator ${relation}`),
  flagged: ['administrator own'],
  /** What was done for an organisation, and whether the trail of it is whole: for whoever administers one. */
  audit: ['own', 'former', 'other'].map((relation) => `administrator ${relation}`),
  /** What administrators stop, with a second person. */
  stops: ['administrator own'],
  /** Entries of the access log: one's own, and those that stand out. */
  logged: ['staff own', 'administrator own'],
};

/** What subgraphs answer the gateway beyond that: they judge rows, and leave these to the gateway. */
export const BEHIND_THE_GATEWAY: Readonly<Record<string, readonly string[]>> = {
  'StaffMember.birthDate': OWN_PEOPLE,
  'StaffMember.niNumberMasked': OWN_PEOPLE,
  'StaffMember.currentId': ['staff own', ...OWN_PEOPLE, 'identity-service'],
  // The id that was asked for, and a name worked out from it: of whom it is, and whether there is anybody, they do not tell.
  'StaffMember.id': ['everybody'],
  'StaffMember.passport': ANY_ORGANISATION,
  'Passport.id': ANY_ORGANISATION,
};

/** Every field of the graph, by kind. */
export const FIELDS: Readonly<Record<keyof typeof MAY_SEE, string>> = {
  frame: `
    AccessLogConnection: edges pageInfo; AccessLogEdge: cursor node
    AuditEventConnection: edges pageInfo; AuditEventEdge: cursor node
    CheckPolicyConnection: edges pageInfo; CheckPolicyEdge: cursor node
    CheckPolicyDryRunEdge: cursor node
    CredentialConnection: edges pageInfo; CredentialEdge: cursor node
    DeletionRequestConnection: edges pageInfo; DeletionRequestEdge: cursor node
    PresentationRequestConnection: edges pageInfo totalCount; PresentationRequestEdge: cursor node
    DirectoryAccountConnection: edges pageInfo; DirectoryAccountEdge: cursor node
    DirectoryEventPage: events position
    DirectoryFindingConnection: edges pageInfo; DirectoryFindingEdge: cursor node
    FlaggedAccessConnection: edges pageInfo; FlaggedAccessEdge: cursor node
    IdentityLinkConnection: edges pageInfo; IdentityLinkEdge: cursor node
    MatchingCaseConnection: edges pageInfo; MatchingCaseEdge: cursor node
    PageInfo: hasNextPage endCursor
    PassportStopConnection: edges pageInfo; PassportStopEdge: cursor node
    PlacementEventPage: events position
    SharingAgreementConnection: edges pageInfo; SharingAgreementEdge: cursor node
    RegisteredOrganisationConnection: edges pageInfo; RegisteredOrganisationEdge: cursor node
    RegistryChangeConnection: edges pageInfo; RegistryChangeEdge: cursor node
    SharingConnection: edges pageInfo; SharingEdge: cursor node
    SignalConnection: edges pageInfo; SignalEdge: cursor node
    StaffImportConnection: edges pageInfo; StaffImportEdge: cursor node
    StaffImportFaultConnection: edges pageInfo; StaffImportFaultEdge: cursor node
    StaffConnection: edges removedIds pageInfo; StaffEdge: cursor node
    StaffEventPage: events position
    StaffSearchConnection: edges pageInfo found truncated
    TransferConnection: edges pageInfo; TransferEdge: cursor node
    VerifiedRecordExportPartConnection: edges pageInfo; VerifiedRecordExportPartEdge: cursor node
    AgreementPayload: agreement errors; CheckPolicyImportPayload: policies errors; CheckPolicyPayload: policy errors
    CredentialIssuePayload: issued errors; CredentialNotePayload: noted errors; CredentialOfferEndPayload: errors
    CredentialOfferPayload: offer errors; CredentialStatusPayload: credential errors; DeletionAnswerPayload: deletion errors
    DeletionRequestPayload: deletion errors; EmploymentCheckDecisionPayload: decision errors
    EmploymentCheckWithdrawPayload: errors; MatchingCaseError: code message path; MatchingCasePayload: matchingCase errors
    MatchingCaseResult: caseId matchingCase errors; MatchingCasesPayload: results errors
    NotOffered: type issuer; PassportEarlierEndPayload: ended errors; PassportReofferPayload: offers notOffered errors
    PassportPausePayload: paused errors; PassportStopPayload: stop errors
    PresentationClosePayload: request errors; PresentationListRequestPayload: listId errors
    PresentationRefusePayload: presentation errors; PresentationRequestPayload: request errors
    PresentationVerifyPayload: request result errors; RequesterReportPayload: report errors
    IssuerKeyPayload: key errors; RegistryChangePayload: change errors
    SharingConsentPayload: expiresAt errors
    StaffImportPayload: staffImport errors; StaffImportAbsencesPayload: staffImport ended errors; StaffImportError: code message path fault
    SignalReceiverPayload: receiver secret errors; StaffEventHoldPayload: hold errors; TransferError: code message path
    TransferPayload: transfer errors; UserError: code message path rule
    VerifiedRecordExportError: code message path; VerifiedRecordExportPayload: export errors
    VerifiedRecordsDisclosePayload: standings errors; IssuedCredential: compact credential`,
  reference: `
    Query: organisation codeList
    Organisation: odsCode name type status openedOn closedOn successor vpd
    CodedValue: system code display`,
  record: `
    StaffMember: id nhsEmployeeId name previousFamilyNames smartcardUuid workEmail employments assignments registrations
      competences names qualifications trainingPlacements removals
    PersonName: title given middle family preferred
    DatedName: name employer from until
    Employment: employer employeeNumber personType hireDate terminationDate leavingReason nhsStartDate leavingReasonCode lastDay
      changedAt
    Assignment: id assignmentNumber employer primary status positionTitle jobRole staffGroup grade fte category startDate endDate
      jobRoleCode staffGroupCode statusCode categoryCode position hours location department contractType contractTypeCode
      changedAt
    Position: id title occupationCode areaOfWork
    ProfessionalRegistration: body number status type firstRegistered expiresOn lastCheckedAt bodyCode changedAt
    Competence: framework subject level name awardedBy awardedOn expiresOn changedAt
    Qualification: title level subject institution country awardedOn statedBy checkedOn withdrawn
    TrainingPlacement: reference leadOdsCode hostOdsCode nationalPostNumber specialty grade site startDate endDate withdrawn
    RecordRemoval: kind employer employeeNumber assignmentId removedAt`,
  confirmed: `StaffMember: birthDate niNumberMasked`,
  phones: `StaffMember: workPhones`,
  lookUp: `Query: staff staffSearch`,
  staffList: `Organisation: staff`,
  moves: `
    Query: transfer transfers; StaffMember: transfers
    Transfer: id staffId from to state requestedAt consent alerts completedAt
    TransferConsent: state at recordedBy; TransferAlert: day raisedAt`,
  moveCase: `
    Transfer: case; TransferCase: queue subject candidates
    MaskedRecord: employeeNumber familyName givenName birthDate niNumber compared; ComparedField: field outcome`,
  movedRecord: `Transfer: record; TransferredRecord: employment competences`,
  locations: `Query: recordLocations`,
  ownAlone: `
    Query: me myTransfers; StaffMember: accessLog sharing
    SharedPresentation: id requester requestedBy purpose state requestedAt expiresAt answeredAt shared keptUntil deletion report
    SharedCredential: type issuer claims; RequesterReport: reason at`,
  mailboxes: `
    StaffMember: mailboxes identityLinks
    DirectoryAccount: id mail aliases kind status displayName givenName familyName jobTitle organisation phone asOf
    IdentityLink: id staffMember account method state assurance linkedAt endedAt bits author decidedBy reason ruleSet evidence
    LinkEvidence: field outcome bits`,
  accountOwner: `Query: directoryAccount; DirectoryAccount: staffMember`,
  accounts: `Query: directoryAccounts`,
  review: `
    Query: matchingCase matchingCases matchingLikelyLinks matchingQueues matchingOrigins
    MatchingCase: id queue state because organisation staffMember account candidates openedAt ageDays dueAt overdue assignedTo
      decision history closedAt version
    MatchingCandidate: staffMember account accountId bits evidence linked
    MatchingEvidence: field outcome bits directoryValue
    MatchingDecisionMade: decision by organisation at reason
    MatchingCaseAct: at action by organisation state reason
    MatchingQueueCount: queue open overdue awaitingSecondPerson oldestOpenedAt; MatchingOriginCount: organisation open`,
  matchingRules: `Query: matchingRuleSets; MatchingRuleSet: version name state addedAt`,
  simulation: `
    Query: matchingSimulate; MatchingSimulation: state organisation ruleSet startedAt recordsRead counts
    MatchingSimulationCounts: linked lost queued`,
  passport: `
    Query: credential; StaffMember: passport; Passport: id status credentials offers
    Credential: id staff type format state issuer issuedAt expiresAt statusListUri statusIndex lastStatusChangeAt reason version
      statusHistory holderEvent holderEventAt
    CredentialOffer: id issuer types state deferred uri uriByValue transactionCode createdAt expiresAt endedAt endedBecause
    StatusChange: state reason at organisation`,
  presented: `
    Query: presentation presentationRequests presentationLists presentationReceipt deletionRequests employmentChecks
    PresentationRequest: id state purpose template reference startsOn dcql link walletUri digitalCredentialRequest nonce audience createdAt expiresAt
      fetchedAt answeredAt refusedBecause result closedAt listId
    PresentationList: id createdAt requests
    VerificationResult: outcome checkedAt holder credentials checks
    PresentedCredential: queryId outcome type issuer credentialId issuedAt expiresAt statusAsOf disclosed claims checks
    VerificationCheck: name section outcome code
    PresentationReceipt: compact keysUri signedAt
    DeletionRequest: presentationId state askedAt answerBy answeredAt reason
    EmploymentChecks: holder policy staffGroup checkedAt checks training missing complete
    EmploymentCheckResult: check outcome reasons endsOn settled assurance evidence register checkedLocally originalsSeen bypass
    EmploymentCheckAssurance: organisation name standard outcome method at
    EmploymentCheckEvidence: presentationId type outcome issuer credentialId issuedAt expiresAt statusAsOf checkedAt claims
      provenance
    CredentialProvenance: origin assurancePolicy assuranceOutcome provider verifier verificationMethod pedigree lastRefresh
    RegisterReading: body number status expiresOn readAt
    EmploymentCheckDecision: id check kind outcome reason endsOn decidedBy decidedAt
    TrainingCheckResult: subject level renewalMonths outcome reasons awardedOn endsOn`,
  checkPolicies: `
    Query: checkPolicy checkPolicies checkPolicyDryRun checkPolicyBlueprint
    CheckPolicy: id organisation staffGroup version state content createdAt inForceFrom replacedAt copiedFrom
    CheckPolicyContent: notApplicable requiredTypes status identity registration history criminalRecord workHealth training
    StatusAgePolicy: onlineMaxAgeSeconds offlineMaxAgeSeconds; IdentityCheckPolicy: minimumConfidence
    RegistrationCheckPolicy: readRecord readWithinHours hcpcReadWithinHours; HistoryCheckPolicy: months gapDays
    CriminalRecordCheckPolicy: level workforce years portableInTraining
    WorkHealthCheckPolicy: exposureProneProcedures; TrainingPolicy: subject level renewalMonths
    CheckPolicyBlueprint: jwt policies; CheckPolicyDryRun: policy looked edges pageInfo
    NewlyFailing: person checks training missing; EmploymentCheckChange: check from to reasons`,
  ownOrganisation: `
    Query: sharingAgreements signals signalsAfter signalReceivers signalReach staffEventHolds
    SharingAgreement: id reference proposedBy proposedTo startsOn endsOn state proposedAt acceptedAt endedAt endedBy
    Signal: id staff cause registrationBody registrationStatus registerReadAt credentialType credentialState happenedAt createdAt
      securityEventToken
    SignalReceiver: id url audience registeredAt endedAt failures failingSince lastFailure parkedAt causes secretSince
      previousSecretUntil attempts
    SignalAttempt: signalId isTest at milliseconds outcome
    SignalReach: receivers reached failing notReached; UnreachedReceiver: receiverId url failures isParked
    StaffEventHold: id people heldAt approvedAt releasedAt`,
  directoryReport: `
    Organisation: directoryReport
    DirectoryReport: asOf readiness leaversOverdue people peopleLinked accounts accountsLinked casesOpen casesOverdue counts
      findings
    DirectoryReadiness: score parts; DirectoryReadinessPart: name points of; DirectoryFindingCount: kind count oldest
    DirectoryFinding: id kind since account staffMember worksAt deceased ownersLeft ownersLeftOver deleteDueAt`,
  recordServices: `Query: staffMembers passportHolders; StaffMember: currentId`,
  events: `
    Query: staffEvents placementEvents
    StaffEvent: type staffId odsCode at worksThere works worksAt deceased registrations trainingPlacements
    PlacementEvent: type staffId staff odsCode at placedThere`,
  directoryEvents: `
    Query: directoryEvents
    DirectoryEvent: id type odsCode kind accountId staffId deceased day deleteDueAt at`,
  exporting: `
    Query: verifiedRecordExport
    VerifiedRecordExport: id organisation since state requestedAt people done records left failed waiting finishedAt expiresAt
      cursor manifest manifestKeys parts
    VerifiedRecordExportPart: name lines bytes sha256 url urlExpiresAt`,
  exportService: `
    Query: credentialHoldersChanged
    CredentialStanding: staffId type state credentials reason issuedAt expiresAt lastStatusChangeAt`,
  imports: `
    Query: staffImports staffImport
    StaffImport: id fileName kind sequence full fileDay state startedAt updatedAt finishedAt rowsRead rowsFailed added changed
      unchanged ended absent absencesWaiting refusal canTakeAgain failedRows
    StaffImportFault: line field code rule`,
  issuing: `
    Query: issuerKeys registeredOrganisations registeredOrganisation registryDryRun registryChanges registryChange issuerHealth
    IssuerKey: id use state keeper madeAt signsFrom certificateEndsAt endsAt turnedOffAt signed inForce
    RegisteredOrganisation: organisation mayIssue mayCheck contact certificateEndsAt changedAt
    RegisteredIssuing: type from until; RegisteredContact: team mail phone
    RegistryDryRun: lines effect needsKeeper errors; RegistryChangeLine: what credentialType before after
    RegistryChangeEffect: credentialsInForce offersOpen requestsOpen
    RegistryChange: id organisation lines issuesUntil reason state proposedAt proposedFor isMine mayApprove needsKeeper decidedAt
      decidedFor effect
    IssuerHealth: statusLists backlogs; PublishedStatusList: id version signedAt expiresAt heldBack
    SignalBacklog: receiverId url failures parkedAt waiting oldestAt`,
  flagged: `Query: flaggedAccess; FlaggedAccess: staff reader entry`,
  audit: `
    Query: auditEvents auditChain; AuditEvent: at actor person action subject requestId; AuditChain: unbroken at events`,
  stops: `
    Query: passportStop passportStops passportStopOutlook
    PassportStop: id staff credential credentials reason note urgent state requestedBy requestedAt expiresAt decidedBy decidedAt
      stopped reviewDueAt reviewedBy reviewedAt review
    PassportStopOutlook: credentials shownTo days keptBy openRequests placedAt`,
  logged: `AccessLogEntry: at actorName actorOrganisation actorContact purpose fields requestId flags`,
};

const ACTING_HR = ['hr', 'system'];
const REVIEWERS = ['hr', 'administrator'];

/** Who may change what, acting for an organisation (staff and services: for none). The rest is refused before anything runs. */
export const MAY_CHANGE: readonly (readonly [readonly string[], string])[] = [
  [
    ACTING_HR,
    'transferRequest transferComplete presentationRequest presentationListRequest presentationClose presentationVerify deletionAnswer',
  ],
  [ACTING_HR, 'employmentCheckRecord employmentCheckWithdraw'],
  [['staff', 'hr', 'system'], 'transferConsentWithdraw'],
  [
    ['staff'],
    'transferConsentGive presentationRefuse deletionRequest requesterReport passportEarlierEnd',
  ],
  [REVIEWERS, 'matchingCaseAssign matchingCaseHandOver matchingCaseDecide'],
  [
    ['administrator'],
    `credentialSuspend passportPause passportStopRefuse checkPolicyImport staffImportTakeAgain
      registryChangeTurnDown signalReceiverTest`,
  ],
  [['identity-service'], 'credentialOfferEnd credentialIssue credentialNote'],
  [['esr-service'], 'verifiedRecordsDisclose'],
  // What people confirm with their passkey: systems, that cannot, need no confirmation.
  [['system'], 'transferDecide verifiedRecordExportStart credentialOffer employmentCheckBypass'],
  [
    [],
    `matchingCasesDecide matchingCaseApprove matchingCaseUndo identityLinkConfirm identityLinkEnd identityLinkMove
     credentialReinstate credentialRevoke checkPolicyDraft checkPolicyActivate agreementPropose agreementAccept agreementEnd
     passportStopRequest passportStopApprove passportStopReview
     issuerKeyRotate issuerKeyTurnOff registryChangePropose registryChangeApprove
     signalReceiverRegister signalReceiverEnd signalReceiverReplay signalReceiverSecretChange staffEventHoldApprove
     passportReoffer staffImportConfirmAbsences
     sharingConsent`,
  ],
];
