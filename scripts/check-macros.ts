/**
 * Checks every call of an nhsuk-frontend macro in the views against that macro's own list of options. A macro ignores what it
 * does not know, so a misspelled option is a thing that is missing on the page and in no error.
 */
import { glob, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import nunjucks from 'nunjucks';
import { z } from 'zod';

const ROOT = new URL('../', import.meta.url);
const VIEWS = ['web/views/**/*.njk', 'identity/views/**/*.njk'];
const { resolve } = createRequire(import.meta.url);

interface Option {
  readonly name: string;
  readonly type: string;
  readonly isComponent?: boolean | undefined;
  readonly params?: readonly Option[] | undefined;
}
const option: z.ZodType<Option> = z.lazy(() =>
  z.object({
    name: z.string(),
    type: z.string(),
    isComponent: z.boolean().optional(),
    params: z.array(option).optional(),
  }),
);

const known = new Map<string, Promise<readonly Option[] | undefined>>();
/** Options of a component, e.g. `error-summary`; `undefined` when there is no such component. */
function optionsOf(component: string): Promise<readonly Option[] | undefined> {
  const found =
    known.get(component) ??
    Promise.resolve()
      .then(() => resolve('nhsuk-frontend/package.json'))
      .then((manifest) =>
        readFile(
          new URL(`dist/nhsuk/components/${component}/macro-options.json`, `file://${manifest}`),
          'utf8',
        ),
      )
      .then(
        (text) => z.array(option).parse(JSON.parse(text)),
        () => undefined,
      );
  known.set(component, found);
  return found;
}

/** `errorMessage` is the component `error-message`. */
const componentOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What of nunjucks' syntax tree is read here. */
interface Node {
  readonly lineno: number;
  readonly children?: readonly Node[];
  readonly name?: Node | string;
  readonly value?: unknown;
  readonly args?: Node;
  readonly key?: Node;
  readonly body?: Node;
  readonly else_?: Node;
  readonly template?: Node;
  readonly names?: Node;
  readonly typename: string;
  readonly fields: readonly string[];
}

const { parser } = nunjucks as unknown as {
  readonly parser: { readonly parse: (source: string) => Node };
};

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'typename' in value;

/** A node and everything below it. */
function* everything(node: Node): Generator<Node> {
  yield node;
  for (const field of new Set(['children', ...node.fields])) {
    const value = (node as unknown as Record<string, unknown>)[field];
    for (const each of [value].flat()) if (isNode(each)) yield* everything(each);
  }
}

const textOf = (node: Node | string | undefined): string =>
  typeof node === 'object' && typeof node.value === 'string' ? node.value : '';

/** Macros of nhsuk-frontend by the name that a view gives them, and their components. */
function importsOf(tree: Node): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const node of everything(tree)) {
    if (node.typename !== 'FromImport') continue;
    const [, component] =
      /^nhsuk\/components\/([\w-]+)\/macro\.njk$/.exec(textOf(node.template)) ?? [];
    if (component === undefined) continue;
    for (const name of node.names?.children ?? []) {
      const local = name.typename === 'Pair' ? (name.value as Node) : name;
      found.set(textOf(local), component);
    }
  }
  return found;
}

/** Checks the views. Each fault names its file and line. */
export async function macroFaults(views: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const faults: string[] = [];
  const trees = new Map<string, Node>();
  for (const [file, source] of views) {
    try {
      trees.set(file, parser.parse(source));
    } catch (error) {
      faults.push(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
    }
  }
  for (const [file, tree] of trees) {
    const folder = file.slice(0, file.indexOf('/views/') + '/views/'.length);
    const layout = trees.get(`${folder}layout.njk`);
    // What the layout imports is there in every view; the header and footer come from the library's own template.
    const macros = new Map([
      ['header', 'header'],
      ['footer', 'footer'],
      ...(layout === undefined ? [] : importsOf(layout)),
      ...importsOf(tree),
    ]);
    for (const node of everything(tree)) {
      if (node.typename !== 'FunCall') continue;
      const component = macros.get(textOf(node.name));
      const [given] = node.args?.children ?? [];
      if (component === undefined || given === undefined) continue;
      const options = await optionsOf(component);
      if (options === undefined) {
        faults.push(`${file}:${String(node.lineno + 1)}: there is no component ${component}`);
        continue;
      }
      await compare(given, options, component, (line, fault) => {
        faults.push(`${file}:${String(line + 1)}: ${fault}`);
      });
    }
  }
  // A node can be reached in more than one way.
  return [...new Set(faults)];
}

async function compare(
  given: Node,
  options: readonly Option[],
  path: string,
  tell: (line: number, fault: string) => void,
): Promise<void> {
  if (given.typename === 'InlineIf') {
    for (const branch of [given.body, given.else_]) {
      if (branch !== undefined && isNode(branch)) await compare(branch, options, path, tell);
    }
    return;
  }
  if (given.typename === 'Array') {
    for (const each of given.children ?? []) await compare(each, options, path, tell);
    return;
  }
  if (given.typename !== 'Dict') return;
  for (const pair of given.children ?? []) {
    const name = textOf(pair.key);
    const option = options.find((each) => each.name === name);
    if (option === undefined) {
      tell(pair.lineno, `${path} has no option ${name}`);
      continue;
    }
    const below =
      option.params ??
      (option.isComponent === true ? await optionsOf(componentOf(name)) : undefined);
    if (below !== undefined && isNode(pair.value)) {
      await compare(pair.value, below, `${path}.${name}`, tell);
    }
  }
}

/** Reads every view. */
export async function readViews(): Promise<ReadonlyMap<string, string>> {
  const views = new Map<string, string>();
  for await (const path of glob(VIEWS, { cwd: ROOT.pathname })) {
    views.set(path, await readFile(new URL(path, ROOT), 'utf8'));
  }
  return views;
}

if (import.meta.main) {
  const faults = await macroFaults(await readViews());
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
