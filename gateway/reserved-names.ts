/** Fields by which entities are known from one subgraph to another. */
import { type DirectiveNode, Kind, parse, valueFromASTUntyped, visit } from 'graphql';

/** Arguments of `@join__type` and `@join__field` that are sets of fields. */
const FIELD_SETS = new Set(['key', 'requires']);

/** Names of every field in a `@key` or `@requires` of the supergraph. */
export function entityFieldNames(supergraphSdl: string): ReadonlySet<string> {
  const names = new Set<string>();
  const note = ({ name, arguments: given = [] }: DirectiveNode): void => {
    if (!name.value.startsWith('join__')) return;
    for (const argument of given.filter((one) => FIELD_SETS.has(one.name.value))) {
      const fieldSet = valueFromASTUntyped(argument.value);
      if (typeof fieldSet !== 'string') continue;
      visit(parse(`{ ${fieldSet} }`), {
        [Kind.FIELD]: (field: { readonly name: { readonly value: string } }) => {
          names.add(field.name.value);
        },
      });
    }
  };
  visit(parse(supergraphSdl), { Directive: note });
  return names;
}
