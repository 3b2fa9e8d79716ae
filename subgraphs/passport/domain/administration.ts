/** What an operator can do to the passport process from the command line. */
import { z } from 'zod';

import { odsCode } from './identifiers.ts';
import type { IssuerKeyStore } from './ports/keys.ts';

/** A key as an operator sees it. */
export interface IssuerKeySummary {
  readonly kid: string;
  readonly odsCode: string;
  readonly use: string;
  readonly createdAt: Date;
}

/** Which keys to list. */
export const issuerKeysInput = z.strictObject({
  odsCode: odsCode.optional(),
});

/** The operator's functions. Each answers what it did; what is wrong with the input is an error with a `code`. */
export interface PassportAdministration {
  /** The keys of one trust, or of all. */
  issuerKeys(input: z.infer<typeof issuerKeysInput>): Promise<readonly IssuerKeySummary[]>;
}

/** What the operator's functions work on. */
export interface AdministrationParts {
  readonly issuerKeyStore: Pick<IssuerKeyStore, 'list'>;
}

/** Creates the operator's functions. */
export function passportAdministration({
  issuerKeyStore,
}: AdministrationParts): PassportAdministration {
  return {
    async issuerKeys(input) {
      const keys = await issuerKeyStore.list(input.odsCode);
      return keys.map(({ kid, odsCode: ods, use, createdAt }) => ({
        kid,
        odsCode: ods,
        use,
        createdAt,
      }));
    },
  };
}
