/** What an operation may cost, checked on its text before anything looks at the schema. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** The limits. */
export const LIMITS = {
  /** Lexical tokens in a document. */
  tokens: 2_000,
  /** Fields inside one another, counted from 1 at the root. */
  depth: 10,
  /** The same for introspection, where it is on. */
  introspectionDepth: 20,
  aliases: 30,
  directives: 10,
  rootFields: 10,
  /** Selections once every fragment stands where it is spread. */
  selections: 1_000,
  operations: 5,
} as const;

/** What is wrong with an operation before the schema has been looked at. */
export type OperationFault = 'not-graphql' | 'too-large' | 'reserved-name' | 'subscription';

/** Names that a client may not use. */
export interface ReservedNames {
  /**
   * Fields that lead from one subgraph to another. Under such a name the planner expects that very field: an alias with
   * the same name would let a client choose which entity the next subgraph is asked for.
   */
  readonly responseNames: ReadonlySet<string>;
}

/** A variable that the gateway itself sends to subgraphs. */
const ENTITIES_VARIABLE = 'representations';

/** Finds the first thing wrong with an operation's text, or `undefined`. */
export function operationFault(
  source: string,
  reserved: ReservedNames,
): OperationFault | undefined {
  let document: DocumentNode;
  try {
    document = parse(source, { maxLexicalTokens: LIMITS.tokens, noLocation: true });
  } catch (error) {
    const tooLong = error instanceof GraphQLError && error.message.includes('Parsing aborted');
    return tooLong ? 'too-large' : 'not-graphql';
  }
  const names = countNames(document, reserved);
  if (names.aliases > LIMITS.aliases || names.directives > LIMITS.directives) return 'too-large';
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operations.length > LIMITS.operations) return 'too-large';
  if (operations.some(({ operation }) => operation === OperationTypeNode.SUBSCRIPTION)) {
    return 'subscription';
  }
  const measure = selectionMeter(document);
  for (const operation of operations) {
    const size = measure(operation.selectionSet);
    if (
      size.depth > LIMITS.depth ||
      size.introspectionDepth > LIMITS.introspectionDepth ||
      size.selections > LIMITS.selections ||
      size.fields > LIMITS.rootFields
    ) {
      return 'too-large';
    }
  }
  return names.reserved ? 'reserved-name' : undefined;
}

function countNames(document: DocumentNode, { responseNames }: ReservedNames) {
  let aliases = 0;
  let directives = 0;
  let reserved = false;
  visit(document, {
    Field({ alias, name }) {
      if (alias === undefined) return;
      aliases += 1;
      const moved = alias.value !== name.value;
      if (moved && (alias.value.startsWith('__') || responseNames.has(alias.value)))
        reserved = true;
    },
    Directive() {
      directives += 1;
    },
    VariableDefinition({ variable }) {
      if (variable.name.value === ENTITIES_VARIABLE) reserved = true;
    },
  });
  return { aliases, directives, reserved };
}

/** How large a selection set is with its fragments in place. */
interface Size {
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly selections: number;
  /** Fields directly in it. */
  readonly fields: number;
}

const NOTHING: Size = { depth: 0, introspectionDepth: 0, selections: 0, fields: 0 };
/** A fragment that contains itself. */
const ENDLESS: Size = {
  depth: Infinity,
  introspectionDepth: Infinity,
  selections: Infinity,
  fields: Infinity,
};

/** Measures selection sets; each fragment once. */
function selectionMeter(document: DocumentNode): (selectionSet: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((definition) => [definition.name.value, definition]),
  );
  const known = new Map<string, Size>();

  const ofFragment = (name: string): Size => {
    const kept = known.get(name);
    if (kept !== undefined) return kept;
    const fragment = fragments.get(name);
    if (fragment === undefined) return NOTHING;
    known.set(name, ENDLESS);
    const size = measure(fragment.selectionSet);
    known.set(name, size);
    return size;
  };
  const measure = ({ selections }: SelectionSetNode): Size =>
    selections.map(ofSelection).reduce(add, NOTHING);
  const ofSelection = (selection: SelectionSetNode['selections'][number]): Size => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
    if (selection.kind === Kind.INLINE_FRAGMENT) return measure(selection.selectionSet);
    const below = selection.selectionSet === undefined ? NOTHING : measure(selection.selectionSet);
    const isIntrospection =
      selection.name.value === '__schema' || selection.name.value === '__type';
    const deepest = Math.max(below.depth, below.introspectionDepth) + 1;
    return {
      depth: isIntrospection ? 0 : below.depth + 1,
      introspectionDepth: isIntrospection ? deepest : below.introspectionDepth,
      selections: below.selections + 1,
      fields: 1,
    };
  };
  return measure;
}

const add = (one: Size, other: Size): Size => ({
  depth: Math.max(one.depth, other.depth),
  introspectionDepth: Math.max(one.introspectionDepth, other.introspectionDepth),
  selections: one.selections + other.selections,
  fields: one.fields + other.fields,
});
