/** Starting a browser. */
import { join } from 'node:path';

import { type BrowserContext, chromium } from 'playwright-core';

import { serverProgram } from './programs.ts';

/** How long the browser, a page or something on it may take before it is given up on, in milliseconds. */
const PATIENCE_MS = 200_000;

/** Starts Chromium with a new profile in a folder. It asks nobody on the internet for anything. */
export async function startChromium(folder: string): Promise<BrowserContext> {
  const browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
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
    ],
  });
  browser.setDefaultTimeout(PATIENCE_MS);
  return browser;
}
