/**
 * Random choices that come out the same for the same seed, on any machine: whole numbers and the four operations of
 * IEEE 754 only, as powers and logarithms may differ in the last place. Not for secrets.
 */
import { createHash } from 'node:crypto';

/** Items with their weights, made ready to be picked from. */
export interface Weighted<Item> {
  readonly items: readonly Item[];
  /** Sum of the weights up to and with each item. */
  readonly upTo: readonly number[];
}

/** A source of choices. */
export interface Random {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  /** A whole number, both ends included. */
  readonly between: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** Picks the first items some half as often again as an even choice, and the last ones less. */
  readonly pickEarly: <Item>(items: readonly Item[]) => Item;
  /** Picks by weight. */
  readonly weighted: <Item>(from: Weighted<Item>) => Item;
}

/** Gives the source of any one thing: the same for the same purpose and number, whatever was drawn before. */
export type RandomFor = (purpose: Purpose, ordinal: number) => Random;

/** What a source is for. Each has numbers of its own, so that a new choice in one leaves the others as they are. */
export type Purpose = keyof typeof PURPOSES;

const PURPOSES = { identity: 1, record: 2, organisation: 3, mailboxes: 4, orphans: 5 } as const;

/** Makes items ready to be picked by weight. Weights are whole numbers. */
export function weights<Item>(items: readonly (readonly [number, Item])[]): Weighted<Item> {
  let sum = 0;
  return {
    items: items.map(([, item]) => item),
    upTo: items.map(([weight]) => (sum += weight)),
  };
}

/** Starts from a seed. */
export function randomFrom(seed: number | string): RandomFor {
  const start = createHash('sha256')
    .update(`lanyard-demo:${String(seed)}`)
    .digest();
  const low = start.readUInt32LE(0);
  const high = start.readUInt32LE(4);
  return (purpose, ordinal) => {
    const place = mixed(ordinal ^ high) ^ Math.imul(PURPOSES[purpose], 0x9e3779b1);
    return source(mixed(low ^ place));
  };
}

/** The finalizer of MurmurHash3: neighbours come out far apart, and no two the same. */
function mixed(value: number): number {
  let mix = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return mix ^ (mix >>> 16);
}

/** mulberry32. */
function source(start: number): Random {
  let state = start | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mix = Math.imul(state ^ (state >>> 15), 1 | state);
    mix = (mix + Math.imul(mix ^ (mix >>> 7), 61 | mix)) ^ mix;
    return ((mix ^ (mix >>> 14)) >>> 0) / 4_294_967_296;
  };
  const at = <Item>(items: readonly Item[], place: number): Item => {
    const item = items[place];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => at(items, Math.floor(next() * items.length)),
    pickEarly: (items) => {
      const part = 0.4 + 0.6 * next();
      return at(items, Math.floor(next() * part * items.length));
    },
    weighted: ({ items, upTo }) => {
      const target = next() * at(upTo, upTo.length - 1);
      let low = 0;
      let high = upTo.length - 1;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (at(upTo, middle) > target) high = middle;
        else low = middle + 1;
      }
      return at(items, low);
    },
  };
}
