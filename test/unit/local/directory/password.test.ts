import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { isPassword } from '../../../../local/directory/password.ts';

const ssha = (password: string, salt: Buffer): string =>
  `{SSHA}${Buffer.concat([createHash('sha1').update(password).update(salt).digest(), salt]).toString('base64')}`;

describe('checking a password against {SSHA}', () => {
  it.each([Buffer.from('salt'), Buffer.alloc(16, 7)])(
    'accepts the password with salt %p',
    (salt) => {
      expect(isPassword(ssha('pässword', salt), 'pässword')).toBe(true);
      expect(isPassword(ssha('pässword', salt), 'password')).toBe(false);
    },
  );

  it.each([
    ['an empty password', ssha('', Buffer.from('salt')), ''],
    ['no salt', ssha('x', Buffer.alloc(0)), 'x'],
    ['clear text', 'x', 'x'],
    ['another scheme', '{MD5}nUuivA==', 'x'],
    ['nothing', '{SSHA}', 'x'],
    ['not base64', '{SSHA}***', 'x'],
  ])('refuses %s', (_name, stored, password) => {
    expect(isPassword(stored, password)).toBe(false);
  });
});
