/**
 * The issuer modules of the OpenID Foundation's conformance suite for OpenID4VCI 1.0, one by one. The suite itself is not run
 * here: each test does what its module is about. Those about the attestation of wallets are with the token endpoint's tests.
 */
import { generateKeyPairSync } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CompactEncrypt, compactVerify, createRemoteJWKSet, importJWK, type JWK } from 'jose';

import { signerOf } from '../../../runtime/jwk-settings.ts';
import { signCompactJws } from '../../../standards/compact-jws.ts';
import { type Identity, newKey, startIdentity } from './harness.ts';
import { testKey } from '../standards/keys.ts';
import { certificateFor } from '../standards/sd-jwt-vc/certificate.ts';
import { jwkOf, walletAt } from './wallet.ts';

let identity: Identity;
let wallet: ReturnType<typeof walletAt>;
const attester = newKey('attester-1');
/** The authorization server's key, with a certificate. */
const signing = testKey('as-1');
const certificate = certificateFor(signing);
const key = newKey('holder');

beforeAll(async () => {
  identity = await startIdentity({
    settings: {
      IDENTITY_KEY_ATTESTERS: { anchors: [], keys: [attester.public] },
      IDENTITY_SIGNING_KEY: {
        ...signing.jwk,
        kid: 'as-1',
        d: signing.privateKey.export({ format: 'jwk' }).d ?? '',
      },
      IDENTITY_SIGNING_CERTIFICATES: [certificate],
    },
  });
  wallet = walletAt(identity);
});
afterAll(() => identity.stop());
beforeEach(() => {
  identity.world.issued.length = 0;
});

const WELL_KNOWN = '/.well-known/openid-credential-issuer';

interface Metadata {
  readonly credential_issuer: string;
  readonly credential_configurations_supported: Readonly<
    Record<
      string,
      {
        readonly format: string;
        readonly scope: string;
        readonly cryptographic_binding_methods_supported: readonly string[];
        readonly proof_types_supported: object;
      }
    >
  >;
  readonly credential_request_encryption: { readonly jwks: { readonly keys: readonly [JWK] } };
  readonly batch_credential_issuance: { readonly batch_size: number };
}

const metadata = async (): Promise<Metadata> =>
  (await (await fetch(`${identity.issuer}${WELL_KNOWN}`)).json()) as Metadata;

const jwtProofs = async (keys = [key]) => {
  const nonce = await wallet.nonce();
  return { jwt: await Promise.all(keys.map((one) => wallet.proof(one, { payload: { nonce } }))) };
};

/** Swaps the last character but one of a signature: the last carries bits that are not used. */
const broken = (jwt: string): string =>
  `${jwt.slice(0, -2)}${jwt.at(-2) === 'A' ? 'B' : 'A'}${jwt.slice(-1)}`;

async function refusedWith(body: Readonly<Record<string, unknown>>, error: string): Promise<void> {
  const answer = await wallet.collect(await wallet.token(), body);
  expect([answer.status, answer.body['error']]).toEqual([400, error]);
  expect(identity.world.issued).toEqual([]);
}

const modules: readonly (readonly [name: string, body: () => Promise<void>])[] = [
  [
    'oid4vci-1_0-issuer-metadata-test',
    async () => {
      const response = await fetch(`${identity.issuer}${WELL_KNOWN}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      const { credential_issuer, credential_configurations_supported: kinds } = await metadata();
      expect(credential_issuer).toBe(identity.issuer);
      for (const kind of Object.values(kinds)) {
        expect(['dc+sd-jwt', 'jwt_vc_json']).toContain(kind.format);
        // HAIP 1.0, section 4.1: a scope is a must; proof types go with binding methods.
        expect(kind.scope).toEqual(expect.any(String));
        expect(kind.cryptographic_binding_methods_supported).toEqual(['jwk']);
        expect(kind.proof_types_supported).toHaveProperty('jwt');
      }
    },
  ],
  [
    'oid4vci-1_0-issuer-metadata-test-signed',
    async () => {
      const response = await fetch(`${identity.issuer}${WELL_KNOWN}`, {
        headers: { accept: 'application/jwt' },
      });
      expect(response.headers.get('content-type')).toMatch(/^application\/jwt/);
      const { payload, protectedHeader } = await compactVerify(
        await response.text(),
        createRemoteJWKSet(new URL(`${identity.issuer}/oauth/jwks`)),
      );
      expect(protectedHeader).toEqual({
        alg: 'ES256',
        typ: 'openidvci-issuer-metadata+jwt',
        kid: 'as-1',
        x5c: [certificate],
      });
      expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
        sub: identity.issuer,
        ...(await metadata()),
      });
    },
  ],
  [
    'oid4vci-1_0-issuer-happy-flow',
    async () => {
      const token = await wallet.token();
      const answer = await wallet.collect(token, { proofs: await jwtProofs() });
      expect(answer.status).toBe(200);
      expect(answer.body['credentials']).toHaveLength(1);
      const news = {
        notification_id: answer.body['notification_id'],
        event: 'credential_accepted',
      };
      const told = await wallet.post('/openid4vci/notification', news, token);
      expect(told.status).toBe(204);
    },
  ],
  [
    'oid4vci-1_0-issuer-happy-flow-skip-notification',
    async () => {
      const answer = await wallet.collect(await wallet.token(), { proofs: await jwtProofs() });
      expect(answer.status).toBe(200);
    },
  ],
  [
    'oid4vci-1_0-issuer-happy-flow-additional-requests',
    async () => {
      const token = await wallet.token(['identity', 'right-to-work']);
      const requests = [
        { proofs: await jwtProofs() },
        { proofs: await jwtProofs([newKey('another')]) },
        { credential_configuration_id: 'right-to-work', proofs: await jwtProofs() },
        { credential_configuration_id: 'identity-vc-jwt', proofs: await jwtProofs() },
      ];
      for (const request of requests) {
        expect((await wallet.collect(token, request)).status).toBe(200);
      }
      expect(identity.world.issued.map(({ type, format }) => [type, format])).toEqual([
        ['IDENTITY', 'DC_SD_JWT'],
        ['IDENTITY', 'DC_SD_JWT'],
        ['RIGHT_TO_WORK', 'DC_SD_JWT'],
        ['IDENTITY', 'VC_JWT'],
      ]);
    },
  ],
  [
    'oid4vci-1_0-issuer-happy-flow-multiple-clients',
    async () => {
      // Two wallets of different people: neither is given what is the other's.
      const tokens = [await wallet.token(), await wallet.token()];
      const keys = [newKey('first'), newKey('second')];
      for (const [at, token] of tokens.entries()) {
        const own = keys.slice(at, at + 1);
        const answer = await wallet.collect(token, { proofs: await jwtProofs(own) });
        expect(answer.status).toBe(200);
      }
      const offers = identity.world.issued.map(({ offerId }) => offerId);
      expect(new Set(offers).size).toBe(2);
    },
  ],
  [
    'oid4vci-1_0-issuer-batch-issuance',
    async () => {
      const { batch_credential_issuance: batch } = await metadata();
      expect(batch.batch_size).toBeGreaterThanOrEqual(2);
      const keys = Array.from({ length: batch.batch_size }, (_, at) => newKey(String(at)));
      const token = await wallet.token();
      const answer = await wallet.collect(token, { proofs: await jwtProofs(keys) });
      expect(answer.body['credentials']).toHaveLength(batch.batch_size);
      const tooMany = await jwtProofs([...keys, newKey('one too many')]);
      const refused = await wallet.collect(token, { proofs: tooMany });
      expect([refused.status, refused.body['error']]).toEqual([400, 'invalid_proof']);
    },
  ],
  ['oid4vci-1_0-issuer-fail-missing-proof', () => refusedWith({}, 'invalid_proof')],
  [
    'oid4vci-1_0-issuer-fail-invalid-nonce',
    async () => {
      const proofs = { jwt: [await wallet.proof(key, { payload: { nonce: 'made.up.nonce' } })] };
      await refusedWith({ proofs }, 'invalid_nonce');
    },
  ],
  [
    'oid4vci-1_0-issuer-fail-invalid-jwt-proof-signature',
    async () => {
      const proofs = { jwt: [broken(await wallet.proof(key))] };
      await refusedWith({ proofs }, 'invalid_proof');
    },
  ],
  [
    'oid4vci-1_0-issuer-fail-invalid-key-attestation-signature',
    async () => {
      const iat = Math.floor(Date.now() / 1000);
      const attestation = await signCompactJws(
        {
          header: { typ: 'key-attestation+jwt' },
          payload: {
            iat,
            exp: iat + 600,
            attested_keys: [jwkOf(key)],
            nonce: await wallet.nonce(),
          },
        },
        signerOf(attester.private),
      );
      await refusedWith({ proofs: { attestation: [broken(attestation)] } }, 'invalid_proof');
      const good = await wallet.collect(await wallet.token(), {
        proofs: { attestation: [attestation] },
      });
      expect(good.status).toBe(200);
    },
  ],
  [
    'oid4vci-1_0-issuer-fail-unknown-credential-configuration',
    async () => {
      const request = { credential_configuration_id: 'unknown', proofs: await jwtProofs() };
      await refusedWith(request, 'unknown_credential_configuration');
    },
  ],
  [
    'oid4vci-1_0-issuer-fail-unknown-credential-identifier',
    async () => {
      const request = {
        credential_configuration_id: undefined,
        credential_identifier: 'unknown',
        proofs: await jwtProofs(),
      };
      await refusedWith(request, 'unknown_credential_identifier');
    },
  ],
  [
    'oid4vci-1_0-issuer-fail-unsupported-encryption-algorithm',
    async () => {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { credential_request_encryption: encryption } = await metadata();
      const [jwk] = encryption.jwks.keys;
      const request = {
        credential_configuration_id: 'identity',
        proofs: await jwtProofs(),
        credential_response_encryption: {
          jwk: { ...publicKey.export({ format: 'jwk' }), alg: 'ECDH-ES', use: 'enc' },
          enc: 'UNSUPPORTED',
        },
      };
      const jwe = await new CompactEncrypt(Buffer.from(JSON.stringify(request)))
        .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A128GCM', kid: jwk.kid ?? '' })
        .encrypt(await importJWK(jwk, 'ECDH-ES'));
      const token = await wallet.token();
      const response = await wallet.send('/openid4vci/credential', jwe, token, 'application/jwt');
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: 'invalid_encryption_parameters' });
    },
  ],
  [
    'oid4vci-1_0-issuer-fail-on-access-token-in-query',
    async () => {
      const token = await wallet.token();
      const body = { credential_configuration_id: 'identity', proofs: await jwtProofs() };
      const answer = await wallet.post(`/openid4vci/credential?access_token=${token}`, body);
      expect([answer.status, answer.body['error']]).toEqual([401, 'invalid_token']);
      expect(identity.world.issued).toEqual([]);
    },
  ],
];

it.each([
  ['certificates of another key', { IDENTITY_SIGNING_CERTIFICATES: [certificate] }],
  ['attestations for a kind that there is not', { IDENTITY_KEY_ATTESTATIONS_REQUIRED: { x: {} } }],
])('a process with %s does not start', async (_what, settings) => {
  const { database } = identity;
  const shared = { ...database, close: () => Promise.resolve() };
  await expect(startIdentity({ database: shared, settings })).rejects.toThrow();
});

describe('the conformance suite’s issuer modules', () => {
  it.each(modules)('%s', async (_name, body) => {
    await expect(body()).resolves.toBeUndefined();
  });
});
