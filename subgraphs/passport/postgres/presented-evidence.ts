/** What people presented to a trust, read from PostgreSQL. */
import { sql } from 'kysely';
import { z } from 'zod';

import { statusReason, storedState } from '../domain/credential.ts';
import type { Sealer } from '../domain/ports/keys.ts';
import type {
  CredentialStanding,
  PresentedEvidence,
  SeenPresentation,
} from '../domain/ports/presented-evidence.ts';
import { storedResult } from '../domain/verification-result.ts';
import { openClaims } from './presentations.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

/** Most presentations of one person that are looked at, the newest. */
const MOST_OF_ONE = 20;

const presentation = z.object({
  id: z.string(),
  holder_id: z.string().nullable(),
  result: storedResult,
});

const standing = z
  .object({
    id: z.string(),
    state: storedState,
    reason: statusReason.nullable(),
    status_changed_at: timestamp.nullable(),
    list_id: z.string(),
    status_index: z.number(),
  })
  .transform((one): CredentialStanding => ({
    id: one.id,
    state: one.state,
    ...(one.reason === null ? {} : { reason: one.reason }),
    ...(one.status_changed_at === null ? {} : { statusChangedAt: one.status_changed_at }),
    listId: one.list_id,
    statusIndex: one.status_index,
  }));

/** Reads presentations from PostgreSQL. */
export function postgresPresentedEvidence(db: PassportDatabase, sealer: Sealer): PresentedEvidence {
  /** Presentations whose result the trust may see. */
  const seenBy = (odsCode: string) =>
    db
      .selectFrom('presentation_request')
      .where('ods_code', '=', odsCode)
      .where('released_at', 'is not', null);

  /** Those that were taken: what was not says nothing of anybody, good or bad. */
  const takenBy = (odsCode: string) =>
    seenBy(odsCode).where(sql<boolean>`result ->> 'outcome' <> 'INVALID'`);

  const withClaims = async (found: readonly unknown[]): Promise<readonly SeenPresentation[]> => {
    const seen = found.map((one) => presentation.parse(one));
    if (seen.length === 0) return [];
    const rows = await db
      .selectFrom('presentation_claims')
      .select(['presentation_id', 'query_id', 'sealed'])
      .where(
        'presentation_id',
        'in',
        seen.map(({ id }) => id),
      )
      .execute();
    const byPresentation = Map.groupBy(rows, (row) => row.presentation_id);
    return seen.map(({ id, holder_id: staffId, result }) => ({
      id,
      ...(staffId === null ? {} : { staffId }),
      result,
      claims: openClaims(id, byPresentation.get(id) ?? [], sealer),
    }));
  };

  return {
    async findPresentation(id, odsCode) {
      const found = await seenBy(odsCode)
        .select(['id', 'holder_id', 'result'])
        .where('id', '=', id)
        .execute();
      return (await withClaims(found))[0];
    },
    async ofPeople(staffIds, odsCode) {
      if (staffIds.length === 0) return new Map();
      const ranked = takenBy(odsCode)
        .select(({ fn }) => [
          'id',
          'holder_id',
          'result',
          fn
            .agg<number>('row_number')
            .over((over) => over.partitionBy('holder_id').orderBy('released_at', 'desc'))
            .as('rank'),
        ])
        .where('holder_id', 'in', staffIds);
      const found = await db
        .selectFrom(ranked.as('ranked'))
        .select(['id', 'holder_id', 'result'])
        .where('rank', '<=', MOST_OF_ONE)
        .execute();
      return Map.groupBy(await withClaims(found), ({ staffId }) => staffId ?? '');
    },
    async people(odsCode, after, limit) {
      let query = takenBy(odsCode)
        .select('holder_id')
        .distinct()
        .where('holder_id', 'is not', null)
        .orderBy('holder_id')
        .limit(limit);
      if (after !== undefined) query = query.where('holder_id', '>', after);
      return (await query.execute()).flatMap((one) => one.holder_id ?? []);
    },
    async standings(credentialIds) {
      if (credentialIds.length === 0) return new Map();
      const found = await db
        .selectFrom('credential')
        .select(['id', 'state', 'reason', 'status_changed_at', 'list_id', 'status_index'])
        .where('id', 'in', credentialIds)
        .execute();
      return new Map(found.map((one) => standing.parse(one)).map((one) => [one.id, one]));
    },
  };
}
