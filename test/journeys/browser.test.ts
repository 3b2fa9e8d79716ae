import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import type { BrowserContext, Page } from 'playwright-core';

import { type LocalSystem, startLocal } from '../../local/start.ts';
import { createLog } from '../../runtime/log.ts';
import { describeWithServers } from '../servers/available.ts';
import { startChromium } from '../servers/chromium.ts';
import { startTestEngine } from '../servers/embedded.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describeWithServers('chromium')('in a browser', () => {
  let folder: string;
  let system: LocalSystem;
  let browser: BrowserContext;
  let page: Page;
  /** What a page must never do: reach another host, break its own security policy, throw. */
  const wrong: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lanyard-browser-'));
    system = await startLocal({
      dataFolder: join(folder, 'data'),
      startEngine: startTestEngine,
      port: 0,
      log: createLog({ name: 'lanyard', level: 'fatal' }),
      staff: 100,
    });
    browser = await startChromium(folder);
    await browser.addInitScript({
      content: `document.addEventListener('securitypolicyviolation', (event) =>
        console.error('policy ' + event.violatedDirective));`,
    });
    browser.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (hostname !== 'localhost' && protocol.startsWith('http'))
        wrong.push(`outside ${hostname}`);
    });
    page = browser.pages()[0] ?? (await browser.newPage());
    // A device in software: it verifies its person without asking.
    const device = await browser.newCDPSession(page);
    await device.send('WebAuthn.enable');
    await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => {
      if (message.text().startsWith('policy ')) wrong.push(message.text());
    });
  });

  afterAll(async () => {
    await browser.close();
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Rules of WCAG 2.2 A and AA that the page breaks. The checker comes in past the page's own policy. */
  const broken = async (): Promise<readonly string[]> => {
    await page.evaluate(await readFile(AXE, 'utf8'));
    return page.evaluate(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
        .then(({ violations }) => violations.map(({ id }) => id))`,
    );
  };

  /** Both widths of a page follow the rules; a picture of each goes to the folder that `TEST_PICTURES` names. */
  const look = async (name: string): Promise<void> => {
    const pictures = process.env['TEST_PICTURES'];
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await broken()).toEqual([]);
      const wide: boolean = await page.evaluate(
        'document.documentElement.scrollWidth > document.documentElement.clientWidth',
      );
      expect(wide).toBe(false);
      if (pictures !== undefined) {
        const path = join(pictures, `${name}-${String(width)}.png`);
        await page.screenshot({ path, fullPage: true });
      }
    }
  };

  const givePassword = async (mail: string): Promise<void> => {
    await page.goto(`${system.url}/explorer`);
    await page.click('#sign-in');
    await page.fill('#mail', mail);
    await page.fill('#password', system.demonstration.password);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForLoadState();
  };

  const arrive = async (role?: RegExp): Promise<void> => {
    if (role !== undefined) {
      await page.getByLabel(role).check();
      await page.click('button[type=submit]');
    }
    await page.waitForURL(/\/explorer/);
    await page.locator('#status', { hasText: /^Signed in/ }).waitFor();
  };

  const signOut = async (): Promise<void> => {
    await page.click('#sign-out');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForLoadState();
  };

  const ask = async (query: string): Promise<string> => {
    await page.waitForTimeout(1_000);
    await page.click('.graphiql-query-editor .CodeMirror');
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(query);
    await page.waitForTimeout(700);
    await page.click('.graphiql-execute-button');
    await page.locator('.result-window', { hasText: /"(data|errors)"/ }).waitFor();
    return page.evaluate(
      `document.querySelector('.result-window .CodeMirror').CodeMirror.getValue()`,
    );
  };

  it('opens on a page that says where to go', async () => {
    await page.goto(system.url);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await broken()).toEqual([]);
    await page
      .getByRole('link', { name: /explorer/i })
      .first()
      .click();
    await page.waitForSelector('.graphiql-container');
  });

  it('says what is wrong with a sign-in, and moves there', async () => {
    await page.goto(`${system.url}/explorer`);
    await page.click('#sign-in');
    await page.waitForSelector('#mail');
    await look('sign-in');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForSelector('.nhsuk-error-summary');
    await look('sign-in-error');
    expect(
      await page.evaluate(`document.activeElement?.closest('.nhsuk-error-summary') !== null`),
    ).toBe(true);
    await page.fill('#mail', system.demonstration.nurse.mail);
    await page.fill('#password', 'not-it');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForSelector('.nhsuk-error-summary');
    expect(await page.locator('.nhsuk-error-summary').innerText()).toContain(
      'The NHSmail address or password is wrong',
    );
  });

  it('lets an HR officer set up a passkey with a setup code, and ask for the nurse with a purpose', async () => {
    const { mail } = system.demonstration.person('HR_OFFICER', 'RZ1');
    await givePassword(mail);
    await look('setup-code');
    await page.fill('#code', '0000-0000-0000-0000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForSelector('.nhsuk-error-summary');
    await look('setup-code-error');
    await page.fill('#code', system.setupCodes.get(mail) ?? '');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForSelector('.app-qr');
    await look('set-up');
    await page.getByRole('button', { name: 'Set up a passkey' }).click();
    await page.getByLabel(/HR officer/i).waitFor();
    await arrive(/HR officer/i);
    await page.selectOption('#purpose', 'HR_ADMINISTRATION');
    const answer = await ask(
      `{ staff(by: { employee: { odsCode: "RZ1", employeeNumber: "${system.demonstration.nurse.employeeNumber}" } }) { name { family } } }`,
    );
    expect(JSON.parse(answer)).toMatchObject({
      data: { staff: { name: { family: 'Okafor-Lindqvist' } } },
    });
    await signOut();
  });

  it('signs them in with the passkey after the password, and with the passkey alone', async () => {
    const { mail } = system.demonstration.person('HR_OFFICER', 'RZ1');
    await givePassword(mail);
    await look('second-factor');
    await page.getByRole('button', { name: 'Use your passkey' }).click();
    await arrive(/HR officer/i);
    await signOut();
    await page.goto(`${system.url}/explorer`);
    await page.click('#sign-in');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await arrive(/HR officer/i);
    expect(await page.locator('#status').innerText()).toMatch(/^Signed in/);
    await signOut();
  });

  it('shows them their passkeys and sessions, and adds an authenticator app', async () => {
    await page.goto(`${system.url}/account`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForSelector('#sessions');
    await look('account');
    const key = await page.locator('.app-key').innerText();
    const secret = Secret.fromBase32(key.replaceAll(' ', ''));
    await page.fill('#code', TOTP.generate({ secret }));
    await page.getByRole('button', { name: 'Set up the app' }).click();
    await page.getByText('The authenticator app has been added').waitFor();
    await look('account-with-both');
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await page.waitForSelector('#mail')).not.toBeNull();
  });

  it('shows the nurse who looked', async () => {
    await givePassword(system.demonstration.nurse.mail);
    await page.getByRole('button', { name: 'Set up a passkey' }).click();
    await arrive();
    const answer = await ask(
      '{ me { accessLog(first: 5) { edges { node { actorOrganisation { odsCode } purpose } } } } }',
    );
    expect(JSON.parse(answer)).toMatchObject({
      data: {
        me: {
          accessLog: {
            edges: [
              { node: { actorOrganisation: { odsCode: 'RZ1' }, purpose: 'HR_ADMINISTRATION' } },
            ],
          },
        },
      },
    });
  });

  it('never reaches another host, breaks its security policy or throws', () => {
    expect(wrong).toEqual([]);
  });
});
