import { mkdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';

import type { RestReading } from '../../subgraphs/esr/rest/read-rest.ts';
import { type Command, readArguments, UsageError } from '../command.ts';
import { type ImportOutcome, importReport } from '../import-report.ts';
import { openOperations } from '../operations.ts';

/** How often a line says how far the reading has come, in milliseconds. */
const LINE_EVERY_MS = 10_000;

/** Reads a staff-record service and imports what it says. */
export const readEsrRest: Command = {
  usage: 'esr read-rest --source FILE --out FOLDER ODS',
  summary:
    'Reads registrations and training of an organisation from a staff-record service into feeds, and imports them.',
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, {
      source: { type: 'string' },
      out: { type: 'string' },
    });
    const [odsCode, ...more] = positionals;
    if (odsCode === undefined || more.length > 0) throw new UsageError('name one organisation');
    if (!/^[A-Z0-9]{3,8}$/.test(odsCode)) throw new UsageError('ODS is 3 to 8 capitals and digits');
    const { source, out } = values;
    if (source === undefined) throw new UsageError('--source describes the service');
    if (out === undefined) throw new UsageError('--out is where the feeds go');
    const folder = resolve(out);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const operations = await openOperations(io.env);
    let shown = Date.now();
    try {
      const input = { source: resolve(source), odsCode, folder };
      const reading = (await operations.run('readRest', input, (event) => {
        if (Date.now() - shown < LINE_EVERY_MS) return;
        shown = Date.now();
        io.err(`${String((event as { people: number }).people)} people\n`);
      })) as RestReading;
      io.out(summary(reading));
      if (reading.files.length === 0) return 0;
      const { files } = reading;
      const outcomes = (await operations.run(
        'importFiles',
        { files: [...files] },
        () => undefined,
      )) as readonly ImportOutcome[];
      io.out(outcomes.map(importReport).join('\n'));
      return outcomes.some((outcome) => outcome.kind === 'refused') ? 65 : 0;
    } finally {
      await operations.close();
    }
  },
};

const summary = ({ people, unknownPeople, rows, unreadable, files }: RestReading): string =>
  `${String(people)} people, ${String(unknownPeople)} not known there; ${String(rows)} records kept, ${String(unreadable)} that say too little.
${files.map((file) => `${basename(file)}\n`).join('')}`;
