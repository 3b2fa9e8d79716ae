/** Of graphql-codegen: every operation of the pages as a value that knows its types. The types come from another plugin. */
import { hash } from 'node:crypto';

import type { DocumentNode } from 'graphql';

import { webDocuments } from './web-documents.ts';

const upper = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
const lower = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

/** Writes the values. */
export function plugin(
  _schema: unknown,
  documents: readonly { readonly document?: DocumentNode }[],
): { readonly prepend: string[]; readonly content: string } {
  const found = documents.flatMap(({ document }) => (document === undefined ? [] : [document]));
  const values = webDocuments(found).map(({ name, kind, text }) => {
    const type = `${upper(name)}${upper(kind)}`;
    return (
      `export const ${lower(name)}: Operation<${type}, ${type}Variables> = ` +
      `{ name: ${JSON.stringify(name)}, kind: '${kind}', documentId: 'sha256:${hash('sha256', text)}', ` +
      `text: ${JSON.stringify(text)} };`
    );
  });
  return {
    prepend: ["import type { Operation } from '../domain/operation.ts';"],
    content: values.join('\n'),
  };
}
