import { describe, expect, it } from '@jest/globals';

import {
  type IdentityLink,
  planLinks,
  type ProposedLink,
} from '../../../../../subgraphs/nhsmail/domain/links.ts';

const proposal = (more: Partial<ProposedLink> = {}): ProposedLink => ({
  staffId: 'p1',
  accountId: 'a1',
  odsCode: 'RZ1',
  method: 'EMPLOYEE_NUMBER',
  state: 'LINKED',
  evidence: [],
  ...more,
});
const link = (id: string, more: Partial<ProposedLink> = {}): IdentityLink => ({
  ...proposal(more),
  id,
  linkedAt: new Date(0),
});

describe('planning what to write', () => {
  it('adds what is new', () => {
    expect(planLinks([proposal()], [])).toEqual({
      superseded: [],
      added: [proposal()],
      unchanged: 0,
    });
  });

  it.each([
    ['the same', proposal(), link('l1')],
    ['found another way', proposal({ method: 'ESR_EMAIL' }), link('l1')],
    ['decided by a person', proposal(), link('l1', { method: 'MANUAL' })],
    ['doubted now', proposal({ state: 'REVIEW' }), link('l1')],
    ['still for review', proposal({ state: 'REVIEW' }), link('l1', { state: 'REVIEW' })],
  ])('changes nothing for a link that is %s', (_name, proposed, current) => {
    expect(planLinks([proposed], [current])).toEqual({ superseded: [], added: [], unchanged: 1 });
  });

  it('ends nothing because an account or a person is no longer there', () => {
    expect(planLinks([], [link('l1')])).toEqual({ superseded: [], added: [], unchanged: 0 });
  });

  it('replaces cases for review when one of them became certain', () => {
    const cases = [link('l1', { state: 'REVIEW' }), link('l2', { state: 'REVIEW', staffId: 'p2' })];
    expect(planLinks([proposal()], cases)).toEqual({
      superseded: ['l1', 'l2'],
      added: [proposal()],
      unchanged: 0,
    });
  });

  it('never moves an account to another person by itself', () => {
    const { superseded, added } = planLinks([proposal({ staffId: 'p2' })], [link('l1')]);
    expect(superseded).toEqual([]);
    expect(added).toEqual([
      proposal({
        staffId: 'p2',
        state: 'REVIEW',
        evidence: [{ field: 'account', outcome: 'linked to another person' }],
      }),
    ]);
  });

  it('takes a link along when the account moves to another organisation', () => {
    const known = link('l1', { method: 'MANUAL' });
    expect(planLinks([proposal({ odsCode: 'RZ2' })], [known])).toEqual({
      superseded: ['l1'],
      added: [proposal({ odsCode: 'RZ2', method: 'MANUAL' })],
      unchanged: 0,
    });
  });
});
