/** One person row of a GO2 file. */
import { FileRefused } from '../domain/import-outcome.ts';
import type { PersonRow, PersonType } from '../domain/records.ts';
import { fieldsAt } from './fields.ts';
import { PERSON, PERSON_COLUMNS } from './go2-layout.ts';

const fieldsOf = fieldsAt(PERSON);

/**
 * Reads a person row.
 *
 * @throws {RowRejected}
 * @throws {FileRefused} when the number of columns is wrong: every field may then be another
 */
export function readPerson(columns: readonly string[], line: number): Omit<PersonRow, 'line'> {
  if (columns.length !== PERSON_COLUMNS) throw new FileRefused(line, 'person', 'column_count');
  const fields = fieldsOf(line, columns);
  const effectiveFrom = fields.requiredDate('effectiveFrom');
  const hireDate = fields.date('hireDate');
  const workEmail = fields.text('workEmail')?.toLowerCase() ?? null;
  if (workEmail !== null && !/^[^\s@<>"]{1,64}@[^\s@<>"]{1,175}$/.test(workEmail)) {
    fields.reject('workEmail', 'email_invalid');
  }
  return {
    effectiveFrom,
    effectiveTo: fields.period(effectiveFrom, 'effectiveTo'),
    esrPersonId: fields.requiredIdentifier('esrPersonId', 'esrId', 'esr_id_invalid'),
    employeeNumber: fields.requiredIdentifier(
      'employeeNumber',
      'employeeNumber',
      'employee_number_invalid',
    ),
    title: fields.text('title'),
    family: fields.required('family'),
    given: fields.text('given'),
    middle: fields.text('middle'),
    maiden: fields.text('maiden'),
    preferred: fields.text('preferred'),
    previousFamily: fields.text('previousFamily'),
    birthDate: fields.requiredDate('birthDate'),
    niNumber: fields.niNumber('niNumber'),
    nhsEmployeeId: fields.identifier('nhsEmployeeId', 'nhsEmployeeId', 'nhs_employee_id_invalid'),
    hireDate,
    terminationDate: fields.period(hireDate, 'terminationDate'),
    leavingReason: fields.text('leavingReason'),
    smartcardUuid: fields.identifier('smartcardUuid', 'smartcardUuid', 'smartcard_uuid_invalid'),
    personType: personType(fields.text('systemPersonType'), fields.text('userPersonType')),
    workEmail,
    nhsStartDate: fields.date('nhsStartDate'),
  };
}

/** The employer's own word (user person type) is finer than Oracle's (system person type), which says whether it is over. */
function personType(system: string | null, user: string | null): PersonType {
  const code = system?.toUpperCase() ?? '';
  const word = user?.toLowerCase() ?? '';
  if (code.startsWith('EX_')) return 'EX_EMPLOYEE';
  if (code === 'APL') return 'APPLICANT';
  if (word.includes('honorary')) return 'HONORARY';
  if (word.includes('bank')) return 'BANK';
  return code.startsWith('EMP') ? 'EMPLOYEE' : 'OTHER';
}
