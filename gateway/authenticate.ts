/**
 * Who is calling: the token (RFC 6750, section 2.1; bound to a key: RFC 9449, section 7) and the purpose header.
 */
import type { Caller } from '../runtime/caller-statement.ts';
import type { Clock } from '../runtime/clock.ts';
import { purposeOfUse } from '../runtime/purpose.ts';
import { approvedTransaction } from '../standards/transaction.ts';
import type { AccessTokenClaims } from '../standards/access-token.ts';
import { StandardError } from '../standards/standard-error.ts';
import { isRecentProof, verifyDpopProof } from '../standards/dpop.ts';
import type { Deadline } from './deadline.ts';
import type { Revocations } from './identity/revocations.ts';
import type { SpendProof } from './identity/spend-proof.ts';
import type { Allowance, RateLimiter } from './rate-limits/rate-limiter.ts';
import { KeysUnavailable } from './remote-keys.ts';
import type { VerifyToken } from './token-verifier.ts';

/** What a token must satisfy. */
export interface AuthenticationRules {
  /** The graph's address: what proofs are for, unless a request says otherwise. */
  readonly audience: string;
  readonly verifyToken: VerifyToken;
  readonly now: Clock;
  /** Tokens that have been taken back. */
  readonly revocations: Pick<Revocations, 'check'>;
  readonly spendProof: SpendProof;
}

/** What a request says about its caller. */
export interface Credentials {
  readonly authorization: string | undefined;
  /** The `DPoP` header. */
  readonly proof: string | readonly string[] | undefined;
  readonly purpose: string | readonly string[] | undefined;
  readonly requestId: string;
  /** What a proof has to be for; the graph when left out. */
  readonly target?: { readonly method: string; readonly url: string };
  /** That of the operation; otherwise a question to identity has its own. */
  readonly deadline?: Deadline;
}

/** The outcome. */
export type Authentication =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'caller';
      readonly caller: Caller;
      /** Hash of the transaction that the caller has approved a short while ago. */
      readonly approved?: string;
    }
  | {
      readonly kind: 'bad-token';
      readonly challenge: string;
      readonly cause?: unknown;
      /** Whose it was, when it is theirs and has been taken back. */
      readonly subject?: string;
    }
  | { readonly kind: 'bad-purpose' }
  /** The client is not registered for this purpose. */
  | { readonly kind: 'purpose-refused'; readonly caller: Caller }
  /** There is nothing left for this caller: nothing was taken, and the proof was not used up. */
  | { readonly kind: 'over-limit'; readonly allowance: Allowance }
  /** Nothing can be said about the token now. */
  | { readonly kind: 'unavailable' };

const TOKEN = /^(?<scheme>Bearer|DPoP) +(?<token>[A-Za-z0-9\-._~+/]+=*)$/i;

/** What a refused client is told (RFC 6750, section 3; RFC 9449, section 7.1). */
const CHALLENGES = {
  bearer: 'Bearer error="invalid_token", DPoP algs="ES256"',
  dpop: 'DPoP error="invalid_token", algs="ES256"',
  proof: 'DPoP error="invalid_dpop_proof", algs="ES256"',
} as const;

const refused = (
  challenge: keyof typeof CHALLENGES,
  cause?: unknown,
  subject?: string,
): Authentication => ({
  kind: 'bad-token',
  challenge: CHALLENGES[challenge],
  cause,
  ...(subject === undefined ? {} : { subject }),
});

/**
 * Finds out who is calling.
 *
 * @param usedUp where a caller stands who has nothing left. Asked between a proof's check and its use, which asks identity
 */
export async function authenticate(
  credentials: Credentials,
  rules: AuthenticationRules,
  usedUp: RateLimiter['usedUp'],
): Promise<Authentication> {
  const { authorization, purpose, requestId } = credentials;
  const purposeGiven = purpose === undefined ? undefined : purposeOfUse.safeParse(purpose);
  if (purposeGiven?.success === false) return { kind: 'bad-purpose' };
  if (authorization === undefined) return { kind: 'anonymous' };
  const { scheme, token } = TOKEN.exec(authorization)?.groups ?? {};
  if (scheme === undefined || token === undefined) return refused('bearer');
  const isBound = scheme.toLowerCase() === 'dpop';
  let claims: AccessTokenClaims;
  try {
    claims = await rules.verifyToken(token);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof KeysUnavailable
      ? { kind: 'unavailable' }
      : refused(isBound ? 'dpop' : 'bearer', error);
  }
  const { kind, subject, clientId, scopes, odsCode, name, purposes } = claims;
  const caller: Caller = {
    kind,
    subject,
    clientId,
    name: name ?? clientId,
    scopes,
    requestId,
    ...(odsCode === undefined ? {} : { odsCode }),
    ...(purposeGiven === undefined ? {} : { purpose: purposeGiven.data }),
  };
  const isProofWanted = claims.confirmation !== undefined || isBound;
  const possession = isProofWanted
    ? await provePossession({ ...credentials, token, isBound }, claims, {
        ...rules,
        usedUp: () => usedUp(caller),
      })
    : undefined;
  if (possession !== undefined) return possession;
  // After the proof: until then it is not known that the token is its sender's.
  const standing = rules.revocations.check(claims);
  if (standing === 'unknown') return { kind: 'unavailable' };
  if (standing === 'revoked') {
    return refused(isBound ? 'dpop' : 'bearer', 'the token is revoked', subject);
  }
  if (purposeGiven !== undefined && purposes?.includes(purposeGiven.data) === false) {
    return { kind: 'purpose-refused', caller };
  }
  const approved = approvedTransaction(claims, rules.now());
  return { kind: 'caller', ...(approved === undefined ? {} : { approved }), caller };
}

/** Checks the proof that goes with a bound token, and uses it up. `undefined` when all holds. */
async function provePossession(
  {
    proof,
    token,
    isBound,
    requestId,
    target,
    deadline,
  }: Credentials & { readonly token: string; readonly isBound: boolean },
  { confirmation }: AccessTokenClaims,
  {
    audience,
    now,
    spendProof,
    usedUp,
  }: AuthenticationRules & { readonly usedUp: () => Allowance | undefined },
): Promise<Authentication | undefined> {
  if (!isBound) return refused('dpop', 'a bound token was used as a bearer token');
  if (confirmation === undefined) return refused('dpop', 'the token is not bound to a key');
  try {
    if (typeof proof !== 'string') return refused('proof', 'there is no proof');
    const proved = verifyDpopProof(proof, {
      ...(target ?? { method: 'POST', url: audience }),
      accessToken: token,
    });
    if (!isRecentProof(proved, now())) return refused('proof', 'the proof is not recent');
    if (proved.thumbprint !== confirmation) return refused('proof', 'the proof is by another key');
    const allowance = usedUp();
    if (allowance !== undefined) return { kind: 'over-limit', allowance };
    return (await spendProof(proved, requestId, deadline))
      ? undefined
      : refused('proof', 'the proof was used before');
  } catch (error) {
    return error instanceof StandardError ? refused('proof', error) : { kind: 'unavailable' };
  }
}
