/** What of an operation's answer is withheld from a caller, and in which words. */
import { GraphQLError, isInterfaceType } from 'graphql';

import { publicError } from '../../runtime/graphql-error.ts';
import { approvalNeeded } from '../../standards/transaction.ts';
import type { CompletionContext } from '../execution/complete-response.ts';
import type { Withheld } from '../execution/response-shape.ts';
import type { FilteredOperation, FilterInput } from './filter-operation.ts';
import type { Grants } from './rules.ts';
import type { Unapproved } from './step-up.ts';

/** Names what is withheld. `undefined` when nothing is. */
export function withheldFrom(
  { schema, rules, grants }: FilterInput,
  { guarded, denied }: Pick<FilteredOperation, 'guarded' | 'denied'>,
): Withheld | undefined {
  if (!guarded) return undefined;
  return {
    field(type, nodes) {
      const [first] = nodes;
      const field = first && type.getFields()[first.name.value];
      if (field === undefined || !rules.allowsField(type, field, grants)) {
        return { node: undefined };
      }
      const node = nodes.find((one) => denied.has(one));
      return node === undefined ? undefined : { node };
    },
    type: (type) =>
      (isInterfaceType(type) ? schema.getPossibleTypes(type) : [type]).some(
        (possible) => !rules.allowsType(possible, grants),
      ),
  };
}

/** Words the errors. */
export const refusalOf =
  (grants: Grants, unapproved: Unapproved['transactions']): CompletionContext['refusal'] =>
  (path, node) => {
    const lacking = node === undefined ? undefined : unapproved.get(node);
    const { message, extensions } =
      grants === undefined
        ? publicError('UNAUTHENTICATED')
        : lacking === undefined
          ? publicError('FORBIDDEN')
          : publicError('INSUFFICIENT_USER_AUTHENTICATION', { ...approvalNeeded(lacking) });
    return new GraphQLError(message, { path, extensions });
  };
