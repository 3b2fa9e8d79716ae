/** A subscription as what it is here: a query that is answered again after each change of one thing. */
import {
  type ArgumentNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  getOperationAST,
  Kind,
  OperationTypeNode,
  parse,
  print,
} from 'graphql';

import type { Announcement } from '../../runtime/announcements.ts';
import type { JsonObject } from '../execution/own-properties.ts';
import { LIMITS } from '../operation-limits.ts';

/** A subscription, ready to be answered. */
export interface StreamedQuery {
  /** What it waits for. */
  readonly change: Announcement;
  /** The subscription's field: `Subscription.caseUpdated`. */
  readonly coordinate: string;
  /** The query's text. */
  readonly text: string;
  readonly operationName: string | undefined;
  /** Where the answer is in the data. */
  readonly responseKey: string;
}

/** What each subscription waits for, and the query with the same arguments that answers it. */
export const STREAMED = {
  presentationUpdated: { kind: 'presentation', query: 'presentation' },
  credentialStatusChanged: { kind: 'credential', query: 'credential' },
  passportStopUpdated: { kind: 'stop', query: 'passportStop' },
  caseUpdated: { kind: 'case', query: 'matchingCase' },
} as const satisfies Readonly<
  Record<string, { readonly kind: Announcement['kind']; readonly query: string }>
>;

const LONGEST_ID = 128;

/**
 * Reads a request for a stream.
 *
 * @returns why not, when it is not one subscription to one field with one `id`
 */
export function streamedQuery(
  text: string,
  operationName: string | undefined,
  variables: JsonObject,
): StreamedQuery | 'not-graphql' | 'no-stream' {
  let document: DocumentNode;
  try {
    document = parse(text, { maxLexicalTokens: LIMITS.tokens, noLocation: true });
  } catch {
    return 'not-graphql';
  }
  const answering = answeringQuery(document, operationName);
  const id = answering && idOf(answering.id, variables);
  if (answering === undefined || id === undefined) return 'no-stream';
  const { kind, query, ...rest } = answering;
  return { ...rest, change: { kind, id }, text: print(query) };
}

/**
 * The query that answers a subscription, whatever its variables; `undefined` when it is not a subscription to one field
 * that is streamed, with one `id`.
 */
export function answeringQuery(document: DocumentNode, operationName?: string) {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return undefined;
  const [field, ...others] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || others.length > 0) return undefined;
  const name = field.name.value;
  if (!isStreamed(name) || (field.directives ?? []).length > 0) return undefined;
  const [id, ...more] = field.arguments ?? [];
  if (id?.name.value !== 'id' || more.length > 0) return undefined;
  const { kind, query } = STREAMED[name];
  const responseKey = field.alias?.value ?? name;
  const asked: FieldNode = {
    ...field,
    alias: { kind: Kind.NAME, value: responseKey },
    name: { kind: Kind.NAME, value: query },
  };
  const definitions = document.definitions.flatMap((definition): DefinitionNode[] => {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) return [definition];
    if (definition !== operation) return [];
    const selectionSet = { kind: Kind.SELECTION_SET, selections: [asked] } as const;
    return [{ ...operation, operation: OperationTypeNode.QUERY, selectionSet }];
  });
  return {
    kind,
    id,
    coordinate: `Subscription.${name}`,
    query: { kind: Kind.DOCUMENT, definitions } satisfies DocumentNode,
    operationName: operation.name?.value,
    responseKey,
  };
}

const isStreamed = (name: string): name is keyof typeof STREAMED => Object.hasOwn(STREAMED, name);

/** The thing that is waited for: a text in the document or in a variable. */
function idOf({ value }: ArgumentNode, variables: JsonObject): string | undefined {
  const id =
    value.kind === Kind.VARIABLE
      ? Object.hasOwn(variables, value.name.value) && variables[value.name.value]
      : value.kind === Kind.STRING && value.value;
  return typeof id === 'string' && id !== '' && id.length <= LONGEST_ID ? id : undefined;
}
