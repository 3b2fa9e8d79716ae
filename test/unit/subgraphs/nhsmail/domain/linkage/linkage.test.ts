import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { blockKeys } from '../../../../../../subgraphs/nhsmail/domain/linkage/block-keys.ts';
import { compileLinkage } from '../../../../../../subgraphs/nhsmail/domain/linkage/compile-linkage.ts';
import {
  compileRules,
  readRecord,
} from '../../../../../../subgraphs/nhsmail/domain/linkage/compile-rules.ts';
import { decidePairs } from '../../../../../../subgraphs/nhsmail/domain/linkage/decide-pairs.ts';
import { estimateModel } from '../../../../../../subgraphs/nhsmail/domain/linkage/estimate-model.ts';
import {
  findPairs,
  namedPairs,
} from '../../../../../../subgraphs/nhsmail/domain/linkage/find-pairs.ts';
import {
  addRecord,
  createTable,
} from '../../../../../../subgraphs/nhsmail/domain/linkage/linkage-table.ts';
import {
  type LinkageModel,
  linkageModelSchema,
} from '../../../../../../subgraphs/nhsmail/domain/linkage/model.ts';
import type { LinkageRecord } from '../../../../../../subgraphs/nhsmail/domain/linkage/record.ts';
import {
  type RuleSet,
  ruleSetSchema,
} from '../../../../../../subgraphs/nhsmail/domain/linkage/rule-set.ts';
import { rulesForColumns } from '../../../../../../subgraphs/nhsmail/domain/linkage/rules-for-columns.ts';
import { scorePair } from '../../../../../../subgraphs/nhsmail/domain/linkage/score-pair.ts';
import { COLUMNS, noisyPeople } from './noisy-people.ts';

const PEOPLE = 150;
/** In place of digits. */
const LETTERS = 'bcdfghjklm';
const { left, right } = noisyPeople({ people: PEOPLE, alone: 30 });
const ruleSet = rulesForColumns(COLUMNS).ruleSet as RuleSet;
const model = learn(left, right);

function learn(
  lefts: readonly LinkageRecord[],
  rights: readonly LinkageRecord[],
  rules: RuleSet = ruleSet,
): LinkageModel {
  const compiled = compileRules(rules);
  return estimateModel(compiled, {
    left: tableOf(compiled, lefts),
    right: tableOf(compiled, rights),
  });
}

function tableOf(compiled: ReturnType<typeof compileRules>, records: readonly LinkageRecord[]) {
  const table = createTable(compiled);
  for (const record of records) addRecord(table, record);
  return table;
}

function match(
  by: LinkageModel,
  lefts: readonly LinkageRecord[],
  rights: readonly LinkageRecord[],
  floor = by.ruleSet.thresholds.review - by.ruleSet.thresholds.margin,
) {
  const { thresholds } = by.ruleSet;
  const linkage = compileLinkage(by);
  const tables = [tableOf(linkage.rules, lefts), tableOf(linkage.rules, rights)] as const;
  const found = findPairs(linkage, ...tables, { floor });
  const pairs = [...namedPairs(found, ...tables)];
  return { pairs, ...decidePairs(pairs, thresholds) };
}

const linksOf = (lefts: readonly LinkageRecord[], rights: readonly LinkageRecord[]) =>
  match(model, lefts, rights).links.map((pair) => `${pair.left} ${pair.right}`);

describe('a model learnt without being told who is who', () => {
  it('links the people of two lists full of faults, and nobody else', () => {
    const { links } = match(model, left, right);
    const true_ = links.filter((pair) => pair.left.slice(1) === pair.right.slice(1)).length;
    const f1 = (2 * true_) / (links.length + PEOPLE);
    expect(f1).toBeGreaterThanOrEqual(0.98);
    expect(links.length - true_).toBe(0);
  });

  it('is the same for the same records and seed, and survives being stored', () => {
    expect(learn(left, right)).toEqual(model);
    const stored = linkageModelSchema.parse(JSON.parse(JSON.stringify(model)));
    expect(match(stored, left, right).links).toEqual(match(model, left, right).links);
  });

  it('knows about how many people are in both lists', () => {
    const expected = 2 ** model.priorBits * left.length * right.length;
    expect(expected).toBeGreaterThan(PEOPLE * 0.9);
    expect(expected).toBeLessThan(PEOPLE * 1.1);
  });
});

describe('links by one model', () => {
  const links = linksOf(left, right);

  it('do not depend on the order of the records', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...left], { minLength: left.length }),
        fc.shuffledSubarray([...right], { minLength: right.length }),
        (lefts, rights) => {
          expect(linksOf(lefts, rights)).toEqual(links);
        },
      ),
      { numRuns: 2 },
    );
  });

  it('do not change when records come that have nothing to do with them', () => {
    const strangers = (side: string): LinkageRecord[] =>
      Array.from({ length: 30 }, (_, at) => ({
        id: `${side}-stranger-${String(at)}`,
        values: { given_name: `qq${side}${String(at)}`, surname: `zz${side}${String(at)}` },
      }));
    expect(linksOf([...strangers('x'), ...left], [...right, ...strangers('y')])).toEqual(links);
  });

  it('are the same from either side', () => {
    const swapped = match(model, right, left).links.map((pair) => `${pair.right} ${pair.left}`);
    expect(swapped.toSorted()).toEqual([...links].toSorted());
  });

  it('score one record as in a whole run, to the last digit, and find it by its keys', () => {
    const linkage = compileLinkage(model);
    const byId = new Map([...left, ...right].map((record) => [record.id, record]));
    const { pairs } = match(model, left, right);
    expect(pairs.length).toBeGreaterThan(PEOPLE * 0.9);
    for (const pair of pairs) {
      const [a, b] = [pair.left, pair.right].map((id) =>
        readRecord(linkage.rules, byId.get(id) as LinkageRecord),
      );
      if (a === undefined || b === undefined) throw new Error('no such record');
      expect(scorePair(linkage, a, b).bits).toBe(pair.bits);
      expect(scorePair(linkage, b, a)).toEqual(scorePair(linkage, a, b));
      const keys = new Set(blockKeys(linkage, a));
      expect(blockKeys(linkage, b).some((key) => keys.has(key))).toBe(true);
    }
  });

  it('leave out no pair with a key in common that scores enough', () => {
    const linkage = compileLinkage(model);
    // So many different values that what two of them say is bounded before it is told.
    const strangers = Array.from({ length: 1_100 }, (_, at) => {
      const word = String(at + 1_000_000).replaceAll(
        /\d/g,
        (digit) => LETTERS[Number(digit)] ?? '',
      );
      return {
        id: `stranger ${word}`,
        values: Object.fromEntries(COLUMNS.map((column) => [column, word])),
      };
    });
    const some = left.slice(0, 30);
    const scored = some.flatMap((one) =>
      right.flatMap((other) => {
        const [a, b] = [readRecord(linkage.rules, one), readRecord(linkage.rules, other)];
        const keys = new Set(blockKeys(linkage, a));
        return blockKeys(linkage, b).some((key) => keys.has(key))
          ? [{ left: one.id, right: other.id, bits: scorePair(linkage, a, b).bits }]
          : [];
      }),
    );
    // In the midst of those of two people, where scores lie close together.
    const sorted = scored.map(({ bits }) => bits).toSorted((a, b) => a - b);
    const floor = sorted[Math.floor(sorted.length / 3)] as number;
    const found = match(model, some, [...right, ...strangers], floor).pairs;
    const inOrder = (pairs: readonly { readonly left: string; readonly right: string }[]) =>
      pairs.toSorted((a, b) => (`${a.left} ${a.right}` < `${b.left} ${b.right}` ? -1 : 1));
    expect(inOrder(found.filter((pair) => !pair.right.startsWith('stranger')))).toEqual(
      inOrder(scored.filter(({ bits }) => bits >= floor)),
    );
  });
});

describe('what a pair scores', () => {
  const rules = ruleSetSchema.parse({
    name: 'staff',
    version: 1,
    fields: [
      { field: 'family', comparator: 'name', values: ['family'], alternatives: ['former'] },
      { field: 'given', comparator: 'given-name', values: ['given'] },
    ],
    blocks: [['family:sound', 'given:initial']],
  });
  const weights = { m: 0.1, u: 0.01 };
  const by: LinkageModel = {
    ruleSet: rules,
    priorBits: -10,
    fields: {
      family: {
        levels: { EXACT: { m: 0.9, u: 0.01 }, ALTERNATIVE: weights, DIFFERENT: { m: 0.1, u: 0.9 } },
        frequencies: { smith: 0.01 },
        rarest: 0.0001,
      },
      given: { levels: { EXACT: { m: 0.9, u: 0.01 }, NICKNAME: weights }, rarest: 0.01 },
    },
    refined: [],
    estimated: {
      by: 'CERTAIN_PAIRS',
      left: 0,
      right: 0,
      pairs: 0,
      seed: 1,
      leftOutBlocks: 0,
      leftOutPairs: 0,
    },
  };
  const linkage = compileLinkage(by);
  const score = (a: LinkageRecord['values'], b: LinkageRecord['values']) =>
    scorePair(
      linkage,
      readRecord(linkage.rules, { id: 'a', values: a }),
      readRecord(linkage.rules, { id: 'b', values: b }),
    );

  it('is more for a rare name than for a common one', () => {
    const rare = score({ family: 'Oyelaran' }, { family: 'OYELARAN' });
    const common = score({ family: 'Smith' }, { family: 'smith' });
    expect(rare.evidence[0]).toEqual({ field: 'family', level: 'EXACT', bits: Math.log2(9000) });
    expect(common.evidence[0]?.bits).toBeCloseTo(Math.log2(90));
  });

  it('counts a former name as such, and what is missing as nothing', () => {
    const married = score({ family: 'Lowe', former: ['Oyelaran'] }, { family: 'Oyelaran' });
    expect(married).toEqual({
      bits: -10 + Math.log2(0.1 / 0.0001),
      evidence: [
        { field: 'family', level: 'ALTERNATIVE', bits: Math.log2(0.1 / 0.0001) },
        { field: 'given', level: 'MISSING', bits: 0 },
      ],
    });
  });

  it('knows short forms of given names', () => {
    expect(score({ given: 'Liz' }, { given: 'Elizabeth' }).evidence[1]?.level).toBe('NICKNAME');
  });
});

describe('blocks that are too large', () => {
  const crowd = (side: string): LinkageRecord[] =>
    Array.from({ length: 60 }, (_, at) => ({
      id: `${side}${String(at)}`,
      values: { family: 'Smith', given: ['Ada', 'Ben', 'Cleo'][at % 3] ?? '', code: String(at) },
    }));
  const rules = (refine: readonly string[]) =>
    ruleSetSchema.parse({
      name: 'crowd',
      version: 1,
      fields: [
        { field: 'family', comparator: 'name', values: ['family'] },
        { field: 'given', comparator: 'given-name', values: ['given'] },
        { field: 'code', comparator: 'code', values: ['code'] },
      ],
      blocks: [['family:value']],
      blockPairs: 500,
      refine,
    });

  it('are parted by further keys', () => {
    const by = learn(crowd('l'), crowd('r'), rules(['given:value']));
    expect(by.refined).toHaveLength(1);
    expect(by.estimated).toMatchObject({ leftOutBlocks: 0, leftOutPairs: 0 });
    expect(match(by, crowd('l'), crowd('r')).pairs.length).toBeGreaterThanOrEqual(60);
  });

  it('are counted when nothing parts them', () => {
    const by = learn(crowd('l'), crowd('r'), rules([]));
    expect(by.estimated).toMatchObject({ leftOutBlocks: 1, leftOutPairs: 3600 });
    expect(match(by, crowd('l'), crowd('r')).pairs).toEqual([]);
  });
});

it.each([
  [{ blocks: [['nobody:value']] }, 'there is no field nobody'],
  [{ blocks: [['family:colour']] }, 'has the keys value'],
  [{ refine: ['family:colour'] }, 'has the keys value'],
])('a rule set that asks for what there is not is refused: %j', (change, message) => {
  const rules = ruleSetSchema.parse({
    name: 'wrong',
    version: 1,
    fields: [{ field: 'family', comparator: 'name', values: ['family'] }],
    blocks: [['family']],
    ...change,
  });
  expect(() => compileRules(rules)).toThrow(
    expect.objectContaining({
      code: 'rule_set_invalid',
      message: expect.stringContaining(message),
    }),
  );
});
