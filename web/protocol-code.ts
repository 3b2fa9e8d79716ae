/**
 * The protocol code of `standards/` in browsers: the same files, with what `standards/browser/` has in place of what only
 * Node has, and without the parts of libraries that no page uses.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { Plugin } from 'esbuild';

/** The folder of the protocol code. */
export const STANDARDS = new URL('../standards/', import.meta.url);

const inStandards = (path: string): string => fileURLToPath(new URL(path, STANDARDS));

/** What stands in for what. */
const INSTEAD: readonly (readonly [RegExp, string])[] = [
  [/^node:crypto$/, 'browser/crypto.ts'],
  [/^node:zlib$/, 'browser/zlib.ts'],
  [/\/settled\.ts$/, 'browser/questions.ts'],
  // It has the last word where answers are checked, and a wallet does not check answers.
  [/^dcql$/, 'browser/dcql.ts'],
];

/** Of the schema library: JSON Schema and words for people, a quarter of it. */
const UNUSED: readonly (readonly [RegExp, string])[] = [
  [
    /zod\/v4\/(core\/(to-json-schema|json-schema-processors)|classic\/from-json-schema)\.js$/,
    'const none = () => ({});\n' +
      'export const allProcessors = {};\n' +
      'export const createToJSONSchemaMethod = () => none, createStandardJSONSchemaMethod = () => none;\n' +
      'export { none as extractDefs, none as finalize, none as fromJSONSchema, none as initializeContext, ' +
      'none as process, none as processSchema, none as toJSONSchema };',
  ],
  [/zod\/v4\/locales\/en\.js$/, "export default () => ({ localeError: () => 'malformed' });"],
];

/** For the bundler. */
export const protocolCode: Plugin = {
  name: 'protocol-code',
  setup(build) {
    for (const [filter, file] of INSTEAD) {
      build.onResolve({ filter }, () => ({ path: inStandards(file) }));
    }
    for (const [filter, contents] of UNUSED) build.onLoad({ filter }, () => ({ contents }));
    // Taken as a whole, the library's one name would bring all of it along.
    build.onLoad({ filter: /\/(standards|web)\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replace("import { z } from 'zod'", "import * as z from 'zod/v4'");
      return { loader: 'ts', contents };
    });
  },
};
