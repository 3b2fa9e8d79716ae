/**
 * `npm run shots`: plays the story of the pages and keeps a picture of each moment in `docs/pictures`. What differs from run to run, times
 * and identifiers, is written over, so a picture changes when its page does.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { Page } from 'playwright-core';

import '../../patience.js';
import { play } from './played.ts';
import { stagePages } from './staged.ts';

const FOLDER = fileURLToPath(new URL('../../../docs/pictures/', import.meta.url));
/** Lossy enough to be small, and no letter is blurred. */
const QUALITY = 75;
/** Most of a long page that is kept, in pixels: on a desk less, so that a picture stays small. */
const TALLEST = { phone: 2_600, desk: 1_850 } as const;

/** Moments of the story, with the width they are kept at. */
const MOMENTS: Readonly<Record<string, readonly number[]>> = {
  passport: [390],
  share: [390],
  'share-error': [390],
  checks: [1280],
  check: [390],
  'stop-error': [1280],
  confirm: [390],
  progress: [390],
};
/** Pages that need no story. */
const ADDRESSES = [
  ['start', '/', 1280],
  ['developers', '/developers', 1280],
  ['explorer', '/explorer', 1280],
] as const;

/** Writes over what differs from run to run: times of day, today, and identifiers. */
const SAME = `(() => {
  const today = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' }).format();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode;
    const same = text.data
      .replace(/\\b\\d{1,2}:\\d{2}(:\\d{2})?(am|pm)\\b/g, (_whole, seconds) => '2:11' + (seconds === undefined ? '' : ':05') + 'pm')
      .replace(/\\b(crd|prq|stf)_[\\w-]{22}/g, '$1_7Q2KX9V4T8M1R5W3H6J0ZN')
      .replaceAll(today, '21 November 2026');
    if (same !== text.data) text.data = same;
  }
  document.activeElement?.scrollIntoView?.({ block: 'nearest' });
})()`;

await mkdir(FOLDER, { recursive: true });
const stage = await stagePages();
try {
  const stranger = await stage.stranger();
  for (const [name, path, width] of ADDRESSES) {
    const answer = await stranger.goto(stage.system.url + path, { waitUntil: 'networkidle' });
    if (answer?.status() === 200) await keep(stranger, name, width);
  }
  const { pages } = await play(stage, async (name, page) => {
    for (const width of MOMENTS[name] ?? []) await keep(page, name, width);
  });
  await pages.ADMINISTRATOR.goto(`${stage.system.url}/admin/matches`);
  await keep(pages.ADMINISTRATOR, 'matches', 1280);
  const match = pages.ADMINISTRATOR.locator('main table a').first();
  if ((await match.count()) > 0) {
    await match.click();
    await pages.ADMINISTRATOR.waitForURL('**/admin/matches/**');
    await keep(pages.ADMINISTRATOR, 'match', 1280);
  }
} finally {
  await stage.close();
}

async function keep(page: Page, name: string, width: number): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: 844 });
  await page.evaluate(SAME);
  // The header moves what has no room into a menu, a moment after the width has changed.
  await page.waitForTimeout(300);
  const height: number = await page.evaluate('document.documentElement.scrollHeight');
  const protocol = await page.context().newCDPSession(page);
  const { data } = await protocol.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
    captureBeyondViewport: true,
    clip: {
      x: 0,
      y: 0,
      width,
      height: Math.min(height, width < 600 ? TALLEST.phone : TALLEST.desk),
      scale: 1,
    },
  });
  await protocol.detach();
  const file = `${name}-${String(width)}.webp`;
  await writeFile(FOLDER + file, Buffer.from(data, 'base64'));
  process.stdout.write(`${file}  ${String(Math.round((data.length * 0.75) / 1024))} kB\n`);
  if (before !== null) await page.setViewportSize(before);
}
