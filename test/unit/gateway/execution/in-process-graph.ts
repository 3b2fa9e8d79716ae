/**
 * The executor on its own, over subgraphs that are schemas in this process: no HTTP, no tokens, no rules.
 *
 * `inProcessGraph({ name: { sdl, resolvers } })` composes them and returns `ask(query, variables)`, which answers like
 * the gateway would for somebody who may read everything. `sent` has what went to the subgraphs; `broken` names
 * subgraphs that do not answer. Each operation runs twice, since the second run of a shape is the compiled one; both
 * answers have to be the same, except for mutations, which run once. What the planner's library has no right plan for, asked
 * by itself for the client's own document, is `NoPlan`.
 */
import { composeServices } from '@apollo/composition';
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  execute,
  getVariableValues,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import { filterOperation } from '../../../../gateway/authorization/filter-operation.ts';
import { readRequirements } from '../../../../gateway/authorization/requirements.ts';
import { createRules, type Grants, type Rules } from '../../../../gateway/authorization/rules.ts';
import {
  ALL_APPROVED,
  findStepUps,
  unapprovedFields,
} from '../../../../gateway/authorization/step-up.ts';
import { refusalOf, withheldFrom } from '../../../../gateway/authorization/withheld.ts';
import { questionDeadline } from '../../../../gateway/deadline.ts';
import {
  compileOperation,
  type OperationAnswer,
} from '../../../../gateway/execution/compile-operation.ts';
import { type Graph, readGraph } from '../../../../gateway/execution/graph.ts';
import { planInThread } from '../../../../gateway/execution/plan-in-thread.ts';
import type { AskSubgraph } from '../../../../gateway/execution/ports.ts';
import { SubgraphUnavailable } from '../../../../gateway/subgraphs/ask-subgraph.ts';
import { parseSubgraphAnswer } from '../../../../gateway/subgraphs/parse-answer.ts';

/**
 * What comes of operations that the planner's library has no right plan for: an assertion in it fails (a type condition over
 * an `@interfaceObject` that only asks for the type), or a request of its plan is not valid (a field required with two sets of
 * arguments, one of them under a condition; a condition inside another whose variable is not declared).
 */
const NO_PLAN = [
  /^We should have an edge from \w+\(\w+\) for __typename$/,
  /^Fields "\w+" conflict because they have differing arguments\. /,
  /^Variable "\$\w+" is not defined by operation /,
];

const noPlanOf = (fault: string): string | undefined =>
  NO_PLAN.map((known) => known.exec(fault)?.[0]).find((found) => found !== undefined);

/** The planner's library plans an operation wrongly, or not at all, whoever asks. */
export class NoPlan extends Error {}

/** One subgraph. */
export interface TestSubgraph {
  readonly sdl: string;
  readonly resolvers: object;
}

/** An answer, as a client would read it. */
export interface TestAnswer {
  readonly data: unknown;
  readonly errors: readonly {
    readonly message: string;
    readonly path: readonly (string | number)[] | undefined;
  }[];
}

/** An answer with everything that its errors say. */
export interface WholeAnswer {
  readonly data: unknown;
  readonly errors: OperationAnswer['errors'];
}

/** Who asks. */
export interface TestCaller {
  readonly grants: Grants;
  /** Hash of the one transaction that was approved. */
  readonly approved?: string | undefined;
}

/** A request that went to a subgraph. */
export interface TestRequest {
  readonly to: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A graph that can be asked. */
export interface InProcessGraph {
  readonly graph: Graph;
  readonly sent: TestRequest[];
  /** Subgraphs that do not answer. */
  readonly broken: Set<string>;
  /** Answers that take the place of a subgraph's own. */
  readonly answers: Map<string, unknown>;
  readonly ask: (query: string, variables?: Record<string, unknown>) => Promise<TestAnswer>;
  /** As `ask`, for a caller and a valid operation: what the rules refuse is withheld. Errors are whole. */
  readonly askAs: (
    caller: TestCaller,
    document: DocumentNode,
    variables: Record<string, unknown>,
  ) => Promise<WholeAnswer>;
  readonly rules: Rules;
  /** The schema of one subgraph. */
  readonly schemaOf: (subgraph: string) => GraphQLSchema;
}

/** A request's text, parsed and checked by the subgraph that it goes to. */
interface CheckedRequest {
  readonly document: DocumentNode;
  readonly faults: readonly GraphQLError[];
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires",
  "@external", "@provides", "@shareable", "@interfaceObject", "@override", "@inaccessible", "@requiresScopes"])\n`;

/** Composes subgraphs into a graph, unless they have been composed. */
export function inProcessGraph(
  subgraphs: Readonly<Record<string, TestSubgraph>>,
  composed?: string,
): InProcessGraph {
  const sources = Object.entries(subgraphs).map(([name, { sdl, resolvers }]) => {
    const typeDefs = parse(sdl.includes('extend schema') ? sdl : LINK + sdl);
    return { name, typeDefs, resolvers, url: `http://${name}.invalid` };
  });
  const supergraphSdl = composed ?? composedOf(sources);
  const schemas = new Map<string, GraphQLSchema>(
    sources.map(({ name, typeDefs, resolvers }) => [
      name,
      buildSubgraphSchema({ typeDefs, resolvers: resolvers as never }),
    ]),
  );
  const schemaOf = (name: string): GraphQLSchema => {
    const schema = schemas.get(name);
    if (schema === undefined) throw new Error('an unknown subgraph');
    return schema;
  };
  const sent: TestRequest[] = [];
  const broken = new Set<string>();
  const answers = new Map<string, unknown>();
  /** What subgraphs said of requests that are not valid there. */
  const invalid: string[] = [];
  const checked = new LRUCache<string, CheckedRequest>({ max: 1_000 });
  const checkedRequest = (to: string, query: string): CheckedRequest => {
    const key = `${to} ${query}`;
    const known = checked.get(key);
    if (known !== undefined) return known;
    const document = parse(query, { noLocation: true });
    const faults = validate(schemaOf(to), document);
    checked.set(key, { document, faults });
    return { document, faults };
  };

  const ask: AskSubgraph = async (to, { body }) => {
    const { query, variables } = JSON.parse(body) as TestRequest;
    sent.push({ to, query, variables });
    if (broken.has(to)) throw new SubgraphUnavailable(to);
    const { document, faults } = checkedRequest(to, query);
    invalid.push(...faults.map(({ message }) => message));
    const schema = schemaOf(to);
    const answer =
      faults.length > 0
        ? { errors: faults }
        : await execute({ schema, document, variableValues: variables, contextValue: {} });
    return parseSubgraphAnswer(JSON.stringify(answers.get(to) ?? answer));
  };
  const { sdl, ...required } = readRequirements(supergraphSdl);
  const graph = readGraph(sdl);
  const rules = createRules(graph.supergraph, required);
  const plan = planInThread(sdl);
  const environment = { graph, ask, plan };

  /** Requests of a plan that the subgraphs find invalid, or the planner's own error. */
  const faultsOfPlan = async (document: DocumentNode): Promise<readonly string[]> => {
    const planned = await plan(document).catch((error: unknown) => error);
    if (planned instanceof Error) return [planned.message];
    return fetchesOf((planned as QueryPlan).node).flatMap(({ serviceName, operation }) => {
      return checkedRequest(serviceName, operation).faults.map(({ message }) => message);
    });
  };
  const throwIfNoPlan = async (document: DocumentNode, faults: readonly string[]) => {
    if (faults.length === 0) return;
    const known = faults.map(noPlanOf);
    if (known.includes(undefined)) return;
    const alone = new Set((await faultsOfPlan(document)).map(noPlanOf));
    if (known.every((fault) => alone.has(fault))) throw new NoPlan(known.join(' '));
  };

  const answer = async (
    document: DocumentNode,
    variables: Record<string, unknown>,
    caller?: TestCaller,
  ): Promise<WholeAnswer> => {
    const operation = document.definitions.find(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION,
    );
    if (operation === undefined) throw new Error('no operation');
    const fragments = new Map(
      document.definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((definition) => [definition.name.value, definition]),
    );
    const { schema } = graph;
    const { coerced, errors: wrong } = getVariableValues(
      schema,
      operation.variableDefinitions ?? [],
      variables,
    );
    if (coerced === undefined) throw new Error(wrong.map(String).join('\n'));
    const { grants, approved } = caller ?? { grants: undefined };
    const { transactions: unapproved } =
      grants === undefined
        ? ALL_APPROVED
        : unapprovedFields(findStepUps({ schema, rules }, document, operation), coerced, {
            caller: grants,
            approved,
          });
    const input = { schema, rules, unapproved, grants };
    const filtered = caller && filterOperation(input, document, operation);
    const planned = filtered === undefined ? document : filtered.document;
    const compiled = await compileOperation(environment, {
      operation,
      fragments,
      document: planned,
      withheld: filtered && withheldFrom(input, filtered),
    }).catch(async (error: unknown) => {
      if (planned !== undefined && error instanceof Error) {
        await throwIfNoPlan(planned, [error.message]);
      }
      throw error;
    });
    const nothing = () => {
      throw new Error('nothing is withheld');
    };
    const refusal = caller ? refusalOf(grants, unapproved) : nothing;
    const run = async (): Promise<WholeAnswer> => {
      const deadline = questionDeadline();
      const context = { requestId: 'request-0001', people: new Set<string>(), deadline };
      const request = { variables, coerced, context };
      const gathered = await compiled.gather(request);
      const { data, errors } = compiled.shape(gathered, request, refusal);
      return { data: JSON.parse(JSON.stringify(data)) as unknown, errors };
    };
    invalid.length = 0;
    const first = await run();
    if (planned !== undefined) await throwIfNoPlan(planned, invalid);
    if (operation.operation === OperationTypeNode.MUTATION) return first;
    const noted = sent.length;
    const second = await run();
    sent.length = noted;
    const texts = [first, second].map((one) => JSON.stringify(one));
    if (texts[0] !== texts[1]) throw new Error(`two answers: ${texts.join(' ')}`);
    return first;
  };

  return {
    graph,
    sent,
    broken,
    answers,
    rules,
    schemaOf,
    askAs: (caller, document, variables) => answer(document, variables, caller),
    async ask(query, variables = {}) {
      const { data, errors } = await answer(validated(graph.schema, query), variables);
      return { data, errors: errors.map(({ message, path }) => ({ message, path })) };
    },
  };
}

function composedOf(sources: Parameters<typeof composeServices>[0]): string {
  const { supergraphSdl, errors } = composeServices(sources);
  if (supergraphSdl === undefined) throw new Error(errors.map(String).join('\n'));
  return supergraphSdl;
}

/** Every request of a plan. */
function fetchesOf(node: QueryPlan['node'] | PlanNode): readonly FetchNode[] {
  switch (node?.kind) {
    case 'Fetch':
      return [node];
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(fetchesOf);
    case 'Flatten':
      return fetchesOf(node.node);
    case 'Condition':
      return [...fetchesOf(node.ifClause), ...fetchesOf(node.elseClause)];
    default:
      return [];
  }
}

function validated(schema: GraphQLSchema, query: string): DocumentNode {
  const document = parse(query);
  const faults = validate(schema, document);
  if (faults.length > 0) throw new Error(faults.map(String).join('\n'));
  return document;
}
