import { describe, expect, it } from '@jest/globals';

import { nameKey } from '../../../../local/directory/distinguished-name.ts';
import { type FilterNode, indexEntries } from '../../../../local/directory/entries.ts';
import { parseLdif } from '../../../../local/directory/ldif.ts';

const entries = indexEntries(
  parseLdif(`dn: dc=example
dc: example

dn: ou=people,dc=example
ou: people

dn: uid=a1,ou=people,dc=example
uid: a1
sn: O'Brien
mail: A1@rz1.example
mail: alias@rz1.example
userPassword: {SSHA}secret

dn: uid=a2,ou=people,dc=example
uid: a2
sn: Two  Words
mail: a2@rz1.example
mail: alias@rz1.example
`),
);
const equal = (attribute: string, value: string): FilterNode => ({
  type: 'EqualityFilter',
  attribute,
  value,
});
const all = (...clauses: FilterNode[]): FilterNode => ({ type: 'AndFilter', clauses });
const any = (...clauses: FilterNode[]): FilterNode => ({ type: 'OrFilter', clauses });
const not = (filter: FilterNode): FilterNode => ({ type: 'NotFilter', filter });
const has = (attribute: string): FilterNode => ({ type: 'PresenceFilter', attribute });
const like = (initial: string, middle: readonly string[], final: string): FilterNode => ({
  type: 'SubstringFilter',
  attribute: 'mail',
  initial,
  any: middle,
  final,
});
let deep = has('uid');
for (let depth = 0; depth < 30; depth += 1) deep = not(deep);

describe('searching the entries', () => {
  it.each<[string, FilterNode, string[]]>([
    ['equality in any case', equal('MAIL', 'a1@RZ1.EXAMPLE'), ['a1']],
    ['equality on an alias held twice', equal('mail', 'alias@rz1.example'), ['a1', 'a2']],
    ['equality without an index', equal('sn', "o'brien"), ['a1']],
    ['equality with other spaces', equal('sn', ' two words'), ['a2']],
    ['a star is a star', equal('mail', '*'), []],
    [
      'one or the other',
      any(equal('uid', 'a1'), equal('uid', 'a2'), equal('uid', 'x')),
      ['a1', 'a2'],
    ],
    [
      'one or the other, not indexed',
      any(equal('uid', 'a1'), equal('sn', 'two words')),
      ['a1', 'a2'],
    ],
    ['both', all(equal('mail', 'alias@rz1.example'), equal('uid', 'a2')), ['a2']],
    ['both, contradicting', all(equal('uid', 'a1'), equal('uid', 'a2')), []],
    ['neither', all(has('uid'), not(equal('uid', 'a1'))), ['a2']],
    ['presence', has('mail'), ['a1', 'a2']],
    ['the start', like('a1@', [], ''), ['a1']],
    ['the middle', like('', ['2', 'RZ1'], ''), ['a2']],
    ['the end', like('', [], '.example'), ['a1', 'a2']],
    ['parts that overlap', like('a1@rz1', ['rz1'], ''), []],
    ['a password', equal('userPassword', '{SSHA}secret'), []],
    ['presence of a password', has('userPassword'), []],
    ['a kind of filter that is not known', { type: 'ExtensibleFilter', attribute: 'uid' }, []],
    ['a filter nested without end', deep, []],
  ])('finds by %s', (_name, filter, uids) => {
    const found = entries.search({ base: 'dc=example', scope: 'sub', filter });
    expect(found?.map(({ dn }) => /uid=(\w+)/.exec(dn)?.[1]).sort()).toEqual(uids);
  });

  it.each([
    ['base', 'ou=people,dc=example', 1],
    ['one', 'ou=people,dc=example', 2],
    ['sub', 'OU=People, DC=Example', 3],
    ['one', 'dc=example', 1],
    ['sub', 'uid=a1,ou=people,dc=example', 1],
  ] as const)('keeps to the scope %s of %s', (scope, base, count) => {
    const anything = not(equal('uid', 'nobody'));
    expect(entries.search({ base, scope, filter: anything })).toHaveLength(count);
  });

  it('knows no entries under a name that is not there', () => {
    expect(
      entries.search({ base: 'dc=elsewhere', scope: 'sub', filter: has('uid') }),
    ).toBeUndefined();
  });
});

describe('comparing names (RFC 4514)', () => {
  it.each([
    ['uid=a1, OU=People ,dc=X', 'uid=a1,ou=people,dc=x'],
    ['uid=\\C3\\A9,dc=x', 'uid=é,dc=x'],
    ['uid=a\\,b,dc=x', 'uid=a\\2Cb,dc=x'],
    ['uid=a\\ ,dc=x', 'uid=a\\20,dc=x'],
    ['', ' '],
  ])('%p is %p', (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });

  it.each([
    ['uid=a,b=c,dc=x', 'uid=a\\,b=c,dc=x'],
    ['uid=a\\ ,dc=x', 'uid=a,dc=x'],
    ['uid=a', 'uid=b'],
  ])('%p is not %p', (a, b) => {
    expect(nameKey(a)).not.toBe(nameKey(b));
  });
});
