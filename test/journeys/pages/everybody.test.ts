/**
 * For everybody: the main ways through the pages with a keyboard alone, and every page there is by the rules of WCAG 2.2 AA, at
 * four sizes, with what each form says when it is sent empty.
 */
import { generateKeyPairSync } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page as BrowserPage } from 'playwright-core';

import type { Role } from '../../../web/domain/person.ts';
import { publicDeveloperPages } from '../../../web/routes/developers/public-pages.ts';
import { paramsOf } from '../../../web/routes/serve-pages.ts';
import { PAGES } from '../../../web/sections.ts';
import { ABOUT } from '../../../web/words/start.ts';
import { describeWithServers } from '../../servers/available.ts';
import { errorsOfEmptyForms } from './empty-forms.ts';
import { expectFocusedSummary, pressAt, tabTo, typeAt } from './keyboard.ts';
import { faultsOf } from './page-faults.ts';
import { type Played, play } from './played.ts';
import { brokenRules, type PageStage, stagePages } from './staged.ts';

/** Most pages that are followed to find one of each kind. */
const MOST_FOLLOWED = 60;

/** There only when two records leave a doubt; the administrators' own journey looks at it then. */
const NOT_ALWAYS: readonly string[] = ['/admin/matches/:id'];

const PUBLIC = publicDeveloperPages({ hasExplorer: false, testPeople: [] });
const AROUND = ['/', ...Object.keys(ABOUT).map((name) => `/${name}`), '/signed-out', '/offline'];

describeWithServers('chromium')('for everybody', () => {
  let stage: PageStage;
  let played: Played;

  beforeAll(async () => {
    stage = await stagePages();
    played = await play(stage);
  });
  afterAll(() => stage.close());

  /** The address of one page of each pattern: what was met while playing, then what pages lead to. */
  async function addressesOf(
    page: BrowserPage,
    patterns: readonly string[],
    met: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    const waiting = [...patterns.filter((pattern) => !pattern.includes(':')), ...met];
    const taken = new Set<string>();
    // As the router does: what is written out goes before what stands for something.
    const byParameters = patterns.toSorted(
      (one, other) => one.split(':').length - other.split(':').length,
    );
    for (const address of waiting) {
      const pattern = byParameters.find((one) => paramsOf(one, address) !== undefined);
      if (pattern === undefined || found.has(pattern) || taken.size > MOST_FOLLOWED) continue;
      taken.add(address);
      const answer = await page.goto(stage.system.url + address);
      if (answer?.status() !== 200) continue;
      found.set(pattern, address);
      const links: string[] = await page.evaluate(
        `[...document.querySelectorAll('main a[href^="/"]')].map((link) => link.getAttribute('href').split('#')[0])`,
      );
      waiting.push(...links);
    }
    return found;
  }

  async function lookAt(
    page: BrowserPage,
    addresses: Iterable<string>,
  ): Promise<{ readonly faults: readonly string[]; readonly errors: number }> {
    const faults: string[] = [];
    let errors = 0;
    for (const address of addresses) {
      await page.goto(stage.system.url + address);
      faults.push(...(await faultsOf(page, address)));
      const forms = await errorsOfEmptyForms(page, stage.system.url + address);
      faults.push(...forms.faults);
      errors += forms.errors;
    }
    return { faults, errors };
  }

  const open = (page: BrowserPage, path: string) => page.goto(stage.system.url + path);
  /** Identity's own page, in a demonstration without the passkey. */
  const confirm = async (page: BrowserPage): Promise<void> => {
    await page.getByRole('button', { name: /without a passkey/ }).waitFor();
    await pressAt(page, 'Confirm without a passkey');
  };

  it('asking, sharing and checking take a keyboard alone', async () => {
    const { STAFF: nurse, HR_OFFICER: desk } = played.pages;
    await open(desk, '/hr');
    await pressAt(desk, 'Skip to main content');
    await pressAt(desk, 'Ask for a passport');
    await desk.waitForURL('**/hr/ask');
    await pressAt(desk, 'Ask for it');
    await expectFocusedSummary(desk);
    // The link leads to the first of the answers; up from there is the last, a permanent move.
    await pressAt(desk, 'Select why they are coming');
    await desk.keyboard.press('ArrowUp');
    await typeAt(desk, 'Your reference', 'VAC-18');
    await pressAt(desk, 'Ask for it');
    await desk.locator('#wait').waitFor();

    await open(nurse, '/passport');
    await pressAt(nurse, 'Share with a trust');
    await nurse.waitForURL('**/passport/share');
    await pressAt(nurse, 'Continue');
    await expectFocusedSummary(nurse);
    await typeAt(nurse, 'Link or code', await desk.locator('.app-code').innerText());
    await nurse.keyboard.press('Enter');
    await nurse.getByRole('button', { name: 'Share from this browser' }).waitFor();
    await pressAt(nurse, 'Share from this browser');
    await nurse.getByRole('button', { name: 'Share now' }).waitFor();
    await pressAt(nurse, 'Identity', 'Space');
    await pressAt(nurse, 'Share now');
    await expectFocusedSummary(nurse);
    await pressAt(nurse, 'Identity', 'Space');
    await pressAt(nurse, 'Share now');
    await confirm(nurse);
    await nurse.getByRole('link', { name: 'See what you shared' }).waitFor();
    await pressAt(nurse, 'See what you shared');

    await desk.getByText('It is valid.').waitFor();
    await pressAt(desk, 'Identity');
    await desk.waitForURL('**/checks/**');
    await pressAt(desk, 'Save');
    await expectFocusedSummary(desk);
    await pressAt(desk, 'I have seen the original', 'Space');
    await typeAt(desk, 'To what standard', 'Passport');
    await pressAt(desk, 'Save');
    await desk.getByText('1 of 6 employment checks').waitFor();
  });

  it('pausing and stopping take a keyboard alone', async () => {
    const page = played.pages.ADMINISTRATOR;
    await open(page, '/admin');
    await typeAt(page, 'Find a person', stage.system.demonstration.nurse.employeeNumber);
    await page.keyboard.press('Enter');
    await page.locator('main table a').first().waitFor();
    await pressAt(page, await page.locator('main table a').first().innerText());
    await page.waitForURL('**/admin/passports/**');
    await pressAt(page, 'Identity');
    await page.getByText('Timeline').waitFor();
    await pressAt(page, 'Pause or stop it');
    await page.waitForURL('**/stop');
    await pressAt(page, 'Continue');
    await expectFocusedSummary(page);
    await pressAt(page, 'Select whether to pause it');
    await page.keyboard.press('Space');
    // The keyboard comes to the first of several answers; the arrows choose.
    await tabTo(page, 'They left the trust');
    await page.keyboard.press('ArrowDown');
    await pressAt(page, 'Continue');
    await page.getByRole('heading', { name: 'Credential paused' }).waitFor();
    await pressAt(page, 'Back to credential');
    await page.getByText('Timeline').waitFor();
    await pressAt(page, 'Turn it back on');
    await confirm(page);
    await page.locator('.nhsuk-notification-banner:focus').waitFor();
    await pressAt(page, 'Pause or stop it');
    await page.waitForURL('**/stop');
    await tabTo(page, 'Pause it');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, 'They left the trust');
    await page.keyboard.press('ArrowDown');
    await pressAt(page, 'Continue');
    await page.waitForURL('**/confirm/**');
    await pressAt(page, 'Cancel');
    await page.getByText('Timeline').waitFor();
  });

  it('registering a client takes a keyboard alone', async () => {
    const page = played.pages.ADMINISTRATOR;
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await open(page, '/developers/clients');
    await pressAt(page, 'Register');
    await page.waitForURL('**/clients/new');
    await typeAt(page, 'Client id', 'rz1-keyboard');
    await typeAt(page, 'Name', 'By keyboard');
    await typeAt(page, 'Public key', publicKey.export({ type: 'spki', format: 'pem' }).toString());
    await pressAt(page, 'Register');
    await expectFocusedSummary(page);
    await pressAt(page, 'Select how it signs');
    await page.keyboard.press('Space');
    await pressAt(page, 'Register');
    await confirm(page);
    await page.getByRole('heading', { name: 'By keyboard' }).waitFor();
  });

  it('a session that is about to end asks first, and goes on with one key', async () => {
    const page = await played.pages.HR_OFFICER.context().newPage();
    await page.clock.install();
    await open(page, '/hr');
    const dialog = page.getByRole('dialog', { name: 'You will be signed out soon' });
    await page.clock.fastForward('12:55');
    expect(await dialog.isVisible()).toBe(false);
    await page.clock.fastForward('00:10');
    await dialog.waitFor();
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Stay signed in');
    expect(await brokenRules(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.locator('#session-stayed').innerText()).toBe('You are still signed in.');
    // The clock of the page starts again.
    await page.clock.fastForward('13:05');
    await dialog.waitFor();
    await page.close();
  });

  it.each([
    ['STAFF', 2],
    ['HR_OFFICER', 5],
    ['ADMINISTRATOR', 10],
  ] as const)('every page for %s is good', async (role: Role, leastErrors) => {
    const page = played.pages[role];
    const patterns = PAGES.filter(({ roles }) => roles.includes(role)).map(({ path }) => path);
    const addresses = await addressesOf(page, patterns, played.met(role));
    // A page that nothing leads to is not looked at: whoever adds one lets `play` come by.
    const missed = patterns.filter((pattern) => !addresses.has(pattern));
    expect(missed.filter((pattern) => !NOT_ALWAYS.includes(pattern))).toEqual([]);
    const { faults, errors } = await lookAt(page, addresses.values());
    expect(faults).toEqual([]);
    expect(errors).toBeGreaterThanOrEqual(leastErrors);
  });

  it('every page for anybody is good', async () => {
    const page = await stage.stranger();
    const patterns = PUBLIC.map(({ path }) => path);
    const addresses = await addressesOf(page, patterns, []);
    expect(patterns.filter((pattern) => !addresses.has(pattern))).toEqual([]);
    const { faults } = await lookAt(page, [...addresses.values(), ...AROUND, '/no-such-page']);
    expect(faults).toEqual([]);
  });

  it('no page breaks its security policy or throws', () => {
    expect(stage.wrong).toEqual([]);
  });
});
