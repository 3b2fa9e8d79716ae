import { expect, it } from '@jest/globals';

import { readTraceContext, withinTrace } from '../../../../runtime/trace-context.ts';
import { withinStatement } from '../../../../runtime/tracing/statement-span.ts';
import type { SpanStart, Tracer } from '../../../../runtime/tracing/tracer.ts';

const begun: (SpanStart & { parent?: string | undefined })[] = [];
const ended: (string | undefined)[] = [];
const tracer: Tracer = {
  begin: (start, parent) => {
    begun.push({ ...start, parent: parent?.spanId });
    return {
      traceId: parent?.traceId ?? '',
      spanId: '00000000000000aa',
      flags: '01',
      note: () => undefined,
      end: (error) => ended.push(error),
    };
  },
};
const trace = readTraceContext({}, 'request-1');
const recorded = {
  ...trace,
  recording: { tracer, span: tracer.begin({ name: 'request', kind: 'server' }, trace) },
};

it.each([
  ['select "id" from "esr"."staff_member" where "name" = \'Amara\'', 'SELECT esr.staff_member'],
  ['/* kept plan */ select 1 from "passport"."credential"', 'SELECT passport.credential'],
  ['insert into "esr"."post" ("id") values ($1)', 'INSERT esr.post'],
  ['with x as (select 2) update "esr"."post" set "a" = 1', 'WITH esr.post'],
  ['begin', 'BEGIN'],
  ['12', 'OTHER'],
])('names %s by what it does, to which table, and by none of its values', async (text, name) => {
  begun.length = 0;
  await withinTrace(recorded, () => withinStatement(text, () => Promise.resolve()));
  expect(begun).toMatchObject([{ name, kind: 'client', parent: trace.spanId }]);
  expect(JSON.stringify(begun)).not.toContain('Amara');
});

it('tells a failure by its code', async () => {
  ended.length = 0;
  const failing = withinTrace(recorded, () =>
    withinStatement('select 1', () =>
      Promise.reject(Object.assign(new Error('name "Amara"'), { code: '42703' })),
    ),
  );
  await expect(failing).rejects.toThrow('Amara');
  expect(ended).toEqual(['42703']);
});

it('just runs a statement that belongs to nothing recorded', async () => {
  begun.length = 0;
  expect(await withinStatement('select 1', () => Promise.resolve(1))).toBe(1);
  expect(begun).toEqual([]);
});
