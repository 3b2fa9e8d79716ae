/** What waits for a second person. */
import { expect, it } from '@jest/globals';

import { approvalsPage } from '../../../../web/routes/administration/approvals.ts';
import type { Shown, Visit } from '../../../../web/routes/page.ts';

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

async function rows(registryChanges: readonly object[]) {
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
          staffEventHolds: [],
          registryChanges: { edges: registryChanges },
        },
      }),
  } as unknown as Visit;
  const shown = (await approvalsPage.show(visit)) as Extract<Shown, { kind: 'page' }>;
  return shown.context['rows'] as readonly (readonly { text: string; href?: string }[])[];
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
  const [[what, who] = []] = await rows([change('rgc_1/2', more)]);
  expect(what).toEqual({
    text: 'Change of the register: Ashbourne',
    href: '/admin/registry-changes/rgc_1%2F2',
  });
  expect(who).toEqual({ text: by });
});
