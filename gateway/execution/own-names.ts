/**
 * Names of their own for what clients name themselves.
 *
 * Fields lead from one subgraph to another by their names: the value under `id` is the key by which the next subgraph is
 * asked. A client's alias of that name would let the client choose the entity. So an operation is planned with every
 * alias in a name space of its own, and the answer is read back from there; the same for the variable that the gateway
 * itself sends, and for a field with arguments whose namesake is required with others, or with none.
 */
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type NameNode,
  type SelectionNode,
  visit,
} from 'graphql';

/** Fields by which entities are known from one subgraph to another. */
export interface EntityFields {
  /** Every field in a `@key`, `@requires` or `@provides`. */
  readonly names: ReadonlySet<string>;
  /** Those that are required with arguments. */
  readonly withArguments: ReadonlySet<string>;
}

/** What starts every name that is the client's. No field of the graph may start with it. */
export const CLIENT_PREFIX = '_as_';
/** The variable that the gateway sends. */
const ENTITIES_VARIABLE = 'representations';
const TYPE_NAME = '__typename';

/** The name under which a field is planned, and found in the data. */
export function plannedKey(
  { name, alias, arguments: given = [] }: FieldNode,
  { names, withArguments }: EntityFields,
): string {
  if (name.value === TYPE_NAME) return TYPE_NAME;
  const key = alias?.value ?? name.value;
  const isClients =
    key !== name.value ||
    (names.has(key) && (given.length > 0 || withArguments.has(key))) ||
    key.startsWith(CLIENT_PREFIX);
  return isClients ? `${CLIENT_PREFIX}${key}` : key;
}

/** The name of a planned operation's variable in the client's operation. */
export const clientVariable = (name: string): string =>
  name.startsWith(CLIENT_PREFIX) ? name.slice(CLIENT_PREFIX.length) : name;

/** The operation as it is planned. */
export function withOwnNames(document: DocumentNode, entityFields: EntityFields): DocumentNode {
  return visit(withSomethingSelected(document), {
    Field(node) {
      const key = plannedKey(node, entityFields);
      const { alias, ...plain } = node;
      if (key === node.name.value) return alias === undefined ? undefined : plain;
      return { ...node, alias: nameNode(key) };
    },
    Variable(node) {
      const { value } = node.name;
      const isOurs = value === ENTITIES_VARIABLE || value.startsWith(CLIENT_PREFIX);
      return isOurs ? { ...node, name: nameNode(`${CLIENT_PREFIX}${value}`) } : undefined;
    },
  });
}

/**
 * Asks for the type of every object of which conditions might leave nothing: the planner asks for no object at all when all
 * that is selected of it is left out, and an object without fields is not null.
 */
function withSomethingSelected(document: DocumentNode): DocumentNode {
  const conditions: unknown[] = [];
  visit(document, {
    Directive(node) {
      conditions.push(node);
    },
  });
  if (conditions.length === 0) return document;
  return visit(document, {
    Field(node) {
      const { selectionSet } = node;
      if (selectionSet === undefined || selectionSet.selections.some(isAlwaysThere))
        return undefined;
      const selections = [...selectionSet.selections, TYPE_FIELD];
      return { ...node, selectionSet: { ...selectionSet, selections } };
    },
  });
}

const isAlwaysThere = ({ kind, directives = [] }: SelectionNode): boolean =>
  kind === Kind.FIELD && directives.length === 0;

const nameNode = (value: string): NameNode => ({ kind: Kind.NAME, value });

const TYPE_FIELD: FieldNode = { kind: Kind.FIELD, name: nameNode(TYPE_NAME) };
