/**
 * What a status list said at a moment in the past, signed anew for the time in which it was so.
 *
 * Source: draft-ietf-oauth-status-list, section 8.4.
 */
import type { Signer } from '../../../standards/compact-jws.ts';
import { signStatusListToken } from '../../../standards/status-list/status-list-token.ts';
import type { Addresses } from './addresses.ts';
import { BITS, packedStatuses } from './packed-statuses.ts';
import type { Clock } from './ports/clock.ts';
import type { IssuerKeys } from './ports/keys.ts';
import type { PastList, PublishedList, StatusListStore } from './ports/status-lists.ts';
import type { StatusListPublisher } from './status-list-publisher.ts';

/** What looking back needs. */
export interface PastStatusListParts {
  readonly lists: Pick<StatusListStore, 'findPast' | 'readPast'>;
  readonly publisher: Pick<StatusListPublisher, 'find'>;
  readonly keys: Pick<IssuerKeys, 'signer'>;
  readonly addresses: Addresses;
  readonly now: Clock;
}

/** A token for a moment. */
export type PastAnswer =
  /** The moment is in the time of the token that is published now. */
  | { readonly kind: 'current'; readonly list: PublishedList }
  /** The same object for every moment of its time, while it is kept. */
  | { readonly kind: 'past'; readonly token: PastToken }
  /** There is no such list, or was not yet, or the moment has not come. */
  | { readonly kind: 'unknown' }
  /** Others are being made, or enough were made this second. */
  | { readonly kind: 'busy' };

/** A token whose time is over: its `exp` has passed, so that nobody takes it for a current one. */
export interface PastToken {
  readonly token: string;
}

/** Answers for a moment, in whole seconds since 1970. */
export type PastStatusLists = (listId: string, seconds: number) => Promise<PastAnswer>;

/** Most tokens kept. */
const KEPT = 64;
/** Most requests looking back at once. */
const AT_ONCE = 8;
/** Most tokens made in a second. Each costs a reading of the record and a signature, whoever asks. */
const MADE_IN_A_SECOND = 8;

/** Creates the function that looks back. */
export function pastStatusLists(parts: PastStatusListParts): PastStatusLists {
  const { lists, publisher, keys, addresses, now } = parts;
  const kept = new Map<string, Promise<PastToken>>();
  let looking = 0;
  let tail: Promise<unknown> = Promise.resolve();
  let second = 0;
  let made = 0;

  const make = async (
    listId: string,
    past: PastList,
    until: number,
    signer: Signer,
  ): Promise<PastToken> => {
    const statuses = await lists.readPast(listId, past.change);
    const token = await signStatusListToken(
      {
        uri: addresses.statusList(listId),
        issuedAt: new Date(secondAfter(past.from) * 1000),
        expiresAt: new Date(until * 1000),
        aggregationUri: addresses.statusLists(past.odsCode),
        bits: BITS,
        lst: await packedStatuses(past.size).apply(statuses),
      },
      signer,
    );
    return { token };
  };

  const mayMake = (): boolean => {
    if (wholeSeconds(now()) !== second) made = 0;
    second = wholeSeconds(now());
    made += 1;
    return made <= MADE_IN_A_SECOND;
  };

  /** One is made at a time, and kept. `undefined` when enough were made this second. */
  const remembered = (
    name: string,
    work: () => Promise<PastToken>,
  ): Promise<PastToken> | undefined => {
    const before = kept.get(name);
    if (before === undefined && !mayMake()) return undefined;
    const token = before ?? tail.then(work, work);
    if (before === undefined) {
      tail = token;
      token.catch(() => kept.delete(name));
    }
    kept.delete(name);
    kept.set(name, token);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return token;
  };

  const lookBack = async (current: PublishedList, seconds: number): Promise<PastAnswer> => {
    const past = await lists.findPast(current.id, new Date(seconds * 1000));
    if (past === undefined) return { kind: 'unknown' };
    // Its time ends before the next change, and before the token that is published now begins.
    const changed = past.until === undefined ? Infinity : secondAfter(past.until);
    const until = Math.min(changed, wholeSeconds(current.signedAt)) - 1;
    // What another key signed is not given out any more: that key may be compromised.
    const signer = await keys.signer(past.odsCode, 'status-list');
    const name = [current.id, past.change, secondAfter(past.from), until, signer.kid].join(' ');
    const token = await remembered(name, () => make(current.id, past, until, signer));
    return token === undefined ? { kind: 'busy' } : { kind: 'past', token };
  };

  return async (listId, seconds) => {
    const current = await publisher.find(listId);
    if (current === undefined || seconds > wholeSeconds(now())) return { kind: 'unknown' };
    if (seconds >= wholeSeconds(current.signedAt)) return { kind: 'current', list: current };
    if (looking >= AT_ONCE) return { kind: 'busy' };
    looking += 1;
    try {
      return await lookBack(current, seconds);
    } finally {
      looking -= 1;
    }
  };
}

const wholeSeconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);

/** The first whole second that is not before a moment. */
const secondAfter = (moment: Date): number => Math.ceil(moment.getTime() / 1000);
