/** Tells the passport subgraph, through the graph, what became of credentials. */
import { z } from 'zod';

import type { CredentialRecords } from '../domain/credential-ports.ts';
import type { AskGraph } from '../../runtime/graph-client.ts';

const DOCUMENT = /* GraphQL */ `
  mutation NoteCredentials($input: CredentialNoteInput!) {
    credentialNote(input: $input) {
      noted
    }
  }
`;

const shape = z.object({ credentialNote: z.object({ noted: z.number() }) });

const EVENTS = {
  credential_accepted: 'ACCEPTED',
  credential_failure: 'FAILED',
  credential_deleted: 'DELETED',
} as const;

/** Creates the teller. */
export function graphCredentialRecords(ask: AskGraph): CredentialRecords {
  return {
    note: async ({ credentialIds, event, at }) => {
      await ask({
        document: DOCUMENT,
        variables: { input: { credentialIds, event: EVENTS[event], at: at.toISOString() } },
        purpose: 'CREDENTIAL_ISSUE',
        shape,
      });
    },
  };
}
