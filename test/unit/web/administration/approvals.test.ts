/** What waits for a second person. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';

import { memoryKeyValue } from '../../../../runtime/memory-key-value.ts';
import { ApprovalNeeded } from '../../../../web/domain/graph.ts';
import { keyValueSessions } from '../../../../web/redis/sessions.ts';
import { approvalsPage } from '../../../../web/routes/administration/approvals.ts';
import { createAnswers } from '../../../../web/routes/answers.ts';
import { browserSessions } from '../../../../web/routes/browser-session.ts';
import type { Shown, Visit } from '../../../../web/routes/page.ts';
import { servePages } from '../../../../web/routes/serve-pages.ts';
import { createRender } from '../../../../web/views/render.ts';
import { FRAME } from '../../../../web/words/frame.ts';

const change = (id: string, more: object) => ({
  node: {
    id,
    organisation: { odsCode: 'RZ1', name: 'Ashbourne' },
    state: 'WAITING',
    proposedAt: '2026-11-20T10:00:00Z',
    isMine: false,
    mayApprove: false,
    needsKeeper: false,
    ...more,
  },
});

/** What waits, as the graph says. */
interface Given {
  readonly registryChanges?: readonly object[];
  readonly staffEventHolds?: readonly object[];
}

const waitingWith = (given: Given) => {
  const none = { edges: [] };
  return {
    waiting: none,
    toReview: none,
    matchingCases: none,
    sharingAgreements: none,
    staffEventHolds: given.staffEventHolds ?? [],
    registryChanges: { edges: given.registryChanges ?? [] },
  };
};

async function shownWith(given: Given) {
  const visit = {
    person: { staffId: 'stf_me', name: 'Sam', role: 'ADMINISTRATOR', odsCode: 'RZ1' },
    administration: () => Promise.resolve({ status: 200, body: {} }),
    ask: () => Promise.resolve({ faults: [], data: waitingWith(given) }),
  } as unknown as Visit;
  return (await approvalsPage.show(visit)) as Extract<Shown, { kind: 'page' }>;
}

it.each([
  ['one’s own', { isMine: true }, 'You. A colleague has to approve it'],
  ['one to approve', { mayApprove: true }, 'Somebody else'],
  [
    'the keeper’s',
    { needsKeeper: true },
    'Somebody else. The keeper of the register has to approve it',
  ],
])('leads to a change of the register: %s', async (_whose, more, by) => {
  const { context } = await shownWith({ registryChanges: [change('rgc_1/2', more)] });
  const [[what, who] = []] = context['rows'] as readonly (readonly object[])[];
  expect(what).toEqual({
    text: 'Change of the register: Ashbourne',
    href: '/admin/registry-changes/rgc_1%2F2',
  });
  expect(who).toEqual({ text: by });
});

it('has a form for each hold that waits', async () => {
  const hold = { id: 'hld_1', people: 24, heldAt: '2026-11-20T10:00:00Z', releasedAt: null };
  const { view, context } = await shownWith({
    staffEventHolds: [
      { ...hold, approvedAt: null },
      { ...hold, id: 'hld_2', approvedAt: '2026-11-20T11:00:00Z' },
      { ...hold, id: 'hld_3', approvedAt: hold.heldAt, releasedAt: hold.heldAt },
    ],
  });
  const html = createRender()(view, {
    ...context,
    words: FRAME,
    form: { values: {}, errors: {} },
    errorList: [],
    banners: [],
    navigation: [],
    footerItems: [],
    scripts: [],
  });
  expect(html.match(/name="hold" value="[^"]+"/g)).toEqual([
    'name="hold" value="hld_1"',
    'name="hold" value="hld_2"',
  ]);
  expect(html.match(/Stopping the credentials of 24 people at once/g)).toHaveLength(2);
  expect(html.match(/One person has approved it\. A second has to\./g)).toHaveLength(1);
});

describe('more than 20 people whose credentials are stopped at once', () => {
  const ORIGIN = 'https://web.example';
  const GRAPH = 'https://gateway.example/graphql';
  const ADMINISTRATION = 'https://identity.example/administration';
  const TRANSACTION = {
    operation: 'Mutation.staffEventHoldApprove',
    subject: '',
    type: '',
    arguments: { staffEventHoldApprove: { input: { holdId: 'hld_1' } } },
  };
  const at = '2026-11-20T10:00:00Z';
  let app: FastifyInstance;
  /** Whose cookie it is. */
  let secretOf: (staffId: string) => string;
  /** Who has approved the stop of all 21. */
  let approvals: string[];

  beforeEach(async () => {
    approvals = [];
    const store = keyValueSessions(
      memoryKeyValue(() => new Date()),
      's'.repeat(43),
    );
    const who = (staffId: string) => ({
      staffId,
      name: 'PENHALIGON, Gareth',
      role: 'ADMINISTRATOR' as const,
      odsCode: 'RZ1',
    });
    const held = (token: string) => ({ token, endsAt: Date.now() + 60_000 });
    secretOf = (staffId) => staffId.padEnd(43, 'x');
    for (const staffId of ['stf_one', 'stf_two']) {
      await store.put(secretOf(staffId), {
        id: staffId,
        person: who(staffId),
        tokens: { [GRAPH]: held(staffId), [ADMINISTRATION]: held(staffId) },
        idToken: 'id',
        seenAtIdentity: Date.now(),
      });
    }
    const sessions = browserSessions({
      origin: ORIGIN,
      graph: GRAPH,
      store,
      now: () => new Date(),
      service: {
        begin: ({ state }, { approval }) =>
          Promise.resolve(
            `https://identity.example/confirm?${new URLSearchParams({ state, what: JSON.stringify(approval) }).toString()}`,
          ),
        // Who confirmed is in the browser's address here.
        finish: (search) => {
          const staffId = new URLSearchParams(search).get('by');
          return Promise.resolve(
            staffId === null
              ? undefined
              : {
                  person: who(staffId),
                  idToken: 'id',
                  refreshToken: undefined,
                  token: held(`${staffId} confirmed`),
                },
          );
        },
        renew: () => Promise.resolve(undefined),
        signOutAddress: () => '',
      },
    });
    const hold = () => ({
      id: 'hld_1',
      people: 21,
      heldAt: at,
      approvedAt: approvals.length > 0 ? at : null,
      releasedAt: approvals.length > 1 ? at : null,
    });
    const formKey = Buffer.alloc(32, 1);
    app = fastify();
    await app.register(
      servePages({
        origin: ORIGIN,
        resources: { graph: GRAPH, administration: ADMINISTRATION },
        pages: [approvalsPage],
        sessions,
        store,
        formKey,
        ask: ({ operation, variables, token = '' }) => {
          if (operation.name !== 'ApproveHold') {
            const data = waitingWith({ staffEventHolds: [hold()] });
            return Promise.resolve({ faults: [], data: data as never });
          }
          const [by = '', confirmed] = token.split(' ');
          if (confirmed === undefined) return Promise.reject(new ApprovalNeeded(TRANSACTION));
          expect(variables).toEqual({ input: { holdId: 'hld_1' } });
          const isOwn = approvals.includes(by);
          if (!isOwn) approvals.push(by);
          const staffEventHoldApprove = isOwn
            ? { hold: null, errors: [{ code: 'STATUS_CHANGE_NOT_ALLOWED' }] }
            : { hold: hold(), errors: [] };
          return Promise.resolve({ faults: [], data: { staffEventHoldApprove } as never });
        },
        administration: () => Promise.resolve({ status: 200, body: {} }) as never,
        graphHealth: () => Promise.resolve(undefined),
        usage: () => Promise.resolve(undefined) as never,
        answers: createAnswers({
          render: createRender(),
          formKey,
          origins: { issuer: 'https://identity.example', wallet: [] },
          assets: {
            stylesheet: '/assets/web/abc.css',
            stylesOf: () => '',
            script: (name) => `/${name}.js`,
            scriptsOf: () => [],
          },
          isDemonstration: false,
          organisationName: () => Promise.resolve('Ashbourne'),
        }),
        service: {} as never,
        codes: {} as never,
      }),
    );
  });
  afterEach(() => app.close());

  const open = (staffId: string, url = '/admin/approvals') =>
    app.inject({ url, headers: { cookie: `__Host-lanyard_web=${secretOf(staffId)}` } });
  /** Sends the page's form, as it is in the page. */
  const send = async (staffId: string, changes: Readonly<Record<string, string>> = {}) => {
    const { body } = await open(staffId);
    const [, form = ''] = /<form method="post">([^]*?)<\/form>/.exec(body) ?? [];
    const fields = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value] as const,
    );
    return app.inject({
      method: 'POST',
      url: '/admin/approvals',
      headers: {
        cookie: `__Host-lanyard_web=${secretOf(staffId)}`,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams({ ...Object.fromEntries(fields), ...changes }).toString(),
    });
  };
  /** Sends it, and comes back from identity. */
  const confirm = async (staffId: string, isConfirmed = true) => {
    const { statusCode, headers } = await send(staffId);
    const { origin, searchParams } = new URL(String(headers.location));
    expect([statusCode, origin]).toEqual([303, 'https://identity.example']);
    expect(JSON.parse(searchParams.get('what') ?? '')).toEqual({
      transaction: TRANSACTION,
      resource: GRAPH,
    });
    const back = new URLSearchParams({ state: searchParams.get('state') ?? '' });
    if (isConfirmed) back.set('by', staffId);
    return open(staffId, `/signed-in?${back.toString()}`);
  };

  it('are stopped once two people have confirmed it with their passkeys', async () => {
    expect((await open('stf_one')).body).toContain('Stopping the credentials of 21 people at once');
    await confirm('stf_one', false);
    expect(approvals).toEqual([]);
    expect((await confirm('stf_one')).statusCode).toBe(303);
    const once = (await open('stf_one')).body;
    expect(once).toContain('Your approval was noted');
    expect(once).toContain('One person has approved it. A second has to.');

    expect((await confirm('stf_two')).statusCode).toBe(303);
    const { body } = await open('stf_two');
    expect(body).toContain('Two people approved it. The credentials are being stopped');
    expect(body).not.toContain('21 people');
    expect(approvals).toEqual(['stf_one', 'stf_two']);
  });

  it('are not stopped by one person twice, who is told so beside the form', async () => {
    await confirm('stf_one');
    const { statusCode, body } = await confirm('stf_one');
    expect([statusCode, approvals]).toEqual([400, ['stf_one']]);
    expect(body).toMatch(/<a href="#hold">[^<]+<\/a>/);
    expect(body).toContain(' id="hold"');
    expect(body).toContain('Stopping the credentials of 21 people at once');
  });

  it('are not stopped by a form of somebody else’s session', async () => {
    const { statusCode } = await send('stf_one', { form: 'another' });
    expect([statusCode, approvals]).toEqual([400, []]);
  });
});
