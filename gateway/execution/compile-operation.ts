/** An operation made ready to run: planned, its requests written, its answer's shape made into a function. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import type { GatewayContext } from '../context.ts';
import { completeResponse, type Completion, type CompletionContext } from './complete-response.ts';
import { conditionVariables } from './condition-variables.ts';
import { changesInOrder, type OperationPart } from './changes-in-order.ts';
import type { RunStep } from './compile-fetch.ts';
import { compilePlan } from './compile-plan.ts';
import { compileResponse, type ShapeAnswer } from './compile-response.ts';
import type { ExecutionState } from './execution-state.ts';
import type { Graph } from './graph.ts';
import { introspect } from './introspect.ts';
import { withObjectConditions } from './object-conditions.ts';
import { withOwnNames } from './own-names.ts';
import type { JsonObject } from './own-properties.ts';
import type { AskSubgraph, PlanQuery } from './ports.ts';
import { areMet, responseShape, type Withheld } from './response-shape.ts';
import { shownErrors } from './shown-errors.ts';
import { withoutSettledConditions } from './settled-conditions.ts';

/** What operations run on. */
export interface ExecutionEnvironment {
  readonly graph: Graph;
  readonly plan: PlanQuery;
  readonly ask: AskSubgraph;
}

/** An operation, valid for the graph. */
export interface OperationToCompile {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** What of it may be asked: one operation and the fragments it uses. `undefined` when nothing may. */
  readonly document: DocumentNode | undefined;
  /** What of it the caller does not get. */
  readonly withheld: Withheld | undefined;
}

/** One request of an operation. */
export interface OperationRequest {
  /** As the client sent them. */
  readonly variables: JsonObject;
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly context: GatewayContext;
}

/** What the subgraphs have said. */
export type Gathered = Pick<ExecutionState, 'data' | 'errors'>;

/** An answer. */
export interface OperationAnswer {
  readonly data: JsonObject | null;
  readonly errors: readonly GraphQLError[];
}

/** An operation ready to run. */
export interface CompiledOperation {
  /** Asks the subgraphs. */
  readonly gather: (request: OperationRequest) => Promise<Gathered>;
  /** Shapes the answer. */
  readonly shape: (
    gathered: Gathered,
    request: OperationRequest,
    refusal: CompletionContext['refusal'],
  ) => OperationAnswer;
}

/** Shapes of one operation that are kept: there is one for each way its conditions turn out. */
const SHAPES_KEPT = 8;

interface Shape {
  readonly completion: Completion;
  /** `undefined` until it is known whether the shape is used more than once. */
  compiled: { readonly shape: ShapeAnswer | undefined } | undefined;
}

/** Compiles an operation. */
export async function compileOperation(
  environment: ExecutionEnvironment,
  input: OperationToCompile,
): Promise<CompiledOperation> {
  const { graph } = environment;
  const run = await compileRun(environment, input);
  const conditions = conditionVariables(input);
  const shapes = new LRUCache<string, Shape>({ max: SHAPES_KEPT });
  const root = graph.schema.getRootType(input.operation.operation);
  if (!root) throw new Error('an operation without a root type');

  const createShape = (variables: OperationRequest['coerced']): Shape => {
    const { withheld, operation, fragments } = input;
    const shape = responseShape({ ...graph, operation, fragments, withheld, variables });
    const isAsked = shape
      .fieldsOf(root)
      .some((field) => field.type !== undefined && field.withheld === undefined);
    if (run === undefined && input.document !== undefined && isAsked) {
      throw new Error('the planner has found no way to answer');
    }
    return { completion: { schema: graph.schema, root, shape, withheld }, compiled: undefined };
  };
  const shapeFor = (variables: OperationRequest['coerced']): Shape => {
    const key = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
    const known = shapes.get(key);
    if (known !== undefined) {
      known.compiled ??= { shape: compileResponse(known.completion) };
      return known;
    }
    const shape = createShape(variables);
    shapes.set(key, shape);
    return shape;
  };

  return {
    async gather({ variables, coerced, context }) {
      const unanswered = new WeakSet<JsonObject>();
      const state: ExecutionState = {
        data: {},
        errors: [],
        unanswered,
        stopped: false,
        variables,
        coerced,
        context,
      };
      await run?.(state);
      return state;
    },
    shape(gathered, { variables, coerced }, refusal) {
      const { completion, compiled } = shapeFor(coerced);
      const errors = shownErrors(completion, gathered);
      const data = compiled?.shape?.(gathered.data);
      if (data !== undefined) return { data, errors };
      const completed = completeResponse(completion, gathered.data, {
        explained: errors,
        asked: run !== undefined,
        refusal,
        introspect: ({ nodes }) => introspect({ ...graph, ...input }, nodes, variables),
      });
      return { data: completed.data, errors: [...errors, ...completed.errors] };
    },
  };
}

/** @returns `undefined` when no subgraph has to be asked */
async function compileRun(
  { graph, plan, ask }: ExecutionEnvironment,
  { document }: OperationToCompile,
): Promise<RunStep | undefined> {
  if (document === undefined) return undefined;
  const settled = withoutSettledConditions(document);
  // The planner's library would ask a subgraph for the type of the root, which is known.
  if (!asksSomething(settled)) return undefined;
  const parts: Part[] = [];
  for (const part of changesInOrder(settled)) {
    const asked = withObjectConditions(graph, part.document);
    const named = withOwnNames(asked, graph.entityFields);
    const definitions = definitionsOf(named);
    const run = compilePlan({ ...graph, ask, definitions }, await plan(named));
    if (run !== undefined) parts.push({ ...part, run });
  }
  if (parts.length === 0) return undefined;
  return async (state) => {
    for (const { conditions, unless, run } of parts) {
      const isMet = (all: OperationPart['conditions']): boolean => areMet(all, state.coerced);
      if (isMet(conditions) && !unless.some(isMet)) await run(state);
    }
  };
}

interface Part extends Pick<OperationPart, 'conditions' | 'unless'> {
  readonly run: RunStep;
}

/** Whether any field of the graph is selected on the root. */
function asksSomething({ definitions }: DocumentNode): boolean {
  const seen = new Set<string>();
  const isSomething = ({ selections }: SelectionSetNode): boolean =>
    selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return !selection.name.value.startsWith('__');
      if (selection.kind === Kind.INLINE_FRAGMENT) return isSomething(selection.selectionSet);
      const { value } = selection.name;
      if (seen.has(value)) return false;
      seen.add(value);
      const fragment = definitions.find(
        (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === value,
      );
      return fragment?.kind === Kind.FRAGMENT_DEFINITION && isSomething(fragment.selectionSet);
    });
  return definitions.some(
    (one) => one.kind === Kind.OPERATION_DEFINITION && isSomething(one.selectionSet),
  );
}

const definitionsOf = (document: DocumentNode): ReadonlyMap<string, VariableDefinitionNode> =>
  new Map(
    document.definitions
      .flatMap((one) =>
        one.kind === Kind.OPERATION_DEFINITION ? (one.variableDefinitions ?? []) : [],
      )
      .map((definition) => [definition.variable.name.value, definition]),
  );
