import { describe, expect, it } from '@jest/globals';

import type {
  LinkAssurance,
  LinkStatement,
  ProposedLink,
} from '../../../../../subgraphs/nhsmail/domain/links.ts';
import { planLinks } from '../../../../../subgraphs/nhsmail/domain/plan-links.ts';

const proposal = (more: Partial<ProposedLink> = {}): ProposedLink => ({
  staffId: 'p1',
  accountId: 'a1',
  odsCode: 'RZ1',
  method: 'EMPLOYEE_NUMBER',
  evidence: [],
  ...more,
});
const statement = (id: string, more: Partial<LinkStatement> = {}): LinkStatement => ({
  id,
  staffId: 'p1',
  accountId: 'a1',
  odsCode: 'RZ1',
  state: 'LINKED',
  method: 'EMPLOYEE_NUMBER',
  assurance: 'CERTAIN',
  evidence: [],
  author: { kind: 'MATCHING', ruleSet: 1, run: undefined },
  validFrom: new Date(0),
  ...more,
});
const byScore = { method: 'SCORE', assurance: 'LIKELY' } as const;
const byPerson = {
  author: { kind: 'PERSON', staffId: 'hr', odsCode: 'RZ1' },
  method: 'MANUAL',
  assurance: 'CONFIRMED',
} as const;
const plan = (
  links: readonly ProposedLink[],
  standing: readonly LinkStatement[],
  withdrawn: readonly { staffId: string; accountId: string }[] = [],
) => {
  const { superseded, added, contradictions } = planLinks({ links, withdrawn }, standing);
  return {
    superseded,
    added: added.map(({ staffId, accountId, state, assurance, odsCode }) =>
      [staffId, accountId, state, assurance, odsCode].join(' '),
    ),
    cases: contradictions.map(({ queue, candidates }) => [
      queue,
      ...candidates.map(({ staffId }) => staffId),
    ]),
  };
};
const NOTHING = { superseded: [], added: [], cases: [] };

describe('planning what matching writes', () => {
  it.each<[ProposedLink['method'], LinkAssurance]>([
    ['EMPLOYEE_NUMBER', 'CERTAIN'],
    ['ESR_EMAIL', 'CERTAIN'],
    ['SMARTCARD', 'CERTAIN'],
    ['REGISTRATION', 'CERTAIN'],
    ['SCORE', 'LIKELY'],
  ])('adds a link by %s as %s', (method, assurance) => {
    expect(plan([proposal({ method })], [])).toEqual({
      ...NOTHING,
      added: [`p1 a1 LINKED ${assurance} RZ1`],
    });
  });

  it.each([
    ['known already', proposal(), statement('l1')],
    ['found another way', proposal({ method: 'ESR_EMAIL' }), statement('l1')],
    ['only likely now', proposal({ method: 'SCORE' }), statement('l1')],
    ['confirmed by a person', proposal(), statement('l1', byPerson)],
    ['rejected by a person', proposal(), statement('l1', { ...byPerson, state: 'REJECTED' })],
    [
      'of another person, confirmed, by likeness',
      proposal({ staffId: 'p2', method: 'SCORE' }),
      statement('l1', byPerson),
    ],
    [
      'of another person, certain, by likeness',
      proposal({ staffId: 'p2', method: 'SCORE' }),
      statement('l1'),
    ],
  ] as const)('changes nothing for a pair that is %s', (_name, proposed, standing) => {
    expect(plan([proposed], [standing])).toEqual(NOTHING);
  });

  it('ends nothing because an account or a person is no longer there', () => {
    expect(plan([], [statement('l1'), statement('l2', { ...byScore, accountId: 'a2' })])).toEqual(
      NOTHING,
    );
  });

  it.each([
    ['certain', statement('l1'), 'EMPLOYEE_NUMBER', 'UNABLE_TO_MATCH'],
    ['confirmed', statement('l1', byPerson), 'SMARTCARD', 'UUID_IN_USE'],
  ] as const)(
    'makes a case of a key that contradicts a %s link',
    (_name, standing, method, queue) => {
      expect(plan([proposal({ staffId: 'p2', method })], [standing])).toEqual({
        ...NOTHING,
        cases: [[queue, 'p2', 'p1']],
      });
    },
  );

  it('lets a likely link become certain, or give way to another', () => {
    const likely = statement('l1', byScore);
    expect(plan([proposal()], [likely])).toEqual({
      ...NOTHING,
      superseded: ['l1'],
      added: ['p1 a1 LINKED CERTAIN RZ1'],
    });
    expect(plan([proposal({ staffId: 'p2', method: 'SCORE' })], [likely])).toEqual({
      ...NOTHING,
      superseded: ['l1'],
      added: ['p1 a1 ENDED LIKELY RZ1', 'p2 a1 LINKED LIKELY RZ1'],
    });
  });

  it.each([
    ['likely', statement('l1', byScore), ['p1 a1 ENDED LIKELY RZ1']],
    ['certain', statement('l1'), []],
    ['confirmed', statement('l1', byPerson), []],
  ] as const)('withdraws a %s link only when it gives no access', (_name, standing, added) => {
    expect(plan([], [standing], [standing])).toMatchObject({ added });
  });

  it('takes a link along, as it is, when the account moves to another organisation', () => {
    const standing = statement('l1', { ...byPerson, reason: 'seen at the desk' });
    const { superseded, added } = planLinks(
      { links: [proposal({ odsCode: 'RZ2' })], withdrawn: [] },
      [standing],
    );
    expect(superseded).toEqual(['l1']);
    expect(added).toEqual([
      expect.objectContaining({ odsCode: 'RZ2', assurance: 'CONFIRMED', continues: standing }),
    ]);
  });

  it('gives an account to one person, whatever is proposed', () => {
    expect(plan([proposal(), proposal({ staffId: 'p2' })], []).added).toHaveLength(1);
  });
});
