/** Somebody invented whose credentials count for a minute, so that what has expired can be tried out. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { type Database, openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import { splitCompactJws } from '../../../../standards/compact-jws.ts';
import {
  type Bench,
  callers,
  type GraphRecord,
  issueTo,
  newKey,
  newSettings,
  nurse,
  operations,
  startPassport,
} from './passport-bench.ts';
import { startTestEngine } from '../../../servers/embedded.ts';

const people = new Map<string, GraphRecord>();
const settings = newSettings();
const shortLived = { odsCode: 'RZ1', employeeNumber: '90000025' };
let engine: EmbeddedEngine;
let database: Database;
let bench: Bench;
let ahead = 0;
const now = () => new Date(Date.now() + ahead);

beforeAll(async () => {
  engine = await startTestEngine();
  database = openEmbedded(engine);
  bench = await startPassport({
    database,
    settings,
    people,
    now,
    runtime: { shortLived },
    changes: { NODE_ENV: 'development' },
  });
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
});

/** Somebody with a post of this number. */
function person(assignmentNumber: string, odsCode = 'RZ1'): string {
  const id = `stf_${odsCode}-${assignmentNumber}`;
  const record = nurse(id, odsCode);
  const assignments = record.assignments.map((post) => ({ ...post, assignmentNumber }));
  people.set(id, { ...record, assignments });
  return id;
}

async function issued(staffId: string, odsCode = 'RZ1') {
  const made = await issueTo(bench, { staffId, odsCode, type: 'IDENTITY' });
  const { iat, exp } = splitCompactJws(made.sdJwt.split('~')[0] ?? '').payload as {
    iat: number;
    exp: number;
  };
  return { ...made, life: exp - iat };
}

it('counts for a minute, and then the verifying endpoint says EXPIRED', async () => {
  const { sdJwt, wallet, life } = await issued(person(shortLived.employeeNumber));
  expect(life).toBe(60);
  const check = async () => {
    const asked = await bench.ask(callers.hr('RZ2'), operations.request, {
      input: {
        idempotencyKey: newKey(),
        credentials: [{ type: 'IDENTITY', claims: ['given_name'] }],
      },
    });
    const request = asked.data?.presentationRequest.request;
    if (request == null) throw new Error('no request');
    const presentation = await wallet.present(sdJwt, request, now());
    const seen = await bench.ask(callers.hr('RZ2'), operations.verify, {
      input: { requestId: request.id, presentation },
    });
    const { result } = seen.data?.presentationVerify ?? {};
    const [only] = result?.credentials ?? [];
    return [result?.outcome, only?.checks.find(({ outcome }) => outcome === 'FAILED')?.code];
  };
  expect(await check()).toEqual(['VALID', undefined]);
  // A minute, and one more that clocks may differ by.
  ahead = 121_000;
  expect(await check()).toEqual(['EXPIRED', 'expired']);
  ahead = 0;
});

it.each([
  ['90000017', 'RZ1'],
  ['90000025', 'RZ2'],
])('is nobody else: %s of %s', async (number, odsCode) => {
  expect((await issued(person(number, odsCode), odsCode)).life).toBe(365 * 86_400);
});

it.each(['production', 'test', undefined] as const)('is nobody in %s', async (environment) => {
  await expect(
    startPassport({
      database,
      settings,
      people,
      runtime: { shortLived },
      changes: environment === undefined ? {} : { NODE_ENV: environment },
    }),
  ).rejects.toMatchObject({ name: 'ConfigError' });
});
