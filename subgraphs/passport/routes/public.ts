/** What anybody may read: who issues, with which keys, what the types mean, and which credentials stand. */
import { createHash } from 'node:crypto';

import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';

import { ISSUER_REGISTRY_TYPE } from '../../../standards/issuer-registry/issuer-registry.ts';
import { publicJwkOf } from '../../../standards/jwk-thumbprint.ts';
import type { PassportParts } from '../context.ts';
import { odsCode } from '../domain/identifiers.ts';
import { METADATA_SECONDS } from '../domain/key-state.ts';
import { publishedDocuments } from '../domain/published-documents.ts';
import { LIST_TTL_SECONDS } from '../domain/status-list-publisher.ts';
import type { IssuerKeys } from '../domain/ports/keys.ts';

/** What the routes need. */
export interface PublicRoutesOptions {
  readonly parts: Pick<PassportParts, 'publisher' | 'addresses' | 'issuerRegistry' | 'now'> & {
    readonly keys: Pick<IssuerKeys, 'published'>;
  };
  /** The public URL, without a slash at its end. */
  readonly publicUrl: string;
}

/** The public routes. */
export function publicRoutes(options: PublicRoutesOptions): FastifyPluginAsync {
  const { parts, publicUrl } = options;
  const { addresses, keys, publisher, now } = parts;
  // A public URL with a path has its well-known documents between host and path.
  const base = new URL(publicUrl).pathname.replace(/\/$/, '');

  return async (app) => {
    app.get<{ Params: { ods: string } }>(
      `/.well-known/jwt-vc-issuer${base}/trusts/:ods`,
      async (request, reply) => {
        const { ods } = request.params;
        const known = odsCode.safeParse(ods).success && (await keys.published(ods, 'credential'));
        if (known === false || known.length === 0) return notFound(reply);
        const issuer = addresses.issuer(ods);
        return json(request, reply, { issuer, jwks_uri: `${issuer}/jwks` });
      },
    );

    app.get<{ Params: { ods: string } }>(`${base}/trusts/:ods/jwks`, async (request, reply) => {
      const { ods } = request.params;
      const known = odsCode.safeParse(ods).success ? await keys.published(ods, 'credential') : [];
      if (known.length === 0) return notFound(reply);
      return json(request, reply, {
        keys: known.map(({ kid, key, x5c }) => ({
          ...publicJwkOf(key),
          kid,
          alg: 'ES256',
          use: 'sig',
          x5c,
        })),
      });
    });

    app.get(`${base}/issuer-registry`, async (request, reply) => {
      const { token, version } = await parts.issuerRegistry.newest();
      return cacheable(request, reply, {
        type: `application/${ISSUER_REGISTRY_TYPE}`,
        etag: `"${String(version)}"`,
        maxAge: METADATA_SECONDS,
        body: token,
      });
    });

    app.get<{ Params: { '*': string } }>(`${base}/credential-types/*`, async (request, reply) => {
      const vct = `${publicUrl}/credential-types/${request.params['*']}`;
      const document = publishedDocuments(addresses).get(vct);
      return document === undefined ? notFound(reply) : jsonText(request, reply, document.body);
    });

    app.get<{ Params: { id: string } }>(`${base}/status-lists/:id`, async (request, reply) => {
      const listId = addresses.listIdOfStatusList(addresses.statusList(request.params.id));
      const list = listId === undefined ? undefined : await publisher.find(listId);
      if (list === undefined) return notFound(reply);
      if (list.expiresAt <= now()) {
        return reply.code(503).header('cache-control', 'no-store').send({ error: 'list_expired' });
      }
      return cacheable(request, reply, {
        type: 'application/statuslist+jwt',
        etag: `"${String(list.version)}"`,
        maxAge: LIST_TTL_SECONDS,
        body: list.token,
      });
    });
    await Promise.resolve();
  };
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .header('access-control-allow-origin', '*')
    .header('cache-control', 'no-store')
    .send({ error: 'not_found' });
}

function json(
  request: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
  document: object,
): FastifyReply {
  return jsonText(request, reply, JSON.stringify(document));
}

/** Answers with JSON whose every byte counts. */
function jsonText(
  request: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
  body: string,
): FastifyReply {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return cacheable(request, reply, {
    type: 'application/json',
    etag,
    maxAge: METADATA_SECONDS,
    body,
  });
}

interface Cacheable {
  readonly type: string;
  readonly etag: string;
  /** In seconds. */
  readonly maxAge: number;
  readonly body: string;
}

/** Answers with a validator (RFC 9110, section 8.8.3), or says that the client's copy is still good. */
function cacheable(
  request: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
  { type, etag, maxAge, body }: Cacheable,
): FastifyReply {
  reply
    .header('access-control-allow-origin', '*')
    .header('cache-control', `public, max-age=${String(maxAge)}`)
    .header('etag', etag);
  const copies = request.headers['if-none-match']?.split(',').map((tag) => tag.trim()) ?? [];
  if (copies.includes(etag) || copies.includes(`W/${etag}`) || copies.includes('*')) {
    return reply.code(304).send();
  }
  return reply.header('content-type', type).send(body);
}
