/** What the store of the register promises, on the embedded database and on PostgreSQL. */
import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { migrate } from '../../runtime/migrate.ts';
import { newRegistryChangeId } from '../../subgraphs/passport/domain/identifiers.ts';
import type { Accreditations } from '../../subgraphs/passport/domain/ports/accreditations.ts';
import type { Registry } from '../../subgraphs/passport/domain/ports/registry.ts';
import {
  registryBasis,
  registryLines,
  type RegistryWanted,
} from '../../subgraphs/passport/domain/registry.ts';
import { aesSealer } from '../../subgraphs/passport/keys/sealer.ts';
import { postgresAccreditations } from '../../subgraphs/passport/postgres/accreditations.ts';
import { postgresRegistry } from '../../subgraphs/passport/postgres/registry.ts';
import { postgresRepeats } from '../../subgraphs/passport/postgres/repeats.ts';
import { postgresSignalReceivers } from '../../subgraphs/passport/postgres/signal-receivers.ts';
import type { PassportDatabase, PassportTables } from '../../subgraphs/passport/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

const MIGRATIONS = new URL('../../subgraphs/passport/postgres/migrations', import.meta.url);
const NOW = new Date('2026-11-22T09:00:00Z');

function contract(open: () => Promise<Opened>): void {
  let opened: Opened;
  let db: PassportDatabase;
  let registry: Registry;
  let accreditations: Accreditations;
  let made = 0;
  beforeAll(async () => {
    opened = await open();
    await migrate(opened.database, 'passport', MIGRATIONS);
    db = opened.database.schema<PassportTables>('passport');
    registry = postgresRegistry(db);
    accreditations = postgresAccreditations(db);
  });
  afterAll(() => opened.close());

  const newTrust = (): string => `RG${String((made += 1))}`;
  const person = (odsCode: string, subject: string) => ({
    subject,
    odsCode,
    name: 'Somebody',
    requestId: 'request-1',
  });
  const repeat = (hash = 'hash') => ({ key: `key-${String((made += 1))}`, requestHash: hash });
  const propose = async (wanted: RegistryWanted, subject = 'stf_a') => {
    const current = await registry.find(wanted.odsCode, NOW);
    const change = await registry.propose(
      {
        id: newRegistryChangeId(),
        wanted,
        lines: registryLines(current, wanted),
        basis: registryBasis(current),
        reason: 'We need it',
      },
      person(wanted.odsCode, subject),
      repeat(),
      NOW,
    );
    if ('kind' in change) throw new Error(change.code);
    return change;
  };
  const apply = (id: string, odsCode: string, subject: string) =>
    registry.apply(id, person(odsCode, subject), 'anchor', repeat(), NOW);

  it('puts all of a change into the register, once', async () => {
    const odsCode = newTrust();
    const { id } = await propose({
      odsCode,
      mayIssue: ['IDENTITY', 'DBS_OUTCOME'],
      issuesUntil: '2027-07-31',
      mayCheck: false,
      contact: { team: 'A team', mail: 'team@trust.example' },
    });
    const outcomes = await Promise.all([
      apply(id, odsCode, 'stf_b'),
      apply(id, odsCode, 'stf_c'),
      apply(id, odsCode, 'stf_a'),
    ]);
    expect(outcomes.filter((one) => !('kind' in one))).toHaveLength(1);
    expect(await registry.find(odsCode, NOW)).toMatchObject({
      mayCheck: false,
      contact: { team: 'A team', mail: 'team@trust.example' },
      issuing: [
        // The last day counts whole, in the summer of the United Kingdom.
        { type: 'IDENTITY', until: new Date('2027-07-31T23:00:00Z') },
        { type: 'DBS_OUTCOME' },
      ],
    });
    expect(await registry.mayCheck(odsCode)).toBe(false);
    expect(await registry.mayCheck('RG0')).toBe(true);
    const { rows } = await sql<{ action: string }>`
      select action from passport.audit_event where ods_code = ${odsCode} order by id`.execute(db);
    expect(rows.map(({ action }) => action).toSorted()).toEqual([
      'accreditation.granted',
      'accreditation.granted',
      'registry-change.applied',
      'registry-change.proposed',
    ]);
  });

  it('keeps whom an operator says to ask, and the rest as it was', async () => {
    const odsCode = newTrust();
    const old = await propose({ odsCode, mayIssue: [], mayCheck: false });
    await apply(old.id, odsCode, 'stf_b');
    const waiting = await propose({ odsCode, mayIssue: [], mayCheck: true });
    const contact = { team: 'A team', mail: 'team@trust.example', phone: '020 7946 0009' };
    await registry.registerContact(odsCode, contact, { subject: 'olivia' }, NOW);
    expect(await registry.find(odsCode, NOW)).toMatchObject({ mayCheck: false, contact });
    expect(await apply(waiting.id, odsCode, 'stf_b')).toMatchObject({
      code: 'RESOURCE_VERSION_MISMATCH',
    });
    const other = newTrust();
    await registry.registerContact(other, contact, { subject: 'olivia' }, NOW);
    expect(await registry.find(other, NOW)).toMatchObject({ mayCheck: true, contact });
    const { rows } = await sql`
      select actor, action, subject, details from passport.audit_event
      where ods_code = ${other}`.execute(db);
    expect(rows).toEqual([
      { actor: 'olivia', action: 'registry-contact.set', subject: other, details: {} },
    ]);
  });

  it('takes nobody’s word for their own change, and the database neither', async () => {
    const odsCode = newTrust();
    const { id } = await propose({ odsCode, mayIssue: [], mayCheck: false });
    expect(await apply(id, odsCode, 'stf_a')).toMatchObject({ rule: 'second_person_required' });
    await expect(
      sql`update passport.registry_change set state = 'APPLIED', decided_by = 'stf_a',
        decided_for = ods_code, decided_at = now() where id = ${id}`.execute(db),
    ).rejects.toThrow(/check/);
    expect(await registry.mayCheck(odsCode)).toBe(true);
  });

  it('refuses what was compared with something else', async () => {
    const odsCode = newTrust();
    const { id } = await propose({ odsCode, mayIssue: ['IDENTITY'], mayCheck: true });
    await accreditations.grant(
      { odsCode, types: ['VACCINATION'], anchor: 'anchor', from: NOW },
      { subject: 'test' },
      NOW,
    );
    expect(await apply(id, odsCode, 'stf_b')).toMatchObject({ code: 'RESOURCE_VERSION_MISMATCH' });
    expect((await registry.find(odsCode, NOW)).issuing.map(({ type }) => type)).toEqual([
      'VACCINATION',
    ]);
  });

  it('lets one change of an organisation wait at a time, and the next once it was turned down', async () => {
    const odsCode = newTrust();
    const wanted = { odsCode, mayIssue: [], mayCheck: false };
    const { id } = await propose(wanted);
    await expect(propose({ ...wanted, mayIssue: ['IDENTITY'] })).rejects.toThrow('INVALID_VALUE');
    const by = person(odsCode, 'stf_b');
    expect(await registry.turnDown(id, by, repeat(), NOW)).toMatchObject({ state: 'TURNED_DOWN' });
    const next = await propose(wanted);
    const whose = { odsCode, state: undefined };
    const page = await registry.listChanges(whose, { first: 1 });
    expect(page.map((one) => one.id)).toEqual([next.id, id]);
    const rest = await registry.listChanges(whose, { first: 1, after: next.position });
    expect(rest.map((one) => one.id)).toEqual([id]);
  });

  it('counts nothing where nothing is taken away, and no more than there is', async () => {
    const none = { credentialsInForce: 0, offersOpen: 0, requestsOpen: 0 };
    const odsCode = newTrust();
    await sql`
      insert into passport.offer (id, staff_id, ods_code, types, created_at, expires_at)
      values (${`ofr_${odsCode}`}, 'stf_a', ${odsCode}, '["IDENTITY"]', ${NOW},
        ${new Date(NOW.getTime() + 60_000)})`.execute(db);
    const of = (types: readonly ('IDENTITY' | 'VACCINATION')[]) =>
      registry.effect(odsCode, { types, checking: true }, NOW);
    expect(await of([])).toEqual(none);
    expect(await of(['VACCINATION'])).toEqual(none);
    expect(await of(['IDENTITY'])).toEqual({ ...none, offersOpen: 1 });
  });

  it('keeps the answer of what is safe to do twice', async () => {
    const repeats = postgresRepeats(db);
    const claim = { actor: 'stf_a', key: 'repeat', requestHash: 'one', now: NOW };
    expect(await repeats.claim(claim)).toEqual({ kind: 'first' });
    expect(await repeats.claim(claim)).toEqual({ kind: 'repeat', answer: undefined });
    await repeats.answer(claim, 'kid');
    expect(await repeats.claim(claim)).toEqual({ kind: 'repeat', answer: 'kid' });
    expect(await repeats.claim({ ...claim, requestHash: 'two' })).toEqual({ kind: 'reused' });
  });

  it('says how much waits for each receiver', async () => {
    const odsCode = newTrust();
    const receivers = postgresSignalReceivers(db, aesSealer(randomBytes(32)));
    const receiver = { id: `rcv_${odsCode}`, url: 'https://hr.example/', audience: 'hr' };
    await receivers.add(receiver, 'whsec_a', 5, {
      by: person(odsCode, 'stf_a'),
      idempotencyKey: odsCode,
      requestHash: 'hash',
      now: NOW,
    });
    expect(await receivers.backlogs(odsCode)).toEqual([
      { receiverId: `rcv_${odsCode}`, url: 'https://hr.example/', failures: 0, waiting: 0 },
    ]);
    for (const nth of [1, 2]) {
      await sql`
        insert into passport.signal (id, ods_code, staff_id, cause, about, said, happened_at, created_at)
        values (${`sig_${odsCode}${String(nth)}`}, ${odsCode}, 'stf_a', 'STAFF_LEFT', ${String(nth)}, 'left',
          ${NOW}, ${NOW})`.execute(db);
    }
    expect(await receivers.backlogs(odsCode)).toEqual([
      {
        receiverId: `rcv_${odsCode}`,
        url: 'https://hr.example/',
        failures: 0,
        waiting: 2,
        oldestAt: NOW,
      },
    ]);
  });
}

describe('on the embedded database', () => {
  contract(embeddedDatabase);
});

describeWithServers('postgres')('on PostgreSQL', () => {
  contract(serverDatabase);
});
