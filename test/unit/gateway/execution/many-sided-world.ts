/** The many-sided graph as one: what there is in it, and who may see it. */
import { type GraphQLNamedType, isInterfaceType, isObjectType } from 'graphql';

import type { Grants, Rules } from '../../../../gateway/authorization/rules.ts';
import { toldOf, typeNameOf, UNKNOWN, valueOf, workedOut } from './many-sided-graph.ts';
import { UNANSWERED, type World } from './one-schema.ts';

/** What there is. The rules are the gateway's own: how they are read has a test of its own. */
export function manySidedWorld(rules: Rules): World<Grants> {
  const allows = (parent: GraphQLNamedType, name: string, grants: Grants): boolean => {
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : null;
    return field != null && rules.allowsField(parent, field, grants);
  };
  return {
    typeNameOf,
    valueOf(thing, { name, type }, given, typeOf) {
      const told = toldOf(thing, name, typeOf);
      return told === undefined
        ? valueOf(thing, name, given, type)
        : workedOut(thing, name, given, type, told);
    },
    refusal: ({ owner, parents, name }, grants) =>
      [owner, ...parents].every((parent) => allows(parent, name, grants)) ? undefined : 'FORBIDDEN',
    typeRefusal: (type, grants) => (rules.allowsType(type, grants) ? undefined : 'FORBIDDEN'),
    failure: ({ name, source: { kind, id } }) =>
      kind === 'Member' && UNKNOWN.ids.has(id) && UNKNOWN.fields.has(name) ? UNANSWERED : undefined,
  };
}
