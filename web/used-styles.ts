/** Of the style sheet, the rules that can be used: half of nhsuk-frontend's is for components that no view has. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import postcss, { type AtRule, type ChildNode, type Rule } from 'postcss';

const WEB = fileURLToPath(new URL('.', import.meta.url));
const COMPONENTS = join(
  dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json')),
  'dist/nhsuk',
);
/** What templates put together from parts, such as `nhsuk-button--` and a variant. */
const PUT_TOGETHER =
  /^nhsuk-(grid-column|heading|caption|fieldset__legend|label|button|tag|input--width)-/;
/** What scripts say of the whole page. */
const OF_SCRIPTS = /js-enabled|frontend-supported/;
/** At-rules that hold rules of their own (CSS Conditional Rules 5, sections 2 and 5); `@keyframes` holds none of the page's. */
const GROUPS = /^(media|supports|container)$/;

/** A style sheet by who can use its rules. */
export interface UsedStyles {
  /** The rules that some page can use. */
  readonly all: string;
  /**
   * The rules that one page can use, whatever scripts do to it.
   *
   * @param html the page
   */
  readonly of: (html: string) => string;
}

/**
 * Leaves out the rules whose classes are in no view, route or browser module, and in no component that a view imports.
 *
 * @param css the whole style sheet
 */
export async function usedStyles(css: string): Promise<UsedStyles> {
  const [own, browser] = await Promise.all([
    textsIn(WEB, /\.(njk|ts)$/),
    textsIn(join(WEB, 'browser'), /\.ts$/),
  ]);
  const { templates, scripts } = await componentsIn(own.join('\n'));
  const words = wordsOf([...own, ...templates, ...scripts.values()]);
  const all = compiledSheet(css)(
    (name) => words.has(name) || PUT_TOGETHER.test(name) || OF_SCRIPTS.test(name),
  );
  const used = compiledSheet(all);
  const ofBrowser = wordsOf(browser);
  const ofModules = new Map(Array.from(scripts, ([name, text]) => [name, wordsOf([text])]));
  return {
    all,
    of: (html) => {
      const classes = [ofBrowser, attributesOf(html, 'class')];
      for (const module of attributesOf(html, 'data-module')) {
        const added = ofModules.get(module.replace(/^nhsuk-/, ''));
        if (added !== undefined) classes.push(added);
      }
      return used((name) => classes.some((names) => names.has(name)) || OF_SCRIPTS.test(name));
    },
  };
}

/** Rules as a function of the classes that something can have: without the selectors that need another. */
type Compiled = (canHave: (name: string) => boolean) => string;

function compiledSheet(css: string): Compiled {
  const parts = postcss.parse(css).nodes.map(compiled);
  return (canHave) => parts.map((part) => part(canHave)).join('');
}

function compiled(node: ChildNode): Compiled {
  if (node.type === 'rule') return compiledRule(node);
  if (node.type === 'atrule') {
    if (node.nodes === undefined) return () => `${node.toString()};`;
    if (GROUPS.test(node.name)) return compiledGroup(node);
  }
  return () => node.toString();
}

function compiledRule(rule: Rule): Compiled {
  const selectors = rule.selectors.map((text) => ({ text, needs: classesIn(text) }));
  const body = `{${rule.nodes.map(String).join(';')}}`;
  return (canHave) => {
    const kept = selectors.filter(({ needs }) => needs.every(canHave));
    return kept.length === 0 ? '' : kept.map(({ text }) => text).join(',') + body;
  };
}

function compiledGroup(group: AtRule): Compiled {
  const parts = group.nodes?.map(compiled) ?? [];
  return (canHave) => {
    const kept = parts.map((part) => part(canHave)).join('');
    return kept === '' ? '' : `@${group.name} ${group.params}{${kept}}`;
  };
}

/** The classes that an element, or one around it, must have for a selector to mean it. */
const classesIn = (selector: string): readonly string[] =>
  Array.from(
    selector.replaceAll(/:(?:not|is|where)\([^)]*\)/g, '').matchAll(/\.((?:[\w-]|\\.)+)/g),
    ([, name = '']) => name.replaceAll('\\', ''),
  );

/** The words in all attributes of a name. */
const attributesOf = (html: string, name: string): ReadonlySet<string> =>
  new Set(
    Array.from(html.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g')), ([, words = '']) =>
      words.split(/\s+/),
    ).flat(),
  );

const wordsOf = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap((text) => text.match(/[A-Za-z0-9_-]+/g) ?? []));

/** Components that some text imports, with those that they import in turn: their templates, and by name what runs in browsers. */
async function componentsIn(text: string): Promise<{
  readonly templates: readonly string[];
  readonly scripts: ReadonlyMap<string, string>;
}> {
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
  const scripts = await Promise.all(
    [...seen.keys()].map(async (path) => {
      const texts = await textsIn(join(COMPONENTS, path), /\.mjs$/);
      return [basename(path), texts.join('\n')] as const;
    }),
  );
  return { templates: [...seen.values(), frame, ...icons], scripts: new Map(scripts) };
}

async function textsIn(folder: string, wanted: RegExp): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return Promise.all(
    names.filter((name) => wanted.test(name)).map((name) => readFile(join(folder, name), 'utf8')),
  );
}
