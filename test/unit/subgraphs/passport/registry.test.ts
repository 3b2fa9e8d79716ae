import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import type { CredentialType } from '../../../../subgraphs/passport/domain/credential.ts';
import {
  mayApprove,
  registryBasis,
  type RegisteredOrganisation,
  registryLines,
  type RegistryWanted,
} from '../../../../subgraphs/passport/domain/registry.ts';
import { startTestEngine } from '../../../servers/embedded.ts';
import {
  type Bench,
  callers,
  issueTo,
  newKey,
  newSettings,
  nurse,
  operations,
  startPassport,
} from './passport-bench.ts';

const KEEPER = 'X26';
const accreditation = (type: CredentialType) => ({
  odsCode: 'RZ1',
  type,
  anchor: 'anchor',
  from: new Date(0),
  grantedAt: new Date(0),
  grantedBy: 'test',
});
const now: RegisteredOrganisation = {
  odsCode: 'RZ1',
  issuing: [accreditation('IDENTITY'), accreditation('OCCUPATIONAL_HEALTH')],
  mayCheck: true,
  contact: { team: 'Workforce systems', mail: 'workforce@rz1.example' },
};
const same: RegistryWanted = {
  odsCode: 'RZ1',
  mayIssue: ['OCCUPATIONAL_HEALTH', 'IDENTITY'],
  mayCheck: true,
  contact: { team: 'Workforce systems', mail: 'workforce@rz1.example' },
};

describe('a change of the register', () => {
  it('is what is wanted against what there is', () => {
    expect(registryLines(now, same)).toEqual([]);
    expect(
      registryLines(now, {
        ...same,
        mayIssue: ['IDENTITY', 'DBS_OUTCOME'],
        mayCheck: false,
        contact: { team: 'People team', mail: 'workforce@rz1.example', phone: '01632 960001' },
      }),
    ).toEqual([
      { what: 'MAY_ISSUE', credentialType: 'DBS_OUTCOME', before: 'NO', after: 'YES' },
      { what: 'MAY_ISSUE', credentialType: 'OCCUPATIONAL_HEALTH', before: 'YES', after: 'NO' },
      { what: 'MAY_CHECK', before: 'YES', after: 'NO' },
      { what: 'CONTACT_TEAM', before: 'Workforce systems', after: 'People team' },
      { what: 'CONTACT_PHONE', after: '01632 960001' },
    ]);
    expect(registryBasis({ ...now, mayCheck: false })).not.toBe(registryBasis(now));
    expect(registryBasis({ ...now, issuing: now.issuing.toReversed() })).toBe(registryBasis(now));
  });

  const gives = registryLines({ ...now, mayCheck: false }, same);
  const takes = registryLines(now, { ...same, mayCheck: false });
  it.each([
    ['what takes away, by a colleague', takes, 'b', 'RZ1', true],
    ['what takes away, by the keeper', takes, 'b', KEEPER, true],
    ['what takes away, by whoever asked', takes, 'a', 'RZ1', false],
    ['what takes away, by the keeper’s own who asked', takes, 'a', KEEPER, false],
    ['what takes away, by another organisation', takes, 'b', 'RZ2', false],
    ['what gives, by a colleague', gives, 'b', 'RZ1', false],
    ['what gives, by the keeper', gives, 'b', KEEPER, true],
  ])('is approved: %s', (_what, lines, subject, odsCode, expected) => {
    const change = { state: 'WAITING', odsCode: 'RZ1', lines, proposedBy: 'a' } as const;
    expect(mayApprove(change, { subject, odsCode }, KEEPER)).toBe(expected);
    expect(mayApprove({ ...change, state: 'APPLIED' }, { subject, odsCode }, KEEPER)).toBe(false);
  });
});

describe('in the graph', () => {
  let engine: EmbeddedEngine;
  let bench: Bench;
  beforeAll(async () => {
    engine = await startTestEngine();
    bench = await startPassport({
      database: openEmbedded(engine),
      settings: newSettings(),
      people: new Map([['stf_amara', nurse('stf_amara')]]),
      now: () => time,
    });
    await issueTo(bench, { staffId: 'stf_amara', odsCode: 'RZ1', type: 'IDENTITY' });
  });
  afterAll(async () => {
    await bench.stop();
    await engine.close();
  });
  let time = new Date('2026-11-22T10:00:00Z');

  const person = (odsCode: string, subject = `stf_issuing-${odsCode}`) => ({
    ...callers.administrator(odsCode),
    subject,
    scopes: new Set(['issuer:manage']),
  });
  const ask = async <Data>(caller: ReturnType<typeof person>, query: string, variables = {}) => {
    const { data, errors } = await bench.ask(caller, query, variables);
    if (data == null) throw new Error(JSON.stringify(errors));
    return Object.values(data)[0] as Data;
  };
  interface Outcome {
    readonly change: { readonly id: string; readonly state: string } | null;
    readonly errors: readonly { code: string; path: string[]; rule: string | null }[];
  }
  const propose = (caller: ReturnType<typeof person>, wanted: object, key = newKey()) =>
    ask<Outcome>(
      caller,
      `mutation ($input: RegistryChangeProposeInput!) { registryChangePropose(input: $input) {
        change { id state } errors { code path rule } } }`,
      { input: { idempotencyKey: key, wanted, reason: 'We need it' } },
    );
  const decide = (
    verb: 'Approve' | 'TurnDown',
    caller: ReturnType<typeof person>,
    changeId: string | undefined,
    key = newKey(),
  ) =>
    ask<Outcome>(
      caller,
      `mutation ($input: RegistryChangeDecisionInput!) { registryChange${verb}(input: $input) {
        change { id state } errors { code path rule } } }`,
      { input: { idempotencyKey: key, changeId } },
    );
  const entry = (odsCode: string) =>
    ask<{ mayIssue: { type: string }[]; mayCheck: boolean; contact: object | null }>(
      person('RZ2'),
      `query ($odsCode: ID!) { registeredOrganisation(odsCode: $odsCode) {
        mayIssue { type } mayCheck contact { team mail phone } certificateEndsAt } }`,
      { odsCode },
    );
  const wantedOf = async (odsCode: string, changes: object = {}) => {
    const { mayIssue, mayCheck } = await entry(odsCode);
    return { odsCode, mayIssue: mayIssue.map(({ type }) => type), mayCheck, ...changes };
  };

  const waiting = async (by: ReturnType<typeof person>) => {
    const { edges } = await ask<{ edges: { node: { id: string } }[] }>(
      by,
      `{ registryChanges(state: WAITING, first: 50) { edges { node { id } } } }`,
      {},
    );
    return edges.map(({ node }) => node.id);
  };

  it('takes two people, and says before whom it touches', async () => {
    const types = (await wantedOf('RZ1')).mayIssue;
    const wanted = await wantedOf('RZ1', {
      mayIssue: types.filter((type) => type !== 'IDENTITY'),
      contact: { team: 'Workforce systems', mail: 'workforce@rz1.example' },
    });
    expect(
      await ask(
        person('RZ1'),
        `query ($wanted: RegistryWantedInput!) { registryDryRun(wanted: $wanted) {
          lines { what credentialType before after } needsKeeper errors { code }
          effect { credentialsInForce offersOpen requestsOpen } } }`,
        { wanted },
      ),
    ).toEqual({
      lines: [
        { what: 'MAY_ISSUE', credentialType: 'IDENTITY', before: 'YES', after: 'NO' },
        { what: 'CONTACT_TEAM', credentialType: null, before: null, after: 'Workforce systems' },
        {
          what: 'CONTACT_MAIL',
          credentialType: null,
          before: null,
          after: 'workforce@rz1.example',
        },
      ],
      needsKeeper: false,
      errors: [],
      effect: { credentialsInForce: 1, offersOpen: 0, requestsOpen: 0 },
    });

    const key = newKey();
    const { change } = await propose(person('RZ1'), wanted, key);
    expect(change?.state).toBe('WAITING');
    expect((await propose(person('RZ1'), wanted, key)).change?.id).toBe(change?.id);
    expect((await propose(person('RZ1'), wanted)).errors).toMatchObject([
      { rule: 'one_waits_already' },
    ]);
    expect((await entry('RZ1')).mayIssue).toHaveLength(types.length);
    expect(await waiting(person('RZ1', 'stf_colleague'))).toEqual([change?.id]);
    expect(await waiting(person('RZ2'))).toEqual([]);
    expect((await decide('Approve', person('RZ1'), change?.id)).errors).toMatchObject([
      { rule: 'second_person_required' },
    ]);
    expect((await decide('Approve', person('RZ2'), change?.id)).errors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    const colleague = person('RZ1', 'stf_colleague');
    const approving = newKey();
    const approved = await decide('Approve', colleague, change?.id, approving);
    expect(approved.change?.state).toBe('APPLIED');
    expect(await waiting(person('RZ1'))).toEqual([]);
    expect(await decide('Approve', colleague, change?.id, approving)).toEqual(approved);
    expect(await entry('RZ1')).toMatchObject({
      mayIssue: types.filter((type) => type !== 'IDENTITY').map((type) => ({ type })),
      mayCheck: true,
      contact: { team: 'Workforce systems', mail: 'workforce@rz1.example', phone: null },
      certificateEndsAt: expect.stringMatching(/^2031-/),
    });

    // Whoever sees that somebody there looked at their record sees whom to ask.
    await bench.record(callers.hr('RZ2'), { people: ['stf_amara'], fields: ['name'] });
    const log = await bench.ask(
      callers.staff('stf_amara'),
      `query ($id: ID!) { _entities(representations: [{ __typename: "StaffMember", id: $id }]) {
        ... on StaffMember { accessLog(first: 20) { edges { node {
          actorOrganisation { odsCode } actorContact { team mail phone } } } } } } }`,
      { id: 'stf_amara' },
    );
    const contact = { team: 'Workforce systems', mail: 'workforce@rz1.example', phone: null };
    expect(log.data?._entities[0].accessLog?.edges.map(({ node }) => node)).toEqual([
      { actorOrganisation: { odsCode: 'RZ2' }, actorContact: null },
      { actorOrganisation: { odsCode: 'RZ1' }, actorContact: contact },
    ]);

    // What gives something needs the keeper.
    const back = await propose(person('RZ1'), await wantedOf('RZ1', { mayIssue: types }));
    expect((await decide('Approve', colleague, back.change?.id)).errors).toMatchObject([
      { rule: 'keeper_required' },
    ]);
    expect((await decide('Approve', person(KEEPER), back.change?.id)).change?.state).toBe(
      'APPLIED',
    );
    expect((await entry('RZ1')).mayIssue).toHaveLength(types.length);
  });

  it('is refused when the register says something else by now, and can be turned down', async () => {
    const keeper = person(KEEPER);
    const { change } = await propose(keeper, await wantedOf('RZ2', { mayCheck: false }));
    await bench.composed.administration.withdrawAccreditation({
      odsCode: 'RZ2',
      types: ['IDENTITY'],
      reason: 'test',
      by: 'test',
    });
    expect((await decide('Approve', person('RZ2'), change?.id)).errors).toMatchObject([
      { code: 'RESOURCE_VERSION_MISMATCH' },
    ]);
    expect((await decide('TurnDown', keeper, change?.id)).change?.state).toBe('TURNED_DOWN');
    expect((await decide('Approve', person('RZ2'), change?.id)).errors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  it('stops an organisation that may not check from asking anybody', async () => {
    const request = async () =>
      (
        await bench.ask(callers.hr('RZ2'), operations.request, {
          input: { idempotencyKey: newKey(), template: 'BANK_SHIFT' },
        })
      ).data?.presentationRequest.errors.map(({ code }) => code);
    expect(await request()).toEqual([]);
    const { change } = await propose(person('RZ2'), await wantedOf('RZ2', { mayCheck: false }));
    await decide('Approve', person('RZ2', 'stf_colleague'), change?.id);
    expect(await request()).toEqual(['NOT_ACCREDITED']);
  });

  it.each([
    ['another organisation’s', { odsCode: 'RZ1' }, 'other_organisation'],
    ['what only NHS England issues', { mayIssue: ['TRAINING_PROGRAMME'] }, 'issuer_kind_wrong'],
    ['an end in the past', { issuesUntil: '2026-11-01' }, 'in_the_past'],
    ['an address that is none', { contact: { team: 'A team', mail: 'nobody' } }, 'invalid_format'],
  ])('cannot be asked for: %s', async (_what, change, rule) => {
    const { errors } = await propose(person('RZ3'), {
      odsCode: 'RZ3',
      mayIssue: [],
      mayCheck: true,
      ...change,
    });
    expect(errors.map((one) => one.rule)).toEqual([rule]);
  });

  it('cannot be asked for when nothing would change', async () => {
    const wanted = { odsCode: 'RZ3', mayIssue: [], mayCheck: true };
    expect((await propose(person('RZ3'), wanted)).errors).toMatchObject([{ code: 'UNCHANGED' }]);
  });

  it('is listed in pages, in order of code', async () => {
    const page = (after?: string) =>
      ask<{
        edges: { node: { organisation: { odsCode: string } } }[];
        pageInfo: { endCursor: string };
      }>(
        person('RZ1'),
        `query ($after: String) { registeredOrganisations(first: 2, after: $after) {
          edges { node { organisation { odsCode } } } pageInfo { endCursor hasNextPage } } }`,
        { after },
      );
    const first = await page();
    const next = await page(first.pageInfo.endCursor);
    const codes = [...first.edges, ...next.edges].map(({ node }) => node.organisation.odsCode);
    expect(codes).toEqual(['RZ1', 'RZ2', 'X26']);
  });

  describe('a key', () => {
    interface Key {
      readonly id: string;
      readonly use: string;
      readonly state: string;
      readonly inForce: number;
      readonly certificateEndsAt: string;
    }
    const keys = async (use = 'CREDENTIAL') =>
      (
        await ask<Key[]>(
          person('RZ1'),
          `{ issuerKeys { id use state keeper inForce endsAt certificateEndsAt } }`,
        )
      ).filter((key) => key.use === use);
    const rotate = (use: string, key = newKey(), caller = person('RZ1')) =>
      ask<{ key: Key | null; errors: { code: string }[] }>(
        caller,
        `mutation ($input: IssuerKeyRotateInput!) { issuerKeyRotate(input: $input) {
          key { id state } errors { code } } }`,
        { input: { idempotencyKey: key, use } },
      );
    const turnOff = (keyId: string | undefined, inForce: number, caller = person('RZ1')) =>
      ask<{ key: Key | null; errors: { code: string; rule: string | null }[] }>(
        caller,
        `mutation ($input: IssuerKeyTurnOffInput!) { issuerKeyTurnOff(input: $input) {
          key { id state turnedOffAt } errors { code rule } } }`,
        { input: { idempotencyKey: newKey(), keyId, inForce } },
      );

    it('is rotated by time, and turned off only by whoever has read what depends on it', async () => {
      const [old] = await keys();
      expect(old).toMatchObject({ state: 'ACTIVE', keeper: 'DATABASE', inForce: 1, endsAt: null });
      expect(old?.certificateEndsAt).toMatch(/^2031-/);
      const key = newKey();
      time = new Date(time.getTime() + 1_000);
      const made = await rotate('CREDENTIAL', key);
      expect(made.key?.state).toBe('WAITING');
      time = new Date(time.getTime() + 11 * 60_000);
      expect((await rotate('CREDENTIAL', key)).key?.id).toBe(made.key?.id);
      expect((await rotate('STATUS_LIST', key)).errors).toEqual([
        { code: 'IDEMPOTENCY_KEY_REUSED' },
      ]);
      expect((await keys()).map(({ state }) => state)).toEqual(['ACTIVE', 'CHECKING_ONLY']);

      expect((await turnOff(old?.id, 0)).errors).toMatchObject([{ rule: 'more_depend_on_it' }]);
      expect((await turnOff(old?.id, 1, person('RZ2'))).errors).toMatchObject([
        { code: 'NOT_FOUND' },
      ]);
      const off = await turnOff(old?.id, 1);
      expect(off.key).toMatchObject({ state: 'OFF', turnedOffAt: time.toISOString() });
      expect((await turnOff(old?.id, 1)).key).toEqual(off.key);
      expect((await keys()).map(({ state }) => state)).toEqual(['ACTIVE', 'OFF']);
    });

    it('is not made for what nobody has signed yet', async () => {
      expect((await rotate('CREDENTIAL', newKey(), person('RZ7'))).errors).toEqual([
        { code: 'NOT_FOUND' },
      ]);
    });

    it('is no system’s to look after', async () => {
      const system = { ...person('RZ1'), kind: 'machine' as const };
      const { errors } = await bench.ask(system, '{ issuerKeys { id } }');
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    });
  });

  it('tells how publishing and pushing do', async () => {
    const health = await ask<{ statusLists: object[]; backlogs: object[] }>(
      person('RZ1'),
      '{ issuerHealth { statusLists { id version heldBack signedAt expiresAt } backlogs { waiting } } }',
    );
    expect(health.backlogs).toEqual([]);
    expect(health.statusLists[0]).toMatchObject({ heldBack: false });
  });
});
