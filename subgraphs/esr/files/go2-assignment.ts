/** One assignment row of a GO2 file. */
import { FileRefused } from '../domain/import-outcome.ts';
import type { AssignmentDetails, AssignmentRow } from '../domain/records.ts';
import { fieldsAt } from './fields.ts';
import { jobName, positionName } from './go2-composite.ts';
import { ASSIGNMENT, ASSIGNMENT_COLUMNS } from './go2-layout.ts';

const fieldsOf = fieldsAt(ASSIGNMENT);

/**
 * Reads an assignment row.
 *
 * @throws {RowRejected}
 * @throws {FileRefused} when the number of columns is wrong: every field may then be another
 */
export function readAssignment(
  columns: readonly string[],
  line: number,
): Omit<AssignmentRow & AssignmentDetails, 'line'> {
  if (columns.length !== ASSIGNMENT_COLUMNS) {
    throw new FileRefused(line, 'assignment', 'column_count');
  }
  const fields = fieldsOf(line, columns);
  const effectiveFrom = fields.requiredDate('effectiveFrom');
  const fte = fields.text('fte');
  if (fte !== null && !/^(?:0|1|0?\.\d{1,6}|1\.0{1,6})$/.test(fte)) {
    fields.reject('fte', 'fte_invalid');
  }
  const { title, occupationCode, areaOfWork } = positionName(fields.text('position'));
  const { staffGroup, jobRole } = jobName(fields.text('jobRole'));
  const category = fields.text('category');
  return {
    effectiveFrom,
    effectiveTo: fields.period(effectiveFrom, 'effectiveTo'),
    esrPersonId: fields.requiredIdentifier('esrPersonId', 'esrId', 'esr_id_invalid'),
    esrAssignmentId: fields.requiredIdentifier('esrAssignmentId', 'esrId', 'esr_id_invalid'),
    assignmentNumber: fields.requiredIdentifier(
      'assignmentNumber',
      'assignmentNumber',
      'assignment_number_invalid',
    ),
    primary: /^y(?:es)?$/i.test(fields.text('primary') ?? ''),
    status: fields.text('status'),
    positionId: fields.text('positionId'),
    positionTitle: title,
    jobRole,
    staffGroup,
    grade: fields.text('grade'),
    fte: fte === null ? null : Number(fte),
    category,
    startDate: fields.date('startDate'),
    endDate: fields.date('endDate'),
    userStatus: fields.text('userStatus'),
    assignmentType: fields.text('type'),
    employeeCategory: fields.text('employeeCategory'),
    contractType: category ?? (areaOfWork === 'Bank' ? areaOfWork : null),
    occupationCode,
    areaOfWork,
    hours: hoursOf(fields.text('hours')),
    esrLocationId: fields.identifier('location', 'esrId', 'esr_id_invalid'),
    esrDepartmentId: fields.identifier('organisation', 'esrId', 'esr_id_invalid'),
  };
}

/** Hours, or nothing: what is no number costs nobody the row. */
const hoursOf = (text: string | null): number | null =>
  text !== null && /^\d{1,3}(?:\.\d{1,4})?$/.test(text) ? Number(text) : null;
