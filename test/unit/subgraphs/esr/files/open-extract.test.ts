import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type {
  ExtractBatch,
  ExtractPosition,
  Go2Row,
} from '../../../../../subgraphs/esr/domain/extract.ts';
import { FileRefused } from '../../../../../subgraphs/esr/domain/import-outcome.ts';
import { assignmentLine, go2Text, personLine, trainingText } from '../extract-files.ts';
import { extractOf } from './extract-source.ts';

type Read = (content: Uint8Array) => Promise<readonly Go2Row[]>;

async function batchesOf(content: string | Uint8Array, from?: ExtractPosition) {
  const extract = await extractOf(content, from);
  const batches: ExtractBatch<unknown>[] = [];
  for await (const batch of extract.batches) batches.push(batch);
  return { batches, end: extract.end() };
}

const readRows: Read = async (content) => {
  const { batches } = await batchesOf(content);
  expect(batches.flatMap((batch) => batch.faults)).toEqual([]);
  return batches.flatMap((batch) => batch.rows) as Go2Row[];
};

const refusalOf = (content: string | Uint8Array, from?: ExtractPosition): Promise<unknown> =>
  batchesOf(content, from).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof FileRefused) return error.code;
      throw error;
    },
  );

/** A person as an employer may write them, and as they are meant. */
const person = fc.record({
  // The apostrophe follows a plain letter: after others, the two bytes of windows-1252 are one character of UTF-8 as well.
  family: fc.stringMatching(/^[A-Za-zÀ-ÿ -]{0,10}[A-Za-z]['’]?[A-Za-zÀ-ÿ]{1,10}$/),
  born: fc
    .date({ min: new Date('1930-01-01'), max: new Date('2010-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  spelling: fc.constantFrom('compact', 'hyphens', 'words'),
  openEnd: fc.constantFrom('', '1900-01-01', '31 Dec 4712'),
  encoding: fc.constantFrom('utf8', 'windows-1252'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
});
type Person = typeof person extends fc.Arbitrary<infer Value> ? Value : never;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function spelled(day: string, spelling: Person['spelling']): string {
  const [year = '', month = '', date = ''] = day.split('-');
  if (spelling === 'hyphens') return day;
  if (spelling === 'compact') return `${year}${month}${date}`;
  return `${date} ${MONTHS[Number(month) - 1] ?? ''} ${year}`;
}

/** A file of these people, each line in its own encoding and with its own end. */
function fileOf(people: readonly Person[]): Uint8Array {
  const rows = people.map(({ family, born, spelling, openEnd }, index) =>
    personLine({
      esrPersonId: String(5_000_000 + index),
      employeeNumber: String(90_000_000 + index),
      family,
      birthDate: spelled(born, spelling),
      effectiveTo: openEnd,
    }),
  );
  const lines = go2Text(rows).trimEnd().split('\n');
  return Buffer.concat(
    lines.map((line, index) => {
      const { encoding, lineEnd } = people[index - 1] ?? { encoding: 'utf8', lineEnd: '\n' };
      const text = `${line}${lineEnd}`;
      return encoding === 'utf8' ? Buffer.from(text) : inWindows1252(text);
    }),
  );
}

/** Of the letters that are used here, only the apostrophe is elsewhere than in Latin-1. */
const inWindows1252 = (text: string): Buffer =>
  Buffer.from(text.replaceAll('’', '\u0092'), 'latin1');

/** Whether a reader gives the people that a file was made from. */
const readsWhatWasWritten = (read: Read) =>
  fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 5 }), async (people) => {
    const rows = await read(fileOf(people));
    expect(
      rows.map((row) => 'family' in row && [row.esrPersonId, row.family, row.birthDate]),
    ).toEqual(
      people.map(({ family, born }, index) => [String(5_000_000 + index), family.trim(), born]),
    );
    expect(rows.every((row) => 'effectiveTo' in row && row.effectiveTo === null)).toBe(true);
  });

describe('whatever is written', () => {
  it('is what is read', async () => {
    const held = fc.assert(readsWhatWasWritten(readRows), { numRuns: 150 });
    await expect(held).resolves.toBeUndefined();
  });

  it.each<[string, Read]>([
    ['forgets the last row', async (content) => (await readRows(content)).slice(0, -1)],
    [
      'knows Latin-1 only',
      (content) => readRows(Buffer.from(Buffer.from(content).toString('latin1'))),
    ],
    [
      'takes a day for a month',
      async (content) =>
        (await readRows(content)).map((row) =>
          'birthDate' in row
            ? { ...row, birthDate: row.birthDate.replace(/-(..)-(..)$/, '-$2-$1') }
            : row,
        ),
    ],
  ])('would show a reader that %s', async (_bug, read) => {
    const { failed } = await fc.check(readsWhatWasWritten(read), { numRuns: 150 });
    expect(failed).toBe(true);
  });
});

const good = go2Text([personLine(), assignmentLine(), personLine({ esrPersonId: '5000002' })]);

describe('a file that is not as it was written', () => {
  it('is refused when it was cut, at whatever byte', async () => {
    for (let length = 0; length < good.length - 1; length += 1) {
      expect([length, await refusalOf(good.slice(0, length))]).toEqual([
        length,
        expect.any(String),
      ]);
    }
    expect(await refusalOf(good.slice(0, -1))).toBeUndefined();
  });

  const lines = good.trimEnd().split('\n');
  it.each<[string, readonly string[], string | undefined]>([
    ['has a row twice', lines.toSpliced(2, 0, lines[2] ?? ''), 'trailer_count'],
    ['has lost a row', lines.toSpliced(2, 1), 'trailer_count'],
    ['has its header twice', lines.toSpliced(1, 0, lines[0] ?? ''), 'second_header'],
    ['has its trailer twice', [...lines, lines.at(-1) ?? ''], 'data_after_trailer'],
    ['begins with its trailer', lines.toReversed(), 'file_kind_unknown'],
    ['is followed by another', [...lines, ...lines], 'second_header'],
    ['is followed by the rest of another', [...lines, ...lines.slice(1)], 'data_after_trailer'],
    ['has its rows in another order', [0, 3, 1, 2, 4].map((at) => lines[at] ?? ''), undefined],
  ])('%s', async (_what, changed, code) => {
    expect(await refusalOf(`${changed.join('\n')}\n`)).toBe(code);
  });
});

describe('a file of many rows', () => {
  const many = go2Text(Array.from({ length: 5_000 }, (_, index) => `ASD~${String(index + 1)}`));

  it('comes in batches of 2,000 lines', async () => {
    const { batches, end } = await batchesOf(many);
    expect(batches.map(({ line, rows }) => [line, rows.length])).toEqual([
      [2_000, 1_999],
      [4_000, 2_000],
      [5_001, 1_001],
    ]);
    expect(end).toMatchObject({ rowsRead: 5_000, bytes: many.length });
  });

  it('goes on after any batch, and ends the same', async () => {
    const whole = await batchesOf(many);
    for (const [index, { offset, line, prefix }] of whole.batches.entries()) {
      expect(many.slice(0, offset).split('\n')).toHaveLength(line + 1);
      const rest = await batchesOf(many, { offset, line, prefix });
      expect(rest).toEqual({ batches: whole.batches.slice(index + 1), end: whole.end });
    }
  });

  it('does not go on with another file', async () => {
    const { batches } = await batchesOf(many);
    const { offset, line, prefix } = batches[0] ?? { offset: 0, line: 0, prefix: '' };
    const other = many.replace('ASD~17\n', 'ASD~71\n');
    expect(await refusalOf(other, { offset, line, prefix })).toBe('file_changed');
    expect(await refusalOf(many.slice(0, offset - 1), { offset, line, prefix })).toBe(
      'file_changed',
    );
  });

  it('is not read further than is asked for', async () => {
    const { batches, end } = await extractOf(many);
    for await (const batch of batches) {
      expect(batch.line).toBe(2_000);
      break;
    }
    expect(end).toThrow('has not been read to the end');
  });

  it('may be a feed', async () => {
    const rows = Array.from({ length: 2_500 }, () => 'RZ1,90000001,901|LOCAL|x|,2026-01-01,');
    const text = trainingText(rows);
    const whole = await batchesOf(text);
    expect(whole.batches.map((batch) => batch.rows.length)).toEqual([1_999, 501]);
    const [{ offset, line, prefix } = { offset: 0, line: 0, prefix: '' }] = whole.batches;
    expect(await batchesOf(text, { offset, line, prefix })).toEqual({
      batches: whole.batches.slice(1),
      end: whole.end,
    });
  });
});
