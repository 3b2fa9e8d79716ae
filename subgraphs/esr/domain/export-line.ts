/** One person in an export: a line of JSON. Its names are part of what we publish, and are added to but not changed. */
import type { CredentialStanding } from './export-ports.ts';
import {
  assignmentsOn,
  currentName,
  type HeldAssignment,
  type HeldCompetence,
  type HeldRegistration,
  leadEmployment,
  previousFamilyNames,
  type StaffRecord,
} from './staff-record.ts';

/** Everything that an export says of one person. */
export interface ExportedPerson {
  readonly record: StaffRecord;
  readonly assignments: readonly HeldAssignment[];
  readonly registrations: readonly HeldRegistration[];
  readonly competences: readonly HeldCompetence[];
  readonly credentials: readonly CredentialStanding[];
}

/**
 * What an export reads of a person, as it stands in their access log. A test holds it against {@link personLine}.
 */
export const EXPORTED_FIELDS: readonly string[] = [
  'id',
  'nhsEmployeeId',
  'name',
  'previousFamilyNames',
  'birthDate',
  'workEmail',
  'employments',
  'assignments',
  'registrations',
  'competences',
  'credentials',
];

/** A person's line. Whatever is not known is `null`; dates are `YYYY-MM-DD`, moments RFC 3339. */
export function personLine(person: ExportedPerson, day: string): string {
  const { record } = person;
  const lead = leadEmployment(record, day);
  const name = currentName(record, day);
  return JSON.stringify({
    line: 'PERSON',
    id: record.id,
    nhsEmployeeId: lead?.nhsEmployeeId ?? null,
    name:
      name === undefined
        ? null
        : {
            title: name.title,
            given: name.given,
            middle: name.middle,
            family: name.family,
            preferred: name.preferred,
          },
    previousFamilyNames: previousFamilyNames(record, day),
    birthDate: lead?.birthDate ?? null,
    workEmail: lead?.workEmail ?? null,
    employments: record.employments.map((one) => ({
      odsCode: one.odsCode,
      employeeNumber: one.employeeNumber,
      personType: one.personType,
      hireDate: one.hireDate,
      terminationDate: one.terminationDate,
      leavingReason: one.leavingReason,
      nhsStartDate: one.nhsStartDate,
      endsOn: one.endsOn,
    })),
    assignments: assignmentsOn(person.assignments, { activeOn: null, day }).map(
      ({ id, odsCode, version }) => ({
        id,
        odsCode,
        assignmentNumber: version.assignmentNumber,
        primary: version.primary,
        status: version.status,
        positionTitle: version.positionTitle,
        jobRole: version.jobRole,
        staffGroup: version.staffGroup,
        grade: version.grade,
        fte: version.fte,
        category: version.category,
        startDate: version.startDate,
        endDate: version.endDate,
      }),
    ),
    registrations: person.registrations.map((one) => ({
      body: one.body,
      number: one.number,
      status: one.status,
      type: one.type,
      firstRegistered: one.firstRegistered,
      expiresOn: one.expiresOn,
      lastCheckedAt: one.lastCheckedAt,
    })),
    competences: person.competences.map((one) => ({
      framework: one.framework,
      subject: one.subject,
      level: one.level,
      name: one.name,
      awardedOn: one.awardedOn,
      expiresOn: one.expiresOn,
    })),
    credentials: person.credentials.map((one) => ({
      type: one.type,
      state: one.state,
      credentials: one.credentials,
      reason: one.reason,
      issuedAt: one.issuedAt,
      expiresAt: one.expiresAt,
      lastStatusChangeAt: one.lastStatusChangeAt,
    })),
  });
}

/**
 * The line of an id under which the organisation no longer sees anybody.
 *
 * @param shownAs the id under which the person is seen instead, when ids were joined; otherwise the same
 */
export const leftLine = (staffId: string, shownAs: string): string =>
  JSON.stringify({ line: 'LEFT', id: staffId, joinedTo: shownAs === staffId ? null : shownAs });

/** Why a record is not in an export. */
export type LineFault = 'record_unreadable' | 'record_too_large';

/** The line of a record that could not be written. */
export const failedLine = (staffId: string, code: LineFault): string =>
  JSON.stringify({ line: 'FAILED', id: staffId, code });
