/** What an import says about itself. A fault names the line, the field and the rule; the value is masked. */
import { maskValue } from './mask-value.ts';

/** Every rule that a row or a file can break. */
const IMPORT_RULES = {
  assignment_number_invalid: '8 digits, or 8 digits, a hyphen and 1 or 2 digits',
  blank_line: 'no line is empty',
  body_unknown: 'the regulator is one of GMC, NMC, HCPC, GPHC, GDC, SWE',
  character_not_allowed: 'no control characters',
  column_count: 'a row has the columns of its kind, no more and no fewer',
  competence_name_invalid: 'NHS|CSTF|title| or <VPD>|LOCAL|title|',
  country_invalid: 'two letters of ISO 3166-1',
  data_after_trailer: 'the trailer is the last row',
  date_invalid: 'yyyyMMdd, yyyy-MM-dd or dd Mon yyyy, a day of the calendar',
  date_order: 'an end is not before its start',
  effective_rows_overlap: 'two rows of one record do not start on the same day',
  email_invalid: 'an e-mail address',
  employee_number_duplicate: 'one employee number is one person',
  employee_number_invalid: '8 digits',
  employee_unknown: 'the employee number is of this organisation, imported before',
  esr_id_invalid: '1 to 15 digits',
  file_changed_sequence: 'a sequence number is used for one content only',
  file_changed: 'a reading goes on with the file that it began with',
  file_empty: 'a file has rows',
  file_kind_unknown: 'a GO2 file, a feed, or a file of the training record',
  fte_invalid: '0 to 1',
  header_invalid: 'HDR, file name, created, VPD, previous run, run, 01',
  lead_employer_differs: 'a position of the lead employer is in its own file',
  line_too_long: 'no more than 8,192 bytes',
  nhs_employee_id_in_use: 'an EMPLOYEE NHS IDENTIFIER belongs to one person',
  nhs_employee_id_invalid: '1 to 32 letters and digits',
  nhs_number_not_allowed: 'NHS numbers identify patients and are not accepted',
  ni_number_invalid: 'HMRC NIM39110',
  notification_type_unknown: '1 placement, 2 deleted, 4 dates changed, 5 post created',
  ods_code_invalid: '3 to 8 capital letters and digits',
  organisation_mixed: 'a feed is of one organisation',
  organisation_repeated: 'an organisation and a VPD appear once',
  organisation_unknown: 'the organisation is in the list of organisations',
  person_unknown: 'the person is in this file or was imported before',
  placement_in_use: 'a placement belongs to one person and one lead employer',
  post_number_invalid: 'owner/site/specialty/grade/sequence',
  quote_invalid: 'RFC 4180, section 2',
  record_code_unknown: 'a record code of the GO2 layout',
  registration_in_use: 'a registration belongs to one person',
  registration_number_invalid: 'the shape of the regulator',
  second_header: 'a file has one header: it may be two files joined',
  sequence_gap: 'the sequence is the last one or the one after it',
  smartcard_uuid_invalid: '12 digits',
  status_unknown: 'a registration status of the feed',
  tis_file_not_read: 'posts (RMF, RMC) or notifications (DNF, DNC)',
  tis_header_invalid: 'HDR, file name, created, VPD',
  time_invalid: 'RFC 3339 with an offset',
  too_many_rejected: 'no more rejected rows than the setting allows',
  trailer_count: 'the trailer counts every row, header and trailer included',
  trailer_missing: 'the last row is the trailer: the file may be cut short',
  trainee_name_differs: 'a surname that the trainee has or had',
  trainee_unknown: 'the GMC number is of a registration that was imported before',
  value_missing: 'must not be empty',
  value_too_long: 'no more than 240 characters',
  value_unknown: 'a value of the list',
  vpd_invalid: '3 digits',
  vpd_unknown: 'the VPD is in the list of organisations',
} as const;

/** The stable name of a rule. */
export type ImportRule = keyof typeof IMPORT_RULES;

/** What is wrong, where, and by which rule. */
export interface ImportFault {
  /** Counted from 1; 0 for the file as a whole. */
  readonly line: number;
  readonly field: string;
  readonly rule: string;
  readonly code: ImportRule;
  /** What was there, masked; empty when it is not about a value. */
  readonly value: string;
}

/**
 * The fault for a rule.
 *
 * @param value what was there, in clear: it is masked here
 */
export const importFault = (
  line: number,
  field: string,
  code: ImportRule,
  value = '',
): ImportFault => ({ line, field, rule: IMPORT_RULES[code], code, value: maskValue(value) });

/** Kinds of file. */
export type FileKind =
  | 'GO2'
  | 'REGISTRATIONS'
  | 'TRAINING'
  | 'QUALIFICATIONS'
  | 'PLACEMENTS'
  | 'TRAINING_POSTS'
  | 'PLACEMENT_NOTIFICATIONS'
  | 'ORGANISATIONS';

/** An import that was made, or that had been made before. Counts are of records: people, posts, registrations, awards. */
export interface ImportSummary {
  readonly kind: 'imported' | 'already-imported';
  readonly fileKind: FileKind;
  /** ODS code; `undefined` for the list of organisations. */
  readonly odsCode: string | undefined;
  readonly rowsRead: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly ended: number;
  /** People whom a full file did not have, and who wait for somebody to confirm that they left. */
  readonly absent: number;
  /** Rows that were left out, by line: the first 1,000. */
  readonly rejected: readonly ImportFault[];
  /** How many there were. */
  readonly rejectedRows: number;
  /** The run it was; `undefined` when there was none to keep. */
  readonly runId?: string;
  /** Everything was taken back: the counts say what an import would do. */
  readonly dryRun?: true;
}

/** A file that was refused whole. Nothing was changed. */
export interface ImportRefused extends ImportFault {
  readonly kind: 'refused';
  /** The run it was, which has the rejected rows; `undefined` when the file was refused before one began. */
  readonly runId?: string;
}

/** What became of a file. */
export type ImportOutcome = ImportSummary | ImportRefused;

/** Ends the reading of a file that is refused whole. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly code: ImportRule;
  readonly fault: ImportFault;
  constructor(line: number, field: string, code: ImportRule, value?: string) {
    super(`line ${String(line)}: ${field}: ${IMPORT_RULES[code]}`);
    this.code = code;
    this.fault = importFault(line, field, code, value);
  }
}
