/** Who a mailbox belongs to, asked of the graph. */
import { z } from 'zod';

import type { StaffRecords } from '../domain/ports.ts';
import type { AskGraph } from '../../runtime/graph-client.ts';

const DOCUMENT = /* GraphQL */ `
  query SignIn($mail: String!) {
    directoryAccount(by: { mail: $mail }) {
      staffMember {
        id
        employments {
          personType
        }
      }
    }
  }
`;

const shape = z.object({
  directoryAccount: z
    .object({
      staffMember: z
        .object({
          id: z.string().min(1).max(255),
          // Those in force today.
          employments: z.array(z.object({ personType: z.string().nullable() })),
        })
        .nullable(),
    })
    .nullable(),
});

/** Creates the look-up. */
export function graphStaffRecords(ask: AskGraph): StaffRecords {
  return {
    findStaffId: async (mail) => {
      const { directoryAccount } = await ask({
        document: DOCUMENT,
        variables: { mail },
        purpose: 'SIGN_IN',
        shape,
      });
      const found = directoryAccount?.staffMember;
      const works = found?.employments.some(({ personType }) => personType !== 'APPLICANT');
      return works === true ? found?.id : undefined;
    },
  };
}
