/** Pages of a list: how long, from where, and whether there is more. */
import type { PageRequest } from './ports/credentials.ts';

/** A cursor or a page size that is not allowed. */
export class PageInvalid extends Error {
  override readonly name = 'PageInvalid';
  readonly code = 'page_invalid';
}

const LONGEST = 100;
const CURSOR = /^v1:(\d{1,15})$/;

/** The cursor of a position. Opaque to clients. */
export const cursorOf = (position: number): string =>
  Buffer.from(`v1:${String(position)}`).toString('base64url');

/**
 * Reads a client's wish for a page.
 *
 * @throws {PageInvalid} for a size outside 1 to 100 or a cursor that we never gave
 */
export function pageRequest(first: number, after: string | null | undefined): PageRequest {
  if (!Number.isInteger(first) || first < 1 || first > LONGEST) throw new PageInvalid('first');
  if (after == null) return { first };
  const match = CURSOR.exec(Buffer.from(after, 'base64url').toString('latin1'));
  const position = Number(match?.[1]);
  if (match === null || cursorOf(position) !== after) throw new PageInvalid('after');
  return { first, after: position };
}

/** A page as the graph shows it. */
export interface Page<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Makes a page of rows, of which there is one too many when there are more. */
export function pageOf<Row extends { readonly position: number }, Node>(
  rows: readonly Row[],
  { first }: PageRequest,
  node: (row: Row) => Node,
): Page<Node> {
  const edges = rows
    .slice(0, first)
    .map((row) => ({ cursor: cursorOf(row.position), node: node(row) }));
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
  };
}
