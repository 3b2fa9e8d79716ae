/** What a list is asked for: in the query of a GET, or in the body of a search. Source: RFC 7644, sections 3.4.2 and 3.4.3. */
import { z } from 'zod';

import { findAttributePath } from '../../../standards/scim/attribute-path.ts';
import { chooseAttributes } from '../../../standards/scim/choose-attributes.ts';
import { parseFilter } from '../../../standards/scim/filter.ts';
import type { ScimResource } from '../../../standards/scim/schema.ts';
import { ScimError } from '../../../standards/scim/scim-error.ts';
import type { UserQuery } from './user-store.ts';
import { USER } from './user-type.ts';

/** Most users in one answer. */
export const MAX_RESULTS = 100;

/** A list that was asked for. */
export interface ListQuery extends Pick<UserQuery, 'filter' | 'sort'> {
  /** The first user's place, from 1. */
  readonly startIndex: number;
  readonly count: number;
  /** Leaves in a user what was asked for. */
  readonly choose: (user: ScimResource) => ScimResource;
}

const names = z
  .union([z.string().transform((list) => list.split(',')), z.array(z.string())])
  .transform((list) => list.map((name) => name.trim()).filter((name) => name !== ''));
const wholeNumber = z
  .union([z.int(), z.string().regex(/^[+-]?\d{1,9}$/)])
  .transform((value) => Number(value));

const shape = z.object({
  filter: z.string().optional(),
  sortBy: z.string().optional(),
  sortOrder: z.enum(['ascending', 'descending']).default('ascending'),
  startIndex: wholeNumber.default(1),
  count: wholeNumber.default(MAX_RESULTS),
  attributes: names.optional(),
  excludedAttributes: names.optional(),
});

/**
 * Reads the query.
 *
 * @throws {ScimError} `invalidValue` or `invalidFilter`
 */
export function readListQuery(given: unknown): ListQuery {
  const read = shape.safeParse(given);
  if (!read.success) {
    const name = read.error.issues[0]?.path[0];
    throw new ScimError('invalidValue', `${String(name ?? 'the query')} cannot be read`);
  }
  const { filter, sortBy, sortOrder, startIndex, count, ...choice } = read.data;
  const path = sortBy === undefined ? undefined : findAttributePath(USER, sortBy);
  if (sortBy !== undefined && (path === undefined || isStructure(path))) {
    throw new ScimError('invalidValue', 'sortBy names no attribute that has an order');
  }
  return {
    // RFC 7644, table 6: less than 1 is 1; a negative count is none.
    startIndex: Math.max(1, startIndex),
    count: Math.min(MAX_RESULTS, Math.max(0, count)),
    choose: chooseAttributes(USER, choice),
    ...(filter === undefined ? {} : { filter: parseFilter(USER, filter) }),
    ...(path === undefined ? {} : { sort: { path, descending: sortOrder === 'descending' } }),
  };
}

/** A structure without a value of its own, such as `name`. */
const isStructure = ({
  attribute,
  subAttribute,
}: NonNullable<ReturnType<typeof findAttributePath>>): boolean =>
  subAttribute === undefined &&
  attribute.type === 'complex' &&
  attribute.subAttributes?.some(({ name }) => name === 'value') !== true;
