import type { ProposedCase } from './cases.ts';
import type { Pair, ProposedLink } from './links.ts';

/** Records whose decisions were taken again. A whole run takes every decision again. */
export type Covered =
  | { readonly kind: 'everything' }
  | {
      readonly kind: 'records';
      readonly staffIds: ReadonlySet<string>;
      readonly accountIds: ReadonlySet<string>;
    };

/**
 * What matching says now of the records it covers. It is the whole of it: a case about nothing but covered records that
 * is not among `cases` no longer holds. A link that is not among `links` stands, unless it is among `withdrawn`.
 */
export interface MatchOutcome {
  readonly covered: Covered;
  /** Pairs that are linked, whether they are already or not. */
  readonly links: readonly ProposedLink[];
  readonly cases: readonly ProposedCase[];
  /**
   * Links by score alone that matching would no longer make. They give no access, so they end by themselves; all others
   * stand until a person decides.
   */
  readonly withdrawn: readonly Pair[];
}
