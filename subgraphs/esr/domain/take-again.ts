/** Going on with an import that was cut off, and taking the file of a refused one again, for whoever asks over the graph. */
import { createHash } from 'node:crypto';

import { z } from 'zod';

import { importFile, type ImportParts, resumeImport } from './import-file.ts';
import { FileRefused, type ImportFault, type ImportOutcome } from './import-outcome.ts';
import type { ImportRun } from './import-run.ts';

/** What taking again needs. */
export interface TakingAgain extends ImportParts {
  /** Told of the work that goes on after the answer. */
  readonly goOn: (work: Promise<ImportOutcome>) => void;
}

/** What came of asking. */
export type TakenAgain =
  | { readonly kind: 'begun'; readonly run: ImportRun }
  | { readonly kind: 'reused' | 'already-finished' | 'file-not-found' }
  /** The file was refused before an import of it began. */
  | { readonly kind: 'file-refused'; readonly fault: ImportFault };

/** Who asks, and how they tell a repeated call. */
export interface Asked {
  readonly subject: string;
  /** An idempotency key. */
  readonly key: string;
}

/** Whether there is anything to go on with. */
export const canTakeAgain = ({ state }: Pick<ImportRun, 'state'>): boolean =>
  state === 'READING' || state === 'STAGED' || state === 'REFUSED';

/**
 * Begins. What is cut off goes on where it was; a refused file is read from its beginning, as a new run whose id follows
 * from who asked under which key. Answers once the run is kept: a process that dies afterwards leaves it to be gone on with.
 *
 * @param run of the organisation that is asked for
 */
export async function takeAgain(
  run: ImportRun,
  asked: Asked,
  parts: TakingAgain,
): Promise<TakenAgain> {
  const { imports, open } = parts;
  if (run.state === 'REFUSED') return takeFileAgain(run, asked, parts);
  if (!canTakeAgain(run)) return { kind: 'already-finished' };
  try {
    // What has been read whole is in the database; for the rest the file has to be there.
    if (run.state === 'READING') await (await open(run.path)).close();
  } catch (error) {
    return notBegun(error);
  }
  parts.goOn(resumeImport(run, parts));
  return { kind: 'begun', run: (await imports.findRun(run.id)) ?? run };
}

async function takeFileAgain(
  run: ImportRun,
  { subject, key }: Asked,
  parts: TakingAgain,
): Promise<TakenAgain> {
  const runId = runIdOf(subject, key);
  const earlier = await parts.imports.findRun(runId);
  if (earlier !== undefined) {
    const isSame = earlier.path === run.path && earlier.odsCode === run.odsCode;
    return isSame ? { kind: 'begun', run: earlier } : { kind: 'reused' };
  }
  const started = Promise.withResolvers<ImportRun>();
  const work = importFile(run.path, {
    ...parts,
    runId,
    onStart: started.resolve,
    ready: (odsCode) => {
      // Another file may be there by now, of another organisation.
      if (odsCode !== run.odsCode) throw new FileRefused(1, 'file', 'file_changed');
      return Promise.resolve();
    },
  });
  try {
    const first = await Promise.race([started.promise, work]);
    if ('path' in first) {
      parts.goOn(work);
      return { kind: 'begun', run: first };
    }
    if (first.kind === 'refused' && first.runId === undefined) {
      return { kind: 'file-refused', fault: first };
    }
    const made = await parts.imports.findRun(runId);
    return made === undefined ? { kind: 'already-finished' } : { kind: 'begun', run: made };
  } catch (error) {
    return notBegun(error);
  }
}

/** What the system says of a file that is not there, or that may not be read. */
const unreadable = z.object({ code: z.enum(['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR']) });

/** @throws what is neither about the file nor about where it is */
function notBegun(error: unknown): TakenAgain {
  if (error instanceof FileRefused) return { kind: 'file-refused', fault: error.fault };
  if (unreadable.safeParse(error).success) return { kind: 'file-not-found' };
  throw error;
}

/** `imp_` and 128 bits, base64url: as unlikely to be another's as a random one. */
const runIdOf = (subject: string, key: string): string =>
  `imp_${createHash('sha256').update(`${subject}\n${key}`).digest().subarray(0, 16).toString('base64url')}`;
