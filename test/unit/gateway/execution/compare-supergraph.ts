/** Operations over the committed supergraph, for every kind of caller. */
import { readFileSync } from 'node:fs';

import {
  getArgumentValues,
  getVariableValues,
  isInputObjectType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { findStepUps, unapprovedFields } from '../../../../gateway/authorization/step-up.ts';
import { transactionHash } from '../../../../standards/transaction.ts';
import type { Asked, Compared } from './compare-drawn.ts';
import type { Draw } from './drawn-operation.ts';
import { inProcessGraph } from './in-process-graph.ts';
import { type AskedField, asksTooMuch, oneSchema } from './one-schema.ts';
import { resolversOf } from './resolvers-of.ts';
import { referred, type SupergraphCaller, supergraphWorld, valueOf } from './supergraph-world.ts';

const SUBGRAPHS = ['esr', 'nhsmail', 'passport'];

const read = (name: string): string =>
  readFileSync(new URL(`../../../../schema/${name}.graphql`, import.meta.url), 'utf8');

/** The graph, and the one schema that says what is right. */
export function supergraphComparison(): Compared<SupergraphCaller> {
  const changes: string[] = [];
  const changed = (change: string) => changes.push(change);
  const sdls = new Map(SUBGRAPHS.map((name) => [name, read(name)]));
  const sdl = read('supergraph');
  const graph = inProcessGraph(
    Object.fromEntries(
      [...sdls].map(([name, own]) => {
        const resolvers = resolversOf(own, {
          typeNameOf: ({ kind }) => kind,
          valueOf: (thing, field, given) => valueOf(thing, field.name, given, field.type),
          referred,
          changed,
        });
        return [name, { sdl: own, resolvers }];
      }),
    ),
    sdl,
  );
  const { rules, sent } = graph;
  const { schema } = graph.graph;
  const owners = new Map<string, string[]>();
  const oneOf = new Set<string>();
  for (const name of SUBGRAPHS) {
    for (const type of Object.values(graph.schemaOf(name).getTypeMap())) {
      if (isInputObjectType(type) && type.isOneOf) oneOf.add(type.name);
      if (!isObjectType(type)) continue;
      for (const field of Object.keys(type.getFields())) {
        const coordinate = `${type.name}.${field}`;
        owners.set(coordinate, [...(owners.get(coordinate) ?? []), name]);
      }
    }
  }
  const world = supergraphWorld(sdl, (coordinate) => owners.get(coordinate) ?? []);
  const expectedOf = oneSchema(schema, world);
  const scopes = scopesOf(sdl);

  const drawGrants = (draw: Draw): SupergraphCaller['grants'] => {
    if (draw(20) === 0) return undefined;
    const share = draw(101);
    const kind = draw(3) === 0 ? 'machine' : 'person';
    const held = new Set(scopes.filter(() => draw(100) < share));
    const organisation = draw(2) === 0 ? {} : { odsCode: 'RXX' };
    return { kind, scopes: held, subject: kind === 'person' ? '1' : 'system', ...organisation };
  };
  /** Some transaction that the operation needs an approval of. */
  const drawApproval = (
    draw: Draw,
    grants: SupergraphCaller['grants'],
    asked: Asked,
  ): string | undefined => {
    if (grants === undefined || draw(2) === 0) return undefined;
    const operation = operationOf(asked);
    const places = findStepUps({ schema, rules }, asked.document, operation);
    const { transactions } = unapprovedFields(places, coerce(asked), {
      caller: grants,
      approved: undefined,
    });
    const all = [...transactions.values()].flatMap((one) => one ?? []);
    const one = all[draw(Math.max(1, all.length))];
    return one && transactionHash(one);
  };
  const coerce = (asked: Asked): Record<string, unknown> => {
    const definitions = operationOf(asked).variableDefinitions ?? [];
    const { coerced, errors } = getVariableValues(schema, definitions, asked.variables);
    if (coerced === undefined) throw new Error(errors.map(String).join('\n'));
    return coerced;
  };

  return {
    schema,
    oneOf,
    sent,
    changes,
    drawCaller(draw, asked) {
      const grants = drawGrants(draw);
      const broken = draw(8) === 0 ? SUBGRAPHS[draw(SUBGRAPHS.length)] : undefined;
      return { grants, approved: drawApproval(draw, grants, asked), broken };
    },
    ask({ grants, approved, broken }, { document, variables }) {
      changes.length = 0;
      sent.length = 0;
      graph.broken.clear();
      if (broken !== undefined) graph.broken.add(broken);
      return graph.askAs({ grants, approved }, document, variables);
    },
    expect: (caller, { document, variables }) => expectedOf(document, variables, caller),
    isRefused(caller, asked) {
      const variables = coerce(asked);
      return asksTooMuch(schema, asked.document, (field, node) => {
        const owner = schema.getMutationType();
        if (!owner) return true;
        const given = getArgumentValues(field, node, variables);
        const source = { kind: owner.name, id: '' };
        const selected: AskedField = { owner, parents: [owner], name: field.name, given, source };
        return world.refusal(selected, caller) !== undefined;
      });
    },
    /** Nothing about a refused field reaches a subgraph, whatever the row would say. */
    sentFault(caller) {
      for (const { to, query } of sent) {
        const types = new TypeInfo(graph.schemaOf(to));
        let fault: string | undefined;
        visit(
          parse(query, { noLocation: true }),
          visitWithTypeInfo(types, {
            Field({ name: { value: name } }) {
              const parent = types.getParentType();
              if (!parent || name.startsWith('_')) return;
              const owner = schema.getType(parent.name);
              if (!owner) throw new Error(`a type that clients do not see: ${parent.name}`);
              const source = { kind: owner.name, id: '', whose: 'own' };
              const code = world.refusal(
                { owner, parents: [owner], name, given: {}, source },
                caller,
              );
              if (code !== undefined) fault = `${to} is asked for ${owner.name}.${name}`;
            },
          }),
        );
        if (fault !== undefined) return fault;
      }
      return undefined;
    },
  };
}

const operationOf = ({ document }: Asked) => {
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return operation;
};

/** Every scope that the supergraph asks for. */
function scopesOf(sdl: string): readonly string[] {
  const scopes = new Set<string>();
  visit(parse(sdl, { noLocation: true }), {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== 'requiresScopes') return;
      visit(
        { kind: Kind.LIST, values: given.map(({ value }) => value) },
        {
          StringValue({ value }) {
            scopes.add(value);
          },
        },
      );
    },
  });
  return [...scopes].sort();
}
