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
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

import {
  judgePolicies,
  type PolicyCaller,
  type PolicyRow,
  SCOPES_IN_POLICIES,
  STEP_UP,
  type Verdict,
} from '../../runtime/policies.ts';
import type { ReadSupergraph, Requirement } from './requirements.ts';

/** What a caller has been granted. `undefined` for a caller who has not signed in. */
export type Grants = PolicyCaller | undefined;

/** What is known when a rule is asked: of the row, and whether the person has approved the transaction. */
export interface Circumstances {
  readonly row: PolicyRow;
  readonly stepUp: Verdict;
}

/** Rules applied to one schema. */
export interface Rules {
  /**
   * Whether the caller may read this field when it is selected on this type, as far as that is the same for every row and
   * approval.
   */
  readonly allowsField: (
    parent: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
    grants: Grants,
  ) => boolean;
  /** Whether this field may ask for an approval when it is selected on this type. */
  readonly needsApproval: (
    parent: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
  ) => boolean;
  /** Whether anything about this field depends on the row or on an approval when it is selected on this type. */
  readonly dependsOnMore: (
    parent: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
  ) => boolean;
  /** What is said about the field once more is known. */
  readonly judge: (
    parent: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
    caller: PolicyCaller,
    circumstances: Circumstances,
  ) => Verdict;
  /** Whether the caller may see objects of this type at all. */
  readonly allowsType: (type: GraphQLNamedType, grants: Grants) => boolean;
  /** Two callers with the same text may read the same fields. */
  readonly grantsKey: (grants: Grants) => string;
}

/** What every field asks for, said or not. */
const SIGNED_IN: Requirement = { scopes: [], policies: [] };
/** What nobody meets: a policy without a name lets nobody through. */
const NOBODY: Requirement = { scopes: [], policies: [['']] };
/** Nothing is known yet. */
const UNKNOWN: Circumstances = { row: {}, stepUp: 'unknown' };

/**
 * Applies rules to a schema: the whole of it, with the types and fields that clients do not see.
 *
 * A field needs what it says itself, what its own type says, and what the type of its value says. On an interface it
 * needs, besides, what every type behind the interface says about it; and an object's field needs what the object's
 * interfaces say: the way a field is reached never changes who may read it (GHSA-mx7m-j9xf-62hw). What is worked out from
 * other fields (`@requires`) needs what each of those says: composition asks for it too, and older ones did not
 * (GHSA-m8jr-fxqx-8xx6). What is worked out from something that is not in the schema is nobody's.
 */
export function createRules(
  schema: GraphQLSchema,
  { requirements, workedOutFrom }: Pick<ReadSupergraph, 'requirements' | 'workedOutFrom'>,
): Rules {
  const scopesInRules = new Set([
    ...[...requirements.values()].flat().flatMap((requirement) => requirement.scopes.flat()),
    ...SCOPES_IN_POLICIES,
  ]);
  /** By the set, which a token brings with each request. */
  const ruledBySet = new WeakMap<ReadonlySet<string>, string>();
  const ruled = (scopes: ReadonlySet<string>): string => {
    let text = ruledBySet.get(scopes);
    if (text === undefined) {
      text = [...scopes]
        .filter((scope) => scopesInRules.has(scope))
        .sort()
        .join(' ');
      ruledBySet.set(scopes, text);
    }
    return text;
  };
  const known = new Map<string, readonly Requirement[]>();
  const of = (coordinate: string): readonly Requirement[] => requirements.get(coordinate) ?? [];

  const requiredOn = (owner: GraphQLNamedType, fieldName: string): readonly Requirement[] => [
    ...of(owner.name),
    ...of(`${owner.name}.${fieldName}`),
    ...(workedOutFrom.get(`${owner.name}.${fieldName}`) ?? []).flatMap((fieldSet) =>
      requiredBySet(owner, selectionSetOf(fieldSet)),
    ),
  ];
  /** What the fields of a field set say, all of them. */
  const requiredBySet = (
    parent: GraphQLNamedType,
    { selections }: SelectionSetNode,
  ): readonly Requirement[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const type = schema.getType(selection.typeCondition?.name.value ?? parent.name) ?? parent;
        return requiredBySet(type, selection.selectionSet);
      }
      if (selection.kind !== Kind.FIELD) return [NOBODY];
      if (selection.name.value === '__typename') return [];
      const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
      const field = fields[selection.name.value];
      if (field === undefined) return [NOBODY];
      const below = selection.selectionSet;
      return [
        ...requiredBy(parent, field),
        ...(below === undefined ? [] : requiredBySet(getNamedType(field.type), below)),
      ];
    });
  const relatives = (parent: GraphQLNamedType): readonly GraphQLNamedType[] => [
    ...(isAbstractType(parent) ? schema.getPossibleTypes(parent) : []),
    ...(isObjectType(parent) || isInterfaceType(parent) ? parent.getInterfaces() : []),
  ];
  const requiredBy = (
    seen: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
  ): readonly Requirement[] => {
    const coordinate = `${seen.name}.${field.name}`;
    let rules = known.get(coordinate);
    if (rules === undefined) {
      // What clients see of a type is not all that its fields are worked out from.
      const parent = schema.getType(seen.name) ?? seen;
      rules = [parent, ...relatives(parent)].flatMap((type) => requiredOn(type, field.name));
      rules = [SIGNED_IN, ...rules, ...of(getNamedType(field.type).name)];
      known.set(coordinate, rules);
    }
    return rules;
  };

  return {
    allowsField: (parent, field, grants) =>
      requiredBy(parent, field).every((rule) => standing(rule, grants, UNKNOWN) !== 'refused'),
    needsApproval: (parent, field) =>
      requiredBy(parent, field).some(({ policies }) => policies.flat().includes(STEP_UP)),
    dependsOnMore: (parent, field) =>
      requiredBy(parent, field).some(({ policies }) => policies.length > 0),
    judge: (parent, field, caller, circumstances) => {
      let verdict: Verdict = 'granted';
      for (const rule of requiredBy(parent, field)) {
        const one = standing(rule, caller, circumstances);
        if (one === 'refused') return one;
        if (one === 'unknown') verdict = one;
      }
      return verdict;
    },
    allowsType: (type, grants) =>
      isIntrospectionType(type) ||
      // Which of the fields that lead here was approved is not known at this point. The row is for the subgraph to judge.
      [SIGNED_IN, ...of(type.name)].every(
        (rule) => standing(rule, grants, { row: {}, stepUp: 'refused' }) !== 'refused',
      ),
    grantsKey: (grants) =>
      grants === undefined
        ? 'anonymous'
        : `${grants.kind}${grants.odsCode === undefined ? '' : ' of an organisation'} with ${ruled(grants.scopes)}`,
  };
}

/** Any policy but those that are known lets nobody through. */
function standing(rule: Requirement, grants: Grants, { row, stepUp }: Circumstances): Verdict {
  if (grants === undefined) return 'refused';
  const hasScopes =
    rule.scopes.length === 0 ||
    rule.scopes.some((group) => group.every((scope) => grants.scopes.has(scope)));
  if (!hasScopes) return 'refused';
  return rule.policies.length === 0
    ? 'granted'
    : judgePolicies(rule.policies, { caller: grants, row, stepUp });
}

/** A field set as a selection set. */
function selectionSetOf(fieldSet: string): SelectionSetNode {
  const [definition] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not a field set');
  return definition.selectionSet;
}
