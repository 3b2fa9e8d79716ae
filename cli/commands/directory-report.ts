import type { DirectoryReport } from '../../subgraphs/nhsmail/domain/lifecycle/directory-report.ts';
import { type Command, readArguments } from '../command.ts';
import { operate } from '../operate.ts';

/** Says how ready each trust is, or what has to be looked at in one. */
export const reportDirectory: Command = {
  usage: 'directory report [ODS] [--json]',
  summary:
    'Compares accounts with staff records: readiness of every trust, or what one has to look at.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean' } });
    const [odsCode] = positionals;
    const report = (await operate(io, 'directoryReport', {
      ...(odsCode === undefined ? {} : { odsCode: odsCode.toUpperCase() }),
      limit: 1_000,
    })) as DirectoryReport;
    io.out(values.json === true ? `${JSON.stringify(report)}\n` : inWords(report));
    return 0;
  },
};

const HEADINGS = ['trust', 'ready', 'people', 'linked', 'leavers', 'cases', 'late', 'findings'];

function inWords({ asOf, organisations, findings }: DirectoryReport): string {
  const rows = organisations.map(({ odsCode, readiness, counts, findings: kinds }) => [
    odsCode,
    readiness === null ? '-' : String(readiness.score),
    String(counts.people),
    String(counts.peopleLinked),
    String(counts.leaversOverdue),
    String(counts.casesOpen),
    String(counts.casesOverdue),
    String(kinds.reduce((sum, { count }) => sum + count, 0)),
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `${cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  return [
    asOf === null
      ? 'Nothing has been looked at yet.\n'
      : `Looked at: ${new Date(asOf).toISOString()}\n`,
    line(HEADINGS),
    ...rows.map(line),
    ...findings.map(
      (one) =>
        `${one.kind}  since ${new Date(one.since).toISOString().slice(0, 10)}  ${[
          one.accountId,
          one.staffId,
        ]
          .filter((id) => id !== undefined)
          .join(' ')}${one.worksAt.length === 0 ? '' : `  works at ${one.worksAt.join(', ')}`}${
          one.deceased ? '  died in service: write to nobody' : ''
        }${one.ownersLeft.length === 0 ? '' : `  owners left: ${one.ownersLeft.join(', ')}; to tell: ${one.ownersLeftOver.join(', ')}`}\n`,
    ),
  ].join('');
}
