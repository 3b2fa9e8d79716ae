import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { signerOf } from '../../runtime/jwk-settings.ts';
import { machineAccessToken } from '../../runtime/machine-client.ts';
import { systemClock } from '../../runtime/clock.ts';
import { type Command, readArguments, text, UsageError } from '../command.ts';

const coordinate = z.string().length(43);
const keyFile = z.object({
  privateKey: z.object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    kid: z.string(),
    x: coordinate,
    y: coordinate,
    d: coordinate,
  }),
});

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
    const parsed = keyFile.safeParse(
      JSON.parse(
        await readFile(file, 'utf8').catch(() => {
          throw new UsageError(`${file} cannot be read`);
        }),
      ),
    );
    if (!parsed.success)
      throw new UsageError(`${file} is not a key file of "lanyard keys generate --client"`);
    const url = text(values.url, 'url').replace(/\/$/, '');
    const token = await machineAccessToken({
      clientId: text(values.client, 'client'),
      signer: signerOf(parsed.data.privateKey),
      issuer: url,
      tokenUrl: `${url}/oauth/token`,
      resource: `${url}/graphql`,
      scope: text(values.scope, 'scope'),
      now: systemClock,
    })();
    io.out(`${token}\n`);
    return 0;
  },
};
