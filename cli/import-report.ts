/** What the operator reads after an import, and of imports that were made before. */
import type {
  ImportFault,
  ImportOutcome as Outcome,
} from '../subgraphs/esr/domain/import-outcome.ts';
import type { ImportRun } from '../subgraphs/esr/domain/import-run.ts';
import { count } from './import-progress.ts';

/** What became of one file. */
export type ImportOutcome = Outcome & { readonly file: string };

/** Rejected rows that are listed; the rest are counted. */
const LISTED = 50;

/** The summary of one file: counts, then each rejected row with its line, field, rule and masked value. */
export function importReport(outcome: ImportOutcome): string {
  const { file, runId } = outcome;
  const rejects = runId === undefined ? '' : `: lanyard esr rejects ${runId} --out FILE.csv`;
  if (outcome.kind === 'refused') {
    const lines = [`${file}: refused, nothing was changed`, `  ${faultLine(outcome)}`];
    if (outcome.code === 'too_many_rejected') lines.push(`  all of them${rejects}`);
    return `${lines.join('\n')}\n`;
  }
  const { rejected, rejectedRows, absent, dryRun } = outcome;
  const already = outcome.kind === 'already-imported' ? ' (imported before, nothing to do)' : '';
  const trial = dryRun === true ? ' (a trial: nothing was changed)' : '';
  const lines = [`${file}: ${countsOf(outcome, rejectedRows)}${already}${trial}`];
  if (absent > 0) lines.push(`  ${absentLine(absent, dryRun === true ? undefined : runId)}`);
  lines.push(...rejected.slice(0, LISTED).map((fault) => `  ${faultLine(fault)}`));
  if (rejectedRows > LISTED) {
    lines.push(`  and ${count(rejectedRows - LISTED)} more${dryRun === true ? '' : rejects}`);
  }
  return `${lines.join('\n')}\n`;
}

/** One rejected row. */
export const faultLine = ({ line, field, code, rule, value }: ImportFault): string =>
  `line ${String(line)}, ${field}: ${code} (the rule: ${rule})${value === '' ? '' : ` in ${value}`}`;

/** An import as it was kept. From another process its times come as text. */
export function runReport(run: ImportRun): string {
  const { id, odsCode, path, kind, full, sequence, state } = run;
  const what = kind === 'GO2' ? `GO2 ${full ? 'full' : 'changes'} ${String(sequence)}` : kind;
  const lines = [
    `${id}  ${odsCode}  ${what}  ${path}`,
    `  ${state} ${moment(run)}: ${newsOf(run)}`,
  ];
  if (run.absent > 0) lines.push(`  ${absentLine(run.absent, id)}`);
  return `${lines.join('\n')}\n`;
}

function newsOf(run: ImportRun): string {
  const { id, state, line, refusal, rejected } = run;
  if (state === 'READING') {
    return `${count(line)} lines so far, ${count(rejected)} rejected; go on: lanyard esr resume ${id}`;
  }
  if (state === 'STAGED') {
    return `${count(line)} lines read, not yet in the records; go on: lanyard esr resume ${id}`;
  }
  if (refusal !== null) {
    const { line: at, field, code } = refusal;
    return `line ${String(at)}, ${field}: ${code}; ${count(rejected)} rejected`;
  }
  return countsOf({ ...run, rowsRead: run.rowsRead ?? 0 }, rejected);
}

function countsOf(
  counts: Readonly<Record<'rowsRead' | 'added' | 'changed' | 'unchanged' | 'ended', number>>,
  rejected: number,
): string {
  const { rowsRead, added, changed, unchanged, ended } = counts;
  return [
    `${count(rowsRead)} rows read`,
    `${count(added)} added`,
    `${count(changed)} changed`,
    `${count(unchanged)} unchanged`,
    `${count(ended)} ended`,
    `${count(rejected)} rejected`,
  ].join(', ');
}

const absentLine = (absent: number, runId: string | undefined): string =>
  `${count(absent)} people are missing from it: they stay as they are until somebody confirms that they left` +
  (runId === undefined ? '' : `: lanyard esr absences ${runId}`);

const moment = ({ updatedAt, finishedAt }: ImportRun): string =>
  new Date(finishedAt ?? updatedAt).toISOString().slice(0, 16).replace('T', ' ');
