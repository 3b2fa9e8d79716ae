/** Who holds a passport, asked of the graph. */
import { z } from 'zod';

import type { AskGraph } from '../../../runtime/graph-client.ts';
import type { PassportHolders } from '../domain/case-ports.ts';

const DOCUMENT = `query PassportHolders($staffIds: [ID!]!) { passportHolders(staffIds: $staffIds) }`;

const shape = z.object({ passportHolders: z.array(z.string()) });

/** Passports behind the graph. */
export const graphPassportHolders = (ask: AskGraph): PassportHolders => ({
  async findHolders(staffIds) {
    const { passportHolders } = await ask({
      document: DOCUMENT,
      variables: { staffIds },
      purpose: 'DIRECTORY_MATCHING',
      shape,
    });
    return new Set(passportHolders);
  },
});
