/**
 * What the records of one person come to in the feeds. Registrations and training are kept; right to work, criminal record
 * checks, vaccinations, tests and observations are none of this record's business.
 */
import { parseCompetenceName } from '../domain/competence-name.ts';
import { REGISTRATION_BODIES } from '../domain/identifiers.ts';
import type { RegistrationStatus } from '../domain/records.ts';
import type { RestRecord } from './fetch-records.ts';
import { plainName, type TolerantRecord, tolerantRecord } from './tolerant-record.ts';

/** A row of a feed after the organisation and the employee number; `unreadable` for a record of a kept kind that says too little. */
export type RecordReading =
  | { readonly kind: 'registration' | 'training'; readonly values: readonly string[] }
  | { readonly kind: 'not-kept' | 'unreadable' };

/** Reads one record. */
export function feedRowOfRecord(record: RestRecord): RecordReading {
  const fields = tolerantRecord(record);
  const type = plainName(fields.text('recordType', 'type', 'resourceType') ?? '');
  if (type.startsWith('professionalregistration')) return registration(fields);
  if (type.startsWith('coreskillstraining') || type.startsWith('training')) return training(fields);
  return { kind: 'not-kept' };
}

const BODIES: ReadonlyMap<string, string> = new Map([
  ...REGISTRATION_BODIES.map((body) => [plainName(body), body] as const),
  ['generalmedicalcouncil', 'GMC'],
  ['nursingandmidwiferycouncil', 'NMC'],
  ['healthandcareprofessionscouncil', 'HCPC'],
  ['generalpharmaceuticalcouncil', 'GPHC'],
  ['generaldentalcouncil', 'GDC'],
  ['socialworkengland', 'SWE'],
]);

/** Words of registers. Whatever is not here is `UNKNOWN`: it stops nobody and passes nobody. */
const STATUSES: ReadonlyMap<string, RegistrationStatus> = new Map([
  ['registered', 'REGISTERED'],
  ['active', 'REGISTERED'],
  ['registeredwithlicence', 'REGISTERED'],
  ['conditions', 'CONDITIONS'],
  ['registeredwithconditions', 'CONDITIONS'],
  ['conditionsofpractice', 'CONDITIONS'],
  ['interimconditions', 'INTERIM_CONDITIONS'],
  ['interimconditionsofpractice', 'INTERIM_CONDITIONS'],
  ['undertakings', 'UNDERTAKINGS'],
  ['suspended', 'SUSPENDED'],
  ['interimsuspension', 'INTERIM_SUSPENSION'],
  ['interimsuspended', 'INTERIM_SUSPENSION'],
  ['nolicence', 'NO_LICENCE'],
  ['registeredwithoutlicence', 'NO_LICENCE'],
  ['lapsed', 'LAPSED'],
  ['expired', 'LAPSED'],
  ['removed', 'REMOVED'],
  ['erased', 'REMOVED'],
  ['struckoff', 'REMOVED'],
  ['notfound', 'NOT_FOUND'],
]);

/** Digits of registration numbers that begin with zeros. */
const WIDTHS: Readonly<Record<string, number>> = { GMC: 7, GPHC: 7 };

function registration(fields: TolerantRecord): RecordReading {
  const body = BODIES.get(
    plainName(fields.text('registrationBody', 'professionalBody', 'regulator', 'body') ?? ''),
  );
  const numberNames = ['registrationNumber', 'professionalRegistrationNumber', 'number'];
  const number = fields.text(...numberNames);
  const checked = fields.moment(
    'lastCheckedAt',
    'checkedAt',
    'checkDate',
    'lastRefresh',
    'lastUpdated',
  );
  if (body === undefined || number === undefined || checked === undefined) {
    return { kind: 'unreadable' };
  }
  const width = fields.isNumber(...numberNames) ? (WIDTHS[body] ?? 0) : 0;
  return {
    kind: 'registration',
    values: [
      body,
      number.padStart(width, '0'),
      statusOf(fields),
      fields.text('registrationType', 'registrationCategory') ?? '',
      fields.day('firstRegistered', 'registrationDate', 'startDate') ?? '',
      fields.day('expiresOn', 'expiryDate', 'registrationExpiryDate', 'revalidationDate') ?? '',
      checked,
    ],
  };
}

/** The worst of what the word and the flags say. */
function statusOf(fields: TolerantRecord): RegistrationStatus {
  const word = plainName(fields.text('registrationStatus', 'status') ?? '').replace(/orders?$/, '');
  const status = STATUSES.get(word) ?? 'UNKNOWN';
  if (status !== 'REGISTERED') return status;
  if (fields.flag('suspended', 'isSuspended') === true) return 'SUSPENDED';
  if (fields.flag('hasLicenceToPractise', 'licenceToPractise') === false) return 'NO_LICENCE';
  return isLimited(fields) ? 'CONDITIONS' : status;
}

/** A flag, or words that are not a way of saying that there are none. */
function isLimited(fields: TolerantRecord): boolean {
  if (fields.flag('hasConditions', 'isRestricted') === true) return true;
  const words = fields.text('conditions', 'restrictions');
  const flag = fields.flag('conditions', 'restrictions');
  return flag ?? (words !== undefined && !/^(none|n\/a|nil)\b/i.test(words));
}

function training(fields: TolerantRecord): RecordReading {
  const title = fields.text('competence', 'competenceName', 'courseName', 'subject', 'title');
  const awardedOn = fields.day('awardedOn', 'awardDate', 'completionDate', 'dateCompleted');
  if (title === undefined || awardedOn === undefined) return { kind: 'unreadable' };
  if (fields.flag('passed', 'completed', 'achieved') === false) return { kind: 'not-kept' };
  const level = fields.text('level');
  const suffix = level === undefined ? '' : ` - Level ${level.replace(/^level\s*/i, '')}`;
  const name =
    parseCompetenceName(title) === undefined
      ? `NHS|CSTF|${title.replaceAll('|', ' ')}${suffix}|`
      : title;
  return {
    kind: 'training',
    values: [name, awardedOn, fields.day('expiresOn', 'expiryDate', 'validUntil') ?? ''],
  };
}
