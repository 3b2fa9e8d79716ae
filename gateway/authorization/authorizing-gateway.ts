/** Runs operations with the rules in front: nothing about a denied field is planned, or reaches a subgraph. */
import type { ApolloServerOptions } from '@apollo/server';
import { getVariableValues, GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';

import { publicError } from '../../runtime/graphql-error.ts';
import type { GatewayContext } from '../context.ts';
import {
  type CompiledOperation,
  compileOperation,
  type OperationRequest,
} from '../execution/compile-operation.ts';
import { readGraph } from '../execution/graph.ts';
import { planInThread } from '../execution/plan-in-thread.ts';
import type { AskSubgraph } from '../execution/ports.ts';
import { type PreparedOperation, prepareOperation } from './prepare-operation.ts';
import { readRequirements } from './requirements.ts';
import { createRules } from './rules.ts';
import { ALL_APPROVED, findStepUps, type StepUpOperation, unapprovedFields } from './step-up.ts';
import { refusalOf, withheldFrom } from './withheld.ts';

/** What Apollo Server takes as its gateway. */
type Gateway = NonNullable<ApolloServerOptions<GatewayContext>['gateway']>;
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;
type RequestContext = Parameters<Executor>[0];
type Result = Awaited<ReturnType<Executor>>;

/** What makes an authorizing gateway. */
export interface AuthorizingGatewayOptions {
  readonly supergraphSdl: string;
  readonly ask: AskSubgraph;
  /** Called with what was read of other people, before the answer goes out. When it rejects, there is no answer. */
  readonly recordAccess: (context: GatewayContext, fields: readonly string[]) => Promise<void>;
}

/** Operations kept: one for each text and name. */
const OPERATIONS_KEPT = 1_000;
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

/** An operation that has been found valid. */
interface KnownOperation extends StepUpOperation {
  /** By grants and missing approvals. */
  readonly prepared: LRUCache<string, Promise<Prepared>>;
}

/** Creates the gateway. */
export function authorizingGateway(options: AuthorizingGatewayOptions): Gateway {
  const { sdl, ...required } = readRequirements(options.supergraphSdl);
  const graph = readGraph(sdl);
  const { schema } = graph;
  const rules = createRules(schema, required);
  const environment = { graph, plan: planInThread(sdl), ask: options.ask };
  const operations = new LRUCache<string, KnownOperation>({ max: OPERATIONS_KEPT });

  const know = ({ queryHash, operationName, document, operation }: RequestContext) => {
    const key = JSON.stringify([queryHash, operationName]);
    const known = operations.get(key);
    if (known !== undefined) return known;
    // Always this document from here on: what is prepared goes by its nodes.
    const created = {
      ...findStepUps({ schema, rules }, document, operation),
      prepared: new LRUCache<string, Promise<Prepared>>({ max: PREPARED_KEPT }),
    };
    operations.set(key, created);
    return created;
  };

  /** What is asked, for whom, and what the person has yet to approve. */
  const prepare = (
    known: KnownOperation,
    coerced: OperationRequest['coerced'] | undefined,
    { caller, approved }: GatewayContext,
  ) => {
    const lacking =
      caller === undefined || known.places.length === 0 || coerced === undefined
        ? ALL_APPROVED
        : unapprovedFields(known, coerced, { caller, approved });
    const key = JSON.stringify([rules.grantsKey(caller), lacking.key]);
    let prepared = known.prepared.get(key);
    if (prepared === undefined) {
      const input = { schema, rules, grants: caller, unapproved: lacking.transactions };
      const operation = prepareOperation(input, known.document, known.operation);
      prepared = compileOperation(environment, {
        ...operation,
        withheld: withheldFrom(input, operation),
      }).then((compiled) => ({ ...operation, compiled }));
      known.prepared.set(key, prepared);
      prepared.catch(() => known.prepared.delete(key));
    }
    return { prepared, refusal: refusalOf(caller, lacking.transactions) };
  };

  const execute = async (request: RequestContext): Promise<Result> => {
    const context = request.context as GatewayContext;
    // Apollo Server lets this through for an operation name that names none.
    if ((request.operation as unknown) === undefined)
      return { errors: [new GraphQLError('no such operation')] };
    const known = know(request);
    const variables = request.request.variables ?? {};
    const { coerced, errors: variableErrors } = getVariableValues(
      schema,
      known.operation.variableDefinitions ?? [],
      variables,
      { maxErrors: MAX_VARIABLE_ERRORS },
    );
    const { prepared, refusal } = prepare(known, coerced, context);
    const { compiled, readsPeople, fields } = await prepared;
    if (readsPeople && !saysWhy(context)) return purposeRequired();
    if (variableErrors !== undefined) return { errors: variableErrors };
    const asked = { variables, coerced, context };
    const gathered = await compiled.gather(asked);
    // Before anything else: from here on, every way out gives records away or has recorded that it did.
    await options.recordAccess(context, fields);
    const { data, errors } = compiled.shape(gathered, asked, refusal);
    return { data, ...(errors.length === 0 ? {} : { errors }) };
  };

  return {
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: schema, coreSupergraphSdl: sdl });
      return () => undefined;
    },
    load: () => Promise.resolve({ executor: execute }),
    stop: () => Promise.resolve(),
  };
}

function saysWhy({ caller }: GatewayContext): boolean {
  if (caller === undefined || caller.purpose !== undefined) return true;
  if (caller.odsCode !== undefined) return false;
  return ![...caller.scopes].some((scope) => NEEDS_PURPOSE.test(scope));
}

function purposeRequired(): Result {
  return { errors: [publicError('PURPOSE_REQUIRED', { http: { status: 400 } })] };
}
