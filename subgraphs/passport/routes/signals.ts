/**
 * What receivers of signals need to know: who sends them, and with which keys.
 *
 * Source: OpenID Shared Signals Framework 1.0, section 7 (transmitter configuration); RFC 8935, section 5.1.
 */
import type { FastifyPluginAsync } from 'fastify';

import { PUSH_DELIVERY } from '../../../standards/security-event.ts';
import { publicJwkOf } from '../../../standards/jwk-thumbprint.ts';
import type { Addresses } from '../domain/addresses.ts';
import { METADATA_SECONDS } from '../domain/key-state.ts';
import { EVERYBODY } from '../domain/ports/issuing-stops.ts';
import type { IssuerKeys } from '../domain/ports/keys.ts';
import { allowReading, publicDocument, sendDocument } from './public-document.ts';

/** What the routes need. */
export interface SignalRoutesOptions {
  readonly addresses: Pick<Addresses, 'signals' | 'transmitter'>;
  readonly keys: Pick<IssuerKeys, 'published'>;
  /** Path of the public URL, without a slash at its end. */
  readonly base: string;
}

/** The routes. */
export function signalRoutes({ addresses, keys, base }: SignalRoutesOptions): FastifyPluginAsync {
  const json = (document: object) =>
    publicDocument({
      type: 'application/json',
      body: JSON.stringify(document),
      maxAge: METADATA_SECONDS,
    });
  // eslint-disable-next-line @typescript-eslint/require-await -- fastify waits for a promise
  return async (app) => {
    const configuration = `/.well-known/ssf-configuration${base}`;
    const keySet = `${base}/signals/jwks`;
    allowReading(app, configuration);
    allowReading(app, keySet);
    app.get(configuration, (request, reply) =>
      sendDocument(
        request,
        reply,
        json({
          spec_version: '1_0',
          issuer: addresses.transmitter,
          jwks_uri: addresses.signals.jwks,
          delivery_methods_supported: [PUSH_DELIVERY],
        }),
      ),
    );
    app.get(keySet, async (request, reply) => {
      const published = await keys.published(EVERYBODY, 'signal');
      return sendDocument(
        request,
        reply,
        json({
          keys: published.map(({ kid, key, x5c }) => ({
            ...publicJwkOf(key),
            kid,
            alg: 'ES256',
            use: 'sig',
            x5c,
          })),
        }),
      );
    });
  };
}
