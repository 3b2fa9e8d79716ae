/** Staff records, read through the graph as a client of it. */
import { z } from 'zod';

import type { AskGraph } from '../../../runtime/graph-client.ts';
import type { StaffRecords } from '../domain/ports.ts';
import { withoutUndefined } from '../../../runtime/without-undefined.ts';
import type { StaffPerson } from '../domain/staff.ts';

/** People in one page. */
const PAGE_SIZE = 100;
/** Most pages of one organisation. The largest employers have 30,000 people. */
const PAGE_LIMIT = 1_000;

const DOCUMENT = `query StaffForMatching($odsCode: ID!, $first: Int!, $after: String) {
  organisation(odsCode: $odsCode) {
    status
    staff(first: $first, after: $after) {
      edges {
        node {
          id
          name { given middle family preferred }
          previousFamilyNames
          workEmail
          smartcardUuid
          registrations { body number }
          employments { employer { odsCode } employeeNumber personType hireDate }
          assignments { employer { odsCode } primary jobRole positionTitle }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

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
    name: z
      .object({ given: optional, middle: optional, family: z.string(), preferred: optional })
      .nullish(),
    previousFamilyNames: list(z.string()),
    workEmail: optional,
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
  .transform(({ name, smartcardUuid, employments, assignments, ...person }): StaffPerson => {
    const postAt = (odsCode: string) => {
      const held = assignments.filter(({ employer }) => employer.odsCode === odsCode);
      return held.find(({ primary }) => primary) ?? held[0];
    };
    return withoutUndefined({
      ...person,
      familyName: name?.family ?? '',
      givenName: name?.given,
      middleName: name?.middle,
      preferredName: name?.preferred,
      smartcardId: smartcardUuid,
      workPhones: [],
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
  });

const shape = z.object({
  organisation: z
    .object({
      status: z.string().nullish(),
      staff: z
        .object({
          edges: z.array(z.object({ node: person })),
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
        })
        .nullish(),
    })
    .nullish(),
});

/** The graph answered in a way that cannot be matched on. */
export class StaffRecordsIncomplete extends Error {
  override readonly name = 'StaffRecordsIncomplete';
  readonly code = 'records_incomplete';
}

/** Staff records behind the graph. */
export function graphStaffRecords(ask: AskGraph): StaffRecords {
  const readPage = async (odsCode: string, after: string | null) => {
    const variables = { odsCode, first: PAGE_SIZE, after };
    const answer = await ask({
      document: DOCUMENT,
      variables,
      purpose: 'DIRECTORY_MATCHING',
      shape,
    });
    return answer.organisation ?? undefined;
  };
  return {
    async readStaffOf(odsCode) {
      const people: StaffPerson[] = [];
      let after: string | null = null;
      for (let page = 0; page < PAGE_LIMIT; page += 1) {
        const organisation = await readPage(odsCode, after);
        if (organisation === undefined) return { status: undefined, people: [] };
        // Matching on a part could take what is held twice for unique.
        if (organisation.staff == null) {
          throw new StaffRecordsIncomplete('the list of staff was refused');
        }
        const { edges, pageInfo } = organisation.staff;
        people.push(...edges.map(({ node }) => node));
        after = pageInfo.endCursor ?? null;
        if (!pageInfo.hasNextPage || after === null) {
          return { status: organisation.status === 'CLOSED' ? 'CLOSED' : 'OPEN', people };
        }
      }
      throw new StaffRecordsIncomplete('the list of staff did not end');
    },
  };
}
