/** What anybody may read: who issues, with which keys, what the types mean, and which credentials stand. */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';

import { markWork } from '../../../runtime/route-work.ts';
import { didDocument } from '../../../standards/did-web.ts';
import { ISSUER_REGISTRY_TYPE } from '../../../standards/issuer-registry/issuer-registry.ts';
import { publicJwkOf } from '../../../standards/jwk-thumbprint.ts';
import type { PassportParts } from '../context.ts';
import { odsCode } from '../domain/identifiers.ts';
import { METADATA_SECONDS } from '../domain/key-state.ts';
import { publishedDocuments } from '../domain/published-documents.ts';
import type { RegistryEdition } from '../domain/ports/issuer-registry.ts';
import type { KeyUse } from '../domain/ports/keys.ts';
import { pageRoutes } from '../openid4vp/page-routes.ts';
import { walletRoutes } from '../openid4vp/wallet-routes.ts';
import {
  allowReading,
  type PublicDocument,
  publicDocument,
  refuse,
  sendDocument,
} from './public-document.ts';
import { statusListRoutes } from './status-lists.ts';
import { signalRoutes } from './signals.ts';
import { verificationBundleRoute } from './verification-bundle.ts';

/** What the routes need. */
export interface PublicRoutesOptions {
  readonly parts: PassportParts;
  /** The public URL, without a slash at its end. */
  readonly publicUrl: string;
  /** Where the wallet in the browser is, without a slash at its end; nowhere when missing. */
  readonly walletUrl: string | undefined;
}

/** The public routes. */
export function publicRoutes(options: PublicRoutesOptions): FastifyPluginAsync {
  const { parts, publicUrl, walletUrl } = options;
  const { addresses, keys } = parts;
  // A public URL with a path has its well-known documents between host and path.
  const base = new URL(publicUrl).pathname.replace(/\/$/, '');
  /** A register may have megabytes: its document goes when the edition does. */
  const editions = new WeakMap<RegistryEdition, PublicDocument>();

  return async (app) => {
    markWork(app, 'verify');
    for (const path of [
      `/.well-known/jwt-vc-issuer${base}/trusts/:ods`,
      `${base}/trusts/:ods/jwks`,
      `${base}/trusts/:ods/did.json`,
      `${base}/verifiers/:ods/receipt-keys`,
      `${base}/issuer-registry`,
      `${base}/credential-types/*`,
      `${base}/verifiers/:ods/did.json`,
    ]) {
      allowReading(app, path);
    }
    app.get<{ Params: { ods: string } }>(
      `/.well-known/jwt-vc-issuer${base}/trusts/:ods`,
      async (request, reply) => {
        const { ods } = request.params;
        const known = odsCode.safeParse(ods).success && (await keys.published(ods, 'credential'));
        if (known === false || known.length === 0) return notFound(reply);
        const issuer = addresses.issuer(ods);
        return json(request, reply, {
          issuer,
          jwks_uri: `${issuer}/jwks`,
          // Token Status List, section 9.1.
          status_list_aggregation_endpoint: addresses.statusLists(ods),
        });
      },
    );

    const serveKeys = (path: string, use: KeyUse): void => {
      app.get<{ Params: { ods: string } }>(path, async (request, reply) => {
        const { ods } = request.params;
        const known = odsCode.safeParse(ods).success ? await keys.published(ods, use) : [];
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
    };
    serveKeys(`${base}/trusts/:ods/jwks`, 'credential');
    serveKeys(`${base}/verifiers/:ods/receipt-keys`, 'receipt');

    app.get<{ Params: { ods: string } }>(`${base}/trusts/:ods/did.json`, async (request, reply) => {
      const { ods } = request.params;
      const known = odsCode.safeParse(ods).success ? await keys.published(ods, 'credential') : [];
      if (known.length === 0) return notFound(reply);
      const named = known.map(({ kid, key }) => ({ kid, jwk: publicJwkOf(key) }));
      return json(request, reply, didDocument(addresses.did(ods), named));
    });

    app.get<{ Params: { ods: string } }>(
      `${base}/verifiers/:ods/did.json`,
      async (request, reply) => {
        const { ods } = request.params;
        const known = odsCode.safeParse(ods).success ? await keys.published(ods, 'request') : [];
        if (known.length === 0) return notFound(reply);
        const named = known.map(({ kid, key }) => ({ kid, jwk: publicJwkOf(key) }));
        return json(request, reply, didDocument(addresses.verifierDid(ods), named));
      },
    );

    app.get(`${base}/issuer-registry`, async (request, reply) => {
      const edition = await parts.issuerRegistry.newest();
      const document =
        editions.get(edition) ??
        publicDocument({
          type: `application/${ISSUER_REGISTRY_TYPE}`,
          body: edition.token,
          maxAge: METADATA_SECONDS,
        });
      editions.set(edition, document);
      return sendDocument(request, reply, document);
    });

    app.get<{ Params: { '*': string } }>(`${base}/credential-types/*`, async (request, reply) => {
      const vct = `${publicUrl}/credential-types/${request.params['*']}`;
      const document = publishedDocuments(addresses).get(vct);
      return document === undefined
        ? notFound(reply)
        : sendText(request, reply, {
            type: 'application/json',
            body: document.body,
          });
    });

    await app.register(statusListRoutes({ parts, base }));
    await app.register(verificationBundleRoute({ parts, base }));
    await app.register(walletRoutes({ parts, base }));
    await app.register(pageRoutes({ parts, base, walletUrl }));
    await app.register(signalRoutes({ addresses, keys, base }));
  };
}

/** Small documents by their text: each is named and compressed once. */
const documents = new Map<string, PublicDocument>();
/** Most documents kept. */
const KEPT = 1_000;

const json = (request: FastifyRequest, reply: FastifyReply, document: object) =>
  sendText(request, reply, { type: 'application/json', body: JSON.stringify(document) });

/** Answers with a text whose every byte counts. */
function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  content: { readonly type: string; readonly body: string },
): FastifyReply | Promise<FastifyReply> {
  let document = documents.get(content.body);
  if (document === undefined) {
    document = publicDocument({ ...content, maxAge: METADATA_SECONDS });
    if (documents.size >= KEPT) documents.clear();
    documents.set(content.body, document);
  }
  return sendDocument(request, reply, document);
}

const notFound = (reply: FastifyReply): FastifyReply => refuse(reply, 404, 'not_found');
