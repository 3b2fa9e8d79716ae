/** What an operation may cost, checked on its text before anything looks at the schema. */
import { type DocumentNode, GraphQLError, Kind, OperationTypeNode, parse, visit } from 'graphql';

import { countOverlaps, selectionMeter } from './selection-size.ts';

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
  /** Fragments, named or not, each as often as it is spread. */
  fragments: 300,
  /** Fragments that a document defines. */
  fragmentDefinitions: 50,
  /** Pairs of fields that answer under the same name at the same place. */
  overlaps: 2_000,
  operations: 5,
  /** Lists and objects inside one another in the variables. */
  variableDepth: 20,
} as const;

/** What is wrong with an operation before the schema has been looked at. */
export type OperationFault = 'not-graphql' | 'too-large' | 'subscription';

/** Finds the first thing wrong with an operation's text, or `undefined`. */
export function operationFault(source: string): OperationFault | undefined {
  let document: DocumentNode;
  try {
    document = parse(source, { maxLexicalTokens: LIMITS.tokens, noLocation: true });
  } catch (error) {
    // Whether it runs out of tokens or of stack first depends on where it is read.
    const tooLong = !(error instanceof GraphQLError) || error.message.includes('Parsing aborted');
    return tooLong ? 'too-large' : 'not-graphql';
  }
  const names = countNames(document);
  if (names.aliases > LIMITS.aliases || names.directives > LIMITS.directives) return 'too-large';
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operations.length > LIMITS.operations) return 'too-large';
  if (operations.some(({ operation }) => operation === OperationTypeNode.SUBSCRIPTION)) {
    return 'subscription';
  }
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  if (fragments.length > LIMITS.fragmentDefinitions) return 'too-large';
  const measure = selectionMeter(document);
  for (const operation of operations) {
    const size = measure(operation.selectionSet);
    if (
      size.depth > LIMITS.depth ||
      size.introspectionDepth > LIMITS.introspectionDepth ||
      size.selections > LIMITS.selections ||
      size.fragments > LIMITS.fragments ||
      size.fields > LIMITS.rootFields ||
      countOverlaps(document, operation.selectionSet) > LIMITS.overlaps
    ) {
      return 'too-large';
    }
  }
  return undefined;
}

function countNames(document: DocumentNode) {
  let aliases = 0;
  let directives = 0;
  visit(document, {
    Field({ alias }) {
      if (alias !== undefined) aliases += 1;
    },
    Directive() {
      directives += 1;
    },
  });
  return { aliases, directives };
}

/** Whether variables nest deeper than any input of the graph does. What follows them down would run out of stack. */
export const variablesTooDeep = (variables: unknown): boolean => isDeeper(variables, 0);

const isDeeper = (value: unknown, depth: number): boolean => {
  if (depth > LIMITS.variableDepth) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((below) => isDeeper(below, depth + 1));
};
