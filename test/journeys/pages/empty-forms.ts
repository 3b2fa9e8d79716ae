/** What forms say when they are sent with nothing in them. */
import type { Page } from 'playwright-core';

import { faultsOf } from './page-faults.ts';

/** Forms of a page that people fill in: those that change something, with a field that can be seen. */
const FORMS = `[...document.querySelectorAll('main form[method=post]')].map((form, index) => ({ form, index }))
  .filter(({ form }) => form.offsetParent !== null
    && form.querySelector('input:not([type=hidden]), textarea, select') !== null)
  .map(({ index }) => index)`;
const emptied = (index: number): string => `(() => {
  const form = document.querySelectorAll('main form[method=post]')[${String(index)}];
  for (const field of form.querySelectorAll('input:not([type=hidden]), textarea')) {
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = false; else field.value = '';
  }
  form.noValidate = true;
  const button = form.querySelector('button:not([type=button])');
  setTimeout(() => form.requestSubmit(button));
})()`;
/** What every error state keeps to: the title says it first, the summary has the focus, and leads to each field. */
const STATE = `(() => {
  const faults = [];
  const say = (what, fault) => { if (fault) faults.push(what); };
  const summary = document.querySelector('.nhsuk-error-summary');
  say('title', !document.title.startsWith('Error: '));
  say('focus', document.activeElement === document.body || !summary?.contains(document.activeElement));
  const links = [...(summary?.querySelectorAll('li a') ?? [])];
  say('links', links.length === 0);
  for (const link of links) {
    const field = document.getElementById(link.hash.slice(1));
    say('leads nowhere: ' + link.hash, field === null);
    say('says nothing at ' + link.hash, field?.closest('.nhsuk-form-group--error, .nhsuk-form-group')?.querySelector('.nhsuk-error-message') == null);
  }
  return faults;
})()`;

/**
 * Sends each form of a page empty, and looks at the page that comes. A form that takes nothing for an answer is left alone.
 *
 * @param url of the page; it is opened again for each form
 * @returns how many error states there were
 */
export async function errorsOfEmptyForms(
  page: Page,
  url: string,
): Promise<{ readonly faults: readonly string[]; readonly errors: number }> {
  const faults: string[] = [];
  let errors = 0;
  const forms: number[] = await page.evaluate(FORMS);
  for (const index of forms) {
    await page.goto(url);
    const name = `${new URL(url).pathname} form ${String(index + 1)} sent empty:`;
    const gone = page.waitForEvent('framenavigated');
    // What runs in the browser may answer by itself, without asking the server.
    const refused = page.locator('.nhsuk-error-summary').waitFor();
    await page.evaluate(emptied(index));
    await Promise.race([gone, refused]);
    for (const late of [gone, refused]) late.catch(() => undefined);
    await page.waitForLoadState();
    if ((await page.locator('.nhsuk-error-summary').count()) === 0) continue;
    errors += 1;
    const state: string[] = await page.evaluate(STATE);
    faults.push(...state.map((fault) => `${name} ${fault}`), ...(await faultsOf(page, name)));
  }
  return { faults, errors };
}
