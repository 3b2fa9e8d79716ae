/** Tracing with OpenTelemetry: spans wait in a bounded queue and go to a collector in batches, as OTLP over HTTP. */
import {
  ROOT_CONTEXT,
  type Span as LibrarySpan,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

import type { Logger } from '../log.ts';
import { VERSION } from '../version.ts';
import type { TracingSettings } from './settings.ts';
import type { Span, Tracing } from './tracer.ts';

/** How long a stop waits for what has yet to be sent, in milliseconds. */
const LAST_MS = 1_000;
/** Longest attribute, in characters. */
const LONGEST_VALUE = 256;

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
} as const;

/** Starts it. Spans that find the queue full are dropped; a collector that does not answer is told of in the log, once. */
export function otlpTracing(
  settings: TracingSettings,
  { name, log }: { readonly name: string; readonly log: Pick<Logger, 'warn' | 'info'> },
): Tracing {
  const exporter = new OTLPTraceExporter({
    url: settings.endpoint,
    headers: {
      ...settings.OTEL_EXPORTER_OTLP_HEADERS,
      ...settings.OTEL_EXPORTER_OTLP_TRACES_HEADERS,
    },
    timeoutMillis: settings.OTEL_EXPORTER_OTLP_TIMEOUT,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      ...settings.OTEL_RESOURCE_ATTRIBUTES,
      'service.name': settings.OTEL_SERVICE_NAME ?? `lanyard-${name}`,
      'service.version': VERSION,
    }),
    sampler: samplerOf(settings),
    spanLimits: { attributeValueLengthLimit: LONGEST_VALUE },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: telling(exporter, log),
        maxQueueSize: settings.OTEL_BSP_MAX_QUEUE_SIZE,
        maxExportBatchSize: settings.OTEL_BSP_MAX_EXPORT_BATCH_SIZE,
        scheduledDelayMillis: settings.OTEL_BSP_SCHEDULE_DELAY,
        exportTimeoutMillis: settings.OTEL_BSP_EXPORT_TIMEOUT,
      }),
    ],
  });
  const library = provider.getTracer('lanyard', VERSION);
  return {
    tracer: {
      begin: ({ name: spanName, kind, attributes = {} }, parent) => {
        const within =
          parent === undefined
            ? ROOT_CONTEXT
            : trace.setSpanContext(ROOT_CONTEXT, {
                traceId: parent.traceId,
                spanId: parent.spanId,
                traceFlags: Number.parseInt(parent.flags, 16),
                isRemote: kind === 'server',
              });
        return spanOf(library.startSpan(spanName, { kind: KINDS[kind], attributes }, within));
      },
    },
    stop: async () => {
      const late = new Promise<void>((resolve) => {
        setTimeout(resolve, LAST_MS).unref();
      });
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}

function spanOf(span: LibrarySpan): Span {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    traceId,
    spanId,
    flags: (traceFlags & TraceFlags.SAMPLED) === 0 ? '00' : '01',
    note: (attributes) => {
      span.setAttributes(attributes);
    },
    end: (error) => {
      if (!span.isRecording()) return;
      if (error !== undefined) {
        span.setAttribute('error.type', error);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}

function samplerOf(settings: TracingSettings): Sampler {
  const ratio = (): Sampler => new TraceIdRatioBasedSampler(settings.OTEL_TRACES_SAMPLER_ARG);
  switch (settings.OTEL_TRACES_SAMPLER) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'traceidratio':
      return ratio();
    case 'parentbased_always_on':
      return new ParentBasedSampler({ root: new AlwaysOnSampler() });
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: new AlwaysOffSampler() });
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: ratio() });
  }
}

/** An exporter that says when spans begin to be lost, and when they arrive again. */
function telling(exporter: SpanExporter, log: Pick<Logger, 'warn' | 'info'>): SpanExporter {
  let isLost = false;
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        const fails = result.error !== undefined;
        if (fails && !isLost) log.warn('the collector does not take spans: they are lost');
        if (!fails && isLost) log.info('the collector takes spans again');
        isLost = fails;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => {
      await exporter.forceFlush?.();
    },
  };
}
