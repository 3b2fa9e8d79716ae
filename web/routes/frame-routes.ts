/** The pages around all sections: the first page, signing in and out, the role to act in, and what the service is. */
import formbody from '@fastify/formbody';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';

import { isFormToken } from '../domain/form-token.ts';
import { HOMES } from '../words/frame.ts';
import { ABOUT, START } from '../words/start.ts';
import type { Answers } from './answers.ts';
import type { BrowserSessions } from './browser-session.ts';
import { isSameOrigin } from './serve-pages.ts';

/** Somebody invented whom a newcomer can be. */
export interface InventedPerson {
  /** Tells identity whom. */
  readonly hint: string;
  readonly name: string;
  readonly who: string;
}

/** What they are made from. */
export interface FrameParts {
  readonly origin: string;
  readonly sessions: BrowserSessions;
  readonly answers: Answers;
  readonly formKey: Buffer;
  /** Nobody outside a demonstration. */
  readonly invented: () => readonly InventedPerson[];
}

/** Where to go after signing in: a path of ours, and no other site's address. */
const path = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\w\-./?=&%]*$/);

/** Creates the routes. */
export function frameRoutes(parts: FrameParts): FastifyPluginAsync {
  const { sessions, answers, origin } = parts;
  return async (app) => {
    await app.register(formbody, { bodyLimit: 4_096 });
    app.setErrorHandler((error, request, reply) => {
      const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
      if (typeof status === 'number' && status < 500) return answers.refused(request, reply);
      request.log.error({ err: error, requestId: request.id }, 'a page failed');
      return answers.problem(request, reply, undefined, 503);
    });

    app.get('/', async (request, reply) => {
      const browser = await sessions.find(request);
      const people = parts
        .invented()
        .map(({ hint, name, who }) => ({ hint, who, text: START.be(name) }));
      return browser === undefined || people.length > 0
        ? answers.page(request, reply, {
            view: 'start.njk',
            context: { title: START.title, start: START, people },
            status: 200,
            browser,
          })
        : reply.redirect(HOMES[browser.session.person.role], 302);
    });

    app.get('/home', async (request, reply) => {
      const browser = await sessions.find(request);
      return browser === undefined
        ? sessions.leave(request, reply, '/home')
        : reply.redirect(HOMES[browser.session.person.role], 302);
    });

    app.get('/sign-in', (request, reply) => {
      const asked = z.object({ to: path }).safeParse(request.query);
      return sessions.leave(request, reply, asked.data?.to ?? '/home');
    });

    app.get('/act-as', (request, reply) =>
      sessions.leave(request, reply, '/home', { chooseRole: true }),
    );

    app.post('/be', async (request, reply) => {
      const { person } = z.object({ person: z.string() }).safeParse(request.body).data ?? {};
      const known = parts.invented().some(({ hint }) => hint === person);
      if (!known || person === undefined || !isSameOrigin(request, origin)) {
        return answers.refused(request, reply);
      }
      await sessions.end(request, reply);
      return sessions.leave(request, reply, '/home', { loginHint: person });
    });

    app.post('/session', async (request, reply) => {
      const browser = await sessions.find(request);
      if (browser === undefined) return answers.signedOut(request, reply, '/home');
      return reply.code(204).send();
    });

    app.post('/sign-out', async (request, reply) => {
      const browser = await sessions.find(request);
      if (browser === undefined) return answers.leftOnPurpose(request, reply);
      const { form } = z.object({ form: z.string() }).safeParse(request.body).data ?? {};
      if (!isFormToken(parts.formKey, browser.session.id, form) || !isSameOrigin(request, origin)) {
        return answers.refused(request, reply, browser);
      }
      const next = await sessions.end(request, reply);
      return reply.redirect(next ?? '/signed-out', 303);
    });

    app.get('/signed-out', (request, reply) => answers.leftOnPurpose(request, reply));

    for (const [name, context] of Object.entries(ABOUT)) {
      app.get(`/${name}`, async (request, reply) =>
        answers.page(request, reply, {
          view: 'stand-in.njk',
          context,
          status: 200,
          browser: await sessions.find(request),
        }),
      );
    }
  };
}
