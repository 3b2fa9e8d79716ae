/** What follows from what happens to people, on the embedded database and on PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import type { Caller } from '../../runtime/caller-statement.ts';
import type { Database } from '../../runtime/database.ts';
import type { AskGraph } from '../../runtime/graph-client.ts';
import { splitCompactJws } from '../../standards/compact-jws.ts';
import type { SignalPush } from '../../subgraphs/passport/domain/signal-receivers.ts';
import type { StaffEventStore } from '../../subgraphs/passport/domain/staff-events.ts';
import { writeSignals } from '../../subgraphs/passport/postgres/signals.ts';
import { postgresStaffEvents } from '../../subgraphs/passport/postgres/staff-events.ts';
import type { PassportTables } from '../../subgraphs/passport/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import {
  type Bench,
  callers,
  type GraphRecord,
  issueTo,
  memoryDesk,
  memoryGraph,
  newKey,
  newSettings,
  newWallet,
  nurse,
  operations,
  startPassport,
} from '../unit/subgraphs/passport/passport-bench.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

interface Event {
  readonly type: string;
  readonly staffId: string;
  readonly odsCode: string;
  readonly worksAt: readonly string[];
  readonly deceased?: boolean;
  readonly registrations?: readonly object[];
  readonly trainingPlacements?: readonly object[];
}

/** A graph that tells events, some at a time, from a position that is a number. */
const graphWith =
  (events: readonly Event[], people: ReadonlyMap<string, GraphRecord | undefined>): AskGraph =>
  async (question) => {
    const { document, variables, shape } = question;
    if (!document.includes('staffEvents')) return memoryGraph(people)(question);
    const after = Number(variables['after'] ?? 0);
    const page = events.slice(after, after + Number(variables['first']));
    return Promise.resolve(
      shape.parse({
        staffEvents: {
          events: page.map((event) => ({
            at: '2026-11-22T12:00:00.000Z',
            deceased: false,
            registrations: [],
            trainingPlacements: [],
            ...event,
          })),
          position: String(after + page.length),
        },
      }),
    );
  };

const administrator = (odsCode: string, subject = `stf_admin-${odsCode}`) => {
  const caller = callers.administrator(odsCode);
  return { ...caller, subject, scopes: new Set([...caller.scopes, 'signal:manage']) };
};
const SIGNALS = `query ($first: Int! = 50) { signals(first: $first) { edges { node {
  id staff { id } cause registrationBody registrationStatus credentialType credentialState } } } }`;
const AFTER = `query ($signal: ID, $first: Int!) { signalsAfter(signal: $signal, first: $first) { edges { node {
  id registrationStatus securityEventToken } } } }`;
const REGISTER = `mutation ($input: SignalReceiverRegisterInput!) { result: signalReceiverRegister(input: $input) {
  secret receiver { id url audience } errors { code path } } }`;
const REPLAY = `mutation ($input: SignalReceiverReplayInput!) { result: signalReceiverReplay(input: $input) {
  receiver { id parkedAt } errors { code path } } }`;
const RECEIVERS = `{ signalReceivers { id failures lastFailure parkedAt causes secretSince previousSecretUntil
  attempts { signalId isTest milliseconds outcome } } }`;
const SECRET = `mutation ($input: SignalReceiverSecretChangeInput!) {
  result: signalReceiverSecretChange(input: $input) { secret receiver { id } errors { code path } } }`;
const TEST = `mutation ($input: SignalReceiverTestInput!) { result: signalReceiverTest(input: $input) {
  receiver { attempts { isTest outcome } } errors { code path } } }`;
const HOLDS = `{ staffEventHolds { id people approvedAt releasedAt } }`;
const APPROVE = `mutation ($input: StaffEventHoldApproveInput!) { result: staffEventHoldApprove(input: $input) {
  hold { approvedAt releasedAt } errors { code } } }`;

const registration = (status: string, number = '18Z0042E') => ({
  body: 'NMC',
  number,
  status,
  lastCheckedAt: '2026-11-22T11:00:00Z',
});
const PLACEMENT = {
  reference: 'placement-0001',
  leadOdsCode: 'RZ1',
  hostOdsCode: 'RZ2',
  nationalPostNumber: 'NTH/RZ201/080/STR/005',
  specialty: 'Cardiology',
  grade: 'Specialty Registrar',
  site: 'Ashbourne General',
  startDate: '2026-08-05',
  endDate: '2027-02-02',
  withdrawn: false,
};
const placementAttestation = {
  type: 'TRAINING_PLACEMENT',
  claims: {
    specialty: PLACEMENT.specialty,
    grade: PLACEMENT.grade,
    national_post_number: PLACEMENT.nationalPostNumber,
    lead_employer_ods_code: PLACEMENT.leadOdsCode,
    host_ods_code: PLACEMENT.hostOdsCode,
    site: PLACEMENT.site,
    start_date: PLACEMENT.startDate,
    end_date: PLACEMENT.endDate,
    source_reference: PLACEMENT.reference,
  },
  provenance: {
    assuranceOutcome: 'Onboarding complete',
    verifier: 'Origin',
    verificationMethod: 'Record Verification',
    lastRefresh: '2026-11-20T00:00:00Z',
  },
};

function contract(open: () => Promise<Opened>): void {
  let store: Opened;
  let database: Database;
  let bench: Bench;
  let events: Event[];
  let people: Map<string, GraphRecord | undefined>;
  let staffEvents: StaffEventStore;
  let clock: Date;
  let pushed: SignalPush[];
  /** Also what the receiver did not take. */
  let tried: SignalPush[];
  let refusing: string | undefined;
  let slownessMs = 0;
  let person = 0;

  beforeAll(async () => {
    store = await open();
    ({ database } = store);
    events = [];
    people = new Map();
    pushed = [];
    tried = [];
    clock = new Date('2026-11-22T12:00:00Z');
    bench = await startPassport({
      database,
      settings: newSettings(),
      people,
      now: () => clock,
      desk: memoryDesk(),
      runtime: {
        askGraph: graphWith(events, people),
        signalPusher: {
          push: (push) => {
            tried.push(push);
            if (refusing !== undefined) return Promise.resolve(refusing);
            clock = new Date(clock.getTime() + slownessMs);
            pushed.push(push);
            return Promise.resolve(undefined);
          },
        },
      },
    });
    staffEvents = postgresStaffEvents(database.schema<PassportTables>('passport'));
  });
  afterAll(async () => {
    await bench.stop();
    await store.close();
  });
  beforeEach(() => {
    refusing = undefined;
    slownessMs = 0;
    pushed.length = 0;
    // An hour that nothing has happened in.
    clock = new Date(clock.getTime() + 2 * 3_600_000);
  });

  const newNurse = (number: string): string => {
    person += 1;
    const staffId = `stf_person${String(person)}`;
    const record = nurse(staffId);
    people.set(staffId, {
      ...record,
      registrations: record.registrations.map((one) => ({ ...one, number })),
    });
    return staffId;
  };
  const holdsRegistration = (staffId: string) =>
    issueTo(bench, { staffId, odsCode: 'RZ1', type: 'PROFESSIONAL_REGISTRATION' });
  const stateOf = async (id: string, odsCode = 'RZ1') => {
    const found = (await bench.ask(callers.administrator(odsCode), operations.credential, { id }))
      .data?.credential as { state: string; reason: string | null } | null | undefined;
    return [found?.state, found?.reason];
  };
  const signalsOf = async (odsCode: string, staffId: string) => {
    const { data } = await bench.ask(callers.administrator(odsCode), SIGNALS);
    const { edges } = (
      data as unknown as Record<string, { edges: { node: { staff: { id: string } } }[] }>
    )['signals'] ?? { edges: [] };
    return edges.map(({ node }) => node).filter(({ staff }) => staff.id === staffId);
  };
  const follow = () => bench.composed.work.follow();
  const deliver = () => bench.composed.work.deliver();
  const offer = () => bench.composed.work.offer();

  it('suspends for a suspension, tells every employer once, and restores the same credential', async () => {
    const staffId = newNurse('18Z0001E');
    const { credential } = await holdsRegistration(staffId);
    const worksAt = ['RZ1', 'RZ2'];
    const says = (status: string): Event => ({
      type: 'REGISTRATION_CHANGED',
      staffId,
      odsCode: 'RZ1',
      worksAt,
      registrations: [registration(status, '18Z0001E')],
    });
    events.push(says('SUSPENDED'), says('SUSPENDED'));
    expect(await follow()).toEqual({ signals: 2, held: 0 });
    expect(await stateOf(credential.id)).toEqual(['SUSPENDED', 'REGISTRATION_SUSPENDED']);
    // Nothing new about the same person can be issued meanwhile, though the record may have been read before.
    await expect(holdsRegistration(staffId)).rejects.toThrow('NOT_ELIGIBLE');
    for (const odsCode of worksAt) {
      expect(await signalsOf(odsCode, staffId)).toMatchObject([
        {
          cause: 'REGISTRATION_CHANGED',
          registrationBody: 'NMC',
          registrationStatus: 'SUSPENDED',
          credentialType: 'PROFESSIONAL_REGISTRATION',
          credentialState: 'SUSPENDED',
        },
      ]);
    }
    // Conditions are no suspension, and do not end one.
    events.push(says('CONDITIONS'));
    await follow();
    expect(await stateOf(credential.id)).toEqual(['SUSPENDED', 'REGISTRATION_SUSPENDED']);
    events.push(says('REGISTERED'));
    await follow();
    expect(await stateOf(credential.id)).toEqual(['ACTIVE', 'REINSTATED']);
    expect(await signalsOf('RZ2', staffId)).toMatchObject([
      { registrationStatus: 'REGISTERED', credentialState: 'ACTIVE' },
      { registrationStatus: 'CONDITIONS', credentialState: null },
      { registrationStatus: 'SUSPENDED', credentialState: 'SUSPENDED' },
    ]);
    const { credential: again } = await holdsRegistration(staffId);
    expect(again.state).toBe('ACTIVE');
    const { rows } = await sql<{ details: { because: string } }>`
      select details from passport.audit_event where subject = ${credential.id}
        and action = 'credential.status-changed' order by id`.execute(
      database.schema<PassportTables>('passport'),
    );
    expect(rows.map(({ details }) => details)).toEqual([
      {
        state: 'SUSPENDED',
        reason: 'REGISTRATION_SUSPENDED',
        version: 2,
        because: 'REGISTRATION_CHANGED',
      },
      { state: 'ACTIVE', reason: 'REINSTATED', version: 3, because: 'REGISTRATION_CHANGED' },
    ]);
  });

  it('tells a system that asks again and again what came after, oldest first, in a token for it alone', async () => {
    const staffId = newNurse('18Z0002E');
    const says = (status: string): Event => ({
      type: 'REGISTRATION_CHANGED',
      staffId,
      odsCode: 'RZ1',
      worksAt: ['RZ1', 'RZ2'],
      registrations: [registration(status, '18Z0002E')],
    });
    for (const status of ['SUSPENDED', 'CONDITIONS', 'LAPSED']) {
      events.push(says(status));
      await follow();
    }
    const system = {
      ...callers.hr('RZ2'),
      kind: 'machine' as const,
      subject: 'rz2-rota',
      clientId: 'rz2-rota',
    };
    const after = async (signal: string | undefined, caller: Caller = system, first = 2) => {
      const variables = { first, ...(signal === undefined ? {} : { signal }) };
      const { data, errors } = await bench.ask(caller, AFTER, variables);
      const { signalsAfter } = data as unknown as {
        signalsAfter: {
          edges: {
            node: { id: string; registrationStatus: string; securityEventToken: string | null };
          }[];
        } | null;
      };
      return {
        codes: errors?.map(({ extensions }) => extensions.code) ?? [],
        nodes: signalsAfter?.edges.map(({ node }) => node) ?? [],
      };
    };
    const [third, second, first] = (await signalsOf('RZ2', staffId)) as unknown as { id: string }[];
    const { nodes } = await after(first?.id);
    expect(nodes.map(({ id, registrationStatus }) => [id, registrationStatus])).toEqual([
      [second?.id, 'CONDITIONS'],
      [third?.id, 'LAPSED'],
    ]);
    expect(splitCompactJws(nodes[0]?.securityEventToken ?? '').payload).toMatchObject({
      iss: 'https://passport.example',
      aud: 'https://passport.example/clients/rz2-rota',
      jti: second?.id,
      sub_id: { format: 'opaque', id: staffId },
    });
    expect((await after(first?.id, system, 1)).nodes).toHaveLength(1);
    expect(await after(third?.id)).toEqual({ codes: [], nodes: [] });
    // Asking again and again stands in nobody's access log.
    const quiet = await bench.ask(system, AFTER, { first: 2, signal: third?.id });
    expect(quiet.extensions?.people ?? []).toEqual([]);
    const told = await bench.ask(system, AFTER, { first: 2, signal: second?.id });
    expect(told.extensions?.people).toEqual([staffId]);
    // Another organisation's is as if there were none.
    const [elsewhere] = (await signalsOf('RZ1', staffId)) as unknown as { id: string }[];
    for (const unknown of [elsewhere?.id, 'sig_none']) {
      expect(await after(unknown)).toEqual({ codes: ['INVALID_VALUE'], nodes: [] });
    }
    const person = await after(second?.id, callers.hr('RZ2'));
    expect(person.codes).toEqual(['FORBIDDEN']);
    expect(person.nodes[0]?.securityEventToken).toBeNull();
  });

  it.each<[string, string, readonly (string | null)[]]>([
    ['conditions', 'CONDITIONS', ['ACTIVE', null]],
    ['interim conditions', 'INTERIM_CONDITIONS', ['ACTIVE', null]],
    ['an interim suspension', 'INTERIM_SUSPENSION', ['SUSPENDED', 'REGISTRATION_SUSPENDED']],
    ['a register that could not be read', 'UNKNOWN', ['ACTIVE', null]],
    ['a word that is not known yet', 'UNDER_REVIEW', ['ACTIVE', null]],
    ['a registration that lapsed', 'LAPSED', ['SUSPENDED', 'NO_LONGER_VALID']],
    ['removal from the register', 'REMOVED', ['REVOKED', 'NO_LONGER_VALID']],
  ])('comes to the right thing for %s', async (_what, status, expected) => {
    const number = `18Z1${String(person).padStart(3, '0')}E`;
    const staffId = newNurse(number);
    const { credential } = await holdsRegistration(staffId);
    events.push({
      type: 'REGISTRATION_CHANGED',
      staffId,
      odsCode: 'RZ1',
      worksAt: ['RZ1'],
      registrations: [registration(status, number)],
    });
    await follow();
    expect(await stateOf(credential.id)).toEqual(expected);
  });

  it('leaves alone what a person suspended, other registrations, and everybody when there is nothing to read', async () => {
    const staffId = newNurse('18Z2001E');
    const { credential } = await holdsRegistration(staffId);
    const event = { type: 'REGISTRATION_CHANGED', staffId, odsCode: 'RZ1', worksAt: [] };
    events.push({ ...event, registrations: [] });
    events.push({ ...event, registrations: [registration('SUSPENDED', '99Z9999E')] });
    await follow();
    expect(await stateOf(credential.id)).toEqual(['ACTIVE', null]);
    await bench.ask(callers.administrator('RZ1'), operations.suspend, {
      input: { idempotencyKey: newKey(), credentialId: credential.id, reason: 'LOST_PHONE' },
    });
    events.push({ ...event, registrations: [registration('REGISTERED', '18Z2001E')] });
    await follow();
    expect(await stateOf(credential.id)).toEqual(['SUSPENDED', 'LOST_PHONE']);
  });

  it('lets nobody reinstate what the register says is suspended, whoever suspended it first', async () => {
    const staffId = newNurse('18Z2002E');
    const { credential } = await holdsRegistration(staffId);
    const says = (status: string): Event => ({
      type: 'REGISTRATION_CHANGED',
      staffId,
      odsCode: 'RZ1',
      worksAt: [],
      registrations: [registration(status, '18Z2002E')],
    });
    const act = async (operation: string, reason: string) => {
      const input = { idempotencyKey: newKey(), credentialId: credential.id, reason };
      const { data } = await bench.ask(callers.administrator('RZ1'), operation, { input });
      return data?.result.errors.map(({ code }) => code);
    };
    expect(await act(operations.suspend, 'LOST_PHONE')).toEqual([]);
    // A register that then says nothing known does not lift what it said.
    events.push(says('SUSPENDED'), says('UNKNOWN'));
    await follow();
    expect(await act(operations.reinstate, 'REINSTATED')).toEqual(['STATUS_CHANGE_NOT_ALLOWED']);
    expect(await stateOf(credential.id)).toEqual(['SUSPENDED', 'LOST_PHONE']);
    events.push(says('UNKNOWN'));
    await follow();
    expect(await act(operations.reinstate, 'REINSTATED')).toEqual(['STATUS_CHANGE_NOT_ALLOWED']);
    events.push(says('REGISTERED'));
    await follow();
    expect(await stateOf(credential.id)).toEqual(['SUSPENDED', 'LOST_PHONE']);
    expect(await act(operations.reinstate, 'REINSTATED')).toEqual([]);
  });

  it('ends every credential of somebody who died, whoever issued it, and offers nothing any more', async () => {
    const staffId = newNurse('18Z3002E');
    const kinds = ['EMPLOYMENT_ASSIGNMENT', 'IDENTITY'] as const;
    const held = [await holdsRegistration(staffId)];
    for (const type of kinds) held.push(await issueTo(bench, { staffId, odsCode: 'RZ1', type }));
    const others = newNurse('18Z3003E');
    const { credential: untouched } = await holdsRegistration(others);
    const offersOf = async () =>
      (
        await bench.ask(callers.staff(staffId), operations.offers, { id: staffId })
      ).data?._entities[0].passport?.offers.map(({ state }) => state);
    await bench.ask(callers.hr('RZ1'), operations.offer, {
      input: { idempotencyKey: newKey(), staffId, types: ['IDENTITY'], deferred: true },
    });
    expect(await offersOf()).toContain('OFFERED');
    events.push({ type: 'STAFF_LEFT', staffId, odsCode: 'RZ1', worksAt: [], deceased: true });
    events.push({ type: 'STAFF_LEFT', staffId, odsCode: 'RZ1', worksAt: [], deceased: true });
    expect(await follow()).toEqual({ signals: 1, held: 0 });
    for (const { credential } of held) {
      expect(await stateOf(credential.id)).toEqual(['REVOKED', 'STAFF_MEMBER_DECEASED']);
    }
    expect(await stateOf(untouched.id)).toEqual(['ACTIVE', null]);
    expect(await offer()).toBe(0);
    expect(await offersOf()).not.toContain('OFFERED');
    // Why an employment ended is nobody's business who is told that it did.
    expect(JSON.stringify(await signalsOf('RZ1', staffId))).not.toMatch(/DECEASED|DEATH/i);
  });

  it('ends the credential of an employment that ended, and nothing else', async () => {
    const staffId = newNurse('18Z3001E');
    const employment = await issueTo(bench, {
      staffId,
      odsCode: 'RZ1',
      type: 'EMPLOYMENT_ASSIGNMENT',
    });
    const { credential } = await holdsRegistration(staffId);
    const left = { type: 'STAFF_LEFT', staffId, odsCode: 'RZ1' };
    // They came back before this was read.
    events.push({ ...left, worksAt: ['RZ1'] });
    await follow();
    expect(await stateOf(employment.credential.id)).toEqual(['ACTIVE', null]);
    events.push({ ...left, worksAt: ['RZ2'] });
    await follow();
    expect(await stateOf(employment.credential.id)).toEqual(['REVOKED', 'LEAVING_ORGANISATION']);
    expect(await stateOf(credential.id)).toEqual(['ACTIVE', null]);
    expect(await signalsOf('RZ2', staffId)).toMatchObject([
      { cause: 'STAFF_LEFT', credentialType: 'EMPLOYMENT_ASSIGNMENT', credentialState: 'REVOKED' },
    ]);

    // What they did there is offered by the employer they left, and by no other.
    const record = nurse(staffId);
    const [one] = record.employments;
    const former = { personType: 'EX_EMPLOYEE', terminationDate: '2026-11-20' };
    people.set(staffId, {
      ...record,
      employments: [
        { ...one, ...former },
        { ...one, employer: { odsCode: 'RZ2', name: 'Trust RZ2' }, hireDate: '2026-11-21' },
      ],
    });
    expect(await offer()).toBe(1);
    const offers = (
      await bench.ask(callers.staff(staffId), operations.offers, { id: staffId })
    ).data?._entities[0].passport?.offers.filter(({ state }) => state === 'OFFERED');
    const input = {
      idempotencyKey: newKey(),
      offerId: offers?.[0]?.id,
      type: 'EMPLOYMENT_HISTORY',
      holderKeys: [newWallet().jwk],
    };
    const issued = (await bench.ask(callers.identity(), operations.issue, { input })).data
      ?.credentialIssue.issued[0];
    expect(issued?.credential).toMatchObject({ state: 'ACTIVE', issuer: { odsCode: 'RZ1' } });
    await expect(
      issueTo(bench, { staffId, odsCode: 'RZ2', type: 'EMPLOYMENT_HISTORY' }),
    ).rejects.toThrow('NOT_FOUND');
  });

  it('replaces the credential of a placement that changed, and no other', async () => {
    const staffId = newNurse('18Z4001E');
    const { credential: clean } = await holdsRegistration(staffId);
    const placed = await issueTo(bench, {
      staffId,
      odsCode: 'X26',
      type: 'TRAINING_PLACEMENT',
      attestations: [placementAttestation],
    });
    const says = (changes: object): Event => ({
      type: 'PLACEMENT_CHANGED',
      staffId,
      odsCode: 'RZ1',
      worksAt: ['RZ1'],
      trainingPlacements: [
        { ...PLACEMENT, ...changes },
        { ...PLACEMENT, reference: 'another' },
      ],
    });
    // The training record says what the credential says.
    events.push(says({}));
    await follow();
    expect(await stateOf(placed.credential.id, 'X26')).toEqual(['ACTIVE', null]);
    events.push(says({ endDate: '2027-03-02' }));
    await follow();
    expect(await stateOf(placed.credential.id, 'X26')).toEqual(['REVOKED', 'NO_LONGER_VALID']);
    expect(await stateOf(clean.id)).toEqual(['ACTIVE', null]);
    expect(await signalsOf('RZ2', staffId)).toMatchObject([
      { cause: 'PLACEMENT_CHANGED', credentialState: 'REVOKED' },
    ]);
    // An offer from before the change gives nothing any more.
    await expect(
      issueTo(bench, {
        staffId,
        odsCode: 'X26',
        type: 'TRAINING_PLACEMENT',
        attestations: [placementAttestation],
      }),
    ).rejects.toThrow('NOT_ELIGIBLE');
    expect([await offer(), await offer()]).toEqual([1, 0]);
    // It changes again before the new one is collected. That is offered once, however often it is said.
    const said = says({ endDate: '2027-04-02' });
    events.push(said, said);
    await follow();
    events.push(said);
    await follow();
    expect([await offer(), await offer()]).toEqual([1, 0]);
    const offers = (await bench.ask(callers.staff(staffId), operations.offers, { id: staffId }))
      .data?._entities[0].passport?.offers;
    // Offers of one moment come in any order.
    const due = (offers?.filter(({ state }) => state === 'OFFERED') ?? []).toSorted(
      (a, b) => Number(a.deferred) - Number(b.deferred),
    );
    expect(due).toMatchObject([
      // The one from before, and those that were due.
      { types: ['TRAINING_PLACEMENT'], deferred: false },
      { types: ['TRAINING_PLACEMENT'], deferred: true },
      { types: ['TRAINING_PLACEMENT'], deferred: true },
    ]);
    const collected = await Promise.all(
      due
        .filter(({ deferred }) => deferred)
        .map(async ({ id }) => {
          const input = {
            idempotencyKey: newKey(),
            offerId: id,
            type: 'TRAINING_PLACEMENT',
            holderKeys: [newWallet().jwk],
          };
          const { data } = await bench.ask(callers.identity(), operations.issue, { input });
          return data?.credentialIssue.issued[0]?.credential;
        }),
    );
    // Only the last says what the training record says.
    const [renewed, ...others] = collected.filter((one) => one !== undefined);
    expect(others).toEqual([]);
    expect(renewed).toMatchObject({ state: 'ACTIVE', expiresAt: '2027-04-02T22:59:59.000Z' });
    events.push(says({ endDate: '2027-04-02', withdrawn: true }));
    await follow();
    expect(await stateOf(renewed?.id ?? '', 'X26')).toEqual(['REVOKED', 'NO_LONGER_VALID']);
    expect(await offer()).toBe(0);
  });

  it('takes effect once, however many follow', async () => {
    const staffId = newNurse('18Z5001E');
    const { credential } = await holdsRegistration(staffId);
    events.push({
      type: 'REGISTRATION_CHANGED',
      staffId,
      odsCode: 'RZ1',
      worksAt: ['RZ1'],
      registrations: [registration('SUSPENDED', '18Z5001E')],
    });
    const rounds = await Promise.all(Array.from({ length: 8 }, follow));
    expect(rounds.map(({ signals }) => signals).toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    const found = await bench.ask(callers.administrator('RZ1'), operations.credential, {
      id: credential.id,
    });
    expect(found.data?.credential?.version).toBe(2);
  });

  it('undoes everything of a page that fails, and does it all the next time', async () => {
    const staffId = newNurse('18Z6001E');
    const { credential } = await holdsRegistration(staffId);
    const before = await staffEvents.position();
    const event: Event = {
      type: 'REGISTRATION_CHANGED',
      staffId,
      odsCode: 'RZ1',
      worksAt: ['RZ1'],
      registrations: [registration('SUSPENDED', '18Z6001E')],
    };
    events.push(event);
    const db = database.schema<PassportTables>('passport');
    await sql`alter table passport.signal add constraint fails check (staff_id <> ${sql.lit(staffId)})`.execute(
      db,
    );
    await expect(follow()).rejects.toThrow();
    expect([await stateOf(credential.id), await staffEvents.position()]).toEqual([
      ['ACTIVE', null],
      before,
    ]);
    await sql`alter table passport.signal drop constraint fails`.execute(db);
    expect(await follow()).toEqual({ signals: 1, held: 0 });
    expect((await stateOf(credential.id))[0]).toBe('SUSPENDED');
  });

  it('waits for two people when too many are stopped at once', async () => {
    const crowd = await Promise.all(
      Array.from({ length: 24 }, async (_none, nth) => {
        const staffId = newNurse(`18Z7${String(nth).padStart(3, '0')}E`);
        const { credential } = await issueTo(bench, {
          staffId,
          odsCode: 'RZ1',
          type: 'EMPLOYMENT_ASSIGNMENT',
        });
        return { staffId, credentialId: credential.id };
      }),
    );
    const revoked = async (): Promise<number> => {
      const states = await Promise.all(crowd.map(({ credentialId }) => stateOf(credentialId)));
      return states.filter(([state]) => state === 'REVOKED').length;
    };
    events.push(
      ...crowd.map(({ staffId }) => ({ type: 'STAFF_LEFT', staffId, odsCode: 'RZ1', worksAt: [] })),
    );
    expect(await follow()).toMatchObject({ held: 4 });
    expect(await revoked()).toBe(20);
    // Another trust has said little: its nurse is suspended all the same.
    const other = newNurse('18Z7999E');
    const { credential } = await holdsRegistration(other);
    events.push({
      type: 'REGISTRATION_CHANGED',
      staffId: other,
      odsCode: 'RZ2',
      worksAt: ['RZ2'],
      registrations: [registration('SUSPENDED', '18Z7999E')],
    });
    expect(await follow()).toMatchObject({ held: 0 });
    expect((await stateOf(credential.id))[0]).toBe('SUSPENDED');

    const answer = await bench.ask(administrator('RZ1'), HOLDS);
    const holds = (answer.data as unknown as { staffEventHolds: { id: string; people: number }[] })
      .staffEventHolds;
    expect(holds).toEqual([{ id: holds[0]?.id, people: 4, approvedAt: null, releasedAt: null }]);
    const approve = async (odsCode: string, subject: string) => {
      const input = { holdId: holds[0]?.id };
      const { data } = await bench.ask(administrator(odsCode, subject), APPROVE, { input });
      return data?.result.errors.map(({ code }) => code);
    };
    expect(await approve('RZ2', 'stf_admin-RZ2')).toEqual(['NOT_FOUND']);
    expect(await approve('RZ1', 'stf_one')).toEqual([]);
    expect(await approve('RZ1', 'stf_one')).toEqual(['STATUS_CHANGE_NOT_ALLOWED']);
    await follow();
    expect(await revoked()).toBe(20);
    // More have come: the first approval was of fewer people, and counts no more.
    const late = newNurse('18Z7998E');
    await issueTo(bench, { staffId: late, odsCode: 'RZ1', type: 'EMPLOYMENT_ASSIGNMENT' });
    events.push({ type: 'STAFF_LEFT', staffId: late, odsCode: 'RZ1', worksAt: [] });
    expect(await follow()).toMatchObject({ held: 1 });
    expect(await approve('RZ1', 'stf_two')).toEqual([]);
    expect(await approve('RZ1', 'stf_two')).toEqual(['STATUS_CHANGE_NOT_ALLOWED']);
    expect(await approve('RZ1', 'stf_one')).toEqual([]);
    await follow();
    expect(await revoked()).toBe(24);
    expect(await staffEvents.findReleased()).toEqual([]);
  });

  it('pushes in order, waits longer after each failure, parks after a day, and goes on after a replay', async () => {
    const staffId = newNurse('18Z8001E');
    const register = (url: string) =>
      bench.ask(administrator('RZ2'), REGISTER, {
        input: { idempotencyKey: 'receiver', url, audience: 'https://rz2.example/signals' },
      });
    const url = 'https://rz2.example/signals';
    const made = (await register(url)).data?.result as unknown as {
      receiver: { id: string };
      secret: string;
    };
    const { id: receiverId } = made.receiver;
    // Its secret is told once.
    expect(made.secret).toMatch(/^whsec_/);
    expect((await register(url)).data?.result).toEqual({ ...made, secret: null });
    // What was before it is not pushed.
    expect(await deliver()).toBe(0);
    const say = async (status: string): Promise<void> => {
      events.push({
        type: 'REGISTRATION_CHANGED',
        staffId,
        odsCode: 'RZ1',
        worksAt: ['RZ2'],
        registrations: [registration(status, '18Z8001E')],
      });
      await follow();
    };
    const statuses = () =>
      pushed.map(({ token }) => {
        const [event] = Object.values(splitCompactJws(token).payload['events'] as object) as {
          registration_status: string;
        }[];
        return event?.registration_status;
      });
    const receiver = async () => {
      const { data } = await bench.ask(administrator('RZ2'), RECEIVERS);
      const { signalReceivers } = data as unknown as { signalReceivers: object[] };
      return signalReceivers[0];
    };
    for (const status of ['SUSPENDED', 'CONDITIONS', 'LAPSED']) await say(status);
    refusing = 'http_503';
    expect([await deliver(), await deliver()]).toEqual([0, 0]);
    expect(await receiver()).toMatchObject({
      failures: 1,
      lastFailure: 'http_503',
      parkedAt: null,
      attempts: [{ isTest: false, outcome: 'http_503' }],
    });
    refusing = undefined;
    // It is tried again when its pause is over, and not before.
    expect(await deliver()).toBe(0);
    clock = new Date(clock.getTime() + 1_000);
    // Two at the same time push each signal once.
    const both = await Promise.all([deliver(), deliver()]);
    expect(both.toSorted()).toEqual([0, 3]);
    expect(statuses()).toEqual(['SUSPENDED', 'CONDITIONS', 'LAPSED']);
    expect(splitCompactJws(pushed[0]?.token ?? '').payload).toMatchObject({
      iss: 'https://passport.example',
      aud: 'https://rz2.example/signals',
      sub_id: { format: 'opaque', id: staffId },
    });

    await say('REMOVED');
    refusing = 'invalid_key';
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await deliver();
      clock = new Date(clock.getTime() + 9 * 3_600_000);
    }
    expect(await receiver()).toMatchObject({ failures: 4, parkedAt: expect.any(String) });
    refusing = undefined;
    expect(await deliver()).toBe(0);
    const after = splitCompactJws(pushed[1]?.token ?? '').payload['jti'];
    const replay = (input: object, odsCode = 'RZ2') =>
      bench.ask(administrator(odsCode), REPLAY, {
        input: { idempotencyKey: newKey(), receiverId, ...input },
      });
    expect((await replay({ afterSignal: after }, 'RZ1')).data?.result.errors[0]?.code).toBe(
      'NOT_FOUND',
    );
    expect((await replay({}, 'RZ1')).data?.result.errors[0]?.code).toBe('NOT_FOUND');
    expect((await replay({ afterSignal: after })).data?.result.errors).toEqual([]);
    pushed.length = 0;
    await deliver();
    expect(statuses()).toEqual(['LAPSED', 'REMOVED']);
    // One that answers slowly has a part of each round: others wait for its end.
    expect((await replay({})).data?.result.errors).toEqual([]);
    slownessMs = 600;
    expect([await deliver(), await deliver()]).toEqual([2, 2]);
  });

  it('pushes what an administrator pauses, and numbers signals in the order in which they can be seen', async () => {
    const staffId = newNurse('18Z8003E');
    const { credential } = await holdsRegistration(staffId);
    const ownUrl = 'https://rz1.example/all';
    await bench.ask(administrator('RZ1'), REGISTER, {
      input: { idempotencyKey: newKey(), url: ownUrl, audience: 'all' },
    });
    const told = async (work: Promise<unknown>): Promise<unknown> => {
      await work;
      await deliver();
      const last = pushed.findLast(({ url }) => url === ownUrl);
      return splitCompactJws(last?.token ?? '').payload['events'];
    };
    const suspending = () =>
      bench.ask(callers.administrator('RZ1'), operations.suspend, {
        input: { idempotencyKey: newKey(), credentialId: credential.id, reason: 'LOST_PHONE' },
      });
    expect(Object.values((await told(suspending())) as object)).toEqual([
      expect.objectContaining({
        cause: 'CREDENTIAL_CHANGED',
        initiating_entity: 'admin',
        change_type: 'update',
        staff_credential_type: 'PROFESSIONAL_REGISTRATION',
        staff_credential_state: 'SUSPENDED',
      }),
    ]);

    // Whoever writes first is read first, however long the transaction goes on after that.
    const db = database.schema<PassportTables>('passport');
    const order: string[] = [];
    const said = (name: string) => [
      {
        odsCodes: ['RZ8'],
        staffId,
        cause: 'CREDENTIAL_CHANGED' as const,
        about: name,
        said: name,
        onlyAfterAnother: false,
        happenedAt: clock,
      },
    ];
    const written = Promise.withResolvers<undefined>();
    const slow = db.transaction().execute(async (transaction) => {
      await writeSignals(transaction, said('slow'), clock);
      written.resolve(undefined);
      await new Promise((resolve) => setTimeout(resolve, 200));
      order.push('slow');
    });
    await written.promise;
    const quick = db
      .transaction()
      .execute((transaction) => writeSignals(transaction, said('quick'), clock))
      .then(() => order.push('quick'));
    await Promise.all([slow, quick]);
    expect(order).toEqual(['slow', 'quick']);
  });

  it('pushes what a receiver chose, with each of its secrets, and a test at once', async () => {
    const staffId = newNurse('18Z8002E');
    const receiverOf = async (id: string) => {
      const { data } = await bench.ask(administrator('RZ3'), RECEIVERS);
      const { signalReceivers } = data as unknown as {
        signalReceivers: { id: string; attempts: object[] }[];
      };
      return signalReceivers.find((one) => one.id === id);
    };
    const change = async (query: string, input: object, odsCode = 'RZ3') => {
      const { data } = await bench.ask(administrator(odsCode), query, {
        input: { idempotencyKey: newKey(), ...input },
      });
      return data?.result as unknown as {
        secret: string | null;
        receiver: { id: string } | null;
        errors: { code: string }[];
      };
    };
    const chosen = { url: 'https://rz3.example/hooks', audience: 'rz3' };
    expect((await change(REGISTER, { ...chosen, causes: [] })).errors).toEqual([
      { code: 'INVALID_VALUE', path: ['input', 'causes'] },
    ]);
    const other = await change(REGISTER, { ...chosen, causes: ['STAFF_LEFT', 'STAFF_LEFT'] });
    expect(await receiverOf(other.receiver?.id ?? '')).toMatchObject({
      causes: ['STAFF_LEFT'],
      attempts: [],
    });

    // What others are still to get.
    while ((await deliver()) > 0);
    pushed.length = 0;
    const say = async (status: string): Promise<void> => {
      events.push({
        type: 'REGISTRATION_CHANGED',
        staffId,
        odsCode: 'RZ1',
        worksAt: ['RZ3'],
        registrations: [registration(status, '18Z8002E')],
      });
      await follow();
    };
    await say('SUSPENDED');
    expect(await deliver()).toBe(0);
    expect(pushed).toEqual([]);
    const made = await change(REGISTER, { ...chosen, causes: ['REGISTRATION_CHANGED'] });
    const receiverId = made.receiver?.id ?? '';

    // The secret before signs too, for a day.
    const changed = await change(SECRET, { receiverId });
    expect((await change(SECRET, { receiverId }, 'RZ1')).errors[0]?.code).toBe('NOT_FOUND');
    await say('LAPSED');
    expect(await deliver()).toBe(1);
    expect(pushed[0]?.secrets).toEqual([changed.secret, made.secret]);
    expect(pushed[0]?.id).toBe(splitCompactJws(pushed[0]?.token ?? '').payload['jti']);

    // A test says how the receiver answers now; it counts for nothing.
    refusing = 'http_418';
    expect(await change(TEST, { receiverId })).toMatchObject({
      receiver: { attempts: [{ isTest: true, outcome: null }, { isTest: false }] },
      errors: [],
    });
    clock = new Date(clock.getTime() + 25 * 3_600_000);
    expect(await deliver()).toBe(0);
    expect(await deliver()).toBe(0);
    refusing = undefined;
    expect(pushed).toHaveLength(1);
    expect(tried.at(-1)?.secrets).toEqual([changed.secret]);
    expect(splitCompactJws(tried.at(-1)?.token ?? '').payload).toMatchObject({
      aud: 'rz3',
      sub_id: { id: receiverId },
      events: { 'https://schemas.openid.net/secevent/ssf/event-type/verification': {} },
    });
    expect(await receiverOf(receiverId)).toMatchObject({
      failures: 0,
      attempts: [
        { isTest: true, outcome: 'http_418' },
        { isTest: false, outcome: 'taken' },
      ],
    });
    // A refusal takes no key: what was wrong can be put right under the same one.
    const key = newKey();
    const wrong = await change(TEST, { receiverId: 'sgr_none', idempotencyKey: key });
    expect(wrong.errors.map(({ code }) => code)).toEqual(['NOT_FOUND']);
    expect((await change(TEST, { receiverId, idempotencyKey: key })).errors).toEqual([]);
    const reused = await change(TEST, { receiverId: 'sgr_none', idempotencyKey: key });
    expect(reused.errors.map(({ code }) => code)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    for (let test = 1; test < 10; test += 1) {
      expect((await change(TEST, { receiverId })).errors).toEqual([]);
    }
    expect((await change(TEST, { receiverId })).errors[0]?.code).toBe('NOT_ELIGIBLE');
    expect((await change(TEST, { receiverId }, 'RZ1')).errors[0]?.code).toBe('NOT_FOUND');
  });

  it.each([
    ['an address without encryption', 'http://rz2.example/signals'],
    ['an address with a password', 'https://user:word@rz2.example/'],
    ['an address with a fragment', 'https://rz2.example/#here'],
    ['another protocol', 'ftp://rz2.example/'],
    ['no address', 'rz2.example'],
    ['an address that goes on and on', `https://rz2.example/${'x'.repeat(500)}`],
  ])('does not push to %s', async (_what, url) => {
    const { data } = await bench.ask(administrator('RZ2'), REGISTER, {
      input: { idempotencyKey: newKey(), url, audience: 'a' },
    });
    expect(data?.result.errors).toEqual([{ code: 'INVALID_VALUE', path: ['input', 'url'] }]);
  });
}

describe('on the embedded database', () => {
  contract(embeddedDatabase);
});
describeWithServers('postgres')('on PostgreSQL', () => {
  contract(serverDatabase);
});
