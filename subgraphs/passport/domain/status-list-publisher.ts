/**
 * Publishing status lists: the record is the truth, the signed list follows it, and an older list never replaces a newer.
 *
 * Source: draft-ietf-oauth-status-list, sections 5.1, 7.1 and 8.
 */
import { STATUS } from '../../../standards/status-list/status-list.ts';
import {
  createStatusListCompressor,
  type StatusListCompressor,
} from '../../../standards/status-list/status-list-compressor.ts';
import {
  signStatusListToken,
  verifyStatusListToken,
} from '../../../standards/status-list/status-list-token.ts';
import type { Addresses } from './addresses.ts';
import type { Clock } from './ports/clock.ts';
import type { IssuerKeys } from './ports/keys.ts';
import type {
  ListSource,
  PublishedList,
  StatusHints,
  StatusListStore,
} from './ports/status-lists.ts';

/** How long a copy may be kept, in seconds: the token's `ttl`. */
export const LIST_TTL_SECONDS = 15;
/** How long a token counts, in milliseconds: until its `exp`. */
const LIFETIME_MS = 3_600_000;
/** A list is signed again after this long even when nothing changed, in milliseconds. */
const SIGN_AGAIN_MS = 30_000;
/** Bits for one status: valid, revoked and suspended need two. */
const BITS = 2;
/** How often another replica may be faster before we leave it to the next round. */
const ATTEMPTS = 5;

/** The store has gone back in time: somebody restored an old copy. */
export class StatusListRollback extends Error {
  override readonly name = 'StatusListRollback';
  readonly code = 'status_list_rollback';
}

/** What publishing needs. */
export interface PublishingParts {
  readonly lists: StatusListStore;
  readonly keys: IssuerKeys;
  readonly hints: StatusHints;
  readonly addresses: Addresses;
  readonly now: Clock;
  /** Told of a failure that the next round may mend. */
  readonly report: (error: unknown) => void;
}

/** Publishes status lists, and keeps the last token of each in memory. */
export interface StatusListPublisher {
  /** Makes sure that a trust has a list for new credentials, and that it is published. */
  ensureOpen(odsCode: string): Promise<void>;
  /** Publishes one list as the record stands. Failures are reported, not thrown: the next round tries again. */
  publish(listId: string): Promise<void>;
  /** One round: publishes what is due and takes over what other replicas published. */
  round(): Promise<void>;
  /** Takes over what another replica published. */
  refresh(listId: string): Promise<void>;
  /** The newest token known, from memory, or from the store when memory has none. */
  find(listId: string): Promise<PublishedList | undefined>;
}

/** Creates a publisher. */
export function statusListPublisher(parts: PublishingParts): StatusListPublisher {
  const { lists, keys, hints, addresses, now, report } = parts;
  const known = new Map<string, PublishedList>();
  const compressors = new Map<string, Compressed>();
  const working = new Map<string, Promise<void>>();

  const adopt = (list: PublishedList): void => {
    if (list.version > (known.get(list.id)?.version ?? 0)) known.set(list.id, list);
  };

  const publishOnce = async (listId: string): Promise<boolean> => {
    const source = await lists.read(listId);
    if (source === undefined) return true;
    if (source.version < (known.get(listId)?.version ?? 0)) {
      throw new StatusListRollback('the stored list is older than the one that was published');
    }
    const list = await sign(source);
    if (!(await lists.publish(list, source.version, source.changes))) return false;
    adopt(list);
    await hints.announce(listId).catch(report);
    return true;
  };

  const sign = async (source: ListSource): Promise<PublishedList> => {
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
        version: source.version + 1,
        bits: BITS,
        lst: compress(compressors, source),
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

  /** One at a time for each list: a call that comes while another works is served by a run that starts later. */
  const publishNow = async (listId: string): Promise<void> => {
    const before = working.get(listId) ?? Promise.resolve();
    const run = before
      .catch(() => undefined)
      .then(async () => {
        for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
          if (await publishOnce(listId)) return;
        }
      });
    working.set(listId, run);
    await run.finally(() => {
      if (working.get(listId) === run) working.delete(listId);
    });
  };

  const refresh = async (listId: string): Promise<void> => {
    const list = await lists.findPublished(listId);
    if (list !== undefined) adopt(list);
  };

  return {
    async ensureOpen(odsCode) {
      const id = await lists.ensureOpen(odsCode);
      if (known.has(id)) return;
      await refresh(id);
      if (!known.has(id)) await publishNow(id);
    },
    publish: (listId) => publishNow(listId).catch(report),
    async round() {
      const due = await lists.findDue(new Date(now().getTime() - SIGN_AGAIN_MS));
      for (const id of due) await publishNow(id).catch(report);
      for (const { id, version } of await lists.versions()) {
        if (version > (known.get(id)?.version ?? 0)) await refresh(id);
      }
    },
    refresh,
    async find(listId) {
      if (!known.has(listId)) await refresh(listId);
      return known.get(listId);
    },
  };
}

/** A compressor and what is in it, so that the next publication applies only what changed. */
interface Compressed {
  readonly compressor: StatusListCompressor;
  statuses: ReadonlyMap<number, number>;
}

function compress(kept: Map<string, Compressed>, { id, size, statuses }: ListSource): string {
  let compressed = kept.get(id);
  if (compressed === undefined) {
    compressed = {
      compressor: createStatusListCompressor({ bits: BITS, size }),
      statuses: new Map(),
    };
    kept.set(id, compressed);
  }
  const { compressor, statuses: before } = compressed;
  const after = new Map(statuses.map(({ index, status }) => [index, status]));
  for (const [index, status] of after) {
    if (before.get(index) !== status) compressor.set(index, status);
  }
  for (const index of before.keys()) if (!after.has(index)) compressor.set(index, STATUS.valid);
  compressed.statuses = after;
  return compressor.lst();
}
