import { type Command, readArguments, text } from '../command.ts';
import { openOperations } from '../operations.ts';

/** Lists the keys of the issuing trusts. */
export const listIssuerKeys: Command = {
  usage: 'issuer keys [--ods CODE]',
  summary: 'Lists the keys that trusts sign credentials and status lists with.',
  run: async (args, io) => {
    const { values } = readArguments(args, { ods: { type: 'string' } });
    const operations = await openOperations(io.env);
    try {
      const odsCode = values.ods === undefined ? undefined : text(values.ods, 'ods');
      const keys = await operations.run(
        'issuerKeys',
        odsCode === undefined ? {} : { odsCode },
        () => undefined,
      );
      for (const key of keys as readonly Readonly<Record<string, string>>[]) {
        io.out(`${['odsCode', 'use', 'kid', 'createdAt'].map((name) => key[name]).join('  ')}\n`);
      }
      return 0;
    } finally {
      await operations.close();
    }
  },
};
