/**
 * A wallet comes back for credentials that could not be issued when it asked.
 *
 * Source: OpenID4VCI 1.0, section 9.
 */
import { z } from 'zod';

import {
  type CollectOutcome,
  type CollectParts,
  DEFERRED_INTERVAL_SECONDS,
  issueWanted,
  type WalletToken,
} from './collect-credential.ts';
import { refused } from './credential-fault.ts';

const deferredRequest = z.looseObject({ transaction_id: z.string().min(1).max(256) });

/**
 * Has the credentials issued that a transaction stands for. The transaction ends with that; whoever lost the answer asks
 * the credential endpoint again, with the same keys.
 *
 * @throws {Error} with code `unavailable` when a source does not answer; the transaction goes on
 */
export async function collectDeferred(
  token: WalletToken,
  body: unknown,
  parts: CollectParts,
  requestId?: string,
): Promise<CollectOutcome> {
  const request = deferredRequest.safeParse(body);
  if (!request.success) return refused('invalid_credential_request', 'malformed request');
  const { transaction_id: transactionId } = request.data;
  const unknown = refused('invalid_transaction_id', 'not a transaction that waits');
  const wanted = await parts.deferred.find(transactionId);
  // Somebody else's reads as none.
  if (wanted?.grantId !== token.grantId) return unknown;
  const outcome = await issueWanted(wanted, parts, requestId);
  switch (outcome.kind) {
    case 'issued':
      return (await parts.deferred.collect(transactionId)) ? outcome : unknown;
    case 'stopped':
      return { kind: 'deferred', transactionId, intervalSeconds: DEFERRED_INTERVAL_SECONDS };
    default:
      return outcome;
  }
}
