/**
 * Serves declared pages: who may see them, tokens in forms, what is wrong with a form, redirects after it, approvals with a
 * passkey, and what to say when something does not work.
 */
import { randomUUID } from 'node:crypto';

import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { isUnavailable } from '../../runtime/unavailable.ts';
import {
  ApprovalNeeded,
  type AskGraph,
  type AskGraphHealth,
  GraphRefused,
  type Purpose,
} from '../domain/graph.ts';
import { isFormToken } from '../domain/form-token.ts';
import type { Fault } from '../domain/operation.ts';
import type { Role } from '../domain/person.ts';
import type { WaitingForm } from '../domain/session.ts';
import type { Administration, ReadClientUsage, SessionStore } from '../domain/ports.ts';
import type { BrowserSessions, SignedInBrowser } from './browser-session.ts';

import type { Answers } from './answers.ts';
import type { ShortCodes } from '../domain/short-code.ts';
import type { Fields, FieldError, Notice, Page, Service, Shown, Visit } from './page.ts';

/** Largest form, in bytes. */
const FORM_LIMIT = 64 * 1024;
/** Most fields in a form. */
const MOST_FIELDS = 500;
/** How long a page's keepsakes and notices last, in seconds. */
const KEPT_SECONDS = 900;

/** For what each role usually reads; a page may name another purpose. */
const USUAL_PURPOSE: Readonly<Record<Role, Purpose>> = {
  STAFF: 'SELF_ACCESS',
  HR_OFFICER: 'HR_ADMINISTRATION',
  ADMINISTRATOR: 'HR_ADMINISTRATION',
};

/** What pages are served with. */
export interface ServePagesParts {
  readonly origin: string;
  /** The graph as a resource, and identity's administration API. */
  readonly resources: { readonly graph: string; readonly administration: string };
  readonly pages: readonly Page[];
  readonly sessions: BrowserSessions;
  readonly store: SessionStore;
  readonly ask: AskGraph;
  readonly graphHealth: AskGraphHealth;
  readonly administration: Administration;
  readonly usage: ReadClientUsage;
  readonly answers: Answers;
  readonly formKey: Buffer;
  readonly service: Service;
  readonly codes: ShortCodes;
}

const fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const keptForm = z.object({
  notice: z.object({ kind: z.enum(['success', 'information']), text: z.string() }),
});

/** The person has to sign in before this can be answered. */
class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded';
}

/** Serves them, and takes browsers that come back from identity. */
export function servePages(parts: ServePagesParts): FastifyPluginAsync {
  const { sessions, store, answers } = parts;

  return async (app: FastifyInstance) => {
    await app.register(formbody, { bodyLimit: FORM_LIMIT });
    app.setErrorHandler((error, request, reply) => answerFault(error, request, reply));
    // Programs that ask for what is not there get the usual answer.
    app.get('/*', async (request, reply) => {
      if (request.headers.accept?.includes('text/html') === true)
        return answers.notFound(request, reply, await sessions.find(request));
      reply.callNotFound();
      return reply;
    });

    for (const page of parts.pages) {
      app.get(page.path, { bodyLimit: FORM_LIMIT }, async (request, reply) => {
        const browser = await sessions.find(request);
        if (browser === undefined || (sessions.isDue(browser) && isNavigation(request))) {
          return sessions.leave(request, reply, request.url);
        }
        if (!page.roles.includes(browser.session.person.role)) {
          return answers.notFound(request, reply, browser);
        }
        const visit = visitOf(page, request, browser);
        const notice = keptForm.safeParse(await store.take(browser.secret, 'notice')).data?.notice;
        return send(request, reply, {
          page,
          browser,
          visit,
          shown: await page.show(visit),
          notice,
        });
      });
      if (page.actions === undefined) continue;
      app.post(page.path, async (request, reply) => {
        const browser = await sessions.find(request);
        if (browser === undefined) return answers.signedOut(request, reply, page.entry);
        if (!page.roles.includes(browser.session.person.role)) {
          return answers.notFound(request, reply, browser);
        }
        const given = fields.safeParse(request.body ?? {});
        if (!given.success || Object.keys(given.data).length > MOST_FIELDS) {
          return answers.refused(request, reply, browser);
        }
        const { form: token, ...rest } = given.data;
        const isOurs = isFormToken(parts.formKey, browser.session.id, token);
        if (!isOurs || !isSameOrigin(request, parts.origin)) {
          return answers.refused(request, reply, browser);
        }
        return act(request, reply, { page, browser, fields: rest });
      });
    }

    app.get('/signed-in', async (request, reply) => {
      const arrived = await sessions.arrive(request, reply);
      if (arrived === undefined) return answers.signInFailed(request, reply);
      const { returnTo, form, token, refused } = arrived;
      if (form === undefined) return reply.redirect(returnTo, 302);
      const page = pageAt(form.path);
      if (page === undefined) return reply.redirect(returnTo, 302);
      if (refused) {
        const notice: Notice = { kind: 'information', text: answers.words.notApproved };
        await store.keep(arrived.secret, 'notice', { notice }, KEPT_SECONDS);
        return reply.redirect(form.path, 302);
      }
      return act(request, reply, { page, browser: arrived, fields: form.fields, form, token });
    });
  };

  /** The page that a form was sent to. */
  function pageAt(path: string): Page | undefined {
    return parts.pages.find((page) => paramsOf(page.path, path) !== undefined);
  }

  async function act(
    request: FastifyRequest,
    reply: FastifyReply,
    sent: {
      readonly page: Page;
      readonly browser: SignedInBrowser;
      readonly fields: Fields;
      /** The form had waited for an approval, which the token carries. */
      readonly form?: WaitingForm;
      readonly token?: string;
    },
  ): Promise<FastifyReply> {
    const { page, browser, fields: given, form, token } = sent;
    const action = page.actions?.[String(given['step'] ?? 'send')];
    if (action === undefined) return answers.refused(request, reply, browser);
    const path = form?.path ?? request.url;
    const key = z.uuid().safeParse(given['key']).data ?? randomUUID();
    const approved =
      form === undefined || token === undefined ? undefined : { resource: form.resource, token };
    const visit = visitOf(page, request, browser, { path, key, values: given, approved });
    const parsed = action.shape.safeParse(given);
    const again = async (errors: readonly FieldError[]): Promise<FastifyReply> => {
      const firsts = new Map<string, string>();
      for (const { field, text } of errors) if (!firsts.has(field)) firsts.set(field, text);
      const withErrors = visitOf(page, request, browser, {
        path,
        key,
        values: given,
        errors: Object.fromEntries(firsts),
      });
      const shown = await page.show(withErrors);
      return send(request, reply, {
        page,
        browser,
        visit: withErrors,
        shown: shown.kind === 'page' && shown.status === 200 ? { ...shown, status: 400 } : shown,
      });
    };
    if (!parsed.success) {
      return again(
        parsed.error.issues.map(({ path: [field], message }) => ({
          field: String(field ?? 'step'),
          text: message,
        })),
      );
    }
    try {
      const shown = await action.run(visit, parsed.data as never);
      if (shown.kind === 'invalid') return await again(shown.errors);
      return await send(request, reply, { page, browser, visit, shown });
    } catch (error) {
      if (!(error instanceof ApprovalNeeded) || form !== undefined) throw error;
      const resource = error.resource ?? parts.resources.graph;
      const waiting: WaitingForm = {
        path,
        // The same key when it is done: the approval is for exactly this.
        fields: { ...(given as Record<string, string | string[]>), key },
        transaction: error.transaction,
        resource,
      };
      return sessions.leave(request, reply, path, {
        form: waiting,
        approval: { transaction: error.transaction, resource },
      });
    }
  }

  function visitOf(
    page: Page,
    request: FastifyRequest,
    browser: SignedInBrowser,
    sent: {
      readonly path?: string;
      readonly key?: string;
      readonly values?: Fields;
      readonly errors?: Readonly<Record<string, string>>;
      readonly approved?: { readonly resource: string; readonly token: string } | undefined;
    } = {},
  ): Visit {
    const { person } = browser.session;
    const faults: Fault[] = [];
    const url = new URL(sent.path ?? request.url, parts.origin);
    const tokenFor = async (resource: string): Promise<string> => {
      if (sent.approved?.resource === resource) return sent.approved.token;
      const token = await sessions.tokenFor(browser, resource);
      if (token === undefined) throw new SignInNeeded();
      return token;
    };
    return {
      person,
      params: paramsOf(page.path, url.pathname) ?? {},
      query: page.query?.safeParse(Object.fromEntries(url.searchParams)).data ?? {},
      requestId: request.id,
      graphHealth: parts.graphHealth,
      service: parts.service,
      codes: parts.codes,
      faults,
      form: { values: sent.values ?? {}, errors: sent.errors ?? {} },
      key: sent.key ?? randomUUID(),
      ask: async (operation, variables, purpose) => {
        const answer = await parts.ask({
          operation,
          variables,
          purpose: purpose ?? USUAL_PURPOSE[person.role],
          token: await tokenFor(parts.resources.graph),
          requestId: request.id,
        });
        faults.push(...answer.faults);
        return answer;
      },
      keep: async (value) => {
        const name = randomUUID();
        await store.keep(browser.secret, `kept:${name}`, value, KEPT_SECONDS);
        return name;
      },
      kept: (name) => store.kept(browser.secret, `kept:${name}`),
      administration: async (method, path, body) =>
        parts.administration(await tokenFor(parts.resources.administration), request.id, {
          method,
          path,
          ...(body === undefined ? {} : { body }),
        }),
      usageOf: async (clientId) =>
        parts.usage(await tokenFor(parts.resources.graph), request.id, clientId),
    };
  }

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: {
      readonly page: Page;
      readonly browser: SignedInBrowser;
      readonly visit: Visit;
      readonly shown: Shown;
      readonly notice?: Notice | undefined;
    },
  ): Promise<FastifyReply> {
    const { page, browser, visit, shown, notice } = answer;
    switch (shown.kind) {
      case 'page':
        return answers.page(request, reply, {
          ...shown,
          browser,
          entry: page.entry,
          form: visit.form,
          key: visit.key,
          faults: visit.faults,
          notice,
        });
      case 'redirect':
        if (shown.notice !== undefined) {
          await store.keep(browser.secret, 'notice', { notice: shown.notice }, KEPT_SECONDS);
        }
        return reply.redirect(shown.to, 303);
      case 'file':
        return reply
          .type(shown.type)
          .header('cache-control', 'no-store')
          .header(
            'content-disposition',
            `attachment; filename="${shown.name.replace(/[^\w.-]/g, '-')}"`,
          )
          .send(shown.content);
      case 'not-found':
      case 'invalid':
        return answers.notFound(request, reply, browser);
    }
  }

  async function answerFault(
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    if (error instanceof SignInNeeded) {
      return request.method === 'GET'
        ? sessions.leave(request, reply, request.url)
        : answers.signedOut(request, reply, '/');
    }
    const browser = await sessions.find(request).catch(() => undefined);
    if (error instanceof GraphRefused) {
      switch (error.code) {
        case 'UNAUTHENTICATED':
          return request.method === 'GET' && browser !== undefined
            ? sessions.leave(request, reply, request.url)
            : answers.signedOut(request, reply, '/');
        case 'FORBIDDEN':
        case 'NOT_FOUND':
          return answers.notFound(request, reply, browser);
        case 'TOO_MANY_REQUESTS':
          return answers.tooMany(request, reply, browser);
      }
    }
    const status =
      error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
        ? error.statusCode
        : 500;
    if (status < 500) return answers.refused(request, reply, browser);
    const down = isUnavailable(error);
    if (!down) request.log.error({ err: error, requestId: request.id }, 'a page failed');
    return answers.problem(request, reply, browser, down ? 503 : 500);
  }
}

/** Whether the browser goes to the page, and not a script of it. Old browsers do not say. */
const isNavigation = ({ headers }: FastifyRequest): boolean =>
  (headers['sec-fetch-mode'] ?? 'navigate') === 'navigate';

/** Whether a form came from one of our pages. Browsers say it in one header or the other; a program says nothing. */
export function isSameOrigin({ headers }: FastifyRequest, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return headers.origin === undefined ? site !== undefined : headers.origin === origin;
}

/** Parts of a path by a pattern of it; `undefined` when it is another page's. */
export function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const given = path.split('?')[0]?.split('/') ?? [];
  const wanted = pattern.split('/');
  if (given.length !== wanted.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) {
      try {
        params[part.slice(1)] = decodeURIComponent(value);
      } catch {
        return undefined;
      }
    } else if (part !== value) return undefined;
  }
  return params;
}
