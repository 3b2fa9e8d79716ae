/** Where the gateway fetches the parts of an export, piece by piece, for whoever started it. */
import type { KeyObject } from 'node:crypto';

import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';

import {
  type Caller,
  CALLER_HEADER,
  verifyCallerStatement,
} from '../../../runtime/caller-statement.ts';
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
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
      (_request, bytes, done) => {
        done(null, bytes);
      },
    );
    app.post('/exports', async (request, reply) => {
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const statement = request.headers[CALLER_HEADER];
      let caller: Caller;
      try {
        caller = verifyCallerStatement(
          typeof statement === 'string' ? statement : undefined,
          { audience: 'esr', body: bytes, now: now() },
          callerKeys,
        );
      } catch (error) {
        request.log.warn({ err: error }, 'caller statement rejected');
        return reply.code(401).send({ error: 'unauthenticated' });
      }
      const wanted = body.parse(JSON.parse(bytes.toString('utf8')));
      const found = await findPiece(wanted, caller, { exports, now: now() });
      return found.kind === 'piece'
        ? { ...found, content: Buffer.from(found.content).toString('base64') }
        : found;
    });
    await Promise.resolve();
  };
}
