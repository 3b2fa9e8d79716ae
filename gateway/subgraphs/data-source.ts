/** A subgraph as the stock gateway's executor sees it. */
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';

import { publicError } from '../../runtime/graphql-error.ts';
import type { GatewayContext } from '../context.ts';
import {
  type AskOptions,
  askSubgraph,
  parseSubgraphAnswer,
  SubgraphUnavailable,
} from './ask-subgraph.ts';

type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;
type Path = readonly (string | number)[];

/** Most errors for one subgraph that did not answer. The fields are null all the same. */
const MAX_ERRORS = 50;

/** Creates a subgraph's data source. */
export function subgraphDataSource(options: AskOptions): GraphQLDataSource {
  return {
    async process({ request, ...rest }: GraphQLDataSourceProcessOptions) {
      const { caller, people } = rest.context as GatewayContext;
      // The rules refuse everything to callers who have not signed in, so this is never reached for them.
      if (caller === undefined) return { data: null, errors: [publicError('FORBIDDEN')] } as Answer;
      const { query, variables, operationName } = request;
      const body = JSON.stringify({ query, variables, operationName });
      try {
        const message = { path: '/graphql', body } as const;
        const answer = parseSubgraphAnswer(await askSubgraph(options, caller, message, 200));
        for (const person of answer.extensions?.people ?? []) people.add(person);
        const { data, errors } = answer;
        return {
          data: data ?? null,
          ...(errors === undefined
            ? {}
            : {
                errors: errors.map((error) => ({
                  ...error,
                  extensions: { ...error.extensions, source: options.name },
                })),
              }),
        } as Answer;
      } catch (error) {
        if (!(error instanceof SubgraphUnavailable)) throw error;
        const asked = parse(query ?? '{ __typename }');
        const entities = (variables?.['representations'] as readonly unknown[] | undefined)?.length;
        return {
          data: null,
          errors: unanswered(options.name, missingPaths(asked, entities)),
        };
      }
    },
  };
}

/** One error for each field that stays empty. */
function unanswered(source: string, paths: readonly Path[]) {
  const { message, extensions } = publicError('SERVICE_UNAVAILABLE', { source, retryable: true });
  return paths.slice(0, MAX_ERRORS).map((path) => ({ message, path, extensions }));
}

/** Where the fields of a request would have been, as paths in the subgraph's own answer. */
function missingPaths(document: DocumentNode, entities: number | undefined): readonly Path[] {
  const operation = document.definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation === undefined) return [];
  if (entities === undefined) return responseKeys(operation.selectionSet).map((key) => [key]);
  const [root] = operation.selectionSet.selections;
  const keys =
    root?.kind === Kind.FIELD && root.selectionSet !== undefined
      ? responseKeys(root.selectionSet)
      : [];
  return Array.from({ length: Math.min(entities, MAX_ERRORS) }, (_, index) => index).flatMap(
    (index) => keys.map((key) => ['_entities', index, key]),
  );
}

function responseKeys(selectionSet: SelectionSetNode): readonly string[] {
  const keys = selectionSet.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.alias?.value ?? selection.name.value];
    return selection.kind === Kind.INLINE_FRAGMENT ? responseKeys(selection.selectionSet) : [];
  });
  return [...new Set(keys)].filter((key) => !key.startsWith('__'));
}
