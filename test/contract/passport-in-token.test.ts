/** The passport subgraph with its keys in a PKCS #11 token, the anchor's too. */
import { X509Certificate } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { type Database, openEmbedded } from '../../runtime/database.ts';
import type { EmbeddedEngine } from '../../runtime/embedded-database.ts';
import { splitCompactJws } from '../../standards/compact-jws.ts';
import { parseSdJwt } from '../../standards/sd-jwt/serialisation.ts';
import { verifyCertificateChain } from '../../standards/x509/verify-certificate-chain.ts';
import { describeWithServers } from '../servers/available.ts';
import { makeSoftToken, type SoftToken } from '../servers/softhsm.ts';
import {
  type Bench,
  type GraphRecord,
  issueTo,
  newSettings,
  nurse,
  startPassport,
} from '../unit/subgraphs/passport/passport-bench.ts';
import { startTestEngine } from '../servers/embedded.ts';

describeWithServers('softhsm')('a passport whose keys are in a token', () => {
  const people = new Map<string, GraphRecord | undefined>([['stf_amara', nurse('stf_amara')]]);
  const kept = newSettings();
  let engine: EmbeddedEngine;
  let database: Database;
  let token: SoftToken;
  let bench: Bench;
  const start = (changes: Partial<SoftToken> = {}): Promise<Bench> => {
    const { module, token: label, pin, environment } = { ...token, ...changes };
    return startPassport({
      database,
      people,
      settings: kept,
      changes: {
        PASSPORT_KEY_STORE: 'pkcs11',
        PASSPORT_PKCS11_MODULE: module,
        PASSPORT_PKCS11_TOKEN: label,
        PASSPORT_PKCS11_PIN: pin,
      },
      runtime: { environment },
    });
  };
  const issue = (at: Bench, odsCode = 'RZ1') =>
    issueTo(at, { staffId: 'stf_amara', odsCode, type: 'IDENTITY' });

  beforeAll(async () => {
    engine = await startTestEngine();
    database = openEmbedded(engine);
    token = await makeSoftToken();
    bench = await start();
  });
  afterAll(async () => {
    await bench.stop();
    await engine.close();
    await token.remove();
  });

  it('issues credentials whose certificates lead to an anchor in the token', async () => {
    const { sdJwt } = await issue(bench);
    const { x5c } = splitCompactJws(parseSdJwt(sdJwt).jwt).header;
    const { rows } = await sql<{ certificate: string }>`
      select certificate from passport.issuer_key where use = 'anchor'`.execute(
      database.schema('passport'),
    );
    const [anchor] = rows;
    const verdict = verifyCertificateChain(x5c, {
      anchors: rows.map(({ certificate }) => certificate),
      now: new Date(),
    });
    expect(verdict).toMatchObject({
      kind: 'trusted',
      leaf: { uris: ['https://passport.example/trusts/RZ1'] },
    });
    const root = new X509Certificate(Buffer.from(anchor?.certificate ?? '', 'base64'));
    expect(root.verify(root.publicKey)).toBe(true);
  });

  it('stores no private key at all, and says who keeps each', async () => {
    await issue(bench);
    const { rows } = await sql<{ keeper: string; handle: string }>`
      select keeper, handle from passport.issuer_key`.execute(database.schema('passport'));
    expect(rows.length).toBeGreaterThan(2);
    for (const { keeper, handle } of rows) {
      expect(keeper).toBe('pkcs11');
      expect(handle).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  it('signs with the same keys after a restart', async () => {
    const kid = async (at: Bench) =>
      splitCompactJws(parseSdJwt((await issue(at)).sdJwt).jwt).header['kid'];
    const before = await kid(bench);
    const again = await start();
    try {
      expect(await kid(again)).toBe(before);
    } finally {
      // It shares the database with the other: only its own process ends.
      await again.app.close();
    }
  });

  it('does not start with a wrong PIN, and names the setting without its value', async () => {
    const failure = await start({ pin: 'wrong-pin-1234' }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining('PASSPORT_PKCS11_*: the PKCS #11 token refused the PIN'),
    });
    expect(String((failure as Error).stack)).not.toContain('wrong-pin-1234');
  });
});
