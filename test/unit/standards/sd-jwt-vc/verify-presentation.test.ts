import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { encodeBase64url } from '../../../../standards/base64url.ts';
import { jwkThumbprint } from '../../../../standards/jwk-thumbprint.ts';
import { CHECKS } from '../../../../standards/sd-jwt-vc/checks.ts';
import {
  type PresentationRules,
  type StatusAnswer,
  verifyPresentation,
} from '../../../../standards/sd-jwt-vc/verify-presentation.ts';
import { testKey } from '../keys.ts';
import {
  claims,
  digest,
  disclosure,
  family,
  forge,
  type Forgery,
  given,
  holder,
  issuer,
  now,
  rules,
  seconds,
} from './forge.ts';

const stranger = testKey('issuer-1');

/** The one check that failed, with the order of the list checked on the way. */
async function failure(text: string, changed: Partial<PresentationRules> = {}) {
  const verdict = await verifyPresentation(text, { ...rules, ...changed });
  expect(verdict.checks.map(({ name, section }) => [name, section])).toEqual(CHECKS);
  const failed = verdict.checks.filter(({ outcome }) => outcome === 'failed');
  const at = verdict.checks.findIndex(({ outcome }) => outcome === 'failed');
  expect(verdict.checks.slice(at + 1).map(({ outcome }) => outcome)).not.toContain('passed');
  expect(verdict.checks.slice(0, at).map(({ outcome }) => outcome)).not.toContain('not-reached');
  return {
    outcome: verdict.outcome,
    failed: failed.map(({ name, code }) => [name, code]),
    verdict,
  };
}

describe('a presentation in order', () => {
  it('is valid with every check passed', async () => {
    const { checks, ...verdict } = await verifyPresentation(await forge(), rules);
    expect(checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(verdict).toEqual({
      outcome: 'valid',
      issuer: 'https://trust.example',
      type: 'https://types.example/staff',
      claims: { ...claims, given_name: 'Ada', family_name: 'Example' },
      disclosedNames: ['given_name', 'family_name'],
      credentialId: 'credential-1',
      status: { uri: 'https://status.example/1', index: 7, asOf: now },
      holderThumbprint: jwkThumbprint(holder.jwk),
    });
  });

  it('is valid in JWS JSON form', async () => {
    const parts = (await forge()).split('~');
    const [jwt = ''] = parts;
    const [header, payload, signature] = jwt.split('.');
    const unprotected = { disclosures: parts.slice(1, -1), kb_jwt: parts.at(-1) };
    const json = JSON.stringify({ protected: header, payload, signature, header: unprotected });
    expect((await verifyPresentation(json, rules)).outcome).toBe('valid');
  });

  it('is asked for its key with what the header and claims say', async () => {
    let seen: unknown;
    await verifyPresentation(await forge(), {
      ...rules,
      findIssuerKey: (hint) => {
        seen = hint;
        return Promise.resolve(undefined);
      },
    });
    expect(seen).toEqual({
      issuer: 'https://trust.example',
      kid: 'issuer-1',
      x5c: undefined,
      vct: 'https://types.example/staff',
      issuedAt: new Date((seconds - 100) * 1000),
    });
  });

  it.each<[string, Forgery]>([
    ['no status', { payload: { status: undefined } }],
    ['an exp one second inside the skew', { payload: { exp: seconds - 59 } }],
    ['an nbf at the end of the skew', { payload: { nbf: seconds + 60 } }],
    ['no exp, nbf or iat', { payload: { exp: undefined, nbf: undefined, iat: undefined } }],
    ['aka_vcts', { payload: { aka_vcts: ['https://types.example/other'] } }],
    ['our audience', { payload: { aud: 'verifier' } }],
    ['a vct#integrity', { payload: { 'vct#integrity': `sha256-${'A'.repeat(43)}=` } }],
    ['nothing disclosed', { disclosures: [], digests: [digest(given)] }],
    ['no digests at all', { disclosures: [], payload: { _sd: undefined, _sd_alg: undefined } }],
    ['an old key binding within five minutes', { kbPayload: { iat: seconds - 300 } }],
  ])('may have %s', async (_name, forgery) => {
    expect((await verifyPresentation(await forge(forgery), rules)).outcome).toBe('valid');
  });
});

const named = (name: string, value: unknown = 1): Forgery => ({
  disclosures: [disclosure(name, value)],
});
const without = { ...claims, _sd: [], _sd_alg: 'sha-256' };
const hides = (name: keyof typeof claims, value: unknown): Forgery => ({
  disclosures: [disclosure(name, value)],
  payload: { [name]: undefined },
});
const cnfText = disclosure('jwk', holder.jwk);

describe('a presentation is invalid', () => {
  it.each<[string, Forgery, string, string]>([
    ['with typ missing', { header: { typ: undefined } }, 'typ', 'typ_missing'],
    ['with typ JWT', { header: { typ: 'JWT' } }, 'typ', 'typ_wrong'],
    ['with typ vc+sd-jwt', { header: { typ: 'vc+sd-jwt' } }, 'typ', 'typ_wrong'],
    ['with typ in capitals', { header: { typ: 'DC+SD-JWT' } }, 'typ', 'typ_wrong'],
    [
      'with alg none beside a good signature',
      { headerAfter: { alg: 'none', typ: 'dc+sd-jwt' } },
      'alg',
      'alg_none',
    ],
    [
      'with alg HS256',
      { headerAfter: { alg: 'HS256', typ: 'dc+sd-jwt' } },
      'alg',
      'alg_unsupported',
    ],
    ['with alg None', { headerAfter: { alg: 'None', typ: 'dc+sd-jwt' } }, 'alg', 'alg_unsupported'],
    ['with no alg', { headerAfter: { typ: 'dc+sd-jwt' } }, 'alg', 'alg_missing'],
    ['with crit', { header: { crit: ['exp'], exp: 1 } }, 'crit', 'jws_crit_unsupported'],
    ['with b64', { header: { b64: false } }, 'header_members', 'jws_header_forbidden'],
    [
      'with jku',
      { header: { jku: 'https://evil.example' } },
      'header_members',
      'jws_header_forbidden',
    ],
    [
      'with jwk',
      { header: { jwk: stranger.jwk }, signer: stranger },
      'header_members',
      'jws_header_forbidden',
    ],
    ['with a kid that is a list', { header: { kid: ['a'] } }, 'header_members', 'kid_malformed'],
    ['with x5c that is text', { header: { x5c: 'AAAA' } }, 'x5c_form', 'x5c_malformed'],
    ['with an empty x5c', { header: { x5c: [] } }, 'x5c_form', 'x5c_malformed'],
    ['with x5c in base64url', { header: { x5c: ['_-_-'] } }, 'x5c_form', 'x5c_malformed'],
    [
      'with x5c that is no certificate',
      { header: { x5c: ['AAAA'] } },
      'issuer_certificate',
      'x5c_malformed',
    ],
    ['with vct missing', { payload: { vct: undefined } }, 'vct', 'vct_missing'],
    ['with an empty vct', { payload: { vct: '' } }, 'vct', 'vct_missing'],
    ['with a vct that is a list', { payload: { vct: ['a'] } }, 'vct', 'vct_missing'],
    [
      'with another vct',
      { payload: { vct: 'https://types.example/staff/' } },
      'vct_accepted',
      'vct_not_accepted',
    ],
    ['with iss missing', { payload: { iss: undefined } }, 'issuer_named', 'iss_missing'],
    [
      'with an unknown iss',
      { payload: { iss: 'https://trust.example/' } },
      'issuer_key',
      'issuer_key_unknown',
    ],
    ['signed by somebody else', { signer: stranger }, 'issuer_signature', 'signature_invalid'],
    ['with an unknown _sd_alg', { payload: { _sd_alg: 'md5' } }, 'sd_alg', 'sd_alg_unsupported'],
    [
      'with a disclosure that is no JSON',
      { disclosures: ['AAAA'] },
      'disclosure_form',
      'disclosure_malformed',
    ],
    [
      'with the same disclosure twice',
      { disclosures: [given, given], digests: [digest(given)] },
      'disclosures_unique',
      'disclosure_repeated',
    ],
    [
      'with _sd that is text',
      { payload: { _sd: 'x' }, disclosures: [] },
      'digests_form',
      'digests_malformed',
    ],
    [
      'with a disclosure of two parts in an object',
      { disclosures: [disclosure('x')] },
      'object_disclosures',
      'disclosure_object_length',
    ],
    ['with a disclosed _sd', named('_sd', []), 'disclosure_names', 'disclosure_name_reserved'],
    ['with a disclosed ...', named('...'), 'disclosure_names', 'disclosure_name_reserved'],
    [
      'with a disclosed __proto__',
      named('__proto__', {}),
      'disclosure_names',
      'disclosure_name_reserved',
    ],
    [
      'with a disclosed name that exists',
      named('iss', 'x'),
      'disclosure_names_free',
      'disclosure_name_exists',
    ],
    [
      'with a disclosure of three parts in an array',
      { digests: [], disclosures: [given], payload: { list: [{ '...': digest(given) }] } },
      'array_disclosures',
      'disclosure_array_length',
    ],
    [
      'with a digest twice',
      { disclosures: [given], digests: [digest(given), digest(given)] },
      'digests_unique',
      'digest_repeated',
    ],
    [
      'with a disclosure nobody refers to',
      { disclosures: [given, family], digests: [digest(given)] },
      'disclosures_referenced',
      'disclosure_unreferenced',
    ],
    [
      'with exp in a disclosure',
      hides('exp', seconds + 9e6),
      'protected_claims',
      'protected_claim_disclosed',
    ],
    ['with nbf in a disclosure', hides('nbf', 1), 'protected_claims', 'protected_claim_disclosed'],
    [
      'with status in a disclosure',
      hides('status', {}),
      'protected_claims',
      'protected_claim_disclosed',
    ],
    [
      'with cnf in a disclosure',
      hides('cnf', { jwk: holder.jwk }),
      'protected_claims',
      'protected_claim_disclosed',
    ],
    [
      'with aka_vcts in a disclosure',
      named('aka_vcts', ['x']),
      'protected_claims',
      'protected_claim_disclosed',
    ],
    [
      'with vct#integrity in a disclosure',
      named('vct#integrity', 'x'),
      'protected_claims',
      'protected_claim_disclosed',
    ],
    [
      'with the key inside cnf in a disclosure',
      { disclosures: [cnfText], digests: [], payload: { cnf: { _sd: [digest(cnfText)] } } },
      'protected_claims',
      'protected_claim_disclosed',
    ],
    [
      'with part of the status kept back',
      { payload: { status: { ...claims.status, _sd: [digest('x')] } } },
      'protected_claims',
      'protected_claim_disclosed',
    ],
    [
      'with its own vct in aka_vcts',
      { payload: { aka_vcts: [claims.vct] } },
      'aka_vcts',
      'aka_vcts_malformed',
    ],
    ['with empty aka_vcts', { payload: { aka_vcts: [] } }, 'aka_vcts', 'aka_vcts_malformed'],
    [
      'with vct#integrity in hexadecimal',
      { payload: { 'vct#integrity': `sha256-${'a'.repeat(64)}` } },
      'vct_integrity',
      'vct_integrity_malformed',
    ],
    ['with another audience', { payload: { aud: 'somebody' } }, 'audience', 'audience_wrong'],
    ['with two audiences', { payload: { aud: ['verifier', 'x'] } }, 'audience', 'audience_wrong'],
    ['without key binding', { kb: false }, 'kb_present', 'key_binding_missing'],
    ['without cnf', { payload: { cnf: undefined } }, 'holder_key', 'cnf_missing'],
    [
      'with a private key in cnf',
      { payload: { cnf: { jwk: { ...holder.jwk, d: 'x' } } } },
      'holder_key',
      'holder_key_unsuitable',
    ],
    ['with key binding that is no JWS', { kb: 'x' }, 'kb_form', 'jws_malformed'],
    ['with key binding typ JWT', { kbHeader: { typ: 'JWT' } }, 'kb_typ', 'kb_typ_wrong'],
    [
      'with key binding alg none',
      { kb: `${encodeBase64url('{"alg":"none","typ":"kb+jwt"}')}.e30.` },
      'kb_alg',
      'kb_alg_unsupported',
    ],
    ['with key binding crit', { kbHeader: { crit: ['x'] } }, 'kb_header', 'jws_crit_unsupported'],
    [
      'with a jwk in the key binding',
      { kbHeader: { jwk: stranger.jwk }, kbSigner: stranger },
      'kb_header',
      'jws_header_forbidden',
    ],
    ['bound by another key', { kbSigner: stranger }, 'kb_signature', 'kb_signature_invalid'],
    [
      'with key binding iat missing',
      { kbPayload: { iat: undefined } },
      'kb_issued_at',
      'kb_iat_missing',
    ],
    ['with key binding iat as text', { kbPayload: { iat: '1' } }, 'kb_issued_at', 'kb_iat_missing'],
    [
      'with key binding ten days old',
      { kbPayload: { iat: seconds - 864_000 } },
      'kb_issued_at',
      'kb_iat_too_old',
    ],
    [
      'with key binding 301 seconds old',
      { kbPayload: { iat: seconds - 301 } },
      'kb_issued_at',
      'kb_iat_too_old',
    ],
    [
      'with key binding from the future',
      { kbPayload: { iat: seconds + 61 } },
      'kb_issued_at',
      'kb_iat_in_future',
    ],
    [
      'with key binding aud wrong',
      { kbPayload: { aud: 'https://evil.example' } },
      'kb_audience',
      'kb_audience_wrong',
    ],
    [
      'with key binding aud as a list',
      { kbPayload: { aud: ['verifier'] } },
      'kb_audience',
      'kb_audience_wrong',
    ],
    [
      'with key binding aud missing',
      { kbPayload: { aud: undefined } },
      'kb_audience',
      'kb_audience_wrong',
    ],
    ['with another nonce', { kbPayload: { nonce: 'nonce-2' } }, 'kb_nonce', 'kb_nonce_wrong'],
    ['with the nonce missing', { kbPayload: { nonce: undefined } }, 'kb_nonce', 'kb_nonce_wrong'],
    [
      'with sd_hash wrong',
      { kbPayload: { sd_hash: digest('x') } },
      'kb_sd_hash',
      'kb_sd_hash_wrong',
    ],
    [
      'with sd_hash missing',
      { kbPayload: { sd_hash: undefined } },
      'kb_sd_hash',
      'kb_sd_hash_wrong',
    ],
    ['from the future', { payload: { iat: seconds + 61 } }, 'issued_at', 'issued_in_future'],
    ['with iat as text', { payload: { iat: '1' } }, 'issued_at', 'iat_malformed'],
    ['before its nbf', { payload: { nbf: seconds + 61 } }, 'not_before', 'not_yet_valid'],
    ['with nbf as text', { payload: { nbf: '1' } }, 'not_before', 'nbf_malformed'],
    ['with exp as text', { payload: { exp: '9999999999' } }, 'expiry', 'exp_malformed'],
    ['with exp null', { payload: { exp: null } }, 'expiry', 'exp_malformed'],
    ['with status as text', { payload: { status: 'valid' } }, 'status_form', 'status_malformed'],
    [
      'with a negative idx',
      { payload: { status: { status_list: { uri: 'https://s.example', idx: -1 } } } },
      'status_form',
      'status_malformed',
    ],
    [
      'with idx as text',
      { payload: { status: { status_list: { uri: 'https://s.example', idx: '1' } } } },
      'status_form',
      'status_malformed',
    ],
    [
      'with a file as status uri',
      { payload: { status: { status_list: { uri: 'file:///etc/passwd', idx: 1 } } } },
      'status_form',
      'status_malformed',
    ],
  ])('%s', async (_name, forgery, check, code) => {
    const { outcome, failed } = await failure(await forge(forgery));
    expect({ outcome, failed }).toEqual({ outcome: 'invalid', failed: [[check, code]] });
  });

  it.each<[string, (good: string) => string, string, string]>([
    ['with nothing in it', () => '', 'presentation_form', 'sd_jwt_malformed'],
    [
      'without a tilde',
      (good) => good.split('~')[0] ?? '',
      'presentation_form',
      'sd_jwt_malformed',
    ],
    ['past 64 kB', (good) => good + 'A'.repeat(65_536), 'presentation_size', 'sd_jwt_too_long'],
    [
      'with 101 disclosures',
      (good) => `${good}~${'A~'.repeat(101)}`,
      'presentation_size',
      'sd_jwt_too_many_disclosures',
    ],
    [
      'with padding in the header',
      (good) => good.replace('.', '=.'),
      'issuer_jwt_form',
      'base64url_not_canonical',
    ],
    ['with a space in front', (good) => ` ${good}`, 'issuer_jwt_form', 'base64url_not_canonical'],
    [
      'with a repeated header member',
      (good) => good.replace(/^[^.]*/, encodeBase64url('{"alg":"ES256","alg":"ES256"}')),
      'issuer_jwt_form',
      'json_duplicate_member',
    ],
    [
      'with one disclosure taken out',
      (good) => good.split('~').toSpliced(1, 1).join('~'),
      'kb_sd_hash',
      'kb_sd_hash_wrong',
    ],
    [
      'with disclosures in another order',
      (good) => {
        const [a, b, c, ...rest] = good.split('~');
        return [a, c, b, ...rest].join('~');
      },
      'kb_sd_hash',
      'kb_sd_hash_wrong',
    ],
    [
      'with padding after the key binding',
      (good) => `${good}=`,
      'kb_form',
      'base64url_not_canonical',
    ],
  ])('%s', async (_name, change, check, code) => {
    const { outcome, failed } = await failure(change(await forge()));
    expect({ outcome, failed }).toEqual({ outcome: 'invalid', failed: [[check, code]] });
  });

  it('from an issuer that is known and not trusted', async () => {
    const findIssuerKey = () => Promise.resolve({ key: issuer.publicKey, trusted: false });
    const { outcome, failed, verdict } = await failure(await forge(), { findIssuerKey });
    expect(outcome).toBe('invalid');
    expect(failed).toEqual([['issuer_trusted', 'issuer_not_trusted']]);
    expect(verdict.claims).toBeUndefined();
    expect(verdict.disclosedNames).toEqual([]);
  });

  it('under a key of another kind', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const findIssuerKey = () => Promise.resolve({ key: publicKey, trusted: true });
    expect((await failure(await forge(), { findIssuerKey })).failed).toEqual([
      ['issuer_signature', 'signature_invalid'],
    ]);
  });

  it('and tells nothing it has not proved', async () => {
    const { checks, ...verdict } = await verifyPresentation(
      await forge({ signer: stranger }),
      rules,
    );
    expect(checks).toHaveLength(CHECKS.length);
    expect(verdict).toEqual({ outcome: 'invalid', disclosedNames: [] });
  });
});

describe('key binding', () => {
  it('is never a matter of what was sent', async () => {
    const keyBinding = 'not-required' as const;
    for (const forgery of [{}, { kb: false as const }, { kbPayload: { nonce: 'x' } }]) {
      const verdict = await verifyPresentation(await forge(forgery), { ...rules, keyBinding });
      expect(verdict.outcome).toBe('valid');
      expect(verdict.holderThumbprint).toBeUndefined();
      expect(
        verdict.checks.filter(({ outcome }) => outcome !== 'passed').map(({ name }) => name),
      ).toEqual(
        CHECKS.map(([name]) => name).filter(
          (name) => name.startsWith('kb_') || name === 'holder_key',
        ),
      );
    }
  });

  it('is too old sooner when the rules say so', async () => {
    const keyBinding = { audience: 'verifier', nonce: 'nonce-1', maxAgeSeconds: 60 };
    const text = await forge({ kbPayload: { iat: seconds - 61 } });
    expect((await failure(text, { keyBinding })).failed).toEqual([
      ['kb_issued_at', 'kb_iat_too_old'],
    ]);
  });
});

describe('expiry and status', () => {
  it('says expired, with the claims, when that is all that is wrong', async () => {
    const { outcome, failed, verdict } = await failure(
      await forge({ payload: { exp: seconds - 60 } }),
    );
    expect({ outcome, failed }).toEqual({ outcome: 'expired', failed: [['expiry', 'expired']] });
    expect(verdict.claims?.['given_name']).toBe('Ada');
  });

  const status = (value: number): StatusAnswer => ({ kind: 'status', status: value, asOf: now });
  it.each<[StatusAnswer | Error, string, string, string]>([
    [status(1), 'revoked', 'not_revoked', 'status_revoked'],
    [status(2), 'suspended', 'not_suspended', 'status_suspended'],
    [status(3), 'invalid', 'status_known', 'status_value_unknown'],
    [
      { kind: 'cannot-check', reason: 'unreachable' },
      'cannot-check',
      'status_readable',
      'status_unreachable',
    ],
    [{ kind: 'cannot-check', reason: 'stale' }, 'cannot-check', 'status_readable', 'status_stale'],
    [
      { kind: 'cannot-check', reason: 'invalid' },
      'cannot-check',
      'status_readable',
      'status_invalid',
    ],
    [
      { kind: 'cannot-check', reason: 'index_out_of_range' },
      'invalid',
      'status_in_range',
      'status_index_out_of_range',
    ],
    [new Error('down'), 'cannot-check', 'status_readable', 'status_unreachable'],
  ])('turns %j into %s', async (answer, outcome, check, code) => {
    const readStatus = () =>
      answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    const found = await failure(await forge(), { readStatus });
    expect({ outcome: found.outcome, failed: found.failed }).toEqual({
      outcome,
      failed: [[check, code]],
    });
  });

  it('cannot check a status nobody reads, or one of an unknown kind', async () => {
    const { now: moment, findIssuerKey, keyBinding } = rules;
    const blind = { now: moment, findIssuerKey, keyBinding };
    const verdict = await verifyPresentation(await forge(), blind);
    expect(verdict.outcome).toBe('cannot-check');
    const other = await failure(await forge({ payload: { status: { other_list: {} } } }));
    expect(other.failed).toEqual([['status_form', 'status_mechanism_unsupported']]);
    expect(other.outcome).toBe('cannot-check');
  });

  it('reads the status once, and only of a presentation that is otherwise in order', async () => {
    let reads = 0;
    const readStatus = (reference: unknown) => {
      reads += 1;
      expect(reference).toEqual({ uri: 'https://status.example/1', index: 7 });
      return Promise.resolve(status(0));
    };
    for (const forgery of [
      { payload: { exp: seconds - 60 } },
      { signer: stranger },
      { kb: false as const },
      { payload: { vct: 'x' } },
      { kbPayload: { nonce: 'x' } },
    ]) {
      await verifyPresentation(await forge(forgery), { ...rules, readStatus });
    }
    expect(reads).toBe(0);
    await verifyPresentation(await forge(), { ...rules, readStatus });
    expect(reads).toBe(1);
  });

  it('cannot check when the issuer key cannot be had', async () => {
    const findIssuerKey = () => Promise.reject(new Error('down'));
    const { outcome, failed } = await failure(await forge(), { findIssuerKey });
    expect({ outcome, failed }).toEqual({
      outcome: 'cannot-check',
      failed: [['issuer_key', 'issuer_key_unavailable']],
    });
  });
});

it('makes no claim of a credential without digests', async () => {
  const verdict = await verifyPresentation(
    await forge({ disclosures: [], payload: without }),
    rules,
  );
  expect(verdict.outcome).toBe('valid');
  expect(verdict.disclosedNames).toEqual([]);
});
