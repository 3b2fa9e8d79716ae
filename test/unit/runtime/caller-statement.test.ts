import { createPublicKey, generateKeyPairSync } from 'node:crypto';

import { beforeAll, describe, expect, it } from '@jest/globals';

import {
  type Caller,
  signCallerStatement,
  verifyCallerStatement,
} from '../../../runtime/caller-statement.ts';
import { keyObjectSigner } from '../../../standards/compact-jws.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = keyObjectSigner({ key: privateKey, kid: 'gateway-1' });
const keys = new Map([['gateway-1', createPublicKey(privateKey)]]);
const now = new Date('2026-11-22T10:00:00Z');
const body = '{"query":"{me{id}}"}';
const caller: Caller = {
  kind: 'person',
  subject: 'stf_1',
  clientId: 'hr-desk',
  name: 'Priya Officer',
  scopes: new Set(['hr:read', 'self:read']),
  odsCode: 'RZ1',
  purpose: 'PRE_EMPLOYMENT',
  requestId: 'request-1',
};
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

describe('caller statement', () => {
  let statement: string;
  const request = { audience: 'esr', body: Buffer.from(body), now };

  beforeAll(async () => {
    statement = await signCallerStatement(caller, { audience: 'esr', body, now }, signer);
  });

  it('tells the subgraph who is calling', () => {
    expect(verifyCallerStatement(statement, request, keys)).toEqual(caller);
  });

  it.each([
    ['is missing', () => [undefined, request] as const],
    [
      'is meant for another subgraph',
      () => [statement, { ...request, audience: 'passport' }] as const,
    ],
    ['covers another body', () => [statement, { ...request, body: Buffer.from('{}') }] as const],
    ['has expired', () => [statement, { ...request, now: later(36) }] as const],
    ['comes from the future', () => [statement, { ...request, now: later(-6) }] as const],
    ['has another payload', () => [resign(statement), request] as const],
    ['says something else', () => [saying(statement, { ods: 'RZ2' }), request] as const],
    ['says nothing', () => [statement.slice(0, statement.indexOf('~')), request] as const],
    ['says two things', () => [`${statement}~${said(statement)}`, request] as const],
    ['carries spaces', () => [`${statement} `, request] as const],
  ])('is refused when it %s', (_why, given) => {
    const [token, asked] = given();
    expect(() => verifyCallerStatement(token, asked, keys)).toThrow(
      expect.objectContaining({ code: 'caller_statement_invalid' }),
    );
  });

  it('is refused when another key signed it', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const forged = await signCallerStatement(
      caller,
      { audience: 'esr', body, now },
      keyObjectSigner({ key: other, kid: 'gateway-1' }),
    );
    expect(() => verifyCallerStatement(forged, request, keys)).toThrow(
      expect.objectContaining({ code: 'caller_statement_invalid' }),
    );
  });

  it('is signed once with all that are wanted at the same moment, and each says only its own', async () => {
    const signed: Uint8Array[] = [];
    const counting = {
      ...signer,
      sign: (data: Uint8Array) => {
        signed.push(data);
        return signer.sign(data);
      },
    };
    const callers = Array.from({ length: 20 }, (_, index) => ({
      ...caller,
      requestId: `request-${String(index)}`,
    }));
    const statements = await Promise.all(
      callers.map((one) => signCallerStatement(one, { audience: 'esr', body, now }, counting)),
    );

    expect(signed).toHaveLength(2);
    expect(statements.map((one) => verifyCallerStatement(one, request, keys))).toEqual(callers);
    expect(() =>
      verifyCallerStatement(statements[0], { ...request, audience: 'passport' }, keys),
    ).toThrow(expect.objectContaining({ code: 'caller_statement_invalid' }));
    // A signature that is remembered ages like any other.
    expect(() =>
      verifyCallerStatement(statements[0], { ...request, now: later(36) }, keys),
    ).toThrow(expect.objectContaining({ code: 'caller_statement_invalid' }));
  });

  const said = (token: string): string => token.slice(token.indexOf('~') + 1);

  /** The same signature, with something else said under it. */
  function saying(token: string, more: object): string {
    const claims = JSON.parse(Buffer.from(said(token), 'base64url').toString()) as object;
    const changed = Buffer.from(JSON.stringify({ ...claims, ...more })).toString('base64url');
    return `${token.slice(0, token.indexOf('~'))}~${changed}`;
  }

  /** The same signature over a payload that gives more. */
  function resign(token: string): string {
    const [signed = '', ...rest] = token.split('~');
    const [header = '', payload = '', signature = ''] = signed.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const more = Buffer.from(JSON.stringify({ ...claims, ods: 'RZ2' })).toString('base64url');
    return [`${header}.${more}.${signature}`, ...rest].join('~');
  }
});
