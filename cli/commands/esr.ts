import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';

import { type Command, type CommandIo, readArguments, UsageError } from '../command.ts';
import { openOperations } from '../operations.ts';
import { type ImportOutcome, importReport } from '../import-report.ts';

/** Imports ESR extracts and feeds. */
export const importEsr: Command = {
  usage: 'esr import FILE...',
  summary: 'Imports ESR extracts (GO2), registration feeds and training feeds, in the order given.',
  run: async (args, io) => {
    const { positionals } = readArguments(args, {});
    if (positionals.length === 0) throw new UsageError('name at least one file');
    for (const file of positionals) await mustBeFile(file);
    const operations = await openOperations(io.env);
    try {
      const outcomes = (await operations.run(
        'importFiles',
        { files: positionals.map((file) => resolve(file)) },
        progress(io),
      )) as readonly ImportOutcome[];
      io.out(outcomes.map(importReport).join('\n'));
      return outcomes.some((outcome) => outcome.kind === 'refused') ? 65 : 0;
    } finally {
      await operations.close();
    }
  },
};

/** Imports organisations: ODS code, name, type, status, VPD. */
export const importOrganisations: Command = {
  usage: 'esr organisations FILE',
  summary: 'Adds or changes organisations from a CSV file: odsCode,name,type,status,vpd.',
  run: async (args, io) => {
    const { positionals } = readArguments(args, {});
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('name one file');
    await mustBeFile(file);
    const operations = await openOperations(io.env);
    try {
      const outcome = (await operations.run(
        'importOrganisations',
        { file: resolve(file) },
        () => undefined,
      )) as Omit<ImportOutcome, 'file'>;
      io.out(importReport({ ...outcome, file: basename(file) } as ImportOutcome));
      return outcome.kind === 'refused' ? 65 : 0;
    } finally {
      await operations.close();
    }
  },
};

/** Checked before a system is opened: a mistyped name should cost no start. */
async function mustBeFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) throw new UsageError(`${file} is not a file that can be read`);
}

/** Shows how far an import has come: in place on a terminal, a line now and then in a log. */
function progress(io: CommandIo): (event: unknown) => void {
  let shown = 0;
  return (event) => {
    const { file, rows, total } = event as { file?: string; rows?: number; total?: number };
    if (file === undefined || rows === undefined) return;
    const share = total === undefined || total === 0 ? '' : ` of ${String(total)}`;
    const line = `${file}: ${String(rows)}${share} rows`;
    if (io.terminal) io.err(`\r${line}\u001b[K${rows === total ? '\n' : ''}`);
    else if (rows === total || Date.now() - shown > 2_000) {
      shown = Date.now();
      io.err(`${line}\n`);
    }
  };
}
