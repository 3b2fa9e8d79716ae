import { describe, expect, it } from '@jest/globals';

import { followTimes } from '../../../../../subgraphs/nhsmail/domain/follow-times.ts';

const overlapMs = 60_000;
/** The directory's clock; ours is an hour behind. */
const theirs = (time: string) => new Date(`2026-11-22T11:${time}Z`);
const ours = (time: string) => new Date(`2026-11-22T10:${time}Z`);
const before = {
  through: theirs('00:00'),
  knownSince: ours('00:10'),
  readFrom: theirs('58:00'),
};

describe('where the next round of changes begins', () => {
  it('goes back by the overlap and by as long as the round took', () => {
    const round = { latest: theirs('05:00'), startedAt: ours('04:50'), now: ours('05:10') };
    expect(followTimes(before, { ...round, overlapMs })).toEqual({
      through: theirs('05:00'),
      knownSince: ours('05:10'),
      readFrom: theirs('03:40'),
    });
  });

  it.each([
    ['while the overlap goes on', ours('01:09'), before.readFrom],
    ['once it is over', ours('01:10'), theirs('00:01')],
  ])('when nothing newer has come: %s', (_name, startedAt, readFrom) => {
    for (const latest of [undefined, before.through, theirs('00:00')]) {
      const next = followTimes(before, { latest, startedAt, now: startedAt, overlapMs });
      expect(next).toEqual({ ...before, readFrom });
    }
  });

  it('is nowhere as long as no time has been told', () => {
    const round = { latest: undefined, startedAt: ours('00:00'), now: ours('00:01'), overlapMs };
    expect(followTimes(undefined, round)).toBeUndefined();
  });
});
