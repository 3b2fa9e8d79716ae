/** Staff records, read through the graph as a client of it. */
import { z } from 'zod';

import type { AskGraph } from '../../../runtime/graph-client.ts';
import type { StaffRecords } from '../domain/ports.ts';
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
          name { family }
          previousFamilyNames
          workEmail
          employments { employer { odsCode } employeeNumber personType }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const person = z
  .object({
    id: z.string(),
    name: z.object({ family: z.string() }).nullish(),
    previousFamilyNames: z.array(z.string()).nullish(),
    workEmail: z.string().nullish(),
    employments: z
      .array(
        z.object({
          employer: z.object({ odsCode: z.string() }),
          employeeNumber: z.string(),
          personType: z.string().nullish(),
        }),
      )
      .nullish(),
  })
  .transform(({ id, name, previousFamilyNames, workEmail, employments }): StaffPerson => ({
    id,
    familyName: name?.family ?? '',
    previousFamilyNames: previousFamilyNames ?? [],
    ...(workEmail == null || workEmail === '' ? {} : { workEmail }),
    employments: (employments ?? []).map(({ employer, employeeNumber, personType }) => ({
      odsCode: employer.odsCode,
      employeeNumber,
      ...(personType == null ? {} : { personType }),
    })),
  }));

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
