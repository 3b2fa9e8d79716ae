/** Deny by default: a graph in which something can be asked for that no rule has been written about is not served. */
import { Kind, parse } from 'graphql';

import type { Requirements } from '../authorization/requirements.ts';

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/**
 * The ways into a graph that nothing is said about, as coordinates. Nobody reaches anything else but through one of
 * them.
 *
 * @param sdl a composed supergraph
 */
export function openRoots(sdl: string, requirements: Requirements): readonly string[] {
  return parse(sdl, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && ROOTS.has(definition.name.value)
      ? (definition.fields ?? [])
          .map((field) => `${definition.name.value}.${field.name.value}`)
          .filter((coordinate) => !requirements.has(coordinate))
      : [],
  );
}
