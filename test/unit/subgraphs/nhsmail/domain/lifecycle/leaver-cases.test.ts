import { expect, it } from '@jest/globals';

import type { ProposedCase } from '../../../../../../subgraphs/nhsmail/domain/cases.ts';
import { leaverCases } from '../../../../../../subgraphs/nhsmail/domain/lifecycle/leaver-cases.ts';

it('opens cases of leavers whose accounts are active, and says why as a code', async () => {
  const opened: ProposedCase[] = [];
  const book = leaverCases({
    reconcile: ({ cases }) => {
      opened.push(...cases);
      return Promise.resolve({ opened: cases.length, closed: 0 });
    },
  });
  const leaver = {
    kind: 'LEAVER_STILL_ACTIVE',
    odsCode: 'RZ1',
    accountId: 'a1',
    staffId: 'p1',
    worksAt: [],
    deceased: false,
    ownersLeft: [],
    ownersLeftOver: [],
  } as const;
  await book.reconcile({ kind: 'everything' }, [leaver], new Date('2026-11-26T10:00:00Z'));
  expect(opened).toMatchObject([
    { queue: 'LEAVER_STILL_ACTIVE', staffId: 'p1', accountId: 'a1', because: 'EMPLOYMENT_ENDED' },
  ]);
});
