/** Passkeys with their challenges, on PGlite and on a real PostgreSQL server. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import type { PasskeyParts } from '../../identity/domain/passkeys.ts';
import {
  assertionOptions,
  registrationOptions,
  verifyAssertion,
  verifyRegistration,
} from '../../identity/domain/passkeys.ts';
import { postgresAccounts } from '../../identity/postgres/accounts.ts';
import { postgresModels } from '../../identity/postgres/model-store.ts';
import { postgresPasskeys } from '../../identity/postgres/passkeys.ts';
import type { IdentityTables } from '../../identity/postgres/tables.ts';
import { migrate } from '../../runtime/migrate.ts';
import { describeWithServers } from '../servers/available.ts';
import { type Deviation, softwarePasskey } from '../unit/identity/software-passkey.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

const ISSUER = 'https://id.example';

describe('on PGlite', () => {
  contract(embeddedDatabase);
});

describeWithServers('postgres')('on PostgreSQL', () => {
  contract(serverDatabase);
});

function contract(open: () => Promise<Opened>): void {
  let opened: Opened;
  let parts: PasskeyParts;
  let now = new Date('2026-11-22T12:00:00Z');
  let staffId = 'stf_0';
  let people = 0;

  beforeAll(async () => {
    opened = await open();
    const folder = new URL('../../identity/postgres/migrations', import.meta.url);
    await migrate(opened.database, 'identity', folder);
    const db = opened.database.schema<IdentityTables>('identity');
    const clock = () => now;
    parts = {
      passkeys: postgresPasskeys(db, clock),
      models: postgresModels(db, clock),
      issuer: ISSUER,
      now: clock,
    };
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    staffId = `stf_${String((people += 1))}`;
    const db = opened.database.schema<IdentityTables>('identity');
    await postgresAccounts(db, () => now).put({
      staffId,
      mail: `${staffId}@nhs.example`,
      name: 'A B',
    });
  });

  const person = () => ({ staffId, mail: `${staffId}@nhs.example`, name: 'A B' });
  const register = async (deviation: Deviation = {}, device = softwarePasskey(ISSUER)) => {
    const options = await registrationOptions(person(), { binding: 'b-1' }, parts);
    const answer = device.register(options, deviation);
    const outcome = await verifyRegistration(
      answer,
      { staffId, name: 'Ward phone', binding: 'b-1' },
      parts,
    );
    return { device, options, answer, outcome };
  };
  const signIn = { kind: 'sign-in', binding: 'b-2' } as const;

  it('are made once, and used as often as there are questions', async () => {
    const { device, outcome, answer, options } = await register();
    expect(outcome).toMatchObject({ kind: 'registered', passkey: { staffId, name: 'Ward phone' } });
    expect(options).toMatchObject({
      rp: { id: 'id.example' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    expect(
      await verifyRegistration(answer, { staffId, name: 'again', binding: 'b-1' }, parts),
    ).toEqual({ kind: 'refused' });
    for (let use = 0; use < 2; use += 1) {
      const question = await assertionOptions({ purpose: signIn }, parts);
      const used = await verifyAssertion(device.assert(question), { purpose: signIn }, parts);
      expect(used).toMatchObject({ kind: 'verified', passkey: { staffId, counter: use + 1 } });
    }
    expect(await parts.passkeys.list(staffId)).toMatchObject([{ counter: 2, lastUsedAt: now }]);
  });

  it('may never count', async () => {
    const { device } = await register({}, softwarePasskey(ISSUER, { counts: false }));
    for (let use = 0; use < 2; use += 1) {
      const question = await assertionOptions({ purpose: signIn, staffId }, parts);
      expect(
        await verifyAssertion(device.assert(question), { purpose: signIn, staffId }, parts),
      ).toMatchObject({ kind: 'verified' });
    }
  });

  it.each<[string, Deviation]>([
    ['another site', { origin: 'https://id.example.elsewhere.example' }],
    ['plain http', { origin: 'http://id.example' }],
    ['another relying party', { rpId: 'elsewhere.example' }],
    ['a challenge of nobody', { challenge: 'AAAA' }],
    ['the other ceremony', { type: 'webauthn.get' }],
    ['a person who was not verified', { flags: 0x01 }],
    ['nobody present', { flags: 0x04 }],
    ['an attestation with certificates', { format: 'apple' }],
  ])('are not made for %s', async (_what, deviation) => {
    const { outcome } = await register(deviation);
    expect(outcome).toEqual({ kind: 'refused' });
    expect(await parts.passkeys.list(staffId)).toEqual([]);
  });

  it.each<[string, Deviation]>([
    ['another site', { origin: 'https://elsewhere.example' }],
    ['another relying party', { rpId: 'elsewhere.example' }],
    ['a challenge of nobody', { challenge: 'AAAA' }],
    ['the other ceremony', { type: 'webauthn.create' }],
    ['a person who was not verified', { flags: 0x01 }],
    ['a counter that went back', { counter: 0 }],
    ['another person', { userHandle: 'AAAA' }],
    ['a key nobody has', { id: 'AAAA' }],
  ])('are not accepted for %s', async (_what, deviation) => {
    const { device } = await register({ counter: 4 });
    const question = await assertionOptions({ purpose: signIn }, parts);
    const answer = device.assert(question, deviation);
    expect(await verifyAssertion(answer, { purpose: signIn }, parts)).toEqual({ kind: 'refused' });
  });

  it.each([
    [{ kind: 'transaction', binding: 'b-2' } as const],
    [{ kind: 'sign-in', binding: 'b-3' } as const],
  ])('are no answer to %p', async (purpose) => {
    const { device } = await register();
    const answer = device.assert(await assertionOptions({ purpose: signIn }, parts));
    expect(await verifyAssertion(answer, { purpose }, parts)).toEqual({ kind: 'refused' });
    expect(await verifyAssertion(answer, { purpose: signIn }, parts)).toMatchObject({
      kind: 'verified',
    });
  });

  it('are no answer for somebody else, or after five minutes', async () => {
    const { device } = await register();
    const first = device.assert(await assertionOptions({ purpose: signIn }, parts));
    expect(await verifyAssertion(first, { purpose: signIn, staffId: 'stf_x' }, parts)).toEqual({
      kind: 'refused',
    });
    const late = device.assert(await assertionOptions({ purpose: signIn }, parts));
    now = new Date(now.getTime() + 300_000);
    expect(await verifyAssertion(late, { purpose: signIn }, parts)).toEqual({ kind: 'refused' });
  });

  it.each([undefined, null, 'x', {}, { id: 'AAAA' }, { response: {} }])(
    'are not read from %p',
    async (answer) => {
      expect(await verifyAssertion(answer, { purpose: signIn }, parts)).toEqual({
        kind: 'refused',
      });
      expect(
        await verifyRegistration(answer, { staffId, name: 'x', binding: 'b-1' }, parts),
      ).toEqual({ kind: 'refused' });
    },
  );

  it('are used once when 20 try at the same time', async () => {
    const { device } = await register({}, softwarePasskey(ISSUER, { counts: false }));
    for (let round = 0; round < 3; round += 1) {
      const answer = device.assert(await assertionOptions({ purpose: signIn }, parts));
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => verifyAssertion(answer, { purpose: signIn }, parts)),
      );
      expect(outcomes.filter(({ kind }) => kind === 'verified')).toHaveLength(1);
    }
  });
}
