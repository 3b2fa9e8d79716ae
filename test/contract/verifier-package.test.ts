/** The package for verifiers, as somebody else's program uses it: in Node, and in a page of a browser. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';

import { buildVerifier } from '../../scripts/build-verifier.ts';
import { readVerificationBundle } from '../../standards/verification-bundle/read-verification-bundle.ts';
import { verifyOffline } from '../../standards/verification-bundle/verify-offline.ts';
import { describeWithServers } from '../servers/available.ts';
import { startChromium } from '../servers/chromium.ts';
import {
  KEY_BINDING,
  NOW,
  ward,
  type WardCase,
} from '../unit/standards/verification-bundle/ward.ts';

const ZOD = fileURLToPath(new URL('../../node_modules/zod', import.meta.url));
let folder: string;
let world: Awaited<ReturnType<typeof ward>>;
/** What the rules come to on their own, case by case, as JSON has it. */
let expected: unknown;

/** Checks every case. It runs in the other program, and knows nothing but what is handed to it. */
const PROGRAM = `async ({ verifier, cases, bundles, anchor, otherAnchor, now, keyBinding }) => {
  const read = {};
  for (const name of Object.keys(bundles)) {
    const reading = await verifier.readVerificationBundle(bundles[name], { anchor, now: new Date(now) });
    if (reading.kind === 'refused') throw new Error(reading.fault);
    read[name] = reading.bundle;
  }
  const verdicts = await Promise.all(cases.map(({ presentation, bundle = 'ordinary', rules = {} }) =>
    verifier.verifyOffline(presentation, read[bundle], {
      keyBinding,
      ...rules,
      now: new Date(rules.now ?? now),
      ...(rules.acceptedTypes === undefined ? {} : { acceptedTypes: new Set(rules.acceptedTypes) }),
    }),
  ));
  const { kind, fault } = await verifier.readVerificationBundle(bundles.ordinary, {
    anchor: otherAnchor,
    now: new Date(now),
  });
  return JSON.stringify({ verdicts, foreign: [kind, fault] });
}`;

/** The ward's cases, and its first presentation with one character changed, here and there. */
function cases(): readonly WardCase[] {
  const [good] = world.cases;
  if (good === undefined) throw new Error('no cases');
  const { presentation } = good;
  const places = Array.from({ length: Math.floor(presentation.length / 61) }, (_, at) => at * 61);
  return [
    ...world.cases,
    ...places.map((at) => {
      const other = presentation[at] === 'A' ? 'B' : 'A';
      const changed = presentation.slice(0, at) + other + presentation.slice(at + 1);
      return { what: `changed at ${String(at)}`, presentation: changed, outcome: 'invalid' };
    }),
  ];
}

const given = () => ({
  cases: cases().map(({ rules = {}, ...one }) => ({
    ...one,
    rules: {
      ...rules,
      ...(rules.acceptedTypes === undefined ? {} : { acceptedTypes: [...rules.acceptedTypes] }),
    },
  })),
  bundles: world.bundles,
  anchor: world.ours.anchor,
  otherAnchor: world.theirs.anchor,
  now: NOW.toISOString(),
  keyBinding: KEY_BINDING,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanyard-verifier-'));
  world = await ward();
  const modules = join(folder, 'node_modules');
  await mkdir(modules);
  await buildVerifier(join(modules, 'lanyard-verifier'), false);
  await symlink(ZOD, join(modules, 'zod'));
  const rules = { now: NOW, keyBinding: KEY_BINDING };
  const bundles = Object.fromEntries(
    Object.entries(world.bundles).map(([name, text]) => {
      const reading = readVerificationBundle(text, { anchor: world.ours.anchor, now: NOW });
      if (reading.kind === 'refused') throw new Error(reading.fault);
      return [name, reading.bundle];
    }),
  );
  const verdicts = await Promise.all(
    cases().map(({ presentation, bundle = 'ordinary', rules: change }) => {
      const held = bundles[bundle];
      if (held === undefined) throw new Error(`no bundle ${bundle}`);
      return verifyOffline(presentation, held, { ...rules, ...change });
    }),
  );
  expected = JSON.parse(
    JSON.stringify({ verdicts, foreign: ['refused', 'bundle_anchor_wrong'] }),
  ) as unknown;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the package for verifiers', () => {
  it('needs one other package, and comes to the same in a program of its own', async () => {
    await writeFile(join(folder, 'given.json'), JSON.stringify(given()));
    await writeFile(
      join(folder, 'program.mjs'),
      `import { readFileSync } from 'node:fs';
       import * as verifier from 'lanyard-verifier';
       const given = JSON.parse(readFileSync('given.json', 'utf8'));
       console.log(await (${PROGRAM})({ verifier, ...given }));`,
    );
    const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs'], {
      cwd: folder,
      timeout: 220_000,
    });
    expect(JSON.parse(stdout)).toEqual(expected);
    const manifest = JSON.parse(
      await readFile(join(folder, 'node_modules/lanyard-verifier/package.json'), 'utf8'),
    ) as { readonly dependencies: object };
    expect(Object.keys(manifest.dependencies)).toEqual(['zod']);
  });
});

describeWithServers('chromium')('the package for verifiers, in a browser', () => {
  let server: Server;
  let browser: BrowserContext;
  let page: Page;
  /** Requests after the page was there: an offline check makes none. */
  const asked: string[] = [];

  beforeAll(async () => {
    const types = { '.js': 'text/javascript', '.html': 'text/html' };
    await writeFile(
      join(folder, 'page.html'),
      `<!doctype html><meta charset="utf-8"><title>Ward</title>
       <script type="importmap">{"imports":{"zod":"/node_modules/zod/index.js",
         "lanyard-verifier":"/node_modules/lanyard-verifier/browser/verifier.js"}}</script>
       <script type="module">globalThis.verifier = await import('lanyard-verifier');</script>`,
    );
    server = createServer((request, response) => {
      const file = join(folder, normalize(`/${request.url ?? ''}`));
      readFile(file).then(
        (body) => {
          const type = types[extname(file) as keyof typeof types];
          response.setHeader('content-type', type).end(body);
        },
        () => response.writeHead(404).end(),
      );
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    browser = await startChromium(folder);
    page = browser.pages()[0] ?? (await browser.newPage());
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://localhost:${String(port)}/page.html`);
    await page.waitForFunction('globalThis.verifier !== undefined');
    page.on('request', (request) => asked.push(request.url()));
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  it('comes to the same, check by check, without network', async () => {
    await browser.setOffline(true);
    const found: string = await page.evaluate(
      `(${PROGRAM})({ verifier: globalThis.verifier, ...${JSON.stringify(given())} })`,
    );
    expect(JSON.parse(found)).toEqual(expected);
    expect(asked).toEqual([]);
  });
});
