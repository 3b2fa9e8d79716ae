/** A wallet by other authors: `@openid4vc/openid4vci`, with keys of its own. */
import { createHash, randomBytes } from 'node:crypto';

import {
  clientAuthenticationNone,
  type ClientAuthenticationCallback,
  type JwtSignerJwk,
  Oauth2Client,
  type RequestDpopOptions,
  setGlobalConfig,
} from '@openid4vc/oauth2';
import {
  type CredentialOfferObject,
  type IssuerMetadataResult,
  Openid4vciClient,
} from '@openid4vc/openid4vci';

import { signCompactJws } from '../../../standards/compact-jws.ts';
import { signerOf } from '../../../runtime/jwk-settings.ts';
import type { JsonObject } from '../../../standards/strict-json.ts';
import { newKey } from './harness.ts';

// The test's server is on this machine, without TLS.
setGlobalConfig({ allowInsecureUrls: true });

/** A key of the wallet, under the name by which the library asks for signatures. */
function keyring() {
  const keys = new Map<string, ReturnType<typeof newKey>>();
  return {
    create: (): JwtSignerJwk => {
      const key = newKey('wallet');
      const { kty, crv, x, y } = key.public;
      keys.set(x, key);
      return { method: 'jwk', alg: 'ES256', publicJwk: { kty, crv, x, y } };
    },
    find: (x: unknown) => {
      const key = keys.get(String(x));
      if (key === undefined) throw new Error('not a key of this wallet');
      return key;
    },
  };
}

/** Creates the wallet. */
export function otherWallet(
  clientId: string,
  clientAuthentication: ClientAuthenticationCallback = clientAuthenticationNone({ clientId }),
) {
  const keys = keyring();
  const callbacks = {
    fetch,
    hash: (data: Uint8Array, alg: string) => createHash(alg.replace('-', '')).update(data).digest(),
    generateRandom: (length: number) => randomBytes(length),
    signJwt: async (
      signer: { readonly method: string; readonly publicJwk?: { readonly x?: string } },
      { header, payload }: { readonly header: object; readonly payload: object },
    ) => {
      const key = keys.find(signer.publicJwk?.x);
      const jwt = await signCompactJws(
        { header: { ...(header as JsonObject), kid: undefined }, payload: payload },
        signerOf(key.private),
      );
      return { jwt, signerJwk: key.public };
    },
    clientAuthentication,
  };
  const client = new Openid4vciClient({ callbacks: callbacks as never });
  const oauth = new Oauth2Client({ callbacks: callbacks as never });
  return {
    client,
    oauth,
    callbacks,
    keys,
    /** A key that tokens are bound to (RFC 9449). */
    dpop: (): RequestDpopOptions => ({ signer: keys.create() }),
    /** Collects credentials of one kind, as many as there are keys. */
    collect: async (
      issuerMetadata: IssuerMetadataResult,
      token: { readonly accessToken: string; readonly dpop?: RequestDpopOptions },
      credentialConfigurationId: string,
      count = 1,
    ): Promise<readonly unknown[]> => {
      const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata });
      const jwt = await Promise.all(
        Array.from({ length: count }, async () => {
          const proof = await client.createCredentialRequestJwtProof({
            issuerMetadata,
            credentialConfigurationId,
            nonce,
            clientId,
            signer: keys.create(),
          });
          return proof.jwt;
        }),
      );
      const { credentialResponse } = await client.retrieveCredentials({
        issuerMetadata,
        credentialConfigurationId,
        proofs: { jwt: jwt },
        ...token,
      });
      return credentialResponse.credentials ?? [];
    },
  };
}

/** What a wallet reads before it does anything. */
export interface Found {
  readonly credentialOffer: CredentialOfferObject;
  readonly issuerMetadata: IssuerMetadataResult;
}
