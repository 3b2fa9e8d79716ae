/**
 * What an issuer answers to a wallet: tokens, nonces and credentials.
 *
 * Source: OpenID4VCI 1.0, sections 6.2, 7.2, 8.3 and 9.2; RFC 6749, sections 5.1 and 5.2.
 */
import { z } from 'zod';

import { StandardError } from '../standard-error.ts';
import { parseStrictJson } from '../strict-json.ts';

const token = z.object({
  access_token: z.string().min(1).max(4096),
  token_type: z.string().regex(/^(bearer|dpop)$/i),
  refresh_token: z.string().max(4096).optional(),
});
const nonce = z.object({ c_nonce: z.string().min(1).max(1024) });
const pushed = z.object({ request_uri: z.string().min(1).max(2048) });
const issued = z.object({
  credentials: z
    .array(z.object({ credential: z.string().min(1).max(65_536) }))
    .min(1)
    .max(100),
  notification_id: z.string().max(1024).optional(),
});
const deferred = z.object({
  transaction_id: z.string().min(1).max(1024),
  interval: z.number().min(1).optional(),
});

/** An access token; names as on the wire (RFC 6749, section 5.1). */
export interface TokenResponse {
  /** Sent with each request for credentials. */
  readonly access_token: string;
  /** `Bearer` or `DPoP`, in any case. */
  readonly token_type: string;
  /** Gets another one. */
  readonly refresh_token?: string | undefined;
}

/** What came of a request for credentials. */
export type CredentialResponse =
  | {
      /** They are here. */
      readonly kind: 'issued';
      /** Each one compact, one for each key. */
      readonly credentials: readonly string[];
      /** What the wallet says later on became of them goes under this name. */
      readonly notificationId?: string;
    }
  | {
      /** Not yet (section 8.3). */
      readonly kind: 'deferred';
      /** The name under which to ask again. */
      readonly transactionId: string;
      /** How long to wait before that, in seconds. */
      readonly intervalSeconds: number;
    };

/** @throws {StandardError} `issuer_response_invalid` */
export const parseTokenResponse = (text: string): TokenResponse => read(token, text);
/** @returns the nonce; @throws {StandardError} `issuer_response_invalid` */
export const parseNonceResponse = (text: string): string => read(nonce, text).c_nonce;
/** @returns the `request_uri` of a pushed request (RFC 9126, section 2.2); @throws {StandardError} `issuer_response_invalid` */
export const parsePushedResponse = (text: string): string => read(pushed, text).request_uri;

/**
 * Reads the answer of the credential endpoint, or of the deferred one.
 *
 * @param status of the answer: 202 when the credentials come later
 * @throws {StandardError} `issuer_response_invalid`
 */
export function parseCredentialResponse(status: number, text: string): CredentialResponse {
  if (status === 202) {
    const { transaction_id: transactionId, interval = 5 } = read(deferred, text);
    return { kind: 'deferred', transactionId, intervalSeconds: interval };
  }
  const { credentials, notification_id: notificationId } = read(issued, text);
  return {
    kind: 'issued',
    credentials: credentials.map(({ credential }) => credential),
    ...(notificationId === undefined ? {} : { notificationId }),
  };
}

function read<Shape>(shape: z.ZodType<Shape>, text: string): Shape {
  try {
    return shape.parse(parseStrictJson(text));
  } catch (cause) {
    throw new StandardError('issuer_response_invalid', 'not what an issuer answers', { cause });
  }
}
