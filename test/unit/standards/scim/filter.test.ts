/** SCIM filters: the examples of RFC 7644, figure 2, and what a filter may not be. */
import { describe, expect, it } from '@jest/globals';

import { parseFilter } from '../../../../standards/scim/filter.ts';
import { foldResource, matchesFilter } from '../../../../standards/scim/match-filter.ts';
import type { ScimResource } from '../../../../standards/scim/schema.ts';
import { CORE, ENTERPRISE, USERS } from './user-type.ts';

const user: ScimResource = {
  schemas: [CORE, ENTERPRISE],
  id: '2819c223',
  externalId: 'Ext-1',
  userName: 'bjensen@example.com',
  name: { familyName: "O'Malley", givenName: 'Barbara' },
  title: 'Tour (Guide)',
  userType: 'Employee',
  active: true,
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.org', type: 'home' },
  ],
  meta: { lastModified: '2011-05-13T04:42:34.000Z', resourceType: 'User' },
  [ENTERPRISE]: { employeeNumber: '701984', tags: ['red', 'Blue'], manager: { value: '26118915' } },
};

const matches = (text: string): boolean =>
  matchesFilter(parseFilter(USERS, text), foldResource(USERS, user));

describe('a filter', () => {
  it.each<[string, boolean]>([
    // RFC 7644, figure 2.
    ['userName eq "bjensen"', false],
    ['userName Eq "BJensen@example.COM"', true],
    [`name.familyName co "O'Malley"`, true],
    ['userName sw "J"', false],
    ['userName sw "B"', true],
    [`${CORE}:userName sw "b"`, true],
    ['title pr', true],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', false],
    ['meta.lastModified ge "2011-05-13T04:42:34Z"', true],
    ['meta.lastModified lt "2011-05-13T05:42:34+00:30"', true],
    ['meta.lastModified le "2011-05-13T04:42:33Z"', false],
    ['title pr and userType eq "Employee"', true],
    ['title pr or userType eq "Intern"', true],
    [`schemas eq "${ENTERPRISE}"`, true],
    ['userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")', true],
    ['userType ne "Employee" and not (emails co "example.com")', false],
    ['userType eq "Employee" and (emails.type eq "work")', true],
    ['userType eq "Employee" and emails[type eq "work" and value co "@example.com"]', true],
    ['emails[type eq "work" and value co "@jensen.org"] or ims[type eq "xmpp"]', false],
    // And besides.
    ['emails[type eq "home" and not (primary eq true)]', true],
    ['EMAILS.TYPE eq "other"', false],
    ['((title pr)) and ((userType eq "Intern") or (active eq true))', true],
    ['not (title pr and userType eq "Intern")', true],
    ['title eq "Tour (Guide)"', true],
    ['title ew "guide)"', true],
    ['title eq "a \\"b\\" or \\u0062"', false],
    ['active eq "True"', true],
    ['active eq false', false],
    ['active ne false', true],
    ['externalId eq "ext-1"', false],
    ['externalId eq "Ext-1"', true],
    [`${ENTERPRISE}:employeeNumber eq "701984"`, true],
    [`${ENTERPRISE.toUpperCase()}:manager.value eq "26118915"`, true],
    [`${ENTERPRISE}:tags eq "blue"`, true],
    [`${ENTERPRISE}:department eq "x"`, false],
    [`${ENTERPRISE}:department ne "x"`, true],
    [`${ENTERPRISE}:department eq null`, true],
    [`${ENTERPRISE}:department pr`, false],
    ['title ne null', true],
    ['userName gt "a" and userName lt "c"', true],
    // "and" binds more tightly than "or".
    ['title pr or title pr and userType eq "Intern"', true],
    ['userType eq "Intern" and title pr or title pr', true],
  ])('%s is %p', (text, expected) => {
    expect(matches(text)).toBe(expected);
  });

  it.each<[string]>([
    [''],
    ['userName'],
    ['userName eq'],
    ['userName eq bjensen'],
    ['userName is "bjensen"'],
    ['nobody eq "x"'],
    ['name.nobody eq "x"'],
    ['name eq "x"'],
    ['password eq "x"'],
    ['constructor eq "x"'],
    ['userName.value eq "x"'],
    ['name.familyName.x eq "x"'],
    ['userName eq "x" and'],
    ['userName eq "x" userName eq "y"'],
    ['(userName eq "x"'],
    ['userName eq "x")'],
    ['not userName eq "x"'],
    ['emails[type eq "work"'],
    ['emails[]'],
    ['userName[x eq "y"]'],
    ['emails[userName eq "x"]'],
    ['active gt true'],
    ['active eq "maybe"'],
    ['active co true'],
    ['meta.lastModified gt "yesterday"'],
    ['meta.lastModified co "2011"'],
    ['title lt null'],
    ['title co 5'],
    ['title eq "a\u0000b'],
    [`title eq "${'\\a'.repeat(900)}`],
    [`title eq "${'x'.repeat(2_000)}"`],
    [`${'('.repeat(12)}title pr${')'.repeat(12)}`],
    [Array.from({ length: 51 }, () => 'title pr').join(' or ')],
    [`; drop table account --`],
  ])('is refused: %s', (text) => {
    expect(() => parseFilter(USERS, text)).toThrow(
      expect.objectContaining({ code: 'invalidFilter', status: 400 }),
    );
  });
});
