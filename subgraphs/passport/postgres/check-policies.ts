/** Policies for employment checks in PostgreSQL. A version's content is written once. */
import { sql } from 'kysely';
import { z } from 'zod';

import type { Actor } from '../domain/actor.ts';
import type { CheckPolicies, ListedPolicy, OfflineLimit } from '../domain/ports/check-policies.ts';
import { policyContent, policyState } from '../domain/policy.ts';
import { staffGroup } from '../domain/staff-groups.ts';
import { writeAudit } from './audit.ts';
import { claimKey, keepAnswer } from './idempotency.ts';
import { jsonb } from './json.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

/** In the place of a staff group: everybody without a policy of their own. */
const EVERYBODY = '*';

const row = z
  .object({
    position: z.number(),
    id: z.string(),
    ods_code: z.string(),
    staff_group: z.union([staffGroup, z.literal(EVERYBODY)]),
    version: z.number(),
    state: policyState,
    content: policyContent,
    created_at: timestamp,
    created_by: z.string(),
    in_force_from: timestamp.nullable(),
    replaced_at: timestamp.nullable(),
    copied_from: z.string().nullable(),
  })
  .transform((one): ListedPolicy => ({
    position: one.position,
    id: one.id,
    odsCode: one.ods_code,
    ...(one.staff_group === EVERYBODY ? {} : { staffGroup: one.staff_group }),
    version: one.version,
    state: one.state,
    content: one.content,
    createdAt: one.created_at,
    createdBy: one.created_by,
    ...(one.in_force_from === null ? {} : { inForceFrom: one.in_force_from }),
    ...(one.replaced_at === null ? {} : { replacedAt: one.replaced_at }),
    ...(one.copied_from === null ? {} : { copiedFrom: one.copied_from }),
  }));

const limit = z
  .object({ ods_code: z.string(), seconds: z.number(), for_everybody: z.boolean() })
  .transform((one): OfflineLimit => ({
    odsCode: one.ods_code,
    seconds: one.seconds,
    forEverybody: one.for_everybody,
  }));

const answer = z.object({ policyIds: z.array(z.string()) });

async function findPolicies(
  db: PassportDatabase,
  ids: readonly string[],
): Promise<readonly ListedPolicy[]> {
  const found = await db
    .selectFrom('check_policy')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('position')
    .execute();
  return found.map((one) => row.parse(one));
}

/** One at a time for each trust: versions are counted, and one is in force. */
const takeTurns = (db: PassportDatabase, odsCode: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`lanyard:passport:check-policy:${odsCode}`}, 0))`.execute(
    db,
  );

/** Policies in PostgreSQL. */
export function postgresCheckPolicies(db: PassportDatabase): CheckPolicies {
  return {
    find: async (id) => (await findPolicies(db, [id]))[0],
    async inForce(odsCode, group) {
      const found = await db
        .selectFrom('check_policy')
        .selectAll()
        .where('ods_code', '=', odsCode)
        .where('state', '=', 'IN_FORCE')
        .where('staff_group', 'in', group === undefined ? [EVERYBODY] : [group, EVERYBODY])
        .execute();
      const policies = found.map((one) => row.parse(one));
      return policies.find((one) => one.staffGroup === group) ?? policies[0];
    },
    async offlineLimits() {
      const found = await db
        .selectFrom('check_policy')
        .where('state', '=', 'IN_FORCE')
        .groupBy('ods_code')
        .select([
          'ods_code',
          sql`min((content -> 'status' ->> 'offlineMaxAgeSeconds')::int)`.as('seconds'),
          sql`bool_or(staff_group = ${EVERYBODY})`.as('for_everybody'),
        ])
        .execute();
      return found.map((one) => limit.parse(one));
    },
    async list(odsCode, { first, after }) {
      let query = db
        .selectFrom('check_policy')
        .selectAll()
        .where('ods_code', '=', odsCode)
        .orderBy('position', 'desc')
        .limit(first + 1);
      if (after !== undefined) query = query.where('position', '<', after);
      return (await query.execute()).map((one) => row.parse(one));
    },
    add: (policies, by, { key, requestHash }, now) =>
      db.transaction().execute(async (transaction) => {
        const claim = { actor: by.subject, key, requestHash, now };
        const claimed = await claimKey(transaction, claim);
        if (claimed.kind === 'reused') return 'reused';
        if (claimed.kind === 'repeat') {
          return findPolicies(transaction, answer.parse(claimed.answer).policyIds);
        }
        await takeTurns(transaction, by.odsCode);
        for (const { id, staffGroup: group = EVERYBODY, content, copiedFrom } of policies) {
          await sql`
            insert into passport.check_policy
              (id, ods_code, staff_group, version, state, content, created_at, created_by, copied_from)
            select ${id}::text, ${by.odsCode}::text, ${group}::text, coalesce(max(version), 0) + 1, 'DRAFT',
              ${jsonb(content)}, ${now}::timestamptz, ${by.subject}::text, ${copiedFrom ?? null}::text
            from passport.check_policy
            where ods_code = ${by.odsCode} and staff_group = ${group}`.execute(transaction);
        }
        const made = await findPolicies(
          transaction,
          policies.map(({ id }) => id),
        );
        await writeAudit(
          transaction,
          made.map((one) => entry('check-policy.drafted', one, by, now)),
        );
        await keepAnswer(transaction, claim, { policyIds: made.map(({ id }) => id) });
        return made;
      }),
    activate: (id, by, { key, requestHash }, now) =>
      db.transaction().execute(async (transaction) => {
        const claim = { actor: by.subject, key, requestHash, now };
        const claimed = await claimKey(transaction, claim);
        if (claimed.kind === 'reused') return 'reused';
        if (claimed.kind === 'repeat') {
          const ids = answer.safeParse(claimed.answer).data?.policyIds ?? [];
          return ids.length === 0 ? undefined : (await findPolicies(transaction, ids))[0];
        }
        await takeTurns(transaction, by.odsCode);
        const draft = await transaction
          .selectFrom('check_policy')
          .select('staff_group')
          .where('id', '=', id)
          .where('ods_code', '=', by.odsCode)
          .where('state', '=', 'DRAFT')
          .executeTakeFirst();
        if (draft === undefined) return undefined;
        await transaction
          .updateTable('check_policy')
          .set({ state: 'REPLACED', replaced_at: now })
          .where('ods_code', '=', by.odsCode)
          .where('staff_group', '=', draft.staff_group)
          .where('state', '=', 'IN_FORCE')
          .execute();
        const activated = row.parse(
          await transaction
            .updateTable('check_policy')
            .set({ state: 'IN_FORCE', in_force_from: now })
            .where('id', '=', id)
            .returningAll()
            .executeTakeFirstOrThrow(),
        );
        await writeAudit(transaction, [entry('check-policy.activated', activated, by, now)]);
        await keepAnswer(transaction, claim, { policyIds: [id] });
        return activated;
      }),
  };
}

const entry = (
  action: 'check-policy.drafted' | 'check-policy.activated',
  { id, odsCode, staffGroup: group, version, copiedFrom }: ListedPolicy,
  by: Actor,
  at: Date,
) => ({
  at,
  by,
  action,
  subject: id,
  odsCode,
  details: { staffGroup: group ?? EVERYBODY, version, copiedFrom: copiedFrom ?? null },
});
