/**
 * Reads a credential's status where everybody reads it: from the published list. For showing how far a change has got; a
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
} from '../../standards/status-list/status-list.ts';
import type { PublishedStatus } from '../domain/administration/propagation.ts';

/** How long reading may take, in milliseconds. */
const DEADLINE_MS = 3_000;
/** Largest list that is read, in bytes. */
const MOST_BYTES = 24 * 1024 * 1024;

const payload = z.object({
  iat: z.number().int(),
  ttl: z.number().int().nonnegative().default(0),
  status_list: z.object({ bits: z.number(), lst: z.string() }),
});

/**
 * Reads it.
 *
 * @param home the only service that is asked, whatever an address says
 * @returns `undefined` when it cannot be read
 */
export async function readPublishedStatus(
  { statusListUri, statusIndex }: { readonly statusListUri: string; readonly statusIndex: number },
  home: string,
): Promise<PublishedStatus | undefined> {
  try {
    if (new URL(statusListUri).origin !== new URL(home).origin) return undefined;
    const response = await fetch(statusListUri, {
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
    const list = decodeStatusList({ bits: status_list.bits, lst: status_list.lst });
    return {
      status: readStatus(list, statusIndex),
      issuedAt: new Date(iat * 1_000),
      ttlSeconds: ttl,
    };
  } catch {
    return undefined;
  }
}
