/** A wallet's requests for a credential: a nonce, a proof signed with it, and the credential endpoint. */
import { randomUUID } from 'node:crypto';

import { machineAccessToken } from '../../runtime/machine-client.ts';
import { signerOf } from '../../runtime/jwk-settings.ts';
import { systemClock } from '../../runtime/clock.ts';
import type { Signer } from '../../standards/compact-jws.ts';
import {
  parseCredentialOffer,
  parseOfferLink,
  PRE_AUTHORIZED_CODE_GRANT,
} from '../../standards/openid4vci/credential-offer.ts';
import { createKeyProof } from '../../standards/openid4vci/key-proof.ts';
import { newKey } from '../new-key.ts';
import type { Post } from './post.ts';

/** What the requests need. */
export interface CredentialRequests {
  readonly issuer: string;
  readonly post: Post;
  /** The passport subgraph's key: it makes the offers. */
  readonly signer: Signer;
}

/** Opens one offer and prepares requests of the wallet that redeemed it. Each throws unless it gets a credential. */
export async function credentialRequests({ issuer, post, signer }: CredentialRequests) {
  const accessToken = await machineAccessToken({
    clientId: 'lanyard-passport',
    signer,
    issuer,
    tokenUrl: `${issuer}/oauth/token`,
    resource: `${issuer}/openid4vci/offers`,
    scope: 'offer:create',
    now: systemClock,
  })();
  const walletToken = `Bearer ${await redeemOffer(post, `Bearer ${accessToken}`)}`;
  const jwk = newKey('holder').jwk;
  const { kty, crv, x, y } = jwk;
  const holder = { signer: signerOf(jwk), publicJwk: { kty, crv, x, y } };
  const collect = async (): Promise<void> => {
    const { body: given } = await post('/openid4vci/nonce', {});
    const nonce = String(given['c_nonce']);
    const proof = await createKeyProof({ audience: issuer, nonce, now: new Date() }, holder);
    const { status, body } = await post(
      '/openid4vci/credential',
      { credential_configuration_id: 'identity', proofs: { jwt: [proof] } },
      walletToken,
    );
    if (status !== 200)
      throw new Error(`no credential: ${String(status)} ${String(body['error'])}`);
  };
  return (count: number): readonly (() => Promise<void>)[] =>
    Array.from({ length: count }, () => collect);
}

async function redeemOffer(post: Post, authorization: string): Promise<string> {
  const { body: made } = await post(
    '/openid4vci/offers',
    {
      offerId: randomUUID(),
      staffId: 'stf_amara',
      configurationIds: ['identity'],
      issuerOds: 'RZ1',
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    },
    authorization,
  );
  const link = parseOfferLink(String(made['uri']));
  if (link.kind !== 'by-reference') throw new Error('the offer is not given by reference');
  const offer = parseCredentialOffer(await (await fetch(link.uri)).text());
  const { body } = await post(
    '/oauth/token',
    new URLSearchParams({
      grant_type: PRE_AUTHORIZED_CODE_GRANT,
      client_id: 'lanyard-wallet',
      'pre-authorized_code':
        offer.grants?.[PRE_AUTHORIZED_CODE_GRANT]?.['pre-authorized_code'] ?? '',
      tx_code: String(made['transactionCode']),
    }),
  );
  return String(body['access_token']);
}
