/** Who may search whom, and what a search tells: asked the way the gateway asks it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Caller } from '../../../../../runtime/caller-statement.ts';
import { searchFault } from '../../../../../subgraphs/esr/domain/search.ts';
import type { Answer } from '../esr-server.ts';
import { startEsrWorld } from '../esr-world.ts';

let world: Awaited<ReturnType<typeof startEsrWorld>>;
beforeAll(async () => {
  world = await startEsrWorld();
  await world.engine.query('select esr.refresh_search(1000)', []);
});
afterAll(() => world.stop());

const hr = (odsCode: string): Partial<Caller> => ({
  subject: `stf_hr${odsCode}`,
  scopes: new Set(['hr:read']),
  odsCode,
  purpose: 'PRE_EMPLOYMENT',
});
const service: Partial<Caller> = {
  kind: 'machine',
  subject: 'matcher',
  scopes: new Set(['record:read']),
};

const SEARCH = `query ($text: String, $odsCode: ID, $jobRole: String, $first: Int! = 20, $after: String) {
  staffSearch(text: $text, odsCode: $odsCode, jobRole: $jobRole, first: $first, after: $after) {
    found truncated pageInfo { hasNextPage endCursor }
    edges { cursor node { id name { family given } employments { employer { odsCode } } } } } }`;

interface Found {
  readonly found: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly {
    readonly cursor: string;
    readonly node: {
      readonly id: string;
      readonly name: { readonly family: string };
      readonly employments: readonly { readonly employer: { readonly odsCode: string } }[];
    };
  }[];
}
const foundIn = (answer: Answer): Found => {
  expect(answer.errors).toBeUndefined();
  return answer.data?.['staffSearch'] as Found;
};
const search = (caller: Partial<Caller>, variables: Record<string, unknown>) =>
  world.ask(caller, SEARCH, variables);
const familiesOf = (found: Found) => found.edges.map(({ node }) => node.name.family);

describe('a search', () => {
  it('shows HR the people of their organisation, that organisation’s part of them, and logs each', async () => {
    const answer = await search(hr('RZ2'), { text: 'siobhan' });
    const found = foundIn(answer);
    // At RZ1 she has another name.
    expect(familiesOf(found)).toEqual(['Gallagher-Webb']);
    expect(found.edges[0]?.node.employments).toEqual([{ employer: { odsCode: 'RZ2' } }]);
    expect(answer.extensions?.people).toEqual([await world.staffId('RZ1', '90000003')]);
  });

  it('shows services everybody', async () => {
    const [at1] = foundIn(await search(service, { text: 'siobhan gallagher' })).edges;
    expect(at1?.node.employments).toHaveLength(2);
    expect(familiesOf(foundIn(await search(service, { text: '15Z0002E' })))).toEqual(['Webb']);
  });

  it('finds whoever begins later, and nobody who has left', async () => {
    expect(familiesOf(foundIn(await search(hr('RZ1'), { text: 'nair' })))).toEqual(['Nair']);
    expect(foundIn(await search(hr('RZ1'), { text: 'blenkinsop' })).edges).toEqual([]);
  });

  it('looks the same for nobody, for somebody elsewhere and for a caller who may not', async () => {
    const nobody = foundIn(await search(hr('RZ1'), { text: 'featherstonehaugh' }));
    expect(nobody).toEqual({
      found: 0,
      truncated: false,
      pageInfo: { hasNextPage: false, endCursor: null },
      edges: [],
    });
    const elsewhere = [
      search(hr('RZ1'), { text: 'tom webb' }),
      search(hr('RZ1'), { text: 'webb', odsCode: 'RZ2' }),
      search({ ...service, scopes: new Set(['event:read']) }, { text: 'webb' }),
    ];
    for (const answer of await Promise.all(elsewhere)) expect(foundIn(answer)).toEqual(nobody);
  });

  it.each<[string, Partial<Caller>]>([
    ['HR of nowhere', { scopes: new Set(['hr:read']), purpose: 'PRE_EMPLOYMENT' }],
    ['a member of staff', { scopes: new Set(['self:read']) }],
    ['a person with a service’s scope', { scopes: new Set(['record:read']) }],
  ])('is refused to %s, whoever is looked for', async (_who, caller) => {
    for (const text of ['webb', 'featherstonehaugh']) {
      const answer = await search(caller, { text });
      expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    }
  });

  it('needs a purpose of HR, before anything is looked for', async () => {
    const caller: Partial<Caller> = {
      subject: 'stf_hr',
      scopes: new Set(['hr:read']),
      odsCode: 'RZ1',
    };
    const answers = await Promise.all([
      search(caller, { text: 'siobhan' }),
      search(caller, { text: 'featherstonehaugh' }),
    ]);
    for (const { errors, extensions } of answers) {
      expect(errors?.[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
      expect(extensions?.people ?? []).toEqual([]);
    }
  });

  it('pages by place', async () => {
    const first = foundIn(await search(hr('RZ1'), { jobRole: 'Staff Nurse', first: 1 }));
    expect([first.found, first.pageInfo.hasNextPage]).toEqual([2, true]);
    const variables = { jobRole: 'Staff Nurse', first: 1, after: first.pageInfo.endCursor };
    const second = foundIn(await search(hr('RZ1'), variables));
    expect([...familiesOf(first), ...familiesOf(second)]).toEqual(['Gallagher', 'Hawthorne']);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it.each([
    ['text', { text: '943 476 5919' }],
    ['text', { text: 'patient 943-476-5919 smith' }],
    ['text', { text: '' }],
    ['first', { text: 'webb', first: 101 }],
    ['after', { text: 'webb', after: Buffer.from('v1:201').toString('base64url') }],
  ])('refuses %s in %j', async (argument, variables) => {
    const { errors } = await search(hr('RZ1'), variables);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_VALUE', argument });
  });
});

it.each([
  [undefined, { text: 'webb' }],
  [undefined, { text: 'w webb' }],
  [undefined, { text: '9434765919 '.slice(1) }],
  [undefined, { text: '', jobRole: 'Staff Nurse' }],
  ['text', { text: 'w' }],
  ['text', { text: ' - ' }],
  ['text', { text: '19434765919' }],
  ['text', { text: 'a\u0000b' }],
  ['text', { text: 'x'.repeat(101) }],
  ['text', { text: 'aa bb cc dd ee ff gg' }],
  ['odsCode', { text: 'webb', odsCode: 'rz1' }],
  ['jobRole', { text: 'webb', jobRole: '9434765919' }],
])('judges %j of %j', (fault, query) => {
  expect(searchFault({ odsCode: undefined, jobRole: undefined, ...query })).toBe(fault);
});
