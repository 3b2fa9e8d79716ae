/** Letting people set up their first authenticator: what an operator enters. */
import { z } from 'zod';

import type { SetupCodeStore } from './authenticator-ports.ts';
import { refusalOf } from './registration-refused.ts';
import { issueSetupCode, SETUP_CODE_SECONDS } from './setup-codes.ts';

/** What the operator enters. */
export const setupCodeInput = z.strictObject({
  mail: z.email().max(254).toLowerCase(),
  by: z.string().min(1).max(200),
});

/** What an operator can do about authenticators. */
export interface OperatorAuthenticators {
  /**
   * Makes a setup code for somebody who has no authenticator yet. Earlier codes for the person end.
   *
   * @throws {RegistrationRefused}
   */
  readonly issueSetupCode: (
    input: z.input<typeof setupCodeInput>,
  ) => Promise<{ readonly code: string; readonly seconds: number }>;
}

/** Creates the operator's functions. */
export function operatorAuthenticators(parts: {
  readonly setupCodes: SetupCodeStore;
  readonly now: () => Date;
}): OperatorAuthenticators {
  return {
    issueSetupCode: async (given) => {
      const parsed = setupCodeInput.safeParse(given);
      if (!parsed.success) throw refusalOf(parsed.error);
      const { mail, by } = parsed.data;
      const code = await issueSetupCode({ mail, createdBy: by }, parts);
      return { code, seconds: SETUP_CODE_SECONDS };
    },
  };
}
