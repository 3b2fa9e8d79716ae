/** Brings a file into the records, whole or not at all. */
import { randomBytes } from 'node:crypto';

import { today } from './esr-date.ts';
import type { ExtractPosition, OpenExtract } from './extract.ts';
import { FileRefused, type ImportOutcome, type ImportSummary } from './import-outcome.ts';
import type { StaffImports } from './import-ports.ts';
import type { ImportLimits, ImportRun } from './import-run.ts';
import type { ListedOrganisation } from './records.ts';
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
  /** Rows that are staged together; 10,000 when it is left out. A run goes on after the last of them. */
  readonly stagedAtOnce?: number;
  /** Waits for the turn of a file among those of its organisation. */
  readonly ready?: (odsCode: string) => Promise<void>;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Id of the run, `imp_` and 22 characters; one of its own when left out. */
  readonly runId?: string;
  /** Told of the run once it is kept. */
  readonly onStart?: (run: ImportRun) => void;
}

/** Imports a GO2 file or a feed. The file is read to its end before the first change. */
export function importFile(path: string, parts: ImportParts): Promise<ImportOutcome> {
  return orRefused(async () => {
    const extract = await parts.open(path);
    try {
      const start = await startOf(extract, parts);
      if ('sha256' in start) return await compareWithLast(extract, start.sha256, start.odsCode);
      const run = await parts.imports.startRun({
        id: parts.runId ?? `imp_${randomBytes(16).toString('base64url')}`,
        path,
        kind: extract.kind,
        ...start,
      });
      parts.onStart?.(run);
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

/** What a run begins with, or the digest of the last file, when it had the same sequence. */
async function startOf(
  extract: OpenExtract,
  { imports, now, ready }: ImportParts,
): Promise<
  | Pick<ImportRun, 'odsCode' | 'sequence' | 'full' | 'fileDay'>
  | { readonly odsCode: string; readonly sha256: string }
> {
  if ('odsCode' in extract.header) {
    const { odsCode } = extract.header;
    if ((await imports.findOrganisation({ odsCode })) === undefined) {
      throw new FileRefused(2, 'odsCode', 'organisation_unknown', odsCode);
    }
    await ready?.(odsCode);
    return { odsCode, sequence: null, full: false, fileDay: today(now()) };
  }
  const { vpd, sequence, full, day } = extract.header;
  const organisation = await imports.findOrganisation({ vpd });
  if (organisation === undefined) throw new FileRefused(1, 'vpd', 'vpd_unknown', vpd);
  const { odsCode } = organisation;
  await ready?.(odsCode);
  // Rows of the training record have times of their own: its files may come in any order.
  if (extract.kind !== 'GO2') return { odsCode, sequence: null, full, fileDay: day };
  const last = await imports.findLastImport(odsCode, 'GO2');
  if (last?.sequence === sequence) return { odsCode, sha256: last.sha256 };
  if (last !== undefined && sequence !== last.sequence + 1) {
    throw new FileRefused(1, 'sequence', 'sequence_gap', String(sequence));
  }
  return { odsCode, sequence, full, fileDay: day };
}

/** A file with the sequence of the last one: the same again, or refused. */
async function compareWithLast(
  extract: OpenExtract,
  sha256: string,
  odsCode: string,
): Promise<ImportSummary> {
  const batches = extract.batches[Symbol.asyncIterator]();
  while ((await batches.next()).done !== true);
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

/** Imports the list of organisations. An organisation that is not in it stays as it is. */
export function importOrganisations(
  read: () => Promise<{ readonly content: readonly ListedOrganisation[] }>,
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
