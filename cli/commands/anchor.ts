import { writeFile } from 'node:fs/promises';

import { type Command, readArguments, text, UsageError } from '../command.ts';
import { operate } from '../operate.ts';

/** Exports the anchor. */
export const exportAnchor: Command = {
  usage: 'issuer anchor [--out FILE]',
  summary: 'Writes the certificate (PEM) that verifiers trust, to be handed to them in a safe way.',
  run: async (args, io) => {
    const { values } = readArguments(args, { out: { type: 'string' } });
    const { anchors } = (await operate(io, 'issuerRegistry', {})) as {
      readonly anchors: readonly string[];
    };
    const pem = anchors
      .map((der) => {
        const lines = der.match(/.{1,64}/g) ?? [];
        return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join(
          '\n',
        );
      })
      .join('');
    if (values.out === undefined) {
      io.out(pem);
      return 0;
    }
    await writeFile(text(values.out, 'out'), pem).catch((cause: unknown) => {
      throw new UsageError(`${String(values.out)} cannot be written`, { cause });
    });
    return 0;
  },
};
