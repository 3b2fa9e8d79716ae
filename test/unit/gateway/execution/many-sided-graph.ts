/**
 * A graph with everything in it that leads from one subgraph to another. Its values are worked out from where they are, so
 * that every subgraph, and one schema that has it all, say the same without asking one another.
 */
import {
  buildASTSchema,
  getNullableType,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLOutputType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  visit,
} from 'graphql';

import type { TestSubgraph } from './in-process-graph.ts';

/** Something in the graph. */
export interface Thing {
  /** Name of its type; `Member` for a person and a robot, since one subgraph cannot tell them apart. */
  readonly kind: string;
  readonly id: string;
  /** What a subgraph was told of it. */
  readonly told?: Readonly<Record<string, unknown>>;
}

/** The arguments of a field, coerced. */
export type Given = Readonly<Record<string, unknown>>;

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
      unit: Unit
      units: [Unit!]!
      born: Date
      extra: Json
      home: Home @shareable
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
      desks: [Desk!] @external
      pet: Pet @external
      tall: Boolean @requires(fields: "size(unit: M)")
      width(by: Int): Int! @requires(fields: "size(unit: CM) name")
      plan: [String!] @requires(fields: "desks { number label } pet { legs name }")
      note: String!
      fragile: String!
      trouble: String
      home: Home @shareable
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
  tall: [['size', { unit: 'M' }]],
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
/** What other fields are worked out from, or lead on, always has an answer, which may be null. */
const RELIABLE = new Set([
  'id',
  'email',
  'code',
  'number',
  'label',
  'size',
  'name',
  'legs',
  'desks',
  'pet',
  'site',
]);
const CODES = ['NOT_FOUND', 'CONFLICT', 'INTERNAL_SERVER_ERROR'];

/** A number for a text, the same every time (FNV-1a, mixed). */
function numberOf(text: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519);
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_917);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const isRobot = (id: string): boolean => Number(id) % 3 === 0;
const PEOPLE = ['1', '2', '4', '5', '7', '8'];
const ROBOTS = ['3', '6', '9'];
const pick = <Item>(items: readonly Item[], seed: string): Item =>
  items[numberOf(`${seed}?`) % items.length] as Item;

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
  return make(seed, type, RELIABLE.has(field));
}

/** Arguments as text, in the order of their names. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

function make(seed: string, type: GraphQLOutputType, reliable: boolean): unknown {
  const drawn = numberOf(`${seed}!`) % 24;
  const nullable = getNullableType(type);
  if (drawn === 0 && !reliable) return failure(seed);
  if (!isNonNullType(type) && drawn > 0 && drawn < 4) return null;
  if (isListType(nullable)) {
    return Array.from({ length: numberOf(seed) % 4 }, (_, at) =>
      make(`${seed}.${String(at)}`, nullable.ofType, reliable),
    );
  }
  return makeNamed(seed, nullable as GraphQLNamedType);
}

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

const failure = (seed: string): GraphQLError =>
  new GraphQLError(`failed ${seed}`, { extensions: { code: pick(CODES, seed) } });

/** What a field that is worked out from others comes to, told those. */
export function workedOut(
  thing: Thing,
  field: string,
  given: Given,
  type: GraphQLOutputType,
  told: Readonly<Record<string, unknown>>,
): unknown {
  const names = (WORKED_OUT[field] ?? []).map(([name]) => name);
  // A source that is not told `plan`'s parts says nothing else than one that is told null.
  const parts = names.map((name) => told[name] ?? null);
  return make(`${thing.id}.${field}(${canonical(given)})${canonical(parts)}`, type, false);
}

/** What a source would be told of a thing before it works out a field. `undefined` when it needs nothing. */
export function toldOf(
  thing: Thing,
  field: string,
  typeOf: (typeName: string, field: string) => GraphQLOutputType,
): Readonly<Record<string, unknown>> | undefined {
  const needs = WORKED_OUT[field];
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
    Object.entries(SDL).map(([name, sdl]) => [
      name,
      { sdl, resolvers: resolversOf(name, sdl, changed) },
    ]),
  );
}

/** A change as it is told. */
export const changeOf = (field: string, given: Given): string => `${field}${canonical(given)}`;

function resolversOf(subgraph: string, sdl: string, changed: (change: string) => void): object {
  const plain = visit(parse(sdl), { Directive: () => null });
  const schema = buildASTSchema(plain, { assumeValidSDL: true });
  const resolvers: Record<string, Record<string, unknown>> = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isObjectType(type)) {
      const fields = (resolvers[type.name] = {} as Record<string, unknown>);
      for (const field of Object.values(type.getFields())) {
        fields[field.name] = (source: Thing | undefined, given: Given) => {
          const thing = source ?? { kind: type.name, id: '' };
          if (subgraph === 'staff' && field.name === 'old') return 'overridden';
          if (type.name === 'Mutation') changed(changeOf(field.name, given));
          return WORKED_OUT[field.name] === undefined
            ? valueOf(thing, field.name, given, field.type)
            : workedOut(thing, field.name, given, field.type, thing.told ?? {});
        };
      }
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      resolvers[type.name] = {
        ...resolvers[type.name],
        __resolveReference: (told: Readonly<Record<string, unknown>>) => referred(subgraph, told),
        ...(isInterfaceType(type) ? { __resolveType: typeNameOf } : {}),
      };
    }
  }
  if (subgraph === 'staff') resolvers['Thing'] = { __resolveType: typeNameOf };
  return resolvers;
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
