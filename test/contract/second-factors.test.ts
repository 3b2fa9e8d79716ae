/** One-time codes, setup codes and the last authenticator, on PGlite and on a real PostgreSQL server. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';

import {
  type CodeParts,
  confirmCodeApp,
  newCodeApp,
  spendOneTimeCode,
} from '../../identity/domain/one-time-codes.ts';
import { issueSetupCode, spendSetupCode } from '../../identity/domain/setup-codes.ts';
import { postgresAccounts } from '../../identity/postgres/accounts.ts';
import {
  postgresAuthenticatorRemovals,
  postgresCodeApps,
  postgresSetupCodes,
} from '../../identity/postgres/authenticators.ts';
import { postgresPasskeys } from '../../identity/postgres/passkeys.ts';
import { postgresSessions } from '../../identity/postgres/sessions.ts';
import type { IdentityTables } from '../../identity/postgres/tables.ts';
import { migrate } from '../../runtime/migrate.ts';
import { describeWithServers } from '../servers/available.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

const ROUNDS = 5;
const twenty = <Value>(act: (n: number) => Promise<Value>): Promise<readonly Value[]> =>
  Promise.all(Array.from({ length: 20 }, (_each, n) => act(n)));

describe('on PGlite', () => {
  contract(embeddedDatabase);
});

describeWithServers('postgres')('on PostgreSQL', () => {
  contract(serverDatabase);
});

function contract(open: () => Promise<Opened>): void {
  let opened: Opened;
  let now = new Date('2026-11-22T12:00:00Z');
  const clock = () => now;
  const database = () => opened.database.schema<IdentityTables>('identity');
  let codes: CodeParts;
  let people = 0;
  let person = { staffId: '', mail: '', name: 'A B' };

  beforeAll(async () => {
    opened = await open();
    const folder = new URL('../../identity/postgres/migrations', import.meta.url);
    await migrate(opened.database, 'identity', folder);
    codes = { codeApps: postgresCodeApps(database(), clock), key: Buffer.alloc(32, 3), now: clock };
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    const staffId = `stf_${String((people += 1))}`;
    person = { staffId, mail: `${staffId}@nhs.example`, name: 'A B' };
    await postgresAccounts(database(), clock).put(person);
  });

  /** Sets up an app; gives its codes, some steps from now. */
  const app = async () => {
    const { secret, sealedSecret } = newCodeApp(person, codes);
    const codeAt = (steps: number): string =>
      TOTP.generate({
        secret: Secret.fromBase32(secret),
        timestamp: now.getTime() + steps * 30_000,
      });
    const { staffId } = person;
    expect(await confirmCodeApp({ staffId, sealedSecret, code: codeAt(0) }, codes)).toBe(true);
    return {
      sealedSecret,
      codeAt,
      spend: (code: string) => spendOneTimeCode({ staffId, code }, codes),
    };
  };
  const aPasskey = (n: number) => ({
    credentialId: `${person.staffId}-${String(n)}`,
    staffId: person.staffId,
    name: 'A phone',
    publicKey: 'AAAA',
    counter: 0,
    transports: [],
    backedUp: false,
    createdAt: now,
  });

  it('a one-time code is taken once when 20 try at the same time', async () => {
    const { codeAt, spend } = await app();
    for (let round = 0; round < ROUNDS; round += 1) {
      now = new Date(now.getTime() + 30_000);
      const won = await twenty(() => spend(codeAt(0)));
      expect(won.filter(Boolean)).toHaveLength(1);
    }
  });

  it.each([
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ])('a code of %i steps away is taken: %p', async (steps, taken) => {
    const { codeAt, spend } = await app();
    now = new Date(now.getTime() + 120_000);
    expect(await spend(codeAt(steps))).toBe(taken);
  });

  it('an earlier code is of no use after a later one', async () => {
    const { codeAt, spend } = await app();
    now = new Date(now.getTime() + 120_000);
    expect(await spend(codeAt(1))).toBe(true);
    expect(await spend(codeAt(0))).toBe(false);
  });

  it('a secret is sealed, and opens for its person alone', async () => {
    const { sealedSecret } = await app();
    const { sealed_secret: kept } = await database()
      .selectFrom('code_app')
      .select('sealed_secret')
      .where('staff_id', '=', person.staffId)
      .executeTakeFirstOrThrow();
    expect(kept).toBe(sealedSecret);
    await expect(
      confirmCodeApp({ staffId: 'stf_other', sealedSecret, code: '123456' }, codes),
    ).rejects.toThrow();
  });

  it('a setup code is used once when 20 try at the same time, and by nobody else', async () => {
    const setupCodes = postgresSetupCodes(database(), clock);
    for (let round = 0; round < ROUNDS; round += 1) {
      const about = { mail: person.mail, createdBy: 'test' };
      const code = await issueSetupCode(about, { setupCodes, now: clock });
      const other = { staffId: 'stf_other', mail: 'other@nhs.example' };
      expect(await spendSetupCode(code, other, setupCodes)).toBe('refused');
      const spent = await twenty(() => spendSetupCode(code, person, setupCodes));
      expect(spent.filter((outcome) => outcome === 'spent')).toHaveLength(1);
    }
  });

  it('a setup code ends after a day, and is kept as a hash', async () => {
    const setupCodes = postgresSetupCodes(database(), clock);
    const about = { mail: person.mail, createdBy: 'test' };
    const code = await issueSetupCode(about, { setupCodes, now: clock });
    const rows = await database().selectFrom('setup_code').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''));
    now = new Date(now.getTime() + 86_400_000);
    expect(await spendSetupCode(code, person, setupCodes)).toBe('refused');
  });

  it('the last authenticator stays when 20 remove at the same time', async () => {
    const passkeys = postgresPasskeys(database(), clock);
    const removals = postgresAuthenticatorRemovals(database());
    await app();
    for (let n = 0; n < 5; n += 1) await passkeys.add(aPasskey(n));
    const outcomes = await twenty((n) =>
      n < 5
        ? removals.removePasskey(person.staffId, `${person.staffId}-${String(n)}`)
        : removals.removeCodeApp(person.staffId),
    );
    expect(outcomes.filter((outcome) => outcome === 'removed')).toHaveLength(5);
  });

  it('a session that was ended is ended for whoever asks next', async () => {
    const sessions = postgresSessions(database(), clock, 900);
    const session = {
      sessionId: `s-${person.staffId}`,
      staffId: person.staffId,
      browser: 'Chrome',
    };
    await sessions.note(session);
    expect(await sessions.isEnded(session.sessionId)).toBe(false);
    await sessions.noteEnd(session.sessionId, person.staffId);
    await sessions.note(session);
    expect(await sessions.isEnded(session.sessionId)).toBe(true);
  });
}
