/** The directory's entries in memory, with an index on what is looked up. */
import { parseGeneralizedTime } from '../../runtime/generalized-time.ts';
import { nameKey, nameParts } from './distinguished-name.ts';
import type { StoredEntry } from './ldif.ts';

/** A search filter (RFC 4511, section 4.5.1.7) as ldapjs reads it. */
export interface FilterNode {
  readonly type: string;
  readonly attribute?: string;
  readonly value?: string;
  readonly clauses?: readonly FilterNode[];
  readonly filter?: FilterNode;
  readonly initial?: string;
  readonly any?: readonly string[];
  readonly final?: string;
}

/** What to look for. */
export interface EntrySearch {
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  readonly filter: FilterNode;
}

/** The entries. */
export interface Entries {
  /** The entry of this name. */
  readonly get: (dn: string) => StoredEntry | undefined;
  /** The entries that match, or `undefined` when the base is not in the directory. */
  readonly search: (search: EntrySearch) => readonly StoredEntry[] | undefined;
}

/** Attributes whose values lead straight to their entries. */
const INDEXED = ['uid', 'mail', 'employeenumber'];
/** Deepest nesting of a filter. */
const FILTER_DEPTH = 20;

interface Indexed {
  readonly stored: StoredEntry;
  readonly parts: readonly string[];
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** caseIgnoreMatch (RFC 4517, section 4.2.11), near enough. */
const normal = (value: string): string =>
  value.normalize('NFC').toLowerCase().trim().replaceAll(/ +/g, ' ');

/** Puts entries in order for searching. */
export function indexEntries(stored: readonly StoredEntry[]): Entries {
  const byName = new Map<string, Indexed>();
  const index = new Map(INDEXED.map((name) => [name, new Map<string, Indexed[]>()]));
  for (const entry of stored) {
    const indexed: Indexed = {
      stored: entry,
      parts: nameParts(entry.dn),
      values: new Map(
        entry.attributes.map(({ type, values }) => [type.toLowerCase(), values.map(normal)]),
      ),
    };
    byName.set(nameKey(entry.dn), indexed);
    for (const [name, entries] of index) {
      for (const value of indexed.values.get(name) ?? []) {
        const known = entries.get(value);
        if (known === undefined) entries.set(value, [indexed]);
        else known.push(indexed);
      }
    }
  }

  /** Entries among which all matches are, when an index knows; otherwise `undefined`. */
  const candidates = (filter: FilterNode): Iterable<Indexed> | undefined => {
    switch (filter.type) {
      case 'EqualityFilter':
        return index.has(lower(filter.attribute))
          ? (index.get(lower(filter.attribute))?.get(normal(filter.value ?? '')) ?? [])
          : undefined;
      case 'OrFilter': {
        const all = (filter.clauses ?? []).map(candidates);
        return all.includes(undefined)
          ? undefined
          : new Set(all.flatMap((some) => [...(some ?? [])]));
      }
      case 'AndFilter':
        return (filter.clauses ?? []).map(candidates).find((some) => some !== undefined);
      default:
        return undefined;
    }
  };

  return {
    get: (dn) => byName.get(nameKey(dn))?.stored,
    search: ({ base, scope, filter }) => {
      const root = byName.get(nameKey(base));
      if (root === undefined) return undefined;
      if (tooDeep(filter, FILTER_DEPTH)) return [];
      const among = scope === 'base' ? [root] : (candidates(filter) ?? byName.values());
      const found: StoredEntry[] = [];
      for (const entry of among) {
        if (isWithin(entry, root, scope) && matches(entry, filter)) found.push(entry.stored);
      }
      return found;
    },
  };
}

const lower = (name: string | undefined): string => (name ?? '').toLowerCase();

function isWithin(entry: Indexed, root: Indexed, scope: EntrySearch['scope']): boolean {
  const depth = entry.parts.length - root.parts.length;
  if (scope === 'base') return entry === root;
  if (scope === 'one' ? depth !== 1 : depth < 0) return false;
  return root.parts.every((part, at) => entry.parts[at + depth] === part);
}

function matches(entry: Indexed, filter: FilterNode): boolean {
  const name = lower(filter.attribute);
  // A filter on passwords would be a way to guess them.
  const values = name === 'userpassword' ? [] : (entry.values.get(name) ?? []);
  switch (filter.type) {
    case 'AndFilter':
      return (filter.clauses ?? []).every((clause) => matches(entry, clause));
    case 'OrFilter':
      return (filter.clauses ?? []).some((clause) => matches(entry, clause));
    case 'NotFilter':
      return filter.filter !== undefined && !matches(entry, filter.filter);
    case 'PresenceFilter':
      return values.length > 0;
    case 'EqualityFilter':
    case 'ApproximateFilter':
      return values.includes(normal(filter.value ?? ''));
    case 'GreaterThanEqualsFilter':
      return values.some((value) => order(value, normal(filter.value ?? '')) >= 0);
    case 'LessThanEqualsFilter':
      return values.some((value) => order(value, normal(filter.value ?? '')) <= 0);
    case 'SubstringFilter':
      return values.some((value) => hasParts(value, filter));
    default:
      return false;
  }
}

/** Which value comes first: moments by time, everything else as text. */
function order(a: string, b: string): number {
  const [at, other] = [a, b].map((value) => parseGeneralizedTime(value.toUpperCase())?.getTime());
  if (at !== undefined && other !== undefined) return at - other;
  return a < b ? -1 : Number(a > b);
}

function hasParts(value: string, { initial = '', any = [], final = '' }: FilterNode): boolean {
  const last = final.toLowerCase();
  if (!value.startsWith(initial.toLowerCase())) return false;
  let at = initial.length;
  for (const part of any) {
    const found = value.indexOf(part.toLowerCase(), at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.endsWith(last) && value.length - last.length >= at;
}

function tooDeep(filter: FilterNode, depth: number): boolean {
  if (depth === 0) return true;
  // ldapjs gives every filter a `filter` of its own; only a negation's leads further.
  if (filter.type === 'NotFilter' && filter.filter !== undefined) {
    return tooDeep(filter.filter, depth - 1);
  }
  return (filter.clauses ?? []).some((clause) => tooDeep(clause, depth - 1));
}
