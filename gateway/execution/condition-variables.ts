/** Variables that decide what is selected (`@skip`, `@include`). */
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, visit } from 'graphql';

/** Finds them, by name. */
export function conditionVariables({
  operation,
  fragments,
}: {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}): readonly string[] {
  const names = new Set<string>();
  for (const definition of [operation, ...fragments.values()]) {
    visit(definition, {
      Directive({ name, arguments: given = [] }) {
        const value = given[0]?.value;
        const isCondition = name.value === 'skip' || name.value === 'include';
        if (isCondition && value?.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names];
}
