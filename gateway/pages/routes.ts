/** Pages for developers: what this is, and an explorer of the graph. Served in development only. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type { FastifyPluginAsync } from 'fastify';

import { explorerPage, startPage } from './html.ts';

/** What the pages speak about. */
export interface DeveloperPagesOptions {
  /** The authorization server. */
  readonly issuer: string;
  /** The graph as a protected resource: the audience of its tokens. */
  readonly resource: string;
  /** The schema that clients see, as SDL. */
  readonly schema: () => string;
}

const resolve = createRequire(import.meta.url).resolve;

/** Files that the pages need. Nothing comes from another host. */
const ASSETS = {
  'graphiql.min.js': { file: () => resolve('graphiql/graphiql.min.js'), type: 'text/javascript' },
  'graphiql.min.css': { file: () => resolve('graphiql/graphiql.min.css'), type: 'text/css' },
  'react.js': {
    file: () => resolve('react/umd/react.production.min.js'),
    type: 'text/javascript',
  },
  'react-dom.js': {
    file: () => resolve('react-dom/umd/react-dom.production.min.js'),
    type: 'text/javascript',
  },
  'nhsuk.css': {
    file: () => new URL('nhsuk-frontend.min.css', nhsukFolder()),
    type: 'text/css',
  },
  'explorer.js': { file: () => new URL('explorer.js', import.meta.url), type: 'text/javascript' },
  'pages.css': { file: () => new URL('pages.css', import.meta.url), type: 'text/css' },
} as const;

const nhsukFolder = (): URL =>
  new URL('dist/nhsuk/', `file://${resolve('nhsuk-frontend/package.json')}`);

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
    app.get('/', (_request, reply) =>
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
    for (const [name, { file, type }] of Object.entries(ASSETS)) {
      app.get(`/explorer/assets/${name}`, async (_request, reply) =>
        reply.type(`${type}; charset=utf-8`).send(await readFile(file())),
      );
    }
    await Promise.resolve();
  };
}
