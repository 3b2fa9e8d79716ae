/** Where the gateway writes down who read whose record, before it answers. For the gateway alone. */
import type { KeyObject } from 'node:crypto';

import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';

import { GATEWAY } from '../../../runtime/caller-statement.ts';
import { purposeOfUse } from '../../../runtime/purpose.ts';
import { statedRequest, takeStatedBodies, whileAwaited } from '../../../runtime/stated-request.ts';
import { staffId } from '../domain/identifiers.ts';
import type { AccessLog, AccessLogRecord } from '../domain/ports/access-log.ts';
import type { Clock } from '../domain/ports/clock.ts';
import { writeEntries } from '../domain/write-access.ts';

/** Largest body, in bytes. */
const BODY_LIMIT = 256 * 1024;
/** Most entries at a time. */
const MOST_ENTRIES = 100;

const body = z.strictObject({ entries: z.array(z.unknown()).min(1).max(MOST_ENTRIES) });

const entryBody = z.strictObject({
  reader: z.strictObject({
    subject: z.string().min(1),
    name: z.string(),
    odsCode: z.string().optional(),
    purpose: purposeOfUse.optional(),
    requestId: z.string(),
  }),
  people: z.array(staffId).min(1).max(1_000),
  fields: z.array(z.string().min(1).max(200)).min(1).max(200),
});

/** The route `POST /access-log`. It answers which entries are written; those that are not are none of the others' concern. */
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
      if (stated?.caller.subject !== GATEWAY) {
        if (stated !== undefined) request.log.warn('not the gateway itself');
        return reply.code(401).send({ error: 'unauthenticated' });
      }
      const parsed = body.safeParse(parseJson(stated.body));
      if (!parsed.success) return reply.code(400).send({ error: 'invalid_request' });
      const at = now();
      const entries = parsed.data.entries.map((entry) => recordsOf(entry, at));
      const written = await whileAwaited(request, reply, () => writeEntries(entries, accessLog));
      return { written };
    });
    await Promise.resolve();
  };
}

/** One record for each person. `undefined` when it is no entry. */
function recordsOf(entry: unknown, at: Date): readonly AccessLogRecord[] | undefined {
  const parsed = entryBody.safeParse(entry);
  if (!parsed.success) return undefined;
  const { reader, people, fields } = parsed.data;
  return [...new Set(people)].map((id) => ({
    staffId: id,
    at,
    actor: reader.subject,
    actorName: reader.name,
    ...(reader.odsCode === undefined ? {} : { actorOdsCode: reader.odsCode }),
    purpose: reader.purpose ?? 'NOT_STATED',
    fields,
    requestId: reader.requestId,
  }));
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
