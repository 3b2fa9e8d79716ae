/** The feeds of one employer beside its extract, and the other CSV files. */
import {
  PLACEMENT_FEED,
  QUALIFICATION_FEED,
  REGISTRATION_FEED,
  TRAILER,
  TRAINING_FEED,
} from '../../subgraphs/esr/files/feed-layout.ts';
import { BASE_DAY } from './days.ts';
import type { Employed } from './staff-plan.ts';

/** One row of CSV (RFC 4180, section 2). */
export const csv = (values: readonly string[]): string =>
  values
    .map((value) => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(',');

/** A feed: its columns, and what it says about one person at the employer. */
export interface DemoFeed {
  /** First part of the file name. */
  readonly name: string;
  readonly header: readonly string[];
  /** Rows without organisation and employee number, which come first in each. */
  readonly rowsOf: (employed: Employed) => readonly (readonly string[])[];
}

const registrations: DemoFeed = {
  name: 'registrations',
  header: REGISTRATION_FEED,
  rowsOf: ({ person }) =>
    person.registrations.map((one) => [
      one.body,
      one.number,
      one.status,
      one.type,
      one.firstRegistered,
      one.expiresOn ?? '',
      `${BASE_DAY}T02:00:00Z`,
    ]),
};

const training: DemoFeed = {
  name: 'training',
  header: TRAINING_FEED,
  rowsOf: ({ employment }) => employment.training.map(([name, day]) => [name, day, '']),
};

const qualifications: DemoFeed = {
  name: 'qualifications',
  header: QUALIFICATION_FEED,
  rowsOf: ({ employment }) =>
    employment.qualifications.map((one) => [
      one.name,
      one.level,
      one.subject,
      one.institution,
      one.country,
      one.awardedOn,
      one.checkedOn,
      'HELD',
    ]),
};

const placements: DemoFeed = {
  name: 'placements',
  header: PLACEMENT_FEED,
  rowsOf: ({ person, employment: { placement } }) =>
    placement === undefined
      ? []
      : [
          [
            placement.reference,
            placement.nationalPostNumber,
            placement.specialty,
            person.employments[0]?.assignments[0]?.rows.at(-1)?.job.role ?? '',
            placement.hostOdsCode,
            `Main Site of ${placement.hostOdsCode}`,
            placement.startDate,
            placement.endDate,
            'CURRENT',
            `${BASE_DAY}T03:00:00Z`,
          ],
        ],
};

/** In the order in which they are imported. */
export const DEMO_FEEDS: readonly DemoFeed[] = [
  registrations,
  training,
  qualifications,
  placements,
];

/** The rows of one person in a feed. */
export const feedRows = ({ rowsOf }: DemoFeed, employed: Employed): readonly string[] =>
  rowsOf(employed).map((values) =>
    csv([employed.employment.odsCode, employed.employment.employeeNumber, ...values]),
  );

/** The last row of a feed. `rows` counts the header. */
export const feedTrailer = (rows: number): string => csv([TRAILER, String(rows + 1)]);
