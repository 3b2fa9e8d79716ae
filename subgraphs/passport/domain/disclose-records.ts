/** Records that another process reads for somebody: in the log of each person before anything of them is answered. */
import { z } from 'zod';

import { idempotencyKey, odsCode, requestHash, staffId } from './identifiers.ts';
import type { CredentialStanding, Disclosures } from './ports/disclosures.ts';
import { type Refusal, refused } from './user-error.ts';

/** Whose call it is, the key it is made under, and what tells it from another under the same key. */
export interface IdempotencyRequest {
  readonly actor: string;
  readonly key: string;
  readonly requestHash: string;
}

/** Most people in one call. */
const DISCLOSED_LIMIT = 1_000;

const line = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u);

const input = z.object({
  idempotencyKey,
  reader: z.object({ subject: line, name: line, odsCode, purpose: line, requestId: line }),
  fields: z.array(line).min(1).max(200),
  staffIds: z.array(staffId).min(1).max(DISCLOSED_LIMIT),
});

/**
 * Writes that somebody reads records, and answers how the credentials stand that their organisation issued.
 *
 * @param service the client id of the process that calls
 */
export async function discloseRecords(
  given: unknown,
  service: string,
  { disclosures, now }: { readonly disclosures: Disclosures; readonly now: () => Date },
): Promise<readonly CredentialStanding[] | Refusal> {
  const parsed = input.safeParse(given);
  if (!parsed.success) return refused('INVALID_VALUE', String(parsed.error.issues[0]?.path[0]));
  const { reader, fields, staffIds } = parsed.data;
  const standings = await disclosures.disclose(
    {
      at: now(),
      actor: reader.subject,
      actorName: reader.name,
      actorOdsCode: reader.odsCode,
      purpose: reader.purpose,
      fields,
      requestId: reader.requestId,
    },
    [...new Set(staffIds)],
    { actor: service, key: parsed.data.idempotencyKey, requestHash: requestHash(parsed.data) },
  );
  return standings ?? refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
}
