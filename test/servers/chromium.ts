/** Starting a browser. */
import { join } from 'node:path';

import { type BrowserContext, chromium, type LaunchOptions } from 'playwright-core';

import { serverProgram } from './programs.ts';

/** How long the browser, a page or something on it may take before it is given up on, in milliseconds. */
export const PATIENCE_MS = 200_000;

/** How Chromium is started. It asks nobody on the internet for anything. */
export const chromiumOptions = (...more: readonly string[]): LaunchOptions => ({
  executablePath: serverProgram('chromium') ?? '',
  timeout: PATIENCE_MS,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...more,
  ],
});

/** Starts Chromium with a new profile in a folder. */
export async function startChromium(folder: string): Promise<BrowserContext> {
  const browser = await chromium.launchPersistentContext(
    join(folder, 'profile'),
    chromiumOptions(),
  );
  browser.setDefaultTimeout(PATIENCE_MS);
  return browser;
}
