/** Who may come in at a door: whoever has proved who they are, as often as their limits allow. */
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Caller } from '../runtime/caller-statement.ts';
import { clientAddress } from '../runtime/client-address.ts';
import { PURPOSE_HEADER } from '../runtime/purpose.ts';
import {
  authenticate,
  type Authentication,
  type AuthenticationRules,
  type Credentials,
} from './authenticate.ts';
import { COST_OF_REQUEST } from './cost/cost-limits.ts';
import { setRateLimitHeaders } from './rate-limits/headers.ts';
import type { Allowance, RateLimiter } from './rate-limits/rate-limiter.ts';

/** Who came, or why not. */
export type Admission =
  | Exclude<Authentication, { kind: 'over-limit' }>
  | { readonly kind: 'too-many'; readonly retryAfter: number | undefined };

/**
 * Finds out who is calling, counts the request, and says with the answer where they stand.
 *
 * It counts for the caller once the token is known to be theirs: nobody uses up the limits of somebody whose bound token
 * they have without its key. Everything else counts for the address, as long as anything can be said about it: a token that
 * was taken back for its person there, so that many who are signed out at once behind one address are told so.
 */
export async function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    authentication,
    rates,
    target,
    deadline,
    takesPurpose = false,
  }: {
    readonly authentication: AuthenticationRules;
    readonly rates: RateLimiter;
    /** What a proof has to be for; the graph when left out. */
    readonly target?: Credentials['target'];
    readonly deadline?: Credentials['deadline'];
    readonly takesPurpose?: boolean;
  },
): Promise<Admission> {
  const { authorization, dpop: proof, [PURPOSE_HEADER]: purpose } = request.headers;
  const who = await authenticate(
    {
      authorization,
      proof,
      purpose: takesPurpose ? purpose : undefined,
      requestId: request.id,
      ...(target === undefined ? {} : { target }),
      ...(deadline === undefined ? {} : { deadline }),
    },
    authentication,
    rates.usedUp,
  );
  if (who.kind === 'unavailable') return who;
  const { audience } = authentication;
  const holder =
    'caller' in who ? who.caller : { address: holderOf(who, clientAddress(request, audience)) };
  const allowance = who.kind === 'over-limit' ? who.allowance : await rates.take(holder, 1);
  setRateLimitHeaders(reply, allowance);
  if (who.kind === 'bad-token')
    request.log.info({ err: who.cause, requestId: request.id }, 'token rejected');
  if (!allowance.granted || who.kind === 'over-limit')
    return { kind: 'too-many', retryAfter: allowance.standings[0]?.resetSeconds };
  return who;
}

const holderOf = (who: Authentication, address: string): string =>
  who.kind === 'bad-token' && who.subject !== undefined ? `${address} ${who.subject}` : address;

/** Nothing to count. */
const COVERED: Allowance = { granted: true, standings: [] };

/** Counts what an operation costs beyond the request that has been counted, and says with the answer where the caller stands. */
export const chargeFor =
  (asker: Caller | { readonly address: string }, rates: RateLimiter, reply: FastifyReply) =>
  async (cost: number): Promise<Allowance> => {
    const units = Math.ceil(cost / COST_OF_REQUEST) - 1;
    if (units <= 0) return COVERED;
    const allowance = await rates.take(asker, units);
    setRateLimitHeaders(reply, allowance);
    return allowance;
  };
