import { describe, expect, it } from '@jest/globals';

import { accessToPerson } from '../../../../../subgraphs/nhsmail/domain/access.ts';

const reader = (
  kind: 'person' | 'machine',
  scopes: string,
  more: { readonly odsCode?: string; readonly purpose?: string } = {},
) => ({ kind, subject: 'p1', scopes: new Set(scopes.split(' ')), ...more });
const rz1 = { odsCode: 'RZ1', purpose: 'ROTATION' };

describe('who may see the mailboxes of p1', () => {
  it.each([
    ['the person', reader('person', 'self:read'), 'p1', 'self'],
    ['the person, being HR too', reader('person', 'self:read hr:read', rz1), 'p1', 'self'],
    ['somebody else', reader('person', 'self:read'), 'p2', 'none'],
    ['a machine of that name', reader('machine', 'self:read'), 'p1', 'none'],
    ['HR', reader('person', 'self:read hr:read', rz1), 'p2', 'organisation'],
    ['an HR system', reader('machine', 'hr:read', rz1), 'p2', 'organisation'],
    ['an administrator', reader('person', 'passport:read', rz1), 'p2', 'organisation'],
    [
      'HR without a purpose',
      reader('person', 'hr:read', { odsCode: 'RZ1' }),
      'p2',
      'purpose-required',
    ],
    ['HR of no organisation', reader('person', 'hr:read', { purpose: 'AUDIT' }), 'p2', 'none'],
    ['who may revoke only', reader('person', 'passport:revoke', rz1), 'p2', 'none'],
    ['the matcher', reader('machine', 'record:read'), 'p2', 'service'],
    ['the sign-in service', reader('machine', 'account:resolve'), 'p2', 'service'],
    [
      'a person with a service’s scope',
      reader('person', 'record:read account:resolve'),
      'p2',
      'none',
    ],
    ['nobody', reader('person', ''), 'p1', 'none'],
  ])('%s', (_name, who, staffId, outcome) => {
    const access = accessToPerson(who, staffId);
    expect(access.kind === 'view' ? access.view.kind : access.kind).toBe(outcome);
  });
});
