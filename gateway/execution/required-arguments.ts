/**
 * Fields that are required (`@requires`) with arguments.
 *
 * The planner's library asks once for a field that is required with two sets of arguments in the same request, and gives the
 * one answer to both. What is worked out from it is wrong, and nobody would notice.
 */
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Finds a field (`Type.field`) that is required with different arguments. `undefined` when there is none. */
export function requiredTwice(schema: GraphQLSchema, supergraph: DocumentNode): string | undefined {
  const known = new Map<string, string>();
  const types = new TypeInfo(schema);
  let found: string | undefined;
  for (const { type, fieldSet } of requiredSets(supergraph)) {
    const document = parse(`fragment Required on ${type} { ${fieldSet} }`, { noLocation: true });
    visit(
      document,
      visitWithTypeInfo(types, {
        Field({ name, arguments: given = [] }) {
          const coordinate = `${String(types.getParentType()?.name)}.${name.value}`;
          const text = given.map(print).sort().join();
          if ((known.get(coordinate) ?? text) !== text) found = coordinate;
          known.set(coordinate, text);
        },
      }),
    );
  }
  return found;
}

function requiredSets(supergraph: DocumentNode) {
  const found: { readonly type: string; readonly fieldSet: string }[] = [];
  for (const definition of supergraph.definitions) {
    const isType =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
    if (!isType) continue;
    for (const { directives = [] } of definition.fields ?? []) {
      for (const { name, arguments: given = [] } of directives) {
        const required = given.find((one) => one.name.value === 'requires');
        const fieldSet = required && valueFromASTUntyped(required.value);
        if (name.value !== 'join__field' || typeof fieldSet !== 'string') continue;
        found.push({ type: definition.name.value, fieldSet });
      }
    }
  }
  return found;
}
