/** How credentials stand, asked of the graph together with the entries in people's access logs. */
import { z } from 'zod';

import type { AskGraph } from '../../../runtime/graph-client.ts';
import { purposeOfUse } from '../../../runtime/purpose.ts';
import type { CredentialStandings } from '../domain/export-ports.ts';

const DISCLOSE = `mutation Disclose($input: VerifiedRecordsDiscloseInput!) {
  verifiedRecordsDisclose(input: $input) {
    standings { staffId type state credentials reason issuedAt expiresAt lastStatusChangeAt }
    errors { code }
  }
}`;

const CHANGED = `query Changed($odsCode: ID!, $since: DateTime!, $after: ID, $first: Int!) {
  credentialHoldersChanged(odsCode: $odsCode, since: $since, after: $after, first: $first)
}`;

const word = z.string().min(1).max(255);
const orNull = word.nullish().transform((value) => value ?? null);

const disclosed = z.object({
  verifiedRecordsDisclose: z.object({
    standings: z
      .array(
        z.object({
          staffId: word,
          type: word,
          state: word,
          credentials: z.number().int(),
          reason: orNull,
          issuedAt: orNull,
          expiresAt: word,
          lastStatusChangeAt: orNull,
        }),
      )
      .nullish(),
    errors: z.array(z.object({ code: word })),
  }),
});

const changed = z.object({ credentialHoldersChanged: z.array(word) });

/** The passport refused to disclose: what was sent is wrong. */
export class DisclosureRefused extends Error {
  override readonly name = 'DisclosureRefused';
  readonly code: string;
  constructor(code: string) {
    super(`the passport answered ${code}`);
    this.code = code;
  }
}

/**
 * The passport behind the graph.
 *
 * @throws {DisclosureRefused} when it refuses what was sent
 */
export function graphCredentialStandings(ask: AskGraph): CredentialStandings {
  return {
    async disclose({ reader, requestId, idempotencyKey, fields, staffIds }) {
      const { subject, name, odsCode, purpose } = reader;
      const answer = await ask({
        document: DISCLOSE,
        variables: {
          input: {
            idempotencyKey,
            reader: { subject, name, odsCode, purpose, requestId },
            fields,
            staffIds,
          },
        },
        purpose: purposeOfUse.parse(purpose),
        shape: disclosed,
        requestId,
      });
      const { standings, errors } = answer.verifiedRecordsDisclose;
      if (standings == null) throw new DisclosureRefused(errors[0]?.code ?? 'nothing');
      return standings;
    },

    async listChanged({ odsCode, since, after, limit }) {
      const answer = await ask({
        document: CHANGED,
        variables: { odsCode, since: since.toISOString(), after: after ?? null, first: limit },
        // Ids alone: nobody is read yet.
        purpose: 'HR_ADMINISTRATION',
        shape: changed,
      });
      return answer.credentialHoldersChanged;
    },
  };
}
