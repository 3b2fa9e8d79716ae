/** Keys of issuers in the whole subgraph: what is published, what is believed, and what a compromise undoes. */
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { sql } from 'kysely';

import { type Database, openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import {
  keyObjectSigner,
  signCompactJws,
  splitCompactJws,
} from '../../../../standards/compact-jws.ts';
import { parseSdJwt, serialiseSdJwt } from '../../../../standards/sd-jwt/serialisation.ts';
import { certifyLeaf } from '../../../../subgraphs/passport/keys/certificates.ts';
import { aesSealer, derivedKey } from '../../../../subgraphs/passport/keys/sealer.ts';
import type { PassportTables } from '../../../../subgraphs/passport/postgres/tables.ts';
import {
  type Bench,
  callers,
  type GraphRecord,
  issueTo,
  newKey,
  newSettings,
  nurse,
  ofOneCredential,
  operations,
  startPassport,
  type Wallet,
} from './passport-bench.ts';
import { startTestEngine } from '../../../servers/embedded.ts';

const people = new Map<string, GraphRecord | undefined>();
const settings = newSettings();
let engine: EmbeddedEngine;
let database: Database;
/** Two processes on one store. */
let bench: Bench;
let other: Bench;
let ahead = 0;
const now = () => new Date(Date.now() + ahead);
const wait = (seconds: number): void => {
  ahead += seconds * 1000;
};

beforeAll(async () => {
  engine = await startTestEngine();
  database = openEmbedded(engine);
  const accredited = Array.from({ length: 20 }, (_, index) => `RK${String(index + 1)}`);
  bench = await startPassport({ database, settings, people, now, accredited });
  other = await startPassport({ database, settings, people, now, accredited: [] });
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
});

let trusts = 0;
/** A trust that never issued anything. */
const newTrust = (): string => `RK${String((trusts += 1))}`;

async function issued(odsCode: string, at: Bench = bench) {
  const staffId = `stf_${odsCode}-${newKey()}`;
  people.set(staffId, nurse(staffId, odsCode));
  return issueTo(at, { staffId, odsCode, type: 'IDENTITY' });
}
const kidOf = (sdJwt: string): string =>
  String(splitCompactJws(parseSdJwt(sdJwt).jwt).header['kid']);

/** One more process, which signs every list at this moment; it is gone afterwards. */
async function inFreshProcess(work: (fresh: Bench) => Promise<void>): Promise<void> {
  const fresh = await startPassport({
    database: openEmbedded(engine),
    settings,
    people,
    now,
    accredited: [],
    runtime: { background: true },
  });
  try {
    await work(fresh);
  } finally {
    await fresh.stop();
  }
}

const jwks = async (odsCode: string, at: Bench = bench): Promise<string[]> => {
  const body: { keys?: { kid: string }[] } = (
    await at.app.inject(`/trusts/${odsCode}/jwks`)
  ).json();
  return (body.keys ?? []).map(({ kid }) => kid);
};

/** What HR of another trust is told. */
async function checked(sdJwt: string, wallet: Wallet, at: Bench = bench) {
  const asked = await at.ask(callers.hr('RZ2'), operations.request, {
    input: {
      idempotencyKey: newKey(),
      credentials: [{ type: 'IDENTITY', claims: ['given_name'] }],
    },
  });
  if (asked.data == null) throw new Error('no request');
  const { request } = asked.data.presentationRequest;
  const presentation = await wallet.present(sdJwt, request, now());
  const answer = await at.ask(callers.hr('RZ2'), operations.verify, {
    input: { requestId: request.id, presentation },
  });
  const result = ofOneCredential(answer.data?.presentationVerify.result);
  const failed = result.checks.find(({ outcome }) => outcome === 'FAILED');
  return { outcome: result.outcome, code: failed?.code };
}

/** The issuer's private key, as a thief would have it. */
async function steal(kid: string) {
  const row = await database
    .schema<PassportTables>('passport')
    .selectFrom('issuer_key')
    .selectAll()
    .where('kid', '=', kid)
    .executeTakeFirstOrThrow();
  const sealer = aesSealer(derivedKey(settings.encryptionKey, 'passport sealed at rest'));
  const pkcs8 = sealer.open(row.handle, `issuer-key ${row.ods_code} ${row.use} ${kid}`);
  const key = createPrivateKey({
    key: Buffer.from(pkcs8, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  return keyObjectSigner({ key, kid, x5c: [row.certificate] });
}

/** The same credential, signed anew. */
async function forged(
  sdJwt: string,
  kid: string,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { jwt, disclosures } = parseSdJwt(sdJwt);
  const { payload } = splitCompactJws(jwt);
  const signer = await steal(kid);
  return serialiseSdJwt(
    await signCompactJws(
      { header: { typ: 'dc+sd-jwt', x5c: signer.x5c, ...header }, payload },
      signer,
    ),
    disclosures,
  );
}

const compromise = (kid: string, since: Date, at: Bench = bench) =>
  at.composed.administration.compromiseKey({ kid, since: since.toISOString(), by: 'olivia' });

describe('the issuer’s record', () => {
  it('is of exactly the bytes that were signed: the same claims signed anew do not count', async () => {
    const { sdJwt, wallet } = await issued(newTrust());
    expect(await checked(sdJwt, wallet)).toMatchObject({ outcome: 'VALID' });
    const again = await forged(sdJwt, kidOf(sdJwt));
    expect(await checked(again, wallet)).toEqual({
      outcome: 'INVALID',
      code: 'credential_not_recorded',
    });
  });
});

describe('an issuer’s key', () => {
  it('is found by the certificate when the header has no name for it', async () => {
    const { sdJwt, wallet } = await issued(newTrust());
    const unnamed = await forged(sdJwt, kidOf(sdJwt), { kid: undefined });
    // The signature is believed; that these are other bytes is found out afterwards.
    expect(await checked(unnamed, wallet)).toEqual({
      outcome: 'INVALID',
      code: 'credential_not_recorded',
    });
  });

  it('is not found by a certificate of another trust', async () => {
    const { sdJwt, wallet } = await issued(newTrust());
    const elsewhere = await issued(newTrust());
    const wrong = await forged(sdJwt, kidOf(elsewhere.sdJwt), { kid: undefined });
    expect(await checked(wrong, wallet)).toEqual({
      outcome: 'INVALID',
      code: 'issuer_key_unknown',
    });
  });

  it('is not one that the record does not hold, whatever certificate it brings', async () => {
    const trust = newTrust();
    const { sdJwt, wallet } = await issued(trust);
    const row = await database
      .schema<PassportTables>('passport')
      .selectFrom('issuer_key')
      .select(['kid', 'certificate'])
      .where('use', '=', 'anchor')
      .executeTakeFirstOrThrow();
    const { publicKey: anchorKey } = new X509Certificate(Buffer.from(row.certificate, 'base64'));
    const anchor = await steal(row.kid);
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const certificate = await certifyLeaf(
      {
        publicKey,
        use: 'credential',
        issuerUrl: `https://passport.example/trusts/${trust}`,
        name: 'another',
        now: now(),
      },
      { publicKey: anchorKey, sign: (data) => anchor.sign(data) },
    );
    const { jwt, disclosures } = parseSdJwt(sdJwt);
    const signer = keyObjectSigner({ key: privateKey, kid: 'another', x5c: [certificate] });
    const header = { typ: 'dc+sd-jwt', x5c: [certificate], kid: undefined };
    const { payload } = splitCompactJws(jwt);
    const other = serialiseSdJwt(await signCompactJws({ header, payload }, signer), disclosures);
    expect(await checked(other, wallet)).toEqual({
      outcome: 'INVALID',
      code: 'issuer_key_unknown',
    });
  });

  it('is not that of the trust’s status lists', async () => {
    const trust = newTrust();
    const { sdJwt, wallet } = await issued(trust);
    const list = (await bench.composed.administration.issuerKeys({ odsCode: trust })).find(
      ({ use }) => use === 'status-list',
    );
    for (const header of [{}, { kid: undefined }]) {
      const wrong = await forged(sdJwt, list?.kid ?? '', header);
      expect(await checked(wrong, wallet)).toEqual({
        outcome: 'INVALID',
        code: 'issuer_key_unknown',
      });
    }
  });
});

describe('rotation', () => {
  it('publishes before it signs, and what the old key signed goes on counting', async () => {
    const trust = newTrust();
    const { administration } = bench.composed;
    const before = await issued(trust);
    const rotations = await administration.rotateKeys({ odsCode: trust });
    const fresh = rotations.find(({ use }) => use === 'credential');
    expect(rotations.map(({ use }) => use).sort()).toEqual(['credential', 'status-list']);
    wait(5);
    for (const at of [bench, other]) {
      expect(await jwks(trust, at)).toEqual([kidOf(before.sdJwt), fresh?.kid]);
    }
    expect(kidOf((await issued(trust, other)).sdJwt)).toBe(kidOf(before.sdJwt));
    wait(601);
    const after = await issued(trust, other);
    expect(kidOf(after.sdJwt)).toBe(fresh?.kid);
    await other.composed.administration.retireKey({ kid: kidOf(before.sdJwt) });
    await inFreshProcess(async (fresh) => {
      for (const { sdJwt, wallet } of [before, after]) {
        expect(await checked(sdJwt, wallet, fresh)).toMatchObject({ outcome: 'VALID' });
      }
    });
    const table = await administration.issuerKeys({ odsCode: trust });
    expect(
      table
        .filter(({ use }) => use === 'credential')
        .map(({ state, signed, inForce, endsAt }) => ({
          state,
          signed,
          inForce,
          ends: endsAt !== undefined,
        })),
    ).toEqual([
      { state: 'retired', signed: 2, inForce: 2, ends: true },
      { state: 'signing', signed: 1, inForce: 1, ends: false },
    ]);
  });

  it('refuses to retire the only key that signs', async () => {
    const { sdJwt } = await issued(newTrust());
    await expect(
      bench.composed.administration.retireKey({ kid: kidOf(sdJwt) }),
    ).rejects.toMatchObject({ code: 'key_needed' });
  });

  it('changes the validator of the published keys', async () => {
    const trust = newTrust();
    await issued(trust);
    const url = `/trusts/${trust}/jwks`;
    const etag = String((await bench.app.inject(url)).headers.etag);
    await bench.composed.administration.rotateKeys({ odsCode: trust });
    const again = await bench.app.inject({ url, headers: { 'if-none-match': etag } });
    expect(again.statusCode).toBe(200);
    expect(again.headers.etag).not.toBe(etag);
  });
});

describe('a compromise', () => {
  it('revokes what the key signed since, and leaves what it signed before to us alone', async () => {
    const trust = newTrust();
    const before = await issued(trust);
    const kid = kidOf(before.sdJwt);
    wait(10);
    const since = now();
    wait(10);
    const after = await issued(trust);
    const suspended = await issued(trust);
    await bench.ask(callers.administrator(trust), operations.suspend, {
      input: {
        idempotencyKey: newKey(),
        credentialId: suspended.credential.id,
        reason: 'LOST_PHONE',
      },
    });
    const stolen = await forged(before.sdJwt, kid);

    const outcome = await compromise(kid, since);
    expect(outcome).toMatchObject({ kid, since, revoked: 2 });

    expect(await jwks(trust)).toEqual([outcome.successor]);
    expect(await checked(before.sdJwt, before.wallet)).toMatchObject({ outcome: 'VALID' });
    expect(await checked(after.sdJwt, after.wallet)).toMatchObject({ outcome: 'INVALID' });
    expect(await checked(stolen, before.wallet)).toEqual({
      outcome: 'INVALID',
      code: 'issuer_key_unknown',
    });
    const read = await bench.ask(callers.administrator(trust), operations.credential, {
      id: suspended.credential.id,
    });
    expect(read.data?.credential).toMatchObject({ state: 'REVOKED', reason: 'KEY_COMPROMISED' });
  });

  it('is not got round by leaving the key’s name out and bringing its certificate', async () => {
    const { sdJwt, wallet } = await issued(newTrust());
    const kid = kidOf(sdJwt);
    const stolen = await forged(sdJwt, kid, { kid: undefined });
    await compromise(kid, now());
    expect(await checked(stolen, wallet)).toEqual({
      outcome: 'INVALID',
      code: 'issuer_key_unknown',
    });
  });

  it('lets no issuing slip through that another process has under way', async () => {
    const trust = newTrust();
    const old = kidOf((await issued(trust, other)).sdJwt);
    const { successor } = await compromise(old, now());
    // The clock stands still: the other process still takes the old key for good.
    const { sdJwt, wallet } = await issued(trust, other);
    expect(kidOf(sdJwt)).toBe(successor);
    expect(await checked(sdJwt, wallet)).toMatchObject({ outcome: 'VALID' });
  });

  it('is noticed by every process within five seconds', async () => {
    const trust = newTrust();
    const { sdJwt } = await issued(trust);
    expect(await jwks(trust, other)).toEqual([kidOf(sdJwt)]);
    const { successor } = await compromise(kidOf(sdJwt), now());
    wait(5);
    expect(await jwks(trust, other)).toEqual([successor]);
  });

  it('publishes the lists, with a new key when theirs is the compromised one', async () => {
    const trust = newTrust();
    const { credential, sdJwt, wallet } = await issued(trust);
    const path = new URL(credential.statusListUri).pathname;
    const kid = async () =>
      String(splitCompactJws((await bench.app.inject(path)).body, 2 ** 25).header['kid']);
    const before = await kid();
    const { successor } = await compromise(before, now());
    expect(await kid()).toBe(successor);
    expect(await checked(sdJwt, wallet)).toMatchObject({ outcome: 'VALID' });
  });

  it('has the past signed anew when the lists’ key is the compromised one', async () => {
    const trust = newTrust();
    const { credential } = await issued(trust);
    wait(60);
    const moment = Math.floor(now().getTime() / 1000) - 30;
    for (const [action, reason] of [
      ['suspend', 'LOST_PHONE'],
      ['reinstate', 'REINSTATED'],
    ] as const) {
      await bench.ask(callers.administrator(trust), operations[action], {
        input: { idempotencyKey: newKey(), credentialId: credential.id, reason },
      });
      wait(60);
    }
    const path = `${new URL(credential.statusListUri).pathname}?time=${String(moment)}`;
    const past = async () => splitCompactJws((await bench.app.inject(path)).body, 2 ** 25);
    const before = await past();
    const { successor } = await compromise(String(before.header['kid']), now());
    const after = await past();
    expect(after.header['kid']).toBe(successor);
    expect(after.payload).toEqual(before.payload);
  });

  it('leaves history, events and audit behind', async () => {
    const trust = newTrust();
    const { sdJwt, credential } = await issued(trust);
    const kid = kidOf(sdJwt);
    const since = new Date(now().getTime() - 3_600_000);
    await compromise(kid, since);
    const db = database.schema<PassportTables>('passport');
    const history = await db
      .selectFrom('status_history')
      .select(['version', 'state', 'reason', 'actor'])
      .where('credential_id', '=', credential.id)
      .execute();
    expect(history).toEqual([
      { version: 2, state: 'REVOKED', reason: 'KEY_COMPROMISED', actor: 'operator' },
    ]);
    const events = await db
      .selectFrom('outbox')
      .select(['type', 'data'])
      .where('subject', '=', credential.id)
      .where('type', '=', 'credential.status-changed')
      .execute();
    expect(events).toEqual([
      {
        type: 'credential.status-changed',
        data: { odsCode: trust, state: 'REVOKED', reason: 'KEY_COMPROMISED', version: 2 },
      },
    ]);
    const { rows } = await sql<{ action: string; actor: string; details: unknown }>`
      select action, actor, details from passport.audit_event
      where subject in (${kid}, ${credential.id}) order by id`.execute(db);
    expect(rows.map(({ action }) => action)).toEqual([
      'credential.issuing',
      'key.made',
      'credential.issued',
      'key.compromised',
      'credential.status-changed',
    ]);
    expect(rows.find(({ action }) => action === 'key.compromised')).toMatchObject({
      actor: 'olivia',
      details: { since: since.toISOString(), use: 'credential' },
    });
  });

  it.each([
    ['key_unknown', () => 'A'.repeat(43), () => now()],
    ['since_in_the_future', () => 'A'.repeat(43), () => new Date(now().getTime() + 60_000)],
  ])('is refused with %s', async (code, kid, since) => {
    await expect(compromise(kid(), since())).rejects.toMatchObject({ code });
  });
});
