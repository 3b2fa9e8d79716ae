/** Where the gateway hands SCIM requests on, with a signed statement of who is calling. */
import type { KeyObject } from 'node:crypto';

import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';

import type { Caller } from '../../../runtime/caller-statement.ts';
import type { Clock } from '../../../runtime/clock.ts';
import { statedRequest, takeStatedBodies, whileAwaited } from '../../../runtime/stated-request.ts';
import { errorMessage, ScimError } from '../../../standards/scim/scim-error.ts';
import { answerRequest, type ScimAnswer } from './answer-request.ts';
import type { MailDomains } from './mail-domains.ts';
import type { ScimUserStore } from './user-store.ts';

/** The scope that lets an organisation's system push accounts. */
export const SCOPE = 'directory:write';

/** Largest message of the gateway, in bytes: a request of {@link MAX_PAYLOAD} in quotes, and what goes with it. */
const BODY_LIMIT = 3 * 1024 * 1024;

const message = z.strictObject({
  method: z.string().max(10),
  path: z.string().max(300),
  query: z.record(z.string(), z.unknown()),
  ifMatch: z.string().max(300).optional(),
  ifNoneMatch: z.string().max(300).optional(),
  body: z.string(),
  /** The base address, as clients see it. */
  base: z.url(),
});

/** The route `POST /scim`. Its answers are for the gateway: status, entity tag, location and body. */
export function scimRoutes(options: {
  readonly users: ScimUserStore;
  readonly domains: MailDomains;
  readonly callerKeys: ReadonlyMap<string, KeyObject>;
  readonly now: Clock;
}): FastifyPluginAsync {
  const { users, domains, callerKeys, now } = options;
  return async (app) => {
    takeStatedBodies(app, BODY_LIMIT);
    app.post('/scim', async (request, reply): Promise<ScimAnswer> => {
      const stated = statedRequest(request, { audience: 'nhsmail', callerKeys, now });
      if (stated === undefined) {
        reply.code(401);
        return { status: 401 };
      }
      const { caller, body } = stated;
      const { base, ...asked } = message.parse(JSON.parse(body.toString('utf8')));
      try {
        const writer = writerOf(caller, now());
        const own = domains[writer.odsCode] ?? [];
        const work = () => answerRequest(asked, { users, base, writer, domains: own });
        // Of many changes in one request, those that follow are made although nobody waits any more.
        return await (asked.method === 'GET' ? whileAwaited(request, reply, work) : work());
      } catch (error) {
        if (!(error instanceof ScimError)) throw error;
        return { status: error.status, body: errorMessage(error) };
      }
    });
    await Promise.resolve();
  };
}

/** The organisation in whose name everything is done: that of the token, never one that the request names. */
function writerOf(caller: Caller, at: Date) {
  const { kind, scopes, odsCode, clientId } = caller;
  if (kind !== 'machine' || odsCode === undefined || !scopes.has(SCOPE)) {
    throw new ScimError(403, 'this takes a token of an organisation with directory:write');
  }
  return { odsCode, clientId, at };
}
