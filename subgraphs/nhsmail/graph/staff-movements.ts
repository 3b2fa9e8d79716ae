/** Who comes and goes, asked of the graph. */
import { z } from 'zod';

import type { AskGraph } from '../../../runtime/graph-client.ts';
import type { MovementFeed } from '../domain/lifecycle/departures.ts';

/** Movements in a page: what follows from them is one transaction. */
const PAGE = 500;

const DOCUMENT = `query StaffMovements($after: String, $first: Int!) {
  staffEvents(types: [STAFF_JOINED, STAFF_LEFT], after: $after, first: $first) {
    events { type staffId odsCode at worksAt deceased }
    position
  }
}`;

const word = z.string().min(1).max(255);

const shape = z.object({
  staffEvents: z.object({
    events: z.array(
      z.object({
        type: z.enum(['STAFF_JOINED', 'STAFF_LEFT']),
        staffId: word,
        odsCode: word,
        at: z.coerce.date(),
        worksAt: z.array(word),
        deceased: z.boolean(),
      }),
    ),
    position: z.string().min(1).max(64),
  }),
});

/** Creates the feed. */
export function graphStaffMovements(ask: AskGraph): MovementFeed {
  return {
    async read(after) {
      const { staffEvents } = await ask({
        document: DOCUMENT,
        variables: { after, first: PAGE },
        purpose: 'DIRECTORY_MATCHING',
        shape,
      });
      const { events, position } = staffEvents;
      return { movements: events, position, more: events.length >= PAGE };
    },
  };
}
