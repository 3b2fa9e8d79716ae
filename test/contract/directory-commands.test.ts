/** The commands about the copy of the directory, on PostgreSQL and the embedded directory. */
import { utimes, writeFile } from 'node:fs/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';

import { runCommand } from '../../cli/main.ts';
import { type EmbeddedDirectory, startEmbeddedDirectory } from '../../local/directory/start.ts';
import { describeWithServers } from '../servers/available.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import {
  ACCOUNTS,
  ldifFileOf,
  ldifOf,
  PEOPLE_DN,
} from '../unit/subgraphs/nhsmail/directory-world.ts';

const SERVICE = { serviceDn: 'cn=lanyard,dc=nhs,dc=example', servicePassword: 'of the service' };
/** What the file does not say is as of when the file was written: not when the accounts were made. */
const WORLD: typeof ACCOUNTS = ACCOUNTS.map((account) => ({
  ...account,
  more: { createTimestamp: '20200101000000Z', ...account.more },
}));
const HERE = 'http://127.0.0.1:1';

describeWithServers('postgres')('the commands of the copy of the directory', () => {
  let server: PostgresServer;
  let ldif: Awaited<ReturnType<typeof ldifFileOf>>;
  let directory: EmbeddedDirectory;
  let key: string;

  const lanyard = async (...args: readonly string[]) => {
    const said = { out: '', err: '' };
    const code = await runCommand(['directory', ...args], {
      env: {
        NHSMAIL_DATABASE_URL: server.url,
        NHSMAIL_LDAP_URL: directory.url,
        NHSMAIL_LDAP_BASE_DN: PEOPLE_DN,
        NHSMAIL_LDAP_BIND_DN: SERVICE.serviceDn,
        NHSMAIL_LDAP_BIND_PASSWORD: SERVICE.servicePassword,
        NHSMAIL_LDAP_DEADLINE_MS: '60000',
        NHSMAIL_CALLER_KEYS: `{"keys":[${key}]}`,
        NHSMAIL_GRAPH_URL: `${HERE}/graphql`,
        NHSMAIL_GRAPH_RESOURCE: `${HERE}/graphql`,
        NHSMAIL_ISSUER: HERE,
        NHSMAIL_TOKEN_URL: `${HERE}/oauth/token`,
        NHSMAIL_CLIENT_KEY: key,
      },
      out: (text) => (said.out += text),
      err: (text) => (said.err += text),
      terminal: false,
    });
    return { code, ...said };
  };
  const serve = async (accounts: typeof ACCOUNTS, writtenAt: string): Promise<void> => {
    await writeFile(ldif.path, ldifOf(accounts));
    await utimes(ldif.path, new Date(writtenAt), new Date(writtenAt));
    directory = await startEmbeddedDirectory({ ldifFile: ldif.path, ...SERVICE });
  };
  const all = ACCOUNTS.length;

  beforeAll(async () => {
    server = await startPostgres();
    ldif = await ldifFileOf();
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    key = JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'k1', alg: 'ES256' });
    await serve(WORLD, '2026-11-22T10:00:00Z');
  });
  afterAll(async () => {
    await directory.stop();
    await ldif.remove();
    await server.stop();
  });

  it.each<[string, readonly string[], (() => Promise<void>) | undefined, number, RegExp]>([
    ['nothing yet', ['status'], undefined, 0, /^accounts {4}0 \(0 gone\)\nas of {7}never\n/],
    [
      'everything at first',
      ['sync'],
      undefined,
      0,
      new RegExp(`"kind":"done".*"read":"WHOLE".*"entries":${String(all)}`),
    ],
    [
      'what has changed since',
      ['sync'],
      () => serve(withNames('Lindqvist'), '2026-11-22T11:00:00Z'),
      0,
      /"kind":"done".*"read":"CHANGES".*"changed":1\b/,
    ],
    [
      'too much that is missing',
      ['sync', '--whole'],
      () => serve(WORLD.slice(0, 2), '2026-11-22T12:00:00Z'),
      1,
      /"kind":"held"/,
    ],
    [
      'what a person says may be gone',
      ['sync', '--whole', '--gone-up-to', '90', '--by', 'A Person'],
      undefined,
      0,
      new RegExp(`"kind":"done".*"gone":${String(all - 2)}`),
    ],
    [
      'who said so',
      ['status'],
      undefined,
      0,
      /HELD[^]*approved by A Person|approved by A Person[^]*HELD/,
    ],
    ['the same for programs', ['status', '--json'], undefined, 0, /^\{.*"reads":\[/],
  ])('tell %s', async (_name, args, before, code, out) => {
    if (before !== undefined) {
      await directory.stop();
      await before();
    }
    const answer = await lanyard(...args);
    expect(answer).toMatchObject({ code, out: expect.stringMatching(out) as unknown });
  });

  it('refuse an approval without a name', async () => {
    expect(await lanyard('sync', '--gone-up-to', '90')).toMatchObject({ code: 64, out: '' });
  });
});

/** The accounts, Siobhan's of RZ1 with another surname. */
function withNames(sn: string): typeof ACCOUNTS {
  return WORLD.map((account) => (account.uid === 'a1000021' ? { ...account, sn } : account));
}
