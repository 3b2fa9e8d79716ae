/** Credentials in the second form, `vc+jwt`: the same claims, the same way of issuing. */
import { createHash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { type Database, openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import { splitCompactJws } from '../../../../standards/compact-jws.ts';
import { didDocumentUrl, findAssertionKey } from '../../../../standards/did-web.ts';
import { publicKeyFromJwk } from '../../../../standards/jwk-thumbprint.ts';
import {
  decodeStatusList,
  type EncodedStatusList,
  readStatus,
} from '../../../../standards/status-list/status-list.ts';
import { verifyVcJwt } from '../../../../standards/vc-jwt/verify-vc-jwt.ts';
import {
  type Bench,
  callers,
  newKey,
  newSettings,
  newWallet,
  nurse,
  operations,
  startPassport,
} from './passport-bench.ts';
import { startTestEngine } from '../../../servers/embedded.ts';

let engine: EmbeddedEngine;
let database: Database;
let bench: Bench;

beforeAll(async () => {
  engine = await startTestEngine();
  database = openEmbedded(engine);
  const people = new Map([['stf_amara', nurse('stf_amara')]]);
  bench = await startPassport({ database, settings: newSettings(), people });
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
});

async function collectable(format = 'VC_JWT') {
  const { data } = await bench.ask(callers.hr('RZ1'), operations.offer, {
    input: { idempotencyKey: newKey(), staffId: 'stf_amara', types: ['IDENTITY'] },
  });
  return {
    idempotencyKey: newKey(),
    offerId: data?.credentialOffer.offer?.id,
    type: 'IDENTITY',
    format,
    holderKeys: [newWallet().jwk, newWallet().jwk],
  };
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
const issue = async (input: object) =>
  (await bench.ask(callers.identity(), operations.issue, { input })).data?.credentialIssue;

/** Verifies as anybody could: keys from the DID document, status from the public list. */
const verify = (jwt: string) =>
  verifyVcJwt(jwt, {
    now: new Date(),
    acceptedTypes: new Set(['IdentityCredential']),
    findIssuerKey: async ({ issuer, kid = '' }) => {
      const url = didDocumentUrl(issuer);
      if (url === undefined) return undefined;
      const answer = await bench.app.inject(new URL(url).pathname);
      const jwk = findAssertionKey(answer.json(), kid);
      return jwk && { key: publicKeyFromJwk(jwk), trusted: true };
    },
    readStatus: async ({ uri, index }) => {
      const answer = await bench.app.inject(new URL(uri).pathname);
      const { payload } = splitCompactJws(answer.body, 2 ** 25);
      const list = decodeStatusList(payload['status_list'] as EncodedStatusList);
      return { kind: 'status', status: readStatus(list, index), asOf: new Date() };
    },
  });

describe('a credential as vc+jwt', () => {
  it('holds for anybody who reads the issuer’s DID document and status list', async () => {
    const input = await collectable();
    const answer = await issue(input);
    const [first, second] = answer?.issued ?? [];
    const jwt = first?.compact ?? '';
    expect(answer?.errors).toEqual([]);
    expect(first?.credential.statusIndex).not.toBe(second?.credential.statusIndex);
    const { header, payload } = splitCompactJws(jwt);
    const did = 'did:web:passport.example:trusts:RZ1';
    expect(header).toEqual({
      alg: 'ES256',
      typ: 'vc+jwt',
      cty: 'vc',
      kid: expect.stringMatching(/^did:web:passport\.example:trusts:RZ1#[A-Za-z0-9_-]{43}$/),
    });
    const subject = expect.stringMatching(
      /^https:\/\/passport\.example\/trusts\/RZ1\/holders\/[A-Za-z0-9_-]{43}$/,
    ) as unknown;
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/) as unknown;
    expect(payload).toEqual({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://www.w3.org/ns/credentials/undefined-terms/v2',
      ],
      type: ['VerifiableCredential', 'IdentityCredential'],
      issuer: did,
      iss: did,
      validFrom: time,
      validUntil: expect.any(String),
      credentialSubject: {
        id: subject,
        given_name: 'Amara',
        family_name: 'Okafor-Lindqvist',
        birthdate: '1991-04-17',
        email: 'amara.okafor-lindqvist@nhs.example',
      },
      sub: subject,
      jti: first?.credential.id,
      vct: expect.stringContaining('https://passport.example/credential-types/identity'),
      iat: expect.any(Number),
      exp: expect.any(Number),
      cnf: { jwk: input.holderKeys[0] },
      status: {
        status_list: {
          idx: first?.credential.statusIndex,
          uri: first?.credential.statusListUri,
        },
      },
      nhs: { ods: 'RZ1', provenance: expect.any(Object) },
    });
    expect((await verify(jwt)).outcome).toBe('valid');
    await bench.ask(callers.administrator('RZ1'), operations.revoke, {
      input: {
        idempotencyKey: newKey(),
        credentialId: first?.credential.id,
        reason: 'LOST_PHONE',
      },
    });
    expect((await verify(jwt)).outcome).toBe('revoked');
    expect((await verify(second?.compact ?? '')).outcome).toBe('valid');
  });

  it('is the same when it is asked for again, and apart from the other form', async () => {
    const input = await collectable();
    const first = await issue(input);
    expect(await issue(input)).toEqual(first);
    const other = await issue({ ...input, format: 'DC_SD_JWT', idempotencyKey: newKey() });
    expect(other?.errors).toEqual([]);
    const ids = [...(first?.issued ?? []), ...(other?.issued ?? [])].map(
      ({ credential }) => credential.id,
    );
    expect(new Set(ids).size).toBe(4);
    const reused = await issue({ ...input, format: 'DC_SD_JWT' });
    expect(reused?.errors[0]?.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('rests without a readable word about the holder, and can be forgotten', async () => {
    const input = await collectable();
    const issued = (await issue(input))?.issued ?? [];
    const db = database.schema('passport');
    const { rows } = await sql<Record<string, unknown>>`
      select payload, signed_jwt, signed_hash, sealed_disclosures from passport.credential
      where offer_id = ${input.offerId}`.execute(db);
    expect(rows).toHaveLength(2);
    // Of the whole token: the detached form alone would not tell one payload from another.
    expect(rows.map((row) => row['signed_hash']).toSorted()).toEqual(
      issued.map(({ compact }) => sha256(compact)).toSorted(),
    );
    for (const row of rows) {
      expect(row['payload']).toBe('');
      expect(row['signed_jwt']).toMatch(/^[A-Za-z0-9_-]+\.\.[A-Za-z0-9_-]{86}$/);
    }
    await sql`update passport.credential set sealed_disclosures = null
      where offer_id = ${input.offerId}`.execute(db);
    expect((await issue(input))?.errors[0]?.code).toBe('EXPIRED');
  });
});

describe('the DID document of an issuer', () => {
  it('is cacheable, and there for issuers alone', async () => {
    const path = '/trusts/RZ1/did.json';
    const first = await bench.app.inject(path);
    expect(first.statusCode).toBe(200);
    expect(first.json()).toMatchObject({ id: 'did:web:passport.example:trusts:RZ1' });
    const headers = { 'if-none-match': String(first.headers.etag) };
    expect((await bench.app.inject({ url: path, headers })).statusCode).toBe(304);
    for (const none of ['/trusts/RZ9/did.json', '/trusts/rz1/did.json']) {
      expect((await bench.app.inject(none)).statusCode).toBe(404);
    }
  });
});
