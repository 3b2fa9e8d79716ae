/** A whole nation, once: 1.5 million people at 257 organisations, imported side by side, then found, read and exported. */
import { rm } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';

import { importAll } from './esr/import-files.ts';
import { measureReading } from './esr/read.ts';
import { startRecords } from './esr/records.ts';

const STAFF = 1_500_000;
/** Imports at the same time. */
const SIDE_BY_SIDE = 2;
/** Files that one process imports. */
const FILES = 16;

/** Takes from half an hour to an hour, and 30 GB of disk. */
export async function benchEsrNation(
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> {
  say(`Writing the extracts of ${STAFF.toLocaleString('en-GB')} people`);
  const begun = performance.now();
  const records = await startRecords({ staff: STAFF, organisations: 'nation' });
  try {
    const generated = (performance.now() - begun) / 60_000;
    say(`  ${generated.toFixed(1)} minutes. Importing the extracts of 257 organisations`);
    const extracts = await importSideBySide(records.url, records.extracts, say);
    say(
      `  ${String(extracts.rows)} rows in ${extracts.minutes.toFixed(1)} minutes. Importing registrations, training and placements`,
    );
    const feeds = await importSideBySide(records.url, records.feeds, say);
    say(`  ${String(feeds.rows)} rows in ${feeds.minutes.toFixed(1)} minutes`);
    const reading = await measureReading(records, say);
    const result = {
      generate_1500k_minutes: round(generated),
      import_1500k_minutes: round(extracts.minutes),
      import_1500k_rows: extracts.rows,
      import_1500k_feeds_minutes: round(feeds.minutes),
      import_1500k_feed_rows: feeds.rows,
      import_rss_mb: Math.ceil(Math.max(extracts.rssMb, feeds.rssMb)),
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

async function importSideBySide(
  url: string,
  files: readonly string[],
  say: (line: string) => void,
): Promise<{ readonly rows: number; readonly minutes: number; readonly rssMb: number }> {
  const started = performance.now();
  const waiting = [...files];
  let rows = 0;
  let rssMb = 0;
  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const imported = await importAll(url, waiting.splice(0, FILES));
      rows += imported.rows;
      rssMb = Math.max(rssMb, imported.rssMb);
      const minutes = (performance.now() - started) / 60_000;
      say(`  ${rows.toLocaleString('en-GB')} rows, ${minutes.toFixed(1)} minutes`);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return { rows, minutes: (performance.now() - started) / 60_000, rssMb };
}

const round = (value: number): number => Math.round(value * 100) / 100;
