import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  assignmentLine,
  go2Text,
  personLine,
  placementsText,
  registrationsText,
} from '../extract-files.ts';
import { startEsrWorld } from '../esr-world.ts';

let world: Awaited<ReturnType<typeof startEsrWorld>>;
beforeAll(async () => {
  world = await startEsrWorld();
});
afterAll(() => world.stop());

const service = { kind: 'machine', scopes: new Set(['event:read']) } as const;
const QUERY = `query ($after: String, $first: Int! = 100) {
  staffEvents(types: [STAFF_LEFT], after: $after, first: $first) {
    events { type staffId odsCode worksThere works }
    position
  }
}`;
interface Page {
  readonly events: readonly object[];
  readonly position: string;
}
const read = async (variables: Record<string, unknown> = {}): Promise<Page> =>
  (await world.ask(service, QUERY, variables)).data?.['staffEvents'] as Page;

const CHANGES = `query ($after: String) {
  staffEvents(types: [REGISTRATION_CHANGED, PLACEMENT_CHANGED], after: $after, first: 500) {
    events { type staffId odsCode worksAt registrations { body number status lastCheckedAt }
      trainingPlacements { reference leadOdsCode hostOdsCode endDate withdrawn } }
    position
  }
}`;
const changesAfter = async (after: string): Promise<Page> =>
  (await world.ask(service, CHANGES, { after })).data?.['staffEvents'] as Page;
const nmc = (status: string, checked: string): string =>
  registrationsText([
    `RZ1,90000003,NMC,14Z0003E,${status},Nurse - Adult,2014-03-03,2027-03-31,${checked}`,
  ]);
const placement = (endDate: string, updated: string, status = 'CURRENT'): string =>
  placementsText([
    `RZ1,90000003,TPL-1,NTH/RTD01/080/STR/005,Cardiology,STR,RZ2,Main Site,2026-08-05,${endDate},${status},${updated}`,
  ]);

describe('changes of registrations and placements', () => {
  it('are told with how all of them stand, and everywhere the person works', async () => {
    const { position } = await read();
    const siobhan = await world.staffId('RZ1', '90000003');
    await world.importText(nmc('SUSPENDED', '2026-11-02T02:00:00Z'));
    const { events } = await changesAfter(position);
    expect(events).toEqual([
      {
        type: 'REGISTRATION_CHANGED',
        staffId: siobhan,
        odsCode: 'RZ1',
        worksAt: ['RZ1', 'RZ2'],
        registrations: [
          {
            body: 'NMC',
            number: '14Z0003E',
            status: 'SUSPENDED',
            lastCheckedAt: '2026-11-02T02:00:00.000Z',
          },
        ],
        trainingPlacements: [],
      },
    ]);
  });

  it('are told of a placement whose content changed, and not of one that was read again', async () => {
    const { position } = await read();
    await world.importText(placement('2027-02-02', '2026-11-01T09:00:00Z'));
    const first = await changesAfter(position);
    expect(first.events).toMatchObject([
      { type: 'PLACEMENT_CHANGED', trainingPlacements: [{ reference: 'TPL-1', withdrawn: false }] },
    ]);
    await world.importText(placement('2027-02-02', '2026-11-03T09:00:00Z'));
    // Updated before what is known: an old file that comes late.
    await world.importText(placement('2027-05-01', '2026-11-02T09:00:00Z'));
    expect((await changesAfter(first.position)).events).toEqual([]);
    await world.importText(placement('2027-03-02', '2026-11-04T09:00:00Z'));
    await world.importText(placement('2027-03-02', '2026-11-05T09:00:00Z', 'WITHDRAWN'));
    expect((await changesAfter(first.position)).events).toMatchObject([
      { trainingPlacements: [{ endDate: '2027-03-02', withdrawn: true }] },
      { trainingPlacements: [{ endDate: '2027-03-02', withdrawn: true }] },
    ]);
  });

  it('are refused row by row where the feed is wrong', async () => {
    const outcome = await world.importText(
      placementsText([
        'RZ1,90000003,TPL-2,NTH-1,Cardiology,STR,RZ2,Main Site,2026-08-05,2027-02-02,CURRENT,2026-11-01T09:00:00Z',
        'RZ1,90000003,TPL-2,NTH/RTD01/080/STR/005,Cardiology,STR,RZ2,Main Site,2026-08-05,2026-02-02,CURRENT,2026-11-01T09:00:00Z',
        'RZ1,90000003,TPL-2,NTH/RTD01/080/STR/005,Cardiology,STR,RZ2,Main Site,2026-08-05,2027-02-02,ENDED,2026-11-01T09:00:00Z',
        'RZ1,90000001,TPL-1,NTH/RTD01/080/STR/005,Cardiology,STR,RZ2,Main Site,2026-08-05,2027-02-02,CURRENT,2026-12-01T09:00:00Z',
      ]),
      1,
    );
    expect(outcome).toMatchObject({
      kind: 'imported',
      rejected: [
        { line: 2, code: 'post_number_invalid' },
        { line: 3, code: 'date_order' },
        { line: 4, code: 'value_unknown' },
        { line: 5, code: 'placement_in_use' },
      ],
    });
  });
});

describe('the ends of employments', () => {
  it('are told once to whoever keeps the position, with how things stand', async () => {
    const { position } = await read();
    expect(await read({ after: position })).toEqual({ events: [], position });
    const siobhan = await world.staffId('RZ1', '90000003');
    await world.importText(
      go2Text(
        [
          personLine({
            esrPersonId: '5000003',
            employeeNumber: '90000003',
            family: 'Gallagher',
            given: 'Siobhan',
            niNumber: 'QQ000003A',
            nhsEmployeeId: '70000003',
            terminationDate: '20261030',
            systemPersonType: 'EX_EMP',
          }),
          assignmentLine({
            esrPersonId: '5000003',
            esrAssignmentId: '6000003',
            assignmentNumber: '90000003',
            endDate: '20261030',
          }),
        ],
        { sequence: 2, kind: 'GOC' },
      ),
    );
    const page = await read({ after: position });
    expect(page.events).toEqual([
      { type: 'STAFF_LEFT', staffId: siobhan, odsCode: 'RZ1', worksThere: false, works: true },
    ]);
    expect(await read({ after: page.position })).toEqual({ events: [], position: page.position });
    // Reading changed nothing.
    expect(await read({ after: position })).toEqual(page);
    expect((await read({ after: position, first: 1 })).events).toEqual(page.events);
  });

  it('tell who came as well, in the order in which it became known', async () => {
    const siobhan = await world.staffId('RZ1', '90000003');
    const { data } = await world.ask(
      service,
      '{ staffEvents(types: [STAFF_JOINED, STAFF_LEFT]) { events { type staffId odsCode worksThere } } }',
    );
    const { events } = data?.['staffEvents'] as { readonly events: readonly { staffId: string }[] };
    expect(events.filter(({ staffId }) => staffId === siobhan)).toEqual([
      { type: 'STAFF_JOINED', staffId: siobhan, odsCode: 'RZ1', worksThere: false },
      { type: 'STAFF_JOINED', staffId: siobhan, odsCode: 'RZ2', worksThere: true },
      { type: 'STAFF_LEFT', staffId: siobhan, odsCode: 'RZ1', worksThere: false },
    ]);
  });

  it.each<[string, object, string]>([
    ['a person', { kind: 'person', scopes: new Set(['event:read']) }, 'FORBIDDEN'],
    ['another service', { kind: 'machine', scopes: new Set(['record:read']) }, 'FORBIDDEN'],
  ])('are not for %s', async (_who, caller, code) => {
    const { data, errors } = await world.ask(caller, QUERY);
    expect([data ?? null, errors?.[0]?.extensions.code]).toEqual([null, code]);
  });

  it.each([{ first: 0 }, { first: 501 }, { after: 'x' }, { after: 'djE6LTE' }, { after: '' }])(
    'are not told for %p',
    async (variables) => {
      const { errors } = await world.ask(service, QUERY, variables);
      expect(errors?.[0]?.extensions.code).toBe('INVALID_VALUE');
    },
  );
});
