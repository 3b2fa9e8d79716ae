/** What the pages weigh, how soon a slow phone shows them, and how long the server takes. Everything runs in this process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type BrowserContext, chromium } from 'playwright-core';

import { startLocal } from '../local/start.ts';
import { createLog } from '../runtime/log.ts';
import { chromiumOptions } from '../test/servers/chromium.ts';
import { serverProgram } from '../test/servers/programs.ts';
import { percentile } from './percentile.ts';

/** Pages by who sees them, at the first trust of the demonstration. */
const PAGES = {
  STAFF: ['/passport', '/passport/history', '/passport/access'],
  HR_OFFICER: ['/hr', '/hr/ask', '/hr/check'],
  ADMINISTRATOR: ['/admin', '/admin/approvals', '/admin/matches', '/admin/audit'],
  NOBODY: [
    '/',
    '/developers',
    '/developers/reference',
    '/developers/errors',
    '/developers/examples',
  ],
} as const;

/**
 * A phone that is four times as slow, on the network that Lighthouse takes for a slow one: 150 ms there and back, 1.6 Mbit/s
 * down, 0.75 Mbit/s up. A browser slows requests down, not packets, and opens connections at once. So each request waits 3.75
 * times as long, and a tenth of the speed is taken off: these are Lighthouse's own figures for a network that is emulated this way.
 */
const SLOW_PHONE = {
  cpu: 4,
  network: {
    offline: false,
    latency: 150 * 3.75,
    downloadThroughput: (1.6 * 1_000_000 * 0.9) / 8,
    uploadThroughput: (0.75 * 1_000_000 * 0.9) / 8,
  },
} as const;
/** How often a page is opened; the middle one counts, since everything shares the machine. */
const OPENED = 5;
/** How often the server is asked for each page, one after the other. */
const ASKED = 10;
const PATIENCE_MS = 120_000;
/** The last of the buffered entries is the largest paint so far. */
const LARGEST_PAINT = `new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({ type: 'largest-contentful-paint', buffered: true });
})`;

/** Measures them; needs Chromium. */
export async function benchPages(
  say: (line: string) => void,
): Promise<Readonly<Record<string, number>>> {
  if (serverProgram('chromium') === undefined) throw new Error('chromium is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-bench-pages-'));
  const system = await startLocal({
    dataFolder: join(folder, 'data'),
    port: 0,
    log: createLog({ name: 'lanyard', level: 'error' }),
    staff: 100,
  });
  const browser = await chromium.launch(chromiumOptions());
  const weights: number[] = [];
  const paints: number[] = [];
  const served: number[] = [];
  try {
    for (const [role, paths] of Object.entries(PAGES)) {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        // A first visit: nothing is there yet that would answer in place of the server.
        serviceWorkers: 'block',
      });
      context.setDefaultTimeout(PATIENCE_MS);
      if (role !== 'NOBODY') {
        await signIn(
          context,
          system.url,
          `${role} ${system.demonstration.person(role, 'RZ1').mail}`,
        );
      }
      for (const path of paths) {
        const url = system.url + path;
        const times = await askServer(context, url);
        const visits = [];
        for (let opened = 0; opened < OPENED; opened += 1)
          visits.push(await openOnPhone(context, url));
        const bytes = Math.max(...visits.map((visit) => visit.bytes));
        const paintMs = percentile(
          visits.map((visit) => visit.paintMs),
          0.5,
        );
        say(
          `  ${path.padEnd(26)} ${(bytes / 1024).toFixed(1)} kB, shown after ${paintMs.toFixed(0)} ms, served in ${percentile(times, 0.5).toFixed(1)} ms`,
        );
        weights.push(bytes / 1024);
        paints.push(paintMs);
        served.push(...times);
      }
      await context.close();
    }
  } finally {
    await browser.close();
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return {
    pages: weights.length,
    page_kb_max: round(Math.max(...weights)),
    lcp_ms_max: round(Math.max(...paints)),
    server_ms_p50: round(percentile(served, 0.5)),
    server_ms_p95: round(percentile(served, 0.95)),
  };
}

async function signIn(context: BrowserContext, origin: string, hint: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(origin);
  await page.locator(`form:has(input[value="${hint}"]) button`).click();
  await page.waitForURL((url) => !['/', '/be', '/home'].includes(url.pathname));
  await page.close();
}

/** Milliseconds for each answer, the HTML alone. */
async function askServer(context: BrowserContext, url: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (let asked = 0; asked <= ASKED; asked += 1) {
    const began = performance.now();
    const answer = await context.request.get(url);
    await answer.body();
    if (answer.status() !== 200) throw new Error(`${url} answered ${String(answer.status())}`);
    // The first compiles the view.
    if (asked > 0) times.push(performance.now() - began);
  }
  return times;
}

/** A first visit on the slow phone: bytes over the wire, everything that is loaded included, and the largest paint. */
async function openOnPhone(
  context: BrowserContext,
  url: string,
): Promise<{ readonly bytes: number; readonly paintMs: number }> {
  // A browser that has been here says by this cookie that it has the style sheet.
  await context.clearCookies({ name: 'lanyard_styles' });
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  await protocol.send('Network.enable');
  await protocol.send('Network.setCacheDisabled', { cacheDisabled: true });
  await protocol.send('Network.emulateNetworkConditions', SLOW_PHONE.network);
  await protocol.send('Emulation.setCPUThrottlingRate', { rate: SLOW_PHONE.cpu });
  let bytes = 0;
  protocol.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  const paintMs: number = await page.evaluate(LARGEST_PAINT);
  await page.close();
  return { bytes, paintMs };
}

const round = (value: number): number => Math.round(value * 10) / 10;
