/**
 * Asking the published, signed list about a credential, as any verifier would.
 *
 * Source: draft-ietf-oauth-status-list, section 8.3.
 */
import { StandardError } from '../../../standards/standard-error.ts';
import {
  type VerifiedStatusList,
  verifyStatusListToken,
} from '../../../standards/status-list/status-list-token.ts';
import { readStatus } from '../../../standards/status-list/status-list.ts';
import type { PresentationRules } from '../../../standards/sd-jwt-vc/verify-presentation.ts';
import type { Addresses } from './addresses.ts';
import type { Clock } from './ports/clock.ts';
import type { IssuerKeys } from './ports/keys.ts';
import type { PublishedList } from './ports/status-lists.ts';
import type { StatusListPublisher } from './status-list-publisher.ts';

/** What reading a status needs. */
export interface StatusReadingParts {
  readonly publisher: Pick<StatusListPublisher, 'find'>;
  readonly keys: Pick<IssuerKeys, 'find'>;
  readonly addresses: Addresses;
  readonly now: Clock;
  /** A list signed longer ago than this says nothing about now, in seconds; its `ttl` and a minute unless told. */
  readonly maxAgeSeconds?: number | undefined;
}

/** What a list may be late beyond its `ttl`, in seconds. */
const GRACE_SECONDS = 60;
/** Most lists kept unpacked, 256 kB each; the one that was not asked for longest goes first. */
const UNPACKED_KEPT = 64;
/** Most lists whose highest version is remembered. */
const VERSIONS_KEPT = 50_000;

/** Creates the function that verification asks. */
export function statusReader(
  parts: StatusReadingParts,
): NonNullable<PresentationRules['readStatus']> {
  const { publisher, keys, addresses, now, maxAgeSeconds } = parts;
  const unpacked = new Map<string, { readonly token: string; readonly list: VerifiedStatusList }>();
  const highest = new Map<string, number>();

  const unpack = async (published: PublishedList): Promise<VerifiedStatusList> => {
    const kept = unpacked.get(published.id);
    if (kept?.token === published.token) {
      keep(unpacked, published.id, kept, UNPACKED_KEPT);
      return kept.list;
    }
    const list = await verifyStatusListToken(published.token, {
      uri: addresses.statusList(published.id),
      now: now(),
      key: async ({ kid }) => {
        const key =
          typeof kid === 'string'
            ? await keys.find(published.odsCode, 'status-list', kid)
            : undefined;
        if (key === undefined)
          throw new StandardError('key_unsuitable', 'not the issuer’s list key');
        return key;
      },
    });
    keep(unpacked, published.id, { token: published.token, list }, UNPACKED_KEPT);
    return list;
  };

  return async ({ uri, index }) => {
    const listId = addresses.listIdOfStatusList(uri);
    if (listId === undefined) return { kind: 'cannot-check', reason: 'invalid' };
    const published = await publisher.find(listId);
    if (published === undefined) return { kind: 'cannot-check', reason: 'unreachable' };
    let list: VerifiedStatusList;
    try {
      list = await unpack(published);
    } catch (error) {
      if (!(error instanceof StandardError)) throw error;
      const stale = error.code === 'status_list_token_expired';
      return { kind: 'cannot-check', reason: stale ? 'stale' : 'invalid' };
    }
    const version = list.version ?? 0;
    if (version < (highest.get(listId) ?? 0)) {
      return { kind: 'cannot-check', reason: 'rolled_back' };
    }
    keep(highest, listId, version, VERSIONS_KEPT);
    const age = (now().getTime() - list.issuedAt.getTime()) / 1000;
    const oldest = maxAgeSeconds ?? list.ttlSeconds + GRACE_SECONDS;
    // What is kept unpacked was checked when it was read; it runs out all the same.
    if (age > oldest || list.expiresAt <= now()) return { kind: 'cannot-check', reason: 'stale' };
    try {
      return { kind: 'status', status: readStatus(list.list, index), asOf: list.issuedAt };
    } catch {
      return { kind: 'cannot-check', reason: 'index_out_of_range' };
    }
  };
}

/** Puts an entry last, and drops the first when there are too many. */
function keep<Value>(entries: Map<string, Value>, name: string, value: Value, most: number): void {
  entries.delete(name);
  const [oldest] = entries.keys();
  if (entries.size >= most && oldest !== undefined) entries.delete(oldest);
  entries.set(name, value);
}
