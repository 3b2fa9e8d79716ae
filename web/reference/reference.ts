/** What the schema says, in the parts that a developer looks up. */

/** A type as it is written, and the name in it. */
export interface TypeUse {
  /** E.g. `[Staff!]!`. */
  readonly text: string;
  readonly name: string;
  /** Whether it is one of the types of the reference, and not a scalar of GraphQL itself. */
  readonly isOurs: boolean;
}

/** An argument, or a field of an input. */
export interface InputReference {
  readonly name: string;
  readonly type: TypeUse;
  /** As it is written in the schema; `undefined` when there is none. */
  readonly usually: string | undefined;
  readonly description: string;
  readonly deprecated: string | undefined;
}

/** Who may: each alternative is a list of what it takes together. */
export type Alternatives = readonly (readonly string[])[];

/** What the directives of a field or a type say. */
export interface Rules {
  /** It takes a token, whatever its scopes are. */
  readonly signedIn: boolean;
  readonly scopes: Alternatives;
  readonly policies: Alternatives;
}

/** A field of a type, or an operation. */
export interface FieldReference extends Rules {
  readonly name: string;
  readonly type: TypeUse;
  readonly description: string;
  readonly inputs: readonly InputReference[];
  /** Why it is going away. */
  readonly deprecated: string | undefined;
  /** What one of it counts towards the cost of an operation, when that is not what its type counts. */
  readonly cost: number | undefined;
  /** How many a list is taken to have at most; `undefined` when it is no list, or its pages say. */
  readonly assumedSize: number | undefined;
  /** Names of the arguments that say how long a page is. */
  readonly pageArguments: readonly string[];
  /** The parts that answer it, e.g. `ESR`. */
  readonly sources: readonly string[];
}

/** How operations are asked. */
export type OperationKind = 'query' | 'mutation' | 'subscription';

/** A field of a root: where an operation begins. */
export interface OperationReference extends FieldReference {
  readonly kind: OperationKind;
}

/** A value of an enum. */
export interface ValueReference {
  readonly name: string;
  readonly description: string;
  readonly deprecated: string | undefined;
}

/** What kind of type it is. */
export type TypeKind = 'object' | 'interface' | 'union' | 'enum' | 'input' | 'scalar';

/** A type. */
export interface TypeReference extends Rules {
  readonly name: string;
  readonly kind: TypeKind;
  readonly description: string;
  readonly fields: readonly FieldReference[];
  readonly inputs: readonly InputReference[];
  readonly values: readonly ValueReference[];
  /** Types of a union, and types that have an interface. */
  readonly members: readonly string[];
  readonly sources: readonly string[];
}

/** Everything, in the order of names. */
export interface Reference {
  readonly operations: readonly OperationReference[];
  readonly types: readonly TypeReference[];
}

/** What is on its way out, by its coordinate, e.g. `StaffMember.posts(activeOn:)`. */
export const deprecatedIn = ({
  operations,
  types,
}: Reference): readonly { readonly coordinate: string; readonly reason: string }[] => {
  const found: { coordinate: string; reason: string }[] = [];
  const note = (coordinate: string, reason: string | undefined): void => {
    if (reason !== undefined) found.push({ coordinate, reason });
  };
  const noteField = (coordinate: string, field: FieldReference): void => {
    note(coordinate, field.deprecated);
    for (const one of field.inputs) note(`${coordinate}(${one.name}:)`, one.deprecated);
  };
  for (const operation of operations) noteField(operation.name, operation);
  for (const { name, fields, inputs, values } of types) {
    for (const field of fields) noteField(`${name}.${field.name}`, field);
    for (const one of [...inputs, ...values]) note(`${name}.${one.name}`, one.deprecated);
  }
  return found;
};
