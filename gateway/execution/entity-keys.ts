/** By what each subgraph knows its entities. */
import {
  type ArgumentNode,
  type DocumentNode,
  Kind,
  parse,
  valueFromASTUntyped,
  visit,
} from 'graphql';

/** The keys of a type in a subgraph: of each the names of its outermost fields. None when the subgraph has no such entity. */
export type EntityKeys = (subgraph: string, type: string) => readonly (readonly string[])[];

/** Reads the keys of a supergraph (`@join__type(graph:, key:)`). */
export function entityKeysOf(supergraph: DocumentNode): EntityKeys {
  const subgraphs = new Map<string, string>();
  const keys = new Map<string, (readonly string[])[]>();
  for (const definition of supergraph.definitions) {
    if (!('directives' in definition) || !('name' in definition)) continue;
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
      for (const { name, directives = [] } of definition.values ?? []) {
        const given = directives.find((one) => one.name.value === 'join__graph')?.arguments ?? [];
        const called = argument(given, 'name');
        if (called !== undefined) subgraphs.set(name.value, called);
      }
    }
    for (const { name, arguments: given = [] } of definition.directives ?? []) {
      const graph = argument(given, 'graph');
      const key = argument(given, 'key');
      if (name.value !== 'join__type' || graph === undefined || key === undefined) continue;
      const place = `${graph} ${definition.name.value}`;
      keys.set(place, [...(keys.get(place) ?? []), outermost(key)]);
    }
  }
  const known = new Map([...subgraphs].map(([graph, name]) => [name, graph]));
  return (subgraph, type) => keys.get(`${known.get(subgraph) ?? subgraph} ${type}`) ?? [];
}

function argument(given: readonly ArgumentNode[], name: string): string | undefined {
  const found = given.find((one) => one.name.value === name);
  const value: unknown = found && valueFromASTUntyped(found.value);
  return typeof value === 'string' ? value : undefined;
}

function outermost(fieldSet: string): readonly string[] {
  const names: string[] = [];
  visit(parse(`{ ${fieldSet} }`, { noLocation: true }), {
    Field(node) {
      names.push(node.name.value);
      return false;
    },
  });
  return names;
}
