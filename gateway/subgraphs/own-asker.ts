/** The gateway's own questions, for nobody else: under its own signed statement. */
import { questionDeadline } from '../deadline.ts';
import { ownCaller } from '../own-caller.ts';
import { askSubgraph, type AskOptions } from './ask-subgraph.ts';
import type { SubgraphMessage } from './transport.ts';

/**
 * Sends a question and gives the text of the answer.
 *
 * @param deadline that of the operation in whose course it is asked; otherwise the question has its own
 * @throws {SubgraphUnavailable} when there is no answer
 */
export type AskOwn = (
  path: SubgraphMessage['path'],
  body: string,
  requestId: string,
  deadline?: SubgraphMessage['deadline'],
) => Promise<string>;

/** Creates the way to ask. */
export function ownAsker(options: AskOptions): AskOwn {
  return (path, body, requestId, deadline = questionDeadline()) =>
    askSubgraph(options, ownCaller(requestId), { path, body, deadline }, 200);
}
