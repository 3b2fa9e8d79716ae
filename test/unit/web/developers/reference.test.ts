import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { USUAL_COSTS } from '../../../../gateway/cost/cost-limits.ts';
import { LIMITS } from '../../../../gateway/operation-limits.ts';
import { DEFAULT_AMOUNTS } from '../../../../gateway/rate-limits/settings.ts';
import { purposeOfUse } from '../../../../runtime/purpose.ts';
import {
  errorCodesIn,
  errorEnumsIn,
  findErrorCodes,
} from '../../../../web/reference/error-codes.ts';
import { readReference } from '../../../../web/reference/read-schema.ts';
import { deprecatedIn, type Rules } from '../../../../web/reference/reference.ts';
import { CODE_WORDS } from '../../../../web/words/codes.ts';
import { LIMIT_FIGURES, POLICY_WORDS, SCOPE_WORDS } from '../../../../web/words/developers/api.ts';
import { ERROR_ENUMS } from '../../../../web/words/developers/errors.ts';

const small = readReference(`
  type Query {
    "People."
    people("How many" first: Int! = 20): [Person!]! @listSize(slicingArguments: ["first"])
      @requiresScopes(scopes: [["a", "b"], ["c"]]) @policy(policies: [["own"]]) @cost(weight: 7)
      @join__field(graph: ESR)
  }
  enum join__Graph { ESR }
  "A person" type Person @join__type(graph: ESR) @join__type(graph: MAIL) @authenticated {
    id: ID! @deprecated(reason: "Use number")
    name(old: Int @deprecated): Name @join__field(graph: MAIL)
  }
  union Name = Person
`);
const whole = readReference(
  readFileSync(new URL('../../../../schema/supergraph.graphql', import.meta.url), 'utf8'),
);

describe('the reference for developers', () => {
  it('says of an operation what the schema says', () => {
    expect(small.operations).toMatchObject([
      {
        name: 'people',
        kind: 'query',
        description: 'People.',
        type: { text: '[Person!]!', name: 'Person', isOurs: true },
        inputs: [{ name: 'first', type: { text: 'Int!', isOurs: false }, usually: '20' }],
        scopes: [['a', 'b'], ['c']],
        policies: [['own']],
        cost: 7,
        pageArguments: ['first'],
        sources: ['ESR'],
      },
    ]);
  });

  it('leaves out what composition added, and tells where each field comes from', () => {
    expect(small.types.map(({ name }) => name)).toEqual(['Name', 'Person']);
    expect(small.types[0]).toMatchObject({ kind: 'union', members: ['Person'] });
    expect(small.types[1]).toMatchObject({
      signedIn: true,
      fields: [{ sources: ['ESR', 'MAIL'] }, { sources: ['MAIL'] }],
    });
  });

  it('finds what is on its way out, arguments too', () => {
    expect(deprecatedIn(small)).toEqual([
      { coordinate: 'Person.id', reason: 'Use number' },
      { coordinate: 'Person.name(old:)', reason: 'No longer supported' },
    ]);
  });

  it('has words for every scope, policy, purpose and list of codes that there is', () => {
    const rules: readonly Rules[] = [
      ...whole.operations,
      ...whole.types,
      ...whole.types.flatMap(({ fields }) => fields),
    ];
    const without = (
      known: object,
      pick: (one: Rules) => readonly (readonly string[])[],
    ): readonly string[] =>
      [...new Set(rules.flatMap((one) => pick(one).flat()))].filter(
        (name) => !Object.hasOwn(known, name),
      );
    expect(without(SCOPE_WORDS, ({ scopes }) => scopes)).toEqual([]);
    expect(without(POLICY_WORDS, ({ policies }) => policies)).toEqual([]);
    expect(
      purposeOfUse.options.filter((code) => !Object.hasOwn(CODE_WORDS.PurposeOfUse, code)),
    ).toEqual([]);
    expect(errorEnumsIn(whole).filter((name) => !Object.hasOwn(ERROR_ENUMS, name))).toEqual([]);
  });

  it('says what every code means and what to do, and finds it by either', () => {
    const codes = errorCodesIn(whole);
    expect(codes.filter(({ means, todo }) => means === '' || todo === '')).toEqual([]);
    expect(findErrorCodes(codes, 'purpose header').map(({ code }) => code)).toEqual([
      'PURPOSE_REQUIRED',
    ]);
    expect(findErrorCodes(codes, 'not found').map(({ code }) => code)).toContain('NOT_FOUND');
    expect(findErrorCodes(codes, 'zebra')).toEqual([]);
  });

  it('gives the limits that the gateway has', () => {
    const { person, machine, application } = DEFAULT_AMOUNTS;
    const { depth, aliases, rootFields, selections } = LIMITS;
    expect(LIMIT_FIGURES).toEqual({
      depth,
      aliases,
      rootFields,
      selections,
      personCost: USUAL_COSTS.person,
      systemCost: USUAL_COSTS.machine,
      personPerSecond: person.perSecond,
      personPerDay: person.perDay,
      systemPerSecond: machine.perSecond,
      systemPerDay: machine.perDay,
      applicationPerSecond: application.perSecond,
      applicationPerDay: application.perDay,
    });
  });
});
