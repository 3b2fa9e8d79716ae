/** Follows one thing in the graph: its answer now, and another after each change (graphql-sse, distinct connections mode). */
import { RemoteUnavailable } from '../../runtime/machine-client.ts';
import type { FollowGraph, Question } from '../domain/graph.ts';
import { questionHeaders } from './question-headers.ts';

/** Longest answer in a stream, in characters. */
const MOST_CHARACTERS = 1_000_000;

/** Creates the client. */
export const followGraphAt = (url: string): FollowGraph =>
  async function* follow<Data, Variables>(
    question: Question<Data, Variables>,
    signal: AbortSignal,
  ) {
    const { operation, variables } = question;
    const headers = questionHeaders(question, 'text/event-stream');
    const open = (document: object): Promise<Response> =>
      fetch(`${url}/stream`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ ...document, operationName: operation.name, variables }),
        redirect: 'error',
        signal,
      });
    let response: Response;
    try {
      response = await open({ documentId: operation.documentId });
      if (response.status === 400) {
        // A gateway of another version was released without it.
        await response.body?.cancel();
        response = await open({ query: operation.text });
      }
    } catch (cause) {
      throw new RemoteUnavailable('the graph does not stream', { cause });
    }
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (!response.ok || !isStream || response.body === null) {
      await response.body?.cancel();
      throw new RemoteUnavailable(`the graph streams nothing: ${String(response.status)}`);
    }
    let waiting = '';
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      waiting += text;
      if (waiting.length > MOST_CHARACTERS) throw new RemoteUnavailable('too long an answer');
      const events = waiting.split('\n\n');
      waiting = events.pop() ?? '';
      for (const event of events) {
        const lines = event.split('\n');
        if (lines.includes('event: complete')) return;
        const data = lines.find((line) => line.startsWith('data: '))?.slice(6);
        if (!lines.includes('event: next') || data === undefined) continue;
        // The gateway answers by the schema that the types were generated from.
        yield ((JSON.parse(data) as { readonly data?: Data | null }).data ?? undefined) as
          | Data
          | undefined;
      }
    }
  };
