/** What the server keeps of one browser. The browser itself has a random name and nothing else. */
import { z } from 'zod';

import { transactionShape } from '../../standards/transaction.ts';
import { person } from './person.ts';

/** A session ends this long after its last use, in seconds: as long as that of identity. */
export const SESSION_IDLE_SECONDS = 900;

/** A token and when it ends, in milliseconds since 1970. */
const heldToken = z.object({ token: z.string().min(1), endsAt: z.number() });

/** A signed-in browser. */
export const session = z.object({
  /** Names the session where it is told apart from others; not the cookie. */
  id: z.string().min(1),
  person,
  /** Access tokens by the resource that they are for. */
  tokens: z.record(z.string(), heldToken),
  refreshToken: z.string().optional(),
  /** Says at sign-out whose session ends. */
  idToken: z.string(),
  /** When the browser was last at identity, which keeps a session of its own; milliseconds since 1970. */
  seenAtIdentity: z.number(),
});

/** A signed-in browser. */
export type Session = z.infer<typeof session>;

/** A form that was sent and waits: for its person's passkey, or for them to sign in again. */
export const waitingForm = z.object({
  /** Where it was sent to: path and query. */
  path: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  transaction: transactionShape,
  resource: z.string(),
});

/** A form that waits. */
export type WaitingForm = z.infer<typeof waitingForm>;

/** A visit to identity that has not come back yet. */
export const pendingVisit = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  /** Where the person was going: a path on this origin. */
  returnTo: z.string(),
  form: waitingForm.optional(),
});

/** A visit to identity that has not come back yet. */
export type PendingVisit = z.infer<typeof pendingVisit>;
