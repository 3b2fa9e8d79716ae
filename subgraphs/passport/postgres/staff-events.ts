/** Following what happens to people, in PostgreSQL: a page of events, what it causes and the position are one transaction. */
import { sql } from 'kysely';
import { z } from 'zod';

import { BRAKE_WINDOW_MS, mustWait } from '../domain/brake.ts';
import { credentialType, storedState } from '../domain/credential.ts';
import { newDueOfferId, newHoldId } from '../domain/identifiers.ts';
import type {
  AppliedPage,
  CausedOffer,
  CausedSignal,
  FollowedCredential,
  PageToApply,
  ReactionRules,
  StaffEvent,
  StaffEventStore,
} from '../domain/staff-events.ts';
import { writeAudit } from './audit.ts';
import { type ChangeWithCause, changeStatuses } from './caused-changes.ts';
import { keepSources } from './followed-sources.ts';
import { approveHold, listHolds } from './staff-event-holds.ts';
import { type SignalToWrite, writeSignals } from './signals.ts';
import type { PassportDatabase } from './tables.ts';

const FEED = 'staff-events';
/** How long the number of people who hold credentials is relied on, in milliseconds: an hour. It changes slowly. */
const HOLDERS_KEPT_MS = 3_600_000;
/** How long counting them may take, in milliseconds: there are tens of millions of credentials. */
const HOLDERS_TIMEOUT_MS = 120_000;

type CountHolders = (db: PassportDatabase, now: Date) => Promise<number>;

/** Following in PostgreSQL. */
export function postgresStaffEvents(db: PassportDatabase): StaffEventStore {
  const countHolders = holderCount();
  return {
    async position() {
      const row = await db
        .selectFrom('feed_position')
        .select('position')
        .where('feed', '=', FEED)
        .executeTakeFirst();
      return row?.position ?? undefined;
    },
    apply: (page, rules) =>
      db.transaction().execute((transaction) => applyPage(transaction, page, rules, countHolders)),
    async findReleased() {
      const rows = await db
        .selectFrom('staff_event_hold')
        .select(['id', 'position'])
        .where('released_at', 'is not', null)
        .where('settled_at', 'is', null)
        .orderBy('released_at')
        .execute();
      return rows.map(({ id, position }) => ({ id, position: position ?? undefined }));
    },
    listHolds: (odsCode, since) => listHolds(db, odsCode, since),
    approveHold: (hold, by, now) =>
      db.transaction().execute((transaction) => approveHold(transaction, hold, by, now)),
  };
}

/** What the events of a page come to. */
interface Caused {
  readonly changes: ChangeWithCause[];
  readonly signals: SignalToWrite[];
  readonly offers: (CausedOffer & { readonly staffId: string })[];
  /** People who are offered nothing any more. */
  readonly offersTakenBack: Set<string>;
  /** People stopped now, by whose file said it. */
  readonly stopped: Map<string, Set<string>>;
  /** People held now, by whose file said it. */
  readonly held: Map<string, Set<string>>;
}

async function applyPage(
  db: PassportDatabase,
  { after, page, releasing, by, now }: PageToApply,
  rules: ReactionRules,
  countHolders: CountHolders,
): Promise<AppliedPage> {
  // One page at a time, whichever process follows: signals are numbered in the order in which they can be seen.
  const followed = await lockPosition(db, now);
  let released: { readonly ods_code: string; readonly position: string | null } | undefined;
  if (releasing === undefined) {
    if (followed !== (after ?? null)) return { kind: 'moved' };
  } else {
    released = await db
      .selectFrom('staff_event_hold')
      .select(['ods_code', 'position'])
      .where('id', '=', releasing)
      .where('released_at', 'is not', null)
      .where('settled_at', 'is', null)
      .executeTakeFirst();
    if (released?.position !== (after ?? null)) return { kind: 'moved' };
  }
  const events = page.events.filter(
    ({ odsCode }) => released === undefined || odsCode === released.ods_code,
  );
  const changed = await keepSources(db, events.flatMap(rules.sourcesOf), now);
  const braked = released === undefined ? countHolders : undefined;
  const caused = await decide(db, events, rules, { changed, braked, now });
  const listIds = await changeStatuses(db, caused.changes, by, now);
  const signals = await writeSignals(db, caused.signals, now);
  await writeDueOffers(db, caused.offers, rules, now);
  await takeOffersBack(db, caused.offersTakenBack, now);
  if (releasing === undefined) {
    await noteStopped(db, caused, now);
    await hold(db, caused, after, now);
    await db
      .updateTable('feed_position')
      .set({ position: page.position, moved_at: now })
      .where('feed', '=', FEED)
      .execute();
  } else {
    await db
      .updateTable('staff_event_hold')
      .set({ position: page.position, ...(page.more ? {} : { settled_at: now }) })
      .where('id', '=', releasing)
      .execute();
  }
  const held = [...caused.held.values()].reduce((sum, people) => sum + people.size, 0);
  return { kind: 'applied', listIds, signals, held };
}

async function lockPosition(db: PassportDatabase, now: Date): Promise<string | null> {
  await db
    .insertInto('feed_position')
    .values({ feed: FEED, position: null, moved_at: now })
    .onConflict((conflict) => conflict.column('feed').doNothing())
    .execute();
  const { position } = await db
    .selectFrom('feed_position')
    .select('position')
    .where('feed', '=', FEED)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return position;
}

async function decide(
  db: PassportDatabase,
  events: readonly StaffEvent[],
  rules: ReactionRules,
  {
    changed,
    braked,
    now,
  }: {
    readonly changed: ReadonlySet<string>;
    readonly braked: CountHolders | undefined;
    readonly now: Date;
  },
): Promise<Caused> {
  const caused: Caused = {
    changes: [],
    signals: [],
    offers: [],
    offersTakenBack: new Set(),
    stopped: new Map(),
    held: new Map(),
  };
  if (events.length === 0) return caused;
  const credentials = await lockCredentials(db, events);
  const brake = braked && (await openBrake(db, braked, now));
  const unheard = new Set(changed);
  for (const event of events) {
    const { staffId, odsCode } = event;
    const person = credentials.get(staffId) ?? [];
    const reaction = rules.react(event, person, unheard);
    // A page was read at one moment: its next event about the same has no other news.
    for (const { sourceHash } of rules.sourcesOf(event)) unheard.delete(sourceHash);
    if (reaction.changes.some(({ to }) => to !== 'ACTIVE')) {
      if ((await brake?.holds(odsCode, staffId)) === true) {
        addTo(caused.held, odsCode, staffId);
        continue;
      }
      addTo(caused.stopped, odsCode, staffId);
    }
    caused.changes.push(...reaction.changes.map((one) => ({ ...one, because: event.type })));
    caused.signals.push(...reaction.signals.map((one) => toldBy(event, one)));
    caused.offers.push(...reaction.offers.map((one) => ({ ...one, staffId })));
    if (reaction.takesOffersBack === true) caused.offersTakenBack.add(staffId);
    // The next event of the page finds them as this one left them.
    const done = new Set(reaction.changes.map(({ credentialId }) => credentialId));
    credentials.set(
      staffId,
      person.filter(({ id }) => !done.has(id)),
    );
  }
  return caused;
}

const toldBy = (event: StaffEvent, signal: CausedSignal): SignalToWrite => ({
  ...signal,
  staffId: event.staffId,
  cause: event.type,
  happenedAt: event.at,
});

function addTo(people: Map<string, Set<string>>, odsCode: string, staffId: string): void {
  const known = people.get(odsCode) ?? new Set<string>();
  people.set(odsCode, known.add(staffId));
}

const credentialRow = z.object({
  id: z.string(),
  staff_id: z.string(),
  ods_code: z.string(),
  type: credentialType,
  state: storedState,
  version: z.number(),
  source_hash: z.string().nullable(),
  claims_hash: z.string(),
  actor: z.string().nullable(),
});

/** Kinds that an event may be about. */
const FOLLOWED = ['EMPLOYMENT_ASSIGNMENT', 'PROFESSIONAL_REGISTRATION', 'TRAINING_PLACEMENT'];
/** Who suspended what an event may reinstate. */
const ITSELF = 'lanyard-passport';

async function lockCredentials(
  db: PassportDatabase,
  events: readonly StaffEvent[],
): Promise<Map<string, readonly FollowedCredential[]>> {
  const idsOf = (some: readonly StaffEvent[]): string =>
    JSON.stringify([...new Set(some.map(({ staffId }) => staffId))]);
  const staffIds = idsOf(events);
  const deadIds = idsOf(events.filter(({ deceased }) => deceased));
  const { rows } = await sql`
    select credential.id, credential.staff_id, credential.ods_code, credential.type,
      credential.state, credential.version, credential.source_hash, credential.claims_hash,
      (select actor from passport.status_history history
        where history.credential_id = credential.id and history.version = credential.version) as actor
    from passport.credential
    where credential.staff_id in (select jsonb_array_elements_text(${staffIds}::jsonb))
      and (credential.type in ${sql`(${sql.join(FOLLOWED)})`}
        or credential.staff_id in (select jsonb_array_elements_text(${deadIds}::jsonb)))
      and (credential.state in ('ISSUING', 'ACTIVE', 'SUSPENDED')
        or (credential.type = 'TRAINING_PLACEMENT' and credential.state = 'REVOKED'
          and credential.reason = 'NO_LONGER_VALID'))
    order by credential.id
    for update of credential`.execute(db);
  const credentials = rows.map((row): FollowedCredential => {
    const one = credentialRow.parse(row);
    return {
      id: one.id,
      staffId: one.staff_id,
      odsCode: one.ods_code,
      type: one.type,
      state: one.state,
      version: one.version,
      claimsHash: one.claims_hash,
      suspendedByEvent: one.state === 'SUSPENDED' && one.actor === ITSELF,
      revokedByEvent: one.state === 'REVOKED' && one.actor === ITSELF,
      ...(one.source_hash === null ? {} : { sourceHash: one.source_hash }),
    };
  });
  return Map.groupBy(credentials, ({ staffId }) => staffId);
}

/** The brake of one page. */
async function openBrake(db: PassportDatabase, countHolders: CountHolders, now: Date) {
  const since = new Date(now.getTime() - BRAKE_WINDOW_MS);
  const sums = await db
    .selectFrom('feed_effect')
    .select((select) => ['ods_code', select.fn.sum<number | string>('people').as('people')])
    .where('at', '>', since)
    .groupBy('ods_code')
    .execute();
  const before = new Map(sums.map((row) => [row.ods_code, Number(row.people)]));
  const open = await db
    .selectFrom('staff_event_hold')
    .select('ods_code')
    .where('released_at', 'is', null)
    .execute();
  const waiting = new Set(open.map((row) => row.ods_code));
  const counted = new Map<string, Set<string>>();
  let people: Promise<number> | undefined;
  const total = (): number =>
    [...before.values()].reduce((sum, count) => sum + count, 0) +
    [...counted.values()].reduce((sum, ids) => sum + ids.size, 0);
  return {
    holds: async (odsCode: string, staffId: string): Promise<boolean> => {
      if (waiting.has(odsCode)) return true;
      const known = counted.get(odsCode) ?? new Set<string>();
      if (known.has(staffId)) return false;
      const own = (before.get(odsCode) ?? 0) + known.size + 1;
      if (await mustWait({ own, total: total() + 1 }, () => (people ??= countHolders(db, now)))) {
        waiting.add(odsCode);
        return true;
      }
      counted.set(odsCode, known.add(staffId));
      return false;
    },
  };
}

function holderCount(): CountHolders {
  let kept: { readonly people: number; readonly at: number } | undefined;
  return async (db, now) => {
    if (kept !== undefined && Math.abs(now.getTime() - kept.at) < HOLDERS_KEPT_MS) {
      return kept.people;
    }
    // For this transaction. With the usual limit a count that takes longer would stop the feed for good.
    await sql`select set_config('statement_timeout', ${String(HOLDERS_TIMEOUT_MS)}, true)`.execute(
      db,
    );
    const { rows } = await sql<{ people: number }>`
      select count(distinct staff_id)::int as people from passport.credential
      where state in ('ACTIVE', 'SUSPENDED')`.execute(db);
    kept = { people: rows[0]?.people ?? 0, at: now.getTime() };
    return kept.people;
  };
}

async function noteStopped(db: PassportDatabase, { stopped }: Caused, now: Date): Promise<void> {
  if (stopped.size === 0) return;
  await db
    .insertInto('feed_effect')
    .values([...stopped].map(([ods_code, people]) => ({ ods_code, people: people.size, at: now })))
    .execute();
}

/** Notes what waits. The feed goes on; what waits is read again from before this page once it is released. */
async function hold(
  db: PassportDatabase,
  { held }: Caused,
  after: string | undefined,
  now: Date,
): Promise<void> {
  for (const [odsCode, people] of held) {
    const { id } = await db
      .insertInto('staff_event_hold')
      .values({
        id: newHoldId(),
        ods_code: odsCode,
        held_at: now,
        people: people.size,
        position: after ?? null,
      })
      .onConflict((conflict) =>
        conflict
          .column('ods_code')
          .where('released_at', 'is', null)
          // Whoever approved it approved of fewer people.
          .doUpdateSet((eb) => ({
            people: eb('staff_event_hold.people', '+', people.size),
            approved_at: null,
            approved_by: null,
          })),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    await writeAudit(db, [
      {
        at: now,
        by: { subject: ITSELF },
        action: 'staff-events.held',
        subject: id,
        odsCode,
        details: { people: people.size },
      },
    ]);
  }
}

async function takeOffersBack(
  db: PassportDatabase,
  staffIds: ReadonlySet<string>,
  now: Date,
): Promise<void> {
  if (staffIds.size === 0) return;
  await db
    .updateTable('due_offer')
    .set({ done_at: now, outcome: 'STAFF_MEMBER_DECEASED', sealed_attestation: null })
    .where('staff_id', 'in', [...staffIds])
    .where('done_at', 'is', null)
    .execute();
  await db
    .updateTable('offer')
    .set({ dead_at: now })
    .where('staff_id', 'in', [...staffIds])
    .where('dead_at', 'is', null)
    .where('expires_at', '>', now)
    .execute();
}

async function writeDueOffers(
  db: PassportDatabase,
  offers: Caused['offers'],
  rules: ReactionRules,
  now: Date,
): Promise<void> {
  if (offers.length === 0) return;
  await db
    .insertInto('due_offer')
    .values(
      offers.map(({ staffId, odsCode, type, attestation }) => {
        const id = newDueOfferId();
        return {
          id,
          staff_id: staffId,
          ods_code: odsCode,
          type,
          sealed_attestation: attestation === undefined ? null : rules.seal(attestation, id),
          due_at: now,
          next_attempt_at: now,
        };
      }),
    )
    .execute();
}
