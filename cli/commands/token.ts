import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { privateJwk, signerOf } from '../../runtime/jwk-settings.ts';
import { machineAccessToken } from '../../runtime/machine-client.ts';
import { systemClock } from '../../runtime/clock.ts';
import { type Command, readArguments, text, UsageError } from '../command.ts';

/** The scope for pushing accounts, which is another resource's. */
const DIRECTORY_SCOPE = 'directory:write';

const keyFile = z.object({ privateKey: privateJwk });

/** Signs in as an HR system and prints the access token, for curl. */
export const getToken: Command = {
  usage: 'token --client ID --key FILE [--scope SCOPES] [--url URL]',
  summary: 'Signs in as an HR system with its key file and prints an access token (5 minutes).',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      {
        client: { type: 'string' },
        key: { type: 'string' },
        scope: { type: 'string', default: 'hr:read passport:read passport:offer passport:verify' },
        url: { type: 'string', default: 'http://localhost:4000' },
      },
      ['client', 'key'],
    );
    const file = text(values.key, 'key');
    const privateKey = await readKey(file);
    const url = text(values.url, 'url').replace(/\/$/, '');
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
      throw new UsageError('--url takes an address such as http://localhost:4000');
    const clientId = text(values.client, 'client');
    const scope = text(values.scope, 'scope');
    const token = await machineAccessToken({
      clientId,
      signer: signerOf(privateKey),
      issuer: url,
      tokenUrl: `${url}/oauth/token`,
      resource: scope === DIRECTORY_SCOPE ? `${url}/scim/v2` : `${url}/graphql`,
      scope,
      now: systemClock,
    })().catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : 'failed';
      throw new Error(`${url} gave no token to ${clientId}: ${why}`, { cause });
    });
    io.out(`${token}\n`);
    return 0;
  },
};

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
