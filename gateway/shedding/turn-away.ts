/** Turns operations away before anything is done for them: whoever is let go must cost as little as can be. */
import type { IncomingMessage } from 'node:http';

import type { Door } from '../../runtime/http-server.ts';
import type { LoadMeter } from '../../runtime/load.ts';
import { REQUEST_ID_HEADER, requestIdFrom } from '../../runtime/request-id.ts';
import { COME_BACK_SECONDS } from '../../runtime/route-work.ts';
import { errorBody } from '../error-shape.ts';
import { isJsonObject } from '../execution/own-properties.ts';
import { mediaType } from '../graphql-route.ts';
import type { KnownWork } from './known-work.ts';

/**
 * Answers operations that are let go now with 503, and gives everything else on. What kind of work a request is stands in its
 * body, which is looked at where all of it came along with its head; any other is for the route.
 *
 * @param turnedAway told of each
 */
export const turnAway =
  (works: KnownWork, load: LoadMeter, turnedAway: () => void): Door =>
  (request, response, next) => {
    if (request.method !== 'POST' || request.url !== '/graphql') {
      next();
      return;
    }
    if (!load.sheds('bulk')) {
      works.letIn.add(request);
      next();
      return;
    }
    // What came along with the head is there once the head has been dealt with.
    process.nextTick(() => {
      const name = operationIn(bodyOf(request));
      const work = name === undefined ? undefined : (works.of(name.given) ?? name.otherwise);
      if (work === undefined || !load.sheds(work)) {
        if (work !== undefined) works.letIn.add(request);
        next();
        return;
      }
      const id = requestIdFrom(request.headers[REQUEST_ID_HEADER]);
      response.writeHead(503, {
        'content-type': mediaType(request),
        'retry-after': String(COME_BACK_SECONDS),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        [REQUEST_ID_HEADER]: id,
      });
      response.end(errorBody('SERVICE_UNAVAILABLE', id, { retryAfter: COME_BACK_SECONDS }));
      turnedAway();
    });
  };

/** The whole body, which stays there for whoever reads the request; `undefined` when there is more to come. */
function bodyOf(request: IncomingMessage): string | undefined {
  const read = request.read() as Buffer | null;
  if (read === null) return undefined;
  request.unshift(read);
  return String(read.length) === request.headers['content-length'] ? read.toString() : undefined;
}

/** What a body calls its operation, and what kind of work that is when it has not been seen before. */
function operationIn(body: string | undefined) {
  const sent = body === undefined ? undefined : parsed(body);
  if (!isJsonObject(sent)) return undefined;
  const { query, extensions } = sent;
  // It has yet to be planned: nothing is more work.
  if (typeof query === 'string') return { given: query, otherwise: 'bulk' } as const;
  const asked = isJsonObject(extensions) ? extensions['persistedQuery'] : undefined;
  const hash = isJsonObject(asked) ? asked['sha256Hash'] : undefined;
  return typeof hash === 'string' ? { given: hash, otherwise: undefined } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
