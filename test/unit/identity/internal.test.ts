import { hash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { REVOCATION_SECONDS } from '../../../identity/domain/revocation.ts';
import { ACCESS_TOKEN_SECONDS } from '../../../identity/oauth/resources.ts';
import {
  CALLER_HEADER,
  type Caller,
  signCallerStatement,
} from '../../../runtime/caller-statement.ts';
import { signerOf } from '../../../runtime/jwk-settings.ts';
import { type Identity, startIdentity } from './harness.ts';

let identity: Identity;
beforeAll(async () => {
  identity = await startIdentity();
});
afterAll(() => identity.stop());

const gateway: Caller = {
  kind: 'machine',
  subject: 'lanyard-gateway',
  clientId: 'lanyard-gateway',
  name: 'lanyard-gateway',
  scopes: new Set(),
  requestId: 'request-0001',
};
interface Asked {
  readonly caller?: Caller;
  readonly audience?: string;
  readonly key?: 'caller' | 'hr';
  readonly signedBody?: string;
}
async function ask(path: string, content: object, asked: Asked = {}) {
  const { caller = gateway, audience = 'identity', key = 'caller' } = asked;
  const body = JSON.stringify(content);
  const statement = await signCallerStatement(
    caller,
    { audience, body: asked.signedBody ?? body, now: new Date() },
    signerOf(identity.keys[key].private),
  );
  const response = await fetch(`${identity.issuer}/internal/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CALLER_HEADER]: statement },
    body,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const proof = (letter: string) => ({ proof: letter.repeat(43) });

describe('the gateway', () => {
  it('learns once that a proof is new, with 20 questions at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('proofs', proof('a'))));
    expect(answers.filter(({ body }) => body['first'] === true)).toHaveLength(1);
    expect(answers.filter(({ body }) => body['first'] === false)).toHaveLength(19);
    expect(await ask('proofs', proof('b'))).toEqual({ status: 200, body: { first: true } });
  });

  it('is told what has been taken back, and nothing when it knows', async () => {
    const { body } = await ask('revocations', {});
    expect(body).toEqual({
      version: expect.any(String),
      entries: [],
      documents: { withdrawals: '0.0', policies: {} },
    });
    expect(await ask('revocations', { version: body['version'] })).toEqual({
      status: 200,
      body: { unchanged: true },
    });
  });

  it.each<[string, Asked]>([
    ['a key that is not the gateway’s', { key: 'hr' }],
    ['a statement for another part', { audience: 'passport' }],
    ['a statement about somebody else', { caller: { ...gateway, subject: 'stf_1' } }],
    ['a statement over another body', { signedBody: '{}' }],
  ])('is not whoever comes with %s', async (_what, asked) => {
    expect(await ask('proofs', proof('c'), asked)).toEqual({
      status: 401,
      body: { error: 'unauthenticated' },
    });
  });

  it.each(['proofs', 'revocations'])('cannot ask %s anything else', async (path) => {
    expect((await ask(path, { proof: 'short', version: 7 })).status).toBe(400);
  });
});

it('tells of an entry for longer than a token lives', () => {
  expect(REVOCATION_SECONDS).toBeGreaterThan(ACCESS_TOKEN_SECONDS + 30);
});

describe('registered operations', () => {
  const clientId = 'hr-rz1';
  const text = '{ me { id } }';
  const sha256 = hash('sha256', text);
  const publish = (given: object) =>
    identity.composed.publishDocuments({ clientId, texts: [text], by: 'Ola', ...given });

  it('are found by client and hash, and registered once', async () => {
    expect(await ask('documents', { clientId, sha256 })).toEqual({
      status: 200,
      body: { text: null },
    });
    expect(await publish({})).toEqual([{ sha256, isNew: true }]);
    expect(await publish({ texts: [text, `${text} `] })).toEqual([
      { sha256, isNew: false },
      { sha256: hash('sha256', `${text} `), isNew: true },
    ]);
    expect(await ask('documents', { clientId, sha256 })).toEqual({ status: 200, body: { text } });
    expect(await ask('documents', { clientId: 'another', sha256 })).toMatchObject({
      body: { text: null },
    });
  });

  it('are those of a client that there is, and told to the gateway alone', async () => {
    await expect(publish({ clientId: 'nobody' })).rejects.toMatchObject({ fields: ['clientId'] });
    await expect(publish({ texts: [] })).rejects.toMatchObject({ fields: ['texts'] });
    const person = { ...gateway, subject: 'stf_1' };
    expect(await ask('documents', { clientId, sha256 }, { caller: person })).toMatchObject({
      status: 401,
    });
    expect(await ask('documents', { clientId, sha256: '../x' })).toMatchObject({ status: 400 });
  });

  it('are taken back, which the gateway is told, and can be registered again', async () => {
    const { composed } = identity;
    const told = async () => (await ask('revocations', {})).body['documents'];
    const withdraw = (hashes: readonly string[]) =>
      composed.withdrawDocuments({ clientId, hashes: [...hashes], by: 'Ola' });
    const texts = (await composed.listDocuments({ clientId })).map((one) => one.text);
    expect(texts.toSorted()).toEqual([text, `${text} `]);
    const before = await told();
    await expect(withdraw([sha256, 'f'.repeat(64)])).rejects.toMatchObject({ fields: ['hashes'] });
    expect(await told()).toEqual(before);
    await withdraw([sha256]);
    const after = await told();
    expect(after).not.toEqual(before);
    expect(await ask('documents', { clientId, sha256 })).toMatchObject({ body: { text: null } });
    await expect(withdraw([sha256])).rejects.toMatchObject({ fields: ['hashes'] });
    expect(await publish({})).toEqual([{ sha256, isNew: true }]);
    expect(await ask('documents', { clientId, sha256 })).toMatchObject({ body: { text } });
    await withdraw([sha256]);
    expect(await told()).not.toEqual(after);
  });

  it('are all that a client may ask, when an operator says so', async () => {
    const policies = async () =>
      ((await ask('revocations', {})).body['documents'] as { policies: object }).policies;
    const set = (policy: 'require' | 'usual', of = clientId) =>
      identity.composed.setDocumentPolicy({ clientId: of, policy, by: 'Ola' });
    await set('require');
    expect(await policies()).toEqual({ [clientId]: 'require' });
    await expect(set('require', 'nobody')).rejects.toMatchObject({ fields: ['clientId'] });
    await set('usual');
    expect(await policies()).toEqual({});
  });
});
