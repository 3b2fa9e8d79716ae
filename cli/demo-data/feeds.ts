/** Registrations and training feeds of the demonstration, and the other CSV files. */
import {
  TRAILER,
  REGISTRATION_FEED,
  TRAINING_FEED,
} from '../../subgraphs/esr/files/feed-layout.ts';
import { BASE_DAY } from './days.ts';
import type { Employed } from './go2.ts';

/** One row of CSV (RFC 4180, section 2). */
export const csv = (values: readonly string[]): string =>
  values
    .map((value) => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(',');

/** The registrations feed of one trust. */
export function* registrationRows(odsCode: string, staff: readonly Employed[]): Generator<string> {
  let rows = 1;
  yield csv(REGISTRATION_FEED);
  for (const { person, employment } of staff) {
    for (const one of person.registrations) {
      rows += 1;
      yield csv([
        odsCode,
        employment.employeeNumber,
        one.body,
        one.number,
        one.status,
        one.type,
        one.firstRegistered,
        one.expiresOn ?? '',
        `${BASE_DAY}T02:00:00Z`,
      ]);
    }
  }
  yield csv([TRAILER, String(rows + 1)]);
}

/** The training feed of one trust. */
export function* trainingRows(odsCode: string, staff: readonly Employed[]): Generator<string> {
  let rows = 1;
  yield csv(TRAINING_FEED);
  for (const { employment } of staff) {
    for (const [name, awardedOn] of employment.training) {
      rows += 1;
      yield csv([odsCode, employment.employeeNumber, name, awardedOn, '']);
    }
  }
  yield csv([TRAILER, String(rows + 1)]);
}
