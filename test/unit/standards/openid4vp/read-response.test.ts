import { describe, expect, it } from '@jest/globals';
import { CompactEncrypt, importJWK } from 'jose';

import { decryptionKeyOf } from '../../../../standards/openid4vci/encrypted-message.ts';
import { readDigitalCredential } from '../../../../standards/openid4vp/digital-credentials.ts';
import {
  readAuthorizationResponse,
  type ResponseRules,
} from '../../../../standards/openid4vp/read-response.ts';
import { readRequestUriPost } from '../../../../standards/openid4vp/read-request-uri-post.ts';

const decryptionKey = decryptionKeyOf(Buffer.alloc(32, 7));
const plain: ResponseRules = {
  mode: 'direct_post',
  state: 'state-1',
  queryIds: new Set(['identity', 'training']),
};
const encrypted: ResponseRules = { ...plain, mode: 'direct_post.jwt', decryptionKey };
const form = (members: Record<string, string>): string => new URLSearchParams(members).toString();
const token = { identity: ['a~b~c'], training: ['d~', 'e~'] };
const answer = { kind: 'presentations', vpToken: new Map(Object.entries(token)) };

/** Encrypts as a wallet does; `header` replaces members of the protected header. */
async function jwe(message: unknown, header: object = {}, scalar = 7): Promise<string> {
  const { publicJwk } = decryptionKeyOf(Buffer.alloc(32, scalar));
  return new CompactEncrypt(Buffer.from(JSON.stringify(message)))
    .setProtectedHeader({
      alg: 'ECDH-ES',
      enc: 'A128GCM',
      kid: decryptionKey.publicJwk.kid,
      ...header,
    })
    .encrypt(await importJWK({ ...publicJwk }, 'ECDH-ES'));
}

describe('an answer that is posted', () => {
  it('is read', async () => {
    const body = form({ vp_token: JSON.stringify(token), state: 'state-1', other: 'ignored' });
    expect(await readAuthorizationResponse(body, plain)).toEqual(answer);
  });

  it.each(['A128GCM', 'A256GCM'])('is decrypted with %s', async (enc) => {
    const body = form({ response: await jwe({ vp_token: token, state: 'state-1' }, { enc }) });
    expect(await readAuthorizationResponse(body, encrypted)).toEqual(answer);
  });

  it.each([
    ['in plain words', plain],
    ['in plain words where encryption was asked for', encrypted],
  ])('can be a refusal, %s', async (_name, rules) => {
    const body = form({ error: 'access_denied', error_description: 'No\u0007!', state: 'state-1' });
    expect(await readAuthorizationResponse(body, rules)).toEqual({
      kind: 'error',
      error: 'access_denied',
      description: 'No?!',
    });
  });

  const vpToken = JSON.stringify(token);
  const state = 'state-1';
  const good = { vp_token: token, state };
  it.each<[string, string, string | Promise<string>, ResponseRules]>([
    ['no state', 'state_mismatch', form({ vp_token: vpToken }), plain],
    ['another state', 'state_mismatch', form({ vp_token: vpToken, state: 'state-2' }), plain],
    [
      'a state twice',
      'authorization_response_invalid',
      `${form({ vp_token: vpToken, state })}&state=state-1`,
      plain,
    ],
    [
      'an answer twice',
      'authorization_response_invalid',
      `${form({ vp_token: vpToken, state })}&${form({ vp_token: vpToken })}`,
      plain,
    ],
    ['nothing', 'state_mismatch', '', plain],
    ['no presentations', 'vp_token_invalid', form({ state }), plain],
    ['no query', 'vp_token_invalid', form({ state, vp_token: '{}' }), plain],
    [
      'a query that was not asked',
      'vp_token_invalid',
      form({ state, vp_token: '{"x":["a"]}' }),
      plain,
    ],
    ['an empty list', 'vp_token_invalid', form({ state, vp_token: '{"identity":[]}' }), plain],
    [
      'a list of objects',
      'vp_token_invalid',
      form({ state, vp_token: '{"identity":[{}]}' }),
      plain,
    ],
    [
      'text where a list belongs',
      'vp_token_invalid',
      form({ state, vp_token: '{"identity":"a~"}' }),
      plain,
    ],
    ['a bare presentation', 'json_malformed', form({ state, vp_token: 'a~b~c' }), plain],
    [
      'too many presentations',
      'vp_token_invalid',
      form({
        state,
        vp_token: JSON.stringify({ identity: Array.from({ length: 101 }, () => 'a') }),
      }),
      plain,
    ],
    [
      'a query twice',
      'json_duplicate_member',
      form({ state, vp_token: '{"identity":["a"],"identity":["b"]}' }),
      plain,
    ],
    ['a prototype', 'json_forbidden_name', form({ state, vp_token: '{"__proto__":["a"]}' }), plain],
    [
      'an error and presentations',
      'authorization_response_invalid',
      form({ vp_token: vpToken, state, error: 'x' }),
      plain,
    ],
    [
      'an error that is not a code',
      'authorization_response_invalid',
      form({ state, error: '<b>\n' }),
      plain,
    ],
    ['a long answer', 'authorization_response_too_long', 'a'.repeat(524_289), plain],
    [
      'an encrypted answer to a plain question',
      'authorization_response_invalid',
      jwe(good).then((response) => form({ response })),
      plain,
    ],
    [
      'a plain answer where encryption was asked for',
      'authorization_response_invalid',
      form({ vp_token: vpToken, state }),
      encrypted,
    ],
    [
      'both',
      'authorization_response_invalid',
      jwe(good).then((response) => form({ response, vp_token: vpToken, state })),
      encrypted,
    ],
    [
      'a request without its key',
      'authorization_response_invalid',
      jwe(good).then((response) => form({ response })),
      { ...encrypted, decryptionKey: undefined },
    ],
    [
      'another key',
      'encrypted_message_invalid',
      jwe(good, {}, 9).then((response) => form({ response })),
      encrypted,
    ],
    [
      'the name of another key',
      'encrypted_message_invalid',
      jwe(good, { kid: 'x' }).then((response) => form({ response })),
      encrypted,
    ],
    [
      'no name of a key',
      'encrypted_message_invalid',
      jwe(good, { kid: undefined }).then((response) => form({ response })),
      encrypted,
    ],
    [
      'another encryption',
      'encrypted_message_invalid',
      jwe(good, { enc: 'A128CBC-HS256' }).then((response) => form({ response })),
      encrypted,
    ],
    [
      'another key agreement',
      'encrypted_message_invalid',
      jwe(good, { alg: 'ECDH-ES+A128KW' }).then((response) => form({ response })),
      encrypted,
    ],
    [
      'a signed token in place of an encrypted one',
      'encrypted_message_invalid',
      form({ response: 'e30.e30.AA' }),
      encrypted,
    ],
    [
      'another state, encrypted',
      'state_mismatch',
      jwe({ ...good, state: 'x' }).then((response) => form({ response })),
      encrypted,
    ],
    [
      'the state outside of what is encrypted',
      'state_mismatch',
      jwe({ vp_token: token }).then((response) => form({ response, state })),
      encrypted,
    ],
    [
      'an encrypted list',
      'authorization_response_invalid',
      jwe([good]).then((response) => form({ response })),
      encrypted,
    ],
  ])('is refused for %s', async (_name, code, body, rules) => {
    await expect(readAuthorizationResponse(await body, rules)).rejects.toMatchObject({ code });
  });
});

describe('an answer through the Digital Credentials API', () => {
  const rules: ResponseRules = { ...encrypted, mode: 'dc_api.jwt', state: undefined };
  const credential = async (change: object = {}): Promise<string> =>
    JSON.stringify({
      protocol: 'openid4vp-v1-signed',
      data: { response: await jwe({ vp_token: token }) },
      ...change,
    });

  it('is read', async () => {
    expect(await readDigitalCredential(await credential(), rules)).toEqual(answer);
  });

  it.each<[string, object, string]>([
    ['another protocol', { protocol: 'openid4vp-v1-unsigned' }, 'authorization_response_invalid'],
    ['no data', { data: undefined }, 'authorization_response_invalid'],
    ['plain data', { data: { vp_token: token } }, 'authorization_response_invalid'],
    ['a state', { data: { error: 'access_denied', state: 'x' } }, 'state_mismatch'],
  ])('is refused for %s', async (_name, change, code) => {
    await expect(readDigitalCredential(await credential(change), rules)).rejects.toMatchObject({
      code,
    });
  });
});

describe('readRequestUriPost', () => {
  it('reads the nonce of the wallet', () => {
    const metadata = JSON.stringify({ vp_formats_supported: { 'dc+sd-jwt': {} } });
    expect(readRequestUriPost(form({ wallet_nonce: 'n', wallet_metadata: metadata }))).toEqual({
      walletNonce: 'n',
    });
    expect(readRequestUriPost('')).toEqual({});
  });

  it.each([
    ['wallet_nonce=a&wallet_nonce=b', 'wallet_metadata_invalid'],
    [form({ wallet_nonce: '' }), 'wallet_metadata_invalid'],
    [form({ wallet_nonce: 'a\n' }), 'wallet_metadata_invalid'],
    [form({ wallet_nonce: 'a'.repeat(513) }), 'wallet_metadata_invalid'],
    [form({ wallet_metadata: '[]' }), 'wallet_metadata_invalid'],
    [form({ wallet_metadata: '{' }), 'json_malformed'],
    [
      form({ wallet_metadata: '{"vp_formats_supported":{"mso_mdoc":{}}}' }),
      'wallet_metadata_invalid',
    ],
    [`wallet_nonce=a&x=${'a'.repeat(32_769)}`, 'wallet_metadata_invalid'],
  ])('refuses %s', (body, code) => {
    expect(() => readRequestUriPost(body)).toThrow(expect.objectContaining({ code }));
  });
});
