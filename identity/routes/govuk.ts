/** The endpoints for the GOV.UK Wallet, which is given its own metadata. */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { JWTVerifyGetKey } from 'jose';

import { collectForGovuk, type CollectGovukParts, govukGrantOf } from '../domain/collect-govuk.ts';
import type { NotificationStore } from '../domain/credential-ports.ts';
import { type GovukOfferParts, govukOfferRequest, offerToGovuk } from '../domain/govuk-offer.ts';
import { GOVUK_PATH } from '../domain/govuk-profile.ts';
import { type GovukToken, verifyGovukToken } from '../domain/govuk-token.ts';
import { notify } from '../domain/notify.ts';
import { StandardError } from '../../standards/standard-error.ts';
import { parseStrictJson } from '../../standards/strict-json.ts';
import { bearerToken, refuseToken } from './bearer.ts';
import { answerCollecting, takeMessages } from './credential-message.ts';
import { offerMakerFault, refuseOfferMaker } from './offer-maker.ts';

/** What the routes are made from. */
export interface GovukRoutesOptions
  extends CollectGovukParts, Omit<GovukOfferParts, 'govukOffers'> {
  readonly govukOffers: CollectGovukParts['govukOffers'] & GovukOfferParts['govukOffers'];
  readonly notifications: Pick<NotificationStore, 'add' | 'record'>;
  /** Told after a wallet has said what became of a credential. */
  readonly onNotification: () => void;
  readonly metadata: object;
  /** Public halves of what signs codes. */
  readonly codeKeys: readonly object[];
  /** The authorization server that the passport process has its tokens from, and its keys. */
  readonly ownIssuer: string;
  readonly keys: JWTVerifyGetKey;
}

const BODY_LIMIT = 16_384;
/** How long a copy of what is public may be kept, in seconds. */
const MAX_AGE_SECONDS = 300;

/** Creates the routes. */
export function govukRoutes(options: GovukRoutesOptions): FastifyPluginAsync {
  return (app) => {
    takeMessages(app);
    // By the rule of OpenID4VCI, and where the wallet's own test tool looks.
    for (const path of [
      `/.well-known/openid-credential-issuer${GOVUK_PATH}`,
      `${GOVUK_PATH}/.well-known/openid-credential-issuer`,
    ]) {
      app.get(path, (_request, reply) => published(reply, options.metadata));
    }
    app.get(`${GOVUK_PATH}/.well-known/jwks.json`, (_request, reply) =>
      published(reply, { keys: options.codeKeys }),
    );
    app.post(`${GOVUK_PATH}/credential`, { bodyLimit: BODY_LIMIT }, (request, reply) =>
      collected(request, reply.header('cache-control', 'no-store'), options),
    );
    app.post(`${GOVUK_PATH}/notification`, { bodyLimit: BODY_LIMIT }, (request, reply) =>
      notified(request, reply.header('cache-control', 'no-store'), options),
    );
    app.post(`${GOVUK_PATH}/offers`, { bodyLimit: BODY_LIMIT }, (request, reply) =>
      offered(request, reply.header('cache-control', 'no-store'), options),
    );
    return Promise.resolve();
  };
}

const published = (reply: FastifyReply, document: object): FastifyReply =>
  reply
    .header('cache-control', `public, max-age=${String(MAX_AGE_SECONDS)}`)
    .header('access-control-allow-origin', '*')
    .send(document);

async function collected(
  request: FastifyRequest,
  reply: FastifyReply,
  options: GovukRoutesOptions,
): Promise<FastifyReply> {
  const token = tokenOf(request, options);
  if (token === undefined) return refuseToken(reply);
  return answerCollecting({ request, reply }, () =>
    collectForGovuk(token, bodyOf(request), options, request.id),
  );
}

async function notified(
  request: FastifyRequest,
  reply: FastifyReply,
  options: GovukRoutesOptions,
): Promise<FastifyReply> {
  const token = tokenOf(request, options);
  if (token === undefined) return refuseToken(reply);
  const grantId = govukGrantOf(token);
  const outcome = await notify({ grantId }, bodyOf(request), options.notifications);
  if (outcome !== 'noted') return reply.code(400).send({ error: outcome });
  options.onNotification();
  return reply.code(204).send();
}

/** The passport process has an offer made to a wallet. */
async function offered(
  request: FastifyRequest,
  reply: FastifyReply,
  options: GovukRoutesOptions,
): Promise<FastifyReply> {
  const { ownIssuer: issuer, keys, now } = options;
  const fault = await offerMakerFault(request, { issuer, keys, now });
  if (fault !== undefined) return refuseOfferMaker(reply, fault);
  const parsed = govukOfferRequest.safeParse(bodyOf(request));
  if (!parsed.success) return reply.code(400).send({ error: 'invalid_request' });
  const outcome = await offerToGovuk(parsed.data, options);
  switch (outcome.kind) {
    case 'offered':
      return reply.send({ links: outcome.links });
    case 'unknown-offer':
      return reply.code(404).send({ error: 'not_found' });
    case 'conflict':
      return reply.code(409).send({ error: 'offer_id_in_use' });
  }
}

function tokenOf(
  request: FastifyRequest,
  { profile, now }: GovukRoutesOptions,
): GovukToken | undefined {
  const value = bearerToken(request);
  return value === undefined ? undefined : verifyGovukToken(value, profile, now());
}

/** The body, JSON; `undefined` for anything else, which no request is. */
function bodyOf({ body }: FastifyRequest): unknown {
  try {
    return parseStrictJson(typeof body === 'string' ? body : '', { maxLength: BODY_LIMIT });
  } catch (error) {
    if (error instanceof StandardError) return undefined;
    throw error;
  }
}
