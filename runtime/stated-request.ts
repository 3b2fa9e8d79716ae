/** Requests that only the gateway makes: each carries its signed statement of who is calling, about these very bytes. */
import type { KeyObject } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { type Caller, CALLER_HEADER, verifyCallerStatement } from './caller-statement.ts';
import type { Clock } from './clock.ts';
import { REMAINING_HEADER, withinDeadline } from './request-deadline.ts';

/** What a statement has to be for, and by whom. */
export interface StatementCheck {
  /** The part that is asked. */
  readonly audience: string;
  /** The gateway's public keys by `kid`. */
  readonly callerKeys: ReadonlyMap<string, KeyObject>;
  readonly now: Clock;
}

/** A request whose statement is the gateway's. */
export interface StatedRequest {
  readonly caller: Caller;
  /** The body as it was sent. */
  readonly body: Buffer;
}

/**
 * Lets an application's routes take JSON, and nothing else, as the bytes that a statement is about.
 *
 * @param bodyLimit the largest body, in bytes
 */
export function takeStatedBodies(app: FastifyInstance, bodyLimit: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit },
    (_request, body, done) => {
      done(null, body);
    },
  );
}

/** Checks who is calling. `undefined`, and a line in the log, when the statement is missing or is not the gateway's. */
export function statedRequest(
  request: FastifyRequest,
  { audience, callerKeys, now }: StatementCheck,
): StatedRequest | undefined {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const statement = request.headers[CALLER_HEADER];
  try {
    const caller = verifyCallerStatement(
      typeof statement === 'string' ? statement : undefined,
      { audience, body, now: now() },
      callerKeys,
    );
    return { caller, body };
  } catch (error) {
    request.log.warn({ err: error }, 'caller statement rejected');
    return undefined;
  }
}

/** Works on such a request while the gateway waits for the answer, see {@link withinDeadline}. */
export const whileAwaited = <Result>(
  request: FastifyRequest,
  reply: FastifyReply,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => withinDeadline(request.headers[REMAINING_HEADER], reply.raw, work);
