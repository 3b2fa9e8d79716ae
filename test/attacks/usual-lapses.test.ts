/**
 * What a widely used SD-JWT library lets through, or keeps out though it is right: each input, and what it is called here.
 */
import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { signCompactJws } from '../../standards/compact-jws.ts';
import { verifyPresentation } from '../../standards/sd-jwt-vc/verify-presentation.ts';
import { createStatusList, encodeStatusList } from '../../standards/status-list/status-list.ts';
import { verifyStatusListToken } from '../../standards/status-list/status-list-token.ts';
import { testKey } from '../unit/standards/keys.ts';
import {
  claims,
  digest,
  disclosure,
  family,
  forge,
  type Forgery,
  given,
  now,
  rules,
  seconds,
} from '../unit/standards/sd-jwt-vc/forge.ts';

const two = disclosure('a value alone');
const disclosed = (name: string, value: unknown): Forgery => {
  const one = disclosure(name, value);
  return {
    digests: [digest(one)],
    disclosures: [one],
    payload: name in claims ? { [name]: undefined } : {},
  };
};

describe('a presentation is refused', () => {
  it.each<[string, Forgery, string, string]>([
    [
      'made for another verifier',
      { kbPayload: { aud: 'https://elsewhere.example' } },
      'kb_audience',
      'kb_audience_wrong',
    ],
    [
      'made for several verifiers',
      { kbPayload: { aud: ['verifier'] } },
      'kb_audience',
      'kb_audience_wrong',
    ],
    ['made for nobody', { kbPayload: { aud: undefined } }, 'kb_audience', 'kb_audience_wrong'],
    [
      'bound ten days ago',
      { kbPayload: { iat: seconds - 864_000 } },
      'kb_issued_at',
      'kb_iat_too_old',
    ],
    [
      'bound tomorrow',
      { kbPayload: { iat: seconds + 86_400 } },
      'kb_issued_at',
      'kb_iat_in_future',
    ],
    ['bound at no time', { kbPayload: { iat: undefined } }, 'kb_issued_at', 'kb_iat_missing'],
    ['bound by a JWT of another kind', { kbHeader: { typ: 'JWT' } }, 'kb_typ', 'kb_typ_wrong'],
    ['bound by a JWT of no kind', { kbHeader: { typ: undefined } }, 'kb_typ', 'kb_typ_wrong'],
    ['not bound', { kb: false }, 'kb_present', 'key_binding_missing'],
    ['without typ', { header: { typ: undefined } }, 'typ', 'typ_missing'],
    ['with typ JWT', { header: { typ: 'JWT' } }, 'typ', 'typ_wrong'],
    ['with the typ of older drafts', { header: { typ: 'vc+sd-jwt' } }, 'typ', 'typ_wrong'],
    ['without vct', { payload: { vct: undefined } }, 'vct', 'vct_missing'],
    ['with a number for vct', { payload: { vct: 1 } }, 'vct', 'vct_missing'],
    [
      'with alg none beside a good signature',
      { headerAfter: { alg: 'none', typ: 'dc+sd-jwt', kid: 'issuer-1' } },
      'alg',
      'alg_none',
    ],
    ['with an unknown crit', { header: { crit: ['x'], x: 1 } }, 'crit', 'jws_crit_unsupported'],
    ['with crit of what we know', { header: { crit: ['kid'] } }, 'crit', 'jws_crit_unsupported'],
    [
      'with one disclosure twice',
      { digests: [digest(given)], disclosures: [given, given] },
      'disclosures_unique',
      'disclosure_repeated',
    ],
    [
      'with a disclosure that nothing refers to',
      { digests: [digest(given)], disclosures: [given, family] },
      'disclosures_referenced',
      'disclosure_unreferenced',
    ],
    [
      'with one digest twice',
      { digests: [digest(given), digest(given)], disclosures: [given] },
      'digests_unique',
      'digest_repeated',
    ],
    ['disclosing _sd', disclosed('_sd', []), 'disclosure_names', 'disclosure_name_reserved'],
    ['disclosing ...', disclosed('...', 'x'), 'disclosure_names', 'disclosure_name_reserved'],
    [
      'with a disclosure of two parts in an object',
      { digests: [digest(two)], disclosures: [two] },
      'object_disclosures',
      'disclosure_object_length',
    ],
    [
      'with a disclosure of three parts in a list',
      { digests: [], disclosures: [given], payload: { list: [{ '...': digest(given) }] } },
      'array_disclosures',
      'disclosure_array_length',
    ],
    [
      'with exp in a disclosure',
      disclosed('exp', seconds + 3600),
      'protected_claims',
      'protected_claim_disclosed',
    ],
    [
      'with status in a disclosure',
      disclosed('status', claims.status),
      'protected_claims',
      'protected_claim_disclosed',
    ],
    [
      'with vct#integrity in hexadecimal',
      { payload: { 'vct#integrity': `sha256-${'0'.repeat(64)}` } },
      'vct_integrity',
      'vct_integrity_malformed',
    ],
  ])('%s', async (_name, forgery, check, code) => {
    const { outcome, checks } = await verifyPresentation(await forge(forgery), rules);
    const failed = checks.filter((one) => one.outcome === 'failed');
    expect({ outcome, failed: failed.map((one) => [one.name, one.code]) }).toEqual({
      outcome: 'invalid',
      failed: [[check, code]],
    });
  });
});

it('a presentation with a correct vct#integrity is taken', async () => {
  const metadata = Buffer.from('{"vct":"https://types.example/staff"}');
  const sha256 = createHash('sha256').update(metadata).digest('base64');
  const text = await forge({ payload: { 'vct#integrity': `sha256-${sha256}` } });
  const readTypeMetadata = () => Promise.resolve(metadata);
  expect((await verifyPresentation(text, { ...rules, readTypeMetadata })).outcome).toBe('valid');
});

describe('a status list token is refused', () => {
  const key = testKey('status-1');
  const uri = 'https://status.example/1';
  const good = {
    sub: uri,
    iat: seconds,
    exp: seconds + 900,
    status_list: encodeStatusList(createStatusList(2, 64)),
  };
  it.each<[string, object, Record<string, unknown>, string]>([
    ['about another list', { ...good, sub: `${uri}0` }, {}, 'status_list_token_subject_mismatch'],
    ['about no list', { ...good, sub: undefined }, {}, 'status_list_token_invalid'],
    ['with typ JWT', good, { typ: 'JWT' }, 'status_list_token_type_wrong'],
    ['without typ', good, { typ: undefined }, 'status_list_token_type_wrong'],
    ['with the typ of a credential', good, { typ: 'dc+sd-jwt' }, 'status_list_token_type_wrong'],
    ['that ended', { ...good, exp: seconds - 60 }, {}, 'status_list_token_expired'],
    ['that never ends', { ...good, exp: undefined }, {}, 'status_list_token_invalid'],
  ])('%s', async (_name, payload, header, code) => {
    const token = await signCompactJws(
      { header: { typ: 'statuslist+jwt', ...header }, payload },
      key.signer,
    );
    await expect(verifyStatusListToken(token, { uri, key: key.publicKey, now })).rejects.toThrow(
      expect.objectContaining({ code }),
    );
  });
});
