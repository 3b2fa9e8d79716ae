import { writeFile } from 'node:fs/promises';

import { type Command, readArguments, text, UsageError } from '../command.ts';
import { operate } from '../operate.ts';

/** Exports the register of issuers. */
export const exportIssuerRegistry: Command = {
  usage: 'issuer registry [--out FILE]',
  summary: 'Writes the signed register of accredited issuers, for a verifier to hold.',
  run: async (args, io) => {
    const { values } = readArguments(args, { out: { type: 'string' } });
    const { jwt } = (await operate(io, 'issuerRegistry', {})) as { readonly jwt: string };
    if (values.out === undefined) {
      io.out(`${jwt}\n`);
      return 0;
    }
    try {
      await writeFile(text(values.out, 'out'), `${jwt}\n`);
    } catch (cause) {
      throw new UsageError(`${values.out} cannot be written`, { cause });
    }
    return 0;
  },
};
