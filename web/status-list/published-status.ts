/**
 * Reads credentials' statuses where everybody reads them: from the published lists. For showing how far a change has got; a
 * check of a credential verifies the list's signature besides.
 *
 * Source: draft-ietf-oauth-status-list, sections 5 and 8.
 */
import { z } from 'zod';

import { withPatience } from '../../runtime/config.ts';
import {
  decodeStatusList,
  isBitsPerStatus,
  readStatus,
  type StatusList,
} from '../../standards/status-list/status-list.ts';
import type { PublishedStatus } from '../domain/administration/propagation.ts';

/** How long reading may take, in milliseconds. */
const DEADLINE_MS = 3_000;
/** Largest list that is read, in bytes. */
const MOST_BYTES = 24 * 1024 * 1024;
/** Most lists that are read for one page. A trust has four open ones at a time. */
const MOST_LISTS = 20;

const payload = z.object({
  iat: z.number().int(),
  ttl: z.number().int().nonnegative().default(0),
  status_list: z.object({ bits: z.number(), lst: z.string() }),
});

/** A place in a list. */
export interface ListPlace {
  readonly statusListUri: string;
  readonly statusIndex: number;
}

interface PublishedList extends Omit<PublishedStatus, 'status'> {
  readonly list: StatusList;
}

/**
 * Reads them, each list once.
 *
 * @param home the only service that is asked, whatever an address says
 * @returns in the order of the places; `undefined` where it cannot be read
 */
export async function readPublishedStatuses(
  places: readonly ListPlace[],
  home: string,
): Promise<readonly (PublishedStatus | undefined)[]> {
  const addresses = [...new Set(places.map(({ statusListUri }) => statusListUri))];
  const lists = new Map(
    await Promise.all(
      addresses
        .slice(0, MOST_LISTS)
        .map(async (address) => [address, await readList(address, home)] as const),
    ),
  );
  return places.map(({ statusListUri, statusIndex }) => {
    const found = lists.get(statusListUri);
    if (found === undefined) return undefined;
    const { list, issuedAt, ttlSeconds } = found;
    try {
      return { status: readStatus(list, statusIndex), issuedAt, ttlSeconds };
    } catch {
      return undefined;
    }
  });
}

async function readList(address: string, home: string): Promise<PublishedList | undefined> {
  try {
    if (new URL(address).origin !== new URL(home).origin) return undefined;
    const response = await fetch(address, {
      headers: { accept: 'application/statuslist+jwt', 'cache-control': 'no-cache' },
      redirect: 'error',
      signal: AbortSignal.timeout(withPatience(DEADLINE_MS)),
    });
    if (!response.ok || Number(response.headers.get('content-length') ?? 0) > MOST_BYTES) {
      await response.body?.cancel();
      return undefined;
    }
    const [, body = ''] = (await response.text()).split('.');
    const { iat, ttl, status_list } = payload.parse(
      JSON.parse(Buffer.from(body, 'base64url').toString()),
    );
    if (!isBitsPerStatus(status_list.bits)) return undefined;
    return {
      list: decodeStatusList({ bits: status_list.bits, lst: status_list.lst }),
      issuedAt: new Date(iat * 1_000),
      ttlSeconds: ttl,
    };
  } catch {
    return undefined;
  }
}
