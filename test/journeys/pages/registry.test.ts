/** Administrators: imports with rows that were left out, keys, the register with a second person, and how the service does. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';

import { describeWithServers } from '../../servers/available.ts';
import { ask, machineToken } from '../clients.ts';
import { collect } from '../wallet.ts';
import { expectGoodPage, type PageStage, stagePages } from './staged.ts';

const quiet = (): void => undefined;

describeWithServers('chromium')('the pages of imports, keys, register and health', () => {
  let stage: PageStage;
  let page: Page;
  /** Where files are sent from. */
  let folder: string;

  const run = (name: string, input: object): Promise<unknown> =>
    stage.system.operations.run(name as never, input as never, quiet);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lanyard-sent-'));
    stage = await stagePages();
    await issueIdentity(stage);
    // One wrong row is left out; a file that is mostly wrong is refused.
    const { nurse } = stage.system.demonstration;
    const row = (date: string) =>
      `RZ1,${nurse.employeeNumber},NHS|CSTF|Fire Safety - 2 Years|,${date},`;
    await send('training.csv', [row('2026-05-01'), row('2026-13-01')]);
    await send('training-refused.csv', [row('2026-13-01'), row('2026-13-02'), row('2026-13-03')]);
    page = await stage.signedIn('ADMINISTRATOR', 'RZ1');
  });
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  /** Sends a file of the training record. */
  async function send(name: string, rows: readonly string[]): Promise<void> {
    const path = join(folder, name);
    const header = 'odsCode,employeeNumber,competence,awardedOn,expiresOn';
    await writeFile(path, [header, ...rows, `TRL,${String(rows.length + 2)}`, ''].join('\n'));
    await run('importFiles', { files: [path] });
  }

  const open = (path: string, on: Page = page) => on.goto(stage.system.url + path);
  const press = (name: string | RegExp, on: Page = page) =>
    on.getByRole('button', { name }).click();
  /** Identity asks for a passkey; in a demonstration a button stands in for it. */
  const confirm = (on: Page = page) =>
    on.getByRole('button', { name: /Confirm without a passkey/ }).click();
  const problems = (on: Page = page) => on.locator('.nhsuk-error-summary a').allInnerTexts();

  it('show what was imported and what was left out, with nothing about anybody', async () => {
    await open('/admin');
    await page.getByRole('link', { name: 'Imports of staff records' }).click();
    await page.getByText(/^The last file, training-refused.csv, came today/).waitFor();
    await expectGoodPage(page, 'admin-imports');
    await page.getByRole('link', { name: 'training.csv' }).click();
    await page.getByRole('row', { name: /of those, left out 1/ }).waitFor();
    await page.getByRole('row', { name: /3 awardedOn .* date_invalid/ }).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/2026-13|tmp/);
    await expectGoodPage(page, 'admin-import');
    const download = page.waitForEvent('download');
    await press('Download all rows that were left out');
    const csv = await readFile(await (await download).path(), 'utf8');
    expect(csv).toContain('3,awardedOn,');
    expect(csv).not.toContain('2026-13');
  });

  it('take a refused file again, without script', async () => {
    const plain = await stage.signedIn('ADMINISTRATOR', 'RZ1', { script: false });
    await open('/admin/imports', plain);
    await plain.getByRole('link', { name: 'training-refused.csv' }).click();
    await plain.getByText('Why it was refused').waitFor();
    const before = plain.url();
    await page.goto(before);
    await expectGoodPage(page, 'admin-import-refused');
    await press('Take the file again', plain);
    await plain.getByText('It goes on.').waitFor();
    expect(plain.url()).not.toBe(before);
  });

  it('rotate a key, and turn one off only after the number that depends on it was typed', async () => {
    await open('/admin/keys');
    await expectGoodPage(page, 'admin-keys');
    await press('Rotate now');
    expect(await problems()).toEqual(['Select which key to replace']);
    await expectGoodPage(page, 'admin-keys-error');
    await page.getByLabel('Credentials').check();
    await press('Rotate now');
    await confirm();
    await page.getByText(/^The new key is published. It takes over today at/).waitFor();
    await page.locator('.nhsuk-tag', { hasText: 'Published, not used yet' }).waitFor();
    await expectGoodPage(page, 'admin-key-waiting');

    await open('/admin/keys');
    const active = page.getByRole('row', { name: /Credentials.*Active/ });
    await active.getByRole('link').click();
    await page.getByText('1 credential still uses it.').waitFor();
    await expectGoodPage(page, 'admin-key');
    await press('Turn this key off');
    expect(await problems()).toEqual(['Type 1, the number of credentials that depend on this key']);
    await expectGoodPage(page, 'admin-key-error');
    await page.getByLabel('Type 1 to say that you know how many').fill('1');
    await press('Turn this key off');
    await confirm();
    await page.getByText('The key was turned off').waitFor();
    await expectGoodPage(page, 'admin-key-off');
  });

  it('change the register with a second person, after seeing what it would alter', async () => {
    await open('/admin/registry');
    await expectGoodPage(page, 'admin-registry');
    await page.getByRole('row', { name: /RZ1/ }).getByRole('link').click();
    await page.getByRole('button', { name: 'Ask for a change' }).waitFor();
    await expectGoodPage(page, 'admin-registered');
    await press('Ask for a change');
    await page.getByLabel('Name of a team').fill('');
    await page.getByLabel('E-mail address of the team').fill('');
    await press('See what it would alter');
    expect(await problems()).toEqual([
      expect.stringContaining('Enter the name of the team'),
      expect.stringContaining('Enter an e-mail address'),
      expect.stringContaining('Enter why it is to be changed'),
    ]);
    await expectGoodPage(page, 'admin-registry-form-error');
    await page.getByLabel('Identity').uncheck();
    await page.getByLabel('Name of a team').fill('Workforce systems');
    await page.getByLabel('E-mail address of the team').fill('workforce@rz1.example');
    await page.getByLabel('Why is it to be changed?').fill('Identity moves to the shared service');
    await press('See what it would alter');
    await page.getByRole('row', { name: /May issue: Identity Yes No/ }).waitFor();
    await page.getByText('1 credential in force stays valid').waitFor();
    expect(page.url()).not.toMatch(/workforce/i);
    await expectGoodPage(page, 'admin-registry-dry-run');
    await press('Ask for approval');
    await confirm();
    await page.getByText('You asked for it, so somebody else has to approve it.').waitFor();
    expect(await page.getByRole('button', { name: 'Approve it' }).count()).toBe(0);
    await expectGoodPage(page, 'admin-registry-change');
    const path = new URL(page.url()).pathname;

    const keeper = await stage.signedIn('ADMINISTRATOR', 'X26');
    await open('/admin/registry-changes', keeper);
    await expectGoodPage(keeper, 'admin-registry-changes');
    await open(path, keeper);
    await press('Approve it', keeper);
    await confirm(keeper);
    await keeper.getByText('It is in the register').waitFor();
    await expectGoodPage(keeper, 'admin-registry-change-applied');
    await open('/admin/registry/RZ1');
    await page.getByText('Workforce systems').waitFor();
    expect(await page.getByRole('row', { name: /^Identity/ }).count()).toBe(0);
  });

  it('show how the service is doing, with charts that say the same as the tables', async () => {
    await open('/admin/health');
    await page.getByRole('row', { name: /Gateway Working/ }).waitFor();
    // The file that was taken again was refused again.
    await page.getByText('1 thing needs attention.').waitFor();
    await page.getByRole('row', { name: /List 1 Current/ }).waitFor();
    const label = await page.locator('svg.app-chart').first().getAttribute('aria-label');
    expect(label).toMatch(
      /^Bar chart: how much of its time each status list has used. List 1: \d+ of 100/,
    );
    await page.getByRole('row', { name: /Last import of staff records today at/ }).waitFor();
    await expectGoodPage(page, 'admin-health');
  });

  it('are not for anybody else', async () => {
    const stranger = await stage.signedIn('HR_OFFICER', 'RZ1');
    for (const path of ['imports', 'keys', 'registry', 'registry-changes', 'health']) {
      expect([path, (await open(`/admin/${path}`, stranger))?.status()]).toEqual([path, 404]);
    }
  });

  it('never reach another host, break their security policy or throw', () => {
    expect(stage.wrong).toEqual([]);
  });
});

/** The nurse of the demonstration has an identity credential of RZ1. */
async function issueIdentity({ system: { url, demonstration } }: PageStage): Promise<void> {
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
  const { data } = await ask<{
    credentialOffer: { offer: { uri: string; transactionCode: string } | null };
  }>(`${url}/graphql`, {
    ...hr,
    query: `mutation Offer($input: CredentialOfferInput!) {
      credentialOffer(input: $input) { offer { uri transactionCode } errors { code path } } }`,
    variables: {
      input: { idempotencyKey: crypto.randomUUID(), staffId: found?.staff.id, types: ['IDENTITY'] },
    },
  });
  const offer = data?.credentialOffer.offer;
  if (offer == null) throw new Error('no offer');
  await collect(offer.uri, offer.transactionCode);
}
