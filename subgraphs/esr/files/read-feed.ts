/** Reads a registrations, training or placements feed whole before anything is changed. */
import { parseCompetenceName, yearsLater } from '../domain/competence-name.ts';
import type { FeedFile } from '../domain/extract.ts';
import { REGISTRATION_BODIES, registrationFault } from '../domain/identifiers.ts';
import { FileRefused, type ImportFault } from '../domain/import-outcome.ts';
import type {
  PlacementRow,
  RegistrationRow,
  RegistrationStatus,
  TrainingRow,
} from '../domain/records.ts';
import { csvRow } from './csv-row.ts';
import { FEED_TRAILER, PLACEMENT_FEED, REGISTRATION_FEED, TRAINING_FEED } from './feed-layout.ts';
import { type Fields, readRow, rowFields } from './fields.ts';
import type { Line } from './read-lines.ts';

/** Reads the registrations feed after its header row. */
export const readRegistrations = (
  rest: AsyncIterable<Line>,
): Promise<FeedFile<'REGISTRATIONS', RegistrationRow>> =>
  readFeed('REGISTRATIONS', REGISTRATION_FEED, rest, registrationRow);

/** Reads the training feed after its header row. */
export const readTraining = (
  rest: AsyncIterable<Line>,
): Promise<FeedFile<'TRAINING', TrainingRow>> =>
  readFeed('TRAINING', TRAINING_FEED, rest, trainingRow);

/** Reads the placements feed after its header row. */
export const readPlacements = (
  rest: AsyncIterable<Line>,
): Promise<FeedFile<'PLACEMENTS', PlacementRow>> =>
  readFeed('PLACEMENTS', PLACEMENT_FEED, rest, placementRow);

/** Where each column is. */
const placesOf = <Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> =>
  Object.fromEntries(names.map((name, index) => [name, index])) as Record<Name, number>;

async function readFeed<Kind extends string, Name extends string, Row>(
  kind: Kind,
  names: readonly ('odsCode' | Name)[],
  rest: AsyncIterable<Line>,
  read: (fields: Fields<'odsCode' | Name>) => Row,
): Promise<FeedFile<Kind, Row>> {
  const places = placesOf(names);
  const rows: Row[] = [];
  const rejected: ImportFault[] = [];
  let odsCode: string | undefined;
  let count = 1;
  let ended = false;
  for await (const { number, text } of rest) {
    if (ended) {
      const second = text.startsWith('odsCode,');
      throw new FileRefused(number, 'record', second ? 'second_header' : 'data_after_trailer');
    }
    if (text === '') throw new FileRefused(number, 'record', 'blank_line');
    count += 1;
    const columns = csvRow(text, number);
    if (columns[0] === FEED_TRAILER) {
      if (columns.length !== 2) throw new FileRefused(number, 'trailer', 'column_count');
      if (columns[1] !== String(count)) throw new FileRefused(number, 'count', 'trailer_count');
      ended = true;
      continue;
    }
    if (columns[0] === 'odsCode') throw new FileRefused(number, 'record', 'second_header');
    if (columns.length !== names.length) throw new FileRefused(number, 'record', 'column_count');
    if (!/^[A-Z0-9]{3,8}$/.test(columns[0] ?? '')) {
      throw new FileRefused(number, 'odsCode', 'ods_code_invalid');
    }
    odsCode ??= columns[0];
    if (odsCode !== columns[0]) throw new FileRefused(number, 'odsCode', 'organisation_mixed');
    const row = readRow(() => read(rowFields(number, columns, places)), rejected);
    if (row !== undefined) rows.push(row);
  }
  if (!ended) throw new FileRefused(count, 'trailer', 'trailer_missing');
  if (odsCode === undefined) throw new FileRefused(0, 'file', 'file_empty');
  return { kind, odsCode, rowsRead: count - 2, rows, rejected };
}

/** The feed's words, and the two of the National Workforce Data Set, which cannot say more. */
const STATUSES: Readonly<Record<string, RegistrationStatus>> = {
  REGISTERED: 'REGISTERED',
  ACTIVE: 'REGISTERED',
  CONDITIONS: 'CONDITIONS',
  SUSPENDED: 'SUSPENDED',
  LAPSED: 'LAPSED',
  EXPIRED: 'LAPSED',
  REMOVED: 'REMOVED',
  UNKNOWN: 'UNKNOWN',
};

function registrationRow(fields: Fields<(typeof REGISTRATION_FEED)[number]>): RegistrationRow {
  const bodyText = fields.required('body').toUpperCase();
  const body =
    REGISTRATION_BODIES.find((name) => name === bodyText) ?? fields.reject('body', 'body_unknown');
  const number = fields.required('registrationNumber').toUpperCase();
  const fault = registrationFault(body, number);
  if (fault !== undefined) {
    fields.reject('registrationNumber', fault === 'shape' ? 'registration_number_invalid' : fault);
  }
  const status =
    STATUSES[fields.required('status').toUpperCase()] ?? fields.reject('status', 'status_unknown');
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

/** Owner, site, specialty, grade and sequence, with suffixes. */
const POST_NUMBER = /^[A-Z]{3}(?:\/[A-Z0-9]{2,6}){3}\/\d{3}(?:\/[SMA])*$/;

function placementRow(fields: Fields<(typeof PLACEMENT_FEED)[number]>): PlacementRow {
  const nationalPostNumber = fields.required('nationalPostNumber');
  if (!POST_NUMBER.test(nationalPostNumber)) {
    fields.reject('nationalPostNumber', 'post_number_invalid');
  }
  const hostOdsCode = fields.required('hostOdsCode');
  if (!/^[A-Z0-9]{3,8}$/.test(hostOdsCode)) fields.reject('hostOdsCode', 'ods_code_invalid');
  const startDate = fields.requiredDate('startDate');
  const endDate = fields.requiredDate('endDate');
  if (endDate < startDate) fields.reject('endDate', 'date_order');
  const status = fields.required('status').toUpperCase();
  if (status !== 'CURRENT' && status !== 'WITHDRAWN') fields.reject('status', 'value_unknown');
  return {
    line: fields.line,
    employeeNumber: employeeNumber(fields),
    reference: fields.required('reference'),
    nationalPostNumber,
    specialty: fields.required('specialty'),
    grade: fields.required('grade'),
    hostOdsCode,
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
