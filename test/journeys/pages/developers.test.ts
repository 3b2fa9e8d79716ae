import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';

import { describeWithServers } from '../../servers/available.ts';
import { eventually } from '../../servers/child.ts';
import { machineToken } from '../clients.ts';
import { expectGoodPage, PAGE_BUDGET, type PageStage, stagePages, weightOf } from './staged.ts';

const run = promisify(execFile);
const EXAMPLES = fileURLToPath(new URL('../../../web/examples/', import.meta.url));

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
    expect(await anybody.locator('main').innerText()).toContain('hr:read, or ');
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

  describe('with a key of their own', () => {
    let page: Page;
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'lanyard-examples-'));
      page = await stage.signedIn('ADMINISTRATOR', 'RZ1');
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const keyOf = {
      RS512: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
      ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    };

    it('are told what is wrong with what they want to register', async () => {
      await open('/developers/clients/new', page);
      await page.getByLabel('Client id').fill('RZ1 Rota');
      const { privateKey } = keyOf.ES256();
      await page
        .getByLabel('Public key')
        .fill(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
      await page.getByRole('button', { name: 'Register' }).click();
      expect(await page.locator('.nhsuk-error-summary li').allInnerTexts()).toEqual([
        'Enter a client id of 3 to 64 of a to z, 0 to 9 and -',
        'Enter a name of 100 characters or fewer',
        'Select how it signs',
      ]);
      await expectGoodPage(page, 'developers-register-error');
      await page.getByLabel('Client id').fill('rz1-rota');
      await page.getByLabel('Name', { exact: true }).fill('Rota of RZ1');
      await page.getByRole('radio', { name: 'ES256' }).check();
      await page.getByRole('button', { name: 'Register' }).click();
      expect(await page.locator('.nhsuk-error-summary li').innerText()).toMatch(/private key/);
    });

    it.each([
      ['RS512', 'sh', 'first-answer.sh'],
      ['ES256', process.execPath, 'first-answer.ts'],
    ] as const)('register it, and get their first answer: %s', async (algorithm, program, file) => {
      const clientId = `rz1-rota-${algorithm.toLowerCase()}`;
      const { privateKey, publicKey } = keyOf[algorithm]();
      const keyFile = join(folder, `${algorithm}.pem`);
      await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
      await open('/developers/clients/new', page);
      await page.getByLabel('Client id').fill(clientId);
      await page.getByLabel('Name', { exact: true }).fill(`Rota, ${algorithm}`);
      await page
        .getByLabel('Public key')
        .fill(publicKey.export({ type: 'spki', format: 'pem' }).toString());
      await page.getByRole('radio', { name: algorithm }).check();
      await page.getByRole('button', { name: 'Register' }).click();
      await page.getByRole('button', { name: /Confirm without a passkey/ }).click();
      await page.getByRole('heading', { name: `Rota, ${algorithm}` }).waitFor();
      const kid = await page.locator('dt:has-text("Key ids") + dd').innerText();

      const { stdout } = await run(program, [join(EXAMPLES, file)], {
        timeout: 180_000,
        env: {
          PATH: process.env['PATH'],
          URL: stage.system.url,
          CLIENT_ID: clientId,
          KID: kid,
          KEY_FILE: keyFile,
          ODS_CODE: 'RZ1',
          EMPLOYEE_NUMBER: stage.system.demonstration.nurse.employeeNumber,
        },
      });
      expect(JSON.parse(stdout)).toMatchObject({
        data: { staff: { name: { given: 'Amara' }, registrations: [{ body: 'NMC' }] } },
      });
      await open('/developers/examples');
      const shown = await anybody.locator(`[aria-label="${file}"]`).innerText();
      expect(shown.trim()).toBe((await readFile(join(EXAMPLES, file), 'utf8')).trim());
    });

    it('test it, and are told which claim is wrong', async () => {
      const { privateKey } = keyOf.ES256();
      const part = (value: object): string =>
        Buffer.from(JSON.stringify(value)).toString('base64url');
      const now = Math.floor(Date.now() / 1000);
      const input = `${part({ alg: 'ES256' })}.${part({
        iss: 'rz1-rota-es256',
        sub: 'rz1-rota-es256',
        aud: `${stage.system.url}/oauth/token`,
        iat: now,
        exp: now + 900,
        jti: '1',
      })}`;
      const signature = sign('sha256', Buffer.from(input), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      });
      await open('/developers/clients/rz1-rota-es256', page);
      // Its first answer counts.
      expect(await page.locator('tbody tr').first().locator('td').nth(1).innerText()).toContain(
        '1',
      );
      expect(await page.locator('main').innerText()).toContain('It may ask 1,000 times a second');
      await expectGoodPage(page, 'developers-client');
      await page.getByRole('button', { name: 'Test my key' }).click();
      await page.getByLabel('Client assertion').fill(`${input}.${signature.toString('base64url')}`);
      await page.getByRole('button', { name: 'Test my key' }).click();
      await page.getByText('3 things are wrong with the assertion').waitFor();
      const wrong = page.locator('dd:has(.nhsuk-tag--red)');
      expect(await wrong.count()).toBe(3);
      const said = (await wrong.allInnerTexts()).join(' ');
      expect(said).toContain('It does not hold for the key');
      expect(said).toContain('not the token address');
      expect(said).toContain('more than 5 minutes');
      await expectGoodPage(page, 'developers-test-key');
    });

    it('add a webhook, copy its secret, send a test and see how it went', async () => {
      await open('/admin/receivers', page);
      await page.getByLabel('Address').fill('https://localhost:1/hooks');
      await page.getByLabel('Audience').fill('rz1-rota');
      await page.getByLabel('A placement changed').uncheck();
      await page.getByRole('button', { name: 'Add it' }).click();
      await page.getByRole('button', { name: /Confirm without a passkey/ }).click();
      await page.getByRole('heading', { name: 'The secret of this receiver' }).waitFor();
      const secret = page.locator('dt:has-text("Secret") + dd code');
      const first = await secret.innerText();
      expect(first).toMatch(/^whsec_/);
      await expectGoodPage(page, 'developers-webhook-secret');
      await page.getByRole('button', { name: 'I have copied it' }).click();
      const main = page.locator('main');
      expect(await main.innerText()).toContain('A register says something else, Somebody left');
      expect(await main.innerText()).not.toContain(first);

      await page.getByRole('button', { name: 'Send test' }).click();
      await page.getByText('The test is on its way').waitFor();
      const outcome = page.locator('tbody .nhsuk-tag').first();
      await eventually(async () => {
        await page.reload();
        // An address inside is never called.
        expect(await outcome.innerText()).toBe('Fetch refused');
      });
      await expectGoodPage(page, 'developers-webhook');

      await page.getByRole('button', { name: 'Change the secret' }).click();
      await page.getByRole('button', { name: /Confirm without a passkey/ }).click();
      await page.getByRole('heading', { name: 'The secret of this receiver' }).waitFor();
      expect(await secret.innerText()).not.toBe(first);
    });

    it('find that clients are not for staff', async () => {
      const staff = await stage.signedIn('STAFF', 'RZ1', { script: false });
      expect((await open('/developers/clients', staff))?.status()).toBe(404);
      expect((await open('/developers/test-key', staff))?.status()).toBe(200);
    });
  });

  it('try the graph as an invented person, with one click', async () => {
    const page = await stage.stranger();
    await open('/explorer', page);
    await page.selectOption('#person', `STAFF ${stage.system.demonstration.nurse.mail}`);
    await page.click('#sign-in');
    await page.locator('#status', { hasText: /^Signed in/ }).waitFor();
    expect(page.url()).toBe(`${stage.system.url}/explorer`);
    await page.waitForSelector('.graphiql-execute-button');
    const asking = page.waitForRequest(
      (request) => request.url().endsWith('/graphql') && !request.postData()?.includes('__schema'),
    );
    await page.click('.graphiql-execute-button');
    expect((await asking).headers()['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    await page.locator('.result-window', { hasText: 'Okafor-Lindqvist' }).waitFor();
    // Nothing outlives the tab.
    expect(await page.evaluate('localStorage.length')).toBe(0);
  });

  it('try the graph with the token of a client', async () => {
    const page = await stage.stranger();
    await open('/explorer', page);
    await page.fill('#given', 'none');
    await page.press('#given', 'Tab');
    await page.getByText('That is no access token').waitFor();
    const [hrSystem] = stage.system.demonstration.hrSystems;
    if (hrSystem === undefined) throw new Error('no client');
    const token = await machineToken(
      { clientId: hrSystem.clientId, key: hrSystem.privateKey },
      {
        issuer: stage.system.url,
        resource: `${stage.system.url}/graphql`,
        scope: 'hr:read',
      },
    );
    await page.fill('#given', token);
    await page.press('#given', 'Tab');
    await page.locator('#status', { hasText: /^Signed in/ }).waitFor();
    expect(await page.content()).not.toContain(token);
  });

  it.each([
    ['api', '/developers'],
    ['reference', '/developers/reference?find=credential'],
    ['operation', '/developers/reference/operations/staffSearch'],
    ['type', '/developers/reference/types/StaffMember'],
    ['errors', '/developers/errors'],
    ['limits', '/developers/limits'],
    ['examples', '/developers/examples'],
    ['test-data', '/developers/test-data'],
    ['webhooks', '/developers/webhooks'],
  ])('see a page that keeps to the rules and is light: %s', async (name, path) => {
    const page = await stage.stranger();
    expect(await weightOf(page, stage.system.url + path)).toBeLessThan(PAGE_BUDGET);
    await expectGoodPage(page, `developers-${name}`);
  });

  it('never reach another host, break the security policy or see a page throw', () => {
    expect(stage.wrong).toEqual([]);
  });
});
