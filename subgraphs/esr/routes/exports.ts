/** Where the gateway fetches the parts of an export, piece by piece, for whoever started it. */
import type { KeyObject } from 'node:crypto';

import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';

import { statedRequest, takeStatedBodies, whileAwaited } from '../../../runtime/stated-request.ts';
import { findPiece } from '../domain/find-piece.ts';
import type { RecordExports } from '../domain/export-ports.ts';

/** Largest body, in bytes. */
const BODY_LIMIT = 4 * 1024;

const body = z.strictObject({
  exportId: z.string().max(64),
  name: z.string().max(64),
  expires: z.number().int(),
  signature: z.string().max(64),
  from: z.number().int().min(0),
  length: z.number().int().min(0),
});

/** The route `POST /exports`. Its answers are for the gateway: `not-found`, `expired`, or `piece` with base64. */
export function exportRoutes(options: {
  readonly exports: Pick<RecordExports, 'find' | 'findPart' | 'readPart'>;
  readonly callerKeys: ReadonlyMap<string, KeyObject>;
  readonly now: () => Date;
}): FastifyPluginAsync {
  const { exports, callerKeys, now } = options;
  return async (app) => {
    takeStatedBodies(app, BODY_LIMIT);
    app.post('/exports', async (request, reply) => {
      const stated = statedRequest(request, { audience: 'esr', callerKeys, now });
      if (stated === undefined) return reply.code(401).send({ error: 'unauthenticated' });
      const { caller, body: bytes } = stated;
      const wanted = body.parse(JSON.parse(bytes.toString('utf8')));
      const found = await whileAwaited(request, reply, () =>
        findPiece(wanted, caller, { exports, now: now() }),
      );
      return found.kind === 'piece'
        ? { ...found, content: Buffer.from(found.content).toString('base64') }
        : found;
    });
    await Promise.resolve();
  };
}
