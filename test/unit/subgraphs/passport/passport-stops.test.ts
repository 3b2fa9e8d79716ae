/** Stopping with a second person, pausing all at once, and stopping alone with a review afterwards. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import type { Caller } from '../../../../runtime/caller-statement.ts';
import { type Database, openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import { checkAuditChain, sealAudit } from '../../../../subgraphs/passport/domain/audit-chain.ts';
import type { AuditTrail } from '../../../../subgraphs/passport/domain/ports/audit-trail.ts';
import { reviewDueAt } from '../../../../subgraphs/passport/domain/passport-stop.ts';
import type { SignalReceiverStore } from '../../../../subgraphs/passport/domain/signal-receivers.ts';
import { startTestEngine } from '../../../servers/embedded.ts';
import {
  type Bench,
  callers,
  issueTo,
  newKey,
  newSettings,
  nurse,
  operations,
  startPassport,
} from './passport-bench.ts';

const AMARA = 'stf_amara';
const BOLA = 'stf_bola';
const asker = callers.administrator('RZ1');
const approver = { ...asker, subject: 'stf_second-RZ1', name: 'Second administrator of RZ1' };
const elsewhere = callers.administrator('RZ2');

const STOP = `stop { id state urgent reason note stopped requestedBy { id } decidedBy { id } reviewDueAt review reviewedBy { id }
  credential { id } credentials { id state } } errors { code path rule }`;
const stopOperations = {
  request: `mutation ($input: PassportStopRequestInput!) { outcome: passportStopRequest(input: $input) { ${STOP} } }`,
  approve: `mutation ($input: PassportStopDecisionInput!) { outcome: passportStopApprove(input: $input) { ${STOP} } }`,
  refuse: `mutation ($input: PassportStopDecisionInput!) { outcome: passportStopRefuse(input: $input) { ${STOP} } }`,
  review: `mutation ($input: PassportStopReviewInput!) { outcome: passportStopReview(input: $input) { ${STOP} } }`,
};

interface Stop {
  readonly id: string;
  readonly state: string;
  readonly stopped: number | null;
  readonly credentials: readonly { readonly id: string; readonly state: string }[];
}
interface Outcome {
  readonly stop: Stop | null;
  readonly errors: readonly { readonly code: string; readonly rule: string | null }[];
}

/** She works at two trusts. */
const inBoth = {
  ...nurse(BOLA),
  employments: [...nurse(BOLA).employments, ...nurse(BOLA, 'RZ2').employments],
  assignments: [...nurse(BOLA).assignments, ...nurse(BOLA, 'RZ2').assignments],
};

let engine: EmbeddedEngine;
let database: Database;
let bench: Bench;
let trail: AuditTrail;
let receivers: SignalReceiverStore;
let time = Date.parse('2026-06-01T10:00:00Z');

beforeAll(async () => {
  engine = await startTestEngine();
  database = openEmbedded(engine);
  bench = await startPassport({
    database,
    settings: newSettings(),
    people: new Map([
      [AMARA, nurse(AMARA)],
      [BOLA, inBoth],
      ['stf_cara', { ...inBoth, id: 'stf_cara' }],
    ]),
    now: () => new Date(time),
    runtime: {
      wrap: (name, port) => {
        if (name === 'auditTrail') trail = port as unknown as AuditTrail;
        if (name === 'signalReceivers') receivers = port as unknown as SignalReceiverStore;
        return port;
      },
    },
  });
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
});
beforeEach(() => {
  time += 60_000;
});

const query = (): ReturnType<Database['schema']> => database.schema('passport');
const rows = async (text: ReturnType<typeof sql>): Promise<readonly unknown[]> =>
  (await text.execute(query())).rows;

async function act(
  caller: typeof asker,
  action: keyof typeof stopOperations,
  input: object,
): Promise<Outcome> {
  const { data, errors } = await bench.ask(caller, stopOperations[action], {
    input: { idempotencyKey: newKey(), ...input },
  });
  if (data == null) throw new Error(JSON.stringify(errors));
  return (data as unknown as { outcome: Outcome }).outcome;
}

const issued = async (staffId = AMARA, odsCode = 'RZ1', type = 'IDENTITY'): Promise<string> =>
  (await issueTo(bench, { staffId, odsCode, type })).credential.id;
const stateOf = async (id: string, ods = 'RZ1'): Promise<string | undefined> =>
  (await bench.ask(callers.administrator(ods), operations.credential, { id })).data?.credential
    ?.state;
const asked = async (staffId: string, credentialId?: string): Promise<string> => {
  const { stop, errors } = await act(asker, 'request', {
    staffId,
    reason: 'LEAVING_ORGANISATION',
    ...(credentialId === undefined ? {} : { credentialId }),
  });
  if (stop === null) throw new Error(JSON.stringify(errors));
  return stop.id;
};
const codes = ({ errors }: Outcome) => errors.map(({ code, rule }) => [code, rule]);
const listed = async (group: string): Promise<readonly string[]> => {
  const { data } = await bench.ask(
    approver,
    `query { page: passportStops(group: ${group}) { edges { node { id } } } }`,
  );
  const { page } = data as unknown as { page: { edges: { node: { id: string } }[] } };
  return page.edges.map(({ node }) => node.id);
};
const nothing = { staffId: AMARA, reason: 'LOST_PHONE' };

describe('a stop with a second person', () => {
  it('takes effect when somebody else approves it, once', async () => {
    const credentialId = await issued();
    const stopId = await asked(AMARA, credentialId);
    expect(await stateOf(credentialId)).toBe('ACTIVE');
    expect(await listed('WAITING')).toContain(stopId);
    expect(codes(await act(asker, 'approve', { stopId }))).toEqual([
      ['INVALID_VALUE', 'own_request'],
    ]);
    const both = await Promise.all([1, 2].map(() => act(approver, 'approve', { stopId })));
    expect(both.map(codes).sort()).toEqual([[], [['ALREADY_ANSWERED', null]]]);
    expect(both.find(({ stop }) => stop !== null)?.stop).toMatchObject({
      state: 'STOPPED',
      stopped: 1,
      decidedBy: { id: approver.subject },
      requestedBy: { id: asker.subject },
      credentials: [{ id: credentialId, state: 'REVOKED' }],
    });
    expect(await stateOf(credentialId)).toBe('REVOKED');
    expect(await listed('WAITING')).not.toContain(stopId);
    expect(await listed('SETTLED')).toContain(stopId);
    expect(
      await rows(
        sql`select action, actor from passport.audit_event where subject in (${stopId}, ${credentialId})
          and (action like 'stop.%' or action = 'credential.status-changed') order by action`,
      ),
    ).toEqual([
      { action: 'credential.status-changed', actor: approver.subject },
      { action: 'stop.approved', actor: approver.subject },
      { action: 'stop.requested', actor: asker.subject },
    ]);
  });

  it('is the same stop when the same is sent twice, approved or asked for', async () => {
    const credentialId = await issued();
    const input = { idempotencyKey: newKey(), staffId: AMARA, credentialId, reason: 'LOST_PHONE' };
    const [first, second] = [
      await act(asker, 'request', input),
      await act(asker, 'request', input),
    ];
    expect(second.stop?.id).toBe(first.stop?.id);
    expect(codes(await act(asker, 'request', { ...input, reason: 'NO_LONGER_VALID' }))).toEqual([
      ['IDEMPOTENCY_KEY_REUSED', null],
    ]);
    expect(codes(await act(approver, 'request', { ...input, idempotencyKey: newKey() }))).toEqual([
      ['INVALID_VALUE', 'already_waiting'],
    ]);
    const yes = { idempotencyKey: newKey(), stopId: first.stop?.id };
    await act(approver, 'approve', yes);
    expect((await act(approver, 'approve', yes)).stop?.state).toBe('STOPPED');
  });

  it('stops all that the organisation issued at once, and nothing of another', async () => {
    const ours = [await issued(BOLA), await issued(BOLA, 'RZ1', 'PROFESSIONAL_REGISTRATION')];
    const theirs = await issued(BOLA, 'RZ2');
    const stopId = await asked(BOLA);
    const { stop } = await act(approver, 'approve', { stopId });
    expect(stop?.stopped).toBe(2);
    expect(stop?.credentials.map(({ id }) => id).toSorted()).toEqual(ours.toSorted());
    expect(await Promise.all(ours.map((id) => stateOf(id)))).toEqual(['REVOKED', 'REVOKED']);
    expect(await stateOf(theirs, 'RZ2')).toBe('ACTIVE');
  });

  it('is turned down by somebody else, taken back by whoever asked, and over after three days', async () => {
    const credentialId = await issued();
    const refused = await asked(AMARA, credentialId);
    expect((await act(approver, 'refuse', { stopId: refused })).stop?.state).toBe('REFUSED');
    const withdrawn = await asked(AMARA, credentialId);
    expect((await act(asker, 'refuse', { stopId: withdrawn })).stop?.state).toBe('WITHDRAWN');
    const late = await asked(AMARA, credentialId);
    time += 72 * 3_600_000;
    expect(codes(await act(approver, 'approve', { stopId: late }))).toEqual([['EXPIRED', null]]);
    for (const stopId of [refused, withdrawn]) {
      expect(codes(await act(approver, 'approve', { stopId }))).toEqual([
        ['ALREADY_ANSWERED', null],
      ]);
    }
    expect(await stateOf(credentialId)).toBe('ACTIVE');
    expect(await listed('SETTLED')).toEqual(expect.arrayContaining([refused, withdrawn, late]));
  });

  it('is for administrators of the organisation alone, and nobody decides about their own passport', async () => {
    const credentialId = await issued();
    const stopId = await asked(AMARA, credentialId);
    const amara = { ...approver, subject: AMARA };
    expect(codes(await act(elsewhere, 'approve', { stopId }))).toEqual([['NOT_FOUND', null]]);
    expect(codes(await act(elsewhere, 'request', { ...nothing, credentialId }))).toEqual([
      ['NOT_FOUND', null],
    ]);
    for (const action of ['approve', 'refuse'] as const) {
      expect(codes(await act(amara, action, { stopId }))).toEqual([
        ['INVALID_VALUE', 'own_passport'],
      ]);
    }
    const text = `query ($id: ID!) { found: passportStop(id: $id) { id } }`;
    const found = await bench.ask(elsewhere, text, { id: stopId });
    expect(found.data).toEqual({ found: null });
    for (const caller of [callers.hr('RZ1'), { ...approver, kind: 'machine' as const }]) {
      const { errors } = await bench.ask(caller, text, { id: stopId });
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
      await expect(act(caller, 'approve', { stopId })).rejects.toThrow('FORBIDDEN');
    }
    // The table refuses it too, whoever writes the statement.
    await expect(
      rows(sql`update passport.passport_stop set state = 'STOPPED', stopped = 1, decided_at = now(),
        decided_by = requested_by where id = ${stopId}`),
    ).rejects.toThrow(/check constraint/);
    await act(asker, 'refuse', { stopId });
  });

  it.each([
    ['too_long', 'x'.repeat(301)],
    ['nhs_number', 'her number is 943 476 5919'],
    ['ni_number', 'QQ 12 34 56 C'],
  ])('takes no note that is %s, and keeps one sealed', async (rule, note) => {
    await issued(BOLA);
    expect(codes(await act(asker, 'request', { ...nothing, staffId: BOLA, note }))).toEqual([
      ['INVALID_VALUE', rule],
    ]);
    const { stop } = await act(asker, 'request', { ...nothing, staffId: BOLA, note: ' Told us ' });
    expect(stop).toMatchObject({ note: 'Told us', credential: null });
    const [kept] = await rows(
      sql`select sealed_note from passport.passport_stop where id = ${stop?.id}`,
    );
    expect(JSON.stringify(kept)).not.toContain('Told us');
    await act(asker, 'refuse', { stopId: stop?.id });
  });
});

describe('a stop by one person', () => {
  it('takes effect at once for a lost device, and somebody else reviews it', async () => {
    const credentialId = await issued();
    const wanted = { staffId: AMARA, credentialId, urgent: true };
    expect(
      codes(await act(asker, 'request', { ...wanted, reason: 'LEAVING_ORGANISATION' })),
    ).toEqual([['INVALID_VALUE', null]]);
    const { stop } = await act(asker, 'request', { ...wanted, reason: 'LOST_PHONE' });
    expect(stop).toMatchObject({ state: 'STOPPED', urgent: true, stopped: 1, review: null });
    expect(await stateOf(credentialId)).toBe('REVOKED');
    expect(await listed('TO_REVIEW')).toContain(stop?.id);
    const said = { stopId: stop?.id, outcome: 'WRONG' };
    expect(codes(await act(asker, 'review', said))).toEqual([['INVALID_VALUE', 'own_request']]);
    expect((await act(approver, 'review', said)).stop).toMatchObject({
      review: 'WRONG',
      reviewedBy: { id: approver.subject },
    });
    expect(codes(await act(approver, 'review', said))).toEqual([['ALREADY_ANSWERED', null]]);
    expect(await listed('TO_REVIEW')).not.toContain(stop?.id);
  });

  it('is reviewed however it was made', async () => {
    const credentialId = await issued();
    const before = await listed('TO_REVIEW');
    const input = { credentialId, reason: 'CREDENTIAL_PROVIDED_IN_ERROR' };
    await bench.ask(asker, operations.revoke, { input: { idempotencyKey: newKey(), ...input } });
    expect(await stateOf(credentialId)).toBe('REVOKED');
    expect(await listed('TO_REVIEW')).toHaveLength(before.length + 1);
  });

  it.each([
    ['2026-06-01T10:00:00Z', '2026-06-02T10:00:00.000Z'],
    ['2026-06-05T10:00:00Z', '2026-06-08T10:00:00.000Z'],
  ])('on %s is reviewed by %s', (stopped, due) => {
    expect(reviewDueAt(new Date(stopped)).toISOString()).toBe(due);
  });
});

it('pauses a whole passport at once, and can say what a stop would come to', async () => {
  const kept = await issued(BOLA);
  const paused = await bench.ask(
    asker,
    `mutation ($input: PassportPauseInput!) { outcome: passportPause(input: $input) { paused errors { code } } }`,
    { input: { idempotencyKey: newKey(), staffId: BOLA, reason: 'LOST_PHONE' } },
  );
  expect(paused.data).toMatchObject({ outcome: { errors: [] } });
  expect(await stateOf(kept)).toBe('SUSPENDED');
  const outlook = async (caller: typeof asker) =>
    (
      await bench.ask(
        caller,
        `query ($id: ID!) { found: passportStopOutlook(staffId: $id, credentialId: "${kept}") {
          credentials shownTo days keptBy openRequests placedAt } }`,
        { id: BOLA },
      )
    ).data;
  expect(await outlook(asker)).toEqual({
    found: { credentials: 1, shownTo: 0, days: 30, keptBy: 0, openRequests: 0, placedAt: 0 },
  });
  expect(await outlook(elsewhere)).toEqual({ found: null });
});

describe('what is told of a stop', () => {
  const CARA = 'stf_cara';
  const withSignals = (caller: Caller): Caller => ({
    ...caller,
    scopes: new Set([...caller.scopes, 'signal:manage']),
  });
  const receiver = async (odsCode: string, path: string, causes?: readonly string[]) => {
    const { data } = await bench.ask(
      withSignals(callers.administrator(odsCode)),
      `mutation ($input: SignalReceiverRegisterInput!) { outcome: signalReceiverRegister(input: $input) {
        receiver { id } errors { code } } }`,
      {
        input: {
          idempotencyKey: newKey(),
          url: `https://${odsCode.toLowerCase()}.example/${path}`,
          audience: path,
          ...(causes === undefined ? {} : { causes }),
        },
      },
    );
    return (data as unknown as { outcome: { receiver: { id: string } } }).outcome.receiver.id;
  };
  const reachOf = async (of: object, caller: Caller = withSignals(asker)) => {
    const { data, errors } = await bench.ask(
      caller,
      `query ($of: SignalReachOf!) { reach: signalReach(of: $of) {
        receivers reached failing notReached { url failures isParked } } }`,
      { of },
    );
    return errors?.[0]?.extensions.code ?? (data as unknown as { reach: unknown }).reach;
  };
  const told = async (odsCode: string) => {
    const { data } = await bench.ask(
      callers.administrator(odsCode),
      `{ page: signals(first: 100) { edges { node { cause credentialType credentialState staff { id } } } } }`,
    );
    const { page } = data as unknown as {
      page: { edges: { node: { staff: { id: string } } }[] };
    };
    return page.edges
      .map(({ node: { staff, ...said } }) => ({ id: staff.id, said }))
      .filter(({ id }) => id === CARA)
      .map(({ said }) => said);
  };
  const said = (credentialType: string, credentialState: string) => ({
    cause: 'CREDENTIAL_CHANGED',
    credentialType,
    credentialState,
  });

  it('goes to every trust where the person works, and nowhere else, and is followed', async () => {
    const identity = await issued(CARA);
    await issued(CARA, 'RZ1', 'PROFESSIONAL_REGISTRATION');
    await issued(CARA, 'RZ2', 'EMPLOYMENT_ASSIGNMENT');
    const [first, second] = [await receiver('RZ1', 'doors'), await receiver('RZ1', 'rota')];
    await receiver('RZ1', 'leavers', ['STAFF_LEFT']);
    const theirs = await receiver('RZ2', 'doors');
    await receiver('RZ3', 'doors');

    const input = { idempotencyKey: newKey(), credentialId: identity, reason: 'LOST_PHONE' };
    expect(await reachOf({ credentialId: identity })).toBeNull();
    await bench.ask(asker, operations.suspend, { input });
    await bench.ask(asker, operations.suspend, { input });
    expect(await told('RZ1')).toEqual([said('IDENTITY', 'SUSPENDED')]);
    expect(await told('RZ3')).toEqual([]);
    expect(await reachOf({ credentialId: identity })).toMatchObject({ receivers: 3, reached: 0 });

    time += 60_000;
    const stopId = await asked(CARA);
    expect(await reachOf({ stopId })).toBeNull();
    await act(approver, 'approve', { stopId });
    const both = [said('IDENTITY', 'REVOKED'), said('PROFESSIONAL_REGISTRATION', 'REVOKED')];
    for (const odsCode of ['RZ1', 'RZ2']) {
      expect(await told(odsCode)).toEqual(expect.arrayContaining(both));
      expect(await told(odsCode)).toHaveLength(3);
    }

    // One takes everything, one the first of two, and one cannot be reached.
    const positions = await rows(sql`
      select ods_code, position from passport.signal where staff_id = ${CARA} order by position`);
    const attempt = { jti: 'jti', at: new Date(time), milliseconds: 5, outcome: 'taken' };
    const take = async (id: string, leave: number) => {
      const taken = await receivers.take(20, new Date(time), new Date(time));
      const one = taken.find((other) => other.id === id);
      if (one === undefined) throw new Error('not taken');
      const mine = (positions as { ods_code: string; position: number }[]).filter(
        ({ ods_code }) => ods_code === one.odsCode,
      );
      await receivers.acknowledge(one, Number(mine.at(-1 - leave)?.position), attempt);
    };
    await take(first, 0);
    await take(theirs, 1);
    await receivers.fail(second, {
      attempt: { ...attempt, outcome: 'http_503' },
      nextAttemptAt: new Date(time + 60_000),
      parked: false,
      now: new Date(time),
    });
    const unreached = { url: 'https://rz1.example/rota', failures: 1, isParked: false };
    const reach = { receivers: 3, reached: 1, failing: 1, notReached: [unreached] };
    expect(await reachOf({ stopId })).toEqual(reach);
    expect(await reachOf({ stopId }, withSignals(elsewhere))).toBeNull();
    expect(await reachOf({ credentialId: identity }, withSignals(elsewhere))).toBeNull();
    expect(await reachOf({ stopId }, asker)).toBe('FORBIDDEN');
    time += 60_000;
    // One that came later is not told, and one that ended is not waited for.
    await receiver('RZ1', 'late');
    await take(theirs, 0);
    await rows(sql`update passport.signal_receiver set ended_at = now(), ended_by = 'somebody'
      where id = ${second}`);
    expect(await reachOf({ stopId })).toEqual({
      receivers: 2,
      reached: 2,
      failing: 0,
      notReached: [],
    });
  });

  it('is told of a pause of all, and of what is turned back on', async () => {
    const credentialId = await issued(CARA, 'RZ1', 'CORE_SKILLS_TRAINING');
    await bench.ask(
      asker,
      `mutation ($input: PassportPauseInput!) { passportPause(input: $input) { paused } }`,
      { input: { idempotencyKey: newKey(), staffId: CARA, reason: 'LOST_PHONE' } },
    );
    await bench.ask(asker, operations.reinstate, {
      input: { idempotencyKey: newKey(), credentialId, reason: 'REINSTATED' },
    });
    expect((await told('RZ1')).slice(0, 2)).toEqual([
      said('CORE_SKILLS_TRAINING', 'ACTIVE'),
      said('CORE_SKILLS_TRAINING', 'SUSPENDED'),
    ]);
  });
});

describe('the trail that all this leaves', () => {
  const events = async (caller: typeof asker, where: object) => {
    const { data, errors } = await bench.ask(
      caller,
      `query ($where: AuditEventFilter) { page: auditEvents(where: $where, first: 100) {
        edges { node { action actor person { id } subject } } } }`,
      { where },
    );
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    const { page } = data as unknown as { page: { edges: { node: { action: string } }[] } };
    return page.edges.map(({ node }) => node);
  };

  it('is read by filters, by administrators of the organisation', async () => {
    const stopId = await asked(AMARA, await issued());
    expect(await events(asker, { subject: stopId })).toEqual([
      {
        action: 'stop.requested',
        actor: asker.subject,
        person: { id: asker.subject },
        subject: stopId,
      },
    ]);
    expect(await events(elsewhere, { subject: stopId })).toEqual([]);
    const only = await events(asker, { actions: ['stop.reviewed'], actor: approver.subject });
    expect(new Set(only.map(({ action }) => action))).toEqual(new Set(['stop.reviewed']));
    expect(await events(asker, { until: '2020-01-01T00:00:00Z' })).toEqual([]);
    await expect(events(asker, { actions: [] })).rejects.toThrow('INVALID_VALUE');
    await expect(events(callers.hr('RZ1'), {})).rejects.toThrow('FORBIDDEN');
    await act(asker, 'refuse', { stopId });
  });

  it('is sealed piece by piece, and shows when somebody has changed it', async () => {
    const parts = { auditTrail: trail, auditKey: new Uint8Array(32), now: () => new Date(time) };
    // What is younger than two minutes can still be followed by something with a lower number.
    time += 121_000;
    const events = await sealAudit(parts);
    await issued();
    expect(await sealAudit(parts)).toBe(0);
    time += 121_000;
    const more = await sealAudit(parts);
    expect(more).toBeGreaterThan(0);
    expect(await checkAuditChain(parts)).toMatchObject({ unbroken: true, events: events + more });
    expect(await checkAuditChain({ ...parts, auditKey: new Uint8Array(32).fill(1) })).toMatchObject(
      {
        unbroken: false,
      },
    );
    await rows(sql`alter table passport.audit_event disable trigger only_added_to`);
    await rows(sql`update passport.audit_event set actor = 'nobody' where id = 3`);
    expect(await checkAuditChain(parts)).toMatchObject({ unbroken: false });
  });
});
