/** Reads the rows of a feed. */
import { parseCompetenceName, yearsLater } from '../domain/competence-name.ts';
import type { FeedHeader } from '../domain/extract.ts';
import {
  identifierFault,
  plainRegistration,
  REGISTRATION_BODIES,
  registrationFault,
} from '../domain/identifiers.ts';
import type { QualificationRow } from '../domain/feed-rows.ts';
import { FileRefused } from '../domain/import-outcome.ts';
import {
  type PlacementRow,
  REGISTRATION_STATUSES,
  type RegistrationRow,
  type RegistrationStatus,
  type TrainingRow,
} from '../domain/records.ts';
import { csvRow } from './csv-row.ts';
import type { ExtractFormat } from './extract-format.ts';
import {
  PLACEMENT_FEED,
  QUALIFICATION_FEED,
  REGISTRATION_FEED,
  TRAILER,
  TRAINING_FEED,
} from './feed-layout.ts';
import { type Fields, fieldsAt, placesOf } from './fields.ts';
import type { Line } from './read-lines.ts';

/** A feed of one of the kinds. */
type FeedFormat =
  | ExtractFormat<'REGISTRATIONS', FeedHeader, RegistrationRow>
  | ExtractFormat<'TRAINING', FeedHeader, TrainingRow>
  | ExtractFormat<'QUALIFICATIONS', FeedHeader, QualificationRow>
  | ExtractFormat<'PLACEMENTS', FeedHeader, PlacementRow>;

/**
 * The feed that begins with this header, of the organisation of its first row.
 *
 * @throws {FileRefused}
 */
export function feedFormat(header: Line, first: Line | undefined): FeedFormat {
  switch (header.text) {
    case REGISTRATION_FEED.join():
      return formatOf('REGISTRATIONS', REGISTRATION_FEED, first, registrationRow);
    case TRAINING_FEED.join():
      return formatOf('TRAINING', TRAINING_FEED, first, trainingRow);
    case QUALIFICATION_FEED.join():
      return formatOf('QUALIFICATIONS', QUALIFICATION_FEED, first, qualificationRow);
    case PLACEMENT_FEED.join():
      return formatOf('PLACEMENTS', PLACEMENT_FEED, first, placementRow);
    default:
      throw new FileRefused(header.number, 'file', 'file_kind_unknown');
  }
}

function formatOf<Kind extends string, Name extends string, Row>(
  kind: Kind,
  names: readonly ('odsCode' | Name)[],
  first: Line | undefined,
  read: (fields: Fields<'odsCode' | Name>) => Row,
): ExtractFormat<Kind, FeedHeader, Row> {
  const fields = fieldsAt(placesOf(names));
  const odsCode = organisationOf(first);
  return {
    kind,
    header: { odsCode },
    split: csvRow,
    headerMark: 'odsCode',
    read: (columns, line) => {
      if (columns.length !== names.length) throw new FileRefused(line, 'record', 'column_count');
      if (columns[0] !== odsCode) throw new FileRefused(line, 'odsCode', 'organisation_mixed');
      return read(fields(line, columns));
    },
  };
}

function organisationOf(first: Line | undefined): string {
  if (first === undefined) throw new FileRefused(1, 'trailer', 'trailer_missing');
  const [odsCode = ''] = csvRow(first.text, first.number);
  if (odsCode === TRAILER) throw new FileRefused(0, 'file', 'file_empty');
  if (identifierFault('odsCode', odsCode) !== undefined) {
    throw new FileRefused(first.number, 'odsCode', 'ods_code_invalid');
  }
  return odsCode;
}

/** The feed's words, and the two of the National Workforce Data Set, which cannot say more. */
const STATUSES: ReadonlyMap<string, RegistrationStatus> = new Map([
  ...REGISTRATION_STATUSES.map((status) => [status, status] as const),
  ['ACTIVE', 'REGISTERED'],
  ['EXPIRED', 'LAPSED'],
]);

function registrationRow(fields: Fields<(typeof REGISTRATION_FEED)[number]>): RegistrationRow {
  const bodyText = fields.required('body').toUpperCase();
  const body =
    REGISTRATION_BODIES.find((name) => name === bodyText) ?? fields.reject('body', 'body_unknown');
  const number = plainRegistration(body, fields.required('registrationNumber'));
  const fault = registrationFault(body, number);
  if (fault !== undefined) {
    fields.reject('registrationNumber', fault === 'shape' ? 'registration_number_invalid' : fault);
  }
  const status =
    STATUSES.get(fields.required('status').toUpperCase().replaceAll(/[ -]+/g, '_')) ??
    fields.reject('status', 'status_unknown');
  return {
    line: fields.line,
    employeeNumber: employeeNumber(fields),
    body,
    number,
    status,
    type: fields.text('registrationType'),
    firstRegistered: fields.date('firstRegistered'),
    expiresOn: fields.date('expiresOn'),
    lastCheckedAt: moment(fields, 'lastCheckedAt'),
  };
}

function trainingRow(fields: Fields<(typeof TRAINING_FEED)[number]>): TrainingRow {
  const name = fields.required('competence');
  const { framework, subject, level, renewalYears } =
    parseCompetenceName(name) ?? fields.reject('competence', 'competence_name_invalid');
  const awardedOn = fields.requiredDate('awardedOn');
  const given = fields.date('expiresOn');
  if (given !== null && given < awardedOn) fields.reject('expiresOn', 'date_order');
  return {
    line: fields.line,
    employeeNumber: employeeNumber(fields),
    framework,
    subject,
    level,
    name,
    awardedOn,
    expiresOn: given ?? (renewalYears === null ? null : yearsLater(awardedOn, renewalYears)),
  };
}

function qualificationRow(fields: Fields<(typeof QUALIFICATION_FEED)[number]>): QualificationRow {
  const country = fields.text('country')?.toUpperCase() ?? null;
  if (country !== null && !/^[A-Z]{2}$/.test(country)) fields.reject('country', 'country_invalid');
  const awardedOn = fields.requiredDate('awardedOn');
  const status = fields.required('status').toUpperCase();
  if (status !== 'HELD' && status !== 'WITHDRAWN') fields.reject('status', 'value_unknown');
  return {
    line: fields.line,
    employeeNumber: employeeNumber(fields),
    title: fields.required('qualification'),
    level: fields.text('level'),
    subject: fields.text('subject'),
    institution: fields.text('institution'),
    country,
    awardedOn,
    checkedOn: fields.period(awardedOn, 'checkedOn'),
    withdrawn: status === 'WITHDRAWN',
  };
}

function placementRow(fields: Fields<(typeof PLACEMENT_FEED)[number]>): PlacementRow {
  const startDate = fields.requiredDate('startDate');
  const endDate = fields.requiredDate('endDate');
  if (endDate < startDate) fields.reject('endDate', 'date_order');
  const status = fields.required('status').toUpperCase();
  if (status !== 'CURRENT' && status !== 'WITHDRAWN') fields.reject('status', 'value_unknown');
  return {
    line: fields.line,
    employeeNumber: employeeNumber(fields),
    reference: fields.required('reference'),
    nationalPostNumber: fields.requiredIdentifier(
      'nationalPostNumber',
      'nationalPostNumber',
      'post_number_invalid',
    ),
    specialty: fields.required('specialty'),
    grade: fields.required('grade'),
    hostOdsCode: fields.requiredIdentifier('hostOdsCode', 'odsCode', 'ods_code_invalid'),
    site: fields.required('site'),
    startDate,
    endDate,
    withdrawn: status === 'WITHDRAWN',
    updatedAt: moment(fields, 'updatedAt'),
  };
}

const employeeNumber = (fields: Fields<'employeeNumber'>): string =>
  fields.requiredIdentifier('employeeNumber', 'employeeNumber', 'employee_number_invalid');

function moment<Name extends 'lastCheckedAt' | 'updatedAt'>(
  fields: Fields<Name>,
  name: Name,
): string {
  const text = fields.required(name);
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
  const time = shape.test(text) ? new Date(text) : new Date(Number.NaN);
  return Number.isNaN(time.getTime()) ? fields.reject(name, 'time_invalid') : time.toISOString();
}
