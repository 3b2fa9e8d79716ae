/** Single use, on PGlite and on a real PostgreSQL server. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { ModelStore } from '../../identity/domain/ports.ts';
import { postgresDeferred } from '../../identity/postgres/deferred-credentials.ts';
import { postgresGovukOffers } from '../../identity/postgres/govuk-offers.ts';
import { postgresModels } from '../../identity/postgres/model-store.ts';
import { postgresNotifications } from '../../identity/postgres/notifications.ts';
import { postgresOfferNotices } from '../../identity/postgres/offer-notices.ts';
import { postgresOfferTries } from '../../identity/postgres/offer-tries.ts';
import { postgresOffers } from '../../identity/postgres/offers.ts';
import type { IdentityTables } from '../../identity/postgres/tables.ts';
import { migrate } from '../../runtime/migrate.ts';
import { describeWithServers } from '../servers/available.ts';
import { testKey } from '../unit/standards/keys.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

describe('on PGlite', () => {
  contract(embeddedDatabase);
});

describeWithServers('postgres')('on PostgreSQL', () => {
  contract(serverDatabase);
});

function contract(open: () => Promise<Opened>): void {
  let opened: Opened;
  let models: ModelStore;
  let now = new Date('2026-11-22T12:00:00Z');
  const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
  let ids = 0;
  const newId = (): string => `id-${String((ids += 1))}`;

  beforeAll(async () => {
    opened = await open();
    const folder = new URL('../../identity/postgres/migrations', import.meta.url);
    await migrate(opened.database, 'identity', folder);
    models = postgresModels(opened.database.schema<IdentityTables>('identity'), () => now);
  });
  afterAll(() => opened.close());

  it('gives back what was kept, by id and by second name', async () => {
    const id = newId();
    const payload = { jti: id, exp: 1, accountId: 'stf_1' };
    await models.put({ model: 'Session', id, payload, uid: `u-${id}`, expiresAt: at(60) });
    const found = { payload: { exp: 1, accountId: 'stf_1' }, expiresAt: at(60) };
    expect(await models.find('Session', id)).toEqual(found);
    expect(await models.findByUid('Session', `u-${id}`)).toEqual(found);
    expect(await models.find('AccessToken', id)).toBeUndefined();
  });

  it('keeps the later of two', async () => {
    const id = newId();
    await models.put({ model: 'Grant', id, payload: { n: 1 } });
    await models.put({ model: 'Grant', id, payload: { n: 2 } });
    expect(await models.find('Grant', id)).toEqual({ payload: { n: 2 } });
  });

  it('never stores a code or token itself', async () => {
    const id = 'a-code-that-nobody-may-read';
    await models.put({ model: 'AuthorizationCode', id, payload: { jti: id } });
    const rows = await opened.database
      .schema<IdentityTables>('identity')
      .selectFrom('oidc_model')
      .selectAll()
      .execute();
    expect(JSON.stringify(rows)).not.toContain(id);
  });

  it.each([1, 2, 3, 4, 5])('lets one of 20 use a code (round %i)', async () => {
    const id = newId();
    await models.put({ model: 'AuthorizationCode', id, payload: {}, expiresAt: at(60) });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => models.consume('AuthorizationCode', id)),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await models.find('AuthorizationCode', id)).toEqual({
      payload: {},
      consumedAt: now,
      expiresAt: at(60),
    });
  });

  it('lets nobody use a code that does not exist', async () => {
    expect(await models.consume('AuthorizationCode', newId())).toBe(false);
  });

  it.each([1, 2, 3, 4, 5])('adds a name once for 20 (round %i)', async () => {
    const kept = { model: 'ReplayDetection', id: newId(), payload: {}, expiresAt: at(60) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => models.add(kept)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('adds a name once for those who looked at the clock just before its end', async () => {
    const kept = { model: 'CNonce', id: newId(), payload: {}, expiresAt: at(-1) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => models.add(kept)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('adds a name again once the earlier one may be forgotten', async () => {
    const id = newId();
    const start = now;
    await models.add({ model: 'ReplayDetection', id, payload: {}, expiresAt: at(60) });
    now = at(61 + 600);
    const again = { model: 'ReplayDetection', id, payload: {}, expiresAt: at(60) };
    expect(await models.add(again)).toBe(true);
    expect(await models.add(again)).toBe(false);
    now = start;
  });

  it('takes back everything of one grant', async () => {
    const [one, other] = [newId(), newId()];
    await models.put({ model: 'AccessToken', id: one, payload: {}, grantId: 'g1' });
    await models.put({ model: 'AccessToken', id: other, payload: {}, grantId: 'g2' });
    await models.removeByGrant('AccessToken', 'g1');
    expect(await models.find('AccessToken', one)).toBeUndefined();
    expect(await models.find('AccessToken', other)).toEqual({ payload: {} });
    await models.remove('AccessToken', other);
    expect(await models.find('AccessToken', other)).toBeUndefined();
  });

  it('forgets what expired, ten minutes later', async () => {
    const start = now;
    const [old, live] = [newId(), newId()];
    await models.put({ model: 'Grant', id: old, payload: {}, expiresAt: at(60) });
    await models.put({ model: 'Grant', id: live, payload: {}, expiresAt: at(3_600) });
    now = at(700);
    await models.removeExpired();
    expect(await models.find('Grant', old)).toBeUndefined();
    expect(await models.find('Grant', live)).toMatchObject({ payload: {} });
    now = start;
  });

  it('keeps an offer and its code once, however often it is made', async () => {
    const offers = postgresOffers(opened.database.schema<IdentityTables>('identity'), () => now);
    const offer = {
      offerId: 'offer-1',
      reference: 'reference-1',
      grantId: 'grant-1',
      staffId: 'stf_1',
      configurationIds: ['identity', 'core-skills-training'],
      issuerOds: 'RZ1',
      deferred: false,
      expiresAt: at(3_600),
    };
    const code = { model: 'PreAuthorizedCode', id: 'code-1', payload: {}, expiresAt: at(3_600) };
    const made = await Promise.all(Array.from({ length: 5 }, () => offers.add(offer, [code])));
    expect(new Set(made.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(await offers.findByReference('reference-1')).toEqual(offer);
    expect(await offers.findByGrant('grant-1')).toEqual(offer);
    expect(await models.consume('PreAuthorizedCode', 'code-1')).toBe(true);
    await offers.add(offer, [code]);
    expect(await models.consume('PreAuthorizedCode', 'code-1')).toBe(false);
  });

  const all20 = <Value>(attempt: (at: number) => Promise<Value>): Promise<readonly Value[]> =>
    Promise.all(Array.from({ length: 20 }, (_, index) => attempt(index)));

  it('lets one of 20 end a request that waits, and no second transaction go on', async () => {
    const deferred = postgresDeferred(opened.database.schema('identity'), () => now);
    const request = {
      grantId: 'grant-2',
      offerId: 'offer-2',
      configurationId: 'identity',
      idempotencyKey: 'request-2',
      holderKeys: [testKey().jwk],
      expiresAt: at(3_600),
    };
    expect(await deferred.add('transaction-1', request)).toBe(true);
    expect(await deferred.add('transaction-2', request)).toBe(true);
    expect(await deferred.find('transaction-1')).toBeUndefined();
    expect(await deferred.find('transaction-2')).toEqual(request);
    const ended = await all20(() => deferred.collect('transaction-2'));
    expect(ended.filter(Boolean)).toHaveLength(1);
    expect(await deferred.find('transaction-2')).toBeUndefined();
  });

  it('binds an offer to the GOV.UK Wallet to one of 20 keys, and keeps it for one wallet', async () => {
    const govuk = postgresGovukOffers(opened.database.schema('identity'), () => now);
    const offer = {
      offerId: 'offer-1',
      configurationId: 'IdentityCredential',
      walletSubject: 'wallet-1',
      expiresAt: at(600),
    };
    expect(await govuk.add('identifier-1', offer)).toBe(true);
    expect(await govuk.add('identifier-1', { ...offer, walletSubject: 'wallet-2' })).toBe(false);
    expect(await govuk.find('identifier-1')).toEqual(offer);
    const bound = await all20((key) => govuk.bind('identifier-1', `key-${String(key)}`));
    expect(bound.filter(Boolean)).toHaveLength(1);
    expect(await govuk.bind('identifier-1', `key-${String(bound.indexOf(true))}`)).toBe(true);
  });

  it('passes news of credentials on once, unless they change', async () => {
    const news = postgresNotifications(opened.database.schema('identity'), () => now);
    const about = { grantId: 'grant-3', credentialIds: ['a', 'b'], expiresAt: at(3_600) };
    await news.add('notification-1', about);
    expect(await news.untold(10)).toEqual([]);
    expect(await news.record('notification-1', 'grant-4', 'credential_accepted')).toBe(false);
    await all20(() => news.record('notification-1', 'grant-3', 'credential_accepted'));
    const [first, ...others] = await news.untold(10);
    expect([first?.credentialIds, first?.event, others]).toEqual([
      ['a', 'b'],
      'credential_accepted',
      [],
    ]);
    await news.told(first?.id ?? '', 'credential_accepted');
    await news.record('notification-1', 'grant-3', 'credential_accepted');
    expect(await news.untold(10)).toEqual([]);
    await news.record('notification-1', 'grant-3', 'credential_deleted');
    await news.told(first?.id ?? '', 'credential_accepted');
    expect(await news.untold(10)).toMatchObject([{ event: 'credential_deleted' }]);
  });

  it('answers five wrong transaction codes of a thousand, however many come at once', async () => {
    const db = opened.database.schema<IdentityTables>('identity');
    const tries = postgresOfferTries(db, () => now);
    const notices = postgresOfferNotices(db);
    const offer = {
      offerId: 'offer-guessed',
      reference: 'reference-guessed',
      grantId: 'grant-guessed',
      staffId: 'stf_1',
      configurationIds: ['identity'],
      issuerOds: 'RZ1',
      deferred: false,
      expiresAt: at(600),
    };
    const kept = { payload: {}, expiresAt: at(600) };
    await postgresOffers(db, () => now).add(offer, [
      { model: 'PreAuthorizedCode', id: 'code-guessed', grantId: offer.grantId, ...kept },
      { model: 'Grant', id: offer.grantId, ...kept },
    ]);
    const take = (right: boolean, clientId = 'a-wallet') => tries.take(offer, { right, clientId });
    // The right code does not count, and the first wallet that brings it is the one.
    expect(await take(true)).toBe('right');
    expect(await take(true)).toBe('right');
    expect(await take(true, 'another-wallet')).toBe('closed');
    const outcomes: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      outcomes.push(...(await Promise.all(Array.from({ length: 50 }, () => take(false)))));
    }
    expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(5);
    expect(new Set(outcomes)).toEqual(new Set(['wrong', 'closed']));
    expect(await take(true)).toBe('closed');
    expect(await models.find('PreAuthorizedCode', 'code-guessed')).toBeUndefined();
    expect(await models.find('Grant', offer.grantId)).toBeUndefined();
    expect(await notices.list(10)).toEqual([{ offerId: 'offer-guessed', endedAt: now }]);
    await notices.told('offer-guessed');
    expect(await notices.list(10)).toEqual([]);
  });
}
