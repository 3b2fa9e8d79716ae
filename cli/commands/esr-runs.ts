import { appendFile, rename, rm, writeFile } from 'node:fs/promises';

import type { ImportFault } from '../../subgraphs/esr/domain/import-outcome.ts';
import type { Absence, ImportRun } from '../../subgraphs/esr/domain/import-run.ts';
import { type Command, readArguments, text, UsageError } from '../command.ts';
import { count } from '../import-progress.ts';
import { faultLine, runReport } from '../import-report.ts';
import { operate } from '../operate.ts';
import { openOperations } from '../operations.ts';
import { operatorName } from '../operator-name.ts';
import { REJECTS_HEADER, rejectsCsv } from '../rejects-csv.ts';

/** Runs that are listed. */
const RUNS = 20;
/** Rejected rows that are asked for at once. */
const PAGE = 1_000;
/** Absent people that are listed. */
const ABSENT = 1_000;

/** Lists imports. */
export const esrStatus: Command = {
  usage: 'esr status [--ods CODE] [--unfinished]',
  summary: `Lists the latest ${String(RUNS)} imports: what became of each, and what can be gone on with.`,
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, {
      ods: { type: 'string' },
      unfinished: { type: 'boolean' },
    });
    if (positionals.length > 0) throw new UsageError('too many operands');
    const runs = (await operate(io, 'importRuns', {
      ...(values.ods === undefined ? {} : { odsCode: text(values.ods, 'ods') }),
      ...(values.unfinished === true ? { unfinished: true } : {}),
      limit: RUNS,
    })) as readonly ImportRun[];
    io.out(runs.length === 0 ? 'There are none.\n' : runs.map(runReport).join(''));
    return 0;
  },
};

/** Lists the rejected rows of an import, or writes them into a file for a spreadsheet. */
export const esrRejects: Command = {
  usage: 'esr rejects RUN [--out FILE.csv]',
  summary:
    'Lists the rows that an import left out: line, field, rule and masked value. --out writes a file that a spreadsheet opens.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, { out: { type: 'string' } });
    const run = oneRun(positionals);
    const file = values.out === undefined ? undefined : text(values.out, 'out');
    const operations = await openOperations(io.env);
    // Written beside and put in its place at the end: a file of that name is whole.
    const begun = file === undefined ? '' : `${file}.begun`;
    try {
      if (file !== undefined) await writeFile(begun, REJECTS_HEADER, { mode: 0o600 });
      let rejected = 0;
      for (let after = 0; ;) {
        const { faults, position } = (await operations.run(
          'importRejects',
          { run, after, limit: PAGE },
          () => undefined,
        )) as { readonly faults: readonly ImportFault[]; readonly position: number };
        if (faults.length === 0) break;
        rejected += faults.length;
        after = position;
        if (file === undefined) io.out(faults.map((fault) => `${faultLine(fault)}\n`).join(''));
        else await appendFile(begun, rejectsCsv(faults));
      }
      if (file !== undefined) {
        await rename(begun, file);
        io.out(`${file}: ${count(rejected)} rejected rows\n`);
      } else if (rejected === 0) io.out('No row was rejected.\n');
      return 0;
    } finally {
      if (file !== undefined) await rm(begun, { force: true });
      await operations.close();
    }
  },
};

/** Shows whom a full file did not have, and confirms that they left. */
export const esrAbsences: Command = {
  usage: 'esr absences RUN [--confirm --by NAME]',
  summary:
    'Lists the people whom a full file did not have when they were too many. --confirm ends their employments.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, {
      confirm: { type: 'boolean' },
      by: { type: 'string' },
    });
    const run = oneRun(positionals);
    if (values.confirm === true) {
      if (values.by === undefined) throw new UsageError('missing --by');
      const by = operatorName(values.by);
      const ended = (await operate(io, 'confirmAbsences', { run, by })) as number;
      io.out(`${count(ended)} employments ended\n`);
      return 0;
    }
    const absences = (await operate(io, 'importAbsences', {
      run,
      limit: ABSENT,
    })) as readonly Absence[];
    io.out(absences.length === 0 ? 'Nobody is missing.\n' : absences.map(absenceLine).join(''));
    if (absences.length === ABSENT) io.out('There may be more.\n');
    return 0;
  },
};

const absenceLine = ({ staffId, employeeNumber, absentFrom, state }: Absence): string =>
  `${employeeNumber}  ${staffId}  missing since ${absentFrom}  ${state}\n`;

function oneRun(positionals: readonly string[]): string {
  const [run, ...more] = positionals;
  if (run === undefined || more.length > 0) throw new UsageError('name one run');
  return run;
}
