/** What the measurements come to. */
import { percentile } from '../percentile.ts';
import type { ContenderName } from './contenders.ts';
import type { Loaded } from './load.ts';
import type { QuestionName } from './questions.ts';

/** One contender under load for a while. */
export interface Measurement extends Loaded {
  readonly round: number;
  readonly contender: ContenderName;
  readonly question: QuestionName;
  /** Processor time that the contender used, user and system, in milliseconds. */
  readonly cpuMs: number;
}

/** Ratios of our execution to others: by processor time for each answer, and (`_rate`) by answers a second. */
const RATIOS = [
  ['vs_stock', 'bare', 'stock'],
  ['vs_stock_pooled', 'bare', 'stock_pooled'],
  ['vs_hive', 'bare', 'hive'],
  ['vs_hive_pooled', 'bare', 'hive_pooled'],
  ['vs_mercurius', 'bare', 'mercurius'],
  ['of_floor', 'bare', 'floor'],
  ['secured_of_bare', 'secured', 'bare'],
  ['secured_floor_of_bare', 'secured_floor', 'bare'],
  ['secured_of_floor', 'secured', 'secured_floor'],
] as const satisfies readonly (readonly [string, ContenderName, ContenderName])[];

const QUESTIONS = ['one', 'list'] as const satisfies readonly QuestionName[];

/**
 * All figures. A ratio is the median of the rounds' ratios, since the two that are compared were measured close to each
 * other in each round.
 *
 * @param memory resident memory of everybody who was measured, in bytes
 */
export function gatewayFigures(
  measurements: readonly Measurement[],
  memory: ReadonlyMap<ContenderName, number>,
): Readonly<Record<string, number>> {
  const of = (contender: ContenderName, question: QuestionName) =>
    measurements.filter((one) => one.contender === contender && one.question === question);
  const ratio = (
    ours: ContenderName,
    other: ContenderName,
    question: QuestionName,
    value: Value,
  ) => {
    const others = of(other, question);
    return median(
      of(ours, question).map((measured, index) => {
        const beside = others[index];
        return beside === undefined ? Number.NaN : value(measured) / value(beside);
      }),
    );
  };

  const figures: Record<string, number> = {};
  for (const [name, ours, other] of RATIOS) {
    if (!memory.has(ours) || !memory.has(other)) continue;
    for (const question of QUESTIONS) {
      figures[`${name}_${question}`] = rounded(ratio(ours, other, question, perCpuSecond));
      figures[`${name}_${question}_rate`] = rounded(ratio(ours, other, question, perSecond));
    }
  }
  for (const [contender, bytes] of memory) {
    for (const question of QUESTIONS) {
      const measured = of(contender, question);
      const name = `${contender}_${question}`;
      figures[`${name}_per_s`] = Math.round(median(measured.map(perSecond)));
      figures[`${name}_cpu_ms`] = rounded(1000 / median(measured.map(perCpuSecond)));
      figures[`${name}_p99_ms`] = rounded(
        percentile(
          measured.flatMap(({ latencies }) => latencies),
          0.99,
        ),
      );
    }
    figures[`${contender}_rss_mb`] = Math.round(bytes / 1024 ** 2);
  }
  return figures;
}

type Value = (measured: Measurement) => number;
const perSecond: Value = ({ answered, milliseconds }) => (answered / milliseconds) * 1000;
const perCpuSecond: Value = ({ answered, cpuMs }) => (answered / cpuMs) * 1000;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
