/**
 * Where a request belongs: its id, the id of the undertaking that it is part of, and its place in a trace.
 *
 * Source: W3C Trace Context, level 1. What does not follow it is as good as missing, and nothing of it goes on.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { REQUEST_ID_HEADER, requestIdFrom } from './request-id.ts';
import type { Span, Tracer } from './tracing/tracer.ts';

/** The header for the undertaking: chosen by the client, the same for all requests that belong to it. */
export const CORRELATION_ID_HEADER = 'x-correlation-id';
/** The header for the place in a trace. */
export const TRACEPARENT_HEADER = 'traceparent';
const TRACESTATE_HEADER = 'tracestate';

/** A request among others. */
export interface TraceContext {
  readonly requestId: string;
  readonly correlationId: string;
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** Of this request in this process: 16 lower-case hexadecimal digits. */
  readonly spanId: string;
  /** Of whoever asked; `undefined` when the trace begins here. */
  readonly parentId?: string;
  /** Two hexadecimal digits; the last bit says that the trace is recorded. */
  readonly flags: string;
  /** What others want to know again. Passed on as it came. */
  readonly state?: string;
  /** What is under way, and what records it; left out where nothing is recorded. */
  readonly recording?: { readonly span: Span; readonly tracer: Tracer };
}

const TRACEPARENT =
  /^(?<version>[0-9a-f]{2})-(?<traceId>[0-9a-f]{32})-(?<parentId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?<rest>-.*)?$/;
const NOTHING = /^0+$/;
/** Longest `traceparent` and `tracestate` that are read, in characters; the second is the least that section 3.3.1.5 asks for. */
const LONGEST_PARENT = 128;
const LONGEST_STATE = 512;
/** Most members of `tracestate` (section 3.3.1.1). */
const MOST_MEMBERS = 32;
const MEMBER =
  /^(?:[a-z][a-z0-9_\-*/]{0,255}|[a-z0-9][a-z0-9_\-*/]{0,240}@[a-z][a-z0-9_\-*/]{0,13})=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

/** Reads where a request belongs. What is missing or malformed is made anew. */
export function readTraceContext(headers: IncomingHttpHeaders, requestId: string): TraceContext {
  const sent = headers[CORRELATION_ID_HEADER];
  const correlationId = sent === undefined ? requestId : requestIdFrom(sent);
  const parent = parseTraceparent(headers[TRACEPARENT_HEADER]);
  const spanId = randomHex().slice(0, 16);
  if (parent === undefined) {
    return { requestId, correlationId, traceId: randomHex(), spanId, flags: '00' };
  }
  const state = parseTracestate(headers[TRACESTATE_HEADER]);
  return {
    requestId,
    correlationId,
    spanId,
    ...parent,
    ...(state === undefined ? {} : { state }),
  };
}

function parseTraceparent(
  header: string | readonly string[] | undefined,
): (Pick<TraceContext, 'traceId' | 'flags'> & { readonly parentId: string }) | undefined {
  if (typeof header !== 'string' || header.length > LONGEST_PARENT) return undefined;
  const { version, traceId, parentId, flags, rest } = TRACEPARENT.exec(header)?.groups ?? {};
  if (traceId === undefined || parentId === undefined || flags === undefined) return undefined;
  // A later version may say more; this one says no more than that.
  if (version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
  if (NOTHING.test(traceId) || NOTHING.test(parentId)) return undefined;
  const isRecorded = (Number.parseInt(flags, 16) & 1) === 1;
  return { traceId, parentId, flags: isRecorded ? '01' : '00' };
}

function parseTracestate(header: string | readonly string[] | undefined): string | undefined {
  if (typeof header !== 'string' || header.length > LONGEST_STATE) return undefined;
  const members = header.split(',').map((member) => member.trim());
  const said = members.filter((member) => member !== '');
  if (said.length === 0 || said.length > MOST_MEMBERS) return undefined;
  if (!said.every((member) => MEMBER.test(member))) return undefined;
  const keys = new Set(said.map((member) => member.slice(0, member.indexOf('='))));
  return keys.size === said.length ? said.join(',') : undefined;
}

const randomHex = (): string => randomUUID().replaceAll('-', '');

const contexts = new AsyncLocalStorage<TraceContext>();

/** Does work as part of a request: everything that it causes belongs there too. */
export const withinTrace = <Result>(context: TraceContext, work: () => Result): Result =>
  contexts.run(context, work);

/** Where the work under way belongs; `undefined` for work that no request has caused. */
export const currentTrace = (): TraceContext | undefined => contexts.getStore();

/** `traceparent` as the next process is told it. */
export const traceparentOf = ({ traceId, spanId, flags }: TraceContext): string =>
  `00-${traceId}-${spanId}-${flags}`;

/** Headers that tell the next process where its work belongs; none for work that no request has caused. */
export function traceHeaders(): Readonly<Record<string, string>> {
  const context = contexts.getStore();
  if (context === undefined) return {};
  return {
    [REQUEST_ID_HEADER]: context.requestId,
    [CORRELATION_ID_HEADER]: context.correlationId,
    [TRACEPARENT_HEADER]: traceparentOf(context),
    ...(context.state === undefined ? {} : { [TRACESTATE_HEADER]: context.state }),
  };
}
