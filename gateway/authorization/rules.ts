/** Whether a caller may read a field of the graph. Everything is refused unless somebody has signed in. */
import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';

import type { Requirement, Requirements } from './requirements.ts';

/** What a caller has been granted. `undefined` for a caller who has not signed in. */
export type Grants = { readonly scopes: ReadonlySet<string> } | undefined;

/** The one policy there is: a person needs a fresh approval. Where, and whether there is one, see `step-up.ts`. */
const STEP_UP = 'step_up';

/** Rules applied to one schema. */
export interface Rules {
  /** Whether the caller may read this field when it is selected on this type. */
  readonly allowsField: (
    parent: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
    grants: Grants,
  ) => boolean;
  /** Whether a person needs an approval for this field when it is selected on this type, besides being allowed. */
  readonly needsApproval: (
    parent: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
  ) => boolean;
  /** Whether the caller may see objects of this type at all. */
  readonly allowsType: (type: GraphQLNamedType, grants: Grants) => boolean;
  /** Two callers with the same text may read the same fields. */
  readonly grantsKey: (grants: Grants) => string;
}

/** What every field asks for, said or not. */
const SIGNED_IN: Requirement = { scopes: [], policies: [] };

/**
 * Applies rules to a schema.
 *
 * A field needs what it says itself, what its own type says, and what the type of its value says. On an interface it
 * needs, besides, what every type behind the interface says about it; and an object's field needs what the object's
 * interfaces say: the way a field is reached never changes who may read it (GHSA-mx7m-j9xf-62hw).
 */
export function createRules(schema: GraphQLSchema, requirements: Requirements): Rules {
  const scopesInRules = new Set(
    [...requirements.values()].flat().flatMap((requirement) => requirement.scopes.flat()),
  );
  const known = new Map<string, readonly Requirement[]>();
  const of = (coordinate: string): readonly Requirement[] => requirements.get(coordinate) ?? [];

  const requiredOn = (owner: GraphQLNamedType, fieldName: string): readonly Requirement[] => [
    ...of(owner.name),
    ...of(`${owner.name}.${fieldName}`),
  ];
  const relatives = (parent: GraphQLNamedType): readonly GraphQLNamedType[] => [
    ...(isAbstractType(parent) ? schema.getPossibleTypes(parent) : []),
    ...(isObjectType(parent) || isInterfaceType(parent) ? parent.getInterfaces() : []),
  ];
  const requiredBy = (
    parent: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
  ): readonly Requirement[] => {
    const coordinate = `${parent.name}.${field.name}`;
    let rules = known.get(coordinate);
    if (rules === undefined) {
      rules = [parent, ...relatives(parent)].flatMap((type) => requiredOn(type, field.name));
      rules = [SIGNED_IN, ...rules, ...of(getNamedType(field.type).name)];
      known.set(coordinate, rules);
    }
    return rules;
  };

  return {
    allowsField: (parent, field, grants) =>
      requiredBy(parent, field).every((rule) => holds(rule, grants)),
    needsApproval: (parent, field) =>
      requiredBy(parent, field).some(({ policies }) => policies.length > 0),
    allowsType: (type, grants) =>
      isIntrospectionType(type) ||
      // Which of the fields that lead here was approved is not known at this point.
      [SIGNED_IN, ...of(type.name)].every(
        (rule) => rule.policies.length === 0 && holds(rule, grants),
      ),
    grantsKey: (grants) =>
      grants === undefined
        ? 'anonymous'
        : `scopes ${[...grants.scopes]
            .filter((scope) => scopesInRules.has(scope))
            .sort()
            .join(' ')}`,
  };
}

/** Any policy but the one that is known lets nobody through. */
function holds(rule: Requirement, grants: Grants): boolean {
  if (grants === undefined) return false;
  if (rule.policies.length > 0 && !rule.policies.some((group) => group.every(isStepUp))) {
    return false;
  }
  return (
    rule.scopes.length === 0 ||
    rule.scopes.some((group) => group.every((scope) => grants.scopes.has(scope)))
  );
}

const isStepUp = (policy: string): boolean => policy === STEP_UP;
