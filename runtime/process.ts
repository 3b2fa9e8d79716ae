/** Starting and stopping a process. */
import type { AddressInfo } from 'node:net';

import type { FastifyPluginAsync } from 'fastify';

import { ConfigError, withPatience } from './config.ts';
import { type Composed, createHttpServer } from './http-server.ts';
import { measureLoad } from './load.ts';
import { createLog, type Logger } from './log.ts';
import { markWork } from './route-work.ts';
import { readTracingSettings, type TracingSettings } from './tracing/settings.ts';
import { startTracing } from './tracing/start-tracing.ts';
import type { Tracing } from './tracing/tracer.ts';

/** `EX_CONFIG` of sysexits.h: the settings are wrong, so starting again will not help. */
const EXIT_CONFIG = 78;
/** After this long, in milliseconds, a stop no longer waits for anybody. */
const HARD_STOP_MS = 4_500;

/** Settings that every process has. */
interface ProcessConfig {
  readonly LOG_LEVEL: string;
  readonly HOST: string;
}

/** What `main.ts` of a process says. */
export interface ProcessOptions<Config extends ProcessConfig> {
  readonly name: string;
  readonly readConfig: (env: NodeJS.ProcessEnv) => Config;
  readonly port: (config: Config) => number;
  /** Whether the public routes let requests go when there is too much to do. */
  readonly sheds?: boolean;
  readonly compose: (config: Config, log: Logger) => Promise<Composed>;
}

/** A server that listens. */
export interface Listening {
  /** The port it listens on. */
  readonly port: number;
  /** Refuses new work, lets requests finish, then closes everything. Within five seconds. */
  readonly stop: () => Promise<void>;
}

/** Serves composed parts on one port. */
export async function listen(options: {
  readonly name: string;
  readonly log: Logger;
  readonly host: string;
  readonly port: number;
  readonly parts: readonly Composed[];
  /** Whether routes meant for the gateway alone are served here too. */
  readonly withPrivateRoutes: boolean;
  /** Whether requests are let go when there is too much to do; never those of the gateway. */
  readonly sheds?: boolean;
  /** Records requests, and is stopped last; nothing is recorded when left out. */
  readonly tracing?: Tracing | undefined;
}): Promise<Listening> {
  let draining = false;
  const { parts, tracing } = options;
  const load = options.sheds === true ? measureLoad() : undefined;
  const app = await createHttpServer({
    name: options.name,
    log: options.log,
    draining: () => draining,
    tracer: tracing?.tracer,
    ...(load === undefined
      ? {}
      : { load, door: parts.find((part) => part.door !== undefined)?.door?.(load) }),
    checks: Object.assign({}, ...parts.map((part) => part.checks)) as Composed['checks'],
    details: Object.assign({}, ...parts.map((part) => part.details)) as Composed['details'],
    routes: parts.flatMap((part) =>
      options.withPrivateRoutes && part.privateRoutes !== undefined
        ? [part.routes, forTheGateway(part.privateRoutes)]
        : [part.routes],
    ),
  });
  await app.listen({ host: options.host, port: options.port });
  return {
    port: (app.server.address() as AddressInfo).port,
    stop: async () => {
      if (draining) return;
      draining = true;
      const closed = app.close();
      app.server.closeIdleConnections();
      const timer = setTimeout(
        () => {
          app.server.closeAllConnections();
        },
        withPatience(HARD_STOP_MS - 1_500),
      );
      await closed;
      clearTimeout(timer);
      await Promise.allSettled(parts.map((part) => part.stop()));
      await tracing?.stop();
    },
  };
}

/** Routes that never let go of a request: the gateway has decided that. */
const forTheGateway =
  (routes: FastifyPluginAsync): FastifyPluginAsync =>
  async (app) => {
    markWork(app, 'any');
    await app.register(routes);
  };

/** Runs a process until it is told to stop. The whole of a `main.ts`. */
export async function runProcess<Config extends ProcessConfig>(
  options: ProcessOptions<Config>,
): Promise<void> {
  let config: Config;
  let traced: TracingSettings | undefined;
  try {
    config = options.readConfig(process.env);
    traced = readTracingSettings(process.env);
  } catch (error) {
    failStart(error);
    return;
  }
  const log = createLog({ name: options.name, level: config.LOG_LEVEL });
  try {
    const listening = await listen({
      name: options.name,
      log,
      host: config.HOST,
      port: options.port(config),
      parts: [await options.compose(config, log)],
      withPrivateRoutes: true,
      sheds: options.sheds === true,
      tracing: await startTracing(traced, { name: options.name, log }),
    });
    log.info({ port: listening.port }, 'ready');
    stopOnSignal(log, () => listening.stop());
  } catch (error) {
    // Some settings show only in use: a token's PIN, say.
    if (error instanceof ConfigError) failStart(error);
    log.fatal({ err: error }, 'could not start');
    process.exit(1);
  }
}

/** Says why a process cannot start, and ends it: 78 for wrong settings, otherwise 1. */
export function failStart(error: unknown): void {
  const wrong = error instanceof ConfigError;
  process.stderr.write(`${error instanceof Error ? error.message : 'could not start'}\n`);
  process.exit(wrong ? EXIT_CONFIG : 1);
}

/** Stops once on SIGTERM or SIGINT, exits 0 when it was clean, and no later than five seconds after. */
export function stopOnSignal(log: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      process.exit(1);
    }, withPatience(HARD_STOP_MS)).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
