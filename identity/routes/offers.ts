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
import {
  offerLinkByReference,
  offerLinkByValue,
} from '../../standards/openid4vci/credential-offer.ts';
import { offerMakerFault, OFFERS_PATH, refuseOfferMaker } from './offer-maker.ts';

/** What the routes are made from. */
export interface OfferRoutesOptions extends OfferParts {
  /** Keys of the access tokens that this process signs. */
  readonly keys: JWTVerifyGetKey;
}

/** The form of a reference. */
const REFERENCE = /^[A-Za-z0-9_-]{27}$/;

/** Creates the routes. */
export function offerRoutes(options: OfferRoutesOptions): FastifyPluginAsync {
  const { issuer, now, offers, deriveKey } = options;

  return (app) => {
    app.addHook('onSend', (_request, reply, payload, done) => {
      reply.header('cache-control', 'no-store');
      done(null, payload);
    });

    app.post(OFFERS_PATH, { bodyLimit: 16_384 }, async (request, reply) => {
      const fault = await offerMakerFault(request, options);
      if (fault !== undefined) return refuseOfferMaker(reply, fault);
      const parsed = offerRequest.safeParse(request.body);
      if (!parsed.success) {
        const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))];
        return reply.code(400).send({ error: 'invalid_request', fields });
      }
      const outcome = await createOffer(parsed.data, options);
      switch (outcome.kind) {
        case 'offered':
          return reply.send({
            uri: offerLinkByReference(`${issuer}${OFFERS_PATH}/${outcome.offer.reference}`),
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

    app.get<{ Params: { reference: string } }>(
      `${OFFERS_PATH}/:reference`,
      async (request, reply) => {
        // A wallet in a browser reads the offer from another origin. The address is the secret.
        reply.header('access-control-allow-origin', '*');
        const { reference } = request.params;
        const offer = REFERENCE.test(reference)
          ? await offers.findByReference(reference)
          : undefined;
        if (
          offer === undefined ||
          offer.deadAt !== undefined ||
          offer.expiresAt.getTime() <= now().getTime()
        ) {
          return reply.code(404).send({ error: 'not_found' });
        }
        return offerDocument(offer, offerCodes(offer.offerId, deriveKey), issuer);
      },
    );
    return Promise.resolve();
  };
}
