/** Ending what a crash left: one thing that cannot be ended holds nothing else up. */
import { describe, expect, it } from '@jest/globals';

import { openEmbedded } from '../../../../runtime/database.ts';
import type { PassportRuntime } from '../../../../subgraphs/passport/compose.ts';
import type { CredentialStore } from '../../../../subgraphs/passport/domain/ports/credentials.ts';
import {
  reconcileIssuing,
  type ReconcilingParts,
} from '../../../../subgraphs/passport/domain/reconcile-issuing.ts';
import { type GraphRecord, issueTo, newSettings, nurse, startPassport } from './passport-bench.ts';
import { startTestEngine } from '../../../servers/embedded.ts';

describe('the reconciler', () => {
  it('goes on past a batch that cannot be ended, and forgets what it has to', async () => {
    const calls: string[] = [];
    const down = new Error('the keeper is down');
    const credentials: Partial<CredentialStore> = {
      findUnfinished: () => Promise.resolve(['first', 'second']),
      findSuperseded: () => Promise.resolve([]),
      findBatch: (key) => {
        calls.push(key);
        return key === 'first' ? Promise.reject(down) : Promise.resolve([]);
      },
      forget: () => {
        calls.push('forget');
        return Promise.resolve();
      },
    };
    const reported: unknown[] = [];
    const parts = {
      credentials,
      now: () => new Date(),
      report: (error: unknown) => reported.push(error),
    };
    expect(await reconcileIssuing(parts as unknown as ReconcilingParts)).toEqual({
      finished: 1,
      failed: 0,
      left: 1,
    });
    expect(calls).toEqual(['first', 'second', 'forget']);
    expect(reported).toEqual([down]);
  });
});

describe('a process that starts', () => {
  it('rotates keys and settles compromises though unfinished issuing cannot be read', async () => {
    const engine = await startTestEngine();
    const people = new Map<string, GraphRecord>([['stf_a', nurse('stf_a')]]);
    const settings = newSettings();
    let ahead = 0;
    const now = () => new Date(Date.now() + ahead);
    const start = (runtime: Partial<PassportRuntime>) =>
      startPassport({ database: openEmbedded(engine), settings, people, now, runtime });
    const unreadable = <Port extends object>(name: string, port: Port): Port =>
      name === 'credentials'
        ? { ...port, findUnfinished: () => Promise.reject(new Error('cannot be read')) }
        : port;
    try {
      const bench = await start({});
      await issueTo(bench, { staffId: 'stf_a', odsCode: 'RZ1', type: 'IDENTITY' });
      await bench.stop();
      ahead = 366 * 86_400_000;
      const again = await start({ wrap: unreadable, background: true });
      const keys = await again.composed.administration.issuerKeys({ odsCode: 'RZ1' });
      await again.stop();
      expect(keys.filter(({ state }) => state === 'waiting').map(({ use }) => use)).toEqual(
        expect.arrayContaining(['credential', 'status-list']),
      );
    } finally {
      await engine.close();
    }
  });
});
