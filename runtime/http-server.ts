/** The HTTP server of a process: request ids, logs without personal data, health, a clean stop. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyServerFactory,
} from 'fastify';

import { withPatience } from './config.ts';
import { type LoadMeter, Overloaded } from './load.ts';
import type { Logger } from './log.ts';
import { RequestOver } from './request-deadline.ts';
import { REQUEST_ID_HEADER, requestIdFrom } from './request-id.ts';
import { shedLoad } from './route-work.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import {
  CORRELATION_ID_HEADER,
  readTraceContext,
  TRACEPARENT_HEADER,
  traceparentOf,
  withinTrace,
} from './trace-context.ts';
import { recordRequest } from './tracing/record-request.ts';
import type { Tracer } from './tracing/tracer.ts';
import { VERSION } from './version.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** False for answers that are no pages, and go out without the headers that protect browsers. */
    readonly isPage?: boolean;
  }
}

/** Sees a request before anything is done for it: answers it, or gives it on. */
export type Door = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** What a composed process offers, before it listens anywhere. */
export interface Composed {
  /** Routes that anybody may reach. */
  readonly routes: FastifyPluginAsync;
  /** Routes for the gateway alone. Kept off the public port when everything runs in one process. */
  readonly privateRoutes?: FastifyPluginAsync;
  /** Stands before the public routes where requests are let go when there is too much to do. */
  readonly door?: (load: LoadMeter) => Door;
  /** What has to work for the process to be of use, by name. Each rejects when its part is down. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
  /** What an operator should know of a part that works, by name. It says nothing about readiness. */
  readonly details?: Readonly<Record<string, () => string>>;
  /** Ends background work and closes connections. Called once, after the last request. */
  readonly stop: () => Promise<void>;
}

/** What makes a server. */
export interface HttpServerOptions {
  readonly name: string;
  readonly log: Logger;
  readonly routes: readonly FastifyPluginAsync[];
  readonly checks: Composed['checks'];
  readonly details?: Composed['details'];
  /** True once the process has been told to stop: `/readyz` says no, and connections are not kept. */
  readonly draining: () => boolean;
  /** Refuses what there is too much of; nothing is refused when left out. */
  readonly load?: LoadMeter;
  readonly door?: Door | undefined;
  /** Records requests; nothing is recorded when left out. */
  readonly tracer?: Tracer | undefined;
}

/** Largest request body, in bytes, unless a route says otherwise. */
const BODY_LIMIT = 100 * 1024;
/** How long a request may take to come in, and a connection is kept for the next: milliseconds. */
const TIMEOUTS = { requestTimeout: 30_000, keepAliveTimeout: 72_000 } as const;
/** How long one readiness check may take, in milliseconds. */
const CHECK_DEADLINE_MS = 2_000;

/** Creates a process's server. It does not listen yet. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = options.log;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    ...TIMEOUTS,
    return503OnClosing: false,
    // Whatever is logged names the request itself.
    childLoggerFactory: (logger) => logger,
    routerOptions: { maxParamLength: 200 },
    ...(options.door === undefined
      ? {}
      : { serverFactory: serverBehind(options.door, options.draining) }),
    genReqId: (request) => requestIdFrom(request.headers[REQUEST_ID_HEADER]),
  });

  app.addHook('onRequest', (request, reply, done) => {
    const asked = readTraceContext(request.headers, request.id);
    const { tracer } = options;
    const trace = tracer === undefined ? asked : recordRequest(tracer, asked, request, reply);
    if (request.routeOptions.config.isPage !== false) reply.headers(SECURITY_HEADERS);
    reply.headers({
      [REQUEST_ID_HEADER]: request.id,
      [CORRELATION_ID_HEADER]: trace.correlationId,
      [TRACEPARENT_HEADER]: traceparentOf(trace),
    });
    withinTrace(trace, done);
  });
  // With the answer: whoever was under way when the process was told to stop asks elsewhere next, too.
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (options.draining()) reply.header('connection', 'close');
    done(null, payload);
  });
  app.decorate('load', options.load);
  if (options.load !== undefined) shedLoad(app, options.load);
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        requestId: request.id,
        correlationId: reply.getHeader(CORRELATION_ID_HEADER),
        traceId: String(reply.getHeader(TRACEPARENT_HEADER)).slice(3, 35),
        method: request.method,
        // The pattern, never the address: addresses can hold codes.
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
    done();
  });
  app.setErrorHandler((error: unknown, request, reply) => {
    const status = statusOf(error);
    if (error instanceof RequestOver)
      request.log.info({ requestId: request.id }, 'nobody waits for this answer any more');
    else if (status >= 500 && !(error instanceof Overloaded))
      request.log.error({ err: error, requestId: request.id }, 'request failed');
    return reply.code(status).send({
      error: status >= 500 ? 'server_error' : 'invalid_request',
      requestId: request.id,
    });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: 'not_found', requestId: request.id }),
  );

  app.get('/livez', ALWAYS, () => ({ status: 'alive' }));
  app.get('/readyz', ALWAYS, async (_request, reply) => {
    const parts = await runChecks(options.checks);
    const ready = !options.draining() && Object.values(parts).every((answer) => answer === 'up');
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        status: ready ? 'ready' : options.draining() ? 'stopping' : 'not ready',
        parts,
        ...(options.details === undefined ? {} : { details: detailsOf(options.details) }),
      });
  });
  app.get('/version', ALWAYS, () => ({
    name: options.name,
    version: VERSION,
    node: process.version,
  }));

  for (const routes of options.routes) await app.register(routes);
  return app;
}

/** A server whose requests go through a door. What is under way when the process stops is answered. */
const serverBehind =
  (door: Door, draining: () => boolean): FastifyServerFactory =>
  (handler) => {
    const server = createServer((request, response) => {
      const next = (): void => {
        handler(request, response);
      };
      if (draining()) next();
      else door(request, response, next);
    });
    return Object.assign(server, TIMEOUTS);
  };

/** For routes that answer however busy the process is. */
const ALWAYS = { config: { work: 'any' } } as const;

/** The HTTP status that a framework error asks for; 500 for anything else. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

const detailsOf = (details: NonNullable<Composed['details']>): Record<string, string> =>
  Object.fromEntries(Object.entries(details).map(([name, detail]) => [name, detail()]));

async function runChecks(checks: Composed['checks']): Promise<Record<string, 'up' | 'down'>> {
  const answers = Object.entries(checks).map(async ([name, check]) => {
    const deadline = new Promise<never>((_resolve, reject) => {
      setTimeout(() => {
        reject(new Error('deadline'));
      }, withPatience(CHECK_DEADLINE_MS)).unref();
    });
    const answer = await Promise.race([check(), deadline]).then(
      () => 'up' as const,
      () => 'down' as const,
    );
    return [name, answer] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
}
