/**
 * What fields cost and how long lists get: `@cost` and `@listSize`, read out of the composed supergraph.
 *
 * Source: the Apollo specification `cost` v0.1, which follows the IBM GraphQL Cost Directive specification.
 */
import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import { z } from 'zod';

/** How long a list gets. */
export interface ListSize {
  /** The length to count with when no slicing argument is given. */
  readonly assumedSize?: number | undefined;
  /** Arguments that say how long the list may get. */
  readonly slicingArguments: readonly string[];
  /** Fields of the value that are the lists, when the field itself is not: `edges` of a connection. */
  readonly sizedFields: readonly string[];
}

/** The rules of a graph. Coordinates are `Type`, `Type.field` and `Type.field(argument:)`. */
export interface CostRules {
  readonly weights: ReadonlyMap<string, number>;
  /** By coordinate of the field. */
  readonly listSizes: ReadonlyMap<string, ListSize>;
}

const LINK = /^https:\/\/specs\.apollo\.dev\/cost\/v0\.\d+$/;

const names = z.array(z.string()).nullish();
const listSizeArguments = z.object({
  assumedSize: z.int().nonnegative().nullish(),
  slicingArguments: names,
  sizedFields: names,
});
const weightArgument = z.object({ weight: z.int().nonnegative() });

/**
 * Reads the rules.
 *
 * @throws when one is written in a way that is not counted: on the field of an input, or a negative weight
 */
export function readCostRules(supergraphSdl: string): CostRules {
  const document = parse(supergraphSdl, { noLocation: true });
  const { cost, listSize } = directiveNames(document);
  const weights = new Map<string, number>();
  const listSizes = new Map<string, ListSize>();

  const note = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): void => {
    for (const directive of directives) {
      if (directive.name.value === cost) {
        weights.set(coordinate, weightArgument.parse(argumentsOf(directive)).weight);
      }
      if (directive.name.value === listSize) {
        const given = listSizeArguments.parse(argumentsOf(directive));
        listSizes.set(coordinate, {
          assumedSize: given.assumedSize ?? undefined,
          slicingArguments: given.slicingArguments ?? [],
          sizedFields: given.sizedFields ?? [],
        });
      }
    }
  };
  for (const definition of document.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        note(definition.name.value, definition.directives);
        for (const field of definition.fields ?? []) {
          const coordinate = `${definition.name.value}.${field.name.value}`;
          note(coordinate, field.directives);
          for (const argument of field.arguments ?? []) {
            note(`${coordinate}(${argument.name.value}:)`, argument.directives);
          }
        }
        break;
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_DEFINITION:
        note(definition.name.value, definition.directives);
        break;
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        for (const field of definition.fields ?? []) {
          if (field.directives?.some(({ name }) => name.value === cost) === true) {
            throw new Error(`@cost on a field of an input: ${definition.name.value}`);
          }
        }
        break;
      default:
    }
  }
  return { weights, listSizes };
}

/** The directives' names in this document: `@link(as:)` and `import:` can change them. */
function directiveNames(document: DocumentNode): {
  readonly cost?: string;
  readonly listSize?: string;
} {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) {
      continue;
    }
    for (const link of definition.directives ?? []) {
      const { url, as, import: imports } = linkArguments.parse(argumentsOf(link));
      if (link.name.value !== 'link' || !LINK.test(url ?? '')) continue;
      const namespace = as ?? 'cost';
      const named = (name: string): string | undefined => {
        const imported = imports?.find(
          (one) => (typeof one === 'string' ? one : one.name) === name,
        );
        if (imported === undefined) return undefined;
        return (typeof imported === 'string' ? imported : (imported.as ?? imported.name)).slice(1);
      };
      return {
        // The directive of the specification's own name goes by the namespace.
        cost: named('@cost') ?? namespace,
        listSize: named('@listSize') ?? `${namespace}__listSize`,
      };
    }
  }
  return {};
}

const linkArguments = z.object({
  url: z.string().nullish(),
  as: z.string().nullish(),
  import: z
    .array(z.union([z.string(), z.object({ name: z.string(), as: z.string().nullish() })]))
    .nullish(),
});

const argumentsOf = (directive: ConstDirectiveNode): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
