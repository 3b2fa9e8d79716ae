import { describe, expect, it } from '@jest/globals';

import { questionDeadline } from '../../../../gateway/deadline.ts';
import type {
  CompiledOperation,
  Gathered,
  OperationRequest,
} from '../../../../gateway/execution/compile-operation.ts';
import { shareReads } from '../../../../gateway/execution/share-reads.ts';
import type { Caller } from '../../../../runtime/caller-statement.ts';

const CALLER: Caller = {
  kind: 'person',
  subject: 'stf_self',
  clientId: 'explorer',
  name: 'A Person',
  scopes: new Set(['self:read', 'hr:read']),
  odsCode: 'RZ1',
  purpose: 'HR_ADMINISTRATION',
  requestId: 'request-0001',
};

/** A request that its client can give up. */
function request(caller: Partial<Caller> = {}, variables: Record<string, unknown> = {}) {
  const leaving = new AbortController();
  const asked: OperationRequest = {
    variables,
    coerced: variables,
    context: {
      requestId: 'request-0001',
      caller: { ...CALLER, ...caller },
      people: new Set(),
      deadline: { ...questionDeadline(), signal: leaving.signal },
    },
  };
  return {
    asked,
    leave: () => {
      leaving.abort(new Error('gone'));
    },
  };
}

/** An operation whose runs end when the test says so. */
function operation() {
  const runs: (PromiseWithResolvers<Gathered> & { readonly request: OperationRequest })[] = [];
  const compiled: Pick<CompiledOperation, 'gather'> = {
    gather: (asked) => {
      const run = { ...Promise.withResolvers<Gathered>(), request: asked };
      runs.push(run);
      return run.promise;
    },
  };
  return { runs, compiled: compiled as CompiledOperation };
}
const gathered = (): Gathered => ({ data: {}, errors: [] });

describe('identical reads of one caller', () => {
  it('run once while they are under way, and each learns whose records they were', async () => {
    const { read } = shareReads();
    const { runs, compiled } = operation();
    const asked = [request(), request({ requestId: 'request-0002' }), request()];
    const reads = asked.map((one) => read(compiled, one.asked));
    expect(runs).toHaveLength(1);
    runs[0]?.request.context.people.add('stf_1');
    runs[0]?.resolve(gathered());
    await Promise.all(reads);
    expect(asked.map((one) => [...one.asked.context.people])).toEqual([
      ['stf_1'],
      ['stf_1'],
      ['stf_1'],
    ]);
    void read(compiled, request().asked);
    expect(runs).toHaveLength(2);
  });

  it('fail together, and the next runs anew', async () => {
    const { read } = shareReads();
    const { runs, compiled } = operation();
    const reads = [request(), request()].map((one) => read(compiled, one.asked));
    runs[0]?.reject(new Error('broken'));
    expect(await Promise.allSettled(reads)).toMatchObject([
      { status: 'rejected' },
      { status: 'rejected' },
    ]);
    void read(compiled, request().asked);
    expect(runs).toHaveLength(2);
  });

  it.each<[string, Partial<Caller>, Record<string, unknown>?]>([
    ['another person', { subject: 'stf_other' }],
    ['another client', { clientId: 'other' }],
    ['a machine of that name', { kind: 'machine' }],
    ['another name', { name: 'B Person' }],
    ['another organisation', { odsCode: 'RZ2' }],
    ['another purpose', { purpose: 'AUDIT' }],
    ['other scopes', { scopes: new Set(['self:read']) }],
    ['other variables', {}, { id: '2' }],
  ])('are not those of %s', (_what, caller, variables = { id: '1' }) => {
    const { read } = shareReads();
    const { runs, compiled } = operation();
    void read(compiled, request({}, { id: '1' }).asked);
    void read(compiled, request(caller, variables).asked);
    expect(runs).toHaveLength(2);
  });

  it('are not joined after a change that ended since they began', async () => {
    const { read, change } = shareReads();
    const { runs, compiled } = operation();
    void read(compiled, request().asked);
    await change(() => Promise.resolve(gathered()));
    void read(compiled, request().asked);
    void read(compiled, request().asked);
    expect(runs).toHaveLength(2);
  });

  it('go on until the last who waits has left, and are not joined after that', () => {
    const { read } = shareReads();
    const { runs, compiled } = operation();
    const first = request();
    const second = request();
    void read(compiled, first.asked);
    void read(compiled, second.asked);
    const signal = runs[0]?.request.context.deadline.signal;
    first.leave();
    expect(signal?.aborted).toBe(false);
    second.leave();
    expect(signal?.aborted).toBe(true);
    void read(compiled, request().asked);
    expect(runs).toHaveLength(2);
  });
});
