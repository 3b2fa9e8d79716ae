import { beforeAll, describe, expect, it } from '@jest/globals';

import type { StandingPair } from '../../../../../subgraphs/nhsmail/domain/decide-matches.ts';
import type { WholeRun } from '../../../../../subgraphs/nhsmail/domain/match-everything.ts';
import type { MatchedAccount } from '../../../../../subgraphs/nhsmail/domain/matched-account.ts';
import type { StaffPerson } from '../../../../../subgraphs/nhsmail/domain/staff.ts';
import { account, matchAll, OTHERS, person, sayings } from '../matching-world.ts';

let model: WholeRun['model'];

beforeAll(async () => {
  const learnt = await matchAll(
    OTHERS.map((other) => other.person),
    OTHERS.map((other) => other.account),
  );
  ({ model } = learnt);
  expect(learnt.decision.links).toHaveLength(OTHERS.length);
  expect(sayings(learnt)).toEqual([]);
});

/** What is said of these people and accounts among all the others. */
const match = async (
  accounts: readonly MatchedAccount[],
  people: readonly StaffPerson[],
  more: { readonly closed?: readonly string[]; readonly standing?: readonly StandingPair[] } = {},
): Promise<readonly string[]> =>
  sayings(
    await matchAll(
      [...OTHERS.map((other) => other.person), ...people],
      [...OTHERS.map((other) => other.account), ...accounts],
      { ...more, model },
    ),
  );

const started = (startedOn: string, employeeNumber: string): Partial<StaffPerson> => ({
  employments: [
    { odsCode: 'RZ1', employeeNumber, personType: 'EMPLOYEE', startedOn, jobRole: 'Midwife' },
  ],
});
const created = { createdAt: new Date('2024-05-09T12:00:00Z'), jobTitle: 'Midwife' };
const holds = (
  staffId: string,
  accountId: string,
  kind: StandingPair['kind'] = 'ACCESS',
): StandingPair => ({ staffId, accountId, kind, odsCode: 'RZ1' });

describe('certain keys', () => {
  it('do not take the same number at another organisation for the same person', async () => {
    expect(
      await match(
        [account('a1', 'Meera Nair', { employeeNumber: '90000001', odsCode: 'RZ2' })],
        [person('p1', 'Anand Pillai', '90000001')],
      ),
    ).toEqual([]);
  });

  it.each([
    ['employee number', { employeeNumber: '90000001' }, {}, 'EMPLOYEE_NUMBER'],
    [
      'primary address',
      { mail: 'm.nair@nhsmail.example' },
      { workEmail: ' M.NAIR@nhsmail.example' },
      'ESR_EMAIL',
    ],
    [
      'alias',
      { aliases: ['M.Nair@nhsmail.example'] },
      { workEmail: 'm.nair@nhsmail.example' },
      'ESR_EMAIL',
    ],
    ['smartcard', { smartcardId: '999000000001' }, { smartcardId: '999000000001' }, 'SMARTCARD'],
    [
      'registration',
      { registrations: [{ body: 'NMC', number: '99Z0001E' }] },
      { registrations: [{ body: 'NMC', number: '99z 0001e' }] },
      'REGISTRATION',
    ],
  ])('link by %s', async (_name, held, known, method) => {
    expect(
      await match(
        [account('a1', 'Meera Nair', held)],
        [person('p1', 'Meera Nair', '90000001', known)],
      ),
    ).toEqual([`p1 a1 ${method}`]);
  });

  it.each(['Pryce', 'Pryce-Haddad', 'Haddad', 'Walsh'])(
    'pass with the surname or a former one: %s',
    async (name) => {
      expect(
        await match(
          [account('a1', `Erin ${name}`)],
          [
            person('p1', 'Erin Pryce-Haddad', '90000023', {
              previousFamilyNames: ['Pryce', 'Walsh'],
              workEmail: 'a1@nhsmail.example',
            }),
          ],
        ),
      ).toEqual(['p1 a1 ESR_EMAIL']);
    },
  );

  it.each([
    ['given name the same', 'Meera Boateng', 'NAME_CHANGE'],
    ['nothing the same', 'Kofi Boateng', 'NI_MATCH_NAME_DIFFERS'],
  ])('with another surname are left to a person: %s', async (_name, name, queue) => {
    expect(
      await match(
        [account('a1', name, { employeeNumber: '90000001' })],
        [person('p1', 'Meera Nair', '90000001')],
      ),
    ).toEqual([`${queue} a1: p1 NAME_DIFFERS`]);
  });

  const registered = { registrations: [{ body: 'NMC', number: '99Z0001E' }] };
  const carded = { smartcardId: '999000000001' };
  it.each([
    ['a public number, of a colleague', 'Kofi Nair', 'RZ1', registered, 'UNABLE_TO_MATCH'],
    ['a public number, elsewhere', 'Meera Nair', 'RZ2', registered, 'UNABLE_TO_MATCH'],
    ['a smartcard, of a colleague', 'Kofi Nair', 'RZ1', carded, 'UNABLE_TO_MATCH'],
  ])(
    'that holders write into their own accounts make nobody another: %s',
    async (_name, name, odsCode, key, queue) => {
      expect(
        await match(
          [account('a1', name, { odsCode, ...key })],
          [person('p1', 'Meera Nair', '90000001', key)],
        ),
      ).toEqual([`${queue} a1: p1 KEY_NOT_ENOUGH`]);
    },
  );

  it('keep twins at one trust apart', async () => {
    expect(
      await match(
        [
          account('chidinma', 'Chidinma Eze', { employeeNumber: '90000024' }),
          account('chiamaka', 'Chiamaka Eze', { employeeNumber: '90000025' }),
        ],
        [person('p1', 'Chidinma Eze', '90000024'), person('p2', 'Chiamaka Eze', '90000025')],
      ),
    ).toEqual(['p1 chidinma EMPLOYEE_NUMBER', 'p2 chiamaka EMPLOYEE_NUMBER']);
  });

  it('leave an address that two people share to a person', async () => {
    const workEmail = 'eze@nhsmail.example';
    expect(
      await match(
        [account('a1', 'Chi Eze', { mail: workEmail })],
        [
          person('p1', 'Chidinma Eze', '90000024', { workEmail }),
          person('p2', 'Chiamaka Eze', '90000025', { workEmail }),
        ],
      ),
    ).toEqual(['DUPLICATE_NI a1: p1 p2 KEY_OF_SEVERAL_PEOPLE']);
  });

  it('leave a number on two accounts to a person, unless another key tells them apart', async () => {
    const employeeNumber = '90000001';
    const two = [
      account('a1', 'Meera Nair', { employeeNumber }),
      account('a2', 'Meera Nair', { employeeNumber }),
    ];
    expect(await match(two, [person('p1', 'Meera Nair', employeeNumber)])).toEqual([
      'DUPLICATE_NI p1: a1 a2 KEY_OF_SEVERAL_ACCOUNTS',
    ]);
    expect(
      await match(two, [
        person('p1', 'Meera Nair', employeeNumber, { workEmail: 'a2@nhsmail.example' }),
      ]),
    ).toEqual(['DUPLICATE_NI p1: a1 a2 KEY_OF_SEVERAL_ACCOUNTS', 'p1 a2 ESR_EMAIL']);
  });

  it('leave a smartcard that two people have, or that is another one, to a person', async () => {
    const smartcardId = '999000000001';
    expect(
      await match(
        [account('a1', 'Meera Nair', { smartcardId })],
        [
          person('p1', 'Meera Nair', '90000001', { smartcardId }),
          person('p2', 'Anand Nair', '90000002', { smartcardId }),
        ],
      ),
    ).toEqual(['UUID_IN_USE a1: p1 p2 KEY_OF_SEVERAL_PEOPLE']);
    expect(
      await match(
        [account('a1', 'Meera Nair', { smartcardId, employeeNumber: '90000001' })],
        [person('p1', 'Meera Nair', '90000001', { smartcardId: '999000000002' })],
      ),
    ).toEqual(['DIFFERENT_UUID p1: a1 SMARTCARD_DIFFERS']);
  });

  it('do not give a son the mailbox of his father of the same name', async () => {
    const father = account('father', 'Ivor Gwynne', { employeeNumber: '90000026' });
    const son = person('son', 'Ivor Gwynne', '90000027', { workEmail: 'father@nhsmail.example' });
    expect(await match([father], [person('p1', 'Ivor Gwynne', '90000026'), son])).toEqual([
      'p1 father EMPLOYEE_NUMBER',
    ]);
    expect(await match([father], [son])).toEqual([
      'NAME_MATCH_NI_DIFFERS son: father NUMBER_DIFFERS',
    ]);
  });

  it.each(['SHARED', 'APPLICATION', 'CONTACT'] as const)(
    'never link a %s account',
    async (kind) => {
      const one = account('a1', 'Meera Nair', { kind, employeeNumber: '90000001', ...created });
      expect(
        await match(
          [one],
          [
            person('p1', 'Meera Nair', '90000001', {
              workEmail: one.mail,
              ...started('2024-05-07', '90000001'),
            }),
          ],
        ),
      ).toEqual(['SHARED_MAILBOX_AS_PERSON p1: a1 ADDRESS_OF_SHARED_MAILBOX']);
    },
  );

  it('leave an address that is also a shared mailbox’s to a person', async () => {
    const workEmail = 'ward@nhsmail.example';
    const [conflict] = await match(
      [
        account('a1', 'Meera Nair', { mail: workEmail }),
        account('s1', 'Ward Team', { kind: 'SHARED', aliases: [workEmail] }),
      ],
      [person('p1', 'Meera Nair', '90000001', { workEmail })],
    );
    expect(conflict).toContain('SHARED_MAILBOX_AS_PERSON p1: a1 s1');
  });

  it('link one person at two trusts to both mailboxes', async () => {
    const both = person('p1', 'Siobhan Gallagher', '90000021', {
      employments: [
        { odsCode: 'RZ1', employeeNumber: '90000021', personType: 'EMPLOYEE' },
        { odsCode: 'RZ2', employeeNumber: '90000022', personType: 'BANK' },
      ],
    });
    expect(
      await match(
        [
          account('a1', 'Siobhan Gallagher', { employeeNumber: '90000021' }),
          account('a2', 'Siobhan Gallagher', { employeeNumber: '90000022', odsCode: 'RZ2' }),
        ],
        [both],
      ),
    ).toEqual(['p1 a1 EMPLOYEE_NUMBER', 'p1 a2 EMPLOYEE_NUMBER']);
  });

  it('do not link an account of a closed organisation', async () => {
    expect(
      await match(
        [account('a1', 'Dawn Fothergill', { odsCode: 'RZ9' })],
        [person('p1', 'Dawn Fothergill', '90000028', { workEmail: 'a1@nhsmail.example' })],
        { closed: ['RZ9'] },
      ),
    ).toEqual(['CLOSED_ORGANISATION a1: p1 ORGANISATION_CLOSED']);
  });

  it.each(['APPLICANT', 'EX_EMPLOYEE', 'OTHER', undefined])(
    'leave out a person who is %p',
    async (personType) => {
      const employment = { odsCode: 'RZ1', employeeNumber: '90000001' };
      const meera = person('p1', 'Meera Nair', '90000001', {
        workEmail: 'a1@nhsmail.example',
        employments: [personType === undefined ? employment : { ...employment, personType }],
      });
      expect(
        await match([account('a1', 'Meera Nair', { employeeNumber: '90000001' })], [meera]),
      ).toEqual([]);
    },
  );
});

describe('likeness', () => {
  it('makes a likely link of a rare name, a post and a day', async () => {
    expect(
      await match(
        [account('a1', 'Oluwaseun Featherstonehaugh', created)],
        [
          person(
            'p1',
            'Oluwaseun Featherstonehaugh',
            '90000001',
            started('2024-05-07', '90000001'),
          ),
        ],
      ),
    ).toEqual(['p1 a1 SCORE']);
  });

  it('leaves two accounts that are about as likely to a person', async () => {
    expect(
      await match(
        [
          account('a1', 'Oluwaseun Featherstonehaugh', created),
          account('a2', 'Oluwaseun Featherstonehaugh', created),
        ],
        [
          person(
            'p1',
            'Oluwaseun Featherstonehaugh',
            '90000001',
            started('2024-05-07', '90000001'),
          ),
        ],
      ),
    ).toEqual(['UNABLE_TO_MATCH p1: a1 a2 SEVERAL_ABOUT_AS_LIKELY']);
  });

  it('does not see those who have a link already', async () => {
    const people = [
      person('p1', 'Oluwaseun Featherstonehaugh', '90000001', started('2024-05-07', '90000001')),
      person('p2', 'Oluwaseun Featherstonehaugh', '90000002', started('2024-05-07', '90000002')),
    ];
    const one = account('a1', 'Oluwaseun Featherstonehaugh', created);
    expect(await match([one], people, { standing: [holds('p1', 'a1')] })).toEqual([]);
  });

  it('links nobody whom a person has told apart', async () => {
    const people = [
      person('p1', 'Oluwaseun Featherstonehaugh', '90000001', started('2024-05-07', '90000001')),
    ];
    const one = account('a1', 'Oluwaseun Featherstonehaugh', {
      ...created,
      employeeNumber: '90000001',
    });
    expect(await match([one], people, { standing: [holds('p1', 'a1', 'REJECTED')] })).toEqual([]);
  });

  it('leaves a second account at another employer to a person', async () => {
    const both = person('p1', 'Oluwaseun Featherstonehaugh', '90000021', {
      employments: [
        { odsCode: 'RZ1', employeeNumber: '90000021', personType: 'EMPLOYEE' },
        {
          odsCode: 'RZ2',
          employeeNumber: '90000022',
          personType: 'BANK',
          startedOn: '2024-05-07',
          jobRole: 'Midwife',
        },
      ],
    });
    expect(
      await match(
        [
          account('a1', 'Oluwaseun Featherstonehaugh', { employeeNumber: '90000021' }),
          account('a2', 'Oluwaseun Featherstonehaugh', { ...created, odsCode: 'RZ2' }),
        ],
        [both],
      ),
    ).toEqual(['TWO_EMPLOYERS p1: a2 WORKS_THERE_TOO', 'p1 a1 EMPLOYEE_NUMBER']);
  });
});

describe('what holds', () => {
  const meera = person('p1', 'Meera Nair', '90000001');

  it('loses nothing when a person or an account is not there', async () => {
    const run = await matchAll([meera], [account('a1', 'Meera Nair')], {
      model,
      standing: [holds('p1', 'gone', 'LIKELY'), holds('gone', 'a1', 'LIKELY')],
    });
    expect(run.decision.withdrawn).toEqual([]);
    expect(run.decision.unsupported).toEqual([]);
  });

  it('withdraws a likely link that is likely no more, and says which others it would not make', async () => {
    const run = await matchAll([meera], [account('a1', 'Kofi Boateng')], {
      model,
      standing: [holds('p1', 'a1', 'LIKELY')],
    });
    expect(run.decision.withdrawn).toEqual([holds('p1', 'a1', 'LIKELY')]);
    const certain = await matchAll([meera], [account('a1', 'Kofi Boateng')], {
      model,
      standing: [holds('p1', 'a1')],
    });
    expect(certain.decision.withdrawn).toEqual([]);
    expect(certain.decision.unsupported).toEqual([holds('p1', 'a1')]);
  });

  it('tells of a reused employee number without touching the link of who had it', async () => {
    const before = person('p0', 'Anand Pillai', '90000009');
    expect(
      await match(
        [account('a1', 'Anand Pillai', { employeeNumber: '90000001' })],
        [before, person('p1', 'Meera Nair', '90000001')],
        { standing: [holds('p0', 'a1')] },
      ),
    ).toEqual(['NI_MATCH_NAME_DIFFERS a1: p1 NAME_DIFFERS']);
  });
});
