/** JSON in tokens has one meaning (RFC 7515, section 4; RFC 8259, section 4). */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseStrictJson } from '../../standards/strict-json.ts';

/** JSON as it is written, so that a generator can write what no object holds. */
type Written =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Written[] }
  | { readonly kind: 'object'; readonly members: readonly Member[] };
interface Member {
  readonly name: string;
  readonly value: Written;
  /** Which characters of the name are written as escapes. */
  readonly escapes: readonly boolean[];
}

const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];

const space = fc.constantFrom('', '', ' ', '\n', '\t', '\r\n ');
const plain = fc
  .oneof(
    fc.constantFrom(
      'null',
      'true',
      'false',
      '0',
      '-0',
      '1.5e3',
      '""',
      '":"',
      '"{\\"a\\":1}"',
      '[]',
      '{}',
    ),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
    fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value)),
    fc.constantFrom('"\\\\"', '"\\\\\\""', '"\\u003a"', '"\\ud800"', '"a\\\\":1"'.slice(0, 5)),
  )
  .map((text): Written => ({ kind: 'plain', text }));
const name = fc
  .oneof(
    fc.constantFrom('a', 'b', '', ':', '"', '\\', '{', 'é', '\u2028', '0', 'iss', 'toString'),
    fc.string({ maxLength: 4 }),
  )
  .filter((text) => !FORBIDDEN.includes(text));

const { json } = fc.letrec<{ json: Written; object: Written }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    plain,
    fc.array(tie('json'), { maxLength: 4 }).map((items): Written => ({ kind: 'list', items })),
    tie('object'),
  ),
  object: fc
    .uniqueArray(
      fc.record({ name, value: tie('json'), escapes: fc.array(fc.boolean(), { maxLength: 4 }) }),
      { maxLength: 5, selector: (member) => member.name },
    )
    .map((members): Written => ({ kind: 'object', members })),
}));

function escaped(text: string, escapes: readonly boolean[]): string {
  return `"${Array.from({ length: text.length }, (_, at) =>
    escapes[at] === true
      ? `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`
      : JSON.stringify(text.charAt(at)).slice(1, -1),
  ).join('')}"`;
}

function write(written: Written, gap: string): string {
  switch (written.kind) {
    case 'plain':
      return gap + written.text + gap;
    case 'list':
      return `${gap}[${written.items.map((item) => write(item, gap)).join(',')}]${gap}`;
    case 'object':
      return `${gap}{${written.members
        .map(
          (member) =>
            `${gap}${escaped(member.name, member.escapes)}${gap}:${write(member.value, gap)}`,
        )
        .join(',')}}${gap}`;
  }
}

/** Every object in a text, so that one can be picked. */
function objects(written: Written): readonly Extract<Written, { kind: 'object' }>[] {
  switch (written.kind) {
    case 'plain':
      return [];
    case 'list':
      return written.items.flatMap(objects);
    case 'object':
      return [written, ...written.members.flatMap(({ value }) => objects(value))];
  }
}

/** The same text with one object replaced. */
function replaced(written: Written, from: Written, to: Written): Written {
  if (written === from) return to;
  switch (written.kind) {
    case 'plain':
      return written;
    case 'list':
      return { kind: 'list', items: written.items.map((item) => replaced(item, from, to)) };
    case 'object':
      return {
        kind: 'object',
        members: written.members.map((member) => ({
          ...member,
          value: replaced(member.value, from, to),
        })),
      };
  }
}

/** What a text means. It is not asked of the engine, which takes some escaped names for others. */
function meaning(written: Written): unknown {
  switch (written.kind) {
    case 'plain':
      return JSON.parse(written.text);
    case 'list':
      return written.items.map(meaning);
    case 'object':
      return Object.fromEntries(
        written.members.map((member) => [member.name, meaning(member.value)]),
      );
  }
}

const deep = { maxDepth: 100 };
const codeOf = (text: string): string | undefined => {
  try {
    parseStrictJson(text, deep);
    return undefined;
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
};

describe('strict JSON', () => {
  it('means what JSON means, when no name is repeated or forbidden', () => {
    fc.assert(
      fc.property(json, space, (written, gap) => {
        const text = write(written, gap);
        expect(parseStrictJson(text, deep)).toEqual(meaning(written));
      }),
      { numRuns: 5000 },
    );
  });

  it('reads whatever JSON.stringify writes, with any white space', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), space, (value, gap) => {
        const text = gap + JSON.stringify(value, undefined, gap) + gap;
        if (/"(?:__proto__|constructor|prototype)"\s*:/.test(text)) return;
        expect(JSON.stringify(parseStrictJson(text, deep))).toBe(JSON.stringify(value));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['{"\\\\":1}', '{"\\u0061":0}', { a: 0 }],
    ['{"h":1,"\\\\":1}', '{"h":1,"\\"":2}', { h: 1, '"': 2 }],
    ['{"x":1,"\\\\u00":1}', '{"x":2,"\\u0061lgo":0}', { x: 2, algo: 0 }],
  ])('after %s, still knows the name in %s', (before, text, value) => {
    for (let time = 0; time < 3; time += 1) {
      parseStrictJson(before);
      expect(parseStrictJson(text)).toEqual(value);
    }
  });

  it('after a name like the start of an escape, still sees that alg is there twice', () => {
    parseStrictJson('{"alg":"x","\\\\u0":1}');
    expect(codeOf('{"alg":"none","\\u0061lg":"ES256"}')).toBe('json_duplicate_member');
  });

  it('never has a name twice in one object, at any depth and however it is escaped', () => {
    let tried = 0;
    fc.assert(
      fc.property(
        json,
        space,
        fc.nat(),
        fc.nat(),
        json,
        fc.array(fc.boolean(), { maxLength: 4 }),
        fc.nat(),
        (written, gap, which, whose, value, escapes, where) => {
          const found = objects(written).filter(({ members }) => members.length > 0);
          const victim = found[which % Math.max(found.length, 1)];
          const twin = victim?.members[whose % victim.members.length];
          if (victim === undefined || twin === undefined) return;
          tried += 1;
          const members = victim.members.toSpliced(where % (victim.members.length + 1), 0, {
            name: twin.name,
            value,
            escapes,
          });
          const text = write(replaced(written, victim, { kind: 'object', members }), gap);
          expect(() => void JSON.parse(text)).not.toThrow();
          expect(codeOf(text)).toBe('json_duplicate_member');
        },
      ),
      { numRuns: 5000 },
    );
    expect(tried).toBeGreaterThan(500);
  });

  it('never has a name that reaches past the object', () => {
    let tried = 0;
    fc.assert(
      fc.property(
        json,
        space,
        fc.nat(),
        fc.constantFrom(...FORBIDDEN),
        json,
        fc.array(fc.boolean(), { maxLength: 11 }),
        (written, gap, which, forbidden, value, escapes) => {
          const found = objects(written);
          const victim = found[which % Math.max(found.length, 1)];
          if (victim === undefined) return;
          tried += 1;
          const members = [...victim.members, { name: forbidden, value, escapes }];
          const text = write(replaced(written, victim, { kind: 'object', members }), gap);
          expect(codeOf(text)).toBe('json_forbidden_name');
        },
      ),
      { numRuns: 5000 },
    );
    expect(tried).toBeGreaterThan(500);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each<[string, string]>([
    ['a comment', '{"a":1/*x*/}'],
    ['a comma at the end', '{"a":1,}'],
    ['a comma at the end of a list', '[1,]'],
    ['single quotes', "{'a':1}"],
    ['no quotes', '{a:1}'],
    ['NaN', '{"exp":NaN}'],
    ['Infinity', '{"exp":Infinity}'],
    ['a leading zero', '{"exp":01}'],
    ['a plus', '{"exp":+1}'],
    ['hexadecimal', '{"exp":0x10}'],
    ['a number past every other', '{"exp":1e400}'],
    ['a number below every other', '{"exp":-1e400}'],
    ['a byte order mark', '\uFEFF{}'],
    ['two values', '{}{}'],
    ['a line end in a string', '"a\nb"'],
    ['a tab in a string', '"a\tb"'],
    ['half an escape', '"\\u12"'],
    ['an unknown escape', '"\\x41"'],
    ['nothing', ''],
    ['a zero at the end', '{}\u0000'],
    ['a no-break space', '{\u00A0}'],
  ])('is not %s', (_name, text) => {
    expect(codeOf(text)).toBe('json_malformed');
  });
});
