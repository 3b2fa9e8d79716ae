/** Code lists, and fields that show a value of one. */
import { codedJobRole, codedValue, codeList } from '../domain/code-lists/coded-value.ts';
import type { RegistrationBody } from '../domain/identifiers.ts';
import type {
  AssignmentResolvers,
  EmploymentResolvers,
  ProfessionalRegistrationResolvers,
  QueryResolvers,
} from './types.generated.ts';

const BODY_CODES: Readonly<Record<RegistrationBody, string>> = {
  GMC: '03',
  NMC: '09',
  HCPC: '08',
  GPHC: '16',
  GDC: '02',
  SWE: '18',
};

/** Queries of code lists. */
export const codeListQueries: Pick<QueryResolvers, 'codeList'> = {
  codeList: (_parent, { system }) => [...codeList(system)],
};

/** Coded fields of an employment. */
export const codedEmployment: Pick<EmploymentResolvers, 'leavingReasonCode'> = {
  leavingReasonCode: ({ leavingReason }) => codedValue('LEAVING_REASON', leavingReason),
};

/** Coded fields of a post. */
export const codedAssignment: Pick<
  AssignmentResolvers,
  'jobRoleCode' | 'staffGroupCode' | 'statusCode' | 'categoryCode' | 'contractTypeCode'
> = {
  jobRoleCode: ({ version }) => codedJobRole(version.jobRole, version.staffGroup),
  staffGroupCode: ({ version }) => codedValue('STAFF_GROUP', version.staffGroup),
  statusCode: ({ version }) =>
    codedValue('ASSIGNMENT_STATUS', version.userStatus ?? version.status),
  categoryCode: ({ version }) =>
    codedValue('ASSIGNMENT_TYPE', version.employeeCategory ?? version.category),
  contractTypeCode: ({ version }) => codedValue('CONTRACT_TYPE', version.contractType),
};

/** Coded fields of a registration. */
export const codedRegistration: ProfessionalRegistrationResolvers = {
  bodyCode: ({ body }) => codedValue('REGISTRATION_BODY', BODY_CODES[body]),
};
