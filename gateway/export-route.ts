/**
 * `GET /exports/{id}/{part}`: the parts of bulk exports. A download can go on where it was cut off (RFC 9110, sections 8.8.3,
 * 13.1.5 and 14): the entity tag is the SHA-256 of the file.
 */
import { Readable } from 'node:stream';

import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { Caller } from '../runtime/caller-statement.ts';
import { Overloaded } from '../runtime/load.ts';
import { COME_BACK_SECONDS } from '../runtime/route-work.ts';
import { SOURCE_BACK_SECONDS } from '../runtime/unavailable.ts';
import { admit } from './admit.ts';
import type { AuthenticationRules } from './authenticate.ts';
import { type ByteRange, parseRange } from './byte-range.ts';
import { whileOpen } from './deadline.ts';
import { errorBody, type GatewayErrorCode } from './error-shape.ts';
import { type AskOptions, askSubgraph, SubgraphUnavailable } from './subgraphs/ask-subgraph.ts';
import type { RateLimiter } from './rate-limits/rate-limiter.ts';

/** What the route needs. */
export interface ExportRouteOptions {
  readonly esr: AskOptions;
  readonly authentication: AuthenticationRules;
  readonly rates: RateLimiter;
  /** Where clients find this process. */
  readonly publicUrl: string;
}

/** What is asked for, by whom, and the answer to them. */
interface Wanted {
  readonly caller: Caller;
  readonly reply: FastifyReply;
  readonly exportId: string;
  readonly name: string;
  readonly expires: number;
  readonly signature: string;
}

/** Bytes asked of the subgraph at a time: the most it gives. */
const PIECE = 512 * 1024;

const query = z.object({
  expires: z.string().regex(/^\d{1,12}$/),
  signature: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

const answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('not-found') }),
  z.object({ kind: z.literal('expired') }),
  z.object({
    kind: z.literal('piece'),
    size: z.number().int().min(0),
    sha256: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
    content: z.base64(),
  }),
]);

/** Makes the route. */
export function exportRoute({
  esr,
  authentication,
  rates,
  publicUrl,
}: ExportRouteOptions): FastifyPluginAsync {
  /** Who leaves is read no more for. */
  const ask = async ({ caller, reply, ...wanted }: Wanted, from: number, length: number) => {
    const body = JSON.stringify({ ...wanted, from, length });
    const text = await whileOpen(reply.raw, (deadline) =>
      askSubgraph(esr, caller, { path: '/exports', body, repeatable: true, deadline }, 200),
    );
    const parsed = answer.safeParse(parseJson(text));
    if (!parsed.success) throw new SubgraphUnavailable('the subgraph answered something else');
    return parsed.data;
  };

  /** The bytes of a range, asked for as fast as they are taken. */
  async function* pieces(wanted: Wanted, { from, to }: ByteRange) {
    for (let next = from; next <= to;) {
      const found = await ask(wanted, next, Math.min(PIECE, to - next + 1));
      const content = found.kind === 'piece' ? Buffer.from(found.content, 'base64') : undefined;
      // Erased meanwhile: the connection ends short of what was announced.
      if (content === undefined || content.length === 0) {
        throw new SubgraphUnavailable('a part of an export is gone');
      }
      yield content;
      next += content.length;
    }
  }

  return async (app) => {
    app.setErrorHandler((error: unknown, request, reply) => {
      if (error instanceof Overloaded)
        return refuse(request, reply, 503, 'SERVICE_UNAVAILABLE', {
          retryAfter: COME_BACK_SECONDS,
        });
      request.log.error({ err: error, requestId: request.id }, 'request failed');
      return refuse(request, reply, 500, 'INTERNAL_SERVER_ERROR');
    });

    app.get<{ Params: { id: string; name: string } }>(
      '/exports/:id/:name',
      { exposeHeadRoute: false, config: { work: 'bulk' } },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const target = { method: 'GET', url: `${publicUrl}${request.url.replace(/\?.*$/s, '')}` };
        const who = await admit(request, reply, { authentication, rates, target });
        switch (who.kind) {
          case 'bad-token':
            reply.header('www-authenticate', who.challenge);
            return refuse(request, reply, 401, 'UNAUTHENTICATED');
          case 'unavailable':
            return refuse(request, reply, 503, 'SERVICE_UNAVAILABLE');
          case 'anonymous':
            reply.header('www-authenticate', 'Bearer');
            return refuse(request, reply, 401, 'UNAUTHENTICATED');
          case 'bad-purpose':
          case 'purpose-refused':
            return refuse(request, reply, 403, 'FORBIDDEN');
          case 'too-many':
            return refuse(request, reply, 429, 'TOO_MANY_REQUESTS', { retryAfter: who.retryAfter });
          case 'caller':
        }
        const { caller } = who;
        const link = query.safeParse(request.query);
        if (!link.success) return refuse(request, reply, 404, 'NOT_FOUND');
        const { id, name } = request.params;
        const { expires, signature } = link.data;
        const wanted = { caller, reply, exportId: id, name, expires: Number(expires), signature };
        let found;
        try {
          found = await ask(wanted, 0, 0);
        } catch (error) {
          if (!(error instanceof SubgraphUnavailable)) throw error;
          return refuse(request, reply, 503, 'SERVICE_UNAVAILABLE');
        }
        if (found.kind === 'not-found') return refuse(request, reply, 404, 'NOT_FOUND');
        if (found.kind === 'expired') return refuse(request, reply, 410, 'LINK_EXPIRED');
        const { size, sha256 } = found;
        const tag = `"${sha256}"`;
        reply.header('etag', tag).header('accept-ranges', 'bytes');
        const condition = request.headers['if-range'];
        const range =
          condition === undefined || condition === tag
            ? parseRange(request.headers.range, size)
            : undefined;
        if (range === 'unsatisfiable') {
          reply.header('content-range', `bytes */${String(size)}`);
          return refuse(request, reply, 416, 'INVALID_VALUE');
        }
        const { from, to } = range ?? { from: 0, to: size - 1 };
        if (range !== undefined) {
          reply
            .code(206)
            .header('content-range', `bytes ${String(from)}-${String(to)}/${String(size)}`);
        }
        reply
          .header('content-type', 'application/gzip')
          .header('content-disposition', `attachment; filename="${name}"`)
          .header('content-length', String(to - from + 1));
        return reply.send(Readable.from(pieces(wanted, { from, to }), { objectMode: false }));
      },
    );
    await Promise.resolve();
  };
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: GatewayErrorCode,
  more: Parameters<typeof errorBody>[2] = {},
): FastifyReply {
  if (status === 503) reply.header('retry-after', String(more.retryAfter ?? SOURCE_BACK_SECONDS));
  return reply
    .code(status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(errorBody(code, request.id, more));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
