import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type Answer, type Asker, startTestGraph, type TestGraph } from './test-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph();
});
afterAll(() => graph.stop());
beforeEach(() => {
  graph.sent.length = 0;
});

const staff: Asker = { scopes: 'self:read' };
const hr: Asker = { scopes: 'self:read hr:read', ods: 'RZ1', purpose: 'HR_ADMINISTRATION' };
const denials = ({ errors }: Answer) =>
  errors.map((error) => [error.path?.join('.'), error.extensions['code']]);
const asked = (): string => graph.sent.map((message) => message.body).join('\n');

describe('a field with a rule', () => {
  it('is there for a caller who meets it', async () => {
    const answer = await graph.ask('{ me { id name { given } passport { status } } }', staff);
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({
      me: { id: 'stf_self', name: { given: 'Amara' }, passport: { status: 'ACTIVE stf_self' } },
    });
  });

  it.each<[string, string, unknown, readonly unknown[]]>([
    [
      'by its name',
      '{ me { id secret } }',
      { me: { id: 'stf_self', secret: null } },
      ['me.secret'],
    ],
    ['under an alias', '{ me { s: secret } }', { me: { s: null } }, ['me.s']],
    [
      'in a fragment',
      '{ me { ...F } } fragment F on StaffMember { nickname secret }',
      { me: { nickname: 'nick-stf_self', secret: null } },
      ['me.secret'],
    ],
    [
      'in an inline fragment',
      '{ me { ... on StaffMember { ... @include(if: true) { secret } } } }',
      { me: { secret: null } },
      ['me.secret'],
    ],
    [
      'twice, once allowed to be skipped',
      '{ me { secret @skip(if: true) nickname } }',
      { me: { nickname: 'nick-stf_self' } },
      [],
    ],
    ['on the root', '{ staff(id: "1") { id } }', { staff: null }, ['staff']],
    [
      'on the root beside another',
      '{ me { id } staff(id: "1") { id } }',
      { me: { id: 'stf_self' }, staff: null },
      ['staff'],
    ],
    [
      'with a type of value that is refused',
      '{ anything { ... on Vault { content } } }',
      { anything: null },
      ['anything.1'],
    ],
    [
      'on a type that is refused, in a union',
      '{ anything { ... on PersonName { given } } }',
      { anything: null },
      ['anything.1'],
    ],
    [
      'through an interface, when one type behind it is refused',
      '{ things { label } }',
      { things: null },
      ['things'],
    ],
  ])('is refused %s', async (_how, query, data, paths) => {
    const answer = await graph.ask(query, staff);
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual(data);
    expect(denials(answer)).toEqual(paths.map((path) => [path, 'FORBIDDEN']));
    expect(asked()).not.toMatch(/secret|staff\(|content|label/);
  });

  it('is given through an interface to whoever may see every type behind it', async () => {
    const query = '{ things { __typename label ... on HalfThing { weight } } }';
    const answer = await graph.ask(query, { scopes: 'locked' });
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({
      things: [
        { __typename: 'PlainThing', label: 'plain' },
        { __typename: 'LockedThing', label: 'locked' },
        { __typename: 'HalfThing', label: 'half', weight: 3 },
      ],
    });
  });

  it.each([
    ['every scope of one group', 'esr:secret hr:read self:read', 'the secret'],
    ['a part of a group', 'esr:secret self:read', null],
    ['the other group', 'record:read self:read', 'the secret'],
    ['a scope that only looks alike', 'record:read2 self:read', null],
  ])('asks for %s', async (_what, scopes, secret) => {
    const answer = await graph.ask('{ me { secret } }', { scopes });
    expect(answer.data).toEqual({ me: { secret } });
  });

  it('is refused to everybody when it asks for a policy', async () => {
    const query = '{ strict { list { inner { policy } } } }';
    const answer = await graph.ask(query, { scopes: 'lead must self:read' });
    expect(answer.data).toEqual({
      strict: { list: [{ inner: { policy: null } }, { inner: null }] },
    });
    expect(denials(answer)).toEqual([['strict.list.0.inner.policy', 'FORBIDDEN']]);
  });
});

describe('a field that is worked out from another', () => {
  const query = '{ me { nickname band } }';

  it('is out with it: the other one is not read for it either', async () => {
    const answer = await graph.ask(query, staff);
    expect(answer.data).toEqual({ me: { nickname: 'nick-stf_self', band: null } });
    expect(denials(answer)).toEqual([['me.band', 'FORBIDDEN']]);
    expect(asked()).not.toMatch(/salary|band/);
  });

  it('is there for who may read both', async () => {
    const answer = await graph.ask(query, { scopes: 'self:read esr:salary' });
    expect(answer.data).toEqual({ me: { nickname: 'nick-stf_self', band: 'band of 31000' } });
  });
});

describe('a policy', () => {
  const person = { scopes: 'self:read hr:read', purpose: 'HR_ADMINISTRATION' };
  const system = {
    ...person,
    scopes: 'hr:read',
    subject: 'hr-rz1',
    clientId: 'hr-rz1',
    ods: 'RZ1',
  };
  const service = {
    ...person,
    scopes: 'hr:read record:read',
    subject: 'service',
    clientId: 'service',
  };
  const officer = { ...person, ods: 'RZ1' };
  const of = (id: string, field: string) => `{ staff(id: "${id}") { nickname ${field} } }`;

  it.each<[string, Asker, string, string | null, readonly string[]]>([
    ['own record', officer, '{ me { diary } }', 'diary-stf_self', []],
    ['own record, by its id', officer, of('stf_self', 'diary'), 'diary-stf_self', []],
    ['another’s record', officer, of('stf_RZ1', 'diary'), null, ['staff.diary']],
    ['a record, for a system', system, of('stf_RZ1', 'diary'), null, ['staff.diary']],
    ['the own record’s desk', person, '{ me { desk } }', 'desk-stf_self', []],
    ['the own organisation’s record', officer, of('stf_RZ1', 'desk'), 'desk-stf_RZ1', []],
    ['another organisation’s record', officer, of('stf_RZ2', 'desk'), null, []],
    ['an organisation’s record, for nobody’s', person, of('stf_RZ1', 'desk'), null, ['staff.desk']],
    [
      'an organisation’s record, for our services',
      service,
      of('stf_RZ2', 'desk'),
      'desk-stf_RZ2',
      [],
    ],
    [
      'somebody whom the organisation recruits',
      officer,
      of('stf_RZ1', 'offer'),
      'offer-stf_RZ1',
      [],
    ],
    ['somebody whom another recruits', officer, of('stf_RZ2', 'offer'), null, []],
    ['somebody, for who recruits nobody', person, of('stf_RZ1', 'offer'), null, ['staff.offer']],
  ])('about %s', async (_what, asker, query, value, denied) => {
    const answer = await graph.ask(query, asker);
    const { me, staff: named } = answer.data as Record<string, Record<string, unknown>>;
    expect(Object.values({ ...me, ...named }).at(-1)).toEqual(value);
    expect(denials(answer)).toEqual(denied.map((path) => [path, 'FORBIDDEN']));
    // What the gateway can tell by itself never leaves it; a row is judged where it is.
    expect(/diary|desk|offer/.test(asked())).toBe(denied.length === 0);
  });

  it('is looked at for each request of the same operation', async () => {
    const query = 'query ($id: ID!) { staff(id: $id) { diary } }';
    for (const [id, diary] of [
      ['stf_self', 'diary-stf_self'],
      ['stf_RZ1', null],
      ['stf_self', 'diary-stf_self'],
    ]) {
      const answer = await graph.ask(query, officer, { id });
      expect(answer.data).toEqual({ staff: { diary } });
    }
  });
});

describe('null', () => {
  it('goes up to the next position that can be null', async () => {
    const answer = await graph.ask(
      '{ strict { visible list { name inner { must other } } } }',
      staff,
    );
    expect(answer.data).toEqual({
      strict: {
        visible: 'v',
        list: [
          { name: 'one', inner: null },
          { name: 'two', inner: null },
        ],
      },
    });
    expect(denials(answer)).toEqual([['strict.list.0.inner.must', 'FORBIDDEN']]);
    expect(asked()).not.toContain('must');
  });

  it('goes up to the whole answer of a mutation, and nothing is changed', async () => {
    const answer = await graph.ask(
      'mutation { note(value: "a") { value } change(value: "b") { value } }',
      staff,
    );
    expect(answer.data).toBeNull();
    expect(denials(answer)).toEqual([['change', 'FORBIDDEN']]);
    expect(graph.sent).toEqual([]);
  });
});

describe('a caller who has not signed in', () => {
  it.each([
    '{ me { id } }',
    '{ open }',
    '{ organisation { name } }',
    '{ things { id } }',
    '{ a: open ...F } fragment F on Query { strict { visible } }',
    'mutation { note(value: "x") { value } }',
  ])('gets nothing, and no subgraph is asked: %s', async (query) => {
    const answer = await graph.ask(query);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.data)).toMatch(/^(null|\{("\w+":null,?)+\})$/);
    expect(new Set(answer.errors.map((error) => error.extensions['code']))).toEqual(
      new Set(['UNAUTHENTICATED']),
    );
    expect(graph.sent).toEqual([]);
  });

  it('can ask what kind of thing the root is', async () => {
    const answer = await graph.ask('{ __typename me { id } }');
    expect(answer.data).toEqual({ __typename: 'Query', me: null });
    expect(graph.sent).toEqual([]);
  });
});

describe('what reaches a subgraph', () => {
  it('leaves out variables and fragments that only a refused field used', async () => {
    const answer = await graph.ask(
      'query Q($id: ID!, $on: Boolean!) { me { nickname @include(if: $on) } staff(id: $id) { ...F } } fragment F on StaffMember { nickname }',
      staff,
      { id: 'private-id', on: true },
    );
    expect(answer.data).toEqual({ me: { nickname: 'nick-stf_self' }, staff: null });
    expect(asked()).not.toMatch(/private-id|staff|"F"/);
  });

  it('is who asks, for which purpose, signed for that subgraph and body', async () => {
    await graph.ask('{ staff(id: "stf_1") { nickname passport { status } } }', {
      ...hr,
      scopes: 'hr:read passport:read',
    });
    expect(graph.sent.map(({ to, path }) => [to, path])).toEqual([
      ['esr', '/graphql'],
      ['passport', '/graphql'],
      ['passport', '/access-log'],
    ]);
    for (const { caller } of graph.sent.filter(({ path }) => path === '/graphql')) {
      expect(caller).toMatchObject({
        kind: 'person',
        subject: 'stf_self',
        odsCode: 'RZ1',
        purpose: 'HR_ADMINISTRATION',
        requestId: 'request-0001',
      });
    }
  });

  it('keeps what one caller may read apart from what another may', async () => {
    const query = '{ me { secret } }';
    const first = await graph.ask(query, { scopes: 'record:read self:read' });
    const second = await graph.ask(query, staff);
    const third = await graph.ask(query, { scopes: 'record:read self:read' });
    expect([first.data, second.data, third.data]).toEqual([
      { me: { secret: 'the secret' } },
      { me: { secret: null } },
      { me: { secret: 'the secret' } },
    ]);
  });

  it.each<[string, object]>([
    [
      '{ me { id: nickname passport { status } } }',
      { me: { id: 'nick-stf_self', passport: { status: 'ACTIVE stf_self' } } },
    ],
    [
      '{ id: me { __typename: nickname _as_id: nickname name: id passport { id: status } } }',
      {
        id: {
          __typename: 'nick-stf_self',
          _as_id: 'nick-stf_self',
          name: 'stf_self',
          passport: { id: 'ACTIVE stf_self' },
        },
      },
    ],
    [
      'query ($representations: Boolean = true) { me { passport @include(if: $representations) { status } } }',
      { me: { passport: { status: 'ACTIVE stf_self' } } },
    ],
  ])('never lets a client choose the key of an entity: %s', async (query, data) => {
    const answer = await graph.ask(query, staff);
    expect([answer.errors, answer.data]).toEqual([[], data]);
    const [, message] = graph.sent;
    expect(message?.body).toContain(
      '"representations":[{"__typename":"StaffMember","id":"stf_self"}]',
    );
  });
});

describe('the purpose of a reading', () => {
  const noPurpose: Asker = { scopes: 'self:read hr:read passport:read', ods: 'RZ1' };

  it.each([
    '{ staff(id: "1") { nickname } }',
    '{ staff(id: "1") { __typename } }',
    '{ organisation { staff { id } } }',
  ])('is needed for %s', async (query) => {
    const answer = await graph.ask(query, noPurpose);
    expect(answer.status).toBe(400);
    expect(answer.errors[0]?.extensions['code']).toBe('PURPOSE_REQUIRED');
    expect(graph.sent).toEqual([]);
  });

  it.each(['{ me { nickname passport { status } } }', '{ organisation { name } }'])(
    'is not needed for %s',
    async (query) => {
      const answer = await graph.ask(query, noPurpose);
      expect(answer.errors).toEqual([]);
    },
  );

  it('has to be one of the codes', async () => {
    const answer = await graph.ask('{ me { id } }', { ...staff, purpose: 'CURIOSITY' });
    expect([answer.status, answer.errors[0]?.extensions['code']]).toEqual([400, 'INVALID_VALUE']);
    expect(graph.sent).toEqual([]);
  });
});

describe('a condition', () => {
  it.each(['skip', 'include'])(
    'that is null although it has a default is refused: @%s',
    async (name) => {
      const answer = await graph.ask(
        `query ($if: Boolean = true) { me { id nickname @${name}(if: $if) } }`,
        staff,
        { if: null },
      );
      expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_VALUE']);
      expect(graph.sent).toEqual([]);
    },
  );
});
