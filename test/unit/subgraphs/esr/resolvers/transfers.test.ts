import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Caller } from '../../../../../runtime/caller-statement.ts';
import { openEmbedded } from '../../../../../runtime/database.ts';
import type { EsrTables } from '../../../../../subgraphs/esr/postgres/tables.ts';
import { postgresTransfers } from '../../../../../subgraphs/esr/postgres/transfers.ts';
import { startEsrWorld } from '../esr-world.ts';
import { assignmentLine, go2Text, personLine } from '../extract-files.ts';

let world: Awaited<ReturnType<typeof startEsrWorld>>;

/** Alba, Bola and Cora leave RZ1 for RZ2. Bola has married; Cora's number is not held there, and two there have Dora's. */
const PEOPLE = [
  ['Alba', '11', 'Marsh', 'QQ000011A', '19800101', 'Marsh', 'QQ000011A'],
  ['Bola', '12', 'Adeyemi', 'QQ000012A', '19800102', 'Adeyemi-Holt', 'QQ000012A'],
  ['Cora', '13', 'Finch', '', '19800103', 'Finch', 'QQ000013A'],
  ['Dora', '14', 'Reed', 'QQ000014A', '19800104', 'Reed', 'QQ000014A'],
] as const;
const ids = new Map<string, string>();
const old = new Map<string, string>();

const person = (given: string, number: string, values: Record<string, string>) => [
  personLine({
    esrPersonId: `70000${number}`,
    employeeNumber: `900001${number}`,
    given,
    nhsEmployeeId: '',
    workEmail: '',
    ...values,
  }),
  assignmentLine({
    esrPersonId: `70000${number}`,
    esrAssignmentId: `80000${number}`,
    assignmentNumber: `900001${number}`,
    ...('terminationDate' in values ? { endDate: values['terminationDate'] } : {}),
  }),
];

beforeAll(async () => {
  world = await startEsrWorld();
  const imported = async (text: string) => {
    const outcome = await world.importText(text);
    if (outcome.kind !== 'imported' || outcome.rejected.length > 0) throw new Error('not imported');
  };
  const left = { terminationDate: '20261031', systemPersonType: 'EX_EMP' };
  await imported(
    go2Text(
      [
        ...PEOPLE.flatMap(([given, number, family, niNumber, birthDate]) =>
          person(given, number, { family, niNumber, birthDate, ...left }),
        ),
        ...person('Edna', '15', { family: 'Read', niNumber: 'QQ000014A', birthDate: '19800105' }),
      ],
      { sequence: 2, kind: 'GOC' },
    ),
  );
  await imported(
    go2Text(
      PEOPLE.flatMap(([given, number, , , birthDate, family, niNumber]) =>
        person(given, String(Number(number) + 10), {
          family,
          niNumber,
          birthDate,
          hireDate: '20261102',
        }),
      ),
      { vpd: '902', sequence: 2, kind: 'GOC' },
    ),
  );
  for (const [given, number] of PEOPLE) {
    ids.set(given, await world.staffId('RZ2', `900001${String(Number(number) + 10)}`));
    old.set(given, await world.staffId('RZ1', `900001${number}`));
  }
});
afterAll(() => world.stop());

const idOf = (given: string): string => ids.get(given) ?? 'none';
const hr = (odsCode: string, change: Partial<Caller> = {}): Partial<Caller> => ({
  kind: 'person',
  subject: `stf_hr-of-${odsCode}`.padEnd(26, '0'),
  scopes: new Set(['self:read', 'self:share', 'hr:read']),
  odsCode,
  purpose: 'PRE_EMPLOYMENT',
  ...change,
});
const self = (given: string): Partial<Caller> => ({
  kind: 'person',
  subject: idOf(given),
  scopes: new Set(['self:read', 'self:share']),
});

const TRANSFER = `id staffId from { odsCode } to { odsCode } state completedAt
  consent { state recordedBy } alerts { day }
  case { queue subject { familyName niNumber } candidates { employeeNumber familyName birthDate niNumber compared { field outcome } } }
  record { employment { employeeNumber hireDate terminationDate employer { odsCode } } competences { subject } }`;
interface Shown {
  readonly id: string;
  readonly state: string;
  readonly [field: string]: unknown;
}
interface Outcome {
  readonly transfer: Shown | null;
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
}
let keys = 0;
const newKey = (): string => `transfer-key-${String((keys += 1))}`;
const act = async (
  caller: Partial<Caller>,
  [field, input]: readonly [string, string],
  values: object,
): Promise<Outcome> => {
  const query = `mutation ($input: ${input}!) { outcome: ${field}(input: $input) {
    transfer { ${TRANSFER} } errors { code path } } }`;
  const answer = await world.ask(caller, query, { input: { idempotencyKey: newKey(), ...values } });
  if (answer.data == null) throw new Error(answer.errors?.[0]?.extensions.code);
  return answer.data['outcome'] as Outcome;
};
const REQUEST = ['transferRequest', 'TransferRequestInput'] as const;
const GIVE = ['transferConsentGive', 'TransferInput'] as const;
const WITHDRAW = ['transferConsentWithdraw', 'TransferInput'] as const;
const DECIDE = ['transferDecide', 'TransferDecideInput'] as const;
const COMPLETE = ['transferComplete', 'TransferInput'] as const;
const request = (given: string, change: object = {}) =>
  act(hr('RZ2'), REQUEST, {
    staffId: idOf(given),
    from: 'RZ1',
    consentGivenOn: '2026-10-01',
    ...change,
  });
const read = async (caller: Partial<Caller>, id: string | undefined): Promise<Shown | null> =>
  (await world.ask(caller, `query ($id: ID!) { transfer(id: $id) { ${TRANSFER} } }`, { id }))
    .data?.['transfer'] as Shown | null;
const refusedWith = (code: string, field: string) => ({
  transfer: null,
  errors: [{ code, path: ['input', field] }],
});

describe('a transfer', () => {
  it('waits for the person, and until then nobody has looked anything up', async () => {
    const { transfer } = await request('Alba', { consentGivenOn: null });
    expect(transfer).toMatchObject({ state: 'AWAITING_CONSENT', record: null, case: null });
    // Where they leave does not hear of it before they agree.
    expect(await read(hr('RZ1'), transfer?.id)).toBeNull();
    expect(await act(self('Bola'), GIVE, { transferId: transfer?.id })).toEqual(
      refusedWith('NOT_FOUND', 'transferId'),
    );
    const given = await act(self('Alba'), GIVE, { transferId: transfer?.id });
    expect(given.transfer).toMatchObject({
      id: transfer?.id,
      state: 'RELEASED',
      consent: { state: 'GIVEN', recordedBy: 'PERSON' },
    });
    const record = {
      employment: {
        employeeNumber: '90000111',
        hireDate: '2020-01-06',
        terminationDate: '2026-10-31',
        employer: { odsCode: 'RZ1' },
      },
      competences: [],
    };
    expect((await read(hr('RZ2'), transfer?.id))?.['record']).toEqual(record);
    expect((await read(hr('RZ1'), transfer?.id))?.['record']).toBeNull();
    expect(await read(hr('RZ3'), transfer?.id)).toBeNull();
    // Once she has left again, the record that goes on elsewhere is hers to see, and not theirs.
    const endsOn = (day: string | null) =>
      world.engine.query(
        `update esr.employment set ends_on = $1 where ods_code = 'RZ2' and staff_id = $2`,
        [day, idOf('Alba')],
      );
    await endsOn('2026-11-21');
    expect((await read(hr('RZ2'), transfer?.id))?.['record']).toBeNull();
    expect((await read(self('Alba'), transfer?.id))?.['record']).toEqual(record);
    await endsOn(null);

    // Agreeing no longer takes it back at once, and a new request does not bring it back.
    const taken = await act(self('Alba'), WITHDRAW, { transferId: transfer?.id });
    expect(taken.transfer).toMatchObject({ state: 'WITHDRAWN', record: null });
    expect((await request('Alba')).transfer).toMatchObject({
      id: transfer?.id,
      state: 'WITHDRAWN',
    });
    expect((await read(hr('RZ2'), transfer?.id))?.['record']).toBeNull();
    expect(await read(hr('RZ1'), transfer?.id)).toBeNull();
    const again = await act(self('Alba'), GIVE, { transferId: transfer?.id });
    expect(again.transfer?.state).toBe('RELEASED');
    // HR of the new employer, who are staff themselves, were told that she agrees no longer. Nobody else says so for her.
    expect(await act(hr('RZ1'), WITHDRAW, { transferId: transfer?.id })).toEqual(
      refusedWith('NOT_FOUND', 'transferId'),
    );
    const told = await act(hr('RZ2'), WITHDRAW, { transferId: transfer?.id });
    expect(told.transfer).toMatchObject({
      state: 'WITHDRAWN',
      consent: { state: 'WITHDRAWN', recordedBy: 'NEW_EMPLOYER' },
    });
    await act(self('Alba'), GIVE, { transferId: transfer?.id });
  });

  it('is the same for every request of one move, also for twenty at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => request('Bola')));
    expect(new Set(outcomes.map(({ transfer }) => transfer?.id)).size).toBe(1);
    const key = newKey();
    const one = await request('Bola', { idempotencyKey: key });
    expect(await request('Bola', { idempotencyKey: key })).toEqual(one);
    expect(await request('Bola', { idempotencyKey: key, consentGivenOn: null })).toEqual(
      refusedWith('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey'),
    );
  });

  it('takes a person when the name differs, who sees both records masked', async () => {
    const { transfer } = await request('Bola');
    expect(transfer).toMatchObject({ state: 'CASE_OPEN', case: null, record: null });
    const shown = await read(hr('RZ1'), transfer?.id);
    expect(shown?.['case']).toEqual({
      queue: 'NI_MATCH_NAME_DIFFERS',
      subject: { familyName: 'A…', niNumber: 'QQ****12A' },
      candidates: [
        {
          employeeNumber: '******12',
          familyName: 'A…',
          birthDate: '1980-**-**',
          niNumber: 'QQ****12A',
          compared: [
            { field: 'NI_NUMBER', outcome: 'SAME' },
            { field: 'BIRTH_DATE', outcome: 'SAME' },
            { field: 'LAST_NAME', outcome: 'DIFFERENT' },
          ],
        },
      ],
    });
    expect(JSON.stringify(shown)).not.toMatch(/Adeyemi|QQ000012A|1980-01-02|90000112/);

    const decision = {
      transferId: transfer?.id,
      decision: 'SAME_PERSON',
      employeeNumber: '90000112',
      reason: 'Marriage certificate seen',
    };
    const decide = (caller: Partial<Caller>, change: object = {}) =>
      act(caller, DECIDE, { ...decision, ...change });
    // Not by the new employer, a machine, whoever asked, or the person.
    expect(await decide(hr('RZ2'))).toEqual(refusedWith('NOT_FOUND', 'transferId'));
    const same = refusedWith('SECOND_PERSON_REQUIRED', 'transferId');
    expect(await decide(hr('RZ1', { kind: 'machine' }))).toEqual(same);
    expect(await decide(hr('RZ1', { subject: String(hr('RZ2').subject) }))).toEqual(same);
    expect(await decide(hr('RZ1', { subject: idOf('Bola') }))).toEqual(same);
    // Somebody else's record does not go out, nor one that was not named.
    for (const employeeNumber of ['90000113', '90000003', null]) {
      expect(await decide(hr('RZ1'), { employeeNumber })).toEqual(
        refusedWith('INVALID_VALUE', 'employeeNumber'),
      );
    }
    expect((await decide(hr('RZ1'))).transfer?.state).toBe('RELEASED');
    expect(await decide(hr('RZ1'))).toEqual(refusedWith('NOT_FOUND', 'transferId'));
    const released = await read(hr('RZ2'), transfer?.id);
    expect(released?.['record']).toMatchObject({ employment: { employeeNumber: '90000112' } });
    // Nothing was joined: two people in the graph, as before.
    expect(idOf('Bola')).not.toBe(old.get('Bola'));
  });

  it.each([
    ['Cora', 'NAME_MATCH_NI_DIFFERS', 1],
    ['Dora', 'DUPLICATE_NI_NUMBERS', 2],
  ])('of %s is a case of %s', async (given, queue, candidates) => {
    const { transfer } = await request(given);
    const shown = await read(hr('RZ1'), transfer?.id);
    expect(shown?.['case']).toMatchObject({ queue });
    expect((shown?.['case'] as { candidates: readonly object[] }).candidates).toHaveLength(
      candidates,
    );
  });

  it('can be refused', async () => {
    const { transfer } = await request('Dora');
    const { transfer: refused } = await act(hr('RZ1'), DECIDE, {
      transferId: transfer?.id,
      decision: 'DIFFERENT_PEOPLE',
      reason: 'Neither of the two',
    });
    expect(refused).toMatchObject({ state: 'REFUSED', record: null });
    expect((await request('Dora')).transfer).toMatchObject({ id: transfer?.id, state: 'REFUSED' });
  });

  it('becomes certain at a new request once the records have been put right', async () => {
    const { transfer } = await request('Cora');
    await world.importText(
      go2Text(
        person('Cora', '13', {
          family: 'Finch',
          niNumber: 'QQ000013A',
          birthDate: '19800103',
          terminationDate: '20261031',
          systemPersonType: 'EX_EMP',
        }),
        { sequence: 3, kind: 'GOC' },
      ),
    );
    expect((await request('Cora')).transfer).toMatchObject({ id: transfer?.id, state: 'RELEASED' });
  });

  it.each([
    ['of somebody elsewhere', { staffId: 'Ruth' }, 'NOT_FOUND', 'staffId'],
    ['from nowhere', { from: 'RZ9' }, 'NOT_FOUND', 'from'],
    ['from oneself', { from: 'RZ2' }, 'INVALID_VALUE', 'from'],
    ['agreed to tomorrow', { consentGivenOn: '2026-11-23' }, 'INVALID_VALUE', 'consentGivenOn'],
    ['agreed to on no day', { consentGivenOn: '2026-02-30' }, 'INVALID_VALUE', 'consentGivenOn'],
  ])('is not made %s', async (_what, change, code, field) => {
    const staffId = 'staffId' in change ? await world.staffId('RZ1', '90000001') : idOf('Alba');
    expect(await request('Alba', { ...change, staffId })).toEqual(refusedWith(code, field));
  });

  it('is told of to those who are part of it, for a purpose, and noted in the access log', async () => {
    const list = '{ transfers(first: 100) { edges { node { staffId state } } } }';
    const listed = async (odsCode: string) => {
      const { data, extensions } = await world.ask(hr(odsCode), list);
      const { edges } = data?.['transfers'] as { edges: readonly { node: Shown }[] };
      return { staffIds: edges.map(({ node }) => node['staffId']), people: extensions?.people };
    };
    const everybody = PEOPLE.map(([given]) => idOf(given)).sort();
    for (const odsCode of ['RZ1', 'RZ2']) {
      const { staffIds, people } = await listed(odsCode);
      expect([...staffIds].sort()).toEqual(everybody);
      expect([...(people ?? [])].sort()).toEqual(everybody);
    }
    expect((await listed('RZ3')).staffIds).toEqual([]);
    const mine = await world.ask(self('Alba'), '{ myTransfers { staffId } }');
    expect(mine.data).toEqual({ myTransfers: [{ staffId: idOf('Alba') }] });
    const unreasoned = { kind: 'person', scopes: new Set(['hr:read']), odsCode: 'RZ1' } as const;
    const { errors } = await world.ask(unreasoned, list);
    expect(errors?.[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
    for (const caller of [
      self('Alba'),
      { kind: 'machine', scopes: new Set(['record:read']) } as const,
    ]) {
      expect((await world.ask(caller, list)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });
});

describe('an alert', () => {
  it('is raised on days 7, 21 and 28 after the last day, once each, until the joiner is accepted', async () => {
    const transfers = postgresTransfers(openEmbedded(world.engine).schema<EsrTables>('esr'));
    const { transfer } = await request('Alba');
    const raise = async (day: string) => {
      await transfers.raiseAlerts(day, new Date(`${day}T09:00:00Z`));
      await transfers.raiseAlerts(day, new Date(`${day}T10:00:00Z`));
      return (await read(hr('RZ2'), transfer?.id))?.['alerts'];
    };
    const days = ['2026-11-06', '2026-11-07', '2026-11-20', '2026-11-21', '2026-11-27'];
    const seen = [];
    for (const day of days) seen.push(await raise(day));
    expect(seen).toEqual([
      [],
      [{ day: 7 }],
      [{ day: 7 }],
      [{ day: 7 }, { day: 21 }],
      [{ day: 7 }, { day: 21 }],
    ]);
    const { rows } = await world.engine.query(
      `select count(*)::int as events from esr.outbox where type = 'staff-transfer-alert-1' and staff_id = $1`,
      [idOf('Alba')],
    );
    expect(rows).toEqual([{ events: 2 }]);
    expect(await act(hr('RZ1'), COMPLETE, { transferId: transfer?.id })).toEqual(
      refusedWith('NOT_FOUND', 'transferId'),
    );
    await act(hr('RZ2'), COMPLETE, { transferId: transfer?.id });
    expect(await raise('2026-11-28')).toEqual([{ day: 7 }, { day: 21 }]);
  });
});

describe('where records are', () => {
  const locations = async (caller: Partial<Caller>, staffId: string) =>
    (
      await world.ask(caller, 'query ($id: ID!) { recordLocations(staffId: $id) { odsCode } }', {
        id: staffId,
      })
    ).data?.['recordLocations'];
  it('is told to the person and to HR that may see them, and to nobody else', async () => {
    const both = [{ odsCode: 'RZ1' }, { odsCode: 'RZ2' }];
    expect(await locations(self('Alba'), idOf('Alba'))).toEqual(both);
    expect(await locations(hr('RZ2'), idOf('Alba'))).toEqual(both);
    // She has left RZ1.
    expect(await locations(hr('RZ1'), idOf('Alba'))).toBeNull();
    expect(await locations(self('Bola'), idOf('Alba'))).toBeNull();
    expect(await locations(hr('RZ2'), 'stf_nobodynobodynobodyno1')).toBeNull();
    const service = { kind: 'machine', scopes: new Set(['record:read']) } as const;
    expect(await locations(service, idOf('Alba'))).toBeNull();
  });
});
