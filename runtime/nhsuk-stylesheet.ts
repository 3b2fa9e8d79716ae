/** The NHS style sheet for a process's own pages. */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = 'nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css';

/**
 * Reads it, without what it would fetch from elsewhere.
 *
 * @param folder where the process serves it, without a slash at its end
 * @param ownStyle rules of the process's own, which come last
 * @returns its path, which names its content and so can be kept for ever, and its text
 */
export function nhsukStylesheet(
  folder: string,
  ownStyle: string,
): { readonly path: string; readonly css: string } {
  const css = readFileSync(createRequire(import.meta.url).resolve(SOURCE), 'utf8')
    // The web font comes from another host, which the pages are not allowed to call.
    .replace(/@font-face\s*\{[^}]*\}/g, '')
    .replace(/\/\*# sourceMappingURL=[^*]*\*\//, '')
    .concat(ownStyle);
  return { path: `${folder}/${hash('sha256', css, 'hex').slice(0, 16)}.css`, css };
}
