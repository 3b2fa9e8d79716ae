import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { describeWithServers } from '../../servers/available.ts';
import {
  expectGoodPage,
  PAGE_BUDGET,
  type PageStage,
  stagePages,
  walkWithKeyboard,
  weightOf,
} from './staged.ts';

describeWithServers('chromium')('the frame of the pages', () => {
  let stage: PageStage;

  beforeAll(async () => {
    stage = await stagePages();
  });
  afterAll(() => stage.close());

  it('lets a newcomer be somebody with one click, and says who they are', async () => {
    const page = await stage.stranger();
    await page.goto(stage.system.url);
    await expectGoodPage(page, 'start');
    const staff = await stage.signedIn('STAFF', 'RZ1');
    expect(new URL(staff.url()).pathname).toBe('/passport');
    await expectGoodPage(staff, 'passport-empty');
    expect((await walkWithKeyboard(staff)).slice(0, 2)).toEqual([
      'Skip to main content',
      expect.stringContaining('Staff passport'),
    ]);
    expect(await weightOf(staff, staff.url())).toBeLessThan(PAGE_BUDGET);
  });

  it('shows nobody another role’s pages, and signs out without script', async () => {
    const page = await stage.signedIn('STAFF', 'RZ1', { script: false });
    const answer = await page.goto(`${stage.system.url}/hr`);
    expect(answer?.status()).toBe(404);
    expect(await page.locator('h1').innerText()).toBe('Page not found');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You have signed out' }).waitFor();
    await page.goto(`${stage.system.url}/passport`);
    await page.waitForURL(/\/sign-in\//);
  });

  it('never reaches another host, breaks its security policy or throws', () => {
    expect(stage.wrong).toEqual([]);
  });
});
