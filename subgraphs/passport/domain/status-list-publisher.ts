/**
 * Publishing status lists: the record is the truth, the signed list follows it, and an older list never replaces a newer,
 * not even when the record itself has gone back in time.
 *
 * Source: draft-ietf-oauth-status-list, sections 5.1, 7.1 and 8.
 */
import {
  signStatusListToken,
  verifyStatusListToken,
} from '../../../standards/status-list/status-list-token.ts';
import type { Addresses } from './addresses.ts';
import { liveVersions } from './live-versions.ts';
import { BITS, type PackedStatuses, packedStatuses } from './packed-statuses.ts';
import type { Clock } from './ports/clock.ts';
import type { IssuerKeys } from './ports/keys.ts';
import type {
  ListSource,
  ListSummary,
  LiveLists,
  PublishedList,
  ReadSoFar,
  StatusHints,
  StatusListStore,
} from './ports/status-lists.ts';

/** How long a copy may be kept, in seconds: the token's `ttl`. */
export const LIST_TTL_SECONDS = 15;
/** How long a token counts, in milliseconds: until its `exp`. */
const LIFETIME_MS = 3_600_000;
/** A list is signed again after this long even when nothing changed, in milliseconds. */
const SIGN_AGAIN_MS = 30_000;
/** How often another replica may be faster before we leave it to the next round. */
const ATTEMPTS = 5;
/** How many lists are published side by side. */
const AT_ONCE = 4;
/** How often lists that are held back are reported, in milliseconds. */
const REPORT_EVERY_MS = 60_000;
/** Lists kept unpacked, about 300 kB each. Others are read whole when they change. */
const UNPACKED_KEPT = 256;

/** The store has gone back in time: somebody restored an old copy. Nothing is published until an operator has acted. */
export class StatusListRollback extends Error {
  override readonly name = 'StatusListRollback';
  readonly code = 'status_list_rollback';
}

/** A trust has no list for new credentials, and none can be opened. */
class NoOpenStatusList extends Error {
  override readonly name = 'NoOpenStatusList';
  readonly code = 'unavailable';
}

/** What publishing needs. */
export interface PublishingParts {
  readonly lists: StatusListStore;
  readonly keys: IssuerKeys;
  readonly hints: StatusHints;
  readonly live: LiveLists;
  readonly addresses: Addresses;
  readonly now: Clock;
  /** How many times a trust issues here before its open lists are looked at again. */
  readonly tendEvery: number;
  /** Told of a failure that the next round may mend. */
  readonly report: (error: unknown) => void;
}

/** Publishes status lists, and keeps the last token of each in memory. */
export interface StatusListPublisher {
  /** Makes sure that a trust has lists for new credentials, that they are published, and that nothing newer is live. */
  ensureOpen(odsCode: string): Promise<void>;
  /** Publishes one list as the record stands. Failures are reported, not thrown: the next round tries again. */
  publish(listId: string): Promise<void>;
  /** One round: publishes what is due and takes over what other replicas published. */
  round(): Promise<void>;
  /** Takes over what another replica published. */
  refresh(listId: string): Promise<void>;
  /** The newest token known, from memory, or from the store when memory has none. */
  find(listId: string): Promise<PublishedList | undefined>;
  /** The newest token in memory. */
  peek(listId: string): PublishedList | undefined;
  /** The ids of a trust's published lists, those that are closed for new credentials included. */
  listsOf(odsCode: string): Promise<readonly string[]>;
  /** How many lists are held back because something newer is live than the record knows. */
  held(): number;
}

/** What this process packed of a list last. */
interface Packed extends ReadSoFar {
  readonly lst: string;
}

/** Creates a publisher. */
export function statusListPublisher(parts: PublishingParts): StatusListPublisher {
  const { lists, keys, hints, live, addresses, now, report } = parts;
  const versions = liveVersions(parts);
  const known = new Map<string, PublishedList>();
  const packed = new Map<string, Packed>();
  const unpacked = new Map<string, PackedStatuses>();
  const held = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();
  const issuedSince = new Map<string, number>();
  /** Whether memory holds every list. */
  let complete = false;
  let reportedAt = 0;
  /** When the first list that is held back was found to be behind. */
  let wentBackAt: Date | undefined;

  const adopt = (list: PublishedList | undefined): void => {
    if (list === undefined || list.version <= (known.get(list.id)?.version ?? 0)) return;
    known.set(list.id, list);
    versions.see(list.id, list.version);
  };

  /** Holds a list back when the store is behind what is live. The store decides: versions rise while we look. */
  const hold = async (listId: string): Promise<boolean> => {
    const version = versions.highest(listId);
    const at = held.size === 0 ? now() : (wentBackAt ?? now());
    if (!(await lists.hold(listId, version, at))) return false;
    wentBackAt = at;
    packed.delete(listId);
    if (!held.has(listId)) report(rollback(listId));
    held.add(listId);
    return true;
  };

  const rollback = (listId: string): StatusListRollback =>
    new StatusListRollback(
      `status list ${listId}: version ${String(versions.highest(listId))} is live, and the record is older`,
    );

  const publishOnce = async (listId: string): Promise<boolean> => {
    adopt(await versions.look(listId));
    const seen = versions.highest(listId);
    const source = await read(listId);
    if (source === undefined) return true;
    if (source.liveVersion !== undefined) {
      held.add(listId);
      throw rollback(listId);
    }
    held.delete(listId);
    if (source.version < seen) return hold(listId);
    if (isCurrent(source)) {
      await refresh(listId);
      return true;
    }
    const list = await sign(source, await pack(source));
    if (!(await lists.publish(list, source.version, source.changes))) return false;
    adopt(list);
    await Promise.all([hints.announce(listId), live.note(list)]).catch(report);
    return true;
  };

  const isCurrent = ({ publishedChanges, changes, signedAt }: ListSource): boolean =>
    publishedChanges === changes &&
    signedAt !== undefined &&
    signedAt.getTime() > now().getTime() - SIGN_AGAIN_MS;

  /** What changed since it was packed here; all of it when the packed statuses were given up for room. */
  const read = async (listId: string): Promise<ListSource | undefined> => {
    const source = await lists.read(listId, packed.get(listId));
    const usable = source?.whole !== false || source.statuses.length === 0 || unpacked.has(listId);
    return usable ? source : lists.read(listId);
  };

  const pack = async ({ id, size, epoch, changes, ...source }: ListSource): Promise<string> => {
    const before = packed.get(id);
    if (before !== undefined && !source.whole && source.statuses.length === 0) return before.lst;
    const statuses = (source.whole ? undefined : unpacked.get(id)) ?? packedStatuses(size);
    const lst = await statuses.apply(source.statuses);
    unpacked.delete(id);
    const [oldest] = unpacked.keys();
    if (unpacked.size >= UNPACKED_KEPT && oldest !== undefined) unpacked.delete(oldest);
    unpacked.set(id, statuses);
    packed.set(id, { epoch, changes, lst });
    return lst;
  };

  const sign = async (source: ListSource, lst: string): Promise<PublishedList> => {
    const signedAt = now();
    const expiresAt = new Date(signedAt.getTime() + LIFETIME_MS);
    const uri = addresses.statusList(source.id);
    const signer = await keys.signer(source.odsCode, 'status-list');
    const token = await signStatusListToken(
      {
        uri,
        issuedAt: signedAt,
        expiresAt,
        ttlSeconds: LIST_TTL_SECONDS,
        aggregationUri: addresses.statusLists(source.odsCode),
        version: source.version + 1,
        bits: BITS,
        lst,
      },
      signer,
    );
    // What cannot be verified is not published.
    await verifyStatusListToken(token, {
      uri,
      now: signedAt,
      key: async () => {
        const key = await keys.find(source.odsCode, 'status-list', signer.kid);
        if (key === undefined) throw new Error('the status list key is not published');
        return key;
      },
    });
    const { id, odsCode } = source;
    return { id, odsCode, version: source.version + 1, token, signedAt, expiresAt };
  };

  /** One at a time for each list: calls that come while one works are all served by one that starts later. */
  const publishNow = (listId: string): Promise<void> => {
    const next = waiting.get(listId);
    if (next !== undefined) return next;
    const before = running.get(listId);
    if (before === undefined) return start(listId);
    const run = before
      .catch(() => undefined)
      .then(() => {
        waiting.delete(listId);
        return start(listId);
      });
    waiting.set(listId, run);
    return run;
  };
  const start = (listId: string): Promise<void> => {
    const run = (async () => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        if (await publishOnce(listId)) return;
      }
    })().finally(() => running.delete(listId));
    running.set(listId, run);
    return run;
  };

  const refresh = async (listId: string): Promise<void> => {
    const list = await lists.findPublished(listId);
    if (list === undefined) return;
    adopt(await versions.firstLook(listId));
    if (list.version >= versions.highest(listId)) adopt(list);
    else await hold(listId);
  };

  /** Makes a list fit for new credentials. False when it must not be used. */
  const prepare = async ({ id, version }: ListSummary): Promise<boolean> => {
    if (version === 0) await publishNow(id);
    adopt(await versions.firstLook(id));
    return version === 0 || version >= versions.highest(id) || !(await hold(id));
  };

  /** Whether every open list of a trust, and at least one, is fit for new credentials. */
  const allFit = async (odsCode: string): Promise<boolean> => {
    const open = (await lists.summaries(odsCode)).filter((list) => list.open);
    const fit = await Promise.all(open.map(prepare));
    return fit.length > 0 && fit.every(Boolean);
  };

  const reportHeld = (): void => {
    if (held.size === 0 || now().getTime() - reportedAt < REPORT_EVERY_MS) return;
    reportedAt = now().getTime();
    report(
      new StatusListRollback(
        `${String(held.size)} status lists are held back: the record is older than what is live`,
      ),
    );
  };

  return {
    async ensureOpen(odsCode) {
      const since = issuedSince.get(odsCode) ?? parts.tendEvery;
      issuedSince.set(odsCode, since >= parts.tendEvery ? 1 : since + 1);
      if (since >= parts.tendEvery) await lists.tend(odsCode, now());
      if (await allFit(odsCode)) return;
      await lists.tend(odsCode, now());
      if (!(await allFit(odsCode))) throw new NoOpenStatusList('there is no open status list');
    },
    publish: (listId) => publishNow(listId).catch(report),
    async round() {
      const due = await lists.findDue(new Date(now().getTime() - SIGN_AGAIN_MS));
      for (let at = 0; at < due.length; at += AT_ONCE) {
        await Promise.all(due.slice(at, at + AT_ONCE).map((id) => publishNow(id).catch(report)));
      }
      const summaries = await lists.summaries();
      for (const { id, version, liveVersion } of summaries) {
        if (liveVersion !== undefined) {
          held.add(id);
          adopt(await versions.firstLook(id));
        } else {
          held.delete(id);
          if (version > (known.get(id)?.version ?? 0)) await refresh(id);
          else if (version < versions.highest(id)) await hold(id);
        }
      }
      if (!complete) {
        // Lists that a restored record does not know at all.
        const recorded = new Set(summaries.map(({ id }) => id));
        for (const id of await live.ids()) {
          if (recorded.has(id)) continue;
          adopt(await versions.firstLook(id));
          if (versions.highest(id) > 0) held.add(id);
        }
      }
      complete = true;
      reportHeld();
    },
    refresh,
    async find(listId) {
      if (!known.has(listId)) await refresh(listId);
      return known.get(listId);
    },
    peek: (listId) => known.get(listId),
    async listsOf(odsCode) {
      const inMemory = [...known.values()].filter((list) => list.odsCode === odsCode);
      if (complete) return inMemory.map(({ id }) => id);
      const recorded = await lists.summaries(odsCode);
      return recorded.filter(({ version }) => version > 0).map(({ id }) => id);
    },
    held: () => held.size,
  };
}
