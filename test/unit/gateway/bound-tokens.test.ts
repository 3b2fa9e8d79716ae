import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { jwkThumbprint } from '../../../standards/jwk-thumbprint.ts';
import { testKey } from '../standards/keys.ts';
import { provePossession } from './possession-proof.ts';
import { NOW, startTestGraph, type TestGraph, token } from './test-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph();
});
afterAll(() => graph.stop());

const key = testKey();
const seconds = NOW.getTime() / 1000;
const staff = { scopes: 'self:read' };
const bound = () => token(staff, { cnf: { jkt: jwkThumbprint(key.jwk) } });

const prove = (accessToken: string, claims: object = {}, by = key): Promise<string> =>
  provePossession(accessToken, by, claims);

async function ask(authorization: string, dpop?: string | string[]) {
  const answer = await graph.post({
    headers: {
      'content-type': 'application/json',
      authorization,
      ...(dpop === undefined ? {} : { dpop }),
    },
    body: JSON.stringify({ query: '{ me { id } }' }),
  });
  return { status: answer.status, says: answer.headers['www-authenticate'] };
}
const BAD_PROOF = { status: 401, says: 'DPoP error="invalid_dpop_proof", algs="ES256"' };
const BAD_TOKEN = { status: 401, says: 'DPoP error="invalid_token", algs="ES256"' };

describe('a token that is bound to a key', () => {
  it('lets in whoever proves to hold the key', async () => {
    const accessToken = await bound();
    expect(await ask(`DPoP ${accessToken}`, await prove(accessToken))).toEqual({ status: 200 });
  });

  it.each(['dpop', 'DPOP'])('comes with the scheme in any case: %s', async (scheme) => {
    const accessToken = await bound();
    const answer = await ask(`${scheme} ${accessToken}`, await prove(accessToken));
    expect(answer).toEqual({ status: 200 });
  });

  it('is of no use as a bearer token, with or without a proof', async () => {
    const accessToken = await bound();
    expect(await ask(`Bearer ${accessToken}`)).toEqual(BAD_TOKEN);
    expect(await ask(`Bearer ${accessToken}`, await prove(accessToken))).toEqual(BAD_TOKEN);
  });

  it.each<[string, (accessToken: string) => Promise<string | string[]> | undefined]>([
    ['no proof', () => undefined],
    ['the proof of another key', (accessToken) => prove(accessToken, {}, testKey())],
    ['a proof of another token', () => prove('another')],
    [
      'a proof for another address',
      (accessToken) => prove(accessToken, { htu: 'https://x.example/' }),
    ],
    ['a proof for another method', (accessToken) => prove(accessToken, { htm: 'GET' })],
    ['an old proof', (accessToken) => prove(accessToken, { iat: seconds - 61 })],
    ['a proof from the future', (accessToken) => prove(accessToken, { iat: seconds + 61 })],
    ['two proofs', async (accessToken) => [await prove(accessToken), await prove(accessToken)]],
  ])('is refused with %s', async (_what, make) => {
    const accessToken = await bound();
    expect(await ask(`DPoP ${accessToken}`, await make(accessToken))).toEqual(BAD_PROOF);
  });

  it('takes a proof once, with 20 requests at the same time and ever after', async () => {
    const accessToken = await bound();
    const proof = await prove(accessToken);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(`DPoP ${accessToken}`, proof)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    graph.identity.proofs.clear();
    expect(await ask(`DPoP ${accessToken}`, proof)).toEqual(BAD_PROOF);
  });

  it('lets nobody in while identity cannot say whether the proof is new', async () => {
    const accessToken = await bound();
    const proof = await prove(accessToken);
    graph.identity.down = true;
    expect(await ask(`DPoP ${accessToken}`, proof)).toEqual({ status: 503 });
    graph.identity.down = false;
    expect(await ask(`DPoP ${accessToken}`, proof)).toEqual({ status: 200 });
  });
});

describe('a token that is not bound', () => {
  it('is refused with a proof', async () => {
    const accessToken = await token(staff);
    expect(await ask(`DPoP ${accessToken}`, await prove(accessToken))).toEqual(BAD_TOKEN);
  });
});
