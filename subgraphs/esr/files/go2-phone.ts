/** One phone row of a GO2 file. */
import { isNhsNumber } from '../domain/identifiers.ts';
import type { PhoneRow } from '../domain/records.ts';
import { fieldsAt } from './fields.ts';
import { PHONE } from './go2-layout.ts';

const fieldsOf = fieldsAt(PHONE);

/**
 * Reads a phone row; `undefined` for a number that is not one at work, which is not kept.
 *
 * @throws {RowRejected}
 */
export function readPhone(
  columns: readonly string[],
  line: number,
): Omit<PhoneRow, 'line'> | undefined {
  const fields = fieldsOf(line, columns);
  const effectiveFrom = fields.date('effectiveFrom');
  const number = fields.required('number');
  if (!number.startsWith('0') && isNhsNumber(number)) {
    fields.reject('number', 'nhs_number_not_allowed');
  }
  const row = {
    esrId: fields.requiredIdentifier('esrId', 'esrId', 'esr_id_invalid'),
    esrPersonId: fields.requiredIdentifier('esrPersonId', 'esrId', 'esr_id_invalid'),
    type: fields.required('type'),
    number,
    effectiveFrom,
    effectiveTo: fields.period(effectiveFrom, 'effectiveTo'),
  };
  return WORK.test(row.type) ? row : undefined;
}

/** Oracle's codes of the telephones at work, or the word. A fax machine is none. */
const WORK = /^(?:w[123]|work(?: phone| telephone)?)$/i;
