import { createWriteStream, existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';

import { z } from 'zod';

import {
  compileLinkage,
  type Linkage,
} from '../../subgraphs/nhsmail/domain/linkage/compile-linkage.ts';
import {
  type CompiledRules,
  compileRules,
  readRecord,
  RuleSetError,
} from '../../subgraphs/nhsmail/domain/linkage/compile-rules.ts';
import { decidePairs, type OpenPair } from '../../subgraphs/nhsmail/domain/linkage/decide-pairs.ts';
import { estimateModel } from '../../subgraphs/nhsmail/domain/linkage/estimate-model.ts';
import type { ScoredPair } from '../../subgraphs/nhsmail/domain/linkage/evidence.ts';
import { findPairs, namedPairs } from '../../subgraphs/nhsmail/domain/linkage/find-pairs.ts';
import {
  addRecord,
  createTable,
  type LinkageTable,
} from '../../subgraphs/nhsmail/domain/linkage/linkage-table.ts';
import {
  type LinkageModel,
  linkageModelSchema,
} from '../../subgraphs/nhsmail/domain/linkage/model.ts';
import type { LinkageRecord } from '../../subgraphs/nhsmail/domain/linkage/record.ts';
import { type RuleSet, ruleSetSchema } from '../../subgraphs/nhsmail/domain/linkage/rule-set.ts';
import { rulesForColumns } from '../../subgraphs/nhsmail/domain/linkage/rules-for-columns.ts';
import { scorePair } from '../../subgraphs/nhsmail/domain/linkage/score-pair.ts';
import { type Command, type CommandIo, readArguments, text, UsageError } from '../command.ts';
import { csvRow, readRecordList, type RecordListHeader } from '../record-list.ts';

/** Most candidates of one record that are shown for review. */
const MOST_CANDIDATES = 5;

/** Links the records of any two lists. */
export const matchRecords: Command = {
  usage:
    'match records --left A.csv [--right B.csv] [--rules R.json] --out LINKS.csv [--review REVIEW.csv] [--model M.json] [--id COLUMN] [--link BITS] [--margin BITS]',
  summary:
    'Says which records of two lists, or of one list, are of one person. Learns how from the lists, or goes by the model in M.json; without such a file it is written.',
  run: async (args, io) => {
    const { values } = readArguments(
      args,
      {
        left: { type: 'string' },
        right: { type: 'string' },
        rules: { type: 'string' },
        out: { type: 'string' },
        review: { type: 'string' },
        model: { type: 'string' },
        id: { type: 'string' },
        link: { type: 'string' },
        margin: { type: 'string' },
      },
      ['left', 'out'],
    );
    const out = text(values.out, 'out');
    const paths = [values.left, values.right].flatMap((path) => path ?? []);
    const known = await readModel(values.model);
    if (known !== undefined && values.rules !== undefined) {
      throw new UsageError('--rules: the model has rules of its own; leave one of them out');
    }
    const given = known?.ruleSet ?? (await readRules(values.rules));
    const lists = await readLists(paths, { id: values.id, ruleSet: given, io });
    const [left, other] = lists.tables;
    if (left === undefined) throw new UsageError('missing --left');
    const right = other ?? left;
    const model = known ?? estimateModel(lists.rules, { left, right });
    if (known === undefined && values.model !== undefined) {
      await writeFile(values.model, `${JSON.stringify(model, null, 1)}\n`);
    }
    const linkage = compileLinkage(model, lists.rules);
    const thresholds = {
      ...model.ruleSet.thresholds,
      ...bits('link', values.link),
      ...bits('margin', values.margin),
    };
    const itself = left === right;
    const found = findPairs(linkage, left, right, {
      floor: Math.min(thresholds.review, thresholds.link - thresholds.margin),
      ...(itself ? { itself: 'once' } : {}),
    });
    const pairs = [...namedPairs(found, left, right)];
    const { links, open } = itself ? duplicates(pairs, thresholds) : decidePairs(pairs, thresholds);
    const records = await readAgain(paths, { id: values.id, links, open, rules: lists.rules });
    await writePairs(out, links, { linkage, records });
    const shown = open.flatMap(({ candidates }) => candidates.slice(0, MOST_CANDIDATES));
    if (values.review !== undefined) await writePairs(values.review, shown, { linkage, records });
    io.out(
      `${JSON.stringify({
        left: left.ids.length,
        ...(itself ? {} : { right: right.ids.length }),
        compared: found.compared,
        links: links.length,
        review: open.length,
        priorBits: round(model.priorBits),
        blocksLeftOut: model.estimated.leftOutBlocks,
        pairsLeftOut: model.estimated.leftOutPairs,
      })}\n`,
    );
    return 0;
  },
};

function bits(name: string, value: string | undefined): Record<string, number> {
  if (value === undefined) return {};
  if (!/^-?\d{1,3}(?:\.\d{1,3})?$/.test(value)) throw new UsageError(`--${name} takes bits: 10`);
  return { [name]: Number(value) };
}

/** In one list a record may have several others of the same person. */
function duplicates(
  pairs: readonly ScoredPair[],
  { link, review }: RuleSet['thresholds'],
): { readonly links: readonly ScoredPair[]; readonly open: readonly OpenPair[] } {
  return {
    links: pairs.filter((pair) => pair.bits >= link),
    open: pairs
      .filter((pair) => pair.bits >= review && pair.bits < link)
      .map((pair) => ({ left: pair.left, candidates: [pair] })),
  };
}

async function readModel(path: string | undefined): Promise<LinkageModel | undefined> {
  if (path === undefined || !existsSync(path)) return undefined;
  return readJson(path, linkageModelSchema);
}

const readRules = async (path: string | undefined): Promise<RuleSet | undefined> =>
  path === undefined ? undefined : readJson(path, ruleSetSchema);

async function readJson<Value>(path: string, schema: z.ZodType<Value>): Promise<Value> {
  let written: unknown;
  try {
    written = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${path}: ${cause instanceof Error ? cause.message : 'unreadable'}`, {
      cause,
    });
  }
  const read = schema.safeParse(written);
  if (!read.success) throw new UsageError(`${path}:\n${z.prettifyError(read.error)}`);
  return read.data;
}

/** Reads the lists into tables. Without rules they follow from the columns of the first. */
async function readLists(
  paths: readonly string[],
  {
    id,
    ruleSet,
    io,
  }: {
    readonly id: string | undefined;
    readonly ruleSet: RuleSet | undefined;
    readonly io: CommandIo;
  },
): Promise<{ readonly rules: CompiledRules; readonly tables: readonly LinkageTable[] }> {
  let rules = ruleSet === undefined ? undefined : compile(ruleSet);
  const tables: LinkageTable[] = [];
  for (const path of paths) {
    let table: LinkageTable | undefined;
    const begin = ({ columns }: RecordListHeader): void => {
      rules ??= compile(rulesOf(path, columns, io));
      checkNames(path, columns, rules);
      table = createTable(rules);
      tables.push(table);
    };
    for await (const record of readRecordList(path, { id, begin })) {
      if (table !== undefined) addRecord(table, record);
    }
  }
  if (rules === undefined) throw new UsageError('the lists are empty');
  return { rules, tables };
}

function compile(ruleSet: RuleSet): CompiledRules {
  try {
    return compileRules(ruleSet);
  } catch (cause) {
    if (cause instanceof RuleSetError) throw new UsageError(`--rules: ${cause.message}`, { cause });
    throw cause;
  }
}

function rulesOf(path: string, columns: readonly string[], io: CommandIo): RuleSet {
  const { ruleSet, ignored } = rulesForColumns(columns);
  if (ruleSet === undefined) {
    throw new UsageError(
      `${path}: none of the columns ${columns.join(', ')} is known by its name; say what they are with --rules`,
    );
  }
  if (ignored.length > 0) io.err(`Not compared: ${ignored.join(', ')}\n`);
  return ruleSet;
}

/** A field that neither list has is most likely a name that is written wrongly. */
function checkNames(path: string, columns: readonly string[], { ruleSet }: CompiledRules): void {
  if (!ruleSet.fields.some(({ values }) => values.some((name) => columns.includes(name)))) {
    throw new UsageError(
      `${path}: the rules name none of its columns, which are ${columns.join(', ')}`,
    );
  }
}

/** Reads the records again of which the evidence is written. */
async function readAgain(
  paths: readonly string[],
  {
    id,
    links,
    open,
    rules,
  }: {
    readonly id: string | undefined;
    readonly links: readonly ScoredPair[];
    readonly open: readonly OpenPair[];
    readonly rules: CompiledRules;
  },
): Promise<ReadonlyMap<string, LinkageRecord['values']>> {
  const names = [
    ...new Set(
      rules.ruleSet.fields.flatMap(({ values, alternatives = [] }) => [...values, ...alternatives]),
    ),
  ];
  const wanted = new Set<string>();
  const right = paths.length - 1;
  for (const pair of [...links, ...open.flatMap(({ candidates }) => candidates)]) {
    wanted.add(`0 ${pair.left}`);
    wanted.add(`${String(right)} ${pair.right}`);
  }
  const records = new Map<string, LinkageRecord['values']>();
  for (const [place, path] of paths.entries()) {
    for await (const record of readRecordList(path, { id, begin: () => undefined })) {
      const key = `${String(place)} ${record.id}`;
      if (!wanted.has(key)) continue;
      records.set(key, Object.fromEntries(names.map((name) => [name, record.values[name]])));
    }
  }
  return records;
}

async function writePairs(
  path: string,
  pairs: readonly ScoredPair[],
  {
    linkage,
    records,
  }: {
    readonly linkage: Linkage;
    readonly records: ReadonlyMap<string, LinkageRecord['values']>;
  },
): Promise<void> {
  const file = createWriteStream(path);
  file.write(csvRow(['left', 'right', 'bits', 'probability', 'evidence']));
  for (const { left, right } of pairs) {
    const of = (side: string, id: string) =>
      readRecord(linkage.rules, { id, values: records.get(`${side} ${id}`) ?? {} });
    const other = records.has(`1 ${right}`) ? '1' : '0';
    const score = scorePair(linkage, of('0', left), of(other, right));
    const said = score.evidence
      .filter(({ level }) => level !== 'MISSING')
      .map(({ field, level, bits: said_ }) => `${field} ${level} ${said_.toFixed(1)}`);
    const row = csvRow([
      left,
      right,
      score.bits.toFixed(2),
      (1 / (1 + 2 ** -score.bits)).toFixed(6),
      said.join('; '),
    ]);
    if (!file.write(row)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}

const round = (value: number): number => Math.round(value * 100) / 100;
