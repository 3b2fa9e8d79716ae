/** Work as a span of the request that it belongs to. Where nothing is recorded, it is just done. */
import { currentTrace, withinTrace } from '../trace-context.ts';
import type { Attributes, SpanStart } from './tracer.ts';

/** Does work as a span. What it causes, here and in other processes, is part of it. */
export function withinSpan<Result>(
  describe: () => SpanStart,
  work: () => Promise<Result>,
  note?: (result: Result) => Attributes,
): Promise<Result> {
  const trace = currentTrace();
  if (trace?.recording === undefined) return work();
  const { tracer } = trace.recording;
  const span = tracer.begin(describe(), trace);
  const { spanId, flags } = span;
  const recording = { span, tracer };
  return withinTrace({ ...trace, parentId: trace.spanId, spanId, flags, recording }, work).then(
    (result) => {
      if (note !== undefined) span.note(note(result));
      span.end();
      return result;
    },
    (error: unknown) => {
      span.end(kindOf(error));
      throw error;
    },
  );
}

/** Says more of the span under way. */
export function noteOnSpan(describe: () => Attributes): void {
  const recording = currentTrace()?.recording;
  if (recording !== undefined) recording.span.note(describe());
}

/** A code or a class: messages can hold values. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
