import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';

import type { OperationInput } from '../../local/operations.ts';
import { type Command, type CommandIo, readArguments, UsageError } from '../command.ts';
import { importProgress } from '../import-progress.ts';
import { type ImportOutcome, importReport } from '../import-report.ts';
import { operate } from '../operate.ts';
import { openOperations } from '../operations.ts';

/** Imports ESR extracts and feeds. */
export const importEsr: Command = {
  usage: 'esr import [--dry-run] [--max-rejected PERCENT] FILE...',
  summary:
    'Imports ESR extracts (GO2) and feeds, in the order given. --dry-run says what would change.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, {
      'dry-run': { type: 'boolean' },
      'max-rejected': { type: 'string' },
    });
    const limits = rejectedLimit(values['max-rejected']);
    if (positionals.length === 0) throw new UsageError('name at least one file');
    for (const file of positionals) await mustBeFile(file);
    const files = positionals.map((file) => resolve(file));
    const dryRun = values['dry-run'] === true ? { dryRun: true } : {};
    return importing(io, 'importFiles', { files, ...dryRun, ...limits });
  },
};

/** Goes on with imports that were cut off. */
export const resumeEsr: Command = {
  usage: 'esr resume [--max-rejected PERCENT] [RUN]',
  summary: 'Goes on with an import that was cut off, where it was, or with all of them.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, { 'max-rejected': { type: 'string' } });
    const limits = rejectedLimit(values['max-rejected']);
    const [run, ...more] = positionals;
    if (more.length > 0) throw new UsageError('name one run, or none for all');
    return importing(io, 'resumeImports', { ...(run === undefined ? {} : { run }), ...limits });
  },
};

/** Imports organisations. */
export const importOrganisations: Command = {
  usage: 'esr organisations FILE',
  summary: 'Adds or changes organisations from a CSV file: odsCode,name,type,status,vpd.',
  run: async (args, io) => {
    const { positionals } = readArguments(args, {});
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('name one file');
    await mustBeFile(file);
    const outcome = (await operate(io, 'importOrganisations', { file: resolve(file) })) as Omit<
      ImportOutcome,
      'file'
    >;
    io.out(importReport({ ...outcome, file: basename(file) } as ImportOutcome));
    return outcome.kind === 'refused' ? 65 : 0;
  },
};

/** Shows how far the files have come, and reports what became of each. */
async function importing<Name extends 'importFiles' | 'resumeImports'>(
  io: CommandIo,
  name: Name,
  input: OperationInput<Name>,
): Promise<number> {
  const operations = await openOperations(io.env);
  const progress = importProgress(io);
  try {
    const outcomes = (await operations.run(name, input, progress.show)) as readonly ImportOutcome[];
    progress.end();
    io.out(outcomes.length === 0 ? 'There is nothing to go on with.\n' : '');
    io.out(outcomes.map(importReport).join('\n'));
    return outcomes.some((outcome) => outcome.kind === 'refused') ? 65 : 0;
  } finally {
    progress.end();
    await operations.close();
  }
}

/** The share of a percentage, which may have a fraction. */
function rejectedLimit(percent: string | undefined): { readonly maxRejectedShare?: number } {
  if (percent === undefined) return {};
  const number = /^\d{1,3}(?:\.\d{1,6})?$/.test(percent) ? Number(percent) : Number.NaN;
  if (!(number <= 100)) throw new UsageError('--max-rejected takes a percentage from 0 to 100');
  return { maxRejectedShare: number / 100 };
}

/** Checked before a system is opened: a mistyped name should cost no start. */
async function mustBeFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) throw new UsageError(`${file} is not a file that can be read`);
}
