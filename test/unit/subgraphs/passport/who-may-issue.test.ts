/** The switch that stops issuing, accreditation, and the audit trail of both. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { type Database, openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import { splitCompactJws } from '../../../../standards/compact-jws.ts';
import { findAccreditedKey } from '../../../../standards/issuer-registry/find-accredited-key.ts';
import { readIssuerRegistry } from '../../../../standards/issuer-registry/read-issuer-registry.ts';
import { readVerificationBundle } from '../../../../standards/verification-bundle/read-verification-bundle.ts';
import { verifyOffline } from '../../../../standards/verification-bundle/verify-offline.ts';
import type { CredentialStore } from '../../../../subgraphs/passport/domain/ports/credentials.ts';
import {
  type Bench,
  callers,
  type GraphRecord,
  issueTo,
  newKey,
  newSettings,
  newWallet,
  nurse,
  ofOneCredential,
  operations,
  startPassport,
} from './passport-bench.ts';
import { startTestEngine } from '../../../servers/embedded.ts';

const people = new Map<string, GraphRecord>();
const settings = newSettings();
let engine: EmbeddedEngine;
let database: Database;
let bench: Bench;
let ahead = 0;
const now = () => new Date(Date.now() + ahead);
/** Runs once, between the two transactions of an issuing. */
let inBetween: (() => Promise<unknown>) | undefined;

/** The store, with a gap before its second transaction. */
function withGap<Port extends object>(name: string, port: Port): Port {
  if (name !== 'credentials') return port;
  const store = port as unknown as CredentialStore;
  const complete: CredentialStore['complete'] = async (...args) => {
    const run = inBetween;
    inBetween = undefined;
    await run?.();
    return store.complete(...args);
  };
  return { ...store, complete, begin: store.begin.bind(store) } as unknown as Port;
}

beforeAll(async () => {
  engine = await startTestEngine();
  database = openEmbedded(engine);
  bench = await startPassport({ database, settings, people, now, runtime: { wrap: withGap } });
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
});

let minted = 0;
function person(odsCode = 'RZ1'): string {
  const id = `stf_person-${String((minted += 1))}`;
  people.set(id, nurse(id, odsCode));
  return id;
}
const operator = () => bench.composed.administration;
const code = (payload: { readonly errors: readonly { readonly code: string }[] } | undefined) =>
  payload?.errors[0]?.code;
async function offer(odsCode = 'RZ1', type = 'IDENTITY') {
  const { data } = await bench.ask(callers.hr(odsCode), operations.offer, {
    input: { idempotencyKey: newKey(), staffId: person(odsCode), types: [type] },
  });
  return data?.credentialOffer;
}
const inputFor = (offerId: string | undefined, type = 'IDENTITY') => ({
  idempotencyKey: newKey(),
  offerId,
  type,
  holderKeys: [newWallet().jwk, newWallet().jwk],
});
const issue = async (input: object) =>
  (await bench.ask(callers.identity(), operations.issue, { input })).data?.credentialIssue;
async function trail(): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select actor, action, subject, ods_code, request_id, details
    from passport.audit_event order by id`.execute(database.schema('passport'));
  return rows;
}
const states = async (offerId: string | undefined) => {
  const { rows } = await sql<{ state: string }>`
    select state from passport.credential where offer_id = ${offerId}`.execute(
    database.schema('passport'),
  );
  return rows.map(({ state }) => state);
};

describe('the switch', () => {
  it.each([
    ['everybody', undefined],
    ['one organisation', 'RZ1'],
  ])(
    'stops offers and issuing of %s, repeated calls too, until it is turned back',
    async (_who, odsCode) => {
      const whose = odsCode === undefined ? {} : { odsCode };
      const offered = await offer();
      const input = inputFor(offered?.offer?.id);
      const early = inputFor((await offer())?.offer?.id);
      const before = await issue(early);
      await operator().stopIssuing({ ...whose, reason: 'a drill', by: 'olivia' });
      expect(code(await offer())).toBe('ISSUING_STOPPED');
      expect(await issue(input)).toMatchObject({
        issued: [],
        errors: [{ code: 'ISSUING_STOPPED' }],
      });
      expect(code(await issue(early))).toBe('ISSUING_STOPPED');
      expect(await states(offered?.offer?.id)).toEqual([]);
      expect(code(await offer('RZ2'))).toBe(odsCode === undefined ? 'ISSUING_STOPPED' : undefined);
      expect(await operator().startIssuing({ ...whose, by: 'oscar' })).toEqual({ started: true });
      expect((await issue(input))?.errors).toEqual([]);
      expect(await issue(early)).toEqual(before);
      const [last] = await operator().issuingStops();
      expect(last).toMatchObject({
        odsCode: odsCode ?? '*',
        reason: 'a drill',
        stoppedBy: 'olivia',
        startedBy: 'oscar',
      });
    },
  );

  it('lets a wallet that came in time come back within 14 days, and no other', async () => {
    const input = inputFor((await offer())?.offer?.id);
    const idle = inputFor((await offer())?.offer?.id);
    await operator().stopIssuing({ odsCode: 'RZ1', reason: 'a drill', by: 'olivia' });
    expect(code(await issue(input))).toBe('ISSUING_STOPPED');
    await operator().startIssuing({ odsCode: 'RZ1', by: 'oscar' });
    const day = 24 * 3_600_000;
    try {
      ahead = 13 * day;
      expect(code(await issue(idle))).toBe('EXPIRED');
      ahead = 15 * day;
      expect(code(await issue(input))).toBe('EXPIRED');
      ahead = 13 * day;
      expect((await issue(input))?.errors).toEqual([]);
    } finally {
      ahead = 0;
    }
  });

  it('holds back what was recorded when it falls, and the reconciler leaves that alone', async () => {
    const offered = await offer();
    const input = inputFor(offered?.offer?.id);
    inBetween = () => operator().stopIssuing({ odsCode: 'RZ1', reason: 'now', by: 'olivia' });
    expect(code(await issue(input))).toBe('ISSUING_STOPPED');
    expect(await states(offered?.offer?.id)).toEqual(['ISSUING', 'ISSUING']);
    const restarted = await startPassport({
      database: { ...database, close: () => Promise.resolve() },
      settings,
      people,
      now,
      runtime: { background: true },
    });
    await restarted.stop();
    expect(await states(offered?.offer?.id)).toEqual(['ISSUING', 'ISSUING']);
    await operator().startIssuing({ odsCode: 'RZ1', by: 'olivia' });
    expect((await issue(input))?.issued).toHaveLength(2);
    expect(await states(offered?.offer?.id)).toEqual(['ACTIVE', 'ACTIVE']);
  });

  it('is not thrown twice, nor turned back when it is not thrown', async () => {
    const first = await operator().stopIssuing({ reason: 'first', by: 'olivia' });
    expect(await operator().stopIssuing({ reason: 'second', by: 'oscar' })).toEqual(first);
    await operator().startIssuing({ by: 'olivia' });
    expect(await operator().startIssuing({ by: 'olivia' })).toEqual({ started: false });
  });

  it.each([
    ['a code that is none', { odsCode: 'rz1', reason: 'x', by: 'y' }],
    ['no reason', { reason: '', by: 'y' }],
    ['nobody', { reason: 'x', by: '' }],
  ])('refuses %s', async (_what, input) => {
    await expect(operator().stopIssuing(input)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('accreditation', () => {
  it('is needed for an offer and for issuing, type by type', async () => {
    expect(code(await offer('RZ3'))).toBe('NOT_ACCREDITED');
    await operator().accreditIssuer({
      odsCode: 'RZ3',
      types: ['IDENTITY'],
      from: '2020-01-01',
      by: 'olivia',
    });
    const offered = await offer('RZ3');
    expect(offered?.errors).toEqual([]);
    expect(code(await offer('RZ3', 'CORE_SKILLS_TRAINING'))).toBe('NOT_ACCREDITED');
    const reason = 'left the programme';
    await operator().withdrawAccreditation({ odsCode: 'RZ3', reason, by: 'oscar' });
    expect(code(await issue(inputFor(offered?.offer?.id)))).toBe('NOT_ACCREDITED');
    expect(await states(offered?.offer?.id)).toEqual([]);
    expect(await operator().accreditations({ odsCode: 'RZ3' })).toEqual([
      {
        odsCode: 'RZ3',
        type: 'IDENTITY',
        anchor: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
        from: new Date('2020-01-01'),
        grantedAt: expect.any(Date),
        grantedBy: 'olivia',
        withdrawnAt: expect.any(Date),
        withdrawnBy: 'oscar',
        withdrawnBecause: reason,
      },
    ]);
  });

  it('begins and ends on its days', async () => {
    const day = (offset: number) =>
      new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    await operator().accreditIssuer({ odsCode: 'RZ4', from: day(2), until: day(3), by: 'olivia' });
    const seen = [];
    for (const days of [0, 2, 3, 4]) {
      ahead = days * 86_400_000;
      seen.push(code(await offer('RZ4')));
    }
    ahead = 0;
    expect(seen).toEqual(['NOT_ACCREDITED', undefined, undefined, 'NOT_ACCREDITED']);
    const reversed = { odsCode: 'RZ4', from: day(3), until: day(2), by: 'olivia' };
    await expect(operator().accreditIssuer(reversed)).rejects.toMatchObject({
      code: 'dates_reversed',
    });
  });

  it('is granted once, however often it is asked for', async () => {
    const grant = { odsCode: 'RZ5', from: '2026-01-01', by: 'olivia' };
    const all = await Promise.all(
      [grant, grant, grant].map((one) => operator().accreditIssuer(one)),
    );
    expect(all.flat()).toHaveLength((await operator().accreditations({ odsCode: 'RZ5' })).length);
    expect(new Set(all.flat().map(({ type }) => type)).size).toBe(all.flat().length);
  });

  it('decides what a verifier trusts by the time of issue', async () => {
    await operator().accreditIssuer({ odsCode: 'RZ6', from: '2020-01-01', by: 'olivia' });
    const staffId = person('RZ6');
    const held = await issueTo(bench, { staffId, odsCode: 'RZ6', type: 'IDENTITY' });
    const check = async () => {
      const asked = await bench.ask(callers.hr('RZ2'), operations.request, {
        input: { idempotencyKey: newKey(), credentials: [{ type: 'IDENTITY' }] },
      });
      if (asked.data == null) throw new Error('no request');
      const { request } = asked.data.presentationRequest;
      const presentation = await held.wallet.present(held.sdJwt, request, now());
      const answer = await bench.ask(callers.hr('RZ2'), operations.verify, {
        input: { requestId: request.id, presentation },
      });
      const result = ofOneCredential(answer.data?.presentationVerify.result);
      return [result.outcome, result.checks.find(({ outcome }) => outcome === 'FAILED')?.code];
    };
    await operator().withdrawAccreditation({ odsCode: 'RZ6', reason: 'x', by: 'olivia' });
    // It was accredited when it issued.
    expect(await check()).toEqual(['VALID', undefined]);
    // What an organisation signed without being accredited then is not trusted, though the signature holds.
    await sql`update passport.accreditation set valid_from = now() + interval '1 day'
      where ods_code = 'RZ6'`.execute(database.schema('passport'));
    expect(await check()).toEqual(['INVALID', 'issuer_not_trusted']);
  });
});

describe('the register of issuers', () => {
  const fetchRegistry = (headers: Record<string, string> = {}) =>
    bench.app.inject({ url: '/issuer-registry', headers });

  it('is signed under the anchor and answers for what was issued', async () => {
    const held = await issueTo(bench, { staffId: person(), odsCode: 'RZ1', type: 'IDENTITY' });
    ahead += 6_000;
    const response = await fetchRegistry();
    expect(response.headers).toMatchObject({
      'content-type': 'application/issuer-registry+jwt',
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
    });
    const { anchors } = await operator().issuerRegistry();
    const reading = readIssuerRegistry(response.body, {
      address: 'https://passport.example/issuer-registry',
      anchor: anchors[0] ?? '',
      now: now(),
    });
    if (reading.kind === 'refused') throw new Error(reading.fault);
    const { header, payload } = splitCompactJws(held.sdJwt.split('~')[0] ?? '');
    const answer = findAccreditedKey(reading.registry, {
      issuer: String(payload['iss']),
      vct: String(payload['vct']),
      issuedAt: new Date(Number(payload['iat']) * 1000),
      kid: String(header['kid']),
      now: now(),
    });
    expect(answer).toMatchObject({ kind: 'accredited', ods: 'RZ1' });
    const copy = await fetchRegistry({ 'if-none-match': String(response.headers.etag) });
    expect([copy.statusCode, copy.body]).toEqual([304, '']);
    ahead = 0;
  });

  it('is not kept once it has expired', async () => {
    const versions = async () => {
      const { rows } = await sql<{ version: number }>`
        select version from passport.issuer_registry order by version`.execute(
        database.schema('passport'),
      );
      return rows.map(({ version }) => version);
    };
    await operator().issuerRegistry();
    const before = await versions();
    ahead = 25 * 3_600_000;
    await operator().issuerRegistry();
    ahead = 0;
    const [only, ...more] = await versions();
    expect(only).toBeGreaterThan(before.at(-1) ?? 0);
    expect(more).toEqual([]);
  });

  it('has a new version when something changed, and only then', async () => {
    const versionNow = async () =>
      splitCompactJws((await operator().issuerRegistry()).jwt).payload['version'];
    const first = await versionNow();
    expect(await versionNow()).toBe(first);
    await operator().accreditIssuer({ odsCode: 'RZ8', from: '2026-01-01', by: 'olivia' });
    const [second, third] = await Promise.all([versionNow(), versionNow()]);
    expect(second).toBeGreaterThan(Number(first));
    expect(third).toBe(second);
    const reason = 'again';
    await operator().withdrawAccreditation({ odsCode: 'RZ8', reason, by: 'olivia' });
    expect(await versionNow()).toBeGreaterThan(Number(second));
  });

  it('gives no version again after an old copy of the record was restored', async () => {
    const look = async () => {
      const { body, headers } = await fetchRegistry();
      return { version: Number(splitCompactJws(body).payload['version']), etag: headers.etag };
    };
    // What processes remember is as old as the copy.
    const wait = () => (ahead += 48 * 3_600_000);
    await operator().accreditIssuer({ odsCode: 'RZ9', from: '2026-01-01', by: 'olivia' });
    wait();
    const lost = await look();
    await sql`delete from passport.issuer_registry where version = ${lost.version}`.execute(
      database.schema('passport'),
    );
    await operator().withdrawAccreditation({ odsCode: 'RZ9', reason: 'x', by: 'olivia' });
    wait();
    const after = await look();
    ahead = 0;
    expect(after.version).toBeGreaterThan(lost.version);
    expect(after.etag).not.toBe(lost.etag);
  });

  it('does not accredit a trust for what NHS England alone issues', async () => {
    const types = ['TRAINING_PROGRAMME'] as const;
    await expect(
      operator().accreditIssuer({ odsCode: 'RZ1', types: [...types], from: '2026-01-01', by: 'x' }),
    ).rejects.toMatchObject({ code: 'issuer_kind_wrong' });
  });
});

describe('the audit trail', () => {
  it('has who did what, in the transaction that did it', async () => {
    const from = (await trail()).length;
    const offered = await offer('RZ2');
    const answer = await issue(inputFor(offered?.offer?.id));
    const ids = answer?.issued.map(({ credential }) => credential.id) ?? [];
    await bench.ask(callers.administrator('RZ2'), operations.revoke, {
      input: { idempotencyKey: newKey(), credentialId: ids[0], reason: 'LOST_PHONE' },
    });
    await operator().stopIssuing({ odsCode: 'RZ2', reason: 'secret', by: 'olivia' });
    await operator().startIssuing({ odsCode: 'RZ2', by: 'oscar' });
    const of = (action: string, actor: string, subject: string | undefined, request_id: unknown) =>
      expect.objectContaining({ action, actor, subject, ods_code: 'RZ2', request_id });
    const identity = ['lanyard-identity', 'request-of-identity'] as const;
    const entries = (await trail()).slice(from).filter(({ action }) => action !== 'key.made');
    expect(entries).toEqual([
      of('offer.made', 'stf_hr-RZ2', offered?.offer?.id, 'request-of-hr'),
      of('credential.issuing', identity[0], ids[0], identity[1]),
      of('credential.issuing', identity[0], ids[1], identity[1]),
      of('credential.issued', identity[0], ids[0], identity[1]),
      of('credential.issued', identity[0], ids[1], identity[1]),
      of('credential.status-changed', 'stf_admin-RZ2', ids[0], 'request-of-administrator'),
      expect.objectContaining({
        ...{ action: 'stop.urgent', actor: 'stf_admin-RZ2', ods_code: 'RZ2' },
        ...{ subject: expect.stringMatching(/^stp_/), request_id: 'request-of-administrator' },
      }),
      {
        ...{ action: 'issuing.stopped', actor: 'olivia', subject: 'RZ2', ods_code: 'RZ2' },
        ...{ request_id: null, details: { stop: expect.any(Number) } },
      },
      of('issuing.started', 'oscar', 'RZ2', null),
    ]);
    expect(JSON.stringify(await trail())).not.toMatch(/Okafor|Amara|secret/);
  });

  it.each([
    ['update', sql`update passport.audit_event set actor = 'nobody'`],
    ['delete', sql`delete from passport.audit_event`],
    ['truncate', sql`truncate passport.audit_event`],
  ])('refuses to %s', async (_what, statement) => {
    const before = await trail();
    expect(before.length).toBeGreaterThan(0);
    await expect(statement.execute(database.schema('passport'))).rejects.toThrow('only added to');
    expect(await trail()).toEqual(before);
  });
});

describe('the bundle for checking away from the network', () => {
  const fetchBundle = (headers: Record<string, string> = {}) =>
    bench.app.inject({ url: '/verification-bundle', headers });
  const bundleIn = async (text: string) => {
    const { anchors } = await operator().issuerRegistry();
    const reading = readVerificationBundle(text, { anchor: anchors[0] ?? '', now: now() });
    if (reading.kind === 'refused') throw new Error(reading.fault);
    return reading.bundle;
  };
  /** As old as a bundle may be cached. */
  const MINUTE = 61_000;
  afterAll(() => {
    ahead = 0;
  });

  it('has all that a ward needs to check what was issued, and says from when its status is', async () => {
    const held = await issueTo(bench, { staffId: person(), odsCode: 'RZ1', type: 'IDENTITY' });
    ahead += MINUTE;
    const before = await fetchBundle();
    expect(before.headers).toMatchObject({
      'content-type': 'application/verification-bundle+json',
      'cache-control': 'public, max-age=60',
      'access-control-allow-origin': '*',
    });
    const proof = { audience: 'https://passport.example/verifiers/RZ2', nonce: 'ward-1' };
    const check = async (text: string) => {
      const presentation = await held.wallet.present(held.sdJwt, { ...proof, claims: [] }, now());
      const rules = { now: now(), keyBinding: proof };
      return verifyOffline(presentation, await bundleIn(text), rules);
    };
    expect(await check(before.body)).toMatchObject({
      offline: true,
      outcome: 'valid',
      keyBinding: 'checked',
      issuerOds: 'RZ1',
      statusMaxAgeSeconds: 86_400,
      checks: expect.not.arrayContaining([expect.objectContaining({ outcome: 'failed' })]) as never,
    });

    // Held for most of an hour, it does not know what happened since; it says so. A new one knows.
    const revoked = await bench.ask(callers.administrator('RZ1'), operations.revoke, {
      input: { idempotencyKey: newKey(), credentialId: held.credential.id, reason: 'LOST_PHONE' },
    });
    expect(revoked.errors).toBeUndefined();
    ahead += 3_000_000;
    const old = await check(before.body);
    expect(old.outcome).toBe('valid');
    expect(old.statusAgeSeconds).toBeGreaterThanOrEqual(3_000);
    const after = await fetchBundle();
    expect(await check(after.body)).toMatchObject({ outcome: 'revoked', reason: 'status_revoked' });
    ahead += 86_400_000;
    await expect(check(before.body)).rejects.toThrow('bundle_expired');
  });

  it('is made once for all who ask within a minute, and sent again only when it changed', async () => {
    ahead += MINUTE;
    const [one, other] = await Promise.all([fetchBundle(), fetchBundle()]);
    expect(one.body).toBe(other.body);
    const copy = await fetchBundle({ 'if-none-match': String(one.headers.etag) });
    expect([copy.statusCode, copy.body]).toEqual([304, '']);
    const packed = await fetchBundle({ 'accept-encoding': 'gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.rawPayload.length).toBeLessThan(one.rawPayload.length);
    ahead += MINUTE;
    const next = await fetchBundle();
    expect((await bundleIn(next.body)).version).toBeGreaterThan((await bundleIn(one.body)).version);
  });
});
