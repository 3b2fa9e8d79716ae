/** Executing the operations of a document many times: what does not change from one request to the next is done once. */
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  type FragmentDefinitionNode,
  getVariableValues,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';

import { executePlan } from './execute-plan.ts';
import { type OperationPlan, planOperation } from './operation-plan.ts';

/** What changes from one request to the next. */
export interface OperationRequest {
  readonly context: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Executes one operation. */
export type ExecuteOperation = (
  request: OperationRequest,
) => ExecutionResult | Promise<ExecutionResult>;

/** Plans kept of one operation: it has one for each way in which its `@skip` and `@include` can come out. */
const PLANS_KEPT = 16;

/**
 * Makes the function that executes one operation of a valid document. What it answers is what graphql-js answers; what is
 * too rare to be planned is left to it.
 */
export function operationExecutor(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ExecuteOperation {
  const rootType = schema.getRootType(operation.operation);
  const fragments = fragmentsOf(document);
  const conditions = conditionsOf(document, operation);
  const plans = new Map<string, OperationPlan>();

  const planFor = (
    root: GraphQLObjectType,
    variables: Readonly<Record<string, unknown>>,
  ): OperationPlan | undefined => {
    const values = conditions.map((name) => variables[name]);
    if (!values.every((value) => typeof value === 'boolean')) return undefined;
    const key = values.join();
    let plan = plans.get(key);
    if (plan === undefined && plans.size < PLANS_KEPT) {
      const settled = Object.fromEntries(conditions.map((name, at) => [name, values[at]]));
      plan = planOperation({ schema, operation, fragments }, root, settled);
      plans.set(key, plan);
    }
    return plan;
  };

  return ({ context, variables }) => {
    const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
      maxErrors: 50,
    });
    if (coerced.errors !== undefined) return { errors: coerced.errors };
    const plan = rootType == null ? undefined : planFor(rootType, coerced.coerced);
    if (rootType == null || plan === undefined) {
      return execute({
        schema,
        document,
        contextValue: context,
        variableValues: variables,
        operationName: operation.name?.value ?? null,
      });
    }
    return executePlan(plan, rootType, context, coerced.coerced);
  };
}

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}

/** Names of the operation's variables that `@skip` and `@include` look at. */
function conditionsOf(
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): readonly string[] {
  const looked = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      if (directive.name.value !== 'skip' && directive.name.value !== 'include') return;
      visit(directive, { Variable: ({ name }) => void looked.add(name.value) });
    },
  });
  return variableDefinitions
    .map(({ variable }) => variable.name.value)
    .filter((name) => looked.has(name));
}
