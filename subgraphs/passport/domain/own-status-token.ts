/**
 * Status list tokens that come back from outside: noted by a replica, served at the public address, or kept by an
 * operator. Whoever they come from, they are ours when our key signed them.
 */
import { splitCompactJws } from '../../../standards/compact-jws.ts';
import { StandardError } from '../../../standards/standard-error.ts';
import {
  type VerifiedStatusList,
  verifyStatusListToken,
} from '../../../standards/status-list/status-list-token.ts';
import type { Addresses } from './addresses.ts';
import type { IssuerKeys } from './ports/keys.ts';
import type { PublishedList } from './ports/status-lists.ts';

/** What checking needs. */
export interface OwnTokenParts {
  readonly keys: Pick<IssuerKeys, 'find'>;
  readonly addresses: Addresses;
}

/** A token that our key signed, whenever that was. */
export interface OwnToken extends PublishedList {
  readonly list: VerifiedStatusList['list'];
}

/** Longest token read, in characters. */
const MAX_LENGTH = 32 * 2 ** 20;

/**
 * Checks that a token is one of ours, and what it says. It may have run out: it was live once.
 *
 * @param odsCode the issuing trust, when it is known from elsewhere; otherwise the token's own word is taken and checked
 * @throws {StandardError} when it is not a token of ours with a version
 */
export async function readOwnToken(
  token: string,
  { keys, addresses }: OwnTokenParts,
  odsCode?: string,
): Promise<OwnToken> {
  const { payload } = splitCompactJws(token, MAX_LENGTH);
  const { sub, iat } = payload;
  const id = typeof sub === 'string' ? addresses.listIdOfStatusList(sub) : undefined;
  if (id === undefined || typeof iat !== 'number') throw notOurs();
  const trust = odsCode ?? trustOf(payload['status_list'], addresses);
  const verified = await verifyStatusListToken(token, {
    uri: addresses.statusList(id),
    now: new Date(iat * 1000),
    key: async ({ kid }) => {
      const key =
        trust !== undefined && typeof kid === 'string'
          ? await keys.find(trust, 'status-list', kid)
          : undefined;
      if (key === undefined) throw notOurs();
      return key;
    },
  });
  const { version, issuedAt, expiresAt, list } = verified;
  if (trust === undefined || version === undefined) throw notOurs();
  return { id, odsCode: trust, version, token, signedAt: issuedAt, expiresAt, list };
}

const notOurs = (): StandardError =>
  new StandardError('status_list_token_invalid', 'not a published token of one of our lists');

function trustOf(statusList: unknown, addresses: Addresses): string | undefined {
  const uri =
    typeof statusList === 'object' && statusList !== null && 'aggregation_uri' in statusList
      ? statusList.aggregation_uri
      : undefined;
  return typeof uri === 'string' ? addresses.odsCodeOfStatusLists(uri) : undefined;
}
