import { beforeEach, describe, expect, it } from '@jest/globals';

import { inProcessGraph } from './in-process-graph.ts';

const PEOPLE: Readonly<Record<string, object>> = {
  1: { __typename: 'Person', id: '1', name: 'Amara', size: 170, mentor: '2' },
  2: { __typename: 'Person', id: '2', name: 'Bryn', size: 190 },
  3: { __typename: 'Person', id: '3', name: 'Chidi', size: null },
  9: { __typename: 'Robot', id: '9', name: 'Lift', model: 'L' },
};
const person = (id: string) => PEOPLE[id] ?? null;
const WARDS = [
  { __typename: 'Ward', code: 'W1' },
  { __typename: 'Ward', code: 'W2' },
];
const fail = (message: string) => () => {
  throw new Error(message);
};

const graph = inProcessGraph({
  staff: {
    sdl: `
      type Query {
        person(id: ID!): Person
        people: [Person]
        rota: [[Person]!]
        members: [Member!]
        strict: [Person!]!
        things: [Thing]
        wards: [Ward!]
        nothing: Person
        failing: Person
        must: Person!
        wrong: Person
      }
      type Mutation { add(name: String!): Person! drop: Person }
      interface Member @key(fields: "id") { id: ID! name: String }
      type Person implements Member @key(fields: "id") {
        id: ID!
        name: String @shareable
        size(unit: Unit!): Int
        mentor: Person
        constructor: String
        born: Day!
        unit: Unit
        home: Home @shareable
        homes: [Home!] @shareable
        nick: String! @shareable
        fails: Int
        nicknames: [String!]
        grid: [[Int]]
      }
      type Robot implements Member @key(fields: "id") { id: ID! name: String model: String }
      type Ward @key(fields: "code") { code: ID! }
      type Home @shareable { town: String street: String! }
      union Thing = Person | Ward
      scalar Day
      enum Unit { CM M }`,
    resolvers: {
      Query: {
        person: (_: unknown, { id }: { id: string }) => person(id),
        people: () => [person('1'), null, person('2'), person('1')],
        rota: () => [[person('1'), null], [], [person('2')]],
        members: () => [person('1'), person('9')],
        strict: () => [person('1'), person('2')],
        things: () => [person('1'), WARDS[1], null],
        wards: () => WARDS,
        nothing: () => null,
        failing: fail('staff failed'),
        must: fail('must failed'),
        wrong: () => person('1'),
      },
      Mutation: { add: () => person('1'), drop: fail('not dropped') },
      Person: {
        __resolveReference: ({ id }: { id: string }) => person(id),
        size: ({ size }: { size: number | null }, { unit }: { unit: string }) =>
          unit === 'M' && size !== null ? Math.round(size / 100) : size,
        mentor: ({ mentor }: { mentor?: string }) => (mentor ? person(mentor) : null),
        constructor: () => 'built',
        born: () => '2000-01-01',
        unit: () => 'CM',
        home: () => ({ town: 'Hull', street: 'High Street' }),
        homes: () => ['First Street', 'Second Street'].map((street) => ({ street })),
        nick: () => 'nick',
        fails: fail('fails'),
        nicknames: () => ['a', 'b'],
        grid: () => [[1, null], null, []],
      },
      Robot: { __resolveReference: ({ id }: { id: string }) => person(id) },
      Member: {
        __resolveReference: ({ id }: { id: string }) => person(id),
        __resolveType: ({ __typename }: { __typename: string }) => __typename,
      },
      Thing: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
    },
  },
  badges: {
    sdl: `
      type Member @key(fields: "id") @interfaceObject { id: ID! badge: String! twin: Member }
      type Query { badges: [Member!] }`,
    resolvers: {
      Query: { badges: () => [{ id: '1' }, { id: '9' }] },
      Member: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        badge: ({ id }: { id: string }) => `badge ${id}`,
        twin: ({ id }: { id: string }) => (id === '1' ? { id: '9' } : null),
      },
    },
  },
  care: {
    sdl: `
      type Query { newest: Ward }
      type Mutation { award: Ward }
      enum Unit { CM M }
      type Person @key(fields: "id") {
        id: ID!
        name: String @external
        size(unit: Unit!): Int @external
        tall: Boolean @requires(fields: "size(unit: M)")
        note: String!
        fragile: String!
        trouble: String
        home: Home @shareable
        homes: [Home!] @shareable
        nick: String @shareable
      }
      type Home @shareable { town: String postcode: String }
      type Ward @key(fields: "code") { code: ID! beds: Int! head: Person @provides(fields: "name") }`,
    resolvers: {
      Query: { newest: () => WARDS[0] },
      Person: {
        __resolveReference: (it: { id: string }) => (it.id === '3' ? null : it),
        tall: ({ size }: { size: number }) => size >= 2,
        note: ({ id }: { id: string }) => `note ${id}`,
        fragile: ({ id }: { id: string }) => {
          if (id === '2') throw new Error('broke');
          return 'whole';
        },
        trouble: fail('trouble'),
        home: () => ({ town: 'Hull', postcode: 'HU1' }),
        homes: () => ['HU1', 'HU2'].map((postcode) => ({ postcode })),
      },
      Ward: {
        __resolveReference: ({ code }: { code: string }) => ({ code }),
        beds: ({ code }: { code: string }) => Number(code.slice(1)) * 10,
        head: () => ({ id: '2', name: 'Provided' }),
      },
    },
  },
});
beforeEach(() => {
  graph.sent.length = 0;
  graph.broken.clear();
  graph.answers.clear();
});

const unavailable = 'A source did not answer. Try again.';
const impossible = 'A source has answered what cannot be there.';

describe('an operation over several subgraphs', () => {
  it.each<[string, string, unknown, Record<string, unknown>?]>([
    [
      'one subgraph',
      '{ person(id: "1") { id born } }',
      { person: { id: '1', born: '2000-01-01' } },
    ],
    ['an entity', '{ person(id: "1") { note } }', { person: { note: 'note 1' } }],
    [
      'an entity that one subgraph does not know',
      '{ nothing { note } people { note } }',
      { nothing: null, people: [{ note: 'note 1' }, null, { note: 'note 2' }, { note: 'note 1' }] },
    ],
    [
      'lists of lists',
      '{ rota { note mentor { note } } }',
      {
        rota: [
          [{ note: 'note 1', mentor: { note: 'note 2' } }, null],
          [],
          [{ note: 'note 2', mentor: null }],
        ],
      },
    ],
    [
      'a list of two subgraphs',
      '{ person(id: "1") { homes { street postcode } } }',
      {
        person: {
          homes: [
            { street: 'First Street', postcode: 'HU1' },
            { street: 'Second Street', postcode: 'HU2' },
          ],
        },
      },
    ],
    [
      'one name for fields whose types differ in the subgraph alone',
      `{ members { ...One } badges { ...One } }
       fragment One on Member { ... on Person { one: nick } ... on Robot { one: model } }`,
      {
        members: [{ one: 'nick' }, { one: 'L' }],
        badges: [{ one: 'nick' }, { one: 'L' }],
      },
    ],
    [
      'lists of leaves',
      '{ person(id: "1") { nicknames grid } }',
      { person: { nicknames: ['a', 'b'], grid: [[1, null], null, []] } },
    ],
    [
      'an interface',
      '{ members { __typename kind: __typename id ... on Robot { model } ... on Person { note } } }',
      {
        members: [
          { __typename: 'Person', kind: 'Person', id: '1', note: 'note 1' },
          { __typename: 'Robot', kind: 'Robot', id: '9', model: 'L' },
        ],
      },
    ],
    [
      'a union',
      '{ things { __typename ... on Person { note } ... on Ward { beds } } }',
      {
        things: [{ __typename: 'Person', note: 'note 1' }, { __typename: 'Ward', beds: 20 }, null],
      },
    ],
    [
      'a field that another subgraph adds to an interface',
      '{ members { name badge } }',
      {
        members: [
          { name: 'Amara', badge: 'badge 1' },
          { name: 'Lift', badge: 'badge 9' },
        ],
      },
    ],
    [
      'an interface whose types another subgraph knows',
      '{ badges { __typename badge name ... on Robot { model } } }',
      {
        badges: [
          { __typename: 'Person', badge: 'badge 1', name: 'Amara' },
          { __typename: 'Robot', badge: 'badge 9', name: 'Lift', model: 'L' },
        ],
      },
    ],
    [
      'an interface whose types nobody asks for',
      '{ badges { id badge twin { badge } } }',
      {
        badges: [
          { id: '1', badge: 'badge 1', twin: { badge: 'badge 9' } },
          { id: '9', badge: 'badge 9', twin: null },
        ],
      },
    ],
    [
      'a field that is provided',
      '{ newest { head { name } } }',
      { newest: { head: { name: 'Provided' } } },
    ],
    [
      'a field that needs another with arguments',
      '{ person(id: "2") { tall } }',
      { person: { tall: true } },
    ],
    [
      'a field that needs another with other arguments than the client’s',
      '{ person(id: "2") { size(unit: CM) tall } }',
      { person: { size: 190, tall: true } },
    ],
    [
      'an object that two subgraphs know parts of',
      '{ person(id: "1") { home { town street postcode } } }',
      { person: { home: { town: 'Hull', street: 'High Street', postcode: 'HU1' } } },
    ],
    [
      'a field named like what every object has',
      '{ person(id: "1") { constructor toString: name valueOf: constructor } }',
      { person: { constructor: 'built', toString: 'Amara', valueOf: 'built' } },
    ],
    [
      'an alias named like a key',
      '{ person(id: "1") { id: name name: id note } }',
      { person: { id: 'Amara', name: '1', note: 'note 1' } },
    ],
    [
      'fragments in one another',
      `{ person(id: "1") { ...A } members { ...B } }
        fragment A on Person { mentor { ...B note } }
        fragment B on Member { id ... on Person { unit } }`,
      {
        person: { mentor: { id: '2', unit: 'CM', note: 'note 2' } },
        members: [{ id: '1', unit: 'CM' }, { id: '9' }],
      },
    ],
    [
      'the same field in several places',
      '{ person(id: "1") { mentor { id } ... on Person { mentor { note } } mentor { id name } } }',
      { person: { mentor: { id: '2', note: 'note 2', name: 'Bryn' } } },
    ],
    [
      'conditions',
      `query ($on: Boolean!, $off: Boolean = false) {
        person(id: "1") { id @skip(if: $on) note @include(if: $on) name @include(if: $off) unit @skip(if: true) }
        wards @include(if: $off) { beds }
      }`,
      { person: { note: 'note 1' } },
      { on: true },
    ],
    [
      'a variable that is left out, null, or named like another thing',
      `query ($id: ID = "2", $representations: ID = "1") {
        a: person(id: $id) { id note } b: person(id: $representations) { id note }
      }`,
      { a: { id: '2', note: 'note 2' }, b: { id: '1', note: 'note 1' } },
    ],
    ['the root’s type', '{ __typename }', { __typename: 'Query' }],
    [
      'the schema',
      'query ($name: String!) { a: __type(name: $name) { ...T } __schema { queryType { name } } } fragment T on __Type { name }',
      { a: { name: 'Person' }, __schema: { queryType: { name: 'Query' } } },
      { name: 'Person' },
    ],
    ['nothing at all', '{ person(id: "1") @skip(if: true) { id } }', {}],
  ])('answers with %s', async (_what, query, data, variables = {}) => {
    expect(await graph.ask(query, variables)).toEqual({ data, errors: [] });
  });

  it('answers under the name __proto__', async () => {
    const { data } = await graph.ask('{ person(id: "1") { __proto__: name note } }');
    expect(JSON.stringify(data)).toBe('{"person":{"__proto__":"Amara","note":"note 1"}}');
  });

  it('asks for an entity once, however often it is there', async () => {
    await graph.ask('{ people { note mentor { note } } }');
    const representations = graph.sent.map(({ to, variables }) => [
      to,
      variables['representations'],
    ]);
    expect(representations[1]).toEqual([
      'care',
      [
        { __typename: 'Person', id: '1' },
        { __typename: 'Person', id: '2' },
      ],
    ]);
  });

  it('passes on variables as they were given, and only where they are used', async () => {
    await graph.ask(
      'query ($id: ID!, $unit: Unit!) { person(id: $id) { size(unit: $unit) note } }',
      {
        id: '1',
        unit: 'CM',
      },
    );
    expect(graph.sent.map(({ to, variables }) => [to, variables])).toEqual([
      ['staff', { id: '1', unit: 'CM' }],
      ['care', { representations: [{ __typename: 'Person', id: '1' }] }],
    ]);
  });

  it('asks for changes in the order they are written, and for none that is left out', async () => {
    await graph.ask(
      `mutation ($if: Boolean!) { a: add(name: "a") { id } ...F ... @include(if: $if) { drop @skip(if: true) { id } } }
       fragment F on Mutation { add(name: "b") { id } }`,
      { if: true },
    );
    expect(graph.sent).toHaveLength(1);
    expect(graph.sent[0]?.query).toMatch(
      /^[^{]*\{_as_a:add\(name:"a"\)\{[^}]*\}add\(name:"b"\)\{[^}]*\}\}$/,
    );
  });

  it('runs changes in order and once', async () => {
    const answer = await graph.ask(
      'mutation { a: add(name: "x") { id } drop { id } b: add(name: "y") { note } }',
    );
    expect(answer).toEqual({
      data: { a: { id: '1' }, drop: null, b: { note: 'note 1' } },
      errors: [{ message: 'not dropped', path: ['drop'] }],
    });
    expect(graph.sent.map(({ to }) => to)).toEqual(['staff', 'care']);
  });
});

describe('an error of a subgraph', () => {
  it.each<[string, string, unknown, readonly [string, readonly (string | number)[]][]]>([
    ['on the root', '{ failing { id } }', { failing: null }, [['staff failed', ['failing']]]],
    [
      'under an alias',
      '{ a: failing { id } person(id: "1") { b: fails } }',
      { a: null, person: { b: null } },
      [
        ['staff failed', ['a']],
        ['fails', ['person', 'b']],
      ],
    ],
    [
      'in an entity',
      '{ p: person(id: "1") { t: trouble } }',
      { p: { t: null } },
      [['trouble', ['p', 't']]],
    ],
    [
      'in an entity that is there more than once',
      '{ people { id trouble } }',
      {
        people: [
          { id: '1', trouble: null },
          null,
          { id: '2', trouble: null },
          { id: '1', trouble: null },
        ],
      },
      [
        ['trouble', ['people', 0, 'trouble']],
        ['trouble', ['people', 3, 'trouble']],
        ['trouble', ['people', 2, 'trouble']],
      ],
    ],
    [
      'whose null goes up to an entity',
      '{ people { name fragile } }',
      {
        people: [
          { name: 'Amara', fragile: 'whole' },
          null,
          null,
          { name: 'Amara', fragile: 'whole' },
        ],
      },
      [['broke', ['people', 2, 'fragile']]],
    ],
    [
      'whose null goes up through a list to a root that cannot be null',
      '{ strict { fragile } wards { code } }',
      null,
      [['broke', ['strict', 1, 'fragile']]],
    ],
    ['on a root that cannot be null', '{ must { id } }', null, [['must failed', ['must']]]],
  ])('%s is where the client looks for it', async (_where, query, data, errors) => {
    expect(await graph.ask(query)).toEqual({
      data,
      errors: errors.map(([message, path]) => ({ message, path })),
    });
  });
});

describe('null where there must be something', () => {
  it.each<[string, string, unknown, unknown, readonly unknown[]]>([
    [
      'is an error when no source says why',
      '{ person(id: "3") { name note } }',
      undefined,
      { person: null },
      [{ message: impossible, path: ['person', 'note'] }],
    ],
    [
      'goes up through lists',
      '{ members { name badge } }',
      { data: { _entities: [{ badge: 'b' }, { badge: null }] } },
      { members: null },
      [{ message: impossible, path: ['members', 1, 'badge'] }],
    ],
    [
      'is explained once by a source that says so without a place',
      '{ members { name badge } }',
      { data: { _entities: [null, null] }, errors: [{ message: 'no badges' }] },
      { members: null },
      [{ message: 'no badges', path: undefined }],
    ],
  ])('%s', async (_what, query, badges, data, errors) => {
    if (badges !== undefined) graph.answers.set('badges', badges);
    expect(await graph.ask(query)).toEqual({ data, errors });
  });
});

describe('a value that cannot be there', () => {
  const wrong = (value: object) => ({ wrong: { __typename: 'Person', ...value } });
  it.each<[string, string, unknown, unknown, readonly (string | number)[]]>([
    [
      'a number for text',
      '{ wrong { name } }',
      wrong({ name: 5 }),
      wrong({ name: null }),
      ['wrong', 'name'],
    ],
    [
      'an unknown word',
      '{ wrong { unit } }',
      wrong({ unit: 'MILES' }),
      wrong({ unit: null }),
      ['wrong', 'unit'],
    ],
    [
      'an object for a leaf',
      '{ wrong { name } }',
      wrong({ name: { a: 1 } }),
      wrong({ name: null }),
      ['wrong', 'name'],
    ],
    [
      'a leaf for an object',
      '{ wrong { mentor { id } } }',
      wrong({ mentor: 'x' }),
      wrong({ mentor: null }),
      ['wrong', 'mentor'],
    ],
    [
      'a list for an object',
      '{ wrong { mentor { id } } }',
      wrong({ mentor: [] }),
      wrong({ mentor: null }),
      ['wrong', 'mentor'],
    ],
    [
      'an object for a list',
      '{ wrong { nicknames } }',
      wrong({ nicknames: {} }),
      wrong({ nicknames: null }),
      ['wrong', 'nicknames'],
    ],
    [
      'null in a list',
      '{ wrong { nicknames } }',
      wrong({ nicknames: ['a', null] }),
      wrong({ nicknames: null }),
      ['wrong', 'nicknames', 1],
    ],
    [
      'a large number',
      '{ wrong { size(unit: M) } }',
      wrong({ _as_size: 2 ** 31 }),
      wrong({ size: null }),
      ['wrong', 'size'],
    ],
    [
      'another type',
      '{ wrong { name } }',
      { wrong: { __typename: 'Robot', name: 'x' } },
      { wrong: null },
      ['wrong'],
    ],
    [
      'null for a date',
      '{ wrong { born } }',
      wrong({ born: null }),
      { wrong: null },
      ['wrong', 'born'],
    ],
    [
      'null for an object',
      '{ members { name } }',
      { members: [null] },
      { members: null },
      ['members', 0],
    ],
    [
      'an unknown type',
      '{ members { name } }',
      { members: [{ __typename: 'Query', name: 'x' }] },
      { members: null },
      ['members', 0],
    ],
  ])('is null with an error: %s', async (_what, query, staff, data, path) => {
    graph.answers.set('staff', { data: staff });
    const shown: unknown = JSON.parse(JSON.stringify(data).replace('"__typename":"Person",', ''));
    expect(await graph.ask(query)).toEqual({
      data: shown,
      errors: [{ message: impossible, path }],
    });
  });
});

describe('a subgraph that does not answer', () => {
  it.each<[string, string, string, unknown, readonly (readonly (string | number)[])[]]>([
    [
      'leaves the root fields it has',
      'staff',
      '{ a: person(id: "1") { note } newest { beds } }',
      { a: null, newest: { beds: 10 } },
      [['a']],
    ],
    [
      'leaves the fields of entities',
      'care',
      '{ people { name t: trouble } }',
      {
        people: [
          { name: 'Amara', t: null },
          null,
          { name: 'Bryn', t: null },
          { name: 'Amara', t: null },
        ],
      },
      [
        ['people', 0, 't'],
        ['people', 2, 't'],
        ['people', 3, 't'],
      ],
    ],
    [
      'is named once where a client asked for what needs it',
      'staff',
      '{ newest { head { tall } } }',
      { newest: { head: { tall: null } } },
      [['newest', 'head']],
    ],
    [
      'leaves an interface without its type, where that makes no difference',
      'staff',
      '{ badges { badge name } }',
      {
        badges: [
          { badge: 'badge 1', name: null },
          { badge: 'badge 9', name: null },
        ],
      },
      [
        ['badges', 0, 'name'],
        ['badges', 1, 'name'],
      ],
    ],
    [
      'leaves nothing where the fields depend on the type',
      'staff',
      '{ badges { badge ... on Robot { model } } }',
      { badges: null },
      [
        ['badges', 0, 'model'],
        ['badges', 1, 'model'],
      ],
    ],
    [
      'leaves nothing where a type must be named',
      'staff',
      '{ badges { badge __typename } }',
      { badges: null },
      [
        ['badges', 0],
        ['badges', 1],
      ],
    ],
  ])('%s', async (_what, name, query, data, paths) => {
    graph.broken.add(name);
    expect(await graph.ask(query)).toEqual({
      data,
      errors: paths.map((path) => ({ message: unavailable, path })),
    });
  });

  it.each([
    ['fewer entities', { data: { _entities: [] } }],
    ['no entities', { data: {} }],
    ['no list of entities', { data: { _entities: { 0: {} } } }],
  ])('is one that answers with %s', async (_what, answer) => {
    graph.answers.set('care', answer);
    expect(await graph.ask('{ person(id: "1") { name trouble } }')).toEqual({
      data: { person: { name: 'Amara', trouble: null } },
      errors: [{ message: unavailable, path: ['person', 'trouble'] }],
    });
  });

  it('has its errors bounded', async () => {
    graph.answers.set('staff', {
      data: { nothing: null },
      errors: Array.from({ length: 500 }, (_, at) => ({ message: String(at), path: ['nothing'] })),
    });
    const { errors } = await graph.ask('{ nothing { id } }');
    expect(errors).toHaveLength(100);
  });
});

describe('a change after one that has failed', () => {
  it('is not made when nobody knows what came of the first', async () => {
    graph.broken.add('staff');
    const { data, errors } = await graph.ask('mutation { drop { id } award { code } }');
    expect(data).toEqual({ drop: null, award: null });
    expect(errors.map(({ path }) => path)).toEqual([['drop'], ['award']]);
    expect(graph.sent.map(({ to }) => to)).toEqual(['staff']);
  });
});

describe('a graph', () => {
  it('in which a field is required with different arguments is refused: the planner gives one answer to both', () => {
    const staff = `
      type Query { person: Person }
      enum Unit { CM M }
      type Person @key(fields: "id") { id: ID! size(unit: Unit): Int }`;
    const care = (width: string) => `
      enum Unit { CM M }
      type Person @key(fields: "id") {
        id: ID!
        size(unit: Unit): Int @external
        tall: Boolean @requires(fields: "size(unit: M)")
        width: Int @requires(fields: "${width}")
      }`;
    const graphOf = (width: string) =>
      inProcessGraph({
        staff: { sdl: staff, resolvers: {} },
        care: { sdl: care(width), resolvers: {} },
      });
    expect(() => graphOf('size(unit: CM)')).toThrow(
      'Person.size is required with different arguments',
    );
    expect(() => graphOf('size')).toThrow('Person.size is required with different arguments');
    expect(() => graphOf('size(unit: M)')).not.toThrow();
  });

  it('in which an argument comes from a context is refused: nobody would look at the rule of what it comes from', () => {
    const staff = `
      type Query { person: Person }
      type Person @key(fields: "id") @federation__context(name: "person") { id: ID! name: String hat: Hat }
      type Hat @key(fields: "id") {
        id: ID!
        label(name: String @federation__fromContext(field: "$person { name }")): String
      }`;
    const care = 'type Hat @key(fields: "id") { id: ID! size: Int }';
    expect(() =>
      inProcessGraph({ staff: { sdl: staff, resolvers: {} }, care: { sdl: care, resolvers: {} } }),
    ).toThrow('context/v0.1 is for: SECURITY but is unsupported');
  });
});
