/**
 * Reads the records of an organisation's people from a staff-record service, person by person, and writes what they come to as
 * feeds: what is imported from there passes the same checks as any other file.
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';

import { REGISTRATION_FEED, TRAILER, TRAINING_FEED } from '../files/feed-layout.ts';
import { feedRowOfRecord } from './feed-rows-of-record.ts';
import { fetchRecords, type RestRecord, type RestSource } from './fetch-records.ts';

/** People who are asked for at the same time. */
const AT_ONCE = 8;

/** What reading came to. */
export interface RestReading {
  /** Feeds with at least one row. */
  readonly files: readonly string[];
  readonly people: number;
  /** People whom the service does not know. */
  readonly unknownPeople: number;
  readonly rows: number;
  /** Records of a kind that is kept, which say too little. */
  readonly unreadable: number;
}

/** What is read. */
export interface RestReadingRequest {
  readonly source: RestSource;
  readonly odsCode: string;
  /** Employee numbers, some at a time. */
  readonly people: AsyncIterable<readonly string[]>;
  /** Where the feeds are written; it holds personal data. */
  readonly folder: string;
  readonly onProgress?: (people: number) => void;
  /** Between two tries, in milliseconds. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Reads everybody. The files are there when it returns, and have no trailer, so are refused, when it does not.
 *
 * @throws {RestFailed}
 */
export async function readRest(request: RestReadingRequest): Promise<RestReading> {
  const { source, odsCode, people, folder, onProgress, wait } = request;
  const registrations = await feedWriter(
    join(folder, `${odsCode}-registrations.csv`),
    REGISTRATION_FEED,
  );
  const training = await feedWriter(join(folder, `${odsCode}-training.csv`), TRAINING_FEED);
  let asked = 0;
  let unknownPeople = 0;
  let unreadable = 0;
  const keep = async (employeeNumber: string, records: readonly RestRecord[]): Promise<void> => {
    for (const record of records) {
      const reading = feedRowOfRecord(record);
      if (reading.kind === 'unreadable') unreadable += 1;
      if (!('values' in reading)) continue;
      const feed = reading.kind === 'registration' ? registrations : training;
      await feed.write([odsCode, employeeNumber, ...reading.values]);
    }
  };
  try {
    for await (const numbers of people) {
      for (let start = 0; start < numbers.length; start += AT_ONCE) {
        const some = numbers.slice(start, start + AT_ONCE);
        const answers = await Promise.all(
          some.map((employeeNumber) => fetchRecords(source, { odsCode, employeeNumber }, wait)),
        );
        for (const [index, records] of answers.entries()) {
          if (records === undefined) unknownPeople += 1;
          else await keep(some[index] ?? '', records);
        }
        asked += some.length;
        onProgress?.(asked);
      }
    }
    const files = [await registrations.end(), await training.end()].filter(
      (file) => file !== undefined,
    );
    const rows = registrations.rows() + training.rows();
    return { files, people: asked, unknownPeople, rows, unreadable };
  } finally {
    await registrations.close();
    await training.close();
  }
}

/** Writes a feed row by row; readable by its owner alone. */
async function feedWriter(path: string, columns: readonly string[]) {
  const file = await open(path, 'w', 0o600);
  let rows = 0;
  await file.write(`${columns.join()}\n`);
  return {
    rows: () => rows,
    write: async (values: readonly string[]) => {
      rows += 1;
      await file.write(`${values.map(csvValue).join()}\n`);
    },
    end: async () => {
      await file.write(`${TRAILER},${String(rows + 2)}\n`);
      return rows === 0 ? undefined : path;
    },
    close: () => file.close(),
  };
}

/** A value on one line, in quotes where it needs them. */
function csvValue(value: string): string {
  // eslint-disable-next-line no-control-regex -- they end a line, or are refused by whoever reads the feed
  const line = value.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}
