import { describe, expect, it } from '@jest/globals';
import { buildSchema, graphql, type GraphQLSchema, isObjectType } from 'graphql';

import { enforcePolicies, type RowsByType } from '../../../runtime/enforce-policies.ts';

const POLICY = 'directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT';
const SDL = `${POLICY}
  type Query {
    papers: [Paper] @policy(policies: [["own_record"], ["same_organisation"]])
    paper(id: ID!): Paper @policy(policies: [["own_record"], ["same_organisation"]])
    must(id: ID!): Paper! @policy(policies: [["same_organisation"]])
    count: Int @policy(policies: [["same_organisation"]])
    odd: Int @policy(policies: [["made_up"]])
    confirmed: Int @policy(policies: [["step_up"]])
    locker: Locker
  }
  type Paper { id: ID! secret: String @policy(policies: [["own_record"]]) }
  type Locker @policy(policies: [["same_organisation"]]) { content: String }
`;

interface Paper {
  readonly id: string;
}
/** The holder and the organisation are in the id. */
const rows: RowsByType = {
  Paper: ({ id }: Paper) => ({ staffIds: [id.slice(0, 5)], odsCodes: [id.slice(6)] }),
  Locker: () => ({ odsCodes: ['RZ2'] }),
};
const paper = (id: string) => ({ id, secret: `secret of ${id}` });
const resolve: Readonly<Record<string, (args: { readonly id: string }) => unknown>> = {
  papers: () => ['stf_1 RZ1', 'stf_1 RZ2', 'stf_2 RZ1', 'stf_2 RZ2'].map(paper),
  paper: ({ id }) => paper(id),
  must: ({ id }) => paper(id),
  count: () => 4,
  odd: () => 1,
  confirmed: () => 1,
  locker: () => ({ content: 'a coat' }),
};

function enforced(given = rows): GraphQLSchema {
  const schema = buildSchema(SDL);
  const query = schema.getType('Query');
  if (!isObjectType(query)) throw new Error('no queries');
  for (const field of Object.values(query.getFields())) {
    field.resolve = (_parent, args: { readonly id: string }) => resolve[field.name]?.(args);
  }
  enforcePolicies(schema, given);
  return schema;
}

const staff = { kind: 'person', subject: 'stf_1', scopes: new Set(['self:read']) };
const officer = { ...staff, odsCode: 'RZ1' };
const service = { kind: 'machine', subject: 'service', scopes: new Set(['record:read']) };

async function ask(source: string, caller: object) {
  const answer = await graphql({ schema: enforced(), source, contextValue: { caller } });
  const codes = answer.errors?.map(({ extensions }) => extensions['code']) ?? [];
  return [JSON.parse(JSON.stringify(answer.data)) as unknown, codes];
}

describe('a policy in a subgraph', () => {
  it.each<[string, string, object, unknown, readonly string[]]>([
    ['own', '{ paper(id: "stf_1 RZ2") { id } }', staff, { paper: { id: 'stf_1 RZ2' } }, []],
    ['another’s', '{ paper(id: "stf_2 RZ1") { id } }', staff, { paper: null }, []],
    [
      'the organisation’s',
      '{ paper(id: "stf_2 RZ1") { id } }',
      officer,
      { paper: { id: 'stf_2 RZ1' } },
      [],
    ],
    ['another organisation’s', '{ paper(id: "stf_2 RZ2") { id } }', officer, { paper: null }, []],
    [
      'anybody’s, for services',
      '{ paper(id: "stf_2 RZ2") { id } }',
      service,
      { paper: { id: 'stf_2 RZ2' } },
      [],
    ],
    ['one that cannot be null', '{ must(id: "stf_2 RZ2") { id } }', officer, null, ['FORBIDDEN']],
    [
      'a field of a row',
      '{ papers { secret } }',
      officer,
      {
        papers: [
          { secret: 'secret of stf_1 RZ1' },
          { secret: 'secret of stf_1 RZ2' },
          { secret: null },
        ],
      },
      [],
    ],
    ['a type', '{ locker { content } }', officer, { locker: { content: null } }, []],
    ['what has no rows, for nobody’s', '{ count }', staff, { count: null }, []],
    ['what has no rows', '{ count }', officer, { count: 4 }, []],
    ['what nobody knows', '{ odd }', service, { odd: null }, []],
    ['what the gateway compared with the approval', '{ confirmed }', officer, { confirmed: 1 }, []],
  ])('is kept about %s', async (_what, source, caller, data, codes) => {
    expect(await ask(source, caller)).toEqual([data, codes]);
  });

  it('leaves rows out of a list', async () => {
    expect(await ask('{ papers { id } }', officer)).toEqual([
      { papers: [{ id: 'stf_1 RZ1' }, { id: 'stf_1 RZ2' }, { id: 'stf_2 RZ1' }] },
      [],
    ]);
  });

  it('cannot be put on a type of whose rows nothing is said', () => {
    expect(() => enforced({ Paper: () => ({}) })).toThrow('Locker');
  });

  it('refuses a row of which too little is said', async () => {
    const schema = enforced({ Paper: () => ({}), Locker: () => ({}) });
    const source = '{ papers { id } paper(id: "stf_1 RZ1") { id } locker { content } }';
    const { data } = await graphql({ schema, source, contextValue: { caller: officer } });
    expect(JSON.stringify(data)).toBe('{"papers":[],"paper":null,"locker":{"content":null}}');
  });
});
