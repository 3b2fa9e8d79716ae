/** What kind of work routes do, so that a process with too much to do knows what to let go. */
import type { FastifyInstance } from 'fastify';

import { type LoadMeter, Overloaded, type Work } from './load.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route does; `any` is never let go, and not counted. */
    readonly work?: Work | 'any';
  }
  interface FastifyInstance {
    /** How busy the process is; `undefined` where nothing is let go. */
    readonly load: LoadMeter | undefined;
  }
}

/** When a client that was refused may come back, in seconds. */
export const COME_BACK_SECONDS = 1;

/** Says what the routes of a plugin do that do not say it themselves. Goes before them. */
export function markWork(app: FastifyInstance, work: Work | 'any'): void {
  app.addHook('onRoute', (route) => {
    route.config = { work, ...route.config };
  });
}

/** Counts requests, and refuses them before their body is read when there is too much to do. */
export function shedLoad(app: FastifyInstance, load: LoadMeter): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { work = 'read' } = request.routeOptions.config;
    if (work === 'any') {
      done();
      return;
    }
    if (load.sheds(work)) {
      reply.header('retry-after', String(COME_BACK_SECONDS));
      done(new Overloaded('too much to do'));
      return;
    }
    load.enter();
    reply.raw.once('close', load.leave);
    done();
  });
  app.addHook('onClose', (_app, done) => {
    load.stop();
    done();
  });
}
