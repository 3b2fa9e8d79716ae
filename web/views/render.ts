/** Views as HTML: Nunjucks templates over the macros of nhsuk-frontend. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import nunjucks from 'nunjucks';

import { type CodeKind, codeWords, stateTag } from '../words/codes.ts';
import { dayWords, exactTimeWords, timeWords } from '../words/dates.ts';

/** Renders a view. */
export type Render = (view: string, context: object) => string;

/** Creates the renderer. Everything is escaped unless a view says otherwise. */
export function createRender(): Render {
  const frontend = dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json'));
  const templates = new nunjucks.Environment(
    new nunjucks.FileSystemLoader([
      fileURLToPath(new URL('.', import.meta.url)),
      join(frontend, 'dist'),
    ]),
    { autoescape: true },
  );
  templates.addFilter('codeWords', (code: string | null, kind: CodeKind) => codeWords(kind, code));
  templates.addFilter('stateTag', (code: string | null, kind: CodeKind) => stateTag(kind, code));
  templates.addFilter('dayWords', dayWords);
  templates.addFilter('timeWords', timeWords);
  templates.addFilter('exactTimeWords', exactTimeWords);
  return (view, context) => templates.render(view, context);
}
