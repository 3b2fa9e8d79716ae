/** Placements that have ended, asked of the graph. They end what a person has at the host, and nothing else. */
import { z } from 'zod';

import type { LeaverFeed } from '../domain/leavers.ts';
import type { AskGraph } from '../../runtime/graph-client.ts';

const PAGE = 100;

const DOCUMENT = /* GraphQL */ `
  query EndedPlacements($after: String, $first: Int!) {
    placementEvents(type: PLACEMENT_ENDED, after: $after, first: $first) {
      events {
        staffId
        odsCode
        placedThere
        staff {
          employments {
            personType
            employer {
              odsCode
            }
          }
        }
      }
      position
    }
  }
`;

const shape = z.object({
  placementEvents: z.object({
    events: z.array(
      z.object({
        staffId: z.string().min(1).max(255),
        odsCode: z.string().min(1).max(16),
        placedThere: z.boolean(),
        staff: z
          .object({
            employments: z.array(
              z.object({
                personType: z.string().nullable(),
                employer: z.object({ odsCode: z.string() }),
              }),
            ),
          })
          .nullable(),
      }),
    ),
    position: z.string().min(1).max(64),
  }),
});

/** What somebody is who works at an organisation on their own account. An honorary contract comes with a placement. */
const OWN_ACCOUNT = new Set<string | null>(['EMPLOYEE', 'BANK']);

/** Creates the feed. Whether the person works anywhere else is not its business: it never says that they do not. */
export function graphPlacementFeed(ask: AskGraph): LeaverFeed {
  return {
    read: async (after) => {
      const { placementEvents } = await ask({
        document: DOCUMENT,
        variables: { after, first: PAGE },
        purpose: 'SIGN_IN',
        shape,
      });
      const { events, position } = placementEvents;
      const leavers = events.map(({ staffId, odsCode, placedThere, staff }) => ({
        staffId,
        odsCode,
        worksThere:
          placedThere ||
          (staff?.employments ?? []).some(
            ({ personType, employer }) =>
              employer.odsCode === odsCode && OWN_ACCOUNT.has(personType),
          ),
        works: true,
      }));
      return { leavers, position, more: leavers.length === PAGE };
    },
  };
}
