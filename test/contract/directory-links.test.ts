/** Links between people and accounts, on PostgreSQL and on the embedded engine. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type Database, openEmbedded, openPostgres } from '../../runtime/database.ts';
import { migrate } from '../../runtime/migrate.ts';
import type { ProposedLink } from '../../subgraphs/nhsmail/domain/links.ts';
import type { LinkStore } from '../../subgraphs/nhsmail/domain/ports.ts';
import { type NhsmailTables, postgresLinks } from '../../subgraphs/nhsmail/postgres/links.ts';
import { describeWithServers } from '../servers/available.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startPglite } from '../servers/embedded.ts';

const at = new Date('2026-11-22T10:00:00Z');
const link = (
  staffId: string,
  accountId: string,
  more: Partial<ProposedLink> = {},
): ProposedLink => ({
  staffId,
  accountId,
  odsCode: 'RZ1',
  method: 'EMPLOYEE_NUMBER',
  state: 'LINKED',
  evidence: [{ field: 'familyName', outcome: 'equal' }],
  ...more,
});

function keepsTheContract(
  open: () => Promise<{ readonly database: Database; readonly stop: () => Promise<void> }>,
): void {
  let opened: Awaited<ReturnType<typeof open>>;
  let links: LinkStore;

  beforeAll(async () => {
    opened = await open();
    const folder = new URL('../../subgraphs/nhsmail/postgres/migrations', import.meta.url);
    await migrate(opened.database, 'nhsmail', folder);
    await migrate(opened.database, 'nhsmail', folder);
    links = postgresLinks(opened.database.schema<NhsmailTables>('nhsmail'));
  });
  afterAll(async () => {
    await opened.database.close();
    await opened.stop();
  });

  it('reads back what was written, by person and by account', async () => {
    await links.write({ superseded: [], added: [link('p1', 'a1'), link('p1', 'a2')] }, at);
    expect(await links.findByAccounts(['a1', 'nobody'])).toEqual([
      { ...link('p1', 'a1'), id: expect.any(String), linkedAt: at },
    ]);
    expect(await links.findByStaff(['p1'])).toHaveLength(2);
    expect(await links.findByStaff([])).toEqual([]);
  });

  it('keeps an account without an organisation', async () => {
    const added = [link('p9', 'a9', { odsCode: undefined })];
    await links.write({ superseded: [], added }, at);
    const [found] = await links.findByStaff(['p9']);
    expect(found?.odsCode).toBeUndefined();
  });

  it('lets the first of two writers stand', async () => {
    await Promise.all(
      ['p2', 'p3', 'p4'].map((staffId) =>
        links.write({ superseded: [], added: [link(staffId, 'contested')] }, at),
      ),
    );
    expect(await links.findByAccounts(['contested'])).toHaveLength(1);
  });

  it('holds several cases for one account until one of them is decided', async () => {
    const state = 'REVIEW' as const;
    await links.write(
      { superseded: [], added: [link('p5', 'a5', { state }), link('p6', 'a5', { state })] },
      at,
    );
    const cases = await links.findByAccounts(['a5']);
    expect(cases).toHaveLength(2);
    await links.write({ superseded: cases.map(({ id }) => id), added: [link('p5', 'a5')] }, at);
    expect(
      (await links.findByAccounts(['a5'])).map(({ staffId, state: now }) => [staffId, now]),
    ).toEqual([['p5', 'LINKED']]);
  });

  it('writes more than one statement holds', async () => {
    const before = (await links.readCurrent()).length;
    const added = Array.from({ length: 2_500 }, (_, n) => link('many', `m${String(n)}`));
    await links.write({ superseded: [], added }, at);
    expect(await links.readCurrent()).toHaveLength(before + 2_500);
  });
}

describe('links on the embedded engine', () => {
  keepsTheContract(async () => {
    const engine = await startPglite();
    return { database: openEmbedded(engine), stop: () => engine.close() };
  });
});

describeWithServers('postgres')('links on PostgreSQL', () => {
  keepsTheContract(async () => {
    const { url, stop } = await startPostgres();
    return { database: openPostgres(url), stop };
  });

  it('says unavailable when the server is not there', async () => {
    const database = openPostgres('postgres://nobody@127.0.0.1:1/none');
    const links = postgresLinks(database.schema<NhsmailTables>('nhsmail'));
    await expect(links.findByStaff(['p1'])).rejects.toMatchObject({ code: 'unavailable' });
    await database.close();
  });
});
