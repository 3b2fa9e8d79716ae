/** The fragments of a document. */
import { type DocumentNode, type FragmentDefinitionNode, Kind } from 'graphql';

/** Finds them, by name. */
export const fragmentsOf = ({
  definitions,
}: Pick<DocumentNode, 'definitions'>): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((definition) => [definition.name.value, definition]),
  );
