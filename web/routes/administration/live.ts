/**
 * Streams of how far a pause or a stop has got, as server-sent events for pages that follow it.
 *
 * The graph says when the record changes; the published lists are read until they say the same. Nothing is kept here: a
 * browser that was cut off begins with what is true then. Source: WHATWG HTML, section 9.2.
 */
import { setTimeout as pause } from 'node:timers/promises';

import type { FastifyPluginAsync } from 'fastify';

import { isUnavailable } from '../../../runtime/unavailable.ts';
import {
  type PublishedStatus,
  type RecordedStatus,
  type SeenStatus,
  type Step,
  type StepName,
  stepsOfAll,
  stepsOfStop,
  withReceivers,
} from '../../domain/administration/propagation.ts';
import type { AskGraph, FollowGraph } from '../../domain/graph.ts';
import type { Operation } from '../../domain/operation.ts';
import {
  administrationCredentialFollowed,
  type AdministrationCredentialFollowedSubscription,
  administrationStopFollowed,
  type AdministrationStopFollowedSubscription,
  type SignalReachOf,
} from '../../operations/operations.generated.ts';
import { type ListPlace, readPublishedStatuses } from '../../status-list/published-status.ts';
import { PROGRESS } from '../../words/administration/passports.ts';
import { stateTag } from '../../words/codes.ts';
import type { BrowserSessions } from '../browser-session.ts';
import type { Visit } from '../page.ts';
import { stepWords } from './progress.ts';
import { findReach, type FoundReach, unreachedWords } from './reach.ts';
import { stopTitle } from './stop-record.ts';

/** Longest life of a stream, in milliseconds. The page says so at its end: a forgotten one keeps no session alive. */
const LIFETIME_MS = 300_000;
/** How often the graph is asked whether the systems that are told have been, until all have, in milliseconds. */
const REACH_MS = 3_000;
/** How often the published list is read until it says what the record says, in milliseconds. */
const LOOK_MS = 1_000;
/** A silent stream says so often that it is there, in milliseconds. */
const HEARTBEAT_MS = 10_000;
/** Most streams at once, of all browsers. */
const MOST_STREAMS = 500;

/** Something that a page follows, as the graph says it is now. */
interface Followed {
  readonly title: string;
  readonly state: ReturnType<typeof stateTag>;
  /** What systems are told of. */
  readonly of: SignalReachOf;
  /** The credentials that changed, and where their status is published; none while nothing has. */
  readonly credentials: readonly (RecordedStatus & ListPlace)[];
  readonly steps: (seen: readonly SeenStatus[], now: Date) => readonly Step[];
}

/** What a stream has found out about what it follows, since that changed last. */
interface Found {
  /** What the lists say, once that is what the record says. */
  readonly published: readonly (PublishedStatus | undefined)[] | undefined;
  /** What the graph said last of the systems that are told, and when it was asked, in milliseconds. */
  readonly reach: FoundReach | undefined;
  readonly askedAt: number;
  readonly isReached: boolean;
  /** Nothing is left to look for. */
  readonly isSettled: boolean;
}

const NOTHING_FOUND: Found = {
  published: undefined,
  reach: undefined,
  askedAt: 0,
  isReached: false,
  isSettled: false,
};

const followedCredential = (
  data: AdministrationCredentialFollowedSubscription | undefined,
): Followed | undefined => {
  const recorded = data?.credentialStatusChanged;
  if (recorded == null) return undefined;
  return {
    title: PROGRESS.titles[recorded.state] ?? PROGRESS.otherTitle,
    state: stateTag('CredentialState', recorded.state),
    of: { credentialId: recorded.id },
    credentials: [recorded],
    steps: stepsOfAll,
  };
};

const followedStop = (
  data: AdministrationStopFollowedSubscription | undefined,
): Followed | undefined => {
  const stop = data?.passportStopUpdated;
  if (stop == null) return undefined;
  const isStopped = stop.state === 'STOPPED';
  return {
    title: stopTitle(
      stop.state,
      stop.credential === null,
      isStopped ? stop.credentials.length : null,
    ),
    state: stateTag('PassportStopState', stop.state),
    of: { stopId: stop.id },
    credentials: isStopped ? stop.credentials : [],
    steps: (seen, now) => stepsOfStop(stop, seen, now),
  };
};

/** What the route needs. */
export interface LiveParts {
  readonly sessions: Pick<BrowserSessions, 'find' | 'tokenFor'>;
  readonly ask: AskGraph;
  readonly follow: FollowGraph;
  /** The graph as a resource. */
  readonly graph: string;
  readonly passportUrl: string;
  readonly now: () => Date;
}

/** Makes the routes: of one credential, and of a stop that two people make. */
export function liveRoute(parts: LiveParts): FastifyPluginAsync {
  const { sessions, ask, follow, graph, passportUrl, now } = parts;
  const open = new Set<AbortController>();

  return async (app) => {
    app.addHook('preClose', (done) => {
      for (const stream of open) stream.abort();
      done();
    });
    // Not counted among the requests under way: it hardly ever does anything.
    const stream = (
      path: string,
      followOne: (question: Question, signal: AbortSignal) => AsyncIterable<Followed | undefined>,
    ) =>
      app.get<{ Params: { id: string } }>(
        path,
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
          let found = NOTHING_FOUND;
          const askOfReach: Visit['ask'] = (operation, variables) =>
            ask({
              operation,
              variables,
              purpose: 'HR_ADMINISTRATION',
              token,
              requestId: request.id,
            });
          /** Of what has changed, asked now and then. What could not be asked says nothing new. */
          const followReach = async ({
            of,
            credentials,
          }: Followed): Promise<FoundReach | undefined> => {
            const { reach, isReached, askedAt } = found;
            if (credentials.length === 0) return null;
            if (isReached || now().getTime() - askedAt < REACH_MS) return reach;
            found = { ...found, askedAt: now().getTime() };
            return (await findReach(askOfReach, of).catch(() => undefined)) ?? reach;
          };
          let last = '';
          const look = async (): Promise<void> => {
            const followed = latest;
            if (followed === undefined || isOver()) return;
            const { title, state, credentials } = followed;
            const [published, reach] = await Promise.all([
              found.published ?? readPublishedStatuses(credentials, passportUrl),
              followReach(followed),
            ]);
            if (followed !== latest || isOver()) return;
            const seen = credentials.map((recorded, nth) => ({
              recorded,
              published: published[nth],
            }));
            const steps = withReceivers(followed.steps(seen, now()), reach);
            const text = JSON.stringify({
              title,
              state,
              steps: steps.map(stepWords),
              unreached: unreachedWords(reach),
            });
            if (text !== last) reply.raw.write(`event: progress\ndata: ${text}\n\n`);
            last = text;
            const isDone = (name: StepName): boolean =>
              steps.some((step) => step.name === name && step.state === 'DONE');
            found = {
              ...found,
              published: isDone('list') ? published : undefined,
              reach,
              isReached: isDone('receivers'),
              // Before there is anything to look for, the graph says when there is.
              isSettled: credentials.length === 0 || steps.every((step) => step.state === 'DONE'),
            };
          };
          const watchList = async (): Promise<void> => {
            while (!isOver()) {
              if (!found.isSettled) await look();
              await pause(LOOK_MS, undefined, { signal });
            }
          };
          const watchRecord = async (): Promise<void> => {
            const question = { id: request.params.id, token, requestId: request.id };
            for await (const followed of followOne(question, signal)) {
              if (followed === undefined) break;
              latest = followed;
              found = NOTHING_FOUND;
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
    stream('/admin/live/:id', (question, signal) =>
      told(follow, administrationCredentialFollowed, followedCredential, question, signal),
    );
    stream('/admin/live/stops/:id', (question, signal) =>
      told(follow, administrationStopFollowed, followedStop, question, signal),
    );
    await Promise.resolve();
  };
}

/** Who asks, and what about. */
interface Question {
  readonly id: string;
  readonly token: string;
  readonly requestId: string;
}

/** Each of the graph's answers, as what a page follows. */
async function* told<Data>(
  follow: FollowGraph,
  operation: Operation<Data, { readonly id: string }>,
  read: (data: Data | undefined) => Followed | undefined,
  { id, token, requestId }: Question,
  signal: AbortSignal,
): AsyncGenerator<Followed | undefined> {
  const question = {
    operation,
    variables: { id },
    purpose: 'HR_ADMINISTRATION',
    token,
    requestId,
  } as const;
  for await (const data of follow(question, signal)) yield read(data);
}
