/** Pages for developers: what this is, and an explorer of the graph. Served in development only. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import type { FastifyPluginAsync } from 'fastify';

import { explorerPage, type InventedPerson, startPage } from './html.ts';

/** What the pages speak about. */
export interface DeveloperPagesOptions {
  /** The authorization server. */
  readonly issuer: string;
  /** The graph as a protected resource: the audience of its tokens. */
  readonly resource: string;
  /** Invented people as whom one can sign in. */
  readonly invented: readonly InventedPerson[];
  /** The schema that clients see, as SDL. */
  readonly schema: () => string;
}

const { resolve } = createRequire(import.meta.url);

/** A file of an installed package, whether or not the package offers it to importers. */
const packageFile = (name: string, path: string) => (): URL =>
  new URL(path, pathToFileURL(resolve(`${name}/package.json`)));

/** Files that the pages need. Nothing comes from another host. */
const ASSETS = {
  'graphiql.min.js': packageFile('graphiql', 'graphiql.min.js'),
  'graphiql.min.css': packageFile('graphiql', 'graphiql.min.css'),
  'react.js': packageFile('react', 'umd/react.production.min.js'),
  'react-dom.js': packageFile('react-dom', 'umd/react-dom.production.min.js'),
  'nhsuk.css': packageFile('nhsuk-frontend', 'dist/nhsuk/nhsuk-frontend.min.css'),
  'explorer.js': () => new URL('./explorer.js', import.meta.url),
  'pages.css': () => new URL('./pages.css', import.meta.url),
} as const;

/** The style sheet's web font comes from another host, which the pages are not allowed to call. */
const withoutWebFont = (text: string): string =>
  text.replace(/@font-face\s*\{[^}]*url\(['"]?https:[^}]*\}/g, '');

/** Makes the routes. */
export function developerPages(options: DeveloperPagesOptions): FastifyPluginAsync {
  const explorerPolicy = [
    "default-src 'none'",
    "script-src 'self'",
    // GraphiQL writes style attributes and has its fonts inside its style sheet.
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    `connect-src 'self' ${new URL(options.issuer).origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

  return async (app) => {
    // The first page of the whole is that of the process for people.
    app.get('/explorer/start', (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(startPage(options)),
    );
    app.get('/schema.graphql', (_request, reply) =>
      reply.type('text/plain; charset=utf-8').send(options.schema()),
    );
    for (const path of ['/explorer', '/explorer/callback']) {
      app.get(path, (_request, reply) =>
        reply
          .header('content-security-policy', explorerPolicy)
          .header('referrer-policy', 'no-referrer')
          .header('cache-control', 'no-store')
          .type('text/html; charset=utf-8')
          .send(explorerPage(options)),
      );
    }
    for (const [name, file] of Object.entries(ASSETS)) {
      const isStyle = name.endsWith('.css');
      app.get(`/explorer/assets/${name}`, async (_request, reply) => {
        const content = await readFile(file(), 'utf8');
        return reply
          .type(`${isStyle ? 'text/css' : 'text/javascript'}; charset=utf-8`)
          .send(isStyle ? withoutWebFont(content) : content);
      });
    }
    await Promise.resolve();
  };
}
