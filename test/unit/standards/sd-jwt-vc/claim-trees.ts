/** Random claims with parts that may be kept back, what a holder shows of them, and what a verifier must then see. */
import fc from 'fast-check';

import type { DisclosureFrame } from '../../../../standards/sd-jwt/issue-sd-jwt.ts';
import type { ClaimPath } from '../../../../standards/sd-jwt/process-sd-jwt.ts';

/** A value, or an object or array whose parts may be kept back. */
type Tree =
  | { readonly kind: 'leaf'; readonly value: unknown }
  | { readonly kind: 'object'; readonly parts: readonly Part[] }
  | { readonly kind: 'array'; readonly parts: readonly Part[] };

interface Part {
  /** Follows the member's number in its name. */
  readonly suffix: string;
  readonly tree: Tree;
  /** Whether the holder may keep it back, and whether this holder means to show it. */
  readonly hidden: boolean;
  readonly shown: boolean;
}

/** One credential's claims and one holder's choice. */
export interface Case {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly disclose: DisclosureFrame;
  readonly decoys: number;
  /** Whether the holder means to show what stands at a path of the whole credential. */
  readonly selects: (path: ClaimPath) => boolean;
  /** What the verifier must see of the claims. */
  readonly seen: Readonly<Record<string, unknown>>;
  /** Names and values that must not be found in what the holder sends. */
  readonly secrets: readonly string[];
  /** How many disclosures the credential has, and how many of them the holder sends. */
  readonly disclosures: number;
  readonly sent: number;
  /** How many objects and arrays have a part that may be kept back. */
  readonly places: number;
}

const leaf = fc
  .oneof(
    { arbitrary: fc.constant(undefined), weight: 3 },
    {
      arbitrary: fc.constantFrom<unknown>(
        null,
        true,
        false,
        0,
        -1.5,
        '',
        '~',
        '.',
        '_sd',
        '...',
        [],
      ),
      weight: 1,
    },
    { arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }), weight: 1 },
  )
  .map((value): Tree => ({ kind: 'leaf', value }));

const { tree } = fc.letrec<{ tree: Tree; part: Part }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('part'), { maxLength: 4 }).map((parts): Tree => ({ kind: 'object', parts })),
    fc.array(tie('part'), { maxLength: 4 }).map((parts): Tree => ({ kind: 'array', parts })),
  ),
  part: fc.record({
    suffix: fc.oneof(
      fc.constant(''),
      fc.string({ maxLength: 3 }),
      fc.constantFrom('é', '\u{1F511}'),
    ),
    tree: tie('tree'),
    hidden: fc.boolean(),
    shown: fc.boolean(),
  }),
}));
const part: fc.Arbitrary<Part> = fc.record({
  suffix: fc.string({ maxLength: 3 }),
  tree,
  hidden: fc.boolean(),
  shown: fc.boolean(),
});

/** Any case. */
export const anyCase: fc.Arbitrary<Case> = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 6 }), fc.nat({ max: 3 }))
  .map(([parts, decoys]) => caseOf(parts, decoys))
  .filter(({ disclosures }) => disclosures <= 100);

/** What is collected on the way through a tree. */
interface Notes {
  number: number;
  disclosures: number;
  sent: number;
  places: number;
  readonly selected: Set<string>;
  readonly secrets: string[];
}

function caseOf(parts: readonly Part[], decoys: number): Case {
  const notes: Notes = {
    number: 0,
    disclosures: 0,
    sent: 0,
    places: 0,
    selected: new Set(),
    secrets: [],
  };
  const { value, frame, seen } = walk({ kind: 'object', parts }, [], true, notes);
  return {
    claims: value as Record<string, unknown>,
    disclose: frame ?? {},
    decoys,
    selects: (path) => notes.selected.has(JSON.stringify(path)),
    seen: seen as Record<string, unknown>,
    secrets: notes.secrets,
    disclosures: notes.disclosures,
    sent: notes.sent,
    places: notes.places,
  };
}

interface Walked {
  readonly value: unknown;
  readonly frame: DisclosureFrame | undefined;
  readonly seen: unknown;
}

/** Tells whether a part leads to something that is selected, or is selected itself. */
const isWanted = ({ tree: inner, hidden, shown }: Part): boolean =>
  (hidden && shown) || (inner.kind !== 'leaf' && inner.parts.some(isWanted));

function walk(node: Tree, path: ClaimPath, visible: boolean, notes: Notes): Walked {
  if (node.kind === 'leaf') {
    if (node.value !== undefined) return { value: node.value, frame: undefined, seen: node.value };
    const marker = `value-${String((notes.number += 1))}-end`;
    if (!visible) notes.secrets.push(marker);
    return { value: marker, frame: undefined, seen: marker };
  }
  const list: (string | number)[] = [];
  const frames: Record<string, DisclosureFrame> = {};
  const values: [string, unknown][] = [];
  const seen: [string, unknown][] = [];
  for (const [at, one] of node.parts.entries()) {
    const name = `name-${String((notes.number += 1))}-${one.suffix}`;
    const step = node.kind === 'array' ? at : name;
    const there = [...path, step];
    const shown = visible && (!one.hidden || isWanted(one));
    if (one.hidden) {
      list.push(step);
      notes.disclosures += 1;
      if (shown) notes.sent += 1;
      if (one.shown) notes.selected.add(JSON.stringify(there));
    }
    if (!shown && node.kind === 'object') notes.secrets.push(`name-${String(notes.number)}-`);
    const inner = walk(one.tree, there, shown, notes);
    if (inner.frame !== undefined) frames[String(step)] = inner.frame;
    values.push([name, inner.value]);
    if (shown) seen.push([name, inner.seen]);
  }
  if (list.length > 0) notes.places += 1;
  const hides = list.length > 0 || Object.keys(frames).length > 0;
  const frame = hides ? { ...frames, ...(list.length > 0 ? { _sd: list } : {}) } : undefined;
  return node.kind === 'array'
    ? { value: values.map(([, value]) => value), frame, seen: seen.map(([, value]) => value) }
    : { value: Object.fromEntries(values), frame, seen: Object.fromEntries(seen) };
}
