/** The streams that are open: how many, whose, and who waits for what. */
import type { Announcement } from '../../runtime/announcements.ts';

/** One open stream. */
export interface OpenStream {
  readonly change: Announcement;
  /** Whose it is: the client and the person, or the system. */
  readonly holder: string;
  /** What it waits for has changed. */
  readonly told: () => void;
  /** The process is about to stop. */
  readonly end: () => void;
}

/** All of them. */
export interface OpenStreams {
  /** Adds one. `undefined` when there are too many. The returned function takes it out again. */
  readonly add: (stream: OpenStream) => (() => void) | undefined;
  readonly tell: (change: Announcement) => void;
  readonly endAll: () => void;
  readonly count: () => number;
}

/** Streams of one holder, and of everybody in this process. */
const MOST_OF_ONE = 10;
const MOST = 1_000;

/** Creates a list of open streams. */
export function openStreams(): OpenStreams {
  const byChange = new Map<string, Set<OpenStream>>();
  const byHolder = new Map<string, number>();
  let count = 0;
  const keyOf = ({ kind, id }: Announcement): string => `${kind} ${id}`;
  return {
    add(stream) {
      const { holder } = stream;
      const held = byHolder.get(holder) ?? 0;
      if (count >= MOST || held >= MOST_OF_ONE) return undefined;
      const key = keyOf(stream.change);
      const waiting = byChange.get(key) ?? new Set<OpenStream>();
      byChange.set(key, waiting.add(stream));
      byHolder.set(holder, held + 1);
      count += 1;
      return () => {
        if (!waiting.delete(stream)) return;
        if (waiting.size === 0) byChange.delete(key);
        const left = (byHolder.get(holder) ?? 1) - 1;
        if (left === 0) byHolder.delete(holder);
        else byHolder.set(holder, left);
        count -= 1;
      };
    },
    tell(change) {
      for (const stream of byChange.get(keyOf(change)) ?? []) stream.told();
    },
    endAll() {
      for (const stream of [...byChange.values()].flatMap((waiting) => [...waiting])) stream.end();
    },
    count: () => count,
  };
}
