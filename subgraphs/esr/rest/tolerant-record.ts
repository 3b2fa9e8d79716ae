/**
 * The fields of a record that others wrote: names in any case, numbers as text and text as numbers, `"true"` for true, one
 * level of wrapping. Read tolerantly, written strictly.
 */
import type { RestRecord } from './fetch-records.ts';

/** Reads fields by any of several names. */
export interface TolerantRecord {
  /** Text or a number, trimmed; `undefined` when there is none. */
  readonly text: (...names: readonly string[]) => string | undefined;
  /** Whether the value came as a number, which has lost the zeros in front. */
  readonly isNumber: (...names: readonly string[]) => boolean;
  /** `undefined` when there is none, or it is neither. */
  readonly flag: (...names: readonly string[]) => boolean | undefined;
  /** The day of a date or a time, `YYYY-MM-DD`. */
  readonly day: (...names: readonly string[]) => string | undefined;
  /** RFC 3339 in UTC; a date is its first moment. */
  readonly moment: (...names: readonly string[]) => string | undefined;
}

/** Names without case, spaces and punctuation. */
export const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const WRAPPERS = ['record', 'content', 'data', 'attributes'];

/** Wraps a record. */
export function tolerantRecord(record: RestRecord): TolerantRecord {
  const fields = fieldsOf(record);
  const value = (names: readonly string[]): unknown =>
    names
      .map((name) => fields.get(plainName(name)))
      .find((one) => one !== undefined && one !== null && one !== '');
  const text = (...names: readonly string[]): string | undefined => {
    const one = value(names);
    if (typeof one !== 'string' && typeof one !== 'number') return undefined;
    const trimmed = String(one).trim();
    return trimmed === '' ? undefined : trimmed;
  };
  const moment = (...names: readonly string[]): string | undefined => {
    const one = text(...names);
    if (one === undefined || !/^\d{4}-\d{2}-\d{2}(T.*)?$/.test(one)) return undefined;
    const time = new Date(one);
    return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
  };
  return {
    text,
    isNumber: (...names) => typeof value(names) === 'number',
    flag: (...names) => FLAGS.get(String(value(names)).trim().toLowerCase()),
    day: (...names) => (moment(...names) === undefined ? undefined : text(...names)?.slice(0, 10)),
    moment,
  };
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['y', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['n', false],
  ['0', false],
]);

/** What is inside a wrapper counts before what is beside it. */
function fieldsOf(record: RestRecord): ReadonlyMap<string, unknown> {
  const fields = new Map(Object.entries(record).map(([name, value]) => [plainName(name), value]));
  for (const wrapper of WRAPPERS) {
    const inside = fields.get(wrapper);
    if (typeof inside !== 'object' || inside === null || Array.isArray(inside)) continue;
    for (const [name, value] of Object.entries(inside)) fields.set(plainName(name), value);
  }
  return fields;
}
