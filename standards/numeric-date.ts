/**
 * A moment as tokens carry it: seconds since 1970, UTC.
 *
 * Source: RFC 7519 (JSON Web Token), section 2 (NumericDate).
 */
import { z } from 'zod';

/** The last second that a `Date` holds. */
const LAST_SECOND = 8_640_000_000_000;

/** Tells whether a claim is a moment from 1970 on that a `Date` can hold; parts of a second may be given. */
export function isNumericDate(claim: unknown): claim is number {
  return typeof claim === 'number' && claim >= 0 && claim <= LAST_SECOND;
}

/** A claim for which {@link isNumericDate} holds. */
export const numericDate: z.ZodNumber = z.number().min(0).max(LAST_SECOND);
