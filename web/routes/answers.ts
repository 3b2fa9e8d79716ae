/** Every answer that is a page: the frame around views, and the pages that stand in for others. */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';

import type { FastifyReply, FastifyRequest } from 'fastify';

import { formToken } from '../domain/form-token.ts';
import type { Fault } from '../domain/operation.ts';
import type { Person } from '../domain/person.ts';
import { SESSION_IDLE_SECONDS } from '../domain/session.ts';
import { cookieOf } from '../../runtime/cookie.ts';
import type { Assets } from '../assets.ts';
import type { Render } from '../views/render.ts';
import {
  FOOTER,
  FRAME,
  HOMES,
  NAVIGATION,
  ROLE_WORDS,
  SERVICE_NAME,
  SOME_SOURCE,
  SOURCE_WORDS,
  STAND_INS,
} from '../words/frame.ts';
import { spokenName } from '../words/names.ts';
import { newNonce, type OutsideOrigins, policyOf, sendPage } from './answer-page.ts';
import type { SignedInBrowser } from './browser-session.ts';
import type { Notice, PageContext, Visit } from './page.ts';

/** One page to be sent. */
export interface PageAnswer {
  readonly view: string;
  readonly context: PageContext;
  readonly status: number;
  readonly browser?: SignedInBrowser | undefined;
  /** Address of the entry of the navigation that is marked. */
  readonly entry?: string;
  readonly form?: Visit['form'];
  readonly key?: string;
  readonly faults?: readonly Fault[];
  readonly notice?: Notice | undefined;
}

type Send = (
  request: FastifyRequest,
  reply: FastifyReply,
  browser?: SignedInBrowser,
) => Promise<FastifyReply>;

/** The answers. */
export interface Answers {
  readonly page: (
    request: FastifyRequest,
    reply: FastifyReply,
    answer: PageAnswer,
  ) => Promise<FastifyReply>;
  readonly notFound: Send;
  readonly refused: Send;
  readonly tooMany: Send;
  readonly signInFailed: Send;
  readonly leftOnPurpose: Send;
  /** @param home where signing in again leads */
  readonly signedOut: (
    request: FastifyRequest,
    reply: FastifyReply,
    home: string,
  ) => Promise<FastifyReply>;
  readonly problem: (
    request: FastifyRequest,
    reply: FastifyReply,
    browser: SignedInBrowser | undefined,
    status: 500 | 503,
  ) => Promise<FastifyReply>;
  readonly words: { readonly notApproved: string };
}

/** What answers are made from. */
export interface AnswerParts {
  readonly render: Render;
  readonly formKey: Buffer;
  readonly origins: OutsideOrigins;
  readonly assets: Pick<Assets, 'stylesheet' | 'stylesOf' | 'script' | 'scriptsOf'>;
  /** Everybody is invented. */
  readonly isDemonstration: boolean;
  /** The name of the organisation that somebody acts for; its code when it is not known. */
  readonly organisationName: (browser: SignedInBrowser, requestId: string) => Promise<string>;
}

/**
 * Says which style sheet a browser has. One that has none gets the rules that the page needs within it, and is spared the round
 * trip before anything can be shown; the file comes with its second page, and serves all that follow.
 */
const STYLES_COOKIE = 'lanyard_styles';
const stylesCookie = (id: string): string =>
  `${STYLES_COOKIE}=${id}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax`;
/** A style sheet's content in a word. */
const idOf = (stylesheet: string): string => basename(stylesheet, '.css');

/** Creates the answers. */
export function createAnswers(parts: AnswerParts): Answers {
  const { render, formKey, origins, assets } = parts;

  const page: Answers['page'] = async (request, reply, answer) => {
    const { browser, context, faults = [], form = { values: {}, errors: {} } } = answer;
    const person = browser?.session.person;
    const nonce = newNonce();
    const organisation =
      browser === undefined || person?.odsCode === undefined
        ? undefined
        : await parts.organisationName(browser, request.id);
    const { scripts = [] } = context as { readonly scripts?: readonly string[] };
    const names = ['page', ...scripts];
    const hasStyles = cookieOf(request.headers.cookie, STYLES_COOKIE) === idOf(assets.stylesheet);
    if (!hasStyles) reply.header('set-cookie', stylesCookie(idOf(assets.stylesheet)));
    const rendered = render(answer.view, {
      ...context,
      serviceName: SERVICE_NAME,
      words: FRAME,
      nonce,
      stylesheet: assets.stylesheet,
      hasStyles,
      scripts: names.map((name) => assets.script(name)),
      // Named in advance, they would run on a slow phone before its first page is shown.
      preloads: hasStyles ? assets.scriptsOf(...names).slice(names.length) : [],
      homeHref: person === undefined ? '/' : HOMES[person.role],
      account: person === undefined ? undefined : accountOf(person, organisation),
      navigation:
        person === undefined
          ? []
          : NAVIGATION[person.role].map((entry) => ({
              ...entry,
              current: entry.href === answer.entry,
            })),
      footerItems: FOOTER,
      isDemonstration: parts.isDemonstration,
      sessionSeconds: person === undefined ? undefined : SESSION_IDLE_SECONDS,
      form,
      errorList: Object.entries(form.errors).map(([field, text]) => ({ text, href: `#${field}` })),
      formKey: answer.key ?? randomUUID(),
      formToken: browser === undefined ? '' : formToken(formKey, browser.session.id),
      notice: answer.notice,
      banners: bannersOf(faults),
    });
    const place = `<style nonce="${nonce}">`;
    const html = hasStyles
      ? rendered
      : rendered.replace(place, () => place + assets.stylesOf(rendered));
    return sendPage(request, reply, {
      status: answer.status,
      html,
      policy: policyOf(nonce, origins),
    });
  };

  const standIn =
    (name: keyof typeof STAND_INS, status: number, more: object = {}): Send =>
    (request, reply, browser) =>
      page(request, reply, {
        view: 'stand-in.njk',
        context: { ...STAND_INS[name], ...more },
        status,
        browser,
      });

  return {
    page,
    notFound: standIn('notFound', 404),
    refused: standIn('refused', 400),
    tooMany: standIn('tooMany', 429),
    signInFailed: standIn('signInFailed', 400, { signInHref: '/sign-in' }),
    leftOnPurpose: standIn('leftOnPurpose', 200, { signInHref: '/sign-in' }),
    signedOut: (request, reply, home) =>
      standIn('signedOut', 401, {
        signInHref: `/sign-in?to=${encodeURIComponent(home)}`,
      })(request, reply),
    problem: (request, reply, browser, status) =>
      standIn('problem', status, { reference: request.id })(request, reply, browser),
    words: { notApproved: FRAME.notApproved },
  };
}

/** What the header says of the person. */
const accountOf = (person: Person, organisation: string | undefined) => ({
  text: [spokenName(person.name), ROLE_WORDS[person.role]].filter((text) => text !== '').join(', '),
  organisation,
});

/** One banner for each source that did not answer. */
const bannersOf = (faults: readonly Fault[]): readonly string[] => [
  ...new Set(
    faults
      .filter(({ code }) => code === 'SERVICE_UNAVAILABLE' || code === 'INTERNAL_SERVER_ERROR')
      .map(({ source }) => SOURCE_WORDS[source ?? ''] ?? SOME_SOURCE),
  ),
];
