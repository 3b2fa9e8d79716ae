/** One started product and one browser, for tests of pages: who is signed in by one call, and what every page has to keep to. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

import { type LocalSystem, startLocal } from '../../../local/start.ts';
import { createLog } from '../../../runtime/log.ts';
import { chromiumOptions, PATIENCE_MS } from '../../servers/chromium.ts';
import { startTestEngine } from '../../servers/embedded.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Most that one page may weigh over the wire, everything that it loads included, in bytes. */
export const PAGE_BUDGET = 60 * 1024;
/** Widths of a phone and a desk. */
const WIDTHS = [390, 1280] as const;

/** What kind of browser somebody has. */
export interface BrowserWish {
  /** Whether it runs scripts; it does when left out. */
  readonly script?: boolean;
  /** A Y4M file that its camera shows; it has no camera when left out. */
  readonly camera?: string;
  /** Who signs in with it, where several people have the role; the first of them when left out. */
  readonly mail?: string;
}

/** The stage. */
export interface PageStage {
  readonly system: LocalSystem;
  /** A browser of its own, nobody signed in. */
  readonly stranger: (options?: BrowserWish) => Promise<Page>;
  /** A browser of its own, signed in as the demonstration's person with that role there. */
  readonly signedIn: (
    role: 'STAFF' | 'HR_OFFICER' | 'ADMINISTRATOR',
    odsCode: string,
    options?: BrowserWish,
  ) => Promise<Page>;
  /** What pages did that they must never do; a test at the end expects nothing. */
  readonly wrong: readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts them. Goes into `beforeAll`, once for a file. */
export async function stagePages(options: { readonly staff?: number } = {}): Promise<PageStage> {
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-pages-'));
  const system = await startLocal({
    dataFolder: join(folder, 'data'),
    startEngine: startTestEngine,
    port: 0,
    log: createLog({ name: 'lanyard', level: 'error' }),
    staff: options.staff ?? 100,
  });
  // After it: what starts here holds up this process, and the browser would wait in vain for an answer of it.
  const browser = await launch();
  const wrong: string[] = [];
  const contexts: BrowserContext[] = [];
  const others: Browser[] = [];
  const stranger: PageStage['stranger'] = async ({ script = true, camera } = {}) => {
    const used = camera === undefined ? browser : await launch(camera);
    if (used !== browser) others.push(used);
    const context = await used.newContext({ javaScriptEnabled: script });
    if (camera !== undefined) await context.grantPermissions(['camera']);
    contexts.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    watch(context, wrong);
    return context.newPage();
  };
  return {
    system,
    stranger,
    signedIn: async (role, odsCode, given) => {
      const page = await stranger(given);
      const mail = given?.mail ?? system.demonstration.person(role, odsCode).mail;
      await page.goto(system.url);
      await page.locator(`form:has(input[value="${role} ${mail}"]) button`).click();
      await page.waitForURL((url) => !['/', '/be', '/home'].includes(url.pathname));
      return page;
    },
    wrong,
    close: async () => {
      await Promise.allSettled(contexts.map((context) => context.close()));
      await Promise.allSettled([browser, ...others].map((each) => each.close()));
      await system.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const launch = (camera?: string): Promise<Browser> =>
  chromium.launch(
    camera === undefined
      ? chromiumOptions()
      : chromiumOptions(
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
          `--use-file-for-fake-video-capture=${camera}`,
        ),
  );

/** Notes what a page must never do: reach another host, break its own security policy, throw. */
function watch(context: BrowserContext, wrong: string[]): void {
  void context.addInitScript({
    content: `document.addEventListener('securitypolicyviolation', (event) =>
      console.error('policy ' + event.violatedDirective + ' ' + event.sourceFile));`,
  });
  context.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (hostname !== 'localhost' && protocol.startsWith('http')) wrong.push(`outside ${hostname}`);
  });
  context.on('weberror', (error) => wrong.push(error.error().message));
  context.on('console', (message) => {
    if (message.text().startsWith('policy ')) wrong.push(message.text());
  });
}

/**
 * Rules of WCAG 2.2 A and AA that the page breaks. The checker comes in past the page's own policy.
 *
 * @param only of these; all of them when left out
 */
export async function brokenRules(
  page: Page,
  only?: readonly string[],
): Promise<readonly string[]> {
  if (await page.evaluate('typeof axe === "undefined"')) {
    await page.evaluate(await readFile(AXE, 'utf8'));
  }
  const options =
    only === undefined
      ? {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
          rules: { 'target-size': { enabled: true } },
        }
      : { runOnly: { type: 'rule', values: only } };
  return page.evaluate(
    `axe.run(document, ${JSON.stringify(options)})
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].target))`,
  );
}

/** Whether something stays wider than the screen: after a change of width, the header moves what has no room into "More". */
export async function staysWide(page: Page): Promise<boolean> {
  for (let look = 0; look < 50; look += 1) {
    const wide: boolean = await page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    if (!wide) return false;
    await page.waitForTimeout(100);
  }
  return true;
}

/**
 * Looks at a page as a phone and as a desk: it keeps to the rules, has one h1, and nothing is wider than the screen, at 320
 * pixels neither. A picture of each goes to the folder that `TEST_PICTURES` names.
 */
export async function expectGoodPage(page: Page, name: string): Promise<void> {
  const pictures = process.env['TEST_PICTURES'];
  assert.equal(await page.locator('h1').count(), 1);
  for (const width of [...WIDTHS, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await staysWide(page);
    assert.deepEqual([name, width, wide], [name, width, false]);
    if (width === 320) continue;
    assert.deepEqual([name, width, await brokenRules(page)], [name, width, []]);
    if (pictures === undefined) continue;
    await mkdir(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}-${String(width)}.png`), fullPage: true });
  }
}

/** Names of what the keyboard reaches on a page, in order, from its beginning until it comes round. */
export async function walkWithKeyboard(page: Page): Promise<readonly string[]> {
  await page.evaluate('document.activeElement?.blur(); window.scrollTo(0, 0)');
  const names: string[] = [];
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press('Tab');
    const name: string = await page.evaluate(
      `(() => { const e = document.activeElement; return e === null || e === document.body ? ''
        : (e.id || e.name || e.textContent.trim().replace(/\\s+/g, ' ')); })()`,
    );
    if (name === '' || name === names[0]) return names;
    names.push(name);
  }
  throw new Error('the keyboard does not come round');
}

/** What a page weighs over the wire with everything that it loads, in bytes, on a first visit. */
export async function weightOf(page: Page, url: string): Promise<number> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Network.enable');
  await protocol.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  protocol.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  await protocol.detach();
  return bytes;
}
