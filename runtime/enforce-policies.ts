/** `@policy` in a subgraph: every row is judged by the same functions as at the gateway, whatever the resolvers do. */
import {
  type ConstDirectiveNode,
  defaultFieldResolver,
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import { z } from 'zod';

import type { Caller } from './caller-statement.ts';
import { publicError } from './graphql-error.ts';
import { judgePolicies, type PolicyRow, STEP_UP } from './policies.ts';

/** What is known of a type's rows, by type. A value is whatever the subgraph's resolvers give for that type. */
export type RowsByType = Readonly<Record<string, (value: never) => PolicyRow>>;

type Policies = readonly (readonly string[])[];
/** What a field of any schema resolves with. */
type Resolved = NonNullable<GraphQLField<unknown, unknown>['resolve']>;
type Resolve = NonNullable<GraphQLField<unknown, { readonly caller: Caller }>['resolve']>;

const argument = z.object({ policies: z.array(z.array(z.string()).min(1)).min(1) });

/**
 * Puts the rules in front of, or behind, the resolvers of a schema.
 *
 * A field is judged by the row that it is a field of, before it is resolved; a root field by the rows that it gives. A refused
 * field is null, as if there were nothing; where it cannot be null the answer is `FORBIDDEN`. What is not known is refused.
 *
 * @throws when a rule is on a type of whose rows nothing is said
 */
export function enforcePolicies(schema: GraphQLSchema, rows: RowsByType): void {
  const roots: readonly unknown[] = [
    schema.getQueryType(),
    schema.getMutationType(),
    // The gateway asks the queries behind these; the rules hold all the same.
    schema.getSubscriptionType(),
  ];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields())) {
      if (roots.includes(type)) judgeGiven(field, rows);
      else judgeParent(type, field, rows);
    }
  }
}

function judgeParent(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  rows: RowsByType,
): void {
  const rules = [...policiesOn(type), ...policiesOn(field)];
  if (rules.length === 0) return;
  const rowOf = rows[type.name] as ((value: unknown) => PolicyRow) | undefined;
  if (rowOf === undefined) throw new Error(`nothing is said about the rows of ${type.name}`);
  const resolve = resolverOf(field);
  const refused = isNonNullType(field.type) ? refuse : () => null;
  const judged: Resolve = (parent, args, context, info) =>
    rules.every((rule) => grants(rule, context.caller, rowOf(parent)))
      ? resolve(parent, args, context, info)
      : refused();
  field.resolve = judged as Resolved;
}

/** A root field: what is known without a row first, then each row that comes out. */
function judgeGiven(field: GraphQLField<unknown, unknown>, rows: RowsByType): void {
  const rules = policiesOn(field);
  if (rules.length === 0) return;
  const rowOf = rows[getNamedType(field.type).name] as ((value: unknown) => PolicyRow) | undefined;
  const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
  const resolve = resolverOf(field);
  const refused = isNonNullType(field.type) ? refuse : () => null;
  const judged: Resolve = async (parent, args, context, info) => {
    const { caller } = context;
    const never = rules.some((rule) => verdict(rule, caller, {}) === 'refused');
    if (never) return refused();
    const given: unknown = await resolve(parent, args, context, info);
    if (rowOf === undefined || given === null || given === undefined) return given;
    const isGranted = (value: unknown): boolean =>
      value === null || rules.every((rule) => grants(rule, caller, rowOf(value)));
    if (isList) return (given as readonly unknown[]).filter(isGranted);
    return isGranted(given) ? given : refused();
  };
  field.resolve = judged as Resolved;
}

const resolverOf = (field: GraphQLField<unknown, unknown>): Resolve =>
  (field.resolve ?? defaultFieldResolver) as Resolve;

const grants = (rule: Policies, caller: Caller, row: PolicyRow): boolean =>
  verdict(rule, caller, row) === 'granted';

// The gateway has compared the approval with the operation: nothing else reaches a subgraph.
const verdict = (rule: Policies, caller: Caller, row: PolicyRow) =>
  judgePolicies(rule, { caller, row, stepUp: 'granted' });

function refuse(): never {
  throw publicError('FORBIDDEN');
}

/** The rules that look at rows. One of step-up alone has been dealt with before the subgraph was asked. */
function policiesOn({
  astNode,
  ...rest
}:
  | Pick<GraphQLObjectType, 'astNode' | 'extensionASTNodes'>
  | Pick<GraphQLField<unknown, unknown>, 'astNode'>): readonly Policies[] {
  const extensions = 'extensionASTNodes' in rest ? rest.extensionASTNodes : [];
  return [astNode, ...extensions]
    .flatMap((node) => node?.directives ?? [])
    .filter(({ name }) => name.value === 'policy' || name.value === 'federation__policy')
    .map(policiesOf)
    .filter((policies) => policies.flat().some((name) => name !== STEP_UP));
}

const policiesOf = ({ arguments: given = [] }: ConstDirectiveNode): Policies =>
  argument.parse(
    Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)])),
  ).policies;
