import { type Command, readArguments } from '../command.ts';
import { openOperations } from '../operations.ts';

/** Links staff records to mailboxes now, rather than at the next round. */
export const matchDirectory: Command = {
  usage: 'directory match',
  summary: 'Reads the directory and links each person with a certain key to their mailbox.',
  run: async (args, io) => {
    readArguments(args, {});
    const operations = await openOperations(io.env);
    try {
      const summary = await operations.run('matchDirectory', {}, () => undefined);
      io.out(`${JSON.stringify(summary)}\n`);
      return 0;
    } finally {
      await operations.close();
    }
  },
};
