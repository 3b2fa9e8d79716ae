import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { buildSchema, Kind, parse } from 'graphql';

import { prepareOperation } from '../../../gateway/authorization/prepare-operation.ts';
import { readRequirements } from '../../../gateway/authorization/requirements.ts';
import { createRules } from '../../../gateway/authorization/rules.ts';

const sdl = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
const { sdl: stripped, ...required } = readRequirements(sdl);
const schema = buildSchema(stripped, { assumeValidSDL: true });
const rules = createRules(schema, required);
const officer = {
  kind: 'person' as const,
  odsCode: 'RZ1',
  scopes: new Set(['self:read', 'hr:read', 'passport:read', 'passport:revoke', 'passport:verify']),
};

function read(source: string) {
  const document = parse(source);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const { readsPeople, fields } = prepareOperation(
    { schema, rules, grants: officer, unapproved: new Map() },
    document,
    operation,
  );
  return { readsPeople, fields: fields.toSorted() };
}

describe('what an operation reads of other people', () => {
  it.each<[string, string, readonly string[]]>([
    ['a person', '{ staff(by: { id: "1" }) { name { family } } }', ['name.family']],
    ['only whether there is one', '{ staff(by: { id: "1" }) { __typename } }', ['__typename']],
    [
      'people behind the own record',
      '{ me { birthDate employments { employer { staff { edges { node { niNumberMasked } } } } } } }',
      ['niNumberMasked'],
    ],
    [
      'people behind the own record, beside others',
      `{ organisation(odsCode: "RZ1") { staff { edges { node { id } } } }
        me { employments { employer { staff { edges { node { ...F } } } } } } }
        fragment F on StaffMember { birthDate }`,
      ['birthDate', 'id'],
    ],
    [
      'people behind people',
      '{ staff(by: { id: "1" }) { id employments { employer { staff { edges { node { birthDate } } } } } } }',
      ['birthDate', 'id'],
    ],
    [
      'a credential beside a person',
      '{ credential(id: "1") { state } staff(by: { id: "1" }) { id } }',
      ['credential.state', 'id'],
    ],
    [
      'the credential that a change answers with',
      `mutation { credentialRevoke(input: { idempotencyKey: "1", credentialId: "1", reason: LOST_PHONE }) {
        credential { state } errors { code } } }`,
      ['credential.state'],
    ],
    [
      'what was shared, beside the person who shared it',
      `{ presentation(id: "1") { result { credentials { claims } holder { id } } } organisation(odsCode: "RZ1") { name } }`,
      ['id', 'presentation.result.credentials.claims'],
    ],
    [
      'what a signal says of a person',
      '{ signals { edges { cursor node { credentialState staff { id } } } pageInfo { endCursor } } }',
      ['id', 'signals.edges.node.credentialState'],
    ],
  ])('names %s', (_what, source, fields) => {
    expect(read(source).fields).toEqual(fields);
  });

  it('leaves nothing out, however many names it is hidden among', () => {
    const many = Array.from({ length: 32 }, (_, depth) => {
      const successors = 'successor { '.repeat(depth);
      const leaves = 'odsCode name type openedOn closedOn vpd status';
      return `e${String(depth)}: employments { employer { ${successors}${leaves}${' }'.repeat(depth)} } }`;
    });
    const { fields } = read(
      `{ staff(by: { id: "1" }) { ${many.join(' ')} niNumberMasked birthDate } }`,
    );
    expect(fields).toEqual(['birthDate', 'employments', 'niNumberMasked']);
  });

  it('is nothing when it is the own record alone', () => {
    expect(read('{ me { name { family } employments { employer { name } } } }').readsPeople).toBe(
      false,
    );
  });

  it('needs a purpose behind the own record too', () => {
    const { readsPeople } = read(
      '{ me { employments { employer { staff { edges { node { id } } } } } } }',
    );
    expect(readsPeople).toBe(true);
  });
});
