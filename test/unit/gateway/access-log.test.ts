import { beforeEach, describe, expect, it } from '@jest/globals';

import { accessLog } from '../../../gateway/access-log.ts';
import { questionDeadline } from '../../../gateway/deadline.ts';
import type { SubgraphMessage, TransportAnswer } from '../../../gateway/subgraphs/transport.ts';
import type { Caller } from '../../../runtime/caller-statement.ts';
import { signerOf } from '../../../runtime/jwk-settings.ts';
import { createLog } from '../../../runtime/log.ts';
import { newKey } from '../../../bench/new-key.ts';

const signer = signerOf(newKey('gateway-1').jwk);
const caller: Caller = {
  kind: 'person',
  subject: 'stf_reader',
  clientId: 'hr',
  name: 'A Reader',
  scopes: new Set(['hr:read']),
  requestId: 'request-0001',
};
const people = (id: string) => ({ caller, people: new Set([id]), deadline: questionDeadline() });

interface Entry {
  readonly people: readonly string[];
}
const entriesOf = ({ body }: SubgraphMessage) =>
  (JSON.parse(body) as { entries: readonly Entry[] }).entries;

let sent: SubgraphMessage[];
let answer: (message: SubgraphMessage) => Promise<TransportAnswer>;
/** A log for which everything happens in the same moment. */
const log = () =>
  accessLog(
    {
      name: 'passport',
      signer,
      now: () => new Date(),
      log: createLog({ name: 'test', level: 'silent' }),
      transport: (message) => {
        sent.push(message);
        return answer(message);
      },
    },
    () => 0,
  );
const takes =
  (isTaken: (entry: Entry) => boolean) =>
  (message: SubgraphMessage): Promise<TransportAnswer> =>
    Promise.resolve({
      status: 200,
      body: JSON.stringify({ written: entriesOf(message).map(isTaken) }),
    });

/** What becomes of a reading of each of these people, all at once. */
const outcomes = async (ids: readonly string[]) => {
  const record = log();
  const settled = await Promise.allSettled(
    ids.map((id) => record({ requestId: caller.requestId, ...people(id) }, ['name'])),
  );
  return settled.map((one) =>
    one.status === 'fulfilled'
      ? 'written'
      : (one.reason as { extensions: { code: string } }).extensions.code,
  );
};

beforeEach(() => {
  sent = [];
  answer = takes(() => true);
});

describe('readings at the same time', () => {
  const ids = ['stf_1', 'stf_2', 'stf_3', 'stf_4'];

  it('are written together, but for the first, which waits for nobody', async () => {
    expect(await outcomes(ids)).toEqual(ids.map(() => 'written'));
    expect(sent.map((message) => entriesOf(message).map((entry) => entry.people))).toEqual([
      [['stf_1']],
      [['stf_2'], ['stf_3'], ['stf_4']],
    ]);
  });

  it('fail one by one: what the log does not take is not given out, and the rest is', async () => {
    answer = takes((entry) => entry.people[0] !== 'stf_3');
    expect(await outcomes(ids)).toEqual(['written', 'written', 'SERVICE_UNAVAILABLE', 'written']);
  });

  it('wait until their own entry is written', async () => {
    let take: (() => void) | undefined;
    const taken = new Promise<void>((resolve) => (take = resolve));
    answer = async (message) => {
      if (entriesOf(message)[0]?.people[0] !== 'stf_1') await taken;
      return takes(() => true)(message);
    };
    const record = log();
    const read = (id: string) => record({ requestId: caller.requestId, ...people(id) }, ['name']);
    const first = read('stf_1');
    let isGivenOut = false;
    const second = read('stf_2').then(() => (isGivenOut = true));
    await first;
    expect(isGivenOut).toBe(false);
    take?.();
    await second;
  });

  it('are no more than the log takes at a time', async () => {
    const many = Array.from({ length: 120 }, (_, index) => `stf_${String(index)}`);
    expect(await outcomes(many)).toEqual(many.map(() => 'written'));
    expect(Math.max(...sent.map((message) => entriesOf(message).length))).toBe(50);
  });
});

describe('a log', () => {
  it.each<[string, () => Promise<TransportAnswer>]>([
    ['that is away', () => Promise.reject(new Error('down'))],
    ['that has failed', () => Promise.resolve({ status: 500, body: '' })],
    ['that says nothing of entries', () => Promise.resolve({ status: 200, body: '{}' })],
    [
      'that answers about other entries',
      () => Promise.resolve({ status: 200, body: '{"written":[true,true,true]}' }),
    ],
    [
      'that says something else',
      () => Promise.resolve({ status: 200, body: '{"written":["true"]}' }),
    ],
  ])('%s lets nothing out', async (_what, given) => {
    answer = given;
    expect(await outcomes(['stf_1', 'stf_2'])).toEqual([
      'SERVICE_UNAVAILABLE',
      'SERVICE_UNAVAILABLE',
    ]);
  });
});
