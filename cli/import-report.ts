/** What the operator reads after an import. */
import type { ImportOutcome as Outcome } from '../subgraphs/esr/domain/import-outcome.ts';

/** What became of one file. */
export type ImportOutcome = Outcome & { readonly file: string };

/** Rejected rows that are listed; the rest are counted. */
const LISTED = 50;

/** The summary of one file: counts, then each rejected row with its line, field and rule. */
export function importReport(outcome: ImportOutcome): string {
  if (outcome.kind === 'refused') {
    return `${outcome.file}: refused, nothing was changed\n  ${faultLine(outcome)}\n`;
  }
  const { rowsRead, added, changed, unchanged, ended, rejected } = outcome;
  const already = outcome.kind === 'already-imported' ? ' (imported before, nothing to do)' : '';
  const counts = [
    `${String(rowsRead)} rows read`,
    `${String(added)} added`,
    `${String(changed)} changed`,
    `${String(unchanged)} unchanged`,
    `${String(ended)} ended`,
    `${String(rejected.length)} rejected`,
  ].join(', ');
  const lines = rejected.slice(0, LISTED).map((fault) => `  ${faultLine(fault)}`);
  if (rejected.length > LISTED) lines.push(`  and ${String(rejected.length - LISTED)} more`);
  return `${[`${outcome.file}: ${counts}${already}`, ...lines].join('\n')}\n`;
}

const faultLine = (fault: { line: number; field: string; rule: string; code: string }): string =>
  `line ${String(fault.line)}, ${fault.field}: ${fault.code} (the rule: ${fault.rule})`;
