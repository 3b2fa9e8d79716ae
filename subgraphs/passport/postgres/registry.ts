/** The register of organisations and its changes in PostgreSQL. */
import { sql } from 'kysely';
import { z } from 'zod';

import type { Actor } from '../domain/actor.ts';
import type { AuditAction } from '../domain/audit.ts';
import type { Registry, RegistryEffect } from '../domain/ports/registry.ts';
import {
  registeredContact,
  type RegisteredOrganisation,
  registryBasis,
  type RegistryChange,
  registryLine,
  registryWanted,
  type RegistryWanted,
} from '../domain/registry.ts';
import { endOfUkDay } from '../domain/uk-day.ts';
import { type Refusal, refused, refusedAt } from '../domain/user-error.ts';
import {
  type Accrediting,
  grantAccreditations,
  inForceOf,
  takeAccreditingTurn,
  withdrawAccreditations,
} from './accreditations.ts';
import { writeAudit } from './audit.ts';
import type { IdempotencyClaim } from './idempotency.ts';
import { jsonb } from './json.ts';
import { once } from './once.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const entry = z.object({
  ods_code: z.string(),
  may_check: z.boolean(),
  contact: registeredContact.nullable(),
  changed_at: timestamp,
});

const change = z
  .object({
    position: z.coerce.number(),
    id: z.string(),
    ods_code: z.string(),
    wanted: registryWanted,
    lines: z.array(registryLine),
    basis: z.string(),
    reason: z.string(),
    state: z.enum(['WAITING', 'APPLIED', 'TURNED_DOWN']),
    proposed_by: z.string(),
    proposed_for: z.string(),
    proposed_at: timestamp,
    decided_for: z.string().nullable(),
    decided_at: timestamp.nullable(),
  })
  .transform((row): RegistryChange => ({
    position: row.position,
    id: row.id,
    odsCode: row.ods_code,
    wanted: row.wanted,
    lines: row.lines,
    basis: row.basis,
    reason: row.reason,
    state: row.state,
    proposedBy: row.proposed_by,
    proposedFor: row.proposed_for,
    proposedAt: row.proposed_at,
    ...(row.decided_for === null ? {} : { decidedFor: row.decided_for }),
    ...(row.decided_at === null ? {} : { decidedAt: row.decided_at }),
  }));

const answer = z.object({ changeId: z.string() });

/** The register in PostgreSQL. */
export function postgresRegistry(db: PassportDatabase): Registry {
  return {
    find: async (odsCode, at) => read(db, odsCode, at),
    async list({ first, after = '' }, at) {
      const { rows } = await sql<{ ods_code: string }>`
        select ods_code from (
          select ods_code from passport.registered_organisation
          union select ods_code from passport.accreditation
            where valid_from <= ${at} and (valid_until is null or valid_until > ${at}) and withdrawn_at is null
        ) known where ods_code > ${after} order by ods_code limit ${first + 1}`.execute(db);
      return readAll(
        db,
        rows.map(({ ods_code: odsCode }) => odsCode),
        at,
      );
    },
    async mayCheck(odsCode) {
      const found = await db
        .selectFrom('registered_organisation')
        .select('may_check')
        .where('ods_code', '=', odsCode)
        .executeTakeFirst();
      return found?.may_check ?? true;
    },
    registerContact: (odsCode, contact, by, now) =>
      db.transaction().execute(async (within) => {
        await takeAccreditingTurn(within, odsCode);
        const { mayCheck } = await read(within, odsCode, now);
        await register(within, { odsCode, mayCheck, contact }, now);
        await writeAudit(within, [
          { at: now, by, action: 'registry-contact.set', subject: odsCode, odsCode, details: {} },
        ]);
      }),
    effect: (odsCode, { types, checking }, at) => countEffect(db, odsCode, { types, checking }, at),

    findChange: (id) => findChange(db, id),
    async listChanges({ odsCode, state }, { first, after }) {
      let query = db
        .selectFrom('registry_change')
        .selectAll()
        .orderBy('position', 'desc')
        .limit(first + 1);
      if (odsCode !== undefined) {
        query = query.where((is) =>
          is.or([is('ods_code', '=', odsCode), is('proposed_for', '=', odsCode)]),
        );
      }
      if (state !== undefined) query = query.where('state', '=', state);
      if (after !== undefined) query = query.where('position', '<', after);
      return (await query.execute()).map((row) => change.parse(row));
    },
    propose: ({ id, wanted, lines, basis, reason }, by, repeat, now) =>
      changeOnce(db, { actor: by.subject, ...repeat, now }, async (within) => {
        if (lines.length === 0) return refused('UNCHANGED', 'wanted');
        const made = await within
          .insertInto('registry_change')
          .values({
            id,
            ods_code: wanted.odsCode,
            wanted: jsonb(wanted),
            lines: jsonb(lines),
            basis,
            reason,
            state: 'WAITING',
            proposed_by: by.subject,
            proposed_for: by.odsCode,
            proposed_at: now,
          })
          .onConflict((conflict) => conflict.doNothing())
          .returningAll()
          .executeTakeFirst();
        return made === undefined
          ? refusedAt(['wanted', 'odsCode'], 'one_waits_already')
          : noted(within, 'registry-change.proposed', change.parse(made), by, now);
      }),
    apply: (changeId, by, anchor, repeat, now) =>
      changeOnce(db, { actor: by.subject, ...repeat, now }, async (within) => {
        const waiting = await findWaiting(within, changeId);
        if (waiting === undefined) return refused('NOT_FOUND', 'changeId');
        if (waiting.proposedBy === by.subject) {
          return refusedAt(['changeId'], 'second_person_required');
        }
        const { odsCode, wanted } = waiting;
        await takeAccreditingTurn(within, odsCode);
        const before = await read(within, odsCode, now);
        if (registryBasis(before) !== waiting.basis) {
          return refused('RESOURCE_VERSION_MISMATCH', 'changeId');
        }
        await accredit(before, wanted, { within, by, now, anchor, because: waiting.reason });
        await register(within, wanted, now);
        const decided = await decide(within, changeId, 'APPLIED', by, now);
        return noted(within, 'registry-change.applied', decided, by, now);
      }),
    turnDown: (changeId, by, repeat, now) =>
      changeOnce(db, { actor: by.subject, ...repeat, now }, async (within) => {
        const waiting = await findWaiting(within, changeId);
        if (waiting === undefined) return refused('NOT_FOUND', 'changeId');
        const decided = await decide(within, changeId, 'TURNED_DOWN', by, now);
        return noted(within, 'registry-change.turned-down', decided, by, now);
      }),
  };
}

/** Writes what is registered besides accreditations. */
const register = (
  db: PassportDatabase,
  { odsCode, mayCheck, contact }: Pick<RegistryWanted, 'odsCode' | 'mayCheck' | 'contact'>,
  now: Date,
): Promise<unknown> =>
  sql`
    insert into passport.registered_organisation (ods_code, may_check, contact, changed_at)
    values (${odsCode}, ${mayCheck}, ${jsonb(contact ?? null)}, ${now})
    on conflict (ods_code) do update
    set may_check = excluded.may_check, contact = excluded.contact, changed_at = excluded.changed_at`.execute(
    db,
  );

const read = async (
  db: PassportDatabase,
  odsCode: string,
  at: Date,
): Promise<RegisteredOrganisation> => {
  const [found] = await readAll(db, [odsCode], at);
  return found ?? { odsCode, issuing: [], mayCheck: true };
};

/** In the order given. */
async function readAll(
  db: PassportDatabase,
  odsCodes: readonly string[],
  at: Date,
): Promise<readonly RegisteredOrganisation[]> {
  if (odsCodes.length === 0) return [];
  // One after the other: within a transaction there is one connection.
  const rows = await db
    .selectFrom('registered_organisation')
    .selectAll()
    .where('ods_code', 'in', odsCodes)
    .execute();
  const accreditations = await inForceOf(db, odsCodes, at);
  const entries = new Map(rows.map((row) => [row.ods_code, entry.parse(row)]));
  return odsCodes.map((odsCode) => {
    const known = entries.get(odsCode);
    return {
      odsCode,
      issuing: accreditations.filter((one) => one.odsCode === odsCode),
      mayCheck: known?.may_check ?? true,
      ...(known?.contact == null ? {} : { contact: known.contact }),
      ...(known === undefined ? {} : { changedAt: known.changed_at }),
    };
  });
}

async function accredit(
  { odsCode, issuing }: RegisteredOrganisation,
  { mayIssue, issuesUntil }: RegistryWanted,
  { within, by, now, anchor, because }: Accrediting & { anchor: string; because: string },
): Promise<void> {
  const held = issuing.map(({ type }) => type);
  const taken = held.filter((type) => !mayIssue.includes(type));
  const given = mayIssue.filter((type) => !held.includes(type));
  if (taken.length > 0) {
    await withdrawAccreditations({ odsCode, types: taken }, because, { within, by, now });
  }
  if (given.length > 0) {
    const until = issuesUntil === undefined ? undefined : dayAfter(issuesUntil);
    const grant = { odsCode, types: given, anchor, from: now, until };
    await grantAccreditations(grant, { within, by, now });
  }
}

/** The first moment after a day in the United Kingdom. */
const dayAfter = (day: string): Date => new Date(endOfUkDay(day).getTime() + 1_000);

const counts = z.object({
  credentials: z.coerce.number(),
  offers: z.coerce.number(),
  requests: z.coerce.number(),
});

async function countEffect(
  db: PassportDatabase,
  odsCode: string,
  { types, checking }: { readonly types: readonly string[]; readonly checking: boolean },
  at: Date,
): Promise<RegistryEffect> {
  const asked = JSON.stringify(types);
  const { rows } = await sql`
    select
      (select count(*) from passport.credential
        where ods_code = ${odsCode} and expires_at > ${at} and state in ('ACTIVE', 'SUSPENDED')
          and ${asked}::jsonb ? type) as credentials,
      (select count(*) from passport.offer
        where ods_code = ${odsCode} and expires_at > ${at} and dead_at is null
          and not exists (select from passport.credential
            where credential.offer_id = offer.id and credential.state <> 'FAILED')
          and exists (select from jsonb_array_elements_text(types) one where ${asked}::jsonb ? one)) as offers,
      (select count(*) from passport.presentation_request
        where ods_code = ${odsCode} and expires_at > ${at} and answered_at is null
          and ${checking}::boolean) as requests`.execute(db);
  const { credentials, offers, requests } = counts.parse(rows[0]);
  return { credentialsInForce: credentials, offersOpen: offers, requestsOpen: requests };
}

async function findChange(db: PassportDatabase, id: string): Promise<RegistryChange | undefined> {
  const found = await db
    .selectFrom('registry_change')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return found && change.parse(found);
}

/** Locked: two decisions of one change take turns. */
async function findWaiting(db: PassportDatabase, id: string): Promise<RegistryChange | undefined> {
  const found = await db
    .selectFrom('registry_change')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'WAITING')
    .forUpdate()
    .executeTakeFirst();
  return found && change.parse(found);
}

async function decide(
  db: PassportDatabase,
  id: string,
  state: 'APPLIED' | 'TURNED_DOWN',
  by: Actor,
  now: Date,
): Promise<RegistryChange> {
  const decided = await db
    .updateTable('registry_change')
    .set({ state, decided_by: by.subject, decided_for: by.odsCode, decided_at: now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return change.parse(decided);
}

async function noted(
  db: PassportDatabase,
  action: AuditAction,
  made: RegistryChange,
  by: Actor,
  at: Date,
): Promise<RegistryChange> {
  const details = { about: made.odsCode, lines: made.lines.length };
  await writeAudit(db, [{ at, by, action, subject: made.id, odsCode: made.odsCode, details }]);
  return made;
}

/** Changes one under a key. A repeated call finds it as it is by then. */
const changeOnce = (
  db: PassportDatabase,
  claim: IdempotencyClaim,
  act: (within: PassportDatabase) => Promise<RegistryChange | Refusal>,
): Promise<RegistryChange | Refusal> =>
  once(db, claim, act, {
    keep: ({ id }) => ({ changeId: id }),
    repeat: async (kept, within) => {
      const earlier = await findChange(within, answer.parse(kept).changeId);
      if (earlier === undefined) throw new Error('a change is gone');
      return earlier;
    },
  });
