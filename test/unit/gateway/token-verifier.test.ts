import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';

import { tokenVerifier } from '../../../gateway/token-verifier.ts';
import { publicHalf } from '../../../runtime/jwk-settings.ts';
import { foreignKey, issuerKey, NOW, token } from './test-graph.ts';

/** A verifier, its clock, and how often a key was asked for. */
function start() {
  const found = createLocalJWKSet({ keys: [publicHalf(issuerKey.jwk)] });
  const state = { now: NOW, asked: 0 };
  const keys: JWTVerifyGetKey = (header, given) => {
    state.asked += 1;
    return found(header, given);
  };
  const verify = tokenVerifier({
    issuer: 'https://identity.example',
    audience: 'https://graph.example/graphql',
    keys,
    now: () => state.now,
  });
  return { state, verify };
}
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

describe('a token', () => {
  it('is verified once while it is good', async () => {
    const { state, verify } = start();
    const text = await token({ scopes: 'self:read' });
    const first = await verify(text);
    expect(await verify(text)).toBe(first);
    expect([first.subject, state.asked]).toEqual(['stf_self', 1]);
  });

  it.each([
    ['a minute later', 60],
    ['before it was verified', -1],
  ])('is verified again %s', async (_when, seconds) => {
    const { state, verify } = start();
    const text = await token({ scopes: 'self:read' });
    await verify(text);
    state.now = later(seconds);
    await verify(text);
    expect(state.asked).toBe(2);
  });

  it('ends when it says', async () => {
    const { state, verify } = start();
    const text = await token({ scopes: 'self:read' }, { exp: NOW.getTime() / 1000 + 20 });
    await verify(text);
    state.now = later(26);
    await expect(verify(text)).rejects.toMatchObject({ code: 'access_token_invalid' });
  });

  it('that is bad is bad every time, and stays apart from one that looks like it', async () => {
    const { verify } = start();
    const good = await token({ scopes: 'self:read' });
    const bad = await token({ scopes: 'self:read' }, {}, {}, foreignKey.privateKey);
    await verify(good);
    await expect(verify(bad)).rejects.toMatchObject({ code: 'access_token_invalid' });
    await expect(verify(bad)).rejects.toMatchObject({ code: 'access_token_invalid' });
    const [head, body] = good.split('.');
    const forged = [head, body, bad.split('.')[2]].join('.');
    await expect(verify(forged)).rejects.toMatchObject({ code: 'access_token_invalid' });
  });
});
