/**
 * Requests to the credential endpoints, in clear or encrypted, and the answers to them.
 *
 * Source: OpenID4VCI 1.0, sections 8.2, 8.3, 9 and 10.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { CollectOutcome } from '../domain/collect-credential.ts';
import { type Refused, refused } from '../domain/credential-fault.ts';
import { isUnavailable } from '../../runtime/unavailable.ts';
import {
  decryptMessage,
  type DecryptionKey,
  parseResponseEncryption,
} from '../../standards/openid4vci/encrypted-message.ts';
import {
  encryptMessage,
  type ResponseEncryption,
} from '../../standards/openid4vci/encrypt-message.ts';
import { StandardError } from '../../standards/standard-error.ts';
import { isJsonObject, parseStrictJson } from '../../standards/strict-json.ts';
import { refuseToken } from './bearer.ts';

/** Twenty proofs by this project's wallet take 12 kB; others put more into theirs, and encryption adds a third. */
export const BODY_LIMIT = 131_072;

const JSON_TYPE = 'application/json';
const JWT_TYPE = 'application/jwt';

/** Has bodies of both kinds read as text: JSON is parsed where a member that stands twice is noticed. */
export function takeMessages(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([JSON_TYPE, JWT_TYPE], { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
}

/** A request as it was meant. */
export interface CredentialMessage {
  readonly kind: 'message';
  readonly body: unknown;
  /** To whom the answer is encrypted; not at all when missing. */
  readonly encryption?: ResponseEncryption;
}

/** Reads a request. */
export async function readMessage(
  request: FastifyRequest,
  key: DecryptionKey,
): Promise<CredentialMessage | Refused> {
  const text = typeof request.body === 'string' ? request.body : '';
  const encrypted = mediaType(request.headers['content-type']) === JWT_TYPE;
  let body: unknown;
  try {
    body = encrypted
      ? await decryptMessage(text, key, BODY_LIMIT)
      : parseStrictJson(text, { maxLength: BODY_LIMIT });
  } catch (error) {
    if (!(error instanceof StandardError)) throw error;
    return error.code === 'encrypted_message_invalid'
      ? refused('invalid_encryption_parameters', error.message)
      : refused('invalid_credential_request', 'malformed request');
  }
  const wanted = isJsonObject(body) ? body['credential_response_encryption'] : undefined;
  if (wanted === undefined) return { kind: 'message', body };
  // Section 8.2: in a request that is in clear, somebody on the way could put a key of their own.
  if (!encrypted) {
    return refused('invalid_encryption_parameters', 'encrypt the request to ask for this');
  }
  const encryption = parseResponseEncryption(wanted);
  return encryption === undefined
    ? refused('invalid_encryption_parameters', 'not among those of the metadata')
    : { kind: 'message', body, encryption };
}

/** Lets a wallet collect, and answers what came of it; a source that does not answer is no refusal. */
export async function answerCollecting(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  collect: () => Promise<CollectOutcome>,
  encryption?: ResponseEncryption,
): Promise<FastifyReply> {
  let outcome: CollectOutcome;
  try {
    outcome = await collect();
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    request.log.warn({ err: error, requestId: request.id }, 'credential not issued');
    return unavailable(reply);
  }
  return answer(reply, outcome, encryption);
}

/** Answers. Refusals are never encrypted (section 8.3.1.2). */
async function answer(
  reply: FastifyReply,
  outcome: CollectOutcome,
  encryption: ResponseEncryption | undefined,
): Promise<FastifyReply> {
  switch (outcome.kind) {
    case 'issued':
      return send(reply, encryption, {
        credentials: outcome.credentials.map((credential) => ({ credential })),
        notification_id: outcome.notificationId,
      });
    case 'deferred':
      return send(reply.code(202), encryption, {
        transaction_id: outcome.transactionId,
        interval: outcome.intervalSeconds,
      });
    case 'stopped':
      return unavailable(reply);
    case 'refused':
      return refuse(reply, outcome);
  }
}

/** Answers that a request is refused. */
export function refuse(reply: FastifyReply, { error, description }: Refused): FastifyReply {
  return error === 'invalid_token'
    ? refuseToken(reply)
    : reply.code(400).send({ error, error_description: description });
}

/** Asks to come again: a source that is needed does not answer. */
const unavailable = (reply: FastifyReply): FastifyReply =>
  reply.code(503).header('retry-after', '10').send({ error: 'temporarily_unavailable' });

async function send(
  reply: FastifyReply,
  encryption: ResponseEncryption | undefined,
  message: object,
): Promise<FastifyReply> {
  return encryption === undefined
    ? reply.send(message)
    : reply.type(JWT_TYPE).send(await encryptMessage(message, encryption));
}

const mediaType = (header: string | undefined): string =>
  (header?.split(';')[0] ?? '').trim().toLowerCase();
