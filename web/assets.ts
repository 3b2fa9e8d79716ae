/**
 * Files that pages load: the style sheet, and browser modules bundled from `browser/`. Each file's name says what is in it, so
 * browsers keep it for ever.
 */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

import { build } from 'esbuild';
import type { FastifyPluginAsync } from 'fastify';

import { BUNDLED } from './bundle.ts';
import { protocolCode, STANDARDS } from './protocol-code.ts';
import { nhsukStylesheet } from '../runtime/nhsuk-stylesheet.ts';
import { type UsedStyles, usedStyles } from './used-styles.ts';

const FOLDER = '/assets/web';
const BROWSER = new URL('browser/', import.meta.url);
const FRONTEND = createRequire(import.meta.url);

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

/** The files. */
export interface Assets {
  readonly stylesheet: string;
  /** What of it a page needs that has not loaded it: `stylesOf(html)`. */
  readonly stylesOf: UsedStyles['of'];
  /** Path of a module by its name, e.g. `page` for `browser/page.ts`. */
  readonly script: (name: string) => string;
  /** Paths of modules by their names, with everything that they load. */
  readonly scriptsOf: (...names: readonly string[]) => readonly string[];
  /** Changes with any of the files. */
  readonly version: string;
  readonly routes: FastifyPluginAsync;
}

/** Makes the files. Takes about a second, most of it beside other work. */
export async function makeAssets(): Promise<Assets> {
  const [styles, { outputFiles, metafile }] = await Promise.all([makeStyles(), modules()]);
  const stylesheet = `${FOLDER}/${hash('sha256', styles.all, 'hex').slice(0, 16)}.css`;
  const files = new Map(
    await Promise.all([
      asset(stylesheet, 'text/css', Buffer.from(styles.all)),
      ...outputFiles.map(({ path, contents }) =>
        asset(`${FOLDER}/${basename(path)}`, 'text/javascript', Buffer.from(contents)),
      ),
    ]),
  );
  const scripts = new Map<string, string>();
  const loads = new Map<string, readonly string[]>();
  for (const [path, { entryPoint, imports }] of Object.entries(metafile.outputs)) {
    loads.set(
      `${FOLDER}/${basename(path)}`,
      imports.map((one) => `${FOLDER}/${basename(one.path)}`),
    );
    if (entryPoint !== undefined) {
      scripts.set(basename(entryPoint, '.ts'), `${FOLDER}/${basename(path)}`);
    }
  }
  const script = (name: string): string => {
    const path = scripts.get(name);
    if (path === undefined) throw new Error(`there is no browser module ${name}`);
    return path;
  };
  return {
    stylesheet,
    stylesOf: styles.of,
    script,
    scriptsOf: (...names) => {
      const found = new Set(names.map(script));
      // A set is walked with what is added on the way.
      for (const path of found) for (const loaded of loads.get(path) ?? []) found.add(loaded);
      return [...found];
    },
    version: hash('sha256', [...files.keys()].sort().join(' '), 'hex').slice(0, 16),
    routes: async (app) => {
      for (const [path, { type, plain, br, gzip }] of files) {
        // What protects pages would be half of a small module.
        app.get(path, { config: { isPage: false } }, (request, reply) => {
          const takes = request.headers['accept-encoding'] ?? '';
          reply.headers({
            'content-type': `${type}; charset=utf-8`,
            'cache-control': 'public, max-age=31536000, immutable',
            'cross-origin-resource-policy': 'same-origin',
            'x-content-type-options': 'nosniff',
            vary: 'accept-encoding',
          });
          if (/\bbr\b/.test(takes)) return reply.header('content-encoding', 'br').send(br);
          if (/\bgzip\b/.test(takes)) return reply.header('content-encoding', 'gzip').send(gzip);
          return reply.send(plain);
        });
      }
      await Promise.resolve();
    },
  };
}

async function makeStyles(): Promise<UsedStyles> {
  const own = await readFile(new URL('views/page.css', import.meta.url), 'utf8');
  const styles = await usedStyles(withImages(nhsukStylesheet(FOLDER, own).css));
  // Pages may hold it, and it must not end their `style` element.
  if (styles.all.includes('</')) throw new Error('the style sheet has markup in it');
  return styles;
}

/** A style sheet with its few small images inside: each would be a request of its own, and nothing serves them. */
const withImages = (css: string): string =>
  css.replaceAll(/url\(\/assets\/images\/([\w-]+\.svg)\)/g, (_whole, name: string) => {
    const svg = readFileSync(FRONTEND.resolve(`nhsuk-frontend/dist/nhsuk/assets/images/${name}`));
    return `url(data:image/svg+xml;base64,${svg.toString('base64')})`;
  });

async function modules() {
  // Those in folders below are parts of them.
  const entries = (await readdir(BROWSER)).filter((name) => name.endsWith('.ts'));
  return build({
    ...BUNDLED,
    entryPoints: entries.map((name) => fileURLToPath(new URL(name, BROWSER))),
    splitting: true,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    outdir: fileURLToPath(BROWSER),
    metafile: true,
    // The schema library would try whether it may write functions, and report that it may not.
    banner: { js: 'globalThis.__zod_globalConfig ??= { jitless: true };' },
    plugins: [protocolCode],
    inject: [fileURLToPath(new URL('browser/buffer.ts', STANDARDS))],
  });
}

const withBrotli = promisify(brotliCompress);
const withGzip = promisify(gzip);

/** A file with what browsers take it as. Compressed in threads beside this one. */
async function asset(path: string, type: string, plain: Buffer): Promise<[string, Asset]> {
  const [br, zipped] = await Promise.all([withBrotli(plain), withGzip(plain, { level: 9 })]);
  return [path, { type, plain, br, gzip: zipped }];
}
