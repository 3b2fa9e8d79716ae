/** What is known of a sign-in between its pages. Kept on the server; the browser has the sign-in's own cookie. */
import { z } from 'zod';

import type { ModelStore } from './ports.ts';

const MODEL = 'SignInProgress';
/** As long as the authorization server keeps a sign-in, in seconds. */
const PROGRESS_SECONDS = 600;

const progress = z.object({
  /** Whose password was right. */
  staffId: z.string(),
  /** What allows to set up an authenticator: that there is none, or a setup code. */
  setUp: z.enum(['no', 'first', 'setup-code']),
  /** The secret of an app that is being set up, sealed. */
  sealedSecret: z.string().optional(),
});

/** How far a sign-in has come. */
export type SignInProgress = z.infer<typeof progress>;

/** Where progress is kept. */
export interface ProgressParts {
  readonly models: Pick<ModelStore, 'put' | 'find' | 'remove'>;
  readonly now: () => Date;
}

/** Finds how far the sign-in has come; `undefined` before the password. */
export async function findProgress(
  uid: string,
  { models, now }: ProgressParts,
): Promise<SignInProgress | undefined> {
  const found = await models.find(MODEL, uid);
  if (found?.expiresAt === undefined || found.expiresAt <= now()) return undefined;
  return progress.parse(found.payload);
}

/** Keeps how far the sign-in has come. */
export const keepProgress = (
  uid: string,
  reached: SignInProgress,
  { models, now }: ProgressParts,
): Promise<void> =>
  models.put({
    model: MODEL,
    id: uid,
    payload: { ...reached },
    expiresAt: new Date(now().getTime() + PROGRESS_SECONDS * 1000),
  });

/** Forgets it: the sign-in is over, or starts again. */
export const forgetProgress = (uid: string, { models }: ProgressParts): Promise<void> =>
  models.remove(MODEL, uid);
