/** Every claim of a kind of credential with its path, as wallets and type metadata name it. */
import type { CredentialTypeDefinition } from './credential-type.ts';

/** One claim, or the same member of every element of a list. */
export interface DescribedClaim {
  /** Member names; `null` stands for every element of a list. */
  readonly path: readonly (string | null)[];
  readonly label: string;
  /** Whether the holder may keep back what the path leads to, on its own. */
  readonly disclosure: 'always' | 'selective';
  /** Whether it is always there, in what holds it. */
  readonly mandatory: boolean;
}

/** The claims in the order of the definition, each list followed by what is in it. */
export const describedClaims = ({
  claims,
}: Pick<CredentialTypeDefinition, 'claims'>): readonly DescribedClaim[] =>
  Object.entries(claims).flatMap(([name, { label, schema, disclosed, elements }]) => [
    {
      path: [name],
      label,
      disclosure: disclosed === 'always' ? 'always' : 'selective',
      mandatory: !isOptional(schema),
    },
    ...(elements === undefined
      ? []
      : [
          {
            path: [name, null],
            label: elements.label,
            disclosure: 'selective' as const,
            mandatory: !isOptional(schema),
          },
          ...Object.entries(elements.members).map(([member, inside]) => ({
            path: [name, null, member],
            label: inside.label,
            disclosure: 'always' as const,
            mandatory: !isOptional(inside.schema),
          })),
        ]),
  ]);

const isOptional = (schema: { safeParse: (value: undefined) => { success: boolean } }): boolean =>
  schema.safeParse(undefined).success;
