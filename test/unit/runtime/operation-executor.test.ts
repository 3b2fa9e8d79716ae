/** The same operations through ours and through graphql-js: the same answers, to the byte. */
import { describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  execute,
  type ExecutionResult,
  getOperationAST,
  type GraphQLObjectType,
  type GraphQLScalarType,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';

import { operationExecutor } from '../../../runtime/execution/operation-executor.ts';
import { publicError, subgraphError } from '../../../runtime/graphql-error.ts';

const SDL = `
  scalar Day
  directive @oneOf on INPUT_OBJECT
  enum Kind { USER SHARED }
  input Range { from: Int! = 3, to: Int, kinds: [Kind!] = [USER], name: String! = "x" }
  input By @oneOf { id: ID, number: Int }
  interface Named { name: String }
  type Person implements Named {
    id: ID!
    name: String
    must: String!
    later: String
    lateMust: String!
    day: Day
    kind: Kind
    wrongKind: Kind
    friends: [Person!]
    strict: [Person!]!
    maybe: [Person]
    grid: [[Int!]]
    numbers: [Int!]
    notList: [Int]
    method(word: String = "hello"): String
    fails(how: String!): String
    failsHard(how: String!): String!
    self: Person!
  }
  type Place implements Named { name: String, typed: String }
  union Thing = Person | Place
  type Query {
    person(id: ID): Person
    hard: Person!
    thing(which: String): Thing
    things: [Thing!]
    named: [Named]
    echo(range: Range, day: Day, ids: [ID!], kind: Kind, flag: Boolean = true, number: Float, words: [[String]]): String
    by(by: By): String
    default(first: Int! = 20): String
    typed: Place
  }
  type Mutation { add(by: Int!): Int fail: Int! wait(by: Int!): Int }
  type Subscription { person: Person }
`;

const later = async <Value>(value: Value): Promise<Value> => {
  await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  return value;
};

const person = (id: string, depth = 0): object => ({
  id,
  name: id === 'nobody' ? null : `Name ${id}`,
  must: id === 'broken' ? null : 'here',
  later: () => later('later'),
  lateMust: () => later(id === 'late' ? undefined : 'late'),
  day: new Date('2026-11-26T00:00:00Z'),
  kind: 'USER',
  wrongKind: 'NOTHING',
  friends: () =>
    depth > 1 ? [] : [person('a', depth + 1), later(person('b', depth + 1)), person('broken', 2)],
  strict: () => [person('c', 2), person('late', 2)],
  maybe: () => new Set([null, person('broken', 2), later(person('d', 2)), new Error('an item')]),
  grid: () => [[1, 2], null, [3, null], later([4])],
  numbers: [1, 2, 'three'],
  notList: 'text',
  method: ({ word }: { word: string }) => `${word} from ${id}`,
  fails: ({ how }: { how: string }) => failing(how),
  failsHard: ({ how }: { how: string }) => failing(how),
  self: () => person(id, depth + 1),
});

function failing(how: string): unknown {
  switch (how) {
    case 'public':
      throw publicError('FORBIDDEN', { argument: 'how' });
    case 'late':
      return later(null).then(() => {
        throw new Error('late');
      });
    case 'given':
      return new Error('given');
    case 'text':
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what is not an error is told too
      throw 'text';
    default:
      throw new Error(how);
  }
}

function schemaOf(): GraphQLSchema {
  const schema = buildSchema(SDL);
  const resolve = (type: string, resolvers: Record<string, unknown>): void => {
    const fields = (schema.getType(type) as GraphQLObjectType).getFields();
    for (const [name, resolver] of Object.entries(resolvers)) {
      const field = fields[name];
      if (field === undefined) throw new Error(name);
      field.resolve = resolver as NonNullable<typeof field.resolve>;
    }
  };
  let count = 0;
  resolve('Query', {
    person: (_root: unknown, { id }: { id?: string }) => (id === 'none' ? null : person(id ?? 'x')),
    hard: () => person('broken'),
    thing: (_root: unknown, { which }: { which?: string }) =>
      which === 'place' ? later({ __typename: 'Place', name: 'Ward' }) : { __typename: which },
    things: () => [
      { ...person('p'), __typename: 'Person' },
      { __typename: 'Place', name: 'Ward' },
    ],
    named: () => [{ __typename: 'Place', name: later('Ward') }, null, { name: 'nothing' }],
    echo: (_root: unknown, given: object) => JSON.stringify(given),
    by: (_root: unknown, given: object) => JSON.stringify(given),
    default: (_root: unknown, given: object) => JSON.stringify(given),
    typed: (_root: unknown, _given: unknown, context: unknown, info: { path: unknown }) => ({
      name: JSON.stringify(info.path),
      typed: JSON.stringify(context),
    }),
  });
  resolve('Mutation', {
    add: (_root: unknown, { by }: { by: number }) => (count += by),
    wait: async (_root: unknown, { by }: { by: number }) => later((count += by)),
    fail: async () => later(null),
  });
  resolve('Subscription', { person: () => person('s') });
  const day = schema.getType('Day') as GraphQLScalarType;
  day.serialize = (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value);
  day.parseValue = (value) => {
    if (typeof value !== 'string') throw new TypeError('a day is text');
    return `day ${value}`;
  };
  return schema;
}

type Asked = readonly [text: string, variables?: Record<string, unknown>, operationName?: string];

const OPERATIONS: readonly Asked[] = [
  ['{ person { id name later day kind method } }'],
  ['{ person(id: "none") { id } again: person { id, must, must, name: must } }'],
  [
    '{ __typename person { __typename self { self { id } } } __proto__: person { constructor: id } }',
  ],
  // Nulls, at once and later.
  ['{ person(id: "nobody") { name must } }'],
  ['{ person(id: "broken") { id must } other: person { id } }'],
  ['{ person(id: "late") { id lateMust } other: person { later } }'],
  ['{ person { friends { id must } } }'],
  ['{ person { strict { id lateMust } } }'],
  ['{ person { maybe { id must } } }'],
  ['{ person { friends { id friends { id later } } } }'],
  ['{ hard { id must } person { id } }'],
  ['{ person { grid numbers notList wrongKind } }'],
  // Errors of every kind.
  ...['public', 'late', 'given', 'text', 'plain'].flatMap((how): readonly Asked[] => [
    ['query ($how: String!) { person { id fails(how: $how) later } }', { how }],
    ['query ($how: String!) { person { self { failsHard(how: $how) } } }', { how }],
    ['query ($how: String!) { person { friends { id a: fails(how: $how) } } }', { how }],
  ]),
  // Variables of each kind.
  ...[
    {},
    {
      range: null,
      day: null,
      ids: null,
      kind: null,
      flag: null,
      number: null,
      words: null,
    },
    {
      range: { from: 1, to: null, kinds: ['SHARED'] },
      day: '2026-11-26',
      ids: ['a', 1],
      kind: 'SHARED',
    },
    {
      range: { kinds: 'USER' },
      ids: 'one',
      number: 3,
      flag: false,
      words: [['a', null], null],
    },
    { range: { from: null } },
    { range: { from: 'x', to: 1.5, unknown: 1 } },
    { range: [] },
    { ids: [null] },
    { kind: 'OTHER' },
    { kind: 3 },
    { day: 3 },
    { number: 'x' },
    { flag: 'yes' },
    { unknown: true },
  ].map((variables): Asked => [
    `query ($range: Range, $day: Day, $ids: [ID!], $kind: Kind, $flag: Boolean, $number: Float, $words: [[String]]) {
        echo(range: $range, day: $day, ids: $ids, kind: $kind, flag: $flag, number: $number, words: $words) }`,
    variables,
  ]),
  ['query ($first: Int! = 5) { default(first: $first) }'],
  ['query ($first: Int! = 5) { default(first: $first) }', { first: null }],
  ['query ($first: Int) { default(first: $first) }'],
  ['query ($first: Int) { default(first: $first) }', { first: null }],
  ['query ($from: Int = 2, $to: Int) { echo(range: { from: $from, to: $to }) }'],
  ['query ($id: ID! = "b") { echo(ids: ["a", $id]) by(by: { id: "x" }) }'],
  ['query ($by: By) { by(by: $by) }', { by: { id: 'x', number: 1 } }],
  ['query ($by: By) { by(by: $by) }', { by: { number: 1 } }],
  ['query ($id: ID!) { by(by: { id: $id }) }'],
  ['{ echo(range: { to: 3, kinds: [SHARED] }, flag: false, number: 1e3, words: [["a"]]) }'],
  // Interfaces, unions, fragments.
  ['{ things { __typename ... on Person { id name } ... on Place { name typed } } }'],
  ['{ named { __typename name ...P } } fragment P on Place { typed }'],
  ['{ thing(which: "place") { ... on Named { name } } }'],
  ['{ thing(which: "Person") { __typename } other: thing { __typename } }'],
  ['{ thing(which: "Query") { __typename } other: thing(which: "Nothing") { __typename } }'],
  [
    '{ person { ...A ...B } } fragment A on Person { self { id } ...B } fragment B on Person { self { name } }',
  ],
  // Conditions.
  ...[true, false].flatMap((flag): readonly Asked[] => [
    [
      'query ($flag: Boolean!) { person { id @include(if: $flag) name @skip(if: $flag) } }',
      { flag },
    ],
    [
      'query ($flag: Boolean!) { a: person @skip(if: $flag) { id } ... @include(if: $flag) { b: person { id } } }',
      { flag },
    ],
    [
      'query ($flag: Boolean!) { things { ...T @include(if: $flag) __typename } } fragment T on Person { id @skip(if: true) name }',
      { flag },
    ],
  ]),
  ['query ($flag: Boolean = true) { person { id @skip(if: $flag) name } }'],
  ['query ($flag: Boolean = true) { person { id @skip(if: $flag) name } }', { flag: null }],
  ['query ($flag: Boolean!) { person { id @skip(if: $flag) name } }'],
  // Operations.
  ['query A { default } query B($id: ID) { person(id: $id) { id } }', { id: 'b' }, 'B'],
  ['subscription { person { id } }'],
  ['{ typed { name typed } }'],
  [
    '{ __schema { queryType { name } } __type(name: "Person") { name fields { name type { kind ofType { name } } } } }',
  ],
];

const MUTATIONS: readonly Asked[] = [
  ['mutation { a: add(by: 1) b: wait(by: 2) c: add(by: 3) d: wait(by: 4) __typename }'],
  ['mutation { a: add(by: 1) b: fail c: add(by: 3) }'],
  ['mutation ($by: Int!) { wait(by: $by) add(by: $by) }', { by: 5 }],
];

/** What the gateway is sent. Faults of our own resolvers all look the same there, so words for the log may differ. */
const sent = ({ data, errors }: ExecutionResult): string =>
  JSON.stringify({
    data,
    errors: errors?.map((error) => ({
      ...subgraphError(error, 'esr', () => undefined),
      locations: error.locations,
    })),
  });

/** Asks both, each twice: what is known the second time must not show. */
async function answers([text, variables = {}, operationName]: Asked) {
  const [ours, theirs] = [schemaOf(), schemaOf()];
  const document = parse(text);
  expect(validate(ours, document)).toEqual([]);
  const operation = getOperationAST(document, operationName);
  if (operation === null || operation === undefined) throw new Error('no such operation');
  const executor = operationExecutor(ours, document, operation);
  const context = { who: 'somebody' };
  const both: [string, string][] = [];
  for (let time = 0; time < 2; time += 1) {
    const fast = await executor({ context, variables });
    const slow = await execute({
      schema: theirs,
      document,
      contextValue: context,
      variableValues: variables,
      operationName: operationName ?? null,
    });
    both.push([sent(fast), sent(slow)]);
  }
  return both;
}

describe('an operation that is planned once', () => {
  it.each([...OPERATIONS, ...MUTATIONS])('%s %j', async (...asked) => {
    for (const [fast, slow] of await answers(asked)) expect(fast).toBe(slow);
  });
});
