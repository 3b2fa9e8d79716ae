/** The wallet's conversation with the issuer: what it sends, and what it makes of the answers. */
import { createDpopProof } from '../../../standards/create-dpop-proof.ts';
import {
  authorizationServerMetadataUrl,
  credentialIssuerMetadataUrl,
  credentialRequest,
  notification,
} from '../../../standards/openid4vci/client.ts';
import {
  type CredentialResponse,
  parseCredentialResponse,
  parseNonceResponse,
  parsePushedResponse,
  parseTokenResponse,
} from '../../../standards/openid4vci/credential-response.ts';
import {
  type AuthorizationServerMetadata,
  type CredentialIssuerMetadata,
  parseIssuerMetadata,
  parseServerMetadata,
} from '../../../standards/openid4vci/issuer-metadata.ts';
import { createKeyProof } from '../../../standards/openid4vci/key-proof.ts';
import { settled } from '../../../standards/settled.ts';
import type { DeviceKey } from './device-key.ts';
import { holderKeyOf } from './holder-keys.ts';

/** The wallet's name at the authorization server. */
export const WALLET_CLIENT_ID = 'lanyard-wallet';

/** The issuer said no, or not now. */
export class IssuerRefused extends Error {
  override readonly name = 'IssuerRefused';
  /** The issuer's code, such as `invalid_grant`. */
  readonly code: string;
  constructor(code: string) {
    super(`the issuer answered ${code}`);
    this.code = code;
  }
}

/** What calls go through. */
export interface IssuerParts {
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  readonly now: () => Date;
}

/** An issuer and what it says of itself. */
export interface Issuer {
  readonly metadata: CredentialIssuerMetadata;
  readonly server: AuthorizationServerMetadata;
}

/** Finds out about an issuer by its identifier. */
export async function readIssuer(identifier: string, { fetch }: IssuerParts): Promise<Issuer> {
  const found = await bodyOf(await fetch(credentialIssuerMetadataUrl(identifier)));
  const metadata = parseIssuerMetadata(found, identifier);
  const [serverId = identifier] = metadata.authorization_servers ?? [];
  const told = await bodyOf(await fetch(authorizationServerMetadataUrl(serverId)));
  return { metadata, server: parseServerMetadata(told, serverId) };
}

/** Hands in an authorization request. Returns the address that the holder is sent to. */
export async function pushRequest(
  { server }: Issuer,
  form: URLSearchParams,
  { fetch }: IssuerParts,
): Promise<string> {
  const { pushed_authorization_request_endpoint: endpoint, authorization_endpoint: page } = server;
  if (endpoint === undefined || page === undefined) throw new IssuerRefused('no_sign_in');
  const requestUri = parsePushedResponse(
    await bodyOf(await fetch(endpoint, { method: 'POST', body: form })),
  );
  return `${page}?${new URLSearchParams({ client_id: WALLET_CLIENT_ID, request_uri: requestUri }).toString()}`;
}

/** What a wallet has been let do. */
export interface Access {
  readonly token: string;
  /** The key that the token is bound to; `undefined` when anybody may use it. */
  readonly key: DeviceKey | undefined;
}

/**
 * Redeems a code.
 *
 * @param key binds the token (RFC 9449)
 */
export async function redeem(
  { server }: Issuer,
  form: URLSearchParams,
  key: DeviceKey | undefined,
  parts: IssuerParts,
): Promise<Access> {
  const url = server.token_endpoint;
  const proof = await proofFor({ url }, key, parts);
  const answer = await parts.fetch(url, { method: 'POST', body: form, headers: proof });
  const { access_token: token, token_type: type } = parseTokenResponse(await bodyOf(answer));
  return { token, key: type.toLowerCase() === 'dpop' ? key : undefined };
}

/** Asks for one credential bound to a key. */
export async function requestCredential(
  { metadata }: Issuer,
  access: Access,
  wanted: { readonly configurationId: string; readonly key: DeviceKey },
  parts: IssuerParts,
): Promise<CredentialResponse> {
  const { credential_issuer: audience, credential_endpoint: url, nonce_endpoint } = metadata;
  const nonce =
    nonce_endpoint === undefined
      ? undefined
      : parseNonceResponse(await bodyOf(await parts.fetch(nonce_endpoint, { method: 'POST' })));
  const proof = await createKeyProof(
    { audience, nonce, now: parts.now(), clientId: WALLET_CLIENT_ID },
    await holderKeyOf(wanted.key),
  );
  const answer = await post(url, credentialRequest(wanted.configurationId, [proof]), access, parts);
  const text = await bodyOf(answer);
  return parseCredentialResponse(answer.status, text);
}

/** Says what became of credentials. That it cannot be said changes nothing. */
export async function tellIssuer(
  { metadata }: Issuer,
  access: Access,
  said: {
    readonly notificationId: string;
    readonly event: 'credential_accepted' | 'credential_failure';
  },
  parts: IssuerParts,
): Promise<void> {
  const url = metadata.notification_endpoint;
  if (url === undefined) return;
  await post(url, notification(said.notificationId, said.event), access, parts).catch(
    () => undefined,
  );
}

async function post(
  url: string,
  body: object,
  { token, key }: Access,
  parts: IssuerParts,
): Promise<Response> {
  const proof = await proofFor({ url, accessToken: token }, key, parts);
  return parts.fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `${key === undefined ? 'Bearer' : 'DPoP'} ${token}`,
      ...proof,
    },
    body: JSON.stringify(body),
  });
}

async function proofFor(
  request: { readonly url: string; readonly accessToken?: string },
  key: DeviceKey | undefined,
  { now }: IssuerParts,
): Promise<Record<string, string>> {
  if (key === undefined) return {};
  const holder = await holderKeyOf(key);
  const wanted = { ...request, method: 'POST', proofId: crypto.randomUUID(), now: now() };
  return { dpop: await settled(() => createDpopProof(wanted, holder)) };
}

/** The text of a good answer. @throws {IssuerRefused} */
async function bodyOf(answer: Response): Promise<string> {
  const text = await answer.text();
  if (answer.ok) return text;
  throw new IssuerRefused(errorIn(text) ?? `http_${String(answer.status)}`);
}

function errorIn(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' && /^[a-z_]{1,64}$/.test(error) ? error : undefined;
  } catch {
    return undefined;
  }
}
