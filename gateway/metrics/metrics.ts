/**
 * What operators count, in the text format of Prometheus. Nothing about anybody: names of subgraphs, of the schema's
 * fields, of kinds of operation.
 */
import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { SubgraphTransport } from '../subgraphs/transport.ts';
import { SUBGRAPHS } from '../context.ts';

/** What becomes of an operation. */
export type OperationOutcome = 'answered' | 'errors' | 'refused';

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
  readonly operation: (kind: 'query' | 'mutation', outcome: OperationOutcome, ms: number) => void;
  /** The counter of a field, by coordinate: the same one every time. */
  readonly field: (coordinate: string) => FieldUse;
  /** Notes the requests to a subgraph that go through. */
  readonly watch: (name: string, transport: SubgraphTransport) => SubgraphTransport;
  /** Notes an answer with a status that says that the client may ask no more now. */
  readonly status: (code: number) => void;
  /** Says which schema is served: its deprecated fields are told apart. */
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
    help: 'Answers 429 (rate limits) and 503 (too much to do, or nothing to answer with).',
    labelNames: ['status'] as const,
    registers,
  });
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
    operation: (kind, outcome, ms) => {
      operations.observe({ kind, outcome }, ms / 1_000);
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
    status: (code) => {
      if (code === 429 || code === 503) turnedAway.inc({ status: String(code) });
    },
    serve(schema) {
      deprecated = new Set(
        Object.values(schema.getTypeMap()).flatMap((type) =>
          isObjectType(type) || isInterfaceType(type)
            ? Object.values(type.getFields())
                .filter(({ deprecationReason }) => deprecationReason != null)
                .map(({ name }) => `${type.name}.${name}`)
            : [],
        ),
      );
      // Those that nobody uses are there too: that is what one wants to know.
      for (const coordinate of deprecated) field(coordinate);
    },
  };
}
