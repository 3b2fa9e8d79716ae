/** Where the rows of a GO2 file are staged. */
import type { Go2Row } from '../domain/extract.ts';
import type { CopyValue } from '../../../runtime/copy-rows.ts';

/** What an effective-dated row of an assignment says, by column; the day it is from comes first. */
export const VERSION_COLUMNS = [
  'effective_from',
  'effective_to',
  'assignment_number',
  'is_primary',
  'status',
  'position_id',
  'position_title',
  'job_role',
  'staff_group',
  'grade',
  'fte',
  'category',
  'start_date',
  'end_date',
  'user_status',
  'assignment_type',
  'employee_category',
  'contract_type',
  'occupation_code',
  'area_of_work',
  'hours',
  'esr_location_id',
  'esr_department_id',
  'digest',
] as const;

/** The staging tables with their columns, in the order of the values. */
export const GO2_TABLES = {
  stage_person: [
    'line',
    'esr_person_id',
    'effective_from',
    'effective_to',
    'employee_number',
    'title',
    'family',
    'given',
    'middle',
    'maiden',
    'preferred',
    'previous_family',
    'birth_date',
    'ni_number',
    'nhs_employee_id',
    'hire_date',
    'termination_date',
    'leaving_reason',
    'smartcard_uuid',
    'person_type',
    'work_email',
    'nhs_start_date',
    'digest',
  ],
  stage_assignment: ['line', 'esr_person_id', 'esr_assignment_id', ...VERSION_COLUMNS],
  stage_work_structure: [
    'line',
    'kind',
    'esr_id',
    'name',
    'effective_from',
    'effective_to',
    'details',
    'digest',
  ],
  stage_work_phone: [
    'line',
    'esr_id',
    'esr_person_id',
    'type',
    'number',
    'effective_from',
    'effective_to',
    'digest',
  ],
  stage_deletion: ['line', 'record', 'esr_id'],
  stage_left_out: ['esr_person_id'],
} as const;

/** Where a row is staged, and its values. */
export function stageGo2Row(
  row: Go2Row,
): readonly [table: keyof typeof GO2_TABLES, values: readonly CopyValue[]] {
  if (row.action === 'D') return ['stage_deletion', [row.line, row.record, row.esrId]];
  switch (row.record) {
    case 'PERSON':
      return [
        'stage_person',
        [
          row.line,
          row.esrPersonId,
          row.effectiveFrom,
          row.effectiveTo,
          row.employeeNumber,
          row.title,
          row.family,
          row.given,
          row.middle,
          row.maiden,
          row.preferred,
          row.previousFamily,
          row.birthDate,
          row.niNumber,
          row.nhsEmployeeId,
          row.hireDate,
          row.terminationDate,
          row.leavingReason,
          row.smartcardUuid,
          row.personType,
          row.workEmail,
          row.nhsStartDate,
          row.digest,
        ],
      ];
    case 'ASSIGNMENT':
      return [
        'stage_assignment',
        [
          row.line,
          row.esrPersonId,
          row.esrAssignmentId,
          row.effectiveFrom,
          row.effectiveTo,
          row.assignmentNumber,
          row.primary,
          row.status,
          row.positionId,
          row.positionTitle,
          row.jobRole,
          row.staffGroup,
          row.grade,
          row.fte,
          row.category,
          row.startDate,
          row.endDate,
          row.userStatus,
          row.assignmentType,
          row.employeeCategory,
          row.contractType,
          row.occupationCode,
          row.areaOfWork,
          row.hours,
          row.esrLocationId,
          row.esrDepartmentId,
          row.digest,
        ],
      ];
    case 'PHONE':
      return [
        'stage_work_phone',
        [
          row.line,
          row.esrId,
          row.esrPersonId,
          row.type,
          row.number,
          row.effectiveFrom,
          row.effectiveTo,
          row.digest,
        ],
      ];
    case 'LOCATION': {
      const { line, esrId, name, closedOn, digest, record, ...details } = row;
      return structure({
        line,
        kind: record,
        esrId,
        name,
        from: null,
        to: closedOn,
        details,
        digest,
      });
    }
    case 'ORGANISATION': {
      const {
        line,
        esrId,
        name,
        effectiveFrom: from,
        effectiveTo: to,
        digest,
        record,
        ...details
      } = row;
      return structure({ line, kind: record, esrId, name, from, to, details, digest });
    }
    case 'POSITION': {
      const {
        line,
        esrId,
        title: name,
        effectiveFrom: from,
        effectiveTo: to,
        digest,
        record,
        ...details
      } = row;
      return structure({ line, kind: record, esrId, name, from, to, details, digest });
    }
  }
}

const structure = (one: {
  readonly line: number;
  readonly kind: string;
  readonly esrId: string;
  readonly name: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly details: object;
  readonly digest: string;
}): readonly ['stage_work_structure', readonly CopyValue[]] => [
  'stage_work_structure',
  [
    one.line,
    one.kind,
    one.esrId,
    one.name,
    one.from,
    one.to,
    JSON.stringify({ ...one.details, action: undefined }),
    one.digest,
  ],
];
