import { describe, expect, it } from '@jest/globals';
import { buildSchema, extendSchema, isInterfaceType, isObjectType, parse } from 'graphql';

import { readRequirements } from '../../../gateway/authorization/requirements.ts';
import { createRules } from '../../../gateway/authorization/rules.ts';

const schema = buildSchema(`
  type Query { node: Node plain: Plain }
  interface Node { id: ID name: String }
  type Plain implements Node { id: ID name: String level: Level inner: Inner derived: String }
  type Inner { kept: String }
  type Secret implements Node { id: ID name: String }
  enum Level { HIGH }
`);
/** With what clients do not see. */
const whole = extendSchema(schema, parse('extend type Plain { unseen: String }'));
const secret = { scopes: [['secret']], policies: [] };

const allows = (
  requirements: Record<string, (typeof secret)[]>,
  coordinate: string,
  scopes = '',
  workedOutFrom: Record<string, string[]> = {},
) => {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) throw new Error('no such type');
  const field = type.getFields()[fieldName];
  if (field === undefined) throw new Error('no such field');
  const rules = createRules(whole, {
    requirements: new Map(Object.entries(requirements)),
    workedOutFrom: new Map(Object.entries(workedOutFrom)),
  });
  return rules.allowsField(type, field, { kind: 'person', scopes: new Set(scopes.split(' ')) });
};

describe('a rule', () => {
  it.each([
    ['a field', { 'Plain.name': [secret] }, 'Plain.name'],
    ['the type that has the field', { Plain: [secret] }, 'Plain.name'],
    ['the type of its value', { Level: [secret] }, 'Plain.level'],
    ['a type behind an interface', { Secret: [secret] }, 'Node.name'],
    ['a field of a type behind an interface', { 'Secret.name': [secret] }, 'Node.name'],
    ['the interface of a type', { Node: [secret] }, 'Plain.name'],
    ['the field of a type’s interface', { 'Node.name': [secret] }, 'Plain.name'],
    ['the interface that a field returns', { Node: [secret] }, 'Query.node'],
  ])('on %s holds for the field', (_where, requirements, coordinate) => {
    expect(allows(requirements, coordinate)).toBe(false);
    expect(allows(requirements, coordinate, 'secret')).toBe(true);
  });

  it('does not hold for the fields beside it', () => {
    expect(allows({ 'Secret.name': [secret] }, 'Node.id')).toBe(true);
    expect(allows({ Secret: [secret] }, 'Plain.name')).toBe(true);
  });

  it('that is given twice has to hold twice', () => {
    const both = { 'Plain.name': [secret, { scopes: [['other']], policies: [] }] };
    expect(allows(both, 'Plain.name', 'secret')).toBe(false);
    expect(allows(both, 'Plain.name', 'secret other')).toBe(true);
  });
});

describe('what a field is worked out from', () => {
  const derived = { 'Plain.derived': ['name inner { kept }'] };

  it.each([
    ['a field', 'Plain.name'],
    ['a field in another object', 'Inner.kept'],
    ['the type of another object', 'Inner'],
  ])('needs no less than %s that it is worked out from', (_what, coordinate) => {
    const requirements = { [coordinate]: [secret] };
    expect(allows(requirements, 'Plain.derived', '', derived)).toBe(false);
    expect(allows(requirements, 'Plain.derived', 'secret', derived)).toBe(true);
    expect(allows(requirements, 'Plain.derived')).toBe(true);
  });

  it('needs no less than a field that clients do not see', () => {
    const unseen = { 'Plain.derived': ['__typename unseen'] };
    const requirements = { 'Plain.unseen': [secret] };
    expect(allows(requirements, 'Plain.derived', '', unseen)).toBe(false);
    expect(allows(requirements, 'Plain.derived', 'secret', unseen)).toBe(true);
  });

  it('is nobody’s when there is no such field', () => {
    expect(allows({}, 'Plain.derived', 'secret', { 'Plain.derived': ['gone'] })).toBe(false);
  });

  it('is read out of the supergraph', () => {
    const { workedOutFrom } = readRequirements(`
      schema @link(url: "https://specs.apollo.dev/link/v1.0") { query: Query }
      type Query {
        derived: String @join__field(graph: B, requires: "a b { c }")
        plain: String @join__field(graph: A)
      }
    `);
    expect([...workedOutFrom]).toEqual([['Query.derived', ['a b { c }']]]);
  });
});

describe('the supergraph', () => {
  const supergraph = (links: string, directive: string) => `
    schema @link(url: "https://specs.apollo.dev/link/v1.0") ${links} { query: Query }
    directive @${directive} on FIELD_DEFINITION | OBJECT
    directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
    scalar link__Import
    enum link__Purpose { SECURITY EXECUTION }
    type Query { open: String closed: String @${directive} }
  `;

  it.each([
    [
      'as it is',
      '@link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)',
      'authenticated',
    ],
    [
      'under another name',
      '@link(url: "https://specs.apollo.dev/authenticated/v0.1", as: "login", for: SECURITY)',
      'login',
    ],
    [
      'imported under another name',
      '@link(url: "https://specs.apollo.dev/authenticated/v0.1", import: [{name: "@authenticated", as: "@login"}], for: SECURITY)',
      'login',
    ],
  ])('gives up a rule that is linked %s', (_how, links, directive) => {
    const { sdl, requirements } = readRequirements(supergraph(links, directive));
    expect([...requirements]).toEqual([['Query.closed', [{ scopes: [], policies: [] }]]]);
    expect(sdl).not.toMatch(/authenticated|login|SECURITY\)/);
  });
});
