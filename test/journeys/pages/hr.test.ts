import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';

import { describeWithServers } from '../../servers/available.ts';
import { filmCode } from './camera-film.ts';
import { expectGoodPage, PAGE_BUDGET, type PageStage, stagePages, weightOf } from './staged.ts';

describeWithServers('chromium')('the HR desk', () => {
  let stage: PageStage;
  let folder: string;
  let nurse: Page;
  let desk: Page;
  const at = (path: string): string => `${stage.system.url}${path}`;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lanyard-desk-'));
    stage = await stagePages();
  });
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('finds one of its own staff and offers a passport, without script', async () => {
    const own = await stage.signedIn('HR_OFFICER', 'RZ1', { script: false });
    await own.goto(at('/hr/staff'));
    await own.getByRole('button', { name: 'Search' }).click();
    expect(await own.title()).toMatch(/^Error: /);
    await own.fill('#text', 'Okafor');
    await own.getByRole('button', { name: 'Search' }).click();
    // What was searched for is in no address.
    expect(own.url()).not.toMatch(/okafor/i);
    await own.locator('main ul a').first().click();
    await own.getByRole('button', { name: 'Offer a passport' }).click();
    await own.getByRole('button', { name: 'Do not do this' }).click();
    await own.getByText('You did not confirm it').waitFor();
    await own.getByRole('button', { name: 'Offer a passport' }).click();
    await own.getByRole('button', { name: /without a passkey/ }).click();
    await own.getByText('It is offered.').waitFor();
  });

  it('asks a new starter, who shares in another browser, and sees the answer come', async () => {
    nurse = await stage.signedIn('STAFF', 'RZ1');
    await nurse.goto(at('/passport/set-up'));
    await nurse.getByRole('button', { name: 'Set up this device' }).click();
    await nurse.getByRole('button', { name: /Add all/ }).click();
    await nurse.getByRole('button', { name: 'Collect' }).click();
    await nurse.getByText('Your passport is on this device').waitFor();

    desk = await stage.signedIn('HR_OFFICER', 'RZ2');
    await expectGoodPage(desk, 'hr-new-starters-empty');
    await desk.goto(at('/hr/ask'));
    await desk.fill('#starts-day', '31');
    await desk.fill('#starts-month', '2');
    await desk.fill('#starts-year', '2027');
    await desk.getByRole('button', { name: 'Ask for it' }).click();
    await expectGoodPage(desk, 'hr-ask-error');
    await desk.getByLabel('Permanent move').check();
    await desk.fill('#starts-day', '3');
    await desk.fill('#reference', 'VAC-17');
    await desk.getByRole('button', { name: 'Ask for it' }).click();
    await desk.locator('#wait').waitFor();
    await expectGoodPage(desk, 'hr-waiting');

    await nurse.goto(at('/passport/share'));
    await nurse.fill('#code', await desk.locator('.app-code').innerText());
    await nurse.getByRole('button', { name: 'Continue' }).click();
    await nurse.getByRole('button', { name: /this browser|Continue/ }).click();
    await nurse.getByRole('button', { name: 'Share now' }).click();
    await nurse.getByRole('button', { name: /without a passkey/ }).click();
    await nurse.getByRole('heading', { name: 'Shared' }).waitFor();

    await desk.getByText('It is valid.').waitFor();
    expect(await desk.locator('h1').innerText()).toMatch(
      /Starting 3 February 2027, VAC-17\s+Amara/,
    );
    await expectGoodPage(desk, 'hr-checks');
    expect(await weightOf(desk, desk.url())).toBeLessThan(PAGE_BUDGET);
  });

  it('says who saw the originals, and copies the answers', async () => {
    await desk.getByRole('link', { name: 'Identity' }).click();
    await desk.getByRole('button', { name: 'Save' }).click();
    await expectGoodPage(desk, 'hr-one-check-error');
    expect(
      await desk.evaluate(`document.activeElement?.closest('.nhsuk-error-summary') !== null`),
    ).toBe(true);
    await desk.getByLabel('I have seen the original documents in person').check();
    await desk.fill('#reason', 'Passport and driving licence');
    await desk.getByRole('button', { name: 'Save' }).click();
    await desk.getByText('1 of 6 employment checks').waitFor();
    await desk.getByRole('button', { name: /^Copy/ }).click();
    await expectGoodPage(desk, 'hr-answers');
    expect(await desk.locator('main table').innerText()).toContain('Okafor-Lindqvist');
    const [file] = await Promise.all([
      desk.waitForEvent('download'),
      desk.getByRole('button', { name: 'Download as CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^answers-.*\.csv$/);
  });

  it('reads the code on somebody’s screen with the camera', async () => {
    await nurse.goto(at('/passport/show'));
    const code = (await nurse.locator('.app-code').first().innerText()).replace('-', '').trim();
    const film = join(folder, 'code.y4m');
    await filmCode(film, at(`/hr/check?code=${code}`));
    const camera = await stage.signedIn('HR_OFFICER', 'RZ2', { camera: film });
    await camera.goto(at('/hr/check'));
    await expectGoodPage(camera, 'hr-check');
    await camera.getByRole('button', { name: 'Use the camera' }).click();
    await camera.waitForURL(/\/hr\/ask\?holder=/);
    await camera.getByText('We know whom to ask').waitFor();
  });

  it('asks many at once, and says how each of them stands', async () => {
    await desk.goto(at('/hr/rotation'));
    await desk.fill('#rows', 'ROT-1, 2027-02-03\nROT-2, yesterday');
    await desk.getByRole('button', { name: 'Ask all of them' }).click();
    await desk.getByRole('link', { name: /^Line 2/ }).waitFor();
    await expectGoodPage(desk, 'hr-rotation-error');
    await desk.fill('#rows', 'ROT-1, 2027-02-03\nROT-2, 2027-02-03\nROT-3, , 222-222');
    await desk.getByRole('button', { name: 'Ask all of them' }).click();
    await desk.getByText('0 of 3 answered. 1 need you.').waitFor();
    await expectGoodPage(desk, 'hr-rotation');
    await desk.goto(at('/hr?show=OPEN'));
    await desk.getByRole('link', { name: 'ROT-2' }).waitFor();
    await expectGoodPage(desk, 'hr-new-starters');
  });

  it('never reaches another host, breaks its security policy or throws', () => {
    expect(stage.wrong.filter((what) => !what.includes('require-trusted-types-for'))).toEqual([]);
  });
});
