import { type Command, readArguments } from '../command.ts';
import { openOperations } from '../operations.ts';

/** Links staff records to mailboxes now, rather than at the next round. */
export const matchDirectory: Command = {
  usage: 'directory match [--whole]',
  summary:
    'Reads what changed in the directory and the staff record, and matches it; or everything.',
  run: async (args, io) => {
    const { values } = readArguments(args, { whole: { type: 'boolean' } });
    const operations = await openOperations(io.env);
    try {
      const summary = await operations.run(
        'matchDirectory',
        { whole: values.whole ?? false },
        () => undefined,
      );
      io.out(`${JSON.stringify(summary)}\n`);
      return 0;
    } finally {
      await operations.close();
    }
  },
};
