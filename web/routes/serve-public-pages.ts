/** Serves pages that anybody may read, signed in or not. They show and change nothing; what varies is in the address. */
import type { FastifyPluginAsync } from 'fastify';
import type { z } from 'zod';

import { isUnavailable } from '../../runtime/unavailable.ts';
import type { Answers } from './answers.ts';
import type { BrowserSessions } from './browser-session.ts';
import type { Shown } from './page.ts';

/** One request of anybody. */
export interface PublicVisit<Query = unknown> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
}

/** A page for everybody. */
export interface PublicPage {
  readonly path: string;
  /** Reads the query; what does not fit is left out. */
  readonly query?: z.ZodType;
  readonly show: (visit: PublicVisit) => Shown | Promise<Shown>;
}

/** Declares one whose query has a shape. */
export const definePublicPage = <Query extends z.ZodType>(
  page: Omit<PublicPage, 'show' | 'query'> & {
    readonly query?: Query;
    readonly show: (visit: PublicVisit<z.output<Query>>) => Shown | Promise<Shown>;
  },
): PublicPage => page as PublicPage;

/** Creates the routes. */
export function servePublicPages({
  pages,
  sessions,
  answers,
}: {
  readonly pages: readonly PublicPage[];
  readonly sessions: Pick<BrowserSessions, 'find'>;
  readonly answers: Answers;
}): FastifyPluginAsync {
  return async (app) => {
    app.setErrorHandler(async (error, request, reply) => {
      const down = isUnavailable(error);
      if (!down) request.log.error({ err: error, requestId: request.id }, 'a page failed');
      return answers.problem(request, reply, undefined, down ? 503 : 500);
    });
    for (const page of pages) {
      app.get(page.path, async (request, reply) => {
        const browser = await sessions.find(request);
        const shown = await page.show({
          params: request.params as Readonly<Record<string, string>>,
          query: page.query?.safeParse(request.query).data ?? {},
        });
        return shown.kind === 'page'
          ? answers.page(request, reply, { ...shown, browser })
          : answers.notFound(request, reply, browser);
      });
    }
    await Promise.resolve();
  };
}
