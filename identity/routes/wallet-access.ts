/**
 * The access tokens of wallets in requests: for anybody who has them (RFC 6750), or only for the holder of a key.
 *
 * Source: RFC 9449 (DPoP), sections 7.1, 7.2 and 11.1.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';

import {
  DPOP_WINDOW_SECONDS,
  type DpopProof,
  isRecentProof,
  verifyDpopProof,
} from '../../standards/dpop.ts';
import type { WalletToken } from '../domain/collect-credential.ts';
import type { ModelStore } from '../domain/ports.ts';

/** What finding out needs. */
export interface WalletAccessParts {
  readonly issuerUrl: string;
  readonly findToken: (token: string) => Promise<WalletToken | undefined>;
  readonly models: ModelStore;
  readonly now: () => Date;
}

const AUTHORIZATION = /^(Bearer|DPoP) ([A-Za-z0-9._~+/-]+=*)$/i;

/** Why a wallet has no access. */
export type AccessFault = 'invalid_token' | 'invalid_dpop_proof';

/** What the wallet that sent a request may do. */
export async function walletAccess(
  request: FastifyRequest,
  { issuerUrl, findToken, models, now }: WalletAccessParts,
): Promise<WalletToken | AccessFault> {
  const [, scheme = '', value = ''] = AUTHORIZATION.exec(request.headers.authorization ?? '') ?? [];
  const token = value === '' ? undefined : await findToken(value);
  const bound = token?.boundTo !== undefined;
  // A bound token is no bearer token, and the other way round.
  if (token === undefined || bound !== (scheme.toLowerCase() === 'dpop')) return 'invalid_token';
  if (!bound) return token;
  const proof = proofOf(request, issuerUrl, value);
  if (proof?.thumbprint !== token.boundTo) return 'invalid_dpop_proof';
  const expiresAt = new Date(now().getTime() + 2 * DPOP_WINDOW_SECONDS * 1000);
  const fresh =
    isRecentProof(proof, now()) &&
    (await models.add({
      model: 'DpopProof',
      id: `${proof.thumbprint} ${proof.proofId}`,
      payload: {},
      expiresAt,
    }));
  return fresh ? token : 'invalid_dpop_proof';
}

/** The proof that came with a request, once. */
function proofOf(
  request: FastifyRequest,
  issuerUrl: string,
  accessToken: string,
): DpopProof | undefined {
  const { dpop } = request.headers;
  if (typeof dpop !== 'string') return undefined;
  try {
    // The address is the public one, whatever a proxy has made of it.
    const url = new URL(request.url, issuerUrl).href;
    return verifyDpopProof(dpop, { method: request.method, url, accessToken });
  } catch {
    return undefined;
  }
}

/** Answers 401 (RFC 6750, section 3; RFC 9449, section 7.1), without a word on what is wrong with the token. */
export const refuseAccess = (reply: FastifyReply, fault: AccessFault): FastifyReply =>
  reply
    .code(401)
    .header(
      'www-authenticate',
      fault === 'invalid_token'
        ? 'Bearer error="invalid_token", DPoP algs="ES256"'
        : `DPoP error="${fault}", algs="ES256"`,
    )
    .send({ error: fault });
