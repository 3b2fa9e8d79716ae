/** What people call the claims of credentials: the labels that wallets are given too. */
import { readFileSync } from 'node:fs';

import { z } from 'zod';

const kinds = z.record(
  z.string(),
  z.object({
    type: z.string(),
    claims: z.array(z.object({ path: z.array(z.string().nullable()), label: z.string() })),
  }),
);

const LABELS = new Map(
  Object.values(
    kinds.parse(
      JSON.parse(
        readFileSync(new URL('../../schema/credential-types.json', import.meta.url), 'utf8'),
      ),
    ),
  ).map(({ type, claims }) => [
    type,
    Object.fromEntries(
      claims.flatMap(({ path: [name, ...rest], label }) =>
        typeof name === 'string' && rest.length === 0 ? [[name, label]] : [],
      ),
    ),
  ]),
);

/** Labels of the claims of one kind of credential, by the claim's name. */
export const claimLabels = (type: string): Readonly<Record<string, string>> =>
  LABELS.get(type) ?? {};
