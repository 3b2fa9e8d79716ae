/**
 * Variables of a request to a subgraph. The planner's library now and then sends a condition and does not declare what it reads, or
 * declares what nothing reads: the subgraph would refuse the whole request.
 */
import {
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql';

/** A request's text and the variables that go with it. */
export interface DeclaredRequest {
  readonly operation: string;
  readonly variables: readonly string[];
}

/**
 * Declares every variable that a request uses, and no other.
 *
 * @param definitions those of the operation that was planned, by name
 */
export function withDeclaredVariables(
  request: DeclaredRequest,
  definitions: ReadonlyMap<string, VariableDefinitionNode>,
): DeclaredRequest {
  if (definitions.size === 0) return request;
  const document = parse(request.operation, { noLocation: true });
  const declared = new Set<string>();
  const used = new Set<string>();
  visit(document, {
    VariableDefinition({ variable }) {
      declared.add(variable.name.value);
      return false;
    },
    Variable({ name }) {
      used.add(name.value);
    },
  });
  const missing = [...used].flatMap((name) => {
    const definition = declared.has(name) ? undefined : definitions.get(name);
    return definition === undefined ? [] : [definition];
  });
  const isUsed = (name: string): boolean => used.has(name);
  if (missing.length === 0 && [...declared].every(isUsed)) return request;
  const whole = visit(document, {
    OperationDefinition: (node): OperationDefinitionNode => ({
      ...node,
      kind: Kind.OPERATION_DEFINITION,
      variableDefinitions: [
        ...(node.variableDefinitions ?? []).filter(({ variable }) => isUsed(variable.name.value)),
        ...missing,
      ],
    }),
  });
  return {
    operation: stripIgnoredCharacters(print(whole)),
    variables: [
      ...request.variables.filter(isUsed),
      ...missing.map(({ variable }) => variable.name.value),
    ],
  };
}
