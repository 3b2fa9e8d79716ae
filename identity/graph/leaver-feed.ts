/** People who have left, asked of the graph. */
import { z } from 'zod';

import type { LeaverFeed } from '../domain/leavers.ts';
import type { AskGraph } from '../../runtime/graph-client.ts';

const PAGE = 500;

const DOCUMENT = /* GraphQL */ `
  query Leavers($after: String, $first: Int!) {
    staffEvents(types: [STAFF_LEFT], after: $after, first: $first) {
      events {
        staffId
        odsCode
        worksThere
        works
      }
      position
    }
  }
`;

const shape = z.object({
  staffEvents: z.object({
    events: z.array(
      z.object({
        staffId: z.string().min(1).max(255),
        odsCode: z.string().min(1).max(16),
        worksThere: z.boolean(),
        works: z.boolean(),
      }),
    ),
    position: z.string().min(1).max(64),
  }),
});

/** Creates the feed. */
export function graphLeaverFeed(ask: AskGraph): LeaverFeed {
  return {
    read: async (after) => {
      const { staffEvents } = await ask({
        document: DOCUMENT,
        variables: { after, first: PAGE },
        purpose: 'SIGN_IN',
        shape,
      });
      const { events: leavers, position } = staffEvents;
      return { leavers, position, more: leavers.length >= PAGE };
    },
  };
}
