/** Administrators: finding a passport, pausing and stopping it with a second browser looking on, and the rest of the section. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';

import { PERSON, RECORDS } from '../../../subgraphs/esr/files/go2-layout.ts';
import { describeWithServers } from '../../servers/available.ts';
import { ask, machineToken } from '../clients.ts';
import { changed, fullFile, writeChanges } from '../extract-changes.ts';
import { until } from '../scenario.ts';
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
  /** The other administrator of the trust. */
  const secondMail = (): string => {
    const [, second] = stage.system.demonstration.invented.filter(
      ({ role, who }) => role === 'ADMINISTRATOR' && who.endsWith('RZ1'),
    );
    if (second === undefined) throw new Error('one administrator alone');
    return second.mail;
  };
  const findNurse = async (on: Page): Promise<void> => {
    await open('/admin', on);
    await on.locator('#text').fill(stage.system.demonstration.nurse.employeeNumber);
    await press('Search', on);
    await on.locator('main table a').first().click();
    await on.waitForURL('**/admin/passports/**');
  };

  /** Has the trust's systems told at an address that nobody can reach. */
  const addReceiver = async (url: string): Promise<void> => {
    await open('/admin/receivers');
    await page.locator('#url').fill(url);
    await page.locator('#audience').fill('doors');
    await press('Add it');
    await confirm();
    await page.getByRole('heading', { name: 'The secret of this receiver' }).waitFor();
  };
  const endReceiver = async (): Promise<void> => {
    await press('End this receiver');
    await confirm();
    await page.getByText('Nothing more is pushed to it', { exact: true }).waitFor();
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
    await open('/admin');
    await page.locator('#text').fill(stage.system.demonstration.nurse.mail);
    await press('Search');
    await page.getByText('1 person').waitFor();
    expect(await page.locator('main table tbody tr').count()).toBe(1);
    await page.getByRole('link', { name: 'Empty' }).click();
    await page.getByText('0 of 1 people on this page.').waitFor();
    await findNurse(page);
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

  it('ask for it to be stopped, and a colleague approves it and follows how far that gets', async () => {
    const credentialPath = new URL(page.url()).pathname;
    await addReceiver('https://doors.invalid/signals');
    await open(credentialPath);
    const other = await stage.signedIn('ADMINISTRATOR', 'RZ1', { mail: secondMail() });
    expect(await walkWithKeyboard(page)).toContain('Pause or stop it');
    // With the keyboard alone.
    await page.getByRole('button', { name: 'Pause or stop it' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/stop');
    await page.locator('#what-2').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('She rang. 943 476 5919');
    await press('Continue');
    expect(await page.locator('.nhsuk-error-summary a').getAttribute('href')).toBe('#note');
    await expectGoodPage(page, 'admin-stop-note-error');
    await page.locator('#note').fill('She rang the ward');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/confirm/**');
    expect(page.url()).not.toMatch(/ward/);
    expect(await heading()).toBe('Are you sure you want to stop this credential for good?');
    expect(await page.locator('main').innerText()).toMatch(
      /1 credential of .* will be stopped.*within \d+ seconds of approval.[^]*in the last 30 days[^]*2 other valid credentials/,
    );
    await expectGoodPage(page, 'admin-confirm');
    await press('Ask for approval to stop it');
    await confirm();
    await page.getByRole('heading', { name: 'Waiting for approval' }).waitFor();
    expect(await page.getByRole('button', { name: 'Approve and stop it' }).count()).toBe(0);
    await expectGoodPage(page, 'admin-stop-waiting');

    await open('/admin/approvals', other);
    await expectGoodPage(other, 'admin-approvals-stop');
    await other.getByRole('link', { name: /^Stop: / }).click();
    await other.getByRole('button', { name: 'Approve and stop it' }).waitFor();
    expect(await other.locator('main').innerText()).toContain('She rang the ward');
    await expectGoodPage(other, 'admin-stop-to-approve');
    await press('Approve and stop it', other);
    await confirm(other);
    await other.getByRole('heading', { name: 'Credential stopped' }).waitFor();
    // In the first browser, without doing anything there.
    await page.getByRole('heading', { name: 'Credential stopped' }).waitFor();
    expect(await page.getByRole('button', { name: 'Take it back' }).count()).toBe(0);
    await page.locator('[data-step=list] [data-part=status]', { hasText: 'Done' }).waitFor();
    expect(await page.locator('#said').innerText()).toContain('Done');
    // The trust's own system that cannot be reached is named, there without doing anything, here after a reload.
    const receivers = page.locator('[data-step=receivers] [data-part=status]');
    await receivers.getByText('Not yet: 0 of 1. Sending to 1 has failed so far').waitFor();
    await page.getByText(/^https:\/\/doors\.invalid\/signals, \d+ failed attempt/).waitFor();
    await other.getByRole('link', { name: 'Look again' }).click();
    await other.getByText(/^https:\/\/doors\.invalid\/signals/).waitFor();
    await expectGoodPage(other, 'admin-stop-approved');
    await open('/admin/receivers');
    await page.getByRole('link', { name: 'https://doors.invalid/signals' }).click();
    await endReceiver();
    await open('/admin/stops', other);
    await expectGoodPage(other, 'admin-stops');

    await open(credentialPath);
    await page.getByText('It was stopped for good.').waitFor();
    expect(await page.getByRole('button', { name: 'Pause or stop it' }).count()).toBe(0);
    await page.getByRole('link', { name: 'How far the last change has got' }).click();
    await page.getByRole('heading', { name: 'Credential stopped' }).waitFor();
    await expectGoodPage(page, 'admin-progress');
    // A reference leads to it.
    const reference = credentialPath.split('/').at(-1) ?? '';
    await open('/admin');
    await page.locator('#text').fill(decodeURIComponent(reference));
    await press('Search');
    await page.waitForURL(`**${credentialPath}`);
  });

  it('turn down what a colleague asked for, and take back one’s own', async () => {
    const other = await stage.signedIn('ADMINISTRATOR', 'RZ1', { mail: secondMail() });
    const askToStop = async (): Promise<string> => {
      await findNurse(page);
      await press('Stop the whole passport');
      await page.getByLabel('Stop it for good').check();
      await page.getByLabel('They left the trust').check();
      await press('Continue');
      await page.waitForURL('**/confirm/**');
      expect(await heading()).toBe('Are you sure you want to stop this passport for good?');
      // Nobody is hurried out of the trust.
      expect(await page.getByRole('button', { name: 'Stop it now' }).count()).toBe(0);
      await press('Ask for approval to stop it');
      await confirm();
      await page.getByRole('heading', { name: 'Waiting for approval' }).waitFor();
      return new URL(page.url()).pathname;
    };
    const first = await askToStop();
    await page.getByRole('link', { name: 'The passport' }).click();
    await page.getByText('Somebody has asked for this passport to be stopped.').waitFor();
    await expectGoodPage(page, 'admin-passport-waiting');
    await open(first, other);
    await press('Turn it down', other);
    await other.getByText('You turned it down').waitFor();
    await expectGoodPage(other, 'admin-stop-refused');
    await askToStop();
    await press('Take it back');
    await page.getByText('You took it back').waitFor();
  });

  it('ask why before all of a passport is paused', async () => {
    await findNurse(page);
    await press('Pause the whole passport');
    await page.getByText('There is a problem').waitFor();
    expect(await page.locator('.nhsuk-error-summary a').getAttribute('href')).toBe('#reason');
    await expectGoodPage(page, 'admin-passport-pause-error');
    expect(await walkWithKeyboard(page)).toContain('Pause the whole passport');
  });

  it('pause all of a passport at once, without script', async () => {
    const plain = await stage.signedIn('ADMINISTRATOR', 'RZ1', { script: false });
    await findNurse(plain);
    await press('Pause the whole passport', plain);
    await plain.getByText('There is a problem').waitFor();
    await plain.locator('#reason').check();
    await press('Pause the whole passport', plain);
    await plain.getByText('2 credentials are paused').waitFor();
    await plain.getByRole('link', { name: 'Identity' }).click();
    await plain.getByRole('link', { name: 'How far the last change has got' }).click();
    await plain.getByRole('link', { name: 'Look again' }).click();
    expect(await heading(plain)).toBe('Credential paused');
    expect(await plain.locator('[data-step=records]').innerText()).toContain('Done');
  });

  it('stop the whole passport at once when it cannot wait, and a colleague reviews that', async () => {
    const other = await stage.signedIn('ADMINISTRATOR', 'RZ1', { mail: secondMail() });
    await findNurse(page);
    await press('Stop the whole passport');
    await expectGoodPage(page, 'admin-stop-whole');
    await page.getByLabel('Stop it for good').check();
    await page.getByLabel('Their device was lost or stolen').check();
    await press('Continue');
    await page.getByRole('button', { name: 'Stop it now' }).waitFor();
    await expectGoodPage(page, 'admin-confirm-whole');
    await press('Stop it now');
    await confirm();
    await page.getByRole('heading', { name: 'Passport stopped' }).waitFor();
    await page.getByText('You stopped this, so a second administrator has to review it.').waitFor();
    await expectGoodPage(page, 'admin-stop-urgent');
    await open(new URL(page.url()).pathname, other);
    await press('Save the review', other);
    await other.getByText('There is a problem').waitFor();
    await expectGoodPage(other, 'admin-stop-review-error');
    await other.getByLabel('Yes, it could not wait').check();
    await press('Save the review', other);
    await confirm(other);
    await other.getByText('Your review was saved').waitFor();
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
    await page.goto(`${stage.system.url}/admin/audit`);
    await page.getByRole('link', { name: 'What was done, by whom and when' }).click();
    await page.getByRole('row', { name: /Reviewed a stop/ }).waitFor();
    await expectGoodPage(page, 'admin-audit-events');
    await page.getByLabel('What was done').selectOption('Approved a stop');
    await press('Show');
    await page.waitForURL(/action=stop\.approved/);
    expect(await page.locator('main table tbody tr').count()).toBe(1);
    const file = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download these as a file' }).click();
    const text = await readFile(await (await file).path(), 'utf8');
    expect(text.split('\r\n')[1]).toMatch(/^"20[^"]*","stf_[^"]*","stop\.approved","stp_/);
  });

  it('narrow record matches, and decide one with both sides beside each other', async () => {
    await marry();
    await page.getByLabel('How likely it is the same person').selectOption('Not scored');
    await page.getByLabel('How long it waits').selectOption('Longer than it should');
    await press('Show these');
    await page.waitForURL(/score=NOT_SCORED&age=overdue/);
    await page.getByText('Nothing to review is like this. Show other ones.').waitFor();
    await expectGoodPage(page, 'admin-matches-none');
    await open('/admin/matches');
    await page.getByLabel('Trust where it arose').selectOption('RZ1');
    await page.getByLabel('Show').selectOption('NAME_CHANGE');
    await press('Show these');
    await page.waitForURL(/queue=NAME_CHANGE&trust=RZ1/);
    await expectGoodPage(page, 'admin-matches-narrowed');
    await page.getByRole('link', { name: 'The name changed on one side' }).click();
    await page.waitForURL('**/admin/matches/**');
    await page.getByRole('row', { name: /Surname.*Featherstonehaugh.*Different/ }).waitFor();
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

  /** Her record has the address of a mailbox from now on, and another surname. The mailbox has no number of hers. */
  async function marry(): Promise<void> {
    const { demonstration, operations } = stage.system;
    const { header, rows } = await fullFile(demonstration, 'RZ1');
    const claire = rows.find(
      (row) =>
        row[0] === `${RECORDS.person}A` &&
        row[PERSON.given] === 'Claire' &&
        row[PERSON.family] === 'Compton',
    );
    if (claire === undefined) throw new Error('nobody to marry');
    const married = changed(claire, {
      [PERSON.family]: 'Featherstonehaugh',
      [PERSON.workEmail]: 'claire.compton@nhsmail.example',
    });
    const folder = await mkdtemp(join(tmpdir(), 'lanyard-married-'));
    try {
      const files = [await writeChanges(join(folder, 'marriage.DAT'), header, [married])];
      await operations.run('importFiles', { files }, () => undefined);
      // The copy of the staff record follows the import.
      await until(
        async () => {
          await operations.run('matchDirectory', {}, () => undefined);
          await open('/admin/matches');
          return page.locator('main table a').count();
        },
        (count) => count > 0,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  }

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
    await addReceiver('https://receiver.invalid/signals');
    await expectGoodPage(page, 'admin-receiver-secret');
    await press('I have copied it');
    await page.getByRole('heading', { name: 'https://receiver.invalid/signals' }).waitFor();
    await expectGoodPage(page, 'admin-receiver');
    await press('Send everything again');
    await confirm();
    await page.getByText('Everything is being sent again', { exact: true }).waitFor();
    await endReceiver();
    expect(await page.getByText('https://receiver.invalid/signals').count()).toBe(0);
    await expectGoodPage(page, 'admin-receivers');

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

  it('lead from approvals to a change of the register', async () => {
    await open('/admin/registry/RZ1');
    await press('Ask for a change');
    await page.getByLabel('Name of a team').fill('Workforce systems');
    await page.getByLabel('E-mail address of the team').fill('workforce@rz1.example');
    await page.getByLabel('Why is it to be changed?').fill('There is a team now');
    await press('See what it would alter');
    await press('Ask for approval');
    await confirm();
    await page.getByText('You asked for it, so somebody else has to approve it.').waitFor();
    const other = await stage.signedIn('ADMINISTRATOR', 'RZ1', { mail: secondMail() });
    await open('/admin/approvals', other);
    await expectGoodPage(other, 'admin-approvals-register');
    await other.getByRole('link', { name: /^Change of the register: / }).click();
    await press('Turn it down', other);
    await other.getByText('It was turned down').waitFor();
    await open('/admin/approvals', other);
    expect(await other.getByRole('link', { name: /^Change of the register: / }).count()).toBe(0);
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
