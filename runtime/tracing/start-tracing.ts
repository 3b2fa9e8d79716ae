/** Starts tracing where it is asked for. OpenTelemetry is not even loaded otherwise. */
import type { Logger } from '../log.ts';
import type { TracingSettings } from './settings.ts';
import type { Tracing } from './tracer.ts';

/** Starts tracing for the process, or the part of one, of this name. `undefined` when nothing is to be recorded. */
export async function startTracing(
  settings: TracingSettings | undefined,
  of: { readonly name: string; readonly log: Pick<Logger, 'warn' | 'info'> },
): Promise<Tracing | undefined> {
  if (settings === undefined) return undefined;
  const { otlpTracing } = await import('./otlp-tracing.ts');
  return otlpTracing(settings, of);
}
