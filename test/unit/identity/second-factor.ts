/** A person's device in tests: sets up a passkey when asked to, and uses it ever after. */
import type { Browser, Page } from './browser.ts';
import type { Identity } from './harness.ts';
import { softwarePasskey, type SoftwarePasskey } from './software-passkey.ts';

const devices = new WeakMap<object, Map<string, SoftwarePasskey>>();

/** The device of a person, one for each process under test. */
export function deviceOf(identity: Identity, mail: string): SoftwarePasskey {
  const known = devices.get(identity) ?? new Map<string, SoftwarePasskey>();
  devices.set(identity, known);
  const device = known.get(mail) ?? softwarePasskey(identity.issuer);
  known.set(mail, device);
  return device;
}

/** Goes on from the right password until the person has signed in. */
export async function passSecondFactor(
  identity: Identity,
  browser: Browser,
  afterPassword: Page,
  mail: string,
): Promise<Page> {
  const device = deviceOf(identity, mail);
  let page = afterPassword;
  if (page.html.includes('value="setup-code"')) {
    const { code } = await identity.composed.issueSetupCode({ mail, by: 'test' });
    page = await browser.submit(page, { step: 'setup-code', code });
  }
  return page.html.includes('data-passkey')
    ? browser.submitPasskey(page, (kind, options) =>
        kind === 'register' ? device.register(options) : device.assert(options),
      )
    : page;
}
