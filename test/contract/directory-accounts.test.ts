/** The copy of the directory, on PostgreSQL and on the embedded engine. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { migrate } from '../../runtime/migrate.ts';
import type { AccountStore } from '../../subgraphs/nhsmail/domain/account-store.ts';
import type { DirectoryEntry } from '../../subgraphs/nhsmail/domain/directory-entry.ts';
import type { AccountTables } from '../../subgraphs/nhsmail/postgres/account-tables.ts';
import { postgresAccounts } from '../../subgraphs/nhsmail/postgres/accounts.ts';
import { describeWithServers } from '../servers/available.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

const at = new Date('2026-11-22T10:00:00Z');
const later = new Date('2026-11-22T11:00:00Z');

const entry = (id: string, more: Partial<DirectoryEntry> = {}): DirectoryEntry => ({
  id,
  mail: `${id}@nhsmail.example`,
  aliases: [],
  kind: 'USER',
  status: 'ACTIVE',
  familyName: `Family ${id}`,
  odsCode: 'RZ1',
  registrations: [],
  connectorManaged: false,
  owners: [],
  readAt: at,
  ...more,
});
const sourced = (entries: readonly DirectoryEntry[]) => entries.map((one) => ({ entry: one }));

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function keepsTheContract(open: () => Promise<Opened>): void {
  let opened: Opened;
  let accounts: AccountStore;

  beforeAll(async () => {
    opened = await open();
    const folder = new URL('../../subgraphs/nhsmail/postgres/migrations', import.meta.url);
    await migrate(opened.database, 'nhsmail', folder);
    accounts = postgresAccounts(opened.database.schema<AccountTables>('nhsmail'));
  });
  afterAll(() => opened.close());

  /** Accounts that changed after a change, by their number of change: so matching follows them. */
  const changesSince = async (change: number) => {
    const { rows } = await sql<{ id: string; change: number }>`
      select id, change from nhsmail.account where change > ${change} order by change`.execute(
      opened.database.schema('nhsmail'),
    );
    return { ids: rows.map(({ id }) => id), next: rows.at(-1)?.change ?? change };
  };

  it('reads back what was written, whatever is in it', async () => {
    const odd = entry('odd "1" \\ {x},\t\n', {
      mail: 'o"d,d{}\\@nhsmail.example',
      aliases: ['zoë@nhsmail.example', 'two words@nhsmail.example'],
      givenName: 'Zoë \\N \t',
      employeeNumber: '90000017',
      registrations: [{ body: 'NMC', number: '18I9999E' }],
      owners: ['a1'],
      leaverMarkedAt: at,
    });
    expect(await accounts.upsert('ldap', sourced([odd, entry('plain')]), at)).toEqual({
      changed: [odd.id, 'plain'],
      refused: [],
    });
    const found = await accounts.findByIds([odd.id, 'nobody']);
    expect([...found.values()]).toEqual([{ ...odd, source: 'ldap', changedAt: at }]);
    for (const address of [odd.mail, ' ZOË@nhsmail.example ', 'two words@nhsmail.example']) {
      expect((await accounts.findByAddresses([address])).map(({ id }) => id)).toEqual([odd.id]);
    }
    expect(await accounts.findByAddresses([])).toEqual([]);
  });

  it('tells what changed and nothing else, each account once', async () => {
    await accounts.upsert('ldap', sourced([entry('c1'), entry('c2'), entry('c3')]), at);
    const { next } = await changesSince(0);
    expect(await changesSince(next)).toEqual({ ids: [], next });
    const again = [entry('c1'), entry('c2', { readAt: later }), entry('c3', { status: 'LEAVER' })];
    expect((await accounts.upsert('ldap', sourced(again), later)).changed).toEqual(['c3']);
    await accounts.upsert('ldap', sourced([entry('c4')]), later);
    await accounts.upsert('ldap', sourced([entry('c3', { status: 'INACTIVE' })]), later);
    expect((await changesSince(next)).ids).toEqual(['c4', 'c3']);
    expect((await accounts.findByIds(['c3'])).get('c3')).toMatchObject({
      status: 'INACTIVE',
      changedAt: later,
    });
  });

  it('keeps what is gone, and takes it back', async () => {
    await accounts.upsert('ldap', sourced([entry('g1'), entry('g2')]), at);
    const { next } = await changesSince(0);
    expect(await accounts.markGone('ldap', ['g1', 'nobody'], later)).toEqual(['g1']);
    expect(await accounts.markGone('ldap', ['g1'], later)).toEqual([]);
    expect(await accounts.markGone('scim:RZ1', ['g2'], later)).toEqual([]);
    expect((await accounts.findByIds(['g1'])).get('g1')).toMatchObject({ goneAt: later });
    expect((await changesSince(next)).ids).toEqual(['g1']);
    expect((await accounts.upsert('ldap', sourced([entry('g1')]), later)).changed).toEqual(['g1']);
    expect((await accounts.findByIds(['g1'])).get('g1')?.goneAt).toBeUndefined();
  });

  it('lets no source write an account of another', async () => {
    await accounts.upsert('ldap', sourced([entry('owned')]), at);
    const theirs = entry('owned', { mail: 'other@nhsmail.example' });
    expect(await accounts.upsert('scim:RZ2', sourced([theirs]), later)).toEqual({
      changed: [],
      refused: ['owned'],
    });
    expect((await accounts.findByIds(['owned'])).get('owned')?.mail).toBe('owned@nhsmail.example');
  });

  it('takes an entry that has another id now for a renamed one', async () => {
    const of = (id: string, sourceKey: string) => ({ entry: entry(id), sourceKey });
    await accounts.upsert('ldap', [of('before', 'k1'), of('x', 'k2'), of('y', 'k3')], at);
    const changed = await accounts.upsert('ldap', [of('after', 'k1')], later);
    expect(changed.changed).toEqual(['before', 'after']);
    expect((await accounts.findByIds(['before'])).get('before')?.goneAt).toEqual(later);
    // Two that change places.
    await accounts.upsert('ldap', [of('x', 'k3'), of('y', 'k2')], later);
    const found = await accounts.findByIds(['x', 'y']);
    expect([...found.values()].map(({ goneAt }) => goneAt)).toEqual([undefined, undefined]);
  });

  it('is part of a transaction that it is given', async () => {
    const db = opened.database.schema<AccountTables>('nhsmail');
    const failing = db.transaction().execute(async (transaction) => {
      await postgresAccounts(transaction).upsert('scim:RZ1', sourced([entry('undone')]), at);
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect((await accounts.findByIds(['undone'])).size).toBe(0);
  });

  it('lists an organisation by name, page after page, without those that are gone', async () => {
    const names = ['Zeta', 'alpha', 'Beta', 'beta', 'Gone'];
    await accounts.upsert(
      'ldap',
      sourced(names.map((familyName, n) => entry(`p${String(n)}`, { familyName, odsCode: 'RZ7' }))),
      at,
    );
    await accounts.markGone('ldap', ['p4'], at);
    const ids = async (query: { after?: string; first: number }) =>
      (await accounts.page({ odsCode: 'RZ7', ...query })).map(({ id }) => id);
    expect(await ids({ first: 3 })).toEqual(['p1', 'p2', 'p3']);
    expect(await ids({ first: 3, after: 'p3' })).toEqual(['p0']);
    // Where another organisation's account would stand is not told.
    await accounts.upsert('ldap', sourced([entry('q1', { odsCode: 'RZ6', familyName: 'A' })]), at);
    expect(await ids({ first: 9, after: 'q1' })).toEqual([]);
    expect(await accounts.page({ odsCode: 'RZ7', first: 9, statuses: ['LEAVER'] })).toEqual([]);
    expect(await accounts.page({ odsCode: 'RZ7', first: 9, kinds: ['USER'] })).toHaveLength(4);
  });

  it('holds more than one statement reads', async () => {
    const before = (await collect(accounts.readAll())).length;
    const many = Array.from({ length: 4_100 }, (_, n) =>
      entry(`m${String(n)}`, { odsCode: 'RZ8' }),
    );
    expect((await accounts.upsert('ldap', sourced(many), at)).changed).toHaveLength(4_100);
    const all = await collect(accounts.readAll());
    expect(all).toHaveLength(before + 4_100);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });
}

describe('accounts on the embedded engine', () => {
  keepsTheContract(embeddedDatabase);
});

describeWithServers('postgres')('accounts on PostgreSQL', () => {
  keepsTheContract(serverDatabase);
});
