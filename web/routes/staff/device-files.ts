/** What makes the passport an app of the device: manifest, icon, service worker, and the page for when there is no network. */
import { readFileSync } from 'node:fs';

import type { FastifyPluginAsync } from 'fastify';

import type { Assets } from '../../assets.ts';
import { SERVICE_NAME } from '../../words/frame.ts';
import { OFFLINE } from '../../words/staff/share.ts';
import { claimLabels } from '../../words/claims.ts';
import { CODE_WORDS } from '../../words/codes.ts';
import type { Answers } from '../answers.ts';

/** The page that the service worker keeps. */
const OFFLINE_PATH = '/offline';
const NHS_BLUE = '#005eb8';

/** The app as browsers install it. Nothing in it is about a person. */
const manifest = {
  name: SERVICE_NAME,
  short_name: SERVICE_NAME,
  lang: 'en-GB',
  start_url: '/passport',
  scope: '/',
  display: 'standalone',
  background_color: '#f0f4f5',
  theme_color: NHS_BLUE,
  icons: [
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
  ],
};

/** What the files are made from. */
export interface DeviceFilesParts {
  readonly assets: Assets;
  readonly answers: Answers;
}

/** Serves them. */
export function deviceFiles({ assets, answers }: DeviceFilesParts): FastifyPluginAsync {
  const icon = readFileSync(new URL('../../views/staff/icon.svg', import.meta.url), 'utf8');
  return async (app) => {
    app.get('/manifest.webmanifest', (_request, reply) =>
      reply
        .type('application/manifest+json; charset=utf-8')
        .header('cache-control', 'public, max-age=86400')
        .send(JSON.stringify(manifest)),
    );
    app.get('/icon.svg', (_request, reply) =>
      reply
        .type('image/svg+xml; charset=utf-8')
        .header('cache-control', 'public, max-age=86400')
        .send(icon),
    );
    // Under a name that stays, since a browser asks this address for the next one.
    app.get('/service-worker.js', (_request, reply) =>
      reply
        .type('text/javascript; charset=utf-8')
        // A worker goes by its own policy: it fetches what it keeps.
        .header('content-security-policy', "default-src 'none'; connect-src 'self'")
        .header('cache-control', 'no-cache')
        .send(serviceWorker(assets)),
    );
    // Nobody is signed in on it, and nothing on it is about anybody: so it can be kept.
    app.get(OFFLINE_PATH, (request, reply) =>
      answers.page(request, reply, {
        view: 'staff/offline.njk',
        context: {
          title: OFFLINE.title,
          staff: OFFLINE,
          scripts: ['offline'],
          types: JSON.stringify(CODE_WORDS.CredentialType),
          labels: JSON.stringify({ IDENTITY: claimLabels('IDENTITY') }),
        },
        status: 200,
      }),
    );
    await Promise.resolve();
  };
}

/** The service worker, with the names of this version's files. */
const serviceWorker = (assets: Assets): string =>
  `const FILES = ${JSON.stringify([OFFLINE_PATH, assets.stylesheet, ...assets.scriptsOf('page', 'offline')])};\n` +
  `const CACHE = ${JSON.stringify(`offline ${assets.version}`)};\n` +
  readFileSync(new URL('../../views/staff/service-worker.js', import.meta.url), 'utf8');
