/**
 * A wallet says what became of credentials: kept here first, then passed on to the issuer's records.
 *
 * Source: OpenID4VCI 1.0, section 11.
 */
import { z } from 'zod';

import type { WalletToken } from './collect-credential.ts';
import {
  type CredentialRecords,
  NOTIFICATION_EVENTS,
  type NotificationStore,
} from './credential-ports.ts';

const notificationRequest = z.looseObject({
  notification_id: z.string().min(1).max(256),
  event: z.enum(NOTIFICATION_EVENTS),
  // Free text from outside: its form is checked, and it is not kept.
  event_description: z
    .string()
    .max(1_024)
    .regex(/^[\x20\x21\x23-\x5B\x5D-\x7E]*$/)
    .optional(),
});

/** What came of it: the error codes of section 11.3. */
export type NotifyOutcome = 'noted' | 'invalid_notification_id' | 'invalid_notification_request';

/** Keeps what a wallet says. */
export async function notify(
  token: Pick<WalletToken, 'grantId'>,
  body: unknown,
  notifications: Pick<NotificationStore, 'record'>,
): Promise<NotifyOutcome> {
  const request = notificationRequest.safeParse(body);
  if (!request.success) return 'invalid_notification_request';
  const { notification_id: id, event } = request.data;
  return (await notifications.record(id, token.grantId, event))
    ? 'noted'
    : 'invalid_notification_id';
}

/** Most news passed on in one round. */
const ROUND = 100;

/**
 * Tells the issuer's records what wallets have said.
 *
 * @throws {Error} with code `unavailable` when they do not answer; what was not told is told the next time
 */
export async function passOnNotifications(
  notifications: Pick<NotificationStore, 'untold' | 'told'>,
  records: CredentialRecords,
): Promise<void> {
  for (const { id, ...news } of await notifications.untold(ROUND)) {
    await records.note(news);
    await notifications.told(id, news.event);
  }
}
