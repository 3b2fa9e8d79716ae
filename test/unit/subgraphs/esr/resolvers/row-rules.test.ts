import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Caller } from '../../../../../runtime/caller-statement.ts';
import type { StaffRecords } from '../../../../../subgraphs/esr/domain/ports.ts';
import type { Answer } from '../esr-server.ts';
import { startEsrWorld } from '../esr-world.ts';

const EVERYTHING = `fragment Everything on StaffMember {
  id name { family given } previousFamilyNames birthDate niNumberMasked nhsEmployeeId workEmail
  employments(activeOnly: false) { employeeNumber terminationDate employer { odsCode } }
  assignments { id assignmentNumber positionTitle employer { odsCode name } }
  registrations { body number status lastCheckedAt }
  competences { framework subject awardedOn expiresOn awardedBy { odsCode } }
}`;
const ENTITY = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ...Everything } } ${EVERYTHING}`;
const STAFF = `query ($by: StaffBy!) { staff(by: $by) { ...Everything } } ${EVERYTHING}`;
const POST = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Assignment { assignmentNumber } } }`;
const PAGE = `query ($ods: ID!, $first: Int!, $after: String) { organisation(odsCode: $ods) {
  odsCode staff(first: $first, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } } }`;

const hr = (
  odsCode: string,
  purpose: Caller['purpose'] | null = 'HR_ADMINISTRATION',
): Partial<Caller> => ({
  odsCode,
  scopes: new Set(['self:read', 'hr:read', 'passport:read', 'passport:offer', 'passport:verify']),
  ...(purpose === null ? {} : { purpose }),
});
const administrator: Partial<Caller> = {
  odsCode: 'RZ1',
  scopes: new Set(['self:read', 'passport:read', 'passport:revoke']),
  purpose: 'AUDIT',
};
const service = (scope: string): Partial<Caller> => ({
  kind: 'machine',
  subject: 'service',
  scopes: new Set([scope]),
});

let world: Awaited<ReturnType<typeof startEsrWorld>>;
let statements = 0;
let peopleRead = 0;
const ids: Record<'ruth' | 'tom' | 'siobhan' | 'dennis' | 'uma', string> = {
  ruth: '',
  tom: '',
  siobhan: '',
  dennis: '',
  uma: '',
};

beforeAll(async () => {
  world = await startEsrWorld(
    (records) =>
      new Proxy(records, {
        get: (target, name: keyof StaffRecords): unknown => {
          statements += 1;
          if (name !== 'findPeople') return Reflect.get(target, name);
          return async (...args: Parameters<StaffRecords['findPeople']>) => {
            const people = await target.findPeople(...args);
            peopleRead += people.length;
            return people;
          };
        },
      }),
  );
  ids.ruth = await world.staffId('RZ1', '90000001');
  ids.siobhan = await world.staffId('RZ1', '90000003');
  ids.dennis = await world.staffId('RZ1', '90000004');
  ids.uma = await world.staffId('RZ1', '90000005');
  ids.tom = await world.staffId('RZ2', '90000002');
});

afterAll(() => world.stop());

const reference = (id: string) => ({ refs: [{ __typename: 'StaffMember', id }] });
const entity = async (
  caller: Partial<Caller>,
  id: string,
): Promise<Record<string, unknown> | null> => {
  const answer = await world.ask(caller, ENTITY, reference(id));
  return (answer.data?.['_entities'] as (Record<string, unknown> | null)[])[0] ?? null;
};
const codes = (answer: Answer) => answer.errors?.map((error) => error.extensions.code);

describe('what an organisation sees', () => {
  it('is the part of a record that it holds itself', async () => {
    expect(await entity(hr('RZ1'), ids.siobhan)).toEqual({
      id: ids.siobhan,
      name: { family: 'Gallagher', given: 'Siobhan' },
      previousFamilyNames: [],
      birthDate: '1985-03-14',
      niNumberMasked: 'QQ****03A',
      nhsEmployeeId: '70000003',
      workEmail: 'siobhan@nhsmail.example',
      employments: [
        { employeeNumber: '90000003', terminationDate: null, employer: { odsCode: 'RZ1' } },
      ],
      assignments: [
        {
          id: expect.stringMatching(/^asg_/),
          assignmentNumber: '90000003',
          positionTitle: 'Staff Nurse Band 5',
          employer: { odsCode: 'RZ1', name: 'Ashbourne Valley NHS Trust' },
        },
      ],
      registrations: [
        {
          body: 'NMC',
          number: '14Z0003E',
          status: 'REGISTERED',
          lastCheckedAt: '2026-11-01T02:00:00.000Z',
        },
      ],
      competences: [
        {
          framework: 'CSTF',
          subject: 'Fire Safety',
          awardedOn: '2026-05-01',
          expiresOn: '2028-05-01',
          awardedBy: { odsCode: 'RZ1' },
        },
      ],
    });
  });

  it('differs between two employers of one person', async () => {
    expect(await entity(hr('RZ2'), ids.siobhan)).toMatchObject({
      id: ids.siobhan,
      name: { family: 'Gallagher-Webb' },
      previousFamilyNames: ['Gallagher'],
      workEmail: 'siobhan.rz2@nhsmail.example',
      employments: [{ employeeNumber: '90000001' }],
      assignments: [{ positionTitle: 'Bank Nurse Band 5' }],
      registrations: [{ number: '14Z0003E' }],
      competences: [{ subject: 'Trust Induction' }],
    });
  });

  it.each<[string, () => Partial<Caller>, readonly string[] | null]>([
    [
      'the person, of all employers',
      () => ({ subject: ids.siobhan, scopes: new Set(['self:read']) }),
      ['0141 496 0001', '020 7946 0003'],
    ],
    ['the service that matches', () => service('record:read'), ['0141 496 0001', '020 7946 0003']],
    ['no service that signs people in', () => service('account:resolve'), null],
    ['no employer', () => hr('RZ1'), null],
  ])(
    'and the numbers under which a person is reached at work are for %s',
    async (_name, who, numbers) => {
      const answer = await world.ask(
        who(),
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on StaffMember { workPhones } } }',
        reference(ids.siobhan),
      );
      expect(answer.data?.['_entities']).toEqual([{ workPhones: numbers }]);
    },
  );

  it('nobody is reached at work where they have left', async () => {
    const answer = await world.ask(
      service('record:read'),
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on StaffMember { workPhones } } }',
      reference(ids.dennis),
    );
    expect(answer.data?.['_entities']).toEqual([{ workPhones: [] }]);
  });

  it('includes somebody who has yet to begin', async () => {
    expect(await entity(hr('RZ1'), ids.uma)).toMatchObject({ name: { family: 'Nair' } });
  });

  it.each<[string, () => Partial<Caller>, () => string]>([
    ['somebody of another trust', () => hr('RZ1'), () => ids.tom],
    ['a leaver', () => hr('RZ1'), () => ids.dennis],
    ['somebody who is nobody', () => hr('RZ1'), () => `stf_${'A'.repeat(22)}`],
    ['an id that is none', () => hr('RZ1'), () => "' or 1=1"],
    [
      'anybody, without an organisation',
      () => ({ scopes: new Set(['hr:read']), purpose: 'AUDIT' }),
      () => ids.ruth,
    ],
    [
      'anybody, with offers alone',
      () => ({ odsCode: 'RZ1', scopes: new Set(['passport:offer']), purpose: 'AUDIT' }),
      () => ids.ruth,
    ],
    ['anybody, without a scope', () => ({ odsCode: 'RZ1' }), () => ids.ruth],
    [
      'anybody, as another member of staff',
      () => ({ subject: ids.ruth, scopes: new Set(['self:read']) }),
      () => ids.siobhan,
    ],
    [
      'oneself, without the scope',
      () => ({ subject: ids.ruth, scopes: new Set<string>() }),
      () => ids.ruth,
    ],
    [
      'oneself, as a machine of that name',
      () => ({ kind: 'machine' as const, subject: ids.ruth, scopes: new Set(['self:read']) }),
      () => ids.ruth,
    ],
    [
      'anybody, as a person with a service scope',
      () => ({ scopes: new Set(['record:read']) }),
      () => ids.ruth,
    ],
  ])('is not %s: the answer is the one for nobody', async (_who, caller, id) => {
    const answer = await world.ask(caller(), ENTITY, reference(id()));
    expect(answer).toEqual({ data: { _entities: [null] } });
  });

  it('is refused without a purpose, whether or not there is such a person', async () => {
    for (const id of [ids.ruth, ids.tom, `stf_${'A'.repeat(22)}`]) {
      const answer = await world.ask(hr('RZ1', null), ENTITY, reference(id));
      expect(answer.data).toEqual({ _entities: [null] });
      expect(codes(answer)).toEqual(['PURPOSE_REQUIRED']);
    }
    const posts = { refs: [{ __typename: 'Assignment', id: 'asg_none' }] };
    expect(codes(await world.ask(hr('RZ1', null), POST, posts))).toEqual(['PURPOSE_REQUIRED']);
  });

  it('is noted for the access log, for people who were found and no others', async () => {
    const refs = [ids.ruth, ids.tom, ids.siobhan].map((id) => ({ __typename: 'StaffMember', id }));
    const answer = await world.ask(hr('RZ1'), ENTITY, { refs });
    expect(answer.extensions?.people.toSorted()).toEqual([ids.ruth, ids.siobhan].toSorted());
    expect(
      (await world.ask(administrator, ENTITY, reference(ids.ruth))).extensions?.people,
    ).toEqual([ids.ruth]);
    expect(
      (await world.ask(service('record:read'), ENTITY, reference(ids.ruth))).extensions,
    ).toBeUndefined();
  });
});

describe('what a person sees of themselves', () => {
  it('is everything, from all employers, without a purpose and without a log entry', async () => {
    const self = { subject: ids.siobhan, scopes: new Set(['self:read']) };
    const answer = await world.ask(self, `{ me { ...Everything } } ${EVERYTHING}`);
    expect(answer.errors).toBeUndefined();
    expect(answer.extensions).toBeUndefined();
    expect(answer.data?.['me']).toMatchObject({
      name: { family: 'Gallagher-Webb' },
      employments: [{ employer: { odsCode: 'RZ1' } }, { employer: { odsCode: 'RZ2' } }],
      assignments: [{ employer: { odsCode: 'RZ1' } }, { employer: { odsCode: 'RZ2' } }],
      competences: [{ subject: 'Fire Safety' }, { subject: 'Trust Induction' }],
    });
  });

  it('is everything for an HR officer too, next to their trust’s part of others', async () => {
    const officer = { ...hr('RZ2', null), subject: ids.siobhan };
    expect(await entity(officer, ids.siobhan)).toMatchObject({ employments: [{}, {}] });
  });

  it('is the whole record for a leaver', async () => {
    expect(
      await entity({ subject: ids.dennis, scopes: new Set(['self:read']) }, ids.dennis),
    ).toMatchObject({
      employments: [{ terminationDate: '2026-09-30' }],
    });
  });

  it('is nothing for a machine', async () => {
    const answer = await world.ask({ ...service('self:read') }, '{ me { id } }');
    expect(answer).toEqual({ data: { me: null } });
  });
});

describe('finding one person', () => {
  const found = async (caller: Partial<Caller>, by: object) => {
    const answer = await world.ask(caller, STAFF, { by });
    expect(answer.errors).toBeUndefined();
    return (answer.data?.['staff'] as { id: string } | null)?.id;
  };
  const at = (odsCode: string, employeeNumber: string) => ({
    employee: { odsCode, employeeNumber },
  });
  const nmc = (number: string) => ({ registration: { body: 'NMC', number } });

  it('works by id, employee number and registration, inside the own organisation', async () => {
    expect(await found(hr('RZ1'), { id: ids.ruth })).toBe(ids.ruth);
    expect(await found(administrator, { id: ids.ruth })).toBe(ids.ruth);
    expect(await found(hr('RZ1'), at('RZ1', '90000003'))).toBe(ids.siobhan);
    expect(await found(hr('RZ2'), nmc('14z0003e'))).toBe(ids.siobhan);
    expect(await found(service('record:read'), at('RZ2', '90000002'))).toBe(ids.tom);
  });

  it.each<[string, Partial<Caller>, () => object]>([
    ['by id at another trust', hr('RZ1'), () => ({ id: ids.tom })],
    ['by another trust’s number', hr('RZ1'), () => at('RZ2', '90000001')],
    ['by a registration of another trust’s nurse', hr('RZ1'), () => nmc('15Z0002E')],
    ['for a leaver', hr('RZ1'), () => at('RZ1', '90000004')],
    [
      'for somebody who reads passports alone',
      { ...administrator, scopes: new Set(['self:read', 'passport:read']) },
      () => ({ id: ids.ruth }),
    ],
    ['at another trust, for an administrator', administrator, () => ({ id: ids.tom })],
    ['for the sign-in service', service('account:resolve'), () => ({ id: ids.ruth })],
  ])('finds nobody %s', async (_how, caller, by) => {
    expect(await world.ask(caller, STAFF, { by: by() })).toEqual({ data: { staff: null } });
  });

  it('takes as much reading for a registration elsewhere as for one that nobody has', async () => {
    const counted = async (number: string): Promise<readonly number[]> => {
      const before = [statements, peopleRead] as const;
      await world.ask(hr('RZ1'), STAFF, { by: nmc(number) });
      return [statements - before[0], peopleRead - before[1]];
    };
    expect(await counted('15Z0002E')).toEqual(await counted('15Z9999E'));
    expect((await counted('14Z0003E'))[1]).toBe(1);
  });

  it.each([
    ['NUL', '\u0000'],
    ['half a surrogate pair', '\ud800'],
  ])('refuses text that no database keeps: %s', async (_what, text) => {
    const answers = [
      await world.ask(hr('RZ1'), STAFF, { by: nmc(text) }),
      await world.ask(hr('RZ1'), STAFF, { by: at('RZ1', text) }),
      await world.ask(hr('RZ1'), PAGE, { ods: text, first: 1 }),
      await world.ask(hr('RZ1'), `{ organisation(odsCode: ${JSON.stringify(text)}) { name } }`),
    ];
    expect(answers.map(codes)).toEqual(answers.map(() => ['INVALID_VALUE']));
  });

  it.each<[string, string]>([
    ['no field', '{}'],
    ['two fields', '{ id: "x", registration: { body: NMC, number: "14Z0003E" } }'],
    ['an NHS number', '{ id: "9990000018" }'],
    [
      'an NHS number as employee number',
      '{ employee: { odsCode: "RZ1", employeeNumber: "999 000 0018" } }',
    ],
  ])('refuses %s', async (_what, by) => {
    expect(codes(await world.ask(hr('RZ1'), `{ staff(by: ${by}) { id } }`))).toEqual([
      'INVALID_VALUE',
    ]);
  });
});

describe('an organisation’s list of staff', () => {
  const page = async (caller: Partial<Caller>, ods: string, first = 100, after?: string) =>
    world.ask(caller, PAGE, { ods, first, after });

  it('holds everybody with a live or future employment, page by page', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    for (let more = true; more;) {
      const { staff } = (await page(hr('RZ1'), 'RZ1', 2, after)).data?.['organisation'] as {
        staff: {
          edges: { node: { id: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      };
      seen.push(...staff.edges.map((edge) => edge.node.id));
      after = staff.pageInfo.endCursor;
      more = staff.pageInfo.hasNextPage;
    }
    expect(seen).toEqual([ids.ruth, ids.siobhan, ids.uma].toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('is for the matcher too', async () => {
    const answer = await page(service('record:read'), 'RZ2');
    expect(answer.data?.['organisation']).toMatchObject({ staff: { edges: [{}, {}] } });
  });

  it.each<[string, Partial<Caller>]>([
    ['another trust', hr('RZ2')],
    ['an administrator', administrator],
    ['the sign-in service', service('account:resolve')],
    ['a member of staff', { scopes: new Set(['self:read']) }],
  ])('is not for %s', async (_who, caller) => {
    expect(await page(caller, 'RZ1')).toEqual({
      data: { organisation: { odsCode: 'RZ1', staff: null } },
    });
  });

  it.each([0, -1, 101])('refuses a page of %p', async (first) => {
    expect(codes(await page(hr('RZ1'), 'RZ1', first))).toEqual(['INVALID_VALUE']);
  });

  it.each(['', 'x', Buffer.from('v1:stf_short').toString('base64url')])(
    'refuses the cursor %j',
    async (after) => {
      expect(codes(await page(hr('RZ1'), 'RZ1', 10, after))).toEqual(['INVALID_VALUE']);
    },
  );

  it('cannot be reached through a person of another trust', async () => {
    const answer = await world.ask(
      { subject: ids.siobhan, scopes: new Set(['self:read']) },
      '{ me { employments { employer { odsCode staff { edges { node { id } } } } } } }',
    );
    expect(answer.data?.['me']).toEqual({
      employments: [
        { employer: { odsCode: 'RZ1', staff: null } },
        { employer: { odsCode: 'RZ2', staff: null } },
      ],
    });
  });
});

describe('a post that another subgraph names', () => {
  it('is found by those who may see whose it is', async () => {
    const answer = await world.ask(
      service('record:read'),
      `{ organisation(odsCode: "RZ2") { staff { edges { node { assignments { id employer { odsCode } } } } } } }`,
    );
    const posts = JSON.stringify(answer.data).match(/asg_[\w-]{22}/g) ?? [];
    expect(posts.length).toBeGreaterThanOrEqual(2);
    const refs = posts.map((id) => ({ __typename: 'Assignment', id }));
    const { data } = await world.ask(hr('RZ2'), POST, { refs });
    const foreign = await world.ask({ ...hr('RZ1') }, POST, { refs });
    const visible = (value: unknown) =>
      (value as { _entities: (object | null)[] })._entities.filter((one) => one !== null).length;
    // Two at RZ2 itself; Siobhan's other post, at RZ1, is RZ1's.
    expect(visible(data)).toBe(2);
    expect(visible(foreign.data)).toBe(posts.length - 2);
  });
});

describe('the number of statements', () => {
  it('does not grow with the number of people', async () => {
    const count = async (refs: readonly object[]): Promise<number> => {
      statements = 0;
      await world.ask(hr('RZ1'), ENTITY, { refs });
      return statements;
    };
    const one = await count([{ __typename: 'StaffMember', id: ids.siobhan }]);
    const many = await count(Object.values(ids).map((id) => ({ __typename: 'StaffMember', id })));
    expect(one).toBe(5);
    expect(many).toBe(one);
  });
});

describe('lists in lists', () => {
  const nested = (
    lists: number,
  ) => `{ organisation(odsCode: "RZ1") { staff(first: 100) { edges { node {
    id ${Array.from({ length: lists }, (_, at) => `e${String(at)}: employments { employer { staff(first: 100) { edges { node { id } } } } }`).join(' ')}
  } } } } }`;

  it('end at a thousand people', async () => {
    const few = await world.ask(hr('RZ1'), nested(1));
    expect(codes(few)).toBeUndefined();
    const before = statements;
    const answer = await world.ask(hr('RZ1'), nested(30));
    expect(new Set(codes(answer))).toEqual(new Set(['INVALID_VALUE']));
    expect(statements - before).toBeLessThan(20);
  });
});
