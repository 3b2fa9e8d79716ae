/** What staff records cost at size, on real PostgreSQL: bringing them in, finding people, reading and handing them on. */
import { rm } from 'node:fs/promises';

import { startRecords } from './esr/records.ts';
import { measureChanges } from './esr/changes.ts';
import { importAll } from './esr/import-files.ts';
import { measurePlainCopy } from './esr/plain-copy.ts';
import { measureReading } from './esr/read.ts';

/** Enough for a trust of 20,000, whose records are exported. */
const STAFF = 80_000;

/** Imports the extracts of six trusts and what changed in the night after, beside COPY of the same rows; then finds, reads and exports. */
export async function benchEsr(
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> {
  say(`Writing the extracts of ${STAFF.toLocaleString('en-GB')} people`);
  const records = await startRecords({ staff: STAFF, organisations: 'six' });
  try {
    say('Importing them into empty tables');
    const loaded = await importAll(records.url, records.extracts);
    say('COPY of the same rows into an unindexed table');
    const copied = await measurePlainCopy(records.url, records.extracts);
    say('Importing registrations, training and placements');
    const feeds = await importAll(records.url, records.feeds);
    say('Importing the changes of one night');
    const changes = await measureChanges(records);
    const reading = await measureReading(records, say);
    const rowsPerSecond = loaded.rows / loaded.seconds;
    const result = {
      import_rows_per_s: Math.round(rowsPerSecond),
      import_ratio: round(rowsPerSecond / (copied.rows / copied.seconds)),
      import_changes_ratio: round(changes.rows / changes.seconds / rowsPerSecond),
      import_feed_rows_per_s: Math.round(feeds.rows / feeds.seconds),
      import_rss_mb: Math.ceil(Math.max(loaded.rssMb, feeds.rssMb, changes.rssMb)),
      search_people: reading.people,
      search_ready_s: round(reading.searchReadySeconds),
      search_p95_ms: round(reading.searchP95Ms),
      people_50_p95_ms: round(reading.fiftyP95Ms),
      export_20k_s: round(reading.exportSeconds),
    };
    for (const [name, value] of Object.entries(result)) {
      say(`  ${name.padEnd(28)} ${String(value)}`);
    }
    return result;
  } finally {
    await records.stop();
    await rm(records.folder, { recursive: true, force: true });
  }
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;
