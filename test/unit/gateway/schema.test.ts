import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { buildSchema, getNamedType, isObjectType, Kind, parse } from 'graphql';

import { readCostRules } from '../../../gateway/cost/cost-rules.ts';
import { longestPage } from '../../../gateway/cost/page-limits.ts';
import { readRequirements } from '../../../gateway/authorization/requirements.ts';
import { createRules } from '../../../gateway/authorization/rules.ts';
import { entityFieldsOf } from '../../../gateway/execution/entity-fields.ts';
import { STREAMED } from '../../../gateway/stream/streamed-query.ts';
import { POLICY_NAMES } from '../../../runtime/policies.ts';

const sdl = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
const { sdl: stripped, ...required } = readRequirements(sdl);
const { requirements } = required;
const schema = buildSchema(stripped, { assumeValidSDL: true });
const rules = createRules(schema, required);
const objectTypes = Object.values(schema.getTypeMap()).filter(
  (type) => isObjectType(type) && !type.name.startsWith('__'),
);
const fields = objectTypes.flatMap((type) =>
  isObjectType(type) ? Object.values(type.getFields()).map((field) => ({ type, field })) : [],
);

/** Fields of a root type about which nothing is said. */
function openRoots(supergraph: string, root: string): readonly string[] {
  const read = readRequirements(supergraph);
  const type = buildSchema(read.sdl, { assumeValidSDL: true }).getType(root);
  const names = isObjectType(type) ? Object.keys(type.getFields()) : [];
  return names.filter((name) => !read.requirements.has(`${root}.${name}`));
}

describe('the committed graph', () => {
  it.each(['Query', 'Mutation'])('says for every field of %s who may use it', (root) => {
    const rootFields = fields.filter(({ type }) => type.name === root);
    expect(rootFields.length).toBeGreaterThan(2);
    expect(openRoots(sdl, root)).toEqual([]);
  });

  it('is not let through with a field on the root that says nothing', () => {
    const planted = sdl.replace(
      /^(type Query[^{]*\{)/m,
      '$1\n  planted: String @join__field(graph: ESR)\n',
    );
    expect(openRoots(planted, 'Query')).toEqual(['planted']);
  });

  it('says who may see people, accounts and credentials', () => {
    const said = ['StaffMember', 'DirectoryAccount', 'Passport', 'Credential', 'AccessLogEntry'];
    expect(said.filter((type) => !requirements.has(type))).toEqual([]);
  });

  it('gives nothing of any entity to whoever has not signed in; who else may read a field, the table of test/attacks says for each', () => {
    const entities = parse(sdl).definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION &&
      definition.directives?.some(
        (directive) =>
          directive.name.value === 'join__type' &&
          directive.arguments?.some((argument) => argument.name.value === 'key'),
      )
        ? [definition.name.value]
        : [],
    );
    expect(entities).toEqual(expect.arrayContaining(['StaffMember', 'Organisation', 'Credential']));
    const open = fields.filter(({ type, field }) => rules.allowsField(type, field, undefined));
    expect(open.map(({ type, field }) => `${type.name}.${field.name}`)).toEqual([]);
  });

  it('asks for policies that exist', () => {
    const named = [...requirements.values()].flat().flatMap(({ policies }) => policies.flat());
    expect([...new Set(named)].sort()).toEqual([...POLICY_NAMES].sort());
  });

  it('names only scopes that exist', () => {
    const scopes = new Set([...requirements.values()].flat().flatMap((rule) => rule.scopes.flat()));
    expect([...scopes].sort()).toEqual([
      'access:review',
      'account:resolve',
      'agreement:manage',
      'credential:issue',
      'event:read',
      'hr:read',
      'import:manage',
      'issuer:manage',
      'match:manage',
      'match:review',
      'passport:offer',
      'passport:read',
      'passport:revoke',
      'passport:verify',
      'policy:manage',
      'record:export',
      'record:read',
      'self:read',
      'self:share',
      'signal:manage',
    ]);
  });

  it('leads from one subgraph to another by few fields', () => {
    expect([...entityFieldsOf(parse(sdl)).names].sort()).toEqual(['id', 'odsCode']);
  });

  it('says of every page how long it may be, and counts with it', () => {
    const paged = fields.filter(({ field }) => field.args.some(({ name }) => name === 'first'));
    expect(paged.length).toBeGreaterThan(15);
    const { listSizes } = readCostRules(sdl);
    const said = paged.map(({ type, field }) => {
      const coordinate = `${type.name}.${field.name}`;
      const words = field.args.find(({ name }) => name === 'first')?.description ?? '';
      return {
        coordinate,
        longest: Math.max(
          ...[...words.matchAll(/\d[\d,]*/g)].map(([n]) => Number(n.replace(',', ''))),
        ),
        sliced: listSizes.get(coordinate)?.slicingArguments,
      };
    });
    expect(said).toEqual(
      said.map(({ coordinate }) => ({
        coordinate,
        longest: longestPage(coordinate),
        sliced: ['first'],
      })),
    );
  });

  it('has a page for every connection', () => {
    const connections = fields.filter(({ field }) =>
      getNamedType(field.type).name.endsWith('Connection'),
    );
    expect(
      connections.filter(({ field }) => !field.args.some(({ name }) => name === 'first')),
    ).toEqual([]);
  });
});

describe('what is streamed', () => {
  it('has the arguments, the type and the rules of the query that answers it', () => {
    const signature = (root: string, name: string) => {
      const type = schema.getType(root);
      const field = isObjectType(type) ? type.getFields()[name] : undefined;
      return {
        type: String(field?.type),
        args: field?.args.map((argument) => `${argument.name}: ${String(argument.type)}`),
        rules: requirements.get(`${root}.${name}`),
      };
    };
    const streamed = Object.entries(STREAMED);
    expect(Object.keys(schema.getSubscriptionType()?.getFields() ?? {}).sort()).toEqual(
      streamed.map(([name]) => name).sort(),
    );
    for (const [name, { query }] of streamed) {
      expect(signature('Subscription', name)).toEqual(signature('Query', query));
    }
  });
});
