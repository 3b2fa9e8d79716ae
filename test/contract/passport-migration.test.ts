/** A database of the first migration, with credentials in it, brought up to date. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { openEmbedded } from '../../runtime/database.ts';
import type { EmbeddedEngine } from '../../runtime/embedded-database.ts';
import { migrate } from '../../runtime/migrate.ts';
import { certificateHash } from '../../subgraphs/passport/domain/certificate-hash.ts';
import { signedHash } from '../../subgraphs/passport/domain/identifiers.ts';
import { postgresAccreditations } from '../../subgraphs/passport/postgres/accreditations.ts';
import { postgresIssuerKeys } from '../../subgraphs/passport/postgres/issuer-key-store.ts';
import { postgresStatusLists } from '../../subgraphs/passport/postgres/status-lists.ts';
import type { PassportTables } from '../../subgraphs/passport/postgres/tables.ts';
import { startPglite } from '../servers/embedded.ts';

const MIGRATIONS = new URL('../../subgraphs/passport/postgres/migrations/', import.meta.url);
/** Base64 DER of an anchor; what it says does not matter here. */
const ANCHOR = Buffer.alloc(600, 7).toString('base64');
let engine: EmbeddedEngine;
let folder: string;

beforeAll(async () => {
  engine = await startPglite();
  folder = await mkdtemp(join(tmpdir(), 'lanyard-migrations-'));
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

it('keeps its lists, keys and credentials, and what was issued stays believed', async () => {
  const database = openEmbedded(engine);
  await copyFile(new URL('0001-passport.sql', MIGRATIONS), join(folder, '0001-passport.sql'));
  await migrate(database, 'passport', pathToFileURL(folder));
  const db = database.schema<PassportTables>('passport');
  await sql`
    insert into passport.offer values ('o', 's', 'RZ1', '[]', '2026-11-20', '2026-11-21')`.execute(
    db,
  );
  await sql`
    insert into passport.status_list (id, ods_code, size, changes, version, published_changes, token, signed_at, expires_at)
    values ('l', 'RZ1', 1048576, 3, 7, 3, 'token', '2026-11-22', '2026-11-23')`.execute(db);
  await sql`insert into passport.status_slot select 'l', n from generate_series(5, 7) n`.execute(
    db,
  );
  await sql`
    insert into passport.credential (id, offer_id, staff_id, ods_code, type, state, holder_thumbprint,
      idempotency_key, request_hash, claims_hash, list_id, status_index, payload, created_at, expires_at)
    select 'c' || n, 'o', 's', 'RZ1', 'IDENTITY', (array['ACTIVE', 'REVOKED', 'SUSPENDED'])[n - 4],
      'h' || n, 'k' || n, 'r', 'x', 'l', n, '{}', '2026-11-20T10:00:00Z', '2027-11-20'
    from generate_series(5, 7) n`.execute(db);
  await sql`
    insert into passport.status_history (credential_id, version, state, actor, ods_code, at) values
      ('c6', 2, 'SUSPENDED', 'a', 'RZ1', '2026-11-20T11:00:00Z'),
      ('c7', 2, 'SUSPENDED', 'a', 'RZ1', '2026-11-20T12:00:00Z'),
      ('c6', 3, 'REVOKED', 'a', 'RZ1', '2026-11-20T13:00:00Z')`.execute(db);

  await sql`
    insert into passport.issuer_key (kid, ods_code, use, certificate, sealed_private_key, created_at) values
      ('anchor-key', '*', 'anchor', ${ANCHOR}, 'sealed anchor', '2026-11-19'),
      ('credential-key', 'RZ1', 'credential', 'AAAA', 'sealed key', '2026-11-19')`.execute(db);
  await sql`update passport.credential set signed_jwt = 'a.b.c' where id <> 'c7'`.execute(db);

  await migrate(database, 'passport', MIGRATIONS);
  const lists = postgresStatusLists(db, 64);
  expect(await lists.read('l')).toMatchObject({
    version: 7,
    changes: 3,
    publishedChanges: 3,
    whole: true,
    statuses: [
      { index: 6, status: 1 },
      { index: 7, status: 2 },
    ],
  });
  const past = await lists.findPast('l', new Date('2026-11-20T12:30:00Z'));
  expect(past).toEqual({
    odsCode: 'RZ1',
    size: 1_048_576,
    from: new Date('2026-11-20T12:00:00Z'),
    until: new Date('2026-11-20T13:00:00Z'),
    change: 2,
  });
  expect(await lists.readPast('l', 2)).toEqual([
    { index: 6, status: 2 },
    { index: 7, status: 2 },
  ]);
  expect(await lists.findPast('l', new Date('2026-11-20T09:00:00Z'))).toBeUndefined();
  // The list goes on taking credentials, beside others.
  await lists.tend('RZ1', new Date());
  const open = (await lists.summaries('RZ1')).filter((list) => list.open).map(({ id }) => id);
  expect(open).toContain('l');
  expect(open).toHaveLength(2);

  // The key goes on signing, and what it signed is known by its bytes.
  const keys = postgresIssuerKeys(db);
  expect(await keys.find({ odsCode: 'RZ1', use: 'credential' })).toMatchObject([
    {
      kid: 'credential-key',
      keeper: 'sealed',
      handle: 'sealed key',
      activatesAt: new Date('2026-11-19'),
    },
  ]);
  const { rows } = await sql`
    select id, kid, signed_hash, format from passport.credential order by id`.execute(db);
  const signed = { kid: 'credential-key', signed_hash: signedHash('a.b.c'), format: 'DC_SD_JWT' };
  expect(rows).toEqual([
    { id: 'c5', ...signed },
    { id: 'c6', ...signed },
    { id: 'c7', kid: null, signed_hash: null, format: 'DC_SD_JWT' },
  ]);

  // What was issued stays believed; what is issued from now on needs a grant.
  const accreditations = postgresAccreditations(db);
  const at = (moment: Date) => accreditations.find('RZ1', 'IDENTITY', moment);
  expect(await at(new Date('2026-11-20T10:00:00Z'))).toMatchObject({
    anchor: certificateHash(ANCHOR),
  });
  expect(await at(new Date('2026-11-20T09:59:59Z'))).toBeUndefined();
  expect(await at(new Date(Date.now() + 60_000))).toBeUndefined();
  expect(
    await accreditations.find('RZ2', 'IDENTITY', new Date('2026-11-20T10:00:00Z')),
  ).toBeUndefined();
});
