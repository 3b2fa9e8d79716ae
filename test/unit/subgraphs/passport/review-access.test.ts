import { describe, expect, it } from '@jest/globals';

import type {
  AccessFlag,
  UnreviewedAccess,
} from '../../../../subgraphs/passport/domain/ports/access-log.ts';
import type { TeamPost } from '../../../../subgraphs/passport/domain/ports/teams.ts';
import { isSameTeam, reviewAccess } from '../../../../subgraphs/passport/domain/review-access.ts';

describe('a team', () => {
  const ward: TeamPost = { odsCode: 'RZ1', department: 'Ward 5', location: 'North' };
  it.each<[string, TeamPost, boolean]>([
    ['the same department at the same place', ward, true],
    ['the same department at another place', { ...ward, location: 'South' }, false],
    ['the same department, no place known', { ...ward, location: undefined }, true],
    ['another department at the same place', { ...ward, department: 'Ward 6' }, false],
    ['no department known', { ...ward, department: undefined }, false],
    ['another employer’s department', { ...ward, odsCode: 'RZ2' }, false],
  ])('is %s', (_what, other, same) => {
    expect(isSameTeam(ward, other)).toBe(same);
    expect(isSameTeam(other, ward)).toBe(same);
  });

  it('is the same position, wherever that is', () => {
    const one = { odsCode: 'RZ1', positionId: '7', department: 'A' };
    expect(isSameTeam(one, { odsCode: 'RZ1', positionId: '7', department: 'B' })).toBe(true);
    expect(isSameTeam(one, { odsCode: 'RZ1', positionId: '8', department: 'B' })).toBe(false);
    expect(isSameTeam(one, { odsCode: 'RZ2', positionId: '7' })).toBe(false);
  });
});

describe('looking at the access log', () => {
  const id = (letter: string): string => `stf_${letter.repeat(22)}`;
  const entry = (position: number, actor: string, staffId: string, at: string) => ({
    position,
    actor,
    staffId,
    at: new Date(at),
  });

  it('goes by where people worked on that day in the United Kingdom, and by who they are', async () => {
    const entries: readonly UnreviewedAccess[] = [
      entry(1, id('a'), id('b'), '2026-06-30T22:59:00Z'),
      entry(2, id('a'), id('b'), '2026-06-30T23:01:00Z'),
      // Another id of the same person.
      entry(3, id('a'), id('c'), '2026-06-30T23:01:00Z'),
      entry(4, id('a'), 'nobody', '2026-06-30T23:01:00Z'),
    ];
    const asked: (readonly [string, readonly string[]])[] = [];
    const found = new Map<number, readonly AccessFlag[]>();
    const looked = await reviewAccess({
      accessLog: {
        findUnreviewed: () => Promise.resolve(entries),
        review: (reviewed) => {
          for (const { position, flags } of reviewed) found.set(position, flags);
          return Promise.resolve();
        },
      },
      teams: {
        find: (ids, day) => {
          asked.push([day, ids]);
          const posts = (staffId: string) =>
            staffId === id('b') && day === '2026-06-30'
              ? []
              : [{ odsCode: 'RZ1', department: 'Ward 5' }];
          return Promise.resolve(
            new Map(
              ids.map((staffId) => [
                staffId,
                { personId: staffId === id('c') ? id('a') : staffId, posts: posts(staffId) },
              ]),
            ),
          );
        },
      },
    });
    expect(looked).toBe(4);
    expect(asked).toEqual([
      ['2026-06-30', [id('a'), id('b')]],
      ['2026-07-01', [id('a'), id('b'), id('c')]],
    ]);
    expect([...found]).toEqual([
      [1, []],
      [2, ['CLOSE_COLLEAGUE']],
      [3, ['OWN_RECORD']],
      [4, []],
    ]);
  });
});
