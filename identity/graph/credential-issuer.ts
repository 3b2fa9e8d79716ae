/** Has credentials signed by the passport subgraph, through the graph. */
import { z } from 'zod';

import type { CredentialIssuer } from '../domain/ports.ts';
import type { AskGraph } from '../../runtime/graph-client.ts';

const DOCUMENT = /* GraphQL */ `
  mutation Issue($input: CredentialIssueInput!) {
    credentialIssue(input: $input) {
      sdJwt
      errors {
        code
      }
    }
  }
`;

const shape = z.object({
  credentialIssue: z.object({
    sdJwt: z.string().min(1).nullable(),
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
      const { sdJwt, errors } = credentialIssue;
      const [error] = errors;
      if (error !== undefined) return { kind: 'denied', code: error.code };
      return sdJwt === null ? { kind: 'denied', code: 'NOT_FOUND' } : { kind: 'issued', sdJwt };
    },
  };
}
