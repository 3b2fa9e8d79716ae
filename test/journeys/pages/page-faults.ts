/** What is wrong with a page for people who see, hear or move differently. */
import type { Page } from 'playwright-core';

import { brokenRules, staysWide } from './staged.ts';

/** Rules whose outcome depends on the size of the window and of the text; the others are the same at every size. */
const SIZE_RULES = ['color-contrast', 'target-size', 'scrollable-region-focusable'] as const;

/** How a page is looked at. The smallest is a phone at 400 %. */
const LOOKS = [
  { width: 390, text: 100, rules: undefined },
  { width: 320, text: 100, rules: SIZE_RULES },
  { width: 1280, text: 200, rules: SIZE_RULES },
  { width: 1280, text: 100, rules: undefined },
] as const;

/** Checked once: they do not depend on the size. What scrolls on its own is reached by the keyboard, and has a name. */
const ONCE = `(() => {
  const faults = [];
  const say = (what, fault) => { if (fault) faults.push(what); };
  say('h1', document.querySelectorAll('h1').length !== 1);
  say('language', document.documentElement.lang !== 'en-GB');
  say('title', !/^.+ – /.test(document.title));
  const skip = document.querySelector('a[href], button, input:not([type=hidden])');
  say('skip link', !skip?.matches('.nhsuk-skip-link') || document.querySelector('main' + skip.getAttribute('href')) === null);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  say('twice: ' + ids.find((id, at) => ids.indexOf(id) !== at), new Set(ids).size !== ids.length);
  return faults;
})()`;
const SCROLLS = `[...document.querySelectorAll('main *')]
  .filter((part) => part.scrollWidth > part.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(part).overflowX))
  .filter((part) => part.tabIndex < 0 || !(part.ariaLabel || part.getAttribute('aria-labelledby')))
  .map((part) => 'scrolls without a name: ' + part.tagName + '.' + part.className)`;

/**
 * Looks at a page at four sizes.
 *
 * @param name of the page, put before what is wrong
 */
export async function faultsOf(page: Page, name: string): Promise<readonly string[]> {
  const faults: string[] = await page.evaluate(ONCE);
  for (const { width, text, rules } of LOOKS) {
    const size = `${String(width)} pixels, ${String(text)} %`;
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(`document.documentElement.style.fontSize = '${String(text)}%'`);
    if (await staysWide(page)) faults.push(`${size}: wider than the screen`);
    const scrolls: string[] = await page.evaluate(SCROLLS);
    faults.push(
      ...[...scrolls, ...(await brokenRules(page, rules))].map((one) => `${size}: ${one}`),
    );
  }
  return faults.map((fault) => `${name} ${fault}`);
}
