/** The way from the gateway to one subgraph, or to identity. */
import type { Deadline } from '../deadline.ts';

/** One request to a subgraph. */
export interface SubgraphMessage {
  readonly path:
    | '/graphql'
    | '/access-log'
    | '/changes'
    | '/exports'
    | '/scim'
    | '/internal/documents'
    | '/internal/proofs'
    | '/internal/revocations';
  readonly body: string;
  /** The signed statement about the caller that covers the body. */
  readonly statement: string;
  readonly requestId: string;
  /** Asking twice does no more than asking once. */
  readonly repeatable: boolean;
  readonly deadline: Pick<Deadline, 'signal' | 'remaining'>;
}

/** An answer, whatever its status. */
export interface TransportAnswer {
  readonly status: number;
  readonly body: string;
}

/** Sends a message to one subgraph. Rejects when there is no answer, at the deadline at the latest. */
export type SubgraphTransport = (message: SubgraphMessage) => Promise<TransportAnswer>;

/** Largest answer taken from a subgraph, in bytes. */
export const ANSWER_LIMIT = 2 * 1024 * 1024;

/** No answer because there is no connection, so the subgraph may not even have seen the request. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
  readonly code = 'unavailable';
}
