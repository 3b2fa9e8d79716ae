import { expect, it } from '@jest/globals';

import {
  countedOf,
  type OwnCredential,
  standingOf,
} from '../../../../web/domain/staff/standing.ts';

const now = new Date('2026-11-26T12:00:00Z');
const credential = (change: Partial<OwnCredential> = {}): OwnCredential => ({
  id: 'crd_1',
  type: 'IDENTITY',
  state: 'ACTIVE',
  reason: null,
  issuedAt: '2026-08-03T12:00:00Z',
  expiresAt: '2027-08-03T12:00:00Z',
  lastStatusChangeAt: null,
  issuer: { odsCode: 'RZ1', name: null },
  ...change,
});
const registration = { type: 'PROFESSIONAL_REGISTRATION' } as const;

it.each<[string, readonly Partial<OwnCredential>[], string]>([
  ['valid', [{}, registration], 'VALID'],
  ['about to run out', [{ ...registration, expiresAt: '2026-12-14T12:00:00Z' }, {}], 'ENDING'],
  ['paused, whatever else there is', [{ state: 'SUSPENDED' }, registration], 'PAUSED'],
  ['stopped when nothing else is left', [{ state: 'REVOKED' }], 'STOPPED'],
  ['valid when one of two was stopped', [{ state: 'REVOKED' }, registration], 'VALID'],
  ['out of date', [{ state: 'EXPIRED' }], 'OUT_OF_DATE'],
  [
    'valid on a new device, though the old one’s was replaced',
    [{}, { state: 'REVOKED', reason: 'SUPERSEDED' }],
    'VALID',
  ],
  [
    'paused when the newest copy is, though an older one ran',
    [{ state: 'SUSPENDED', issuedAt: '2026-09-01T12:00:00Z' }, {}],
    'PAUSED',
  ],
])('is %s', (_name, changes, standing) => {
  expect(standingOf(countedOf(changes.map(credential)), now).standing).toBe(standing);
});
