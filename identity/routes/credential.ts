/** The nonce, credential, deferred credential and notification endpoints (OpenID4VCI 1.0, sections 7 to 11). */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';

import { createCNonce } from '../domain/c-nonce.ts';
import { collectCredential, type CollectParts } from '../domain/collect-credential.ts';
import { collectDeferred } from '../domain/collect-deferred.ts';
import type { NotificationStore } from '../domain/credential-ports.ts';
import { CREDENTIAL_PATHS } from '../domain/issuer-metadata.ts';
import { notify } from '../domain/notify.ts';
import type { DecryptionKey } from '../../standards/openid4vci/encrypted-message.ts';
import {
  answerCollecting,
  BODY_LIMIT,
  readMessage,
  refuse,
  takeMessages,
} from './credential-message.ts';
import { refuseAccess, walletAccess, type WalletAccessParts } from './wallet-access.ts';

/** What the routes are made from. */
export interface CredentialRoutesOptions extends CollectParts, WalletAccessParts {
  readonly notifications: Pick<NotificationStore, 'add' | 'record'>;
  /** Told after a wallet has said what became of a credential. */
  readonly onNotification: () => void;
  readonly decryptionKey: DecryptionKey;
}

/** Creates the routes. Wallets in a browser call them from other origins; no cookie is read here. */
export function credentialRoutes(options: CredentialRoutesOptions): FastifyPluginAsync {
  return (app) => {
    app.addHook('onSend', (_request, reply, payload, done) => {
      reply.header('cache-control', 'no-store').header('access-control-allow-origin', '*');
      done(null, payload);
    });
    for (const path of Object.values(CREDENTIAL_PATHS)) {
      app.options(path, (_request, reply) =>
        reply
          .code(204)
          .header('access-control-allow-methods', 'POST')
          .header('access-control-allow-headers', 'authorization, content-type, dpop')
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
      nonceApp.post(CREDENTIAL_PATHS.nonce, { bodyLimit: 1_024 }, () => ({
        c_nonce: createCNonce(options.deriveKey('c-nonce'), options.now()),
      }));
      done();
    });

    void app.register((messages, _options, done) => {
      takeMessages(messages);
      const endpoints = {
        [CREDENTIAL_PATHS.credential]: collectCredential,
        [CREDENTIAL_PATHS.deferred]: collectDeferred,
      };
      for (const [path, collect] of Object.entries(endpoints)) {
        messages.post(path, { bodyLimit: BODY_LIMIT }, (request, reply) =>
          collected(collect, request, reply, options),
        );
      }
      messages.post(CREDENTIAL_PATHS.notification, { bodyLimit: 4_096 }, (request, reply) =>
        notified(request, reply, options),
      );
      done();
    });
    return Promise.resolve();
  };
}

/** Lets a wallet collect, by one of the two endpoints. */
async function collected(
  collect: typeof collectCredential,
  request: FastifyRequest,
  reply: FastifyReply,
  options: CredentialRoutesOptions,
): Promise<FastifyReply> {
  const token = await walletAccess(request, options);
  if (typeof token === 'string') return refuseAccess(reply, token);
  const message = await readMessage(request, options.decryptionKey);
  if (message.kind === 'refused') return refuse(reply, message);
  return answerCollecting(
    { request, reply },
    () => collect(token, message.body, options, request.id),
    message.encryption,
  );
}

/** Lets a wallet say what became of credentials. */
async function notified(
  request: FastifyRequest,
  reply: FastifyReply,
  options: CredentialRoutesOptions,
): Promise<FastifyReply> {
  const token = await walletAccess(request, options);
  if (typeof token === 'string') return refuseAccess(reply, token);
  const message = await readMessage(request, options.decryptionKey);
  const outcome =
    message.kind === 'refused'
      ? 'invalid_notification_request'
      : await notify(token, message.body, options.notifications);
  if (outcome !== 'noted') return reply.code(400).send({ error: outcome });
  options.onNotification();
  return reply.code(204).send();
}
