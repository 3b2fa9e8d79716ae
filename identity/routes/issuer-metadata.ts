/** The metadata of a credential issuer, plain and signed (OpenID4VCI 1.0, sections 12.2.2 and 12.2.3). */
import type { FastifyPluginAsync } from 'fastify';

import { signMetadata } from '../domain/issuer-metadata.ts';
import type { Signer } from '../../standards/compact-jws.ts';
import { insertWellKnown } from '../../standards/well-known.ts';

/** What the route is made from. */
export interface IssuerMetadataRoutesOptions {
  readonly metadata: { readonly credential_issuer: string };
  /** Signs it. */
  readonly signer: Signer;
  readonly now: () => Date;
}

const JSON_TYPE = 'application/json';
const JWT_TYPE = 'application/jwt';
/** How long a copy may be kept, in seconds. */
const MAX_AGE_SECONDS = 300;
/** How long one signature is given out, in seconds. */
const SIGNED_AGAIN_SECONDS = 3_600;

/** Creates the route. Wallets in a browser read it from other origins. */
export function issuerMetadataRoutes(options: IssuerMetadataRoutesOptions): FastifyPluginAsync {
  const { metadata, signer, now } = options;
  const { pathname } = new URL(
    insertWellKnown(metadata.credential_issuer, 'openid-credential-issuer'),
  );
  const plain = JSON.stringify(metadata);
  let signed: { readonly at: number; readonly jwt: Promise<string> } | undefined;
  const signedNow = (): Promise<string> => {
    const moment = now();
    const at = moment.getTime();
    if (signed === undefined || Math.abs(at - signed.at) > SIGNED_AGAIN_SECONDS * 1000) {
      signed = { at, jwt: signMetadata(metadata, { signer, now: moment }) };
    }
    return signed.jwt;
  };
  return (app) => {
    app.get(pathname, async (request, reply) => {
      reply
        .header('access-control-allow-origin', '*')
        .header('cache-control', `public, max-age=${String(MAX_AGE_SECONDS)}`)
        .header('vary', 'accept');
      return prefersJwt(request.headers.accept)
        ? reply.type(JWT_TYPE).send(await signedNow())
        : reply.type(JSON_TYPE).send(plain);
    });
    return Promise.resolve();
  };
}

/** Tells whether a client names the signed form, and likes it better than the plain one. Plain is what others get. */
export function prefersJwt(accept: string | undefined): boolean {
  const quality = new Map<string, number>();
  for (const range of (accept ?? '').toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    quality.set(type, q === undefined ? 1 : Number(q.slice(2)));
  }
  const jwt = quality.get(JWT_TYPE) ?? 0;
  const json = quality.get(JSON_TYPE) ?? quality.get('application/*') ?? quality.get('*/*') ?? 0;
  return jwt > 0 && jwt >= json && !(jwt === json && quality.has(JSON_TYPE));
}
