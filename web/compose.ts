/** Puts the pages together. */
import { stop } from 'esbuild';
import { LRUCache } from 'lru-cache';

import type { Clock } from '../runtime/clock.ts';
import { ConfigError } from '../runtime/config.ts';
import type { Composed } from '../runtime/http-server.ts';
import type { KeyValue } from '../runtime/key-value.ts';
import type { Logger } from '../runtime/log.ts';
import { markWork } from '../runtime/route-work.ts';
import { makeAssets } from './assets.ts';
import type { WebSettings } from './config.ts';
import type { AskGraph } from './domain/graph.ts';
import { deriveKey } from './domain/seal.ts';
import { askGraphAt } from './graph/ask-graph.ts';
import { graphHealthAt } from './graph/graph-health.ts';
import { clientUsageAt } from './graph/client-usage.ts';
import { followGraphAt } from './graph/follow-graph.ts';
import { administrationAt } from './oauth/administration.ts';
import { SCOPES } from './oauth/scopes.ts';
import { signInService } from './oauth/sign-in-service.ts';
import { organisationName } from './operations/operations.generated.ts';
import { keyValueSessions } from './redis/sessions.ts';
import { keyValueCodes } from './redis/short-codes.ts';
import { liveRoute } from './routes/administration/live.ts';
import { createAnswers } from './routes/answers.ts';
import { browserSessions, type SignedInBrowser } from './routes/browser-session.ts';
import { deviceFiles } from './routes/staff/device-files.ts';
import { frameRoutes, type InventedPerson } from './routes/frame-routes.ts';
import type { TestPerson } from './routes/developers/examples.ts';
import { publicDeveloperPages } from './routes/developers/public-pages.ts';
import { servePages } from './routes/serve-pages.ts';
import { scannerFiles } from './scanner-files.ts';
import { servePublicPages } from './routes/serve-public-pages.ts';
import { PAGES } from './sections.ts';
import { createRender } from './views/render.ts';

/** What is opened elsewhere and handed in. `compose` closes the key-value store. */
export interface WebParts {
  readonly log: Logger;
  readonly now: Clock;
  readonly keyValue: KeyValue;
  /** Invented people whom a newcomer can be with one click. Refused in production. */
  readonly invented?: () => readonly InventedPerson[];
  /** Invented people for trying the API. */
  readonly testPeople?: readonly TestPerson[];
}

/** How long the name of an organisation is remembered, in milliseconds. */
const NAME_MS = 600_000;
const NAMES_KEPT = 1_000;

/** Composes the process. */
export async function composeWeb(settings: WebSettings, parts: WebParts): Promise<Composed> {
  const { log, now, keyValue, invented, testPeople = [] } = parts;
  if (invented !== undefined && settings.NODE_ENV === 'production') {
    throw new ConfigError('nobody is invented in production');
  }
  const origin = settings.WEB_URL;
  const issuer = settings.WEB_ISSUER;
  const identityUrl = settings.WEB_IDENTITY_URL ?? issuer;
  const resources = {
    graph: settings.WEB_GRAPH_RESOURCE,
    administration: `${issuer}/administration`,
  };
  const ask = askGraphAt(settings.WEB_GRAPH_URL);
  const store = keyValueSessions(keyValue, settings.WEB_SECRET);
  const sessions = browserSessions({
    origin,
    graph: resources.graph,
    store,
    service: await signInService({
      issuer,
      identityUrl,
      origin,
      clientKey: settings.WEB_CLIENT_KEY,
      resources: Object.values(resources),
      scopes: SCOPES,
      log,
      now,
    }),
    now,
  });
  const [assets, scanner] = await Promise.all([makeAssets(), scannerFiles()]);
  // The bundler's helper would outlive this process's work.
  await stop();
  const formKey = deriveKey(settings.WEB_SECRET, '', 'forms');
  const answers = createAnswers({
    render: createRender(),
    formKey,
    origins: {
      issuer: new URL(issuer).origin,
      wallet: [new URL(settings.WEB_PASSPORT_URL).origin],
    },
    assets,
    isDemonstration: invented !== undefined,
    organisationName: namesOfOrganisations(ask, (browser) =>
      sessions.tokenFor(browser, resources.graph),
    ),
  });
  return {
    routes: async (app) => {
      await app.register(async (pages) => {
        markWork(pages, 'read');
        await pages.register(assets.routes);
        await pages.register(scanner);
        await pages.register(
          frameRoutes({ origin, sessions, answers, formKey, invented: invented ?? (() => []) }),
        );
        await pages.register(
          servePublicPages({
            pages: publicDeveloperPages({
              hasExplorer: settings.NODE_ENV === 'development',
              testPeople,
            }),
            sessions,
            answers,
          }),
        );
        await pages.register(
          servePages({
            origin,
            resources,
            pages: PAGES,
            sessions,
            store,
            ask,
            graphHealth: graphHealthAt(settings.WEB_GRAPH_URL),
            administration: administrationAt(identityUrl, resources.administration),
            usage: clientUsageAt(settings.WEB_GRAPH_URL),
            answers,
            formKey,
            service: {
              origin,
              issuer,
              passportUrl: settings.WEB_PASSPORT_URL,
              anchors: settings.WEB_TRUST_ANCHORS ?? [],
            },
            codes: keyValueCodes(keyValue),
          }),
        );
        await pages.register(
          liveRoute({
            sessions,
            ask,
            follow: followGraphAt(settings.WEB_GRAPH_URL),
            graph: resources.graph,
            passportUrl: settings.WEB_PASSPORT_URL,
            now,
          }),
        );
        await pages.register(deviceFiles({ assets, answers }));
      });
    },
    checks: { 'web sessions': () => keyValue.check() },
    stop: () => keyValue.close(),
  };
}

/** Names for the header; a code does until the graph answers. */
function namesOfOrganisations(
  ask: AskGraph,
  tokenFor: (browser: SignedInBrowser) => Promise<string | undefined>,
) {
  const names = new LRUCache<string, string>({ max: NAMES_KEPT, ttl: NAME_MS });
  return async (browser: SignedInBrowser, requestId: string): Promise<string> => {
    const { odsCode = '' } = browser.session.person;
    const known = names.get(odsCode);
    if (known !== undefined) return known;
    try {
      const question = { operation: organisationName, variables: { odsCode } } as const;
      const { data } = await ask({
        ...question,
        purpose: undefined,
        token: await tokenFor(browser),
        requestId,
      });
      const name = data.organisation?.name ?? odsCode;
      names.set(odsCode, name);
      return name;
    } catch {
      return odsCode;
    }
  };
}
