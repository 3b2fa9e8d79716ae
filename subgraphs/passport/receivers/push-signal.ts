/**
 * Pushing a security event token to its receiver, with the signature of its secret beside.
 *
 * Source: RFC 8935, sections 2.1 to 2.4; Standard Webhooks 1.0.0.
 */
import { z } from 'zod';

import { FetchRefused, type GuardedFetch } from '../../../runtime/guarded-fetch.ts';
import { SECURITY_EVENT_TYPE } from '../../../standards/security-event.ts';
import { webhookHeaders } from '../../../standards/webhook-signature.ts';
import type { SignalPusher } from '../domain/signal-receivers.ts';

/** The codes of section 2.4; others are the receiver's own, and are not kept. */
const refusal = z.object({
  err: z.enum([
    'invalid_request',
    'invalid_key',
    'invalid_issuer',
    'invalid_audience',
    'authentication_failed',
    'access_denied',
  ]),
});

/** Creates the pusher. */
export function httpSignalPusher(fetch: GuardedFetch): SignalPusher {
  return {
    async push({ url, id, token, secrets, at }) {
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': `application/${SECURITY_EVENT_TYPE}`,
            accept: 'application/json',
            ...(secrets.length === 0 ? {} : webhookHeaders({ id, at, body: token }, secrets)),
          },
          body: token,
        });
        if (answer.status === 202) return undefined;
        const said = refusal.safeParse(
          answer.status === 400 ? await answer.json().catch(() => undefined) : undefined,
        );
        return said.success ? said.data.err : `http_${String(answer.status)}`;
      } catch (error) {
        return error instanceof FetchRefused ? error.code : 'unreachable';
      }
    },
  };
}
