/** Fields by which entities are known from one subgraph to another. */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  parse,
  valueFromASTUntyped,
  visit,
} from 'graphql';

import type { EntityFields } from './own-names.ts';

/** Arguments of `@join__type` and `@join__field` that are sets of fields. */
const FIELD_SETS = new Set(['key', 'requires', 'provides']);

/** Finds every field in a `@key`, `@requires` or `@provides` of a supergraph. */
export function entityFieldsOf(supergraph: DocumentNode): EntityFields {
  const names = new Set<string>();
  const withArguments = new Set<string>();
  const note = ({ name, arguments: given = [] }: DirectiveNode): void => {
    if (!name.value.startsWith('join__')) return;
    for (const argument of given.filter((one) => FIELD_SETS.has(one.name.value))) {
      const fieldSet = valueFromASTUntyped(argument.value);
      if (typeof fieldSet !== 'string') continue;
      visit(parse(`{ ${fieldSet} }`), {
        Field: (field: FieldNode) => {
          names.add(field.name.value);
          if ((field.arguments ?? []).length > 0) withArguments.add(field.name.value);
        },
      });
    }
  };
  visit(supergraph, { Directive: note });
  return { names, withArguments };
}
