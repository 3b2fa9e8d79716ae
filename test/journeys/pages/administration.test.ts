/** Administrators: finding a passport, pausing and stopping it with a second browser looking on, and the rest of the section. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';

import { describeWithServers } from '../../servers/available.ts';
import { ask, machineToken } from '../clients.ts';
import { collect } from '../wallet.ts';
import {
  expectGoodPage,
  PAGE_BUDGET,
  type PageStage,
  stagePages,
  walkWithKeyboard,
  weightOf,
} from './staged.ts';

const TYPES = ['IDENTITY', 'PROFESSIONAL_REGISTRATION', 'CORE_SKILLS_TRAINING'];

describeWithServers('chromium')('the administration pages', () => {
  let stage: PageStage;
  let page: Page;

  beforeAll(async () => {
    stage = await stagePages();
    const { url, demonstration } = stage.system;
    const system = demonstration.hrSystems.find(({ odsCode }) => odsCode === 'RZ1');
    if (system === undefined) throw new Error('no HR system');
    const hr = {
      purpose: 'HR_ADMINISTRATION',
      token: await machineToken(
        { clientId: system.clientId, key: system.privateKey },
        { issuer: url, resource: `${url}/graphql`, scope: 'hr:read passport:offer' },
      ),
    };
    const { data: found } = await ask<{ staff: { id: string } }>(`${url}/graphql`, {
      ...hr,
      query: `query ($number: String!) {
        staff(by: { employee: { odsCode: "RZ1", employeeNumber: $number } }) { id } }`,
      variables: { number: demonstration.nurse.employeeNumber },
    });
    const { data, errors } = await ask<{
      credentialOffer: { offer: { uri: string; transactionCode: string } | null };
    }>(`${url}/graphql`, {
      ...hr,
      query: `mutation Offer($input: CredentialOfferInput!) {
        credentialOffer(input: $input) { offer { uri transactionCode } errors { code path } } }`,
      variables: {
        input: { idempotencyKey: crypto.randomUUID(), staffId: found?.staff.id, types: TYPES },
      },
    });
    const offer = data?.credentialOffer.offer;
    if (offer == null) throw new Error(`no offer: ${JSON.stringify([data, errors])}`);
    await collect(offer.uri, offer.transactionCode);
    page = await stage.signedIn('ADMINISTRATOR', 'RZ1');
  });
  afterAll(() => stage.close());

  const open = (path: string, on: Page = page) => on.goto(stage.system.url + path);
  const heading = (on: Page = page) => on.locator('h1').innerText();
  const press = (name: string | RegExp, on: Page = page) =>
    on.getByRole('button', { name }).click();
  /** Identity asks for a passkey; in a demonstration a button stands in for it. */
  const confirm = (on: Page = page) =>
    on.getByRole('button', { name: /Confirm without a passkey/ }).click();
  const findNurse = async (on: Page): Promise<void> => {
    await open('/admin', on);
    await on.locator('#text').fill(stage.system.demonstration.nurse.employeeNumber);
    await press('Search', on);
    await on.locator('main table a').first().click();
    await on.waitForURL('**/admin/passports/**');
  };

  it('find whose passport it is, without a name in any address', async () => {
    await open('/admin');
    await expectGoodPage(page, 'admin-search');
    expect(await weightOf(page, page.url())).toBeLessThan(PAGE_BUDGET);
    await press('Search');
    expect(await page.locator('.nhsuk-error-summary a').getAttribute('href')).toBe('#text');
    await expectGoodPage(page, 'admin-search-error');
    await page.locator('#text').fill('Nobody Atall');
    await press('Search');
    await page.getByText('Nobody who works at your trust was found.').waitFor();
    await expectGoodPage(page, 'admin-search-nothing');
    await page.locator('#text').fill('Okafor');
    await press('Search');
    await page.locator('main table').waitFor();
    expect(page.url()).not.toMatch(/okafor/i);
    await expectGoodPage(page, 'admin-results');
    await findNurse(page);
    await expectGoodPage(page, 'admin-passport');
  });

  it('pause one part and turn it back on, and a second browser sees it', async () => {
    const other = await stage.signedIn('ADMINISTRATOR', 'RZ1');
    await findNurse(other);
    await page.getByRole('link', { name: 'Core skills training' }).click();
    await page.getByText('Timeline').waitFor();
    await expectGoodPage(page, 'admin-credential');
    await open(new URL(page.url()).pathname, other);
    await other.locator('[data-part=state] .nhsuk-tag', { hasText: 'Valid' }).waitFor();
    await press('Pause or stop it');
    await expectGoodPage(page, 'admin-stop');
    await press('Continue');
    expect(await page.locator('.nhsuk-error-summary a').allInnerTexts()).toEqual([
      'Select whether to pause it or stop it for good',
      'Select why you are stopping this credential',
    ]);
    await expectGoodPage(page, 'admin-stop-error');
    await page.getByLabel('Pause it').check();
    await page.getByLabel('Their device was lost or stolen').check();
    await press('Continue');
    await page.getByRole('heading', { name: 'Credential paused' }).waitFor();
    await other.locator('[data-part=state] .nhsuk-tag', { hasText: 'Paused' }).waitFor();
    expect(await other.locator('#said').innerText()).toContain('Paused');
    await expectGoodPage(other, 'admin-credential-followed');

    await page.getByRole('link', { name: 'Back to credential' }).click();
    await expectGoodPage(page, 'admin-credential-paused');
    await press('Turn it back on');
    await confirm();
    await page.getByText('It is valid again').waitFor();
    await other.locator('[data-part=state] .nhsuk-tag', { hasText: 'Valid' }).waitFor();
  });

  it('stop it for good with a passkey, and follow how far that gets, with the keyboard alone', async () => {
    const other = await stage.signedIn('ADMINISTRATOR', 'RZ1');
    await open(`${new URL(page.url()).pathname}/progress`, other);
    await other.getByRole('heading', { name: 'Credential is valid' }).waitFor();
    expect(await walkWithKeyboard(page)).toContain('Pause or stop it');
    await page.getByRole('button', { name: 'Pause or stop it' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/stop');
    await page.locator('#what-2').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/confirm?**');
    expect(await heading()).toBe('Are you sure you want to stop this credential for good?');
    expect(await page.locator('main').innerText()).toMatch(
      /will see “not valid” within \d+ seconds.[^]*2 other valid credentials/,
    );
    await expectGoodPage(page, 'admin-confirm');
    await press('Stop it for good');
    await confirm();
    await page.getByRole('heading', { name: 'Credential stopped' }).waitFor();
    await other.getByRole('heading', { name: 'Credential stopped' }).waitFor();
    const list = other.locator('[data-step=list] [data-part=status]');
    await list.filter({ hasText: 'Done' }).waitFor();
    await expectGoodPage(other, 'admin-progress');
    await page.getByRole('link', { name: 'Back to credential' }).click();
    await page.getByText('It was stopped for good.').waitFor();
    expect(await page.getByRole('button', { name: 'Pause or stop it' }).count()).toBe(0);
  });

  it('pause all of a passport at once, without script', async () => {
    const plain = await stage.signedIn('ADMINISTRATOR', 'RZ1', { script: false });
    await findNurse(plain);
    await press('Pause the whole passport', plain);
    await plain.getByText('There is a problem').waitFor();
    await plain.getByLabel('Their device was lost or stolen').check();
    await press('Pause the whole passport', plain);
    await plain.getByText('2 credentials are paused').waitFor();
    await plain.getByRole('link', { name: 'Identity' }).click();
    await plain.getByRole('link', { name: 'How far the last change has got' }).click();
    await plain.getByRole('link', { name: 'Look again' }).click();
    expect(await heading(plain)).toBe('Credential paused');
    expect(await plain.locator('[data-step=records]').innerText()).toContain('Done');
  });

  it('show what waits, who looked, and how ready the trust is', async () => {
    for (const [path, title] of [
      ['/admin/approvals', 'Approvals'],
      ['/admin/matches', 'Record matches'],
      ['/admin/audit', 'Audit'],
      ['/admin/readiness', 'How ready your trust is'],
    ] as const) {
      await open(path);
      expect(await heading()).toContain(title);
      expect(await page.title()).toBe(`${title} – Staff passport`);
      await expectGoodPage(page, `admin-${path.slice(7)}`);
    }
    await open('/admin/matches');
    const first = page.locator('main table a').first();
    if ((await first.count()) === 0) return;
    await first.click();
    await page.waitForURL('**/admin/matches/**');
    await expectGoodPage(page, 'admin-match');
    await press('Save and next');
    expect(await page.locator('.nhsuk-error-summary a').allInnerTexts()).toEqual([
      'Select whether it is the same person',
      'Enter why you say so',
    ]);
    await expectGoodPage(page, 'admin-match-error');
    await page.getByLabel('Not sure').check();
    await page.locator('#reason').fill('The telephone number is another');
    await press('Save and next');
    await page.getByText(/^Saved/).waitFor();
  });

  it('look after agreements, receivers, roles and policies', async () => {
    await open('/admin/agreements');
    await press('Propose it');
    await page.getByText('There is a problem').waitFor();
    await expectGoodPage(page, 'admin-agreements-error');
    await page.locator('#odsCode').fill('RZ2');
    await page.locator('#reference').fill('Cover in the north');
    await page.locator('#startsOn').fill('2027-01-01');
    await page.locator('#endsOn').fill('2027-12-31');
    await press('Propose it');
    await confirm();
    await page.getByText('It was proposed.').waitFor();
    await expectGoodPage(page, 'admin-agreement');
    await open('/admin/agreements');
    await expectGoodPage(page, 'admin-agreements');

    await open('/admin/receivers');
    await expectGoodPage(page, 'admin-receivers-empty');
    await press('Add it');
    await page.getByText('There is a problem').waitFor();
    await expectGoodPage(page, 'admin-receivers-error');

    await open('/admin/roles');
    await press('Ask for it');
    await page.getByText('There is a problem').waitFor();
    await expectGoodPage(page, 'admin-roles-error');
    await page.locator('main table a').first().click();
    await page.getByRole('button', { name: 'Take the role away' }).waitFor();
    await expectGoodPage(page, 'admin-role');

    await open('/admin/policies');
    await expectGoodPage(page, 'admin-policies');
    await press('Copy as drafts');
    await page.getByText('There is a problem').waitFor();
    await expectGoodPage(page, 'admin-policies-error');
    await page.getByRole('link', { name: 'Everybody without a policy' }).click();
    await page.waitForURL('**/admin/policies/**');
    await page.locator('#months').fill('many');
    await press('Save as a draft');
    expect(await page.locator('.nhsuk-error-summary a').getAttribute('href')).toBe('#months');
    await expectGoodPage(page, 'admin-policy-error');
    await page.locator('#months').fill('24');
    await press('Save as a draft');
    await confirm();
    await page.getByText('The draft was saved').waitFor();
    await page.getByRole('row', { name: /Employment history.*36.*24.*Changed/ }).waitFor();
    await page.getByRole('link', { name: 'Who would newly fail' }).click();
    await page.getByText(/looked at\.$/).waitFor();
    await expectGoodPage(page, 'admin-policy');
  });

  it('are not for anybody else', async () => {
    const stranger = await stage.signedIn('HR_OFFICER', 'RZ1');
    expect((await open('/admin', stranger))?.status()).toBe(404);
    const elsewhere = await stage.signedIn('ADMINISTRATOR', 'RZ2');
    await findNurse(page);
    const path = new URL(page.url()).pathname;
    expect((await open(path, elsewhere))?.status()).toBe(404);
    expect((await open(`${path}/stop`, elsewhere))?.status()).toBe(404);
  });

  it('never reach another host, break their security policy or throw', () => {
    expect(stage.wrong).toEqual([]);
  });
});
