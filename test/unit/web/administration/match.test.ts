import { expect, it } from '@jest/globals';

import { matchPage } from '../../../../web/routes/administration/match.ts';
import type { Shown, Visit } from '../../../../web/routes/page.ts';
import { createRender } from '../../../../web/views/render.ts';
import { FRAME } from '../../../../web/words/frame.ts';

const render = createRender();
const staffMember = (id: string, given: string) => ({
  id,
  name: { title: null, given, family: 'Khan' },
  previousFamilyNames: [],
  workEmail: null,
  smartcardUuid: null,
  assignments: [],
  employments: [],
  registrations: [],
});
const candidate = (id: string, given: string) => ({
  accountId: `acc_${id}`,
  bits: 4,
  linked: null,
  staffMember: staffMember(id, given),
  account: null,
  evidence: [{ field: 'familyName', outcome: 'equal', bits: 4, directoryValue: 'Khan' }],
});
const found = {
  id: 'case_1',
  queue: 'NAME_CHANGE',
  state: 'OPEN',
  because: 'NAME_CHANGE',
  openedAt: '2026-11-20T10:00:00Z',
  ageDays: 1,
  overdue: false,
  version: 3,
  decision: null,
  closedAt: null,
  staffMember: null,
  account: null,
  candidates: [candidate('stf_a', 'Amina'), candidate('stf_b', 'Amara')],
  history: [],
};

/** The case as the page shows it, and everything that was asked of the graph. */
async function onPage(one: object, run: (visit: Visit) => Promise<Shown>) {
  const asked: { readonly name: string; readonly variables: unknown }[] = [];
  const visit = {
    person: { staffId: 'stf_me', name: 'Sam', role: 'ADMINISTRATOR', odsCode: 'RZ1' },
    params: { id: 'case_1' },
    query: {},
    key: 'key',
    form: { values: {}, errors: {} },
    ask: (operation: { readonly name: string }, variables: unknown) => {
      asked.push({ name: operation.name, variables });
      return Promise.resolve({
        faults: [],
        data: {
          matchingCase: one,
          matchingCaseDecide: { matchingCase: { state: 'AWAITING_SECOND_PERSON' }, errors: [] },
          matchingCases: { edges: [{ node: { id: 'case_1', state: 'OPEN' } }] },
        },
      });
    },
  } as unknown as Visit;
  const shown = await run(visit);
  const html =
    shown.kind === 'page'
      ? render(shown.view, {
          ...shown.context,
          words: FRAME,
          form: visit.form,
          errorList: [],
          banners: [],
          navigation: [],
          footerItems: [],
          scripts: [],
        })
      : '';
  return { shown, html, asked };
}

const waiting = (by: string) => ({
  ...found,
  state: 'AWAITING_SECOND_PERSON',
  decision: { decision: 'SAME_PERSON', reason: 'Seen', at: '2026-11-21T10:00:00Z', by: { id: by } },
});

it('asks which of several it is, with both sides and what came of comparing them', async () => {
  const { html } = await onPage(found, (visit) => matchPage.show(visit));
  expect(html).toMatch(/value="same:0"[^]*Same person as Amina Khan[^]*value="same:1"/);
  expect(html).toContain('about 16 to 1');
  expect(html).toContain('Not compared');
});

it.each([
  [-0.2, 'As likely to be the same person as not'],
  [-4, 'Likely to be different people: about 16 to 1'],
])('says what %s bits weigh', async (bits, words) => {
  const one = { ...found, candidates: [{ ...candidate('stf_a', 'Amina'), bits }] };
  const { html } = await onPage(one, (visit) => matchPage.show(visit));
  expect(html).toContain(words);
});

it('says of the pair that was chosen, and of no other', async () => {
  const { asked, shown } = await onPage(found, (visit) =>
    (matchPage.actions?.['decide']?.run as (visit: Visit, given: object) => Promise<Shown>)(visit, {
      decision: 'same:1',
      reason: 'Seen',
      version: 3,
    }),
  );
  expect(asked.find(({ name }) => name === 'DecideMatch')?.variables).toMatchObject({
    input: {
      decision: 'SAME_PERSON',
      expectedVersion: 3,
      pairs: [{ staffId: 'stf_b', accountId: 'acc_stf_b' }],
    },
  });
  expect(shown).toMatchObject({
    to: '/admin/matches',
    notice: { text: 'Saved. A second person has to approve it' },
  });
});

it.each([
  ['somebody else', 'stf_colleague', true],
  ['nobody who decided it', 'stf_me', false],
])('is approved by %s', async (_who, by, may) => {
  const { html } = await onPage(waiting(by), (visit) => matchPage.show(visit));
  expect(html.includes('name="approve"')).toBe(may);
});
