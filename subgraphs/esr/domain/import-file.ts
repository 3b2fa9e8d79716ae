/** Brings a file into the records, whole or not at all. */
import { today } from './esr-date.ts';
import type { FileContent, ReadFile } from './extract.ts';
import { importPlacements, importRegistrations, importTraining } from './import-feed.ts';
import { importGo2 } from './import-go2.ts';
import { FileRefused, type ImportOutcome, type ImportSummary } from './import-outcome.ts';
import type { ImportRecords, StaffImports } from './import-ports.ts';
import type { OrganisationRow } from './records.ts';

/** Where an import is. */
export interface ImportProgress {
  readonly stage: 'read' | 'kept';
  readonly rowsRead: number;
}

/** What an import works with. */
export interface ImportParts {
  readonly imports: StaffImports;
  readonly now: () => Date;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Imports a GO2 file or a feed. The file is read to its end before the first change. */
export function importFile(
  read: () => Promise<ReadFile<FileContent>>,
  { imports, now, onProgress }: ImportParts,
): Promise<ImportOutcome> {
  return orRefused(async () => {
    const { content, sha256 } = await read();
    onProgress?.({ stage: 'read', rowsRead: content.rowsRead });
    const summary = await imports.inTransaction((records) =>
      importContent({ content, sha256, day: today(now()) }, records),
    );
    onProgress?.({ stage: 'kept', rowsRead: content.rowsRead });
    return summary;
  });
}

/** Imports the list of organisations. An organisation that is not in it stays as it is. */
export function importOrganisations(
  read: () => Promise<ReadFile<OrganisationRow[]>>,
  { imports }: Pick<ImportParts, 'imports'>,
): Promise<ImportOutcome> {
  return orRefused(async () => {
    const { content } = await read();
    const { added, changed } = await imports.inTransaction((records) =>
      records.writeOrganisations(content),
    );
    return {
      kind: 'imported',
      fileKind: 'ORGANISATIONS',
      odsCode: undefined,
      rowsRead: content.length,
      added,
      changed,
      unchanged: content.length - added - changed,
      ended: 0,
      rejected: [],
    };
  });
}

function importContent(
  {
    content,
    sha256,
    day,
  }: { readonly content: FileContent; readonly sha256: string; readonly day: string },
  records: ImportRecords,
): Promise<ImportSummary> {
  switch (content.kind) {
    case 'GO2':
      return importGo2({ file: content, sha256, day }, records);
    case 'REGISTRATIONS':
      return importRegistrations(content, sha256, records);
    case 'TRAINING':
      return importTraining(content, sha256, records);
    case 'PLACEMENTS':
      return importPlacements(content, sha256, records);
  }
}

async function orRefused(work: () => Promise<ImportSummary>): Promise<ImportOutcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileRefused) return { kind: 'refused', ...error.fault };
    throw error;
  }
}
