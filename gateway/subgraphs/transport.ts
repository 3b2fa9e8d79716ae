/** The way from the gateway to one subgraph, or to identity. */

/** One request to a subgraph. */
export interface SubgraphMessage {
  readonly path:
    | '/graphql'
    | '/access-log'
    | '/exports'
    | '/scim'
    | '/internal/proofs'
    | '/internal/revocations';
  readonly body: string;
  /** The signed statement about the caller that covers the body. */
  readonly statement: string;
  readonly requestId: string;
}

/** Sends a message to one subgraph. Rejects when there is no answer. */
export type SubgraphTransport = (
  message: SubgraphMessage,
) => Promise<{ readonly status: number; readonly body: string }>;

/** Largest answer taken from a subgraph, in bytes. */
export const ANSWER_LIMIT = 2 * 1024 * 1024;
