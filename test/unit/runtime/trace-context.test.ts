import { describe, expect, it } from '@jest/globals';

import {
  readTraceContext,
  traceHeaders,
  traceparentOf,
  withinTrace,
} from '../../../runtime/trace-context.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
/** The example of section 3.2.2 of W3C Trace Context. */
const GOOD = `00-${TRACE}-${PARENT}-01`;

describe('traceparent', () => {
  it('goes on with a place of its own', () => {
    const context = readTraceContext(
      { traceparent: GOOD, tracestate: 'congo=t61rcWkgMzE' },
      'request-1',
    );
    expect(context).toEqual({
      requestId: 'request-1',
      correlationId: 'request-1',
      traceId: TRACE,
      parentId: PARENT,
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
      flags: '01',
      state: 'congo=t61rcWkgMzE',
    });
    expect(context.spanId).not.toBe(PARENT);
    expect(withinTrace(context, traceHeaders)).toEqual({
      'x-request-id': 'request-1',
      'x-correlation-id': 'request-1',
      traceparent: `00-${TRACE}-${context.spanId}-01`,
      tracestate: 'congo=t61rcWkgMzE',
    });
  });

  it.each([
    ['of a later version that says more', `cc-${TRACE}-${PARENT}-01-what-comes`, '01'],
    ['with flags nobody knows', `00-${TRACE}-${PARENT}-fe`, '00'],
  ])('is read when it is %s', (_what, traceparent, flags) => {
    expect(readTraceContext({ traceparent }, 'request-1')).toMatchObject({ traceId: TRACE, flags });
  });

  it.each([
    ['in capitals', GOOD.toUpperCase()],
    ['of no trace', `00-${'0'.repeat(32)}-${PARENT}-01`],
    ['of no parent', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['of the version that is none', `ff-${TRACE}-${PARENT}-01`],
    ['longer than its version', `${GOOD}-00`],
    ['with white space', ` ${GOOD}`],
    ['too short', GOOD.slice(0, -1)],
    ['endless', `cc-${TRACE}-${PARENT}-01-${'a'.repeat(500)}`],
    ['with a line in it', `${GOOD}\nx-admin: 1`],
    ['empty', ''],
  ])('is made anew when it is %s, and nothing of its state goes on', (_what, traceparent) => {
    const context = readTraceContext({ traceparent, tracestate: 'a=b' }, 'request-1');
    expect(context.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(context.traceId).not.toBe(TRACE);
    expect(Object.keys(context)).toEqual(expect.not.arrayContaining(['state', 'parentId']));
    expect(traceparentOf(context)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });
});

describe('tracestate', () => {
  it.each([
    ['a=1,b@c=2', 'a=1,b@c=2'],
    [' a=1 ,, b=2', 'a=1,b=2'],
    ['A=1', undefined],
    ['a=1,a=2', undefined],
    ['a', undefined],
    ['a=x\u0001y', undefined],
    [Array.from({ length: 33 }, (_, n) => `k${String(n)}=1`).join(','), undefined],
    [`a=${'x'.repeat(600)}`, undefined],
  ])('%j goes on as %j', (tracestate, state) => {
    expect(readTraceContext({ traceparent: GOOD, tracestate }, 'request-1').state).toBe(state);
  });
});

describe('x-correlation-id', () => {
  it.each([
    ['order-12345', /^order-12345$/],
    ['short', /^[0-9a-f-]{36}$/],
    ['a\nb: c-------', /^[0-9a-f-]{36}$/],
    [undefined, /^request-1$/],
  ])('%j is known as %p', (sent, known) => {
    const headers = sent === undefined ? {} : { 'x-correlation-id': sent };
    expect(readTraceContext(headers, 'request-1').correlationId).toMatch(known);
  });
});

it('says nothing for work that no request has caused', () => {
  expect(traceHeaders()).toEqual({});
});
