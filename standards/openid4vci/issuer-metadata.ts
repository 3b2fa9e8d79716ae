/**
 * What a wallet reads of a credential issuer and of its authorization server.
 *
 * Source: OpenID4VCI 1.0, sections 12.2.2 to 12.2.4; RFC 8414, sections 2 and 3.3; RFC 9126, section 5.
 */
import { z } from 'zod';

import { StandardError } from '../standard-error.ts';
import { parseStrictJson } from '../strict-json.ts';

const address = z.url({ protocol: /^https?$/ }).max(2048);
const configuration = z.object({
  format: z.string().max(64),
  scope: z.string().max(256).optional(),
  vct: z.string().max(1024).optional(),
});
const issuer = z.object({
  credential_issuer: z.string(),
  authorization_servers: z.array(address).min(1).max(10).optional(),
  credential_endpoint: address,
  nonce_endpoint: address.optional(),
  deferred_credential_endpoint: address.optional(),
  notification_endpoint: address.optional(),
  credential_configurations_supported: z.record(z.string().max(256), configuration),
});
const server = z.object({
  issuer: z.string(),
  authorization_endpoint: address.optional(),
  pushed_authorization_request_endpoint: address.optional(),
  token_endpoint: address,
});

/** A credential issuer's metadata, as far as a wallet needs it; names as on the wire. */
export interface CredentialIssuerMetadata {
  /** Its identifier, an https address. */
  readonly credential_issuer: string;
  /** Its authorization servers; itself when there are none. */
  readonly authorization_servers?: readonly string[] | undefined;
  /** Where credentials are asked for. */
  readonly credential_endpoint: string;
  /** Where a fresh `c_nonce` comes from. */
  readonly nonce_endpoint?: string | undefined;
  /** Where what was not there yet is asked for again. */
  readonly deferred_credential_endpoint?: string | undefined;
  /** Where the wallet says what became of a credential. */
  readonly notification_endpoint?: string | undefined;
  /** What it issues, by configuration id. */
  readonly credential_configurations_supported: Readonly<Record<string, CredentialConfiguration>>;
}
/** One kind of credential. */
export interface CredentialConfiguration {
  /** `dc+sd-jwt`, for one. */
  readonly format: string;
  /** What to ask the authorization server for. */
  readonly scope?: string | undefined;
  /** The type of SD-JWT VC. */
  readonly vct?: string | undefined;
}
/** An authorization server's metadata, as far as a wallet needs it; names as on the wire. */
export interface AuthorizationServerMetadata {
  /** Its identifier, an https address. */
  readonly issuer: string;
  /** Where a person signs in. */
  readonly authorization_endpoint?: string | undefined;
  /** Where requests are pushed first (RFC 9126). */
  readonly pushed_authorization_request_endpoint?: string | undefined;
  /** Where codes become tokens. */
  readonly token_endpoint: string;
}

/** Longest metadata read, in characters. */
const MAX_LENGTH = 2 ** 20;

/**
 * Reads a credential issuer's metadata.
 *
 * @param text the JSON that its well-known address answered
 * @param identifier the Credential Issuer Identifier that was asked for
 * @throws {StandardError} `metadata_invalid`, also when it is another issuer's
 */
export function parseIssuerMetadata(text: string, identifier: string): CredentialIssuerMetadata {
  const read = issuer.safeParse(json(text));
  if (read.data?.credential_issuer !== identifier) throw invalid('credential issuer', read.error);
  return read.data;
}

/**
 * Reads an authorization server's metadata.
 *
 * @param text the JSON that its well-known address answered
 * @param identifier the issuer identifier that was asked for
 * @throws {StandardError} `metadata_invalid`, also when it is another server's
 */
export function parseServerMetadata(text: string, identifier: string): AuthorizationServerMetadata {
  const read = server.safeParse(json(text));
  if (read.data?.issuer !== identifier) throw invalid('authorization server', read.error);
  return read.data;
}

function json(text: string): unknown {
  try {
    return parseStrictJson(text, { maxLength: MAX_LENGTH });
  } catch (cause) {
    throw invalid('server', cause);
  }
}

const invalid = (whose: string, cause: unknown): StandardError =>
  new StandardError('metadata_invalid', `not the metadata of this ${whose}`, { cause });
