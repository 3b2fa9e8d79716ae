/** Documents that anybody may read: cacheable, compressed once, readable from any web page. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { acceptsGzip, alreadyHas } from './negotiation.ts';

/** A document as it is sent. */
export interface PublicDocument {
  readonly type: string;
  readonly body: Buffer;
  /** With its quotes. Another one stands for the compressed form. */
  readonly etag: string;
  /** How long it may be kept, in seconds. */
  readonly maxAge: number;
  /** Compresses it, the first time, off the main thread. */
  readonly compressed: () => Promise<Buffer>;
}

const compress = promisify(gzip);

/** Makes a document. Its validator is a name that the caller knows to be right, or a digest of the body. */
export function publicDocument(content: {
  readonly type: string;
  readonly body: string;
  readonly maxAge: number;
  readonly name?: string;
}): PublicDocument {
  const { type, maxAge, name } = content;
  const body = Buffer.from(content.body, 'utf8');
  let compressed: Promise<Buffer> | undefined;
  return {
    type,
    body,
    maxAge,
    etag: `"${name ?? createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    compressed: () => (compressed ??= compress(body)),
  };
}

/** Sends a document, or says that the client's copy is still good (RFC 9110, section 8.8.3). */
export function sendDocument(
  { headers }: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
  document: PublicDocument,
): FastifyReply | Promise<FastifyReply> {
  readableAnywhere(reply);
  const { etag } = document;
  const compressedEtag = `${etag.slice(0, -1)}-gzip"`;
  const asGzip = acceptsGzip(headers['accept-encoding']);
  reply
    .header('cache-control', `public, max-age=${String(document.maxAge)}`)
    .header('vary', 'accept-encoding')
    .header('etag', asGzip ? compressedEtag : etag);
  if (alreadyHas(headers['if-none-match'], [etag, compressedEtag])) return reply.code(304).send();
  reply.header('content-type', document.type);
  if (!asGzip) return reply.send(document.body);
  return document.compressed().then((body) => reply.header('content-encoding', 'gzip').send(body));
}

/** Answers that there is nothing, or nothing now. */
export function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  return readableAnywhere(reply).code(status).header('cache-control', 'no-store').send({ error });
}

const readableAnywhere = (reply: FastifyReply): FastifyReply =>
  reply
    .header('access-control-allow-origin', '*')
    .header('access-control-expose-headers', 'etag, retry-after');

/** Lets web pages ask whether they may read an address (CORS preflight). */
export function allowReading(app: FastifyInstance, path: string): void {
  app.options(path, (_request, reply) =>
    readableAnywhere(reply)
      .header('access-control-allow-methods', 'GET, HEAD, OPTIONS')
      .header('access-control-allow-headers', 'accept, if-none-match, cache-control')
      .header('access-control-max-age', '86400')
      .code(204)
      .send(),
  );
}
