import { describe, expect, it } from '@jest/globals';

import type { ChangeStore } from '../../../../subgraphs/nhsmail/domain/change-store.ts';
import type { StandingPair } from '../../../../subgraphs/nhsmail/domain/decide-matches.ts';
import { compileLinkage } from '../../../../subgraphs/nhsmail/domain/linkage/compile-linkage.ts';
import type { LinkStatement } from '../../../../subgraphs/nhsmail/domain/links.ts';
import type { NotedRecord } from '../../../../subgraphs/nhsmail/domain/match-index.ts';
import type { MatchedAccount } from '../../../../subgraphs/nhsmail/domain/matched-account.ts';
import { runChanges, type RunParts } from '../../../../subgraphs/nhsmail/domain/run-matching.ts';
import type { StaffPerson } from '../../../../subgraphs/nhsmail/domain/staff.ts';
import { followed } from '../../../../subgraphs/nhsmail/matching.ts';
import { matchAll } from './matching-world.ts';

describe('a run of changes', () => {
  it('stops when all its pieces together would lose too many links, however little each loses', async () => {
    const { model } = await matchAll([], []);
    const linkage = compileLinkage(model);
    // Three pieces. Six of the pairs in each are likely links that nothing supports any more.
    let waiting = Array.from({ length: 750 }, (_, index) => [
      { side: 'PERSON' as const, id: `p${String(index)}`, notedAt: '2026-11-26' },
      { side: 'ACCOUNT' as const, id: `ap${String(index)}`, notedAt: '2026-11-26' },
    ]).flat();
    const isLinked = (id: string): boolean => Number(id.slice(1)) % 250 < 6;
    const likely = (id: string): LinkStatement => ({
      id: `link of ${id}`,
      staffId: id,
      accountId: `a${id}`,
      odsCode: 'RZ1',
      state: 'LINKED',
      method: 'SCORE',
      assurance: 'LIKELY',
      evidence: [],
      author: { kind: 'MATCHING', ruleSet: 1, run: undefined },
      validFrom: new Date('2026-11-01'),
    });
    const withdrawn: Pick<StandingPair, 'staffId'>[] = [];
    const person = (id: string): StaffPerson => ({
      id,
      familyName: `Person ${id}`,
      previousFamilyNames: [],
      workPhones: [],
      registrations: [],
      employments: [{ odsCode: 'RZ1', employeeNumber: id, personType: 'EMPLOYEE' }],
    });
    const account = (id: string): MatchedAccount => ({
      id,
      mail: `${id}@nhsmail.example`,
      aliases: [],
      kind: 'SHARED',
      familyName: 'Account',
      odsCode: 'RZ1',
      employeeNumber: id,
    });
    const idsOf = (noted: readonly NotedRecord[], wanted: NotedRecord['side']) =>
      noted.filter(({ side }) => side === wanted).map(({ id }) => id);
    const changes: ChangeStore = {
      take: (_holder, { records }) => {
        const noted = waiting.slice(0, records);
        return Promise.resolve({
          matchedWith: { modelId: 1, run: 'run', at: new Date() },
          last: { id: 'last', state: 'DONE', linksBefore: 1_000, lost: 0 },
          closed: new Set<string>(),
          noted,
          people: new Map(idsOf(noted, 'PERSON').map((id) => [id, person(id)])),
          accounts: new Map(idsOf(noted, 'ACCOUNT').map((id) => [id, account(id)])),
          candidates: [],
        });
      },
      findByKeys: (_keys, { staffIds }) =>
        Promise.resolve({
          people: new Map(),
          accounts: new Map(),
          surroundings: {
            candidates: [],
            statements: staffIds.filter(isLinked).map((staffId) => ({
              statement: likely(staffId),
              staffId,
              isPersonThere: true,
              isAccountThere: true,
            })),
            haveCases: false,
          },
        }),
      readAround: () => Promise.reject(new Error('all of it is known')),
      write: ({ noted, outcome }) => {
        withdrawn.push(...(outcome?.withdrawn ?? []));
        waiting = waiting.slice(noted.length);
        return Promise.resolve(true);
      },
    };
    const parts = {
      changes,
      runs: {
        release: () => Promise.resolve(),
        begin: () => 'stopped',
        finish: () => undefined,
      },
      now: () => new Date('2026-11-26'),
    } as unknown as RunParts;
    const ready = {
      get: () => Promise.resolve({ id: 1, linkage, version: 1, people: 750, accounts: 750 }),
    };
    const outcome = await runChanges(parts, 'holder', ready);
    expect(outcome.kind).toBe('stopped');
    expect(withdrawn.map(({ staffId }) => staffId)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5']);
    expect(waiting).toHaveLength(1_000);
  });
});

describe('before matching', () => {
  const wait = { ms: 1, times: 3 };

  it('the directory is read to its end, by whoever reads it', async () => {
    const outcomes = ['busy', 'busy', 'idle'] as const;
    let asked = 0;
    const sync = () => Promise.resolve({ kind: outcomes[asked++] ?? 'idle' } as never);
    await followed({ sync }, wait);
    expect(asked).toBe(3);
  });

  it('half a directory is not matched, though another process reads it for long', async () => {
    const sync = () => Promise.resolve({ kind: 'busy' } as const);
    await expect(followed({ sync }, wait)).rejects.toMatchObject({ code: 'directory_being_read' });
  });
});
