import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

import { readGatewayConfig } from '../../gateway/config.ts';
import { readIdentityConfig } from '../../identity/config.ts';
import { readEsrConfig } from '../../subgraphs/esr/config.ts';
import { readNhsmailConfig } from '../../subgraphs/nhsmail/config.ts';
import { readPassportConfig } from '../../subgraphs/passport/config.ts';
import { readWebConfig } from '../../web/config.ts';
import { interpolate, readComposeFile } from './compose-file.ts';
import { lanyard } from './local-stage.ts';

const READERS = {
  gateway: readGatewayConfig,
  identity: readIdentityConfig,
  esr: readEsrConfig,
  nhsmail: readNhsmailConfig,
  passport: readPassportConfig,
  web: readWebConfig,
} as const;

describe('docker-compose.yml', () => {
  let folder: string;
  let secrets: Readonly<Record<string, string>>;
  let services: Awaited<ReturnType<typeof readComposeFile>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lanyard-compose-file-'));
    await lanyard(['keys', 'generate', '--out', join(folder, '.env')], {});
    secrets = {
      ...(parseEnv(await readFile(join(folder, '.env'), 'utf8')) as Record<string, string>),
      LANYARD_GATEWAY_URL: 'https://graph.lanyard.example',
      LANYARD_IDENTITY_URL: 'https://sign-in.lanyard.example',
      LANYARD_PASSPORT_URL: 'https://passport.lanyard.example',
      LANYARD_WEB_URL: 'https://staff.lanyard.example',
    };
    services = await readComposeFile();
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each(Object.keys(READERS) as (keyof typeof READERS)[])(
    'gives %s settings that it accepts in production, as they stand',
    (name) => {
      const env = Object.fromEntries(
        Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [
          key,
          interpolate(String(value), secrets),
        ]),
      );
      expect(READERS[name](env)).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0' });
    },
  );

  it('lets an operator say which certificates vouch for those who ask for a passport', () => {
    const web = Object.entries(services['web']?.environment ?? {});
    const settingsWith = (values: Record<string, string>) =>
      readWebConfig(
        Object.fromEntries(
          web.map(([key, value]) => [key, interpolate(String(value), { ...secrets, ...values })]),
        ),
      ).WEB_TRUST_ANCHORS;
    expect(settingsWith({})).toEqual([]);
    expect(settingsWith({ WEB_TRUST_ANCHORS: '["AAAA"]' })).toEqual(['AAAA']);
  });

  it('lets an operator choose which operations are taken', () => {
    const policy = String(services['gateway']?.environment?.['GATEWAY_TRUSTED_DOCUMENTS']);
    const choices = [
      {},
      { GATEWAY_TRUSTED_DOCUMENTS: '' },
      { GATEWAY_TRUSTED_DOCUMENTS: 'require' },
    ];
    expect(choices.map((given) => interpolate(policy, given))).toEqual([
      'allow',
      'allow',
      'require',
    ]);
  });

  it('has no secret of its own: every one has to be given', () => {
    for (const [name, { environment }] of Object.entries(services)) {
      for (const [key, value] of Object.entries(environment ?? {})) {
        if (!/PASSWORD|SECRET|KEY|AUTH|CLIENTS$/.test(key)) continue;
        expect([name, key, String(value)]).toEqual([
          name,
          key,
          expect.stringMatching(/^\$\{[A-Z_]+:\?[^}]*\}$/),
        ]);
      }
    }
  });

  it('bounds what Redis holds, and has it refuse rather than forget', () => {
    const { command = [] } = services['redis'] ?? {};
    const setting = (name: string) => command[command.indexOf(name) + 1];
    expect(setting('--maxmemory')).toMatch(/^\d+mb$/);
    // Anything else evicts marks of what was used once, counts of attempts, and sessions.
    expect(setting('--maxmemory-policy')).toBe('noeviction');
  });

  it('starts every process after what it needs, and says how to tell that it is well', () => {
    for (const name of Object.keys(READERS)) {
      expect([name, Object.values(services[name]?.depends_on ?? {})]).toEqual([
        name,
        expect.arrayContaining([{ condition: 'service_healthy' }]),
      ]);
    }
    for (const [name, { healthcheck }] of Object.entries(services)) {
      expect([name, healthcheck?.test.length]).not.toEqual([name, undefined]);
    }
  });
});
