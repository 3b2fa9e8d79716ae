/** A ward without network: a trust's credentials, a bundle, and what a check on the ward has to come to. */
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { deflateSync } from 'node:zlib';

import { encodeBase64url } from '../../../../standards/base64url.ts';
import {
  certifiedHeader,
  keyObjectSigner,
  signEncoded,
  type Signer,
} from '../../../../standards/compact-jws.ts';
import { jwkThumbprint, publicJwkOf } from '../../../../standards/jwk-thumbprint.ts';
import { integrityOf } from '../../../../standards/sd-jwt-vc/integrity.ts';
import { issueSdJwtVc } from '../../../../standards/sd-jwt-vc/issue-sd-jwt-vc.ts';
import { createKeyBoundPresentation } from '../../../../standards/sd-jwt-vc/key-binding.ts';
import { writeTypeMetadata } from '../../../../standards/sd-jwt-vc/type-metadata.ts';
import { presentSdJwt } from '../../../../standards/sd-jwt/present-sd-jwt.ts';
import { signStatusListToken } from '../../../../standards/status-list/status-list-token.ts';
import { createStatusList, withStatus } from '../../../../standards/status-list/status-list.ts';
import { vcJwtHeader } from '../../../../standards/vc-jwt/issue-vc-jwt.ts';
import type { OfflineRules } from '../../../../standards/verification-bundle/verify-offline.ts';
import {
  type VerificationBundleContent,
  writeVerificationBundle,
} from '../../../../standards/verification-bundle/write-verification-bundle.ts';
import { certifyAnchor, certifyLeaf } from '../../../../subgraphs/passport/keys/certificates.ts';

export const NOW = new Date('2026-11-25T12:00:00Z');
export const ADDRESS = 'https://passport.example/issuer-registry';
const BASE = 'https://passport.example';
const ISSUER = `${BASE}/trusts/RZ1`;
const DID = 'did:web:passport.example:trusts:RZ1';
const VCT = `${BASE}/credential-types/temporary-placement`;
const LIST = `${BASE}/status-lists/AAAAAAAAAAAAAAAAAAAAAA`;
const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);
const later = (moment: Date, by: number): Date => new Date(moment.getTime() + by * 1000);

export const KEY_BINDING = { audience: `${BASE}/verifiers/RZ2`, nonce: 'ward-7-0001' } as const;
const STATUS = { stands: 3, revoked: 5, suspended: 6 } as const;

interface Certified {
  readonly publicKey: KeyObject;
  readonly signer: Signer;
}

const DOCUMENT = writeTypeMetadata({
  vct: VCT,
  name: 'Temporary placement',
  claims: [
    { path: ['host_ods'], mandatory: true, sd: 'never' },
    { path: ['role'], sd: 'always' },
    { path: ['ends_on'], sd: 'always' },
    { path: ['nhs', 'ods'], mandatory: true, sd: 'never' },
  ],
});

/** One installation: an anchor, its register's key, and a trust with a key for credentials and one for lists. */
async function installation(since: Date) {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const anchorSigner = keyObjectSigner({ key: pair.privateKey, kid: 'anchor' });
  const authority = {
    publicKey: pair.publicKey,
    sign: (data: Uint8Array) => anchorSigner.sign(data),
  };
  const anchor = await certifyAnchor(authority, since);
  const certify = async (
    issuerUrl: string,
    use: Parameters<typeof certifyLeaf>[0]['use'],
  ): Promise<Certified> => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const leaf = { publicKey, issuerUrl, use, name: 'test', now: since };
    const x5c = [await certifyLeaf(leaf, authority)];
    const kid = jwkThumbprint(publicJwkOf(publicKey));
    return { publicKey, signer: keyObjectSigner({ key: privateKey, kid, x5c }) };
  };
  return {
    anchor,
    certify,
    registrar: await certify(ADDRESS, 'registry'),
    trust: await certify(ISSUER, 'credential'),
    lists: await certify(ISSUER, 'status-list'),
  };
}

/** The bundles: the ordinary one, and some in which something is wrong with the list. */
export type BundleName = 'ordinary' | 'foreign list' | 'bomb' | 'trailing' | 'truncated' | 'strict';

/** A presentation and what comes of it. */
export interface WardCase {
  readonly what: string;
  readonly presentation: string;
  readonly rules?: Partial<OfflineRules>;
  /** Checked against the bundle of this name; the ordinary one unless told. */
  readonly bundle?: BundleName;
  readonly outcome: string;
  readonly reason?: string;
}

/** Everything that a test needs, made once: the bundle is of two hours ago, its list of a minute before. */
export async function ward(now = NOW) {
  const bundleAt = later(now, -7_200);
  const listAt = later(bundleAt, -60);
  const [ours, theirs] = await Promise.all([installation(listAt), installation(listAt)]);
  const { trust, registrar, lists } = ours;
  const holder = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const holderSigner = keyObjectSigner({ key: holder.privateKey, kid: 'holder' });

  const anchors = [
    {
      certificate: ours.anchor,
      sha256: createHash('sha256').update(Buffer.from(ours.anchor, 'base64')).digest('base64url'),
    },
  ];
  const [{ sha256 }] = anchors as [(typeof anchors)[number]];
  const registry = await signEncoded(
    certifiedHeader('issuer-registry+jwt', registrar.signer),
    JSON.stringify({
      iss: ADDRESS,
      iat: seconds(listAt),
      exp: seconds(listAt) + 86_400,
      version: 1,
      anchors,
      issuers: [
        {
          issuer: ISSUER,
          ods: 'RZ1',
          jwks_uri: `${ISSUER}/jwks`,
          jwks: {
            keys: [
              {
                ...publicJwkOf(trust.publicKey),
                kid: trust.signer.kid,
                x5c: trust.signer.x5c,
              },
            ],
          },
          accreditations: [
            {
              vct: VCT,
              from: seconds(later(now, -25 * 86_400)),
              until: seconds(later(now, 6 * 86_400)),
              anchor: sha256,
            },
          ],
        },
      ],
    }),
    registrar.signer,
  );
  const list = withStatus(
    withStatus(createStatusList(2, 4_096), STATUS.revoked, 1),
    STATUS.suspended,
    2,
  );
  const listToken = (by: Certified) =>
    signStatusListToken(
      { uri: LIST, issuedAt: listAt, expiresAt: later(listAt, 3_600), ttlSeconds: 15, list },
      by.signer,
    );
  const content = (change: Partial<VerificationBundleContent> = {}): VerificationBundleContent => ({
    address: ADDRESS,
    issuedAt: bundleAt,
    expiresAt: later(bundleAt, 86_400),
    version: 7,
    statusMaxAgeSeconds: 86_400,
    registry,
    types: [{ vct: VCT, document: DOCUMENT }],
    statusLists: [],
    ...change,
  });
  const statusLists = [{ uri: LIST, token: await listToken(lists) }];
  const sign = (change: Partial<VerificationBundleContent> = {}, by = registrar) =>
    writeVerificationBundle(content({ statusLists, ...change }), by.signer);

  const deflated = deflateSync(list.bytes);
  const packed = (bytes: Uint8Array) =>
    signStatusListToken(
      {
        uri: LIST,
        issuedAt: listAt,
        expiresAt: later(listAt, 3_600),
        bits: 2,
        lst: encodeBase64url(bytes),
      },
      lists.signer,
    );
  const withList = (token: string) => sign({ statusLists: [{ uri: LIST, token }] });

  const credential = (change: Record<string, unknown> = {}, by = trust): Promise<string> =>
    issueSdJwtVc(
      {
        claims: {
          iss: ISSUER,
          vct: VCT,
          'vct#integrity': integrityOf(Buffer.from(DOCUMENT)),
          jti: 'urn:uuid:11111111-1111-4111-8111-111111111111',
          sub: 'pairwise-subject',
          iat: seconds(listAt),
          exp: seconds(now) + 86_400,
          cnf: { jwk: publicJwkOf(holder.publicKey) },
          status: { status_list: { idx: STATUS.stands, uri: LIST } },
          nhs: { ods: 'RZ1' },
          host_ods: 'RZ2',
          role: 'Staff nurse',
          ends_on: '2026-11-27',
          ...change,
        },
        disclose: { _sd: ['role', 'ends_on'] },
      },
      by.signer,
    );
  const present = async (
    change: Record<string, unknown> = {},
    binding: Partial<Parameters<typeof createKeyBoundPresentation>[0]> = {},
    by = trust,
  ): Promise<string> =>
    createKeyBoundPresentation(
      {
        presentation: presentSdJwt(await credential(change, by), ([name]) => name === 'role'),
        now,
        ...KEY_BINDING,
        ...binding,
      },
      holderSigner,
    );
  const vcJwt = (change: Record<string, unknown> = {}): Promise<string> =>
    signEncoded(
      vcJwtHeader(DID, trust.signer),
      JSON.stringify({
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential', 'TemporaryPlacementCredential'],
        issuer: DID,
        credentialSubject: { id: `${ISSUER}/holders/x`, host_ods: 'RZ2', role: 'Staff nurse' },
        iss: DID,
        vct: VCT,
        iat: seconds(listAt),
        exp: seconds(now) + 86_400,
        cnf: { jwk: publicJwkOf(holder.publicKey) },
        status: { status_list: { idx: STATUS.stands, uri: LIST } },
        nhs: { ods: 'RZ1' },
        ...change,
      }),
      trust.signer,
    );
  const at = (idx: number, uri = LIST) => ({ status: { status_list: { idx, uri } } });
  const good = await present();
  const [head = '', ...tail] = good.split('~');
  const without = { keyBinding: 'not-required' } as const;
  const later23h = later(now, 23 * 3_600);

  const cases: readonly WardCase[] = [
    { what: 'a placement, shown now by its holder', presentation: good, outcome: 'valid' },
    {
      what: 'a revoked one',
      presentation: await present(at(STATUS.revoked)),
      outcome: 'revoked',
      reason: 'status_revoked',
    },
    {
      what: 'a suspended one',
      presentation: await present(at(STATUS.suspended)),
      outcome: 'suspended',
      reason: 'status_suspended',
    },
    {
      what: 'one that has ended',
      presentation: await present({ exp: seconds(now) - 61 }),
      outcome: 'expired',
      reason: 'expired',
    },
    {
      what: 'a list that is not in the bundle',
      presentation: await present(at(1, `${BASE}/status-lists/BBBBBBBBBBBBBBBBBBBBBB`)),
      outcome: 'cannot-check',
      reason: 'status_unreachable',
    },
    {
      what: 'a place past the end of the list',
      presentation: await present(at(4_096)),
      outcome: 'invalid',
      reason: 'status_index_out_of_range',
    },
    {
      what: 'a status older than this verifier allows',
      presentation: good,
      rules: { statusMaxAgeSeconds: 7_200 },
      outcome: 'cannot-check',
      reason: 'status_stale',
    },
    {
      what: 'a status as old as this verifier allows',
      presentation: good,
      rules: { statusMaxAgeSeconds: 7_260 },
      outcome: 'valid',
    },
    {
      what: 'a bundle that has run out, whatever the verifier allows',
      presentation: good,
      rules: { now: later23h, statusMaxAgeSeconds: 10 ** 9 },
      outcome: 'cannot-check',
      reason: 'bundle_expired',
    },
    {
      what: 'a list signed for the trust by a key that is not for lists',
      presentation: good,
      bundle: 'foreign list',
      outcome: 'cannot-check',
      reason: 'status_invalid',
    },
    {
      what: 'a list that grows past what is allowed',
      presentation: good,
      bundle: 'bomb',
      outcome: 'cannot-check',
      reason: 'status_invalid',
    },
    {
      what: 'a list with something behind it',
      presentation: good,
      bundle: 'trailing',
      outcome: 'cannot-check',
      reason: 'status_invalid',
    },
    {
      what: 'a list that is cut off',
      presentation: good,
      bundle: 'truncated',
      outcome: 'cannot-check',
      reason: 'status_invalid',
    },
    {
      what: 'a status older than the policy of this verifier allows, whatever is asked for',
      presentation: good,
      bundle: 'strict',
      rules: { statusMaxAgeSeconds: 86_400 },
      outcome: 'cannot-check',
      reason: 'status_stale',
    },
    {
      what: 'a status that would be too old for another verifier',
      presentation: `${head}~${tail.slice(0, -1).join('~')}~`,
      bundle: 'strict',
      rules: without,
      outcome: 'valid',
    },
    {
      what: 'another nonce',
      presentation: await present({}, { nonce: 'ward-7-0000' }),
      outcome: 'invalid',
      reason: 'kb_nonce_wrong',
    },
    {
      what: 'another verifier',
      presentation: await present({}, { audience: `${BASE}/verifiers/RZ3` }),
      outcome: 'invalid',
      reason: 'kb_audience_wrong',
    },
    {
      what: 'a proof from six minutes ago',
      presentation: await present({}, { now: later(now, -361) }),
      outcome: 'invalid',
      reason: 'kb_iat_too_old',
    },
    {
      what: 'no proof where one is asked for',
      presentation: `${head}~${tail.slice(0, -1).join('~')}~`,
      outcome: 'invalid',
      reason: 'key_binding_missing',
    },
    {
      what: 'no proof where none is asked for',
      presentation: `${head}~${tail.slice(0, -1).join('~')}~`,
      rules: without,
      outcome: 'valid',
    },
    {
      what: 'a disclosure left out after the proof was made',
      presentation: `${head}~${tail.slice(1).join('~')}`,
      outcome: 'invalid',
      reason: 'kb_sd_hash_wrong',
    },
    {
      what: 'a disclosure that was changed',
      presentation: `${head}~${encodeBase64url('["c2FsdA","role","Consultant"]')}~${tail.slice(1).join('~')}`,
      outcome: 'invalid',
      reason: 'disclosure_unreferenced',
    },
    {
      what: 'a signature that was changed',
      presentation: `${head.slice(0, -8)}AAAAAAAA~${tail.join('~')}`,
      outcome: 'invalid',
      reason: 'signature_invalid',
    },
    {
      what: 'an issuer with the same name under another anchor',
      presentation: await present({}, {}, theirs.trust),
      outcome: 'invalid',
      reason: 'key_unknown',
    },
    {
      what: 'an issuer that is not in the register',
      presentation: await present({ iss: `${BASE}/trusts/RZ9` }),
      outcome: 'invalid',
      reason: 'issuer_unknown',
    },
    {
      what: 'a type that the trust may not issue',
      presentation: await present({ vct: `${VCT}/2` }),
      outcome: 'invalid',
      reason: 'type_not_accredited',
    },
    {
      what: 'one from before the accreditation',
      presentation: await present({ iat: seconds(later(now, -26 * 86_400)) }),
      outcome: 'invalid',
      reason: 'outside_accreditation',
    },
    {
      what: 'a type that is not asked for',
      presentation: good,
      rules: { acceptedTypes: new Set([`${BASE}/credential-types/identity`]) },
      outcome: 'invalid',
      reason: 'vct_not_accepted',
    },
    {
      what: 'a claim in the open that its type hides',
      presentation: await createKeyBoundPresentation(
        {
          presentation: await issueSdJwtVc(
            {
              claims: {
                iss: ISSUER,
                vct: VCT,
                iat: seconds(listAt),
                exp: seconds(now) + 60,
                cnf: { jwk: publicJwkOf(holder.publicKey) },
                ...at(STATUS.stands),
                nhs: { ods: 'RZ1' },
                host_ods: 'RZ2',
                role: 'Staff nurse',
              },
              disclose: {},
            },
            trust.signer,
          ),
          now,
          ...KEY_BINDING,
        },
        holderSigner,
      ),
      outcome: 'invalid',
      reason: 'claim_not_selectively_disclosable',
    },
    {
      what: 'a vc+jwt, where no proof is asked for',
      presentation: await vcJwt(),
      rules: without,
      outcome: 'valid',
    },
    {
      what: 'a vc+jwt, where a proof is asked for',
      presentation: await vcJwt(),
      outcome: 'invalid',
      reason: 'key_binding_missing',
    },
    {
      what: 'a revoked vc+jwt',
      presentation: await vcJwt(at(STATUS.revoked)),
      rules: without,
      outcome: 'revoked',
      reason: 'status_revoked',
    },
    {
      what: 'a vc+jwt of a type that the trust may not issue',
      presentation: await vcJwt({ vct: `${VCT}/2` }),
      rules: without,
      outcome: 'invalid',
      reason: 'type_not_accredited',
    },
    {
      what: 'a vc+jwt of a type that is not asked for',
      presentation: await vcJwt(),
      rules: { ...without, acceptedTypes: new Set([`${VCT}/2`]) },
      outcome: 'invalid',
      reason: 'vct_not_accepted',
    },
    {
      what: 'a name that draws',
      presentation: await present({ role: '\u001b[2J\u202eVALID' }),
      outcome: 'valid',
    },
    {
      what: 'nothing',
      presentation: '',
      rules: without,
      outcome: 'invalid',
      reason: 'jws_malformed',
    },
    { what: 'nonsense', presentation: '~', outcome: 'invalid', reason: 'sd_jwt_malformed' },
  ];
  return {
    ours,
    theirs,
    sign,
    statusLists,
    registry,
    cases,
    bundles: {
      ordinary: await sign(),
      'foreign list': await withList(await listToken(trust)),
      bomb: await withList(await packed(deflateSync(Buffer.alloc(2 ** 24 + 1)))),
      trailing: await withList(await packed(Buffer.concat([deflated, Buffer.from([0])]))),
      strict: await sign({
        statusMaxAges: new Map([
          [`${BASE}/verifiers/RZ3`, 600],
          [KEY_BINDING.audience, 7_200],
        ]),
      }),
      truncated: await withList(await packed(deflated.subarray(0, -1))),
    } satisfies Record<BundleName, string>,
  };
}
