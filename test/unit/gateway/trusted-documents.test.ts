import { hash } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { sharedCounts } from '../../../gateway/rate-limits/shared-counts.ts';
import {
  type ChooseDocument,
  documentChooser,
  type DocumentPolicy,
  type DocumentRules,
} from '../../../gateway/trusted-documents/choose-document.ts';
import { memoryKeyValue } from '../../../runtime/memory-key-value.ts';
import { startTestGraph, type TestGraph, token } from './test-graph.ts';

const TEXT = '{ me { nickname } }';
const OTHER = '{ me { id } }';
const OWN = 'query Own { me { id } }';
const sha256 = (text: string): string => hash('sha256', text);

describe('the choice of an operation', () => {
  const rules: DocumentRules = {
    withdrawals: '',
    policies: new Map([
      ['strict', 'require'],
      ['lenient', 'allow'],
    ]),
  };
  const registered = new Map([[`hr-1 ${sha256(TEXT)}`, TEXT]]);
  const chooser = (policy: DocumentPolicy) =>
    documentChooser({
      policy,
      rules: () => rules,
      own: new Map([[sha256(OWN), OWN]]),
      findRegistered: (clientId, id) =>
        clientId === 'broken'
          ? Promise.reject(new Error('down'))
          : Promise.resolve(registered.get(`${clientId} ${id}`)),
      counts: sharedCounts(undefined, () => new Date()),
      keyValue: memoryKeyValue(() => new Date()),
    });
  const asked = (text?: string, given?: string, documentId?: string) => ({
    text,
    hash: given,
    documentId,
  });
  const byId = (text: string) => asked(undefined, undefined, `sha256:${sha256(text)}`);
  const byHash = (text: string) => asked(undefined, sha256(text));

  it.each<[DocumentPolicy, string, ReturnType<typeof asked>, string | undefined, string]>([
    ['off', 'a text', asked(OTHER), 'hr-1', OTHER],
    ['off', 'an id', byId(TEXT), 'hr-1', 'PERSISTED_QUERY_NOT_SUPPORTED'],
    [
      'off',
      'a text with its hash',
      asked(TEXT, sha256(TEXT)),
      'hr-1',
      'PERSISTED_QUERY_NOT_SUPPORTED',
    ],
    ['allow', 'a text', asked(OTHER), 'hr-1', OTHER],
    ['allow', 'a registered id', byId(TEXT), 'hr-1', TEXT],
    ['allow', 'a registered hash', byHash(TEXT), 'hr-1', TEXT],
    ['allow', 'the id of another client', byId(TEXT), 'hr-2', 'PERSISTED_QUERY_NOT_FOUND'],
    ['allow', 'an unknown id', byId(OTHER), 'hr-1', 'PERSISTED_QUERY_NOT_FOUND'],
    ['allow', 'an unknown hash', byHash(OTHER), 'hr-1', 'PERSISTED_QUERY_NOT_FOUND'],
    ['allow', 'a text with its hash', asked(OTHER, sha256(OTHER)), 'hr-1', OTHER],
    ['allow', 'a text with another hash', asked(OTHER, sha256(TEXT)), 'hr-1', 'BAD_REQUEST'],
    ['allow', 'a text with an id', { ...byId(TEXT), text: TEXT }, 'hr-1', 'BAD_REQUEST'],
    ['allow', 'an id that is no hash', asked(undefined, undefined, '../x'), 'hr-1', 'BAD_REQUEST'],
    [
      'allow',
      'a hash in capitals',
      asked(undefined, sha256(TEXT).toUpperCase()),
      'hr-1',
      'BAD_REQUEST',
    ],
    ['allow', 'nothing', asked(), 'hr-1', 'BAD_REQUEST'],
    ['allow', 'an id without signing in', byId(TEXT), undefined, 'PERSISTED_QUERY_NOT_FOUND'],
    ['allow', 'an id while identity is away', byId(TEXT), 'broken', 'SERVICE_UNAVAILABLE'],
    ['require', 'a registered id', byId(TEXT), 'hr-1', TEXT],
    ['require', 'a registered text', asked(TEXT), 'hr-1', TEXT],
    ['require', 'one of our own', asked(OWN), 'hr-2', OWN],
    ['require', 'another text', asked(OTHER), 'hr-1', 'TRUSTED_DOCUMENT_REQUIRED'],
    [
      'require',
      'another text with its hash',
      asked(OTHER, sha256(OTHER)),
      'hr-1',
      'TRUSTED_DOCUMENT_REQUIRED',
    ],
    ['require', 'the text of another client', asked(TEXT), 'hr-2', 'TRUSTED_DOCUMENT_REQUIRED'],
    ['require', 'a text without signing in', asked(TEXT), undefined, 'TRUSTED_DOCUMENT_REQUIRED'],
    [
      'allow',
      'a text of a client that is asked for more',
      asked(OTHER),
      'strict',
      'TRUSTED_DOCUMENT_REQUIRED',
    ],
    ['off', 'a text of such a client, too', asked(OTHER), 'strict', 'TRUSTED_DOCUMENT_REQUIRED'],
    ['allow', 'one of our own for such a client', byId(OWN), 'strict', OWN],
    ['require', 'a text of a client that is let off', asked(OTHER), 'lenient', OTHER],
    ['require', 'a text while identity is away', asked(TEXT), 'broken', 'SERVICE_UNAVAILABLE'],
  ])('with %s is made for %s', async (policy, _what, request, clientId, outcome) => {
    const chosen = await chooser(policy)(request, clientId, 'request-0001');
    expect(chosen.kind === 'text' ? chosen.text : chosen.code).toBe(outcome);
  });

  /** Sends a text with its hash, and has it found good. */
  const send = async (choose: ChooseDocument, text: string, clientId = 'hr-1') => {
    const chosen = await choose(asked(text, sha256(text)), clientId, '');
    if (chosen.kind === 'text') await chosen.keep?.();
    return chosen.kind;
  };

  it('remembers a text by its hash for the client that sent it, and for no other', async () => {
    const choose = chooser('allow');
    await choose(asked(OTHER, sha256(OTHER)), 'hr-1', '');
    expect(await choose(byHash(OTHER), 'hr-1', '')).toMatchObject({ kind: 'refused' });
    await send(choose, OTHER);
    expect(await choose(byHash(OTHER), 'hr-1', '')).toEqual({ kind: 'text', text: OTHER });
    for (const clientId of ['hr-2', undefined]) {
      expect(await choose(byHash(OTHER), clientId, '')).toMatchObject({ kind: 'refused' });
    }
  });

  it('keeps a million characters of one client a day, and runs what is past that', async () => {
    const choose = chooser('allow');
    // Three hundred of each are for its hash and its place.
    const texts = Array.from({ length: 101 }, (_, number) =>
      `{ me { a${String(number)}: id } }`.padEnd(9_700),
    );
    // What many browsers send at once is one text.
    const [first = ''] = texts;
    await Promise.all(Array.from({ length: 20 }, () => send(choose, first)));
    for (const text of texts) expect(await send(choose, text)).toBe('text');
    // What is kept is not counted again.
    for (const text of texts) expect(await send(choose, text)).toBe('text');
    const found = await Promise.all(texts.map((text) => choose(byHash(text), 'hr-1', '')));
    expect(found.filter(({ kind }) => kind === 'text')).toHaveLength(100);
    await send(choose, OTHER, 'hr-2');
    expect(await choose(byHash(OTHER), 'hr-2', '')).toMatchObject({ kind: 'text' });
  });

  it('remembers no more than so much of what is sent, and nothing less for what is registered', async () => {
    const many = Array.from({ length: 2_100 }, (_, number) => `{ me { a${String(number)}: id } }`);
    const choose = documentChooser({
      policy: 'allow',
      rules: () => rules,
      own: new Map(),
      findRegistered: (_clientId, id) => Promise.resolve(id === sha256(TEXT) ? TEXT : undefined),
      counts: sharedCounts(undefined, () => new Date()),
      keyValue: undefined,
    });
    await send(choose, OTHER, 'first');
    expect(await choose(byHash(OTHER), 'first', '')).toMatchObject({ kind: 'text' });
    // Asked by two thousand clients, a registered one is two thousand texts.
    for (const clientId of many) await choose(byHash(TEXT), clientId, '');
    expect(await choose(byHash(OTHER), 'first', '')).toMatchObject({ kind: 'text' });
    for (const clientId of many) await send(choose, OTHER, clientId);
    expect(await choose(byHash(OTHER), 'first', '')).toMatchObject({ kind: 'refused' });
  });

  it('forgets what it was told once anything has been taken back, an answer under way included', async () => {
    const held = new Set([sha256(TEXT)]);
    let withdrawals = 'none';
    let answering: () => void = () => undefined;
    const choose = documentChooser({
      policy: 'allow',
      rules: () => ({ withdrawals, policies: new Map() }),
      own: new Map(),
      findRegistered: async (_clientId, id) => {
        const found = held.has(id) ? TEXT : undefined;
        await new Promise<void>((resolve) => (answering = resolve));
        return found;
      },
      counts: sharedCounts(undefined, () => new Date()),
      keyValue: memoryKeyValue(() => new Date()),
    });
    const ask = async () => {
      const asking = choose(byId(TEXT), 'hr-1', '');
      answering();
      return (await asking).kind;
    };
    const first = choose(byId(TEXT), 'hr-1', '');
    held.clear();
    withdrawals = 'one';
    answering();
    expect(await first).toMatchObject({ kind: 'text' });
    expect(await ask()).toBe('refused');
  });

  it('believes nothing that the shared store says and the hash does not', async () => {
    const choose = documentChooser({
      policy: 'allow',
      rules: () => rules,
      own: new Map(),
      findRegistered: () => Promise.resolve(undefined),
      counts: sharedCounts(undefined, () => new Date()),
      keyValue: { get: () => Promise.resolve(OTHER), set: () => Promise.reject(new Error('down')) },
    });
    expect(await choose(byHash(TEXT), 'hr-1', '')).toMatchObject({ kind: 'refused' });
    expect(await choose(byHash(OTHER), 'hr-1', '')).toEqual({ kind: 'text', text: OTHER });
    expect(await choose(asked(TEXT, sha256(TEXT)), 'hr-1', '')).toMatchObject({ text: TEXT });
  });
});

describe.each(['allow', 'require'] as const)('the endpoint, with %s', (policy) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph({ settings: { GATEWAY_TRUSTED_DOCUMENTS: policy } });
    graph.identity.documents.set(`lanyard-explorer ${sha256(TEXT)}`, TEXT);
  });
  afterAll(() => graph.stop());
  afterEach(() => {
    graph.sent.length = 0;
  });
  const post = async (body: object) =>
    graph.post({
      headers: {
        accept: 'application/graphql-response+json',
        'content-type': 'application/json',
        authorization: `Bearer ${await token({ scopes: 'self:read' })}`,
      },
      body: JSON.stringify(body),
    });
  const persisted = (text: string) => ({
    extensions: { persistedQuery: { version: 1, sha256Hash: sha256(text) } },
  });
  const data = { me: { nickname: 'nick-stf_self' } };

  it('answers what is registered, by its id, its hash and its text', async () => {
    const answers = [
      await post({ documentId: `sha256:${sha256(TEXT)}` }),
      await post(persisted(TEXT)),
      await post({ query: TEXT }),
    ];
    expect(answers.map((answer) => answer.data)).toEqual([data, data, data]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('holds to its policy for what is not', async () => {
    const codes = [persisted(OTHER), { query: OTHER, ...persisted(OTHER) }, persisted(OTHER)];
    const answers: unknown[] = [];
    for (const body of codes) {
      const { status, errors, data: given } = await post(body);
      answers.push([status, errors[0]?.extensions['code'] ?? given]);
    }
    const refused = [400, 'TRUSTED_DOCUMENT_REQUIRED'];
    const found = [200, { me: { id: 'stf_self' } }];
    expect(answers).toEqual(
      policy === 'require'
        ? [refused, refused, refused]
        : [[200, 'PERSISTED_QUERY_NOT_FOUND'], found, found],
    );
    expect(graph.sent).toHaveLength(policy === 'require' ? 0 : 2);
  });

  it('keeps under its hash nothing that is no good operation', async () => {
    const texts = ['what?', '{ nothing }', `{ ${'me { id } '.repeat(200)}}`];
    const answers: unknown[] = [];
    for (const text of texts) {
      await post({ query: text, ...persisted(text) });
      answers.push((await post(persisted(text))).errors[0]?.extensions['code']);
    }
    const expected =
      policy === 'require' ? 'TRUSTED_DOCUMENT_REQUIRED' : 'PERSISTED_QUERY_NOT_FOUND';
    expect(answers).toEqual(texts.map(() => expected));
  });

  it('refuses a text under the hash of another', async () => {
    const answer = await post({ query: OTHER, ...persisted(TEXT) });
    expect([answer.status, answer.errors[0]?.extensions['code']]).toEqual([400, 'BAD_REQUEST']);
    expect(graph.sent).toEqual([]);
  });
});
