import { readFile } from 'node:fs/promises';

import { type Command, readArguments, text, UsageError } from '../command.ts';
import { openOperations } from '../operations.ts';

/** Registers an HR system, which signs in with a key (private_key_jwt, RFC 7523). */
export const addClient: Command = {
  usage: 'client add --id ID --name NAME --ods CODE --jwks FILE',
  summary: "Registers an organisation's HR system with its public keys (a JWK Set).",
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      {
        id: { type: 'string' },
        name: { type: 'string' },
        ods: { type: 'string' },
        jwks: { type: 'string' },
      },
      ['id', 'name', 'ods', 'jwks'],
    );
    const operations = await openOperations(io.env);
    try {
      const file = text(values.jwks, 'jwks');
      await operations.run(
        'addClient',
        {
          clientId: text(values.id, 'id'),
          name: text(values.name, 'name'),
          odsCode: text(values.ods, 'ods'),
          jwks: await readJson(file),
        },
        () => undefined,
      );
      io.out(`Registered ${text(values.id, 'id')}.\n`);
      return 0;
    } finally {
      await operations.close();
    }
  },
};

/** Registers an app that people sign in to (authorization code and PKCE, no secret). */
export const addApp: Command = {
  usage: 'app add --id ID --name NAME --redirect-uri URI...',
  summary: 'Registers an app that people sign in to. Repeat --redirect-uri for more than one.',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      {
        id: { type: 'string' },
        name: { type: 'string' },
        'redirect-uri': { type: 'string', multiple: true },
      },
      ['id', 'name', 'redirect-uri'],
    );
    const operations = await openOperations(io.env);
    try {
      await operations.run(
        'addApp',
        {
          clientId: text(values.id, 'id'),
          name: text(values.name, 'name'),
          redirectUris: values['redirect-uri'] ?? [],
        },
        () => undefined,
      );
      io.out(`Registered ${text(values.id, 'id')}.\n`);
      return 0;
    } finally {
      await operations.close();
    }
  },
};

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${file} cannot be read as JSON`, { cause });
  }
}
