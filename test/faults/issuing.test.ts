/** Kills the issuer at every step there is. What was acknowledged must be there afterwards, once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { describeWithServers } from '../servers/available.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { newSettings, newWallet } from '../unit/subgraphs/passport/passport-bench.ts';
import type { ChildTask, Journey } from './issuing-task.ts';
import { type Line, runChild } from './run-child.ts';
import { WHOLE } from './whole.ts';

/**
 * Kills at step after step until a journey gets through, each time going on with what was left.
 *
 * @param stride 1 for every step; more for every so-manieth
 */
async function killAtEveryStep(
  store: ChildTask['store'],
  stride: number,
): Promise<{ lines: Line[]; journeys: number; rows: Record<string, unknown>[] }> {
  const settings = newSettings();
  const lines: Line[] = [];
  let recover: Journey | undefined;
  let journeys = 0;
  for (let killAt = 1; ; killAt += stride) {
    journeys += 1;
    const next: Journey = {
      id: `j${String(killAt)}`,
      staffId: `stf_j${String(killAt)}`,
      odsCode: `R${String(killAt).padStart(3, '0')}`,
      holderKey: newWallet().jwk,
    };
    const ran = await runChild('issuing-child.ts', {
      store,
      settings,
      next,
      killAt,
      ...(recover === undefined ? {} : { recover }),
    });
    lines.push(...ran.lines);
    recover = next;
    if (!ran.killed) break;
  }
  const last = await runChild('issuing-child.ts', { store, settings, recover, killAt: 0 });
  lines.push(...last.lines);
  const counted = lines.find(({ did }) => did === 'counted');
  return { lines, journeys, rows: counted?.['rows'] as Record<string, unknown>[] };
}

function expectNothingLost({
  lines,
  journeys,
  rows,
}: Awaited<ReturnType<typeof killAtEveryStep>>): void {
  const told = (run: string, did: string) =>
    new Map(lines.filter((line) => line.run === run && line.did === did).map((l) => [l.id, l]));
  const again = told('again', 'issued');
  // Every journey was finished in the end, whatever happened to it first.
  expect(again.size).toBe(journeys);
  for (const { sdJwt } of again.values()) expect(sdJwt).toEqual(expect.stringContaining('~'));
  // What the first child acknowledged is what the second one found.
  for (const [id, first] of told('first', 'issued')) {
    expect(again.get(id)).toEqual({ ...first, run: 'again' });
  }
  for (const [id, first] of told('first', 'offered')) {
    expect(told('again', 'offered').get(id)).toEqual({ ...first, run: 'again' });
  }
  for (const { state } of told('again', 'revoked').values()) expect(state).toBe('REVOKED');
  for (const { status } of told('again', 'published').values()) expect(status).toBe(1);
  // One credential for each journey, signed, each with a place of its own.
  expect(rows.map(({ state, signed }) => ({ state, signed }))).toEqual(
    Array.from({ length: journeys }, () => ({ state: 'REVOKED', signed: true })),
  );
  expect(new Set(rows.map((row) => row['offer_id'])).size).toBe(journeys);
  const places = rows.map((row) => `${String(row['list_id'])} ${String(row['status_index'])}`);
  expect(new Set(places).size).toBe(journeys);
}

describeWithServers('postgres')('an issuer on PostgreSQL', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });

  const stride = WHOLE ? 1 : 23;
  it(`loses nothing when it is killed at step after step, ${String(stride)} apart`, async () => {
    const outcome = await killAtEveryStep({ url: postgres.url }, stride);
    expect(outcome.journeys * stride).toBeGreaterThan(50);
    expectNothingLost(outcome);
  }, 1_800_000);
});

describe('an issuer on the embedded database', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lanyard-issuing-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const stride = WHOLE ? 13 : 71;
  it(`loses nothing when it is killed at step after step, ${String(stride)} apart`, async () => {
    const outcome = await killAtEveryStep({ folder: join(folder, 'data') }, stride);
    expect(outcome.journeys * stride).toBeGreaterThan(50);
    expectNothingLost(outcome);
  }, 300_000);
});
