import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseStrictJson } from '../../../standards/strict-json.ts';

const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('strict JSON', () => {
  it.each([
    ['{"a":1,"a":2}', 'json_duplicate_member'],
    ['{"a":1,"\\u0061":2}', 'json_duplicate_member'],
    ['{"a":{"b":1,"c":":","b":[]}}', 'json_duplicate_member'],
    ['[{"":1,"":2}]', 'json_duplicate_member'],
    ['{"a" :1,"b"\n:"https://x","a"\t:2}', 'json_duplicate_member'],
    ['{"a":":","a":"\\":"}', 'json_duplicate_member'],
    ['{"__proto__":{}}', 'json_forbidden_name'],
    ['{"__proto__":1,"__proto__":2}', 'json_forbidden_name'],
    ['{"\\u005f_proto__":1}', 'json_forbidden_name'],
    ['{"a":[{"constructor":1}]}', 'json_forbidden_name'],
    ['{"prototype":1}', 'json_forbidden_name'],
    ['{"exp":1e999}', 'json_malformed'],
    ['{a:1}', 'json_malformed'],
    ['', 'json_malformed'],
    ['\uFEFF{}', 'json_malformed'],
    ['{"a":1}x', 'json_malformed'],
    ['['.repeat(17) + ']'.repeat(17), 'json_depth_exceeded'],
    [`{"a":`.repeat(17) + '1' + '}'.repeat(17), 'json_depth_exceeded'],
    [`"${'x'.repeat(2 ** 20)}"`, 'json_too_long'],
  ])('refuses %s as %s', (text, expected) => {
    expect(() => parseStrictJson(text)).toThrow(code(expected));
  });

  it.each([
    ['{"a":"x:\\"y\\\\","b":{"a":1}}', { a: 'x:"y\\', b: { a: 1 } }],
    ['[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['"\\\\"', '\\'],
    ['{"a" : "\\":\\": :", "b"\n:"https://x"}', { a: '":": :', b: 'https://x' }],
    [' {"1":0,"0":"\\\\:"} ', { 0: '\\:', 1: 0 }],
  ])('reads %s', (text, value) => {
    expect(parseStrictJson(text)).toEqual(value);
  });

  it('reads whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }), (value) => {
        const text = JSON.stringify(value);
        if (/"(__proto__|constructor|prototype)":/.test(text)) return;
        // Not compared with JSON.parse, which takes some escaped names for others.
        expect(JSON.stringify(parseStrictJson(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('notices a repeated member wherever it is written', () => {
    const member = fc.tuple(
      fc.string().filter((name) => !/^(__proto__|constructor|prototype)$/.test(name)),
      fc.jsonValue({ maxDepth: 2 }),
    );
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 6 }), fc.nat(), (members, pick) => {
        const unique = [...new Map(members)].filter(
          ([, value]) => !/"(__proto__|constructor|prototype)":/.test(JSON.stringify(value)),
        );
        const again = unique[pick % unique.length];
        if (again === undefined) return;
        const write = (list: typeof unique) =>
          `{${list.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
        expect(() => parseStrictJson(write(unique))).not.toThrow();
        expect(() => parseStrictJson(write([...unique, again]))).toThrow(
          code('json_duplicate_member'),
        );
      }),
      { numRuns: 2000 },
    );
  });
});
