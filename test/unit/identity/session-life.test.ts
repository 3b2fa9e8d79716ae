import { describe, expect, it } from '@jest/globals';

import { isStrongEnough } from '../../../identity/domain/authentication-strength.ts';
import { knownBrowser, withKnownBrowser } from '../../../identity/domain/known-browsers.ts';
import { browserName } from '../../../identity/domain/browser-name.ts';
import { cookieName, sessionSeconds } from '../../../identity/oauth/session-life.ts';

const now = new Date('2026-11-22T12:00:00Z');
const seconds = now.getTime() / 1000;

describe('a session', () => {
  it.each([
    ['just signed in', seconds, 900],
    ['in use all day', seconds - 7 * 3600, 900],
    ['five minutes before its end', seconds - 8 * 3600 + 300, 300],
    ['past its end', seconds - 9 * 3600, 1],
    ['not signed in', undefined, 900],
  ])('%s lasts', (_which, signedInAt, left) => {
    expect(sessionSeconds(signedInAt, now)).toBe(left);
  });

  it.each([
    ['https://id.example', '__Host-lanyard_session'],
    ['http://localhost:4000', 'lanyard_session'],
  ])('of %s is known by %s', (issuer, name) => {
    expect(cookieName(issuer, 'lanyard_session')).toBe(name);
  });
});

describe('the strength of a sign-in', () => {
  const [password, twoFactor, passkey, transaction] = [
    'password',
    'two-factor',
    'passkey',
    'transaction',
  ].map((name) => `urn:lanyard:acr:${name}`) as [string, string, string, string];

  it.each([
    [passkey, [twoFactor], true],
    [twoFactor, [twoFactor], true],
    [twoFactor, [passkey], false],
    [twoFactor, [passkey, twoFactor], true],
    [password, [twoFactor], false],
    [transaction, [passkey], true],
    [passkey, ['urn:elsewhere'], false],
    ['urn:elsewhere', [password], false],
    [undefined, [password], false],
  ])('%s for %j: %p', (held, wanted, enough) => {
    expect(isStrongEnough(held, wanted)).toBe(enough);
  });
});

describe('a browser', () => {
  const parts = { key: Buffer.alloc(32, 5), now };
  const cookie = withKnownBrowser(undefined, 'a@nhs.example', parts);

  it('is known for those who have signed in there', () => {
    const both = withKnownBrowser(cookie, 'b@nhs.example', parts);
    const names = ['a@nhs.example', 'A@NHS.example ', 'b@nhs.example', 'c@nhs.example'].map(
      (mail) => knownBrowser(both, mail, parts),
    );
    expect(names).toEqual([names[0], names[0], expect.any(String), undefined]);
    expect(names[0]).not.toBe(names[2]);
  });

  it('keeps its name when the person signs in again', () => {
    const later = { ...parts, now: new Date(now.getTime() + 86_400_000) };
    const again = withKnownBrowser(cookie, 'a@nhs.example', later);
    expect(knownBrowser(again, 'a@nhs.example', later)).toBe(
      knownBrowser(cookie, 'a@nhs.example', parts),
    );
    expect(again.split('~')).toHaveLength(1);
  });

  it('knows twelve people', () => {
    let many: string | undefined;
    for (let n = 0; n < 20; n += 1)
      many = withKnownBrowser(many, `p${String(n)}@nhs.example`, parts);
    expect(many?.split('~')).toHaveLength(12);
    expect(knownBrowser(many, 'p19@nhs.example', parts)).toBeDefined();
    expect(knownBrowser(many, 'p0@nhs.example', parts)).toBeUndefined();
  });

  it.each([
    ['half a year later', cookie, { ...parts, now: new Date(now.getTime() + 15_552_001_000) }],
    ['under another key', cookie, { ...parts, key: Buffer.alloc(32, 6) }],
    ['changed', cookie.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')), parts],
    ['made up', 'AAAAAAAAAAAA.zzzzzz.AAAAAAAAAAAAAAAAAAAAAA', parts],
    ['too long', 'x'.repeat(10_000), parts],
    ['left out', undefined, parts],
  ])('is not known by a cookie that is %s', (_what, value, withParts) => {
    expect(knownBrowser(value, 'a@nhs.example', withParts)).toBeUndefined();
  });

  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0',
      'Firefox on Windows',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1',
      'Safari on iOS',
    ],
    ['<script>alert(1)</script>', 'Unknown browser'],
    [undefined, 'Unknown browser'],
  ])('is called by kind', (agent, name) => {
    expect(browserName(agent)).toBe(name);
  });
});
