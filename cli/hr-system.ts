/** An HR system at the command line: who it is, by its key file, and where it signs in. */
import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { systemClock } from '../runtime/clock.ts';
import { privateJwk, signerOf } from '../runtime/jwk-settings.ts';
import { type AccessTokenSource, machineAccessToken } from '../runtime/machine-client.ts';
import { text, UsageError } from './command.ts';

const keyFile = z.object({ privateKey: privateJwk });

/** Reads the options `client`, `key` and `url`. */
export async function hrSystem(
  values: { readonly client?: string; readonly key?: string; readonly url?: string },
  /** The resource is a path of the address. */
  { resource, scope }: { readonly resource: string; readonly scope: string },
): Promise<{ readonly url: string; readonly accessToken: AccessTokenSource }> {
  const privateKey = await readKey(text(values.key, 'key'));
  const url = text(values.url, 'url').replace(/\/$/, '');
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new UsageError('--url takes an address such as http://localhost:4000');
  const clientId = text(values.client, 'client');
  const ask = machineAccessToken({
    clientId,
    signer: signerOf(privateKey),
    issuer: url,
    tokenUrl: `${url}/oauth/token`,
    resource: url + resource,
    scope,
    now: systemClock,
  });
  return {
    url,
    accessToken: () =>
      ask().catch((cause: unknown) => {
        const why = cause instanceof Error ? cause.message : 'failed';
        throw new Error(`${url} gave no token to ${clientId}: ${why}`, { cause });
      }),
  };
}

async function readKey(file: string): Promise<z.infer<typeof keyFile>['privateKey']> {
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read`, { cause });
  });
  try {
    return keyFile.parse(JSON.parse(content)).privateKey;
  } catch (cause) {
    throw new UsageError(`${file} is not a key file of "lanyard keys generate --client"`, {
      cause,
    });
  }
}
