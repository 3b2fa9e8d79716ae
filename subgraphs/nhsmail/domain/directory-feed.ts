import type { SourcedEntry } from './account-store.ts';

/**
 * How a directory tells what has changed in it: by itself (RFC 4533), by the times of change of its entries, or not at
 * all.
 */
export type FeedWay = 'CONTENT_SYNC' | 'TIMES' | 'WHOLE_ONLY';

/** One thing that a directory says while it is read. */
export type FeedItem =
  | {
      readonly kind: 'account';
      readonly sourced: SourcedEntry;
      /** When it was last changed, by the directory's clock. */
      readonly modifiedAt?: Date;
    }
  /** Entries that are there and say what they said before. */
  | { readonly kind: 'unchanged'; readonly sourceKeys: readonly string[] }
  /** Entries that are there no more. */
  | { readonly kind: 'deleted'; readonly sourceKeys: readonly string[] }
  /** Everything changed at this time or later has been read: a read that is cut off goes on from here. */
  | { readonly kind: 'reached'; readonly position: Date }
  /** The directory no longer knows how to go on from where we are: everything has to be read. */
  | { readonly kind: 'refresh-required' }
  /** The answer is complete. */
  | {
      readonly kind: 'end';
      /** Whether what was not named is not there. */
      readonly everything: boolean;
      /** Where the changes after this begin, in the directory's own words, in base64. */
      readonly cookie?: string;
    };

/** A directory as something that is read whole and followed. Calls throw with code `unavailable` as look-ups do. */
export interface DirectoryFeed {
  way(): Promise<FeedWay>;
  /**
   * Every account. Without an `end` the answer is not complete.
   *
   * @param position where a read that was cut off goes on, for {@link FeedWay} `TIMES`
   */
  readAll(way: FeedWay, position?: Date): AsyncIterable<FeedItem>;
  /** What has changed since the end of an answer, or at a time and later. */
  readChanges(
    after: { readonly cookie: string } | { readonly modifiedFrom: Date },
  ): AsyncIterable<FeedItem>;
  /** Which of these accounts are there, asked one by one. */
  findPresent(ids: readonly string[]): Promise<ReadonlySet<string>>;
}
