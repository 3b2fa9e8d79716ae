/** What one changed record costs when everything is loaded in PostgreSQL: read, compared, decided and written. */
import { sql } from 'kysely';

import { openPostgres } from '../../runtime/database.ts';
import { migrate } from '../../runtime/migrate.ts';
import type { DirectoryEntry } from '../../subgraphs/nhsmail/domain/directory-entry.ts';
import type { MatchedAccount } from '../../subgraphs/nhsmail/domain/matched-account.ts';
import { readyModels, runChanges, runWhole } from '../../subgraphs/nhsmail/domain/run-matching.ts';
import type { StaffPerson } from '../../subgraphs/nhsmail/domain/staff.ts';
import { matchedPerson } from '../../subgraphs/nhsmail/domain/certain-keys.ts';
import { matchingStores } from '../../subgraphs/nhsmail/postgres/matching-stores.ts';
import { startPostgres } from '../../test/servers/postgres.ts';
import { percentile } from '../percentile.ts';
import { nationRecords } from './nation.ts';

const HOLDER = '00000000-0000-4000-8000-000000000001';
/** Records written in one call. */
const PIECE = 10_000;
/** Changes measured of each kind, and before that those that warm up. */
const MEASURED = 300;
const WARM = 50;

/** Loads everybody, matches everything, and then changes one person or account after another. */
export async function measureIncrements(staff: number): Promise<Readonly<Record<string, number>>> {
  const server = await startPostgres(['shared_buffers=1GB', 'max_wal_size=4GB']);
  const database = openPostgres(server.url, { statementTimeoutMs: 600_000 });
  try {
    await migrate(
      database,
      'nhsmail',
      new URL('../../subgraphs/nhsmail/postgres/migrations', import.meta.url),
    );
    const db = database.schema('nhsmail');
    const parts = { ...matchingStores(database), now: () => new Date() };
    const { people, accounts } = await load(staff, parts);
    const begun = performance.now();
    await runWhole(parts, HOLDER);
    const wholeMs = performance.now() - begun;
    await sql`vacuum analyze`.execute(db);
    const ready = readyModels(parts.ruleSets);
    const times: number[] = [];
    const roundTrips: number[] = [];
    for (let index = 0; index < WARM + MEASURED; index += 1) {
      const person = people[Math.floor((index * people.length) / (WARM + MEASURED))];
      const account = accounts[Math.floor((index * accounts.length) / (WARM + MEASURED))];
      if (person === undefined || account === undefined) throw new Error('there is nobody');
      // A name at marriage, another post: what changes most, and takes the record into other blocks.
      const other = people[(index * 7919) % people.length];
      const familyName = other?.familyName ?? person.familyName;
      const previousFamilyNames = [person.familyName, ...person.previousFamilyNames];
      const changes = [
        () => parts.people.upsert([{ ...person, familyName, previousFamilyNames }], new Date()),
        () =>
          parts.accounts.upsert(
            'ldap',
            [{ entry: { ...account, jobTitle: 'Ward Manager', phone: '0113 496 0000' } }],
            new Date(),
          ),
      ];
      for (const change of changes) {
        await change();
        const from = performance.now();
        const outcome = await runChanges(parts, HOLDER, ready);
        const took = performance.now() - from;
        if (outcome.kind !== 'done') throw new Error(`a change was not matched: ${outcome.kind}`);
        const asked = performance.now();
        await sql`select 1`.execute(db);
        if (index < WARM) continue;
        times.push(took);
        roundTrips.push(performance.now() - asked);
      }
    }
    return {
      whole_run_postgres_s: Math.round(wholeMs / 100) / 10,
      increment_p50_ms: round(percentile(times, 0.5)),
      increment_p95_ms: round(percentile(times, 0.95)),
      // Beside it, what one question to this database costs on this machine right now.
      round_trip_p50_ms: round(percentile(roundTrips, 0.5)),
    };
  } finally {
    await database.close();
    await server.stop();
  }
}

const round = (value: number): number => Math.round(value * 100) / 100;

async function load(
  staff: number,
  stores: Pick<ReturnType<typeof matchingStores>, 'people' | 'accounts'>,
): Promise<{
  readonly people: readonly StaffPerson[];
  readonly accounts: readonly DirectoryEntry[];
}> {
  const people: StaffPerson[] = [];
  const accounts: DirectoryEntry[] = [];
  const readAt = new Date();
  for (const { person, accounts: held } of nationRecords(staff)) {
    const matched = person === undefined ? undefined : matchedPerson(person);
    if (matched !== undefined) people.push(matched);
    for (const account of held) accounts.push(entryOf(account, readAt));
  }
  for (let from = 0; from < people.length; from += PIECE) {
    await stores.people.upsert(people.slice(from, from + PIECE), readAt);
  }
  for (let from = 0; from < accounts.length; from += PIECE) {
    const entries = accounts.slice(from, from + PIECE).map((entry) => ({ entry }));
    await stores.accounts.upsert('ldap', entries, readAt);
  }
  return { people, accounts };
}

const entryOf = (account: MatchedAccount, readAt: Date): DirectoryEntry => ({
  status: 'ACTIVE',
  connectorManaged: false,
  owners: [],
  registrations: [],
  ...account,
  readAt,
});
