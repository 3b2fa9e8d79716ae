/**
 * Signatures of webhooks with a secret that both sides have.
 *
 * Source: Standard Webhooks 1.0.0, "Signature scheme" (symmetric) and "Zero downtime secret rotation".
 */
import { createHmac, randomBytes } from 'node:crypto';

import { z } from 'zod';

const PREFIX = 'whsec_';
/** Between the 24 and 64 bytes that the specification asks for. */
const SECRET_BYTES = 32;

/** A new secret, as it is handed over: `whsec_` and base64. */
export const newWebhookSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/** A secret that somebody hands over: 24 to 64 bytes. */
export const webhookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/)
  .refine((secret) => {
    const bytes = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return bytes.length >= 24 && bytes.length <= 64;
  });

/** What is signed. */
export interface WebhookMessage {
  /** The same however often the same message is sent. */
  readonly id: string;
  /** When this attempt is made. */
  readonly at: Date;
  /** As it is sent. */
  readonly body: string;
}

/** The headers that sign a message: one signature for each secret, so that either is enough while they change. */
export function webhookHeaders(
  { id, at, body }: WebhookMessage,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const sign = (secret: string): string =>
    createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => `v1,${sign(secret)}`).join(' '),
  };
}
