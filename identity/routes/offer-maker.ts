/** Offers are made by the passport process alone, with a token of its own. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JWTVerifyGetKey } from 'jose';

import { bearerCaller, refuseToken } from './bearer.ts';

/** Where offers are made. With the issuer it is the resource that the token is for (RFC 8707). */
export const OFFERS_PATH = '/openid4vci/offers';

/** Why somebody may not make offers: they have no good token, or it does not allow this. */
export type OfferMakerFault = 'invalid_token' | 'insufficient_scope';

/** Why the sender of a request may not make offers; `undefined` for the passport process. */
export async function offerMakerFault(
  request: FastifyRequest,
  {
    issuer,
    keys,
    now,
  }: { readonly issuer: string; readonly keys: JWTVerifyGetKey; readonly now: () => Date },
): Promise<OfferMakerFault | undefined> {
  const audience = `${issuer}${OFFERS_PATH}`;
  const caller = await bearerCaller(request, { issuer, audience, keys, now: now() });
  if (caller?.kind !== 'machine') return 'invalid_token';
  return caller.clientId === 'lanyard-passport' && caller.scopes.has('offer:create')
    ? undefined
    : 'insufficient_scope';
}

/** Answers whoever may not make offers. */
export const refuseOfferMaker = (reply: FastifyReply, fault: OfferMakerFault): FastifyReply =>
  fault === 'invalid_token' ? refuseToken(reply) : reply.code(403).send({ error: fault });
