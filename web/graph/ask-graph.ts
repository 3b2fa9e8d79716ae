/** The pages as a client of the gateway: operations are named, and sent as text only to a gateway that does not know them. */
import { z } from 'zod';

import { post, RemoteUnavailable } from '../../runtime/machine-client.ts';
import { transactionShape } from '../../standards/transaction.ts';
import { ApprovalNeeded, type AskGraph, GraphRefused } from '../domain/graph.ts';
import type { Fault } from '../domain/operation.ts';
import { questionHeaders } from './question-headers.ts';

const answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        path: z.array(z.union([z.string(), z.number()])).default([]),
        extensions: z
          .looseObject({ code: z.string(), source: z.string().optional() })
          .default({ code: 'INTERNAL_SERVER_ERROR' }),
      }),
    )
    .default([]),
});

/** What a gateway of another version says of an operation that it was not released with. */
const UNKNOWN_DOCUMENT = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED']);

/** Creates the client. */
export function askGraphAt(url: string): AskGraph {
  return async (question) => {
    const { operation, variables } = question;
    const headers = questionHeaders(
      question,
      'application/graphql-response+json, application/json',
    );
    const send = async (document: object): Promise<z.infer<typeof answer>> => {
      const response = await post(
        url,
        headers,
        JSON.stringify({ ...document, operationName: operation.name, variables }),
      );
      const parsed = answer.safeParse(await response.json().catch(() => undefined));
      if (parsed.success) return parsed.data;
      throw new RemoteUnavailable(`the graph answered ${String(response.status)}`);
    };
    let given = await send({ documentId: operation.documentId });
    if (UNKNOWN_DOCUMENT.has(given.errors[0]?.extensions.code ?? '')) {
      given = await send({ query: operation.text });
    }
    const { data, errors } = given;
    const approval = errors.find(
      ({ extensions }) => extensions.code === 'INSUFFICIENT_USER_AUTHENTICATION',
    );
    const transaction = transactionShape.safeParse(approval?.extensions['transaction']);
    if (transaction.success && (operation.kind === 'mutation' || data == null)) {
      throw new ApprovalNeeded(transaction.data);
    }
    if (data == null) {
      const code = errors[0]?.extensions.code ?? 'INTERNAL_SERVER_ERROR';
      if (code === 'SERVICE_UNAVAILABLE') throw new RemoteUnavailable('a source did not answer');
      throw new GraphRefused(code);
    }
    const faults = errors.map(({ path, extensions: { code, source } }): Fault => ({
      code,
      source,
      path: path.join('.'),
    }));
    // The gateway answers by the schema that the types were generated from.
    return { data: data as never, faults };
  };
}
