/**
 * Keeps the copy of the directory like the directory. What the directory no longer has is marked as gone only after a
 * complete answer, only when it is little, and only when a look-up of each account says so too: an outage never looks
 * like everybody has left.
 */
import type { AccountStore, SourcedEntry } from './account-store.ts';
import type { DirectoryFeed, FeedItem, FeedWay } from './directory-feed.ts';
import { followTimes } from './follow-times.ts';
import type { DirectoryRead, ReadKind, SyncJournal, SyncState } from './sync-journal.ts';

/** What a round needs. */
export interface SyncParts {
  readonly feed: DirectoryFeed;
  readonly journal: SyncJournal;
  readonly accounts: Pick<AccountStore, 'markGone'>;
  readonly now: () => Date;
  readonly limits: SyncLimits;
}

/** Settings of rounds. */
export interface SyncLimits {
  /** Share of the accounts that may be marked as gone in one round without a person, 0 to 1. */
  readonly mostGone: number;
  /** Milliseconds after which everything is read again. */
  readonly wholeEveryMs: number;
  /** Milliseconds by which a change may come to light later than its time says. */
  readonly overlapMs: number;
}

/** What somebody asked for. */
export interface SyncRequest {
  /** Everything, though it is not due. */
  readonly whole?: boolean;
  /** The process has just started: a directory that cannot be followed is read whole. */
  readonly starting?: boolean;
  /** In place of the share that may go without a person, and who said so. */
  readonly approval?: { readonly mostGone: number; readonly by: string };
}

/** What a round came to. */
export type SyncOutcome =
  /** Another process reads. */
  | { readonly kind: 'busy' }
  /** Nothing is due. */
  | { readonly kind: 'idle' }
  | {
      /** Held: more is missing than may go without a person. Nothing was marked. */
      readonly kind: 'done' | 'held';
      readonly read: ReadKind;
      /** Accounts that the directory named. */
      readonly entries: number;
      readonly changed: number;
      /** Accounts that another source has. */
      readonly refused: number;
      /** Accounts that the directory did not name. */
      readonly missing: number;
      /** Of these, marked as gone. */
      readonly gone: number;
    };

type Plan =
  | { readonly kind: 'WHOLE' }
  | {
      readonly kind: 'CHANGES';
      readonly after: { readonly cookie: string } | { readonly modifiedFrom: Date };
    };

/** Accounts written in one transaction. */
const BATCH = 1_000;
/** Accounts looked up at once before they are marked. */
const LOOKED_UP = 500;

/** One round: reads what is due and writes it. Running it again changes nothing. */
export async function syncDirectory(request: SyncRequest, parts: SyncParts): Promise<SyncOutcome> {
  const { feed, journal, now, limits } = parts;
  const state = await journal.hold();
  if (state === undefined) return { kind: 'busy' };
  try {
    const way = await feed.way();
    const whole = request.whole ?? (request.starting === true && way === 'WHOLE_ONLY');
    const plan = planRound({ state, way, whole, limits, now: now() });
    if (plan === undefined) return { kind: 'idle' };
    const outcome = await round({ plan, way, state, request }, parts);
    if (outcome !== 'refresh-required') return outcome;
    const again = await round({ plan: { kind: 'WHOLE' }, way, state, request }, parts);
    if (again === 'refresh-required') throw new Error('the directory wants to be read whole twice');
    return again;
  } finally {
    await journal.release();
  }
}

function planRound(options: {
  readonly state: SyncState;
  readonly way: FeedWay;
  readonly whole: boolean;
  readonly limits: SyncLimits;
  readonly now: Date;
}): Plan | undefined {
  const { state, way, whole, limits, now } = options;
  const last = state.wholeTriedAt?.getTime() ?? -Infinity;
  if (whole || now.getTime() - last >= limits.wholeEveryMs) return { kind: 'WHOLE' };
  if (way === 'CONTENT_SYNC' && state.cookie !== undefined) {
    return { kind: 'CHANGES', after: { cookie: state.cookie } };
  }
  return way === 'TIMES' && state.times !== undefined
    ? { kind: 'CHANGES', after: { modifiedFrom: state.times.readFrom } }
    : undefined;
}

interface Round {
  readonly plan: Plan;
  readonly way: FeedWay;
  readonly state: SyncState;
  readonly request: SyncRequest;
}

async function round(
  { plan, way, state, request }: Round,
  parts: SyncParts,
): Promise<SyncOutcome | 'refresh-required'> {
  const { feed, journal, now } = parts;
  const by = request.approval?.by;
  const read = await journal.begin(
    {
      kind: plan.kind,
      resume: way === 'TIMES',
      ...(by === undefined ? {} : { approvedBy: by }),
    },
    now(),
  );
  try {
    const items =
      plan.kind === 'WHOLE' ? feed.readAll(way, read.position) : feed.readChanges(plan.after);
    const heard = await take(items, read, parts);
    if (heard === 'refresh-required') {
      await journal.fail(read, heard, now());
      return heard;
    }
    const left = await findGone({ heard, plan, read, request }, parts);
    const times = followTimes(state.times, {
      latest: heard.latest,
      startedAt: read.startedAt,
      now: now(),
      overlapMs: parts.limits.overlapMs,
    });
    const complete = left.kind === 'done';
    if (complete) await parts.accounts.markGone('ldap', left.gone, now());
    const { entries, changed, refused, cookie } = heard;
    await journal.end(read, {
      state: complete ? 'DONE' : 'HELD',
      missing: left.missing,
      gone: complete ? left.gone.length : 0,
      at: now(),
      follows: {
        // What was held has to be told again.
        ...(complete && cookie !== undefined ? { cookie } : {}),
        ...(times === undefined ? {} : { times }),
        ...(plan.kind === 'WHOLE' ? { wholeTriedAt: now() } : {}),
      },
      ...(complete ? { asOf: read.startedAt } : { reason: left.reason }),
    });
    return {
      kind: left.kind,
      read: plan.kind,
      entries,
      changed,
      refused,
      missing: left.missing,
      gone: complete ? left.gone.length : 0,
    };
  } catch (error) {
    await journal.fail(read, codeOf(error), now()).catch(() => undefined);
    throw error;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'failed';

interface Heard {
  readonly entries: number;
  /** Entries that were named as unchanged. */
  readonly unchanged: number;
  readonly changed: number;
  readonly refused: number;
  readonly latest: Date | undefined;
  readonly deleted: readonly string[];
  readonly everything: boolean;
  readonly cookie: string | undefined;
}

/** Writes what the directory says as it comes, a batch at a time. */
async function take(
  items: AsyncIterable<FeedItem>,
  read: DirectoryRead,
  { journal, now }: SyncParts,
): Promise<Heard | 'refresh-required'> {
  let entries: SourcedEntry[] = [];
  let unchanged: string[] = [];
  const deleted: string[] = [];
  const counts = { entries: 0, unchanged: 0, changed: 0, refused: 0 };
  let latest: Date | undefined;
  let end: Extract<FeedItem, { kind: 'end' }> | undefined;
  const flush = async (position?: Date): Promise<void> => {
    if (entries.length + unchanged.length === 0 && position === undefined) return;
    const batch = {
      entries,
      unchanged,
      at: now(),
      ...(position === undefined ? {} : { position }),
    };
    const { changed, refused } = await journal.write(read, batch);
    counts.entries += entries.length;
    counts.unchanged += unchanged.length;
    counts.changed += changed.length;
    counts.refused += refused.length;
    entries = [];
    unchanged = [];
  };
  for await (const item of items) {
    switch (item.kind) {
      case 'account': {
        const { modifiedAt } = item;
        entries.push(item.sourced);
        if (modifiedAt !== undefined && (latest === undefined || modifiedAt > latest)) {
          latest = modifiedAt;
        }
        break;
      }
      case 'unchanged':
        unchanged.push(...item.sourceKeys);
        break;
      case 'deleted':
        deleted.push(...item.sourceKeys);
        break;
      case 'reached':
        await flush(item.position);
        break;
      case 'refresh-required':
        return item.kind;
      case 'end':
        end = item;
    }
    if (entries.length >= BATCH || unchanged.length >= BATCH) await flush();
  }
  await flush();
  if (end === undefined) throw new Error('the answer of the directory has no end');
  return { ...counts, latest, deleted, everything: end.everything, cookie: end.cookie };
}

type Left =
  | { readonly kind: 'done'; readonly missing: number; readonly gone: readonly string[] }
  | { readonly kind: 'held'; readonly missing: number; readonly reason: string };

/** Which accounts are there no more, or that it cannot be believed. */
async function findGone(
  {
    heard,
    plan,
    read,
    request,
  }: {
    readonly heard: Heard;
    readonly plan: Plan;
    readonly read: DirectoryRead;
    readonly request: SyncRequest;
  },
  { feed, journal, limits }: SyncParts,
): Promise<Left> {
  const everything = plan.kind === 'WHOLE' || heard.everything;
  if (!everything && heard.deleted.length === 0) return { kind: 'done', missing: 0, gone: [] };
  const known = await journal.countKnown();
  const limit = Math.max(1, Math.floor(known * (request.approval?.mostGone ?? limits.mostGone)));
  const { count, ids } = everything
    ? await journal.findMissing(read, limit)
    : await named(heard.deleted, journal);
  if (count === 0) return { kind: 'done', missing: 0, gone: [] };
  if (everything && heard.entries + heard.unchanged === 0) {
    return { kind: 'held', missing: count, reason: 'empty' };
  }
  if (count > limit) return { kind: 'held', missing: count, reason: 'too_many_missing' };
  const gone: string[] = [];
  for (let from = 0; from < ids.length; from += LOOKED_UP) {
    const some = ids.slice(from, from + LOOKED_UP);
    const present = await feed.findPresent(some);
    gone.push(...some.filter((id) => !present.has(id)));
  }
  return { kind: 'done', missing: count, gone };
}

async function named(deleted: readonly string[], journal: SyncJournal) {
  const ids = await journal.findBySourceKeys(deleted);
  return { count: ids.length, ids };
}
