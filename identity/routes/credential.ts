/** The nonce and credential endpoints (OpenID4VCI 1.0, sections 7 and 8). */
import type { FastifyPluginAsync } from 'fastify';

import { createCNonce } from '../domain/c-nonce.ts';
import {
  collectCredential,
  type CollectParts,
  type WalletToken,
} from '../domain/collect-credential.ts';
import { bearerToken, refuseToken } from './bearer.ts';
import { isUnavailable } from '../../runtime/unavailable.ts';

/** What the routes are made from. */
export interface CredentialRoutesOptions extends CollectParts {
  readonly findToken: (token: string) => Promise<WalletToken | undefined>;
}

/** Twenty proofs by this project's wallet take 12 kB; others put more into theirs. */
const BODY_LIMIT = 65_536;

/** Creates the routes. Wallets in a browser call them from other origins; no cookie is read here. */
export function credentialRoutes(options: CredentialRoutesOptions): FastifyPluginAsync {
  return (app) => {
    app.addHook('onSend', (_request, reply, payload, done) => {
      reply.header('cache-control', 'no-store').header('access-control-allow-origin', '*');
      done(null, payload);
    });
    for (const path of ['/openid4vci/nonce', '/openid4vci/credential']) {
      app.options(path, (_request, reply) =>
        reply
          .code(204)
          .header('access-control-allow-methods', 'POST')
          .header('access-control-allow-headers', 'authorization, content-type')
          .header('access-control-max-age', '3600')
          .send(),
      );
    }

    void app.register((nonceApp, _options, done) => {
      // Wallets send all sorts of empty bodies here; none is read.
      nonceApp.removeAllContentTypeParsers();
      nonceApp.addContentTypeParser('*', (_request, body, parsed) => {
        body.resume();
        parsed(null);
      });
      nonceApp.post('/openid4vci/nonce', { bodyLimit: 1_024 }, () => ({
        c_nonce: createCNonce(options.deriveKey('c-nonce'), options.now()),
      }));
      done();
    });

    app.post('/openid4vci/credential', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
      const value = bearerToken(request);
      const token = value === undefined ? undefined : await options.findToken(value);
      if (token === undefined) return refuseToken(reply);
      const outcome = await collectCredential(token, request.body, options, request.id).catch(
        (error: unknown) => {
          if (!isUnavailable(error)) throw error;
          request.log.warn({ err: error, requestId: request.id }, 'credential not issued');
          return { kind: 'unavailable' } as const;
        },
      );
      switch (outcome.kind) {
        case 'issued':
          return { credentials: outcome.credentials.map((credential) => ({ credential })) };
        case 'stopped':
        case 'unavailable':
          return reply
            .code(503)
            .header('retry-after', '10')
            .send({ error: 'temporarily_unavailable' });
        case 'refused':
          return outcome.error === 'invalid_token'
            ? refuseToken(reply)
            : reply
                .code(400)
                .send({ error: outcome.error, error_description: outcome.description });
      }
    });
    return Promise.resolve();
  };
}
