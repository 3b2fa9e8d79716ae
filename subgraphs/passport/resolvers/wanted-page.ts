/** Reading what page of a list is wanted. */
import { publicError } from '../../../runtime/graphql-error.ts';
import { PageInvalid, pageRequest } from '../domain/page.ts';
import type { PageRequest } from '../domain/ports/credentials.ts';

/** Reads a client's wish for a page; one that is not allowed ends the operation. */
export function wantedPage(first: number, after: string | null | undefined): PageRequest {
  try {
    return pageRequest(first, after);
  } catch (error) {
    throw error instanceof PageInvalid ? publicError('INVALID_VALUE') : error;
  }
}
