/** What waits for a second person. */
import { expect, it } from '@jest/globals';

import { approvalsPage } from '../../../../web/routes/administration/approvals.ts';
import type { Shown, Visit } from '../../../../web/routes/page.ts';
import { createRender } from '../../../../web/views/render.ts';
import { FRAME } from '../../../../web/words/frame.ts';

const change = (id: string, more: object) => ({
  node: {
    id,
    organisation: { odsCode: 'RZ1', name: 'Ashbourne' },
    state: 'WAITING',
    proposedAt: '2026-11-20T10:00:00Z',
    isMine: false,
    mayApprove: false,
    needsKeeper: false,
    ...more,
  },
});

async function shownWith(given: {
  readonly registryChanges?: readonly object[];
  readonly staffEventHolds?: readonly object[];
}) {
  const none = { edges: [] };
  const visit = {
    person: { staffId: 'stf_me', name: 'Sam', role: 'ADMINISTRATOR', odsCode: 'RZ1' },
    administration: () => Promise.resolve({ status: 200, body: {} }),
    ask: () =>
      Promise.resolve({
        faults: [],
        data: {
          waiting: none,
          toReview: none,
          matchingCases: none,
          sharingAgreements: none,
          staffEventHolds: given.staffEventHolds ?? [],
          registryChanges: { edges: given.registryChanges ?? [] },
        },
      }),
  } as unknown as Visit;
  return (await approvalsPage.show(visit)) as Extract<Shown, { kind: 'page' }>;
}

it.each([
  ['one’s own', { isMine: true }, 'You. A colleague has to approve it'],
  ['one to approve', { mayApprove: true }, 'Somebody else'],
  [
    'the keeper’s',
    { needsKeeper: true },
    'Somebody else. The keeper of the register has to approve it',
  ],
])('leads to a change of the register: %s', async (_whose, more, by) => {
  const { context } = await shownWith({ registryChanges: [change('rgc_1/2', more)] });
  const [[what, who] = []] = context['rows'] as readonly (readonly object[])[];
  expect(what).toEqual({
    text: 'Change of the register: Ashbourne',
    href: '/admin/registry-changes/rgc_1%2F2',
  });
  expect(who).toEqual({ text: by });
});

it('has a form for each hold that waits', async () => {
  const hold = { id: 'hld_1', people: 24, heldAt: '2026-11-20T10:00:00Z', releasedAt: null };
  const { view, context } = await shownWith({
    staffEventHolds: [
      { ...hold, approvedAt: null },
      { ...hold, id: 'hld_2', approvedAt: '2026-11-20T11:00:00Z' },
      { ...hold, id: 'hld_3', approvedAt: hold.heldAt, releasedAt: hold.heldAt },
    ],
  });
  const html = createRender()(view, {
    ...context,
    words: FRAME,
    form: { values: {}, errors: {} },
    errorList: [],
    banners: [],
    navigation: [],
    footerItems: [],
    scripts: [],
  });
  expect(html.match(/name="hold" value="[^"]+"/g)).toEqual([
    'name="hold" value="hld_1"',
    'name="hold" value="hld_2"',
  ]);
  expect(html.match(/Stopping the credentials of 24 people at once/g)).toHaveLength(2);
  expect(html.match(/One person has approved it\. A second has to\./g)).toHaveLength(1);
});
