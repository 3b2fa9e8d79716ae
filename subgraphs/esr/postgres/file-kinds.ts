/** The kinds of file that go through staging tables. */
import type { StagedRow } from '../domain/import-ports.ts';
import type { ImportRun } from '../domain/import-run.ts';
import { go2Import } from './apply-go2.ts';
import type { FileKindImport } from './file-kind-import.ts';
import { placementImport } from './placement-import.ts';
import { placementNotificationImport } from './placement-notification-import.ts';
import { qualificationImport } from './qualification-import.ts';
import { registrationImport } from './registration-import.ts';
import { trainingImport } from './training-import.ts';
import { trainingPostImport } from './training-post-import.ts';

/** By kind. A row is given to the kind that its file is of. */
export const fileKinds = {
  GO2: go2Import,
  REGISTRATIONS: registrationImport,
  TRAINING: trainingImport,
  QUALIFICATIONS: qualificationImport,
  PLACEMENTS: placementImport,
  TRAINING_POSTS: trainingPostImport,
  PLACEMENT_NOTIFICATIONS: placementNotificationImport,
} as Readonly<Record<ImportRun['kind'], FileKindImport<StagedRow>>>;
