import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { runCommand } from '../../../cli/main.ts';
import { COLUMNS, noisyPeople } from '../subgraphs/nhsmail/domain/linkage/noisy-people.ts';

let folder = '';
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'match-records-'));
  const { left, right } = noisyPeople({ people: 60, alone: 10 });
  for (const [name, list] of [
    ['a.csv', left],
    ['b.csv', right],
  ] as const) {
    const rows = list.map(({ id, values }) =>
      [id, ...COLUMNS.map((column) => values[column])].join(', '),
    );
    await writeFile(file(name), [['rec_id', ...COLUMNS].join(', '), ...rows, ''].join('\n'));
  }
});

afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]) {
  let out = '';
  let err = '';
  const code = await runCommand(['match', 'records', ...args], {
    env: {},
    out: (text) => (out += text),
    err: (text) => (err += text),
    terminal: false,
  });
  return { code, out, err };
}

it('links two lists by the names of their columns, and goes by a stored model afterwards', async () => {
  const lists = ['--left', file('a.csv'), '--right', file('b.csv'), '--model', file('model.json')];
  const first = await run(...lists, '--out', file('links.csv'), '--review', file('review.csv'));
  expect(first).toMatchObject({ code: 0, err: '' });
  const links = await readFile(file('links.csv'), 'utf8');
  const [header, ...rows] = links.trimEnd().split('\n');
  expect(header).toBe('left,right,bits,probability,evidence');
  expect(rows.length).toBeGreaterThanOrEqual(58);
  for (const row of rows) expect(row).toMatch(/^l(\d+),r\1,\d+\.\d\d,[01]\.\d{6},.*surname /);
  expect(await run(...lists, '--out', file('again.csv'))).toMatchObject({ code: 0 });
  expect(await readFile(file('again.csv'), 'utf8')).toBe(links);
});

it.each([
  ['id,nhs_number\n1,2\n', "NHS numbers are patients' numbers"],
  ['id,colour\n1,red\n', 'none of the columns colour is known'],
  ['id,surname\n1,a\n1,b\n', 'another row’s id'],
  ['id,surname,surname\n1,a,b\n', 'two columns are called surname'],
  ['', 'the file is empty'],
])('says what is wrong with a list: %j', async (text, message) => {
  await writeFile(file('wrong.csv'), text);
  const { code, err } = await run('--left', file('wrong.csv'), '--out', file('out.csv'));
  expect({ code, err }).toEqual({ code: 64, err: expect.stringContaining(message) });
});

it('says what is wrong with rules', async () => {
  await writeFile(file('rules.json'), '{"name":"x","version":1,"fields":[],"blocks":[["a"]]}');
  const lists = ['--left', file('a.csv'), '--rules', file('rules.json'), '--out', file('out.csv')];
  const { code, err } = await run(...lists);
  expect({ code, err }).toEqual({ code: 64, err: expect.stringContaining('fields') });
});
