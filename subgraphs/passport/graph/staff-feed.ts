/** What happens to people, asked of the graph. */
import { z } from 'zod';

import type { AskGraph } from '../../../runtime/graph-client.ts';
import type { StaffFeed } from '../domain/staff-events.ts';

/** Events in a page: what follows from them is one transaction. */
const PAGE = 100;

const DOCUMENT = `query StaffEvents($after: String, $first: Int!) {
  staffEvents(types: [STAFF_LEFT, REGISTRATION_CHANGED, PLACEMENT_CHANGED], after: $after, first: $first) {
    events {
      type staffId odsCode at worksAt deceased
      registrations { body number status lastCheckedAt }
      trainingPlacements {
        reference leadOdsCode hostOdsCode nationalPostNumber specialty grade site startDate endDate withdrawn
      }
    }
    position
  }
}`;

const word = z.string().min(1).max(255);

const event = z
  .object({
    type: z.enum(['STAFF_LEFT', 'REGISTRATION_CHANGED', 'PLACEMENT_CHANGED']),
    staffId: word,
    odsCode: word,
    at: z.coerce.date(),
    worksAt: z.array(word),
    deceased: z.boolean(),
    registrations: z.array(
      z.object({
        body: word,
        number: word,
        status: word,
        lastCheckedAt: z
          .string()
          .nullish()
          .transform((value) => value ?? undefined),
      }),
    ),
    trainingPlacements: z.array(
      z.object({
        reference: word,
        leadOdsCode: word,
        hostOdsCode: word,
        nationalPostNumber: word,
        specialty: word,
        grade: word,
        site: word,
        startDate: word,
        endDate: word.nullish().transform((value) => value ?? undefined),
        withdrawn: z.boolean(),
      }),
    ),
  })
  .transform(({ trainingPlacements, ...rest }) => ({ ...rest, placements: trainingPlacements }));

const shape = z.object({
  staffEvents: z.object({ events: z.array(event), position: z.string().min(1).max(64) }),
});

/** Creates the feed. */
export function graphStaffFeed(ask: AskGraph): StaffFeed {
  return {
    async read(after) {
      const { staffEvents } = await ask({
        document: DOCUMENT,
        variables: { after, first: PAGE },
        purpose: 'CREDENTIAL_ISSUE',
        shape,
      });
      const { events, position } = staffEvents;
      return { events, position, more: events.length >= PAGE };
    },
  };
}
