import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';

import { describeWithServers } from '../../servers/available.ts';
import { expectGoodPage, PAGE_BUDGET, type PageStage, stagePages, weightOf } from './staged.ts';

describeWithServers('chromium')('developers', () => {
  let stage: PageStage;
  let anybody: Page;

  beforeAll(async () => {
    stage = await stagePages();
    anybody = await stage.stranger({ script: false });
  });
  afterAll(() => stage.close());

  const open = (path: string, page: Page = anybody) => page.goto(stage.system.url + path);

  it('read what the API is under the headings of the catalogue, without signing in', async () => {
    await open('/developers');
    const headings = await anybody.locator('h2[id]').allInnerTexts();
    expect(headings.map((text) => text.trim())).toEqual([
      'Contents',
      'Overview',
      'Who can use this API',
      'Related APIs',
      'API status and roadmap',
      'Service level',
      'Technology',
      'Network access',
      'Security and authorisation',
      'Environments and testing',
      'Onboarding',
      'Endpoints',
    ]);
  });

  it('find an operation in the reference, with its scopes and its types', async () => {
    await open('/developers/reference');
    await anybody.getByLabel('Find').fill('staffsearch');
    await anybody.getByRole('button', { name: 'Search' }).click();
    await anybody.getByRole('link', { name: 'staffSearch', exact: true }).click();
    expect(await anybody.locator('main').innerText()).toContain('hr:read, or record:read');
    await anybody.getByRole('link', { name: 'StaffSearchConnection!' }).click();
    expect(await anybody.locator('h1').innerText()).toContain('StaffSearchConnection');
    expect((await open('/developers/reference/types/Nobody'))?.status()).toBe(404);
  });

  it('look up a code, and what to do about it', async () => {
    await open('/developers/errors');
    await anybody.getByLabel('Find').fill('purpose header');
    await anybody.getByRole('button', { name: 'Search' }).click();
    expect(await anybody.getByRole('status').first().innerText()).toMatch(/^1 of \d+ codes$/);
    expect(await anybody.locator('tbody code').allInnerTexts()).toEqual(['PURPOSE_REQUIRED']);
  });

  it.each([
    ['api', '/developers'],
    ['reference', '/developers/reference'],
    ['operation', '/developers/reference/operations/staffSearch'],
    ['type', '/developers/reference/types/StaffMember'],
    ['errors', '/developers/errors'],
    ['limits', '/developers/limits'],
  ])('see a page that keeps to the rules and is light: %s', async (name, path) => {
    const page = await stage.stranger();
    expect(await weightOf(page, stage.system.url + path)).toBeLessThan(PAGE_BUDGET);
    await expectGoodPage(page, `developers-${name}`);
  });

  it('never reach another host, break the security policy or see a page throw', () => {
    expect(stage.wrong).toEqual([]);
  });
});
