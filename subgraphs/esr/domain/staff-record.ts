/** A member of staff as the records hold them, and the part of it that a view shows. */
import { isOfOrganisation, type RecordView } from './access.ts';
import type { RegistrationBody } from './identifiers.ts';
import {
  type AssignmentDetails,
  type AssignmentRow,
  type Effective,
  inForce,
  type PersonType,
  type RegistrationStatus,
} from './records.ts';

/** An effective-dated name. */
export interface NameVersion extends Effective {
  readonly title: string | null;
  readonly given: string | null;
  readonly middle: string | null;
  readonly family: string;
  readonly preferred: string | null;
  readonly maiden: string | null;
  readonly previousFamily: string | null;
}

/** What one employer holds about a person. */
export interface HeldEmployment {
  readonly odsCode: string;
  readonly employeeNumber: string;
  readonly personType: PersonType;
  readonly birthDate: string;
  readonly niNumberMasked: string | null;
  readonly nhsEmployeeId: string | null;
  readonly smartcardUuid: string | null;
  readonly workEmail: string | null;
  readonly hireDate: string | null;
  readonly terminationDate: string | null;
  readonly leavingReason: string | null;
  readonly nhsStartDate: string | null;
  /** Last day with a live post; `null` while none is known. */
  readonly endsOn: string | null;
  /** When anything of it last changed, its names and posts included. */
  readonly changedAt: Date;
  readonly names: readonly NameVersion[];
}

/** A person with everything that the employers of a view hold. */
export interface StaffRecord {
  readonly id: string;
  /** The id under which lists show the person, where it was read. */
  readonly currentId?: string;
  readonly employments: readonly HeldEmployment[];
}

/** A post with all its effective-dated rows. */
export interface HeldAssignment {
  readonly id: string;
  readonly staffId: string;
  readonly odsCode: string;
  readonly changedAt: Date;
  readonly versions: readonly AssignmentVersion[];
}

/** One effective-dated row about a post, with the names of its place and department. */
export interface AssignmentVersion
  extends
    Omit<AssignmentRow, 'line' | 'esrPersonId' | 'esrAssignmentId'>,
    Omit<AssignmentDetails, 'esrLocationId' | 'esrDepartmentId'> {
  readonly location: string | null;
  readonly department: string | null;
}

/** A post on a day. */
export interface AssignmentOnDay extends Omit<HeldAssignment, 'versions'> {
  readonly version: HeldAssignment['versions'][number];
}

/** A registration of a person. */
export interface HeldRegistration {
  readonly staffId: string;
  readonly body: RegistrationBody;
  readonly number: string;
  readonly status: RegistrationStatus;
  readonly type: string | null;
  readonly firstRegistered: string | null;
  readonly expiresOn: string | null;
  readonly lastCheckedAt: Date;
  readonly changedAt: Date;
}

/** Training that an organisation awarded to a person. */
export interface HeldCompetence {
  readonly staffId: string;
  readonly odsCode: string;
  readonly framework: 'CSTF' | 'LOCAL';
  readonly subject: string;
  readonly level: string | null;
  readonly name: string;
  readonly awardedOn: string;
  readonly expiresOn: string | null;
  readonly changedAt: Date;
}

/** A qualification, as an organisation says. */
export interface HeldQualification {
  readonly staffId: string;
  readonly odsCode: string;
  readonly title: string;
  readonly awardedOn: string;
  readonly level: string | null;
  readonly subject: string | null;
  readonly institution: string | null;
  /** ISO 3166-1, two letters. */
  readonly country: string | null;
  /** When the organisation saw the proof of it. */
  readonly checkedOn: string | null;
  /** Taken back, or entered by mistake. */
  readonly withdrawn: boolean;
  readonly changedAt: Date;
}

/** A placement in training of a person. */
export interface HeldTrainingPlacement {
  readonly staffId: string;
  readonly reference: string;
  readonly leadOdsCode: string;
  readonly hostOdsCode: string;
  readonly nationalPostNumber: string;
  readonly specialty: string;
  readonly grade: string;
  readonly site: string;
  readonly startDate: string;
  /** `null` while the training record has not said it. */
  readonly endDate: string | null;
  /** The training record has taken it back. */
  readonly withdrawn: boolean;
  readonly changedAt: Date;
}

/** A telephone number at work, where an employment has not ended. */
export interface HeldWorkPhone {
  readonly staffId: string;
  /** As the employer wrote it. */
  readonly number: string;
}

/** Something that was taken out of the records. */
export interface HeldRemoval {
  readonly staffId: string;
  readonly kind: 'EMPLOYMENT' | 'ASSIGNMENT';
  readonly odsCode: string;
  readonly employeeNumber: string | null;
  readonly assignmentId: string | null;
  readonly removedAt: Date;
}

/** Whether an employment has not ended. One that has yet to begin counts. */
export const isLive = ({ endsOn }: Pick<HeldEmployment, 'endsOn'>, day: string): boolean =>
  endsOn === null || endsOn >= day;

/**
 * The part of a record that a view shows. An organisation sees people with a live employment there, and what it holds itself.
 *
 * @returns `undefined` when the view does not show the person at all
 */
export function visiblePart(
  record: StaffRecord,
  view: RecordView,
  day: string,
): StaffRecord | undefined {
  if (!isOfOrganisation(view)) return record;
  const employments = record.employments.filter((one) => one.odsCode === view.odsCode);
  return employments.some((one) => isLive(one, day)) ? { id: record.id, employments } : undefined;
}

/**
 * Employments that have not ended, or all; on a day, those that had begun by then.
 *
 * @param day today
 */
export function employmentsOn(
  { employments }: StaffRecord,
  {
    activeOnly,
    asOf,
    day,
  }: { readonly activeOnly: boolean; readonly asOf: string | undefined; readonly day: string },
): HeldEmployment[] {
  return employments
    .filter((one) => asOf === undefined || one.hireDate === null || one.hireDate <= asOf)
    .filter((one) => !activeOnly || isLive(one, asOf ?? day));
}

/** A record as it was on a day: without the employments that had yet to begin. */
export const recordOn = (record: StaffRecord, asOf: string): StaffRecord => ({
  id: record.id,
  employments: employmentsOn(record, { activeOnly: false, asOf, day: asOf }),
});

/** A name that a person has or had at an employer. */
export interface HeldName {
  readonly odsCode: string;
  readonly name: NameVersion;
  readonly changedAt: Date;
}

/** Names at every employer, newest first; with a day, those in force on it. */
export function namesOver(record: StaffRecord, asOf: string | undefined): HeldName[] {
  return record.employments
    .flatMap(({ odsCode, changedAt, names }) => names.map((name) => ({ odsCode, changedAt, name })))
    .filter(
      ({ name }) =>
        asOf === undefined ||
        (name.effectiveFrom <= asOf && (name.effectiveTo === null || name.effectiveTo >= asOf)),
    )
    .toSorted((a, b) => b.name.effectiveFrom.localeCompare(a.name.effectiveFrom));
}

/** Of what is held, that which changed at or after a moment; all of it without one. */
export const changedSince = <Held extends { readonly changedAt: Date }>(
  held: readonly Held[],
  since: Date | undefined,
): Held[] => held.filter(({ changedAt }) => since === undefined || changedAt >= since);

/** The employment whose name and address stand for the person: a live one first, then the one that began last. */
export function leadEmployment(record: StaffRecord, day: string): HeldEmployment | undefined {
  const rank = (one: HeldEmployment): string =>
    `${isLive(one, day) ? '1' : '0'}${one.hireDate ?? '0000-00-00'}${one.odsCode}`;
  return record.employments.toSorted((a, b) => rank(b).localeCompare(rank(a)))[0];
}

/** The name in force. */
export function currentName(record: StaffRecord, day: string): NameVersion | undefined {
  return inForce(leadEmployment(record, day)?.names ?? [], day);
}

/** Surnames that are no longer used, newest first. */
export function previousFamilyNames(record: StaffRecord, day: string): string[] {
  const current = currentName(record, day)?.family;
  const past = record.employments
    .flatMap((one) => one.names)
    .filter((one) => one.effectiveFrom <= day)
    .toSorted((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom));
  const names = [
    ...past.flatMap((one) => [one.family, one.previousFamily]),
    ...past.map((one) => one.maiden),
  ];
  return [...new Set(names.filter((name) => name !== null && name !== current))] as string[];
}

/** Posts on a day, or, without a day, every post as it is today. Main posts first. */
export function assignmentsOn(
  assignments: readonly HeldAssignment[],
  { activeOn, day }: { readonly activeOn: string | null | undefined; readonly day: string },
): AssignmentOnDay[] {
  return assignments
    .flatMap(({ versions, ...assignment }) => {
      const version = inForce(versions, activeOn ?? day);
      if (version === undefined) return [];
      return activeOn != null && !isInForce(version, activeOn) ? [] : [{ ...assignment, version }];
    })
    .toSorted((a, b) => order(a).localeCompare(order(b)));
}

const order = ({ version, odsCode }: AssignmentOnDay): string =>
  `${version.primary ? '0' : '1'}${odsCode}${version.assignmentNumber}`;

const isInForce = (version: AssignmentOnDay['version'], day: string): boolean =>
  version.effectiveFrom <= day &&
  (version.effectiveTo === null || version.effectiveTo >= day) &&
  (version.startDate === null || version.startDate <= day) &&
  (version.endDate === null || version.endDate >= day) &&
  version.status?.startsWith('TERM') !== true;
