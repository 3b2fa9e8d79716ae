/** Runs operations with the rules in front: nothing about a denied field is planned, or reaches a subgraph. */
import { hash } from 'node:crypto';

import { ApolloGateway } from '@apollo/gateway';
import type { ApolloServerOptions } from '@apollo/server';
import {
  type DocumentNode,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import { fragmentsOf } from '../fragments-of.ts';
import { allLeft, type Waiting } from '../../runtime/all-left.ts';
import type { Caller } from '../../runtime/caller-statement.ts';
import { withPatience } from '../../runtime/config.ts';
import { noteOnSpan } from '../../runtime/tracing/within-span.ts';
import { publicError } from '../../runtime/graphql-error.ts';
import type { Logger } from '../../runtime/log.ts';
import type { GatewayContext } from '../context.ts';
import {
  COST_OF_REQUEST,
  type CostLimits,
  type ToldCost,
  withinCost,
} from '../cost/cost-limits.ts';
import { readCostRules } from '../cost/cost-rules.ts';
import { compileCost } from '../cost/operation-cost.ts';
import {
  type CompiledOperation,
  compileOperation,
  type OperationRequest,
} from '../execution/compile-operation.ts';
import { conditionVariables } from '../execution/condition-variables.ts';
import { readGraph } from '../execution/graph.ts';
import type { JsonObject } from '../execution/own-properties.ts';
import type { AskSubgraph, PlanQuery } from '../execution/ports.ts';
import { shareReads } from '../execution/share-reads.ts';
import { fieldsOf } from '../metrics/fields-of.ts';
import type { GatewayMetrics, OperationOutcome } from '../metrics/metrics.ts';
import { planFault, type Planner, PlannerUnavailable } from '../planning/planner-port.ts';
import { type PreparedOperation, prepareOperation } from './prepare-operation.ts';
import { readRequirements } from './requirements.ts';
import { createRules } from './rules.ts';
import { ALL_APPROVED, findStepUps, type StepUpOperation, unapprovedFields } from './step-up.ts';
import { refusalOf, withheldFrom } from './withheld.ts';

/** What Apollo Server takes as its gateway. */
type Gateway = NonNullable<ApolloServerOptions<GatewayContext>['gateway']>;
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;
type RequestContext = Parameters<Executor>[0];

/** What came of an operation. */
export interface OperationResult {
  /** Left out when the operation was not run. */
  readonly data?: JsonObject | null;
  readonly errors?: readonly GraphQLError[];
  /** What the operation was estimated to cost, once that is known. */
  readonly extensions?: { readonly cost: ToldCost };
}

/** An operation that has been found valid for the graph as it was then. */
export interface KnownOperation {
  /** Runs it. Rejects when there may be no answer. */
  readonly run: (variables: JsonObject, context: GatewayContext) => Promise<OperationResult>;
}

/** What Apollo Server takes as its gateway, and the way past Apollo Server. */
export interface AuthorizingGateway extends Gateway {
  /** The operation of this text and name, when it has run before. */
  readonly known: (text: string, operationName: string | undefined) => KnownOperation | undefined;
  /**
   * Serves another supergraph from now on. What has begun ends on the one before.
   *
   * Rejects when it cannot be served, and nothing has changed then.
   */
  readonly replace: (supergraphSdl: string) => Promise<void>;
}

/** What makes an authorizing gateway. */
export interface AuthorizingGatewayOptions {
  readonly supergraphSdl: string;
  readonly ask: AskSubgraph;
  /** Starts the planner of a supergraph. */
  readonly startPlanner: (supergraphSdl: string) => Planner;
  readonly costLimits: CostLimits;
  /** Called with what was read of other people, before the answer goes out. When it rejects, there is no answer. */
  readonly recordAccess: (context: GatewayContext, fields: readonly string[]) => Promise<void>;
  readonly log: Logger;
  /** Counts what is asked for, when somebody wants to know. */
  readonly metrics?: Pick<GatewayMetrics, 'operation' | 'field' | 'serve'> | undefined;
}

/** Texts whose operations are kept, and their characters in all. */
const TEXTS_KEPT = { max: 1_000, maxSize: 10_000_000 } as const;
/** What is kept of one operation: one for each set of grants and set of missing approvals. */
const PREPARED_KEPT = 30;
/** Variables that are wrong and are said to be. */
const MAX_VARIABLE_ERRORS = 5;
/** Scopes of those who read other people's records, and therefore say why; so does everybody who acts for an organisation. */
const NEEDS_PURPOSE = /^(?:hr|passport):/;

/** An operation prepared for one set of grants. */
interface Prepared extends PreparedOperation {
  readonly compiled: CompiledOperation;
}

/** An operation being prepared, and those who wait for it. */
interface Preparing {
  readonly prepared: Promise<Prepared>;
  readonly waiting: Waiting;
}

/** What has been made of one operation, by grants and missing approvals. */
interface Kept {
  readonly ready: LRUCache<string, Prepared>;
  readonly preparing: Map<string, Preparing>;
}

/** How long an operation of the graph before may still ask for a plan, in milliseconds: longer than any of them lives. */
const RETIRED_MS = 5_000;

/** Creates the gateway. */
export function authorizingGateway(options: AuthorizingGatewayOptions): AuthorizingGateway {
  const first = readRequirements(options.supergraphSdl);
  // The library reports its own use to its maker unless this variable is set before it is created.
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
  let update: ((sdl: string) => void) | undefined;
  // It loads, checks and updates the supergraph. What it would run is run here.
  const stock = new ApolloGateway({
    supergraphSdl: (manager) => {
      update = manager.update;
      next = operationsOf(options, first.sdl, first);
      return Promise.resolve({ supergraphSdl: first.sdl });
    },
    buildService: () => ({ process: () => Promise.reject(new Error('not asked this way')) }),
    // Whatever gets here has been checked whole by then.
    validateSupergraph: false,
    logger: quiet(options.log),
    debug: false,
    __exposeQueryPlanExperimental: false,
  });
  /** What is served. */
  let current: Operations | undefined;
  /** What the library is about to load: made before, for it goes on when a listener throws. */
  let next: Operations | undefined;
  const bySchema = new WeakMap<GraphQLSchema, Operations>();
  const retired = new Map<Operations, NodeJS.Timeout>();
  let replacing = Promise.resolve();

  const retire = (before: Operations): void => {
    const end = (): void => {
      retired.delete(before);
      void before.stop();
    };
    retired.set(before, setTimeout(end, withPatience(RETIRED_MS)).unref());
  };
  // All of it changes in one step: Apollo Server listens too, and is told by the same call.
  stock.onSchemaLoadOrUpdate(({ apiSchema }) => {
    if (next === undefined) return;
    const before = current;
    current = next;
    next = undefined;
    bySchema.set(apiSchema, current);
    if (before !== undefined) retire(before);
  });

  const replace = async (supergraphSdl: string): Promise<void> => {
    if (update === undefined) throw new Error('there is no graph yet');
    const { sdl, ...required } = readRequirements(supergraphSdl);
    const operations = operationsOf(options, sdl, required);
    try {
      await operations.ready();
      next = operations;
      // The library does nothing for a text that it has loaded. The rules, which it never sees, are a change too.
      update(`${sdl}\n# ${hash('sha256', supergraphSdl)}\n`);
      if (current !== operations) throw new Error('the gateway library has loaded nothing');
    } catch (error) {
      next = undefined;
      if (current !== operations) await operations.stop();
      throw error;
    }
  };

  const execute = async (request: RequestContext): Promise<OperationResult> => {
    const { source, document, operation } = request;
    // Apollo Server lets this through for an operation name that names none.
    if ((operation as unknown) === undefined)
      return { errors: [new GraphQLError('no such operation')] };
    // The graph that it was found valid for, whatever is served since.
    const operations = bySchema.get(request.schema);
    if (operations === undefined) throw new Error('there is no graph yet');
    const name = request.request.operationName;
    const known =
      operations.find(source, name) ?? operations.add(source, name, { document, operation });
    return known.run(request.request.variables ?? {}, request.context as GatewayContext);
  };

  return {
    known: (text, operationName) => current?.find(text, operationName),
    replace: (sdl) => {
      const replaced = replacing.then(() => replace(sdl));
      replacing = replaced.catch(() => undefined);
      return replaced;
    },
    onSchemaLoadOrUpdate: (callback) => stock.onSchemaLoadOrUpdate(callback),
    async load(loading) {
      await stock.load({ apollo: loading.apollo });
      return { executor: execute as Executor };
    },
    stop: async () => {
      await replacing;
      for (const timer of retired.values()) clearTimeout(timer);
      const all = [...retired.keys(), ...(current === undefined ? [] : [current])];
      await Promise.all([stock.stop(), ...all.map((operations) => operations.stop())]);
    },
  };
}

/** Operations that are valid for one graph. */
interface Operations {
  readonly find: (text: string, name: string | undefined) => KnownOperation | undefined;
  readonly add: (
    text: string,
    name: string | undefined,
    parsed: { readonly document: DocumentNode; readonly operation: OperationDefinitionNode },
  ) => KnownOperation;
  /** Rejects when its planner cannot start. */
  readonly ready: () => Promise<void>;
  /** Ends its planner. */
  readonly stop: () => Promise<void>;
}

function operationsOf(
  options: AuthorizingGatewayOptions,
  sdl: string,
  required: Parameters<typeof createRules>[1],
): Operations {
  const graph = readGraph(sdl);
  const { schema } = graph;
  const rules = createRules(graph.supergraph, required);
  const costRules = readCostRules(sdl);
  const planner = options.startPlanner(sdl);
  const shared = shareReads();

  /** What the person has yet to approve, and under what an operation is kept that lacks it. */
  const standingOf = (
    asked: StepUpOperation,
    coerced: OperationRequest['coerced'],
    { caller, approved }: GatewayContext,
  ) => {
    const lacking =
      caller === undefined || asked.places.length === 0
        ? ALL_APPROVED
        : unapprovedFields(asked, coerced, { caller, approved });
    const key = JSON.stringify([rules.grantsKey(caller), lacking.key]);
    return { key, unapproved: lacking.transactions };
  };

  /** Begins to prepare what is asked, for whom. */
  const beginPreparing = (
    asked: StepUpOperation,
    { ready, preparing }: Kept,
    { key, unapproved }: ReturnType<typeof standingOf>,
    caller: Caller | undefined,
  ): Preparing => {
    const waiting = allLeft();
    const waiter = { holder: holderOf(caller), left: waiting.left };
    const plan: PlanQuery = (document, name) => planner.plan(document, name, waiter);
    const input = { schema, rules, grants: caller, unapproved };
    const operation = prepareOperation(input, asked.document, asked.operation);
    const prepared = compileOperation(
      { graph, plan, ask: options.ask },
      { ...operation, withheld: withheldFrom(input, operation) },
    ).then((compiled) => ({ ...operation, compiled }));
    const one: Preparing = { prepared, waiting };
    const end = (): void => {
      if (preparing.get(key) === one) preparing.delete(key);
    };
    preparing.set(key, one);
    prepared.then((made) => {
      ready.set(key, made);
      end();
    }, end);
    // At once: whoever comes now does not join what may be dropped.
    waiting.left.addEventListener('abort', end);
    return one;
  };

  /** Waits until the operation is prepared, or its time is up. */
  const prepare = async (
    asked: StepUpOperation,
    kept: Kept,
    standing: ReturnType<typeof standingOf>,
    { caller, deadline: { signal } }: GatewayContext,
  ): Promise<Prepared> => {
    if (signal.aborted) throw outOfTime(signal);
    const { prepared, waiting } =
      kept.preparing.get(standing.key) ?? beginPreparing(asked, kept, standing, caller);
    waiting.join(signal);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(outOfTime(signal));
      };
      signal.addEventListener('abort', leave, { once: true });
      prepared.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', leave);
      });
    });
  };

  const know = (document: DocumentNode, operation: OperationDefinitionNode): KnownOperation => {
    // Always this document from here on: what is prepared goes by its nodes.
    const asked = findStepUps({ schema, rules }, document, operation);
    const kept: Kept = { ready: new LRUCache({ max: PREPARED_KEPT }), preparing: new Map() };
    const costOf = compileCost({ schema, rules: costRules }, asked.operation, asked.document);
    const isRead = operation.operation === OperationTypeNode.QUERY;
    const fragments = fragmentsOf(asked.document);
    const conditions = conditionVariables({ operation: asked.operation, fragments });
    return {
      async run(variables, context) {
        const { coerced, errors: wrong } = getVariableValues(
          schema,
          operation.variableDefinitions ?? [],
          variables,
          { maxErrors: MAX_VARIABLE_ERRORS },
        );
        if (wrong !== undefined) return { errors: wrong };
        const unset = conditions.find((name) => coerced[name] === null);
        if (unset !== undefined) return { errors: [nullCondition(unset)] };
        const { caller } = context;
        const { cost, fault } = withinCost(costOf(coerced), caller?.kind, options.costLimits);
        const extensions = { cost };
        if (fault !== undefined) return { errors: [fault], extensions };
        const standing = standingOf(asked, coerced, context);
        const known = kept.ready.get(standing.key);
        // All of a new one is planned, whatever its conditions say.
        const counted =
          known === undefined ? Math.max(1, cost.estimated) + COST_OF_REQUEST : cost.estimated;
        const allowance = await context.charge?.(counted);
        if (allowance?.granted === false) {
          const retryAfter = allowance.standings[0]?.resetSeconds;
          const tooMany = { http: { status: 429 }, retryAfter };
          return { errors: [publicError('TOO_MANY_REQUESTS', tooMany)], extensions };
        }
        let ready: Prepared;
        try {
          ready = known ?? (await prepare(asked, kept, standing, context));
        } catch (error) {
          return { errors: [planFault(error)], extensions };
        }
        const { compiled, readsPeople, fields } = ready;
        if (readsPeople && !saysWhy(context)) return { ...purposeRequired(), extensions };
        const refusal = refusalOf(caller, standing.unapproved);
        const request = { variables, coerced, context };
        const gathered = await (isRead
          ? shared.read(compiled, request)
          : shared.change(() => compiled.gather(request)));
        // Before anything else: from here on, every way out gives records away or has recorded that it did.
        await options.recordAccess(context, fields);
        const { data, errors } = compiled.shape(gathered, request, refusal);
        return { data, ...(errors.length === 0 ? {} : { errors }), extensions };
      },
    };
  };

  const { metrics } = options;
  metrics?.serve(schema);
  /** Says on the request's span what is asked, where there is one. The name is a client's own word unless it is registered. */
  const recorded = (
    known: KnownOperation,
    text: string,
    { operation: type, name }: OperationDefinitionNode,
  ): KnownOperation => {
    let sha256: string | undefined;
    return {
      run(variables, context) {
        noteOnSpan(() => ({
          'graphql.operation.type': type,
          'graphql.document.hash': `sha256:${(sha256 ??= hash('sha256', text))}`,
          ...(context.trusted === undefined ? {} : { 'graphql.document.id': context.trusted }),
          ...(context.trusted === undefined || name === undefined
            ? {}
            : { 'graphql.operation.name': name.value }),
        }));
        return known.run(variables, context);
      },
    };
  };
  /** Counts what is asked for; which fields those are is known before. */
  const counted = (
    known: KnownOperation,
    document: DocumentNode,
    operation: OperationDefinitionNode,
  ): KnownOperation => {
    if (metrics === undefined) return known;
    const kind = operation.operation === OperationTypeNode.QUERY ? 'query' : 'mutation';
    const uses = fieldsOf(schema, onlyOperation(document, operation)).map(metrics.field);
    return {
      async run(variables, context) {
        const since = performance.now();
        for (const use of uses) use.count += 1;
        let outcome: OperationOutcome = 'refused';
        try {
          const result = await known.run(variables, context);
          if (result.data !== undefined)
            outcome = result.errors === undefined ? 'answered' : 'errors';
          return result;
        } finally {
          const name = context.trusted === undefined ? undefined : operation.name?.value;
          metrics.operation({ kind, outcome, ms: performance.now() - since, name });
        }
      },
    };
  };

  const texts = new LRUCache<string, Map<string | undefined, KnownOperation>>({
    ...TEXTS_KEPT,
    sizeCalculation: (_names, text) => text.length,
  });
  return {
    find: (text, name) => texts.get(text)?.get(name),
    add(text, name, { document, operation }) {
      const names = texts.get(text) ?? new Map<string | undefined, KnownOperation>();
      const known = recorded(
        counted(know(document, operation), document, operation),
        text,
        operation,
      );
      texts.set(text, names.set(name, known));
      return known;
    },
    ready: planner.ready,
    stop: planner.stop,
  };
}

/** A variable with a default can be null all the same, and null is no condition (GraphQL, October 2021, section 6.4.1). */
const nullCondition = (name: string): GraphQLError =>
  new GraphQLError(`Variable "$${name}" decides what is answered: it must not be null.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });

/** A document without its other operations. */
const onlyOperation = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
): DocumentNode => ({
  ...document,
  definitions: document.definitions.filter(
    (definition) => definition === operation || definition.kind === Kind.FRAGMENT_DEFINITION,
  ),
});

/** Whose places in the planner's queue an operation takes: those whose rate is counted. All who have not signed in are one. */
function holderOf(caller: Caller | undefined): string {
  if (caller === undefined) return 'nobody';
  const { kind, subject, clientId } = caller;
  return `${kind} ${kind === 'person' ? subject : clientId}`;
}

const outOfTime = ({ reason }: AbortSignal): PlannerUnavailable =>
  new PlannerUnavailable('no plan in time', { cause: reason });

function saysWhy({ caller }: GatewayContext): boolean {
  if (caller === undefined || caller.purpose !== undefined) return true;
  if (caller.odsCode !== undefined) return false;
  return ![...caller.scopes].some((scope) => NEEDS_PURPOSE.test(scope));
}

function purposeRequired(): OperationResult {
  return { errors: [publicError('PURPOSE_REQUIRED', { http: { status: 400 } })] };
}

/** The library's log, without its messages below a warning. */
function quiet(log: Logger) {
  const ignore = (): void => undefined;
  return {
    debug: ignore,
    info: ignore,
    warn: (message: string) => {
      log.warn({ library: message.slice(0, 200) }, 'the gateway library warns');
    },
    error: (message: string) => {
      log.error({ library: message.slice(0, 200) }, 'the gateway library failed');
    },
  };
}
