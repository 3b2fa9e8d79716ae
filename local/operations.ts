/** What an operator can do to a running or stopped installation from the command line. */
import { z } from 'zod';

import { ruleSetSchema } from '../subgraphs/nhsmail/domain/linkage/rule-set.ts';
import { leaversInput } from '../subgraphs/esr/domain/leavers.ts';
import { directoryReportInput } from '../subgraphs/nhsmail/domain/lifecycle/directory-report.ts';
import {
  joinStaffInput,
  partStaffInput,
  staffJoiningsInput,
} from '../subgraphs/esr/domain/staff-joinings.ts';
import { setupCodeInput } from '../identity/domain/operator-authenticators.ts';
import { purposeOfUse } from '../runtime/purpose.ts';
import { exportPieceInput, startExportInput } from '../subgraphs/esr/domain/export-desk.ts';
import {
  compromiseKeyInput,
  issuerKeysInput,
  retireKeyInput,
  rotateKeysInput,
  requesterReportsInput,
  reconcileStatusListsInput,
} from '../subgraphs/passport/domain/administration.ts';
import {
  accreditationsInput,
  accreditIssuerInput,
  registerContactInput,
  startIssuingInput,
  stopIssuingInput,
  withdrawAccreditationInput,
} from '../subgraphs/passport/domain/issuing-administration.ts';

const roleDecision = z.strictObject({ grantId: z.string(), by: z.string() });
/** The keys of a client: in the input, or at an address. */
const keyInputs = {
  jwks: z.unknown().optional(),
  jwksUri: z.string().optional(),
  algorithm: z.string().optional(),
};
/** Of an import, as a fraction; without it, the setting. */
const importLimit = { maxRejectedShare: z.number().min(0).max(1).exactOptional() };
const pageSize = z.int().min(1).max(1_000);

/** The operations, by name, with what each takes. */
export const operationInputs = {
  importOrganisations: z.strictObject({ file: z.string() }),
  importFiles: z.strictObject({
    files: z.array(z.string()).min(1).max(1_000),
    dryRun: z.boolean().exactOptional(),
    ...importLimit,
  }),
  resumeImports: z.strictObject({ run: z.string().optional(), ...importLimit }),
  importRuns: z.strictObject({
    odsCode: z.string().exactOptional(),
    unfinished: z.boolean().exactOptional(),
    limit: pageSize,
  }),
  importRejects: z.strictObject({
    run: z.string(),
    after: z.int().min(0),
    limit: pageSize,
  }),
  importAbsences: z.strictObject({ run: z.string(), limit: pageSize }),
  confirmAbsences: z.strictObject({ run: z.string(), by: z.string().min(1).max(200) }),
  readRest: z.strictObject({
    source: z.string(),
    odsCode: z.string().regex(/^[A-Z0-9]{3,8}$/),
    folder: z.string(),
  }),
  startExport: startExportInput.extend({ purpose: purposeOfUse }),
  showExport: z.strictObject({ exportId: z.string() }),
  exportPiece: exportPieceInput,
  joinStaff: joinStaffInput,
  partStaff: partStaffInput,
  staffJoinings: staffJoiningsInput,
  findLeavers: leaversInput,
  matchDirectory: z.strictObject({ whole: z.boolean().exactOptional() }),
  matchRuns: z.strictObject({}),
  confirmMatchRun: z.strictObject({ run: z.string(), by: z.string().min(1).max(200) }),
  ruleSets: z.strictObject({}),
  addRuleSet: z.strictObject({ rules: ruleSetSchema, by: z.string().min(1).max(200) }),
  actOnRuleSet: z.strictObject({
    version: z.number().int().min(1),
    act: z.enum(['PROPOSED', 'APPROVED', 'REJECTED']),
    name: z.string().min(1).max(200),
    reason: z.string().min(1).max(1_000).exactOptional(),
  }),
  simulateRuleSet: z.strictObject({ version: z.number().int().min(1) }),
  syncDirectory: z.strictObject({
    whole: z.boolean(),
    approval: z
      .strictObject({ mostGone: z.number().min(0).max(1), by: z.string().min(1).max(200) })
      .exactOptional(),
  }),
  directoryStatus: z.strictObject({}),
  directoryReport: directoryReportInput,
  addClient: z.strictObject({
    clientId: z.string(),
    name: z.string(),
    odsCode: z.string(),
    ...keyInputs,
    scopes: z.array(z.string()).optional(),
    purposes: z.array(z.string()).optional(),
    dpopBound: z.boolean().optional(),
    tokensPerMinute: z.number().optional(),
    createdBy: z.string().optional(),
  }),
  showClient: z.strictObject({ clientId: z.string() }),
  listClients: z.strictObject({ odsCode: z.string().optional() }),
  stopClient: z.strictObject({ clientId: z.string(), by: z.string() }),
  clientLog: z.strictObject({ clientId: z.string() }),
  addApp: z.strictObject({
    clientId: z.string(),
    name: z.string(),
    redirectUris: z.array(z.string()),
    backchannelLogoutUri: z.string().optional(),
    purposes: z.array(z.string()).optional(),
    ...keyInputs,
  }),
  addWallet: z.strictObject({
    clientId: z.string(),
    name: z.string(),
    redirectUris: z.array(z.string()),
    attested: z.boolean(),
    createdBy: z.string(),
  }),
  requestRole: z.strictObject({
    mail: z.string(),
    role: z.string(),
    odsCode: z.string(),
    from: z.string().optional(),
    until: z.string().optional(),
    by: z.string(),
  }),
  approveRole: roleDecision,
  refuseRole: roleDecision,
  endRole: roleDecision,
  roleGrants: z.strictObject({ odsCode: z.string().optional() }),
  linkExternal: z.strictObject({
    providerId: z.string(),
    subject: z.string(),
    staffId: z.string(),
    mail: z.string(),
    by: z.string(),
  }),
  publishDocuments: z.strictObject({
    clientId: z.string(),
    texts: z.array(z.string()),
    by: z.string(),
  }),
  listDocuments: z.strictObject({ clientId: z.string() }),
  withdrawDocuments: z.strictObject({
    clientId: z.string(),
    hashes: z.array(z.string()),
    by: z.string(),
  }),
  setDocumentPolicy: z.strictObject({
    clientId: z.string(),
    policy: z.enum(['allow', 'require', 'usual']),
    by: z.string(),
  }),
  issueSetupCode: setupCodeInput,
  issuerKeys: issuerKeysInput,
  rotateKeys: rotateKeysInput,
  retireKey: retireKeyInput,
  compromiseKey: compromiseKeyInput,
  stopIssuing: stopIssuingInput,
  startIssuing: startIssuingInput,
  issuingStops: z.strictObject({}),
  accreditIssuer: accreditIssuerInput,
  registerContact: registerContactInput,
  withdrawAccreditation: withdrawAccreditationInput,
  accreditations: accreditationsInput,
  issuerRegistry: z.strictObject({}),
  reconcileStatusLists: reconcileStatusListsInput,
  requesterReports: requesterReportsInput,
} as const;

/** The name of an operation. */
export type OperationName = keyof typeof operationInputs;

/** What an operation takes. */
export type OperationInput<Name extends OperationName> = z.infer<(typeof operationInputs)[Name]>;

/** Told how far an operation has come. */
export type OnEvent = (event: unknown) => void;

/** Carries out operations. What each answers is the summary of the part that does the work. */
export interface Operations {
  readonly run: <Name extends OperationName>(
    name: Name,
    input: OperationInput<Name>,
    onEvent: OnEvent,
  ) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** An operation that the part refused. The message is for the operator and holds no personal data. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
