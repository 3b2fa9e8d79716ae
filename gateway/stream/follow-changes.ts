/**
 * Follows what has changed in a subgraph, for the streams that wait for it. Each replica asks for itself: nothing is lost
 * with a lost announcement, or without anything to announce through.
 *
 * Numbers are taken when a change begins and can be read once it has ended, so a number can turn up after higher ones.
 * Those that were left out are asked for again for a while.
 */
import type { z } from 'zod';

import type { Announcement } from '../../runtime/announcements.ts';
import {
  changeAnswer,
  CHANGES_PAGE,
  CHANGES_PATH,
  MOST_MISSING,
} from '../../runtime/change-feed.ts';
import type { Logger } from '../../runtime/log.ts';
import { requestIdFrom } from '../../runtime/request-id.ts';
import type { AskOwn } from '../subgraphs/own-asker.ts';

/** How often each subgraph is asked, in milliseconds. */
const POLL_MS = 2_000;
/** How long a number is waited for, in milliseconds: longer than any transaction of the subgraphs takes. */
const MISSING_MS = 60_000;

/** Follows the changes of one subgraph. */
export interface FollowedChanges {
  /** Asks once, page after page. */
  readonly look: () => Promise<void>;
  readonly stop: () => void;
}

/** Starts to follow. The first question is asked at once. */
export function followChanges(options: {
  readonly ask: AskOwn;
  readonly heard: (change: Announcement) => void;
  readonly log: Logger;
  /** Milliseconds that only go forward. */
  readonly clock?: () => number;
}): FollowedChanges {
  const { ask, heard, log, clock = () => performance.now() } = options;
  let position: { readonly after: number; readonly since: string } | undefined;
  /** Numbers that were left out, and since when. */
  const missing = new Map<number, number>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const take = ({ changes, expired, last, at }: z.infer<typeof changeAnswer>): void => {
    if (position !== undefined) {
      let next = position.after + 1;
      for (const { number, change } of changes) {
        // Of many at once the latest are waited for.
        for (let one = Math.max(next, number - MOST_MISSING); one < number; one += 1)
          missing.set(one, clock());
        next = Math.max(next, number + 1);
        missing.delete(number);
        if (change !== undefined) heard(change);
      }
      for (const change of expired) heard(change);
    }
    position = { after: last, since: at };
    const excess = missing.size - MOST_MISSING;
    [...missing].forEach(([number, since], index) => {
      if (index < excess || clock() - since > MISSING_MS) missing.delete(number);
    });
  };
  const lookOnce = async (): Promise<void> => {
    for (;;) {
      const question = JSON.stringify({ ...position, missing: [...missing.keys()] });
      const answer = changeAnswer.parse(
        JSON.parse(await ask(CHANGES_PATH, question, requestIdFrom(undefined))),
      );
      take(answer);
      if (answer.changes.length < CHANGES_PAGE || stopped) return;
    }
  };
  let turn = Promise.resolve();
  const look = (): Promise<void> => (turn = turn.catch(() => undefined).then(lookOnce));
  const follow = async (): Promise<void> => {
    await look().catch((error: unknown) => {
      log.debug({ err: error }, 'a subgraph does not tell what has changed');
    });
    if (stopped) return;
    timer = setTimeout(() => void follow(), POLL_MS);
    timer.unref();
  };
  void follow();
  return {
    look,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
