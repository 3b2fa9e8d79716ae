import { describe, expect, it } from '@jest/globals';

import { parseLdif } from '../../../../local/directory/ldif.ts';

describe('reading LDIF (RFC 2849)', () => {
  it('joins folded lines, decodes base64, skips comments and keeps the order of values', () => {
    const text = [
      'version: 1',
      '# a comment',
      '  folded over two lines',
      'dn: uid=a1,ou=people,',
      ' dc=example',
      'objectClass: top',
      'objectclass: inetOrgPerson',
      'cn:: Q8OhaXQ=',
      'description:',
      'mail:a@x.example',
      'title: two: colons',
      '',
      '',
      'dn:: ZGM9ZXhhbXBsZQ==',
      'dc: example',
    ].join('\r\n');
    expect(parseLdif(text)).toEqual([
      {
        dn: 'uid=a1,ou=people,dc=example',
        attributes: [
          { type: 'objectClass', values: ['top', 'inetOrgPerson'] },
          { type: 'cn', values: ['Cáit'] },
          { type: 'description', values: [''] },
          { type: 'mail', values: ['a@x.example'] },
          { type: 'title', values: ['two: colons'] },
        ],
      },
      { dn: 'dc=example', attributes: [{ type: 'dc', values: ['example'] }] },
    ]);
  });

  it.each([
    ['no dn first', 'cn: x'],
    ['no colon', 'dn: dc=x\nnonsense'],
    ['a URL', 'dn: dc=x\ncn:< file:///etc/passwd'],
    ['not base64', 'dn: dc=x\ncn:: ***'],
    ['a change record', 'dn: dc=x\nchangetype: delete'],
    ['two names', 'dn: dc=x\ndn: dc=y'],
  ])('refuses a file with %s', (_name, text) => {
    expect(() => parseLdif(text)).toThrow(expect.objectContaining({ code: 'ldif_invalid' }));
  });
});
