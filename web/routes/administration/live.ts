/**
 * `GET /admin/live/:credential`: how far a change of a credential has got, as server-sent events for pages that follow it.
 *
 * The graph says when the record changes; the published list is read until it says the same. Nothing is kept here: a browser
 * that was cut off begins with what is true then. Source: WHATWG HTML, section 9.2.
 */
import { setTimeout as pause } from 'node:timers/promises';

import type { FastifyPluginAsync } from 'fastify';

import { isUnavailable } from '../../../runtime/unavailable.ts';
import {
  type PublishedStatus,
  type RecordedStatus,
  type Step,
  stepsOf,
} from '../../domain/administration/propagation.ts';
import type { FollowGraph } from '../../domain/graph.ts';
import {
  administrationCredentialFollowed,
  type AdministrationCredentialFollowedSubscription,
} from '../../operations/operations.generated.ts';
import { readPublishedStatus } from '../../status-list/published-status.ts';
import { PROGRESS } from '../../words/administration/passports.ts';
import { stateTag } from '../../words/codes.ts';
import type { BrowserSessions } from '../browser-session.ts';
import { stepWords } from './progress.ts';

/** Longest life of a stream, in milliseconds. The page says so at its end: a forgotten one keeps no session alive. */
const LIFETIME_MS = 300_000;
/** How often the published list is read until it says what the record says, in milliseconds. */
const LOOK_MS = 1_000;
/** A silent stream says so often that it is there, in milliseconds. */
const HEARTBEAT_MS = 10_000;
/** Most streams at once, of all browsers. */
const MOST_STREAMS = 500;

type Followed = NonNullable<
  AdministrationCredentialFollowedSubscription['credentialStatusChanged']
>;

/** What the route needs. */
export interface LiveParts {
  readonly sessions: Pick<BrowserSessions, 'find' | 'tokenFor'>;
  readonly follow: FollowGraph;
  /** The graph as a resource. */
  readonly graph: string;
  readonly passportUrl: string;
  readonly now: () => Date;
}

/** What a page is told: everything that it shows, in words. */
const told = (recorded: RecordedStatus, steps: readonly Step[]) => {
  const words = steps.map(stepWords);
  return {
    title: PROGRESS.titles[recorded.state] ?? PROGRESS.otherTitle,
    state: stateTag('CredentialState', recorded.state),
    steps: words,
  };
};

/** Makes the route. */
export function liveRoute(parts: LiveParts): FastifyPluginAsync {
  const { sessions, follow, graph, passportUrl, now } = parts;
  const open = new Set<AbortController>();

  return async (app) => {
    app.addHook('preClose', (done) => {
      for (const stream of open) stream.abort();
      done();
    });
    // Not counted among the requests under way: it hardly ever does anything.
    app.get<{ Params: { credential: string } }>(
      '/admin/live/:credential',
      { config: { work: 'any' } },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const site = request.headers['sec-fetch-site'];
        const browser = await sessions.find(request);
        const token =
          browser?.session.person.role === 'ADMINISTRATOR' &&
          (site === undefined || site === 'same-origin')
            ? await sessions.tokenFor(browser, graph)
            : undefined;
        // A browser does not ask again after this answer.
        if (token === undefined) return reply.code(204).send();
        if (open.size >= MOST_STREAMS) return reply.code(503).header('retry-after', '5').send();

        const ending = new AbortController();
        const { signal } = ending;
        open.add(ending);
        const isOver = (): boolean => signal.aborted;
        const stop = (): void => {
          ending.abort();
        };
        reply.hijack();
        reply.raw.once('close', stop);
        const lifetime = setTimeout(stop, LIFETIME_MS);
        const heartbeat = setInterval(() => reply.raw.write(':\n\n'), HEARTBEAT_MS);
        reply.raw.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          // Proxies that buffer would hold it back.
          'x-accel-buffering': 'no',
        });
        reply.raw.write('retry: 2000\n\n');

        let latest: Followed | undefined;
        /** What the list says of it, once that is what the record says. */
        let published: PublishedStatus | undefined;
        let isSettled = false;
        let last = '';
        const tell = (recorded: Followed, seen: PublishedStatus | undefined): readonly Step[] => {
          const steps = stepsOf(recorded, seen, now());
          const text = JSON.stringify(told(recorded, steps));
          if (text !== last) reply.raw.write(`event: progress\ndata: ${text}\n\n`);
          last = text;
          return steps;
        };
        const look = async (): Promise<void> => {
          const recorded = latest;
          if (recorded === undefined || isOver()) return;
          const seen = published ?? (await readPublishedStatus(recorded, passportUrl));
          if (recorded !== latest || isOver()) return;
          const steps = tell(recorded, seen);
          const isThere = steps.some(({ name, state }) => name === 'list' && state === 'DONE');
          published = isThere ? seen : undefined;
          isSettled = steps.every(({ state }) => state === 'DONE');
        };
        const watchList = async (): Promise<void> => {
          while (!isOver()) {
            if (!isSettled) await look();
            await pause(LOOK_MS, undefined, { signal });
          }
        };
        const watchRecord = async (): Promise<void> => {
          const question = {
            operation: administrationCredentialFollowed,
            variables: { id: request.params.credential },
            purpose: 'HR_ADMINISTRATION',
            token,
            requestId: request.id,
          } as const;
          for await (const data of follow(question, signal)) {
            if (data?.credentialStatusChanged == null) break;
            latest = data.credentialStatusChanged;
            published = undefined;
            isSettled = false;
            await look();
          }
        };
        try {
          const watching = watchList().catch(() => undefined);
          await watchRecord();
          stop();
          await watching;
        } catch (error) {
          if (!isOver() && !isUnavailable(error)) {
            request.log.error({ err: error, requestId: request.id }, 'a page could not follow');
          }
        } finally {
          stop();
          clearTimeout(lifetime);
          clearInterval(heartbeat);
          open.delete(ending);
          if (!reply.raw.writableEnded) reply.raw.end('event: over\ndata: \n\n');
        }
        return reply;
      },
    );
    await Promise.resolve();
  };
}
