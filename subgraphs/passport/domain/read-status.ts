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
}

/** A list that was signed longer ago than its `ttl` and this many seconds says nothing about now. */
const GRACE_SECONDS = 60;
/** Most lists kept unpacked. */
const KEPT = 64;

/** Creates the function that verification asks. */
export function statusReader(
  parts: StatusReadingParts,
): NonNullable<PresentationRules['readStatus']> {
  const { publisher, keys, addresses, now } = parts;
  const unpacked = new Map<
    string,
    { readonly version: number; readonly list: VerifiedStatusList }
  >();

  const unpack = async (published: PublishedList): Promise<VerifiedStatusList> => {
    const kept = unpacked.get(published.id);
    if (kept?.version === published.version) return kept.list;
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
    if (unpacked.size >= KEPT) unpacked.clear();
    unpacked.set(published.id, { version: published.version, list });
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
    const age = (now().getTime() - list.issuedAt.getTime()) / 1000;
    if (age > list.ttlSeconds + GRACE_SECONDS) return { kind: 'cannot-check', reason: 'stale' };
    try {
      return { kind: 'status', status: readStatus(list.list, index), asOf: list.issuedAt };
    } catch {
      return { kind: 'cannot-check', reason: 'index_out_of_range' };
    }
  };
}
