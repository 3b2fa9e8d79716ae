/** The gateway's questions to identity, under its own signed statement. */
import { ownCaller } from '../own-caller.ts';
import { askSubgraph, type AskOptions } from '../subgraphs/ask-subgraph.ts';
import type { SubgraphMessage } from '../subgraphs/transport.ts';

/** Where identity takes proofs that have been used. */
export const PROOFS_PATH = '/internal/proofs';
/** Where identity tells which operation a client has registered. */
export const DOCUMENTS_PATH = '/internal/documents';
/** Where identity tells what has been taken back. */
export const REVOCATIONS_PATH = '/internal/revocations';

/**
 * Sends a question and gives the text of the answer.
 *
 * @throws {SubgraphUnavailable} when identity does not answer
 */
export type AskIdentity = (
  path: SubgraphMessage['path'],
  body: string,
  requestId: string,
) => Promise<string>;

/** Creates the way to ask. */
export function identityAsker(options: AskOptions): AskIdentity {
  return (path, body, requestId) => askSubgraph(options, ownCaller(requestId), { path, body }, 200);
}
