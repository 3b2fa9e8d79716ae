/** A wallet, standing in for a phone: OpenID4VCI 1.0 with the pre-authorized code flow, SD-JWT VC with key binding. */
import { createHash, type webcrypto } from 'node:crypto';

import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

import { patiently } from './clients.ts';

interface Offer {
  readonly credential_issuer: string;
  readonly credential_configuration_ids: readonly string[];
  readonly grants: {
    readonly 'urn:ietf:params:oauth:grant-type:pre-authorized_code': {
      readonly 'pre-authorized_code': string;
    };
  };
}

/** A credential in the wallet, with the key it is bound to. */
export interface Held {
  readonly configurationId: string;
  readonly sdJwt: string;
  readonly key: webcrypto.CryptoKey;
}

/** What the issuer answered when it would not. */
export class WalletRefused extends Error {
  override readonly name = 'WalletRefused';
  readonly status: number;
  readonly error: string;
  constructor(status: number, error: string) {
    super(`${String(status)} ${error}`);
    this.status = status;
    this.error = error;
  }
}

async function json<Shape>(response: Response): Promise<Shape> {
  const body = (await response.json().catch(() => ({}))) as { error?: string };
  if (!response.ok) throw new WalletRefused(response.status, body.error ?? 'unknown');
  return body as Shape;
}

/** Reads an offer by its link, as a phone does after scanning. */
export async function readOffer(link: string): Promise<Offer> {
  const reference = new URL(link).searchParams.get('credential_offer_uri');
  if (reference === null) throw new Error('an offer without a reference');
  return json<Offer>(await fetch(reference));
}

/** Exchanges the offer's code for an access token (section 6.1). */
export async function redeemCode(
  offer: Offer,
  transactionCode: string,
): Promise<{ readonly access_token: string; readonly issuer: string }> {
  const issuer = offer.credential_issuer;
  const { access_token } = await json<{ access_token: string }>(
    await fetch(new URL('/oauth/token', issuer), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:pre-authorized_code',
        'pre-authorized_code':
          offer.grants['urn:ietf:params:oauth:grant-type:pre-authorized_code'][
            'pre-authorized_code'
          ],
        tx_code: transactionCode,
        client_id: 'lanyard-wallet',
        resource: issuer,
      }),
    }),
  );
  return { access_token, issuer };
}

/** A fresh proof that the wallet holds a key (appendix F.1). */
export async function proveKey(
  issuer: string,
  keys: { readonly publicKey: webcrypto.CryptoKey; readonly privateKey: webcrypto.CryptoKey },
  nonce?: string,
): Promise<string> {
  const metadata = await json<{ nonce_endpoint: string }>(
    await fetch(new URL('/.well-known/openid-credential-issuer', issuer)),
  );
  const c_nonce =
    nonce ??
    (await json<{ c_nonce: string }>(await fetch(metadata.nonce_endpoint, { method: 'POST' })))
      .c_nonce;
  const jwk: JWK = await exportJWK(keys.publicKey);
  return new SignJWT({ nonce: c_nonce })
    .setProtectedHeader({ alg: 'ES256', typ: 'openid4vci-proof+jwt', jwk })
    .setIssuer('lanyard-wallet')
    .setAudience(issuer)
    .setIssuedAt()
    .sign(keys.privateKey);
}

/** Asks for one credential with a ready proof (section 8.2). */
export async function requestCredential(
  access: { readonly access_token: string; readonly issuer: string },
  configurationId: string,
  proof: string,
): Promise<string> {
  const metadata = await json<{ credential_endpoint: string }>(
    await fetch(new URL('/.well-known/openid-credential-issuer', access.issuer)),
  );
  const { credentials } = await json<{ credentials: readonly { credential: string }[] }>(
    await fetch(metadata.credential_endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${access.access_token}`,
      },
      body: JSON.stringify({
        credential_configuration_id: configurationId,
        proofs: { jwt: [proof] },
      }),
    }),
  );
  const [first] = credentials;
  if (first === undefined) throw new Error('no credential came');
  return first.credential;
}

/** Collects everything that was offered, each credential bound to a key of its own. */
export async function collect(link: string, transactionCode: string): Promise<readonly Held[]> {
  const offer = await readOffer(link);
  const access = await redeemCode(offer, transactionCode);
  const held: Held[] = [];
  for (const configurationId of offer.credential_configuration_ids) {
    const keys = await generateKeyPair('ES256', { extractable: true });
    const sdJwt = await patiently(
      async () => requestCredential(access, configurationId, await proveKey(access.issuer, keys)),
      (outcome) =>
        'error' in outcome &&
        outcome.error instanceof WalletRefused &&
        outcome.error.error === 'temporarily_unavailable',
    );
    held.push({ configurationId, sdJwt, key: keys.privateKey });
  }
  return held;
}

/** Discloses only the named claims and binds the presentation to the verifier's nonce (RFC 9901, section 4.3). */
export async function present(
  held: Held,
  request: {
    readonly nonce: string;
    readonly audience: string;
    readonly claims: readonly string[];
  },
): Promise<string> {
  const [jwt = '', ...rest] = held.sdJwt.split('~');
  const disclosures = rest.filter((part) => part !== '');
  const textOf = (disclosure: string): string => Buffer.from(disclosure, 'base64url').toString();
  const asked = disclosures.filter((disclosure) => {
    const [, name] = JSON.parse(textOf(disclosure)) as [string, unknown];
    return request.claims.some((claim) => claim === name);
  });
  // Elements of a list that was asked for: the list holds their digests.
  const inside = disclosures.filter((disclosure) => {
    const digest = createHash('sha256').update(disclosure).digest('base64url');
    return asked.some((list) => textOf(list).includes(digest));
  });
  const presentation = [jwt, ...asked, ...inside, ''].join('~');
  const keyBinding = await new SignJWT({
    nonce: request.nonce,
    sd_hash: createHash('sha256').update(presentation).digest('base64url'),
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'kb+jwt' })
    .setAudience(request.audience)
    .setIssuedAt()
    .sign(held.key);
  return presentation + keyBinding;
}
