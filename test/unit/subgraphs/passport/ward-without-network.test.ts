/** A nurse is shared during a surge, and the ward that she comes to has no network. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { runCommand } from '../../../../cli/main.ts';
import { type Database, openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import {
  readVerificationBundle,
  type VerificationBundle,
} from '../../../../standards/verification-bundle/read-verification-bundle.ts';
import {
  type OfflineVerdict,
  verifyOffline,
} from '../../../../standards/verification-bundle/verify-offline.ts';
import { DEFAULT_POLICY } from '../../../../subgraphs/passport/domain/policy.ts';
import { postgresCheckPolicies } from '../../../../subgraphs/passport/postgres/check-policies.ts';
import { endOfUkDay, ukDay } from '../../../../subgraphs/passport/domain/uk-day.ts';
import { startTestEngine } from '../../../servers/embedded.ts';
import { agree } from './agreements.ts';
import { attested } from './attested-claims.ts';
import { type Bench, issueTo, newSettings, nurse, startPassport } from './passport-bench.ts';

const DAY_MS = 86_400_000;
let folder: string;
let engine: EmbeddedEngine;
let database: Database;
let bench: Bench;
/** The last day of the placement is today. */
const lastDay = ukDay(new Date());
const end = endOfUkDay(lastDay).getTime();
const day = (offset: number): string => ukDay(new Date(Date.now() + offset * DAY_MS));

let bundleText: string;
let bundle: VerificationBundle;
let held: Awaited<ReturnType<typeof issueTo>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanyard-surge-'));
  engine = await startTestEngine();
  database = openEmbedded(engine);
  const people = new Map([['stf_amara', nurse('stf_amara')]]);
  bench = await startPassport({ database, settings: newSettings(), people });
  const terms = { reference: 'MOU/2026/014', startsOn: day(-30), endsOn: day(30) };
  await agree(bench, terms);
  held = await issueTo(bench, {
    staffId: 'stf_amara',
    odsCode: 'RZ1',
    type: 'TEMPORARY_PLACEMENT',
    attestations: [
      {
        type: 'TEMPORARY_PLACEMENT',
        provenance: {
          assuranceOutcome: 'Onboarding complete',
          verifier: 'Origin',
          verificationMethod: 'Document Verification',
          lastRefresh: new Date(Date.now() - DAY_MS).toISOString(),
        },
        claims: {
          ...attested.TEMPORARY_PLACEMENT,
          start_date: day(-1),
          end_date: lastDay,
          agreement_reference: terms.reference,
          agreement_starts_on: terms.startsOn,
          agreement_ends_on: terms.endsOn,
        },
      },
    ],
  });
  // The host lets nobody work on a status older than two hours.
  const policies = postgresCheckPolicies(database.schema('passport'));
  const by = { subject: 'stf_admin-RZ2', name: 'A', odsCode: 'RZ2', requestId: 'request-1' };
  const status = { onlineMaxAgeSeconds: 900, offlineMaxAgeSeconds: 7_200 };
  const content = { ...DEFAULT_POLICY, status };
  const repeatable = (key: string) => ({ key, requestHash: key });
  await policies.add([{ id: 'pol_1', content }], by, repeatable('add'), new Date());
  await policies.activate('pol_1', by, repeatable('activate'), new Date());
  bundleText = (await bench.app.inject({ url: '/verification-bundle' })).body;
  bundle = await read(new Date());
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const anchor = async (): Promise<string> =>
  (await bench.composed.administration.issuerRegistry()).anchors[0] ?? '';
async function read(now: Date): Promise<VerificationBundle> {
  const reading = readVerificationBundle(bundleText, { anchor: await anchor(), now });
  if (reading.kind === 'refused') throw new Error(reading.fault);
  return reading.bundle;
}
const HOST = { audience: 'https://passport.example/verifiers/RZ2', nonce: 'ward-7-0001' };
const NEIGHBOUR = { ...HOST, audience: 'https://passport.example/verifiers/RZ3' };
const shown = (now: Date, host = HOST): Promise<string> =>
  held.wallet.present(held.sdJwt, { ...host, claims: ['position_title', 'end_date'] }, now);
const check = async (time: number, host = HOST): Promise<OfflineVerdict> => {
  const now = new Date(time);
  return verifyOffline(await shown(now, host), bundle, { now, keyBinding: host });
};

it('is checked with what was fetched before, which says from when its status is', async () => {
  await Promise.all([
    writeFile(join(folder, 'shown.txt'), await shown(new Date())),
    writeFile(join(folder, 'bundle.json'), bundleText),
    writeFile(join(folder, 'anchor.der'), Buffer.from(await anchor(), 'base64')),
  ]);
  let out = '';
  const code = await runCommand(
    [
      ...['verify', join(folder, 'shown.txt'), '--json'],
      ...['--bundle', join(folder, 'bundle.json'), '--anchor', join(folder, 'anchor.der')],
      ...['--audience', HOST.audience, '--nonce', HOST.nonce],
    ],
    { env: {}, out: (text) => (out += text), err: (text) => (out += text), terminal: false },
  );
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    {
      offline: true,
      outcome: 'valid',
      keyBinding: 'checked',
      statusAsOf: expect.stringMatching(/^\d{4}-/) as never,
      issuerOds: 'RZ1',
      claims: { position_title: 'Staff Nurse', end_date: lastDay },
    },
  ]);
  // What she did not show is not there.
  expect(out).not.toContain('Ward manager');
});

it('is over a second after the end of its last day in London', async () => {
  // Asked by a trust without a policy of its own, for which a status counts for a day.
  expect((await check(end, NEIGHBOUR)).reason).toBeUndefined();
  // A minute is for clocks that differ.
  const after = await check(end + 61_000, NEIGHBOUR);
  expect(after).toMatchObject({ outcome: 'expired', reason: 'expired' });
});

it('is not believed on a status older than the policy of the host allows', async () => {
  const now = bundle.issuedAt.getTime() + 7_200_000;
  const policy = { statusMaxAgeSeconds: 7_200, reason: 'status_stale' };
  // The end of the day may come first, when this runs late.
  const expected = now > end ? { reason: 'expired' } : { outcome: 'cannot-check', ...policy };
  expect(await check(now + 61_000)).toMatchObject(expected);
});

it('is not believed by anybody on a status older than a day', async () => {
  const now = bundle.issuedAt.getTime() + DAY_MS;
  expect(await check(now)).toMatchObject({ outcome: 'cannot-check', reason: 'bundle_expired' });
  await expect(read(new Date(now))).rejects.toThrow('bundle_expired');
});
