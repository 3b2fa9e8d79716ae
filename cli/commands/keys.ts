import { writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';

import { newPrivateJwk, newSecrets, serviceClients } from '../../local/secrets.ts';
import { publicHalf } from '../../runtime/jwk-settings.ts';
import { type Command, readArguments, text, UsageError } from '../command.ts';

/** Makes the secrets of an installation, or the key pair of one HR system. */
export const generateKeys: Command = {
  usage: 'keys generate [--out FILE] [--client ID]',
  summary:
    'Makes every secret that docker-compose.yml needs, or with --client one HR system’s key pair.',
  run: async (args, io) => {
    const { values } = readArguments(args, { out: { type: 'string' }, client: { type: 'string' } });
    const made =
      values.client === undefined ? environment() : clientKeys(text(values.client, 'client'));
    if (values.out === undefined) {
      io.out(made);
      return 0;
    }
    try {
      await writeFile(text(values.out, 'out'), made, { mode: 0o600, flag: 'wx' });
    } catch (cause) {
      throw new UsageError(`${values.out} exists already or cannot be written`, { cause });
    }
    return 0;
  },
};

/** The secrets as an `.env` file. */
export function environment(): string {
  const secrets = newSecrets();
  const password = (): string => randomBytes(24).toString('base64url');
  const settings: Readonly<Record<string, unknown>> = {
    POSTGRES_PASSWORD: password(),
    REDIS_PASSWORD: password(),
    LDAP_PASSWORD: password(),
    GATEWAY_CALLER_KEY: secrets.callerKey,
    CALLER_KEYS: { keys: [publicHalf(secrets.callerKey)] },
    IDENTITY_SIGNING_KEY: secrets.signingKey,
    IDENTITY_SECRET: secrets.identitySecret,
    IDENTITY_CLIENT_KEY: secrets.identityClientKey,
    NHSMAIL_CLIENT_KEY: secrets.nhsmailClientKey,
    PASSPORT_CLIENT_KEY: secrets.passportClientKey,
    ESR_CLIENT_KEY: secrets.esrClientKey,
    ESR_EXPORT_KEY: secrets.exportKey,
    WEB_CLIENT_KEY: secrets.webClientKey,
    WEB_PUBLIC_KEY: publicHalf(secrets.webClientKey),
    WEB_SECRET: secrets.webSecret,
    PASSPORT_KEY_ENCRYPTION_KEY: secrets.keyEncryptionKey,
    SERVICE_CLIENTS: serviceClients(secrets),
  };
  return Object.entries(settings)
    .map(([name, value]) =>
      typeof value === 'string' ? `${name}=${value}\n` : `${name}='${JSON.stringify(value)}'\n`,
    )
    .join('');
}

/** One HR system's key pair: the private JWK to keep, and the JWK Set to register. */
function clientKeys(clientId: string): string {
  const privateKey = newPrivateJwk(`${clientId}-${randomBytes(4).toString('hex')}`);
  return `${JSON.stringify({ privateKey, jwks: { keys: [publicHalf(privateKey)] } }, null, 2)}\n`;
}
