/** Staff records, read through the graph as a client of it. */
import { z } from 'zod';

import type { AskGraph } from '../../../runtime/graph-client.ts';
import type { StaffRecords } from '../domain/ports.ts';
import { withoutUndefined } from '../../../runtime/without-undefined.ts';
import type { StaffPerson } from '../domain/staff.ts';

/** People in one page, and in one look-up by id. */
const PAGE_SIZE = 500;

const PERSON = `fragment PersonForMatching on StaffMember {
  id
  name { given middle family preferred }
  previousFamilyNames
  workEmail
  workPhones
  smartcardUuid
  registrations { body number }
  employments { employer { odsCode } employeeNumber personType hireDate }
  assignments { employer { odsCode } primary jobRole positionTitle }
}`;

const PAGE = `query StaffForMatching($odsCode: ID!, $first: Int!, $after: String, $changedSince: DateTime) {
  organisation(odsCode: $odsCode) {
    status
    staff(first: $first, after: $after, changedSince: $changedSince) {
      edges { node { ...PersonForMatching } }
      removedIds
      pageInfo { hasNextPage endCursor }
    }
  }
}
${PERSON}`;

const PEOPLE = `query PeopleForMatching($ids: [ID!]!) {
  staffMembers(ids: $ids) { currentId ...PersonForMatching }
}
${PERSON}`;

const optional = z
  .string()
  .nullish()
  .transform((text) => (text == null || text === '' ? undefined : text));

const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const person = z
  .object({
    id: z.string(),
    currentId: optional,
    name: z
      .object({ given: optional, middle: optional, family: z.string(), preferred: optional })
      .nullish(),
    previousFamilyNames: list(z.string()),
    workEmail: optional,
    workPhones: list(z.string()),
    smartcardUuid: optional,
    registrations: list(z.object({ body: z.string(), number: z.string() })),
    employments: list(
      z.object({
        employer: z.object({ odsCode: z.string() }),
        employeeNumber: z.string(),
        personType: optional,
        hireDate: optional,
      }),
    ),
    assignments: list(
      z.object({
        employer: z.object({ odsCode: z.string() }),
        primary: z.boolean(),
        jobRole: optional,
        positionTitle: optional,
      }),
    ),
  })
  .transform(
    ({ currentId, name, smartcardUuid, employments, assignments, ...person }): StaffPerson => {
      const postAt = (odsCode: string) => {
        const held = assignments.filter(({ employer }) => employer.odsCode === odsCode);
        return held.find(({ primary }) => primary) ?? held[0];
      };
      return withoutUndefined({
        ...person,
        id: currentId ?? person.id,
        familyName: name?.family ?? '',
        givenName: name?.given,
        middleName: name?.middle,
        preferredName: name?.preferred,
        smartcardId: smartcardUuid,
        employments: employments.map(({ employer, employeeNumber, personType, hireDate }) =>
          withoutUndefined({
            odsCode: employer.odsCode,
            employeeNumber,
            personType,
            startedOn: hireDate,
            jobRole: postAt(employer.odsCode)?.jobRole,
            jobTitle: postAt(employer.odsCode)?.positionTitle,
          }),
        ),
      });
    },
  );

const pageShape = z.object({
  organisation: z
    .object({
      status: z.string().nullish(),
      staff: z
        .object({
          edges: z.array(z.object({ node: person })),
          removedIds: z.array(z.string()),
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
        })
        .nullish(),
    })
    .nullish(),
});

const peopleShape = z.object({ staffMembers: z.array(person.nullable()) });

/** The graph answered in a way that cannot be matched on. */
export class StaffRecordsIncomplete extends Error {
  override readonly name = 'StaffRecordsIncomplete';
  readonly code = 'records_incomplete';
}

/** Staff records behind the graph. */
export function graphStaffRecords(ask: AskGraph): StaffRecords {
  const purpose = 'DIRECTORY_MATCHING';
  return {
    async readPage({ odsCode, after, changedSince }) {
      const { organisation } = await ask({
        document: PAGE,
        variables: {
          odsCode,
          first: PAGE_SIZE,
          after: after ?? null,
          changedSince: changedSince?.toISOString() ?? null,
        },
        purpose,
        shape: pageShape,
      });
      if (organisation == null) return { status: undefined, people: [], removedIds: [] };
      // Matching on a part could take what is held twice for unique.
      if (organisation.staff == null) {
        throw new StaffRecordsIncomplete('the list of staff was refused');
      }
      const { edges, removedIds, pageInfo } = organisation.staff;
      return {
        status: organisation.status === 'CLOSED' ? 'CLOSED' : 'OPEN',
        people: edges.map(({ node }) => node),
        removedIds,
        ...(pageInfo.hasNextPage && pageInfo.endCursor != null ? { next: pageInfo.endCursor } : {}),
      };
    },
    async readPeople(ids) {
      const people = new Map<string, StaffPerson>();
      for (let from = 0; from < ids.length; from += PAGE_SIZE) {
        const asked = ids.slice(from, from + PAGE_SIZE);
        const { staffMembers } = await ask({
          document: PEOPLE,
          variables: { ids: asked },
          purpose,
          shape: peopleShape,
        });
        // In the order asked.
        asked.forEach((id, index) => {
          const found = staffMembers[index];
          if (found != null) people.set(id, found);
        });
      }
      return people;
    },
  };
}
