/** One batch of an export: up to 500 people read, noted in their access logs, and written as lines. */
import { createHash } from 'node:crypto';

import {
  EXPORTED_FIELDS,
  type ExportedPerson,
  failedLine,
  leftLine,
  type LineFault,
  personLine,
} from './export-line.ts';
import type {
  CredentialStandings,
  ExportedPeople,
  LineCounts,
  StoredExport,
} from './export-ports.ts';
import { LONGEST_LINE } from './export-times.ts';
import type { StaffRecords } from './ports.ts';
import { visiblePart } from './staff-record.ts';

/** What reading a batch takes. */
export interface BatchParts {
  readonly records: Pick<
    StaffRecords,
    'findPeople' | 'findAssignments' | 'findRegistrations' | 'findCompetences'
  >;
  readonly people: Pick<ExportedPeople, 'findGroups'>;
  readonly standings: Pick<CredentialStandings, 'disclose'>;
  /** Whether an error says that a source is down, rather than that a record is wrong. */
  readonly isUnavailable: (error: unknown) => boolean;
  /** Told of a record that cannot be read. */
  readonly report: (error: unknown, staffId: string) => void;
}

/** The lines of a batch. */
export interface Batch extends LineCounts {
  /** NDJSON, UTF-8. */
  readonly text: string;
  readonly lines: number;
}

/** A record without its credentials, or why there is none. */
type Read = Omit<ExportedPerson, 'credentials'> | { readonly fault: LineFault } | 'left';

/**
 * Reads people as the organisation of the export sees them on a day.
 *
 * Whoever is read is in their access log when this resolves, and only then.
 *
 * @throws whatever `isUnavailable` is true of: then the batch has to be read again
 */
export async function readBatch(
  exported: StoredExport,
  staffIds: readonly string[],
  day: string,
  parts: BatchParts,
): Promise<Batch> {
  const { reader, id } = exported;
  const groups = await parts.people.findGroups(staffIds);
  const shownAs = (staffId: string): string => groups.get(staffId)?.shownAs ?? staffId;
  const read = await readPeople(
    reader.odsCode,
    staffIds.filter((staffId) => shownAs(staffId) === staffId),
    day,
    parts,
  );
  // Under each of their ids: people sign in, and hold credentials, under the one that they had.
  const disclosed = staffIds
    .filter((staffId) => isRecord(read.get(staffId)))
    .flatMap((staffId) => groups.get(staffId)?.members ?? [staffId]);
  const memberOf = new Map(
    [...groups.values()].flatMap((group) =>
      group.members.map((member) => [member, group.shownAs] as const),
    ),
  );
  const standings = Map.groupBy(
    disclosed.length === 0
      ? []
      : await parts.standings.disclose({
          reader,
          requestId: id,
          // The same people are noted once, however often their batch is read.
          idempotencyKey: `${id}:${hashOf(disclosed)}`,
          fields: EXPORTED_FIELDS,
          staffIds: disclosed,
        }),
    ({ staffId }) => memberOf.get(staffId) ?? staffId,
  );
  const counts = { records: 0, left: 0, failed: 0 };
  const lines = staffIds.map((staffId) => {
    const found = read.get(staffId) ?? 'left';
    if (found === 'left') {
      counts.left += 1;
      return leftLine(staffId, shownAs(staffId));
    }
    const line =
      'fault' in found
        ? found
        : lineOf({ ...found, credentials: standings.get(staffId) ?? [] }, day);
    if (typeof line === 'string') {
      counts.records += 1;
      return line;
    }
    counts.failed += 1;
    return failedLine(staffId, line.fault);
  });
  return { text: lines.map((line) => `${line}\n`).join(''), lines: lines.length, ...counts };
}

/** Reads people with one statement of each kind. Where that fails, the half that is to blame is looked for. */
async function readPeople(
  odsCode: string,
  staffIds: readonly string[],
  day: string,
  parts: BatchParts,
): Promise<ReadonlyMap<string, Read>> {
  const { records, isUnavailable, report } = parts;
  const [only] = staffIds;
  if (only === undefined) return new Map();
  try {
    const view = { odsCode };
    const people = (await records.findPeople(staffIds, view)).flatMap(
      (record) => visiblePart(record, view, day) ?? [],
    );
    const ids = people.map(({ id }) => id);
    const assignments = perPerson(await records.findAssignments(ids, view));
    const registrations = perPerson(await records.findRegistrations(ids, view));
    const competences = perPerson(await records.findCompetences(ids, view));
    const read = new Map<string, Read>(staffIds.map((id) => [id, 'left']));
    for (const record of people) {
      read.set(record.id, {
        record,
        assignments: assignments.get(record.id) ?? [],
        registrations: registrations.get(record.id) ?? [],
        competences: competences.get(record.id) ?? [],
      });
    }
    return read;
  } catch (error) {
    if (isUnavailable(error)) throw error;
    if (staffIds.length === 1) {
      report(error, only);
      return new Map([[only, { fault: 'record_unreadable' }]]);
    }
    const middle = Math.ceil(staffIds.length / 2);
    return new Map([
      ...(await readPeople(odsCode, staffIds.slice(0, middle), day, parts)),
      ...(await readPeople(odsCode, staffIds.slice(middle), day, parts)),
    ]);
  }
}

const perPerson = <Row extends { readonly staffId: string }>(rows: readonly Row[]) =>
  Map.groupBy(rows, (row) => row.staffId);

const isRecord = (read: Read | undefined): boolean =>
  read !== undefined && read !== 'left' && !('fault' in read);

function lineOf(person: ExportedPerson, day: string): string | { readonly fault: LineFault } {
  const line = personLine(person, day);
  return line.length > LONGEST_LINE ? { fault: 'record_too_large' } : line;
}

const hashOf = (staffIds: readonly string[]): string =>
  createHash('sha256').update(staffIds.join(' ')).digest('base64url');
