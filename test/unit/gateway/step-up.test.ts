import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import {
  type Transaction,
  transactionHash,
  transactionOf,
} from '../../../standards/transaction.ts';
import { type Answer, NOW, startTestGraph, type TestGraph, token } from './test-graph.ts';

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph();
});
afterAll(() => graph.stop());
beforeEach(() => {
  graph.sent.length = 0;
});

const administrator = {
  scopes: 'passport:revoke hr:read self:read',
  ods: 'RZ1',
  subject: 'stf_self',
};
const SEAL = 'mutation Seal($input: SealInput!) { seal(input: $input) { value } }';
const STAFF = 'query ($id: ID!) { staff(id: $id) { nickname birth } }';
const input = { credentialId: 'crd_1', reason: 'LOST_PHONE' };
const seconds = Math.floor(NOW.getTime() / 1000);

/** What a token says after the person has approved this. */
const approved = (transaction: Transaction, change: object = {}) => ({
  acr: 'urn:lanyard:acr:transaction',
  auth_time: seconds - 10,
  txn: transactionHash(transaction),
  ...change,
});

async function ask(query: string, variables: object, claims: object = {}): Promise<Answer> {
  return graph.post({
    headers: {
      'content-type': 'application/json',
      'lanyard-purpose': 'HR_ADMINISTRATION',
      authorization: `Bearer ${await token(administrator, { ...claims })}`,
    },
    body: JSON.stringify({ query, variables }),
  });
}

/** What the answer asks to be approved. */
const asked = ({ errors }: Answer): (Transaction & { readonly hash: string }) | undefined =>
  errors[0]?.extensions['transaction'] as (Transaction & { hash: string }) | undefined;

const changed = transactionOf('Mutation.seal', { seal: { input } });

describe('a change that a person has to confirm', () => {
  it('reaches no subgraph, and the answer says what to confirm', async () => {
    const answer = await ask(SEAL, { input });
    expect([answer.status, answer.data]).toEqual([401, null]);
    expect(answer.errors).toEqual([
      {
        message: 'Confirm this with your passkey.',
        path: ['seal'],
        extensions: {
          code: 'INSUFFICIENT_USER_AUTHENTICATION',
          requestId: expect.any(String),
          acrValues: ['urn:lanyard:acr:transaction'],
          maxAge: 300,
          transaction: {
            operation: 'Mutation.seal',
            subject: 'crd_1',
            type: 'LOST_PHONE',
            arguments: { seal: { input } },
            hash: transactionHash(changed),
          },
        },
      },
    ]);
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer error="insufficient_user_authentication", error_description="Confirm this with your passkey", ' +
        'acr_values="urn:lanyard:acr:transaction", max_age="300"',
    );
    expect(graph.sent.filter(({ path }) => path !== '/access-log')).toEqual([]);
  });

  it('goes through once it is confirmed, however the operation is spelled', async () => {
    const claims = approved(changed);
    expect((await ask(SEAL, { input }, claims)).data).toEqual({ seal: { value: 'crd_1' } });
    const inline = `mutation { done: seal(input: { reason: "LOST_PHONE", credentialId: "crd_1" }) { value } }`;
    expect((await ask(inline, {}, claims)).data).toEqual({ done: { value: 'crd_1' } });
  });

  it('takes the values that the schema gives to what was left out', async () => {
    const short = { credentialId: 'crd_1' };
    const wanted = asked(await ask(SEAL, { input: short }));
    expect(wanted?.type).toBe('NO_LONGER_VALID');
    if (wanted === undefined) throw new Error('nothing to confirm');
    expect((await ask(SEAL, { input: short }, approved(wanted))).status).toBe(200);
  });

  it.each<[string, object]>([
    [
      'another credential',
      approved(
        transactionOf('Mutation.seal', { seal: { input: { ...input, credentialId: 'crd_2' } } }),
      ),
    ],
    [
      'another reason',
      approved(
        transactionOf('Mutation.seal', {
          seal: { input: { ...input, reason: 'NO_LONGER_VALID' } },
        }),
      ),
    ],
    [
      'one argument more',
      approved(transactionOf('Mutation.seal', { seal: { input: { ...input, hard: true } } })),
    ],
    ['another operation', approved(transactionOf('Mutation.change', { seal: { input } }))],
    ['another subject in its words', approved({ ...changed, subject: 'crd_2' })],
    ['something six minutes ago', approved(changed, { auth_time: seconds - 360 })],
    ['something in the future', approved(changed, { auth_time: seconds + 60 })],
    ['it with a passkey at sign-in', approved(changed, { acr: 'urn:lanyard:acr:passkey' })],
    ['it with a password and a code', approved(changed, { acr: 'urn:lanyard:acr:two-factor' })],
    ['it at no known time', approved(changed, { auth_time: undefined })],
    ['nothing', approved(changed, { txn: undefined })],
  ])('does not go through for who has confirmed %s', async (_what, claims) => {
    const answer = await ask(SEAL, { input }, claims);
    expect(answer.errors[0]?.extensions['code']).toBe('INSUFFICIENT_USER_AUTHENTICATION');
    expect(graph.sent.filter(({ path }) => path !== '/access-log')).toEqual([]);
  });

  it('goes through alone: two at once are two confirmations', async () => {
    const query =
      'mutation { one: seal(input: { credentialId: "a" }) { value } two: seal(input: { credentialId: "b" }) { value } }';
    const first = transactionOf('Mutation.seal', {
      seal: { input: { credentialId: 'a', reason: 'NO_LONGER_VALID' } },
    });
    const answer = await ask(query, {}, approved(first));
    expect(answer.data).toBeNull();
    expect(graph.sent.filter(({ path }) => path !== '/access-log')).toEqual([]);
  });

  it('is not offered to who may not do it anyway', async () => {
    const answer = await graph.ask(SEAL, { scopes: 'self:read' }, { input });
    expect(answer.errors[0]?.extensions['code']).toBe('FORBIDDEN');
    expect(answer.headers['www-authenticate']).toBeUndefined();
  });

  it('is no matter for a system that signs in with its own key', async () => {
    const system = { scopes: 'passport:revoke', subject: 'hr-rz1', clientId: 'hr-rz1', ods: 'RZ1' };
    const answer = await graph.ask(SEAL, system, { input });
    expect(answer.data).toEqual({ seal: { value: 'crd_1' } });
  });
});

describe('a field about somebody else that a person has to confirm', () => {
  it('is null until then, and the rest is answered', async () => {
    const answer = await ask(STAFF, { id: 'stf_1' });
    expect([answer.status, answer.data]).toEqual([
      200,
      { staff: { nickname: 'nick-stf_1', birth: null } },
    ]);
    expect(answer.headers['www-authenticate']).toContain('insufficient_user_authentication');
    expect(asked(answer)).toMatchObject({
      operation: 'StaffMember.birth',
      subject: 'stf_1',
      arguments: { staff: { id: 'stf_1' } },
    });
    expect(graph.sent.map(({ body }) => body).join()).not.toContain('birth');
  });

  it('is read after that, of that person alone, with one cache for all of it', async () => {
    const wanted = asked(await ask(STAFF, { id: 'stf_1' }));
    if (wanted === undefined) throw new Error('nothing to confirm');
    const claims = approved(wanted);
    for (let round = 0; round < 2; round += 1) {
      expect((await ask(STAFF, { id: 'stf_1' }, claims)).data).toEqual({
        staff: { nickname: 'nick-stf_1', birth: 'born-stf_1' },
      });
      expect((await ask(STAFF, { id: 'stf_2' }, claims)).data).toEqual({
        staff: { nickname: 'nick-stf_2', birth: null },
      });
      expect((await ask(STAFF, { id: 'stf_1' })).data).toEqual({
        staff: { nickname: 'nick-stf_1', birth: null },
      });
    }
  });

  it('needs none for the own record, and one for others behind it', async () => {
    const answer = await ask('{ me { birth manager { birth } } }', {});
    expect(answer.data).toEqual({ me: { birth: 'born-stf_self', manager: { birth: null } } });
  });

  it.each([
    [
      'a fragment',
      'query ($id: ID!) { staff(id: $id) { ...F } } fragment F on StaffMember { nickname birth }',
    ],
    [
      'a fragment that the own record has as well',
      'query ($id: ID!) { staff(id: $id) { ...F } me { ...F } } fragment F on StaffMember { birth }',
    ],
    ['a second alias', 'query ($id: ID!) { staff(id: $id) { birth other: birth } }'],
    ['an inline fragment', 'query ($id: ID!) { staff(id: $id) { ... on StaffMember { birth } } }'],
  ])('is not read through %s', async (_what, query) => {
    const answer = await ask(query, { id: 'stf_1' });
    expect(answer.text).not.toContain('born-');
    const wanted = asked(answer);
    if (wanted === undefined) throw new Error('nothing to confirm');
    const approvedAnswer = await ask(query, { id: 'stf_1' }, approved(wanted));
    expect(approvedAnswer.text).toContain('born-stf_1');
  });

  it('is not read through an interface', async () => {
    const { text, data } = await ask('{ sealed { id content } }', {});
    expect(data).toEqual({
      sealed: [
        { id: '1', content: null },
        { id: '2', content: null },
      ],
    });
    expect(text).not.toContain('hard');
  });
});
