import { describe, expect, it } from '@jest/globals';
import { buildSchema, Kind, parse } from 'graphql';

import { readCostRules } from '../../../../gateway/cost/cost-rules.ts';
import { compileCost } from '../../../../gateway/cost/operation-cost.ts';

const SDL = `
schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@listSize"]) { query: Query mutation: Mutation }
directive @link(url: String, import: [String]) on SCHEMA
directive @cost(weight: Int!) on FIELD_DEFINITION | OBJECT | SCALAR | ENUM | ARGUMENT_DEFINITION
directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
type Query {
  me: Person
  people(first: Int = 20, last: Int): [Person!] @listSize(slicingArguments: ["first", "last"])
  staff(first: Int! = 20): Staff @listSize(slicingArguments: ["first"], sizedFields: ["edges"]) @cost(weight: 5)
  few: [Person!] @listSize(assumedSize: 3)
  some: [Person!]
  named(name: String @cost(weight: 7)): Named
  organisation: Organisation
}
type Mutation { change: Person }
interface Named { name: String friends: [Named] }
type Person implements Named { name: String friends: [Named] @listSize(assumedSize: 2) photo: Picture badge: Badge age: Int }
type Staff { edges: [Edge!] total: Int }
type Edge { node: Person }
type Badge @cost(weight: 4) { code: String }
type Organisation { staff(first: Int): [Person!] @listSize(slicingArguments: ["first"]) }
scalar Picture @cost(weight: 9)
`;
const graph = { schema: buildSchema(SDL), rules: readCostRules(SDL) };

function estimate(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return compileCost(graph, operation, document)(variables);
}

describe('the estimated cost', () => {
  it.each<[number, string, Record<string, unknown>?]>([
    [0, '{ __typename __schema { types { name } } }'],
    [1, '{ me { name age } }'],
    [2, '{ me { name } other: me { name } }'],
    [10, '{ me { photo } }'],
    [5, '{ me { badge { code } } }'],
    [11, 'mutation { change { name } }'],
    [22, 'mutation { change { name } again: change { name } }'],
    // Lists.
    [10, '{ some { name } }'],
    [3, '{ few { name } }'],
    [9, '{ few { friends { name } } }'],
    [20, '{ people { name } }'],
    [50, '{ people(first: 50) { name } }'],
    [60, '{ people(first: 50, last: 60) { name } }'],
    [7, 'query ($n: Int) { people(first: $n) { name } }', { n: 7 }],
    [20, 'query ($n: Int) { people(first: $n) { name } }'],
    [20 * 3, 'query ($n: Int) { people(first: $n) { friends { name } } }'],
    [0, 'query ($n: Int) { people(first: $n) { name } }', { n: -7 }],
    [10, '{ people(first: null) { name } }'],
    [1 + 10, '{ organisation { staff { name } } }'],
    // Connections: 5 for the connection, then an edge and a node each.
    [5 + 20 * 2, '{ staff { edges { node { name } } total } }'],
    [5 + 40 * 2, 'query ($n: Int!) { staff(first: $n) { edges { node { name } } } }', { n: 40 }],
    [5, '{ staff { total } }'],
    // Arguments.
    [8, '{ named(name: "a") { name } }'],
    [1, '{ named { name } }'],
    // Fragments count each time, and an interface as its types.
    [1 + 2 + 2, '{ named { ...F friends { name } } } fragment F on Person { friends { name } }'],
    [2, '{ ...Q ... on Query { me { name } } } fragment Q on Query { me { name } }'],
    // Conditions.
    [0, '{ me @skip(if: true) { name } }'],
    [1, 'query ($a: Boolean!) { me @include(if: $a) { name } }', { a: true }],
    [0, 'query ($a: Boolean!) { me @include(if: $a) { name } }', { a: false }],
    [0, 'query ($a: Boolean!) { me @skip(if: $a) { name } }', { a: true }],
    [
      0,
      'query ($a: Boolean!, $n: Int) { ... @include(if: $a) { people(first: $n) { name } } }',
      { a: false, n: 90 },
    ],
  ])('is %p for %s', (estimated, query, ...[variables]) => {
    expect(estimate(query, variables)).toEqual({ estimated });
  });

  it.each<[string, Record<string, unknown>?]>([
    ['{ people(first: 101) { name } }'],
    ['query ($n: Int) { people(first: $n) { name } }', { n: 101 }],
    ['{ me { name } people(last: 2000000000) { name } }'],
  ])('comes with the field whose page is too long: %s', (query, ...[variables]) => {
    expect(estimate(query, variables)).toMatchObject({ pageTooLong: 'Query.people' });
  });

  it('does not overlook what it cannot count', () => {
    const input = SDL.replace('ARGUMENT_DEFINITION', 'INPUT_FIELD_DEFINITION');
    expect(() => readCostRules(`${input} input I { a: Int @cost(weight: 1) }`)).toThrow('input: I');
    expect(() => readCostRules(`${SDL} type T { a: Int @cost(weight: -1) }`)).toThrow();
  });

  it('reads the directives under the names that the graph gives them', () => {
    const renamed = SDL.replace('import: ["@listSize"]', 'as: "price"')
      .replaceAll('@cost(', '@price(')
      .replaceAll('@listSize(', '@price__listSize(');
    expect(readCostRules(renamed)).toEqual(graph.rules);
  });
});
