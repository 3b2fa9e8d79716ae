/** How long things of an export last, and how large they get. Times in milliseconds. */

/** People read at once: one part. */
export const BATCH = 500;
/** Longest line, in characters. */
export const LONGEST_LINE = 64 * 1024;
/** Exports kept for each organisation. */
export const MOST_KEPT = 10;
/** How long a worker has an export to itself without keeping a part. */
export const LEASE_MS = 60_000;
/** How long an export that could not go on is left alone, so that others have their turn. */
export const RETRY_MS = 10_000;
/** How long an export may take. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000;
/** How long parts are kept once the export is ready. */
export const KEPT_MS = 24 * 3_600_000;
/** How long a link is good for. */
export const LINK_MS = 3_600_000;
/** How far the moment of the next export is set back: clocks of two machines differ. */
export const OVERLAP_MS = 60_000;
