import { encodeBase64url } from '../../../../standards/base64url.ts';
import { signCompactJws } from '../../../../standards/compact-jws.ts';
import { sdHash } from '../../../../standards/sd-jwt/disclosure.ts';
import { type PresentationRules } from '../../../../standards/sd-jwt-vc/presentation-rules.ts';
import { testKey } from '../keys.ts';

export const issuer = testKey('issuer-1');
export const holder = testKey('holder-1');
export const now = new Date('2026-11-22T12:00:00Z');
export const seconds = now.getTime() / 1000;

export const given = disclosure('given_name', 'Ada');
export const family = disclosure('family_name', 'Example');

export function disclosure(...parts: unknown[]): string {
  return encodeBase64url(JSON.stringify(['salt', ...parts]));
}

export function digest(text: string): string {
  return sdHash(text, 'sha-256');
}

/** Everything a forger can turn; what is left out is as it should be. */
export interface Forgery {
  readonly header?: Record<string, unknown>;
  readonly payload?: Record<string, unknown>;
  readonly digests?: readonly unknown[];
  readonly disclosures?: readonly string[];
  /** Replaces the first two parts after signing. */
  readonly headerAfter?: Record<string, unknown>;
  readonly kbHeader?: Record<string, unknown>;
  readonly kbPayload?: Record<string, unknown>;
  readonly kb?: false | string;
  readonly kbSigner?: typeof holder;
  readonly signer?: typeof issuer;
}

export const claims = {
  iss: 'https://trust.example',
  vct: 'https://types.example/staff',
  jti: 'credential-1',
  iat: seconds - 100,
  nbf: seconds - 100,
  exp: seconds + 3600,
  cnf: { jwk: holder.jwk },
  status: { status_list: { uri: 'https://status.example/1', idx: 7 } },
};

export async function forge(forgery: Forgery = {}): Promise<string> {
  const { disclosures = [given, family] } = forgery;
  const digests = forgery.digests ?? disclosures.map(digest);
  let jwt = await signCompactJws(
    {
      header: { typ: 'dc+sd-jwt', ...forgery.header },
      payload: { ...claims, _sd: digests, _sd_alg: 'sha-256', ...forgery.payload },
    },
    (forgery.signer ?? issuer).signer,
  );
  if (forgery.headerAfter !== undefined) {
    const [, ...rest] = jwt.split('.');
    jwt = [encodeBase64url(JSON.stringify(forgery.headerAfter)), ...rest].join('.');
  }
  const bound = `${[jwt, ...disclosures].join('~')}~`;
  if (forgery.kb === false) return bound;
  if (typeof forgery.kb === 'string') return bound + forgery.kb;
  const kb = await signCompactJws(
    {
      header: { typ: 'kb+jwt', kid: undefined, ...forgery.kbHeader },
      payload: {
        iat: seconds,
        aud: 'verifier',
        nonce: 'nonce-1',
        sd_hash: digest(bound),
        ...forgery.kbPayload,
      },
    },
    (forgery.kbSigner ?? holder).signer,
  );
  return bound + kb;
}

export const rules: PresentationRules = {
  now,
  acceptedTypes: new Set(['https://types.example/staff']),
  findIssuerKey: ({ issuer: name }) =>
    Promise.resolve(
      name === 'https://trust.example' ? { key: issuer.publicKey, trusted: true } : undefined,
    ),
  keyBinding: { audience: 'verifier', nonce: 'nonce-1' },
  readStatus: () => Promise.resolve({ kind: 'status', status: 0, asOf: now }),
};
