/**
 * Every place that lets somebody in on the strength of a signed token, each with a good token. All of them take the same
 * key here, which no deployment does: whatever a wrong token is stopped by, it is not its key.
 */
import { createLocalJWKSet } from 'jose';

import { KeyProofError, verifyKeyProof } from '../../identity/domain/verify-key-proof.ts';
import { CallerStatementError, verifyCallerStatement } from '../../runtime/caller-statement.ts';
import { verifyAccessToken } from '../../standards/access-token.ts';
import { signCompactJws } from '../../standards/compact-jws.ts';
import { verifyDpopProof } from '../../standards/dpop.ts';
import { verifyKeyAttestation } from '../../standards/openid4vci/key-attestation.ts';
import {
  PRESENTATION_RECEIPT_TYPE,
  verifyPresentationReceipt,
} from '../../standards/presentation-receipt.ts';
import type { PresentationRules } from '../../standards/sd-jwt-vc/presentation-rules.ts';
import { verifyPresentation } from '../../standards/sd-jwt-vc/verify-presentation.ts';
import { StandardError } from '../../standards/standard-error.ts';
import { createStatusList, encodeStatusList } from '../../standards/status-list/status-list.ts';
import { verifyStatusListToken } from '../../standards/status-list/status-list-token.ts';
import { sdHash } from '../../standards/sd-jwt/disclosure.ts';
import { testKey } from '../unit/standards/keys.ts';

/** What can be wrong with any token, before a door looks at what is special to its own. */
export type Fault =
  | 'malformed'
  | 'base64url'
  | 'repeated member'
  | 'alg missing'
  | 'alg not text'
  | 'alg none'
  | 'alg'
  | 'signature'
  | 'crit'
  | 'header'
  | 'typ'
  | 'key';

/** The claims or header of a token. */
export type Members = Readonly<Record<string, unknown>>;

/** One place that takes a token. */
export interface Door {
  readonly name: string;
  /** The moment at which its good token is good. */
  readonly now: () => Date;
  /** The header of a good token, without `alg`. */
  readonly header: Members;
  /** The claims of a good token. */
  readonly claims: () => Members;
  /** Tries a token. Answers the reason when it is refused, and `undefined` when the door opens. */
  readonly refusal: (token: string) => Promise<string | undefined>;
  /** What this door calls each fault. */
  readonly reasons: Readonly<Record<Fault, string>>;
}

/** The key behind every door. */
export const key = testKey('key-1');
const now = new Date('2026-11-22T12:00:00Z');
/** The moment of every door without a clock of its own, in seconds since 1970. */
export const seconds = now.getTime() / 1000;

/** Signs a token for a door; `undefined` leaves a member out. */
export const signFor = (
  door: Pick<Door, 'header' | 'claims'>,
  { header = {}, claims = {} }: { readonly header?: Members; readonly claims?: Members } = {},
): Promise<string> =>
  signCompactJws(
    {
      header: { kid: undefined, ...door.header, ...header },
      payload: { ...door.claims(), ...claims },
    },
    key.signer,
  );

/** The innermost code or message of a refusal. Anything else that was thrown is a failure of the door. */
async function reasonOf(tried: () => unknown): Promise<string | undefined> {
  try {
    await tried();
    return undefined;
  } catch (error) {
    if (
      !(error instanceof StandardError) &&
      !(error instanceof CallerStatementError) &&
      !(error instanceof KeyProofError)
    ) {
      throw error;
    }
    const { cause } = error;
    if (cause instanceof Error) {
      return 'code' in cause
        ? String(cause.code)
        : cause.name === 'ZodError'
          ? 'claims'
          : cause.message;
    }
    return error instanceof KeyProofError ? error.message : error.code;
  }
}

const shared = {
  malformed: 'jws_malformed',
  base64url: 'base64url_not_canonical',
  'repeated member': 'json_duplicate_member',
  'alg missing': 'jws_alg_missing',
  'alg not text': 'jws_alg_missing',
  crit: 'jws_crit_unsupported',
  header: 'jws_header_forbidden',
} as const;

const accessToken: Door = {
  name: 'access token',
  now: () => now,
  header: { typ: 'at+jwt', kid: key.signer.kid },
  claims: () => ({
    iss: 'https://as.example',
    aud: 'https://api.example',
    sub: 'person-1',
    client_id: 'app',
    jti: 'token-1',
    iat: seconds,
    exp: seconds + 300,
    scope: 'self:read',
  }),
  refusal: (token) =>
    reasonOf(() =>
      verifyAccessToken(token, {
        issuer: 'https://as.example',
        audience: 'https://api.example',
        keys: createLocalJWKSet({ keys: [{ ...key.jwk, kid: key.signer.kid }] }),
        now,
      }),
    ),
  reasons: {
    ...shared,
    'alg none': 'ERR_JOSE_ALG_NOT_ALLOWED',
    alg: 'ERR_JOSE_ALG_NOT_ALLOWED',
    signature: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    typ: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
    key: 'ERR_JWKS_NO_MATCHING_KEY',
  },
};

/** What the gateway says about the caller, under its signature. */
const said = Buffer.from(
  JSON.stringify({
    aud: 'passport',
    knd: 'person',
    sub: 'stf_1',
    client_id: 'web',
    name: 'Ada Example',
    scope: 'self:read',
    rid: 'request-1',
    body: sdHash('{}', 'sha-256'),
  }),
).toString('base64url');

const callerStatement: Door = {
  name: 'caller statement',
  now: () => now,
  header: { typ: 'caller+jwt', kid: key.signer.kid },
  claims: () => ({
    iss: 'lanyard-gateway',
    iat: seconds,
    exp: seconds + 30,
    said: [sdHash(said, 'sha-256')],
  }),
  refusal: (token) =>
    reasonOf(() =>
      verifyCallerStatement(
        `${token}~${said}`,
        { audience: 'passport', body: Buffer.from('{}'), now },
        new Map([[key.signer.kid, key.publicKey]]),
      ),
    ),
  reasons: {
    ...shared,
    'alg none': 'typ or alg',
    alg: 'typ or alg',
    signature: 'signature',
    typ: 'typ or alg',
    key: 'unknown kid',
  },
};

/** The rules of a verifier that knows one issuer. */
export const rules: PresentationRules = {
  now,
  acceptedTypes: new Set(['https://types.example/staff']),
  findIssuerKey: ({ issuer, kid }) =>
    Promise.resolve(
      issuer === 'https://trust.example' && kid === key.signer.kid
        ? { key: key.publicKey, trusted: true }
        : undefined,
    ),
  keyBinding: { audience: 'verifier', nonce: 'nonce-1' },
  readStatus: () => Promise.resolve({ kind: 'status', status: 0, asOf: now }),
};

async function presentationRefusal(
  presentation: string,
  changed: Partial<PresentationRules> = {},
): Promise<string | undefined> {
  const { outcome, checks } = await verifyPresentation(presentation, { ...rules, ...changed });
  return outcome === 'valid' ? undefined : checks.find(({ code }) => code !== undefined)?.code;
}

const credential: Door = {
  name: 'credential',
  now: () => now,
  header: { typ: 'dc+sd-jwt', kid: key.signer.kid },
  claims: () => ({
    iss: 'https://trust.example',
    vct: 'https://types.example/staff',
    jti: 'credential-1',
    iat: seconds - 100,
    nbf: seconds - 100,
    exp: seconds + 3600,
    cnf: { jwk: key.jwk },
    status: { status_list: { uri: 'https://status.example/1', idx: 7 } },
  }),
  refusal: (token) => presentationRefusal(`${token}~`, { keyBinding: 'not-required' }),
  reasons: {
    ...shared,
    'alg missing': 'alg_missing',
    'alg not text': 'alg_unsupported',
    'alg none': 'alg_none',
    alg: 'alg_unsupported',
    signature: 'signature_invalid',
    typ: 'typ_wrong',
    key: 'issuer_key_unknown',
  },
};

const bound = `${await signFor(credential)}~`;

const keyBinding: Door = {
  name: 'key binding',
  now: () => now,
  header: { typ: 'kb+jwt' },
  claims: () => ({
    iat: seconds,
    aud: 'verifier',
    nonce: 'nonce-1',
    sd_hash: sdHash(bound, 'sha-256'),
  }),
  refusal: (token) => presentationRefusal(bound + token),
  reasons: {
    ...shared,
    'alg missing': 'kb_alg_unsupported',
    'alg not text': 'kb_alg_unsupported',
    'alg none': 'kb_alg_unsupported',
    alg: 'kb_alg_unsupported',
    signature: 'kb_signature_invalid',
    typ: 'kb_typ_wrong',
    // The key is the credential's own, whatever the proof says.
    key: 'kb_signature_invalid',
  },
};

const statusList: Door = {
  name: 'status list token',
  now: () => now,
  header: { typ: 'statuslist+jwt', kid: key.signer.kid },
  claims: () => ({
    sub: 'https://status.example/1',
    iat: seconds,
    exp: seconds + 900,
    ttl: 60,
    status_list: encodeStatusList(createStatusList(2, 64)),
  }),
  refusal: (token) =>
    reasonOf(() =>
      verifyStatusListToken(token, {
        uri: 'https://status.example/1',
        now,
        key: ({ kid }) =>
          kid === key.signer.kid
            ? Promise.resolve(key.publicKey)
            : Promise.reject(new StandardError('key_unsuitable', 'not the issuer’s list key')),
      }),
    ),
  reasons: {
    ...shared,
    'alg none': 'status_list_token_invalid',
    alg: 'status_list_token_invalid',
    signature: 'status_list_token_signature_invalid',
    typ: 'status_list_token_type_wrong',
    key: 'key_unsuitable',
  },
};

const keyProof: Door = {
  name: 'key proof',
  now: () => now,
  header: { typ: 'openid4vci-proof+jwt', jwk: key.jwk },
  claims: () => ({ iss: 'wallet', aud: 'https://as.example', iat: seconds, nonce: 'nonce-1' }),
  refusal: (token) =>
    reasonOf(() =>
      verifyKeyProof(token, { issuer: 'https://as.example', clientId: 'wallet', now }),
    ),
  reasons: {
    ...shared,
    'alg none': 'alg must be ES256',
    alg: 'alg must be ES256',
    signature: 'the signature does not hold',
    typ: 'typ must be openid4vci-proof+jwt',
    key: 'the key must be given as jwk alone',
  },
};

const dpopProof: Door = {
  name: 'DPoP proof',
  now: () => now,
  header: { typ: 'dpop+jwt', jwk: key.jwk },
  claims: () => ({ htm: 'POST', htu: 'https://api.example', iat: seconds, jti: 'proof-1' }),
  refusal: (token) =>
    reasonOf(() => verifyDpopProof(token, { method: 'POST', url: 'https://api.example' })),
  reasons: {
    ...shared,
    'alg none': 'alg',
    alg: 'alg',
    signature: 'signature',
    typ: 'typ',
    key: 'key',
  },
};

const keyAttestation: Door = {
  name: 'key attestation',
  now: () => now,
  header: { typ: 'key-attestation+jwt', kid: key.signer.kid },
  claims: () => ({
    iat: seconds,
    exp: seconds + 3600,
    attested_keys: [key.jwk],
    key_storage: ['iso_18045_high'],
    nonce: 'nonce-1',
  }),
  refusal: (token) =>
    reasonOf(() =>
      verifyKeyAttestation(token, {
        attesters: { anchors: [], keys: { [key.signer.kid]: key.jwk } },
        required: { key_storage: ['iso_18045_high'] },
        maxKeys: 20,
        withProof: true,
        now,
      }),
    ),
  reasons: {
    ...shared,
    'alg none': 'key_attestation_invalid',
    alg: 'key_attestation_invalid',
    signature: 'key_attestation_invalid',
    typ: 'key_attestation_invalid',
    key: 'key_attestation_untrusted',
  },
};

const receipt: Door = {
  name: 'presentation receipt',
  now: () => now,
  header: { typ: PRESENTATION_RECEIPT_TYPE, kid: key.signer.kid },
  claims: () => ({
    iss: 'https://passport.example/verifiers/RZ1',
    iat: seconds,
    jti: 'receipt-1',
    request: 'request-1',
    requested_at: seconds - 60,
    checked_at: seconds,
    checked_by: 'HR of RZ1',
    purpose: 'ROTATION',
    outcome: 'VALID',
    credentials: [],
  }),
  refusal: (token) =>
    reasonOf(() =>
      verifyPresentationReceipt(token, {
        issuer: 'https://passport.example/verifiers/RZ1',
        findKey: (kid) => (kid === key.signer.kid ? key.publicKey : undefined),
        now,
      }),
    ),
  reasons: {
    ...shared,
    'alg none': 'alg',
    alg: 'alg',
    signature: 'signature',
    typ: 'typ',
    key: 'key',
  },
};

/** Every door that is a function of this code base. A new kind of token gets its line here. */
export const doors: readonly Door[] = [
  accessToken,
  callerStatement,
  credential,
  keyBinding,
  statusList,
  keyProof,
  keyAttestation,
  dpopProof,
  receipt,
];
