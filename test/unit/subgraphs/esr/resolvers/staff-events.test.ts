import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { assignmentLine, go2Text, personLine } from '../extract-files.ts';
import { startEsrWorld } from '../esr-world.ts';

let world: Awaited<ReturnType<typeof startEsrWorld>>;
beforeAll(async () => {
  world = await startEsrWorld();
});
afterAll(() => world.stop());

const service = { kind: 'machine', scopes: new Set(['event:read']) } as const;
const QUERY = `query ($after: String, $first: Int! = 100) {
  staffEvents(type: STAFF_LEFT, after: $after, first: $first) {
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
