/** Versions of the rules and their models, in PostgreSQL. */
import { createHash } from 'node:crypto';

import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import { linkageModelSchema } from '../domain/linkage/model.ts';
import { type RuleSet, ruleSetSchema } from '../domain/linkage/rule-set.ts';
import type { RuleSetStore, RuleSetVersion, StoredModel } from '../domain/rule-set-store.ts';

const version = z
  .object({
    version: z.number(),
    name: z.string(),
    added_at: z.coerce.date(),
    added_by: z.string(),
    act: z.enum(['PROPOSED', 'APPROVED', 'REJECTED']).nullable(),
    at: z.coerce.date().nullable(),
    actor: z.string().nullable(),
    reason: z.string().nullable(),
    is_active: z.boolean(),
  })
  .transform(({ act, at, actor, reason, ...row }): RuleSetVersion => ({
    version: row.version,
    name: row.name,
    addedAt: row.added_at,
    addedBy: row.added_by,
    isActive: row.is_active,
    ...(act === null || at === null || actor === null
      ? {}
      : { lastAct: { act, at, by: actor, ...(reason === null ? {} : { reason }) } }),
  }));

const storedModel = z.object({
  id: z.number(),
  version: z.number(),
  model: linkageModelSchema,
  provisional: z.boolean(),
  people: z.number(),
  accounts: z.number(),
});

/** The model that is approved last is the one of the newest approval. */
const ACTIVE = sql`(select version from nhsmail.rule_set_act where act = 'APPROVED' order by id desc limit 1)`;

/** Rule sets kept in the schema `nhsmail`. */
export function postgresRuleSets<Tables>(db: Kysely<Tables>): RuleSetStore {
  return {
    add: (rules, by, at) => orUnavailable(() => add(db, rules, { by, at })),
    list: () =>
      orUnavailable(async () => {
        const { rows } = await sql`
          select r.version, r.name, r.added_at, r.added_by, last.act, last.at, last.actor,
            last.reason, coalesce(r.version = ${ACTIVE}, false) as is_active
          from nhsmail.rule_set r left join lateral (
            select act, at, actor, reason from nhsmail.rule_set_act a
            where a.version = r.version order by a.id desc limit 1) last on true
          order by r.version`.execute(db);
        return rows.map((row) => version.parse(row));
      }),
    findRules: (wanted) => orUnavailable(async () => (await rulesWhere(db, sql`${wanted}`))?.rules),
    findActive: () => orUnavailable(() => rulesWhere(db, ACTIVE)),
    act: (wanted, act, { name, at, reason }) =>
      orUnavailable(() =>
        db.transaction().execute(async (transaction) => {
          await lock(transaction);
          const known = await rulesWhere(transaction, sql`${wanted}`);
          if (known === undefined) return 'not_found' as const;
          const { rows } = await sql<{ act: string; actor: string }>`
            select act, actor from nhsmail.rule_set_act where version = ${wanted}
            order by id desc limit 1`.execute(transaction);
          const [last] = rows;
          const isOpen = last?.act === 'PROPOSED';
          if (act === 'PROPOSED' && isOpen) return 'already_proposed' as const;
          if (act !== 'PROPOSED' && !isOpen) return 'not_proposed' as const;
          if (act === 'APPROVED' && last?.actor === name) return 'same_person' as const;
          await sql`
            insert into nhsmail.rule_set_act (version, act, at, actor, reason)
            values (${wanted}, ${act}, ${at}::timestamptz, ${name}, ${reason ?? null})`.execute(
            transaction,
          );
          return undefined;
        }),
      ),
    findModel: (wanted) =>
      orUnavailable(() => modelWhere(db, sql`version = ${wanted} order by id desc limit 1`)),
    readModel: (id) =>
      orUnavailable(async () => {
        const model = await modelWhere(db, sql`id = ${id}`);
        if (model === undefined) throw new Error(`there is no model ${String(id)}`);
        return model;
      }),
    saveModel: (saved, at) =>
      orUnavailable(async () => {
        const { rows } = await sql<{ id: number }>`
          insert into nhsmail.rule_set_model
            (version, model, provisional, people, accounts, estimated_at)
          values (${saved.version}, ${JSON.stringify(saved.model)}::jsonb, ${saved.provisional},
            ${saved.people}, ${saved.accounts}, ${at}::timestamptz)
          returning id`.execute(db);
        // As it will be read back, so that a score is the same before and after.
        const model = await modelWhere(db, sql`id = ${rows[0]?.id ?? 0}`);
        if (model === undefined) throw new Error('the model was not written');
        return model;
      }),
  };
}

const lock = <Tables>(db: Kysely<Tables>) =>
  sql`select pg_advisory_xact_lock(hashtextextended('lanyard:nhsmail:rule-sets', 0))`.execute(db);

async function add<Tables>(
  db: Kysely<Tables>,
  rules: RuleSet,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<number> {
  // The number in the file is its author's; ours counts what was added here.
  const text = JSON.stringify({ ...rules, version: 1 });
  const sha256 = createHash('sha256').update(text).digest('hex');
  return db.transaction().execute(async (transaction) => {
    await lock(transaction);
    const { rows } = await sql<{ version: number }>`
      with known as (
        select version from nhsmail.rule_set where sha256 = ${sha256}
      ), added as (
        insert into nhsmail.rule_set (version, name, rules, sha256, added_at, added_by)
        select coalesce((select max(version) from nhsmail.rule_set), 0) + 1, ${rules.name},
          ${text}::jsonb, ${sha256}, ${at}::timestamptz, ${by}
        where not exists (select from known)
        returning version)
      select version from known union all select version from added`.execute(transaction);
    return rows[0]?.version ?? 0;
  });
}

async function rulesWhere<Tables>(
  db: Kysely<Tables>,
  wanted: typeof ACTIVE,
): Promise<{ readonly version: number; readonly rules: RuleSet } | undefined> {
  const { rows } = await sql<{ version: number; rules: unknown }>`
    select version, rules from nhsmail.rule_set where version = ${wanted}`.execute(db);
  const [row] = rows;
  return row === undefined
    ? undefined
    : {
        version: row.version,
        rules: { ...ruleSetSchema.parse(row.rules), version: row.version },
      };
}

async function modelWhere<Tables>(
  db: Kysely<Tables>,
  which: typeof ACTIVE,
): Promise<StoredModel | undefined> {
  const { rows } = await sql`
    select id, version, model, provisional, people, accounts
    from nhsmail.rule_set_model where ${which}`.execute(db);
  return rows[0] === undefined ? undefined : storedModel.parse(rows[0]);
}
