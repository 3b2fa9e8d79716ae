/** Links between people and accounts, in PostgreSQL. */
import { randomUUID } from 'node:crypto';

import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type { IdentityLink, LinkChanges } from '../domain/links.ts';
import type { LinkStore } from '../domain/ports.ts';

/** Columns by table. */
export interface NhsmailTables {
  link: {
    id: string;
    staff_id: string;
    account_id: string;
    ods_code: string | null;
    method: string;
    state: string;
    evidence: unknown;
    linked_at: Date;
    superseded_at: Date | null;
  };
}

/** Rows in one statement. */
const CHUNK = 1_000;

const row = z
  .object({
    id: z.string(),
    staff_id: z.string(),
    account_id: z.string(),
    ods_code: z.string().nullable(),
    method: z.enum(['EMPLOYEE_NUMBER', 'ESR_EMAIL', 'MANUAL']),
    state: z.enum(['LINKED', 'REVIEW']),
    evidence: z.array(z.object({ field: z.string(), outcome: z.string() })),
    linked_at: z.coerce.date(),
  })
  .transform(
    ({ id, staff_id, account_id, ods_code, method, state, evidence, linked_at }): IdentityLink => ({
      id,
      staffId: staff_id,
      accountId: account_id,
      odsCode: ods_code ?? undefined,
      method,
      state,
      evidence,
      linkedAt: linked_at,
    }),
  );

/** Links kept in the schema `nhsmail`. */
export function postgresLinks(db: Kysely<NhsmailTables>): LinkStore {
  const current = () =>
    db.selectFrom('link').selectAll().where('superseded_at', 'is', null).orderBy('linked_at');
  return {
    findByStaff: (staffIds) =>
      orUnavailable(async () =>
        rows(
          await current()
            .where('staff_id', 'in', [...staffIds, ''])
            .execute(),
        ),
      ),
    findByAccounts: (accountIds) =>
      orUnavailable(async () =>
        rows(
          await current()
            .where('account_id', 'in', [...accountIds, ''])
            .execute(),
        ),
      ),
    readCurrent: () => orUnavailable(async () => rows(await current().execute())),
    write: (changes, at) => orUnavailable(() => write(db, changes, at)),
  };
}

const rows = (found: readonly unknown[]): readonly IdentityLink[] =>
  found.map((one) => row.parse(one));

async function write(
  db: Kysely<NhsmailTables>,
  { superseded, added }: Pick<LinkChanges, 'superseded' | 'added'>,
  at: Date,
): Promise<void> {
  if (superseded.length + added.length === 0) return;
  await db.transaction().execute(async (transaction) => {
    for (let from = 0; from < superseded.length; from += CHUNK) {
      const ids = JSON.stringify(superseded.slice(from, from + CHUNK));
      await sql`
        update nhsmail.link set superseded_at = ${at}::timestamptz
        where superseded_at is null
          and id in (select value::uuid from jsonb_array_elements_text(${ids}::jsonb) as value)`.execute(
        transaction,
      );
    }
    for (let from = 0; from < added.length; from += CHUNK) {
      const links = added
        .slice(from, from + CHUNK)
        .map((link) => ({ ...link, id: randomUUID(), odsCode: link.odsCode ?? null }));
      // Whoever came first, another replica or a person who decided, stands.
      await sql`
        insert into nhsmail.link
          (id, staff_id, account_id, ods_code, method, state, evidence, linked_at)
        select link.id, link."staffId", link."accountId", link."odsCode", link.method, link.state,
          link.evidence, ${at}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as link (
          id uuid, "staffId" text, "accountId" text, "odsCode" text, method text, state text,
          evidence jsonb)
        on conflict do nothing`.execute(transaction);
    }
  });
}
