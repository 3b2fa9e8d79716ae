/** Of the style sheet, the rules that some page can use: half of nhsuk-frontend's is for components that no view has. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { PurgeCSS } from 'purgecss';

const WEB = fileURLToPath(new URL('.', import.meta.url));
const COMPONENTS = join(
  dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json')),
  'dist/nhsuk',
);
/** What templates put together from parts, such as `nhsuk-button--` and a variant. */
const PUT_TOGETHER = [
  /^nhsuk-(grid-column|heading|caption|fieldset__legend|label|button|tag|input--width)-/,
];

/**
 * Leaves out the rules whose classes are in no view, route or browser module, and in no component that a view imports.
 *
 * @param css the whole style sheet
 */
export async function usedStyles(css: string): Promise<string> {
  const own = await textsIn(WEB, /\.(njk|ts)$/);
  const components = await componentsIn(own.join('\n'));
  const [purged] = await new PurgeCSS().purge({
    content: [...own, ...components].map((raw) => ({ raw, extension: 'html' })),
    css: [{ raw: css }],
    safelist: { standard: PUT_TOGETHER, greedy: [/js-enabled|frontend-supported/] },
    defaultExtractor: (text) => text.match(/[A-Za-z0-9_-]+/g) ?? [],
  });
  if (purged === undefined) throw new Error('no style sheet came');
  return purged.css;
}

/** Templates that some text imports, with those that they import in turn, and what runs in the browser for all of them. */
async function componentsIn(text: string): Promise<readonly string[]> {
  const seen = new Map<string, string>();
  const look = async (imported: string): Promise<void> => {
    for (const [, name = ''] of imported.matchAll(/"nhsuk\/([\w/-]+)\/macro\.njk"/g)) {
      if (seen.has(name)) continue;
      const template = await readFile(join(COMPONENTS, name, 'template.njk'), 'utf8');
      seen.set(name, template);
      await look(template);
    }
  };
  const frame = await readFile(join(COMPONENTS, 'template.njk'), 'utf8');
  await look(text + frame);
  const icons = await textsIn(join(COMPONENTS, 'macros'), /\.njk$/);
  return [...seen.values(), frame, ...icons, ...(await scriptsOf([...seen.keys()]))];
}

const scriptsOf = (names: readonly string[]): Promise<readonly string[]> =>
  Promise.all(
    names.map((name) => textsIn(join(COMPONENTS, name), /\.mjs$/).then((all) => all.join('\n'))),
  );

async function textsIn(folder: string, wanted: RegExp): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return Promise.all(
    names.filter((name) => wanted.test(name)).map((name) => readFile(join(folder, name), 'utf8')),
  );
}
