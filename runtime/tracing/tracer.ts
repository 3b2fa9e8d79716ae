/** What records spans, as the rest sees it. No attribute holds anything about a person, or a value that a client has sent. */
import type { TraceContext } from '../trace-context.ts';

/** What is told of a span, by the names of OpenTelemetry's semantic conventions. */
export type Attributes = Readonly<Record<string, string | number>>;

/** A piece of work under way. */
export interface Span extends Pick<TraceContext, 'traceId' | 'spanId' | 'flags'> {
  readonly note: (attributes: Attributes) => void;
  /** Ends it; with the kind of error when it failed. Only the first call counts. */
  readonly end: (error?: string) => void;
}

/** A piece of work that begins. */
export interface SpanStart {
  /** One of few: nothing that varies from request to request. */
  readonly name: string;
  /** `server` answers others, `client` waits for others, `internal` does neither. */
  readonly kind: 'server' | 'client' | 'internal';
  readonly attributes?: Attributes;
}

/** Records spans. */
export interface Tracer {
  /** @param parent the span that it is part of; a trace begins when left out */
  readonly begin: (
    start: SpanStart,
    parent: Pick<TraceContext, 'traceId' | 'spanId' | 'flags'> | undefined,
  ) => Span;
}

/** A tracer, and its end. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what has yet to be sent, for a moment at most. */
  readonly stop: () => Promise<void>;
}
