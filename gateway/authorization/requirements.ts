/**
 * What a caller must have to read a field: `@authenticated`, `@requiresScopes` and `@policy`, read out of the composed
 * supergraph. The stock gateway refuses a supergraph that links these specifications, so it gets one without them.
 *
 * Source: the Apollo specifications `authenticated` v0.1, `requiresScopes` v0.1 and `policy` v0.1.
 */
import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  Kind,
  parse,
  print,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { z } from 'zod';

/** One rule. Only somebody who has signed in can meet it; both parts have to hold. */
export interface Requirement {
  /** One inner list has to be held whole. Empty: none is asked for. */
  readonly scopes: readonly (readonly string[])[];
  /** One inner list has to be granted whole. Empty: none is asked for. */
  readonly policies: readonly (readonly string[])[];
}

/** Rules by coordinate: `Type` or `Type.field`. A coordinate can carry several; all have to hold. */
export type Requirements = ReadonlyMap<string, readonly Requirement[]>;

/** A supergraph taken apart. */
export interface ReadSupergraph {
  /** The supergraph without the security specifications. */
  readonly sdl: string;
  readonly requirements: Requirements;
  /** What a field is worked out from in another subgraph (`@requires`), as field sets by coordinate. */
  readonly workedOutFrom: ReadonlyMap<string, readonly string[]>;
}

type Specification = 'authenticated' | 'requiresScopes' | 'policy';

const SPECIFICATION =
  /^https:\/\/specs\.apollo\.dev\/(?<name>authenticated|requiresScopes|policy)\/v\d/;

/** Reads the rules and takes them, and everything that belongs to them, out of the supergraph. */
export function readRequirements(supergraphSdl: string): ReadSupergraph {
  const document = parse(supergraphSdl);
  const specifications = linkedSpecifications(document);
  const requirements = new Map<string, Requirement[]>();
  const workedOutFrom = new Map<string, string[]>();

  const noteRequires = (
    coordinate: string,
    directives: readonly ConstDirectiveNode[] = [],
  ): void => {
    const sets = directives.flatMap((directive) => {
      const set =
        directive.name.value === 'join__field' ? argument(directive, 'requires') : undefined;
      return typeof set === 'string' ? [set] : [];
    });
    if (sets.length > 0) workedOutFrom.set(coordinate, sets);
  };
  const note = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): void => {
    for (const directive of directives) {
      const specification = specifications.get(directive.name.value);
      if (specification === undefined) continue;
      const rules = requirements.get(coordinate) ?? [];
      requirements.set(coordinate, [...rules, requirementOf(specification, directive)]);
    }
  };
  for (const definition of document.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        note(definition.name.value, definition.directives);
        for (const field of definition.fields ?? []) {
          note(`${definition.name.value}.${field.name.value}`, field.directives);
          noteRequires(`${definition.name.value}.${field.name.value}`, field.directives);
        }
        break;
      case Kind.UNION_TYPE_DEFINITION:
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_DEFINITION:
        note(definition.name.value, definition.directives);
        break;
      default:
    }
  }
  const sdl = print(withoutSpecifications(document, specifications));
  return { sdl, requirements, workedOutFrom };
}

/** Names that these specifications' directives have in this document. `@link(as:)` and `import:` can rename them. */
function linkedSpecifications(document: DocumentNode): ReadonlyMap<string, Specification> {
  const names = new Map<string, Specification>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) {
      continue;
    }
    for (const link of definition.directives ?? []) {
      const specification = specificationOf(link);
      if (specification === undefined) continue;
      const as = argument(link, 'as');
      names.set(typeof as === 'string' ? as : specification, specification);
      for (const imported of importedNames.parse(argument(link, 'import') ?? [])) {
        if (typeof imported === 'string') names.set(imported.replace('@', ''), specification);
        else if (imported.name === `@${specification}`) {
          names.set((imported.as ?? imported.name).replace('@', ''), specification);
        }
      }
    }
  }
  return names;
}

const importedNames = z.array(
  z.union([z.string(), z.object({ name: z.string(), as: z.string().optional() })]),
);

function specificationOf(link: ConstDirectiveNode): Specification | undefined {
  const url = argument(link, 'url');
  if (link.name.value !== 'link' || typeof url !== 'string') return undefined;
  return SPECIFICATION.exec(url)?.groups?.['name'] as Specification | undefined;
}

const nameLists = z.array(z.array(z.string()).min(1)).min(1);

function requirementOf(specification: Specification, directive: ConstDirectiveNode): Requirement {
  const none = { scopes: [], policies: [] };
  switch (specification) {
    case 'authenticated':
      return none;
    case 'requiresScopes':
      return { ...none, scopes: nameLists.parse(argument(directive, 'scopes')) };
    case 'policy':
      return { ...none, policies: nameLists.parse(argument(directive, 'policies')) };
  }
}

/** The supergraph without the specifications' links, directives, definitions and helper scalars. */
function withoutSpecifications(
  document: DocumentNode,
  names: ReadonlyMap<string, Specification>,
): DocumentNode {
  const isHelper = (name: string): boolean =>
    [...names.keys()].some((prefix) => name.startsWith(`${prefix}__`));
  return visit(document, {
    Directive: (node) =>
      names.has(node.name.value) ||
      specificationOf(node as ConstDirectiveNode) !== undefined ||
      (node.name.value === 'join__directive' &&
        names.has(String(argument(node as ConstDirectiveNode, 'name'))))
        ? null
        : undefined,
    DirectiveDefinition: (node) => (names.has(node.name.value) ? null : undefined),
    ScalarTypeDefinition: (node) => (isHelper(node.name.value) ? null : undefined),
  });
}

function argument(directive: ConstDirectiveNode, name: string): unknown {
  const value: ConstValueNode | undefined = directive.arguments?.find(
    (given) => given.name.value === name,
  )?.value;
  return value === undefined ? undefined : valueFromASTUntyped(value);
}
