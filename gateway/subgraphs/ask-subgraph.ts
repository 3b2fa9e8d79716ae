/** Asks one subgraph on behalf of a caller. Whatever goes wrong on the way reads the same: the source did not answer. */
import { type Caller, signCallerStatement } from '../../runtime/caller-statement.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/log.ts';
import type { Signer } from '../../standards/compact-jws.ts';
import { isClientGone, questionDeadline } from '../deadline.ts';
import { ANSWER_LIMIT, type SubgraphMessage, type SubgraphTransport } from './transport.ts';

/** What is needed to ask. */
export interface AskOptions {
  /** The subgraph's name: the audience of the statement. */
  readonly name: string;
  readonly transport: SubgraphTransport;
  readonly signer: Signer;
  readonly now: Clock;
  readonly log: Logger;
}

/** What is asked. It is not repeatable, and has a deadline of its own, unless it says otherwise. */
type Question = Pick<SubgraphMessage, 'path' | 'body'> &
  Partial<Pick<SubgraphMessage, 'repeatable' | 'deadline'>>;

/** A subgraph that did not answer, or not in a way that can be used. */
export class SubgraphUnavailable extends Error {
  override readonly name = 'SubgraphUnavailable';
  readonly code = 'unavailable';
}

/**
 * Sends one message to a subgraph and returns the text of its answer.
 *
 * @throws {SubgraphUnavailable} when there is no answer in time, or another status than the one expected
 */
export async function askSubgraph(
  { name, transport, signer, now, log }: AskOptions,
  caller: Caller,
  { path, body, repeatable = false, deadline = questionDeadline() }: Question,
  expectedStatus: number,
): Promise<string> {
  const { requestId } = caller;
  try {
    const statement = await signCallerStatement(
      caller,
      { audience: name, body, now: now() },
      signer,
    );
    const message = { path, body, statement, requestId, repeatable, deadline };
    const answer = await transport(message);
    if (answer.status !== expectedStatus) throw new Error(`status ${String(answer.status)}`);
    if (answer.body.length > ANSWER_LIMIT) throw new Error('the answer is too large');
    return answer.body;
  } catch (cause) {
    if (isClientGone(deadline.signal)) {
      log.info({ requestId, source: name }, 'the client has gone: a subgraph was not waited for');
    } else {
      log.warn({ err: cause, requestId, source: name }, 'a subgraph did not answer');
    }
    throw new SubgraphUnavailable('a subgraph did not answer', { cause });
  }
}
