import { mkdtemp, readFile, rm } from 'node:fs/promises';
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
    await desk.getByLabel('I send them a link').check();
    await desk.getByRole('button', { name: 'Ask for it' }).click();
    await desk.locator('#wait').waitFor();
    const link = await desk.locator('main a[href*="/present/"]').innerText();
    const mailto = new URL(
      (await desk.getByRole('link', { name: 'Write an email with it' }).getAttribute('href')) ?? '',
    );
    expect(mailto.searchParams.get('body')).toContain(link);
    await desk.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await desk.getByRole('button', { name: 'Copy the message' }).click();
    await desk.getByText('The message is copied.').waitFor();
    expect(await desk.evaluate('navigator.clipboard.readText()')).toContain(link);
    await expectGoodPage(desk, 'hr-waiting');

    await nurse.goto(at('/passport/share'));
    await nurse.fill('#code', await desk.locator('.app-code').innerText());
    await nurse.getByRole('button', { name: 'Continue' }).click();
    await nurse.getByRole('button', { name: /this browser|Continue/ }).click();
    await nurse.getByRole('button', { name: 'Share now' }).click();
    await nurse.getByRole('button', { name: /without a passkey/ }).click();
    await nurse.getByRole('heading', { name: 'Shared' }).waitFor();

    // It is looked at again later on a busy machine.
    await desk.getByText(/It (is valid|was valid then)\./).waitFor();
    expect(await desk.locator('h1').innerText()).toMatch(
      /Starting 3 February 2027, VAC-17\s+Amara/,
    );
    await expectGoodPage(desk, 'hr-checks');
    expect(await weightOf(desk, desk.url())).toBeLessThan(PAGE_BUDGET);
  });

  it('says who saw the originals, and copies the answers', async () => {
    await desk.getByRole('link', { name: 'Identity' }).click();
    // As the list said, though what was shared holds.
    await desk.locator('main dl').getByText('Your decision').waitFor();
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
    expect(await desk.locator('main table').innerText()).not.toMatch(/\d{4}-\d\d-\d\d|[A-Z]_[A-Z]/);
    // Wide enough for a word: the rules of the NHS take cells to nothing.
    const least: string = await desk.evaluate(
      `getComputedStyle(document.querySelector('main tbody td')).minWidth`,
    );
    expect(parseFloat(least)).toBeGreaterThan(100);
    await desk.fill('#number', '1');
    await desk.getByRole('button', { name: 'Compare' }).click();
    await desk.getByText('There is nobody with this number').first().waitFor();
    await expectGoodPage(desk, 'hr-answers-error');
    await desk.getByLabel('Use Given name').uncheck();
    const ticked = await desk.locator('[data-copy]:checked').count();
    await desk.getByRole('button', { name: 'Copy the answers' }).click();
    await desk.getByText(`Copied ${String(ticked)} answers`).waitFor();
    const copied: string = await desk.evaluate('navigator.clipboard.readText()');
    expect([copied.includes('Okafor-Lindqvist'), copied.includes('Given name')]).toEqual([
      true,
      false,
    ]);
    const file = await download(desk, 'Download as CSV');
    expect(file.name).toMatch(/^answers-.*\.csv$/);
    expect([file.text.includes('Okafor-Lindqvist'), file.text.includes('Given name')]).toEqual([
      true,
      false,
    ]);
  });

  it('is done with somebody, and takes it back, without script', async () => {
    const plain = await stage.signedIn('HR_OFFICER', 'RZ2', { script: false });
    await plain.getByRole('link', { name: 'Needs you (1)' }).waitFor();
    await plain.getByRole('link', { name: 'VAC-17' }).click();
    await plain.getByText('How we checked this').click();
    await plain.getByRole('button', { name: 'Move to Done' }).click();
    await plain.getByText('It is under Done.').waitFor();
    await plain.getByRole('link', { name: 'Done (1)' }).click();
    await plain.getByRole('link', { name: 'VAC-17' }).click();
    await plain.getByRole('button', { name: 'Move back to Needs you' }).click();
    await plain.getByText('It is under Needs you.').waitFor();
    expect(await plain.getByRole('button', { name: 'Move to Done' }).count()).toBe(1);
  });

  it('asks somebody who shows a code, who says no, without script at the desk', async () => {
    const plain = await stage.signedIn('HR_OFFICER', 'RZ2', { script: false });
    await plain.goto(at('/hr/check'));
    await plain.getByRole('button', { name: 'Check' }).click();
    await plain.getByText('There is a problem').waitFor();
    await nurse.goto(at('/passport/show'));
    await plain.fill('#typed', (await nurse.locator('.app-code').innerText()).toLowerCase());
    await plain.getByRole('button', { name: 'Check' }).click();
    await plain.getByText('We know whom to ask').waitFor();
    await plain.getByLabel('Bank shift').check();
    await plain.fill('#reference', 'SHIFT-4');
    await plain.getByRole('button', { name: 'Ask for it' }).click();
    await plain.getByText('Waiting for them').waitFor();
    // It comes to the person's own screen, in the other browser.
    await nurse.getByRole('link', { name: 'Look at the request' }).click();
    await nurse.getByRole('button', { name: 'Share from this browser' }).click();
    await nurse.getByRole('button', { name: 'Do not share' }).click();
    await nurse.getByText('You did not share anything.').waitFor();
    await plain.getByRole('button', { name: 'Look again' }).click();
    await plain.getByText('They decided not to share').waitFor();
    await desk.goto(plain.url());
    await expectGoodPage(desk, 'hr-ended');
    // Nobody enters anything twice, and what came to nothing is done with.
    await plain.getByRole('button', { name: 'Ask again' }).click();
    expect(await plain.inputValue('#reference')).toBe('SHIFT-4');
    await plain.getByLabel('They are here').check();
    await plain.getByRole('button', { name: 'Ask for it' }).click();
    await plain.getByText('Waiting for them').waitFor();
    await plain.goto(at('/hr?show=DONE'));
    await plain.getByRole('link', { name: 'SHIFT-4' }).waitFor();
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

  it('says what to do when there is no camera', async () => {
    await desk.goto(at('/hr/check'));
    await desk.getByRole('button', { name: 'Use the camera' }).click();
    await desk.getByText('We cannot use your camera.').waitFor();
    await expectGoodPage(desk, 'hr-check-no-camera');
  });

  it('asks many at once, and takes along what was wrong', async () => {
    await desk.goto(at('/hr/rotation'));
    const lines = Array.from(
      { length: 120 },
      (_, index) =>
        `ROT-${String(index).padStart(3, '0')}, 2027-02-${String((index % 28) + 1).padStart(2, '0')}`,
    );
    await desk.fill('#rows', [...lines, 'ROT-120, yesterday', ', 2027-02-03'].join('\n'));
    await desk.getByRole('button', { name: 'Ask all of them' }).click();
    await desk.getByRole('link', { name: /lines 121, 122/ }).waitFor();
    await expectGoodPage(desk, 'hr-rotation-error');
    await desk.getByRole('button', { name: 'Ask the other 120' }).click();
    await desk.getByText('0 of 120 answered. 0 need you.').waitFor();
    await expectGoodPage(desk, 'hr-rotation-asked');
    const left = await download(desk, 'Download the lines to correct');
    expect(left.text.split('\r\n').slice(1, 3)).toEqual([
      'ROT-120,yesterday,121,The day is not a real date like 2027-02-03',
      ',2027-02-03,122,The reference is missing or has more than 60 characters',
    ]);
    await desk.getByRole('link', { name: 'Waiting for them (120)' }).click();
    await desk.getByRole('link', { name: 'ROT-119' }).waitFor();
    await expectGoodPage(desk, 'hr-rotation');
    expect(await weightOf(desk, desk.url())).toBeLessThan(PAGE_BUDGET);
  });

  it('comes back to its list another day, in another browser, without script', async () => {
    const plain = await stage.signedIn('HR_OFFICER', 'RZ2', { script: false });
    await plain.goto(at('/hr/rotation'));
    await plain.fill('#rows', 'ROT-900\nROT-901, 2027-03-01');
    await plain.getByRole('button', { name: 'Ask all of them' }).click();
    await plain.getByText('0 of 2 answered. 0 need you.').waitFor();
    await plain.goto(at('/hr/rotation'));
    await plain.getByRole('link', { name: /^120 people, asked/ }).click();
    const results = await download(plain, /results/);
    expect(results.text.match(/ROT-\d{3},2027-02-\d\d,The new starter,,http/g)).toHaveLength(120);
  });

  it('sees the list move while it looks', async () => {
    await desk.getByRole('link', { name: 'ROT-119' }).click();
    await desk.locator('#wait').waitFor();
    const link = await desk.locator('main a[href*="/present/"]').innerText();
    await desk.goto(at('/hr/rotation'));
    await desk.getByRole('link', { name: /^120 people, asked/ }).click();
    await nurse.goto(link);
    await nurse.getByRole('button', { name: 'Share from this browser' }).click();
    await nurse.getByRole('button', { name: 'Do not share' }).click();
    await nurse.getByText('You did not share anything.').waitFor();
    await desk.getByText('0 of 120 answered. 1 need you.').waitFor();
    expect(await firstReference(desk)).toBe('ROT-119');
  });

  it('puts new starters in any order and finds one, without script', async () => {
    const plain = await stage.signedIn('HR_OFFICER', 'RZ2', { script: false });
    await plain.goto(at('/hr?show=OPEN'));
    await plain.getByRole('link', { name: 'Your reference', exact: true }).click();
    await plain
      .getByRole('columnheader', { name: 'Your reference' })
      .and(plain.locator('[aria-sort=ascending]'))
      .waitFor();
    expect(await firstReference(plain)).toBe('ROT-000');
    await plain.getByRole('link', { name: 'Next page' }).click();
    await plain.waitForURL('**after=**');
    expect(await firstReference(plain)).toBe('ROT-020');
    await plain.getByRole('link', { name: 'Your reference', exact: true }).click();
    await plain.waitForURL('**way=DESC**');
    // The other one can be answered for ten minutes only.
    expect(['SHIFT-4', 'ROT-901']).toContain(await firstReference(plain));
    await plain.getByRole('button', { name: 'Find' }).click();
    await plain.getByText('There is a problem').waitFor();
    await plain.fill('#reference', 'rot-11');
    await plain.getByRole('button', { name: 'Find' }).click();
    await plain.waitForURL('**search=**');
    expect(plain.url()).not.toContain('rot-11');
    await plain.getByRole('link', { name: /^Waiting for them \(9\)/ }).waitFor();
    await desk.goto(at('/hr?show=OPEN'));
    await expectGoodPage(desk, 'hr-new-starters');
  });

  it('never reaches another host, breaks its security policy or throws', () => {
    expect(stage.wrong).toEqual([]);
  });
});

/** The reference in the first row of a table. */
const firstReference = (page: Page): Promise<string> =>
  page.locator('main tbody tr a').first().innerText();

/** What a button sends as a file. */
async function download(
  page: Page,
  button: string | RegExp,
): Promise<{ readonly name: string; readonly text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}
