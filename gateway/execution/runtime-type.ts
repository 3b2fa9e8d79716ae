/** Whether an object in an answer is of a type that a plan names. */
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

import { type JsonObject, readOwn } from './own-properties.ts';

/**
 * Compares an object's `__typename` with a type condition.
 *
 * @param schema of the supergraph: with the types that clients do not see
 * @returns `undefined` when the object does not say what it is
 */
export function isOfType(
  schema: GraphQLSchema,
  object: JsonObject,
  condition: string,
): boolean | undefined {
  const name = readOwn(object, '__typename');
  if (typeof name !== 'string' || name === '') return undefined;
  if (name === condition) return true;
  const type = schema.getType(name);
  const wanted = schema.getType(condition);
  return (
    (isObjectType(type) || isInterfaceType(type)) &&
    isAbstractType(wanted) &&
    schema.isSubType(wanted, type)
  );
}
