/** A client's wish for a page, as resolvers read it. */
import { publicError } from '../../../runtime/graphql-error.ts';
import { PageInvalid, pageRequest } from '../domain/page.ts';
import type { PageRequest } from '../domain/ports/credentials.ts';

/**
 * Reads a page's arguments.
 *
 * @throws a public `INVALID_VALUE`
 */
export function wantedPage(first: number, after: string | null | undefined): PageRequest {
  try {
    return pageRequest(first, after);
  } catch (error) {
    throw error instanceof PageInvalid ? publicError('INVALID_VALUE') : error;
  }
}
