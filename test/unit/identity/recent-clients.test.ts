import { describe, expect, it } from '@jest/globals';

import { recentClients } from '../../../identity/clients/recent-clients.ts';
import type { ClientStore, RegisteredClient } from '../../../identity/domain/client-ports.ts';

const client = { clientId: 'hr-1' } as RegisteredClient;

function setUp() {
  let now = 0;
  let looks = 0;
  let stopped = false;
  const store = {
    find: () => {
      looks += 1;
      return Promise.resolve(stopped ? undefined : client);
    },
    put: () => Promise.resolve(true),
    stop: () => {
      stopped = true;
      return Promise.resolve(true);
    },
  } as unknown as ClientStore;
  return {
    clients: recentClients(store, () => new Date(now)),
    looks: () => looks,
    goOn: (milliseconds: number) => (now += milliseconds),
    stopElsewhere: () => store.stop('hr-1', 'another'),
  };
}

describe('a client that was looked up', () => {
  it('is remembered for a second', async () => {
    const { clients, looks, goOn } = setUp();
    await clients.find('hr-1');
    goOn(999);
    expect(await clients.find('hr-1')).toBe(client);
    expect(looks()).toBe(1);
    goOn(1);
    await clients.find('hr-1');
    expect(looks()).toBe(2);
  });

  it('is gone at once when it is stopped here, and within a second when elsewhere', async () => {
    const here = setUp();
    await here.clients.find('hr-1');
    await here.clients.stop('hr-1', 'ada');
    expect(await here.clients.find('hr-1')).toBeUndefined();
    const elsewhere = setUp();
    await elsewhere.clients.find('hr-1');
    await elsewhere.stopElsewhere();
    elsewhere.goOn(1_000);
    expect(await elsewhere.clients.find('hr-1')).toBeUndefined();
  });
});
