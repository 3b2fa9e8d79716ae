/** Operations that clients have registered: identity keeps them, with the clients. */
import { z } from 'zod';

import type { DocumentParts } from '../trusted-documents/choose-document.ts';
import { type AskIdentity, DOCUMENTS_PATH } from './ask-identity.ts';

const answer = z.object({ text: z.string().nullable() });

/** Creates the way to find one. */
export const registeredDocuments =
  (ask: AskIdentity): DocumentParts['findRegistered'] =>
  async (clientId, sha256, requestId, deadline) => {
    const question = JSON.stringify({ clientId, sha256 });
    const told = await ask(DOCUMENTS_PATH, question, requestId, deadline);
    return answer.parse(JSON.parse(told)).text ?? undefined;
  };
