/** The graph as the gateway runs it, read from a composed supergraph. */
import { Supergraph } from '@apollo/federation-internals';
import { type GraphQLSchema, isInterfaceType, isObjectType, parse } from 'graphql';

import { entityFieldsOf } from './entity-fields.ts';
import { type EntityKeys, entityKeysOf } from './entity-keys.ts';
import { interfaceObjectsOf } from './object-conditions.ts';
import { CLIENT_PREFIX, type EntityFields } from './own-names.ts';
import { requiredTwice } from './required-arguments.ts';

/** A supergraph, ready for operations. */
export interface Graph {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** What there is. */
  readonly supergraph: GraphQLSchema;
  readonly entityFields: EntityFields;
  readonly entityKeys: EntityKeys;
  /** Interfaces that some subgraph knows as objects. */
  readonly interfaceObjects: ReadonlySet<string>;
}

/**
 * Reads a supergraph and checks it.
 *
 * @param sdl without the specifications that the planner's library does not know
 * @throws when the supergraph is not valid, uses names that the gateway keeps for itself, or asks for what cannot be planned
 */
export function readGraph(sdl: string): Graph {
  const supergraph = Supergraph.build(sdl);
  const schema = supergraph.apiSchema().toGraphQLJSSchema();
  for (const type of Object.values(schema.getTypeMap())) {
    const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
    const taken = Object.keys(fields).find((name) => name.startsWith(CLIENT_PREFIX));
    if (taken !== undefined) {
      throw new Error(`${type.name}.${taken} starts like the names that are clients' own`);
    }
  }
  const whole = supergraph.schema.toGraphQLJSSchema();
  const document = parse(sdl, { noLocation: true });
  const twice = requiredTwice(whole, document);
  if (twice !== undefined) throw new Error(`${twice} is required with different arguments`);
  return {
    schema,
    supergraph: whole,
    entityFields: entityFieldsOf(document),
    entityKeys: entityKeysOf(document),
    interfaceObjects: interfaceObjectsOf(document),
  };
}
