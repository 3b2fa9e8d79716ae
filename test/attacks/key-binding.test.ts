/** A presentation counts once, for one verifier, in the holder's hands (RFC 9901, section 7.3; OpenID4VP 1.0, section 14.2). */
import { describe, expect, it } from '@jest/globals';

import { signCompactJws } from '../../standards/compact-jws.ts';
import { jwkThumbprint } from '../../standards/jwk-thumbprint.ts';
import { sdHash } from '../../standards/sd-jwt/disclosure.ts';
import { verifyPresentation } from '../../standards/sd-jwt-vc/verify-presentation.ts';
import { testKey } from '../unit/standards/keys.ts';
import {
  digest,
  disclosure,
  family,
  forge,
  type Forgery,
  given,
  holder,
  rules,
  seconds,
} from '../unit/standards/sd-jwt-vc/forge.ts';

const thief = testKey('holder-1');
const bound = await forge({ kb: false });
const proofOf = (presentation: string): string =>
  presentation.slice(presentation.lastIndexOf('~') + 1);
const proof = (payload: object = {}, signer = holder.signer): Promise<string> =>
  signCompactJws(
    {
      header: { typ: 'kb+jwt', kid: undefined },
      payload: {
        iat: seconds,
        aud: 'verifier',
        nonce: 'nonce-1',
        sd_hash: digest(bound),
        ...payload,
      },
    },
    signer,
  );
const jwt = bound.split('~')[0] ?? '';

async function expectRefused(text: string, check: string, code: string): Promise<void> {
  const { outcome, checks, holderThumbprint } = await verifyPresentation(text, rules);
  const failed = checks.filter((one) => one.outcome === 'failed');
  expect({ outcome, failed: failed.map((one) => [one.name, one.code]), holderThumbprint }).toEqual({
    outcome: 'invalid',
    failed: [[check, code]],
    holderThumbprint: undefined,
  });
}

it('in order, it names the holder', async () => {
  const verdict = await verifyPresentation(bound + (await proof()), rules);
  expect([verdict.outcome, verdict.holderThumbprint]).toEqual(['valid', jwkThumbprint(holder.jwk)]);
});

describe('a key binding is refused', () => {
  it.each<[string, () => string | Promise<string>, string, string]>([
    ['that was taken off', () => bound, 'kb_present', 'key_binding_missing'],
    ['that was taken off with its tilde', () => bound.slice(0, -1), 'kb_form', 'jws_malformed'],
    [
      'of another credential of the same holder',
      async () => bound + proofOf(await forge({ payload: { jti: 'credential-2' } })),
      'kb_sd_hash',
      'kb_sd_hash_wrong',
    ],
    [
      'of a presentation that showed less',
      async () =>
        bound +
        proofOf(await forge({ disclosures: [given], digests: [digest(given), digest(family)] })),
      'kb_sd_hash',
      'kb_sd_hash_wrong',
    ],
    [
      'of the same disclosures in another order',
      async () =>
        bound +
        proofOf(
          await forge({ disclosures: [family, given], digests: [digest(given), digest(family)] }),
        ),
      'kb_sd_hash',
      'kb_sd_hash_wrong',
    ],
    [
      'that a thief signed',
      async () => bound + (await proof({}, thief.signer)),
      'kb_signature',
      'kb_signature_invalid',
    ],
    [
      'of a thief’s own credential',
      async () =>
        bound + proofOf(await forge({ payload: { cnf: { jwk: thief.jwk } }, kbSigner: thief })),
      'kb_signature',
      'kb_signature_invalid',
    ],
    [
      'that is there twice',
      async () => `${bound}${await proof()}~${await proof()}`,
      'disclosure_form',
      'disclosure_malformed',
    ],
    [
      'that stands before the disclosures',
      async () => [jwt, await proof(), ...bound.split('~').slice(1)].join('~'),
      'disclosure_form',
      'disclosure_malformed',
    ],
    [
      'with a tilde after it',
      async () => `${bound}${await proof()}~`,
      'disclosure_form',
      'disclosure_malformed',
    ],
    ['that is the credential itself', () => bound + jwt, 'kb_typ', 'kb_typ_wrong'],
    [
      'of an empty presentation',
      async () => bound + (await proof({ sd_hash: digest('') })),
      'kb_sd_hash',
      'kb_sd_hash_wrong',
    ],
  ])('%s', async (_name, make, check, code) => {
    await expectRefused(await make(), check, code);
  });

  it.each<[string, unknown]>([
    ['of the credential alone', digest(jwt)],
    ['of the credential and its tilde', digest(`${jwt}~`)],
    ['without the last tilde', digest(bound.slice(0, -1))],
    ['by SHA-512, where the credential says SHA-256', sdHash(bound, 'sha-512')],
    ['in hexadecimal', Buffer.from(digest(bound), 'base64url').toString('hex')],
    ['in base64 with padding', `${digest(bound)}=`],
    ['cut short', digest(bound).slice(0, -1)],
    ['in a list', [digest(bound)]],
    ['as null', null],
    ['left out', undefined],
    ['as an empty text', ''],
    ['as true', true],
  ])('with sd_hash %s', async (_name, hash) => {
    await expectRefused(bound + (await proof({ sd_hash: hash })), 'kb_sd_hash', 'kb_sd_hash_wrong');
  });

  it.each<[unknown]>([
    ['nonce-2'],
    ['nonce-1 '],
    ['NONCE-1'],
    ['nonce-'],
    ['nonce-11'],
    [''],
    [['nonce-1']],
    [{ nonce: 'nonce-1' }],
    [1],
    [null],
    [true],
    [undefined],
  ])('with the nonce %j', async (nonce) => {
    await expectRefused(bound + (await proof({ nonce })), 'kb_nonce', 'kb_nonce_wrong');
  });

  const { x, y } = holder.jwk;
  it.each<[string, unknown, string]>([
    ['no cnf', undefined, 'cnf_missing'],
    ['cnf null', null, 'cnf_missing'],
    ['an empty cnf', {}, 'cnf_missing'],
    ['a thumbprint in place of the key', { jkt: jwkThumbprint(holder.jwk) }, 'cnf_missing'],
    ['a kid in place of the key', { kid: 'holder-1' }, 'cnf_missing'],
    ['an address of the key', { jku: 'https://keys.example/holder' }, 'cnf_missing'],
    ['several keys', { jwk: [holder.jwk] }, 'cnf_missing'],
    ['the key as text', { jwk: JSON.stringify(holder.jwk) }, 'cnf_missing'],
    ['the private key', { jwk: { ...holder.jwk, d: 'A'.repeat(43) } }, 'holder_key_unsuitable'],
    ['a symmetric key', { jwk: { kty: 'oct', k: 'AAAA' } }, 'holder_key_unsuitable'],
    ['an RSA key', { jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }, 'holder_key_unsuitable'],
    ['a key on another curve', { jwk: { ...holder.jwk, crv: 'P-384' } }, 'holder_key_unsuitable'],
    ['a point off the curve', { jwk: { ...holder.jwk, y: x } }, 'holder_key_unsuitable'],
    [
      'the point at zero',
      { jwk: { ...holder.jwk, x: 'A'.repeat(43), y: 'A'.repeat(43) } },
      'holder_key_unsuitable',
    ],
    ['a coordinate with padding', { jwk: { ...holder.jwk, x: `${x}=` } }, 'holder_key_unsuitable'],
    ['a coordinate too short', { jwk: { ...holder.jwk, y: y.slice(2) } }, 'holder_key_unsuitable'],
    ['a key for encryption', { jwk: { ...holder.jwk, use: 'enc' } }, 'holder_key_unsuitable'],
    [
      'a key for another algorithm',
      { jwk: { ...holder.jwk, alg: 'ES384' } },
      'holder_key_unsuitable',
    ],
  ])('by a credential with %s', async (_name, cnf, code) => {
    await expectRefused(await forge({ payload: { cnf } }), 'holder_key', code);
  });
});

it('a credential that asks for another hash is bound by that hash', async () => {
  const element = disclosure('x');
  const forgery: Forgery = {
    digests: [],
    disclosures: [element],
    payload: { _sd: undefined, _sd_alg: 'sha-512', list: [{ '...': sdHash(element, 'sha-512') }] },
  };
  const text = await forge({ ...forgery, kb: false });
  const right = await proof({ sd_hash: sdHash(text, 'sha-512') });
  const wrong = await proof({ sd_hash: digest(text) });
  expect((await verifyPresentation(text + right, rules)).outcome).toBe('valid');
  await expectRefused(text + wrong, 'kb_sd_hash', 'kb_sd_hash_wrong');
});
