/** Brings a registrations, training or placements feed into the records. */
import type { FeedFile } from './extract.ts';
import {
  FileRefused,
  type ImportFault,
  importFault,
  type ImportSummary,
} from './import-outcome.ts';
import { awardKey, type FeedRecords, type StaffEvent } from './import-ports.ts';
import type { PlacementRow, RegistrationRow, TrainingRow } from './records.ts';

interface Counts {
  added: number;
  changed: number;
  unchanged: number;
}

/**
 * Imports a registrations feed. What was checked earlier than what is known changes nothing.
 *
 * @throws {FileRefused} when the organisation is not known
 */
export const importRegistrations = (
  file: FeedFile<'REGISTRATIONS', RegistrationRow>,
  sha256: string,
  records: FeedRecords,
): Promise<ImportSummary> =>
  importFeed(file, sha256, records, async ({ rows, staffOf, events, reject, count }) => {
    const known = new Map(
      (await records.knownRegistrations(rows)).map((one) => [`${one.body} ${one.number}`, one]),
    );
    const writes = new Map<
      string,
      RegistrationRow & { readonly staffId: string; readonly content: string }
    >();
    for (const row of rows) {
      const staffId = staffOf(row);
      if (staffId === undefined) continue;
      const key = `${row.body} ${row.number}`;
      const before = known.get(key);
      const content = JSON.stringify([row.status, row.type, row.firstRegistered, row.expiresOn]);
      if (before !== undefined && before.staffId !== staffId) {
        reject(row, 'registrationNumber', 'registration_in_use');
        continue;
      }
      if (before !== undefined && before.lastCheckedAt.getTime() > Date.parse(row.lastCheckedAt)) {
        count.unchanged += 1;
        continue;
      }
      if (before === undefined) count.added += 1;
      else if (before.content === content) count.unchanged += 1;
      else count.changed += 1;
      if (before?.status !== row.status) {
        events.push({ type: 'registration-status-changed-1', staffId, odsCode: file.odsCode });
      }
      writes.set(key, { ...row, staffId, content });
      known.set(key, {
        ...row,
        staffId,
        content,
        lastCheckedAt: new Date(row.lastCheckedAt),
      });
    }
    await records.writeRegistrations([...writes.values()]);
  });

/**
 * Imports a training feed. An award stays until it is corrected; none is ended by being left out.
 *
 * @throws {FileRefused} when the organisation is not known
 */
export const importTraining = (
  file: FeedFile<'TRAINING', TrainingRow>,
  sha256: string,
  records: FeedRecords,
): Promise<ImportSummary> =>
  importFeed(file, sha256, records, async ({ rows, staffOf, events, count }) => {
    const known = new Map(await records.knownAwards(file.odsCode));
    const writes = new Map<string, TrainingRow & { readonly staffId: string }>();
    const awarded = new Set<string>();
    for (const row of rows) {
      const staffId = staffOf(row);
      if (staffId === undefined) continue;
      const key = awardKey(staffId, row.name, row.awardedOn);
      const before = known.get(key);
      if (before === row.expiresOn) {
        count.unchanged += 1;
        continue;
      }
      if (before === undefined) count.added += 1;
      else count.changed += 1;
      known.set(key, row.expiresOn);
      writes.set(key, { ...row, staffId });
      awarded.add(staffId);
    }
    await records.writeAwards(file.odsCode, [...writes.values()]);
    for (const staffId of awarded) {
      events.push({ type: 'training-awarded-1', staffId, odsCode: file.odsCode });
    }
  });

/**
 * Imports a placements feed. What was updated earlier than what is known changes nothing, and none is ended by being left
 * out.
 *
 * @throws {FileRefused} when the organisation is not known
 */
export const importPlacements = (
  file: FeedFile<'PLACEMENTS', PlacementRow>,
  sha256: string,
  records: FeedRecords,
): Promise<ImportSummary> =>
  importFeed(file, sha256, records, async ({ rows, staffOf, events, reject, count }) => {
    const { odsCode } = file;
    const known = new Map(
      (await records.knownPlacements(rows.map(({ reference }) => reference))).map((one) => [
        one.reference,
        one,
      ]),
    );
    const writes = new Map<
      string,
      PlacementRow & { readonly staffId: string; readonly content: string }
    >();
    for (const row of rows) {
      const staffId = staffOf(row);
      if (staffId === undefined) continue;
      const { reference, updatedAt } = row;
      const content = placementContent(row);
      const before = known.get(reference);
      if (before !== undefined && (before.staffId !== staffId || before.odsCode !== odsCode)) {
        reject(row, 'reference', 'placement_in_use');
        continue;
      }
      if (before !== undefined && before.updatedAt.getTime() > Date.parse(updatedAt)) {
        count.unchanged += 1;
        continue;
      }
      if (before === undefined) count.added += 1;
      else if (before.content === content) count.unchanged += 1;
      else count.changed += 1;
      if (before?.content !== content) {
        events.push({ type: 'placement-changed-1', staffId, odsCode });
      }
      writes.set(reference, { ...row, staffId, content });
      known.set(reference, {
        reference,
        staffId,
        odsCode,
        content,
        updatedAt: new Date(updatedAt),
      });
    }
    await records.writePlacements(odsCode, [...writes.values()]);
  });

/** Everything about a placement but when the training record touched it. */
const placementContent = (row: PlacementRow): string =>
  JSON.stringify([
    row.nationalPostNumber,
    row.specialty,
    row.grade,
    row.hostOdsCode,
    row.site,
    row.startDate,
    row.endDate,
    row.withdrawn,
  ]);

async function importFeed<
  Kind extends 'REGISTRATIONS' | 'TRAINING' | 'PLACEMENTS',
  Row extends { readonly line: number; readonly employeeNumber: string },
>(
  file: FeedFile<Kind, Row>,
  sha256: string,
  records: FeedRecords,
  apply: (work: {
    readonly rows: readonly Row[];
    /** Rejects the row when the employee number is not known. */
    readonly staffOf: (row: Row) => string | undefined;
    readonly reject: (row: Row, field: string, code: ImportFault['code']) => void;
    readonly events: StaffEvent[];
    readonly count: Counts;
  }) => Promise<void>,
): Promise<ImportSummary> {
  const { kind, odsCode, rowsRead, rows } = file;
  const organisation = await records.findOrganisation({ odsCode });
  if (organisation === undefined) throw new FileRefused(2, 'odsCode', 'organisation_unknown');
  await records.lockOrganisation(odsCode);
  const count = { added: 0, changed: 0, unchanged: 0 };
  const base = { fileKind: kind, odsCode, rowsRead, ended: 0, absent: 0 } as const;
  if (await records.hasImport(odsCode, kind, sha256)) {
    return { kind: 'already-imported', ...base, ...count, rejected: [], rejectedRows: 0 };
  }
  const rejected: ImportFault[] = [...file.rejected];
  const events: StaffEvent[] = [];
  const numbers = await records.staffByEmployeeNumber(odsCode);
  const reject = (row: Row, field: string, code: ImportFault['code']): void => {
    rejected.push(importFault(row.line, field, code));
  };
  await apply({
    rows,
    staffOf: (row) => {
      const staffId = numbers.get(row.employeeNumber);
      if (staffId === undefined) reject(row, 'employeeNumber', 'employee_unknown');
      return staffId;
    },
    reject,
    events,
    count,
  });
  await records.writeEvents(events);
  const last = await records.findLastImport(odsCode, kind);
  await records.writeImport({
    odsCode,
    kind,
    sequence: (last?.sequence ?? 0) + 1,
    sha256,
    rowsRead,
    rejected: rejected.length,
  });
  return {
    kind: 'imported',
    ...base,
    ...count,
    rejected: rejected.toSorted((a, b) => a.line - b.line),
    rejectedRows: rejected.length,
  };
}
