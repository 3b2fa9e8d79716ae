/** The list of record matches, and what it is narrowed by. */
import { expect, it } from '@jest/globals';

import { matchesPage } from '../../../../web/routes/administration/matches.ts';
import type { Shown, Visit } from '../../../../web/routes/page.ts';

const trust = (odsCode: string, name: string | null, open: number) => ({
  organisation: { odsCode, name },
  open,
});

/** What the page shows for a query of its address, and what it asked of the graph. */
async function onPage(address: string, open = 3) {
  let asked: unknown;
  const query = matchesPage.query?.parse(Object.fromEntries(new URLSearchParams(address)));
  const visit = {
    person: { staffId: 'stf_me', name: 'Sam', role: 'ADMINISTRATOR', odsCode: 'RZ1' },
    query,
    ask: (_operation: unknown, variables: unknown) => {
      asked = variables;
      return Promise.resolve({
        faults: [],
        data: {
          matchingQueues:
            open === 0
              ? []
              : [{ queue: 'NAME_CHANGE', open, oldestOpenedAt: '2026-11-20T10:00:00Z' }],
          matchingOrigins: open === 0 ? [] : [trust('RZ1', 'Ashbourne', 2), trust('RZ2', null, 1)],
          matchingCases: { edges: [], pageInfo: { hasNextPage: true, endCursor: 'next' } },
        },
      });
    },
  } as unknown as Visit;
  const shown = (await matchesPage.show(visit)) as Extract<Shown, { kind: 'page' }>;
  const context = shown.context as unknown as {
    readonly next: string;
    readonly empty: string;
    readonly filters: readonly {
      readonly name: string;
      readonly items: readonly { value: string; text: string; selected: boolean }[];
    }[];
  };
  const chosen = Object.fromEntries(
    context.filters.map(({ name, items }) => [name, items.find((one) => one.selected)?.value]),
  );
  return { asked, context, chosen };
}

it('narrows by trust, score, queue and age, and keeps that on the next page', async () => {
  const { asked, context, chosen } = await onPage(
    'queue=NAME_CHANGE&trust=RZ2&score=LIKELY&age=overdue',
  );
  expect(asked).toEqual({
    odsCode: 'RZ1',
    queue: 'NAME_CHANGE',
    origin: 'RZ2',
    score: 'LIKELY',
    overdue: true,
  });
  expect(chosen).toEqual({ queue: 'NAME_CHANGE', trust: 'RZ2', score: 'LIKELY', age: 'overdue' });
  expect(context.next).toBe(
    '/admin/matches?queue=NAME_CHANGE&trust=RZ2&score=LIKELY&age=overdue&after=next',
  );
  expect(context.empty).toBe('Nothing to review is like this. Show other ones.');
});

it('offers trusts where cases arose, and scores in words', async () => {
  const { context } = await onPage('');
  expect(context.filters.map(({ name, items }) => [name, items.map(({ text }) => text)])).toEqual([
    ['queue', ['Everything', 'The name changed on one side (3)']],
    ['trust', ['Any trust', 'Ashbourne (2)', 'RZ2 (1)']],
    [
      'score',
      [
        'Any',
        'A thousand to one or more',
        'Even, or more likely than not',
        'Less likely than not',
        'Not scored',
      ],
    ],
    ['age', ['Any time', 'Longer than it should']],
  ]);
});

it.each([
  ['nothing', 'queue=&trust=&score=&age='],
  ['what cannot be', 'queue=a&trust=rz1;&score=SURE&age=x'],
  ['a code that is too long', 'trust=RZ1RZ1RZ1RZ1'],
])('reads %s as no wish', async (_what, address) => {
  const { asked, chosen } = await onPage(address);
  expect(asked).toEqual({ odsCode: 'RZ1' });
  expect(chosen).toEqual({ queue: '', trust: '', score: '', age: '' });
});

it('offers nothing to narrow where there is nothing', async () => {
  const { context } = await onPage('', 0);
  expect(context.filters).toEqual([]);
  expect(context.empty).toMatch(/^Nothing to review\. Looked at /);
});
