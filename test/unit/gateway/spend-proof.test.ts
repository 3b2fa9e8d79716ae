import { EventEmitter } from 'node:events';

import { expect, it } from '@jest/globals';

import { type Deadline, startDeadline } from '../../../gateway/deadline.ts';
import { proofSpender } from '../../../gateway/identity/spend-proof.ts';

it('is not interrupted by a client that leaves, which would come for free, and takes no longer than the operation', async () => {
  const asked: Pick<Deadline, 'signal' | 'remaining'>[] = [];
  const spend = proofSpender((_path, _body, _requestId, deadline) => {
    if (deadline !== undefined) asked.push(deadline);
    return Promise.resolve('{"first":true}');
  });
  const response = new EventEmitter();
  const operation = startDeadline(response);
  const proof = { thumbprint: 't', proofId: 'p', issuedAt: new Date() };
  const spent = spend(proof, 'request-0001', operation);
  response.emit('close');
  expect(await spent).toBe(true);
  expect(operation.signal.aborted).toBe(true);
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([false]);
  expect(asked[0]?.remaining()).toBeLessThanOrEqual(operation.remaining() + 50);
  expect(await spend(proof, 'request-0002', operation)).toBe(false);
});
