import type { CodegenConfig } from '@graphql-codegen/cli';

const scalars = {
  Date: { input: 'string', output: 'string' },
  DateTime: { input: 'string', output: 'string | Date' },
  _FieldSet: 'string',
  federation__Scope: 'string',
  federation__Policy: 'string',
  link__Import: 'string',
  JSON: { input: 'unknown', output: 'unknown' },
  ID: { input: 'string', output: 'string' },
};

/** Resolver types of one subgraph, next to its resolvers. */
const subgraph = (name: string, context: string, mappers: Record<string, string>) => ({
  schema: `schema/${name}.graphql`,
  plugins: ['typescript', 'typescript-resolvers'],
  config: {
    federation: true,
    useTypeImports: true,
    enumsAsTypes: true,
    immutableTypes: true,
    scalars,
    avoidOptionals: { field: true, inputValue: false, object: true },
    contextType: `../context.ts#${context}`,
    mappers,
  },
});

const config: CodegenConfig = {
  overwrite: true,
  importExtension: '.ts',
  generates: {
    'web/operations/operations.generated.ts': {
      schema: 'schema/supergraph.graphql',
      documents: 'web/operations/**/*.graphql',
      plugins: ['typescript-operations', './scripts/web-operations-plugin.ts'],
      config: {
        useTypeImports: true,
        immutableTypes: true,
        skipTypename: true,
        enumType: 'string-literal',
        scalars: { ...scalars, DateTime: 'string' },
      },
    },
    'subgraphs/esr/resolvers/types.generated.ts': subgraph('esr', 'EsrContext', {
      StaffMember: '../domain/staff-record.ts#StaffRecord',
      Organisation: '../domain/records.ts#OrganisationRow',
      Employment: '../domain/staff-record.ts#HeldEmployment',
      Assignment: '../domain/staff-record.ts#AssignmentOnDay',
      ProfessionalRegistration: '../domain/staff-record.ts#HeldRegistration',
      Competence: '../domain/staff-record.ts#HeldCompetence',
      Transfer: '../domain/transfer.ts#StoredTransfer',
      VerifiedRecordExport: '../domain/export-ports.ts#StoredExport',
      StaffImport: '../domain/import-run.ts#ImportRun',
      DatedName: '../domain/staff-record.ts#HeldName',
      Qualification: '../domain/staff-record.ts#HeldQualification',
      RecordRemoval: '../domain/staff-record.ts#HeldRemoval',
    }),
    'subgraphs/nhsmail/resolvers/types.generated.ts': subgraph('nhsmail', 'NhsmailContext', {
      StaffMember: '../context.ts#StaffMemberParent',
      DirectoryAccount: '../domain/directory-entry.ts#DirectoryEntry',
      IdentityLink: '../context.ts#IdentityLinkParent',
      DirectoryReport: '../resolvers/directory-report.ts#DirectoryReportParent',
      DirectoryFinding: '../resolvers/directory-report.ts#DirectoryFindingParent',
      MatchingCase: '../context.ts#MatchingCaseParent',
      MatchingCandidate: '../domain/cases.ts#CaseCandidate',
      MatchingEvidence: '../context.ts#EvidenceParent',
      MatchingDecisionMade: '../domain/cases.ts#MadeDecision',
      MatchingCaseAct: '../domain/case-ports.ts#RecordedCaseAct',
      MatchingQueueCount: '../domain/case-ports.ts#QueueCount',
    }),
    'subgraphs/passport/resolvers/types.generated.ts': subgraph('passport', 'PassportContext', {
      StaffMember: '../context.ts#StaffMemberParent',
      Passport: '../context.ts#PassportParent',
      Credential: '../context.ts#CredentialParent',
      PresentationRequest: '../domain/presentation-request.ts#StoredPresentation',
      PassportStop: '../domain/passport-stop.ts#PassportStop as PassportStopParent',
      PresentationRequestConnection: '../context.ts#PresentationPageParent',
      PresentedCredential: '../context.ts#PresentedCredentialParent',
      VerificationResult: '../context.ts#VerificationResultParent',
      RegisteredOrganisation:
        '../domain/registry.ts#RegisteredOrganisation as RegisteredOrganisationParent',
      RegistryChange: '../domain/registry.ts#RegistryChange as RegistryChangeParent',
      AccessLogEntry: '../context.ts#AccessLogEntryParent',
      Signal: '../domain/signal.ts#Signal as SignalParent',
    }),
  },
};

export default config;
