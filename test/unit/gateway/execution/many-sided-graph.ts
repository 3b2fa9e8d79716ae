/**
 * A graph with everything in it that leads from one subgraph to another. Its values are worked out from where they are, so
 * that every subgraph, and one schema that has it all, say the same without asking one another.
 */
import { type GraphQLNamedType, type GraphQLOutputType, isEnumType } from 'graphql';

import type { TestSubgraph } from './in-process-graph.ts';
import { resolversOf } from './resolvers-of.ts';
import { canonical, type Given, makeValue, numberOf, pick, type Thing } from './things.ts';

const SDL: Readonly<Record<string, string>> = {
  staff: `
    type Query {
      person(id: ID!): Person
      people(first: Int = 3): [Person]
      rota(day: Date): [[Person]!]
      members: [Member!]
      member(id: ID!): Member
      strict: [Person!]!
      things(of: [Unit!], like: Like): [Thing]
      must: Person!
      version: String! @shareable
      hidden: Person @requiresScopes(scopes: [["secret"]])
    }
    type Mutation {
      add(name: String!, on: Date): Person!
      rename(id: ID!, like: Like): Person
      clear: Int @requiresScopes(scopes: [["secret"]])
    }
    scalar Date
    scalar Json
    enum Unit { CM M }
    input Like { name: String = "any" units: [Unit!] at: Date near: Like }
    interface Named { name: String }
    interface Member implements Named @key(fields: "id") {
      id: ID! name: String boss: Member peers: [Member!] secret: String
    }
    type Person implements Member & Named @key(fields: "id") @key(fields: "email") {
      id: ID!
      email: String! @requiresScopes(scopes: [["mail"], ["secret"]])
      name: String @shareable
      boss: Member
      peers: [Member!]
      secret: String @requiresScopes(scopes: [["secret"]])
      size(unit: Unit = CM, like: Like): Int
      span(unit: Unit = CM, like: Like): Int
      unit: Unit
      units: [Unit!]!
      born: Date
      extra: Json
      home: Home @shareable
      homes: [[Home]!] @shareable
      grid: [[Int!]]
      desks: [Desk!]
      grouped: [[Desk]]
      thing: Thing
      constructor: String
      old: String
      pet: Pet
    }
    type Robot implements Member & Named @key(fields: "id") {
      id: ID!
      name: String
      boss: Member
      peers: [Member!]
      secret: String
      model: String! @requiresScopes(scopes: [["secret"]])
      site: Site
    }
    type Pet implements Named { name: String legs: Int! owner: Person! }
    type Home @shareable { town: String street: String! }
    type Desk @key(fields: "site { code } number") { site: Site! number: Int! label: String sits: Member }
    type Site @key(fields: "code") { code: ID! }
    type Safe @requiresScopes(scopes: [["secret"]]) { code: Int }
    union Thing = Person | Robot | Desk | Pet | Safe`,
  badges: `
    type Query { badges: [Member!] topBadge: Member version: String! @shareable }
    type Mutation { badge(id: ID!): Member }
    type Member @key(fields: "id") @interfaceObject {
      id: ID!
      name: String @external
      badge(long: Boolean = false): String!
      twin: Member
      rank: Int
      initials: String @requires(fields: "name")
    }`,
  care: `
    type Query { newest: Site desks: [Desk] }
    enum Unit { CM M }
    input Like { name: String = "any" units: [Unit!] at: Date near: Like }
    scalar Date
    type Person @key(fields: "id") {
      id: ID!
      name: String @external
      size(unit: Unit = CM, like: Like): Int @external
      span(unit: Unit = CM, like: Like): Int @external
      desks: [Desk!] @external
      pet: Pet @external
      tall: Boolean @requires(fields: "span(unit: M)")
      width(by: Int): Int! @requires(fields: "size(unit: CM) name")
      plan: [String!] @requires(fields: "desks { number label } pet { legs name }")
      note: String!
      fragile: String!
      trouble: String
      home: Home @shareable
      homes: [[Home]!] @shareable
      old: String @override(from: "staff")
      site: Site
      carer: Person
    }
    type Pet { legs: Int! @external name: String @external }
    type Home @shareable { town: String postcode: String }
    type Desk @key(fields: "site { code } number") { site: Site! number: Int! label: String @external height: Int head: Person @provides(fields: "name") }
    type Site @key(fields: "code") { code: ID! beds: Int! heads: [Person] @provides(fields: "name") desks: [[Desk!]!] }`,
  mail: `
    type Person @key(fields: "email") { email: String! box: Box quota: Int! alias: [String] }
    type Box { size: Int! owner: Person kept: [Mail] }
    type Mail { subject: String! to: [Person!]! }`,
};

/** Who may be denied what. */
export const SCOPES = ['secret', 'mail'] as const;

/** People that only one subgraph has not heard of, and the fields it has. */
export const UNKNOWN = { ids: new Set(['5', '7']), fields: new Set(['box', 'quota', 'alias']) };

/** What is worked out from other fields, with the arguments that are asked for. */
const WORKED_OUT: Readonly<Record<string, readonly (readonly [string, Given])[]>> = {
  tall: [['span', { unit: 'M' }]],
  width: [
    ['size', { unit: 'CM' }],
    ['name', {}],
  ],
  initials: [['name', {}]],
  plan: [
    ['desks', {}],
    ['pet', {}],
  ],
};
/** A field may be called `constructor`. */
const needsOf = (field: string) =>
  Object.hasOwn(WORKED_OUT, field) ? WORKED_OUT[field] : undefined;
/** What other fields are worked out from, or lead on, always has an answer, which may be null. */
const RELIABLE = new Set([
  'id',
  'email',
  'code',
  'number',
  'label',
  'size',
  'span',
  'name',
  'legs',
  'desks',
  'pet',
  'site',
]);

const isRobot = (id: string): boolean => Number(id) % 3 === 0;
const PEOPLE = ['1', '2', '4', '5', '7', '8'];
const ROBOTS = ['3', '6', '9'];

/** The name of the type that a thing has. */
export const typeNameOf = ({ kind, id }: Thing): string =>
  kind === 'Member' ? (isRobot(id) ? 'Robot' : 'Person') : kind;

/** The value of a field. An error where it fails. */
export function valueOf(
  thing: Thing,
  field: string,
  given: Given,
  type: GraphQLOutputType,
): unknown {
  if (field === 'id') return thing.id;
  if (field === 'email') return `p${thing.id}@x`;
  if (field === 'code' && thing.kind === 'Site') return thing.id;
  if (thing.kind === 'Desk' && field === 'site') return { kind: 'Site', id: thing.id.slice(0, 1) };
  if (thing.kind === 'Desk' && field === 'number') return Number(thing.id.slice(1));
  if (thing.kind === 'Query' && given['id'] !== undefined) {
    const id = given['id'] as string;
    if (field === 'person') return PEOPLE.includes(id) ? { kind: 'Member', id } : null;
  }
  // What only one subgraph has not heard of it does not lead to either.
  const known = {
    kind: 'Member',
    id: pick(
      PEOPLE.filter((id) => !UNKNOWN.ids.has(id)),
      thing.id,
    ),
  };
  if (thing.kind === 'Box' && field === 'owner') return known;
  if (thing.kind === 'Mail' && field === 'to') return [known];
  const seed = `${thing.kind}:${thing.id}.${field}(${canonical(given)})`;
  return makeValue(MAKE, seed, type, RELIABLE.has(field));
}

const MAKE = { named: makeNamed, oneFailsIn: 24 };

function makeNamed(seed: string, type: GraphQLNamedType): unknown {
  const drawn = numberOf(seed);
  if (isEnumType(type)) return pick(type.getValues(), seed).name;
  switch (type.name) {
    case 'Int':
      return drawn % 1_000;
    case 'Boolean':
      return drawn % 2 === 0;
    case 'Json':
      return pick([{ __typename: 'x', id: seed }, [1, [null]], 'text', 5, false], seed);
    case 'Person':
      return { kind: 'Member', id: pick(PEOPLE, seed) };
    case 'Robot':
      return { kind: 'Member', id: pick(ROBOTS, seed) };
    case 'Member':
      return { kind: 'Member', id: String(1 + (drawn % 9)) };
    case 'Site':
      return { kind: 'Site', id: pick(['A', 'B'], seed) };
    case 'Desk':
      return { kind: 'Desk', id: pick(['A1', 'A2', 'B1', 'B2'], seed) };
    case 'Thing': {
      const kind = pick(['Member', 'Member', 'Desk', 'Pet', 'Safe'], seed);
      const id = kind === 'Desk' ? 'A2' : String(1 + (drawn % 9));
      return { kind, id };
    }
    case 'Home':
    case 'Pet':
    case 'Box':
    case 'Mail':
    case 'Safe':
      return { kind: type.name, id: String(drawn % 100) };
    default:
      return `s${drawn.toString(36)}`;
  }
}

/** What a field that is worked out from others comes to, told those. */
export function workedOut(
  thing: Thing,
  field: string,
  given: Given,
  type: GraphQLOutputType,
  told: Readonly<Record<string, unknown>>,
): unknown {
  const names = (needsOf(field) ?? []).map(([name]) => name);
  // A source that is not told `plan`'s parts says nothing else than one that is told null.
  const parts = names.map((name) => told[name] ?? null);
  const seed = `${thing.id}.${field}(${canonical(given)})${canonical(parts)}`;
  return makeValue(MAKE, seed, type, false);
}

/** What a source would be told of a thing before it works out a field. `undefined` when it needs nothing. */
export function toldOf(
  thing: Thing,
  field: string,
  typeOf: (typeName: string, field: string) => GraphQLOutputType,
): Readonly<Record<string, unknown>> | undefined {
  const needs = needsOf(field);
  if (needs === undefined) return undefined;
  const read = (of: Thing, name: string, given: Given): unknown =>
    valueOf(of, name, given, typeOf(typeNameOf(of), name));
  const told = needs.map(([name, given]): [string, unknown] => {
    const value = read(thing, name, given);
    if (name === 'desks') {
      const desks = value as readonly Thing[] | null;
      return [
        name,
        desks?.map((desk) => ({
          number: read(desk, 'number', {}),
          label: read(desk, 'label', {}),
        })),
      ];
    }
    if (name === 'pet') {
      const pet = value as Thing | null;
      return [name, pet && { legs: read(pet, 'legs', {}), name: read(pet, 'name', {}) }];
    }
    return [name, value];
  });
  return Object.fromEntries(told);
}

/** The subgraphs. `changed` is told of every change, in order. */
export function manySidedGraph(
  changed: (change: string) => void,
): Readonly<Record<string, TestSubgraph>> {
  return Object.fromEntries(
    Object.entries(SDL).map(([name, sdl]) => {
      const resolvers = resolversOf(sdl, {
        typeNameOf,
        changed,
        referred: (told) => referred(name, told),
        valueOf: (thing, field, given) => {
          if (name === 'staff' && field.name === 'old') return 'overridden';
          return needsOf(field.name) === undefined
            ? valueOf(thing, field.name, given, field.type)
            : workedOut(thing, field.name, given, field.type, thing.told ?? {});
        },
      });
      return [name, { sdl, resolvers }];
    }),
  );
}

/** The thing that a representation is of. */
function referred(subgraph: string, told: Readonly<Record<string, unknown>>): Thing | null {
  const {
    __typename: name,
    id,
    email,
    code,
    site,
    number,
  } = told as Readonly<Record<string, string>> & {
    site?: { code: string };
  };
  if (name === 'Site') return { kind: 'Site', id: String(code), told };
  if (name === 'Desk') return { kind: 'Desk', id: `${String(site?.code)}${String(number)}`, told };
  const member = id ?? String(email).slice(1, -2);
  return subgraph === 'mail' && UNKNOWN.ids.has(member)
    ? null
    : { kind: 'Member', id: member, told };
}
