/** Moments as the drivers give them. */
import { z } from 'zod';

/** A `timestamptz` column that is never null. Read by value: a driver's date can come from another realm. */
export const timestamp = z.coerce.date();
