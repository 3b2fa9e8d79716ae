/** Requests to this process as spans (OpenTelemetry semantic conventions, HTTP server). */
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { TraceContext } from '../trace-context.ts';
import type { Tracer } from './tracer.ts';

/** Asked again and again by whoever runs the process. */
const NOT_RECORDED: ReadonlySet<string | undefined> = new Set(['/livez', '/readyz', '/version']);

/** Begins the span of a request; it ends with the answer. Gives where the request belongs from then on. */
export function recordRequest(
  tracer: Tracer,
  asked: TraceContext,
  request: FastifyRequest,
  reply: FastifyReply,
): TraceContext {
  const { method } = request;
  // The pattern, never the address: addresses can hold codes.
  const route = request.routeOptions.url;
  if (NOT_RECORDED.has(route)) return asked;
  const { traceId: asTold, parentId, flags: told } = asked;
  const parent =
    parentId === undefined ? undefined : { traceId: asTold, spanId: parentId, flags: told };
  const span = tracer.begin(
    {
      name: route === undefined ? method : `${method} ${route}`,
      kind: 'server',
      attributes: {
        'http.request.method': method,
        ...(route === undefined ? {} : { 'http.route': route }),
      },
    },
    parent,
  );
  // After an answer, and when the client has gone before there was one.
  reply.raw.once('close', () => {
    const { statusCode, writableEnded } = reply.raw;
    if (writableEnded) span.note({ 'http.response.status_code': statusCode });
    const failed = statusCode >= 500 ? String(statusCode) : undefined;
    span.end(writableEnded ? failed : 'client_gone');
  });
  const { traceId, spanId, flags } = span;
  return { ...asked, traceId, spanId, flags, recording: { span, tracer } };
}
