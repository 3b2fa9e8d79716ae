/** What every question to the graph carries: who asks and why, and which request of the pages it is part of. */
import { PURPOSE_HEADER } from '../../runtime/purpose.ts';
import { REQUEST_ID_HEADER } from '../../runtime/request-id.ts';
import { traceHeaders } from '../../runtime/trace-context.ts';
import type { Question } from '../domain/graph.ts';

/**
 * Makes the headers.
 *
 * @param accept media types of the answer
 */
export const questionHeaders = (
  {
    token,
    purpose,
    requestId,
  }: Pick<Question<unknown, unknown>, 'token' | 'purpose' | 'requestId'>,
  accept: string,
): Record<string, string> => ({
  'content-type': 'application/json',
  accept,
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  ...(purpose === undefined ? {} : { [PURPOSE_HEADER]: purpose }),
  ...traceHeaders(),
  [REQUEST_ID_HEADER]: requestId,
});
