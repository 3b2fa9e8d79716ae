/** Brings a file into the records, whole or not at all. */
import { randomBytes } from 'node:crypto';

import type { ExtractPosition, OpenExtract } from './extract.ts';
import { importPlacements, importRegistrations, importTraining } from './import-feed.ts';
import {
  FileRefused,
  type ImportFault,
  type ImportOutcome,
  type ImportSummary,
} from './import-outcome.ts';
import type { StaffImports } from './import-ports.ts';
import type { ImportLimits, ImportRun } from './import-run.ts';
import type { OrganisationRow } from './records.ts';
import { runImport } from './run-import.ts';

/** Where an import is. */
export interface ImportProgress {
  readonly stage: 'reading' | 'applying' | 'kept';
  /** Lines read so far. */
  readonly rows: number;
  /** Bytes read so far, of as many. */
  readonly bytes: number;
  readonly size: number;
}

/** What an import works with. */
export interface ImportParts extends ImportLimits {
  readonly imports: StaffImports;
  /** Opens a file of records. */
  readonly open: (
    path: string,
    options?: { readonly from?: ExtractPosition },
  ) => Promise<OpenExtract>;
  readonly now: () => Date;
  /** Everything is taken back at the end, and nothing is kept of the run. */
  readonly dryRun?: boolean;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Imports a GO2 file or a feed. The file is read to its end before the first change. */
export function importFile(path: string, parts: ImportParts): Promise<ImportOutcome> {
  return orRefused(async () => {
    const extract = await parts.open(path);
    try {
      if (extract.kind !== 'GO2') return await importWhole(extract, parts);
      const { header } = extract;
      const organisation = await parts.imports.findOrganisation({ vpd: header.vpd });
      if (organisation === undefined) {
        throw new FileRefused(1, 'vpd', 'vpd_unknown', header.vpd);
      }
      const { odsCode } = organisation;
      const last = await parts.imports.findLastImport(odsCode, 'GO2');
      if (last?.sequence === header.sequence) {
        return await compareWithLast(extract, last.sha256, odsCode);
      }
      if (last !== undefined && header.sequence !== last.sequence + 1) {
        throw new FileRefused(1, 'sequence', 'sequence_gap', String(header.sequence));
      }
      const run = await parts.imports.startRun({
        id: `imp_${randomBytes(16).toString('base64url')}`,
        path,
        kind: 'GO2',
        odsCode,
        sequence: header.sequence,
        full: header.full,
        fileDay: header.day,
      });
      return await runImport(run, extract, parts);
    } finally {
      await extract.close();
    }
  });
}

/**
 * Goes on with an import that was cut off, where it was.
 *
 * @param run one that is not finished
 */
export function resumeImport(run: ImportRun, parts: ImportParts): Promise<ImportOutcome> {
  return orRefused(() => runImport(run, undefined, parts));
}

/** A file with the sequence of the last one: the same again, or refused. */
async function compareWithLast(
  extract: OpenExtract,
  sha256: string,
  odsCode: string,
): Promise<ImportSummary> {
  for await (const _batch of extract.batches);
  const end = extract.end();
  if (end.sha256 !== sha256) throw new FileRefused(1, 'sequence', 'file_changed_sequence');
  return {
    kind: 'already-imported',
    fileKind: extract.kind,
    odsCode,
    rowsRead: end.rowsRead,
    ...NOTHING,
  };
}

const NOTHING = {
  added: 0,
  changed: 0,
  unchanged: 0,
  ended: 0,
  absent: 0,
  rejected: [],
  rejectedRows: 0,
} as const;

/** Imports a feed of which the rows are held in memory. */
async function importWhole(
  extract: Exclude<OpenExtract, { readonly kind: 'GO2' }>,
  { imports, onProgress, dryRun }: ImportParts,
): Promise<ImportSummary> {
  const rows: never[] = [];
  const rejected: ImportFault[] = [];
  const { size } = extract;
  for await (const batch of extract.batches) {
    rows.push(...(batch.rows as never[]));
    rejected.push(...batch.faults);
    onProgress?.({ stage: 'reading', rows: batch.line, bytes: batch.offset, size });
  }
  const { rowsRead, sha256 } = extract.end();
  const file = { ...extract.header, rowsRead, rows, rejected };
  if (dryRun === true) throw new FileRefused(0, 'file', 'dry_run_not_possible');
  const summary = await imports.inTransaction((records) => {
    switch (extract.kind) {
      case 'REGISTRATIONS':
        return importRegistrations({ ...file, kind: 'REGISTRATIONS' }, sha256, records);
      case 'TRAINING':
        return importTraining({ ...file, kind: 'TRAINING' }, sha256, records);
      case 'PLACEMENTS':
        return importPlacements({ ...file, kind: 'PLACEMENTS' }, sha256, records);
    }
  });
  onProgress?.({ stage: 'kept', rows: rowsRead, bytes: size, size });
  return summary;
}

/** Imports the list of organisations. An organisation that is not in it stays as it is. */
export function importOrganisations(
  read: () => Promise<{ readonly content: readonly OrganisationRow[] }>,
  imports: Pick<StaffImports, 'writeOrganisations'>,
): Promise<ImportOutcome> {
  return orRefused(async () => {
    const { content } = await read();
    const { added, changed } = await imports.writeOrganisations(content);
    return {
      ...NOTHING,
      kind: 'imported',
      fileKind: 'ORGANISATIONS',
      odsCode: undefined,
      rowsRead: content.length,
      added,
      changed,
      unchanged: content.length - added - changed,
    };
  });
}

async function orRefused(work: () => Promise<ImportOutcome>): Promise<ImportOutcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileRefused) return { kind: 'refused', ...error.fault };
    throw error;
  }
}
