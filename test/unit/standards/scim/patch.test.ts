/** PATCH: the examples of RFC 7644, section 3.5.2, and the messages that directories in the field send. */
import { describe, expect, it } from '@jest/globals';

import { applyPatch, PATCH_SCHEMA, readPatchMessage } from '../../../../standards/scim/patch.ts';
import type { ScimResource } from '../../../../standards/scim/schema.ts';
import { ENTERPRISE, USERS } from './user-type.ts';

const work = { value: 'bjensen@example.com', type: 'work', primary: true };
const home = { value: 'babs@jensen.org', type: 'home' };
const user: ScimResource = {
  userName: 'bjensen',
  name: { familyName: 'Jensen', givenName: 'Barbara' },
  title: 'Guide',
  active: true,
  emails: [work, home],
  [ENTERPRISE]: { department: 'Tours', tags: ['red', 'blue'] },
};

const patched = (...Operations: readonly unknown[]): ScimResource =>
  applyPatch(USERS, user, readPatchMessage({ schemas: [PATCH_SCHEMA], Operations }));
const without = (name: string): ScimResource =>
  Object.fromEntries(Object.entries(user).filter(([key]) => key !== name));

describe('an operation', () => {
  it.each<[string, unknown, ScimResource]>([
    [
      'adds an attribute',
      { op: 'add', path: 'userType', value: 'Intern' },
      { ...user, userType: 'Intern' },
    ],
    [
      'adds without a path',
      { op: 'add', value: { emails: [{ value: 'b@example.org', type: 'other' }], title: 'Lead' } },
      { ...user, title: 'Lead', emails: [work, home, { value: 'b@example.org', type: 'other' }] },
    ],
    ['adds what is there already', { op: 'add', path: 'emails', value: [home] }, user],
    [
      'adds one value that is not in a list',
      { op: 'add', path: 'emails', value: { value: 'x@example.org' } },
      { ...user, emails: [work, home, { value: 'x@example.org' }] },
    ],
    [
      'makes a new value the primary one',
      { op: 'add', path: 'emails', value: [{ value: 'x@example.org', primary: true }] },
      {
        ...user,
        emails: [{ ...work, primary: false }, home, { value: 'x@example.org', primary: true }],
      },
    ],
    [
      'makes another value the primary one',
      { op: 'replace', path: 'emails[type eq "home"].primary', value: 'True' },
      {
        ...user,
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      'merges into a complex attribute',
      { op: 'replace', path: 'name', value: { givenName: 'Babs' } },
      { ...user, name: { familyName: 'Jensen', givenName: 'Babs' } },
    ],
    [
      'replaces a sub-attribute',
      { op: 'replace', path: 'NAME.familyname', value: 'Olsen' },
      { ...user, name: { familyName: 'Olsen', givenName: 'Barbara' } },
    ],
    [
      'replaces all values',
      { op: 'replace', path: 'emails', value: [home] },
      { ...user, emails: [home] },
    ],
    [
      'replaces the values that a filter selects',
      { op: 'replace', path: 'emails[type eq "Work"]', value: { value: 'new@example.com' } },
      { ...user, emails: [{ ...work, value: 'new@example.com' }, home] },
    ],
    [
      'replaces a sub-attribute of the values that a filter selects',
      {
        op: 'replace',
        path: 'emails[type eq "work" and value ew "example.com"].value',
        value: 'n@x.org',
      },
      { ...user, emails: [{ ...work, value: 'n@x.org' }, home] },
    ],
    [
      'adds a value that a filter describes',
      { op: 'Add', path: 'emails[type eq "other"].value', value: 'o@x.org' },
      { ...user, emails: [work, home, { type: 'other', value: 'o@x.org' }] },
    ],
    ['removes an attribute', { op: 'remove', path: 'title' }, without('title')],
    ['removes what is not there', { op: 'remove', path: 'userType' }, user],
    [
      'removes the values that a filter selects',
      { op: 'remove', path: 'emails[type eq "work" and value ew "example.com"]' },
      { ...user, emails: [home] },
    ],
    [
      'removes all values when a filter selects all',
      { op: 'Remove', path: 'emails[value co "@"]' },
      without('emails'),
    ],
    [
      'removes the values that are listed',
      { op: 'Remove', path: 'emails', value: [{ value: 'BABS@jensen.org' }] },
      { ...user, emails: [work] },
    ],
    [
      'removes a sub-attribute of the values that a filter selects',
      { op: 'remove', path: 'emails[type eq "work"].primary' },
      { ...user, emails: [{ value: work.value, type: 'work' }, home] },
    ],
    ['replaces with nothing', { op: 'replace', path: 'title', value: null }, without('title')],
    [
      'takes "False"',
      { op: 'Replace', path: 'active', value: 'False' },
      { ...user, active: false },
    ],
    [
      'takes names with dots and URIs without a path',
      {
        op: 'Replace',
        value: {
          active: 'false',
          'name.familyName': 'Olsen',
          [`${ENTERPRISE}:department`]: 'Sales',
          [`${ENTERPRISE}:manager`]: '261',
          id: 'ignored',
          nobody: 'ignored',
        },
      },
      {
        ...user,
        active: false,
        name: { familyName: 'Olsen', givenName: 'Barbara' },
        [ENTERPRISE]: { department: 'Sales', tags: ['red', 'blue'], manager: { value: '261' } },
      },
    ],
    [
      'takes an extension as a whole',
      { op: 'add', path: ENTERPRISE, value: { employeeNumber: '7' } },
      {
        ...user,
        [ENTERPRISE]: { department: 'Tours', tags: ['red', 'blue'], employeeNumber: '7' },
      },
    ],
    ['removes an extension', { op: 'remove', path: ENTERPRISE }, without(ENTERPRISE)],
    [
      'adds to a list of texts',
      { op: 'add', path: `${ENTERPRISE}:tags`, value: ['green', 'red'] },
      { ...user, [ENTERPRISE]: { department: 'Tours', tags: ['red', 'blue', 'green'] } },
    ],
  ])('%s', (_what, operation, expected) => {
    expect(patched(operation)).toEqual(expected);
  });

  it.each<[string, unknown, string]>([
    ['a read-only attribute', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    [
      'a read-only sub-attribute',
      { op: 'replace', path: `${ENTERPRISE}:manager.displayName`, value: 'x' },
      'mutability',
    ],
    ['meta', { op: 'remove', path: 'meta.version' }, 'mutability'],
    ['an attribute that there is not', { op: 'add', path: 'nobody', value: 'x' }, 'invalidPath'],
    ['a password', { op: 'replace', path: 'password', value: 'x' }, 'invalidPath'],
    ['a password without a path', { op: 'replace', value: { password: 'x' } }, 'invalidValue'],
    ['the prototype', { op: 'add', path: '__proto__.x', value: 'x' }, 'invalidPath'],
    [
      'a path that is not closed',
      { op: 'add', path: 'emails[type eq "work"', value: 'x' },
      'invalidPath',
    ],
    [
      'a path with more after it',
      { op: 'add', path: 'emails[type eq "work"].value x', value: 'x' },
      'invalidPath',
    ],
    ['nothing to remove from', { op: 'remove' }, 'noTarget'],
    [
      'values that no filter selects',
      { op: 'replace', path: 'emails[type eq "other"].value', value: 'x' },
      'noTarget',
    ],
    [
      'a value that no filter describes',
      { op: 'add', path: 'emails[type sw "o"].value', value: 'x' },
      'noTarget',
    ],
    [
      'a value of another type',
      { op: 'replace', path: 'active', value: 'perhaps' },
      'invalidValue',
    ],
    ['an object for a text', { op: 'replace', path: 'title', value: { a: 1 } }, 'invalidValue'],
    ['a text without a path', { op: 'replace', value: 'x' }, 'invalidValue'],
    ['an operation that there is not', { op: 'move', path: 'title', value: 'x' }, 'invalidSyntax'],
  ])('is refused for %s', (_what, operation, code) => {
    expect(() => patched(operation)).toThrow(expect.objectContaining({ code }));
  });

  it('leaves the resource that it was given alone, and comes in order', () => {
    const before = structuredClone(user);
    expect(
      patched(
        { op: 'remove', path: 'emails' },
        { op: 'add', path: 'emails', value: [home] },
        { op: 'replace', path: 'emails[type eq "home"].value', value: 'last@x.org' },
      ),
    ).toEqual({ ...user, emails: [{ ...home, value: 'last@x.org' }] });
    expect(user).toEqual(before);
  });

  it.each<[unknown]>([
    [undefined],
    [{ schemas: [PATCH_SCHEMA], Operations: [] }],
    [{ Operations: [{ op: 'add', path: 'title', value: 'x' }] }],
    [{ schemas: ['urn:x'], Operations: [{ op: 'add', path: 'title', value: 'x' }] }],
    [
      {
        schemas: [PATCH_SCHEMA],
        Operations: Array.from({ length: 51 }, () => ({ op: 'remove', path: 'title' })),
      },
    ],
  ])('is not read from %j', (body) => {
    expect(() => readPatchMessage(body)).toThrow(
      expect.objectContaining({ code: 'invalidSyntax' }),
    );
  });
});
