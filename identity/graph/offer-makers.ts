/** Tells the passport subgraph, through the graph, that an offer ended before its time. */
import { z } from 'zod';

import type { OfferMakers } from '../domain/wallet-ports.ts';
import type { AskGraph } from '../../runtime/graph-client.ts';

const DOCUMENT = /* GraphQL */ `
  mutation OfferEnd($input: CredentialOfferEndInput!) {
    credentialOfferEnd(input: $input) {
      errors {
        code
      }
    }
  }
`;

const shape = z.object({
  credentialOfferEnd: z.object({ errors: z.array(z.object({ code: z.string() })) }),
});

/** Creates the teller. An offer that the subgraph does not know, after its restore perhaps, is nobody's to be told of. */
export function graphOfferMakers(ask: AskGraph): OfferMakers {
  return {
    tellDead: async (offerId, endedAt) => {
      await ask({
        document: DOCUMENT,
        variables: { input: { offerId, endedAt: endedAt.toISOString() } },
        purpose: 'CREDENTIAL_ISSUE',
        shape,
      });
    },
  };
}
