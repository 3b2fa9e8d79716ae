/**
 * A wallet of other people's making: `@openid4vc/openid4vp` reads the request and writes the answer. What it leaves to a
 * wallet is here: trust, keys, and the choice of what to show.
 */
import { createHash, X509Certificate } from 'node:crypto';

import {
  Openid4vpClient,
  type Openid4vpAuthorizationRequest,
  type Openid4vpAuthorizationRequestDcApi,
  type ResolvedOpenid4vpAuthorizationRequest,
} from '@openid4vc/openid4vp';
import { DcqlQuery } from 'dcql';
import { CompactEncrypt, importJWK, type JWK, jwtVerify } from 'jose';

import type { Signer } from '../../../../standards/compact-jws.ts';
import { splitCompactJws } from '../../../../standards/compact-jws.ts';
import type { DigitalCredentialRequest } from '../../../../standards/openid4vp/digital-credentials.ts';
import { presentSdJwt } from '../../../../standards/sd-jwt/present-sd-jwt.ts';
import { processSdJwtPayload } from '../../../../standards/sd-jwt/process-sd-jwt.ts';
import { parseSdJwt } from '../../../../standards/sd-jwt/serialisation.ts';
import { createKeyBoundPresentation } from '../../../../standards/sd-jwt-vc/key-binding.ts';
import { authorityKeyIds } from '../../../../standards/x509/authority-key-ids.ts';

/** A credential in the wallet. */
export interface HeldCredential {
  /** As the issuer sent it. */
  readonly sdJwt: string;
  /** The key that it is bound to. */
  readonly signer: Signer;
}

/** Where a wallet's calls go. */
export type Fetching = (url: string, init?: RequestInit) => Promise<Response>;

/** What a wallet lives on. */
export interface WalletParts {
  readonly fetch: Fetching;
  readonly held: readonly HeldCredential[];
  /** Certificates of the anchors it trusts: base64 DER. */
  readonly anchors: readonly string[];
  /** The content encryptions it can do, the best first. */
  readonly encs?: readonly string[];
  readonly now?: () => Date;
}

/** A request that the wallet has read and believes. */
export interface OpenedRequest {
  readonly resolved: ResolvedOpenid4vpAuthorizationRequest;
  /** The page that asked, through the Digital Credentials API. */
  readonly origin?: string;
}

/** How a dishonest holder would change the answer. */
export interface Tampering {
  readonly nonce?: string;
  readonly audience?: string;
  readonly now?: Date;
  /** Shows everything. */
  readonly all?: true;
  /** Changes one presentation after it was made. */
  readonly change?: (presentation: string) => string;
}

type Claims = Record<string, never>;

const NONCE = 'nonce-of-the-wallet';

export function createPresentingWallet(parts: WalletParts) {
  const { now = () => new Date(), encs = ['A256GCM', 'A128GCM'] } = parts;
  const client = new Openid4vpClient({
    callbacks: {
      fetch: (input, init) => parts.fetch(new Request(input).url, withWalletNonce(init)),
      hash: (data, alg) => createHash(alg.replace('-', '')).update(data).digest(),
      signJwt: () => Promise.reject(new Error('wallets of this kind sign no answers')),
      decryptJwe: () => ({ decrypted: false }),
      async encryptJwe({ publicJwk, alg, enc, apu, apv }, data) {
        const { kid } = publicJwk;
        const header = { alg, enc, ...(kid && { kid }), ...(apu && { apu }), ...(apv && { apv }) };
        const jwe = await new CompactEncrypt(Buffer.from(data))
          .setProtectedHeader(header)
          .encrypt(await importJWK(publicJwk as JWK, alg));
        return { encryptionJwk: publicJwk, jwe };
      },
      async verifyJwt(signer, { compact }) {
        const jwk = await keyOf(signer, parts);
        if (jwk === undefined) return { verified: false };
        await jwtVerify(compact, await importJWK(jwk, 'ES256'), {
          algorithms: ['ES256'],
          audience: 'https://self-issued.me/v2',
          typ: 'oauth-authz-req+jwt',
          currentDate: now(),
        });
        return { verified: true, signerJwk: jwk as typeof jwk & { kty: string } };
      },
      getX509CertificateMetadata: (certificate) => subjectNames(certificate),
    },
  });

  /** Reads the link behind a button or a QR code, fetches the request and checks it. */
  async function open(link: string): Promise<OpenedRequest> {
    const { params } = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest: link });
    const byPost = new URL(link).searchParams.get('request_uri_method') === 'post';
    const resolved = await client.resolveOpenId4vpAuthorizationRequest({
      authorizationRequestPayload: params,
      ...(byPost ? { wallet: { expectedNonce: NONCE } } : {}),
    });
    return { resolved };
  }

  /** Reads a request that came through the browser, from a page of that origin. */
  async function openDigital(
    { data }: DigitalCredentialRequest,
    origin: string,
  ): Promise<OpenedRequest> {
    const resolved = await client.resolveOpenId4vpAuthorizationRequest({
      authorizationRequestPayload: { request: data.request, client_id: '' },
      origin,
    });
    return { resolved, origin };
  }

  /** Shows what was asked for, and nothing else. */
  async function vpToken(
    { resolved, origin }: OpenedRequest,
    tampering: Tampering = {},
  ): Promise<Record<string, [string, ...string[]]>> {
    const asked = DcqlQuery.parse(resolved.dcql?.query as DcqlQuery.Input);
    const matches = DcqlQuery.query(asked, parts.held.map(asCredential)).credential_matches;
    const audience = origin === undefined ? resolved.client.effective : `origin:${origin}`;
    const token: Record<string, [string, ...string[]]> = {};
    for (const query of asked.credentials) {
      const [match] = matches[query.id]?.valid_credentials ?? [];
      const credential = match && parts.held[match.input_credential_index];
      if (match === undefined || credential === undefined) continue;
      const [set] = match.claims.valid_claim_sets;
      const paths = (query.claims ?? [])
        .filter((_claim, index) => set.valid_claim_indexes?.includes(index) !== false)
        .flatMap((claim) => ('path' in claim ? [claim.path as (string | number | null)[]] : []));
      const presentation = await createKeyBoundPresentation(
        {
          presentation: presentSdJwt(
            credential.sdJwt,
            (path) => tampering.all === true || paths.some((wanted) => leadsTo(path, wanted)),
          ),
          nonce: resolved.authorizationRequestPayload.nonce,
          audience,
          now: now(),
          ...tampering,
        },
        credential.signer,
      );
      token[query.id] = [tampering.change?.(presentation) ?? presentation];
    }
    return token;
  }

  /** The answer as the request asks for it: plain or encrypted. */
  async function answer(opened: OpenedRequest, token: Record<string, [string, ...string[]]>) {
    const { resolved, origin } = opened;
    const { authorizationRequestPayload } = resolved;
    const encrypted = authorizationRequestPayload.response_mode?.endsWith('.jwt') === true;
    return client.createOpenid4vpAuthorizationResponse({
      authorizationRequestPayload,
      authorizationResponsePayload: { vp_token: token },
      ...(origin === undefined ? {} : { origin }),
      ...(encrypted
        ? {
            jarm: {
              encryption: { nonce: 'mdoc-nonce' },
              serverMetadata: {
                authorization_signing_alg_values_supported: [],
                authorization_encryption_alg_values_supported: ['ECDH-ES'],
                authorization_encryption_enc_values_supported: [...encs],
              },
            },
          }
        : {}),
    });
  }

  return {
    open,
    openDigital,
    vpToken,
    answer,
    /** Presents to a request by link: answers with what the verifier said. */
    async present(link: string, tampering?: Tampering): Promise<Response> {
      const opened = await open(link);
      return post(opened, await answer(opened, await vpToken(opened, tampering)));
    },
    post,
    /** Presents through the browser: what the page gets, as JSON. */
    async presentDigital(
      request: DigitalCredentialRequest,
      origin: string,
      tampering?: Tampering,
    ): Promise<string> {
      const opened = await openDigital(request, origin);
      const { jarm, authorizationResponsePayload } = await answer(
        opened,
        await vpToken(opened, tampering),
      );
      return JSON.stringify({
        protocol: request.protocol,
        data: jarm === undefined ? authorizationResponsePayload : { response: jarm.responseJwt },
      });
    },
    /** Says no. */
    async refuse(link: string): Promise<Response> {
      const { authorizationRequestPayload } = (await open(link)).resolved;
      if (isDigital(authorizationRequestPayload)) throw new Error('not a request by link');
      const { response_uri: uri = '', state = '' } = authorizationRequestPayload;
      const body = new URLSearchParams({ error: 'access_denied', state });
      return parts.fetch(uri, { method: 'POST', body });
    },
  };

  async function post(
    { resolved: { authorizationRequestPayload } }: OpenedRequest,
    { authorizationResponsePayload, jarm }: Awaited<ReturnType<typeof answer>>,
  ): Promise<Response> {
    if (isDigital(authorizationRequestPayload)) throw new Error('not a request by link');
    const { response } = await client.submitOpenid4vpAuthorizationResponse({
      authorizationRequestPayload,
      authorizationResponsePayload,
      ...(jarm === undefined ? {} : { jarm }),
    });
    return response;
  }
}

const isDigital = (
  payload: Openid4vpAuthorizationRequest | Openid4vpAuthorizationRequestDcApi,
): payload is Openid4vpAuthorizationRequestDcApi => !('response_uri' in payload);

/** The library asks by POST and sends no nonce of its own, which section 5.10 is about. */
function withWalletNonce(init: RequestInit | undefined): RequestInit | undefined {
  const accept = new Headers(init?.headers).get('accept') ?? '';
  if (init?.method !== 'post' || !accept.includes('oauth-authz-req+jwt')) {
    return init?.method === 'get' ? { ...init, method: 'GET' } : init;
  }
  const metadata = { vp_formats_supported: { 'dc+sd-jwt': { 'kb-jwt_alg_values': ['ES256'] } } };
  return {
    ...init,
    method: 'POST',
    body: new URLSearchParams({ wallet_nonce: NONCE, wallet_metadata: JSON.stringify(metadata) }),
  };
}

/** The key behind a signature, when it leads to somebody the wallet trusts. */
async function keyOf(
  signer: { readonly method: string; readonly x5c?: string[]; readonly didUrl?: string },
  { anchors, fetch }: WalletParts,
): Promise<JWK | undefined> {
  if (signer.method === 'did') {
    const [did = ''] = (signer.didUrl ?? '').split('#');
    const [host = '', ...path] = did.slice('did:web:'.length).split(':');
    const address = `https://${decodeURIComponent(host)}/${[...path, 'did.json'].join('/')}`;
    const document = (await (await fetch(address)).json()) as {
      verificationMethod: { id: string; publicKeyJwk: JWK }[];
    };
    return document.verificationMethod.find(({ id }) => id === signer.didUrl)?.publicKeyJwk;
  }
  const chain = (signer.x5c ?? []).map(certificateOf);
  const trusted = anchors.map(certificateOf);
  const [leaf] = chain;
  // HAIP, section 5: the anchor itself is not sent, and no leaf is its own.
  const sent = chain.some((one) => trusted.some((anchor) => anchor.raw.equals(one.raw)));
  if (leaf === undefined || sent || leaf.verify(leaf.publicKey)) return undefined;
  const links = chain.every((one, at) => {
    const above = chain[at + 1];
    return above === undefined
      ? trusted.some(({ publicKey }) => one.verify(publicKey))
      : one.verify(above.publicKey);
  });
  return links ? leaf.publicKey.export({ format: 'jwk' }) : undefined;
}

const certificateOf = (base64: string): X509Certificate =>
  new X509Certificate(Buffer.from(base64, 'base64'));

function subjectNames(certificate: string) {
  const names = (certificateOf(certificate).subjectAltName ?? '').split(', ');
  const of = (kind: string): string[] =>
    names.flatMap((name) => (name.startsWith(kind) ? [name.slice(kind.length)] : []));
  return { sanDnsNames: of('DNS:'), sanUriNames: of('URI:') };
}

/** Whether a claim is what was asked for, part of it, or holds it. */
const leadsTo = (
  path: readonly (string | number)[],
  wanted: readonly (string | number | null)[],
): boolean => wanted.slice(0, path.length).every((step, at) => step === null || path[at] === step);

function asCredential({ sdJwt }: HeldCredential) {
  const { jwt, disclosures } = parseSdJwt(sdJwt);
  const { header, payload } = splitCompactJws(jwt);
  const { payload: claims } = processSdJwtPayload(payload, disclosures);
  const [first, ...rest] = authorityKeyIds(header['x5c']);
  return {
    credential_format: 'dc+sd-jwt' as const,
    vct: String(payload['vct']),
    claims: claims as Claims,
    cryptographic_holder_binding: true,
    ...(first === undefined
      ? {}
      : { authority: { type: 'aki' as const, values: [first, ...rest] as [string, ...string[]] } }),
  };
}
