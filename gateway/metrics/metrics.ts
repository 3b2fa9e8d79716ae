/**
 * What operators count, in the text format of Prometheus. Nothing about anybody: names of subgraphs, of the schema's
 * fields, of kinds of operation.
 */
import { type GraphQLField, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { SubgraphTransport } from '../subgraphs/transport.ts';
import { SUBGRAPHS } from '../context.ts';

/** What becomes of an operation. */
export type OperationOutcome = 'answered' | 'errors' | 'refused';

/** What becomes of a plan: `failed` is a fault of ours. */
export type PlanningOutcome = 'planned' | 'too_complex' | 'unavailable' | 'failed';

/** Uses of one field since the start. */
export interface FieldUse {
  count: number;
}

/** The counts of a gateway. */
export interface GatewayMetrics {
  /** Everything, in the text format. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
  /** Notes an operation. */
  readonly operation: (what: {
    readonly kind: 'query' | 'mutation';
    readonly outcome: OperationOutcome;
    readonly ms: number;
    /** Of a registered operation. */
    readonly name: string | undefined;
  }) => void;
  /** Notes that a plan is asked for; the returned function, that it is there or refused. */
  readonly planning: () => (outcome: PlanningOutcome) => void;
  /** Shows the breaker of a way; the returned function notes that it changed. */
  readonly breaker: (name: string) => (state: 'open' | 'closed') => void;
  /** Notes a request refused because this quota had nothing left. */
  readonly limited: (quota: string) => void;
  /** The counter of a field, by coordinate: the same one every time. */
  readonly field: (coordinate: string) => FieldUse;
  /** Notes the requests to a subgraph that go through. */
  readonly watch: (name: string, transport: SubgraphTransport) => SubgraphTransport;
  /** Notes an answer that says that the client may ask no more now. */
  readonly turnedAway: (reason: 'rate_limit' | 'shed' | 'unavailable') => void;
  /** Says which schema is served: its deprecated fields and arguments are told apart. */
  readonly serve: (schema: GraphQLSchema) => void;
}

/** What is looked at when the counts are asked for. */
export interface MetricsSources {
  readonly streams: () => number;
  readonly supergraphs: () => { readonly taken: number; readonly refused: number };
}

/** Seconds. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** Fields that are counted: more than a graph has. */
const MOST_FIELDS = 10_000;
/** Names of registered operations that are told apart, and the longest of them, in characters; the rest is `other`. */
const MOST_NAMES = 200;
const LONGEST_NAME = 60;

/** Creates the counts. */
export function gatewayMetrics(sources: MetricsSources): GatewayMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const operations = new Histogram({
    name: 'lanyard_operation_seconds',
    help: 'Operations, by kind and outcome.',
    labelNames: ['kind', 'outcome'] as const,
    buckets: BUCKETS,
    registers,
  });
  const named = new Histogram({
    name: 'lanyard_trusted_operation_seconds',
    help: 'Registered operations, by name and outcome.',
    labelNames: ['operation', 'outcome'] as const,
    buckets: BUCKETS,
    registers,
  });
  const names = new Set<string>();
  const labelOf = (name: string): string => {
    if (names.has(name)) return name;
    if (names.size >= MOST_NAMES || name.length > LONGEST_NAME) return 'other';
    names.add(name);
    return name;
  };
  const plans = new Histogram({
    name: 'lanyard_plan_seconds',
    help: 'Plans of operations, by outcome; waiting for their turn is part of them.',
    labelNames: ['outcome'] as const,
    buckets: BUCKETS,
    registers,
  });
  const plansWaiting = new Gauge({
    name: 'lanyard_plans_under_way',
    help: 'Operations that are being planned or wait for their turn.',
    registers,
  });
  const breakers = new Gauge({
    name: 'lanyard_breaker_open',
    help: '1 while a subgraph, or identity, is left alone because it failed.',
    labelNames: ['subgraph'] as const,
    registers,
  });
  const limits = new Counter({
    name: 'lanyard_rate_limited_total',
    help: 'Requests refused for a rate limit or a daily quota, by what had nothing left.',
    labelNames: ['quota'] as const,
    registers,
  });
  const requests = new Histogram({
    name: 'lanyard_subgraph_seconds',
    help: 'Requests to a subgraph, by outcome; waiting for a place is part of them.',
    labelNames: ['subgraph', 'outcome'] as const,
    buckets: BUCKETS,
    registers,
  });
  const underWay = new Gauge({
    name: 'lanyard_subgraph_under_way',
    help: 'Requests to a subgraph that are under way or wait for a place.',
    labelNames: ['subgraph'] as const,
    registers,
  });
  for (const subgraph of SUBGRAPHS) underWay.set({ subgraph }, 0);
  const turnedAway = new Counter({
    name: 'lanyard_turned_away_total',
    help: 'Answers 429 (rate_limit) and 503 (shed: too much to do; unavailable: nothing to answer with).',
    labelNames: ['reason'] as const,
    registers,
  });
  for (const reason of ['rate_limit', 'shed', 'unavailable'] as const)
    turnedAway.inc({ reason }, 0);
  const uses = new Map<string, FieldUse>();
  let deprecated: ReadonlySet<string> = new Set();
  new Gauge({
    name: 'lanyard_field_uses',
    help: 'Operations that have asked for a field of the schema since the start.',
    labelNames: ['field', 'deprecated'] as const,
    registers,
    collect() {
      this.reset();
      for (const [coordinate, { count }] of uses)
        this.set({ field: coordinate, deprecated: String(deprecated.has(coordinate)) }, count);
    },
  });
  new Gauge({
    name: 'lanyard_streams',
    help: 'Streams of events that are open.',
    registers,
    collect() {
      this.set(sources.streams());
    },
  });
  new Gauge({
    name: 'lanyard_supergraphs',
    help: 'Supergraphs taken up and refused since the start.',
    labelNames: ['outcome'] as const,
    registers,
    collect() {
      const { taken, refused } = sources.supergraphs();
      this.set({ outcome: 'taken' }, taken);
      this.set({ outcome: 'refused' }, refused);
    },
  });
  const uncounted: FieldUse = { count: 0 };
  const field = (coordinate: string): FieldUse => {
    const known = uses.get(coordinate);
    if (known !== undefined) return known;
    if (uses.size >= MOST_FIELDS) return uncounted;
    const use: FieldUse = { count: 0 };
    uses.set(coordinate, use);
    return use;
  };

  return {
    text: () => registry.metrics(),
    contentType: registry.contentType,
    operation: ({ kind, outcome, ms, name }) => {
      operations.observe({ kind, outcome }, ms / 1_000);
      if (name !== undefined) named.observe({ operation: labelOf(name), outcome }, ms / 1_000);
    },
    planning: () => {
      const since = performance.now();
      plansWaiting.inc();
      return (outcome) => {
        plansWaiting.dec();
        plans.observe({ outcome }, (performance.now() - since) / 1_000);
      };
    },
    breaker: (subgraph) => {
      breakers.set({ subgraph }, 0);
      return (state) => {
        breakers.set({ subgraph }, state === 'open' ? 1 : 0);
      };
    },
    limited: (quota) => {
      limits.inc({ quota });
    },
    field,
    watch: (subgraph, transport) => async (message) => {
      const since = performance.now();
      underWay.inc({ subgraph });
      let outcome = 'failed';
      try {
        const answer = await transport(message);
        outcome = answer.status < 500 ? 'answered' : 'failed';
        return answer;
      } finally {
        underWay.dec({ subgraph });
        requests.observe({ subgraph, outcome }, (performance.now() - since) / 1_000);
      }
    },
    turnedAway: (reason) => {
      turnedAway.inc({ reason });
    },
    serve(schema) {
      deprecated = new Set(
        Object.values(schema.getTypeMap()).flatMap((type) =>
          isObjectType(type) || isInterfaceType(type)
            ? Object.values(type.getFields()).flatMap((one) => deprecatedOf(type.name, one))
            : [],
        ),
      );
      // Those that nobody uses are there too: that is what one wants to know.
      for (const coordinate of deprecated) field(coordinate);
    },
  };
}

/** The coordinates of a field and its arguments that are deprecated. */
const deprecatedOf = (
  type: string,
  { name, args, deprecationReason }: GraphQLField<unknown, unknown>,
): readonly string[] => [
  ...(deprecationReason == null ? [] : [`${type}.${name}`]),
  ...args
    .filter((argument) => argument.deprecationReason != null)
    .map((argument) => `${type}.${name}(${argument.name}:)`),
];
