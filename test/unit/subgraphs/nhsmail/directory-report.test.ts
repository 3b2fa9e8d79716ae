/** Who sees a directory report and who is told of events: the row rules, beside the scopes that the gateway holds. */
import { describe, expect, it } from '@jest/globals';

import { directoryEvents } from '../../../../subgraphs/nhsmail/resolvers/directory-events.ts';
import {
  DirectoryFinding,
  DirectoryReport,
  Organisation,
} from '../../../../subgraphs/nhsmail/resolvers/directory-report.ts';

const at = new Date('2026-11-26T09:00:00Z');
const finding = {
  id: 7,
  kind: 'LEAVER_STILL_ACTIVE',
  odsCode: 'RZ1',
  accountId: 'a1',
  staffId: 's1',
};
const hr = {
  kind: 'person',
  scopes: new Set(['hr:read']),
  odsCode: 'RZ1',
  purpose: 'HR_ADMINISTRATION',
};
const service = { kind: 'machine', scopes: new Set(['event:read']) };

/** Calls a resolver as the server does, and notes whose records went out and what was asked of the store. */
async function ask(resolver: unknown, parent: object, args: object, caller: object) {
  const disclosed: string[] = [];
  const asked: unknown[] = [];
  const context = {
    caller,
    now: at,
    disclose: (id: string) => disclosed.push(id),
    lifecycle: {
      standings: () => Promise.resolve([]),
      findings: (page: unknown) => {
        asked.push(page);
        return Promise.resolve([finding, { ...finding, id: 8 }]);
      },
      events: (page: unknown) => {
        asked.push(page);
        return Promise.resolve([{ ...finding, type: 'FINDING_OPENED', deceased: false, at }]);
      },
    },
    loaders: {
      account: {
        loadMany: (ids: string[]) =>
          Promise.resolve(ids.map((id) => ({ id, odsCode: id === 'a1' ? 'RZ1' : 'RZ2' }))),
      },
    },
  };
  const call = resolver as (...args: unknown[]) => Promise<unknown>;
  return { answer: await call(parent, args, context), disclosed, asked };
}
const report = (caller: object) =>
  ask(Organisation.directoryReport, { odsCode: 'RZ1' }, {}, caller);
const events = (caller: object, args: object = { first: 100 }) =>
  ask(directoryEvents, {}, args, caller);

describe('a report', () => {
  it('is for the people of the trust alone, and looks like none to everybody else', async () => {
    expect((await report(hr)).answer).toMatchObject({ odsCode: 'RZ1', findings: [] });
    expect((await report({ ...hr, odsCode: 'RZ2' })).answer).toBeNull();
    expect((await report({ ...hr, scopes: new Set(['self:read']) })).answer).toBeNull();
    expect((await report({ ...service, scopes: new Set(['record:read']) })).answer).toBeNull();
    await expect(report({ ...hr, purpose: undefined })).rejects.toMatchObject({
      extensions: { code: 'PURPOSE_REQUIRED' },
    });
  });

  it('goes into the access log of each person on the page, and no other', async () => {
    const { answer, disclosed } = await ask(
      DirectoryReport.findings,
      { odsCode: 'RZ1' },
      { first: 1 },
      hr,
    );
    expect(disclosed).toEqual(['s1']);
    expect(answer).toMatchObject({ edges: [{ node: { id: 7 } }], pageInfo: { hasNextPage: true } });
  });

  it('shows no account of another organisation', async () => {
    const shown = async (accountId: string) =>
      (await ask(DirectoryFinding.account, { ...finding, accountId }, {}, hr)).answer;
    expect(await shown('a1')).toMatchObject({ id: 'a1' });
    expect(await shown('a2')).toBeNull();
  });

  it.each([{ first: 0 }, { first: 101 }, { first: 1, after: 'x' }])('refuses %p', async (args) => {
    await expect(ask(DirectoryReport.findings, { odsCode: 'RZ1' }, args, hr)).rejects.toMatchObject(
      { extensions: { code: 'INVALID_VALUE' } },
    );
  });
});

describe('events', () => {
  it('are all told to our own services, and to an organisation its own', async () => {
    const all = await events(service);
    expect(all.asked).toEqual([{ odsCode: undefined, after: 0, limit: 100 }]);
    expect(all.disclosed).toEqual([]);
    const own = await events({ ...hr, kind: 'machine' });
    expect(own.asked).toEqual([{ odsCode: 'RZ1', after: 0, limit: 100 }]);
    expect(own.disclosed).toEqual(['s1']);
    const { position } = own.answer as { readonly position: string };
    expect((await events(hr, { first: 1, after: position })).asked).toEqual([
      { odsCode: 'RZ1', after: 7, limit: 1 },
    ]);
  });

  it.each<[object, string]>([
    [{ kind: 'person', scopes: new Set(['event:read']) }, 'FORBIDDEN'],
    [{ kind: 'machine', scopes: new Set(['record:read']) }, 'FORBIDDEN'],
    [{ ...hr, odsCode: undefined }, 'FORBIDDEN'],
    [{ ...hr, purpose: undefined }, 'PURPOSE_REQUIRED'],
  ])('are not for %p', async (caller, code) => {
    await expect(events(caller)).rejects.toMatchObject({ extensions: { code } });
  });
});
