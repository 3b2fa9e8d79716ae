/**
 * Executes a planned operation: the answer is filled in place, and is complete when nothing is waited for any more.
 *
 * Source: GraphQL specification (September 2025), section 6, as graphql-js 16 does it, with its messages. One difference,
 * which section 6.4.4 leaves open: what goes wrong beside a field that has already made their object null is not told.
 */
import {
  defaultTypeResolver,
  type ExecutionResult,
  getArgumentValues,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  isObjectType,
  locatedError,
  OperationTypeNode,
  responsePathAsArray,
} from 'graphql';

import type { FieldPlan, OperationPlan, Shape } from './operation-plan.ts';

type Path = GraphQLResolveInfo['path'];

/** An object or a list of the answer while it is filled in. */
interface Holder {
  /** What holds it; `undefined` for the answer itself. */
  readonly above: Holder | undefined;
  /** Where it is there. */
  readonly key: string | number;
  readonly shape: Shape;
  readonly path: Path | undefined;
  readonly values: Record<string | number, unknown>;
  /** It has become null, with everything below. */
  isOver: boolean;
}

/** A place in the answer, and the field that it is for. */
interface Place {
  readonly field: FieldPlan;
  readonly shape: Shape;
  readonly holder: Holder;
  readonly key: string | number;
}

/** One execution. */
interface Run {
  readonly plan: OperationPlan;
  readonly context: unknown;
  readonly variables: Record<string, unknown>;
  readonly arguments: Map<FieldPlan, Record<string, unknown>>;
  readonly errors: GraphQLError[];
  /** Values that are waited for. */
  waiting: number;
  /** Called when nothing is waited for any more. */
  whenIdle: () => void;
}

/**
 * Executes. It never rejects: whatever goes wrong is in the result's errors.
 *
 * @param variables as the operation declares them: coerced, with their defaults
 */
export function executePlan(
  plan: OperationPlan,
  rootType: GraphQLObjectType,
  context: unknown,
  variables: Record<string, unknown>,
): ExecutionResult | Promise<ExecutionResult> {
  const run: Run = {
    plan,
    context,
    variables,
    arguments: new Map(),
    errors: [],
    waiting: 0,
    whenIdle: () => undefined,
  };
  const root: Holder = {
    above: undefined,
    key: '',
    shape: { isNonNull: false, kind: 'object', type: rootType },
    path: undefined,
    values: newObject(),
    isOver: false,
  };
  const answer = (): ExecutionResult => {
    const data = root.isOver ? null : root.values;
    return run.errors.length === 0 ? { data } : { errors: run.errors, data };
  };
  const begin =
    plan.operation.operation === OperationTypeNode.MUTATION ? executeInTurn : executeTogether;
  const end = { isReached: false, tell: (): void => undefined };
  begin(run, root, () => {
    end.isReached = true;
    end.tell();
  });
  if (end.isReached) return answer();
  return new Promise((resolve) => {
    end.tell = () => {
      resolve(answer());
    };
  });
}

/** Fields of a query: all at once. */
function executeTogether(run: Run, root: Holder, done: () => void): void {
  run.whenIdle = done;
  // What is under way counts too, so that it does not end early.
  run.waiting = 1;
  executeFields(run, root, undefined, run.plan.fields);
  arrive(run);
}

/** Fields of a mutation: each when the one before is complete. */
function executeInTurn(run: Run, root: Holder, done: () => void, at = 0): void {
  const field = run.plan.fields[at];
  if (field === undefined || root.isOver) {
    done();
    return;
  }
  run.whenIdle = () => {
    executeInTurn(run, root, done, at + 1);
  };
  run.waiting = 1;
  executeField(run, root, undefined, field);
  arrive(run);
}

function arrive(run: Run): void {
  run.waiting -= 1;
  if (run.waiting === 0) run.whenIdle();
}

function executeFields(
  run: Run,
  holder: Holder,
  source: unknown,
  fields: readonly FieldPlan[],
): void {
  for (const field of fields) {
    if (holder.isOver) return;
    if (field.isTypeName) holder.values[field.name] = field.parentType.name;
    else executeField(run, holder, source, field);
  }
}

function executeField(run: Run, holder: Holder, source: unknown, field: FieldPlan): void {
  const { name: key, shape } = field;
  let resolved: unknown;
  try {
    resolved = resolve(run, holder, source, field);
    if (isPromise(resolved)) wait(run, { field, shape, holder, key }, resolved);
    else complete(run, field, shape, holder, key, resolved);
  } catch (error) {
    fail(run, { field, shape, holder, key }, error);
  }
}

function resolve(run: Run, holder: Holder, source: unknown, field: FieldPlan): unknown {
  const { definition } = field;
  if (definition.resolve !== undefined) {
    return definition.resolve(
      source,
      argumentsOf(run, field),
      run.context,
      infoOf(run, field, holder),
    );
  }
  if ((typeof source !== 'object' || source === null) && typeof source !== 'function') {
    return undefined;
  }
  const property = (source as Record<string, unknown>)[definition.name];
  return typeof property === 'function'
    ? (source as Record<string, (...given: readonly unknown[]) => unknown>)[definition.name]?.(
        argumentsOf(run, field),
        run.context,
        infoOf(run, field, holder),
      )
    : property;
}

/** The arguments of a field: the same for all objects of a request, but an object of its own for each. */
function argumentsOf(run: Run, field: FieldPlan): Record<string, unknown> {
  if (field.given !== undefined) return { ...field.given };
  let given = run.arguments.get(field);
  if (given === undefined) {
    const [node] = field.nodes;
    if (node === undefined) throw new Error('a field that nobody asked for');
    given = getArgumentValues(field.definition, node, run.variables);
    run.arguments.set(field, given);
  }
  return { ...given };
}

function infoOf(run: Run, field: FieldPlan, holder: Holder): GraphQLResolveInfo {
  const { schema, fragments, operation } = run.plan;
  const { definition, nodes, parentType } = field;
  return {
    fieldName: definition.name,
    fieldNodes: nodes,
    returnType: definition.type,
    parentType,
    path: { prev: holder.path, key: field.name, typename: parentType.name },
    schema,
    fragments,
    rootValue: undefined,
    operation,
    variableValues: run.variables,
  };
}

/** Keeps a place for what is not there yet. */
function wait(
  run: Run,
  place: Place,
  promise: PromiseLike<unknown>,
  next: (value: unknown) => void = (value) => {
    complete(run, place.field, place.shape, place.holder, place.key, value);
  },
): void {
  place.holder.values[place.key] = undefined;
  run.waiting += 1;
  promise.then(
    (value) => {
      try {
        next(value);
      } catch (error) {
        fail(run, place, error);
      }
      arrive(run);
    },
    (error: unknown) => {
      fail(run, place, error);
      arrive(run);
    },
  );
}

/**
 * Makes what a resolver gave part of the answer.
 *
 * @throws what is wrong with it
 */
function complete(
  run: Run,
  field: FieldPlan,
  shape: Shape,
  holder: Holder,
  key: string | number,
  value: unknown,
): void {
  if (value instanceof Error) throw value;
  if (value === null || value === undefined) {
    if (shape.isNonNull) {
      throw new Error(
        `Cannot return null for non-nullable field ${field.parentType.name}.${field.definition.name}.`,
      );
    }
    holder.values[key] = null;
    return;
  }
  switch (shape.kind) {
    case 'leaf':
      holder.values[key] = serialize(shape, value);
      return;
    case 'list':
      completeList(run, field, shape, holder, key, value);
      return;
    case 'object':
      completeObject(run, { field, shape, holder, key }, shape.type, value);
      return;
    case 'abstract': {
      const { type } = shape;
      const typeOf = type.resolveType ?? defaultTypeResolver;
      const name = typeOf(value, run.context, infoOf(run, field, holder), type);
      const place = { field, shape, holder, key };
      if (isPromise(name)) {
        wait(run, place, name, (known) => {
          completeObject(run, place, possibleType(run, field, shape, known), value);
        });
      } else completeObject(run, place, possibleType(run, field, shape, name), value);
    }
  }
}

function serialize({ type }: Extract<Shape, { kind: 'leaf' }>, value: unknown): unknown {
  const serialized: unknown = type.serialize(value);
  if (serialized === null || serialized === undefined) {
    throw new Error(`Expected \`${type.name}.serialize()\` to return non-nullable value`);
  }
  return serialized;
}

function completeList(
  run: Run,
  field: FieldPlan,
  shape: Extract<Shape, { kind: 'list' }>,
  above: Holder,
  key: string | number,
  value: unknown,
): void {
  if (!isIterable(value)) {
    throw new GraphQLError(
      `Expected Iterable, but did not find one for field "${field.parentType.name}.${field.definition.name}".`,
    );
  }
  // Read to its end first, so that it cannot fail when items are under way.
  const items: readonly unknown[] = Array.isArray(value) ? value : [...value];
  const values: unknown[] = [];
  above.values[key] = values;
  const holder: Holder = {
    above,
    key,
    shape,
    path: pathIn(above, field, key),
    values: values as unknown as Holder['values'],
    isOver: false,
  };
  const { item: itemShape } = shape;
  for (let at = 0; at < items.length; at += 1) {
    if (holder.isOver) return;
    const item = items[at];
    try {
      if (isPromise(item)) wait(run, { field, shape: itemShape, holder, key: at }, item);
      else complete(run, field, itemShape, holder, at, item);
    } catch (error) {
      fail(run, { field, shape: itemShape, holder, key: at }, error);
    }
  }
}

function completeObject(run: Run, place: Place, type: GraphQLObjectType, value: unknown): void {
  const { field, shape, holder: above, key } = place;
  const fill = (): void => {
    const values = newObject();
    above.values[key] = values;
    const path = pathIn(above, field, key);
    const holder: Holder = { above, key, shape, path, values, isOver: false };
    executeFields(run, holder, value, field.fieldsOf(type));
  };
  if (type.isTypeOf == null) {
    fill();
    return;
  }
  const check = (isOfType: unknown): void => {
    if (!isOfType) {
      throw new GraphQLError(`Expected another value than one of type "${type.name}".`, {
        nodes: field.nodes,
      });
    }
    fill();
  };
  const isOfType = type.isTypeOf(value, run.context, infoOf(run, field, above));
  if (isPromise(isOfType)) wait(run, place, isOfType, check);
  else check(isOfType);
}

/** The object type that a value of an interface or union says it has. */
function possibleType(
  { plan: { schema } }: Run,
  { nodes }: FieldPlan,
  { type }: Extract<Shape, { kind: 'abstract' }>,
  name: unknown,
): GraphQLObjectType {
  const found = typeof name === 'string' ? schema.getType(name) : undefined;
  if (!isObjectType(found) || !schema.isSubType(type, found)) {
    throw new GraphQLError(`A value of "${type.name}" does not say which type it has.`, { nodes });
  }
  return found;
}

/** Notes an error, and makes null what cannot be there without the field. */
function fail(run: Run, { field, shape, holder, key }: Place, error: unknown): void {
  for (let above: Holder | undefined = holder; above !== undefined; above = above.above) {
    if (above.isOver) return;
  }
  const path = responsePathAsArray(pathIn(holder, field, key));
  run.errors.push(locatedError(error, field.nodes, path));
  makeNull(shape, holder, key);
}

function makeNull(shape: Shape, holder: Holder, key: string | number): void {
  if (!shape.isNonNull) {
    holder.values[key] = null;
    return;
  }
  holder.isOver = true;
  if (holder.above !== undefined) makeNull(holder.shape, holder.above, holder.key);
}

const pathIn = (holder: Holder, { parentType }: FieldPlan, key: string | number): Path => ({
  prev: holder.path,
  key,
  typename: typeof key === 'number' ? undefined : parentType.name,
});

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { readonly then?: unknown }).then === 'function';

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

/** Nothing is inherited, so that every name means only what is written under it. */
const NOTHING = Object.create(null) as object;
// Objects that are made with `Object.create(null)` themselves are several times slower to fill.
function Values(this: object): void {
  // Filled in later.
}
Values.prototype = NOTHING;
const newObject = (): Holder['values'] => new (Values as unknown as new () => Holder['values'])();
