/**
 * The pages for people: HTML from templates, their style sheet, and the one script that asks a device for a passkey.
 * Everything but passkeys works without script.
 */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { FastifyPluginAsync } from 'fastify';
import nunjucks from 'nunjucks';
import { renderSVG } from 'uqr';

import { nhsukStylesheet } from '../../runtime/nhsuk-stylesheet.ts';
import type { NewCodeApp } from '../domain/one-time-codes.ts';

/** One error, and the field it belongs to. */
export interface FieldError {
  readonly field: string;
  readonly text: string;
}

/** What the account page shows. Times are in words. */
export interface AccountPage {
  readonly name: string;
  readonly mail: string;
  readonly notice: string | undefined;
  readonly errors: readonly FieldError[];
  readonly passkeys: readonly {
    readonly id: string;
    readonly name: string;
    readonly added: string;
    readonly used: string | undefined;
  }[];
  readonly codeApp: { readonly added: string } | undefined;
  readonly canRemove: boolean;
  /** There is one way to sign in, so it cannot be removed. */
  readonly isOnly: boolean;
  /** What can be added; `undefined` when the sign-in was too long ago for that. */
  readonly adding:
    | { readonly options: object; readonly app: NewCodeApp; readonly browser: string }
    | undefined;
  readonly signInAgain: string;
  readonly sessions: readonly {
    readonly id: string;
    readonly browser: string;
    readonly started: string;
    readonly used: string;
    readonly current: boolean;
  }[];
}

/** What every form of a sign-in has. */
interface SignInPage {
  readonly action: string;
  readonly errors: readonly FieldError[];
}

/** The pages, each as HTML. `options` are for the browser's passkeys. */
export interface Pages {
  readonly signIn: (
    page: SignInPage & {
      readonly mail: string;
      readonly options: object;
      /** Providers of others. */
      readonly providers: readonly { readonly label: string; readonly href: string }[];
    },
  ) => string;
  readonly secondFactor: (
    page: SignInPage & {
      readonly mail: string;
      /** `undefined` when the person has no passkey. */
      readonly options: object | undefined;
      readonly hasCodeApp: boolean;
    },
  ) => string;
  /** @param page `replaces`: the code takes away what was set up before */
  readonly setupCode: (page: SignInPage & { readonly replaces: boolean }) => string;
  readonly setUp: (
    page: SignInPage & { readonly options: object; readonly app: NewCodeApp },
  ) => string;
  readonly account: (page: AccountPage) => string;
  /** @param page every line of what is approved; `options` is `undefined` when the person has no passkey */
  readonly approve: (
    page: SignInPage & {
      readonly clientName: string;
      readonly heading: string;
      readonly lines: readonly { readonly label: string; readonly value: string }[];
      readonly options: object | undefined;
      /** A button that confirms without a passkey, for invented people. */
      readonly withoutProof: boolean;
    },
  ) => string;
  readonly actingAs: (page: {
    readonly action: string;
    readonly choices: readonly { readonly value: string; readonly label: string }[];
    readonly errors: readonly FieldError[];
  }) => string;
  /** @param page `names`: what the wallet asks for, in words */
  readonly collect: (page: {
    readonly action: string;
    readonly walletName: string;
    readonly names: readonly string[];
    readonly offered: boolean;
  }) => string;
  readonly problem: (title: string, text: string) => string;
  /** @param form a form named `op.logoutForm`, made by the authorization server */
  readonly signOut: (form: string) => string;
  readonly signedOut: () => string;
  /** Serves the style sheet and the script. */
  readonly assets: FastifyPluginAsync;
}

/** Without a web font the style sheet names none: this is what NHS pages fall back to. */
const OWN_STYLE =
  'body,button,input{font-family:Arial,Helvetica,sans-serif}' +
  '.app-qr svg{width:200px;height:200px;display:block}' +
  '.app-key{overflow-wrap:anywhere;font-size:1.1em;color:inherit}';

/** Creates the pages. */
export function createPages(): Pages {
  const frontend = dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json'));
  const dist = join(frontend, 'dist');
  const { path: stylesheet, css } = nhsukStylesheet('/assets/identity', OWN_STYLE);
  // The library as it is shipped for browsers, then ours, which uses it.
  const script = [
    readFileSync(passkeyLibrary(), 'utf8'),
    readFileSync(new URL('../views/passkey.js', import.meta.url), 'utf8'),
  ].join('\n');
  const scriptPath = `/assets/identity/${hash('sha256', script, 'hex').slice(0, 16)}.js`;
  const templates = new nunjucks.Environment(
    new nunjucks.FileSystemLoader([fileURLToPath(new URL('../views', import.meta.url)), dist]),
    { autoescape: true },
  );
  const render = (name: string, context: object): string =>
    templates.render(name, { stylesheet, fieldErrors: {}, ...context });
  const withErrors = (errors: readonly FieldError[]) => ({
    errors: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
    fieldErrors: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
  });
  const withScript = (context: object) => ({ script: scriptPath, ...context });
  const codeApp = ({ secret, uri }: NewCodeApp) => ({
    // In groups of four it can be read out and typed.
    secret: (secret.match(/.{1,4}/g) ?? []).join(' '),
    qr: renderSVG(uri, { border: 2 }),
  });
  const message = (title: string, paragraphs: readonly string[], form?: string): string =>
    render('message.njk', { title, paragraphs, form });

  return {
    signIn: ({ errors, ...page }) =>
      render('sign-in.njk', withScript({ title: 'Sign in', ...page, ...withErrors(errors) })),
    secondFactor: ({ errors, ...page }) =>
      render(
        'second-factor.njk',
        withScript({ title: 'Confirm that it is you', ...page, ...withErrors(errors) }),
      ),
    setupCode: ({ errors, ...page }) =>
      render('setup-code.njk', { title: 'Enter your setup code', ...page, ...withErrors(errors) }),
    setUp: ({ errors, app, ...page }) =>
      render(
        'set-up.njk',
        withScript({
          title: 'Set up how you sign in',
          ...page,
          ...codeApp(app),
          ...withErrors(errors),
        }),
      ),
    account: ({ errors, adding, ...page }) =>
      render(
        'account.njk',
        withScript({
          title: 'Your account',
          ...page,
          ...(adding === undefined
            ? {}
            : {
                fresh: true,
                passkeyOptions: adding.options,
                browser: adding.browser,
                ...codeApp(adding.app),
                sealed: adding.app.sealedSecret,
              }),
          ...withErrors(errors),
        }),
      ),
    approve: ({ heading, lines, errors, ...page }) =>
      render(
        'approve.njk',
        withScript({
          title: heading,
          rows: lines.map(({ label, value }) => ({ key: { text: label }, value: { text: value } })),
          ...page,
          ...withErrors(errors),
        }),
      ),
    actingAs: ({ action, choices, errors }) =>
      render('acting-as.njk', {
        title: 'Who are you acting as?',
        action,
        items: choices.map(({ value, label }) => ({ value, text: label })),
        ...withErrors(errors),
      }),
    collect: (page) =>
      render('collect.njk', {
        title: page.offered ? 'Collect your credentials' : 'Nothing to collect',
        ...page,
      }),
    problem: (title, text) => message(title, [text]),
    signOut: (form) => message('Do you want to sign out?', [], form),
    signedOut: () => message('You have signed out', ['You can close this page.']),
    assets: (app) => {
      app.get(stylesheet, (_request, reply) =>
        reply
          .type('text/css; charset=utf-8')
          .header('cache-control', 'public, max-age=31536000, immutable')
          .send(css),
      );
      app.get(scriptPath, (_request, reply) =>
        reply
          .type('text/javascript; charset=utf-8')
          .header('cache-control', 'public, max-age=31536000, immutable')
          .send(script),
      );
      return Promise.resolve();
    },
  };
}

/** Where the passkey library's file for browsers is. It sets `window.SimpleWebAuthnBrowser`. */
const passkeyLibrary = (): string => {
  const entry = createRequire(import.meta.url).resolve('@simplewebauthn/browser');
  return join(dirname(dirname(entry)), 'dist', 'bundle', 'index.umd.min.js');
};
