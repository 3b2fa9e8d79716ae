/** Who looks at the pages, and as what. */
import { z } from 'zod';

/** The role that somebody acts in, as identity knows it. */
export const role = z.enum(['STAFF', 'HR_OFFICER', 'ADMINISTRATOR']);

/** The role that somebody acts in. */
export type Role = z.infer<typeof role>;

/** Somebody who has signed in. */
export const person = z.object({
  staffId: z.string().min(1),
  name: z.string(),
  role,
  /** The organisation that they act for; staff act for themselves. */
  odsCode: z.string().optional(),
});

/** Somebody who has signed in. */
export type Person = z.infer<typeof person>;
