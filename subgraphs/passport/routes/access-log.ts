/** Where the gateway writes down who read whose record, before it answers. */
import type { KeyObject } from 'node:crypto';

import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';

import { statedRequest, takeStatedBodies } from '../../../runtime/stated-request.ts';
import { staffId } from '../domain/identifiers.ts';
import type { AccessLog } from '../domain/ports/access-log.ts';
import type { Clock } from '../domain/ports/clock.ts';

/** Largest body, in bytes. */
const BODY_LIMIT = 256 * 1024;

const body = z.strictObject({
  people: z.array(staffId).min(1).max(1_000),
  fields: z.array(z.string().min(1).max(200)).min(1).max(200),
});

/** The route `POST /access-log`. */
export function accessLogRoutes(options: {
  readonly accessLog: Pick<AccessLog, 'write'>;
  readonly callerKeys: ReadonlyMap<string, KeyObject>;
  readonly now: Clock;
}): FastifyPluginAsync {
  const { accessLog, callerKeys, now } = options;
  return async (app) => {
    takeStatedBodies(app, BODY_LIMIT);
    app.post('/access-log', async (request, reply) => {
      const stated = statedRequest(request, { audience: 'passport', callerKeys, now });
      if (stated === undefined) return reply.code(401).send({ error: 'unauthenticated' });
      const { caller, body: bytes } = stated;
      const parsed = body.safeParse(parseJson(bytes));
      if (!parsed.success) return reply.code(400).send({ error: 'invalid_request' });
      const { people, fields } = parsed.data;
      await accessLog.write(
        {
          at: now(),
          actor: caller.subject,
          actorName: caller.name,
          ...(caller.odsCode === undefined ? {} : { actorOdsCode: caller.odsCode }),
          purpose: caller.purpose ?? 'NOT_STATED',
          fields,
          requestId: caller.requestId,
        },
        [...new Set(people)],
      );
      return reply.code(204).send();
    });
    await Promise.resolve();
  };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
