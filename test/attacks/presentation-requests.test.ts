/**
 * One request, one wallet, one answer, one browser: what strangers do with addresses, answers and codes that are not theirs
 * (OpenID4VP 1.0, sections 8.2, 14.1 and 14.3).
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type Database, openEmbedded, openPostgres } from '../../runtime/database.ts';
import { describeWithServers } from '../servers/available.ts';
import { startTestEngine } from '../servers/embedded.ts';
import { startPostgres } from '../servers/postgres.ts';
import {
  type Bench,
  callers,
  newSettings,
  nurse,
  operations,
  PUBLIC_URL,
  type RequestAnswer,
  startPassport,
} from '../unit/subgraphs/passport/passport-bench.ts';
import {
  type Presenting,
  presentingTo,
  walletLink,
} from '../unit/subgraphs/passport/presenting.ts';

// A process is started first, which takes its time on a busy machine.
const TIMES = 100;
let ahead = 0;
const now = () => new Date(Date.now() + ahead);
let bench: Bench;
let desk: Presenting;
let victim: Awaited<ReturnType<Presenting['walletOf']>>;
let stop: () => Promise<void>;

async function start(database: Database, close: () => Promise<void>): Promise<void> {
  const people = new Map([['stf_1', nurse('stf_1')]]);
  bench = await startPassport({ database, settings: newSettings(), people, now });
  desk = await presentingTo(bench, database, now);
  victim = await desk.walletOf('stf_1', ['IDENTITY']);
  stop = async () => {
    await bench.stop();
    await close();
  };
}
async function startEmbedded(): Promise<void> {
  const engine = await startTestEngine();
  await start(openEmbedded(engine), () => engine.close());
}

const times = <Result>(count: number, act: () => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, act));
const tally = (answers: readonly (number | string)[]) =>
  Object.fromEntries(
    [...new Set(answers)].map((one) => [one, answers.filter((other) => other === one).length]),
  );
const uriOf = (request: RequestAnswer): string =>
  new URL(request.walletUri ?? '').searchParams.get('request_uri') ?? '';
const responseUri = ({ id }: RequestAnswer): string => `${PUBLIC_URL}/openid4vp/responses/${id}`;
const post = (url: string, members: Record<string, string>): Promise<Response> =>
  desk.fetch(url, { method: 'POST', body: new URLSearchParams(members) });

/** Fetches a request and makes the answer, without sending it. */
async function prepared(request: RequestAnswer): Promise<Record<string, string>> {
  const opened = await victim.wallet.open(request.walletUri ?? '');
  const { jarm, authorizationResponsePayload } = await victim.wallet.answer(
    opened,
    await victim.wallet.vpToken(opened),
  );
  if (jarm !== undefined) return { response: jarm.responseJwt };
  const { state = '', vp_token: token } = authorizationResponsePayload;
  return { state, vp_token: JSON.stringify(token) };
}

/** A holder's browser takes a request up, and gives the link for the wallet. */
async function takeUp({ link }: RequestAnswer, browser = desk.browser()) {
  await browser.open(`${link}/start`, { method: 'POST' });
  const html = await (await browser.open(link)).text();
  return { browser, link: walletLink(html), html };
}

function expectOneAnswer(): void {
  it(`of ${String(TIMES)} copies of an answer, one is taken`, async () => {
    const request = await desk.ask();
    const answer = await prepared(request);
    const sent = await times(TIMES, async () => (await post(responseUri(request), answer)).status);
    expect(tally(sent)).toEqual({ 200: 1, 400: TIMES - 1 });
    expect(await desk.outcome(request.id)).toBe('VALID');
  });

  it('of many wallets, one gets the request', async () => {
    const uri = uriOf(await desk.ask());
    expect(tally(await times(TIMES, async () => (await desk.fetch(uri)).status))).toEqual({
      200: 1,
      404: TIMES - 1,
    });
  });

  it('of many browsers, one takes the request up', async () => {
    const { link } = await desk.ask({ sameDevice: true });
    const cookies = await times(20, async () => {
      const answer = await desk.fetch(`${link}/start`, { method: 'POST' });
      return answer.headers.getSetCookie().length;
    });
    expect(tally(cookies)).toEqual({ 0: 19, 1: 1 });
  });

  it('of many uses of a response code, one counts', async () => {
    const request = await desk.ask({ sameDevice: true });
    const { browser, link } = await takeUp(request);
    const response = await victim.wallet.present(link);
    const { redirect_uri: back } = (await response.json()) as { redirect_uri: string };
    const used = await times(20, async () => (await browser.open(back)).status);
    expect(tally(used)).toEqual({ 303: 1, 400: 19 });
    expect(await desk.outcome(request.id)).toBe('VALID');
  });
}

describeWithServers('postgres')('on PostgreSQL, at the same time', () => {
  beforeAll(async () => {
    const postgres = await startPostgres();
    await start(openPostgres(postgres.url, { connections: 10 }), () => postgres.stop());
  });
  afterAll(() => stop());
  expectOneAnswer();
});

describe('on the embedded database', () => {
  beforeAll(startEmbedded);
  afterAll(() => stop());
  beforeEach(() => {
    ahead = 0;
  });

  describe('at the same time', () => {
    expectOneAnswer();
  });

  describe('by strangers', () => {
    const untouched = { state: 'FETCHED', result: null };

    it.each([
      ['encrypted', true],
      ['plain', false],
    ])('an answer to one request is none to another: %s', async (_name, encrypted) => {
      const [one, other] = [await desk.ask({ encrypted }), await desk.ask({ encrypted })];
      const [answer] = [await prepared(one), await prepared(other)];
      expect((await post(responseUri(other), answer)).status).toBe(400);
      // Nothing came of it: both can still be answered.
      expect(await desk.look(other.id)).toMatchObject(untouched);
      expect((await post(responseUri(one), answer)).status).toBe(200);
      expect(await desk.outcome(one.id)).toBe('VALID');
    });

    it('a presentation made for one request does not count for another, under the right state', async () => {
      const [one, other] = [
        await desk.ask({ encrypted: false }),
        await desk.ask({ encrypted: false }),
      ];
      const [answer, wanted] = [await prepared(one), await prepared(other)];
      const mixed = { ...answer, state: wanted['state'] ?? '' };
      expect((await post(responseUri(other), mixed)).status).toBe(400);
      expect(await desk.outcome(other.id)).toBe('kb_nonce_wrong');
    });

    it.each<[string, (good: Record<string, string>) => Record<string, string>]>([
      ['nothing', () => ({})],
      ['another state', (good) => ({ ...good, state: 'guessed' })],
      ['no state', ({ vp_token: token = '' }) => ({ vp_token: token })],
      ['nothing presented', ({ state = '' }) => ({ state })],
      ['an answer to what was not asked', (good) => ({ ...good, vp_token: '{"other":["a~b"]}' })],
      ['a refusal without the state', () => ({ error: 'access_denied' })],
      ['a refusal of another state', () => ({ error: 'access_denied', state: 'guessed' })],
      ['an encrypted answer to a plain question', () => ({ response: 'a.b.c.d.e' })],
    ])('%s leaves the request as it was', async (_name, change) => {
      const request = await desk.ask({ encrypted: false });
      const good = await prepared(request);
      expect((await post(responseUri(request), change(good))).status).toBe(400);
      expect(await desk.look(request.id)).toMatchObject(untouched);
      expect((await post(responseUri(request), good)).status).toBe(200);
    });

    it('a plain answer is no answer where encryption was asked for', async () => {
      const request = await desk.ask();
      const opened = await victim.wallet.open(request.walletUri ?? '');
      const { state } = opened.resolved.authorizationRequestPayload;
      const token = JSON.stringify(await victim.wallet.vpToken(opened));
      const answer = await post(responseUri(request), { state: state ?? '', vp_token: token });
      expect([answer.status, (await desk.look(request.id))?.state]).toEqual([400, 'FETCHED']);
    });

    it('an address that is not exactly the one of the request leads nowhere', async () => {
      const request = await desk.ask();
      const answer = await prepared(request);
      const { id } = request;
      const wrong = [
        `${id}A`,
        id.slice(0, -1),
        id.toLowerCase(),
        id.toUpperCase(),
        `${id}%00`,
        `${id}%2F`,
        `../${id}`,
        'prq_',
        '%',
      ];
      for (const one of wrong) {
        const { status } = await post(`${PUBLIC_URL}/openid4vp/responses/${one}`, answer);
        expect([one, status >= 400 && status < 500]).toEqual([one, true]);
      }
      for (const method of ['PUT', 'DELETE', 'PATCH', 'GET']) {
        const init = method === 'GET' ? {} : { method, body: new URLSearchParams(answer) };
        expect([method, (await desk.fetch(responseUri(request), init)).status]).toEqual([
          method,
          404,
        ]);
      }
      expect(await desk.look(id)).toMatchObject(untouched);
    });

    it.each([
      ['JSON', 'application/json', 415],
      ['text', 'text/plain', 415],
      ['several parts', 'multipart/form-data; boundary=x', 415],
    ])('an answer as %s is not read', async (_name, type, status) => {
      const request = await desk.ask();
      const body = new URLSearchParams(await prepared(request)).toString();
      const headers = { 'content-type': type };
      const answer = await desk.fetch(responseUri(request), { method: 'POST', headers, body });
      expect([answer.status, (await desk.look(request.id))?.state]).toEqual([status, 'FETCHED']);
    });

    it('a long answer is not read to its end', async () => {
      const request = await desk.ask();
      await prepared(request);
      const answer = await post(responseUri(request), { response: 'a'.repeat(600_000) });
      expect([answer.status, (await desk.look(request.id))?.state]).toEqual([413, 'FETCHED']);
    });

    it('what was answered, what ran out and what never was look the same', async () => {
      const [answered, expired] = [await desk.ask(), await desk.ask()];
      const [answer, late] = [await prepared(answered), await prepared(expired)];
      await post(responseUri(answered), answer);
      ahead += 11 * 60_000;
      const unknown = { ...answered, id: 'prq_AAAAAAAAAAAAAAAAAAAAAA' };
      const said = await Promise.all(
        [
          [answered, answer],
          [expired, late],
          [unknown, answer],
        ].map(async ([request, members]) => {
          const response = await post(
            responseUri(request as RequestAnswer),
            members as typeof answer,
          );
          return [response.status, await response.text()];
        }),
      );
      const fetched = await Promise.all(
        [answered, expired, unknown].map(async (request) => {
          const response = await desk.fetch(`${PUBLIC_URL}/openid4vp/requests/${request.id}`);
          return [response.status, await response.text()];
        }),
      );
      expect(new Set(said.map(String)).size).toBe(1);
      expect(new Set(fetched.map(String)).size).toBe(1);
      expect((await desk.look(expired.id))?.state).toBe('EXPIRED');
    });

    it('another organisation sees nothing of it', async () => {
      const request = await desk.ask();
      await victim.wallet.present(request.walletUri ?? '');
      expect(await desk.look(request.id, 'RZ1')).toBeNull();
      expect((await desk.look(request.id))?.result?.outcome).toBe('VALID');
    });

    it('a page that was not named cannot hand in what it got', async () => {
      const origin = 'https://hr.example';
      const request = await desk.ask({ origins: [origin] });
      if (request.digitalCredentialRequest === null) throw new Error('no request for a page');
      const opened = await victim.wallet.openDigital(
        { protocol: 'openid4vp-v1-signed', data: request.digitalCredentialRequest.data },
        origin,
      );
      // A wallet that was made to believe another page, and the page that hands it in as its own.
      const elsewhere = { ...opened, origin: 'https://evil.example' };
      const made = await victim.wallet.answer(elsewhere, await victim.wallet.vpToken(elsewhere));
      const credential = JSON.stringify({
        protocol: 'openid4vp-v1-signed',
        data: { response: made.jarm?.responseJwt },
      });
      expect(await desk.handIn(request.id, 'https://evil.example', credential)).toBe(
        'INVALID_VALUE',
      );
      expect(await desk.handIn(request.id, origin, credential)).toBe('INVALID');
      expect(await desk.outcome(request.id)).toBe('kb_audience_wrong');
    });
  });

  describe('sessions', () => {
    const backOf = async (response: Response): Promise<string> =>
      ((await response.json()) as { redirect_uri?: string }).redirect_uri ?? '';
    const logged = async () => {
      const seen = await bench.ask(callers.staff('stf_1'), operations.accessLog, { id: 'stf_1' });
      return seen.data?._entities[0].accessLog?.edges.length;
    };

    it('the browser that took a request up sees it through', async () => {
      const request = await desk.ask({ sameDevice: true });
      expect(request.walletUri).toBeNull();
      const { browser, link } = await takeUp(request);
      const back = await backOf(await victim.wallet.present(link));
      expect(await desk.look(request.id)).toMatchObject({ state: 'RETURNING', result: null });
      const returned = await browser.open(back);
      expect([returned.status, returned.headers.get('location')]).toEqual([303, request.link]);
      expect(await desk.look(request.id)).toMatchObject({
        state: 'ANSWERED',
        result: { outcome: 'VALID' },
      });
    });

    it('the result of a victim never reaches an attacker who began', async () => {
      const before = await logged();
      const request = await desk.ask({ sameDevice: true });
      // The attacker takes the request up, and passes the wallet's link on as a code to scan.
      const attacker = await takeUp(request);
      const back = await backOf(await victim.wallet.present(attacker.link));
      // The victim's browser is led back: it is not the one that began.
      const { browser: own } = await takeUp(await desk.ask({ sameDevice: true }));
      for (const stranger of [desk.browser(), own]) {
        expect((await stranger.open(back)).status).toBe(400);
      }
      // The attacker has the session and not the code.
      const guesses = ['', 'a', 'A'.repeat(43), request.id, '%00', '*', "' or '1'='1"];
      for (const code of guesses) {
        const url = `${request.link}/return?response_code=${encodeURIComponent(code)}`;
        expect([code, (await attacker.browser.open(url)).status]).toEqual([code, 400]);
      }
      expect((await attacker.browser.open(`${request.link}/return`)).status).toBe(400);
      const html = await (await attacker.browser.open(request.link)).text();
      expect(html).not.toContain('Amara');
      expect(html).not.toContain(new URL(back).searchParams.get('response_code'));
      expect(await desk.look(request.id)).toMatchObject({ state: 'RETURNING', result: null });
      expect(await logged()).toBe(before);
      ahead += 11 * 60_000;
      expect((await attacker.browser.open(back)).status).toBe(400);
      expect(await desk.look(request.id)).toMatchObject({ state: 'EXPIRED', result: null });
    });

    it('a code belongs to the browser of its own request', async () => {
      const [one, other] = [
        await desk.ask({ sameDevice: true }),
        await desk.ask({ sameDevice: true }),
      ];
      const [mine, theirs] = [await takeUp(one), await takeUp(other)];
      const back = await backOf(await victim.wallet.present(mine.link));
      const code = new URL(back).searchParams.get('response_code') ?? '';
      expect((await theirs.browser.open(back)).status).toBe(400);
      const moved = `${other.link}/return?response_code=${code}`;
      expect((await theirs.browser.open(moved)).status).toBe(400);
      // None of that uses it up.
      expect((await mine.browser.open(back)).status).toBe(303);
      expect(await desk.outcome(one.id)).toBe('VALID');
    });

    it('a request that is open in one browser is not open in another', async () => {
      const request = await desk.ask({ sameDevice: true });
      const first = await takeUp(request);
      const second = await takeUp(request);
      expect([first.link === '', second.link]).toEqual([false, '']);
    });

    it('no wallet gets a request that no browser took up', async () => {
      const request = await desk.ask({ sameDevice: true });
      expect((await desk.fetch(`${PUBLIC_URL}/openid4vp/requests/${request.id}`)).status).toBe(404);
      const html = await (await desk.fetch(request.link)).text();
      expect(walletLink(html)).toBe('');
    });

    it('another site cannot take a request up in somebody’s browser', async () => {
      const { link } = await desk.ask({ sameDevice: true });
      const answer = await desk.fetch(`${link}/start`, {
        method: 'POST',
        headers: { origin: 'https://evil.example' },
      });
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
    });

    it('the session is for the pages of one request, out of the reach of scripts and other sites', async () => {
      const { link } = await desk.ask({ sameDevice: true });
      const answer = await desk.fetch(`${link}/start`, { method: 'POST' });
      const [cookie = ''] = answer.headers.getSetCookie();
      expect(cookie.split('; ').slice(1).toSorted()).toEqual(
        [
          `Path=${new URL(link).pathname}`,
          'HttpOnly',
          'Max-Age=900',
          'SameSite=Lax',
          'Secure',
        ].toSorted(),
      );
    });

    it('pages keep their addresses to themselves, and load nothing from elsewhere', async () => {
      const { link } = await desk.ask({ sameDevice: true });
      for (const url of [link, `${link}/return?response_code=x`]) {
        const { headers } = await desk.fetch(url);
        expect(headers.get('referrer-policy')).toBe('same-origin');
        expect(headers.get('cache-control')).toBe('no-store');
        expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
      }
    });
  });
});
