/** The authorization server's desk for offers, over HTTP. */
import { z } from 'zod';

import {
  type AccessTokenSource,
  post,
  RemoteUnavailable,
} from '../../../runtime/machine-client.ts';
import type { OfferDesk } from '../domain/ports/offer-desk.ts';

const answer = z.object({
  uri: z.string().min(1).max(4_096),
  uriByValue: z.string().min(1).max(16_384),
  transactionCode: z.string().regex(/^\d{4,8}$/),
  expiresAt: z.iso.datetime({ offset: true }),
});

/**
 * The desk at this address.
 *
 * @throws {RemoteUnavailable} on every call that does not succeed
 */
export function httpOfferDesk(options: {
  readonly url: string;
  readonly accessToken: AccessTokenSource;
}): OfferDesk {
  return {
    async open(request) {
      const response = await post(
        options.url,
        {
          'content-type': 'application/json',
          accept: 'application/json',
          authorization: `Bearer ${await options.accessToken()}`,
        },
        JSON.stringify({ ...request, expiresAt: request.expiresAt.toISOString() }),
      );
      if (!response.ok) {
        throw new RemoteUnavailable(`the offer desk answered ${String(response.status)}`);
      }
      const parsed = answer.safeParse(await response.json().catch(() => undefined));
      if (!parsed.success) throw new RemoteUnavailable('the offer desk answered something else');
      return { ...parsed.data, expiresAt: new Date(parsed.data.expiresAt) };
    },
  };
}
