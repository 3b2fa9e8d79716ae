/** The pages of sign-in: HTML from templates, and their style sheet. They work without script. */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { FastifyPluginAsync } from 'fastify';
import nunjucks from 'nunjucks';

/** One error, and the field it belongs to. */
export interface FieldError {
  readonly field: string;
  readonly text: string;
}

/** The pages, each as HTML. */
export interface Pages {
  readonly signIn: (page: {
    readonly action: string;
    readonly mail: string;
    readonly errors: readonly FieldError[];
  }) => string;
  readonly actingAs: (page: {
    readonly action: string;
    readonly choices: readonly { readonly value: string; readonly label: string }[];
    readonly errors: readonly FieldError[];
  }) => string;
  readonly problem: (title: string, text: string) => string;
  /** @param form a form named `op.logoutForm`, made by the authorization server */
  readonly signOut: (form: string) => string;
  readonly signedOut: () => string;
  /** Serves the style sheet. */
  readonly assets: FastifyPluginAsync;
}

/** Without a web font the style sheet names none: this is what NHS pages fall back to. */
const OWN_STYLE = 'body,button,input{font-family:Arial,Helvetica,sans-serif}';

/** Creates the pages. */
export function createPages(): Pages {
  const frontend = dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json'));
  const dist = join(frontend, 'dist');
  const css = readFileSync(join(dist, 'nhsuk', 'nhsuk-frontend.min.css'), 'utf8')
    // The web font comes from another host, which the pages are not allowed to call.
    .replace(/@font-face\s*\{[^}]*\}/g, '')
    .replace(/\/\*# sourceMappingURL=[^*]*\*\//, '')
    .concat(OWN_STYLE);
  const stylesheet = `/assets/identity/${hash('sha256', css, 'hex').slice(0, 16)}.css`;
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
  const message = (title: string, paragraphs: readonly string[], form?: string): string =>
    render('message.njk', { title, paragraphs, form });

  return {
    signIn: ({ action, mail, errors }) =>
      render('sign-in.njk', { title: 'Sign in', action, mail, ...withErrors(errors) }),
    actingAs: ({ action, choices, errors }) =>
      render('acting-as.njk', {
        title: 'Who are you acting as?',
        action,
        items: choices.map(({ value, label }) => ({ value, text: label })),
        ...withErrors(errors),
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
      return Promise.resolve();
    },
  };
}
