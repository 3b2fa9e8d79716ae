import type { SyncOutcome } from '../../subgraphs/nhsmail/domain/sync-directory.ts';
import type { SyncStatus } from '../../subgraphs/nhsmail/domain/sync-journal.ts';
import { type Command, readArguments, text, UsageError, wholeNumber } from '../command.ts';
import { openOperations } from '../operations.ts';

/** Reads the directory into our copy now, rather than at the next round. */
export const syncDirectory: Command = {
  usage: 'directory sync [--whole] [--gone-up-to PERCENT --by NAME]',
  summary:
    'Reads what has changed in the directory, or everything. With --gone-up-to, so many accounts may be gone, and NAME says so.',
  run: async (args, io) => {
    const { values } = readArguments(args, {
      whole: { type: 'boolean' },
      'gone-up-to': { type: 'string' },
      by: { type: 'string' },
    });
    const { whole = false, 'gone-up-to': goneUpTo, by } = values;
    if ((goneUpTo === undefined) !== (by === undefined)) {
      throw new UsageError('--gone-up-to and --by go together');
    }
    const operations = await openOperations(io.env);
    try {
      const outcome = (await operations.run(
        'syncDirectory',
        {
          whole,
          ...(goneUpTo === undefined
            ? {}
            : {
                approval: {
                  mostGone: wholeNumber(goneUpTo, 'gone-up-to', { min: 0, max: 100 }) / 100,
                  by: text(by, 'by'),
                },
              }),
        },
        () => undefined,
      )) as SyncOutcome;
      io.out(`${JSON.stringify(outcome)}\n`);
      if (outcome.kind !== 'held') return 0;
      io.err(
        `${String(outcome.missing)} accounts are missing, more than may go by themselves. Nothing was marked.\n`,
      );
      return 1;
    } finally {
      await operations.close();
    }
  },
};

/** Shows how far our copy follows the directory. */
export const directoryStatus: Command = {
  usage: 'directory status [--json]',
  summary: 'Shows as of when our copy of the directory is, and what the latest reads came to.',
  run: async (args, io) => {
    const { values } = readArguments(args, { json: { type: 'boolean' } });
    const operations = await openOperations(io.env);
    try {
      const status = (await operations.run('directoryStatus', {}, () => undefined)) as SyncStatus;
      io.out(values.json === true ? `${JSON.stringify(status)}\n` : table(status));
      return 0;
    } finally {
      await operations.close();
    }
  },
};

/** Dates come as text from a system that runs elsewhere. */
const moment = (at: Date | undefined): string =>
  at === undefined ? 'never' : new Date(at).toISOString();

function table({ accounts, gone, asOf, wholeAt, reads }: SyncStatus): string {
  const lines = reads.map((read) =>
    [
      moment(read.startedAt),
      read.kind.padEnd(7),
      read.state.padEnd(7),
      `${String(read.entries)} read`,
      `${String(read.changed)} changed`,
      `${String(read.missing)} missing`,
      `${String(read.gone)} gone`,
      ...(read.reason === undefined ? [] : [read.reason]),
      ...(read.approvedBy === undefined ? [] : [`approved by ${read.approvedBy}`]),
    ].join('  '),
  );
  return [
    `accounts    ${String(accounts)} (${String(gone)} gone)`,
    `as of       ${moment(asOf)}`,
    `read whole  ${moment(wholeAt)}`,
    ...lines,
    '',
  ].join('\n');
}
