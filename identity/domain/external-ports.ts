/** What signing in with a provider of others needs. */
import type { JsonObject } from '../../standards/strict-json.ts';
import type { ExternalProviderSettings } from './external-provider.ts';
import type { RoleGrant } from './roles.ts';

/** What is random in one sign-in there: each is used once. */
export interface ExternalRequest {
  readonly state: string;
  readonly nonce: string;
  /** PKCE (RFC 7636). */
  readonly codeVerifier: string;
}

/** A provider of others, reached over the network. */
export interface ExternalProvider {
  readonly settings: ExternalProviderSettings;
  /**
   * The address at which the person signs in there.
   *
   * @throws {Error} with code `unavailable` when the provider does not answer
   */
  begin(request: ExternalRequest): Promise<string>;
  /**
   * Exchanges what came back for claims: those of the ID token, and of the UserInfo endpoint when that is described.
   *
   * @param callback the address that was called, with its query
   * @returns `undefined` when anything about it does not hold
   * @throws {Error} with code `unavailable` when the provider does not answer
   */
  finish(callback: URL, request: ExternalRequest): Promise<JsonObject | undefined>;
}

/** Who is meant by a provider's own name for somebody. */
export interface ExternalLinks {
  find(
    providerId: string,
    subject: string,
  ): Promise<{ readonly staffId: string; readonly mail: string } | undefined>;
  put(link: {
    readonly providerId: string;
    readonly subject: string;
    readonly staffId: string;
    readonly mail: string;
    readonly linkedBy: string;
  }): Promise<void>;
}

/** Roles that a provider vouches for. */
export interface ExternalRoles {
  /** Keeps what the provider has said just now, in place of what it said before. */
  replace(said: {
    readonly staffId: string;
    readonly providerId: string;
    readonly roles: readonly RoleGrant[];
    readonly expiresAt: Date;
  }): Promise<void>;
}
