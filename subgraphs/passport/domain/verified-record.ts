/** What the sources say about a person, and the part of it that one issuer may vouch for. */
import { NHS_ENGLAND } from './issuer-kind.ts';
import { ukDay } from './uk-day.ts';

/** A person's record as the graph gives it. Dates are `YYYY-MM-DD`. */
export interface VerifiedRecord {
  readonly staffId: string;
  readonly name: { readonly given?: string | undefined; readonly family: string } | undefined;
  readonly birthDate: string | undefined;
  readonly employments: readonly Employment[];
  readonly assignments: readonly Assignment[];
  readonly registrations: readonly Registration[];
  readonly competences: readonly Competence[];
  /** Mailboxes with a certain or confirmed link. */
  readonly mailboxes: readonly { readonly mail: string; readonly odsCode: string | undefined }[];
}

/** One person in one organisation. */
export interface Employment {
  readonly odsCode: string;
  readonly employerName: string | undefined;
  readonly personType: string | undefined;
  readonly hireDate: string | undefined;
  readonly terminationDate: string | undefined;
}

/** One post. */
export interface Assignment {
  readonly odsCode: string;
  readonly assignmentNumber: string;
  readonly primary: boolean;
  readonly positionTitle: string | undefined;
  readonly jobRole: string | undefined;
  readonly staffGroup: string | undefined;
  readonly grade: string | undefined;
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
}

/** A registration with a regulator. */
export interface Registration {
  readonly body: string;
  readonly number: string;
  readonly status: string;
  readonly type: string | undefined;
  readonly expiresOn: string | undefined;
  readonly lastCheckedAt: string | undefined;
}

/** Training awarded. */
export interface Competence {
  readonly framework: string;
  readonly subject: string;
  readonly level: string | undefined;
  readonly awardedBy: string;
  readonly awardedOn: string;
  readonly expiresOn: string | undefined;
}

/** The part of a record that one issuer holds itself. */
export interface EmployerRecord extends Omit<VerifiedRecord, 'employments'> {
  readonly odsCode: string;
  /** The employment: in force with the issuer, or with another employer of somebody whom NHS England trains; or ended. */
  readonly employment: Employment;
  /** Moment of the reading. */
  readonly readAt: Date;
}

const WORKING = new Set(['EMPLOYEE', 'HONORARY', 'BANK']);
/** Of somebody who has worked: not of an applicant whose application has ended. */
const HAS_WORKED = new Set([...WORKING, 'EX_EMPLOYEE']);

/**
 * Keeps what one issuer holds of an employment there that has ended, and that none has followed.
 *
 * @returns `undefined` when there is none
 */
export function formerEmployerRecord(
  record: VerifiedRecord,
  odsCode: string,
  now: Date,
): EmployerRecord | undefined {
  const today = ukDay(now);
  const own = record.employments.filter((one) => one.odsCode === odsCode);
  const employment = own
    .filter(
      ({ personType, hireDate, terminationDate }) =>
        hireDate !== undefined && terminationDate !== undefined && HAS_WORKED.has(personType ?? ''),
    )
    .toSorted((a, b) => (b.terminationDate ?? '').localeCompare(a.terminationDate ?? ''))[0];
  if (employment === undefined) return undefined;
  if (own.some(({ terminationDate }) => (terminationDate ?? today) >= today)) return undefined;
  const { staffId, name, birthDate, registrations, mailboxes } = record;
  return {
    staffId,
    name,
    birthDate,
    registrations,
    mailboxes,
    odsCode,
    employment,
    readAt: now,
    assignments: record.assignments.filter((one) => one.odsCode === odsCode),
    competences: record.competences.filter((one) => one.awardedBy === odsCode),
  };
}

/**
 * Keeps what one issuer holds.
 *
 * @returns `undefined` when the person has no employment in force there; NHS England trains people in force anywhere
 */
export function employerRecord(
  record: VerifiedRecord,
  odsCode: string,
  now: Date,
): EmployerRecord | undefined {
  const today = ukDay(now);
  const inForce = (from: string | undefined, until: string | undefined): boolean =>
    (from ?? today) <= today && (until ?? today) >= today;
  const working = record.employments.filter(
    (one) => WORKING.has(one.personType ?? '') && inForce(one.hireDate, one.terminationDate),
  );
  const own = working.find((one) => one.odsCode === odsCode);
  const employment = odsCode === NHS_ENGLAND ? (own ?? working[0]) : own;
  if (employment === undefined) return undefined;
  const { staffId, name, birthDate, registrations, mailboxes } = record;
  return {
    staffId,
    name,
    birthDate,
    registrations,
    mailboxes,
    odsCode,
    employment,
    readAt: now,
    assignments: record.assignments.filter(
      (one) => one.odsCode === odsCode && inForce(one.startDate, one.endDate),
    ),
    competences: record.competences.filter((one) => one.awardedBy === odsCode),
  };
}
