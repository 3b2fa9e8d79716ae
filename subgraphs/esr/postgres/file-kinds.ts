/** The kinds of file that go through staging tables. */
import type { StagedRow } from '../domain/import-ports.ts';
import type { ImportRun } from '../domain/import-run.ts';
import { go2Import } from './apply-go2.ts';
import type { FileKindImport } from './file-kind-import.ts';

/** By kind. A row is given to the kind that its file is of. */
export const fileKinds: Partial<Record<ImportRun['kind'], FileKindImport<StagedRow>>> = {
  GO2: go2Import,
};
