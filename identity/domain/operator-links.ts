/** Saying who is meant by a provider's own name for somebody, as an operator does it. */
import { z } from 'zod';

import type { ExternalLinks } from './external-ports.ts';
import { refusalOf } from './registration-refused.ts';

const linkInput = z.strictObject({
  providerId: z.string().regex(/^[a-z0-9][a-z0-9-]{1,31}$/, 'must be the id of a provider'),
  subject: z.string().min(1).max(254),
  staffId: z.string().min(1).max(255),
  mail: z.email().max(254).toLowerCase(),
  by: z.string().trim().min(1).max(200),
});

/** What an operator can do. */
export interface OperatorLinks {
  /** Links somebody's account at a provider to their staff record, in place of an earlier link. @throws {RegistrationRefused} */
  readonly linkExternal: (input: z.input<typeof linkInput>) => Promise<void>;
}

/** Creates the operator's functions. */
export const operatorLinks = (links: Pick<ExternalLinks, 'put'>): OperatorLinks => ({
  linkExternal: async (input) => {
    const parsed = linkInput.safeParse(input);
    if (!parsed.success) throw refusalOf(parsed.error);
    const { by: linkedBy, ...link } = parsed.data;
    await links.put({ ...link, linkedBy });
  },
});
