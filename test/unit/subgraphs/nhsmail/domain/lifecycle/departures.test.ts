import { expect, it } from '@jest/globals';

import {
  departuresOf,
  type StaffMovement,
} from '../../../../../../subgraphs/nhsmail/domain/lifecycle/departures.ts';

const at = new Date('2026-11-26T09:00:00Z');
const moved = (more: Partial<StaffMovement>): StaffMovement => ({
  type: 'STAFF_LEFT',
  staffId: 'stf_a',
  odsCode: 'RZ1',
  at,
  worksAt: [],
  deceased: false,
  ...more,
});

it('goes by how things stand, and by the last word about each organisation', () => {
  const changes = departuresOf([
    moved({ worksAt: ['RZ1'] }),
    moved({ odsCode: 'RZ2', worksAt: ['RZ1'] }),
    moved({ type: 'STAFF_JOINED', worksAt: ['RZ1'] }),
    moved({ staffId: 'stf_b', deceased: true }),
  ]);
  expect(changes.map((one) => [one.staffId, one.odsCode, one.returned, one.deceased])).toEqual([
    ['stf_a', 'RZ1', true, false],
    ['stf_a', 'RZ2', false, false],
    ['stf_b', 'RZ1', false, true],
  ]);
});
