/** What a client sends as a resource, and what an answer gives of it. */
import { describe, expect, it } from '@jest/globals';

import { chooseAttributes } from '../../../../standards/scim/choose-attributes.ts';
import { readResource } from '../../../../standards/scim/read-resource.ts';
import { CORE, ENTERPRISE, USERS } from './user-type.ts';

const read = (body: object): unknown => readResource(USERS, { schemas: [CORE], ...body });

describe('a resource', () => {
  it('is read in any case, without what is read-only, not kept or empty', () => {
    expect(
      readResource(USERS, {
        SCHEMAS: [CORE.toUpperCase(), ENTERPRISE],
        id: 'mine',
        meta: { version: 'x' },
        externalid: 'e1',
        USERNAME: '  Zoe\u0308 ',
        name: { familyname: 'O’Neill', givenName: null },
        title: '',
        emails: [],
        photos: [{ value: 'https://example.com/p' }],
        userType: 'employee',
        active: 'True',
        [ENTERPRISE.toLowerCase()]: { Department: 'Tours', manager: '26', tags: ['a'] },
      }),
    ).toEqual({
      externalId: 'e1',
      userName: 'Zoë',
      name: { familyName: 'O’Neill' },
      userType: 'Employee',
      active: true,
      [ENTERPRISE]: { department: 'Tours', manager: { value: '26' }, tags: ['a'] },
    });
  });

  it.each<[string, object, string]>([
    ['has no name', {}, 'invalidValue'],
    ['has an empty name', { userName: ' ' }, 'invalidValue'],
    ['has a number for a name', { userName: 5 }, 'invalidValue'],
    ['has a list for a name', { userName: ['a'] }, 'invalidValue'],
    ['has a name that is too long', { userName: 'x'.repeat(257) }, 'invalidValue'],
    ['has a line end in it', { userName: 'a\nb' }, 'invalidValue'],
    ['has NUL in it', { userName: 'a\u0000b' }, 'invalidValue'],
    ['has half a character', { userName: 'a\ud800b' }, 'invalidValue'],
    ['has a name twice', { userName: 'a', USERNAME: 'b' }, 'invalidSyntax'],
    [
      'has one value where there are several',
      { userName: 'a', emails: { value: 'x' } },
      'invalidValue',
    ],
    [
      'has too many values',
      { userName: 'a', emails: Array(21).fill({ value: 'x' }) },
      'invalidValue',
    ],
    [
      'has two primary values',
      {
        userName: 'a',
        emails: [
          { value: 'x', primary: true },
          { value: 'y', primary: 'true' },
        ],
      },
      'invalidValue',
    ],
    ['has a value that is not listed', { userName: 'a', userType: 'Boss' }, 'invalidValue'],
    ['has a text for true or false', { userName: 'a', active: 'yes' }, 'invalidValue'],
    ['has no schemas', { schemas: undefined, userName: 'a' }, 'invalidSyntax'],
    ['lacks the core schema', { schemas: [ENTERPRISE], userName: 'a' }, 'invalidSyntax'],
    ['has an unknown schema', { schemas: [CORE, 'urn:x'], userName: 'a' }, 'invalidSyntax'],
    ['has values of an unknown schema', { userName: 'a', 'urn:x': { a: 1 } }, 'invalidSyntax'],
  ])('is refused when it %s', (_what, body, code) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code }));
  });
});

describe('the attributes of an answer', () => {
  const whole = {
    schemas: [CORE, ENTERPRISE],
    id: '1',
    userName: 'a',
    name: { familyName: 'F', givenName: 'G' },
    emails: [{ value: 'x', type: 'work' }, { value: 'y' }],
    [ENTERPRISE]: { department: 'Tours', tags: ['a'] },
  };
  const always = { schemas: whole.schemas, id: '1' };

  it.each<[Parameters<typeof chooseAttributes>[1], object]>([
    [{}, whole],
    [{ attributes: ['USERNAME'] }, { ...always, userName: 'a' }],
    [{ attributes: ['name.givenName', 'nobody'] }, { ...always, name: { givenName: 'G' } }],
    [{ attributes: ['emails.type'] }, { ...always, emails: [{ type: 'work' }, {}] }],
    [{ attributes: ['emails.type', 'emails.value'] }, { ...always, emails: whole.emails }],
    [
      { attributes: [`${ENTERPRISE}:department`] },
      { ...always, [ENTERPRISE]: { department: 'Tours' } },
    ],
    [{ attributes: [ENTERPRISE] }, { ...always, [ENTERPRISE]: whole[ENTERPRISE] }],
    [
      { excludedAttributes: ['id', 'emails', 'name.familyName', ENTERPRISE] },
      { ...always, userName: 'a', name: { givenName: 'G' } },
    ],
    [
      { excludedAttributes: ['emails.value', `${ENTERPRISE}:tags`] },
      { ...whole, emails: [{ type: 'work' }, {}], [ENTERPRISE]: { department: 'Tours' } },
    ],
  ])('are chosen by %j', (choice, expected) => {
    expect(chooseAttributes(USERS, choice)(whole)).toEqual(expected);
  });

  it('are not chosen in two ways at once', () => {
    expect(() =>
      chooseAttributes(USERS, { attributes: ['id'], excludedAttributes: ['id'] }),
    ).toThrow(expect.objectContaining({ code: 'invalidValue' }));
  });
});
