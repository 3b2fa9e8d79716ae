/** Where people work, asked of the graph. */
import { z } from 'zod';

import type { AskGraph } from '../../../runtime/graph-client.ts';
import type { TeamMember, Teams } from '../domain/ports/teams.ts';

const DOCUMENT = `query Teams($ids: [ID!]!, $day: Date!) {
  staffMembers(ids: $ids) {
    currentId
    assignments(asOf: $day) { employer { odsCode } department location position { id } }
  }
}`;

const word = z
  .string()
  .nullish()
  .transform((value) => (value == null || value === '' ? undefined : value));

const member = z
  .object({
    currentId: z.string(),
    assignments: z
      .array(
        z.object({
          employer: z.object({ odsCode: z.string() }),
          department: word,
          location: word,
          position: z.object({ id: word }).nullish(),
        }),
      )
      .nullish(),
  })
  .transform(({ currentId, assignments }): TeamMember => ({
    personId: currentId,
    posts: (assignments ?? []).map(({ employer, position, ...post }) => ({
      ...post,
      odsCode: employer.odsCode,
      positionId: position?.id,
    })),
  }));

const shape = z.object({ staffMembers: z.array(member.nullable()) });

/** Creates the reader. */
export function graphTeams(ask: AskGraph): Teams {
  return {
    async find(staffIds, day) {
      const { staffMembers } = await ask({
        document: DOCUMENT,
        variables: { ids: staffIds, day },
        purpose: 'AUDIT',
        shape,
      });
      return new Map(
        staffMembers.flatMap((found, index) => {
          const id = staffIds[index];
          return found === null || id === undefined ? [] : [[id, found] as const];
        }),
      );
    },
  };
}
