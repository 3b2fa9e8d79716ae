/** Somebody who has a keyboard alone. */
import assert from 'node:assert/strict';

import type { Page } from 'playwright-core';

/** Most steps from the top of a page to anything on it. */
const MOST_STEPS = 80;

/** What has the focus: its name as it is read out, and whether it can be seen that it has it. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return { name: '', visible: true };
  const label = at.labels?.[0];
  const name = at.getAttribute('aria-label') ?? (label ?? at).textContent.trim().replace(/\\s+/g, ' ');
  const marked = (style) => (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none';
  const styles = [getComputedStyle(at), ...(label ? [getComputedStyle(label, '::before')] : [])];
  const box = (label ?? at).getBoundingClientRect();
  return { name, visible: styles.some(marked) && box.bottom > 0 && box.top < innerHeight && box.width > 0 };
})()`;

/**
 * Goes on with Tab until something has the focus, which has to be seen at every step.
 *
 * @param name of a link, button or field, or its beginning
 */
export async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press('Tab');
    const focused: { name: string; visible: boolean } = await page.evaluate(FOCUSED);
    assert.deepEqual([focused.name, focused.visible], [focused.name, true]);
    if (focused.name.startsWith(name)) return;
    passed.push(focused.name);
  }
  throw new Error(`the keyboard does not reach ${name}: ${passed.join(' | ')}`);
}

/** Goes there and presses a key: Enter for links and buttons, Space for what is ticked. */
export async function pressAt(page: Page, name: string, key: 'Enter' | 'Space' = 'Enter') {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

/** Goes to a field and types. */
export async function typeAt(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.type(text);
}

/** Expects that a page came back with what is wrong, and that the focus is there. */
export async function expectFocusedSummary(page: Page): Promise<void> {
  await page.locator('.nhsuk-error-summary:focus').waitFor();
  assert.match(await page.title(), /^Error: /);
}
