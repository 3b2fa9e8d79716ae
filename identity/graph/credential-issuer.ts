/** Has credentials signed by the passport subgraph, through the graph. */
import { z } from 'zod';

import type { CredentialIssuer } from '../domain/ports.ts';
import type { AskGraph } from '../../runtime/graph-client.ts';

const DOCUMENT = /* GraphQL */ `
  mutation Issue($input: CredentialIssueInput!) {
    credentialIssue(input: $input) {
      issued {
        compact
        credential {
          id
        }
      }
      errors {
        code
      }
    }
  }
`;

const shape = z.object({
  credentialIssue: z.object({
    issued: z.array(
      z.object({ compact: z.string().min(1), credential: z.object({ id: z.string().min(1) }) }),
    ),
    errors: z.array(z.object({ code: z.string() })),
  }),
});

/** Creates the issuer. */
export function graphCredentialIssuer(ask: AskGraph): CredentialIssuer {
  return {
    issue: async ({ requestId, ...input }) => {
      const { credentialIssue } = await ask({
        document: DOCUMENT,
        variables: { input },
        purpose: 'CREDENTIAL_ISSUE',
        shape,
        ...(requestId === undefined ? {} : { requestId }),
      });
      const { issued, errors } = credentialIssue;
      const [error] = errors;
      // A stop passes, and a record gets ready: the wallet may come back with the same keys.
      if (error?.code === 'ISSUING_STOPPED' || error?.code === 'NOT_READY')
        return { kind: 'stopped' };
      if (error !== undefined) return { kind: 'denied', code: error.code };
      return {
        kind: 'issued',
        credentials: issued.map(({ compact, credential: { id } }) => ({ id, compact })),
      };
    },
  };
}
