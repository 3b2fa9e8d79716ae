/** The rows of a GO2 file about what people work in: places, departments and positions. */
import type { DepartmentRow, LocationRow, PositionRow } from '../domain/records.ts';
import { fieldsAt } from './fields.ts';
import { occupationCodeOf, positionName } from './go2-composite.ts';
import { DEPARTMENT, LOCATION, POSITION } from './go2-layout.ts';

const locationFields = fieldsAt(LOCATION);
const departmentFields = fieldsAt(DEPARTMENT);
const positionFields = fieldsAt(POSITION);

/**
 * Reads a location row.
 *
 * @throws {RowRejected}
 */
export function readLocation(columns: readonly string[], line: number): Omit<LocationRow, 'line'> {
  const fields = locationFields(line, columns);
  return {
    esrId: fields.requiredIdentifier('esrId', 'esrId', 'esr_id_invalid'),
    code: fields.text('code'),
    name: fields.text('name'),
    town: fields.text('town'),
    postcode: fields.text('postcode'),
    closedOn: fields.date('closedOn'),
  };
}

/**
 * Reads an organisation row.
 *
 * @throws {RowRejected}
 */
export function readDepartment(
  columns: readonly string[],
  line: number,
): Omit<DepartmentRow, 'line'> {
  const fields = departmentFields(line, columns);
  const effectiveFrom = fields.date('effectiveFrom');
  return {
    esrId: fields.requiredIdentifier('esrId', 'esrId', 'esr_id_invalid'),
    name: fields.required('name'),
    type: fields.text('type'),
    effectiveFrom,
    effectiveTo: fields.period(effectiveFrom, 'effectiveTo'),
    parentEsrId: fields.identifier('parentEsrId', 'esrId', 'esr_id_invalid'),
    odsCode: fields.text('odsCode'),
    esrLocationId: fields.identifier('esrLocationId', 'esrId', 'esr_id_invalid'),
  };
}

/**
 * Reads a position row.
 *
 * @throws {RowRejected}
 */
export function readPosition(columns: readonly string[], line: number): Omit<PositionRow, 'line'> {
  const fields = positionFields(line, columns);
  const effectiveFrom = fields.date('effectiveFrom');
  const { title, occupationCode, areaOfWork } = positionName(fields.text('name'));
  return {
    esrId: fields.requiredIdentifier('esrId', 'esrId', 'esr_id_invalid'),
    effectiveFrom,
    effectiveTo: fields.period(effectiveFrom, 'effectiveTo'),
    number: fields.text('number'),
    title,
    areaOfWork,
    staffGroup: fields.text('staffGroup'),
    jobRole: fields.text('jobRole'),
    occupationCode: occupationCodeOf(fields.text('occupationCode')) ?? occupationCode,
    payscale: fields.text('payscale'),
    esrDepartmentId: fields.identifier('esrDepartmentId', 'esrId', 'esr_id_invalid'),
    hiringStatus: fields.text('hiringStatus'),
    type: fields.text('type'),
    nationalPostNumber: fields.text('nationalPostNumber'),
    workplaceOdsCode: fields.text('workplaceOdsCode'),
  };
}
