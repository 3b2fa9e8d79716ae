import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';

import { openEmbedded } from '../../runtime/database.ts';
import type { EmbeddedEngine } from '../../runtime/embedded-database.ts';
import { describeWithServers } from '../servers/available.ts';
import { startChromium } from '../servers/chromium.ts';
import { startTestEngine } from '../servers/embedded.ts';
import {
  type Bench,
  callers,
  newKey,
  newSettings,
  operations,
  startPassport,
} from '../unit/subgraphs/passport/passport-bench.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, 'localhost', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describeWithServers('chromium')('the page behind a link, in a browser', () => {
  let folder: string;
  let engine: EmbeddedEngine;
  let bench: Bench;
  let browser: BrowserContext;
  let page: Page;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lanyard-present-'));
    engine = await startTestEngine();
    const port = await freePort();
    url = `http://localhost:${String(port)}`;
    bench = await startPassport({
      database: openEmbedded(engine),
      settings: newSettings(),
      people: new Map(),
      accredited: [],
      changes: { PASSPORT_PUBLIC_URL: url },
    });
    await bench.app.listen({ host: 'localhost', port });
    browser = await startChromium(folder);
    page = browser.pages()[0] ?? (await browser.newPage());
  });
  afterAll(async () => {
    await browser.close();
    await bench.stop();
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = async (input: object): Promise<string> => {
    const { data } = await bench.ask(callers.hr('RZ2'), operations.request, {
      input: { idempotencyKey: newKey(), template: 'PERMANENT_MOVE', ...input },
    });
    return data?.presentationRequest.request.link ?? '';
  };
  const heading = () => page.locator('h1').innerText();
  /** What an accessibility checker finds, by rule. */
  const complaints = async (): Promise<readonly string[]> => {
    await page.evaluate(await readFile(AXE, 'utf8'));
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run: () => Promise<{ violations: { id: string }[] }> };
      };
      return (await axe.run()).violations.map(({ id }) => id);
    });
  };

  it('takes a request up with one press, and then opens the wallet', async () => {
    await page.goto(await ask({}));
    expect(await heading()).toBe('Share your staff passport');
    expect(await page.locator('dt').allInnerTexts()).toContain('Right to work (if you have it)');
    expect(await complaints()).toEqual([]);
    await page.getByRole('button', { name: 'Continue on this device' }).click();
    const wallet = page.getByRole('button', { name: 'Open my wallet' });
    expect(await wallet.getAttribute('href')).toMatch(/^openid4vp:\/\/\?client_id=x509_hash/);
    expect(await complaints()).toEqual([]);
  });

  it('shows a code when a wallet is to scan it', async () => {
    await page.goto(await ask({ sameDevice: false }));
    expect(await page.getByRole('img').locator('svg').count()).toBe(1);
    expect(await complaints()).toEqual([]);
  });
});
