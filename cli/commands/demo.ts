import { resolve } from 'node:path';

import { type Command, readArguments, text, wholeNumber } from '../command.ts';
import { generateDemo } from '../demo-data/generate.ts';

/** Writes the demonstration's source files: ESR extracts, feeds, directory entries. */
export const generateDemoData: Command = {
  usage: 'demo generate [--staff N] [--seed N] [--out FOLDER]',
  summary:
    'Writes invented ESR extracts, feeds and directory entries of six trusts. Same seed, same bytes.',
  run: async (args, io) => {
    const { values } = readArguments(args, {
      staff: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: 'demo-data' },
    });
    const summary = await generateDemo({
      folder: resolve(text(values.out, 'out')),
      staff: wholeNumber(values.staff, 'staff', { min: 50, max: 2_000_000 }),
      seed: wholeNumber(values.seed, 'seed', { min: 0, max: 4_294_967_295 }),
    });
    io.out(`${JSON.stringify(summary)}\n`);
    return 0;
  },
};
