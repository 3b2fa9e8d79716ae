import { expect, it } from '@jest/globals';

import {
  type ReadinessCounts,
  readinessOf,
} from '../../../../../../subgraphs/nhsmail/domain/lifecycle/readiness.ts';

const perfect: ReadinessCounts = {
  people: 1_000,
  peopleLinked: 1_000,
  accounts: 900,
  accountsLinked: 900,
  leaversOverdue: 0,
  casesOpen: 0,
  casesOverdue: 0,
};

it.each<[string, Partial<ReadinessCounts>, number | undefined, readonly number[]]>([
  ['all is done', {}, 100, [40, 20, 20, 20]],
  ['one person has no account', { peopleLinked: 999 }, 99, [39.9, 20, 20, 20]],
  ['half of the people are linked', { peopleLinked: 500 }, 80, [20, 20, 20, 20]],
  ['half of the accounts are somebody’s', { accountsLinked: 450 }, 90, [40, 10, 20, 20]],
  ['leavers are active', { leaversOverdue: 5 }, 90, [40, 20, 10, 20]],
  ['more leavers are active than count', { leaversOverdue: 50 }, 80, [40, 20, 0, 20]],
  ['cases are overdue', { casesOpen: 5, casesOverdue: 5 }, 90, [40, 20, 20, 10]],
  ['cases wait', { casesOpen: 5 }, 95, [40, 20, 20, 15]],
  ['there is nobody', { people: 0, accounts: 0 }, undefined, []],
])('when %s', (_name, counts, score, points) => {
  const readiness = readinessOf({ ...perfect, ...counts });
  expect(readiness?.score).toBe(score);
  expect((readiness?.parts ?? []).map((part) => part.points)).toEqual(points);
});
