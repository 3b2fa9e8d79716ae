/**
 * Asking and answering through a browser's Digital Credentials API.
 *
 * Source: OpenID4VP 1.0, appendix A.
 */
import { z } from 'zod';

import { StandardError } from '../standard-error.ts';
import { parseStrictJson } from '../strict-json.ts';
import {
  type AuthorizationResponse,
  MAX_RESPONSE_LENGTH,
  readAuthorizationResponse,
  type ResponseRules,
} from './read-response.ts';

/** The protocol's name for requests that are signed once (appendix A.1). */
export const DIGITAL_CREDENTIALS_PROTOCOL = 'openid4vp-v1-signed';

/** One entry of `digital.requests`, for `navigator.credentials.get`. */
export interface DigitalCredentialRequest {
  /** The protocol. */
  readonly protocol: typeof DIGITAL_CREDENTIALS_PROTOCOL;
  /** What the wallet gets. */
  readonly data: {
    /** The request object: compact JWS. */
    readonly request: string;
  };
}

/** Wraps a signed request object, whose response mode is `dc_api` or `dc_api.jwt`. */
export function digitalCredentialRequest(requestObject: string): DigitalCredentialRequest {
  return { protocol: DIGITAL_CREDENTIALS_PROTOCOL, data: { request: requestObject } };
}

const digitalCredential = z.object({
  protocol: z.literal(DIGITAL_CREDENTIALS_PROTOCOL),
  data: z.record(z.string(), z.unknown()),
});

/**
 * Reads what the browser gave the page: `protocol` and `data` of a `DigitalCredential`.
 *
 * @param body JSON text
 * @throws {StandardError} the codes of {@link readAuthorizationResponse}
 */
export async function readDigitalCredential(
  body: string,
  rules: ResponseRules,
): Promise<AuthorizationResponse> {
  if (body.length > MAX_RESPONSE_LENGTH) {
    throw new StandardError('authorization_response_too_long', 'the answer is longer than allowed');
  }
  const credential = digitalCredential.safeParse(
    parseStrictJson(body, { maxLength: MAX_RESPONSE_LENGTH }),
  );
  if (!credential.success) {
    throw new StandardError('authorization_response_invalid', 'not a digital credential');
  }
  return readAuthorizationResponse(JSON.stringify(credential.data.data), rules);
}
