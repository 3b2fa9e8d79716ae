/** A process as a client of the graph: the one door to records, with one set of rules and one log. */
import { z } from 'zod';

import { type AccessTokenSource, post, RemoteUnavailable } from './machine-client.ts';
import { PURPOSE_HEADER, type PurposeOfUse } from './purpose.ts';
import { requestSignal } from './request-deadline.ts';
import { REQUEST_ID_HEADER } from './request-id.ts';
import { traceHeaders } from './trace-context.ts';

/** Where the graph is and how to be let in. */
export interface GraphClientOptions {
  /** Address of the gateway's GraphQL endpoint. */
  readonly url: string;
  readonly accessToken: AccessTokenSource;
}

/** One question to the graph. */
export interface GraphQuestion<Shape extends z.ZodType> {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly purpose: PurposeOfUse;
  /** What the data must look like. */
  readonly shape: Shape;
  /** Ties the logs together; the caller's own request id. */
  readonly requestId?: string;
}

/** Asks the graph. */
export type AskGraph = <Shape extends z.ZodType>(
  question: GraphQuestion<Shape>,
) => Promise<z.infer<Shape>>;

/** The graph answered with an error. */
export class GraphRefused extends Error {
  override readonly name = 'GraphRefused';
  /** The first error's code, e.g. `FORBIDDEN`. */
  readonly code: string;
  constructor(code: string) {
    super(`the graph answered ${code}`);
    this.code = code;
  }
}

const answer = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }).optional() })).optional(),
});

/**
 * Creates a client of the graph. An answer with any error counts as refused: what rests on a record is not done on half of it.
 *
 * @throws {RemoteUnavailable} when the graph, or a source behind it, does not answer
 * @throws {GraphRefused} when the graph answers with another error
 */
export function graphClient({ url, accessToken }: GraphClientOptions): AskGraph {
  return async ({ document, variables, purpose, shape, requestId }) => {
    const response = await post(
      url,
      {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        authorization: `Bearer ${await accessToken()}`,
        [PURPOSE_HEADER]: purpose,
        ...traceHeaders(),
        ...(requestId === undefined ? {} : { [REQUEST_ID_HEADER]: requestId }),
      },
      JSON.stringify({ query: document, variables }),
      // What is asked for a request is over with it.
      requestSignal(),
    );
    const parsed = answer.safeParse(await response.json().catch(() => undefined));
    if (!parsed.success)
      throw new RemoteUnavailable(`the graph answered ${String(response.status)}`);
    const { data, errors } = parsed.data;
    if (errors !== undefined && errors.length > 0) {
      const code = errors[0]?.extensions?.code ?? 'INTERNAL_SERVER_ERROR';
      if (code === 'SERVICE_UNAVAILABLE') throw new RemoteUnavailable('a source did not answer');
      throw new GraphRefused(code);
    }
    return shape.parse(data);
  };
}
