import { afterAll, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';

import { memoryKeyValue } from '../../../runtime/memory-key-value.ts';
import { newSecrets } from '../../../local/secrets.ts';
import { macroFaults, readViews } from '../../../scripts/check-macros.ts';
import { composeWeb } from '../../../web/compose.ts';
import { readWebConfig } from '../../../web/config.ts';
import { writeCsv } from '../../../web/domain/csv.ts';
import { formToken, isFormToken } from '../../../web/domain/form-token.ts';
import type { Session } from '../../../web/domain/session.ts';
import { keyValueSessions } from '../../../web/redis/sessions.ts';
import { policyOf } from '../../../web/routes/answer-page.ts';
import { createAnswers } from '../../../web/routes/answers.ts';
import { dayOf } from '../../../web/routes/hr/ask.ts';
import { isSameOrigin, paramsOf } from '../../../web/routes/serve-pages.ts';
import { createRender } from '../../../web/views/render.ts';
import { codeWords, stateTag } from '../../../web/words/codes.ts';
import { dayWords, momentWords, timeWords } from '../../../web/words/dates.ts';
import { spokenName } from '../../../web/words/names.ts';

const SECRET = 's'.repeat(43);
const session: Session = {
  id: 'one',
  person: { staffId: 'stf_1', name: 'KHAN, Amina', role: 'STAFF' },
  tokens: { graph: { token: 'secret-token', endsAt: 1 } },
  idToken: 'id',
  seenAtIdentity: 1,
};

describe('a session', () => {
  it('is read with its cookie, and nothing of it without', async () => {
    const kept = new Map<string, string>();
    const memory = memoryKeyValue(() => new Date());
    const store = keyValueSessions(
      {
        ...memory,
        set: (key, value, seconds) => {
          kept.set(key, value);
          return memory.set(key, value, seconds);
        },
      },
      SECRET,
    );
    await store.put('cookie', session);
    expect(await store.find('cookie')).toEqual(session);
    expect(await store.find('other')).toBeUndefined();
    expect(JSON.stringify([...kept])).not.toMatch(/secret-token|stf_1|cookie/);
    expect(await keyValueSessions(memory, 't'.repeat(43)).find('cookie')).toBeUndefined();
    await store.remove('cookie');
    expect(await store.find('cookie')).toBeUndefined();
  });

  it('gives what was kept once, however many ask at once', async () => {
    const store = keyValueSessions(
      memoryKeyValue(() => new Date()),
      SECRET,
    );
    await store.keep('cookie', 'visit', { state: 1 }, 60);
    const taken = await Promise.all([1, 2, 3].map(() => store.take('cookie', 'visit')));
    expect(taken.filter((value) => value !== undefined)).toHaveLength(1);
    await store.keep('cookie', 'visit', { state: 2 }, 60);
    expect(await store.take('cookie', 'visit')).toEqual({ state: 2 });
    expect(await store.take('cookie', 'visit')).toBeUndefined();
  });
});

describe('a form', () => {
  const key = Buffer.alloc(32, 1);

  it.each([
    ['its own session', formToken(key, 'one'), true],
    ['another session', formToken(key, 'two'), false],
    ['another key', formToken(Buffer.alloc(32, 2), 'one'), false],
    ['nothing', undefined, false],
    ['a list', [formToken(key, 'one')], false],
    ['something short', 'abc', false],
  ])('with a token of %s', (_what, token, taken) => {
    expect(isFormToken(key, 'one', token)).toBe(taken);
  });

  it('has another token each time', () => {
    expect(formToken(key, 'one')).not.toBe(formToken(key, 'one'));
  });

  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://a.example' }, true],
    [{ origin: 'https://a.example' }, true],
    [{ origin: 'https://b.example' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://a.example' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ origin: 'null' }, false],
    [{}, false],
  ])('with headers %j', (headers, taken) => {
    expect(isSameOrigin({ headers } as never, 'https://a.example')).toBe(taken);
  });
});

describe('the security policy', () => {
  it('lets nothing be run that has not the nonce, and no frame', () => {
    const policy = policyOf('abc', { issuer: 'https://id.example', wallet: [] });
    expect(policy).toContain("script-src 'nonce-abc';");
    expect(policy).toContain("style-src 'self' 'nonce-abc';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe-|\*|script-src[^;]*data:/);
  });
});

describe('the rules of the style sheet', () => {
  const app = fastify();
  const answers = createAnswers({
    render: createRender(),
    formKey: Buffer.alloc(32),
    origins: { issuer: 'https://id.example', wallet: [] },
    assets: {
      stylesheet: '/assets/web/abc.css',
      stylesOf: (html) => (html.includes('<h1') ? 'h1>b{color:red}' : ''),
      script: (name) => `/${name}.js`,
      scriptsOf: (...names) => [...names.map((name) => `/${name}.js`), '/part.js'],
    },
    isDemonstration: false,
    organisationName: () => Promise.resolve(''),
  });
  app.get('/', (request, reply) => answers.notFound(request, reply));

  afterAll(() => app.close());

  it.each([
    ['are in the first page that a browser gets', undefined, true],
    ['are in its next page when they have changed', 'lanyard_styles=old', true],
    ['are a file for its next pages', 'a=b; lanyard_styles=abc', false],
  ])('%s', async (_what, cookie, within) => {
    const { headers, body } = await app.inject({
      url: '/',
      headers: cookie === undefined ? {} : { cookie },
    });
    const policy = String(headers['content-security-policy']);
    const nonce = /style-src 'self' 'nonce-([\w-]+)'/.exec(policy)?.[1] ?? 'none';
    expect(body.includes(`<style nonce="${nonce}">h1>b{color:red}</style>`)).toBe(within);
    expect(body.includes('<link rel="stylesheet" href="/assets/web/abc.css">')).toBe(!within);
    expect(/^lanyard_styles=abc;.* HttpOnly/.test(String(headers['set-cookie']))).toBe(within);
    expect(body.includes(`<link rel="modulepreload" nonce="${nonce}" href="/part.js">`)).toBe(
      !within,
    );
  });
});

describe('words', () => {
  it.each([
    [codeWords('CredentialState', 'SUSPENDED'), 'Paused'],
    [codeWords('CredentialState', 'SOMETHING_NEW'), 'Something new'],
    [codeWords('CredentialState', null), 'Not known'],
    [codeWords('CredentialState', 'toString'), 'Tostring'],
    [stateTag('CredentialState', 'REVOKED').text, 'Stopped'],
    [dayWords('2027-02-03'), '3 February 2027'],
    [dayWords(null), 'Not known'],
    [timeWords('2026-11-26T14:11:00Z'), '2:11pm'],
    [momentWords('2026-11-26T14:11:00Z', new Date('2026-11-26T15:00:00Z')), 'today at 2:11pm'],
    [
      momentWords('2026-08-03T09:00:00Z', new Date('2026-11-26T15:00:00Z')),
      'on 3 August 2026 at 10:00am',
    ],
    [spokenName('OKAFOR-LINDQVIST, Amara (TRUST)'), 'Amara Okafor-Lindqvist'],
    [spokenName("O'NEILL, Mary Ann"), "Mary Ann O'Neill"],
    [spokenName('Amina Khan'), 'Amina Khan'],
    [dayOf('3', '2', '2027'), '2027-02-03'],
    [dayOf('31', '2', '2027'), null],
    [dayOf('', '', ''), undefined],
    [writeCsv([['a,b', '=1+1', 'say "x"']]), '\uFEFF"a,b",\'=1+1,"say ""x"""\r\n'],
  ])('%s', (given, wanted) => {
    expect(given).toBe(wanted);
  });

  it('finds the parts of a path', () => {
    expect(paramsOf('/hr/requests/:id', '/hr/requests/a%20b?x=1')).toEqual({ id: 'a b' });
    expect(paramsOf('/hr/requests/:id', '/hr/requests')).toBeUndefined();
    expect(paramsOf('/hr/requests/:id', '/hr/requests/%')).toBeUndefined();
  });
});

describe('macros of the views', () => {
  it('are called with options that they have', async () => {
    expect(await macroFaults(await readViews())).toEqual([]);
  });

  it('are refused with any other, however deep', async () => {
    const views = new Map([
      [
        'web/views/a.njk',
        `{% from "nhsuk/components/input/macro.njk" import input %}
{{ input({ id: "a", lable: { text: "A" }, hint: { txt: "B" } }) }}`,
      ],
      ['web/views/b.njk', '{{ a.none }}'],
    ]);
    expect(await macroFaults(views)).toEqual([
      expect.stringContaining('web/views/b.njk: '),
      'web/views/a.njk:2: input has no option lable',
      'web/views/a.njk:2: input.hint has no option txt',
    ]);
  });
});

describe('in production', () => {
  const settings = {
    WEB_URL: 'https://staff.example',
    WEB_REDIS_URL: 'redis://127.0.0.1:1',
    WEB_SECRET: SECRET,
    WEB_ISSUER: 'https://id.example',
    WEB_CLIENT_KEY: JSON.stringify(newSecrets().webClientKey),
    WEB_GRAPH_URL: 'http://gateway:4000/graphql',
    WEB_GRAPH_RESOURCE: 'https://graph.example/graphql',
    WEB_PASSPORT_URL: 'https://passport.example',
  };

  it('people reach the pages by https alone', () => {
    expect(readWebConfig(settings)).toMatchObject({ NODE_ENV: 'production', WEB_PORT: 4005 });
    expect(() => readWebConfig({ ...settings, WEB_URL: 'http://staff.example' })).toThrow(
      'WEB_URL',
    );
    expect(() => readWebConfig({ ...settings, WEB_DEMO: '1' })).toThrow('WEB_DEMO');
  });

  it('nobody is invented', async () => {
    const keyValue = memoryKeyValue(() => new Date());
    const log = {} as never;
    await expect(
      composeWeb(readWebConfig(settings), {
        log,
        now: () => new Date(),
        keyValue,
        invented: () => [],
      }),
    ).rejects.toThrow('production');
  });
});
