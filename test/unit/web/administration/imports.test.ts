/** Confirming that people who are missing from a file have left. */
import { expect, it } from '@jest/globals';

import { importPage } from '../../../../web/routes/administration/imports.ts';
import type { Shown, Visit } from '../../../../web/routes/page.ts';

/** Sends the form while so many wait; what is shown, and what was confirmed. */
async function send(people: string, waiting: number, errors: readonly object[] = []) {
  let confirmed: unknown;
  const visit = {
    key: 'key-1',
    params: { id: 'imp_1' },
    ask: ({ name }: { readonly name: string }, variables: unknown) => {
      if (name === 'ConfirmAbsences') confirmed = variables;
      return Promise.resolve({
        faults: [],
        data: {
          staffImport: { id: 'imp_1', absencesWaiting: waiting },
          staffImportConfirmAbsences: { ended: 1204, errors },
        },
      });
    },
  } as unknown as Visit;
  const run = importPage.actions?.['absences']?.run as (
    visit: Visit,
    given: object,
  ) => Promise<Shown>;
  return { shown: await run(visit, { people }), confirmed };
}

it('takes the number that was seen, with or without a comma', async () => {
  const { shown, confirmed } = await send('1,204', 1204);
  expect(confirmed).toEqual({
    input: { idempotencyKey: 'key-1', importId: 'imp_1', people: 1204 },
  });
  expect(shown).toMatchObject({
    to: '/admin/imports/imp_1',
    notice: { kind: 'success', text: '1,204 employments have ended' },
  });
});

it.each(['', '3', 'all of them'])('confirms nobody for “%s”', async (people) => {
  const { shown, confirmed } = await send(people, 1204);
  expect(confirmed).toBeUndefined();
  expect(shown).toMatchObject({
    errors: [{ field: 'people', text: 'Enter 1,204 to say that so many people have left' }],
  });
});

it('gives a form that is sent again the answer of the first time', async () => {
  const { shown, confirmed } = await send('1,204', 0);
  expect(confirmed).toEqual({
    input: { idempotencyKey: 'key-1', importId: 'imp_1', people: 1204 },
  });
  expect(shown).toMatchObject({ notice: { text: '1,204 employments have ended' } });
});

it('says so when others are missing by now', async () => {
  const words = 'Not so many are missing any more. Look at it again';
  for (const people of ['', '0', 'all', '99999999999']) {
    const { shown, confirmed } = await send(people, 0);
    expect([confirmed, shown]).toMatchObject([undefined, { notice: { text: words } }]);
  }
  const changed = [{ code: 'ABSENCES_CHANGED' }];
  expect((await send('2', 0, changed)).shown).toMatchObject({ notice: { text: words } });
  const { shown } = await send('2', 2, [{ code: 'ABSENCES_CHANGED' }]);
  expect(shown).toMatchObject({ errors: [{ field: 'people', text: words }] });
});
