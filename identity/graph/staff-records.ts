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
          employer {
            odsCode
          }
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
          employments: z.array(
            z.object({
              personType: z.string().nullable(),
              employer: z.object({ odsCode: z.string() }),
            }),
          ),
        })
        .nullable(),
    })
    .nullable(),
});

/** Creates the look-up. */
export function graphStaffRecords(ask: AskGraph): StaffRecords {
  const findEmployment: StaffRecords['findEmployment'] = async (mail) => {
    const { directoryAccount } = await ask({
      document: DOCUMENT,
      variables: { mail },
      purpose: 'SIGN_IN',
      shape,
    });
    const found = directoryAccount?.staffMember;
    const works = found?.employments.filter(({ personType }) => personType !== 'APPLICANT') ?? [];
    if (found == null || works.length === 0) return undefined;
    return { staffId: found.id, odsCodes: works.map(({ employer }) => employer.odsCode) };
  };
  return {
    findEmployment,
    findStaffId: async (mail) => (await findEmployment(mail))?.staffId,
  };
}
