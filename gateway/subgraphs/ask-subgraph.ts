/** Asks one subgraph on behalf of a caller. Whatever goes wrong on the way reads the same: the source did not answer. */
import { type Caller, signCallerStatement } from '../../runtime/caller-statement.ts';
import type { Clock } from '../../runtime/clock.ts';
import { withPatience } from '../../runtime/config.ts';
import type { Logger } from '../../runtime/log.ts';
import type { Signer } from '../../standards/compact-jws.ts';
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

/** A subgraph that did not answer, or not in a way that can be used. */
export class SubgraphUnavailable extends Error {
  override readonly name = 'SubgraphUnavailable';
  readonly code = 'unavailable';
}

/** Longest wait for one subgraph, in milliseconds. */
const DEADLINE_MS = 3_000;

/**
 * Sends one message to a subgraph and returns the text of its answer.
 *
 * @throws {SubgraphUnavailable} when there is no answer in time, or another status than the one expected
 */
export async function askSubgraph(
  { name, transport, signer, now, log }: AskOptions,
  caller: Caller,
  message: Pick<SubgraphMessage, 'path' | 'body'>,
  expectedStatus: number,
): Promise<string> {
  const { requestId } = caller;
  try {
    const statement = await signCallerStatement(
      caller,
      { audience: name, body: message.body, now: now() },
      signer,
    );
    const answer = await withDeadline(transport({ ...message, statement, requestId }));
    if (answer.status !== expectedStatus) throw new Error(`status ${String(answer.status)}`);
    if (answer.body.length > ANSWER_LIMIT) throw new Error('the answer is too large');
    return answer.body;
  } catch (cause) {
    log.warn({ err: cause, requestId, source: name }, 'a subgraph did not answer');
    throw new SubgraphUnavailable('a subgraph did not answer', { cause });
  }
}

async function withDeadline<Result>(answer: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('no answer in time'));
    }, withPatience(DEADLINE_MS));
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
