/** The operations of the pages, as they are sent: each with the fragments that it uses. */
import { glob, readFile } from 'node:fs/promises';

import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';

/** Where they are written: a folder for each section, a file for each operation or shared fragment. */
const SOURCES = 'web/operations/**/*.graphql';

/** One operation. */
export interface WebDocument {
  readonly name: string;
  readonly kind: OperationDefinitionNode['operation'];
  readonly text: string;
}

/** Puts together the operations in some documents, sorted by name. Names are unique. */
export function webDocuments(documents: readonly DocumentNode[]): readonly WebDocument[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of documents.flatMap(({ definitions }) => definitions)) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    } else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  const spreadIn = (node: OperationDefinitionNode | FragmentDefinitionNode): readonly string[] => {
    const names: string[] = [];
    visit(node, { FragmentSpread: ({ name }) => void names.push(name.value) });
    return names;
  };
  return operations
    .map((operation) => {
      const used = new Set<string>();
      const waiting = [...spreadIn(operation)];
      for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
        const fragment = fragments.get(name);
        if (fragment === undefined || used.has(name)) continue;
        used.add(name);
        waiting.push(...spreadIn(fragment));
      }
      const parts = [operation, ...[...used].sort().map((name) => fragments.get(name))];
      return {
        name: operation.name?.value ?? '',
        kind: operation.operation,
        text: `${parts.flatMap((part) => (part === undefined ? [] : [print(part)])).join('\n\n')}\n`,
      };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Reads and puts together all of them. */
export async function readWebDocuments(root: URL): Promise<readonly WebDocument[]> {
  const documents: DocumentNode[] = [];
  for await (const path of glob(SOURCES, { cwd: root.pathname })) {
    documents.push(parse(await readFile(new URL(path, root), 'utf8')));
  }
  return webDocuments(documents);
}
