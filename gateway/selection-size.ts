/** How large the selections of an operation are once its fragments stand where they are spread. */
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from './fragments-of.ts';

/** How large a selection set is with its fragments in place. */
export interface Size {
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly selections: number;
  /** Fragments, named or not, each as often as it is spread. */
  readonly fragments: number;
  /** Fields directly in it. */
  readonly fields: number;
}

const NOTHING: Size = { depth: 0, introspectionDepth: 0, selections: 0, fragments: 0, fields: 0 };
const ONE_FRAGMENT: Size = { ...NOTHING, fragments: 1 };
/** A fragment that contains itself. */
const ENDLESS: Size = {
  depth: Infinity,
  introspectionDepth: Infinity,
  selections: Infinity,
  fragments: Infinity,
  fields: Infinity,
};

/** Measures selection sets; each fragment once, so that it takes no longer than reading the document. */
export function selectionMeter(document: DocumentNode): (selectionSet: SelectionSetNode) => Size {
  const fragments = fragmentsOf(document);
  const known = new Map<string, Size>();

  const ofFragment = (name: string): Size => {
    const kept = known.get(name);
    if (kept !== undefined) return kept;
    const fragment = fragments.get(name);
    if (fragment === undefined) return NOTHING;
    known.set(name, ENDLESS);
    const size = measure(fragment.selectionSet);
    known.set(name, size);
    return size;
  };
  const measure = ({ selections }: SelectionSetNode): Size =>
    selections.map(ofSelection).reduce(add, NOTHING);
  const ofSelection = (selection: SelectionNode): Size => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      return add(ofFragment(selection.name.value), ONE_FRAGMENT);
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return add(measure(selection.selectionSet), ONE_FRAGMENT);
    }
    const below = selection.selectionSet === undefined ? NOTHING : measure(selection.selectionSet);
    const isIntrospection =
      selection.name.value === '__schema' || selection.name.value === '__type';
    const deepest = Math.max(below.depth, below.introspectionDepth) + 1;
    return {
      depth: isIntrospection ? 0 : below.depth + 1,
      introspectionDepth: isIntrospection ? deepest : below.introspectionDepth,
      selections: below.selections + 1,
      fragments: below.fragments,
      fields: 1,
    };
  };
  return measure;
}

const add = (one: Size, other: Size): Size => ({
  depth: Math.max(one.depth, other.depth),
  introspectionDepth: Math.max(one.introspectionDepth, other.introspectionDepth),
  selections: one.selections + other.selections,
  fragments: one.fragments + other.fragments,
  fields: one.fields + other.fields,
});

/**
 * Counts pairs of fields that answer under the same name at the same place. The validator compares each such pair, so
 * a thousand mentions of one field take half a million comparisons.
 *
 * Follows every spread: for operations whose selections and fragments have been found few.
 */
export function countOverlaps(document: DocumentNode, { selections }: SelectionSetNode): number {
  const fragments = fragmentsOf(document);
  const fieldsOf = (selection: SelectionNode): readonly FieldNode[] => {
    if (selection.kind === Kind.FIELD) return [selection];
    const { selectionSet } =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : (fragments.get(selection.name.value) ?? {});
    return selectionSet?.selections.flatMap(fieldsOf) ?? [];
  };
  const count = (fields: readonly FieldNode[]): number => {
    const byName = Map.groupBy(fields, ({ alias, name }) => (alias ?? name).value);
    return [...byName.values()].reduce((pairs, same) => {
      const below = same.flatMap(
        ({ selectionSet }) => selectionSet?.selections.flatMap(fieldsOf) ?? [],
      );
      return pairs + (same.length * (same.length - 1)) / 2 + count(below);
    }, 0);
  };
  return count(selections.flatMap(fieldsOf));
}
