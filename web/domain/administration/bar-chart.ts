/** Lays out a bar chart: lengths only, so that a view draws it and a table beside it says the same. */

/** What one bar stands for. */
export interface BarValue {
  readonly name: string;
  readonly value: number;
  /** The whole, of which the value is a part. */
  readonly of: number;
}

/** One bar as it is drawn, in the chart's own units. */
export interface Bar {
  readonly name: string;
  readonly y: number;
  readonly length: number;
}

/** A laid-out chart. */
export interface BarChart {
  readonly width: number;
  readonly height: number;
  readonly bars: readonly Bar[];
}

const WIDTH = 600;
const ROW = 44;

/** Lays it out: a bar for each value, the longest as wide as the chart. A whole of nothing is a bar of nothing. */
export const barChart = (values: readonly BarValue[]): BarChart => ({
  width: WIDTH,
  height: Math.max(1, values.length) * ROW,
  bars: values.map(({ name, value, of }, index) => ({
    name,
    y: index * ROW,
    length: of <= 0 ? 0 : Math.round(WIDTH * Math.min(1, Math.max(0, value / of))),
  })),
});
