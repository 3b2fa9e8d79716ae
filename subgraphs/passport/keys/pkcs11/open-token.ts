/** The PKCS #11 token that the settings name. */
import { ConfigError } from '../../../../runtime/config.ts';
import type { Logger } from '../../../../runtime/log.ts';
import type { PassportSettings } from '../../config.ts';
import { KeeperRefused, type KeyKeeper } from '../../domain/ports/key-keeper.ts';
import { pkcs11Keys } from './pkcs11-keys.ts';
import { tokenClient } from './token-client.ts';

/**
 * Opens the token, when the settings name one. A token that does not answer yet is no reason not to start: what needs
 * no new signature goes on.
 *
 * @throws {ConfigError} when module, token or PIN are wrong
 */
export async function openToken(
  settings: PassportSettings,
  { log, environment = {} }: { readonly log: Logger; readonly environment?: NodeJS.ProcessEnv },
): Promise<KeyKeeper | undefined> {
  if (settings.PASSPORT_KEY_STORE !== 'pkcs11') return undefined;
  const { PASSPORT_PKCS11_MODULE: module = '', PASSPORT_PKCS11_TOKEN: token = '' } = settings;
  const { PASSPORT_PKCS11_PIN: pin = '' } = settings;
  const client = tokenClient(
    { module, token, pin, environment: withoutOurSettings(environment) },
    () => {
      log.error('the process of the PKCS #11 module ended; it is started again');
    },
  );
  try {
    await client.start();
  } catch (error) {
    if (error instanceof KeeperRefused) {
      await client.close();
      throw new ConfigError(`Settings are wrong:\n  PASSPORT_PKCS11_*: ${error.message}`);
    }
    log.error({ err: error }, 'the PKCS #11 token is not there yet');
  }
  return pkcs11Keys(client);
}

/** A module needs its own settings (`SOFTHSM2_CONF` and the like) and none of ours, which are secrets. */
const withoutOurSettings = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) =>
        !/^(?:PASSPORT|IDENTITY|GATEWAY|NHSMAIL|ESR|LANYARD|POSTGRES|REDIS|LDAP)_/.test(name),
    ),
  );
