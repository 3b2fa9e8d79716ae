/** One request to a subgraph, as a plan has it, made into a function: its text is written once. */
import type { FetchNode } from '@apollo/query-planner';
import {
  type GraphQLSchema,
  isInterfaceType,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql';

import { publicError } from '../../runtime/graphql-error.ts';
import { readsReference } from '../reference-cache/reference-fields.ts';
import { SubgraphUnavailable } from '../subgraphs/ask-subgraph.ts';
import { withDeclaredVariables } from './declared-variables.ts';
import type { EntityKeys } from './entity-keys.ts';
import { type ExecutionState, noteError } from './execution-state.ts';
import { mergeAnswer } from './merge-answer.ts';
import { clientVariable } from './own-names.ts';
import { isJsonObject, type JsonObject, readOwn, setOwn } from './own-properties.ts';
import type { AskSubgraph, SubgraphAnswer } from './ports.ts';
import { objectsAt, type Path, pathsAt, type PlanPath } from './positions.ts';
import { type Representations, representationsOf } from './representations.ts';
import { areMet } from './response-shape.ts';
import { applyRewrites, renamedKeys } from './rewrites.ts';

/** What plans are compiled against. */
export interface PlanEnvironment {
  /** With the types and fields that clients do not see. */
  readonly supergraph: GraphQLSchema;
  readonly entityKeys: EntityKeys;
  readonly ask: AskSubgraph;
  /** Variables of the operation as it was planned, by name. */
  readonly definitions: ReadonlyMap<string, VariableDefinitionNode>;
}

/** A compiled part of a plan. A subgraph that fails leaves an error in the state; anything else rejects. */
export type RunStep = (state: ExecutionState) => Promise<void>;

/** Where the objects of an entity request are, and how they were represented. */
interface Placement {
  readonly objects: readonly JsonObject[];
  /** For each object the index in the subgraph's list; -1 for none. */
  readonly indexes: readonly number[];
}

/** Compiles a request about the objects at `path`. */
export function compileFetch(
  { supergraph, entityKeys, ask, definitions }: PlanEnvironment,
  fetch: FetchNode,
  path: PlanPath,
): RunStep {
  const { serviceName: subgraph, outputRewrites = [] } = fetch;
  const mutation = fetch.operationKind === OperationTypeNode.MUTATION;
  const reference = !mutation && readsReference(supergraph, fetch.operation);
  const declared = withDeclaredVariables(
    { operation: fetch.operation, variables: fetch.variableUsages ?? [] },
    definitions,
  );
  const start = requestStart(declared.operation, fetch.operationName);
  const variablesOf = variablesText(declared.variables);
  const represent =
    fetch.requires === undefined
      ? undefined
      : representationsOf(
          { schema: supergraph, keysOf: (type) => entityKeys(subgraph, type) },
          fetch.requires,
          fetch.inputRewrites,
        );
  const represented = objectTypeOf(supergraph, fetch);
  const renamed = renamedKeys(outputRewrites);
  const answeredKeys = keysAnswered(fetch);
  const isConditional = represent === undefined && fetch.operation.includes('@');

  const request = (state: ExecutionState, given: Representations | undefined): string => {
    const variables = variablesOf(state.variables);
    if (given === undefined) return `${start}${variables}}}`;
    const separator = variables === '' ? '' : ',';
    return `${start}${variables}${separator}"representations":[${given.texts.join(',')}]}}`;
  };

  /** Where an error of the subgraph's answer is in the data: everywhere the same entity is. */
  const placesOf = (error: Path, placement: Placement, at: () => readonly Path[]): Path[] => {
    const named = error.map((step) =>
      typeof step === 'string' ? (renamed.get(step) ?? step) : step,
    );
    if (represent === undefined) return at().map((place) => [...place, ...named]);
    const [root, index, ...rest] = named;
    if (root !== ENTITIES || typeof index !== 'number') return [...at()];
    return at()
      .filter((_, object) => placement.indexes[object] === index)
      .map((place) => [...place, ...rest]);
  };

  const noteErrors = (
    state: ExecutionState,
    placement: Placement,
    errors: NonNullable<SubgraphAnswer['errors']>,
  ): void => {
    let known: readonly Path[] | undefined;
    const at = () => (known ??= pathsAt(state.data, path));
    for (const { message, path: error, extensions } of errors) {
      const shown = { message, extensions: { ...extensions, source: subgraph } };
      const places = error === undefined ? [] : placesOf(error, placement, at);
      if (places.length === 0) noteError(state, shown);
      for (const place of places) noteError(state, { ...shown, path: place });
    }
  };

  const noteUnavailable = (state: ExecutionState, placement: Placement): void => {
    const { message, extensions } = publicError('SERVICE_UNAVAILABLE', {
      source: subgraph,
      retryable: true,
    });
    const keys = answeredKeys(state.coerced);
    const places = pathsAt(state.data, path).filter(
      (_, object) => placement.indexes[object] !== -1,
    );
    for (const place of places.slice(0, MAX_UNANSWERED)) {
      if (keys.length === 0) noteError(state, { message, path: place, extensions });
      for (const key of keys) {
        noteError(state, { message, path: [...place, renamed.get(key) ?? key], extensions });
      }
    }
  };

  /** The subgraph does not know the entity, which is no failure: what it was asked for is null, and another's error does not explain it. */
  const noteUnknown = (state: ExecutionState, object: JsonObject): void => {
    for (const key of answeredKeys(state.coerced)) {
      const named = renamed.get(key) ?? key;
      if (readOwn(object, named) === undefined) setOwn(object, named, null);
    }
  };

  /** Whether a type's name says less than what is known already. */
  const isLess = (type: unknown): boolean =>
    typeof type !== 'string' || (type !== represented && isInterfaceType(supergraph.getType(type)));

  const mergeEntities = (
    state: ExecutionState,
    placement: Placement,
    entities: readonly unknown[],
    errors: SubgraphAnswer['errors'],
  ): void => {
    if (outputRewrites.length > 0) applyRewrites(supergraph, outputRewrites, entities);
    const { objects, indexes } = placement;
    // By number: there is nothing in an answer that is done more often than this.
    for (let at = 0; at < objects.length; at += 1) {
      const object = objects[at];
      const index = indexes[at] ?? -1;
      const entity = entities[index];
      if (object === undefined) continue;
      if (!isJsonObject(entity)) {
        if (index === -1) continue;
        state.unanswered.add(object);
        if (!hasFailed(errors, index)) noteUnknown(state, object);
        continue;
      }
      // A subgraph that knows an interface only as an object does not say which type it is that is known already.
      const type = entity['__typename'];
      if (isLess(type)) setOwn(entity, '__typename', readOwn(object, '__typename') ?? type);
      mergeAnswer(object, entity);
    }
  };

  return async (state) => {
    const objects = objectsAt(state.data, path);
    if (objects.length === 0) return;
    const given = represent?.(objects, state.unanswered);
    if (given?.texts.length === 0) return;
    // What is left is the type of the root, which is known.
    if (isConditional && answeredKeys(state.coerced).length === 0) return;
    const placement: Placement = { objects, indexes: given?.indexes ?? [] };
    if (mutation && state.stopped) {
      noteUnavailable(state, placement);
      return;
    }
    try {
      const body = request(state, given);
      const answer = await ask(subgraph, { body, mutation, reference }, state.context);
      const { data, errors } = answer;
      const entities = given === undefined ? undefined : data?.[ENTITIES];
      if (given !== undefined && data !== null && !isListOf(entities, given.texts.length)) {
        throw new SubgraphUnavailable('a subgraph answered about other entities');
      }
      if (errors !== undefined) noteErrors(state, placement, errors);
      if (data === null) {
        leave(state, placement);
        state.stopped ||= mutation;
        return;
      }
      if (entities !== undefined) {
        mergeEntities(state, placement, entities as readonly unknown[], errors);
        return;
      }
      if (outputRewrites.length > 0) applyRewrites(supergraph, outputRewrites, data);
      for (const object of objects) mergeAnswer(object, data);
    } catch (error) {
      if (!(error instanceof SubgraphUnavailable)) throw error;
      leave(state, placement);
      state.stopped ||= mutation;
      noteUnavailable(state, placement);
    }
  };
}

/** The type of object that a request is about, when there is only one. */
function objectTypeOf(supergraph: GraphQLSchema, { requires = [] }: FetchNode): string | undefined {
  const [only, ...others] = requires;
  const name = only?.kind === 'InlineFragment' ? only.typeCondition : undefined;
  if (name === undefined || others.length > 0) return undefined;
  return isInterfaceType(supergraph.getType(name)) ? undefined : name;
}

/** Remembers about which objects there is no answer. */
function leave({ unanswered }: ExecutionState, { objects, indexes }: Placement): void {
  for (const [at, object] of objects.entries()) if (indexes[at] !== -1) unanswered.add(object);
}

/** Whether any error may be about the entity with that number. */
const hasFailed = (errors: SubgraphAnswer['errors'], entity: number): boolean =>
  errors?.some(({ path }) => typeof path?.[1] !== 'number' || path[1] === entity) ?? false;

const ENTITIES = '_entities';
/** Most objects whose missing fields are named when a subgraph does not answer. */
const MAX_UNANSWERED = 50;

const isListOf = (value: unknown, length: number): boolean =>
  Array.isArray(value) && value.length === length;

/** A request's text up to its first variable. */
function requestStart(operation: string, operationName: string | undefined): string {
  const name =
    operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  return `{"query":${JSON.stringify(operation)}${name},"variables":{`;
}

/** Compiles the variables that a request uses into the text of an object's inside. */
function variablesText(names: readonly string[]): (given: JsonObject) => string {
  const used = names.map((name) => ({
    name: clientVariable(name),
    key: `${JSON.stringify(name)}:`,
  }));
  return (given) => {
    let text = '';
    for (const { name, key } of used) {
      const value = readOwn(given, name);
      if (value === undefined) continue;
      text += `${text === '' ? '' : ','}${key}${JSON.stringify(value)}`;
    }
    return text;
  };
}

/** Finds the fields that a request answers with, on the root or on every entity, as its conditions turn out. */
function keysAnswered({ operation, requires, variableUsages = [] }: FetchNode) {
  let selected: Selected | undefined;
  return (coerced: ExecutionState['coerced']): readonly string[] => {
    selected ??= readSelected(operation);
    const { root, fragments } = selected;
    const conditions = Object.fromEntries(
      variableUsages.map((name) => [name, coerced[clientVariable(name)]]),
    );
    const keys = new Set<string>();
    const collect = (selectionSet: SelectionSetNode | undefined): void => {
      for (const selection of selectionSet?.selections ?? []) {
        if (!areMet(selection.directives ?? [], conditions)) continue;
        if (selection.kind === Kind.FIELD) keys.add(selection.alias?.value ?? selection.name.value);
        else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
        else collect(fragments.get(selection.name.value));
      }
    };
    const [entities] = root?.selections ?? [];
    if (requires === undefined) collect(root);
    else if (entities?.kind === Kind.FIELD) collect(entities.selectionSet);
    return [...keys].filter((key) => !key.startsWith('__'));
  };
}

/** What a request selects. */
interface Selected {
  readonly root: SelectionSetNode | undefined;
  readonly fragments: ReadonlyMap<string, SelectionSetNode>;
}

function readSelected(operation: string): Selected {
  const fragments = new Map<string, SelectionSetNode>();
  let root: SelectionSetNode | undefined;
  for (const definition of parse(operation, { noLocation: true }).definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) root = definition.selectionSet;
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition.selectionSet);
    }
  }
  return { root, fragments };
}
