/**
 * The story of the pages, played once in five browsers: a passport is offered, added and shared, answers are looked at, and one part of it
 * is stopped. What is there afterwards is a page of every kind.
 */
import { generateKeyPairSync } from 'node:crypto';

import type { Page } from 'playwright-core';

import type { Role } from '../../../web/domain/person.ts';
import type { PageStage } from './staged.ts';

/** What is there when it was played. */
export interface Played {
  /** By role: staff and administrator of the first trust, and the HR desk of the second, that asked. */
  readonly pages: Readonly<Record<Role, Page>>;
  /** Addresses that a role came by, without the origin. */
  readonly met: (role: Role) => readonly string[];
}

/** Something that is worth a look, e.g. a picture. */
type Moment = (name: string, page: Page) => Promise<void>;

const PICTURES_OF_NOTHING: Moment = () => Promise.resolve();

/**
 * Plays it.
 *
 * @param moment is called on the way, where somebody decides something
 */
export async function play(stage: PageStage, moment = PICTURES_OF_NOTHING): Promise<Played> {
  const [own, nurse, desk, administrator, second] = [
    await stage.signedIn('HR_OFFICER', 'RZ1'),
    await stage.signedIn('STAFF', 'RZ1'),
    await stage.signedIn('HR_OFFICER', 'RZ2'),
    await stage.signedIn('ADMINISTRATOR', 'RZ1'),
    await stage.signedIn('ADMINISTRATOR', 'RZ1', { mail: secondMail(stage) }),
  ];
  const pages = { STAFF: nurse, HR_OFFICER: desk, ADMINISTRATOR: administrator } as const;
  const addresses = new Map(
    Object.entries(pages).map(([role, page]) => [role, addressesOn(page, stage.system.url)]),
  );
  const open = (page: Page, path: string) => page.goto(stage.system.url + path);
  const press = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name }).first().click();
  const confirm = (page: Page) => press(page, /without a passkey/);

  await open(own, '/hr/staff');
  await own.fill('#text', 'Okafor');
  await press(own, 'Search');
  await own.locator('main ul a').first().click();
  await press(own, 'Offer a passport');
  await confirm(own);
  await own.getByText('It is offered.').waitFor();

  await open(nurse, '/passport/set-up');
  await press(nurse, 'Set up this device');
  await press(nurse, /Add all/);
  await press(nurse, 'Collect');
  await nurse.getByText('Your passport is on this device').waitFor();
  await press(nurse, 'Go to your passport');
  await nurse.getByText('Valid', { exact: true }).waitFor();
  await moment('passport', nurse);

  await open(desk, '/hr/ask');
  await desk.getByLabel('Permanent move').check();
  for (const [part, value] of [
    ['day', '3'],
    ['month', '2'],
    ['year', '2027'],
  ] as const) {
    await desk.fill(`#starts-${part}`, value);
  }
  await desk.fill('#reference', 'VAC-17');
  await press(desk, 'Ask for it');
  await desk.locator('#wait').waitFor();

  await open(nurse, '/passport/share');
  await nurse.fill('#code', await desk.locator('.app-code').innerText());
  await press(nurse, 'Continue');
  await press(nurse, /this browser|Continue/);
  await nurse.getByRole('button', { name: 'Share now' }).waitFor();
  await moment('share', nurse);
  const needed = nurse.locator('main input[type=checkbox]:checked');
  await needed.first().uncheck();
  await press(nurse, 'Share now');
  await nurse.getByText('There is a problem').waitFor();
  await moment('share-error', nurse);
  // What they do not have cannot be ticked.
  for (const box of await nurse.locator('main input[type=checkbox]:enabled').all())
    await box.check();
  await press(nurse, 'Share now');
  await confirm(nurse);
  await nurse.getByRole('link', { name: 'See what you shared' }).click();
  await nurse.waitForURL('**/passport/history/**');
  await open(nurse, '/passport/another-wallet');
  await press(nurse, 'Make a code for my wallet');
  await confirm(nurse);
  await nurse.locator('[role=img]').first().waitFor();

  await desk.getByText('It is valid.').waitFor();
  await moment('checks', desk);
  await desk.getByRole('link', { name: 'Identity' }).first().click();
  await desk.getByRole('button', { name: 'Save' }).waitFor();
  await moment('check', desk);
  await open(desk, '/hr/rotation');
  await desk.fill('#rows', 'ROT-1, 2027-02-03\nROT-2, 2027-02-03');
  await press(desk, 'Ask all of them');
  await desk.getByText('0 of 2 answered').waitFor();
  await open(desk, '/hr/staff');
  await desk.fill('#text', familyIn(stage.system.demonstration.person('HR_OFFICER', 'RZ2').mail));
  await press(desk, 'Search');
  await desk.locator('main ul a').first().click();
  await desk.waitForURL('**/hr/staff/**');

  await open(administrator, '/admin');
  await administrator.fill('#text', stage.system.demonstration.nurse.employeeNumber);
  await press(administrator, 'Search');
  await administrator.locator('main table a').first().click();
  await administrator.waitForURL('**/admin/passports/**');
  const passport = administrator.url();
  await press(administrator, 'Stop the whole passport');
  await administrator.waitForURL('**/stop');
  await administrator.goto(passport);
  await administrator.getByRole('link', { name: 'Core skills training' }).click();
  await press(administrator, 'Pause or stop it');
  await press(administrator, 'Continue');
  await administrator.getByText('There is a problem').waitFor();
  await moment('stop-error', administrator);
  await administrator.getByLabel('Stop it for good').check();
  await administrator.getByLabel('Their device was lost or stolen').check();
  await press(administrator, 'Continue');
  await administrator.waitForURL('**/confirm/**');
  await moment('confirm', administrator);
  await press(administrator, 'Ask for approval to stop it');
  await confirm(administrator);
  await administrator.getByRole('heading', { name: 'Waiting for approval' }).waitFor();
  await open(second, '/admin/approvals');
  await second.getByRole('link', { name: /^Stop: / }).click();
  await press(second, 'Approve and stop it');
  await confirm(second);
  await administrator.getByRole('heading', { name: 'Credential stopped' }).waitFor();
  await administrator.locator('[data-step=list] [data-part=status]', { hasText: 'Done' }).waitFor();
  await moment('progress', administrator);

  await open(administrator, '/admin/agreements');
  for (const [field, value] of [
    ['odsCode', 'RZ2'],
    ['reference', 'Cover in the north'],
    ['startsOn', '2027-01-01'],
    ['endsOn', '2027-12-31'],
  ] as const) {
    await administrator.fill(`#${field}`, value);
  }
  await press(administrator, 'Propose it');
  await confirm(administrator);
  await administrator.getByText('It was proposed.').waitFor();
  await open(administrator, '/admin/receivers');
  await administrator.fill('#url', 'https://rota.rz1.example/events');
  await administrator.fill('#audience', 'https://rota.rz1.example');
  await press(administrator, 'Add it');
  await confirm(administrator);
  await press(administrator, 'I have copied it');
  await administrator.waitForURL('**/admin/receivers/**');
  await open(administrator, '/admin/registry/RZ1');
  await press(administrator, 'Ask for a change');
  await administrator.getByLabel('Name of a team').fill('Workforce systems');
  await administrator.getByLabel('E-mail address of the team').fill('workforce@rz1.example');
  await administrator.getByLabel('Why is it to be changed?').fill('There is a team now');
  await press(administrator, 'See what it would alter');
  await press(administrator, 'Ask for approval');
  await confirm(administrator);
  await administrator.getByText('You asked for it, so somebody else has to approve it.').waitFor();
  await open(administrator, '/developers/clients/new');
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await administrator.fill('#clientId', 'rz1-rota');
  await administrator.fill('#name', 'Rota of RZ1');
  await administrator.fill('#keys', publicKey.export({ type: 'spki', format: 'pem' }).toString());
  await administrator.getByRole('radio', { name: 'ES256' }).check();
  await press(administrator, 'Register');
  await confirm(administrator);
  await administrator.getByRole('heading', { name: 'Rota of RZ1' }).waitFor();
  return { pages, met: (role) => [...(addresses.get(role) ?? [])] };
}

/** Collects the addresses that a page goes to. */
function addressesOn(page: Page, origin: string): ReadonlySet<string> {
  const found = new Set<string>();
  page.on('framenavigated', (frame) => {
    const { origin: at, pathname, search } = new URL(frame.url());
    if (at === origin) found.add(pathname + search);
  });
  return found;
}

/** Of the second administrator, who approves. */
const secondMail = ({ system }: PageStage): string =>
  system.demonstration.invented.filter(
    ({ role, who }) => role === 'ADMINISTRATOR' && who.endsWith('RZ1'),
  )[1]?.mail ?? '';

/** The family name in a demonstration address. */
const familyIn = (mail: string): string => (mail.split('@')[0] ?? '').split('.').at(-1) ?? '';
