/**
 * The committed supergraph as one schema: values worked out from where they are, and who may see them, read anew from what the
 * supergraph says (`docs/authorization.md`), without the gateway's own rules.
 */
import {
  type ConstDirectiveNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  isEnumType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';

import type { Grants } from '../../../../gateway/authorization/rules.ts';
import { judgePolicies, type PolicyRow } from '../../../../runtime/policies.ts';
import { transactionHash, transactionOf } from '../../../../standards/transaction.ts';
import type { AskedField, World } from './one-schema.ts';
import { canonical, type Given, makeValue, numberOf, pick, type Thing } from './things.ts';

/** Who asks, and of whom. */
export interface SupergraphCaller {
  readonly grants: Grants;
  /** Hash of the transaction that was approved. */
  readonly approved: string | undefined;
  /** A subgraph that does not answer. */
  readonly broken: string | undefined;
}

/** A thing and how it was reached. */
interface Reached extends Thing {
  /** Fields on the way, with their arguments. */
  readonly way?: readonly (readonly [string, Given])[];
  /** Whose record it is, as far as the operation says: nothing, for whoever it may be. */
  readonly whose?: 'own' | PolicyRow;
}

/** Entities, and the fields that they are known by. */
const KEYS: Readonly<Record<string, string>> = {
  StaffMember: 'id',
  Assignment: 'id',
  Credential: 'id',
  DirectoryAccount: 'id',
  Organisation: 'odsCode',
};
const IDS = ['1', '2', '5', '7', '9'];
const ROOTS = new Set(['Query', 'Mutation']);

const MAKE = {
  oneFailsIn: 40,
  named(seed: string, type: GraphQLNamedType): unknown {
    const drawn = numberOf(seed);
    if (isEnumType(type)) return pick(type.getValues(), seed).name;
    if ('getFields' in type) {
      return { kind: type.name, id: KEYS[type.name] === undefined ? seed : pick(IDS, seed) };
    }
    switch (type.name) {
      case 'Int':
        return drawn % 1_000;
      case 'Float':
        return (drawn % 1_000) / 8;
      case 'Boolean':
        return drawn % 2 === 0;
      case 'JSON':
        return pick([{ __typename: 'x', id: seed }, [1, [null]], 'text', 5, false], seed);
      default:
        return `s${drawn.toString(36)}`;
    }
  },
};

/** The value of a field, in a subgraph and in the one schema. An error where it fails. */
export function valueOf(
  thing: Thing,
  name: string,
  given: Given,
  type: GraphQLOutputType,
): unknown {
  if (KEYS[thing.kind] === name) return thing.id;
  return makeValue(MAKE, `${thing.kind}:${thing.id}.${name}(${canonical(given)})`, type, false);
}

/** The entity that a representation is of. */
export const referred = (told: Readonly<Record<string, unknown>>): Thing => {
  const kind = String(told['__typename']);
  return { kind, id: String(told[String(KEYS[kind])]) };
};

/** What a type or a field asks for. */
interface Asks {
  readonly scopes: readonly (readonly string[])[];
  readonly policies: readonly (readonly string[])[];
}

/**
 * What there is.
 *
 * @param sdl of the supergraph
 * @param ownersOf the subgraphs that have a field (`Type.field`)
 */
export function supergraphWorld(
  sdl: string,
  ownersOf: (coordinate: string) => readonly string[],
): World<SupergraphCaller> {
  const asks = asksOf(sdl);

  const refusal = (
    { owner, name, given, source }: AskedField,
    { grants, approved }: Pick<SupergraphCaller, 'grants' | 'approved'>,
  ): string | undefined => {
    if (grants === undefined) return 'UNAUTHENTICATED';
    const { way = [], whose } = source as Reached;
    const field = 'getFields' in owner ? owner.getFields()[name] : undefined;
    const coordinate = `${owner.name}.${name}`;
    const said = [
      owner.name,
      coordinate,
      field && getNamedType(field.type as GraphQLOutputType).name,
    ].flatMap((place) => (place === undefined ? [] : (asks.get(place) ?? [])));
    const row = whose === undefined || whose === 'own' ? {} : whose;
    const isRefused = (stepUp: 'granted' | 'refused'): boolean =>
      said.some(
        ({ scopes, policies }) =>
          (scopes.length > 0 &&
            !scopes.some((all) => all.every((one) => grants.scopes.has(one)))) ||
          (policies.length > 0 &&
            judgePolicies(policies, { caller: grants, row, stepUp }) === 'refused'),
      );
    if (isRefused('granted')) return 'FORBIDDEN';
    if (whose === 'own' || grants.kind !== 'person' || !isRefused('refused')) return undefined;
    const steps = [...way, [name, given] as const];
    const named = steps
      .map(
        ([, values], at) =>
          [
            steps
              .slice(0, at + 1)
              .map(([step]) => step)
              .join('.'),
            values,
          ] as const,
      )
      .filter(([, values]) => Object.keys(values).length > 0);
    const hash = transactionHash(transactionOf(coordinate, Object.fromEntries(named)));
    return hash === approved ? undefined : 'INSUFFICIENT_USER_AUTHENTICATION';
  };

  return {
    typeNameOf: ({ kind }) => kind,
    valueOf: (thing, { name, type }, given) => valueOf(thing, name, given, type),
    refusal,
    failure({ owner, name }, { broken }) {
      const owners = ownersOf(`${owner.name}.${name}`);
      const isAsked = ROOTS.has(owner.name) || KEYS[owner.name] !== undefined;
      const isLost = broken !== undefined && owners.length === 1 && owners[0] === broken;
      return isAsked && isLost ? 'SERVICE_UNAVAILABLE' : undefined;
    },
    reached(thing, { owner, name, given, source }): Reached {
      const { way = [], whose } = source as Reached;
      const here = { ...thing, way: [...way, [name, given] as const] };
      const person = ROOTS.has(owner.name) ? whoseRecord(name, given) : undefined;
      const whoever = thing.kind === 'StaffMember' ? person : whose;
      return whoever === undefined ? here : { ...here, whose: whoever };
    },
  };
}

/** Whose record a field at the root gives. */
function whoseRecord(name: string, given: Given): Reached['whose'] {
  if (name === 'me') return 'own';
  if (name !== 'staff') return undefined;
  const { id } = given['by'] as { readonly id?: unknown };
  return typeof id === 'string' ? { staffIds: [id] } : {};
}

/** What the supergraph says, by `Type` and `Type.field`. */
function asksOf(sdl: string): ReadonlyMap<string, readonly Asks[]> {
  const asks = new Map<string, readonly Asks[]>();
  const read = (directives: readonly ConstDirectiveNode[] = []): readonly Asks[] =>
    directives.flatMap(({ name, arguments: given = [] }): readonly Asks[] => {
      const [value] = given;
      const lists = value && (valueFromASTUntyped(value.value) as Asks['scopes']);
      if (lists === undefined) return [];
      if (name.value === 'requiresScopes') return [{ scopes: lists, policies: [] }];
      return name.value === 'policy' ? [{ scopes: [], policies: lists }] : [];
    });
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if (!('name' in definition) || !('directives' in definition)) continue;
    const type = definition.name.value;
    asks.set(type, read(definition.directives as readonly ConstDirectiveNode[]));
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { name, directives } of definition.fields ?? []) {
      asks.set(`${type}.${name.value}`, read(directives));
    }
  }
  return asks;
}
