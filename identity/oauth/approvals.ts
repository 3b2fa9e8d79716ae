/** Transactions that wait for a passkey, as oidc-provider keeps them. */
import { errors, type Provider } from 'oidc-provider';
import { z } from 'zod';

import type { Approvals } from '../routes/approvals.ts';
import { approvalResult, askedTransaction, TRANSACTION_PROMPT } from './transaction-details.ts';

const params = z.object({
  client_id: z.string(),
  redirect_uri: z.url(),
  authorization_details: z.string(),
});

/** Creates the view on approvals. */
export function providerApprovals(provider: Provider, now: () => Date): Approvals {
  return {
    find: async ({ req, res }) => {
      try {
        const interaction = await provider.interactionDetails(req, res);
        if (interaction.prompt.name !== TRANSACTION_PROMPT) return undefined;
        const asked = params.parse(interaction.params);
        const transaction = askedTransaction(asked.authorization_details);
        const staffId = interaction.session?.accountId;
        const client = await provider.Client.find(asked.client_id);
        if (transaction === undefined || staffId === undefined || client === undefined) {
          return undefined;
        }
        return {
          uid: interaction.uid,
          staffId,
          transaction,
          clientName: client.clientName ?? client.clientId,
          returnOrigin: new URL(asked.redirect_uri).origin,
        };
      } catch (error) {
        if (error instanceof errors.SessionNotFound) return undefined;
        throw error;
      }
    },
    approved: ({ req, res }, { transaction }) =>
      provider.interactionResult(req, res, approvalResult(transaction, now()), {
        mergeWithLastSubmission: true,
      }),
    refused: ({ req, res }) =>
      provider.interactionResult(
        req,
        res,
        { error: 'access_denied', error_description: 'the person did not approve it' },
        { mergeWithLastSubmission: false },
      ),
  };
}
