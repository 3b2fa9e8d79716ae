/**
 * The way out after an old copy of the record was restored: what the live lists say is carried back into the record, and
 * publishing goes on from there.
 */
import { readStatus, STATUS } from '../../../standards/status-list/status-list.ts';
import { StandardError } from '../../../standards/standard-error.ts';
import type { Addresses } from './addresses.ts';
import { type OwnToken, readOwnToken } from './own-status-token.ts';
import type { Clock } from './ports/clock.ts';
import type { IssuerKeys } from './ports/keys.ts';
import type {
  CarriedBack,
  LiveLists,
  PlacedStatus,
  StatusListRepair,
  StatusListStore,
} from './ports/status-lists.ts';
import type { StatusListPublisher } from './status-list-publisher.ts';

/** What reconciling needs. */
export interface StatusReconcilingParts {
  readonly lists: StatusListRepair & Pick<StatusListStore, 'summaries'>;
  readonly live: LiveLists;
  readonly publisher: Pick<StatusListPublisher, 'publish' | 'peek'>;
  readonly keys: Pick<IssuerKeys, 'find'>;
  readonly addresses: Addresses;
  readonly now: Clock;
}

/** A list that was mended. */
export interface ReconciledList extends CarriedBack {
  readonly listId: string;
  readonly odsCode: string;
  /** The version that was live. */
  readonly liveVersion: number;
  /** The version that was published after it; missing when that has yet to happen. */
  readonly publishedVersion?: number;
}

/** What was done, and what could not be. */
export interface StatusListsReconciled {
  readonly reconciled: readonly ReconciledList[];
  /** Lists that stay held back: no token of ours was found that is as new as what is live. */
  readonly unresolved: readonly { readonly listId: string; readonly liveVersion: number }[];
}

/** A file of the operator's that is not a token of ours. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly code = 'token_refused';
}

/**
 * Mends every list that is behind what is live: noted by replicas, served at the public address, or in `brought`.
 *
 * @param brought status list tokens that the operator has from elsewhere, such as a verifier's cache
 * @throws {TokenRefused} when one of them is not ours
 */
export async function reconcileStatusLists(
  brought: readonly string[],
  parts: StatusReconcilingParts,
): Promise<StatusListsReconciled> {
  const { lists, live, now, publisher } = parts;
  const given = await Promise.all(
    brought.map((token, at) =>
      readOwnToken(token.trim(), parts).catch((cause: unknown) => {
        throw new TokenRefused(`token ${String(at + 1)} is not one of our status lists`, { cause });
      }),
    ),
  );
  const recorded = new Map((await lists.summaries()).map((list) => [list.id, list]));
  const held = [...recorded.values()].filter(({ liveVersion }) => liveVersion !== undefined);
  const ids = new Set([...held, ...given].map(({ id }) => id));
  for (const id of await live.ids()) ids.add(id);

  const reconciled: ReconciledList[] = [];
  const unresolved: StatusListsReconciled['unresolved'][number][] = [];
  for (const listId of ids) {
    const record = recorded.get(listId);
    const tokens = [...given, ...(await tokensOf(listId, record?.odsCode, parts))]
      .filter(({ id }) => id === listId)
      .toSorted((one, other) => other.version - one.version);
    const [newest] = tokens;
    const known = record?.liveVersion ?? 0;
    if (newest === undefined || newest.version < known) {
      if (known > 0) unresolved.push({ listId, liveVersion: known });
      continue;
    }
    let carried: CarriedBack | undefined;
    // The older ones are evidence of what was revoked.
    for (const token of tokens) {
      carried = sum(carried, await lists.carryBack({ ...token, ...stopped(token) }, now()));
    }
    if (carried === undefined) continue;
    await publisher.publish(listId);
    const version = publisher.peek(listId)?.version ?? 0;
    reconciled.push({
      listId,
      odsCode: newest.odsCode,
      liveVersion: newest.version,
      ...(version > newest.version ? { publishedVersion: version } : {}),
      ...carried,
    });
  }
  return { reconciled, unresolved };
}

/** Tokens of ours that are known outside the record. */
async function tokensOf(
  listId: string,
  odsCode: string | undefined,
  parts: StatusReconcilingParts,
): Promise<readonly OwnToken[]> {
  const noted = await parts.live.find(listId);
  // An address that does not answer has no token: what else is known decides.
  const fetched = await parts.live.fetch(listId).catch(() => undefined);
  const candidates = [
    ...(noted === undefined ? [] : [{ token: noted.token, trust: odsCode ?? noted.odsCode }]),
    ...(fetched === undefined ? [] : [{ token: fetched, trust: odsCode }]),
  ];
  const read = await Promise.all(
    candidates.map(({ token, trust }) =>
      readOwnToken(token, parts, trust).catch((error: unknown) => {
        if (error instanceof StandardError) return undefined;
        throw error;
      }),
    ),
  );
  return read.filter((token) => token !== undefined);
}

const sum = (one: CarriedBack | undefined, other: CarriedBack | undefined) =>
  one === undefined || other === undefined
    ? (one ?? other)
    : {
        credentials: one.credentials + other.credentials,
        places: one.places + other.places,
      };

/** How large a list is, and its places that are not valid. */
function stopped({ list }: OwnToken): {
  readonly size: number;
  readonly statuses: readonly PlacedStatus[];
} {
  const perByte = 8 / list.bits;
  const statuses: PlacedStatus[] = [];
  list.bytes.forEach((byte, at) => {
    if (byte === 0) return;
    for (let index = at * perByte; index < (at + 1) * perByte; index += 1) {
      const status = readStatus(list, index);
      if (status === STATUS.invalid || status === STATUS.suspended)
        statuses.push({ index, status });
    }
  });
  return { size: list.bytes.length * perByte, statuses };
}
