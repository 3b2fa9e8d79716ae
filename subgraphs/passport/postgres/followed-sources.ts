/** What the sources said last about what credentials are about. */
import { sql } from 'kysely';

import type { IssueIntention } from '../domain/ports/credentials.ts';
import type { FollowedSource } from '../domain/staff-events.ts';
import type { PassportDatabase } from './tables.ts';

/**
 * Whether the last thing that was heard from the source speaks against issuing this. News of the source waits until the
 * transaction has ended, and then finds the credential: none slips in between.
 */
export async function sourceContradicts(
  db: PassportDatabase,
  { sourceHash, claimsHash }: Pick<IssueIntention, 'sourceHash' | 'claimsHash'>,
): Promise<boolean> {
  if (sourceHash === undefined) return false;
  await sql`select pg_advisory_xact_lock_shared(${lockOf(sql`${sourceHash}::text`)})`.execute(db);
  const found = await db
    .selectFrom('followed_source')
    .select(['stands', 'claims_hash'])
    .where('source_hash', '=', sourceHash)
    .executeTakeFirst();
  if (found === undefined) return false;
  return !found.stands || (found.claims_hash !== null && found.claims_hash !== claimsHash);
}

/** Whether the last thing that was heard of what a credential is about is that there may be no credential about it. */
export async function sourceHasFallen(
  db: PassportDatabase,
  credentialId: string,
): Promise<boolean> {
  const found = await db
    .selectFrom('credential')
    .innerJoin('followed_source', 'followed_source.source_hash', 'credential.source_hash')
    .select('followed_source.stands')
    .where('credential.id', '=', credentialId)
    .executeTakeFirst();
  return found?.stands === false;
}

/**
 * Keeps what the sources say now. Waits for whoever is issuing about them.
 *
 * @returns hashes of those that say something else than before, or that had not been heard of
 */
export async function keepSources(
  db: PassportDatabase,
  sources: readonly FollowedSource[],
  now: Date,
): Promise<ReadonlySet<string>> {
  if (sources.length === 0) return new Set();
  const bySource = new Map(sources.map((one) => [one.sourceHash, one]));
  const rows = JSON.stringify(
    [...bySource.values()].map(({ sourceHash, stands, claimsHash }) => ({
      source_hash: sourceHash,
      stands,
      claims_hash: claimsHash ?? null,
    })),
  );
  const said = sql`jsonb_to_recordset(${rows}::jsonb)
    as said (source_hash text, stands boolean, claims_hash text)`;
  await sql`select pg_advisory_xact_lock(${lockOf(sql`source_hash`)})
    from (select source_hash from ${said} order by source_hash) ordered`.execute(db);
  // What stands, and was never heard otherwise, needs no row.
  const { rows: changed } = await sql<{ source_hash: string }>`
    insert into passport.followed_source (source_hash, stands, claims_hash, at)
    select said.source_hash, said.stands, said.claims_hash, ${now}
    from ${said}
    where not said.stands or said.claims_hash is not null or exists (
      select from passport.followed_source kept where kept.source_hash = said.source_hash)
    on conflict (source_hash) do update set
      stands = excluded.stands, claims_hash = excluded.claims_hash, at = excluded.at
    where (followed_source.stands, followed_source.claims_hash)
      is distinct from (excluded.stands, excluded.claims_hash)
    returning source_hash`.execute(db);
  return new Set(changed.map(({ source_hash }) => source_hash));
}

const lockOf = (hash: ReturnType<typeof sql>) =>
  sql`hashtextextended('lanyard:passport:source:' || ${hash}, 0)`;
