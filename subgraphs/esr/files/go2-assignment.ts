/** One assignment row of a GO2 file. */
import { FileRefused } from '../domain/import-outcome.ts';
import type { AssignmentRow } from '../domain/records.ts';
import { rowFields } from './fields.ts';
import { ASSIGNMENT, ASSIGNMENT_COLUMNS } from './go2-layout.ts';

/**
 * A reader for an assignment row; calling it gives the row or throws `RowRejected`.
 *
 * @throws {FileRefused} at once when the number of columns is wrong
 */
export function assignmentRow(columns: readonly string[], line: number): () => AssignmentRow {
  if (columns.length !== ASSIGNMENT_COLUMNS) {
    throw new FileRefused(line, 'assignment', 'column_count');
  }
  return () => {
    const fields = rowFields(line, columns, ASSIGNMENT);
    const effectiveFrom = fields.requiredDate('effectiveFrom');
    const effectiveTo = fields.date('effectiveTo');
    if (effectiveTo !== null && effectiveTo < effectiveFrom) {
      fields.reject('effectiveTo', 'date_order');
    }
    const fteText = fields.text('fte');
    if (fteText !== null && !/^(?:0|1|0?\.\d{1,6}|0\.\d{1,6}|1\.0{1,6})$/.test(fteText)) {
      fields.reject('fte', 'fte_invalid');
    }
    const [staffGroup, jobRole] = composite(fields.text('jobRole'));
    return {
      line,
      effectiveFrom,
      effectiveTo,
      esrPersonId: fields.requiredIdentifier('esrPersonId', 'esrId', 'esr_id_invalid'),
      esrAssignmentId: fields.requiredIdentifier('esrAssignmentId', 'esrId', 'esr_id_invalid'),
      assignmentNumber: fields.requiredIdentifier(
        'assignmentNumber',
        'assignmentNumber',
        'assignment_number_invalid',
      ),
      primary: /^y(es)?$/i.test(fields.text('primary') ?? ''),
      status: fields.text('status'),
      positionId: fields.text('positionId'),
      positionTitle: positionTitle(fields.text('position')),
      jobRole,
      staffGroup,
      grade: fields.text('grade'),
      fte: fteText === null ? null : Number(fteText),
      category: fields.text('category'),
      startDate: fields.date('startDate'),
      endDate: fields.date('endDate'),
    };
  };
}

/** `3559596|Bank Nurse Band 5|N7B|Bank`: number, title, occupation code, and more. */
function positionTitle(value: string | null): string | null {
  if (value?.includes('|') !== true) return value;
  return orNull(value.split('|')[1]);
}

/** `Nursing and Midwifery Registered|Staff Nurse`: staff group, job role. */
function composite(value: string | null): readonly [string | null, string | null] {
  if (value?.includes('|') !== true) return [null, value];
  const [first, second] = value.split('|');
  return [orNull(first), orNull(second)];
}

const orNull = (text: string | undefined): string | null => {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
};
