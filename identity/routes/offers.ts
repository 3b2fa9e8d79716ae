/** Offers: made by the passport process, read by wallets (OpenID4VCI 1.0, section 4.1.3). */
import type { FastifyPluginAsync } from 'fastify';
import type { JWTVerifyGetKey } from 'jose';

import {
  createOffer,
  offerCodes,
  offerDocument,
  type OfferParts,
  offerRequest,
} from '../domain/offer.ts';
import { verifyAccessToken } from '../../standards/access-token.ts';
import {
  offerLinkByReference,
  offerLinkByValue,
} from '../../standards/openid4vci/credential-offer.ts';
import { bearerToken, refuseToken } from './bearer.ts';

/** What the routes are made from. */
export interface OfferRoutesOptions extends OfferParts {
  /** Keys of the access tokens that this process signs. */
  readonly keys: JWTVerifyGetKey;
}

const PATH = '/openid4vci/offers';
/** The form of a reference. */
const REFERENCE = /^[A-Za-z0-9_-]{27}$/;

/** Creates the routes. */
export function offerRoutes(options: OfferRoutesOptions): FastifyPluginAsync {
  const { issuer, keys, now, offers, deriveKey } = options;

  return (app) => {
    app.addHook('onSend', (_request, reply, payload, done) => {
      reply.header('cache-control', 'no-store');
      done(null, payload);
    });

    app.post(PATH, { bodyLimit: 16_384 }, async (request, reply) => {
      const caller = await verifyAccessToken(bearerToken(request) ?? '', {
        issuer,
        audience: `${issuer}${PATH}`,
        keys,
        now: now(),
      }).catch(() => undefined);
      // A token that is bound to a key is of no use as a bearer token (RFC 9449, section 7.2).
      if (caller?.kind !== 'machine' || caller.confirmation !== undefined) {
        return refuseToken(reply);
      }
      if (caller.clientId !== 'lanyard-passport' || !caller.scopes.has('offer:create')) {
        return reply.code(403).send({ error: 'insufficient_scope' });
      }
      const parsed = offerRequest.safeParse(request.body);
      if (!parsed.success) {
        const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))];
        return reply.code(400).send({ error: 'invalid_request', fields });
      }
      const outcome = await createOffer(parsed.data, options);
      switch (outcome.kind) {
        case 'offered':
          return reply.send({
            uri: offerLinkByReference(`${issuer}${PATH}/${outcome.offer.reference}`),
            uriByValue: offerLinkByValue(offerDocument(outcome.offer, outcome.codes, issuer)),
            transactionCode: outcome.codes.transactionCode,
            expiresAt: outcome.offer.expiresAt.toISOString(),
          });
        case 'unknown-configuration':
          return reply.code(400).send({ error: 'invalid_request', fields: ['configurationIds'] });
        case 'expired':
          return reply.code(400).send({ error: 'invalid_request', fields: ['expiresAt'] });
        case 'conflict':
          return reply.code(409).send({ error: 'offer_id_in_use' });
      }
    });

    app.get<{ Params: { reference: string } }>(`${PATH}/:reference`, async (request, reply) => {
      // A wallet in a browser reads the offer from another origin. The address is the secret.
      reply.header('access-control-allow-origin', '*');
      const { reference } = request.params;
      const offer = REFERENCE.test(reference) ? await offers.findByReference(reference) : undefined;
      if (
        offer === undefined ||
        offer.deadAt !== undefined ||
        offer.expiresAt.getTime() <= now().getTime()
      ) {
        return reply.code(404).send({ error: 'not_found' });
      }
      return offerDocument(offer, offerCodes(offer.offerId, deriveKey), issuer);
    });
    return Promise.resolve();
  };
}
