/**
 * What has changed, told to whoever waits for it: a kind and an id, never what it has become. A hint that can be lost.
 * Whoever is told asks the graph, and sees what the rules let them see.
 */
import { z } from 'zod';

import type { KeyValue } from './key-value.ts';
import type { Logger } from './log.ts';

/** Kinds of things that can be waited for. */
export const ANNOUNCED = ['presentation', 'credential', 'case', 'stop'] as const;

/** One change. */
export interface Announcement {
  readonly kind: (typeof ANNOUNCED)[number];
  readonly id: string;
}

/** Tells of a change. Never fails, and nothing waits for it. */
export type Announce = (change: Announcement) => void;

/** One channel for the processes of a system, see `redisKeyValue`. */
const CHANNEL = 'lanyard:changed';

const announcement = z.strictObject({
  kind: z.enum(ANNOUNCED),
  id: z.string().min(1).max(128),
});

/** Announces through a key-value store; without one, to nobody. */
export function announcer(keyValue: Pick<KeyValue, 'publish'> | undefined, log: Logger): Announce {
  return (change) => {
    keyValue?.publish(CHANNEL, JSON.stringify(change)).catch((error: unknown) => {
      log.debug({ err: error }, 'a change was not announced');
    });
  };
}

/** Listens to what is announced. The returned function stops listening. */
export function hearAnnouncements(
  keyValue: Pick<KeyValue, 'subscribe'>,
  heard: (change: Announcement) => void,
): Promise<() => Promise<void>> {
  return keyValue.subscribe(CHANNEL, (message) => {
    const parsed = announcement.safeParse(jsonOf(message));
    if (parsed.success) heard(parsed.data);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
