/** The ledger of links, in PostgreSQL. */
import { type Kysely, type RawBuilder, sql } from 'kysely';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type { AppliedOutcome, LinkLedger } from '../domain/link-ledger.ts';
import type { LinkStatement, StatementAuthor } from '../domain/links.ts';
import type { MatchOutcome } from '../domain/match-outcome.ts';
import { pairKey, planLinks } from '../domain/plan-links.ts';
import { reconcileCases, withdrawCases } from './cases.ts';
import {
  CHUNK,
  lockLedger,
  selectStatements,
  textArray,
  textSet,
  writeStatements,
} from './statements.ts';
import type { NhsmailTables } from './tables.ts';

/** Statements in a page of all of them. */
const PAGE = 5_000;
/** Most statements shown about one person. */
const HISTORY_LIMIT = 500;

/** Links kept in the schema `nhsmail`. */
export function postgresLinks(db: Kysely<NhsmailTables>): LinkLedger {
  return {
    findIds: (staffIds) =>
      orUnavailable(async () => {
        const { rows } = await sql<{ asked: string; ids: readonly string[] }>`
          select now.asked, array(
            select now.id union select p.id from nhsmail.person p where p.joined_to = now.id) as ids
          from (
            select asked, coalesce((select p.joined_to from nhsmail.person p
              where p.id = asked and p.joined_to is not null), asked) as id
            from jsonb_array_elements_text(${JSON.stringify(staffIds)}::jsonb) as asked) now`.execute(
          db,
        );
        return new Map(rows.map(({ asked, ids }) => [asked, ids]));
      }),
    findByStaff: (staffIds) =>
      orUnavailable(() =>
        selectStatements(
          db,
          sql`superseded_at is null and state = 'LINKED' and staff_id in ${textSet(staffIds)}
            order by position`,
          { contradicted: true },
        ),
      ),
    findByAccounts: (accountIds) =>
      orUnavailable(() =>
        selectStatements(
          db,
          sql`superseded_at is null and state = 'LINKED' and account_id in ${textSet(accountIds)}
            order by position`,
          { contradicted: true },
        ),
      ),
    findHistory: (staffIds) =>
      orUnavailable(() =>
        selectStatements(
          db,
          sql`id in (
            select newest.id from ${textSet(staffIds)} as asked (staff_id)
            cross join lateral (
              select id from nhsmail.link m where m.staff_id = asked.staff_id
              order by position desc limit ${HISTORY_LIMIT}) newest)
            order by position desc`,
        ),
      ),
    findStanding: (records) => orUnavailable(() => selectStatements(db, standingAround(records))),
    async *readStanding() {
      let after = '0';
      for (;;) {
        const page = await orUnavailable(() => readPage(db, after));
        yield* page.statements;
        if (page.last === undefined) return;
        after = page.last;
      }
    },
    apply: (outcome, by) => orUnavailable(() => apply(db, outcome, by)),
  };
}

/** Tells statements that hold about pairs with one of these people or accounts. */
export const standingAround = ({
  staffIds,
  accountIds,
}: {
  readonly staffIds: readonly string[];
  readonly accountIds: readonly string[];
}): RawBuilder<unknown> =>
  sql`superseded_at is null and state in ('LINKED', 'REJECTED')
    and (account_id = any(${textArray(accountIds)}) or staff_id = any(${textArray(staffIds)})
      or staff_id = any(array(select p.id from nhsmail.person p
        where p.joined_to = any(${textArray(staffIds)}))))`;

async function readPage(
  db: Kysely<NhsmailTables>,
  after: string,
): Promise<{ readonly statements: readonly LinkStatement[]; readonly last: string | undefined }> {
  const { rows } = await sql<{ readonly last: string | null; readonly size: number }>`
    select max(position)::text as last, count(*)::int as size from (
      select position from nhsmail.link
      where superseded_at is null and state in ('LINKED', 'REJECTED') and position > ${after}::bigint
      order by position limit ${PAGE}) page`.execute(db);
  const [page] = rows;
  if (page?.last == null) return { statements: [], last: undefined };
  const statements = await selectStatements(
    db,
    sql`superseded_at is null and state in ('LINKED', 'REJECTED')
      and position > ${after}::bigint and position <= ${page.last}::bigint order by position`,
  );
  return { statements, last: page.size < PAGE ? undefined : page.last };
}

/** Writes in pieces, each in a transaction of its own with the ledger locked, or all in one if they are few. */
async function apply(
  db: Kysely<NhsmailTables>,
  outcome: MatchOutcome,
  by: Parameters<LinkLedger['apply']>[1],
): Promise<AppliedOutcome> {
  const { links, cases, withdrawn } = outcome;
  const { pieces, counts } = piecesOf(outcome, by);
  const together =
    links.length + cases.length + withdrawn.length <= CHUNK ? [pieces] : pieces.map((one) => [one]);
  for (const some of together) {
    await db.transaction().execute(async (transaction) => {
      await lockLedger(transaction);
      for (const piece of some) await piece(transaction);
    });
  }
  return counts;
}

/** Writes all of it as part of a transaction. Call it with the ledger locked. */
export async function applyIn(
  transaction: Kysely<NhsmailTables>,
  outcome: MatchOutcome,
  by: Parameters<LinkLedger['apply']>[1],
): Promise<void> {
  for (const piece of piecesOf(outcome, by).pieces) await piece(transaction);
}

type Piece = (transaction: Kysely<NhsmailTables>) => Promise<void>;

/** What has to be done one after another, and what it comes to once it is. */
function piecesOf(
  { covered, links, cases, withdrawn }: MatchOutcome,
  { run, ruleSet, at }: Parameters<LinkLedger['apply']>[1],
): { readonly pieces: readonly Piece[]; readonly counts: AppliedOutcome } {
  const author: StatementAuthor = { kind: 'MATCHING', ruleSet, run };
  const counts = { linked: 0, ended: 0, unchanged: 0, casesOpened: 0, casesClosed: 0 };
  const contradictions: MatchOutcome['cases'][number][] = [];
  const standing: string[] = [];
  const candidates = new Set(cases.flatMap((one) => one.candidates.map(pairKey)));

  const linkPieces = chunks(links).map((some): Piece => async (transaction) => {
    const plan = await planned(transaction, { links: some, withdrawn: [] });
    await write(transaction, plan);
  });
  const withdrawnPieces = chunks(withdrawn).map((some): Piece => async (transaction) => {
    await write(transaction, await planned(transaction, { links: [], withdrawn: some }));
  });
  const write = async (
    transaction: Kysely<NhsmailTables>,
    plan: ReturnType<typeof planLinks>,
  ): Promise<void> => {
    const added = plan.added.map(({ continues, ...statement }) => ({
      ...statement,
      author: continues?.author ?? author,
      ...(continues?.reason === undefined ? {} : { reason: continues.reason }),
    }));
    await writeStatements(transaction, { superseded: plan.superseded, added }, at);
    counts.linked += plan.linked;
    counts.ended += plan.ended;
    counts.unchanged += plan.unchanged;
    contradictions.push(
      ...plan.contradictions.filter(
        ({ candidates: [first] }) => first === undefined || !candidates.has(pairKey(first)),
      ),
    );
  };
  const casePiece =
    (some: MatchOutcome['cases']): Piece =>
    async (transaction) => {
      const done = await reconcileCases(
        transaction,
        { source: 'MATCHING', cases: some, ruleSet, run },
        at,
      );
      counts.casesOpened += done.opened;
      counts.unchanged += done.unchanged;
      standing.push(...done.standing);
    };
  const lastPiece: Piece = async (transaction) => {
    for (const some of chunks(contradictions)) await casePiece(some)(transaction);
    counts.casesClosed += await withdrawCases(
      transaction,
      { source: 'MATCHING', covered, standing },
      at,
    );
  };
  const pieces = [
    ...withdrawnPieces,
    ...linkPieces,
    ...chunks(cases).map((some) => casePiece(some)),
    lastPiece,
  ];
  return { pieces, counts };
}

/** Plans with what holds in this transaction. */
async function planned(
  db: Kysely<NhsmailTables>,
  part: Parameters<typeof planLinks>[0],
): Promise<ReturnType<typeof planLinks>> {
  const accounts = [...part.links, ...part.withdrawn].map(({ accountId }) => accountId);
  const standing = await selectStatements(
    db,
    sql`superseded_at is null and account_id in ${textSet(accounts)}`,
  );
  return planLinks(part, standing);
}

function chunks<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, index) =>
    items.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}
