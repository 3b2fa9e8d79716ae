/** Staff: from an empty passport to one that is shared, moved, shown and looked at, in a browser. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';

import { describeWithServers } from '../../servers/available.ts';
import { ask, machineToken } from '../clients.ts';
import { readAnswer } from '../share.ts';

import {
  expectGoodPage,
  PAGE_BUDGET,
  type PageStage,
  stagePages,
  walkWithKeyboard,
  weightOf,
} from './staged.ts';

const ASKED = ['IDENTITY', 'EMPLOYMENT_ASSIGNMENT', 'CORE_SKILLS_TRAINING'];

describeWithServers('chromium')('the staff pages', () => {
  let stage: PageStage;
  let page: Page;
  let staffId: string;

  beforeAll(async () => {
    stage = await stagePages();
    page = await stage.signedIn('STAFF', 'RZ1');
    await page.goto(`${stage.system.url}/passport/add/done`);
    staffId = (await page.locator('#added').getAttribute('data-staff')) ?? '';
  });
  afterAll(() => stage.close());

  /** The trust's own HR system. Its tokens last for minutes, so each use has a new one. */
  const hr = async () => {
    const { url, demonstration } = stage.system;
    const system = demonstration.hrSystems.find(({ odsCode }) => odsCode === 'RZ1');
    if (system === undefined) throw new Error('no HR system');
    return {
      graph: `${url}/graphql`,
      purpose: 'PRE_EMPLOYMENT',
      token: await machineToken(
        { clientId: system.clientId, key: system.privateKey },
        {
          issuer: url,
          resource: `${url}/graphql`,
          scope: 'hr:read passport:read passport:offer passport:verify',
        },
      ),
    };
  };
  const open = (path: string) => page.goto(stage.system.url + path);
  const heading = () => page.locator('h1').innerText();
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
  /** Identity asks for a passkey; in a demonstration a button stands in for it. */
  const confirm = async (on: Page = page) => {
    await on.getByRole('button', { name: /Confirm without a passkey/ }).click();
  };
  /** The trust asks with a query of its own. Answers the request. */
  const asked = async (input: object = {}) => {
    const { data } = await ask<{
      presentationRequest: { request: { id: string; link: string } | null };
    }>(`${stage.system.url}/graphql`, {
      ...(await hr()),
      query: `mutation Ask($input: PresentationRequestInput!) {
        presentationRequest(input: $input) { request { id link } errors { code } } }`,
      variables: {
        input: {
          idempotencyKey: crypto.randomUUID(),
          credentials: [
            { type: 'IDENTITY', claims: ['given_name', 'family_name'] },
            { type: 'CORE_SKILLS_TRAINING', claims: ['competences'], required: false },
          ],
          ...input,
        },
      },
    });
    const request = data?.presentationRequest.request;
    if (request == null) throw new Error('nothing was asked');
    return request;
  };

  it('are told when a window keeps nothing', async () => {
    const closed = await stage.signedIn('STAFF', 'RZ1');
    // As private windows of some browsers do.
    await closed.addInitScript({
      content: `IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };`,
    });
    await closed.goto(`${stage.system.url}/passport/set-up`);
    await closed.getByRole('button', { name: 'Set up this device' }).click();
    await closed.getByRole('heading', { name: 'We cannot keep your passport in this' }).waitFor();
    expect(await closed.evaluate('document.activeElement.tagName')).toBe('H2');
    await expectGoodPage(closed, 'staff-blocked');
    await closed.close();
  });

  it('set up a device, and add what the trust has ready all at once', async () => {
    await open('/passport');
    await expectGoodPage(page, 'staff-empty');
    const { data, errors } = await ask<{
      credentialOffer: { offer: object | null; errors: readonly object[] };
    }>(`${stage.system.url}/graphql`, {
      ...(await hr()),
      query: `mutation Offer($input: CredentialOfferInput!) {
        credentialOffer(input: $input) { offer { id } errors { code message path } } }`,
      variables: {
        input: { idempotencyKey: crypto.randomUUID(), staffId, types: ASKED, deferred: true },
      },
    });
    expect([errors, data?.credentialOffer.errors]).toEqual([undefined, []]);
    await open('/passport/set-up');
    await expectGoodPage(page, 'staff-set-up');
    await press('Set up this device');
    await page.waitForURL('**/passport/add');
    await expectGoodPage(page, 'staff-add');
    await press(/Add all 3/);
    await page.waitForURL('**/collect/**');
    await press('Collect');
    await page.waitForURL('**/passport/add/done');
    await page.getByText('Your passport is on this device.').waitFor();
    expect(page.url()).not.toContain('code=');
    await expectGoodPage(page, 'staff-added');
    await page.getByRole('button', { name: 'Go to your passport' }).click();
    await page.getByText('Valid', { exact: true }).waitFor();
    expect(await page.locator('#not-here').isHidden()).toBe(true);
    await expectGoodPage(page, 'staff-passport');
  });

  it('share what they choose, by a link, with a passkey before it leaves', async () => {
    const request = await asked();
    await open('/passport/share');
    await press('Continue');
    await expectGoodPage(page, 'staff-share-error');
    await page.getByLabel('Link or code from the trust').fill(request.link);
    await expectGoodPage(page, 'staff-share');
    await press('Continue');
    await press('Share from this browser');
    await page.waitForURL('**/passport/share/check**');
    await page.getByRole('button', { name: 'Share now' }).waitFor();
    expect(await heading()).toMatch(/ wants to see part of your passport$/);
    await expectGoodPage(page, 'staff-check');
    const [share, refuse] = await Promise.all(
      ['Share now', 'Do not share'].map((name) => page.getByRole('button', { name }).boundingBox()),
    );
    expect([share?.width, share?.height]).toEqual([refuse?.width, refuse?.height]);
    await page.getByLabel('Identity (they need this)').uncheck();
    await press('Share now');
    await page.getByText('There is a problem').waitFor();
    await expectGoodPage(page, 'staff-check-error');
    await page.getByLabel('Identity (they need this)').check();
    await page.getByLabel('Core skills training').uncheck();
    await press('Share now');
    await confirm();
    await page.getByRole('link', { name: 'See what you shared' }).click();
    await page.waitForURL('**/passport/history/**');
    await expectGoodPage(page, 'staff-shared');
    const seen = await readAnswer(await hr(), request.id);
    expect(seen).toMatchObject({
      state: 'ANSWERED',
      result: { outcome: 'VALID', holder: { id: staffId }, credentials: [{ queryId: 'identity' }] },
    });
    expect(Object.keys(seen.result?.credentials[0]?.claims ?? {})).not.toContain('birthdate');
  });

  it('see what they shared, ask for deletion, and report', async () => {
    await open('/passport/history');
    await expectGoodPage(page, 'staff-history');
    await page.locator('main h2 a').first().click();
    await press('Report this request');
    await expectGoodPage(page, 'staff-report-error');
    await page.getByLabel('They ask for more than they need').check();
    await press('Report this request');
    await page.getByText('Thank you. We have the report').waitFor();
    await press('Ask them to delete it');
    await page.getByText('They have been asked to delete it').waitFor();
    await expectGoodPage(page, 'staff-asked-deletion');
  });

  it('refuse, and show themselves in person by a code', async () => {
    await open('/passport/show');
    await expectGoodPage(page, 'staff-show');
    const code = await page.locator('.app-code').innerText();
    expect(code).toMatch(/^[0-9A-Z]{3}-[0-9A-Z]{3}$/);
    // Another one comes by itself.
    await page.locator('.app-code').filter({ hasNotText: code }).waitFor();
    const { id } = await asked({ staffId });
    await open('/passport');
    await page.getByRole('link', { name: 'Look at the request' }).click();
    expect(page.url()).toContain(id);
    await press('Do not share');
    await page.getByText('You did not share anything. They have been told').waitFor();
    expect((await readAnswer(await hr(), id)).state).toBe('REFUSED');
  });

  it('are warned when nobody vouches for whoever asks', async () => {
    await open('/passport/share/unverified');
    await expectGoodPage(page, 'staff-unverified');
    await press('Do not share');
    await page.getByText('You did not share anything.').waitFor();
  });

  it('move to a new device, and the old one stops', async () => {
    const before = page;
    page = await stage.signedIn('STAFF', 'RZ1');
    await page.getByText('This passport is not on this device.').waitFor();
    await expectGoodPage(page, 'staff-not-here');
    await page.getByRole('link', { name: 'Move my passport here' }).click();
    await expectGoodPage(page, 'staff-move');
    await press('Move my passport here');
    await confirm();
    await page.getByText('Your passport is on this device.').waitFor();
    await expectGoodPage(page, 'staff-moved');
    const { data } = await ask<{
      staff: { passport: { credentials: { edges: readonly { node: { state: string } }[] } } };
    }>(`${stage.system.url}/graphql`, {
      ...(await hr()),
      query: `query ($id: ID!) { staff(by: { id: $id }) { passport { credentials(first: 50) { edges { node { state } } } } } }`,
      variables: { id: staffId },
    });
    const states = data?.staff.passport.credentials.edges.map(({ node }) => node.state) ?? [];
    expect(states.toSorted()).toEqual([
      'ACTIVE',
      'ACTIVE',
      'ACTIVE',
      'REVOKED',
      'REVOKED',
      'REVOKED',
    ]);
    await before.close();
  });

  it('add another wallet, without script too', async () => {
    const plain = await stage.signedIn('STAFF', 'RZ1', { script: false });
    await plain.goto(`${stage.system.url}/passport/set-up`);
    await plain.getByRole('button', { name: 'Set up this device' }).click();
    await plain.waitForURL('**/passport/another-wallet');
    await plain.getByRole('button', { name: 'Make a code for my wallet' }).click();
    await confirm(plain);
    expect(await plain.locator('[role=img] svg').count()).toBeGreaterThan(0);
    expect(await plain.locator('main a[href^="openid-credential-offer:"]').count()).toBeGreaterThan(
      0,
    );
    expect(await plain.locator('.app-code').first().innerText()).toMatch(/^\d{6}$/);
    for (const path of ['access', 'wrong', 'show', 'share', 'move', 'history']) {
      const answer = await plain.goto(`${stage.system.url}/passport/${path}`);
      expect([path, answer?.status()]).toEqual([path, 200]);
    }
    // What needs this device's key says so.
    await plain.goto((await asked()).link);
    await plain.getByRole('button', { name: 'Share from this browser' }).click();
    await plain.waitForURL('**/passport/share/answer?**');
    const said = await plain.locator('main').innerText();
    expect([said.includes('Use another wallet'), said.includes('checking')]).toEqual([true, false]);
    expect(await plain.locator('main a[href^="openid4vp:"]').count()).toBe(1);
  });

  it('see who looked at their record, and whom to ask when something is wrong', async () => {
    await open('/passport/access');
    expect(await page.locator('main h2').count()).toBeGreaterThan(0);
    expect(await page.locator('main').innerText()).toMatch(/Whom to ask\s+Staff records team/);
    await expectGoodPage(page, 'staff-access');
    await open('/passport/wrong');
    await expectGoodPage(page, 'staff-wrong');
  });

  it('get by with the keyboard alone, on pages that are light', async () => {
    await open('/passport');
    expect(await walkWithKeyboard(page)).toEqual(
      expect.arrayContaining(['Share with a trust', 'Who looked at my record', 'Sign out']),
    );
    for (const path of ['', '/add', '/share', '/show', '/history', '/access', '/another-wallet']) {
      const weight = await weightOf(page, `${stage.system.url}/passport${path}`);
      expect([path, weight < PAGE_BUDGET ? 'light' : weight]).toEqual([path, 'light']);
    }
  });

  it('see at once that it is paused and why, with and without script', async () => {
    const plain = await stage.signedIn('STAFF', 'RZ1', { script: false });
    const admin = await stage.signedIn('ADMINISTRATOR', 'RZ1', { script: false });
    await admin.fill('#text', stage.system.demonstration.nurse.employeeNumber);
    await admin.getByRole('button', { name: 'Search' }).click();
    await admin.locator('main table a').first().click();
    await admin.getByLabel('Their device was lost or stolen').check();
    await open('/passport');
    await page.getByText('Valid', { exact: true }).waitFor();
    await admin.getByRole('button', { name: 'Pause the whole passport' }).click();
    await admin.getByText(/credentials are paused/).waitFor();
    const said = /^Your passport is paused\. .* because your device was reported lost\./;
    await page.getByText(said).waitFor();
    await page.getByText('Do you have your device?').waitFor();
    await expectGoodPage(page, 'staff-paused');
    await plain.reload();
    await plain.getByText(said).waitFor();
  });

  it('see their passport without network, from a worker that kept nothing about them', async () => {
    await open('/passport');
    await page.evaluate('navigator.serviceWorker.ready');
    const kept: string[] =
      await page.evaluate(`caches.keys().then((names) => Promise.all(names.map((name) =>
      caches.open(name).then((cache) => cache.keys()))))
      .then((all) => all.flat().map(({ url }) => new URL(url).pathname))`);
    expect(kept.filter((path) => !path.startsWith('/assets/'))).toEqual(['/offline']);
    await page.context().setOffline(true);
    await open('/passport');
    expect(await heading()).toBe('You are offline');
    await page.getByText('Identity. Added on').waitFor();
    await page.getByText(/Last checked today at .* It was then: Paused\./).waitFor();
    await expectGoodPage(page, 'staff-offline');
    // Nothing of this window is needed for it: another one opens on it from the start.
    const protocol = await page.context().newCDPSession(page);
    await protocol.send('ServiceWorker.enable');
    await protocol.send('ServiceWorker.stopAllWorkers');
    const cold = await page.context().newPage();
    await cold.goto(`${stage.system.url}/passport`);
    await cold.getByText('Identity. Added on').waitFor();
    await page.context().setOffline(false);
    await cold.getByRole('link', { name: 'Try again' }).click();
    await cold.getByRole('heading', { name: 'Your staff passport' }).waitFor();
    await cold.close();
  });

  it('never reaches another host, breaks its security policy or throws', () => {
    expect(stage.wrong).toEqual([]);
  });
});
