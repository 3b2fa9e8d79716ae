/** The stock gateway with rules in front: nothing about a denied field is planned, or reaches a subgraph. */
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { ApolloServerOptions } from '@apollo/server';
import { GraphQLError, type GraphQLSchema, getVariableValues } from 'graphql';

import { publicError } from '../../runtime/graphql-error.ts';
import type { Logger } from '../../runtime/log.ts';
import type { GatewayContext } from '../context.ts';
import { lruCache } from '../lru-cache.ts';
import { completeDenied } from './complete-denied.ts';
import { type PreparedOperation, prepareOperation } from './prepare-operation.ts';
import { readRequirements } from './requirements.ts';
import { createRules, type Rules } from './rules.ts';
import { ALL_APPROVED, findStepUps, type StepUpOperation, unapprovedFields } from './step-up.ts';

/** What Apollo Server takes as its gateway. */
type Gateway = NonNullable<ApolloServerOptions<GatewayContext>['gateway']>;
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;
type RequestContext = Parameters<Executor>[0];
type Result = Awaited<ReturnType<Executor>>;

/** What makes an authorizing gateway. */
export interface AuthorizingGatewayOptions {
  readonly supergraphSdl: string;
  readonly dataSource: (subgraph: string) => GraphQLDataSource;
  /** Called with what was read of other people, before the answer goes out. When it rejects, there is no answer. */
  readonly recordAccess: (context: GatewayContext, fields: readonly string[]) => Promise<void>;
  readonly log: Logger;
}

/** Prepared operations kept: one for each operation, set of grants and set of missing approvals. */
const PREPARED_KEPT = 1_000;
/** Scopes of those who read other people's records, and therefore say why. */
const NEEDS_PURPOSE = /^(?:hr|passport):/;

/** Creates the gateway. */
export function authorizingGateway(options: AuthorizingGatewayOptions): Gateway {
  const { sdl, requirements } = readRequirements(options.supergraphSdl);
  // The library reports its own use to its maker unless this variable is set before it is created.
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
  const stock = new ApolloGateway({
    supergraphSdl: sdl,
    buildService: ({ name }) => options.dataSource(name),
    logger: quiet(options.log),
    debug: false,
    __exposeQueryPlanExperimental: false,
  });
  const prepared = lruCache<PreparedOperation>(PREPARED_KEPT);
  const stepUps = lruCache<StepUpOperation>(PREPARED_KEPT);
  const rulesOf = new WeakMap<GraphQLSchema, Rules>();

  /** What is asked, for whom, and what the person has yet to approve. */
  const prepare = (request: RequestContext, { caller, approved }: GatewayContext) => {
    const { schema } = request;
    let rules = rulesOf.get(schema);
    if (rules === undefined) rulesOf.set(schema, (rules = createRules(schema, requirements)));
    const text = [request.queryHash, request.operationName];
    // Always this document from here on: the caches go by its nodes.
    const asked = stepUps.getOrAdd(JSON.stringify(text), () =>
      findStepUps({ schema, rules }, request.document, request.operation),
    );
    const variables = getVariableValues(
      schema,
      asked.operation.variableDefinitions ?? [],
      request.request.variables ?? {},
      { maxErrors: 5 },
    );
    const lacking =
      caller?.kind === 'machine' || asked.places.length === 0 || variables.errors !== undefined
        ? ALL_APPROVED
        : unapprovedFields(asked, variables.coerced, approved);
    const input = { schema, rules, grants: caller, unapproved: lacking.transactions };
    const key = JSON.stringify([...text, rules.grantsKey(caller), lacking.key]);
    const operation = prepared.getOrAdd(key, () =>
      prepareOperation(input, asked.document, asked.operation),
    );
    return { input, operation, variables };
  };

  const execute = async (run: Executor, request: RequestContext): Promise<Result> => {
    const context = request.context as GatewayContext;
    // Apollo Server lets this through for an operation name that names none.
    if ((request.operation as unknown) === undefined)
      return { errors: [new GraphQLError('no such operation')] };
    const { input, operation, variables } = prepare(request, context);
    if (operation.readsPeople && !saysWhy(context)) return purposeRequired();
    if (variables.errors !== undefined) return { errors: variables.errors };
    const result: Result =
      operation.document === undefined
        ? { data: {} }
        : await run({ ...request, document: operation.document, queryHash: operation.hash });
    // Before anything else: from here on, every way out gives records away or has recorded that it did.
    await options.recordAccess(context, operation.fields);
    const { data, errors = [] } = result;
    if (!operation.guarded || data === undefined) return withoutExtensions(data, errors);
    const completed = completeDenied(
      { ...input, filtered: operation, variables: variables.coerced },
      data ?? {},
    );
    // What a source that failed has nulled stays null.
    return withoutExtensions(data === null ? null : completed.data, [
      ...errors,
      ...completed.errors,
    ]);
  };

  return {
    onSchemaLoadOrUpdate: (callback) => stock.onSchemaLoadOrUpdate(callback),
    async load(loading) {
      const { executor } = await stock.load({ apollo: loading.apollo });
      return { executor: (request) => execute(executor, request) };
    },
    stop: () => stock.stop(),
  };
}

/** The answer without the library's notes on what it nulled and why, which name types. */
function withoutExtensions(data: Result['data'], errors: NonNullable<Result['errors']>): Result {
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors.length === 0 ? {} : { errors }),
  };
}

function saysWhy({ caller }: GatewayContext): boolean {
  if (caller?.purpose !== undefined) return true;
  return ![...(caller?.scopes ?? [])].some((scope) => NEEDS_PURPOSE.test(scope));
}

function purposeRequired(): Result {
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
