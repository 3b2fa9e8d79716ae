/** The steps of an import: read and stage, then apply. Each leaves a run that the next one can go on with. */
import { today } from './esr-date.ts';
import type { ExtractBatch, OpenExtract } from './extract.ts';
import type { ImportParts } from './import-file.ts';
import { FileRefused, type ImportFault, type ImportOutcome } from './import-outcome.ts';
import type { ApplyOutcome, StageBatch } from './import-ports.ts';
import { type ImportRun, StagingLost } from './import-run.ts';

/** Rows that are staged together. */
const STAGED_AT_ONCE = 4_000;

/** Rejected rows that an outcome lists. */
const LISTED = 1_000;

/**
 * Takes a run from where it is to its end.
 *
 * @param extract the file from its beginning, when it is open already
 */
export async function runImport(
  run: ImportRun,
  extract: OpenExtract | undefined,
  parts: ImportParts,
): Promise<ImportOutcome> {
  let current = run;
  try {
    if (current.state === 'READING') current = await readInto(current, extract, parts);
    parts.onProgress?.({ stage: 'applying', ...progressOf(current) });
    let outcome: ApplyOutcome;
    try {
      outcome = await apply(current, parts);
    } catch (error) {
      if (!(error instanceof StagingLost)) throw error;
      current = await readInto(await parts.imports.restartRun(current), undefined, parts);
      outcome = await apply(current, parts);
    }
    return await conclude(current, outcome, parts);
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    await refuse((await parts.imports.findRun(run.id)) ?? current, error.fault, [], parts);
    return { kind: 'refused', ...error.fault, runId: run.id };
  }
}

const apply = (run: ImportRun, parts: ImportParts): Promise<ApplyOutcome> =>
  parts.imports.apply(run, {
    day: today(parts.now()),
    dryRun: parts.dryRun ?? false,
    maxRejectedShare: parts.maxRejectedShare,
    absenceBrake: parts.absenceBrake,
  });

const progressOf = ({ line, offset }: ImportRun) => ({ rows: line, bytes: offset, size: offset });

/** Reads on where the run is, staging the last lines while the next are read. */
async function readInto(
  run: ImportRun,
  opened: OpenExtract | undefined,
  { imports, open, onProgress, stagedAtOnce = STAGED_AT_ONCE }: ImportParts,
): Promise<ImportRun> {
  const { offset, line, prefix } = run;
  const from = { offset, line, ...(prefix === null ? {} : { prefix }) };
  const extract = opened ?? (await open(run.path, offset === 0 ? {} : { from }));
  // Waited for before the next is staged, and before the end.
  let staging: Promise<ImportRun> = Promise.resolve(run);
  let waiting: StageBatch | undefined;
  const stage = async (batch: StageBatch): Promise<void> => {
    const before = await staging;
    staging = imports.stage(before, batch);
    // It is looked at when it is waited for.
    staging.catch(() => undefined);
    onProgress?.({ stage: 'reading', rows: batch.line, bytes: batch.offset, size: extract.size });
  };
  try {
    for await (const batch of extract.batches as AsyncIterable<StageBatch>) {
      waiting = waiting === undefined ? batch : joined(waiting, batch);
      if (waiting.rows.length + waiting.faults.length < stagedAtOnce) continue;
      await stage(waiting);
      waiting = undefined;
    }
    if (waiting !== undefined) await stage(waiting);
    return await imports.finishReading(await staging, extract.end());
  } finally {
    await staging.catch(() => undefined);
    await extract.close();
  }
}

const joined = <Row>(one: ExtractBatch<Row>, next: ExtractBatch<Row>): ExtractBatch<Row> => ({
  ...next,
  rows: [...one.rows, ...next.rows],
  faults: [...one.faults, ...next.faults],
  leftOut: [...one.leftOut, ...next.leftOut],
});

async function conclude(
  run: ImportRun,
  outcome: ApplyOutcome,
  parts: ImportParts,
): Promise<ImportOutcome> {
  const { imports, onProgress } = parts;
  if (outcome.kind === 'refused') {
    await refuse(run, outcome.fault, outcome.faults, parts, outcome.rejected);
    return { kind: 'refused', ...outcome.fault, runId: run.id };
  }
  const { rowsRead, odsCode, kind: fileKind, rejected } = outcome.run;
  const base = { fileKind, odsCode, rowsRead: rowsRead ?? 0, runId: run.id };
  if (outcome.kind === 'already-imported') {
    await (parts.dryRun === true
      ? imports.forgetRun(run)
      : imports.endRun(run, { state: 'ALREADY_IMPORTED' }));
    const none = { added: 0, changed: 0, unchanged: 0, ended: 0, absent: 0 };
    return { kind: 'already-imported', ...base, ...none, rejected: [], rejectedRows: 0 };
  }
  const kept = await imports.findRejects(run.id, { after: 0, limit: LISTED });
  const faults =
    parts.dryRun === true ? [...kept.faults, ...outcome.faults].slice(0, LISTED) : kept.faults;
  if (parts.dryRun === true) await imports.forgetRun(run);
  onProgress?.({ stage: 'kept', ...progressOf(run) });
  const { added, changed, unchanged, ended, absent } = outcome.run;
  return {
    kind: 'imported',
    ...base,
    added,
    changed,
    unchanged,
    ended,
    absent,
    rejected: faults.toSorted((a, b) => a.line - b.line),
    rejectedRows: rejected,
    ...(parts.dryRun === true ? { dryRun: true } : {}),
  };
}

async function refuse(
  run: ImportRun,
  fault: ImportFault,
  faults: readonly ImportFault[],
  { imports, dryRun }: ImportParts,
  rejected = run.rejected,
): Promise<void> {
  await (dryRun === true
    ? imports.forgetRun(run)
    : imports.endRun(run, { state: 'REFUSED', fault, faults, rejected }));
}
