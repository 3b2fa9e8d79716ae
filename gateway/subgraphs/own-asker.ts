/** The gateway's own questions, for nobody else: under its own signed statement. */
import { ownCaller } from '../own-caller.ts';
import { askSubgraph, type AskOptions } from './ask-subgraph.ts';
import type { SubgraphMessage } from './transport.ts';

/**
 * Sends a question and gives the text of the answer.
 *
 * @throws {SubgraphUnavailable} when there is no answer
 */
export type AskOwn = (
  path: SubgraphMessage['path'],
  body: string,
  requestId: string,
) => Promise<string>;

/** Creates the way to ask. */
export function ownAsker(options: AskOptions): AskOwn {
  return (path, body, requestId) => askSubgraph(options, ownCaller(requestId), { path, body }, 200);
}
