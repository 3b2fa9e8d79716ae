/** Pages as callers ask for them. */
import { publicError } from '../../../runtime/graphql-error.ts';
import { PageInvalid, pageRequest } from '../domain/page.ts';
import type { PageRequest } from '../domain/ports/credentials.ts';

/** Reads which page is wanted. Refuses one that cannot be. */
export function page(first: number, after: string | null | undefined): PageRequest {
  try {
    return pageRequest(first, after);
  } catch (error) {
    throw error instanceof PageInvalid ? publicError('INVALID_VALUE') : error;
  }
}
