import { resolve } from 'node:path';

import { type Command, readArguments, text, UsageError, wholeNumber } from '../command.ts';
import { generateDemo } from '../demo-data/generate.ts';

/** A line of progress after so many organisations. */
const PROGRESS_STEP = 25;

/** Writes the demonstration's source files: ESR extracts, feeds, directory entries. */
export const generateDemoData: Command = {
  usage: 'demo generate [--staff N] [--seed N] [--organisations six|nation] [--out FOLDER]',
  summary:
    'Writes invented ESR extracts, feeds, directory entries and who is who: six trusts, past 20,000 people a nation. Same seed, same bytes.',
  run: async (args, io) => {
    const { values } = readArguments(args, {
      staff: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      organisations: { type: 'string' },
      out: { type: 'string', default: 'demo-data' },
    });
    const organisations = values.organisations;
    if (organisations !== undefined && organisations !== 'six' && organisations !== 'nation') {
      throw new UsageError('--organisations takes six or nation');
    }
    const summary = await generateDemo({
      folder: resolve(text(values.out, 'out')),
      staff: wholeNumber(values.staff, 'staff', { min: 50, max: 2_000_000 }),
      seed: wholeNumber(values.seed, 'seed', { min: 0, max: 4_294_967_295 }),
      ...(organisations === undefined ? {} : { organisations }),
      onProgress: ({ organisations: done, of }) => {
        if (done % PROGRESS_STEP === 0 || (done === of && of > PROGRESS_STEP)) {
          io.err(`${String(done)} of ${String(of)} organisations written\n`);
        }
      },
    });
    // A nation has a thousand files: their names follow from the folder.
    io.out(`${JSON.stringify({ ...summary, recordFiles: summary.recordFiles.length })}\n`);
    return 0;
  },
};
