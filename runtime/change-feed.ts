/**
 * What has changed in a subgraph, numbered, for the gateway to follow: every change that was written, whichever way it came
 * about. Announcements are quicker and can be lost; this makes up for them.
 */
import type { KeyObject } from 'node:crypto';

import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';

import { ANNOUNCED, type Announcement } from './announcements.ts';
import { GATEWAY } from './caller-statement.ts';
import type { Clock } from './clock.ts';
import { statedRequest, takeStatedBodies, whileAwaited } from './stated-request.ts';

/** Where the gateway asks. */
export const CHANGES_PATH = '/changes';
/** Most changes of one answer. */
export const CHANGES_PAGE = 500;
/** Most numbers that are asked for once more. */
export const MOST_MISSING = 200;

const number = z.number().int().min(0);

/** What is asked. */
const changeQuestion = z.strictObject({
  /** The last number that was told; without it only the last one that there is. */
  after: number.optional(),
  /** Numbers before it that were not told: taken by transactions that had not ended, and may have since. */
  missing: z.array(number).max(MOST_MISSING),
  /** When it was last asked, as it was told: whatever ran out since has changed too. */
  since: z.iso.datetime().optional(),
});

/** What is answered, in the order of the numbers. */
export const changeAnswer = z.object({
  changes: z.array(
    z.object({
      number,
      /** Left out when it is of no concern to anybody who waits. */
      change: z.object({ kind: z.enum(ANNOUNCED), id: z.string() }).optional(),
    }),
  ),
  /** What has run out. */
  expired: z.array(z.object({ kind: z.enum(ANNOUNCED), id: z.string() })),
  /** The last number that is told here. */
  last: number,
  at: z.iso.datetime(),
});

/** One change that was written. */
export type NumberedChange = z.infer<typeof changeAnswer>['changes'][number];

/** Where they are read. */
export interface ChangeStore {
  readonly lastChange: () => Promise<number>;
  /** Those after a number and those of some numbers, in order, as many as `limit`. */
  readonly changesAfter: (
    after: number,
    missing: readonly number[],
    limit: number,
  ) => Promise<readonly NumberedChange[]>;
  /** What ran out after one moment, up to another. */
  readonly expiredBetween?: (since: Date, until: Date) => Promise<readonly Announcement[]>;
}

/** Largest question, in bytes. */
const BODY_LIMIT = 8 * 1024;

/** The route. The gateway asks for itself: nobody's rights are looked at, and nothing but kinds and ids is told. */
export function changeFeedRoutes(options: {
  /** The subgraph that is asked. */
  readonly audience: string;
  readonly store: ChangeStore;
  readonly callerKeys: ReadonlyMap<string, KeyObject>;
  readonly now: Clock;
}): FastifyPluginAsync {
  const { audience, store, callerKeys, now } = options;
  return async (app) => {
    takeStatedBodies(app, BODY_LIMIT);
    app.post(CHANGES_PATH, async (request, reply) => {
      const stated = statedRequest(request, { audience, callerKeys, now });
      if (stated?.caller.subject !== GATEWAY || stated.caller.kind !== 'machine')
        return reply.code(401).send({ error: 'unauthenticated' });
      const parsed = changeQuestion.safeParse(jsonOf(stated.body));
      if (!parsed.success) return reply.code(400).send({ error: 'invalid_request' });
      const { after, missing, since } = parsed.data;
      const at = now();
      return whileAwaited(request, reply, async () => {
        if (after === undefined) {
          const last = await store.lastChange();
          return { changes: [], expired: [], last, at: at.toISOString() };
        }
        const changes = await store.changesAfter(after, missing, CHANGES_PAGE);
        const expired =
          since === undefined ? [] : ((await store.expiredBetween?.(new Date(since), at)) ?? []);
        const last = Math.max(after, changes.at(-1)?.number ?? 0);
        return { changes, expired, last, at: at.toISOString() };
      });
    });
    await Promise.resolve();
  };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
